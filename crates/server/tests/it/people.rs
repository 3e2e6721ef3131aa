//! People at the door: the first one, invitations, passwords, sessions and those who try to get past them.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ConnectInfo;
use serde_json::{Value, json};

use crate::door::{Answer, Door, HandClock, PASSWORD, request};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const NOW: i64 = 1_800_000_000_000;
const OUR_PAGE: [(&str, &str); 1] = [("x-vivencia", "1")];

fn door_at(clock: &Arc<HandClock>) -> Door {
    Door::open_at(|_| {}, |_| {}, clock.clone())
}

fn first_steps(door: &Door, token: &str, email: &str) -> Answer {
    let organisation =
        json!({"name": "Café Alameda", "time_zone": "Europe/Madrid", "currency": "EUR", "language": "es"});
    let steps =
        json!({"token": token, "name": "Lucía", "email": email, "password": PASSWORD, "organisation": organisation});
    door.post("/api/v1/setup", &OUR_PAGE, steps.to_string())
}

fn setup_token(door: &Door) -> String {
    door.app.setup_url().unwrap().split_once("/setup#token=").unwrap().1.to_owned()
}

fn who(door: &Door, session: &str) -> Answer {
    door.with_session(session, "GET", "/api/v1/session", "")
}

/// A link for somebody; its token.
fn invite(door: &Door, email: &str) -> String {
    let new = json!({"email": email, "role": "analyst"});
    let link = door.owner("POST", "/api/v1/invitations", new.to_string()).expect(201).json();
    link["path"].as_str().unwrap().strip_prefix("/invitation#token=").unwrap().to_owned()
}

fn accept(door: &Door, token: &str, password: &str) -> Answer {
    let answer = json!({"token": token, "name": "Marcos", "password": password});
    door.post("/api/v1/invitations/accept", &OUR_PAGE, answer.to_string())
}

/// An attempt from an address, in a browser that may be known.
fn attempt(door: &Door, address: &str, password: &str, browser: Option<&str>) -> Answer {
    let body = json!({"email": "lucia@alameda.example", "password": password}).to_string();
    let cookie = browser.map(|token| format!("vivencia-browser={token}"));
    let mut headers = OUR_PAGE.to_vec();
    headers.extend(cookie.as_deref().map(|cookie| ("cookie", cookie)));
    let mut request = request("POST", "/api/v1/session", &headers, body);
    let peer: SocketAddr = format!("{address}:40000").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    door.send(request)
}

#[test]
fn the_first_person_comes_in_by_the_token_of_this_start_and_once() {
    let door = Door::open();
    door.post("/api/v1/setup", &OUR_PAGE, "{}").expect(400);
    assert_eq!(door.send(request("GET", "/api/v1/setup", &[], "")).expect(200).json(), json!({"is_open": true}));
    let refused = first_steps(&door, "viv_wrong", "lucia@alameda.example").expect(403).json();
    assert!(refused["detail"].as_str().unwrap().contains("start the server again"), "{refused}");
    let token = setup_token(&door);
    let elsewhere = [("x-vivencia", "1"), ("sec-fetch-site", "cross-site")];
    door.post("/api/v1/setup", &elsewhere, json!({"token": token}).to_string()).expect(403);

    let begun = first_steps(&door, &token, " Lucia@Alameda.example ").expect(200);
    let me = who(&door, &begun.session()).expect(200).json();
    assert_eq!((&me["email"], &me["role"]), (&json!("lucia@alameda.example"), &json!("owner")));
    assert_eq!(me["organisation"], "Café Alameda");
    assert!(me["permissions"].as_array().unwrap().contains(&json!("manage_people")));
    assert_eq!(door.get("/api/v1/organisation").json()["time_zone"], "Europe/Madrid");
    assert!(door.app.setup_url().is_none());

    // Afterwards it is as missing as any other path, whatever is sent.
    let missing = door.send(request("GET", "/api/v1/nothing", &[], "")).expect(404).json();
    for answer in [
        door.send(request("GET", "/api/v1/setup", &[], "")),
        first_steps(&door, &token, "eva@alameda.example"),
        door.post("/api/v1/setup", &[], "no json"),
        door.send(request("DELETE", "/api/v1/setup", &[], "")),
        door.send(request("PATCH", "/api/v1/setup", &[], "")),
    ] {
        let found = answer.expect(404).json();
        assert_eq!(found["code"], missing["code"]);
        assert_eq!(found["detail"].as_str().unwrap().replace("setup", "nothing"), missing["detail"].as_str().unwrap());
    }
    assert_eq!(door.get("/api/v1/audit").json()["entries"][1]["action"], "setup");
}

