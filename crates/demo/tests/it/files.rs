use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use demo::{
    ANNOTATIONS_FILE, COMMENTS_FILE, Company, Date, EVENTS_FILE, Options, RATES_FILE, SHOPS_FILE, Summary, TRUTHS_FILE,
    UNITS_FILE, generate,
};
use serde_json::Value;

const CUSTOMERS: u64 = 2_000;

fn make(options: &Options, dir: &Path) -> Summary {
    generate(options, dir, &mut |_| {}).unwrap()
}

fn read(dir: &Path, name: &str) -> String {
    fs::read_to_string(dir.join(name)).unwrap()
}

/// FNV-1a, so that the test needs nothing else.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn every_line_is_an_event_that_a_collector_takes() {
    let dir = tempfile::tempdir().unwrap();
    let summary = make(&Options::new(CUSTOMERS, 1), dir.path());
    let events = read(dir.path(), EVENTS_FILE);
    let shops = store_ids(&serde_json::from_str(&read(dir.path(), SHOPS_FILE)).unwrap());

    let mut message_ids = BTreeSet::new();
    let mut named = BTreeSet::new();
    let mut activities = BTreeSet::new();
    let mut channels = BTreeSet::new();
    let mut anonymous_ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut lines = 0;
    let mut last_time = String::new();
    for line in events.lines() {
        lines += 1;
        assert!(line.len() < 32 << 10, "a line over 32 KB");
        let event: Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| event[name].as_str().map(str::to_owned);
        assert!(message_ids.insert(text("messageId").unwrap()), "{line}");
        assert!(text("userId").is_some() || text("anonymousId").is_some(), "{line}");
        assert!(event["context"]["library"]["name"].is_string(), "{line}");

        let time = text("timestamp").unwrap();
        assert!(("2025-05-01T00:00:00.000Z".."2026-11-01T00:00:00.000Z").contains(&&*time), "{line}");
        assert!(time.len() == 24 && last_time <= time, "{last_time} before {line}");
        last_time = time;

        match event["type"].as_str().unwrap() {
            "identify" => {
                for name in ["name", "email", "phone", "country", "language", "habit"] {
                    assert!(event["traits"][name].is_string(), "{name} in {line}");
                }
            }
            kind => {
                activities.insert(if kind == "track" { text("event").unwrap() } else { format!("{kind} view") });
                assert!(kind == "track" || text("name").is_some(), "{line}");
                channels.insert(event["properties"]["channel"].as_str().unwrap().to_owned());
                if let Some(store_id) = event["properties"]["store_id"].as_str() {
                    assert!(shops.contains(store_id), "{line}");
                }
                // Money counts once: only what completes or refunds an order says an amount.
                let has_money = event["properties"].get("total").is_some();
                let may = matches!(event["event"].as_str(), Some("Order Completed" | "Order Refunded"));
                assert_eq!(has_money, may, "{line}");
                assert!(!has_money || event["properties"]["total"].as_f64().unwrap() > 0.0, "{line}");
            }
        }
        if let Some(user) = text("userId") {
            if let Some(anonymous) = text("anonymousId") {
                anonymous_ids.entry(user.clone()).or_default().insert(anonymous);
            }
            named.insert(user);
        }
    }
    assert_eq!(summary.events, lines);
    assert_eq!(summary.bytes, events.len() as u64);
    assert_eq!(summary.identified, named.len() as u64);
    assert_eq!((summary.customers, summary.shops), (CUSTOMERS, 40));
    assert_eq!(shops.len(), 40);
    assert!((40..=60).contains(&activities.len()), "{} activities: {activities:?}", activities.len());
    let all = ["app", "delivery", "email", "kiosk", "link", "phone", "store", "web", "whatsapp"];
    assert_eq!(channels.iter().map(String::as_str).collect::<Vec<_>>(), all);
    assert!(anonymous_ids.values().filter(|ids| ids.len() > 1).count() > 300, "several devices are joined");
    assert!(anonymous_ids.values().all(|ids| ids.len() <= 5), "an identity takes five anonymous ids");
    assert!((65..90).contains(&(summary.identified * 100 / CUSTOMERS)), "some never say who they are");
}

fn store_ids(tree: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![&tree["tree"]];
    while let Some(node) = open.pop() {
        open.extend(node["children"].as_array().into_iter().flatten());
        found.extend(node["store_id"].as_str().map(str::to_owned));
    }
    found
}

#[test]
fn the_default_company_has_about_a_million_and_a_half_events() {
    let company = Company::new(&Options::new(CUSTOMERS, 3)).unwrap();
    let mut sizes: Vec<usize> = company.lives().map(|life| life.len()).collect();
    let events: usize = sizes.iter().sum();
    // 1.3 to 1.7 million events of 25,000 customers are 52 to 68 for each.
    let for_each = events as f64 / CUSTOMERS as f64;
    assert!((52.0..68.0).contains(&for_each), "{for_each} events for each customer");
    sizes.sort_unstable();
    assert!(sizes[0] >= 1, "everybody leaves a trace");
    assert!(sizes[sizes.len() / 2] < 40, "many live little: {}", sizes[sizes.len() / 2]);
    assert!(sizes[sizes.len() - 4] > 500, "some live a lot: {}", sizes[sizes.len() - 4]);
}

