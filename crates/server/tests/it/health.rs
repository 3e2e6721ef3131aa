//! How healthy the data is: freshness by source, findings about names, times and types, changes of the week.

use serde_json::{Value, json};

use crate::door::Door;

#[test]
fn freshness_is_told_by_source_before_and_after_sealing() {
    let door = Door::open();
    door.lived(&[("ana", "Visit", 3), ("luis", "Visit", 9)]);
    door.owner("POST", "/api/v1/imports?source=old.csv", "user_id,event,date\nana,Visit,2025-01-01\n").expect(200);
    let before = door.get("/api/v1/events/freshness").expect(200).json();
    assert_eq!(before["sources"].as_array().unwrap().len(), 2);
    let shop = &before["sources"][1];
    assert_eq!((&shop["source"], &shop["events"], &shop["events_24h"]), (&json!("shop"), &json!(2), &json!(2)));
    assert_eq!((&shop["last_occurred_at"], &shop["is_late"]), (&json!("2026-01-09T12:00:00.000Z"), &json!(false)));
    door.app.log.seal().unwrap();
    assert_eq!(door.get("/api/v1/events/freshness").json(), before);
    door.lived(&[("eva", "Visit", 10)]);
    assert_eq!(door.get("/api/v1/events/freshness").json()["sources"][1]["events"], 3);
}

#[test]
fn odd_names_times_and_types_are_found() {
    let door = Door::open();
    door.lived(&[("ana", "Order Completed", 3), ("luis", "Order Completed", 9), ("eva", "order completed", 9)]);
    let batch: Vec<Value> = [(json!(5), "1985-01-01"), (json!("five"), "2026-01-01")]
        .iter()
        .enumerate()
        .map(|(index, (size, day))| {
            json!({"type": "track", "userId": "ana", "event": "Shop Visited", "messageId": format!("v-{index}"),
                "timestamp": format!("{day}T00:00:00Z"), "properties": {"size": size}})
        })
        .collect();
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door.app.log.seal().unwrap();
    let found = door.get("/api/v1/findings").expect(200).json();
    let about = |code: &str| -> Vec<Value> {
        let all = found["findings"].as_array().unwrap().iter();
        all.filter(|finding| finding["code"] == code).map(|finding| finding["about"].clone()).collect()
    };
    assert_eq!(about("two_spellings"), [json!(["order completed", "Order Completed"])]);
    assert_eq!(about("impossible_times"), [json!(["Shop Visited"])]);
    assert_eq!(about("property_type_changed"), [json!(["Shop Visited", "size"])]);
    assert!(about("source_late").is_empty());
    let alias = json!({"alias_of": "Order Completed"}).to_string();
    door.owner("PUT", "/api/v1/activities/order%20completed", alias).expect(200);
    assert!(!door.get("/api/v1/findings").json().to_string().contains("two_spellings"));
}

