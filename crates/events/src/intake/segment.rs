//! Calls of the Segment SDKs, alone or in batches.
//!
//! One bad event never costs its batch anything: it becomes a dead letter with its place and its bytes. Only a body whose
//! brackets do not match, or one with too many events, is refused as a whole.
//!
//! What is not obvious from the contract:
//!
//! * On a path that names the kind of call (`/v1/track`), that kind counts, whatever `type` says.
//! * The time of sending is the envelope's where there is one: libraries stamp events once and batches at every try.
//!   A `sentAt` that cannot be read says nothing, and no event dies of it.
//! * With `receivedAt`, `timestamp` and an `originalTimestamp` that differs, the event was received and corrected before, by
//!   the service that forwards it: its `timestamp` is taken as it is.
//! * An empty list stands for an empty object, as PHP writes it.
//! * Members that have no place here are kept in the context under `_extra`; keys of the HTTP interface are not.

mod context;
mod envelope;
mod event;
mod merge;

#[cfg(test)]
mod tests;

use domain::event::{DeadCode, DeadLetter, EventKind, IncomingEvent};

use super::identifiers::Refusal;
use super::json::{Doc, Kind, Tape, Value};
use super::settings::IntakeSettings;
use envelope::{Body, Envelope};

/// The most events of one batch.
pub const MOST_EVENTS: usize = 10_000;
/// The most bytes of one event as it was sent.
pub const LARGEST_EVENT: usize = 32 * 1024;
/// Deeper nesting is a mistake or an attack.
const DEEPEST: u8 = 100;
/// What the context that a batch shares may grow to when each event gets its copy.
const LARGEST_SHARED_BYTES: usize = 32 << 20;

/// What one body brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The key in the body, else that of the first event.
    pub write_key: Option<String>,
    /// In the order of the body.
    pub events: Vec<IncomingEvent>,
    /// Without number and source; `index` is the place in the batch.
    pub dead: Vec<DeadLetter>,
    /// Always the number of events and dead letters together.
    pub received: u64,
    /// Events that were said to happen more than a day after they arrived, and have the time of their arrival.
    pub moved_to_arrival: u64,
}

/// Why a body is refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not JSON, or JSON that holds no events; what is wrong and at which byte.
    #[error("the body cannot be read as JSON events: {0}")]
    Unparsable(String),
    /// More events than are accepted at once.
    #[error("{received} events in one batch, at most {limit} are accepted; send smaller batches")]
    TooManyEvents {
        /// Events in the batch.
        received: usize,
        /// Fewer than usual when the events share a very large context.
        limit: usize,
    },
}

/// Reads a body: one event, a list of events, or `{"batch": […]}` with what its events share. `call` is the kind that the
/// path of the request names. `received_at` is in UTC milliseconds.
pub fn read_batch(
    body: &[u8],
    call: Option<EventKind>,
    received_at: i64,
    settings: &IntakeSettings,
) -> Result<Batch, EnvelopeError> {
    let body = Body::new(body);
    let mut tape = Tape::default();
    let doc = tape
        .scan(&body.text)
        .map_err(|error| EnvelopeError::Unparsable(format!("{} at byte {}", error.what, error.at + body.skipped)))?;
    let (envelope, items) = envelope::open(doc, &body, call)?;
    let shared_bytes = envelope.shared_bytes().max(1);
    let limit = MOST_EVENTS.min(LARGEST_SHARED_BYTES / shared_bytes);
    if items.len() > limit {
        return Err(EnvelopeError::TooManyEvents { received: items.len(), limit });
    }
    let mut reader = Reader { doc, body: &body, envelope, received_at, settings, recipe: None };
    let mut batch = Batch { received: items.len() as u64, ..Batch::default() };
    batch.events.reserve_exact(items.len());
    batch.write_key = reader.envelope.write_key.map(str::to_owned);
    for (index, item) in items.into_iter().enumerate() {
        if index == 0 && batch.write_key.is_none() {
            batch.write_key =
                doc.find(item, "writeKey").and_then(|key| envelope::read_key(doc, key)).map(str::to_owned);
        }
        match reader.read(item) {
            Ok((event, is_moved)) => {
                batch.events.push(event);
                batch.moved_to_arrival += u64::from(is_moved);
            }
            Err(refusal) => batch.dead.push(reader.bury(item, index, refusal)),
        }
    }
    Ok(batch)
}

