//! What goes over the wire to watchers.

use domain::time::format_instant;
use domain::{DeadLetter, StoredEvent};
use events::names::Names;
use serde::Serialize;
use utoipa::ToSchema;

/// `events`: the newest that were acknowledged since the message before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LiveEvents)]
pub struct LiveEventsDto {
    /// The oldest first.
    pub events: Vec<LiveEventDto>,
    /// How many more there were.
    pub left_out: u64,
}

/// An event just stored, without its properties.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LiveEvent)]
pub struct LiveEventDto {
    pub id: String,
    #[schema(example = "track")]
    pub kind: &'static str,
    pub activity: Option<String>,
    pub channel: Option<String>,
    pub unit: Option<String>,
    pub source: String,
    #[schema(example = "cus_17")]
    pub customer: String,
    pub occurred_at: String,
    pub received_at: String,
}

impl LiveEventDto {
    pub fn new(event: &StoredEvent, customer: String, names: &Names) -> LiveEventDto {
        LiveEventDto {
            id: event.event_id.to_string(),
            kind: event.kind.as_str(),
            activity: event.activity.map(|code| names.activities.name(u32::from(code)).to_owned()),
            channel: event.channel.map(|code| names.channels.name(u32::from(code)).to_owned()),
            unit: event.unit.map(|code| names.units.name(code).to_owned()),
            source: names.sources.name(u32::try_from(event.source.0).unwrap_or(u32::MAX)).to_owned(),
            customer,
            occurred_at: format_instant(event.occurred_at),
            received_at: format_instant(event.received_at),
        }
    }
}

/// `dead`: dead letters since the message before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LiveDead)]
pub struct LiveDeadDto {
    /// The oldest first.
    pub dead_letters: Vec<LiveDeadLetterDto>,
    /// Whether there were more.
    pub has_more: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LiveDeadLetter)]
pub struct LiveDeadLetterDto {
    #[schema(example = "ded_5")]
    pub id: String,
    #[schema(example = "missing_identifier")]
    pub code: &'static str,
    pub source: String,
}

impl LiveDeadLetterDto {
    pub fn new(letter: &DeadLetter, names: &Names) -> LiveDeadLetterDto {
        LiveDeadLetterDto {
            id: letter.id.to_string(),
            code: letter.code.as_str(),
            source: names.sources.name(u32::try_from(letter.source.0).unwrap_or(u32::MAX)).to_owned(),
        }
    }
}