#[test]
fn the_same_seed_gives_the_same_bytes_here_and_everywhere() {
    let options = Options::new(60, 7);
    let (one, two, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    make(&options, one.path());
    make(&options, two.path());
    make(&Options::new(60, 8), other.path());
    for name in [EVENTS_FILE, COMMENTS_FILE, ANNOTATIONS_FILE, SHOPS_FILE, UNITS_FILE, RATES_FILE, TRUTHS_FILE] {
        assert_eq!(read(one.path(), name), read(two.path(), name), "{name}");
    }
    assert_ne!(read(one.path(), EVENTS_FILE), read(other.path(), EVENTS_FILE));
    // Frozen: a change here is a change of everybody's demonstration, on purpose or because a machine differs.
    let events = read(one.path(), EVENTS_FILE);
    assert_eq!(format!("{:016x}", hash(events.as_bytes())), "76f49af86871eac2");
    // Being asked changes nothing: without surveys, and the calls that came with them, all is as it was before.
    let lived: String = without_surveys(&events).flat_map(|line| [line, "\n"]).collect();
    assert_eq!(format!("{:016x}", hash(lived.as_bytes())), "082db51e4f08a1d2");
}

#[test]
fn the_company_notes_down_its_releases_its_troubles_and_its_campaign() {
    let dir = tempfile::tempdir().unwrap();
    make(&Options::new(10, 7), dir.path());
    let notes = read(dir.path(), ANNOTATIONS_FILE);
    let lines: Vec<&str> = notes.lines().collect();
    assert_eq!(lines[0], "kind,first_day,last_day,text,channel");
    let of = |kind: &str| lines.iter().filter(|line| line.starts_with(kind)).count();
    assert_eq!((of("release,"), of("incident,"), of("campaign,")), (11, 2, 1), "{notes}");
    // What is broken comes out on the first day of its trouble.
    let day = |start: &str, end: &str| {
        let line = lines.iter().find(|line| line.starts_with(start) && line.contains(end)).unwrap();
        line.split(',').nth(1).unwrap().to_owned()
    };
    assert_eq!(day("release", "App 4.3.0"), day("incident", "4.3.0"));
    let days: Vec<&str> = lines[1..].iter().map(|line| line.split(',').nth(1).unwrap()).collect();
    assert!(days.is_sorted(), "{notes}");
}

fn without_surveys(events: &str) -> impl Iterator<Item = &str> {
    let conversation = |line: &str| {
        let event: Value = serde_json::from_str(line).unwrap();
        event["properties"]["conversation_id"].as_str().map(str::to_owned)
    };
    let is_new = |line: &&str| line.contains(r#""reason":"points_missing""#) || line.contains(r#""reason":"invoice""#);
    let calls: BTreeSet<String> = events.lines().filter(is_new).filter_map(conversation).collect();
    events.lines().filter(move |line| {
        !line.contains(r#""event":"Survey "#) && !conversation(line).is_some_and(|call| calls.contains(&call))
    })
}

#[test]
fn a_customer_lives_the_same_life_whoever_else_is_there() {
    let few = Company::new(&Options::new(10, 5)).unwrap();
    let many = Company::new(&Options::new(1_000, 5)).unwrap();
    let lines =
        |company: &Company| -> Vec<Vec<u8>> { company.live(9).events().map(|event| event.line.to_vec()).collect() };
    assert_eq!(lines(&few), lines(&many));
    let life = many.live(9);
    let times: Vec<i64> = life.events().map(|event| event.occurred_at).collect();
    assert!(!life.is_empty() && times.is_sorted());
}

#[test]
fn a_shorter_period_holds_its_events() {
    let dir = tempfile::tempdir().unwrap();
    let options =
        Options { from: Date::constant(2026, 1, 10), until: Date::constant(2026, 4, 10), ..Options::new(300, 2) };
    let mut reports = Vec::new();
    let summary = generate(&options, dir.path(), &mut |done| reports.push(done)).unwrap();
    let events = read(dir.path(), EVENTS_FILE);
    assert_eq!(events.lines().count() as u64, summary.events);
    for line in events.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        let time = event["timestamp"].as_str().unwrap();
        assert!(("2026-01-10".."2026-04-10").contains(&time), "{line}");
    }
    assert_eq!(reports, [250, 300]);
}

#[test]
fn options_that_cannot_be_met_say_why() {
    let dir = tempfile::tempdir().unwrap();
    let refuse = |options: Options| generate(&options, dir.path(), &mut |_| {}).unwrap_err().to_string();
    assert!(refuse(Options::new(0, 1)).contains("0 customers cannot be generated"));
    let short = Options { until: Date::constant(2025, 5, 3), ..Options::new(5, 1) };
    assert!(refuse(short).contains("has 2 days; it needs 60 to 3660"));
    let backwards = Options { until: Date::constant(2024, 5, 3), ..Options::new(5, 1) };
    assert!(refuse(backwards).contains("it needs 60"));

    let file = dir.path().join("file");
    fs::write(&file, "in the way").unwrap();
    let message = generate(&Options::new(5, 1), &file, &mut |_| {}).unwrap_err().to_string();
    assert!(message.starts_with("could not create the directory"), "{message}");
}
