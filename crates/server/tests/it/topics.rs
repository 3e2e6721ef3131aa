//! Topics that an analyst edits: checked among the comments that there are, kept, and read by from then on.

use serde_json::{Value, json};

use crate::door::Door;

fn say(door: &Door, customer: &str, day: &str, comment: &str) {
    let event = json!({
        "type": "track", "userId": customer, "event": "Survey Answered", "timestamp": format!("{day}T10:00:00Z"),
        "messageId": format!("{customer}-{day}"), "properties": {"comment": comment},
    });
    door.collect("/v1/track", event.to_string()).expect(200);
}

fn found(door: &Door, topic: &str) -> u64 {
    door.get(&format!("/api/v1/comments?topic={topic}")).expect(200).json()["total"].as_u64().unwrap()
}

fn loyalty() -> Value {
    json!({
        "id": "loyalty", "name": {"es": "Puntos del club", "en": "Loyalty points"},
        "expressions": {"es": ["puntos del club", "fideliz*"], "en": ["loyalty"]},
        "examples": {"es": ["Los puntos del club caducan enseguida"], "en": []},
    })
}

fn set(door: &Door, version: u64, topics: &[Value]) -> Value {
    let body = json!({"version": version, "topics": topics});
    door.owner("PUT", "/api/v1/topics", body.to_string()).expect(200).json()
}

/// A door with a few comments, of which two speak of points.
fn commented() -> Door {
    let door = Door::open();
    say(&door, "ana", "2026-03-01", "Los puntos del club no sirven para nada, llámenme al 612 345 678");
    say(&door, "luis", "2026-03-02", "La tarjeta de fidelización es muy útil");
    say(&door, "eva", "2026-03-03", "La espera fue larga");
    say(&door, "leo", "2026-03-04", "Vaya plantón nos dieron en la tienda");
    door
}

