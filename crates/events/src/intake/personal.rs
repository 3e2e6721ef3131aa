//! Finds what is personal in the texts of an event: the values of its identifiers and everything that looks like an e-mail
//! address, also where a URL writes them with percent signs.
//!
//! How far an identifier reaches depends on its length, because short ones are also parts of words: fewer than four
//! characters are found only as a whole value, fewer than eight only as a word of their own, longer ones everywhere.

mod rewrite;

#[cfg(test)]
mod tests;

use std::ops::Range;

use super::identifiers::{Form, Identifiers};

pub(crate) use rewrite::{Added, Part, Rewriter};

/// What stands where something personal was.
pub(crate) const REPLACEMENT: &str = "[personal]";

const SHORTEST_WORD: usize = 4;
const SHORTEST_PART: usize = 8;

/// The forms of the identifiers of one event.
#[derive(Debug)]
pub(crate) struct Secrets<'a> {
    forms: Vec<Form<'a>>,
}

impl<'a> Secrets<'a> {
    pub(crate) fn new(identifiers: &'a Identifiers<'_>) -> Secrets<'a> {
        Secrets { forms: identifiers.forms().collect() }
    }

    /// Whether JSON text might hold something personal: cheap, and never a false no.
    pub(crate) fn may_be_in(&self, json: &str) -> bool {
        let bytes = json.as_bytes();
        // E-mail addresses, identifiers of the kind e-mail included, have an `@`, or hide it behind `%40` or an escape.
        memchr::memchr3(b'@', b'%', b'\\', bytes).is_some()
            || self.forms.iter().any(|form| match form.text.len() {
                0..SHORTEST_WORD => memchr::memmem::find_iter(bytes, form.text)
                    .any(|at| at > 0 && bytes[at - 1] == b'"' && bytes.get(at + form.text.len()) == Some(&b'"')),
                _ => memchr::memmem::find(bytes, form.text.as_bytes()).is_some(),
            })
    }

    /// Whether anything personal is in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let mut found = Vec::new();
        self.find_in(text, &mut found);
        !found.is_empty()
    }

    /// Finds everything personal in a text, as ranges of bytes in order that do not touch.
    pub(crate) fn find_in(&self, text: &str, found: &mut Vec<Range<usize>>) {
        found.clear();
        if self.forms.iter().any(|form| is_equal(form, text.as_bytes())) {
            found.push(0..text.len());
            return;
        }
        self.search(text.as_bytes(), |range| found.push(range));
        if text.contains('%') {
            let decoded = PercentDecoded::new(text.as_bytes());
            if self.forms.iter().any(|form| is_equal(form, &decoded.bytes)) {
                found.push(0..text.len());
            } else {
                self.search(&decoded.bytes, |range| found.push(decoded.range_in_original(range)));
            }
        }
        if found.len() > 1 {
            found.sort_by_key(|range| range.start);
            found.dedup_by(|later, earlier| {
                let touches = later.start <= earlier.end;
                if touches {
                    earlier.end = earlier.end.max(later.end);
                }
                touches
            });
        }
    }

    /// Whether a number is an identifier, or has a long one in it.
    pub(crate) fn is_number(&self, number: &str) -> bool {
        self.forms.iter().any(|form| match form.text.len() {
            0..SHORTEST_WORD => false,
            SHORTEST_WORD..SHORTEST_PART => number == form.text,
            _ => number.contains(form.text),
        })
    }

    fn search(&self, text: &[u8], mut each: impl FnMut(Range<usize>)) {
        for form in &self.forms {
            let len = form.text.len();
            if len < SHORTEST_WORD || len > text.len() {
                continue;
            }
            let mut visit = |at: usize| {
                if len >= SHORTEST_PART || is_word(text, at..at + len) {
                    each(at..at + len);
                }
            };
            if form.is_any_case {
                let lower_text = text.to_ascii_lowercase();
                let lower_form = form.text.to_ascii_lowercase();
                memchr::memmem::find_iter(&lower_text, &lower_form).for_each(&mut visit);
            } else {
                memchr::memmem::find_iter(text, form.text).for_each(&mut visit);
            }
        }
        for at in memchr::memchr_iter(b'@', text) {
            if let Some(range) = find_email_around(text, at) {
                each(range);
            }
        }
    }
}

fn is_equal(form: &Form<'_>, text: &[u8]) -> bool {
    let text = text.trim_ascii();
    if form.is_any_case { text.eq_ignore_ascii_case(form.text.as_bytes()) } else { text == form.text.as_bytes() }
}

/// Whether a range is not part of a longer word.
fn is_word(text: &[u8], range: Range<usize>) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
    let before = range.start.checked_sub(1).and_then(|at| text.get(at));
    !before.is_some_and(is_part) && !text.get(range.end).is_some_and(is_part)
}

/// The e-mail address around an `@`, if it looks like one: something before it, and after it a host whose last label is made
/// of letters. `logo@2x.png` is the picture for a fine display.
fn find_email_around(text: &[u8], at: usize) -> Option<Range<usize>> {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 0x80;
    // The standard allows more in front of the `@`, but in URLs and sentences the rest is mostly something else.
    let is_user = |byte: &&u8| is_letter(**byte) || byte.is_ascii_digit() || b".+-_~".contains(*byte);
    let is_host = |byte: &&u8| is_letter(**byte) || byte.is_ascii_digit() || b".-".contains(*byte);
    let user = text[..at].iter().rev().take_while(is_user).count();
    let host = text[at + 1..].iter().take_while(is_host).count();
    let mut host = &text[at + 1..at + 1 + host];
    if user == 0 || matches!(host, [b'1'..=b'9', b'x', b'.', ..]) {
        return None;
    }
    while let Some(dot) = host.iter().rposition(|byte| *byte == b'.') {
        let last = without_hyphens(&host[dot + 1..]);
        let is_name = last.len() >= 2 && (last.starts_with(b"xn--") || last.iter().all(|byte| is_letter(*byte)));
        if is_name && dot > 0 {
            return Some(at - user..at + 2 + dot + last.len());
        }
        host = &host[..dot];
    }
    None
}

fn without_hyphens(label: &[u8]) -> &[u8] {
    let end = label.iter().rposition(|byte| *byte != b'-').map_or(0, |last| last + 1);
    &label[..end]
}

/// A text with its percent signs undone, and where each byte came from.
struct PercentDecoded {
    bytes: Vec<u8>,
    /// Where byte `n` started in the original; one more than there are bytes.
    starts: Vec<usize>,
}

impl PercentDecoded {
    fn new(text: &[u8]) -> PercentDecoded {
        let mut decoded =
            PercentDecoded { bytes: Vec::with_capacity(text.len()), starts: Vec::with_capacity(text.len() + 1) };
        let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            decoded.starts.push(at);
            match (byte, digit(at + 1), digit(at + 2)) {
                (b'%', Some(high), Some(low)) => {
                    decoded.bytes.push((high * 16 + low) as u8);
                    at += 3;
                }
                _ => {
                    decoded.bytes.push(*byte);
                    at += 1;
                }
            }
        }
        decoded.starts.push(text.len());
        decoded
    }

    fn range_in_original(&self, range: Range<usize>) -> Range<usize> {
        self.starts[range.start]..self.starts[range.end]
    }
}
