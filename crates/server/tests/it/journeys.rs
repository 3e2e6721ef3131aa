//! Questions about journeys over HTTP: shapes, periods, and what is said about questions that cannot be answered.

use serde_json::{Value, json};

use crate::door::Door;

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

#[test]
fn a_funnel_counts_customers_by_step() {
    let door = lived();
    let path = "/api/v1/journeys/funnel?step=Menu%20Viewed&step=Order%20Completed&window=7d";
    let answer = door.with_key(&door.read_key, "GET", path, "").expect(200).json();
    assert_eq!(answer["customers"], 3);
    let told = ["activity", "customers", "median_ms"].map(|name| answer["steps"][1][name].clone());
    assert_eq!(told, [json!("Order Completed"), json!(1), json!(172_800_000.0)]);
    assert_eq!(answer["steps"][0]["median_ms"], Value::Null);
    let interval = ["share", "low", "high"].map(|name| answer["steps"][1][name].as_f64().unwrap());
    assert!((interval[0] - 1.0 / 3.0).abs() < 1e-12 && (interval[1] - 0.0615).abs() < 1e-4, "{interval:?}");
    assert!((interval[2] - 0.7923).abs() < 1e-4, "{interval:?}");
    assert!(answer["steps"][0].get("after_dropping").is_none(), "only when asked for");
    assert_eq!(answer["over"], json!({"events": 6, "customers": 3, "from": null, "to": null, "channels": []}));
    let listed = door.get("/api/v1/journeys/funnel?steps=Menu%20Viewed,Order%20Completed&window=7d").json();
    assert_eq!(listed["steps"], answer["steps"]);
}

