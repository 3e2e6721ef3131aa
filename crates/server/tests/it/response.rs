//! Who answered a survey and who did not.

use serde_json::{Value, json};

use crate::door::{Door, HandClock};

/// 20 March 2026 in UTC.
const NOW_MS: i64 = 1_774_008_000_000;
const SURVEY: &str = r#"{
    "format": 1, "name": "visit", "kind": "transactional", "languages": ["en"],
    "title": {"en": "Your visit"}, "thanks": {"en": "Thanks"},
    "questions": [{"id": "recommend", "type": "nps", "required": true, "text": {"en": "Would you recommend us?"}}]
}"#;

fn event(who: &str, event: &str, day: &str, properties: Value) -> Value {
    let mut properties = properties;
    if event.starts_with("Survey ") {
        properties["survey"] = json!("visit");
    }
    json!({"type": "track", "userId": who, "event": event, "messageId": format!("{who} {event} {day}"),
        "timestamp": format!("{day}T12:00:00Z"), "properties": properties})
}

/// Eighty customers are invited, by mail and by message in turns; those with three purchases answer, those with none do not, but for
/// each tenth; and one answers who was not invited.
fn asked() -> Door {
    let door = Door::open_at(|_| {}, |_| {}, HandClock::at(NOW_MS));
    door.owner("POST", "/api/v1/surveys", SURVEY).expect(201);
    let mut batch = Vec::new();
    for number in 0..80 {
        let who = format!("u{number}");
        let channel = if number % 2 == 0 { "email" } else { "sms" };
        let of_link = || json!({"channel": channel, "touchpoint": "store:Order Completed", "store_id": "ES-MAD"});
        let is_regular = number % 4 < 2;
        for day in ["2026-01-05", "2026-01-06", "2026-01-07"].into_iter().filter(|_| is_regular) {
            batch.push(event(&who, "Order Completed", day, json!({"channel": "store"})));
        }
        batch.push(event(&who, "Survey Sent", "2026-02-10", of_link()));
        if is_regular != (number % 10 == 0) {
            for what in ["Survey Shown", "Survey Started", "Survey Answered"] {
                batch.push(event(&who, what, "2026-03-02", of_link()));
            }
        } else if number % 3 == 0 {
            batch.push(event(&who, "Survey Shown", "2026-02-11", of_link()));
            batch.push(event(&who, "Survey Refused", "2026-02-11", of_link()));
        }
    }
    batch.push(event("late", "Survey Sent", "2026-03-18", json!({"channel": "email"})));
    batch.push(event("uninvited", "Survey Answered", "2026-02-12", json!({"channel": "link"})));
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

fn group<'a>(answer: &'a Value, by: &str, value: &str) -> &'a Value {
    let breakdown = answer["breakdowns"].as_array().unwrap().iter().find(|breakdown| breakdown["by"] == by).unwrap();
    breakdown["groups"].as_array().unwrap().iter().find(|group| group["value"] == value).unwrap()
}

#[test]
fn invitations_are_followed_to_their_answers() {
    let door = asked();
    let answer = door.get("/api/v1/surveys/srv_1/response").expect(200).json();
    let whole = &answer["whole"];
    assert_eq!((&whole["invited"], &whole["customers"]), (&json!(81), &json!(81)), "{answer}");
    assert_eq!((&whole["answered"], &whole["started"]), (&json!(40), &json!(40)));
    assert_eq!(whole["shown"].as_u64().unwrap(), 40 + whole["refused"].as_u64().unwrap());
    let (rate, low, high) = (whole["rate"].as_f64(), whole["low"].as_f64(), whole["high"].as_f64());
    assert!((rate.unwrap() - 40.0 / 81.0).abs() < 1e-9 && low < rate && rate < high);
    assert_eq!((&answer["recent"], &answer["uninvited"]), (&json!(1), &json!(1)));
    assert_eq!(group(&answer, "channel", "email")["invited"], 41);
    assert_eq!(group(&answer, "touchpoint", "store:Order Completed")["invited"], 80);
    assert_eq!(group(&answer, "touchpoint", "(none)")["answered"], 0);
    assert_eq!(group(&answer, "unit", "ES-MAD")["answered"], 40);
    assert_eq!((&answer["survey"], &answer["reading"]), (&json!("visit"), &json!("association")));

    // The answers came in March to what was sent in February.
    let february = door.get("/api/v1/surveys/srv_1/response?from=2026-02-01&to=2026-03-01").expect(200).json();
    assert_eq!((&february["whole"]["invited"], &february["whole"]["answered"]), (&json!(80), &json!(40)));
    let march = door.get("/api/v1/surveys/srv_1/response?from=2026-03-01").expect(200).json();
    assert_eq!((&march["whole"]["invited"], &march["whole"]["answered"]), (&json!(1), &json!(0)));
    assert_eq!(march["uninvited"], 0, "those who were invited before are no strangers");
    let by_mail = door.get("/api/v1/surveys/srv_1/response?channel=email").expect(200).json();
    assert_eq!(by_mail["whole"]["invited"], 41);
}

