//! Questions that the organisation keeps.

use serde_json::{Value, json};

use crate::door::Door;

fn save(door: &Door, name: &str) -> Value {
    let new = json!({"name": name, "view": "funnel", "question": {"steps": ["A", "B[paid=card]"], "window": "7d"}});
    door.owner("POST", "/api/v1/questions", new.to_string()).expect(201).json()
}

#[test]
fn a_question_is_kept_for_everybody() {
    let door = Door::open();
    let saved = save(&door, "  Compra en línea ");
    assert_eq!(
        (&saved["id"], &saved["name"], &saved["revision"]),
        (&json!("que_1"), &json!("Compra en línea"), &json!(1))
    );
    assert_eq!(saved["question"], json!({"steps": ["A", "B[paid=card]"], "window": "7d"}));
    assert_eq!(saved["created_by"], "command line");
    let listed = door.get("/api/v1/questions").expect(200).json();
    assert_eq!(listed["questions"], json!([saved]));
    assert_eq!(door.get("/api/v1/questions/que_1").expect(200).json(), saved);

    let change = json!({"name": "Compra", "view": "map", "question": {}, "revision": 1}).to_string();
    let changed = door.owner("PUT", "/api/v1/questions/que_1", change.clone()).expect(200).json();
    assert_eq!((&changed["view"], &changed["revision"], &changed["findings"]), (&json!("map"), &json!(2), &json!([])));
    let answer = door.owner("PUT", "/api/v1/questions/que_1", change).expect(409).json();
    assert!(answer["detail"].as_str().unwrap().contains("revision 2, not 1"), "{answer}");

    door.owner("DELETE", "/api/v1/questions/que_1", "").expect(204);
    door.owner("DELETE", "/api/v1/questions/que_1", "").expect(404);
    door.get("/api/v1/questions/que_1").expect(404);
    let audit = door.get("/api/v1/audit").json();
    let actions: Vec<&Value> = audit["entries"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions[..3], ["question.delete", "question.update", "question.create"]);
}

#[test]
fn a_property_that_is_not_laid_out_is_said() {
    let door = Door::open();
    let saved = save(&door, "Pago");
    assert_eq!(saved["findings"][0]["code"], "not_laid_out");
    assert!(saved["findings"][0]["detail"].as_str().unwrap().contains("`paid`"), "{saved}");
    let door = Door::open_with(|settings| settings.timeline_properties = Some(vec!["paid".to_owned()]));
    assert_eq!(save(&door, "Pago")["findings"], json!([]));
}

#[test]
fn what_cannot_be_kept_says_why() {
    let door = Door::open();
    save(&door, "Compra");
    let deep = (0..9).fold(json!(1), |inner, _| json!([inner]));
    for (new, status, part) in [
        (json!({"name": "COMPRA", "view": "map", "question": {}}), 409, "already a question"),
        (json!({"name": " ", "view": "map", "question": {}}), 400, "1 to 120"),
        (json!({"name": "x".repeat(121), "view": "map", "question": {}}), 400, "1 to 120"),
        (json!({"name": "a\nb", "view": "map", "question": {}}), 400, "one line"),
        (json!({"name": "a", "view": "table", "question": {}}), 400, "map, paths, funnel"),
        (json!({"name": "a", "view": "map", "question": []}), 400, "JSON expected"),
        (json!({"name": "a", "view": "map", "question": {"a": deep}}), 400, "at most 8"),
        (json!({"name": "a", "view": "map", "question": {"a": "x".repeat(17_000)}}), 413, "16384 bytes"),
        (json!({"name": "a", "view": "map", "question": {}, "owner": "me"}), 400, "owner"),
    ] {
        let answer = door.owner("POST", "/api/v1/questions", new.to_string()).expect(status).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{part}: {answer}");
    }
    let change = json!({"name": "a", "view": "map", "question": {}});
    door.owner("PUT", "/api/v1/questions/que_1", change.to_string()).expect(400);
    door.owner("GET", "/api/v1/questions/17", "").expect(400);
}
