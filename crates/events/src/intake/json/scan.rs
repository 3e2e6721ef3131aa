//! The scan itself.

use domain::event::DeadCode;

use super::{Doc, Kind, Node, Problem, SyntaxError, Tape, text};

/// Containers nested deeper than this are noted as one value; events may not be nested this deeply anyway.
const RECORDED_DEPTH: usize = 112;

/// Typical JSON has a value or a name for every so many bytes.
const BYTES_PER_NODE: usize = 8;

/// The scan cannot go on; the error is in the tape.
struct Stopped;

impl Tape {
    /// Scans `text`, which must be one JSON value with nothing but white space around it.
    pub(crate) fn scan<'a>(&'a mut self, text: &'a str) -> Result<Doc<'a>, SyntaxError> {
        self.nodes.clear();
        self.problems.clear();
        self.open.clear();
        self.nodes.reserve(text.len() / BYTES_PER_NODE);
        let read = match u32::try_from(text.len()) {
            Ok(_) => self.read(text.as_bytes()),
            Err(_) => self.stop(0, "more than 4 GB of text"),
        };
        match read {
            Ok(()) => Ok(Doc { text, tape: self }),
            Err(Stopped) => Err(self.error.unwrap_or(SyntaxError { at: 0, what: "not JSON" })),
        }
    }

    /// Keeps the error aside, so that every step of the scan returns little.
    #[cold]
    fn stop<T>(&mut self, at: usize, what: &'static str) -> Result<T, Stopped> {
        self.error = Some(SyntaxError { at, what });
        Err(Stopped)
    }

    fn read(&mut self, bytes: &[u8]) -> Result<(), Stopped> {
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
    #[inline]
    fn read_value(&mut self, bytes: &[u8], at: usize) -> Result<(usize, bool), Stopped> {
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
                self.nodes.push(Node {
                    start,
                    end: start,
                    next: number + 1,
                    kind,
                    is_escaped: false,
                    height: 1,
                    mark: 0,
                });
                self.open.push(number);
                let first = skip_blanks(bytes, at + 1);
                match bytes.get(first) {
                    Some(b'}') if is_object => Ok((self.close(first), false)),
                    Some(b']') if !is_object => Ok((self.close(first), false)),
                    _ if is_object => Ok((self.read_key(bytes, first)?, true)),
                    _ => Ok((first, true)),
                }
            }
            None => self.stop(at, "the text ends where a value is expected"),
            Some(_) => Ok((self.read_word(bytes, at)?, false)),
        }
    }

    /// After a value: passes what closes, up to the place of the next value, or to the end of the text.
    #[inline]
    fn close_values(&mut self, bytes: &[u8], from: usize) -> Result<Option<usize>, Stopped> {
        let mut at = skip_blanks(bytes, from);
        loop {
            let Some(top) = self.open.last().and_then(|number| self.nodes.get(*number as usize)) else {
                return if at == bytes.len() { Ok(None) } else { self.stop(at, "text after the end of the value") };
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
                (None, _) => return self.stop(at, "the text ends inside a list or an object"),
                (_, Kind::Object) => return self.stop(at, "expected `,` or `}`"),
                _ => return self.stop(at, "expected `,` or `]`"),
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

    #[inline]
    fn read_key(&mut self, bytes: &[u8], at: usize) -> Result<usize, Stopped> {
        if bytes.get(at) != Some(&b'"') {
            return self.stop(at, "expected the name of a member in quotes");
        }
        let end = self.read_text(bytes, at, Kind::Key)?;
        if let Some(node) = self.nodes.last_mut() {
            // The last two bytes of a name and its length tell most names of one object apart.
            node.mark =
                bytes[end - 2].wrapping_mul(31) ^ bytes[end.saturating_sub(3)] ^ ((end - at) as u8).wrapping_mul(17);
        }
        let colon = skip_blanks(bytes, end);
        if bytes.get(colon) != Some(&b':') {
            return self.stop(colon, "expected `:`");
        }
        Ok(skip_blanks(bytes, colon + 1))
    }

    /// Reads a text from its opening quote to after its closing one.
    #[inline]
    fn read_text(&mut self, bytes: &[u8], start: usize, kind: Kind) -> Result<usize, Stopped> {
        let end = find_text_end(bytes, start + 1);
        if bytes.get(end) != Some(&b'"') {
            return self.read_odd_text(bytes, start, end, kind);
        }
        self.push_scalar(start, end + 1, kind, false);
        Ok(end + 1)
    }

    /// Reads a text that has something at `at` that is neither plain nor its end.
    fn read_odd_text(&mut self, bytes: &[u8], start: usize, mut at: usize, kind: Kind) -> Result<usize, Stopped> {
        let mut is_escaped = false;
        loop {
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
                None => return self.stop(start, "a text that does not end"),
            }
            at = find_text_end(bytes, at);
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
    fn read_word(&mut self, bytes: &[u8], start: usize) -> Result<usize, Stopped> {
        let end =
            bytes[start..].iter().position(|byte| ENDS_WORD[*byte as usize]).map_or(bytes.len(), |len| start + len);
        let word = &bytes[start..end];
        let kind = match word {
            [] => return self.stop(start, "expected a value"),
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
    fn read_abyss(&mut self, bytes: &[u8], start: usize) -> Result<usize, Stopped> {
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
                        return self.stop(at, "a bracket that closes nothing");
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
                None => return self.stop(at, "the text ends inside a list or an object"),
            }
            at += 1;
        }
    }

    #[inline]
    fn push_scalar(&mut self, start: usize, end: usize, kind: Kind, is_escaped: bool) {
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { start: start as u32, end: end as u32, next, kind, is_escaped, height: 0, mark: 0 });
    }

    fn note(&mut self, at: usize, code: DeadCode, what: &'static str) {
        self.problems.push(Problem { at, code, what });
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

#[inline]
fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        if *byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
            return at;
        }
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
