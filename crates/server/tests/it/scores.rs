//! Metrics of one's own, and what happened to the company beside its scores.

use serde_json::{Value, json};

use crate::door::{Door, HandClock};

/// 20 January 2026, a Tuesday, in UTC.
const NOW_MS: i64 = 1_768_910_400_000;

fn warmth() -> Value {
    json!({
        "name": "warmth", "property": "warmth", "formula": "top_boxes", "top_from": 6.0, "answers": [1.0, 7.0],
        "definition": {"es": "el trato fue cálido", "en": "people were warm"}, "source": "ours, 2026",
        "example": {"answers": [{"answer": 7.0, "count": 2}, {"answer": 3.0, "count": 2}], "score": 50.0}
    })
}

fn with(mut metric: Value, member: &str, value: Value) -> Value {
    metric[member] = value;
    metric
}

/// One answer a customer, on the days that are told, in shops by turns.
fn answered(door: &Door, answers: &[(f64, u32)]) {
    let mut batch = Vec::new();
    for (number, (warmth, day)) in answers.iter().enumerate() {
        let shop = if number % 2 == 0 { "ES-MAD" } else { "ES-BCN" };
        batch.push(json!({"type": "track", "userId": format!("u{number}"), "event": "Survey Answered",
            "messageId": format!("m-{number}"), "timestamp": format!("2026-01-{day:02}T12:00:00Z"),
            "properties": {"warmth": warmth, "store_id": shop, "channel": "link"}}));
    }
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
}

#[test]
fn a_metric_of_ones_own_is_asked_for_like_the_others() {
    let door = Door::open_at(|_| {}, |_| {}, HandClock::at(NOW_MS));
    answered(&door, &[(7.0, 5), (6.0, 6), (6.0, 7), (2.0, 8)]);
    let made = door.owner("POST", "/api/v1/metrics", warmth().to_string()).expect(201).json();
    assert_eq!(made, with(with(warmth(), "is_own", json!(true)), "range", json!([0.0, 100.0])));
    let listed = door.get("/api/v1/metrics").expect(200).json();
    let names: Vec<&Value> = listed["metrics"].as_array().unwrap().iter().map(|metric| &metric["name"]).collect();
    assert_eq!(names, ["nps", "csat", "ces", "rating", "warmth"]);
    assert_eq!(listed["metrics"][4], made);
    assert_eq!(listed["metrics"][1]["example"]["answers"][0], json!({"answer": 5.0, "count": 40}));

    let scores = door.get("/api/v1/scores?metric=warmth&minimum=1").expect(200).json();
    assert_eq!((&scores["whole"]["total"]["score"], &scores["metric"]), (&json!(75.0), &made));

    // Another bound is another score of the same answers.
    let mut changed = with(warmth(), "top_from", json!(7.0));
    changed.as_object_mut().unwrap().remove("name");
    let changed = door.owner("PUT", "/api/v1/metrics/warmth", changed.to_string()).expect(200).json();
    assert_eq!(changed["top_from"], 7.0);
    let scores = door.get("/api/v1/scores?metric=warmth&minimum=1").expect(200).json();
    assert_eq!(scores["whole"]["total"]["score"], 25.0);

    let drivers = door.get("/api/v1/drivers?of=warmth&minimum=10").expect(200).json();
    assert_eq!((&drivers["outcome"]["name"], &drivers["answers"]), (&json!("warmth"), &json!(4)));

    door.owner("DELETE", "/api/v1/metrics/warmth", "").expect(204);
    door.owner("DELETE", "/api/v1/metrics/warmth", "").expect(404);
    let gone = door.get("/api/v1/scores?metric=warmth").expect(400).json();
    assert!(gone["detail"].as_str().unwrap().contains("there is no metric `warmth`"), "{gone}");
    let audit = door.owner("GET", "/api/v1/audit", "").expect(200).json();
    for action in ["metric.create", "metric.update", "metric.delete"] {
        assert!(audit.to_string().contains(action), "{action} is in the audit");
    }
}

