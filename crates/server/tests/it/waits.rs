//! Waits of which events say how long they were: wherever the property lies, they count as long as that.

use serde_json::{Value, json};

use crate::door::Door;

const DURATION: &str = "wait_seconds";

/// Thirty come to the shop, queue and order a day later. Of those who say how long they queued, most did for a minute and
/// three for half an hour or more; one says so in words, and one leaves without an order.
fn queued(laid_out: &[&str]) -> Door {
    let laid_out: Vec<String> = laid_out.iter().map(|name| (*name).to_owned()).collect();
    let door = Door::open_with(|settings| settings.timeline_properties = Some(laid_out));
    let mut batch = Vec::new();
    let mut add = |who: u32, event: &str, at: &str, properties: Value| {
        let id = format!("{who} {event}");
        batch.push(json!({"type": "track", "userId": format!("u{who}"), "event": event, "messageId": id,
            "timestamp": format!("2026-01-{at}:00Z"), "properties": properties}));
    };
    for who in 1..=30 {
        add(who, "Shop Visited", "05T10:00", json!({}));
        let waited = match who {
            30 => json!("long"),
            27..30 => json!(67 * who),
            _ => json!(60),
        };
        add(who, "Queue Waited", "05T10:20", json!({(DURATION): waited, "shop": "Sol"}));
        if who != 29 {
            add(who, "Order Completed", "06T10:20", json!({}));
        }
    }
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    say_what_waiting_is(&door, DURATION);
    door
}

fn say_what_waiting_is(door: &Door, property: &str) {
    let meaning = json!({"role": "wait", "wait_property": property}).to_string();
    door.owner("PUT", "/api/v1/activities/Queue%20Waited", meaning).expect(200);
}

/// An answer, and what was read for it.
fn ask(door: &Door, question: &str) -> (Value, Value) {
    let mut answer = door.get(&format!("/api/v1/journeys/{question}")).expect(200).json();
    let scanned = answer["over"].as_object_mut().unwrap().remove("scanned").unwrap_or(json!([]));
    // Identifiers say when the machine saw them.
    for customer in answer["customers"].as_array_mut().into_iter().flatten() {
        customer.as_object_mut().unwrap().remove("identifiers");
    }
    (answer, scanned)
}

fn told(answer: &Value, code: &str) -> Vec<String> {
    let findings = answer["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == code);
    findings.map(|finding| finding["detail"].as_str().unwrap().to_owned()).collect()
}

const EFFORT: &str = "effort?goal=Order%20Completed&weeks=0";
const FRICTIONS: &str = "frictions?goal=Order%20Completed&horizon=2d";

#[test]
fn effort_counts_what_events_say_of_waits() {
    let (laid_out, read) = (queued(&[DURATION]), queued(&[]));
    for is_sealed in [false, true] {
        let (answer, nothing) = ask(&laid_out, EFFORT);
        assert_eq!((ask(&read, EFFORT), nothing), ((answer.clone(), json!([DURATION])), json!([])), "{is_sealed}");
        let waiting = &answer["measures"][4];
        assert_eq!((&waiting["measure"], &waiting["p50"]), (&json!("waiting_ms"), &json!(60_000.0)));
        // 26 of a minute, 27 and 28 of what they say, and the one in words until the order.
        let all = f64::from(26 * 60 + 67 * (27 + 28) + 86_400) * 1_000.0 / 29.0;
        assert!((waiting["mean"].as_f64().unwrap() - all).abs() < 1e-6, "{waiting}");
        let detail = "some values of `wait_seconds` are no numbers of seconds; such waits last until the next event";
        assert_eq!(told(&answer, "value_not_a_number"), [detail]);
        let behind = "customers?goal=Order%20Completed&measure=waiting_ms&at_least=1000000";
        let (customers, scanned) = ask(&read, behind);
        assert_eq!((&customers["total"], scanned), (&json!(3), json!([DURATION])));
        assert_eq!(ask(&laid_out, behind).0, customers);
        [&laid_out, &read].into_iter().for_each(|door| door.app.log.seal().unwrap());
    }
}

#[test]
fn a_wait_that_is_said_is_a_friction_even_where_nothing_follows() {
    let (laid_out, read) = (queued(&[DURATION]), queued(&[]));
    let (answer, _) = ask(&laid_out, FRICTIONS);
    assert_eq!(ask(&read, FRICTIONS), (answer.clone(), json!([DURATION])));
    let friction = &answer["frictions"][0];
    assert_eq!((&friction["kind"], &friction["about"]), (&json!("wait"), &json!(["Queue Waited"])));
    assert_eq!(friction["customers"], 3, "u27 and u28, and u29 who left: {friction}");
    assert_eq!(friction["threshold"]["median_ms"], 60_000.0);
    let element = friction["element"].as_str().unwrap();
    assert_eq!(element, r#"["wait","Queue Waited"]"#);
    let behind = "customers?friction=%5B%22wait%22,%22Queue%20Waited%22%5D&goal=Order%20Completed&horizon=2d";
    for door in [&laid_out, &read] {
        assert_eq!(ask(door, behind).0["total"], 3);
    }
}

#[test]
fn without_what_events_say_a_wait_lasts_until_the_next_event() {
    let door = queued(&[]);
    say_what_waiting_is(&door, "wait_second");
    let (answer, _) = ask(&door, EFFORT);
    assert_eq!(answer["measures"][4]["p50"], 86_400_000.0);
    assert_eq!(told(&answer, "value_never_seen").len(), 1, "{answer}");
    let meaning = json!({"role": "wait"}).to_string();
    door.owner("PUT", "/api/v1/activities/Queue%20Waited", meaning).expect(200);
    let (unnamed, scanned) = ask(&door, EFFORT);
    assert_eq!((&unnamed["measures"], scanned), (&answer["measures"], json!([])));
    assert_eq!(ask(&door, FRICTIONS).0["frictions"], json!([]), "a day until the order is not unusual");
}

#[test]
fn nobody_hears_of_waits_outside_of_the_period() {
    let (answer, _) = ask(&queued(&[]), &format!("{EFFORT}&to=2026-01-05"));
    assert_eq!((&answer["runs"], told(&answer, "value_not_a_number").len()), (&json!(0), 0));
}
