//! Effort and frictions over HTTP, with the roles of the catalogue.

use serde_json::{Value, json};

use crate::door::Door;

/// Who asks twice for the same reason, waits, or does not come back.
fn lived() -> Door {
    let door = Door::open_with(|settings| settings.timeline_properties = Some(vec!["reason".to_owned()]));
    let event = |customer: &str, activity: &str, channel: &str, minute: u32| {
        let timestamp = format!("2026-01-{:02}T{:02}:{:02}:00Z", 1 + minute / 1_440, minute / 60 % 24, minute % 60);
        json!({"type": "track", "userId": customer, "event": activity, "messageId": format!("{customer}-{minute}"),
               "timestamp": timestamp, "properties": {"channel": channel, "reason": "bill"}})
    };
    let batch = [
        event("ana", "Menu Viewed", "web", 0),
        event("ana", "Menu Viewed", "web", 1),
        event("ana", "Menu Viewed", "web", 2),
        event("ana", "Call Started", "call", 10),
        event("ana", "Call Started", "call", 100),
        event("ana", "Order Completed", "web", 110),
        event("luis", "Menu Viewed", "web", 0),
        event("luis", "Payment Failed", "web", 4),
        event("eva", "Menu Viewed", "web", 0),
        event("eva", "Order Completed", "web", 60),
        event("sol", "Menu Viewed", "web", 40_000),
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

#[test]
fn effort_tells_what_it_takes_with_the_roles_of_the_catalogue() {
    let door = lived();
    let ask = |options: &str| {
        door.get(&format!("/api/v1/journeys/effort?goal=Order%20Completed&{options}")).expect(200).json()
    };
    let answer = ask("weeks=0");
    assert_eq!((&answer["runs"], &answer["customers"], &answer["unfinished"]), (&json!(2), &json!(2), &json!(2)));
    let median = |answer: &Value, place: usize| answer["measures"][place]["p50"].as_f64().unwrap();
    let names: Vec<&Value> = answer["measures"].as_array().unwrap().iter().map(|found| &found["measure"]).collect();
    assert_eq!(names, ["steps", "contacts", "channels", "channel_changes", "waiting_ms", "elapsed_ms"]);
    let told: Vec<f64> = (0..6).map(|place| median(&answer, place)).collect();
    assert_eq!(told, [4.0, 1.0, 1.5, 1.0, 0.0, 5_100_000.0]);
    assert_eq!(answer["contacts"], json!(["Call Started"]));
    assert_eq!(answer["findings"][0]["code"], "no_activity_of_role");

    let role = json!({"role": "wait"}).to_string();
    door.owner("PUT", "/api/v1/activities/Menu%20Viewed", role).expect(200);
    let answer = ask("start=Call%20Started&weeks=3&to=2026-01-12");
    assert_eq!((&answer["runs"], median(&answer, 0), &answer["waits"]), (&json!(1), 3.0, &json!(["Menu Viewed"])));
    let weeks: Vec<(&Value, &Value)> =
        answer["weeks"].as_array().unwrap().iter().map(|week| (&week["from"], &week["runs"])).collect();
    assert_eq!(weeks.len(), 3);
    assert_eq!(weeks[0], (&json!("2025-12-22"), &json!(0)));
    assert_eq!((&answer["weeks"][1]["measures"][0]["median"], weeks[1].1), (&json!(3.0), &json!(1)));

    let behind = |query: &str| {
        let path = format!("/api/v1/journeys/customers?goal=Order%20Completed&{query}");
        door.get(&path).expect(200).json()["total"].clone()
    };
    assert_eq!(behind("measure=contacts&at_least=2"), 1);
    assert_eq!(behind("measure=steps"), 2);
    for (query, part) in [
        ("effort?weeks=3", "something to reach"),
        ("effort?goal=Order%20Completed&weeks=601", "0 to 600"),
        ("effort?goal=Ordr%20Completed", "did you mean"),
        ("customers?goal=Order%20Completed", "go together"),
        ("customers?goal=Order%20Completed&measure=pain", "they are steps"),
    ] {
        let answer = door.get(&format!("/api/v1/journeys/{query}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{query}: {answer}");
    }
}

#[test]
fn frictions_say_who_met_them_and_each_opens_its_customers() {
    let door = lived();
    let rules = "goal=Order%20Completed&start=Menu%20Viewed&window=1d&horizon=2d";
    let answer = door.get(&format!("/api/v1/journeys/frictions?{rules}")).expect(200).json();
    assert_eq!((&answer["reads_as"], &answer["goal"]), (&json!("association"), &json!(["Order Completed"])));
    let mut told: Vec<(String, u64)> = Vec::new();
    for friction in answer["frictions"].as_array().unwrap() {
        let element = friction["element"].as_str().unwrap();
        told.push((element.to_owned(), friction["customers"].as_u64().unwrap()));
        let encoded = element.replace('[', "%5B").replace(']', "%5D").replace('"', "%22").replace(' ', "%20");
        let behind = door.get(&format!("/api/v1/journeys/customers?friction={encoded}&{rules}")).expect(200).json();
        assert_eq!(behind["total"], friction["customers"], "{element}");
    }
    told.sort();
    let expected = [
        (r#"["abandonment"]"#, 1),
        (r#"["error","Payment Failed"]"#, 1),
        (r#"["loop","Menu Viewed"]"#, 1),
        (r#"["repeated_contact","reason","bill"]"#, 1),
    ];
    assert_eq!(told, expected.map(|(element, customers)| (element.to_owned(), customers)));
    let abandoned = answer["frictions"].as_array().unwrap().iter().find(|friction| friction["kind"] == "abandonment");
    let abandoned = abandoned.unwrap();
    assert_eq!((&abandoned["comparable"], &abandoned["comparable_lost"]), (&json!(1), &json!(1)), "{abandoned}");
    assert!(abandoned["lost"]["customers"].as_f64().unwrap() > -1.0);

    for (query, part) in [
        ("frictions?start=Menu%20Viewed", "needs a goal"),
        ("frictions?repetitions=1", "2 to 1000"),
        ("frictions?top=0", "1 to 200"),
        ("frictions?horizon=long", "such as"),
        ("customers?friction=loop", "is no friction"),
        ("customers?friction=%5B%22loop%22,%22Menu%22%5D", "no activity"),
    ] {
        let answer = door.get(&format!("/api/v1/journeys/{query}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{query}: {answer}");
    }
}

/// Twenty look at the menu. Ten order within the day, and then for 30; ten give up, and then order for 10 and in another
/// currency for 500.
fn bought() -> Door {
    let laid_out = ["revenue", "currency"].map(str::to_owned).to_vec();
    let door = Door::open_with(|settings| settings.timeline_properties = Some(laid_out));
    let mut batch = Vec::new();
    let mut add = |who: String, event: &str, day: u32, properties: Value| {
        let id = format!("{who} {event} {}", batch.len());
        batch.push(json!({"type": "track", "userId": who, "event": event, "messageId": id, "properties": properties,
            "timestamp": format!("2026-01-{day:02}T12:00:00Z")}));
    };
    for number in 0..20 {
        let who = || format!("u{number}");
        add(who(), "Menu Viewed", 5, json!({}));
        if number < 10 {
            add(who(), "Order Completed", 5, json!({"revenue": 50, "currency": "EUR"}));
            add(who(), "Order Completed", 8, json!({"revenue": 30, "currency": "EUR"}));
        } else {
            add(who(), "Order Completed", 8, json!({"revenue": 10}));
            add(who(), "Order Completed", 8, json!({"revenue": 500, "currency": "USD"}));
        }
        add(who(), "Order Completed", 20, json!({"revenue": 1_000, "currency": "EUR"}));
    }
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

#[test]
fn a_friction_says_how_much_less_was_spent_after_it() {
    let rules = "frictions?goal=Order%20Completed&start=Menu%20Viewed&window=1d&horizon=5d";
    let door = bought();
    let ask = |more: &str| door.get(&format!("/api/v1/journeys/{rules}{more}")).expect(200).json();
    let answer = ask("");
    let spending = json!({"property": "revenue", "currency": "EUR", "activities": ["Order Completed"]});
    assert_eq!(answer["spending"], spending);
    let abandoned = &answer["frictions"][0];
    assert_eq!((&abandoned["kind"], &abandoned["comparable"]), (&json!("abandonment"), &json!(10)));
    let spent = |name: &str| abandoned["spent"][name].as_f64().unwrap();
    assert!((spent("per_customer") - 10.0).abs() < 1e-6, "what is bought later does not count: {abandoned}");
    assert!((spent("less_per_customer") - 20.0).abs() < 1e-6, "{abandoned}");
    assert!((spent("less") - 200.0).abs() < 1e-4 && spent("low") <= spent("less") && spent("less") <= spent("high"));

    let in_dollars = ask("&currency=USD");
    let spent = &in_dollars["frictions"][0]["spent"];
    assert!((spent["less"].as_f64().unwrap() + 5_000.0).abs() < 1e-3, "more is negative: {spent}");
    assert_eq!(in_dollars["spending"]["currency"], "USD");
    assert_eq!(ask("&value=total")["over"]["scanned"], json!(["total"]), "it is not laid out");
    let purchases = json!({"role": "error"}).to_string();
    door.owner("PUT", "/api/v1/activities/Order%20Completed", purchases).expect(200);
    let answer = ask("");
    assert!(answer.get("spending").is_none() && answer["frictions"][0].get("spent").is_none(), "nothing is a purchase");
    let findings = ask("&value=revenue")["findings"].to_string();
    assert!(findings.contains("no activity has the role purchase, so nothing is spent"), "{findings}");
    assert_eq!(ask("&value=total")["over"]["scanned"], Value::Null, "what would count for nothing is not read");

    let answer = door.get(&format!("/api/v1/journeys/{rules}&currency=EURO")).expect(400).json();
    assert!(answer["detail"].as_str().unwrap().contains("EURO"), "{answer}");
    let nothing = lived().get(&format!("/api/v1/journeys/{rules}")).expect(200).json();
    assert!(nothing.get("spending").is_none(), "no amounts are laid out: {nothing}");
    let answer = lived().get(&format!("/api/v1/journeys/{rules}&currency=EUR")).expect(400).json();
    assert!(answer["detail"].as_str().unwrap().contains("`currency` needs"), "{answer}");
}
