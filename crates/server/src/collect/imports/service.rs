//! From the bytes of a file to batches on the disk, with as little waiting as the log allows.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::event::{DeadLetter, IncomingEvent};
use domain::{Code, Error, Result};
use events::intake::rows::{FileError, FileFormat, FileOptions, Mapping, Plan, Row, RowReader, Written, plan};
use events::{Receipt, Submission, Ticket};
use tokio::sync::mpsc;

use super::dto::{DeadRow, ImportPreview, ImportReport};
use crate::app::App;
use crate::listening::{KnownTopics, understand};
use crate::organisation::find_organisation;

/// The beginning of a file from which it is decided how to read the rest.
const HEAD_BYTES: usize = 64 << 10;
/// Rows of a batch, and what they may hold.
const BATCH_ROWS: usize = 2_000;
const BATCH_BYTES: usize = 4 << 20;
/// Batches that wait for the disk while the next ones are read.
const TICKETS: usize = 8;
/// While others fill the queue, a file waits in steps of this.
const WAIT: Duration = Duration::from_millis(2);
const SHOWN_DEAD: usize = 10;
const SOURCE_CHARS: usize = 200;

/// What is known of a file before it is read.
#[derive(Clone, Debug)]
pub struct FileQuestion {
    pub file: Option<String>,
    pub format: Option<String>,
    pub map: Option<String>,
    /// What the rows are.
    pub written: Option<String>,
    pub time_zone: Option<String>,
    pub source: Option<String>,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

/// A piece of a file as it arrives.
pub enum Piece {
    Bytes(Bytes),
    /// No more will come, and this was not the end.
    BrokenOff,
}

impl FileQuestion {
    fn options(&self, app: &App) -> Result<FileOptions> {
        let format = match self.format.as_deref() {
            None => None,
            Some("csv") => Some(FileFormat::Delimited),
            Some("jsonl") => Some(FileFormat::JsonLines),
            Some(other) => {
                return Err(Error::invalid(format!("`{other}` is not a format of files; they are csv and jsonl")));
            }
        };
        let mapping = self.map.as_deref().map(Mapping::parse).transpose().map_err(refuse)?;
        let written = match self.written.as_deref() {
            Some(_) if mapping.is_some() => {
                return Err(Error::invalid("a mapping says it all: send `map` or `as`, not both"));
            }
            Some(text) => Some(Written::parse(text).ok_or_else(|| {
                Error::invalid(format!("`as` is reviews or answers, not `{text}`; anything else is said by `map`"))
            })?),
            None => None,
        };
        let time_zone = match &self.time_zone {
            Some(zone) => zone.clone(),
            None => find_organisation(app)?.calendar.time_zone,
        };
        Ok(FileOptions { format, mapping, written, time_zone, has_header: self.has_header, ..FileOptions::default() })
    }

    fn source(&self) -> Result<String> {
        let source = self.source.as_deref().or(self.file.as_deref()).unwrap_or("file");
        let is_name = !source.trim().is_empty() && !source.chars().any(char::is_control);
        if !is_name || source.chars().count() > SOURCE_CHARS {
            return Err(Error::invalid(format!(
                "the source has 1 to {SOURCE_CHARS} characters, no control characters; say another with `source`"
            )));
        }
        Ok(source.to_owned())
    }
}

fn refuse(error: FileError) -> Error {
    Error::invalid(error.to_string())
}

fn describe(plan: &Plan, is_guessed: bool) -> ImportPreview {
    ImportPreview {
        format: plan.format.clone(),
        columns: plan.columns.clone(),
        mapping: plan.mapping.as_ref().map(Mapping::to_text),
        is_guessed: is_guessed && plan.mapping.is_some(),
        reasons: plan.reasons.clone(),
    }
}

/// How a file with this beginning would be read.
pub fn preview(app: &App, question: &FileQuestion, head: &[u8]) -> Result<ImportPreview> {
    question.source()?;
    let options = question.options(app)?;
    let head = &head[..head.len().min(HEAD_BYTES)];
    let plan = plan(head, &options).map_err(refuse)?;
    Ok(describe(&plan, options.mapping.is_none()))
}

/// Brings a file in, piece by piece. Blocks.
pub fn import(app: &App, question: &FileQuestion, mut pieces: mpsc::Receiver<Piece>) -> Result<ImportReport> {
    let source = question.source()?;
    let options = question.options(app)?;
    let mut head = Vec::new();
    let mut is_end = false;
    while head.len() < HEAD_BYTES && !is_end {
        match pieces.blocking_recv() {
            Some(Piece::Bytes(bytes)) => head.extend_from_slice(&bytes),
            Some(Piece::BrokenOff) => return Err(broken_off()),
            None => is_end = true,
        }
    }
    let plan = plan(&head[..head.len().min(HEAD_BYTES)], &options).map_err(refuse)?;
    let read_as = describe(&plan, options.mapping.is_none());

    let received_at = app.clock.now_ms();
    let mut reader = RowReader::new(&plan, app.intake_settings(None), received_at).map_err(refuse)?;
    let mut loader = Loader::new(app, source, received_at);
    loader.take(&mut reader, &head)?;
    drop(head);
    while !is_end {
        match pieces.blocking_recv() {
            Some(Piece::Bytes(bytes)) => loader.take(&mut reader, &bytes)?,
            Some(Piece::BrokenOff) => {
                // Whole rows are events whatever became of the rest; the last one may be half a row.
                loader.finish()?;
                return Err(broken_off());
            }
            None => is_end = true,
        }
    }
    let mut last_rows = Vec::new();
    reader.finish(&mut |row| last_rows.push(row));
    last_rows.into_iter().try_for_each(|row| loader.add(row))?;
    loader.finish()?;
    Ok(ImportReport {
        source: loader.source,
        read_as,
        rows: loader.rows,
        stored: loader.receipt.stored,
        duplicate: loader.receipt.duplicate,
        dead: loader.receipt.dead,
        first_dead: loader.first_dead,
    })
}

fn broken_off() -> Error {
    Error::invalid("the file did not arrive whole; import it again, nothing comes twice")
}

/// Gathers rows into batches and keeps several of them on their way to the disk.
struct Loader<'a> {
    app: &'a App,
    topics: Arc<KnownTopics>,
    source: String,
    received_at: i64,
    events: Vec<IncomingEvent>,
    dead: Vec<DeadLetter>,
    bytes: usize,
    tickets: VecDeque<Ticket>,
    rows: u64,
    receipt: Receipt,
    first_dead: Vec<DeadRow>,
}