#[test]
fn a_metric_whose_example_says_something_else_is_refused() {
    let door = Door::open();
    let example =
        |score: f64| json!({"answers": [{"answer": 7.0, "count": 2}, {"answer": 3.0, "count": 1}], "score": score});
    for (metric, status, detail) in [
        (with(warmth(), "example", example(70.0)), 400, "gives 66.67 for its example, not 70"),
        (
            with(warmth(), "example", json!({"answers": [{"answer": 8.0, "count": 1}], "score": 0.0})),
            400,
            "is no answer",
        ),
        (with(warmth(), "example", json!({"answers": [], "score": 0.0})), 400, "1 to 100 answers"),
        (with(warmth(), "name", json!("nps")), 400, "comes with the program"),
        (with(warmth(), "name", json!("return_30d")), 400, "comes with the program"),
        (with(warmth(), "name", json!("Trato cálido")), 400, "small letters"),
        (with(warmth(), "formula", json!("median")), 400, "`net_share`, `top_boxes` or `mean`"),
        (with(warmth(), "formula", json!("mean")), 400, "`mean` has no bound"),
        (with(warmth(), "answers", json!([7.0, 1.0])), 400, "the lowest comes first"),
        (with(warmth(), "top_from", json!(1.0)), 400, "on either side"),
        (with(warmth(), "source", json!(" ")), 400, "`source` is one line"),
        (with(warmth(), "colour", json!("red")), 400, "colour"),
        (with(warmth(), "example", example(66.67)), 201, ""),
        (warmth(), 409, "there is already a metric `warmth`"),
    ] {
        let answer = door.owner("POST", "/api/v1/metrics", metric.to_string()).expect(status).json();
        assert!(answer.to_string().contains(detail), "{detail}: {answer}");
    }
    let mut nps = warmth();
    nps.as_object_mut().unwrap().remove("name");
    door.owner("PUT", "/api/v1/metrics/nps", nps.to_string()).expect(400);
    door.owner("PUT", "/api/v1/metrics/mood", nps.to_string()).expect(404);
    door.owner("DELETE", "/api/v1/metrics/nps", "").expect(400);
}

fn happened(door: &Door, new: Value) -> Value {
    door.owner("POST", "/api/v1/annotations", new.to_string()).expect(201).json()
}

