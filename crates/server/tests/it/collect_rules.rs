//! The rules that the Segment clients depend on, one by one.

use serde_json::json;

use crate::door::{Door, TRACK, basic, gzip, request};

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn ingestion_is_answered_with_exactly_200_and_success() {
    let door = Door::open();
    for path in ["/v1/track", "/v1/batch", "/v1/b", "/v1/import", "/v1/import/", "/v1/t", "/v1/m"] {
        let answer = door.collect(path, format!("{{\"batch\":[{TRACK}]}}")).expect(200);
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        assert_eq!(answer.json(), json!({"success": true}), "{path}");
    }
}

#[test]
fn a_refusal_has_code_message_and_error_at_the_top() {
    let door = Door::open();
    let refused = door.post("/v1/batch", &[("authorization", &basic("viv_wrong"))], format!("[{TRACK}]")).expect(401);
    assert_eq!(refused.header("content-type"), Some("application/json"));
    let body = refused.json();
    assert_eq!(body["success"], false);
    assert_eq!(body["code"], "invalid_write_key");
    assert!(body["message"].as_str().unwrap().contains("key create"));
    assert_eq!(body["message"], body["error"]);
}

#[test]
fn the_key_of_basic_counts_before_the_one_in_the_body() {
    let door = Door::open();
    let with = |key: &str| format!("{{\"writeKey\":\"{key}\",\"batch\":[{TRACK}]}}");
    let good = basic(&door.collect_key);
    door.post("/v1/batch", &[("authorization", &good)], with("viv_wrong")).expect(200);
    let bad = basic("viv_wrong");
    door.post("/v1/batch", &[("authorization", &bad)], with(&door.collect_key)).expect(401);
}

#[test]
fn a_key_without_the_colon_works() {
    use base64::Engine;
    let door = Door::open();
    let bare = base64::engine::general_purpose::STANDARD.encode(&door.collect_key);
    door.post("/v1/track", &[("authorization", &format!("Basic {bare}"))], TRACK).expect(200);
}

#[test]
fn the_key_may_stand_in_the_body_or_in_an_event() {
    let door = Door::open();
    let key = &door.collect_key;
    door.post("/v1/batch", &[], format!("{{\"writeKey\":\"{key}\",\"batch\":[{TRACK}]}}")).expect(200);
    let event = json!({"type": "track", "userId": "ana", "event": "Seen", "writeKey": key});
    door.post("/v1/batch", &[], json!({"batch": [event]}).to_string()).expect(200);
    door.post("/v1/t", &[], event.to_string()).expect(200);
    door.post("/v1/batch", &[], format!("{{\"batch\":[{TRACK}]}}")).expect(401);
    door.assert_counts(3, 3, 0, 0);
}

#[test]
fn bearer_is_accepted_only_with_a_key_in_the_body() {
    let door = Door::open();
    let bearer = ("authorization", "Bearer some-oauth-token");
    door.post("/v1/track", &[bearer], TRACK).expect(401);
    let own = format!("Bearer {}", door.collect_key);
    door.post("/v1/track", &[("authorization", &own)], TRACK).expect(401);
    let keyed = json!({"userId": "ana", "event": "Seen", "writeKey": door.collect_key}).to_string();
    door.post("/v1/track", &[bearer], keyed).expect(200);
}

#[test]
fn the_body_is_json_whatever_its_content_type() {
    let door = Door::open();
    let key = basic(&door.collect_key);
    for content_type in
        ["application/json", "text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded"]
    {
        door.post("/v1/track", &[("authorization", &key), ("content-type", content_type)], TRACK).expect(200);
    }
    door.post("/v1/track", &[("authorization", &key)], TRACK).expect(200);
}

#[test]
fn gzip_is_inflated() {
    let door = Door::open();
    let headers = [("authorization", &*basic(&door.collect_key)), ("content-encoding", "gzip"), JSON];
    door.post("/v1/batch", &headers, gzip(format!("{{\"batch\":[{TRACK}]}}").as_bytes())).expect(200);
    door.assert_counts(1, 1, 0, 0);
    let damaged = [b"\x1f\x8b".as_slice(), &[7; 40]].concat();
    assert!(door.post("/v1/batch", &headers, damaged).expect(400).json()["message"].as_str().unwrap().contains("gzip"));
    door.post("/v1/batch", &[headers[0], ("content-encoding", "br")], "x").expect(415);
}

