//! Whatever arrives, nothing panics and nothing is lost.

use proptest::prelude::*;

use super::*;

/// Values that break readers of JSON or of events, each as JSON text.
fn poisonous_values() -> Vec<String> {
    let mut values: Vec<String> = [
        r#""\ud800""#,
        r#""\udfff""#,
        r#""\ud800\u0041""#,
        r#""\ud83d\ude00""#,
        r#""\u0000""#,
        "\"a\u{0}b\"",
        "\"\u{1}\"",
        r#""\q""#,
        r#""\u12g4""#,
        "1e400",
        "-1e400",
        "1e-400",
        "9223372036854775808",
        "-9223372036854775809",
        "18446744073709551616",
        "123456789012345678901234567890",
        "0.1e1",
        "-0",
        "01",
        "+1",
        ".5",
        "5.",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "undefined",
        "nul",
        "True",
        "''",
        "null",
        "true",
        "[]",
        "{}",
        "[[]]",
        r#"{"a":1,"a":2}"#,
        r#"{"":""}"#,
        r#""""#,
        r#"" ""#,
        r#""\u200b""#,
        r#""-1""#,
        r#""0000""#,
        r#""anonymous""#,
        r#""NULL""#,
        r#""2026-02-30T00:00:00Z""#,
        r#""0000-01-01T00:00:00Z""#,
        r#""9999-12-31T23:59:59Z""#,
        r#""+275760-09-13T00:00:00.000Z""#,
        r#""1969-12-31T23:59:59Z""#,
        r#""2100-01-01T00:00:00Z""#,
        "-1",
        "0",
        "99999999999999999999",
        r#""%""#,
        r#""%%4%40%""#,
        r#""@@@@@@""#,
        r#""a@b@c.es@d.es""#,
        "\"\u{feff}\"",
        "\"\u{202e}\"",
    ]
    .map(str::to_owned)
    .to_vec();
    values.push(format!("\"{}\"", "x".repeat(600)));
    values.push(format!("\"{}\"", "😀".repeat(300)));
    values.push(format!("\"{}\"", "x".repeat(40_000)));
    values.push(format!("{}{}", "[".repeat(120), "]".repeat(120)));
    values.push(format!("{}1{}", r#"{"a":"#.repeat(101), "}".repeat(101)));
    values.push(format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)));
    values.push(format!("{{{}}}", (0..2_000).map(|key| format!(r#""k{key}":{key}"#)).collect::<Vec<_>>().join(",")));
    values.push(format!("{{{}}}", (0..2_000).map(|_| r#""k":1"#).collect::<Vec<_>>().join(",")));
    values.push(format!("\"{}\"", "%40".repeat(2_000)));
    values.push(format!("\"{}\"", "a@b.es ".repeat(1_000)));
    values
}

fn bodies() -> Vec<String> {
    let members = |name: &str, value: &str| {
        let known = [("type", "\"track\""), ("event", "\"A\""), ("userId", "\"u-1001\""), ("messageId", "\"m\"")];
        let others: Vec<String> = known
            .iter()
            .filter(|(known, _)| *known != name)
            .map(|(name, value)| format!(r#""{name}":{value}"#))
            .collect();
        format!(r#"{{{},"{name}":{value}}}"#, others.join(","))
    };
    let fields = [
        "type",
        "event",
        "userId",
        "anonymousId",
        "messageId",
        "timestamp",
        "sentAt",
        "properties",
        "context",
        "traits",
        "x",
    ];
    let mut bodies = Vec::new();
    for value in poisonous_values() {
        bodies.extend(fields.iter().map(|field| members(field, &value)));
        bodies.push(members(
            "properties",
            &format!(r#"{{"revenue":{value},"currency":"EUR","order_id":{value},"p":{value}}}"#),
        ));
        bodies.push(members(
            "context",
            &format!(r#"{{"ip":{value},"traits":{{"email":{value}}},"device":{value},"externalIds":{value}}}"#),
        ));
        bodies.push(value);
    }
    bodies
}

fn check(body: &[u8]) -> Result<(), TestCaseError> {
    let settings = IntakeSettings::default();
    for call in [None, Some(EventKind::Page)] {
        let Ok(batch) = read_batch(body, call, NOON, &settings) else { continue };
        prop_assert_eq!(batch.received, (batch.events.len() + batch.dead.len()) as u64);
        for event in &batch.events {
            prop_assert!(!event.identifiers.is_empty());
            prop_assert_eq!(event.activity.is_some(), event.kind.is_activity());
            prop_assert!((0..domain::time::MAX_INSTANT_MS).contains(&event.occurred_at));
            for text in [Some(&event.properties), Some(&event.context), event.personal.as_ref(), event.traits.as_ref()]
            {
                let value = text.map(|text| serde_json::from_str::<serde_json::Value>(text));
                prop_assert!(value.is_none_or(|value| value.is_ok_and(|value| value.is_object())), "{:?}", text);
                prop_assert!(!text.is_some_and(|text| text.contains("\\u0000")));
            }
        }
        for letter in &batch.dead {
            prop_assert!(!letter.raw.is_empty());
            let again = read_one(&letter.raw, &letter.recipe, letter.received_at, &settings);
            prop_assert_eq!(again.map_err(|letter| letter.code), Err(letter.code), "{:?}", letter);
        }
    }
    Ok(())
}

#[test]
fn every_poisonous_event_is_stored_or_a_dead_letter_and_its_neighbours_are_stored() {
    let bodies = bodies();
    assert!(bodies.len() > 200);
    let good = r#"{"type":"track","event":"Good","userId":"u-1001"}"#;
    let (mut stored, mut dead) = (0, 0);
    for body in &bodies {
        check(body.as_bytes()).unwrap();
        let batch = format!(r#"{{"batch":[{good},{body},{good}]}}"#);
        let batch = read_batch(batch.as_bytes(), None, NOON, &IntakeSettings::default()).unwrap_or_else(|error| {
            panic!("{error}: {}", body.chars().take(200).collect::<String>());
        });
        assert_eq!(batch.received, 3);
        assert!(batch.events.len() >= 2, "{}", body.chars().take(200).collect::<String>());
        stored += batch.events.len() - 2;
        dead += batch.dead.len();
    }
    assert_eq!(stored + dead, bodies.len());
    assert!(stored > 200 && dead > 200, "{stored} stored, {dead} dead");
}

#[test]
fn k_bad_events_of_a_thousand_are_k_dead_letters() {
    for bad in ["{}", "NaN", r#"{"type":"track","event":"A"}"#, r#"{"type":"track","event":"A","userId":"\ud800"}"#] {
        for k in [0, 1, 999, 1_000] {
            let good = r#"{"type":"track","event":"A","userId":"u-1001"}"#;
            let events: Vec<&str> = (0..1_000).map(|index| if index * 7 % 1_000 < k { bad } else { good }).collect();
            let batch = read(&format!(r#"{{"batch":[{}]}}"#, events.join(",")));
            assert_eq!((batch.dead.len(), batch.events.len()), (k, 1_000 - k), "{bad}");
            assert!(batch.dead.iter().all(|letter| events[letter.index as usize] == bad));
        }
    }
}

#[test]
fn what_a_batch_shares_can_be_poisonous_too() {
    for value in poisonous_values() {
        for name in ["context", "integrations", "sentAt", "writeKey", "messageId", "other"] {
            for value in [value.clone(), format!(r#"{{"x":{value}}}"#)] {
                let body = format!(
                    r#"{{"{name}":{value},"batch":[{{"type":"track","event":"A","userId":"u-1","context":{{"a":1}}}},{{"type":"page","userId":"u-1"}}]}}"#
                );
                check(body.as_bytes()).unwrap();
                assert_eq!(read(&body).received, 2);
            }
        }
    }
    let mut body = br#"{"context":{"a":"x"#.to_vec();
    body.extend(b"\xff\xfe\"},\"batch\":[{\"type\":\"page\",\"userId\":\"u-1\"}]}");
    let batch = read_batch(&body, None, NOON, &IntakeSettings::default()).unwrap();
    assert_eq!((batch.events.len(), batch.dead.len()), (1, 0));
}

#[test]
fn a_million_members_are_no_stall() {
    let members: Vec<String> = (0..1_000_000).map(|key| format!("\"{key}\":1")).collect();
    let body = format!(r#"{{"batch":[{{{}}}]}}"#, members.join(","));
    assert_eq!(only(read(&body)), Err(DeadCode::TooLarge));
    let small: Vec<String> = (0..3_000).map(|key| format!("\"{key}\":1")).collect();
    let event = track(&format!(r#","properties":{{{}}}"#, small.join(",")));
    assert_eq!(event.properties.matches(':').count(), 3_000);
}

#[test]
fn large_objects_are_merged_and_searched_in_time_that_grows_with_their_size() {
    let members = |from: usize| (from..from + 1_200).map(|key| format!("\"k{key}\":1")).collect::<Vec<_>>().join(",");
    let ids: Vec<String> = (0..10).map(|id| format!(r#"{{"type":"card{id}","id":"identifier-{id}"}}"#)).collect();
    let event = format!(
        r#"{{"type":"track","event":"A","userId":"u-1001","context":{{{},"externalIds":[{}]}}}}"#,
        members(600),
        ids.join(",")
    );
    let body = format!(r#"{{"context":{{{}}},"batch":[{}]}}"#, members(0), vec![event; 200].join(","));
    let started = std::time::Instant::now();
    let batch = read(&body);
    assert_eq!(batch.events.len(), 200);
    assert_eq!(batch.events[0].context.matches("\"k").count(), 1_800);
    assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
}

/// Bytes that are often a body.
fn nearly_a_body() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(br#"{"type":"track","event":"A","userId":"u-1001","#.to_vec()),
        Just(br#"{"batch":["#.to_vec()),
        Just(br#""properties":{"#.to_vec()),
        Just(br#""context":{"ip":"1.2.3.4"},"#.to_vec()),
        Just(br#""a":"x@y.es""#.to_vec()),
        Just(br#""traits":{"email":"a@b.es"}"#.to_vec()),
        Just(b"}".to_vec()),
        Just(b"]".to_vec()),
        Just(b",".to_vec()),
        Just(b"\"".to_vec()),
        Just(b"null".to_vec()),
        prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_panic_and_none_are_lost(body in nearly_a_body()) {
        check(&body)?;
    }

    #[test]
    fn bytes_inside_an_event_are_stored_or_dead(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let mut body = br#"{"batch":[{"type":"track","event":"A","userId":"u-1001","properties":{"a":""#.to_vec();
        body.extend(&bytes);
        body.extend(br#""}}]}"#);
        check(&body)?;
    }
}
