//! Watching what arrives: messages as they come, a bounded number of watchers, an end when the key is revoked.

use serde_json::Value;

use crate::door::{Door, TRACK, basic, request};

fn watch(door: &Door) -> axum::http::Request<axum::body::Body> {
    request("GET", "/api/v1/live", &[("authorization", &format!("Bearer {}", door.read_key))], "")
}

/// The data of the messages of one kind.
fn messages(text: &str, kind: &str) -> Vec<Value> {
    let parts = text.split("\n\n").filter_map(|part| part.strip_prefix(&format!("event: {kind}\ndata: ")));
    parts.map(|data| serde_json::from_str(data).unwrap()).collect()
}

#[test]
fn a_watcher_is_told_what_is_at_hand_and_then_what_arrives() {
    let door = Door::open();
    door.collect("/v1/track", TRACK).expect(200);
    let collecting = basic(&door.collect_key);
    let text = std::thread::scope(|scope| {
        let later = scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(700));
            let batch = r#"{"batch":[{"type":"track","userId":"luis","event":"Coupon Denied","messageId":"m-2",
                "properties":{"channel":"web"}},{"type":"track","event":"Nobody"}]}"#;
            door.post("/v1/batch", &[("authorization", &collecting)], batch).expect(200);
        });
        let text = door.read_until(watch(&door), "event: dead");
        later.join().unwrap();
        text
    });
    assert!(text.starts_with("retry: 3000\n\n"), "{text}");
    let events = messages(&text, "events");
    assert_eq!(events[0]["events"][0]["activity"], "Order Completed");
    let coupon = &events[1]["events"][0];
    assert_eq!((&coupon["activity"], &coupon["channel"]), (&Value::from("Coupon Denied"), &Value::from("web")));
    assert_eq!((&coupon["source"], &events[1]["left_out"]), (&Value::from("shop"), &Value::from(0)));
    assert!(coupon["customer"].as_str().unwrap().starts_with("cus_"));
    assert!(!text.contains("luis"), "what a customer is known by is not told");
    assert_eq!(messages(&text, "counts").last().unwrap()["dead"], 1);
    assert_eq!(messages(&text, "dead")[0]["dead_letters"][0]["code"], "missing_identifier");
}

#[test]
fn many_events_at_once_are_told_by_their_newest_and_their_number() {
    let door = Door::open();
    let days: Vec<_> =
        (0..130).map(|number| (["ana", "luis"][number % 2], "Shop Visited", 1 + number as u32 / 5)).collect();
    let text = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(300));
            door.lived(&days);
        });
        door.read_until(watch(&door), "event: events")
    });
    let told = &messages(&text, "events")[0];
    assert_eq!(told["events"].as_array().unwrap().len(), 50);
    assert_eq!(told["left_out"], 80);
}

#[test]
fn only_so_many_may_watch_and_places_are_given_back() {
    let door = Door::open();
    let bodies: Vec<_> = (0..64).map(|_| door.open_body(watch(&door))).collect();
    let refused = door.send(watch(&door)).expect(429);
    assert!(refused.json()["detail"].as_str().unwrap().contains("64 watch already"));
    drop(bodies);
    for _ in 0..100 {
        if door.status_of(watch(&door)) == 200 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("no place was given back");
}

#[test]
fn watching_ends_when_the_server_stops() {
    let door = Door::open();
    let answer = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(300));
            door.app.close().unwrap();
        });
        door.send(watch(&door)).expect(200)
    });
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    assert_eq!(answer.header("x-accel-buffering"), Some("no"));
}
