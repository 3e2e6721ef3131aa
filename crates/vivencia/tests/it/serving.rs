//! A server that owns its directory, and the commands that find it.

use serde_json::json;

use crate::program::{Place, program, succeeded};

const BATCH: &str = r#"{"batch":[{"type":"track","userId":"ana","event":"Menu Viewed","messageId":"1"},{"type":"track","event":"Nobody"}]}"#;

#[test]
fn a_server_prints_where_it_listens() {
    let place = Place::new();
    let server = place.serve();
    assert!(server.printed.starts_with("listening on http://127.0.0.1:"), "{}", server.printed);
    assert!(ureq::get(format!("{}/readyz", server.url)).call().is_ok());
    assert_eq!(server.stop(), Some(0));
    assert!(!place.data_dir().join("server.json").exists());
}

#[test]
fn commands_reach_the_server_of_the_directory() {
    let place = Place::new();
    let server = place.serve();
    let key = place.done(&["key", "create", "--name", "shop", "--scope", "collect"]);
    let key = key.trim();
    assert!(key.starts_with("viv_"));
    assert_eq!(server.post("/v1/batch", key, BATCH), 200);
    assert_eq!(place.json(&["events", "count"]), json!({"received": 2, "stored": 1, "duplicate": 0, "dead": 1}));

    let read_key = place.done(&["key", "create", "--name", "analyst", "--scope", "read"]);
    let words = ["journeys", "map", "--format", "json", "--url", &server.url, "--key", read_key.trim()];
    let by_address = succeeded(&words, program().args(words).output().unwrap());
    assert_eq!(by_address, place.done(&["journeys", "map", "--format", "json"]));

    place.done(&["key", "revoke", "shop"]);
    assert_eq!(server.post("/v1/batch", key, BATCH), 401);
    assert!(place.done(&["key", "list"]).contains("analyst"));
}

#[test]
fn a_large_file_streams_to_the_server() {
    let place = Place::new();
    let server = place.serve();
    let mut lines = vec!["customer,activity,occurred_at".to_owned()];
    for row in 0..20_000 {
        lines.push(format!(
            "c{},Step {},2026-01-01T{:02}:{:02}:{:02}Z",
            row % 500,
            row % 9,
            row / 3600 % 24,
            row / 60 % 60,
            row % 60
        ));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let file = place.write("many.csv", &lines);
    let report = place.json(&["events", "import", file.to_str().unwrap()]);
    assert_eq!(report["files"][0]["stored"], 20_000);
    let out = place.folder().join("events.jsonl");
    place.done(&["events", "export", "--out", out.to_str().unwrap()]);
    assert_eq!(std::fs::read_to_string(&out).unwrap().lines().count(), 20_000);
    drop(server);
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let place = Place::new();
    let server = place.serve();
    let key = place.done(&["key", "create", "--name", "shop", "--scope", "collect"]);
    assert_eq!(server.post("/v1/batch", key.trim(), BATCH), 200);
    server.kill();
    assert_eq!(place.json(&["events", "count"]), json!({"received": 2, "stored": 1, "duplicate": 0, "dead": 1}));
    let server = place.serve();
    assert_eq!(server.post("/v1/batch", key.trim(), BATCH), 200);
    assert_eq!(place.json(&["events", "count"])["stored"], 1);
}

#[test]
fn a_second_server_is_refused() {
    let place = Place::new();
    let _server = place.serve();
    let complaint = place.refused(1, &["serve", "--listen", "127.0.0.1:0"]);
    assert!(complaint.contains("another vivencia process owns"), "{complaint}");
    assert!(complaint.contains(place.data_dir().to_str().unwrap()), "{complaint}");
}

#[test]
fn a_newer_format_is_refused() {
    let place = Place::new();
    drop(place.serve());
    std::fs::write(place.data_dir().join("vivencia.json"), r#"{"format":999}"#).unwrap();
    for words in [&["serve", "--listen", "127.0.0.1:0"][..], &["events", "count"]] {
        let complaint = place.refused(1, words);
        assert!(complaint.contains("999") && complaint.contains("newer"), "{complaint}");
    }
}

#[test]
fn plain_http_is_for_this_machine() {
    let place = Place::new();
    let complaint = place.refused(1, &["serve", "--listen", "0.0.0.0:0"]);
    assert!(complaint.contains("127.0.0.1") && complaint.contains("--behind-proxy"), "{complaint}");
    assert!(!place.data_dir().exists());
}

#[test]
fn settings_come_from_a_file_and_the_environment() {
    let place = Place::new();
    let file = place.write("vivencia.toml", &["listen = \"127.0.0.1:0\"", "lissen = 3", "query_threads = 0"]);
    let complaint = place.refused(1, &["serve", "--config", file.to_str().unwrap()]);
    assert!(complaint.contains("lissen") && complaint.contains("query_threads"), "{complaint}");
    let output = program()
        .args(["serve", "--data-dir"])
        .arg(place.data_dir())
        .env("VIVENCIA_BEHIND_PROXY", "perhaps")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("behind_proxy"));
    let output = program()
        .args(["serve", "--data-dir"])
        .arg(place.data_dir())
        .env("VIVENCIA_BEHIND_PROXI", "true")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean VIVENCIA_BEHIND_PROXY?"));
}