#[test]
fn a_draft_is_checked_and_nothing_is_kept() {
    let door = commented();
    let mut draft = loyalty();
    draft["expressions"]["es"].as_array_mut().unwrap().push(json!("carnet"));
    draft["examples"]["en"] = json!(["The staff was friendly"]);
    let checked = door.owner("POST", "/api/v1/topics/check", draft.to_string()).expect(200).json();
    assert_eq!((&checked["read"], &checked["total"]), (&json!(4), &json!(4)));
    assert_eq!((&checked["found"], &checked["gained"], &checked["lost"]), (&json!(2), &json!(2), &json!(0)));
    let by_expression: Vec<(&str, u64)> = checked["expressions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|each| (each["expression"].as_str().unwrap(), each["comments"].as_u64().unwrap()))
        .collect();
    assert_eq!(by_expression, [("puntos del club", 1), ("fideliz*", 1), ("carnet", 0), ("loyalty", 0)]);
    assert_eq!(checked["missed"], json!([{"language": "en", "example": "The staff was friendly"}]));
    assert_eq!(checked["comments"].as_array().unwrap().len(), 2);
    assert_eq!(found(&door, "loyalty"), 0);
    assert_eq!(door.get("/api/v1/topics").json()["version"], 0);
}

#[test]
fn what_is_checked_is_what_a_change_brings_and_stored_comments_are_read_again() {
    let door = commented();
    let before = door.exported();
    assert_eq!((found(&door, "loyalty"), found(&door, "waiting")), (0, 1));
    let waiting = json!({"id": "waiting", "expressions": {"es": ["plantón"], "en": []}});
    let topics = set(&door, 0, &[loyalty(), waiting]);
    assert_eq!((&topics["version"], topics["updated_by"].as_str().is_some()), (&json!(1), true));
    assert_eq!((found(&door, "loyalty"), found(&door, "waiting")), (2, 2));
    assert_eq!(door.get("/api/v1/comments?topic=loyalty").json()["topics_version"], 1);
    let themes = door.get("/api/v1/comments/themes").expect(200).json();
    assert!(themes["themes"].as_array().unwrap().iter().any(|theme| theme["topic"] == "loyalty"), "{themes}");
    assert_eq!(door.exported(), before, "events never change");
    // Those that come from now on say so themselves.
    say(&door, "iris", "2026-03-05", "Los puntos del club caducan cada año");
    let read =
        door.exported().into_iter().find(|event| event["properties"]["comment"].as_str().unwrap().contains("caducan"));
    assert!(read.unwrap()["properties"]["comment_topics"].as_str().unwrap().contains("loyalty:"));
    assert_eq!(found(&door, "loyalty"), 3);
    // And back.
    set(&door, 1, &[]);
    assert_eq!((found(&door, "loyalty"), found(&door, "waiting")), (0, 1));
}

#[test]
fn a_hidden_topic_is_not_found_and_is_still_listed() {
    let door = commented();
    let hidden = json!({"id": "waiting", "is_hidden": true});
    let checked = door.owner("POST", "/api/v1/topics/check", hidden.to_string()).expect(200).json();
    assert_eq!((&checked["found"], &checked["lost"]), (&json!(0), &json!(1)));
    let topics = set(&door, 0, &[hidden]);
    assert_eq!(found(&door, "waiting"), 0);
    let waiting = topics["topics"].as_array().unwrap().iter().find(|topic| topic["id"] == "waiting").unwrap();
    assert_eq!((&waiting["is_hidden"], &waiting["name"]["es"]), (&json!(true), &json!("Espera")));
    assert!(waiting["shipped"]["expressions"]["es"].as_array().unwrap().len() > 10);
}

#[test]
fn what_cannot_be_kept_says_what_to_do() {
    let door = commented();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut topic = loyalty();
        change(&mut topic);
        topic
    };
    for (topics, sentence) in [
        (vec![with(&|it| it["id"] = json!("Loyalty points"))], "use lower-case letters"),
        (vec![with(&|it| it["name"]["en"] = json!(" "))], "both languages"),
        (vec![with(&|it| it["expressions"] = json!({}))], "no expression"),
        (vec![with(&|it| it["expressions"]["es"] = json!(["pu*"]))], "at least three letters"),
        (vec![with(&|it| it["examples"]["es"] = json!(["La espera fue larga"]))], "add an expression that is in it"),
        (vec![with(&|it| it["name"]["es"] = json!("x".repeat(61)))], "at most 60"),
        (vec![loyalty(), loyalty()], "two topics `loyalty`"),
    ] {
        let body = json!({"version": 0, "topics": topics});
        let answer = door.owner("PUT", "/api/v1/topics", body.to_string()).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(sentence), "{answer}");
    }
    set(&door, 0, &[loyalty()]);
    let late = json!({"version": 0, "topics": []});
    let answer = door.owner("PUT", "/api/v1/topics", late.to_string()).expect(409).json();
    assert_eq!(answer["code"], "changed_meanwhile");
    assert_eq!(found(&door, "loyalty"), 2);
}

#[test]
fn analysts_change_topics_and_whoever_is_bound_only_reads_their_names() {
    let door = commented();
    let analyst = door.person("iris", "analyst", None);
    let body = json!({"version": 0, "topics": [loyalty()]}).to_string();
    door.with_session(&analyst, "PUT", "/api/v1/topics", body.clone()).expect(200);
    door.owner("PUT", "/api/v1/units", json!({"units": [{"name": "ES-1"}]}).to_string()).expect(200);
    let bound = door.create_bound_key("till", "ES-1");
    let names = door.with_key(&bound, "GET", "/api/v1/topics", "").expect(200).json();
    assert!(names["topics"].as_array().unwrap().iter().any(|topic| topic["name"]["en"] == "Loyalty points"));
    door.with_key(&bound, "PUT", "/api/v1/topics", body).expect(403);
    door.with_key(&bound, "POST", "/api/v1/topics/check", loyalty().to_string()).expect(403);
    let audit = door.owner("GET", "/api/v1/audit", "").expect(200).json();
    assert!(audit.to_string().contains("topics.update"), "{audit}");
    // What is personal is masked for analysts here too.
    let checked = door.with_session(&analyst, "POST", "/api/v1/topics/check", loyalty().to_string()).expect(200).json();
    assert!(checked.to_string().contains("[phone]") && !checked.to_string().contains("612 345 678"), "{checked}");
}
