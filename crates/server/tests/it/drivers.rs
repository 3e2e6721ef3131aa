//! What moves a score: planted in what customers lived, said and did, and found by asking.

use serde_json::{Value, json};

use crate::door::Door;

/// Numbers that only look random (SplitMix64).
struct Lot(u64);

impl Lot {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn is(&mut self, share: f64) -> bool {
        self.next() < share
    }
}

/// Customers who queue, see errors, call, are let down and answer twice, a month apart. Ten minutes of queue take one point
/// and a broken promise two; an error takes nothing, and who gives seven or more comes back. Those of Madrid have no queue.
fn café(customers: u32) -> Door {
    let door = Door::open();
    let mut lot = Lot(3);
    let mut batch = Vec::new();
    let mut add = |who: u32, event: &str, day: u32, shop: &str, mut properties: Value| {
        properties["store_id"] = json!(shop);
        properties["channel"] = json!(if event == "Survey Answered" { "link" } else { "store" });
        let at = 1_767_225_600 + i64::from(day) * 86_400 + i64::from(who % 1_000) * 60;
        let timestamp = domain::time::format_instant(at * 1_000);
        batch.push(json!({"type": "track", "userId": format!("u{who}"), "event": event,
            "messageId": format!("{who} {event} {day}"), "timestamp": timestamp, "properties": properties}));
    };
    for who in 0..customers {
        let shop = if who % 4 == 0 { "ES-MAD" } else { "ES-BCN" };
        add(who, "Order Completed", 1, shop, json!({"total": 20, "currency": "EUR"}));
        for day in [40, 80] {
            let (queues, broken) = (shop == "ES-BCN" && lot.is(0.5), lot.is(0.2));
            let minutes = if queues { 5.0 + 20.0 * lot.next() } else { 0.0 };
            if queues {
                add(who, "Queue Waited", day - 3, shop, json!({"wait_seconds": (60.0 * minutes).round()}));
            }
            if lot.is(0.3) {
                add(who, "Error Shown", day - 2, shop, json!({}));
            }
            if broken {
                add(who, "Order Promise Broken", day - 2, shop, json!({}));
            }
            let felt = 9.4 - minutes / 10.0 - if broken { 2.0 } else { 0.0 } + 2.0 * lot.next() - 1.0;
            let nps = felt.round().clamp(0.0, 10.0);
            let expectation = if felt > 9.0 {
                "better"
            } else if felt < 7.0 {
                "worse"
            } else {
                "as"
            };
            let mut said = json!({"nps": nps, "csat": 1 + (lot.next() * 5.0) as u32, "survey": "after-purchase",
                "survey_version": 1, "habit": if lot.is(0.5) { "daily" } else { "weekly" }});
            if lot.is(0.7) {
                said["expectation"] = json!(expectation);
            }
            if lot.is(0.5) {
                said["comment_tier"] = json!("ngrams");
                let queue = if minutes > 12.0 { "waiting:negative" } else { "waiting:positive" };
                said["comment_topics"] =
                    json!(if lot.is(0.5) { queue.to_owned() } else { format!("price:negative,{queue}") });
            }
            add(who, "Survey Answered", day, shop, said);
            if nps >= 7.0 && lot.is(0.8) {
                add(who, "Order Completed", day + 10, shop, json!({"total": 15, "currency": "EUR"}));
            }
        }
        add(who, "Page Viewed", 115, shop, json!({}));
    }
    for part in batch.chunks(500) {
        door.collect("/v1/batch", json!({"batch": part}).to_string()).expect(200);
    }
    let waits = json!({"role": "wait", "wait_property": "wait_seconds"}).to_string();
    door.owner("PUT", "/api/v1/activities/Queue%20Waited", waits).expect(200);
    door
}

fn ask(door: &Door, question: &str) -> Value {
    door.get(&format!("/api/v1/drivers?{question}")).expect(200).json()
}

