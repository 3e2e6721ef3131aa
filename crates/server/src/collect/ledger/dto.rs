//! What goes over the wire about the ledger.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::DeadLetter;
use domain::ports::Counts;
use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `received = stored + duplicate + dead`, at every moment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Counts)]
pub struct CountsDto {
    pub received: u64,
    pub stored: u64,
    pub duplicate: u64,
    pub dead: u64,
}

impl From<Counts> for CountsDto {
    fn from(counts: Counts) -> Self {
        CountsDto { received: counts.received, stored: counts.stored, duplicate: counts.duplicate, dead: counts.dead }
    }
}

/// Something received that is not an event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadLetter)]
pub struct DeadLetterDto {
    #[schema(example = "ded_5")]
    pub id: String,
    #[schema(example = "missing_identifier")]
    pub code: &'static str,
    /// Position in the batch, or line of the file.
    pub index: u64,
    pub received_at: String,
    pub source: String,
    /// `call`, as clients send it, or `row` of a file.
    pub form: &'static str,
    pub detail: String,
    /// The bytes as they came, when they are text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// The bytes as they came, when they are no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_base64: Option<String>,
}

impl DeadLetterDto {
    pub fn new(letter: DeadLetter, source: String, with_raw: bool) -> DeadLetterDto {
        let form = if letter.is_row() { "row" } else { "call" };
        let (raw, raw_base64) = match String::from_utf8(letter.raw) {
            _ if !with_raw => (None, None),
            Ok(text) => (Some(text), None),
            Err(bytes) => (None, Some(STANDARD.encode(bytes.as_bytes()))),
        };
        DeadLetterDto {
            id: letter.id.to_string(),
            code: letter.code.as_str(),
            index: letter.index,
            received_at: format_instant(letter.received_at),
            source,
            form,
            detail: letter.detail,
            raw,
            raw_base64,
        }
    }
}

/// How many dead letters of a source have a code.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadCount)]
pub struct DeadCountDto {
    pub source: String,
    #[schema(example = "missing_identifier")]
    pub code: &'static str,
    pub letters: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeadLetters)]
pub struct DeadLettersDto {
    pub dead_letters: Vec<DeadLetterDto>,
    /// All there are, whatever the list is limited to; the most first.
    pub counts: Vec<DeadCountDto>,
    /// What to send as `after` to go on; none at the end.
    pub next: Option<String>,
}

/// What became of dead letters that were read again.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct Replayed {
    /// Letters read again.
    pub read: u64,
    /// Of these, events now.
    pub stored: u64,
    /// Of these, events that were there already.
    pub duplicate: u64,
    /// Of these, dead as before.
    pub dead: u64,
}

/// The state of the files of the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    pub is_whole: bool,
    /// A sentence for each damaged file, with its name.
    pub damaged: Vec<String>,
}

/// What to read instead of what came; what came, unless told.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The event, or the row of the file, as it should have been. What came stays recorded.
    pub raw: Option<String>,
}

/// What became of one dead letter that was read again.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplayedLetter {
    /// `event`; `duplicate` when the event was there already; `dead` when it still cannot be read: then nothing changed.
    pub became: &'static str,
    /// Why it still cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "invalid_time")]
    pub code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}
