//! How the organisation counts, and what its activities mean.

use serde_json::json;

use crate::door::Door;

#[test]
fn settings_change_one_by_one_and_are_written_down() {
    let door = Door::open();
    let shown = door.get("/api/v1/organisation").expect(200).json();
    assert_eq!((shown["time_zone"].as_str(), shown["currency"].as_str()), (Some("UTC"), Some("EUR")));
    let change = json!({"time_zone": "America/Bogota", "name": "Café Alameda"});
    door.owner("PATCH", "/api/v1/organisation", change.to_string()).expect(200);
    let shown = door.with_key(&door.read_key, "GET", "/api/v1/organisation", "").expect(200).json();
    assert_eq!(shown["time_zone"], "America/Bogota");
    assert_eq!(shown["currency"], "EUR");
    assert_eq!(door.get("/api/v1/audit?limit=1").json()["entries"][0]["action"], "organisation.update");
    let refused =
        door.owner("PATCH", "/api/v1/organisation", json!({"time_zone": "Mars/Olympus"}).to_string()).expect(400);
    assert!(refused.json()["detail"].as_str().unwrap().contains("Mars/Olympus"));
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
}

#[test]
fn amounts_without_a_currency_are_in_that_of_the_organisation() {
    let door = Door::open();
    door.owner("PATCH", "/api/v1/organisation", json!({"currency": "CLP"}).to_string()).expect(200);
    door.collect("/v1/track", r#"{"userId":"a","event":"Order Completed","properties":{"revenue":1200}}"#).expect(200);
    let exported = door.exported();
    assert_eq!(exported[0]["currency"], "CLP");
    assert_eq!(exported[0]["amount_minor"], 1200);
}

#[test]
fn activities_have_a_meaning_by_their_name_until_a_person_says_another() {
    let door = Door::open();
    door.lived(&[("ana", "Order Completed", 1), ("ana", "Compra / tienda", 2)]);
    let activities = door.get("/api/v1/activities").expect(200).json()["activities"].clone();
    assert_eq!(activities[0]["name"], "Compra / tienda");
    assert!(activities[0]["role"].is_null());
    assert_eq!(activities[1]["role"], "purchase");
    assert_eq!(activities[1]["is_edited"], false);

    let meaning = json!({"alias_of": "Order Completed"}).to_string();
    door.owner("PUT", "/api/v1/activities/Compra%20%2F%20tienda", meaning).expect(200);
    let map = door.get("/api/v1/journeys/map").expect(200).json();
    assert_eq!(map["nodes"], json!([{"activity": "Order Completed", "events": 2, "customers": 1}]));

    for (name, meaning, status) in [
        ("Order%20Completed", json!({"alias_of": "Compra / tienda"}), 409),
        ("X", json!({"alias_of": "X"}), 400),
        ("X", json!({"role": "party"}), 400),
    ] {
        door.owner("PUT", &format!("/api/v1/activities/{name}"), meaning.to_string()).expect(status);
    }
}

#[test]
fn properties_are_listed_with_their_types_and_a_change_of_type_is_a_finding() {
    let door = Door::open();
    let events = [json!({"price": 3.5, "size": "big"}), json!({"price": 4}), json!({"price": "5 €"}), json!({})];
    for (number, properties) in events.into_iter().enumerate() {
        let event = json!({
            "type": "track", "userId": "ana", "event": "Order Completed", "messageId": format!("m-{number}"),
            "timestamp": "2026-01-02T12:00:00Z", "properties": properties,
        });
        door.collect("/v1/track", event.to_string()).expect(200);
    }
    door.app.log.seal().unwrap();
    let listed = door.get("/api/v1/properties?activity=Order%20Completed").expect(200).json();
    let price = &listed["properties"][0];
    assert_eq!((&price["name"], &price["events"], &price["share"]), (&json!("price"), &json!(3), &json!(0.75)));
    assert_eq!(price["types"], json!([{"type": "number", "events": 2}, {"type": "text", "events": 1}]));
    assert_eq!(listed["properties"][1]["name"], "size");
    assert_eq!(listed["findings"].as_array().unwrap().len(), 1);
    assert!(listed["findings"][0]["detail"].as_str().unwrap().contains("as number in 2 events and as text in 1"));
    assert_eq!(door.get("/api/v1/properties?activity=Other").expect(200).json()["properties"], json!([]));
}

#[test]
fn the_audit_has_pages() {
    let door = Door::open();
    for name in ["A", "B", "C"] {
        door.owner("PATCH", "/api/v1/organisation", serde_json::json!({"name": name}).to_string()).expect(200);
    }
    let (mut told, mut after) = (Vec::new(), String::new());
    loop {
        let page = door.get(&format!("/api/v1/audit?limit=2{after}")).expect(200).json();
        let entries = page["entries"].as_array().unwrap();
        assert!(entries.len() <= 2);
        told.extend(entries.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let whole = door.get("/api/v1/audit").json();
    let all: Vec<&str> =
        whole["entries"].as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    assert_eq!(told, all);
    assert_eq!((all.len(), &whole["next"]), (6, &serde_json::Value::Null), "three keys and three changes");
    door.get("/api/v1/audit?after=yesterday").expect(400);
}
