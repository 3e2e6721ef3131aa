use proptest::prelude::*;

use super::*;

fn problem_of(text: &str) -> Option<DeadCode> {
    let mut tape = Tape::default();
    let doc = tape.scan(text).unwrap();
    doc.find_problem(Doc::ROOT).map(|problem| problem.code)
}

#[test]
fn values_are_found_as_they_were_written() {
    let mut tape = Tape::default();
    let doc = tape.scan(r#" {"a" : 1e3, "b":[true,{"c":"x\ny"}], "a": "last" } "#).unwrap();
    let b = doc.find(Doc::ROOT, "b").unwrap();
    assert_eq!(doc.raw(b), r#"[true,{"c":"x\ny"}]"#);
    assert_eq!(doc.text(doc.find(Doc::ROOT, "a").unwrap()), "last");
    let items: Vec<&str> = doc.items(b).map(|item| doc.raw(item)).collect();
    assert_eq!(items, ["true", r#"{"c":"x\ny"}"#]);
    let object = doc.items(b).nth(1).unwrap();
    assert_eq!(doc.text(doc.find(object, "c").unwrap()), "x\ny");
    assert_eq!(doc.members(Doc::ROOT).count(), 3);
    assert_eq!(doc.height(Doc::ROOT), 3);
}

#[test]
fn a_bad_value_is_a_problem_at_its_place_and_not_of_its_neighbours() {
    for (bad, code) in [
        (r#""\ud800""#, DeadCode::InvalidJson),
        (r#""\udc00 x""#, DeadCode::InvalidJson),
        (r#""\ud800\ud800""#, DeadCode::InvalidJson),
        (r#""\x""#, DeadCode::InvalidJson),
        (r#""\u12""#, DeadCode::InvalidJson),
        ("\"a\u{1}\"", DeadCode::InvalidJson),
        (r#""\u0000""#, DeadCode::NullCharacter),
        ("\"\0\"", DeadCode::NullCharacter),
        ("1e400", DeadCode::InvalidJson),
        ("-1e309", DeadCode::InvalidJson),
        ("NaN", DeadCode::InvalidJson),
        ("-Infinity", DeadCode::InvalidJson),
        ("01", DeadCode::InvalidJson),
        ("1.", DeadCode::InvalidJson),
        ("tru", DeadCode::InvalidJson),
    ] {
        let text = format!(r#"[{{"ok":1}},{{"bad":{bad}}},{{"ok":2}}]"#);
        let mut tape = Tape::default();
        let doc = tape.scan(&text).unwrap();
        let found: Vec<_> = doc.items(Doc::ROOT).map(|item| doc.find_problem(item).map(|found| found.code)).collect();
        assert_eq!(found, [None, Some(code), None], "{bad}");
    }
    for good in [r#""\ud83d\ude00""#, "1e308", "-0.0E-400", "9223372036854775808", "true", r#""\/""#] {
        assert_eq!(problem_of(good), None, "{good}");
    }
}

#[test]
fn broken_structure_is_named_with_its_byte() {
    for (text, at) in [
        ("", 0),
        ("{", 1),
        (r#"{"a":1"#, 6),
        (r#"{"a" 1}"#, 5),
        (r#"{"a":1,}"#, 7),
        ("[1,]", 3),
        ("[1 2]", 3),
        ("[1}", 2),
        (r#"["abc]"#, 1),
        ("{} {}", 3),
        ("{a:1}", 1),
    ] {
        let mut tape = Tape::default();
        assert_eq!(tape.scan(text).unwrap_err().at, at, "{text}");
    }
}

#[test]
fn depth_is_counted_and_never_overflows_the_stack() {
    let mut tape = Tape::default();
    for (levels, height) in [(1, 1), (100, 100), (101, 101), (112, 112), (113, 255), (100_000, 255)] {
        let text = format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(tape.scan(&text).unwrap().height(Doc::ROOT), height, "{levels}");
    }
    let sisters = format!(r#"[{}1{},{{"a":1}}]"#, "[".repeat(500), "]".repeat(500));
    let doc = tape.scan(&sisters).unwrap();
    assert_eq!(doc.items(Doc::ROOT).map(|item| doc.height(item)).collect::<Vec<_>>(), [255, 1]);
    assert!(tape.scan(&"[".repeat(100_000)).is_err());
    assert!(tape.scan(&format!("{}{}", "[".repeat(200), "}".repeat(200))).is_err());
}

#[test]
fn texts_read_back_as_written() {
    for text in ["", "plain", "\"\\/\u{8}\u{c}\n\r\t\u{1}\u{7f}", "ñandú 😀"] {
        let mut written = String::new();
        write_text(&mut written, text);
        let read: String = serde_json::from_str(&written).unwrap();
        assert_eq!(read, text);
        assert_eq!(unescape(&written[1..written.len() - 1]), text);
    }
    assert_eq!(unescape(r"\ud83d\ude00\u00f1\/"), "😀ñ/");
}

/// Text that is often JSON and often nearly so.
fn nearly_json() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just(",".to_owned()),
        Just("\"a\":".to_owned()),
        Just("\"\\u00e9\\ud83d\\ude00\"".to_owned()),
        Just("\"\\ud800\"".to_owned()),
        Just("-1.5e3".to_owned()),
        Just("1e999".to_owned()),
        Just("true".to_owned()),
        Just("null".to_owned()),
        Just(" ".to_owned()),
        "[ -~]{0,6}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        "\\PC{0,20}".prop_map(Into::into),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 64, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::vec(("\\PC{0,8}", inner), 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The value again, read through the scan alone.
fn rebuild(doc: &Doc<'_>, value: Value) -> serde_json::Value {
    match doc.kind(value) {
        Kind::Object => doc
            .members(value)
            .map(|(key, member)| (doc.text(key).into_owned(), rebuild(doc, member)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        Kind::Array => doc.items(value).map(|item| rebuild(doc, item)).collect::<Vec<_>>().into(),
        Kind::Text => doc.text(value).into_owned().into(),
        _ => serde_json::from_str(doc.raw(value)).unwrap(),
    }
}

proptest! {
    #[test]
    fn accepts_exactly_what_the_reference_parser_accepts(text in nearly_json()) {
        let mut tape = Tape::default();
        let ours = tape.scan(&text).map(|doc| doc.find_problem(Doc::ROOT).is_none()).unwrap_or(false);
        // U+0000 is JSON, but not ours; the strategy never makes one.
        let theirs = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        prop_assert_eq!(ours, theirs, "{}", text);
    }

    #[test]
    fn reads_what_the_reference_writer_writes(value in any_value()) {
        for text in [serde_json::to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap()] {
            let mut tape = Tape::default();
            let doc = tape.scan(&text).unwrap();
            prop_assert_eq!(&rebuild(&doc, Doc::ROOT), &serde_json::from_str::<serde_json::Value>(&text).unwrap());
        }
    }

    #[test]
    fn never_panics(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let mut tape = Tape::default();
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(doc) = tape.scan(&text) {
            doc.members(Doc::ROOT).for_each(|(key, _)| drop(doc.text(key)));
        }
    }
}
