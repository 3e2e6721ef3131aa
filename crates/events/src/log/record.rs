//! The persisted form of one batch: a record of the write-ahead log. Versions are added, never changed; a frozen sample of
//! each is in the tests.

use domain::ports::{
    CodedName, Counts, IdentityMerge, LogChanges, NewIdentifier, PersonalValues, Sequences, TraitsSeen, UndoneMerge,
};
use domain::{DeadLetter, DeadLetterId, EventId, StoredEvent};
use serde::{Deserialize, Serialize};

use super::sequencer::refused_row_id;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Record {
    V1(Box<Batch>),
}

/// Everything that one batch, or one decision about identity, changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    pub events: Vec<StoredEvent>,
    /// Whether the ids of the events are remembered for ever.
    pub is_file: bool,
    pub identifiers: Vec<NewIdentifier>,
    pub merges: Vec<IdentityMerge>,
    pub undone: Vec<UndoneMerge>,
    pub names: Vec<CodedName>,
    pub personal: Vec<PersonalValues>,
    pub traits: Vec<TraitsSeen>,
    pub dead: Vec<DeadLetter>,
    pub replayed: Vec<DeadLetterId>,
    /// After this record.
    pub counts: Counts,
    /// After this record.
    pub sequences: Sequences,
}

impl Batch {
    /// Ids of the rows of a file that are no events.
    pub fn refused_rows(&self) -> Vec<EventId> {
        self.dead.iter().filter(|_| self.is_file).map(refused_row_id).collect()
    }

    /// What the batch changes in the state, taken out of it; the events stay.
    pub fn take_changes(&mut self, position: u64) -> LogChanges {
        LogChanges {
            position,
            counts: self.counts,
            sequences: self.sequences,
            identifiers: std::mem::take(&mut self.identifiers),
            merges: std::mem::take(&mut self.merges),
            undone: std::mem::take(&mut self.undone),
            names: std::mem::take(&mut self.names),
            personal: std::mem::take(&mut self.personal),
            traits: std::mem::take(&mut self.traits),
            dead: std::mem::take(&mut self.dead),
            replayed: std::mem::take(&mut self.replayed),
        }
    }
}

impl Record {
    pub fn decode(payload: &[u8]) -> Result<Record, postcard::Error> {
        postcard::from_bytes(payload)
    }
}

#[cfg(test)]
mod tests;