impl<'a> Loader<'a> {
    fn new(app: &'a App, source: String, received_at: i64) -> Loader<'a> {
        Loader {
            app,
            topics: app.topics.known(),
            source,
            received_at,
            events: Vec::with_capacity(BATCH_ROWS),
            dead: Vec::new(),
            bytes: 0,
            tickets: VecDeque::new(),
            rows: 0,
            receipt: Receipt::default(),
            first_dead: Vec::new(),
        }
    }

    fn take(&mut self, reader: &mut RowReader, bytes: &[u8]) -> Result<()> {
        let mut outcome = Ok(());
        reader.push(bytes, &mut |row| {
            if outcome.is_ok() {
                outcome = self.add(row);
            }
        });
        outcome
    }

    fn add(&mut self, row: Row) -> Result<()> {
        self.rows += 1;
        match row.outcome {
            Ok(mut event) => {
                understand(&self.topics.analyzer, &mut event);
                self.bytes += size_of::<IncomingEvent>() + event.properties.len() + event.context.len();
                self.events.push(event);
            }
            Err(letter) => {
                self.bytes += letter.raw.len() + letter.recipe.len();
                if self.first_dead.len() < SHOWN_DEAD {
                    let (code, detail) = (letter.code.as_str(), letter.detail.clone());
                    self.first_dead.push(DeadRow { line: row.line, code, detail });
                }
                self.dead.push(letter);
            }
        }
        if self.events.len() + self.dead.len() >= BATCH_ROWS || self.bytes >= BATCH_BYTES {
            self.submit()?;
        }
        Ok(())
    }

    fn submit(&mut self) -> Result<()> {
        if self.events.is_empty() && self.dead.is_empty() {
            return Ok(());
        }
        self.wait_for_room()?;
        let submission = Submission {
            source: self.source.clone(),
            received_at: self.received_at,
            events: std::mem::replace(&mut self.events, Vec::with_capacity(BATCH_ROWS)),
            dead: std::mem::take(&mut self.dead),
            replays: Vec::new(),
            bytes: std::mem::take(&mut self.bytes),
            is_file: true,
        };
        let ticket = self.app.log.submit(submission).map_err(|error| match error.code {
            Code::TooMany => Error::new(
                Code::TooMany,
                format!(
                    "too many rows of `{}` are no events: check how the file is read, then import it again",
                    self.source
                ),
            ),
            _ => error,
        })?;
        self.tickets.push_back(ticket);
        Ok(())
    }

    /// Files take half of the queue at most, so that they never push the batches of clients out.
    fn wait_for_room(&mut self) -> Result<()> {
        while self.tickets.len() >= TICKETS {
            self.collect_ticket()?;
        }
        let room = self.app.settings.queue_bytes / 2;
        while self.app.log.queued_bytes() > 0 && self.app.log.queued_bytes() + self.bytes > room {
            if self.tickets.is_empty() {
                std::thread::sleep(WAIT);
            } else {
                self.collect_ticket()?;
            }
        }
        Ok(())
    }

    fn collect_ticket(&mut self) -> Result<()> {
        if let Some(ticket) = self.tickets.pop_front() {
            self.receipt.add(ticket.wait()?);
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<()> {
        self.submit()?;
        while !self.tickets.is_empty() {
            self.collect_ticket()?;
        }
        Ok(())
    }
}