fn driver<'a>(answer: &'a Value, kind: &str, name: &str) -> &'a Value {
    let drivers = answer["drivers"].as_array().unwrap();
    let found = drivers.iter().find(|driver| driver["kind"] == kind && driver["name"] == name);
    found.unwrap_or_else(|| panic!("no {kind} {name} in {answer:#}"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn codes(told: &Value) -> Vec<&str> {
    told.as_array().unwrap().iter().map(|told| told["code"].as_str().unwrap()).collect()
}

#[test]
fn what_customers_lived_before_they_answered_is_found() {
    let door = café(150);
    let answer = ask(&door, "of=nps");
    assert_eq!((&answer["answers"], &answer["customers"]), (&json!(300), &json!(150)));
    assert_eq!(answer["outcome"]["unit"], "points");
    assert_eq!(answer["outcome"]["range"], json!([0.0, 10.0]));
    let promise = driver(&answer, "broken_promise", "Order Promise Broken");
    assert_eq!((&promise["is_found"], &promise["unit"]), (&json!(true), &json!("times")));
    assert!(number(&promise["low"]) < number(&promise["coefficient"]) && number(&promise["high"]) < 0.0, "{promise}");
    let wait = driver(&answer, "wait", "Queue Waited");
    assert_eq!((&wait["is_found"], &wait["unit"]), (&json!(true), &json!("minutes")));
    assert!(number(&wait["coefficient"]) < 0.0, "{wait}");
    let error = driver(&answer, "error", "Error Shown");
    assert_eq!(error["is_found"], false, "{error}");
    assert_eq!(driver(&answer, "score", "csat")["is_found"], false);
    let expectation = driver(&answer, "choice", "expectation");
    assert_eq!((&expectation["against"], &expectation["unit"]), (&json!("as"), &json!("yes")));
    assert!(number(&expectation["known"]) < 250.0, "three in ten did not say, and stay all the same");

    let parts: f64 = answer["drivers"].as_array().unwrap().iter().map(|driver| number(&driver["importance"])).sum();
    let explained = number(&answer["explained"]) - number(&answer["explained_by_controls"]);
    assert!((parts - explained).abs() < 1e-9, "importance adds up");
    let order: Vec<f64> =
        answer["drivers"].as_array().unwrap().iter().map(|driver| number(&driver["importance"])).collect();
    assert!(order.is_sorted_by(|one, next| one >= next));
    for held in ["unit", "orders_before", "spent_before", "months_known"] {
        assert!(answer["controls"].as_array().unwrap().contains(&json!(held)), "{held} in {}", answer["controls"]);
    }
    let lived = ask(&door, "of=nps&among=lived");
    assert!(
        lived["drivers"]
            .as_array()
            .unwrap()
            .iter()
            .all(|driver| driver["kind"] != "score" && driver["kind"] != "choice")
    );
    // What they expected says how it was once more, and takes from what was lived a part of what it explains.
    let alone = driver(&lived, "broken_promise", "Order Promise Broken");
    assert!(number(&alone["low"]) < -2.0 && -2.0 < number(&alone["high"]), "two points are planted: {alone}");
    assert!(number(&alone["coefficient"]) < number(&promise["coefficient"]));
    let wait = driver(&lived, "wait", "Queue Waited");
    assert!(number(&wait["low"]) < -0.1 && -0.1 < number(&wait["high"]), "a tenth a minute is planted: {wait}");
    assert!(answer["reading"].as_str().unwrap().starts_with("association, never effect"));
}

#[test]
fn topics_count_among_those_who_wrote() {
    let door = café(150);
    let answer = ask(&door, "of=nps&survey=after-purchase&variable=habit");
    let topics: Vec<&Value> =
        answer["drivers"].as_array().unwrap().iter().filter(|driver| driver["kind"] == "topic").collect();
    let known = number(&topics[0]["known"]);
    assert!((120.0..180.0).contains(&known), "half of them wrote: {topics:#?}");
    let price = topics.iter().find(|topic| topic["name"] == "price").unwrap();
    assert_eq!((&price["value"], &price["known"]), (&json!("negative"), &topics[0]["known"]));
    // Who does not speak well of the queue speaks badly of it: one of the two says it all.
    let aliased = answer["left_out"].as_array().unwrap();
    assert!(aliased.iter().any(|it| it["name"] == "waiting" && it["code"] == "aliased"), "{aliased:?}");
    let habit = driver(&answer, "choice", "habit");
    let told = [&habit["value"], &habit["against"]];
    assert!(told.contains(&&json!("daily")) && told.contains(&&json!("weekly")));
    assert_eq!(habit["is_found"], false);
    let held = ask(&door, "of=nps&control=habit");
    assert!(held["controls"].as_array().unwrap().contains(&json!("habit")));
    assert!(held["drivers"].as_array().unwrap().iter().all(|driver| driver["name"] != "habit"));
}

#[test]
fn who_recommends_comes_back() {
    let door = café(300);
    let returned = ask(&door, "of=return_30d&among=answers");
    assert_eq!(returned["outcome"]["unit"], "percentage_points");
    let nps = driver(&returned, "score", "nps");
    assert!(nps["is_found"] == true && number(&nps["coefficient"]) > 5.0, "{nps}");
    // The second answer of each is followed by 35 days; were the log to end earlier, only the first would count.
    assert_eq!(returned["answers"], 600);
    let spent = ask(&door, "of=spend_30d&among=answers");
    assert_eq!((&spent["outcome"]["unit"], &spent["outcome"]["currency"]), (&json!("money"), &json!("EUR")));
    assert!(number(&driver(&spent, "score", "nps")["low"]) > 0.0);
    let share = number(&returned["outcome"]["mean"]);
    assert!((number(&spent["outcome"]["mean"]) - 15.0 * share / 100.0).abs() < 1e-9, "each return is worth 15");
}

#[test]
fn answers_of_which_the_month_after_is_not_over_say_nothing_of_returns() {
    let door = café(60);
    let all = ask(&door, "of=return_30d&to=2026-04-20");
    let later = json!({"type": "track", "userId": "u1", "event": "Survey Answered", "timestamp": "2026-04-20T10:00:00Z",
        "properties": {"nps": 9}});
    door.collect("/v1/track", later.to_string()).expect(200);
    assert_eq!(ask(&door, "of=return_30d")["answers"], all["answers"]);
    assert_eq!(number(&ask(&door, "of=nps")["answers"]), number(&all["answers"]) + 1.0);
}

#[test]
fn what_lies_before_and_after_the_period_is_seen() {
    let door = café(150);
    // Of the second answers alone: their queues lie before the period when it begins a day before them, and returns after it.
    let day = "from=2026-03-22&to=2026-03-24";
    let answer = ask(&door, &format!("of=nps&{day}"));
    assert_eq!(answer["answers"], 150);
    assert!(number(&driver(&answer, "wait", "Queue Waited")["with"]) > 30.0);
    assert!(number(&ask(&door, &format!("of=return_30d&{day}"))["outcome"]["mean"]) > 20.0);
    let short = ask(&door, &format!("of=nps&before=1d&{day}"));
    let left_out = short["left_out"].as_array().unwrap();
    assert!(left_out.iter().any(|it| it["name"] == "Queue Waited" && it["code"] == "constant"), "{left_out:?}");
    let on_link = ask(&door, &format!("of=nps&channel=link&{day}"));
    assert_eq!(on_link["drivers"], answer["drivers"], "the channel is that of the answer");
    assert_eq!(ask(&door, &format!("of=nps&channel=store&{day}"))["answers"], 0);
}

#[test]
fn of_few_answers_nothing_is_told() {
    let door = café(20);
    let few = ask(&door, "of=nps&minimum=41");
    assert_eq!((&few["answers"], &few["drivers"], &few["explained"]), (&json!(40), &json!([]), &json!(null)));
    assert_eq!(codes(&few["findings"]), ["too_few_answers"]);
    let told = ask(&door, "of=nps&minimum=40");
    assert!(codes(&told["warnings"]).starts_with(&["few_customers", "few_answers"]), "{}", told["warnings"]);
    let refusals = [
        ("", "needs an outcome"),
        ("of=npss", "did you mean `nps`"),
        ("of=nps&minimum=5", "10 to 1000"),
        ("of=nps&before=1000d", "at most 90d"),
        ("of=nps&variable=habit&control=habit", "not both"),
        ("of=nps&survey=after", "nobody has answered"),
        ("of=nps&broken_promise=Nothing", "Nothing"),
        ("of=nps&metric=nps", "metric"),
        ("of=nps&among=everything", "answers`, `topics` or `lived"),
    ];
    for (question, said) in refusals {
        let problem = door.get(&format!("/api/v1/drivers?{question}")).expect(400).json();
        assert!(problem["detail"].as_str().unwrap().contains(said), "{question}: {problem}");
    }
    let empty = Door::open();
    let nothing = ask(&empty, "of=return_30d");
    assert_eq!((&nothing["answers"], codes(&nothing["findings"])), (&json!(0), vec!["no_events"]));
}

#[test]
fn whoever_is_bound_to_a_unit_sees_the_drivers_of_it_alone() {
    let door = café(160);
    let units =
        json!({"units": [{"name": "ES"}, {"name": "ES-MAD", "parent": "ES"}, {"name": "ES-BCN", "parent": "ES"}]});
    door.owner("PUT", "/api/v1/units", units.to_string()).expect(200);
    let bound = door.create_bound_key("Madrid", "ES-MAD");
    let answer = door.with_key(&bound, "GET", "/api/v1/drivers?of=nps", "").expect(200).json();
    assert_eq!(answer["answers"], 80, "a quarter of the customers");
    let queue = |list: &str| answer[list].as_array().unwrap().iter().any(|it| it["name"] == "Queue Waited");
    assert!(!queue("drivers") && !queue("left_out"), "nobody queues in Madrid, and not even the name is told");
}
