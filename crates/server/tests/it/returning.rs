//! Retention, life cycle, daily counts and attribution over HTTP.

use serde_json::{Value, json};

use crate::door::Door;

/// The first of January 2026 is a Thursday; the weeks begin on the 29th, the 5th, the 12th and the 19th.
fn lived() -> Door {
    let door = Door::open();
    door.lived(&[
        ("ana", "Menu Viewed", 1),
        ("ana", "Product Added", 2),
        ("ana", "Order Completed", 3),
        ("luis", "Menu Viewed", 1),
        ("luis", "Order Completed", 20),
        ("eva", "Menu Viewed", 5),
    ]);
    door
}

fn column(rows: &Value, name: &str) -> Vec<Value> {
    rows.as_array().unwrap().iter().map(|row| row[name].clone()).collect()
}

fn back(cohort: &Value) -> Vec<(u64, bool)> {
    let cell = |cell: &Value| (cell["customers"].as_u64().unwrap(), cell["is_complete"].as_bool().unwrap());
    cohort["returned"].as_array().unwrap().iter().map(cell).collect()
}

#[test]
fn cohorts_come_back_week_after_week() {
    let answer = lived().get("/api/v1/journeys/retention").expect(200).json();
    assert_eq!((&answer["every"], &answer["rule"]), (&json!("week"), &json!("exactly")));
    assert_eq!(column(&answer["cohorts"], "first_day"), ["2025-12-29", "2026-01-05"]);
    assert_eq!(column(&answer["cohorts"], "customers"), [2, 1]);
    // Ana within her first week, luis three weeks later, in a week of which the end is not known yet.
    assert_eq!(back(&answer["cohorts"][0]), [(1, true), (0, true), (0, true), (1, false)]);
    assert_eq!(back(&answer["cohorts"][1]), [(0, true), (0, true), (0, false)]);
    assert_eq!(column(&answer["curve"], "customers"), [3, 3, 2, 0]);
    assert_eq!(column(&answer["curve"], "returned"), [1, 0, 0, 0]);
    let share = answer["curve"][0]["share"].as_f64().unwrap();
    let (low, high) = (answer["curve"][0]["low"].as_f64().unwrap(), answer["curve"][0]["high"].as_f64().unwrap());
    assert!((share - 1.0 / 3.0).abs() < 1e-12 && (low - 0.0615).abs() < 1e-4 && (high - 0.7923).abs() < 1e-4);
    assert_eq!(answer["curve"][3]["share"], Value::Null, "no cohort is that old");
}

#[test]
fn who_came_before_the_period_is_in_no_cohort() {
    let answer = lived().get("/api/v1/journeys/retention?from=2026-01-07&after=1").expect(200).json();
    assert_eq!(answer["over"]["from"], "2026-01-05T00:00:00.000Z", "a week is whole");
    assert_eq!(column(&answer["cohorts"], "customers"), [1]);
    assert_eq!(back(&answer["cohorts"][0]).len(), 2);
}

#[test]
fn a_return_counts_on_or_after_when_asked_for() {
    let path =
        "/api/v1/journeys/retention?start=Menu%20Viewed&return=Order%20Completed&rule=on_or_after&every=day&after=3";
    let answer = lived().get(path).expect(200).json();
    assert_eq!(column(&answer["cohorts"], "first_day"), ["2026-01-01", "2026-01-05"]);
    let counts: Vec<u64> = back(&answer["cohorts"][0]).into_iter().map(|(customers, _)| customers).collect();
    assert_eq!(counts, [2, 2, 2, 1], "ana until the third, luis until the twentieth");
}

#[test]
fn a_month_is_that_of_the_calendar() {
    let answer = lived().get("/api/v1/journeys/retention?every=month&to=2026-03-15").expect(200).json();
    assert_eq!(answer["cohorts"][0]["from"], "2026-01-01T00:00:00.000Z");
    assert_eq!(answer["cohorts"][0]["to"], "2026-02-01T00:00:00.000Z");
    assert_eq!(back(&answer["cohorts"][0]).len(), 3, "March is whole though the period ends in it");
}

#[test]
fn customers_are_new_return_come_back_or_stay_away() {
    let answer = lived().get("/api/v1/journeys/life-cycle").expect(200).json();
    let kind = |name: &str| column(&answer["periods"], name);
    assert_eq!(kind("first_day"), ["2025-12-29", "2026-01-05", "2026-01-12", "2026-01-19"]);
    assert_eq!(kind("new"), [2, 1, 0, 0]);
    assert_eq!(kind("returning"), [0, 0, 0, 0]);
    assert_eq!(kind("resurrected"), [0, 0, 0, 1]);
    assert_eq!(kind("dormant"), [0, 2, 1, 0]);
    assert_eq!(kind("active"), [2, 1, 0, 1]);
    assert_eq!(kind("is_complete"), [true, true, true, false]);
    assert_eq!(kind("share"), [json!(null), json!(0.0), json!(0.0), json!(null)]);
}

