//! The tree of units: drawn, seen in events, refused when it would be none, and written down.

use serde_json::{Value, json};

use crate::door::{Door, basic};

fn draw(door: &Door, units: &[(&str, &str)]) {
    let units: Vec<Value> = units
        .iter()
        .map(|(name, parent)| json!({"name": name, "parent": (!parent.is_empty()).then_some(parent)}))
        .collect();
    door.owner("PUT", "/api/v1/units", json!({"units": units}).to_string()).expect(200);
}

fn names(answer: &Value) -> Vec<&str> {
    answer["units"].as_array().unwrap().iter().map(|unit| unit["name"].as_str().unwrap()).collect()
}

#[test]
fn a_tree_is_drawn_whole_or_unit_by_unit() {
    let door = Door::open();
    // The children first: they come together.
    draw(&door, &[("ES-1", "ES"), ("ES", "brand"), ("brand", "")]);
    let place = json!({"label": "Alameda Gran Vía", "parent": "ES", "kind": "shop"});
    door.owner("PUT", "/api/v1/units/ES-MAD%2001", place.to_string()).expect(200);
    let listed = door.with_key(&door.read_key, "GET", "/api/v1/units", "").expect(200).json();
    assert_eq!(names(&listed), ["ES", "ES-1", "ES-MAD 01", "brand"]);
    assert_eq!(
        listed["units"][2],
        json!({"name": "ES-MAD 01", "label": "Alameda Gran Vía", "parent": "ES", "kind": "shop",
               "is_in_tree": true, "is_seen": false})
    );
    assert_eq!(listed["units"][1]["label"], "ES-1");
}

#[test]
fn a_unit_that_only_events_name_hangs_under_the_organisation() {
    let door = Door::open();
    draw(&door, &[("ES-1", "")]);
    let visit = |store: &str| json!({"userId": "ana", "event": "Visit", "properties": {"store_id": store}}).to_string();
    door.collect("/v1/track", visit("ES-1")).expect(200);
    door.collect("/v1/track", visit("ES-9")).expect(200);
    let listed = door.get("/api/v1/units").json();
    let flags: Vec<_> = listed["units"]
        .as_array()
        .unwrap()
        .iter()
        .map(|unit| (unit["name"].as_str().unwrap(), unit["is_in_tree"] == true, unit["is_seen"] == true))
        .collect();
    assert_eq!(flags, [("ES-1", true, true), ("ES-9", false, true)]);
    assert!(listed["units"][1]["parent"].is_null());
}

#[test]
fn what_would_be_no_tree_is_refused_and_changes_nothing() {
    let door = Door::open();
    draw(&door, &[("a", ""), ("b", "a"), ("c", "b")]);
    for (name, place, part) in [
        ("a", json!({"parent": "c"}), "below itself: a › b › c › a"),
        ("d", json!({"parent": "z"}), "there is no such unit"),
        ("d", json!({"label": ""}), "1 to 200 characters"),
        ("d", json!({"shade": "blue"}), "unknown field"),
    ] {
        let answer = door.owner("PUT", &format!("/api/v1/units/{name}"), place.to_string()).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{answer}");
    }
    door.owner("PUT", "/api/v1/units", r#"{"units":[]}"#).expect(400);
    assert_eq!(names(&door.get("/api/v1/units").json()), ["a", "b", "c"]);
}

#[test]
fn a_unit_leaves_the_tree_when_nothing_needs_it() {
    let door = Door::open();
    draw(&door, &[("a", ""), ("b", "a")]);
    let key = door.create_bound_key("manager", "b");
    door.owner("DELETE", "/api/v1/units/a", "").expect(409);
    let answer = door.owner("DELETE", "/api/v1/units/b", "").expect(409).json();
    assert!(answer["detail"].as_str().unwrap().contains("`manager`"), "{answer}");
    assert_eq!(names(&door.with_key(&key, "GET", "/api/v1/units", "").json()), ["b"]);
    door.owner("DELETE", "/api/v1/keys/manager", "").expect(200);
    door.owner("DELETE", "/api/v1/units/b", "").expect(204);
    door.owner("DELETE", "/api/v1/units/b", "").expect(404);
    assert_eq!(names(&door.get("/api/v1/units").json()), ["a"]);
}

#[test]
fn changes_of_the_tree_are_in_the_audit() {
    let door = Door::open();
    draw(&door, &[("a", ""), ("b", "a")]);
    door.owner("DELETE", "/api/v1/units/b", "").expect(204);
    let entries = door.get("/api/v1/audit").json()["entries"].clone();
    assert_eq!((&entries[0]["action"], &entries[0]["subject"]), (&json!("unit.delete"), &json!("b")));
    assert_eq!(entries[1]["action"], "unit.update");
    assert_eq!(entries[1]["detail"]["units"][1]["parent"], "a");
}

#[test]
fn a_key_is_bound_to_a_unit_of_the_tree_or_not_made() {
    let door = Door::open();
    draw(&door, &[("ES-MAD-01", "")]);
    let seen = json!({"userId": "ana", "event": "Visit", "properties": {"store_id": "ES-9"}}).to_string();
    door.collect("/v1/track", seen).expect(200);
    for (unit, scope, part) in [
        ("ES-MAD-1", "read", "did you mean `ES-MAD-01`?"),
        ("nowhere at all", "read", "vivencia units list"),
        ("ES-9", "read", "`vivencia units set ES-9` puts it there"),
        ("ES-MAD-1", "collect", "did you mean `ES-MAD-01`?"),
        ("ES-MAD-01", "admin", "for the whole organisation"),
    ] {
        let new = json!({"name": "manager", "scope": scope, "unit": unit}).to_string();
        let answer = door.owner("POST", "/api/v1/keys", new).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{answer}");
    }
    door.create_bound_key("manager", "ES-MAD-01");
    let keys = door.get("/api/v1/keys").json();
    assert_eq!(keys["keys"][3]["unit"], "ES-MAD-01");
    assert!(keys["keys"][0]["unit"].is_null());
    assert_eq!(door.get("/api/v1/audit").json()["entries"][0]["detail"]["unit"], "ES-MAD-01");
}

#[test]
fn events_of_a_key_with_a_unit_happened_there_unless_they_say_otherwise() {
    let door = Door::open();
    draw(&door, &[("ES-1", ""), ("ES-2", "")]);
    let new = json!({"name": "till", "scope": "collect", "unit": "ES-1"}).to_string();
    let key = door.owner("POST", "/api/v1/keys", new).expect(201).json()["key"].as_str().unwrap().to_owned();
    let send = |body: Value| {
        door.post("/v1/track", &[("authorization", &basic(&key))], body.to_string()).expect(200);
    };
    send(json!({"userId": "ana", "event": "Visit"}));
    send(json!({"userId": "ana", "event": "Visit", "properties": {"store_id": "ES-2"}}));
    let mut units: Vec<Value> = door.exported().into_iter().map(|event| event["unit"].clone()).collect();
    units.sort_by_key(Value::to_string);
    assert_eq!(units, ["ES-1", "ES-2"]);
    // It opens what any key that collects opens, and nothing more.
    door.with_key(&key, "GET", "/api/v1/units", "").expect(403);
}
