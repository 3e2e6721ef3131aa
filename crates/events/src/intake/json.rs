//! One pass over JSON text that notes where every value begins and ends, so that one event of a batch can be bad without
//! the batch being lost and an event's properties can be kept as they were written.
//!
//! Structure is strict: a missing comma or bracket is a [`SyntaxError`], for nothing after it can be trusted. What is
//! wrong inside a single value (a lone surrogate, `NaN`, 1e400, U+0000) is a [`Problem`] at its place, and only the event
//! around it suffers. Nothing recurses, so depth costs no stack.

mod text;

use domain::event::DeadCode;

pub(crate) use text::{is_beyond_double, is_number, unescape, write_text};

#[cfg(test)]
mod tests;

/// Containers nested deeper than this are noted as one value; events may not be nested this deeply anyway.
const RECORDED_DEPTH: usize = 112;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    /// The name of a member; the member's value is the next node.
    Key,
    Text,
    Number,
    Boolean,
    Null,
    /// Not JSON: noted as a problem too.
    Broken,
}

/// A value and where it stands, quotes and brackets included.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    /// The node after this one and all that is in it.
    next: u32,
    kind: Kind,
    /// A text or key written with escapes.
    is_escaped: bool,
    /// Levels of containers from here inwards: 0 for scalars, 1 for `{}`; 255 stands for more.
    height: u8,
}

/// A value that cannot be kept, in the order of their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub at: usize,
    pub code: DeadCode,
    pub what: &'static str,
}

/// Text whose structure is not JSON's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} at byte {at}")]
pub(crate) struct SyntaxError {
    pub at: usize,
    pub what: &'static str,
}

/// The memory of a scan, kept from one text to the next.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    nodes: Vec<Node>,
    problems: Vec<Problem>,
    open: Vec<u32>,
}

/// A scanned text. Values are known by their number; 0 is the whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doc<'a> {
    text: &'a str,
    tape: &'a Tape,
}

/// A value of a scanned text.
pub(crate) type Value = u32;

