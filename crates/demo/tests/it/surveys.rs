//! Who is asked, how often and when they answer, and what they write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use demo::{COMMENTS_FILE, Company, EVENTS_FILE, Options, Polarity, Tone, generate};
use serde_json::Value;

const CUSTOMERS: u64 = 3_000;
const DAY: i64 = 86_400_000;

struct Event {
    at: i64,
    name: String,
    line: Value,
}

/// What surveys left on the timeline of each customer, in order of time, and how many events there are in all.
fn surveys() -> (Vec<Vec<Event>>, usize) {
    let company = Company::new(&Options::new(CUSTOMERS, 6)).unwrap();
    let mut all = 0;
    let timelines = company.lives().map(|life| {
        all += life.len();
        let of_surveys = life.events().filter_map(|event| {
            let line: Value = serde_json::from_slice(event.line).unwrap();
            let name = line["event"].as_str()?.to_owned();
            name.starts_with("Survey ").then_some(Event { at: event.occurred_at, name, line })
        });
        of_surveys.collect()
    });
    let timelines = timelines.collect();
    (timelines, all)
}

#[test]
fn nobody_is_asked_twice_within_thirty_days_and_about_a_quarter_answer() {
    let (timelines, all) = surveys();
    let (mut asked, mut answered, mut said) = (0, 0, 0);
    for events in &timelines {
        let sent: Vec<&Event> = events.iter().filter(|event| event.name == "Survey Sent").collect();
        assert!(sent.windows(2).all(|pair| pair[1].at - pair[0].at >= 30 * DAY));
        for answer in events.iter().filter(|event| event.name == "Survey Answered") {
            let before = sent.iter().rev().find(|sent| sent.at < answer.at).unwrap();
            let waited = answer.at - before.at;
            assert!((60_000..=2 * DAY).contains(&waited), "answered after {waited} ms");
            assert!(answer.line["userId"].is_string(), "{}", answer.line);
            for same in ["survey", "touchpoint", "store_id", "channel"] {
                assert_eq!(answer.line["properties"][same], before.line["properties"][same], "{same}");
            }
            answered += 1;
        }
        asked += sent.len();
        said += events.len();
    }
    let rate = answered * 1_000 / asked;
    assert!((215..280).contains(&rate), "{answered} of {asked} answered");
    assert!(said * 100 < (all - said) * 8, "{said} of {all} events come from surveys");
}

#[test]
fn answers_hold_scores_of_their_ranges_and_say_what_they_are_about() {
    let (timelines, _) = surveys();
    let mut channels = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for answer in timelines.iter().flatten().filter(|event| event.name == "Survey Answered") {
        let properties = &answer.line["properties"];
        channels.insert(properties["channel"].as_str().unwrap());
        let mut scores = 0;
        for (name, range) in [("nps", 0..=10), ("csat", 1..=5), ("ces", 1..=7)] {
            if let Some(score) = properties[name].as_i64() {
                assert!(range.contains(&score), "{properties}");
                scores += 1;
            }
        }
        assert!(scores > 0 && properties["survey_version"] == 1, "{properties}");
        match properties["survey"].as_str().unwrap() {
            "relation" => assert!(properties["touchpoint"].is_null() && properties["store_id"].is_string()),
            survey => {
                assert_eq!(survey, "after-purchase");
                seen.insert(properties["touchpoint"].as_str().unwrap());
            }
        }
        if let Some(expectation) = properties["expectation"].as_str() {
            assert!(["better", "as", "worse"].contains(&expectation), "{properties}");
        }
    }
    assert_eq!(channels, BTreeSet::from(["email", "link", "web"]));
    let touchpoints = ["app:App Opened", "delivery:Order Delivered", "phone:Call Ended", "store:Order Completed"];
    assert!(touchpoints.iter().all(|touchpoint| seen.contains(touchpoint)), "{seen:?}");
}

#[test]
fn what_was_meant_by_each_comment_is_kept_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    generate(&Options::new(CUSTOMERS, 6), dir.path(), &mut |_| {}).unwrap();
    let read = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    let mut written: BTreeMap<String, Value> = BTreeMap::new();
    for line in read(EVENTS_FILE).lines().filter(|line| line.contains(r#""comment":"#)) {
        let event: Value = serde_json::from_str(line).unwrap();
        written.insert(event["messageId"].as_str().unwrap().to_owned(), event["properties"].clone());
    }
    let company = Company::new(&Options::new(CUSTOMERS, 6)).unwrap();
    let remarks: Vec<_> = company.lives().flat_map(|life| life.remarks().to_vec()).collect();
    assert_eq!((remarks.len(), read(COMMENTS_FILE).lines().count()), (written.len(), written.len()));
    let (mut english, mut against, mut personal) = (0, 0, 0);
    for remark in &remarks {
        let (properties, comment) = (&written[&remark.message_id], &remark.comment);
        assert_eq!(properties["comment"], *comment.text);
        english += usize::from(comment.language == "en");
        personal += usize::from(comment.personal.is_some());
        // The score that the survey is about, from bad to good.
        let csat = properties["csat"].as_i64().filter(|_| properties["ces"].is_null());
        let good = csat.map(|csat| csat >= 4);
        let said = match comment.tone {
            Tone::Positive => Polarity::Positive,
            Tone::Negative => Polarity::Negative,
            Tone::Mixed | Tone::Empty => continue,
        };
        if csat != Some(3) && good.is_some_and(|good| good != (said == Polarity::Positive)) {
            assert!(comment.is_contrary, "{properties}");
            against += 1;
        }
    }
    let of_all = |count: usize| count * 1_000 / remarks.len();
    assert!((20..120).contains(&of_all(english)), "{english} in English");
    assert!((5..45).contains(&of_all(personal)) && of_all(against) < 40, "{personal} personal, {against} contrary");
}