#[test]
fn what_happened_stands_beside_the_scores_of_its_time() {
    let door = Door::open_at(|_| {}, |_| {}, HandClock::at(NOW_MS));
    answered(&door, &[(5.0, 6), (5.0, 14)]);
    door.owner("POST", "/api/v1/metrics", warmth().to_string()).expect(201);
    let release = json!({"kind": "release", "first_day": "2026-01-07", "text": " 5.0.0 "});
    let release = happened(&door, release);
    let expected = json!({"id": "ann_1", "kind": "release", "first_day": "2026-01-07", "last_day": "2026-01-07",
        "text": "5.0.0", "created_by": "owner", "created_at": "2026-01-20T12:00:00.000Z"});
    assert_eq!(release, with(expected, "created_by", release["created_by"].clone()));
    happened(
        &door,
        json!({"kind": "incident", "first_day": "2025-12-20", "last_day": "2026-01-06", "text": "pagos", "channel": "app"}),
    );
    happened(&door, json!({"kind": "campaign", "first_day": "2026-03-01", "text": "later"}));

    let said = |question: &str| -> Vec<String> {
        let answer = door.get(question).expect(200).json();
        let said = answer["annotations"].as_array().unwrap().iter();
        said.map(|annotation| annotation["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(said("/api/v1/annotations"), ["pagos", "5.0.0", "later"]);
    assert_eq!(said("/api/v1/annotations?from=2026-01-06&to=2026-01-07"), ["pagos"]);
    assert_eq!(said("/api/v1/annotations?from=2026-01-07&to=2026-03-01"), ["5.0.0"]);
    assert_eq!(said("/api/v1/scores?metric=warmth"), ["pagos", "5.0.0"]);
    assert_eq!(said("/api/v1/scores?metric=warmth&from=2026-01-12"), Vec::<String>::new());
    assert_eq!(said("/api/v1/scores?metric=warmth&channel=link"), ["5.0.0"], "the app was not asked about");

    let change = json!({"kind": "other", "first_day": "2026-01-08", "last_day": "2026-01-09", "text": "5.0.1"});
    let changed = door.owner("PUT", "/api/v1/annotations/ann_1", change.to_string()).expect(200).json();
    assert_eq!((&changed["text"], &changed["last_day"]), (&json!("5.0.1"), &json!("2026-01-09")));
    door.owner("DELETE", "/api/v1/annotations/ann_1", "").expect(204);
    door.owner("DELETE", "/api/v1/annotations/ann_1", "").expect(404);
    door.owner("PUT", "/api/v1/annotations/ann_1", change.to_string()).expect(404);
    assert_eq!(said("/api/v1/annotations"), ["pagos", "later"]);
    let audit = door.owner("GET", "/api/v1/audit", "").expect(200).json();
    for action in ["annotation.create", "annotation.update", "annotation.delete"] {
        assert!(audit.to_string().contains(action), "{action} is in the audit");
    }

    for (new, detail) in [
        (json!({"kind": "party", "first_day": "2026-01-07", "text": "x"}), "`kind` is one of `release`"),
        (json!({"kind": "other", "first_day": "07/01/2026", "text": "x"}), "is not a day"),
        (
            json!({"kind": "other", "first_day": "2026-01-07", "last_day": "2026-01-06", "text": "x"}),
            "before the first",
        ),
        (json!({"kind": "other", "first_day": "2026-01-07", "text": " "}), "one line of 1 to 200"),
        (json!({"kind": "other", "first_day": "2026-01-07", "text": "x".repeat(201)}), "one line of 1 to 200"),
        (
            json!({"kind": "other", "first_day": "2026-01-07", "text": "x", "unit": "ES-VLC"}),
            "there is no unit `ES-VLC`",
        ),
    ] {
        let answer = door.owner("POST", "/api/v1/annotations", new.to_string()).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(detail), "{detail}: {answer}");
    }
}

#[test]
fn a_key_bound_to_a_unit_sees_what_was_about_its_units_and_about_all() {
    let door = Door::open_at(|_| {}, |_| {}, HandClock::at(NOW_MS));
    answered(&door, &[(5.0, 6), (5.0, 7)]);
    door.owner("POST", "/api/v1/metrics", warmth().to_string()).expect(201);
    let units =
        json!({"units": [{"name": "ES"}, {"name": "ES-MAD", "parent": "ES"}, {"name": "ES-BCN", "parent": "ES"}]});
    door.owner("PUT", "/api/v1/units", units.to_string()).expect(200);
    for (text, unit) in [("all", None), ("country", Some("ES")), ("mine", Some("ES-MAD")), ("theirs", Some("ES-BCN"))] {
        happened(&door, json!({"kind": "other", "first_day": "2026-01-06", "text": text, "unit": unit}));
    }
    let key = door.create_bound_key("madrid", "ES-MAD");
    for question in ["/api/v1/annotations", "/api/v1/scores?metric=warmth"] {
        let answer = door.with_key(&key, "GET", question, "").expect(200).json();
        let said: Vec<&Value> = answer["annotations"].as_array().unwrap().iter().map(|it| &it["text"]).collect();
        assert_eq!(said, ["all", "mine"], "{question}");
    }
    door.with_key(&key, "POST", "/api/v1/annotations", "{}").expect(403);
}

const VISIT: &str = r#"{
    "format": 1, "name": "visit", "kind": "transactional", "languages": ["en"],
    "title": {"en": "Your visit"}, "thanks": {"en": "Thanks"},
    "questions": [{"id": "recommend", "type": "nps", "required": true, "text": {"en": "Would you recommend us?"}}]
}"#;

/// A survey that is open, with two answers on the timeline, of Madrid and of Barcelona, and four that belong to nobody: three of
/// Madrid, two of them about the terrace, and one of nowhere.
fn visited() -> Door {
    let door = Door::open_at(|_| {}, |_| {}, HandClock::at(NOW_MS));
    let units =
        json!({"units": [{"name": "ES"}, {"name": "ES-MAD", "parent": "ES"}, {"name": "ES-BCN", "parent": "ES"}]});
    door.owner("PUT", "/api/v1/units", units.to_string()).expect(200);
    let survey = door.owner("POST", "/api/v1/surveys", VISIT).expect(201).json();
    door.owner("PUT", "/api/v1/surveys/srv_1/state", r#"{"state": "open"}"#).expect(200);
    let of_ana = |who: &str, shop: &str, nps: u32| {
        json!({"type": "track", "userId": who, "event": "Survey Answered", "messageId": who,
            "timestamp": "2026-01-19T12:00:00Z",
            "properties": {"survey": "visit", "nps": nps, "store_id": shop, "channel": "email", "touchpoint": "store:Till"}})
    };
    // Somebody came by a link once: a channel that no event names cannot be asked for.
    let by_link = json!({"type": "track", "userId": "luis", "event": "Page Viewed", "messageId": "luis",
        "timestamp": "2026-01-19T12:00:00Z", "properties": {"channel": "link"}});
    let batch = json!({"batch": [of_ana("ana", "ES-MAD", 10), of_ana("eva", "ES-BCN", 0), by_link]});
    door.collect("/v1/batch", batch.to_string()).expect(200);
    let link = survey["link"].as_str().unwrap().rsplit_once("/s/").unwrap().1.to_owned();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for (page, about, nps) in [
        ("p1", "&unit=ES-MAD&touchpoint=store:Terrace", 9),
        ("p2", "&unit=ES-MAD&touchpoint=store:Terrace", 8),
        ("p3", "&unit=ES-MAD&touchpoint=store:Till", 10),
        ("p4", "", 10),
    ] {
        let sent = format!("page={page}&version=1&q.recommend={nps}{about}");
        door.post(&format!("/s/{link}"), &form, sent).expect(303);
    }
    door
}

fn group<'a>(scores: &'a Value, value: &str) -> &'a Value {
    let groups = scores["groups"].as_array().unwrap();
    &groups.iter().find(|group| group["value"] == value).unwrap_or_else(|| panic!("no {value} in {groups:?}"))["total"]
}

