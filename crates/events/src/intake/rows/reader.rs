//! The bytes of a file, row by row.

use std::fmt::Write;

use domain::event::{DeadCode, DeadLetter, IncomingEvent};
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_128;

use super::FileError;
use super::layout::{Layout, RowRecipe};
use super::plan::Plan;
use super::records::{Delimiter, Record, find_record};
use super::row::RowMaker;
use crate::intake::IntakeSettings;
use crate::intake::identifiers::Refusal;

/// The most bytes of one row.
pub const LARGEST_ROW: usize = 1 << 20;
/// What is kept of a row that is larger.
const KEPT_OF_LARGEST: usize = 32 << 10;

/// A row of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it starts, from 1.
    pub line: u64,
    /// A dead letter has no number and no source; its `index` is the line.
    pub outcome: Result<IncomingEvent, DeadLetter>,
}

/// Reads a file whose bytes come in pieces.
#[derive(Debug)]
pub struct RowReader {
    maker: RowMaker,
    quotes: Option<u8>,
    buffer: Vec<u8>,
    /// Where the next row starts in the buffer.
    start: usize,
    line: u64,
    is_at_beginning: bool,
    is_header_due: bool,
    /// Whether the rest of a line that was too long is still to come.
    is_skipping: bool,
    seen: SeenRows,
    received_at: i64,
}

impl RowReader {
    /// A reader at the beginning of the file that the plan was made for. `received_at` is the time of the import, in UTC
    /// milliseconds.
    pub fn new(plan: &Plan, settings: IntakeSettings, received_at: i64) -> Result<RowReader, FileError> {
        Ok(RowReader {
            quotes: quotes_of(&plan.layout),
            maker: RowMaker::new(plan.layout.clone(), settings, received_at)?,
            buffer: Vec::new(),
            start: 0,
            line: 1,
            is_at_beginning: true,
            is_header_due: plan.has_header,
            is_skipping: false,
            seen: SeenRows::default(),
            received_at,
        })
    }

    /// Takes the next bytes of the file and gives the rows that end in them.
    pub fn push(&mut self, bytes: &[u8], out: &mut impl FnMut(Row)) {
        self.buffer.extend_from_slice(bytes);
        if self.is_at_beginning && self.buffer.len() < 3 {
            return;
        }
        self.read_rows(false, out);
        self.buffer.drain(..self.start);
        self.start = 0;
    }

    /// Gives the rows that the end of the file ends.
    pub fn finish(mut self, out: &mut impl FnMut(Row)) {
        self.read_rows(true, out);
    }

    /// Bytes that wait for the end of their row.
    pub fn buffered_bytes(&self) -> usize {
        self.buffer.len()
    }

