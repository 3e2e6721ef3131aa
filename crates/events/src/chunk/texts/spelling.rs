//! How JSON wrote a text, so that it can be written the same way again.

use std::borrow::Cow;
use std::fmt::Write;

use crate::intake::unescape;

/// The spelling of Python's `json` by default.
const ASCII: &str = "ascii";

/// A text and how it was spelled: nothing where `JSON.stringify` spells it so.
pub fn read<'a>(quoted: &'a str, is_escaped: bool) -> (Cow<'a, str>, Option<&'a str>) {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    if !is_escaped && !inner.bytes().any(|byte| byte < 0x20) {
        return (Cow::Borrowed(inner), None);
    }
    let text = serde_json::from_str(quoted).unwrap_or_else(|_| unescape(inner));
    let is_spelled = |spelling| {
        let mut again = String::with_capacity(quoted.len());
        write(&text, spelling, &mut again);
        again == quoted
    };
    let spelling = match () {
        () if is_spelled(None) => None,
        () if is_spelled(Some(ASCII)) => Some(ASCII),
        () => Some(quoted),
    };
    (Cow::Owned(text), spelling)
}

/// Writes a text with its quotes, in this spelling.
pub fn write(text: &str, spelling: Option<&str>, into: &mut String) {
    match spelling {
        None => write_plain(text, into),
        Some(ASCII) => write_ascii(text, into),
        Some(quoted) => into.push_str(quoted),
    }
}

fn write_plain(text: &str, into: &mut String) {
    into.push('"');
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte < 0x20 || byte == b'"' || byte == b'\\' {
            into.push_str(&text[done..at]);
            write_escape(byte, into);
            done = at + 1;
        }
    }
    into.push_str(&text[done..]);
    into.push('"');
}

fn write_ascii(text: &str, into: &mut String) {
    into.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' | '\0'..='\x1f' => write_escape(character as u8, into),
            ' '..='~' => into.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // A text takes whatever is written to it.
                    let _ = write!(into, "\\u{unit:04x}");
                }
            }
        }
    }
    into.push('"');
}

fn write_escape(byte: u8, into: &mut String) {
    match byte {
        b'"' => into.push_str("\\\""),
        b'\\' => into.push_str("\\\\"),
        0x08 => into.push_str("\\b"),
        b'\t' => into.push_str("\\t"),
        b'\n' => into.push_str("\\n"),
        0x0c => into.push_str("\\f"),
        b'\r' => into.push_str("\\r"),
        _ => {
            let _ = write!(into, "\\u{byte:04x}");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_usual_spellings_take_no_room() {
        let check = |quoted: &str, text: &str, spelling: Option<&str>| {
            assert_eq!(read(quoted, quoted.contains('\\')), (text.into(), spelling), "{quoted}");
        };
        check(r#""café""#, "café", None);
        check(r#""a\"b\\c\n\t\r\b\f\u0000\u001f""#, "a\"b\\c\n\t\r\u{8}\u{c}\0\u{1f}", None);
        check(r#""caf\u00e9 \ud83d\ude00\n\u007f""#, "café 😀\n\u{7f}", Some("ascii"));
        check(r#""caf\u00E9""#, "café", Some(r#""caf\u00E9""#));
        check(r#""1\/2""#, "1/2", Some(r#""1\/2""#));
        check(r#""\ud800 alone""#, "\u{fffd} alone", Some(r#""\ud800 alone""#));
        check("\"a\nb\"", "a\nb", Some("\"a\nb\""));
    }

    proptest! {
        #[test]
        fn what_was_read_is_written_again(
            quoted in r#""([ -!#-\[\]-~é😀\n\x00]|\\["\\/bfnrt]|\\u[0-9a-fD]{4}){0,12}""#
        ) {
            let (text, spelling) = read(&quoted, quoted.contains('\\'));
            let mut again = String::new();
            write(&text, spelling, &mut again);
            prop_assert_eq!(again, quoted);
        }

        #[test]
        fn plain_and_ascii_are_what_json_libraries_write(text in any::<String>()) {
            let mut plain = String::new();
            write(&text, None, &mut plain);
            prop_assert_eq!(&plain, &serde_json::to_string(&text).unwrap());
            prop_assert_eq!(read(&plain, plain.contains('\\')), (text.as_str().into(), None));
            let mut ascii = String::new();
            write(&text, Some(ASCII), &mut ascii);
            prop_assert!(ascii.is_ascii());
            prop_assert_eq!(serde_json::from_str::<String>(&ascii).unwrap(), text);
        }
    }
}