#[test]
fn answers_that_belong_to_nobody_count_in_the_scores_of_their_survey() {
    let door = visited();
    let scores = door.get("/api/v1/scores?metric=nps&survey=visit&minimum=1&by=touchpoint").expect(200).json();
    let total = &scores["whole"]["total"];
    assert_eq!([&total["answers"], &total["customers"], &total["anonymous"]], [&json!(6), &json!(6), &json!(4)]);
    // Four promoters less one detractor of six.
    assert!((total["score"].as_f64().unwrap() - 50.0).abs() < 1e-9, "{total}");
    assert_eq!((&scores["with_anonymous"], &scores["values"]), (&json!(true), &json!([0.0, 8.0, 9.0, 10.0])));
    assert_eq!(
        (&group(&scores, "store:Terrace")["answers"], &group(&scores, "store:Terrace")["anonymous"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        (&group(&scores, "store:Till")["answers"], &group(&scores, "store:Till")["anonymous"]),
        (&json!(3), &json!(1))
    );
    assert_eq!(group(&scores, "(none)")["anonymous"], 1);
    let by_unit = door.get("/api/v1/scores?metric=nps&survey=visit&minimum=1&by=unit").expect(200).json();
    assert_eq!(
        (&group(&by_unit, "ES-MAD")["answers"], &group(&by_unit, "ES-MAD")["anonymous"]),
        (&json!(4), &json!(3))
    );
    let by_channel = door.get("/api/v1/scores?metric=nps&survey=visit&minimum=1&by=channel").expect(200).json();
    assert_eq!(
        (&group(&by_channel, "link")["answers"], &group(&by_channel, "email")["anonymous"]),
        (&json!(4), &json!(0))
    );
    // Something that no anonymous answer has tells none of them apart.
    let by_other = door.get("/api/v1/scores?metric=nps&survey=visit&minimum=1&by=nps").expect(200).json();
    assert_eq!(group(&by_other, "(none)")["anonymous"], 4);
}

#[test]
fn of_all_surveys_of_a_segment_and_of_other_channels_nobody_answers() {
    let door = visited();
    let segment = json!({"name": "Everybody", "customers": "everybody=true"});
    door.owner("POST", "/api/v1/segments", segment.to_string()).expect(201);
    for (question, answers, with_anonymous) in [
        ("", 2, false),
        ("&survey=visit&segment=seg_1", 2, false),
        ("&survey=visit&channel=email", 2, true),
        ("&survey=visit&channel=link", 4, true),
        ("&survey=visit&from=2026-01-20", 4, true),
        ("&survey=visit&every=day&to=2026-01-20", 2, true),
    ] {
        let scores = door.get(&format!("/api/v1/scores?metric=nps&every=day{question}")).expect(200).json();
        let found = (scores["whole"]["total"]["answers"].clone(), scores["with_anonymous"].clone());
        assert_eq!(found, (json!(answers), json!(with_anonymous)), "{question}");
    }
    let key = door.create_bound_key("madrid", "ES-MAD");
    let scores = door.with_key(&key, "GET", "/api/v1/scores?metric=nps&survey=visit", "").expect(200).json();
    let total = &scores["whole"]["total"];
    assert_eq!((&total["answers"], &total["anonymous"]), (&json!(4), &json!(3)), "those of Madrid");
}

#[test]
fn a_survey_that_only_nobody_answered_has_a_score() {
    let door = Door::open_at(|_| {}, |_| {}, HandClock::at(NOW_MS));
    let survey = door.owner("POST", "/api/v1/surveys", VISIT).expect(201).json();
    door.owner("PUT", "/api/v1/surveys/srv_1/state", r#"{"state": "open"}"#).expect(200);
    let link = survey["link"].as_str().unwrap().rsplit_once("/s/").unwrap().1.to_owned();
    let form = [("content-type", "application/x-www-form-urlencoded")];
    door.post(&format!("/s/{link}"), &form, "page=p1&version=1&q.recommend=9").expect(303);
    let scores = door.get("/api/v1/scores?metric=nps&survey=visit&minimum=1").expect(200).json();
    assert_eq!(scores["whole"]["total"]["score"], 100.0, "{scores}");
    assert_eq!(scores["periods"][0]["first_day"], "2026-01-19");
}