#[test]
fn an_answer_says_what_is_odd_about_what_it_is_over() {
    let door = Door::open();
    door.lived(&[("ana", "Order Completed", 3), ("luis", "Order Completed", 9), ("eva", "order completed", 9)]);
    let visits: Vec<Value> = ["1985-01-01", "2026-01-01", "1986-01-01"]
        .iter()
        .map(|day| {
            json!({"type": "track", "userId": "ana", "event": "Shop Visited", "messageId": day,
                "timestamp": format!("{day}T00:00:00Z")})
        })
        .collect();
    let collect = |batch: &[Value]| door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    collect(&visits[..2]);
    let found = |question: &str| -> Vec<(String, String)> {
        let answer = door.get(&format!("/api/v1/journeys/{question}")).expect(200).json();
        let findings = answer["findings"].as_array().unwrap().iter();
        let text = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
        findings.map(|finding| (text(finding, "code"), text(finding, "detail"))).collect()
    };
    let codes = |question: &str| found(question).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    let both = found("map");
    assert_eq!(both[0].0, "impossible_times");
    assert!(both[0].1.starts_with("1 events of `Shop Visited` happened before 2000"), "{both:?}");
    assert_eq!(both[1].0, "two_spellings");
    assert!(both[1].1.contains("`Order Completed` and `order completed`"), "{both:?}");
    for question in [
        "paths?start=true",
        "retention?every=month",
        "life-cycle?every=month",
        "frictions",
        "customers?activity=Shop%20Visited",
        "attribution?outcome=Shop%20Visited",
    ] {
        assert_eq!(codes(question)[..2], ["impossible_times", "two_spellings"], "{question}");
    }
    assert_eq!(codes("funnel?step=Shop%20Visited"), ["impossible_times"], "only what the steps are about");
    assert_eq!(codes("funnel?step=Order%20Completed"), ["two_spellings"]);
    assert_eq!(codes("map?from=2025-01-01"), ["two_spellings"], "nothing impossible in the period");
    assert_eq!(codes("map?to=1999-01-01"), ["two_spellings"], "where all is from before 2000, that is when it was");

    collect(&visits[2..]);
    let since = found("map");
    assert!(since[0].1.starts_with("2 events of `Shop Visited`"), "what came since counts: {since:?}");
    let alias = json!({"alias_of": "Order Completed"}).to_string();
    door.owner("PUT", "/api/v1/activities/order%20completed", alias).expect(200);
    let alias = json!({"alias_of": "Visit"}).to_string();
    door.owner("PUT", "/api/v1/activities/Shop%20Visited", alias).expect(200);
    let left = found("map");
    assert!(left.len() == 1 && left[0].1.starts_with("2 events of `Visit` happened"), "{left:?}");
}

#[test]
fn a_week_is_compared_with_those_before_and_the_last_one_that_may_be_incomplete_is_not() {
    let door = Door::open();
    assert_eq!(door.get("/api/v1/journeys/changes").json()["findings"][0]["code"], "no_events");
    // Six weeks with ten visits each from Monday, 5 January 2026; in the sixth there are forty, and a call.
    let mut batch: Vec<Value> = Vec::new();
    let mut add = |event: &str, day: String, number: usize| {
        let id = format!("{event} {day} {number}");
        batch.push(json!({"type": "track", "userId": format!("u-{number}"), "event": event, "messageId": id,
            "timestamp": format!("{day}T12:00:00Z")}));
    };
    for (week, day) in ["01-05", "01-12", "01-19", "01-26", "02-02", "02-09"].iter().enumerate() {
        for number in 0..if week == 5 { 40 } else { 10 } {
            add("Visit", format!("2026-{day}"), number);
        }
    }
    add("Call", "2026-02-10".to_owned(), 1);
    add("Visit", "2026-02-17".to_owned(), 1);
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    let changes = door.get("/api/v1/journeys/changes").expect(200).json();
    assert_eq!((&changes["from"], &changes["to"]), (&json!("2026-02-09"), &json!("2026-02-16")));
    let visit = &changes["changed"][0];
    assert_eq!((&visit["activity"], &visit["events"], &visit["expected"]), (&json!("Visit"), &json!(40), &json!(10.0)));
    assert_eq!(visit["weeks"], json!([10, 10, 10, 10, 40]));
    assert_eq!(changes["new"][0]["activity"], "Call");
    let codes: Vec<&Value> = changes["findings"].as_array().unwrap().iter().map(|each| &each["code"]).collect();
    assert_eq!(codes, ["few_weeks", "nothing_lately"]);
    let earlier = door.get("/api/v1/journeys/changes?week=2026-02-04").expect(200).json();
    assert_eq!((&earlier["from"], earlier["changed"].as_array().unwrap().len()), (&json!("2026-02-02"), 0));
    door.get("/api/v1/journeys/changes?week=2099-01-01").expect(400);
    door.get("/api/v1/journeys/changes?week=soon").expect(400);
}