impl Tape {
    /// Scans `text`, which must be one JSON value with nothing but white space around it.
    pub(crate) fn scan<'a>(&'a mut self, text: &'a str) -> Result<Doc<'a>, SyntaxError> {
        self.nodes.clear();
        self.problems.clear();
        self.open.clear();
        if u32::try_from(text.len()).is_err() {
            return Err(SyntaxError { at: 0, what: "more than 4 GB of text" });
        }
        self.read(text.as_bytes())?;
        Ok(Doc { text, tape: self })
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), SyntaxError> {
        let mut at = skip_blanks(bytes, 0);
        loop {
            let (after, is_container) = self.read_value(bytes, at)?;
            at = after;
            if is_container {
                continue;
            }
            match self.close_values(bytes, at)? {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
    }

    /// Reads what starts at `at`; true when it opened a container whose first value comes next.
    fn read_value(&mut self, bytes: &[u8], at: usize) -> Result<(usize, bool), SyntaxError> {
        match bytes.get(at) {
            Some(b'"') => Ok((self.read_text(bytes, at, Kind::Text)?, false)),
            Some(&opening @ (b'{' | b'[')) => {
                if self.open.len() >= RECORDED_DEPTH {
                    return Ok((self.read_abyss(bytes, at)?, false));
                }
                let is_object = opening == b'{';
                let kind = if is_object { Kind::Object } else { Kind::Array };
                let number = self.nodes.len() as u32;
                let start = at as u32;
                self.nodes.push(Node { start, end: start, next: number + 1, kind, is_escaped: false, height: 1 });
                self.open.push(number);
                let first = skip_blanks(bytes, at + 1);
                match bytes.get(first) {
                    Some(b'}') if is_object => Ok((self.close(first), false)),
                    Some(b']') if !is_object => Ok((self.close(first), false)),
                    _ if is_object => Ok((self.read_key(bytes, first)?, true)),
                    _ => Ok((first, true)),
                }
            }
            None => Err(SyntaxError { at, what: "the text ends where a value is expected" }),
            Some(_) => Ok((self.read_word(bytes, at)?, false)),
        }
    }

    /// After a value: passes what closes, up to the place of the next value, or to the end of the text.
    fn close_values(&mut self, bytes: &[u8], from: usize) -> Result<Option<usize>, SyntaxError> {
        let mut at = skip_blanks(bytes, from);
        loop {
            let Some(top) = self.open.last().and_then(|number| self.nodes.get(*number as usize)) else {
                return if at == bytes.len() {
                    Ok(None)
                } else {
                    Err(SyntaxError { at, what: "text after the end of the value" })
                };
            };
            match (bytes.get(at), top.kind) {
                (Some(b','), Kind::Object) => {
                    let key = skip_blanks(bytes, at + 1);
                    return self.read_key(bytes, key).map(Some);
                }
                (Some(b','), _) => return Ok(Some(skip_blanks(bytes, at + 1))),
                (Some(b'}'), Kind::Object) | (Some(b']'), Kind::Array) => {
                    at = skip_blanks(bytes, self.close(at));
                }
                (None, _) => return Err(SyntaxError { at, what: "the text ends inside a list or an object" }),
                (_, Kind::Object) => return Err(SyntaxError { at, what: "expected `,` or `}`" }),
                _ => return Err(SyntaxError { at, what: "expected `,` or `]`" }),
            }
        }
    }

    /// Ends the innermost open container at its bracket.
    fn close(&mut self, at: usize) -> usize {
        let next = self.nodes.len() as u32;
        let mut height = 0;
        if let Some(number) = self.open.pop()
            && let Some(node) = self.nodes.get_mut(number as usize)
        {
            node.end = at as u32 + 1;
            node.next = next;
            height = node.height;
        }
        self.lift(height);
        at + 1
    }

    /// Tells the innermost open container how deep something in it is.
    fn lift(&mut self, height: u8) {
        if let Some(number) = self.open.last()
            && let Some(node) = self.nodes.get_mut(*number as usize)
        {
            node.height = node.height.max(height.saturating_add(1));
        }
    }

    fn read_key(&mut self, bytes: &[u8], at: usize) -> Result<usize, SyntaxError> {
        if bytes.get(at) != Some(&b'"') {
            return Err(SyntaxError { at, what: "expected the name of a member in quotes" });
        }
        let colon = skip_blanks(bytes, self.read_text(bytes, at, Kind::Key)?);
        if bytes.get(colon) != Some(&b':') {
            return Err(SyntaxError { at: colon, what: "expected `:`" });
        }
        Ok(skip_blanks(bytes, colon + 1))
    }

    /// Reads a text from its opening quote to after its closing one.
    fn read_text(&mut self, bytes: &[u8], start: usize, kind: Kind) -> Result<usize, SyntaxError> {
        let mut at = start + 1;
        let mut is_escaped = false;
        loop {
            at = find_text_end(bytes, at);
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    is_escaped = true;
                    at = self.read_escape(bytes, at);
                }
                Some(0) => {
                    self.note(at, DeadCode::NullCharacter, "the character U+0000");
                    at += 1;
                }
                Some(_) => {
                    self.note(at, DeadCode::InvalidJson, "a control character that is not escaped");
                    at += 1;
                }
                None => return Err(SyntaxError { at: start, what: "a text that does not end" }),
            }
        }
        self.push_scalar(start, at + 1, kind, is_escaped);
        Ok(at + 1)
    }

    /// Passes an escape from its backslash on, noting those that mean nothing.
    fn read_escape(&mut self, bytes: &[u8], at: usize) -> usize {
        match bytes.get(at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at + 2,
            Some(b'u') => match text::hex4(bytes, at + 2) {
                Some(0) => {
                    self.note(at, DeadCode::NullCharacter, "the character U+0000");
                    at + 6
                }
                Some(0xD800..=0xDBFF) => match text::low_surrogate(bytes, at + 6) {
                    Some(_) => at + 12,
                    None => {
                        self.note(at, DeadCode::InvalidJson, "half of a surrogate pair");
                        at + 6
                    }
                },
                Some(0xDC00..=0xDFFF) => {
                    self.note(at, DeadCode::InvalidJson, "half of a surrogate pair");
                    at + 6
                }
                Some(_) => at + 6,
                None => {
                    self.note(at, DeadCode::InvalidJson, "`\\u` without four hexadecimal digits");
                    at + 2
                }
            },
            // The backslash may be the last byte, or stand before a quote that ends the text for whoever wrote it.
            _ => {
                self.note(at, DeadCode::InvalidJson, "an escape that means nothing");
                at + 1
            }
        }
    }

