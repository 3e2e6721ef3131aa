//! The description of the interface, compared with the committed one.

use expect_test::expect_file;
use serde_json::Value;

use crate::door::{Door, request};

#[test]
fn the_description_is_the_committed_one() {
    expect_file!["../../openapi.json"].assert_eq(&format!("{}\n", server::openapi_document()));
}

#[test]
fn every_operation_has_a_name_a_summary_and_a_route() {
    let door = Door::open();
    let document: Value = serde_json::from_str(&server::openapi_document()).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path}");
            let concrete = path.replace("{call}", "track").replace(['{', '}'], "");
            let status = door.send(request(&method.to_uppercase(), &concrete, &[], "")).status;
            assert!(status != 404 && status != 405, "{method} {path} is not served");
        }
    }
}

#[test]
fn the_description_is_served() {
    let door = Door::open();
    for path in ["/api/openapi.json", "/api/v1/openapi.json"] {
        let answer = door.send(request("GET", path, &[], "")).expect(200);
        assert!(answer.json()["paths"]["/api/v1/journeys/map"].is_object());
    }
}
