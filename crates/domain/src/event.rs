//! One recorded fact about a customer, before and after the log gave it its place.

use serde::{Deserialize, Serialize};

use crate::identifier::Identifier;
use crate::ids::{DeadLetterId, EventId, NodeId, SourceId};
use crate::money::currency_text;

/// The kind of call that brought an event. Only `Track`, `Page` and `Screen` are activities of a journey; the others are
/// stored and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    Track,
    Page,
    Screen,
    Identify,
    Group,
    Alias,
}

impl EventKind {
    pub const ALL: [EventKind; 6] =
        [EventKind::Track, EventKind::Page, EventKind::Screen, EventKind::Identify, EventKind::Group, EventKind::Alias];

    pub fn as_str(self) -> &'static str {
        match self {
            EventKind::Track => "track",
            EventKind::Page => "page",
            EventKind::Screen => "screen",
            EventKind::Identify => "identify",
            EventKind::Group => "group",
            EventKind::Alias => "alias",
        }
    }

    pub fn parse(text: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether events of this kind are steps of a journey.
    pub fn is_activity(self) -> bool {
        matches!(self, EventKind::Track | EventKind::Page | EventKind::Screen)
    }
}

/// What an amount of money is for the company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MoneyKind {
    Revenue,
    Cost,
    Refund,
}

impl MoneyKind {
    pub fn as_str(self) -> &'static str {
        match self {
            MoneyKind::Revenue => "revenue",
            MoneyKind::Cost => "cost",
            MoneyKind::Refund => "refund",
        }
    }

    pub fn parse(text: &str) -> Option<MoneyKind> {
        [MoneyKind::Revenue, MoneyKind::Cost, MoneyKind::Refund].into_iter().find(|kind| kind.as_str() == text)
    }
}

/// An exact amount: an integer in the minor unit of its currency (cents for EUR, whole units for CLP).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    /// ISO 4217, three upper-case letters.
    pub currency: [u8; 3],
    pub kind: MoneyKind,
}

impl Money {
    pub fn currency(&self) -> &str {
        currency_text(&self.currency)
    }
}

/// A valid event on its way in: read, checked and normalised, without identity or order yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncomingEvent {
    /// Unique within its source; at most 256 characters.
    pub message_id: String,
    pub kind: EventKind,
    /// The normalised name; `None` for kinds that are not activities.
    pub activity: Option<String>,
    /// At least one, highest priority first, no two equal.
    pub identifiers: Vec<Identifier>,
    pub channel: Option<String>,
    pub unit: Option<String>,
    /// UTC milliseconds, corrected for the clock of the sender.
    pub occurred_at: i64,
    /// UTC milliseconds, as sent.
    pub original_at: i64,
    /// UTC milliseconds.
    pub sent_at: Option<i64>,
    pub money: Option<Money>,
    pub cause_event_id: Option<EventId>,
    /// Things the event is about besides the customer, as `type:id` (`order:1042`).
    pub objects: Vec<String>,
    /// A JSON object without personal values.
    pub properties: String,
    /// A JSON object without personal values.
    pub context: String,
    /// A JSON object of what was personal, by path (`{"properties.email":"…"}`); kept in the state, never in a chunk.
    pub personal: Option<String>,
    /// Traits of the customer that came with the event (a JSON object); kept in the state, never in a chunk.
    pub traits: Option<String>,
}

/// An event as it stands in the log for ever.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredEvent {
    pub event_id: EventId,
    /// Given at intake in batch and file order, never reassigned. Order within a customer is `(occurred_at, seq)`.
    pub seq: u64,
    pub source: SourceId,
    pub message_id: String,
    pub node: NodeId,
    /// The nodes of all identifiers that came with the event, highest priority first; `node` is the first.
    pub identifier_refs: Vec<NodeId>,
    pub kind: EventKind,
    /// Code in the dictionary of activities; `None` for kinds that are not activities.
    pub activity: Option<u16>,
    /// Code in the dictionary of channels.
    pub channel: Option<u8>,
    /// Code in the dictionary of units.
    pub unit: Option<u32>,
    pub occurred_at: i64,
    pub original_at: i64,
    pub sent_at: Option<i64>,
    pub received_at: i64,
    pub money: Option<Money>,
    pub cause_event_id: Option<EventId>,
    pub objects: Vec<String>,
    pub properties: String,
    pub context: String,
    /// Row of the state that holds what was personal in this event.
    pub personal_ref: Option<u64>,
}