    /// Reads a number or a name such as `true`: everything up to the next structural byte.
    fn read_word(&mut self, bytes: &[u8], start: usize) -> Result<usize, SyntaxError> {
        let end =
            bytes[start..].iter().position(|byte| ENDS_WORD[*byte as usize]).map_or(bytes.len(), |len| start + len);
        let word = &bytes[start..end];
        let kind = match word {
            [] => return Err(SyntaxError { at: start, what: "expected a value" }),
            b"true" | b"false" => Kind::Boolean,
            b"null" => Kind::Null,
            _ if text::is_number(word) => {
                if text::is_beyond_double(word) {
                    self.note(start, DeadCode::InvalidJson, "a number beyond the range of a double");
                }
                Kind::Number
            }
            _ => {
                let code = if word.contains(&0) { DeadCode::NullCharacter } else { DeadCode::InvalidJson };
                self.note(start, code, "a value that is not JSON");
                Kind::Broken
            }
        };
        self.push_scalar(start, end, kind, false);
        Ok(end)
    }

    /// Passes a container that is nested too deeply, checking only that its brackets match.
    fn read_abyss(&mut self, bytes: &[u8], start: usize) -> Result<usize, SyntaxError> {
        let mut closers = Vec::new();
        let mut at = start;
        loop {
            match bytes.get(at) {
                Some(b'{') => closers.push(b'}'),
                Some(b'[') => closers.push(b']'),
                Some(b'"') => {
                    let nodes = self.nodes.len();
                    at = self.read_text(bytes, at, Kind::Text)?;
                    self.nodes.truncate(nodes);
                    continue;
                }
                Some(closer @ (b'}' | b']')) => {
                    if closers.pop() != Some(*closer) {
                        return Err(SyntaxError { at, what: "a bracket that closes nothing" });
                    }
                    if closers.is_empty() {
                        self.push_scalar(start, at + 1, Kind::Broken, false);
                        if let Some(node) = self.nodes.last_mut() {
                            node.height = u8::MAX;
                        }
                        self.lift(u8::MAX);
                        return Ok(at + 1);
                    }
                }
                Some(_) => {}
                None => return Err(SyntaxError { at, what: "the text ends inside a list or an object" }),
            }
            at += 1;
        }
    }

    fn push_scalar(&mut self, start: usize, end: usize, kind: Kind, is_escaped: bool) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { start: start as u32, end: end as u32, next, kind, is_escaped, height: 0 });
    }

    fn note(&mut self, at: usize, code: DeadCode, what: &'static str) {
        self.problems.push(Problem { at, code, what });
    }
}

impl<'a> Doc<'a> {
    pub(crate) const ROOT: Value = 0;

    fn node(&self, value: Value) -> Node {
        const NOTHING: Node = Node { start: 0, end: 0, next: 0, kind: Kind::Null, is_escaped: false, height: 0 };
        self.tape.nodes.get(value as usize).copied().unwrap_or(NOTHING)
    }

    pub(crate) fn kind(&self, value: Value) -> Kind {
        self.node(value).kind
    }

    /// Levels of containers from here inwards.
    pub(crate) fn height(&self, value: Value) -> u8 {
        self.node(value).height
    }

    /// Where the value stands in the text.
    pub(crate) fn span(&self, value: Value) -> std::ops::Range<usize> {
        let node = self.node(value);
        node.start as usize..node.end as usize
    }

