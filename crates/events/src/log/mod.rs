//! The event log as the rest of the system sees it.

mod submission;

use std::path::PathBuf;
use std::sync::Arc;

use domain::ports::{Clock, Counts, EventState, Files, IdentityMerge, IdentityPreview};
use domain::{CustomerId, MergeId, NodeId, Result, StoredEvent};

use crate::names::Names;
use crate::timeline::Timeline;

pub use submission::{Receipt, Submission, Ticket};

/// How the log behaves; the defaults suit a machine with two cores.
#[derive(Clone, Debug)]
pub struct LogSettings {
    /// The data directory.
    pub data_dir: PathBuf,
    /// Batches waiting to be committed may hold this much memory; beyond, `Unavailable`.
    pub queue_bytes: usize,
    /// Events in the tail before it is sealed into chunks.
    pub seal_events: usize,
    /// Bytes of dead letters kept for one source; beyond, `TooMany`.
    pub dead_letter_bytes: u64,
    /// Days for which message ids of clients are remembered.
    pub duplicate_days: i64,
}

impl LogSettings {
    pub fn new(data_dir: impl Into<PathBuf>) -> LogSettings {
        LogSettings {
            data_dir: data_dir.into(),
            queue_bytes: 64 << 20,
            seal_events: 250_000,
            dead_letter_bytes: 256 << 20,
            duplicate_days: 8,
        }
    }
}

/// The event log of one data directory. Cheap to clone; dropped with its last clone, or stopped with [`EventLog::close`].
#[derive(Clone)]
pub struct EventLog {}

impl EventLog {
    /// Opens the log and reads again what the write-ahead log holds beyond the chunks.
    pub fn open(
        _settings: LogSettings,
        _files: Arc<dyn Files>,
        _state: Arc<dyn EventState>,
        _clock: Arc<dyn Clock>,
    ) -> Result<EventLog> {
        Ok(EventLog {})
    }

    /// Queues a batch. `Unavailable` when the queue is full, `TooMany` when the source has used up its dead letters.
    pub fn submit(&self, _submission: Submission) -> Result<Ticket> {
        Ok(Ticket::new().1)
    }

    /// The four numbers of intake, at this moment.
    pub fn counts(&self) -> Counts {
        Counts::default()
    }

    /// The dictionaries, at this moment.
    pub fn names(&self) -> Arc<Names> {
        Arc::default()
    }

    /// What every customer lived, at this moment.
    pub fn timeline(&self) -> Result<Timeline> {
        Ok(Timeline {})
    }

    /// The customer that a node is now.
    pub fn customer_of(&self, node: NodeId) -> CustomerId {
        CustomerId(node.0)
    }

    /// The nodes of a customer, the customer's own first; empty when there is no such customer.
    pub fn nodes_of(&self, _customer: CustomerId) -> Vec<NodeId> {
        Vec::new()
    }

    /// What merging two customers would change.
    pub fn preview_merge(&self, _a: CustomerId, _b: CustomerId) -> Result<IdentityPreview> {
        Ok(IdentityPreview { before: Vec::new(), after: Vec::new() })
    }

    /// Merges two customers because a person decided so. Reversible.
    pub fn merge(&self, _a: CustomerId, _b: CustomerId, _by: &str) -> Result<IdentityMerge> {
        Err(domain::Error::internal(""))
    }

    /// What undoing a merge would change.
    pub fn preview_unmerge(&self, _merge: MergeId) -> Result<IdentityPreview> {
        Ok(IdentityPreview { before: Vec::new(), after: Vec::new() })
    }

    /// Undoes a merge: its two nodes are not merged again by themselves.
    pub fn unmerge(&self, _merge: MergeId, _by: &str) -> Result<()> {
        Ok(())
    }

    /// Events of a customer, oldest first, of all kinds.
    pub fn list_events(&self, _customer: CustomerId) -> Result<Vec<StoredEvent>> {
        Ok(Vec::new())
    }

    /// Every stored event, chunk by chunk and then the tail, each once.
    pub fn for_each_event(&self, _each: &mut dyn FnMut(StoredEvent) -> Result<()>) -> Result<()> {
        Ok(())
    }

    /// Waits until the state (identifiers, dead letters, counts in SQL) shows everything acknowledged before the call.
    pub fn sync_state(&self) -> Result<()> {
        Ok(())
    }

    /// Verifies the checksums of every file of the log; the names and faults of damaged ones.
    pub fn verify(&self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }

    /// Seals the tail into chunks and rewrites the timeline projection now.
    pub fn seal(&self) -> Result<()> {
        Ok(())
    }

    /// Commits what is queued, seals, and stops the threads of the log.
    pub fn close(&self) -> Result<()> {
        Ok(())
    }
}
