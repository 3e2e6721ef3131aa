//! Files: read as they are sent, told how, and again without change.

use axum::body::Body;
use futures_util::stream;
use serde_json::json;

use crate::door::{Door, request};

const MAP: &str = "map=customer%3Dcustomer%2Cactivity%3Dactivity%2Coccurred_at%3Doccurred_at";
const FILE: &str = "customer,activity,occurred_at\nana,Menu Viewed,2026-01-05T10:00:00Z\nluis,Menu Viewed,2026-01-06T10:00:00Z\nluis,Menu Viewed,2026-01-06T10:00:00Z\n";

#[test]
fn a_file_is_stored_once_and_repeated_rows_stay() {
    let door = Door::open();
    let path = format!("/api/v1/imports?file=visits.csv&{MAP}");
    let report = door.with_key(&door.collect_key, "POST", &path, FILE).expect(200).json();
    assert_eq!((&report["rows"], &report["stored"], &report["dead"]), (&json!(3), &json!(3), &json!(0)));
    assert_eq!(report["source"], "visits.csv");
    let again = door.with_key(&door.collect_key, "POST", &path, FILE).expect(200).json();
    assert_eq!((&again["stored"], &again["duplicate"]), (&json!(0), &json!(3)));
    door.assert_counts(6, 3, 3, 0);
}

#[test]
fn a_preview_says_how_and_stores_nothing() {
    let door = Door::open();
    let head = FILE.replace("customer,activity,occurred_at", "user_id,event,timestamp").replace(',', ";");
    let preview = door.owner("POST", "/api/v1/imports/preview?file=x.csv", head).expect(200).json();
    assert_eq!(preview["mapping"], "customer=user_id,activity=event,occurred_at=timestamp");
    assert_eq!(preview["is_guessed"], true);
    assert!(preview["format"].as_str().unwrap().contains(';'));
    door.assert_counts(0, 0, 0, 0);
}

#[test]
fn dead_rows_have_their_line_and_can_be_read_again() {
    let door = Door::open();
    let file = "customer,activity,occurred_at\nana,Menu Viewed,2026-01-05 10:00\nana,Menu Viewed,never\n,Menu Viewed,2026-01-05 10:00\n";
    let report = door.owner("POST", &format!("/api/v1/imports?file=v.csv&{MAP}"), file).expect(200).json();
    assert_eq!(report["first_dead"][0]["line"], 3);
    assert_eq!(report["first_dead"][0]["code"], "invalid_time");
    assert_eq!(report["first_dead"][1]["line"], 4);
    let replayed = door.owner("POST", "/api/v1/dead-letters/replay", "").expect(200).json();
    assert_eq!(replayed, json!({"read": 2, "stored": 0, "duplicate": 0, "dead": 2}));
    door.assert_counts(3, 1, 0, 2);
}

#[test]
fn a_file_of_many_pieces_is_one_file() {
    let door = Door::open();
    let mut text = "customer,activity,occurred_at\n".to_owned();
    for row in 0..30_000 {
        text.push_str(&format!(
            "c{},Step {},2026-01-{:02}T{:02}:{:02}:00Z\n",
            row % 700,
            row % 5,
            1 + row % 28,
            row % 24,
            row % 60
        ));
    }
    let pieces: Vec<_> = text.as_bytes().chunks(977).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
    let report =
        door.owner("POST", "/api/v1/imports?file=many.csv", Body::from_stream(stream::iter(pieces))).expect(200).json();
    assert_eq!(report["rows"], 30_000);
    assert_eq!(report["stored"].as_u64().unwrap() + report["duplicate"].as_u64().unwrap(), 30_000);
    let rows = door.get("/api/v1/events/count").json()["received"].as_u64();
    assert_eq!(rows, Some(30_000));
}

