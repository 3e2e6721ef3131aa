//! Texts and numbers inside JSON: escapes undone and written, the grammar of numbers.

/// Four hexadecimal digits at `at`.
pub(super) fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..at + 4)?;
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
}

/// The escape of a low surrogate at `at`.
pub(super) fn low_surrogate(bytes: &[u8], at: usize) -> Option<u32> {
    if bytes.get(at..at + 2)? != b"\\u" {
        return None;
    }
    hex4(bytes, at + 2).filter(|unit| (0xDC00..=0xDFFF).contains(unit))
}

/// Undoes the escapes of a text without its quotes. What means nothing becomes U+FFFD.
pub(crate) fn unescape(quoted: &str) -> String {
    let bytes = quoted.as_bytes();
    let mut text = String::with_capacity(quoted.len());
    let mut done = 0;
    while let Some(backslash) = memchr::memchr(b'\\', &bytes[done..]).map(|found| done + found) {
        text.push_str(&quoted[done..backslash]);
        let (character, len) = match bytes.get(backslash + 1) {
            Some(b'"') => ('"', 2),
            Some(b'\\') => ('\\', 2),
            Some(b'/') => ('/', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => unescape_unit(bytes, backslash),
            _ => (char::REPLACEMENT_CHARACTER, 1),
        };
        text.push(character);
        done = backslash + len;
    }
    text.push_str(&quoted[done..]);
    text
}

fn unescape_unit(bytes: &[u8], backslash: usize) -> (char, usize) {
    let Some(unit) = hex4(bytes, backslash + 2) else {
        return (char::REPLACEMENT_CHARACTER, 2);
    };
    if (0xD800..=0xDBFF).contains(&unit)
        && let Some(low) = low_surrogate(bytes, backslash + 6)
    {
        let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
    }
    (char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), 6)
}

/// Writes a text with its quotes.
pub(crate) fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[done..at]);
        done = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ => {
                out.push_str("\\u00");
                for nibble in [byte >> 4, byte & 15] {
                    out.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
                }
            }
        }
    }
    out.push_str(&text[done..]);
    out.push('"');
}

/// Whether a word is a number as JSON writes them.
pub(crate) fn is_number(word: &[u8]) -> bool {
    let digits = |at: usize| word[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(word.first() == Some(&b'-'));
    match digits(at) {
        0 => return false,
        1 => at += 1,
        _ if word[at] == b'0' => return false,
        more => at += more,
    }
    if word.get(at) == Some(&b'.') {
        match digits(at + 1) {
            0 => return false,
            some => at += 1 + some,
        }
    }
    if let Some(b'e' | b'E') = word.get(at) {
        at += 1;
        at += usize::from(matches!(word.get(at), Some(b'+' | b'-')));
        match digits(at) {
            0 => return false,
            some => at += some,
        }
    }
    at == word.len()
}

/// Whether a number is larger than a double can be. Short numbers without an exponent never are.
pub(crate) fn is_beyond_double(number: &[u8]) -> bool {
    if number.len() < 300 && !number.iter().any(|byte| matches!(byte, b'e' | b'E')) {
        return false;
    }
    std::str::from_utf8(number).ok().and_then(|text| text.parse::<f64>().ok()).is_none_or(f64::is_infinite)
}