#[test]
fn one_bad_event_never_fails_its_batch() {
    let door = Door::open();
    let batch = format!("{{\"batch\":[{TRACK},{{\"type\":\"track\",\"event\":\"Nobody\"}},7]}}");
    door.collect("/v1/batch", batch).expect(200);
    door.assert_counts(3, 1, 0, 2);
    let letters = door.get("/api/v1/dead-letters?with_raw=true").expect(200).json();
    let letters = letters["dead_letters"].as_array().unwrap();
    assert_eq!(letters[0]["code"], "missing_identifier");
    assert_eq!((letters[0]["index"].as_u64(), letters[1]["index"].as_u64()), (Some(1), Some(2)));
    assert_eq!(letters[0]["raw"], "{\"type\":\"track\",\"event\":\"Nobody\"}");
    assert_eq!(letters[0]["source"], "shop");
}

#[test]
fn pages_of_any_origin_may_send() {
    let door = Door::open();
    let headers = [
        ("origin", "https://shop.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization, content-type, x-mine"),
    ];
    for path in ["/v1/t", "/v1/batch", "/v1/import/", "/v1/m", "/v1/projects/x/settings"] {
        let answer = door.send(request("OPTIONS", path, &headers, "")).expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), Some("https://shop.example"), "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), None);
        assert_eq!(answer.header("access-control-max-age"), Some("86400"));
        let allowed = answer.header("access-control-allow-headers").unwrap();
        assert_eq!(allowed, "Authorization, Content-Type, X-Retry-Count, x-mine");
    }
    let sent = door.post("/v1/track", &[headers[0], ("authorization", &basic(&door.collect_key))], TRACK).expect(200);
    assert_eq!(sent.header("access-control-allow-origin"), Some("https://shop.example"));
    let refused = door.post("/v1/track", &[headers[0]], TRACK).expect(401);
    assert_eq!(refused.header("access-control-allow-origin"), Some("https://shop.example"));
}

#[test]
fn browsers_and_phones_find_their_settings() {
    let door = Door::open();
    let path = format!("/v1/projects/{}/settings", door.collect_key);
    let answer = door.send(request("GET", &path, &[("host", "127.0.0.1:8080")], "")).expect(200).json();
    let segment = &answer["integrations"]["Segment.io"];
    assert_eq!(segment["apiKey"], door.collect_key);
    assert_eq!(segment["apiHost"], "127.0.0.1:8080/v1");
    assert_eq!(segment["protocol"], "http");
    assert_eq!(answer["metrics"], json!({"sampleRate": 0}));
    door.send(request("GET", "/v1/projects/viv_wrong/settings", &[("host", "h")], "")).expect(401);
    door.send(request("GET", &path, &[("host", "a\"b")], "")).expect(400);
}

#[test]
fn settings_name_the_public_address_and_the_prefix() {
    let door = Door::open_with(|settings| {
        settings.public_url = Some("https://events.example.com".into());
        settings.collect_prefix = "/segment".into();
    });
    let path = format!("/segment/v1/projects/{}/settings", door.collect_key);
    let answer = door.send(request("GET", &path, &[("host", "inside:1")], "")).expect(200).json();
    let segment = &answer["integrations"]["Segment.io"];
    assert_eq!(segment["apiHost"], "events.example.com/segment/v1");
    assert_eq!(segment["protocol"], "https");
}

#[test]
fn paths_answer_below_a_prefix_with_and_without_a_slash() {
    let door = Door::open_with(|settings| settings.collect_prefix = "/segment".into());
    for path in ["/segment/v1/batch", "/segment/v1/batch/", "/segment/v1/t", "/v1/batch/"] {
        door.collect(path, TRACK).expect(200);
    }
    door.collect("/elsewhere/v1/batch", TRACK).expect(404);
}

