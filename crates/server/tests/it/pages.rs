//! What is beside the interface: the page at the root, health, telemetry, and what every answer carries.

use std::io::Read;
use std::sync::Arc;

use axum::body::Body;
use domain::ports::{AuditEntry, AuditLog};
use domain::{Error, Result};
use flate2::read::GzDecoder;

use crate::door::{Door, TRACK, request};

#[test]
fn every_answer_is_careful() {
    let door = Door::open();
    let paths = ["/", "/healthz", "/api/v1/events/count", "/nothing", "/api/openapi.json", "/docs"];
    let answers = paths.map(|path| door.send(request("GET", path, &[], "")));
    for answer in answers.iter().chain([&door.collect("/v1/track", TRACK), &door.collect("/v1/batch", "{")]) {
        assert!(answer.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"));
        assert!(answer.header("cross-origin-resource-policy").is_some());
        assert!(!answer.header("x-request-id").unwrap().is_empty());
    }
}

#[test]
fn a_problem_has_its_code_and_the_id_of_its_request() {
    let door = Door::open();
    for (answer, status, code) in [
        (door.send(request("GET", "/nothing", &[], "")), 404, "not_found"),
        (door.send(request("DELETE", "/api/v1/events/count", &[], "")), 405, "invalid_argument"),
        (door.send(request("GET", "/api/v1/events/count", &[], "")), 401, "unauthenticated"),
        (door.with_key(&door.collect_key, "GET", "/api/v1/events/count", ""), 403, "permission_denied"),
        (door.owner("POST", "/api/v1/keys", "no json"), 400, "invalid_argument"),
        (door.owner("POST", "/api/v1/keys", vec![b' '; 3 << 20]), 413, "too_large"),
    ] {
        let answer = answer.expect(status);
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let problem = answer.json();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"].as_str(), answer.header("x-request-id"));
        assert!(!problem["detail"].as_str().unwrap().is_empty());
    }
    let unknown = door.send(request("GET", "/api/v1/events/count", &[], ""));
    assert!(unknown.header("www-authenticate").unwrap().starts_with("Bearer"));
}

/// The console where the program was built with it, a plain page in the browser's language where it was not.
#[test]
fn the_root_is_a_page_for_people() {
    let door = Door::open();
    for path in ["/", "/customers/cus_1"] {
        let page =
            door.send(request("GET", path, &[("accept", "text/html"), ("accept-language", "es")], "")).expect(200);
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(!page.header("content-security-policy").unwrap().contains("unsafe"));
        assert!(String::from_utf8(page.body).unwrap().contains("<html lang=\"es\">"));
    }
    door.send(request("GET", "/customers/cus_1", &[], "")).expect(404);
    for path in ["/api/v1/nothing", "/api/nothing", "/assets/nothing.js"] {
        door.send(request("GET", path, &[("accept", "text/html")], "")).expect(404);
    }
}

#[test]
fn the_interface_is_described_for_people_with_every_operation() {
    let door = Door::open();
    let page = door.send(request("GET", "/docs", &[("accept", "text/html")], "")).expect(200);
    let policy = page.header("content-security-policy").unwrap().to_owned();
    let nonce = policy.split("script-src 'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let html = String::from_utf8(page.body).unwrap();
    assert_eq!(html.matches(&format!("nonce=\"{nonce}\"")).count(), 2);
    assert!(!html.contains("__NONCE__") && !html.contains("https://unpkg") && !html.contains(" src="));
    let document: serde_json::Value = serde_json::from_str(&server::openapi_document()).unwrap();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            assert!(html.contains(&format!("<article id=\"{id}\"")), "{method} {path}");
            assert!(html.contains(&format!("href=\"#{id}\"")), "{method} {path} is not in the contents");
        }
    }
    for anchor in html.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(html.contains(&format!("id=\"{anchor}\"")), "nothing is at #{anchor}");
    }
    let again = door.send(request("GET", "/docs", &[], "")).expect(200);
    assert!(!again.header("content-security-policy").unwrap().contains(&nonce), "a nonce is for one answer");
}

#[test]
fn files_of_the_console_are_kept_by_browsers_and_packed() {
    let door = Door::open();
    let page = door.send(request("GET", "/", &[], "")).expect(200);
    let html = String::from_utf8(page.body).unwrap();
    let paths: Vec<&str> = html.split('"').filter(|text| text.starts_with("/assets/")).collect();
    assert!(!html.contains("__CSP_NONCE__"));
    for path in paths {
        let plain = door.send(request("GET", path, &[], "")).expect(200);
        assert!(plain.header("cache-control").unwrap().contains("immutable"));
        let packed = door.send(request("GET", path, &[("accept-encoding", "gzip, br")], "")).expect(200);
        assert_eq!(packed.header("content-encoding"), Some("gzip"));
        let mut unpacked = Vec::new();
        GzDecoder::new(packed.body.as_slice()).read_to_end(&mut unpacked).unwrap();
        assert!(unpacked == plain.body, "{path}");
        let tag = plain.header("etag").unwrap();
        let again = door.send(request("GET", path, &[("if-none-match", tag)], "")).expect(304);
        assert!(again.body.is_empty());
    }
}

#[test]
fn telemetry_is_for_administrators_when_it_is_asked_from_elsewhere() {
    let door = Door::open();
    door.collect("/v1/track", TRACK).expect(200);
    door.send(request("GET", "/metrics", &[], "")).expect(401);
    door.with_key(&door.read_key, "GET", "/metrics", "").expect(403);
    let text = String::from_utf8(door.with_key(&door.admin_key, "GET", "/metrics", "").expect(200).body).unwrap();
    for line in [
        "vivencia_events_received_total 1",
        "vivencia_events_total{fate=\"stored\"} 1",
        "vivencia_commit_seconds_count 1",
        "vivencia_requests_total{method=\"POST\",route=\"/v1/{call}\",status=\"200\"} 1",
        "vivencia_queue_bytes 0",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_server_that_stops_is_alive_and_not_ready() {
    let door = Door::open();
    door.send(request("GET", "/readyz", &[], Body::empty())).expect(200);
    door.app.close().unwrap();
    door.send(request("GET", "/readyz", &[], Body::empty())).expect(503);
    door.send(request("GET", "/healthz", &[], Body::empty())).expect(200);
    let refused = door.collect("/v1/track", TRACK).expect(503);
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert!(!refused.json()["message"].as_str().unwrap().contains("log"), "{}", refused.json());
}

struct DamagedAudit {
    panics: bool,
}

impl AuditLog for DamagedAudit {
    fn record_audit(&self, _: &AuditEntry) -> Result<()> {
        Ok(())
    }

    fn list_audit_before(&self, _: Option<u64>, _: u32) -> Result<Vec<(u64, AuditEntry)>> {
        assert!(!self.panics, "nobody expects this");
        Err(Error::internal("page 17 of /var/lib/secret is damaged"))
    }
}

#[test]
fn a_failure_of_our_own_is_never_explained() {
    for panics in [false, true] {
        let door = Door::open_over(|_| {}, |state| state.audit = Arc::new(DamagedAudit { panics }));
        let answer = door.get("/api/v1/audit").expect(500);
        let problem = answer.json();
        assert_eq!(problem["code"], "internal");
        assert!(!String::from_utf8(answer.body).unwrap().contains("secret"));
        assert!(problem["detail"].as_str().unwrap().contains("request id"));
        door.get("/api/v1/events/count").expect(200);
    }
}
