mod fields;
mod poison;
mod privacy;

use super::*;

/// 2026-03-29T12:00:00Z.
const NOON: i64 = 1_774_785_600_000;

fn read(body: &str) -> Batch {
    read_batch(body.as_bytes(), None, NOON, &IntakeSettings::default()).unwrap()
}

/// The only event of a track call with these members beside its name and a user.
fn track(members: &str) -> IncomingEvent {
    read_track(members, &IntakeSettings::default()).unwrap()
}

fn read_track(members: &str, settings: &IntakeSettings) -> Result<IncomingEvent, DeadCode> {
    let body = format!(r#"{{"type":"track","event":"Order Completed","userId":"u-1001","messageId":"m1"{members}}}"#);
    only(read_batch(body.as_bytes(), None, NOON, settings).unwrap())
}

fn only(batch: Batch) -> Result<IncomingEvent, DeadCode> {
    assert_eq!(batch.received, 1);
    assert_eq!(batch.events.len() + batch.dead.len(), 1);
    match batch.dead.first() {
        Some(letter) => Err(letter.code),
        None => Ok(batch.events.into_iter().next().unwrap()),
    }
}

fn identifiers(event: &IncomingEvent) -> Vec<String> {
    event.identifiers.iter().map(ToString::to_string).collect()
}

#[test]
fn a_bad_event_is_a_dead_letter_and_its_batch_goes_on() {
    let good = |name: &str| format!(r#"{{"type":"track","event":"{name}","userId":"u-1001"}}"#);
    let bad = [
        (r#"{"type":"track","userId":"u1"}"#, DeadCode::MissingName),
        (r#"{"type":"track","event":"  ","userId":"u1"}"#, DeadCode::MissingName),
        (r#"{"type":"track","event":null,"userId":"u1"}"#, DeadCode::MissingName),
        (r#"{"type":"track","event":7,"userId":"u1"}"#, DeadCode::InvalidField),
        (r#"{"type":"track","event":"A"}"#, DeadCode::MissingIdentifier),
        (r#"{"type":"track","event":"A","userId":null,"anonymousId":null}"#, DeadCode::MissingIdentifier),
        (r#"{"type":"track","event":"A","userId":""}"#, DeadCode::BlockedIdentifier),
        (r#"{"type":"track","event":"A","userId":"-1","anonymousId":"000-000"}"#, DeadCode::BlockedIdentifier),
        (r#"{"type":"track","event":"A","userId":{"id":1}}"#, DeadCode::InvalidField),
        (r#"{"type":"track","event":"A","userId":true}"#, DeadCode::InvalidField),
        (r#"{"type":"purchase","userId":"u1"}"#, DeadCode::UnknownKind),
        (r#"{"type":7,"userId":"u1"}"#, DeadCode::UnknownKind),
        (r#"{"event":"A","userId":"u1"}"#, DeadCode::UnknownKind),
        (r#"{"type":"track","event":"A","userId":"u1","timestamp":"soon"}"#, DeadCode::InvalidTime),
        (r#"{"type":"track","event":"A","userId":"u1","timestamp":true}"#, DeadCode::InvalidTime),
        (r#"{"type":"track","event":"A","userId":"u1","timestamp":"0000-01-01T00:00:00Z"}"#, DeadCode::TimeOutOfRange),
        (r#"{"type":"track","event":"A","userId":"u1","timestamp":"9999-12-31T23:59:59Z"}"#, DeadCode::TimeOutOfRange),
        (r#"{"type":"track","event":"A","userId":"u1","properties":[1]}"#, DeadCode::InvalidField),
        (r#"{"type":"track","event":"A","userId":"u1","context":"x"}"#, DeadCode::InvalidField),
        (r#"{"type":"track","event":"A","userId":"u1","messageId":["m"]}"#, DeadCode::InvalidField),
        (r#"{"type":"track","event":"A","userId":"u1","properties":{"a":"\ud800"}}"#, DeadCode::InvalidJson),
        (r#"{"type":"track","event":"A","userId":"u1","properties":{"a":1e400}}"#, DeadCode::InvalidJson),
        (r#"{"type":"track","event":"A","userId":"u1","properties":{"a":NaN}}"#, DeadCode::InvalidJson),
        (r#"{"type":"track","event":"A","userId":"u1","properties":{"a":"\u0000"}}"#, DeadCode::NullCharacter),
        (r#"{"type":"track","event":"A","userId":"u\u0000"}"#, DeadCode::NullCharacter),
        ("7", DeadCode::InvalidJson),
        ("null", DeadCode::InvalidJson),
        ("[]", DeadCode::InvalidJson),
        (r#""text""#, DeadCode::InvalidJson),
        ("{}", DeadCode::UnknownKind),
    ];
    for (event, code) in bad {
        let body = format!(r#"{{"batch":[{},{event},{}]}}"#, good("First"), good("Last"));
        let batch = read(&body);
        assert_eq!(batch.received, 3, "{event}");
        let names: Vec<_> = batch.events.iter().map(|event| event.activity.as_deref().unwrap()).collect();
        assert_eq!(names, ["First", "Last"], "{event}");
        let [letter] = &batch.dead[..] else { panic!("{event}") };
        assert_eq!((letter.code, letter.index, &letter.raw[..]), (code, 1, event.as_bytes()), "{event}");
        assert!(!letter.detail.is_empty());
        assert_eq!((letter.received_at, letter.recipe.as_str()), (NOON, "segment"));
    }
}

#[test]
fn sizes_have_their_limits() {
    let event = |message_id: String, padding: usize| {
        let filling = "x".repeat(padding);
        format!(
            r#"{{"type":"track","event":"A","userId":"u1","messageId":"{message_id}","properties":{{"p":"{filling}"}}}}"#
        )
    };
    assert!(only(read(&event("m".repeat(256), 0))).is_ok());
    assert!(only(read(&event("é".repeat(256), 0))).is_ok());
    assert_eq!(only(read(&event("m".repeat(257), 0))), Err(DeadCode::MessageIdTooLong));
    let room = LARGEST_EVENT - event("m".to_owned(), 0).len();
    assert!(only(read(&event("m".to_owned(), room))).is_ok());
    assert_eq!(only(read(&event("m".to_owned(), room + 1))), Err(DeadCode::TooLarge));
    let long = "u".repeat(513);
    assert_eq!(only(read(&format!(r#"{{"type":"identify","userId":"{long}"}}"#))), Err(DeadCode::IdentifierTooLong));

    let many = |count: usize| format!(r#"{{"batch":[{}]}}"#, vec!["{}"; count].join(","));
    assert_eq!(read(&many(MOST_EVENTS)).dead.len(), MOST_EVENTS);
    let refused = read_batch(many(MOST_EVENTS + 1).as_bytes(), None, NOON, &IntakeSettings::default());
    assert_eq!(refused, Err(EnvelopeError::TooManyEvents { received: 10_001, limit: 10_000 }));
}

#[test]
fn a_shared_context_cannot_be_made_to_fill_the_memory() {
    let context = format!(r#"{{"a":"{}"}}"#, "x".repeat(30_000));
    let body = format!(r#"{{"context":{context},"batch":[{}]}}"#, vec!["{}"; 9_000].join(","));
    let refused = read_batch(body.as_bytes(), None, NOON, &IntakeSettings::default());
    assert!(
        matches!(refused, Err(EnvelopeError::TooManyEvents { received: 9_000, limit: 1_000..=1_200 })),
        "{refused:?}"
    );
}

#[test]
fn nesting_of_a_hundred_levels_is_the_most() {
    let nested = |levels: usize| {
        let value = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        format!(r#"{{"batch":[{{"type":"track","event":"A","userId":"u1","properties":{{"p":{value}}}}}]}}"#)
    };
    assert!(only(read(&nested(98))).is_ok());
    assert_eq!(only(read(&nested(99))), Err(DeadCode::TooDeep));
    assert_eq!(only(read(&nested(15_000))), Err(DeadCode::TooDeep));
    let abyss = format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(only(read(&abyss)), Err(DeadCode::TooLarge), "size comes before depth");
}

#[test]
fn only_a_body_without_structure_is_refused() {
    for (body, says) in [
        ("", "byte 0"),
        ("hello", "expected an object or a list"),
        (r#"{"batch":[{}"#, "byte 12"),
        (r#"{"batch":[{}]} x"#, "byte 15"),
        (r#"{"batch":{}}"#, "`batch` at byte 9 is not a list"),
        (r#"{"batch":[{"type" "track"}]}"#, "byte 18"),
        ("{}", "neither a `batch` nor the `type`"),
        ("\u{feff}{\"batch\":7}", "byte 12"),
        ("7", "expected an object or a list"),
        ("\u{0}", "expected an object"),
    ] {
        match read_batch(body.as_bytes(), None, NOON, &IntakeSettings::default()) {
            Err(EnvelopeError::Unparsable(detail)) => assert!(detail.contains(says), "{body}: {detail}"),
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[test]
fn bodies_come_in_three_shapes() {
    let event = r#"{"type":"track","event":"A","userId":"u-1001"}"#;
    for body in [
        event.to_owned(),
        format!("[{event}]"),
        format!(r#"{{"batch":[{event}]}}"#),
        format!("\u{feff} {{\"batch\" : [ {event} ] }} \n"),
        format!(r#"{{"batch":[1,2,3],"batch":[{event}]}}"#),
        format!(r#"{{"batch":[{event}],"sentAt":null,"writeKey":null,"context":null,"messageId":"b"}}"#),
    ] {
        assert_eq!(read(&body).events.len(), 1, "{body}");
    }
    assert_eq!(read(r#"{"batch":[]}"#), Batch::default());
}

#[test]
fn the_path_gives_the_kind_of_a_single_call() {
    let settings = IntakeSettings::default();
    for kind in EventKind::ALL {
        let body = r#"{"event":"A","userId":"u1","type":"page"}"#;
        let event = only(read_batch(body.as_bytes(), Some(kind), NOON, &settings).unwrap()).unwrap();
        assert_eq!(event.kind, kind);
    }
    let empty = read_batch(b"{}", Some(EventKind::Track), NOON, &settings).unwrap();
    assert_eq!(only(empty), Err(DeadCode::MissingName), "an empty call is a dead letter, not a broken body");
}

#[test]
fn the_key_is_found_in_the_body_or_in_its_first_event() {
    let event = r#"{"type":"track","event":"A","userId":"u1","writeKey":"inner"}"#;
    let key = |body: &str| read(body).write_key;
    assert_eq!(key(&format!(r#"{{"writeKey":"outer","batch":[{event}]}}"#)).as_deref(), Some("outer"));
    assert_eq!(key(&format!(r#"{{"batch":[{event}]}}"#)).as_deref(), Some("inner"));
    assert_eq!(key(event).as_deref(), Some("inner"));
    assert_eq!(key(r#"{"batch":[{}],"writeKey":""}"#), None);
    assert_eq!(key(r#"{"batch":[{}],"writeKey":7}"#), None);
    assert!(!read(event).events[0].context.contains("inner"), "a key is no part of an event");
}

#[test]
fn only_events_whose_bytes_are_not_utf8_suffer_from_them() {
    let good = r#"{"type":"track","event":"Café","userId":"u-1001"}"#;
    let mut body = format!(r#"{{"batch":[{good},{{"type":"track","event":"Caf"#).into_bytes();
    body.extend(b"\xe9\",\"userId\":\"u1\"},");
    body.extend(format!("{good}]}}").bytes());
    let batch = read_batch(&body, None, NOON, &IntakeSettings::default()).unwrap();
    assert_eq!((batch.events.len(), batch.dead.len(), batch.received), (2, 1, 3));
    assert_eq!(batch.events[1].activity.as_deref(), Some("Café"));
    assert_eq!((batch.dead[0].code, batch.dead[0].index), (DeadCode::InvalidUtf8, 1));
    assert!(batch.dead[0].raw.windows(4).any(|bytes| bytes == b"Caf\xe9"));
    assert!(batch.dead[0].detail.contains("byte 28 of the event"), "{}", batch.dead[0].detail);
}

#[test]
fn what_a_batch_says_is_merged_into_its_events_and_the_event_wins() {
    let batch = read(
        r#"{"context":{"library":{"name":"analytics-go","version":"3"},"locale":"es-ES","app":{"name":"Shop","build":"7"}},
            "integrations":{"All":true},"sentAt":"2026-03-29T12:00:00Z",
            "batch":[{"type":"track","event":"A","userId":"u-1001","timestamp":"2026-03-29T11:59:00Z"},
                     {"type":"track","event":"B","userId":"u-1001","integrations":{"All":false},
                      "context":{"locale":"en-GB","app":{"build":"8"},"library":null}}]}"#,
    );
    let context = |event: &IncomingEvent| serde_json::from_str::<serde_json::Value>(&event.context).unwrap();
    assert_eq!(
        context(&batch.events[0]),
        serde_json::json!({"library": {"name": "analytics-go", "version": "3"}, "locale": "es-ES",
            "app": {"name": "Shop", "build": "7"}, "_extra": {"integrations": {"All": true}}})
    );
    assert_eq!(
        context(&batch.events[1]),
        serde_json::json!({"library": {"name": "analytics-go", "version": "3"}, "locale": "en-GB",
            "app": {"name": "Shop", "build": "8"}, "_extra": {"integrations": {"All": false}}})
    );
}

#[test]
fn a_dead_letter_can_be_read_again_with_what_its_batch_said() {
    let body = r#"{"sentAt":"2026-03-29T11:00:00.000Z","context":{"library":{"name":"analytics.js"},"locale":"es-ES"},
        "integrations":{"All":true},
        "batch":[{"type":"track","event":"A","userId":"0","messageId":"m1","timestamp":"2026-03-29T10:59:00.000Z"}]}"#;
    let batch = read(body);
    let letter = &batch.dead[0];
    assert!(
        letter.recipe.starts_with(r#"{"format":"segment","sentAt":"2026-03-29T11:00:00.000Z""#),
        "{}",
        letter.recipe
    );
    let again = read_one(&letter.raw, &letter.recipe, letter.received_at, &IntakeSettings::default()).unwrap_err();
    assert_eq!((again.code, &again.raw, &again.recipe), (letter.code, &letter.raw, &letter.recipe));

    // As if zero were no longer a blocked value.
    let mended = String::from_utf8(letter.raw.clone()).unwrap().replace(r#""0""#, r#""u-1001""#);
    let event = read_one(mended.as_bytes(), &letter.recipe, letter.received_at, &IntakeSettings::default()).unwrap();
    let direct = only(read(&body.replace(r#""0""#, r#""u-1001""#))).unwrap();
    assert_eq!(event, direct);
    assert_eq!((event.occurred_at, event.channel.as_deref()), (NOON - 60_000, Some("web")));

    let single = read_batch(b"{\"userId\":\"u1\"}", Some(EventKind::Track), NOON, &IntakeSettings::default()).unwrap();
    let letter = &single.dead[0];
    let again = read_one(br#"{"event":"A","userId":"u1"}"#, &letter.recipe, NOON, &IntakeSettings::default()).unwrap();
    assert_eq!(again.kind, EventKind::Track);

    for recipe in ["", "csv", "{}", r#"{"format":"csv"}"#] {
        let refused = read_one(b"{}", recipe, NOON, &IntakeSettings::default()).unwrap_err();
        assert_eq!(refused.code, DeadCode::InvalidField, "{recipe}");
    }
    assert_eq!(read_one(b"{", "segment", NOON, &IntakeSettings::default()).unwrap_err().code, DeadCode::InvalidJson);
}