/// Why something received is not an event. The text of a code is part of the interface and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadCode {
    /// Not a JSON object, or JSON that cannot be read (a lone surrogate, a number beyond a double).
    InvalidJson,
    /// Bytes that are not UTF-8.
    InvalidUtf8,
    /// Holds the character U+0000.
    NullCharacter,
    /// Values nested too deeply (more than 100 levels).
    TooDeep,
    /// Larger than 32 KB.
    TooLarge,
    /// `type` is missing or unknown.
    UnknownKind,
    /// A `track` without `event`.
    MissingName,
    /// No identifier at all.
    MissingIdentifier,
    /// Every identifier is a blocked value (`null`, `-1`, zeros …).
    BlockedIdentifier,
    /// An identifier over 512 characters.
    IdentifierTooLong,
    /// A time that cannot be read.
    InvalidTime,
    /// A time before 1970 or after 2100.
    TimeOutOfRange,
    /// A message id over 256 characters.
    MessageIdTooLong,
    /// A field that has another type than it must have (`event: 7`).
    InvalidField,
    /// A row of a file with another number of columns than its header.
    WrongColumnCount,
}

impl DeadCode {
    pub const ALL: [DeadCode; 15] = [
        DeadCode::InvalidJson,
        DeadCode::InvalidUtf8,
        DeadCode::NullCharacter,
        DeadCode::TooDeep,
        DeadCode::TooLarge,
        DeadCode::UnknownKind,
        DeadCode::MissingName,
        DeadCode::MissingIdentifier,
        DeadCode::BlockedIdentifier,
        DeadCode::IdentifierTooLong,
        DeadCode::InvalidTime,
        DeadCode::TimeOutOfRange,
        DeadCode::MessageIdTooLong,
        DeadCode::InvalidField,
        DeadCode::WrongColumnCount,
    ];

    pub fn parse(text: &str) -> Option<DeadCode> {
        DeadCode::ALL.into_iter().find(|code| code.as_str() == text)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            DeadCode::InvalidJson => "invalid_json",
            DeadCode::InvalidUtf8 => "invalid_utf8",
            DeadCode::NullCharacter => "null_character",
            DeadCode::TooDeep => "too_deep",
            DeadCode::TooLarge => "too_large",
            DeadCode::UnknownKind => "unknown_kind",
            DeadCode::MissingName => "missing_name",
            DeadCode::MissingIdentifier => "missing_identifier",
            DeadCode::BlockedIdentifier => "blocked_identifier",
            DeadCode::IdentifierTooLong => "identifier_too_long",
            DeadCode::InvalidTime => "invalid_time",
            DeadCode::TimeOutOfRange => "time_out_of_range",
            DeadCode::MessageIdTooLong => "message_id_too_long",
            DeadCode::InvalidField => "invalid_field",
            DeadCode::WrongColumnCount => "wrong_column_count",
        }
    }
}

/// A part of a batch or a row of a file that is not an event, kept as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// Zero until the log gives it a number.
    pub id: DeadLetterId,
    pub source: SourceId,
    pub code: DeadCode,
    /// A sentence that says what is wrong with it.
    pub detail: String,
    /// Position in the batch, or line of the file.
    pub index: u64,
    pub received_at: i64,
    /// How to read it again: `segment`, or a JSON description of the file's format and mapping.
    pub recipe: String,
    /// The bytes as they came.
    pub raw: Vec<u8>,
}

impl DeadLetter {
    /// Whether it was a row of a file. Recipes of calls are `segment`, or an object of that format; all others are of rows.
    pub fn is_row(&self) -> bool {
        self.recipe != "segment" && !self.recipe.starts_with("{\"format\":\"segment\"")
    }
}
