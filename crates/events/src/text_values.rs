//! Walks through JSON from one text value to the next, knowing where each stands. Nothing is built or copied.
//!
//! The JSON was valid when it came in. In anything else the walk ends early or stops at odd places, and never outside.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2;
use serde_json::Value;

/// A text value between its quotes.
pub(crate) struct TextValue {
    pub inner: Range<usize>,
    /// Whether there are escapes in it.
    pub is_escaped: bool,
}

pub(crate) struct TextValues<'a> {
    json: &'a str,
    at: usize,
    /// The way to where it is: the name of a member or the index in a list.
    steps: Vec<Step<'a>>,
}

enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

impl<'a> TextValues<'a> {
    pub fn of(json: &'a str) -> TextValues<'a> {
        TextValues { json, at: 0, steps: Vec::new() }
    }

    /// The next text value.
    pub fn find_next(&mut self) -> Option<TextValue> {
        let bytes = self.json.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => self.steps.push(Step::Member("")),
                b'[' => self.steps.push(Step::Item(0)),
                b'}' | b']' => drop(self.steps.pop()),
                b',' => {
                    if let Some(Step::Item(index)) = self.steps.last_mut() {
                        *index += 1;
                    }
                }
                b'"' => {
                    let start = self.at;
                    let (end, is_escaped) = end_of_text(bytes, start)?;
                    self.at = end + 1;
                    let is_name = matches!(self.steps.last(), Some(Step::Member(_)))
                        && bytes[self.at..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
                    match self.steps.last_mut() {
                        Some(Step::Member(name)) if is_name => *name = &self.json[start..end],
                        _ => return Some(TextValue { inner: start..end, is_escaped }),
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// The name of the member that the value is, or is in a list of; as it stands in the JSON.
    pub fn name(&self) -> &'a str {
        let mut names = self.steps.iter().rev().filter_map(|step| match step {
            Step::Member(name) => Some(*name),
            Step::Item(_) => None,
        });
        names.next().unwrap_or_default()
    }

    /// Adds the way to the value, with dots between its steps.
    pub fn write_path(&self, path: &mut String) {
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 {
                path.push('.');
            }
            match step {
                Step::Member(name) => path.push_str(name),
                Step::Item(index) => path.push_str(&index.to_string()),
            }
        }
    }
}

/// The JSON with those of its text values replaced for which `replace` has another; `None` when all stay as they are. It is
/// asked with the name of the member that the value is, or is in a list of, as it stands in the JSON, and with the text.
pub(crate) fn replace_texts(json: &str, mut replace: impl FnMut(&str, &str) -> Option<String>) -> Option<String> {
    let (mut written, mut done) = (String::new(), 0);
    let mut values = TextValues::of(json);
    while let Some(value) = values.find_next() {
        let inner = &json[value.inner.clone()];
        let text = match value.is_escaped {
            true => serde_json::from_str(&json[value.inner.start - 1..=value.inner.end])
                .map_or(Cow::Borrowed(inner), Cow::Owned),
            false => Cow::Borrowed(inner),
        };
        let Some(other) = replace(values.name(), &text) else { continue };
        written.push_str(&json[done..value.inner.start - 1]);
        written.push_str(&Value::String(other).to_string());
        done = value.inner.end + 1;
    }
    if done == 0 {
        return None;
    }
    written.push_str(&json[done..]);
    Some(written)
}

/// Where a text ends whose first byte is at `start`, and whether it has escapes.
fn end_of_text(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let mut at = start;
    let mut is_escaped = false;
    loop {
        at += find_quote_or_escape(bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some((at, is_escaped));
        }
        is_escaped = true;
        at += 2;
    }
}

/// Most names and many values are so short that a plain loop is done before a search has begun.
#[inline]
pub(crate) fn find_quote_or_escape(bytes: &[u8]) -> Option<usize> {
    const SHORT: usize = 16;
    let is_end = |byte: &u8| matches!(byte, b'"' | b'\\');
    match bytes.iter().take(SHORT).position(is_end) {
        Some(found) => Some(found),
        None => memchr2(b'"', b'\\', bytes.get(SHORT..)?).map(|found| found + SHORT),
    }
}
