//! Events on their way into the timeline.

use domain::StoredEvent;
use journey::LivedJourney;

use crate::chunk::TimelineRow;

/// One activity on its way into the projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineStep {
    pub node: u64,
    pub occurred_at: i64,
    pub seq: u64,
    pub activity: u16,
    /// As [`LivedJourney`] has it.
    pub unit: u16,
    /// As [`LivedJourney`] has it.
    pub channel: u8,
}

impl TimelineStep {
    /// The step that an event is, if it is one.
    pub fn of(event: &StoredEvent) -> Option<TimelineStep> {
        Some(TimelineStep {
            node: event.node.0,
            occurred_at: event.occurred_at,
            seq: event.seq,
            activity: event.activity?,
            unit: LivedJourney::unit_code(event.unit),
            channel: event.channel.unwrap_or(LivedJourney::NO_CHANNEL),
        })
    }
}

/// Steps, and the codes of their laid-out properties, row after row.
#[derive(Debug, Default)]
pub struct Steps {
    pub(super) steps: Vec<TimelineStep>,
    pub(super) codes: Vec<u16>,
}

impl Steps {
    /// Adds a step from a chunk, where no property is laid out.
    pub fn push(&mut self, row: TimelineRow) {
        self.steps.push(TimelineStep {
            node: row.node.0,
            occurred_at: row.occurred_at,
            seq: row.seq,
            activity: row.activity,
            unit: LivedJourney::unit_code(row.unit),
            channel: row.channel.unwrap_or(LivedJourney::NO_CHANNEL),
        });
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}