#[test]
fn of_two_first_persons_one_wins() {
    let door = Door::open();
    let token = setup_token(&door);
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| first_steps(&door, &token, "lucia@alameda.example").status);
        let other = scope.spawn(|| first_steps(&door, &token, "eva@alameda.example").status);
        (one.join().unwrap(), other.join().unwrap())
    });
    let mut statuses = [one, other];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404]);
    assert_eq!(door.get("/api/v1/users").json()["users"].as_array().unwrap().len(), 1);
}

#[test]
fn set_up_stays_open_until_there_is_an_owner() {
    let door = Door::open();
    let token = setup_token(&door);
    door.person("marcos", "analyst", None);
    let taken = first_steps(&door, &token, "marcos@alameda.example").expect(409).json();
    assert_eq!(taken["code"], "email_taken");
    first_steps(&door, &token, "lucia@alameda.example").expect(200);
    assert!(door.app.setup_url().is_none());

    let door = Door::open();
    door.person("eva", "owner", None);
    assert!(door.app.setup_url().is_none(), "an owner came in by invitation");

    let door = Door::open();
    door.person("marcos", "analyst", None);
    door.owner("PATCH", "/api/v1/users/marcos@alameda.example", r#"{"role":"owner"}"#).expect(200);
    assert!(door.app.setup_url().is_none(), "an analyst became an owner");
}

#[test]
fn an_invitation_is_used_once_and_ends_after_a_week() {
    let clock = HandClock::at(NOW);
    let door = door_at(&clock);
    let token = invite(&door, "marcos@alameda.example");
    let shown = door.post("/api/v1/invitations/show", &[], json!({"token": token}).to_string()).expect(200).json();
    assert_eq!((&shown["email"], &shown["role"]), (&json!("marcos@alameda.example"), &json!("analyst")));
    accept(&door, &token, "short").expect(400);
    accept(&door, &token, "marcos@alameda.example").expect(400);
    assert!(door.app.setup_url().is_some());
    accept(&door, &token, PASSWORD).expect(200);
    assert!(door.app.setup_url().is_some(), "an analyst is no owner");
    let again = accept(&door, &token, PASSWORD).expect(404).json();
    let never = accept(&door, "viv_never", PASSWORD).expect(404).json();
    assert_eq!(again["detail"], never["detail"]);

    let old = invite(&door, "eva@alameda.example");
    clock.pass(7 * DAY);
    accept(&door, &old, PASSWORD).expect(404);
    let revoked = invite(&door, "ana@alameda.example");
    door.owner("DELETE", "/api/v1/invitations/inv_3", "").expect(204);
    accept(&door, &revoked, PASSWORD).expect(404);
    door.owner("DELETE", "/api/v1/invitations/inv_3", "").expect(404);
    door.owner("DELETE", "/api/v1/invitations/what", "").expect(404);
    let statuses: Vec<Value> = door.get("/api/v1/invitations").json()["invitations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|invitation| invitation["status"].clone())
        .collect();
    assert_eq!(statuses, ["used", "expired", "revoked"]);
}

#[test]
fn whoever_is_unknown_and_whoever_errs_are_answered_alike() {
    let door = Door::open();
    door.person("lucia", "owner", None);
    let disabled = door.person("former", "analyst", None);
    door.owner("PATCH", "/api/v1/users/former@alameda.example", r#"{"is_disabled":true}"#).expect(200);
    who(&door, &disabled).expect(401);
    let bodies: Vec<Value> = [
        door.sign_in("lucia@alameda.example", "un café con lecho"),
        door.sign_in("nobody@alameda.example", PASSWORD),
        door.sign_in("no e-mail", PASSWORD),
        door.sign_in("former@alameda.example", PASSWORD),
        door.sign_in("lucia@alameda.example", &"x".repeat(100_000)),
    ]
    .into_iter()
    .map(|answer| {
        assert!(answer.cookie("vivencia").is_none());
        let mut body = answer.expect(401).json();
        body["request_id"].take();
        body
    })
    .collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "{bodies:?}");
    door.sign_in(" LUCIA@alameda.example", PASSWORD).expect(200);
}

#[test]
fn a_session_is_never_one_that_the_browser_brought() {
    let door = Door::open();
    let first = door.person("lucia", "owner", None);
    let body = json!({"email": "lucia@alameda.example", "password": PASSWORD}).to_string();
    let planted = [("x-vivencia", "1"), ("cookie", "vivencia=viv_planted")];
    let begun = door.post("/api/v1/session", &planted, body.clone()).expect(200).session();
    assert_ne!(begun, "viv_planted");
    who(&door, "viv_planted").expect(401);
    // Signing in again in the same browser ends what it had.
    let cookie = format!("vivencia={begun}");
    let again = door.post("/api/v1/session", &[("x-vivencia", "1"), ("cookie", &cookie)], body.clone());
    let again = again.expect(200).session();
    who(&door, &begun).expect(401);
    who(&door, &again).expect(200);
    who(&door, &first).expect(200);
    // A page of another site signs nobody in.
    let elsewhere = [("x-vivencia", "1"), ("origin", "https://evil.example"), ("host", "cx.example")];
    door.post("/api/v1/session", &elsewhere, body.clone()).expect(403);
    door.post("/api/v1/session", &[], body).expect(403);
}

#[test]
fn a_session_ends_when_it_is_not_used_and_after_thirty_days() {
    let clock = HandClock::at(NOW);
    let door = door_at(&clock);
    let idle = door.person("lucia", "owner", None);
    clock.pass(12 * HOUR - 1);
    who(&door, &idle).expect(200);
    clock.pass(12 * HOUR);
    let ended = who(&door, &idle).expect(401).json();
    assert!(ended["detail"].as_str().unwrap().contains("sign in again"), "{ended}");

    let busy = door.sign_in("lucia@alameda.example", PASSWORD).expect(200).session();
    for _ in 0..(30 * 24 / 10) - 1 {
        clock.pass(10 * HOUR);
        who(&door, &busy).expect(200);
    }
    clock.pass(10 * HOUR);
    who(&door, &busy).expect(401);
}

#[test]
fn a_person_ends_their_own_sessions_and_nobody_elses() {
    let door = Door::open();
    let owner = door.person("lucia", "owner", None);
    let other = door.sign_in("lucia@alameda.example", PASSWORD).expect(200).session();
    let analyst = door.person("marcos", "analyst", None);
    let listed = door.with_session(&owner, "GET", "/api/v1/sessions", "").expect(200).json();
    let ids: Vec<&str> = listed["sessions"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    for id in [ids[0], ids[1], "ses_1", "nothing"] {
        door.with_session(&analyst, "DELETE", &format!("/api/v1/sessions/{id}"), "").expect(404);
    }
    door.with_session(&owner, "DELETE", "/api/v1/sessions", "").expect(204);
    who(&door, &other).expect(401);
    let left = door.with_session(&owner, "DELETE", "/api/v1/session", "").expect(204);
    assert!(left.header("set-cookie").unwrap().starts_with("vivencia=; Path=/; Max-Age=0"));
    who(&door, &owner).expect(401);
    who(&door, &analyst).expect(200);
}

#[test]
fn what_a_person_may_changes_with_the_next_request() {
    let door = Door::open();
    door.owner("PUT", "/api/v1/units/Shop", "{}").expect(200);
    door.person("lucia", "owner", None);
    let analyst = door.person("marcos", "analyst", None);
    let change = |body: &str| door.owner("PATCH", "/api/v1/users/marcos@alameda.example", body.to_owned());
    change(r#"{"role":"shop_manager"}"#).expect(400);
    change(r#"{"role":"shop_manager","unit":"Shoop"}"#).expect(400);
    who(&door, &analyst).expect(200);
    assert_eq!(change(r#"{"role":"shop_manager","unit":"Shop"}"#).expect(200).json()["unit"], "Shop");
    who(&door, &analyst).expect(401);
    let manager = door.sign_in("marcos@alameda.example", PASSWORD).expect(200).session();
    door.with_session(&manager, "GET", "/api/v1/events/count", "").expect(403);
    let units = door.with_session(&manager, "GET", "/api/v1/units", "").expect(200).json();
    assert_eq!(units["units"].as_array().unwrap().len(), 1);
    door.owner("DELETE", "/api/v1/units/Shop", "").expect(409);
    let last = door.owner("PATCH", "/api/v1/users/lucia@alameda.example", r#"{"is_disabled":true}"#).expect(409).json();
    assert!(last["detail"].as_str().unwrap().contains("last owner"), "{last}");
    assert_eq!(last["code"], "last_owner", "{last}");
    door.owner("PATCH", "/api/v1/users/usr_99", "{}").expect(404);
    let entry = &door.get("/api/v1/audit").json()["entries"][1];
    assert_eq!((&entry["action"], &entry["subject"]), (&json!("user.update"), &json!("marcos@alameda.example")));
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let door = Door::open();
    let here = door.person("lucia", "owner", None);
    let there = door.sign_in("lucia@alameda.example", PASSWORD).expect(200).session();
    let change = |current: &str, new: &str| {
        let body = json!({"current": current, "new": new}).to_string();
        door.with_session(&here, "POST", "/api/v1/session/password", body)
    };
    change("not this one", "otra frase larga").expect(403);
    change(PASSWORD, "corta").expect(400);
    change(PASSWORD, "otra frase larga").expect(204);
    who(&door, &here).expect(200);
    who(&door, &there).expect(401);
    door.sign_in("lucia@alameda.example", PASSWORD).expect(401);
    door.sign_in("lucia@alameda.example", "otra frase larga").expect(200);

    let link = door.owner("POST", "/api/v1/users/lucia@alameda.example/reset", "").expect(201).json();
    let token = link["path"].as_str().unwrap().split_once("token=").unwrap().1;
    accept(&door, token, "una tercera frase").expect(200);
    who(&door, &here).expect(401);
    accept(&door, token, "una cuarta frase").expect(404);
    assert_eq!(door.get("/api/v1/users").json()["users"][0]["name"], "lucia");
}

#[test]
fn a_stranger_who_tries_is_slowed_and_locks_nobody_out() {
    let clock = HandClock::at(NOW);
    let door = door_at(&clock);
    door.person("lucia", "owner", None);
    let known = attempt(&door, "192.0.2.10", PASSWORD, None).expect(200).cookie("vivencia-browser").unwrap();
    for _ in 0..5 {
        attempt(&door, "203.0.113.5", "a wrong password", None).expect(401);
    }
    let slowed = attempt(&door, "203.0.113.5", PASSWORD, None).expect(429);
    assert_eq!(slowed.header("retry-after"), Some("1"));
    // Neither from another address nor, behind the same one, in a browser that is known.
    attempt(&door, "192.0.2.10", PASSWORD, None).expect(200);
    attempt(&door, "203.0.113.5", PASSWORD, Some(&known)).expect(200);
    // The cookie is of use to nobody else, nor to anybody who makes one up.
    attempt(&door, "203.0.113.5", PASSWORD, Some("viv_made_up")).expect(429);
    clock.pass(1_000);
    attempt(&door, "203.0.113.5", PASSWORD, None).expect(200);
}

#[test]
fn neither_passwords_nor_tokens_are_kept() {
    let door = Door::open();
    let session = door.person("lucia", "owner", None);
    let link = invite(&door, "marcos@alameda.example");
    let mut folders = vec![door.data_dir()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            for secret in [PASSWORD, &session, &link] {
                let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!is_there, "{secret} is in {}", path.display());
            }
        }
    }
}

#[test]
fn a_session_opens_nothing_of_collection() {
    let door = Door::open();
    let owner = door.person("lucia", "owner", None);
    door.with_session(&owner, "POST", "/v1/track", crate::door::TRACK).expect(401);
    let preflight = [("origin", "https://shop.example"), ("access-control-request-method", "POST")];
    let allowed = door.send(request("OPTIONS", "/v1/track", &preflight, ""));
    assert!(allowed.header("access-control-allow-credentials").is_none());
    let refused = door.send(request("OPTIONS", "/api/v1/session", &preflight, "")).expect(405);
    assert!(refused.header("access-control-allow-origin").is_none());
}

#[test]
fn a_key_says_who_it_is() {
    let door = Door::open();
    let key = door.with_key(&door.read_key, "GET", "/api/v1/session", "").expect(200).json();
    assert_eq!((&key["kind"], &key["scope"], &key["name"]), (&json!("key"), &json!("read"), &json!("analyst")));
    assert!(!key["permissions"].as_array().unwrap().contains(&json!("manage_keys")));
    door.with_key(&door.admin_key, "DELETE", "/api/v1/session", "").expect(403);
}
