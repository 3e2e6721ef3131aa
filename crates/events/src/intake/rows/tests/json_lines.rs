//! Files of one JSON object a line.

use super::*;

#[test]
fn lines_that_are_calls_are_read_as_calls_without_correction_of_their_time() {
    let file = "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u-1001\",\"messageId\":\"m1\",\"timestamp\":\"2021-01-01T00:00:00Z\",\
                \"sentAt\":\"2021-01-01T00:00:10Z\",\"context\":{\"library\":{\"name\":\"analytics.js\"}}}\n\
                \n\
                {\"event\":\"B\",\"anonymousId\":\"a-1\",\"timestamp\":1609459200}\n\
                {\"type\":\"page\",\"userId\":\"u-1001\"}\n\
                {\"type\":\"track\",\"userId\":\"u-1001\"}\n\
                {\"type\":\"track\"\n\
                7\n\
                {\"type\":\"identify\",\"userId\":\"u-1001\",\"traits\":{\"email\":\"a@b.es\"}}";
    let rows = read(file, &FileOptions::default());
    let codes: Vec<_> =
        rows.iter().map(|row| (row.line, row.outcome.as_ref().err().map(|letter| letter.code))).collect();
    use DeadCode::*;
    assert_eq!(
        codes,
        [
            (1, None),
            (3, None),
            (4, None),
            (5, Some(MissingName)),
            (6, Some(InvalidJson)),
            (7, Some(InvalidJson)),
            (8, None)
        ]
    );
    let event = |at: usize| rows[at].outcome.as_ref().unwrap();
    assert_eq!((&*event(0).message_id, event(0).channel.as_deref()), ("m1", Some("web")));
    assert_eq!(format_instant(event(0).occurred_at), "2021-01-01T00:00:00.000Z");
    assert_eq!((event(1).activity.as_deref(), event(1).message_id.len()), (Some("B"), 32));
    assert_eq!(event(2).occurred_at, NOON);
    let letter = rows[3].outcome.as_ref().unwrap_err();
    let mended = String::from_utf8(letter.raw.clone()).unwrap().replace("{", "{\"event\":\"C\",");
    assert_eq!(
        read_one(mended.as_bytes(), &letter.recipe, NOON, &IntakeSettings::default()).unwrap().activity.as_deref(),
        Some("C")
    );
}

#[test]
fn other_lines_are_mapped_by_the_names_of_their_members() {
    let file = r#"{"user":{"id":"u-1001","name":"Ana"},"action":"Buy","when":"2026-01-01 10:00","total":"3.50","currency":"EUR","a.b":1}
{"user":{"id":42},"action":"Sell","when":1767261600,"tags":["x","y"],"note":null}
{"user":{"id":42},"action":7,"when":true}
"#;
    let mapping = "customer=user.id,activity=action,occurred_at=when,property:total=total,property:currency=currency,property:tag=tags,\
                   property:c=a.b,property:late=not.there";
    let options = FileOptions { time_zone: "Europe/Madrid".to_owned(), ..options(mapping) };
    let rows = read(file, &options);
    let event = |at: usize| rows[at].outcome.as_ref().unwrap();
    assert_eq!(event(0).identifiers[0].to_string(), "user_id:u-1001");
    assert_eq!(format_instant(event(0).occurred_at), "2026-01-01T09:00:00.000Z");
    assert_eq!(event(0).properties, r#"{"total":"3.50","currency":"EUR","c":1}"#);
    assert_eq!(event(0).money.unwrap().minor, 350);
    assert_eq!((event(1).activity.as_deref(), &*event(1).properties), (Some("Sell"), r#"{"tag":["x","y"]}"#));
    assert_eq!(event(1).occurred_at, 1_767_261_600_000);
    assert_eq!(rows[2].outcome.as_ref().unwrap_err().code, DeadCode::InvalidTime);
}

#[test]
fn a_mapping_of_members_can_be_guessed() {
    let file = r#"{"cliente":"c-1","evento":"Compra","fecha":"2026-01-01","canal":"web","importe":3,"x":{"y":null}}"#;
    let [event] = &events(read(file, &FileOptions::default()))[..] else { panic!() };
    assert_eq!((event.activity.as_deref(), event.channel.as_deref()), (Some("Compra"), Some("web")));
    assert_eq!(event.properties, r#"{"importe":3,"x":{"y":null}}"#);
    let error = plan(file.as_bytes(), &options("customer=client,activity=evento,occurred_at=fecha")).unwrap_err();
    assert!(error.to_string().contains("did you mean `cliente`?"), "{error}");
}

#[test]
fn poisonous_lines_are_dead_letters() {
    let mut file = String::from("{\"cliente\":\"c-1\",\"evento\":\"A\",\"fecha\":\"2026-01-01\"}\n");
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    for value in ["\"\\ud800\"", "1e400", "NaN", "\"\\u0000\"", &deep, "tru", "[1", "\"open"] {
        file += &format!("{{\"cliente\":\"c-1\",\"evento\":\"A\",\"fecha\":\"2026-01-01\",\"p\":{value}}}\n");
    }
    let rows = read(&file, &FileOptions::default());
    use DeadCode::*;
    let codes: Vec<_> = rows.iter().filter_map(|row| row.outcome.as_ref().err().map(|letter| letter.code)).collect();
    let expected =
        [InvalidJson, InvalidJson, InvalidJson, NullCharacter, TooDeep, InvalidJson, InvalidJson, InvalidJson];
    assert_eq!(codes, expected);
    assert_eq!(rows.len(), 9);
}