/// Reads one event again from the bytes and the recipe of a dead letter of this module; `received_at` is when it came first.
pub fn read_one(
    raw: &[u8],
    recipe: &str,
    received_at: i64,
    settings: &IntakeSettings,
) -> Result<IncomingEvent, DeadLetter> {
    let bury = |refusal: Refusal| refusal.into_dead_letter(0, received_at, recipe.to_owned(), raw.to_vec());
    let body = Body::new(raw);
    let mut tape = Tape::default();
    let doc = match tape.scan(&body.text) {
        Ok(doc) => doc,
        Err(error) => return Err(bury(Refusal::new(DeadCode::InvalidJson, error.to_string()))),
    };
    let mut shared = Tape::default();
    let envelope = envelope::read_recipe(recipe, &mut shared).map_err(&bury)?;
    let reader = Reader { doc, body: &body, envelope, received_at, settings, recipe: None };
    reader.read(Doc::ROOT).map(|(event, _)| event).map_err(bury)
}

/// Reads a line of a file that is a call; one with the name of an event and no kind is a `track`.
pub(super) fn read_line(
    line: &str,
    tape: &mut Tape,
    received_at: i64,
    settings: &IntakeSettings,
) -> Result<IncomingEvent, Refusal> {
    let body = Body::new(line.as_bytes());
    let doc = tape.scan(line).map_err(|error| Refusal::new(DeadCode::InvalidJson, error.to_string()))?;
    let envelope = Envelope { call: Some(EventKind::Track), ..Envelope::default() };
    let reader = Reader { doc, body: &body, envelope, received_at, settings, recipe: None };
    reader.read(Doc::ROOT).map(|(event, _)| event)
}

struct Reader<'a> {
    doc: Doc<'a>,
    body: &'a Body<'a>,
    envelope: Envelope<'a>,
    received_at: i64,
    settings: &'a IntakeSettings,
    /// Written when the first dead letter needs it.
    recipe: Option<String>,
}

impl Reader<'_> {
    /// The event, and whether its time had to be moved to its arrival.
    fn read(&self, item: Value) -> Result<(IncomingEvent, bool), Refusal> {
        self.check(item)?;
        event::read(self.doc, item, &self.envelope, self.received_at, self.settings)
    }

    /// Refuses what cannot be kept at all, before any field is looked at.
    fn check(&self, item: Value) -> Result<(), Refusal> {
        let doc = self.doc;
        let span = doc.span(item);
        let shared = self.envelope.shared_bytes();
        if span.len() + shared > LARGEST_EVENT {
            let with_shared = if shared > 0 { format!(" and {shared} that its batch shares") } else { String::new() };
            let detail = format!("{} bytes{with_shared}, at most {LARGEST_EVENT} are accepted", span.len());
            return Err(Refusal::new(DeadCode::TooLarge, detail));
        }
        if let Some(at) = self.body.find_invalid(&span) {
            return Err(Refusal::new(DeadCode::InvalidUtf8, format!("byte {at} of the event is not UTF-8")));
        }
        if doc.height(item) > DEEPEST || self.envelope.height() > DEEPEST {
            return Err(Refusal::new(DeadCode::TooDeep, format!("nested more than {DEEPEST} levels deep")));
        }
        if let Some(problem) = doc.find_problem(item) {
            let detail = format!("{} at byte {} of the event", problem.what, problem.at - span.start);
            return Err(Refusal::new(problem.code, detail));
        }
        if let Some(problem) = self.envelope.find_problem() {
            return Err(Refusal::new(problem.code, format!("{} in what the batch shares", problem.what)));
        }
        if doc.kind(item) != Kind::Object {
            return Err(Refusal::new(DeadCode::InvalidJson, "an event must be a JSON object"));
        }
        Ok(())
    }

    fn bury(&mut self, item: Value, index: usize, refusal: Refusal) -> DeadLetter {
        let recipe = self.recipe.get_or_insert_with(|| envelope::write_recipe(&self.envelope)).clone();
        let raw = self.body.original.get(self.doc.span(item)).unwrap_or_default().to_vec();
        refusal.into_dead_letter(index as u64, self.received_at, recipe, raw)
    }
}