#[test]
fn the_life_cycle_remembers_what_was_before_the_period() {
    let door = lived();
    let answer = door.get("/api/v1/journeys/life-cycle?every=day&from=2026-01-02&to=2026-01-04").expect(200).json();
    let kind = |name: &str| column(&answer["periods"], name);
    assert_eq!(
        (kind("new"), kind("returning"), kind("dormant")),
        (vec![json!(0), json!(0)], vec![json!(1), json!(1)], vec![json!(1), json!(0)])
    );
    let orders = "/api/v1/journeys/life-cycle?activity=Order%20Completed&every=month";
    assert_eq!(column(&door.get(orders).expect(200).json()["periods"], "new"), [2]);
}

#[test]
fn days_have_their_events_and_customers() {
    let door = lived();
    let answer = door.get("/api/v1/journeys/daily?from=2026-01-01&to=2026-01-03").expect(200).json();
    assert_eq!(answer["days"], json!(["2026-01-01", "2026-01-02"]));
    assert_eq!(
        answer["activities"],
        json!([{"activity": "Menu Viewed", "events": [2, 0], "customers": [2, 0]},
               {"activity": "Product Added", "events": [0, 1], "customers": [0, 1]}])
    );
    let answer = door.get("/api/v1/journeys/daily?activity=Order%20Completed").expect(200).json();
    assert_eq!((answer["days"].as_array().unwrap().len(), &answer["activities"][0]["events"][2]), (20, &json!(1)));
}

