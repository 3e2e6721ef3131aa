//! Exchange rates by day.

use serde_json::json;

use crate::door::Door;

#[test]
fn rates_are_entered_listed_and_taken_back() {
    let door = Door::open();
    door.owner("PUT", "/api/v1/rates/mxn/2026-01-01", r#"{"rate":"0.04960"}"#).expect(200);
    let more = json!({"rates": [
        {"currency": "CLP", "valid_from": "2026-01-01", "rate": "0.000956"},
        {"currency": "MXN", "valid_from": "2026-02-01", "rate": "0.05"},
    ]});
    door.owner("PUT", "/api/v1/rates", more.to_string()).expect(200);
    let listed = door.with_key(&door.read_key, "GET", "/api/v1/rates", "").expect(200).json();
    let rate = |currency: &str, day: &str, rate: &str| json!({"currency": currency, "valid_from": day, "rate": rate, "reporting_currency": "EUR"});
    assert_eq!(
        listed["rates"],
        json!([
            rate("CLP", "2026-01-01", "0.000956"),
            rate("MXN", "2026-01-01", "0.0496"),
            rate("MXN", "2026-02-01", "0.05"),
        ])
    );
    door.owner("DELETE", "/api/v1/rates/MXN/2026-01-01", "").expect(204);
    door.owner("DELETE", "/api/v1/rates/MXN/2026-01-01", "").expect(404);
    assert_eq!(door.get("/api/v1/rates").json()["rates"].as_array().unwrap().len(), 2);
    let entries = door.get("/api/v1/audit").json()["entries"].clone();
    assert_eq!((&entries[0]["action"], &entries[0]["subject"]), (&json!("rate.delete"), &json!("MXN")));
    assert_eq!(entries[2]["detail"]["rates"][0], rate("MXN", "2026-01-01", "0.0496"));
}

#[test]
fn what_is_no_rate_is_refused_and_changes_nothing() {
    let door = Door::open();
    for (path, rate, part) in [
        ("MXN/2026-01-01", "0", "such as 0.0496"),
        ("MXN/2026-01-01", "0,05", "such as 0.0496"),
        ("MXN/2026-01-32", "0.05", "2026-03-29"),
        ("pesos/2026-01-01", "0.05", "three letters"),
        ("EUR/2026-01-01", "1", "own currency"),
    ] {
        let body = json!({"rate": rate}).to_string();
        let answer = door.owner("PUT", &format!("/api/v1/rates/{path}"), body).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{answer}");
    }
    // A number of JSON is no exact decimal.
    door.owner("PUT", "/api/v1/rates/MXN/2026-01-01", r#"{"rate":0.05}"#).expect(400);
    let half = json!({"rates": [
        {"currency": "MXN", "valid_from": "2026-01-01", "rate": "0.05"},
        {"currency": "CLP", "valid_from": "2026-01-01", "rate": "free"},
    ]});
    door.owner("PUT", "/api/v1/rates", half.to_string()).expect(400);
    assert_eq!(door.get("/api/v1/rates").json()["rates"], json!([]));
}
