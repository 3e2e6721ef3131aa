//! Lists of customers, and searches by a part of what they are known by.

use serde_json::{Value, json};

use crate::door::Door;

fn identify(door: &Door, user: &str, traits: Value) {
    let call = json!({"userId": user, "messageId": format!("{user}-{traits}"), "traits": traits});
    door.collect("/v1/identify", call.to_string()).expect(200);
}

fn known() -> Door {
    let door = Door::open();
    identify(&door, "u-1", json!({"name": "María García", "email": "maria@example.es", "phone": "+34 600 11 22 33"}));
    identify(&door, "u-2", json!({"firstName": "Mariano", "lastName": "García Peña"}));
    identify(&door, "u-3", json!({"FIRST_NAME": "Ana", "last_name": "María"}));
    identify(&door, "garcia", json!({"plan": "gold"}));
    door
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn search(door: &Door, text: &str) -> Value {
    door.get(&format!("/api/v1/customers?q={}", escaped(text))).expect(200).json()
}

fn users(answer: &Value) -> Vec<&str> {
    let customers = answer["customers"].as_array().unwrap().iter();
    customers.map(|customer| customer["identifiers"][0]["value"].as_str().unwrap()).collect()
}

#[test]
fn a_customer_is_found_by_words_of_the_name() {
    let door = known();
    for (text, expected) in [
        ("garc mari", &["u-1", "u-2"][..]),
        ("GARCÍA, María", &["u-1", "u-2"]),
        ("mari", &["u-1", "u-2", "u-3"]),
        ("maria", &["u-1", "u-3", "u-2"]), // whole words before beginnings
        ("maría garcía ruiz", &[]),
        ("peña", &["u-2"]),
        ("ana maria", &["u-3"]),
        ("pedro", &[]),
        ("%", &[]),
    ] {
        let answer = search(&door, text);
        assert_eq!(users(&answer), expected, "{text}");
        assert_eq!(answer["is_partial"], false);
    }
    let names: Vec<Value> =
        search(&door, "garc")["customers"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    let unnamed = "who is known by an identifier that begins so comes last";
    assert_eq!(names, [json!("María García"), json!("Mariano García Peña"), Value::Null], "{unnamed}");
}

#[test]
fn an_exact_identifier_comes_before_a_name_and_a_beginning_after() {
    let door = known();
    assert_eq!(users(&search(&door, "garcia")), ["garcia", "u-1", "u-2"]);
    assert_eq!(users(&search(&door, "MARIA@example.es")), ["u-1"]);
    assert_eq!(users(&search(&door, "maria@exa")), ["u-1"]);
    assert_eq!(users(&search(&door, "0034 600-11")), ["u-1"]);
    assert_eq!(users(&search(&door, "+34 600 11 22 33")), ["u-1"]);
    assert_eq!(users(&search(&door, "u-")), [""; 0], "two characters are too few");
    let id = search(&door, "u-2")["customers"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(users(&search(&door, &id)), ["u-2"]);
}

#[test]
fn a_merged_customer_is_one_row_with_the_present_name() {
    let door = known();
    identify(&door, "u-3", json!({"last_name": "Ruiz"}));
    let pair = json!({"customers": ["u-2", "u-3"]}).to_string();
    door.owner("POST", "/api/v1/merges", pair).expect(200);
    let found = search(&door, "garcía ana");
    assert_eq!(users(&found), ["u-2"], "one part is called García, the other Ana");
    assert_eq!(found["customers"][0]["name"], "Ana Ruiz", "what was learnt last");
    assert_eq!(users(&search(&door, "mariano")), ["u-2"], "a former name finds");
}

#[test]
fn a_search_has_pages() {
    let door = known();
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = door.get(&format!("/api/v1/customers?q=mari&limit=1{after}")).expect(200).json();
        all.extend(users(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(all, ["u-1", "u-2", "u-3"]);
    let answer = door.get("/api/v1/customers?q=mari&after=x").expect(400).json();
    assert!(answer["detail"].as_str().unwrap().contains("send what `next` said"));
    door.get("/api/v1/customers?q=mari&identifier=u-1").expect(400);
    door.get(&format!("/api/v1/customers?q={}", "x".repeat(300))).expect(400);
}

#[test]
fn the_list_begins_with_whom_we_know_last() {
    let door = known();
    let pair = json!({"customers": ["u-1", "garcia"]}).to_string();
    door.owner("POST", "/api/v1/merges", pair).expect(200);
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = door.get(&format!("/api/v1/customers?limit=2{after}")).expect(200).json();
        assert!(page["customers"].as_array().unwrap().len() <= 2);
        all.extend(users(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(all, ["u-3", "u-2", "u-1"]);
    assert_eq!(Door::open().get("/api/v1/customers").expect(200).json()["customers"], json!([]));
}

#[test]
fn a_bound_key_lists_those_it_sees_and_searches_nobody() {
    let door = known();
    door.owner("PUT", "/api/v1/units/ES-1", "{}").expect(200);
    let visit = json!({"userId": "u-2", "event": "Visited", "properties": {"store_id": "ES-1"}}).to_string();
    door.collect("/v1/track", visit).expect(200);
    let key = door.create_bound_key("manager", "ES-1");
    let listed = door.with_key(&key, "GET", "/api/v1/customers", "").expect(200).json();
    assert_eq!(listed["customers"].as_array().unwrap().len(), 1);
    assert_eq!((&listed["customers"][0]["name"], &listed["customers"][0]["identifiers"]), (&Value::Null, &json!([])));
    door.with_key(&key, "GET", "/api/v1/customers?q=mariano", "").expect(403);
}