/// Ana searches, visits, calls and buys; luis only visits.
fn bought() -> Door {
    let door = Door::open_with(|settings| {
        settings.timeline_properties = Some(["revenue", "currency", "points"].map(str::to_owned).to_vec())
    });
    let event = |customer: &str, activity: &str, channel: Option<&str>, minute: u32, revenue: Value| {
        json!({"type": "track", "userId": customer, "event": activity, "messageId": format!("{customer}-{minute}"),
               "timestamp": format!("2026-01-01T00:{minute:02}:00Z"),
               "properties": {"channel": channel, "revenue": revenue, "points": minute}})
    };
    let in_pesos = json!({"type": "track", "userId": "sol", "event": "Bought", "messageId": "sol", "timestamp": "2026-01-01T01:00:00Z",
                          "properties": {"channel": "web", "revenue": 900, "currency": "MXN", "points": 1}});
    let batch = [
        event("ana", "Searched", Some("web"), 1, json!(null)),
        event("ana", "Visited", Some("store"), 2, json!(null)),
        event("ana", "Called", Some("phone"), 3, json!(null)),
        event("ana", "Bought", Some("web"), 4, json!(12.5)),
        event("luis", "Visited", Some("store"), 5, json!(null)),
        event("eva", "Bought", Some("store"), 6, json!("free")),
        in_pesos,
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

#[test]
fn outcomes_are_credited_to_the_channels_before_them() {
    let answer = bought().get("/api/v1/journeys/attribution?outcome=Bought&removal=1").expect(200).json();
    assert_eq!((&answer["outcomes"], &answer["without_touch"]), (&json!(3), &json!(2)));
    assert_eq!((&answer["by"], &answer["window_ms"]), (&json!("channel"), &json!(2_592_000_000_i64)));
    let credit = |channel: &str, model: &str| {
        let all = answer["credits"].as_array().unwrap();
        let row = all.iter().find(|credit| credit["channel"] == channel).unwrap();
        (row[model]["outcomes"].as_f64().unwrap() * 100.0).round() / 100.0
    };
    for (model, web, store, phone) in [
        ("first", 1.0, 0.0, 0.0),
        ("last", 0.0, 0.0, 1.0),
        ("linear", 0.33, 0.33, 0.33),
        ("position", 0.4, 0.2, 0.4),
        // Half begin on the web, the other half in the store; half of those in the store call, and buy.
        ("removal", 0.2, 0.4, 0.4),
    ] {
        assert_eq!(
            [credit("web", model), credit("store", model), credit("phone", model)],
            [web, store, phone],
            "{model}"
        );
    }
    let web = answer["credits"].as_array().unwrap().iter().find(|credit| credit["channel"] == "web").unwrap();
    assert!((web["removal_effect"].as_f64().unwrap() - 0.5).abs() < 1e-12);
    assert_eq!((&web["first"]["share"], &web["first"]["high"]), (&json!(1.0), &json!(1.0)));
    assert_eq!(web["removal"]["low"], Value::Null, "an effect has no interval");
    assert!(web["first"].get("value").is_none() && answer.get("value").is_none(), "only when asked for");
}

#[test]
fn touchpoints_are_told_apart_when_asked_for() {
    let path =
        "/api/v1/journeys/attribution?outcome=Bought&by=touchpoint&touch=Searched&touch=Called&path=whole_window";
    let answer = bought().get(path).expect(200).json();
    let touchpoints: Vec<(Value, Value)> = answer["credits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| (it["channel"].clone(), it["activity"].clone()))
        .collect();
    assert_eq!(touchpoints, [(json!("phone"), json!("Called")), (json!("web"), json!("Searched"))]);
    assert!(answer["credits"][0].get("removal").is_none());
}

#[test]
fn what_outcomes_are_worth_is_credited_too() {
    let door = bought();
    let answer = door.get("/api/v1/journeys/attribution?outcome=Bought&value=revenue").expect(200).json();
    assert_eq!(
        answer["value"],
        json!({"property": "revenue", "currency": "EUR", "total": 12.5, "without_touch": 0.0}),
        "pesos are no euros"
    );
    assert_eq!(answer["credits"][0]["linear"]["value"].as_f64().unwrap().round(), 4.0);
    assert_eq!(answer["findings"][0]["code"], "value_not_a_number", "free is no number");
    let value = |words: &str| {
        door.get(&format!("/api/v1/journeys/attribution?outcome=Bought&{words}")).expect(200).json()["value"].clone()
    };
    let pesos = json!({"property": "revenue", "currency": "MXN", "total": 900.0, "without_touch": 900.0});
    assert_eq!(value("value=revenue&currency=MXN"), pesos);
    assert_eq!(value("value=points"), json!({"property": "points", "total": 11.0, "without_touch": 7.0}));
    for (words, part) in [
        ("value=revenue&currency=euros", "such as EUR"),
        ("value=points&currency=EUR", "`currency` goes with"),
        ("currency=EUR", "`currency` goes with"),
    ] {
        let answer = door.get(&format!("/api/v1/journeys/attribution?outcome=Bought&{words}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{words}: {answer}");
    }
    let door = Door::open_with(|settings| settings.timeline_properties = Some(vec!["revenue".to_owned()]));
    door.lived(&[("ana", "Bought", 1)]);
    let answer = door.get("/api/v1/journeys/attribution?outcome=Bought&value=revenue").expect(200).json();
    assert_eq!(answer["over"]["scanned"], json!(["currency"]));
    assert_eq!(answer["findings"][0]["code"], "value_never_seen", "nobody spent anything");
}

#[test]
fn without_outcomes_nothing_is_lost() {
    let answer = bought().get("/api/v1/journeys/attribution?outcome=Searched&removal=2").expect(200).json();
    assert_eq!((&answer["without_touch"], &answer["credits"]), (&json!(1), &json!([])));
    assert_eq!(answer["findings"][0]["code"], "removal_without_outcome");
}

#[test]
fn nothing_lived_is_an_answer_with_a_finding() {
    let door = Door::open();
    for (question, list) in [("retention", "cohorts"), ("life-cycle", "periods"), ("daily", "activities")] {
        let answer = door.get(&format!("/api/v1/journeys/{question}")).expect(200).json();
        assert_eq!((&answer[list], &answer["findings"][0]["code"]), (&json!([]), &json!("no_events")), "{question}");
    }
    door.get("/api/v1/journeys/attribution?outcome=Bought").expect(400);
}

#[test]
fn questions_that_make_no_sense_say_what_would() {
    let door = lived();
    for (path, part) in [
        ("retention?every=hour", "day, week or month, not `hour`"),
        ("retention?rule=sometimes", "exactly or on_or_after"),
        ("retention?after=121", "0 to 120"),
        ("retention?after=-1", "number of days, weeks or months"),
        ("retention?start=Menu%20View", "did you mean `Menu Viewed`?"),
        ("retention?color=red", "no parameter `color`"),
        ("retention?every=day&from=1990-01-01", "more than 1152 days; choose longer ones"),
        ("retention?from=2026-02-01&to=2026-01-01", "ends before it begins"),
        ("life-cycle?every=day&from=1990-01-01", "more than 1151 days"),
        ("life-cycle?start=Menu%20Viewed", "no parameter `start`"),
        ("daily?from=1990-01-01", "more than 3660 days"),
        ("daily?every=week", "no parameter `every`"),
        ("attribution", "needs an outcome"),
        ("attribution?outcome=Ordr%20Completed", "did you mean `Order Completed`?"),
        ("attribution?outcome=Order%20Completed&by=mood", "channel or touchpoint"),
        ("attribution?outcome=Order%20Completed&path=all", "since_outcome_before or whole_window"),
        ("attribution?outcome=Order%20Completed&removal=4", "order of 1 to 3"),
        ("attribution?outcome=Order%20Completed&window=0d", "such as 30min, 12h, 7d"),
    ] {
        let answer = door.get(&format!("/api/v1/journeys/{path}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{path}: {answer}");
    }
}
