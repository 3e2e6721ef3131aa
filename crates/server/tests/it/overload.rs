//! More than can be taken is refused in a way that clients know how to wait for, and nothing acknowledged is lost.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::door::{Door, basic};

fn batch(number: usize) -> String {
    let filler = "x".repeat(2_000);
    let events: Vec<_> = (0..10)
        .map(|index| {
            json!({"type": "track", "userId": "u", "event": "E", "messageId": format!("{number}-{index}"), "properties": {"filler": filler}})
        })
        .collect();
    json!({"batch": events}).to_string()
}

#[test]
fn a_full_queue_answers_503_with_whole_seconds() {
    let door = Door::open_with(|settings| settings.queue_bytes = 100_000);
    door.gate.close();
    let answers: Vec<_> = thread::scope(|scope| {
        let senders: Vec<_> = (0..24)
            .map(|number| {
                scope.spawn({
                    let door = &door;
                    move || door.collect("/v1/batch", batch(number))
                })
            })
            .collect();
        let waited = Instant::now();
        while senders.iter().filter(|sender| sender.is_finished()).count() < 10
            && waited.elapsed() < Duration::from_secs(10)
        {
            thread::sleep(Duration::from_millis(10));
        }
        door.gate.open();
        senders.into_iter().map(|sender| sender.join().unwrap()).collect()
    });
    let (accepted, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    assert!(!accepted.is_empty());
    assert!(refused.len() >= 10, "{} refused", refused.len());
    for answer in refused {
        let answer = answer.expect(503);
        assert!(answer.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
        assert_eq!(answer.json()["success"], false);
    }
    door.assert_counts(accepted.len() as u64 * 10, accepted.len() as u64 * 10, 0, 0);
}

#[test]
fn too_many_bodies_at_once_answer_503() {
    let door = Door::open_with(|settings| settings.body_bytes = 70_000);
    let answer = door.collect("/v1/batch", " ".repeat(140_000)).expect(503);
    assert_eq!(answer.header("retry-after"), Some("1"));
    assert_eq!(door.app.bodies.used_bytes(), 0);
    door.collect("/v1/track", r#"{"userId":"u","event":"E"}"#).expect(200);
}

#[test]
fn a_source_that_only_sends_what_is_dead_is_told_to_stop() {
    let door = Door::open_with(|settings| settings.dead_letter_bytes = 4_000);
    let sick = json!({"batch": vec![json!({"type": "track", "event": "x".repeat(400)}); 5]}).to_string();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let answer = door.collect("/v1/batch", sick.clone());
        if answer.status == 429 {
            assert!(answer.header("retry-after").unwrap().parse::<u64>().unwrap() >= 1);
        }
        statuses.push(answer.status);
    }
    assert_eq!(statuses.first(), Some(&200));
    assert_eq!(statuses.last(), Some(&429));
    let other = door.create_key("other shop", "collect");
    door.post("/v1/batch", &[("authorization", &basic(&other))], sick).expect(200);
}
