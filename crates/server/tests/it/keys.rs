//! Keys: made, listed without their secrets, revoked at once, and written down.

use serde_json::json;

use crate::door::{Door, TRACK, basic};

#[test]
fn a_key_is_shown_once() {
    let door = Door::open();
    let listed = door.get("/api/v1/keys").expect(200);
    let text = String::from_utf8(listed.body.clone()).unwrap();
    for key in [&door.collect_key, &door.read_key, &door.admin_key] {
        assert!(!text.contains(key.as_str()));
    }
    let names: Vec<_> = listed.json()["keys"].as_array().unwrap().iter().map(|key| key["name"].clone()).collect();
    assert_eq!(names, ["shop", "analyst", "owner"]);
}

#[test]
fn a_revoked_key_opens_nothing_from_the_next_request_on() {
    let door = Door::open();
    door.collect("/v1/track", TRACK).expect(200);
    door.owner("DELETE", "/api/v1/keys/shop", "").expect(200);
    door.collect("/v1/track", TRACK).expect(401);
    door.owner("DELETE", "/api/v1/keys/shop", "").expect(404);
    let again = door.create_key("shop", "collect");
    door.post("/v1/track", &[("authorization", &basic(&again))], TRACK).expect(200);
}

#[test]
fn what_makes_no_key_is_refused() {
    let door = Door::open();
    for (name, scope, part) in [
        ("x", "everything", "collect, read and admin"),
        ("", "read", "1 to 200"),
        ("a\u{0}b", "read", "control"),
        ("command line", "admin", "another name"),
    ] {
        let answer = door.owner("POST", "/api/v1/keys", json!({"name": name, "scope": scope}).to_string()).expect(400);
        assert!(answer.json()["detail"].as_str().unwrap().contains(part), "{:?}", answer.json());
    }
    door.owner("POST", "/api/v1/keys", json!({"name": "shop", "scope": "read"}).to_string()).expect(409);
    door.owner("POST", "/api/v1/keys", json!({"name": "z", "scope": "read", "more": 1}).to_string()).expect(400);
}

#[test]
fn changes_of_keys_are_in_the_audit() {
    let door = Door::open();
    door.owner("DELETE", "/api/v1/keys/analyst", "").expect(200);
    let entries = door.get("/api/v1/audit").json()["entries"].clone();
    assert_eq!(entries[0]["action"], "key.revoke");
    assert_eq!(entries[0]["subject"], "analyst");
    assert_eq!(entries[0]["actor"], "command line");
    assert_eq!(entries[1]["action"], "key.create");
}

#[test]
fn a_key_is_kept_as_a_hash() {
    let door = Door::open();
    door.collect("/v1/track", TRACK).expect(200);
    let mut folders = vec![door.data_dir()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let key = door.collect_key.as_bytes();
            assert!(!bytes.windows(key.len()).any(|window| window == key), "{}", path.display());
        }
    }
}
