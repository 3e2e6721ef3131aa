//! Records and fields of delimited text (RFC 4180, and what spreadsheets make of it).

use std::ops::Range;

use super::FileError;

#[cfg(test)]
mod tests;

/// What stands between the fields of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// One byte; fields with that byte, quotes or line ends in them stand in double quotes.
    Byte(u8),
    /// Any number of spaces and tabs, also in front of the first field. There are no quotes.
    Blanks,
}

impl Delimiter {
    /// Reads `,`, `;`, `|`, any other single character of ASCII, `tab`, or `space` for any number of blanks.
    pub fn parse(text: &str) -> Result<Delimiter, FileError> {
        match text.as_bytes() {
            b"tab" | b"\\t" => Ok(Delimiter::Byte(b'\t')),
            b"space" | b" " => Ok(Delimiter::Blanks),
            [byte] if !matches!(byte, b'"' | b'\n' | b'\r') => Ok(Delimiter::Byte(*byte)),
            _ => Err(FileError::UnknownDelimiter(text.to_owned())),
        }
    }
}

/// A record at the start of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record {
    /// Its bytes without its line end, the bytes with it, and the line ends in both.
    Complete { len: usize, total: usize, lines: u64 },
    /// It goes on after the end; true when it ends inside quotes.
    Open { is_quoted: bool },
}

/// Finds the first record. `has_quotes` says whether the text may have line ends inside quoted fields, after `delimiter`.
pub(super) fn find_record(bytes: &[u8], delimiter: Option<u8>) -> Record {
    let line_end = memchr::memchr(b'\n', bytes);
    let line = &bytes[..line_end.unwrap_or(bytes.len())];
    let Some((delimiter, quote)) = delimiter.zip(memchr::memchr(b'"', line)) else {
        return match line_end {
            Some(end) => complete(bytes, end, 1),
            None => Record::Open { is_quoted: false },
        };
    };
    let mut lines = 0;
    let mut at = quote;
    let mut is_quoted = false;
    loop {
        if is_quoted {
            let Some(quote) = memchr::memchr(b'"', &bytes[at..]) else { return Record::Open { is_quoted } };
            lines += memchr::memchr_iter(b'\n', &bytes[at..at + quote]).count() as u64;
            at += quote + 1;
            // A doubled quote opens again at once, which comes to the same.
            is_quoted = bytes.get(at) == Some(&b'"');
            at += usize::from(is_quoted);
        } else {
            let Some(found) = memchr::memchr2(b'"', b'\n', &bytes[at..]) else { return Record::Open { is_quoted } };
            at += found;
            if bytes[at] == b'\n' {
                return complete(bytes, at, lines + 1);
            }
            // A quote that is not the first of its field is a character like any other.
            is_quoted = at == 0 || bytes[at - 1] == delimiter;
            at += 1;
        }
    }
}

fn complete(bytes: &[u8], end: usize, lines: u64) -> Record {
    let len = if end > 0 && bytes[end - 1] == b'\r' { end - 1 } else { end };
    Record::Complete { len, total: end + 1, lines }
}

/// The fields of a record: ranges of the record itself, or of `unquoted` when quotes had to be undone.
#[derive(Debug, Default)]
pub(super) struct Fields {
    ranges: Vec<Range<usize>>,
    unquoted: String,
    is_unquoted: bool,
}

impl Fields {
    /// Cuts a record into its fields.
    pub(super) fn split(&mut self, record: &str, delimiter: Delimiter) {
        self.ranges.clear();
        self.is_unquoted = false;
        match delimiter {
            Delimiter::Blanks => self.split_blanks(record),
            Delimiter::Byte(byte) if memchr::memchr(b'"', record.as_bytes()).is_some() => {
                self.split_quoted(record, byte)
            }
            Delimiter::Byte(byte) => {
                let mut start = 0;
                for end in memchr::memchr_iter(byte, record.as_bytes()) {
                    self.ranges.push(start..end);
                    start = end + 1;
                }
                self.ranges.push(start..record.len());
            }
        }
    }

    fn split_blanks(&mut self, record: &str) {
        let mut start = None;
        for (at, byte) in record.bytes().chain([b' ']).enumerate() {
            match (matches!(byte, b' ' | b'\t'), start) {
                (true, Some(from)) => {
                    self.ranges.push(from..at);
                    start = None;
                }
                (false, None) => start = Some(at),
                _ => {}
            }
        }
    }

    fn split_quoted(&mut self, record: &str, delimiter: u8) {
        self.unquoted.clear();
        self.is_unquoted = true;
        let bytes = record.as_bytes();
        let mut at = 0;
        loop {
            let start = self.unquoted.len();
            if bytes.get(at) == Some(&b'"') {
                at += 1;
                loop {
                    let end = memchr::memchr(b'"', &bytes[at..]).map_or(bytes.len(), |found| at + found);
                    self.unquoted.push_str(&record[at..end]);
                    at = (end + 1).min(bytes.len());
                    if bytes.get(at) != Some(&b'"') {
                        break;
                    }
                    self.unquoted.push('"');
                    at += 1;
                }
            }
            let end = memchr::memchr(delimiter, &bytes[at..]).map_or(bytes.len(), |found| at + found);
            self.unquoted.push_str(&record[at..end]);
            self.ranges.push(start..self.unquoted.len());
            if end == bytes.len() {
                return;
            }
            at = end + 1;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// A field of the record that was split last, as its text; empty where there is none.
    pub(super) fn get<'a>(&'a self, record: &'a str, index: usize) -> &'a str {
        let text = if self.is_unquoted { &self.unquoted } else { record };
        self.ranges.get(index).and_then(|range| text.get(range.clone())).unwrap_or("")
    }
}
