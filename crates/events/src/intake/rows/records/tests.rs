use proptest::prelude::*;

use super::*;

fn fields(record: &str, delimiter: Delimiter) -> Vec<String> {
    let mut fields = Fields::default();
    fields.split(record, delimiter);
    (0..fields.len()).map(|index| fields.get(record, index).to_owned()).collect()
}

#[test]
fn fields_are_cut_and_their_quotes_undone() {
    for (record, expected) in [
        ("a,b,c", &["a", "b", "c"][..]),
        ("a,,", &["a", "", ""]),
        ("", &[""]),
        (r#""a,b",c"#, &["a,b", "c"]),
        (r#""a ""b""","",x"#, &[r#"a "b""#, "", "x"]),
        ("\"two\nlines\",x", &["two\nlines", "x"]),
        (r#"5" pipe,b"#, &[r#"5" pipe"#, "b"]),
        (r#""a"b,c"#, &["ab", "c"]),
        (r#""open,c"#, &["open,c"]),
        (r#"a,"ñ""#, &["a", "ñ"]),
    ] {
        assert_eq!(fields(record, Delimiter::Byte(b',')), expected, "{record}");
    }
    assert_eq!(fields(" 00001 19970101  1\t 11.77 ", Delimiter::Blanks), ["00001", "19970101", "1", "11.77"]);
    assert_eq!(fields("  ", Delimiter::Blanks), [""; 0]);
}

#[test]
fn a_delimiter_has_a_character_or_a_name() {
    for (text, delimiter) in
        [(",", Delimiter::Byte(b',')), ("tab", Delimiter::Byte(b'\t')), ("space", Delimiter::Blanks)]
    {
        assert_eq!(Delimiter::parse(text), Ok(delimiter));
    }
    for text in ["", "\"", "comma", "ñ"] {
        assert_eq!(Delimiter::parse(text), Err(FileError::UnknownDelimiter(text.to_owned())));
    }
}

#[test]
fn a_record_ends_at_a_line_end_outside_quotes() {
    let complete = |len, total, lines| Record::Complete { len, total, lines };
    for (text, expected) in [
        ("a,b\nc", complete(3, 4, 1)),
        ("a,b\r\nc", complete(3, 5, 1)),
        ("\n", complete(0, 1, 1)),
        ("a,\"b\nc\"\nd", complete(7, 8, 2)),
        ("\"a\"\"\n\"\"b\"\n", complete(9, 10, 2)),
        ("a\"b\nc", complete(3, 4, 1)),
        ("\"a\"\nb", complete(3, 4, 1)),
        ("\"\"\nb", complete(2, 3, 1)),
        ("abc", Record::Open { is_quoted: false }),
        ("a,\"b\n\n", Record::Open { is_quoted: true }),
        ("\"a\" ", Record::Open { is_quoted: false }),
    ] {
        assert_eq!(find_record(text.as_bytes(), Some(b',')), expected, "{text:?}");
    }
    assert_eq!(find_record(b"a,\"b\nc", None), complete(4, 5, 1));
}

proptest! {
    #[test]
    fn what_is_written_by_the_rules_reads_back(rows in prop::collection::vec(prop::collection::vec("[a\",;\n\r ñ]{0,6}", 1..5), 1..5)) {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let text: String = rows.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\n").collect();
        let mut rest = text.as_str();
        for row in &rows {
            let Record::Complete { len, total, .. } = find_record(rest.as_bytes(), Some(b',')) else { panic!("{rest}") };
            prop_assert_eq!(&fields(&rest[..len], Delimiter::Byte(b',')), row);
            rest = &rest[total..];
        }
        prop_assert_eq!(rest, "");
    }

    #[test]
    fn no_text_panics(text in "[a\",\n\rñ ]{0,20}") {
        find_record(text.as_bytes(), Some(b','));
        fields(&text, Delimiter::Byte(b','));
        fields(&text, Delimiter::Blanks);
    }
}