#[test]
fn the_pixel_is_always_an_image() {
    use base64::Engine;
    let door = Door::open();
    let event = json!({"userId": "ana", "event": "Email Opened", "writeKey": door.collect_key}).to_string();
    let encoded = base64::engine::general_purpose::STANDARD.encode(&event);
    let escaped: String = event.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let nobody = base64::engine::general_purpose::STANDARD.encode("{}");
    let paths = [
        format!("/v1/pixel/track?data={encoded}"),
        format!("/v1/pixel/track/?data={escaped}"),
        format!("/v1/pixel/track?data={nobody}"),
        "/v1/pixel/track?data=%%%".to_owned(),
        "/v1/pixel/track".to_owned(),
        "/v1/pixel/nothing?data=e30".to_owned(),
    ];
    for path in paths {
        let answer = door.send(request("GET", &path, &[], "")).expect(200);
        assert_eq!(answer.header("content-type"), Some("image/gif"), "{path}");
        assert_eq!(answer.body.len(), 43);
        assert!(answer.body.starts_with(b"GIF89a"));
    }
    assert_eq!(door.get("/api/v1/events/count").json()["stored"], 2);
}

#[test]
fn metrics_of_the_clients_are_accepted_and_dropped() {
    let door = Door::open();
    door.post("/v1/m", &[], r#"{"series":[{"type":"Counter"}]}"#).expect(200);
    door.assert_counts(0, 0, 0, 0);
}

#[test]
fn a_retried_batch_is_stored_once() {
    let door = Door::open();
    let first = json!({"batch": [{"type": "track", "userId": "a", "event": "E", "messageId": "1"}], "sentAt": "2026-01-01T00:00:00Z"});
    let again = json!({"batch": [{"type": "track", "userId": "a", "event": "E", "messageId": "1"}], "sentAt": "2026-01-01T00:00:09Z"});
    door.collect("/v1/batch", first.to_string()).expect(200);
    door.post("/v1/batch", &[("authorization", &basic(&door.collect_key)), ("x-retry-count", "1")], again.to_string())
        .expect(200);
    door.assert_counts(2, 1, 1, 0);
}

#[test]
fn a_key_gives_its_channel_to_events_without_one() {
    let door = Door::open();
    let new = json!({"name": "till", "scope": "collect", "channel": "store"});
    let key =
        door.owner("POST", "/api/v1/keys", new.to_string()).expect(201).json()["key"].as_str().unwrap().to_owned();
    door.post("/v1/track", &[("authorization", &basic(&key))], TRACK).expect(200);
    door.post("/v1/track", &[], json!({"userId": "b", "event": "Paid", "writeKey": key}).to_string()).expect(200);
    let channels: Vec<_> = door.exported().iter().map(|event| event["channel"].clone()).collect();
    assert_eq!(channels, ["store", "store"]);
}

#[test]
fn the_path_of_a_single_call_says_its_kind() {
    let door = Door::open();
    door.collect("/v1/identify", r#"{"userId":"ana","traits":{"plan":"gold"}}"#).expect(200);
    door.collect("/v1/p", r#"{"userId":"ana","name":"Menu"}"#).expect(200);
    let kinds: Vec<_> = door.exported().iter().map(|event| event["kind"].clone()).collect();
    assert_eq!(kinds, ["identify", "page"]);
}

#[test]
fn nothing_redirects() {
    let door = Door::open();
    for path in ["/v1/batch", "/v1/batch/", "/v1/import", "/v1/import/", "/v1//batch", "/v1/", "/v1"] {
        let status = door.collect(path, TRACK).status;
        assert!(matches!(status, 200 | 404), "{path} {status}");
    }
}

#[test]
fn a_wrong_method_is_told_as_the_clients_read_it() {
    let door = Door::open();
    let answer = door.send(request("GET", "/v1/batch", &[], "")).expect(405);
    assert_eq!(answer.json()["success"], false);
    assert!(answer.header("access-control-allow-origin").is_some());
}
