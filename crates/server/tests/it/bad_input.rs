//! What must not stop the door, and what it says about it.

use axum::body::Body;
use futures_util::stream;
use serde_json::json;

use crate::door::{Door, TRACK, basic, gzip};

#[test]
fn a_body_of_40_megabytes_is_too_large() {
    let door = Door::open();
    let body = vec![b' '; 40 << 20];
    let answer = door.collect("/v1/batch", body).expect(413);
    assert_eq!(answer.json()["code"], "too_large");
    let pieces = (0..40).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1 << 20]));
    door.collect("/v1/batch", Body::from_stream(stream::iter(pieces))).expect(413);
    assert_eq!(door.app.bodies.used_bytes(), 0);
    door.collect("/v1/track", TRACK).expect(200);
}

#[test]
fn a_gzip_bomb_is_too_large() {
    let door = Door::open();
    let bomb = gzip(&vec![b' '; 200 << 20]);
    assert!(bomb.len() < 1 << 20);
    let headers = [("authorization", &*basic(&door.collect_key)), ("content-encoding", "gzip")];
    door.post("/v1/batch", &headers, bomb).expect(413);
    assert_eq!(door.app.bodies.used_bytes(), 0);
}

#[test]
fn a_body_that_is_not_json_is_refused() {
    let door = Door::open();
    for body in ["", "{", "words", "{\"batch\":7}", "\"text\""] {
        let answer = door.collect("/v1/batch", body).expect(400);
        assert_eq!(answer.json()["code"], "invalid_argument", "{body}");
    }
    door.collect("/v1/batch", "[".repeat(100_000)).expect(400);
    door.assert_counts(0, 0, 0, 0);
}

#[test]
fn too_many_events_in_one_batch_are_refused_whole() {
    let door = Door::open();
    let tiny = json!({"type": "track", "userId": "u", "event": "E"});
    door.collect("/v1/batch", json!({"batch": vec![&tiny; 10_001]}).to_string()).expect(413);
    door.collect("/v1/batch", json!({"batch": vec![&tiny; 10_000]}).to_string()).expect(200);
    door.assert_counts(10_000, 10_000, 0, 0);
}

#[test]
fn sick_events_become_dead_letters_with_their_code() {
    let door = Door::open();
    let long = format!(
        "{{\"type\":\"track\",\"userId\":\"u\",\"event\":\"E\",\"properties\":{{\"x\":\"{}\"}}}}",
        "x".repeat(33_000)
    );
    let sick: [(&str, &str); 8] = [
        (r#"{"type":"track","userId":"u","event":"A\ud800B"}"#, "invalid_json"),
        (r#"{"type":"track","userId":"u","event":"A\u0000B"}"#, "null_character"),
        (r#"{"type":"track","userId":"u","event":"E","properties":{"n":1e400}}"#, "invalid_json"),
        (r#"{"type":"track","userId":"u","event":"E","timestamp":"9999-12-31T23:59:59Z"}"#, "time_out_of_range"),
        (r#"{"type":"track","event":"E","userId":"000-000"}"#, "blocked_identifier"),
        (r#"{"type":"track","userId":"u"}"#, "missing_name"),
        (r#"{"type":"teleport","userId":"u"}"#, "unknown_kind"),
        (&long, "too_large"),
    ];
    let batch: Vec<&str> = sick.iter().map(|(raw, _)| *raw).collect();
    door.collect("/v1/batch", format!("{{\"batch\":[{},{TRACK}]}}", batch.join(","))).expect(200);
    door.assert_counts(9, 1, 0, 8);
    let letters = door.get("/api/v1/dead-letters").json();
    let codes: Vec<_> = letters["dead_letters"].as_array().unwrap().iter().map(|letter| &letter["code"]).collect();
    assert_eq!(codes, sick.map(|(_, code)| code));
}

#[test]
fn dead_letters_come_in_pages() {
    let door = Door::open();
    door.collect("/v1/batch", json!({"batch": vec![json!({"type": "track", "event": "E"}); 5]}).to_string())
        .expect(200);
    let first = door.get("/api/v1/dead-letters?limit=3").json();
    assert_eq!(first["dead_letters"].as_array().unwrap().len(), 3);
    assert!(first["dead_letters"][0].get("raw").is_none());
    let next = first["next"].as_str().unwrap();
    let rest = door.get(&format!("/api/v1/dead-letters?limit=3&after={next}")).json();
    assert_eq!(rest["dead_letters"].as_array().unwrap().len(), 2);
    assert!(rest["next"].is_null());
    door.get("/api/v1/dead-letters?after=evt_1").expect(400);
}

#[test]
fn what_still_cannot_be_read_stays_dead_when_read_again() {
    let door = Door::open();
    door.collect("/v1/batch", r#"{"batch":[{"type":"track","event":"E"}]}"#).expect(200);
    let replayed = door.owner("POST", "/api/v1/dead-letters/replay", Body::empty()).expect(200).json();
    assert_eq!(replayed, json!({"read": 1, "stored": 0, "duplicate": 0, "dead": 1}));
    door.assert_counts(1, 0, 0, 1);
}

#[test]
fn raw_bytes_are_for_administrators() {
    let door = Door::open();
    door.with_key(&door.read_key, "GET", "/api/v1/dead-letters?with_raw=true", "").expect(403);
    door.with_key(&door.read_key, "GET", "/api/v1/dead-letters", "").expect(200);
}