#[test]
fn those_who_answered_are_compared_with_those_who_did_not() {
    let door = asked();
    let answer = door.get("/api/v1/surveys/srv_1/response?from=2026-02-01&to=2026-03-01").expect(200).json();
    let differences = answer["differences"].as_array().unwrap();
    let purchases = differences.iter().find(|it| it["kind"] == "purchases").unwrap();
    assert_eq!(purchases["is_found"], true, "{differences:?}");
    assert!(purchases["answered"].as_f64() > purchases["unanswered"].as_f64() && purchases["low"].as_f64() > Some(0.0));
    let sizes: Vec<f64> = differences.iter().map(|it| it["difference"].as_f64().unwrap().abs()).collect();
    assert!(sizes.is_sorted_by(|one, next| one >= next), "the largest first: {sizes:?}");
    let channel = differences.iter().find(|it| it["kind"] == "channel" && it["value"] == "sms").unwrap();
    assert_eq!(channel["is_found"], false, "both channels were answered alike: {channel}");
    assert!(differences.iter().all(|it| it["kind"] != "contacts"), "nobody had any");
}

#[test]
fn segments_and_what_belongs_to_nobody_are_told() {
    let door = asked();
    let segment = json!({"name": "Buyers", "customers": "activity=Order%20Completed"});
    door.owner("POST", "/api/v1/segments", segment.to_string()).expect(201);
    door.owner("PUT", "/api/v1/surveys/srv_1/state", r#"{"state": "open"}"#).expect(200);
    let survey = door.get("/api/v1/surveys/srv_1").expect(200).json();
    let token = survey["link"].as_str().unwrap().rsplit_once("/s/").unwrap().1.to_owned();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for page in ["p1", "p2"] {
        let sent = format!("page={page}&version=1&q.recommend=9");
        door.post(&format!("/s/{token}"), &form, sent).expect(303);
    }
    let link = json!({"people": [{}], "channel": "link"});
    door.owner("POST", "/api/v1/surveys/srv_1/invitations", link.to_string()).expect(201);

    let answer = door.get("/api/v1/surveys/srv_1/response").expect(200).json();
    assert_eq!(group(&answer, "segment", "Buyers")["invited"], 40);
    let nobody = &answer["anonymous"];
    assert_eq!((&nobody["complete"], &nobody["invitations"]), (&json!(2), &json!(1)), "{nobody}");
    assert_eq!(answer["whole"]["invited"], 81, "links that belong to nobody stand apart");
    let earlier = door.get("/api/v1/surveys/srv_1/response?to=2026-03-01").expect(200).json();
    assert_eq!(earlier["anonymous"]["complete"], 0);
}

#[test]
fn a_survey_without_invitations_says_so() {
    let door = Door::open();
    door.owner("POST", "/api/v1/surveys", SURVEY).expect(201);
    let answer = door.get("/api/v1/surveys/srv_1/response").expect(200).json();
    assert_eq!((&answer["whole"]["invited"], &answer["whole"]["rate"]), (&json!(0), &json!(null)));
    assert!(answer["findings"].to_string().contains("nobody_invited"), "{answer}");
    door.get("/api/v1/surveys/srv_9/response").expect(404);
    door.get("/api/v1/surveys/nine/response").expect(400);
    door.get("/api/v1/surveys/srv_1/response?metric=nps").expect(400);
    let key = {
        door.owner("PUT", "/api/v1/units/madrid", r#"{"kind": "shop"}"#).expect(200);
        door.create_bound_key("madrid", "madrid")
    };
    door.with_key(&key, "GET", "/api/v1/surveys/srv_1/response", "").expect(403);
}
