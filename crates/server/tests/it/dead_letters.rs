//! Dead letters: counted, shown, mended and read again one by one, without anything getting lost or counted twice.

use serde_json::{Value, json};

use crate::door::Door;

fn with_letters() -> Door {
    let door = Door::open();
    let batch = json!({"batch": [
        {"type": "track", "event": "Order Completed", "messageId": "m-1", "properties": {"note": "<script>"}},
        {"type": "track", "event": "Order Completed", "messageId": "m-2", "userId": "ana", "timestamp": "no day"},
        {"type": "track", "event": "Shop Visited", "messageId": "m-3"},
    ]});
    door.collect("/v1/batch", batch.to_string()).expect(200);
    door.assert_counts(3, 0, 0, 3);
    door
}

fn letter(door: &Door, index: usize) -> Value {
    door.get("/api/v1/dead-letters?with_raw=true").json()["dead_letters"][index].clone()
}

fn replay(door: &Door, id: &str, body: &str) -> Value {
    door.owner("POST", &format!("/api/v1/dead-letters/{id}/replay"), body.to_owned()).expect(200).json()
}

#[test]
fn letters_are_counted_by_source_and_code_and_listed_by_either() {
    let door = with_letters();
    let page = door.get("/api/v1/dead-letters?code=missing_identifier&limit=1").json();
    assert_eq!(
        page["counts"],
        json!([
            {"source": "shop", "code": "missing_identifier", "letters": 2},
            {"source": "shop", "code": "invalid_time", "letters": 1},
        ])
    );
    assert_eq!(page["dead_letters"][0]["code"], "missing_identifier");
    let next = page["next"].as_str().unwrap();
    let rest = door.get(&format!("/api/v1/dead-letters?code=missing_identifier&after={next}")).json();
    assert_eq!((rest["dead_letters"][0]["index"].clone(), rest["next"].clone()), (json!(2), Value::Null));
    assert_eq!(door.get("/api/v1/dead-letters?source=shop").json()["dead_letters"].as_array().unwrap().len(), 3);
    door.get("/api/v1/dead-letters?source=nobody").expect(404);
    let refused = door.get("/api/v1/dead-letters?code=broken").expect(400).json();
    assert!(refused["detail"].as_str().unwrap().contains("missing_identifier"));
}

#[test]
fn a_letter_that_was_mended_becomes_an_event_of_its_source_once() {
    let door = with_letters();
    let found = letter(&door, 0);
    let id = found["id"].as_str().unwrap();
    assert_eq!(found["form"], "call");
    let raw = found["raw"].as_str().unwrap().replacen("\"type\"", "\"userId\":\"luis\",\"type\"", 1);
    let mended = json!({"raw": raw}).to_string();
    assert_eq!(replay(&door, id, &mended), json!({"became": "event"}));
    door.assert_counts(3, 1, 0, 2);
    door.get(&format!("/api/v1/dead-letters/{id}")).expect(404);
    door.owner("POST", &format!("/api/v1/dead-letters/{id}/replay"), mended).expect(404);
    let event = &door.exported()[0];
    assert_eq!((&event["activity"], &event["source"]), (&json!("Order Completed"), &json!("shop")));
    let audited = door.get("/api/v1/audit").json()["entries"][1].clone();
    assert_eq!((&audited["action"], &audited["subject"]), (&json!("dead_letter.replay"), &json!(id)));
    assert_eq!(audited["detail"], json!({"became": "event", "is_corrected": true}));
}

#[test]
fn a_letter_that_is_still_wrong_says_why_and_stays_as_it_came() {
    let door = with_letters();
    let found = letter(&door, 1);
    let id = found["id"].as_str().unwrap();
    let as_it_is = replay(&door, id, "");
    assert_eq!((&as_it_is["became"], &as_it_is["code"]), (&json!("dead"), &json!("invalid_time")));
    let worse = replay(&door, id, &json!({"raw": "{\"type\":"}).to_string());
    assert_eq!(worse["code"], "invalid_json");
    door.assert_counts(3, 0, 0, 3);
    assert_eq!(door.get(&format!("/api/v1/dead-letters/{id}?with_raw=true")).json()["raw"], found["raw"]);
    door.owner("POST", &format!("/api/v1/dead-letters/{id}/replay"), r#"{"rat":"x"}"#).expect(400);
}

#[test]
fn a_letter_mended_into_an_event_that_is_there_is_a_duplicate() {
    let door = with_letters();
    door.collect("/v1/track", json!({"type": "track", "event": "A", "userId": "ana", "messageId": "m-3"}).to_string());
    let id = letter(&door, 2)["id"].as_str().unwrap().to_owned();
    let mended = json!({"raw": r#"{"type":"track","event":"Shop Visited","messageId":"m-3","userId":"ana"}"#});
    assert_eq!(replay(&door, &id, &mended.to_string()), json!({"became": "duplicate"}));
    door.assert_counts(4, 1, 1, 2);
}

#[test]
fn a_row_of_a_file_is_mended_as_a_row() {
    let door = Door::open();
    let file = "user_id,event,date\nana,Visit,2026-01-01\nluis,Visit,\n";
    door.owner("POST", "/api/v1/imports?source=old.csv", file).expect(200);
    let found = letter(&door, 0);
    assert_eq!((&found["form"], &found["source"]), (&json!("row"), &json!("old.csv")));
    let mended = json!({"raw": "luis,Visit,2026-01-02"}).to_string();
    assert_eq!(replay(&door, found["id"].as_str().unwrap(), &mended), json!({"became": "event"}));
    door.assert_counts(2, 2, 0, 0);
}

#[test]
fn of_two_who_mend_the_same_letter_one_is_refused() {
    let door = with_letters();
    let id = letter(&door, 0)["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/dead-letters/{id}/replay");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let both: Vec<_> = ["luis", "eva"]
            .map(|user| {
                let body =
                    json!({"raw": format!(r#"{{"type":"track","event":"A","userId":"{user}","messageId":"{user}"}}"#)});
                let (door, path) = (&door, &path);
                scope.spawn(move || door.owner("POST", path, body.to_string()).status)
            })
            .into_iter()
            .collect();
        both.into_iter().map(|each| each.join().unwrap()).collect()
    });
    let done = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(done, 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 404, 409].contains(status)), "{statuses:?}");
    door.assert_counts(3, 1, 0, 2);
}