/// Three who paid, one of them twice; `paid` is laid out.
fn paid() -> Door {
    let door = Door::open_with(|settings| settings.timeline_properties = Some(vec!["paid".to_owned()]));
    let bought = |who: &str, day: u32, properties: Value| {
        json!({"type": "track", "userId": who, "event": "Order Completed", "properties": properties,
               "messageId": format!("{who}-{day}"), "timestamp": format!("2026-01-{day:02}T12:00:00Z")})
    };
    let batch = [
        bought("ana", 1, json!({"paid": "card"})),
        bought("ana", 2, json!({"paid": "cash"})),
        bought("luis", 1, json!({"paid": "cash", "store_id": 7})),
        bought("eva", 1, json!({})),
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

#[test]
fn a_step_can_have_conditions() {
    let door = paid();
    let funnel = |steps: &str| {
        let answer = door.get(&format!("/api/v1/journeys/funnel?window=7d&{steps}")).expect(200).json();
        let counts: Vec<u64> =
            answer["steps"].as_array().unwrap().iter().map(|step| step["customers"].as_u64().unwrap()).collect();
        (counts, answer)
    };
    let (counts, answer) = funnel("step=Order%20Completed%5Bpaid=card%5D&step=Order%20Completed%5Bpaid%21%3Dcard%5D");
    assert_eq!(counts, [1, 1]);
    assert_eq!(answer["steps"][1]["activity"], "Order Completed");
    assert_eq!(answer["steps"][1]["median_ms"], 86_400_000.0);
    assert_eq!(answer["steps"][1]["conditions"], json!([{"property": "paid", "operator": "!=", "value": "card"}]));
    assert_eq!(answer["findings"], json!([]));
    assert_eq!(funnel("steps=Order%20Completed%5Bpaid%3Dcash%5D").0, [2]);
    assert_eq!(funnel("step=Order%20Completed").1["steps"][0].get("conditions"), None);
}

#[test]
fn a_step_can_ask_for_more_or_less_than_a_number() {
    let door =
        Door::open_with(|settings| settings.timeline_properties = Some(vec!["wait".to_owned(), "paid".to_owned()]));
    let event = |who: &str, number: u32, properties: Value| {
        json!({"type": "track", "messageId": format!("m{number}"), "userId": who, "event": "Waited",
            "timestamp": format!("2026-03-0{number}T10:00:00Z"), "properties": properties})
    };
    let batch = [
        event("ana", 1, json!({"wait": 5})),
        event("ana", 2, json!({"wait": 12.5})),
        event("luis", 3, json!({"wait": 9})),
        event("eva", 4, json!({"wait": "long"})),
        event("paz", 5, json!({"paid": "card"})),
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    let funnel = |steps: &str| door.get(&format!("/api/v1/journeys/funnel?steps={steps}")).expect(200).json();
    for (condition, customers) in
        [("wait%3E9", 1), ("wait%3E=9", 2), ("wait%3C9.00", 1), ("wait%3C=12.5", 2), ("wait%3E-1e3%5D%5Bwait%3C6", 1)]
    {
        let answer = funnel(&format!("Waited%5B{condition}%5D"));
        assert_eq!(answer["steps"][0]["customers"], customers, "{condition}: {answer}");
        assert_eq!(answer["findings"][0]["code"], "value_not_a_number", "of eva");
    }
    let answer = funnel("Waited,Waited%5Bwait%3E%209%5D");
    assert_eq!(answer["steps"][1]["customers"], 1);
    assert_eq!(answer["steps"][1]["conditions"], json!([{"property": "wait", "operator": ">", "value": "9"}]));
    assert_eq!(funnel("Waited,!Waited%5Bwait%3E9%5D,Waited")["steps"][1]["excluded"], json!(["Waited[wait>9]"]));
    let answer = funnel("Waited%5Bwate%3E60%5D");
    let detail = "no event ever had `wate` > 60; no event has a value of it; did you mean `wait`?";
    assert_eq!(answer["findings"][0]["detail"], detail);
    let answer = funnel("Waited%5Bwait%3E60%5D");
    assert_eq!(answer["steps"][0]["customers"], 0);
    assert_eq!(answer["findings"][0]["detail"], "no event ever had `wait` > 60; its numbers go from 5 to 12.5");
    let behind = door.get("/api/v1/journeys/customers?step=Waited%5Bwait%3E=9%5D&reached=1").expect(200).json();
    assert_eq!(behind["total"], 2);
    for (condition, part) in [
        ("wait%3Elong", "`long` is no number"),
        ("wait%3E9,5", "`9,5` is no number"),
        ("wait%3C", "`` is no number"),
        ("channel%3Eweb", "a channel is neither greater nor less than another; ask with `=` or `!=`, not with `>`"),
    ] {
        let answer = door.get(&format!("/api/v1/journeys/funnel?step=Waited%5B{condition}%5D")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{answer}");
    }
}

#[test]
fn a_value_that_no_event_has_gives_an_empty_step_and_a_finding() {
    let door = paid();
    let answer = door.get("/api/v1/journeys/funnel?step=Order%20Completed%5Bpaid=crad%5D").expect(200).json();
    assert_eq!(answer["steps"][0]["customers"], 0);
    assert_eq!(
        answer["findings"],
        json!([{"code": "value_never_seen", "detail": "no event ever had `paid` = `crad`; did you mean `card`?"}])
    );
    let answer = door.get("/api/v1/journeys/funnel?step=Order%20Completed%5Bpaid=bitcoins%5D").expect(200).json();
    assert!(answer["findings"][0]["detail"].as_str().unwrap().ends_with("there are card, cash"), "{answer}");
}

#[test]
fn a_name_that_nothing_has_comes_with_the_nearest() {
    let door = paid();
    let answer = door.get("/api/v1/journeys/funnel?step=Order%20Completed%5Bpayd=card%5D").expect(200).json();
    let detail = "no event ever had `payd` = `card`; no event has a value of it; did you mean `paid`?";
    assert_eq!(answer["findings"], json!([{"code": "value_never_seen", "detail": detail}]));
    assert_eq!(answer["over"]["scanned"], json!(["payd"]));
    let answer = door.get("/api/v1/journeys/funnel?step=Ordr%20Completed%5Bpaid=card%5D").expect(400).json();
    let detail = answer["detail"].as_str().unwrap();
    assert!(detail.contains("there is no activity `Ordr Completed`; did you mean `Order Completed`?"), "{answer}");
}

#[test]
fn an_activity_whose_name_has_brackets_is_asked_by_its_name() {
    let door = Door::open();
    door.lived(&[("ana", "Opened [page=1]", 1)]);
    let answer = door.get("/api/v1/journeys/funnel?step=Opened%20%5Bpage=1%5D").expect(200).json();
    assert_eq!(answer["steps"][0]["activity"], "Opened [page=1]");
    assert!(answer["steps"][0].get("conditions").is_none());
}

#[test]
fn a_map_shows_what_directly_follows() {
    let door = lived();
    let answer = door.get("/api/v1/journeys/map?medians=true").expect(200).json();
    assert_eq!(answer["nodes"][0], json!({"activity": "Menu Viewed", "events": 3, "customers": 3}));
    assert_eq!(
        answer["edges"][0],
        json!({"from": "Menu Viewed", "to": "Order Completed", "events": 1, "customers": 1,
               "mean_ms": 1_641_600_000.0, "median_ms": 1_641_600_000.0})
    );
    assert_eq!(answer["starts"], json!([{"activity": "Menu Viewed", "customers": 3}]));
    assert_eq!(answer["ends"].as_array().unwrap().len(), 2);
    assert!(door.get("/api/v1/journeys/map").json()["edges"][0].get("median_ms").is_none());
}

#[test]
fn paths_have_their_share_and_a_tail() {
    let door = lived();
    let path = "/api/v1/journeys/paths?from_activity=Menu%20Viewed&length=2&top=1";
    let answer = door.get(path).expect(200).json();
    assert_eq!(answer["occurrences"], 3);
    assert_eq!(answer["paths"].as_array().unwrap().len(), 1);
    assert_eq!(answer["paths"][0]["count"], 1);
    assert_eq!(answer["tail"]["count"], 2);
}

#[test]
fn days_are_those_of_the_organisation() {
    let door = lived();
    let whole = door.get("/api/v1/journeys/map?from=2026-01-02&to=2026-01-04").expect(200).json();
    assert_eq!(whole["over"]["events"], 2);
    assert_eq!(whole["over"]["from"], "2026-01-02T00:00:00.000Z");
    // Noon in UTC is already the next day in Kiritimati.
    door.owner("PATCH", "/api/v1/organisation", json!({"time_zone": "Pacific/Kiritimati"}).to_string()).expect(200);
    let shifted = door.get("/api/v1/journeys/map?from=2026-01-02&to=2026-01-03").expect(200).json();
    assert_eq!(shifted["over"]["events"], 2);
    assert_eq!(shifted["over"]["from"], "2026-01-01T10:00:00.000Z");
}

#[test]
fn an_unknown_activity_suggests_the_nearest() {
    let door = lived();
    let answer = door.get("/api/v1/journeys/funnel?step=menu%20view&window=7d").expect(400).json();
    assert!(answer["detail"].as_str().unwrap().contains("did you mean `Menu Viewed`?"), "{answer}");
    assert_eq!(answer["code"], "invalid_argument");
    door.get("/api/v1/journeys/paths?from_activity=Ordr%20Completed").expect(400);
}

#[test]
fn questions_that_make_no_sense_say_what_would() {
    let door = lived();
    let step = "step=Menu%20Viewed";
    for (path, part) in [
        (format!("funnel?{step}&window=7%20potatoes"), "such as 30min, 12h, 7d"),
        ("funnel?window=7d".to_owned(), "needs steps"),
        (format!("funnel?{step}&color=red"), "no parameter `color`"),
        (format!("funnel?{step}&from=yesterday"), "2026-03-29"),
        (format!("funnel?{step}&from=2026-02-01&to=2026-01-01"), "ends before it begins"),
        ("map?medians=perhaps".to_owned(), "true or false"),
        ("map?channel=wen".to_owned(), "no channel `wen`"),
        ("paths?from_activity=Menu%20Viewed&length=long".to_owned(), "number of activities"),
        ("map?color=red".to_owned(), "color"),
        ("paths?from_activity=Menu%20Viewed&length=0".to_owned(), "1 to 64"),
        ("paths?from_activity=Menu%20Viewed&top=0".to_owned(), "1 to 10000"),
        ("paths".to_owned(), "from_activity"),
    ] {
        let answer = door.get(&format!("/api/v1/journeys/{path}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{path}: {answer}");
    }
}

#[test]
fn nothing_lived_is_an_answer_with_a_finding() {
    let door = Door::open();
    let answer = door.get("/api/v1/journeys/map").expect(200).json();
    assert_eq!(answer["nodes"], json!([]));
    assert_eq!(answer["findings"][0]["code"], "no_events");
}

/// Ana on the web, then in the shop, then somewhere; Luis in the shop only.
fn on_channels() -> Door {
    let door = Door::open();
    let event = |customer: &str, activity: &str, channel: Option<&str>, minute: u32| {
        json!({"type": "track", "userId": customer, "event": activity, "messageId": format!("{customer}-{minute}"),
               "timestamp": format!("2026-01-01T00:{minute:02}:00Z"),
               "properties": channel.map_or(json!({}), |channel| json!({"channel": channel}))})
    };
    let batch = [
        event("ana", "Searched", Some("web"), 1),
        event("ana", "Visited", Some("store"), 2),
        event("ana", "Called", None, 3),
        event("ana", "Bought", Some("web"), 4),
        event("luis", "Visited", Some("store"), 5),
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

#[test]
fn only_what_happened_on_some_channels_is_asked_of() {
    let door = on_channels();
    let listed = door.get("/api/v1/channels").expect(200).json();
    let Some(without) = listed["channels"].as_array().unwrap().iter().find(|channel| channel["name"] == "(none)")
    else {
        panic!("{listed}")
    };
    assert_eq!(
        (&listed["channels"][0], &listed["channels"][1]),
        (&json!({"name": "store", "events": 2}), &json!({"name": "web", "events": 2}))
    );
    assert_eq!(without["events"], 1);

    let web = door.get("/api/v1/journeys/map?channel=web").expect(200).json();
    assert_eq!(web["over"], json!({"events": 2, "customers": 1, "from": null, "to": null, "channels": ["web"]}));
    assert_eq!((&web["edges"][0]["from"], &web["edges"][0]["to"]), (&json!("Searched"), &json!("Bought")));
    let funnel = "/api/v1/journeys/funnel?step=Searched&step=Bought&window=1d";
    for (channels, reached) in [("", 1), ("&channel=web", 1), ("&channel=store&channel=(none)", 0)] {
        assert_eq!(door.get(&format!("{funnel}{channels}")).expect(200).json()["steps"][1]["customers"], reached);
    }
    let paths = door.get("/api/v1/journeys/paths?from_activity=Visited&length=2&channel=store&channel=(none)").json();
    assert_eq!(paths["paths"][0]["activities"], json!(["Visited", "Called"]));
    assert_eq!(paths["over"]["channels"], json!(["(none)", "store"]));
    let answer = door.get("/api/v1/journeys/map?channel=Wbe").expect(400).json();
    assert_eq!(answer["detail"], "there is no channel `Wbe`; did you mean `web`?");
}