#[test]
fn an_import_waits_for_a_small_queue_instead_of_failing() {
    let door = Door::open_with(|settings| settings.queue_bytes = 200_000);
    let mut text = "customer,activity,occurred_at\n".to_owned();
    for row in 0..40_000 {
        text.push_str(&format!("c{row},Step,2026-01-01T00:00:00Z\n"));
    }
    let report = door.owner("POST", "/api/v1/imports?file=many.csv", text).expect(200).json();
    assert_eq!(report["stored"], 40_000);
}

#[test]
fn a_file_that_breaks_off_says_so_and_can_be_sent_again() {
    let door = Door::open();
    let broken = stream::iter([Ok(FILE.as_bytes()[..100].to_vec()), Err(std::io::Error::other("gone"))]);
    let path = format!("/api/v1/imports?file=visits.csv&{MAP}");
    let answer = door.owner("POST", &path, Body::from_stream(broken)).expect(400).json();
    assert!(answer["detail"].as_str().unwrap().contains("import it again"), "{answer}");
    door.owner("POST", &path, FILE).expect(200);
    assert_eq!(door.get("/api/v1/events/count").json()["stored"], 3);
}

#[test]
fn a_file_that_cannot_be_read_says_what_to_do() {
    let door = Door::open();
    for (query, file, part) in [
        (format!("file=v.csv&{}", MAP.replace("activity%3Dactivity", "activity%3Dwhat")), FILE, "`what`"),
        ("file=v.csv&map=customer".to_owned(), FILE, "mapping"),
        ("file=v.csv".to_owned(), "", "empty"),
        ("file=v.csv".to_owned(), "a,b,c\n1,2,3\n", "--map"),
        (format!("file=v.csv&time_zone=Mars/Olympus&{MAP}"), FILE, "Mars/Olympus"),
        ("file=v.csv&format=xml".to_owned(), FILE, "csv and jsonl"),
        ("source=%00".to_owned(), FILE, "source"),
    ] {
        let answer = door.owner("POST", &format!("/api/v1/imports?{query}"), file).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{query}: {answer}");
    }
    door.assert_counts(0, 0, 0, 0);
}

#[test]
fn json_lines_are_read_as_calls() {
    let door = Door::open();
    let lines = "{\"type\":\"track\",\"userId\":\"ana\",\"event\":\"Seen\",\"timestamp\":\"2026-01-05T10:00:00Z\",\"messageId\":\"1\"}\n{broken\n";
    let report = door.owner("POST", "/api/v1/imports?file=e.jsonl", lines).expect(200).json();
    assert_eq!((&report["stored"], &report["dead"]), (&json!(1), &json!(1)));
    assert!(report["mapping"].is_null());
    assert_eq!(door.exported()[0]["occurred_at"], "2026-01-05T10:00:00.000Z");
}

#[test]
fn times_without_a_zone_are_of_the_organisation_unless_told() {
    let door = Door::open();
    door.owner("PATCH", "/api/v1/organisation", json!({"time_zone": "America/Bogota"}).to_string()).expect(200);
    let file = "customer,activity,occurred_at\nana,A,2026-07-01 00:30:00\n";
    door.owner("POST", &format!("/api/v1/imports?source=one&{MAP}"), file).expect(200);
    door.owner("POST", &format!("/api/v1/imports?source=two&time_zone=Europe/Madrid&{MAP}"), file).expect(200);
    let times: Vec<_> = door.exported().iter().map(|event| event["occurred_at"].as_str().unwrap().to_owned()).collect();
    assert!(times.contains(&"2026-07-01T05:30:00.000Z".to_owned()), "{times:?}");
    assert!(times.contains(&"2026-06-30T22:30:00.000Z".to_owned()), "{times:?}");
}

#[test]
fn a_wrong_key_is_told_before_the_file_is_read() {
    let door = Door::open();
    door.send(request("POST", "/api/v1/imports", &[], FILE)).expect(401);
    door.with_key(&door.read_key, "POST", "/api/v1/imports", FILE).expect(403);
}