    /// The value as it was written.
    pub(crate) fn raw(&self, value: Value) -> &'a str {
        self.text.get(self.span(value)).unwrap_or("null")
    }

    /// A text or key as it was written, without its quotes.
    pub(crate) fn quoted(&self, value: Value) -> &'a str {
        let node = self.node(value);
        self.text.get(node.start as usize + 1..(node.end as usize).saturating_sub(1)).unwrap_or("")
    }

    /// A number that differs for most names: their first letters and their length. Equal names have equal marks.
    pub(crate) fn mark(&self, key: Value) -> u64 {
        let name = self.quoted(key).as_bytes();
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(name) {
            *to = *from;
        }
        u64::from_le_bytes(first) ^ ((name.len() as u64) << 56)
    }

    pub(crate) fn is_escaped(&self, value: Value) -> bool {
        self.node(value).is_escaped
    }

    /// A text or key as it was meant.
    pub(crate) fn text(&self, value: Value) -> std::borrow::Cow<'a, str> {
        match self.is_escaped(value) {
            true => unescape(self.quoted(value)).into(),
            false => self.quoted(value).into(),
        }
    }

    /// A text as it was meant, anything else as it was written.
    pub(crate) fn text_or_raw(&self, value: Value) -> std::borrow::Cow<'a, str> {
        match self.kind(value) {
            Kind::Text | Kind::Key => self.text(value),
            _ => self.raw(value).into(),
        }
    }

    /// The members of an object, as their key and their value; equal keys come as often as they were written.
    pub(crate) fn members(&self, object: Value) -> Members<'a> {
        let node = self.node(object);
        let end = if node.kind == Kind::Object { node.next } else { object + 1 };
        Members { doc: *self, at: object + 1, end }
    }

    pub(crate) fn items(&self, list: Value) -> Items<'a> {
        let node = self.node(list);
        let end = if node.kind == Kind::Array { node.next } else { list + 1 };
        Items { doc: *self, at: list + 1, end }
    }

    /// The member of an object by its name, the last one if there are several; none if it is null.
    pub(crate) fn find(&self, object: Value, name: &str) -> Option<Value> {
        let last = self.members(object).filter(|(key, _)| self.text(*key) == name).last();
        last.map(|(_, value)| value).filter(|value| self.kind(*value) != Kind::Null)
    }

    /// Every node inside a value, in the order of the text.
    pub(crate) fn inside(&self, value: Value) -> std::ops::Range<Value> {
        value + 1..self.node(value).next
    }

    /// The first problem of a value.
    pub(crate) fn find_problem(&self, value: Value) -> Option<Problem> {
        let span = self.span(value);
        let first = self.tape.problems.partition_point(|problem| problem.at < span.start);
        self.tape.problems.get(first).copied().filter(|problem| problem.at < span.end)
    }
}

/// See [`Doc::members`].
pub(crate) struct Members<'a> {
    doc: Doc<'a>,
    at: Value,
    end: Value,
}

impl Iterator for Members<'_> {
    type Item = (Value, Value);

    fn next(&mut self) -> Option<(Value, Value)> {
        if self.at >= self.end {
            return None;
        }
        let key = self.at;
        self.at = self.doc.node(key + 1).next.max(key + 2);
        Some((key, key + 1))
    }
}

/// See [`Doc::items`].
pub(crate) struct Items<'a> {
    doc: Doc<'a>,
    at: Value,
    end: Value,
}

impl Iterator for Items<'_> {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        if self.at >= self.end {
            return None;
        }
        let item = self.at;
        self.at = self.doc.node(item).next.max(item + 1);
        Some(item)
    }
}

const ENDS_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let ends = b",:{}[]\" \t\r\n";
    let mut at = 0;
    while at < ends.len() {
        table[ends[at] as usize] = true;
        at += 1;
    }
    table
};

fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\t' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// The next quote, backslash or control character, or the end. Looks at eight bytes at a time: texts are most of JSON.
fn find_text_end(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = ONES << 7;
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*eight);
        let quote = word ^ (ONES * b'"' as u64);
        let backslash = word ^ (ONES * b'\\' as u64);
        let control = word & (ONES * 0xE0);
        // A byte that became zero borrows from its own highest bit: the lowest such bit is the first hit.
        let hits = ((quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (control.wrapping_sub(ONES) & !control))
            & HIGHS;
        if hits != 0 {
            return at + (hits.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if *byte == b'"' || *byte == b'\\' || *byte < 0x20 {
            return at;
        }
        at += 1;
    }
    at
}