    fn read_rows(&mut self, is_end: bool, out: &mut impl FnMut(Row)) {
        if std::mem::take(&mut self.is_at_beginning) && self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.start = 3;
        }
        loop {
            let rest = &self.buffer[self.start..];
            if rest.is_empty() {
                return;
            }
            if self.is_skipping {
                let line_end = memchr::memchr(b'\n', rest);
                self.start += line_end.map_or(rest.len(), |end| end + 1);
                self.line += u64::from(line_end.is_some());
                self.is_skipping = line_end.is_none();
                continue;
            }
            match find_record(rest, self.quotes) {
                Record::Complete { len, total, lines } if len <= LARGEST_ROW => self.take_row(len, total, lines, out),
                Record::Complete { len, total, lines: 1 } => self.bury_start(len, total, DeadCode::TooLarge, out),
                Record::Complete { .. } => self.bury_line(DeadCode::TooLarge, out),
                Record::Open { .. } if !is_end && rest.len() <= LARGEST_ROW => return,
                Record::Open { is_quoted: true } => {
                    let is_large = rest.len() > LARGEST_ROW;
                    self.bury_line(if is_large { DeadCode::TooLarge } else { DeadCode::InvalidField }, out);
                }
                Record::Open { is_quoted: false } if rest.len() <= LARGEST_ROW => {
                    let total = rest.len();
                    let len = if rest.ends_with(b"\r") { total - 1 } else { total };
                    self.take_row(len, total, 0, out);
                }
                Record::Open { is_quoted: false } => {
                    let total = rest.len();
                    self.is_skipping = true;
                    self.bury_start(total, total, DeadCode::TooLarge, out);
                    // The line goes on: it is counted when its end is passed.
                    self.line -= 1;
                }
            }
        }
    }

    fn take_row(&mut self, len: usize, total: usize, lines: u64, out: &mut impl FnMut(Row)) {
        let record = &self.buffer[self.start..self.start + len];
        let line = self.line;
        self.start += total;
        self.line += lines;
        if record.trim_ascii().is_empty() {
            return;
        }
        if std::mem::take(&mut self.is_header_due) {
            return;
        }
        let hash = xxh3_128(record);
        let equal_before = self.seen.count(hash as u64);
        let outcome = self.maker.make(record, write_message_id(hash, equal_before)).map_err(|refusal| {
            let recipe = write_recipe(self.maker.layout(), equal_before);
            refusal.into_dead_letter(line, self.received_at, recipe, record.to_vec())
        });
        out(Row { line, outcome });
    }

    /// Gives up the line at which a row starts whose quotes do not close; reading goes on with the next line.
    fn bury_line(&mut self, code: DeadCode, out: &mut impl FnMut(Row)) {
        let rest = &self.buffer[self.start..];
        let (len, total) = memchr::memchr(b'\n', rest).map_or((rest.len(), rest.len()), |end| (end, end + 1));
        self.bury_start(len, total, code, out);
    }

    fn bury_start(&mut self, len: usize, total: usize, code: DeadCode, out: &mut impl FnMut(Row)) {
        let raw = &self.buffer[self.start..self.start + len];
        let detail = match code {
            DeadCode::TooLarge if raw.len() > KEPT_OF_LARGEST => {
                format!("a row of more than {LARGEST_ROW} bytes, of which the first {KEPT_OF_LARGEST} are kept")
            }
            DeadCode::TooLarge => {
                format!("a row of more than {LARGEST_ROW} bytes starts here; a quote may not be closed")
            }
            _ => "a quote that is not closed".to_owned(),
        };
        let raw = raw[..raw.len().min(KEPT_OF_LARGEST)].to_vec();
        let line = self.line;
        self.start += total;
        self.line += 1;
        let equal_before = self.seen.count(xxh3_128(&raw) as u64);
        let recipe = write_recipe(self.maker.layout(), equal_before);
        let letter = Refusal::new(code, detail).into_dead_letter(line, self.received_at, recipe, raw);
        out(Row { line, outcome: Err(letter) });
    }
}

/// Reads a row again from the bytes and the recipe of a dead letter of this module; `received_at` is when it came first.
pub fn read_one(
    raw: &[u8],
    recipe: &str,
    received_at: i64,
    settings: &IntakeSettings,
) -> Result<IncomingEvent, DeadLetter> {
    let bury = |refusal: Refusal| refusal.into_dead_letter(0, received_at, recipe.to_owned(), raw.to_vec());
    let unknown = |detail: String| bury(Refusal::new(DeadCode::InvalidField, detail));
    let RowRecipe { layout, equal_before } = serde_json::from_str(recipe)
        .map_err(|_| unknown("the recipe of this dead letter is not one for rows".to_owned()))?;
    let quotes = quotes_of(&layout);
    let mut maker = RowMaker::new(layout, settings.clone(), received_at).map_err(|error| unknown(error.to_string()))?;
    if find_record(raw, quotes) == (Record::Open { is_quoted: true }) {
        return Err(unknown("a quote that is not closed".to_owned()));
    }
    maker.make(raw, write_message_id(xxh3_128(raw), equal_before)).map_err(bury)
}

/// The byte between fields that may be quoted, where rows have such.
fn quotes_of(layout: &Layout) -> Option<u8> {
    match layout.delimiter() {
        Some(Delimiter::Byte(byte)) => Some(byte),
        Some(Delimiter::Blanks) | None => None,
    }
}

fn write_recipe(layout: &Layout, equal_before: u32) -> String {
    let recipe = RowRecipe { layout: layout.clone(), equal_before };
    serde_json::to_string(&recipe).unwrap_or_default()
}

fn write_message_id(hash: u128, equal_before: u32) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut id = String::with_capacity(40);
    for byte in hash.to_be_bytes() {
        id.push(char::from(DIGITS[usize::from(byte >> 4)]));
        id.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    if equal_before > 0 {
        let _ = write!(id, "-{equal_before}");
    }
    id
}

/// How often each row came. Nearly all come once, so only their hashes are kept; two rows that share 64 bits of hash count as
/// equal, which changes nothing but the number in the id of the later one.
#[derive(Debug, Default)]
struct SeenRows {
    once: FxHashSet<u64>,
    again: FxHashMap<u64, u32>,
}

impl SeenRows {
    /// How many equal rows came before this one.
    fn count(&mut self, hash: u64) -> u32 {
        if self.once.insert(hash) {
            return 0;
        }
        let before = self.again.entry(hash).or_insert(0);
        *before = before.saturating_add(1);
        *before
    }
}
