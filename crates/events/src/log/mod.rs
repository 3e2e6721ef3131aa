//! The event log as the rest of the system sees it.
//!
//! Three threads work behind it: the [`writer`] decides and commits, the [`projector`] applies decisions to the state in
//! SQL, the [`sealer`] moves what is committed into files. A start reads again what the write-ahead log holds beyond them.

mod arrivals;
pub mod identity;
mod known_values;
mod open_files;
mod projector;
mod reader;
mod record;
mod recovery;
mod scans;
mod sealer;
mod sequencer;
mod shared;
mod submission;
mod wal;
mod writer;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard, mpsc};
use std::thread::JoinHandle;

use domain::ports::{Clock, Counts, CustomerPart, EventState, Files, IdentityMerge, IdentityPreview};
use domain::{Code, CustomerId, Error, MergeId, NodeId, Result, StoredEvent};

use self::shared::Shared;
use self::wal::WriteAheadLog;
use self::writer::Work;
use crate::files::DataFileError;
use crate::intake::FreeText;
use crate::names::Names;
use crate::timeline::Timeline;

pub use arrivals::Arrivals;
pub use scans::{AskedProperty, Reading};
pub use submission::{Receipt, Submission, Ticket};
pub(crate) use wal::io_error;

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
    /// Which values of properties are free text, which chunks keep apart.
    pub free_text: FreeText,
    /// Properties of events that are laid out in the timeline, sorted, at most 32. `None` keeps those that it has.
    pub timeline_properties: Option<Vec<String>>,
}

impl LogSettings {
    pub fn new(data_dir: impl Into<PathBuf>) -> LogSettings {
        LogSettings {
            data_dir: data_dir.into(),
            queue_bytes: 64 << 20,
            seal_events: 200_000,
            dead_letter_bytes: 256 << 20,
            duplicate_days: 8,
            free_text: FreeText::default(),
            timeline_properties: None,
        }
    }
}

/// The event log of one data directory. Cheap to clone; [`EventLog::close`] stops it.
#[derive(Clone)]
pub struct EventLog {
    shared: Arc<Shared>,
    wal: Arc<Mutex<WriteAheadLog>>,
    threads: Arc<Mutex<Vec<JoinHandle<()>>>>,
    findings: Arc<Vec<String>>,
}

impl EventLog {
    /// Opens the log and reads again what the write-ahead log holds beyond the chunks.
    pub fn open(
        settings: LogSettings,
        files: Arc<dyn Files>,
        state: Arc<dyn EventState>,
        clock: Arc<dyn Clock>,
    ) -> Result<EventLog> {
        let recovered = recovery::recover(settings, files, state, clock)?;
        for finding in &recovered.findings {
            tracing::warn!("{finding}");
        }
        let log = EventLog {
            shared: recovered.shared,
            wal: recovered.wal,
            threads: Arc::default(),
            findings: Arc::new(recovered.findings),
        };
        let projector = log.shared.clone();
        let sealer = sealer::Sealer { shared: log.shared.clone(), wal: log.wal.clone() };
        let writer = writer::Writer {
            shared: log.shared.clone(),
            sequencer: recovered.sequencer,
            wal: log.wal.clone(),
            shown_names: 0,
        };
        log.start("vivencia-state", move || projector.projector.run())?;
        log.start("vivencia-seal", move || sealer.run())?;
        log.start("vivencia-log", move || writer.run())?;
        Ok(log)
    }

    fn start(&self, name: &str, run: impl FnOnce() + Send + 'static) -> Result<()> {
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(run);
        let thread = thread.map_err(|cause| Error::unavailable("could not start a thread").caused_by(cause))?;
        lock(&self.threads).push(thread);
        Ok(())
    }

    /// What was found and mended at start, as sentences; empty after a clean stop.
    pub fn findings(&self) -> &[String] {
        &self.findings
    }

    /// Queues a batch. `Unavailable` when the queue is full, `TooMany` when the source has used up its dead letters.
    pub fn submit(&self, submission: Submission) -> Result<Ticket> {
        let is_new = submission.replays.is_empty();
        let dead_bytes = submission.dead.iter().filter(|_| is_new).map(|letter| letter.raw.len() as u64).sum();
        let source = submission.source.clone();
        self.shared.reserve_dead_letters(&source, dead_bytes)?;
        let (reply, ticket) = Ticket::new();
        let queued = self.shared.queue.push(Work::Batch(submission, reply));
        if queued.is_err() {
            self.shared.give_back_dead_letters(&source, dead_bytes);
        }
        queued.map(|()| ticket)
    }

    /// Bytes of batches that wait to be committed.
    pub fn queued_bytes(&self) -> usize {
        self.shared.queue.bytes()
    }

    /// The four numbers of intake, at this moment.
    pub fn counts(&self) -> Counts {
        read_lock(&self.shared.tail).counts
    }

    /// The dictionaries, at this moment.
    pub fn names(&self) -> Arc<Names> {
        read_lock(&self.shared.tail).names.clone()
    }

    /// What every customer lived, at this moment.
    pub fn timeline(&self) -> Result<Timeline> {
        self.shared.timeline.snapshot()
    }

    /// A timeline with further properties behind those that are laid out, read from the stored events; those that it has
    /// already are not read again. `TooLarge` when there are too many, or they would take too much memory.
    pub fn read_properties(
        &self,
        timeline: &Timeline,
        asked: &[AskedProperty],
        reading: &Reading<'_>,
    ) -> Result<Timeline> {
        scans::read_properties(&self.shared, timeline, asked, reading)
    }

    /// The customer that a node is now.
    pub fn customer_of(&self, node: NodeId) -> CustomerId {
        CustomerId(read_lock(&self.shared.identity).customer_of(node.0))
    }

    /// The nodes of a customer, the customer's own first; empty when there is no such customer.
    pub fn nodes_of(&self, customer: CustomerId) -> Vec<NodeId> {
        let mut nodes = read_lock(&self.shared.identity).members_of(customer.0);
        nodes.sort_unstable();
        nodes.into_iter().map(NodeId).collect()
    }

    /// Customers by descending id, so that those known last come first; those below `after`, at most `limit`.
    pub fn list_customers(&self, after: Option<CustomerId>, limit: usize) -> Vec<CustomerId> {
        let identity = read_lock(&self.shared.identity);
        identity.customers_below(after.map(|customer| customer.0)).take(limit).map(CustomerId).collect()
    }

    /// What merging two customers would change.
    pub fn preview_merge(&self, a: CustomerId, b: CustomerId) -> Result<IdentityPreview> {
        let (left, right) = {
            let identity = read_lock(&self.shared.identity);
            sequencer::check_can_merge(&identity, a, b)?;
            (identity.members_of(a.0), identity.members_of(b.0))
        };
        let (left, right) = (self.part(left)?, self.part(right)?);
        let nodes = left.nodes.iter().chain(&right.nodes).copied().collect();
        let whole =
            CustomerPart { customer: left.customer.min(right.customer), nodes, events: left.events + right.events };
        Ok(IdentityPreview { before: vec![left, right], after: vec![whole] })
    }

    /// Merges two customers because a person decided so. Reversible.
    pub fn merge(&self, a: CustomerId, b: CustomerId, by: &str) -> Result<IdentityMerge> {
        let (reply, answer) = mpsc::channel();
        self.shared.queue.push(Work::Merge { a, b, by: by.to_owned(), reply })?;
        answer.recv().map_err(|_| stopped())?
    }

    /// What undoing a merge would change.
    pub fn preview_unmerge(&self, merge: MergeId) -> Result<IdentityPreview> {
        let (parts, whole) = {
            let identity = read_lock(&self.shared.identity);
            sequencer::check_can_undo(&identity, merge)?;
            let parts = identity.parts_without(merge).unwrap_or_default();
            (parts.clone(), parts.concat())
        };
        let before = vec![self.part(whole)?];
        let after = parts.into_iter().map(|nodes| self.part(nodes)).collect::<Result<_>>()?;
        Ok(IdentityPreview { before, after })
    }

    /// Undoes a merge: its two nodes are not merged again by themselves.
    pub fn unmerge(&self, merge: MergeId, by: &str) -> Result<()> {
        let (reply, answer) = mpsc::channel();
        self.shared.queue.push(Work::Undo { merge, by: by.to_owned(), reply })?;
        answer.recv().map_err(|_| stopped())?
    }

    fn part(&self, mut nodes: Vec<u64>) -> Result<CustomerPart> {
        nodes.sort_unstable();
        let customer = CustomerId(nodes.first().copied().unwrap_or(0));
        let nodes: Vec<NodeId> = nodes.into_iter().map(NodeId).collect();
        let events = reader::list_events(&self.shared, &nodes)?.len() as u64;
        Ok(CustomerPart { customer, nodes, events })
    }

    /// Events of a customer, oldest first, of all kinds.
    pub fn list_events(&self, customer: CustomerId) -> Result<Vec<StoredEvent>> {
        reader::list_events(&self.shared, &self.nodes_of(customer))
    }

    /// Every stored event, chunk by chunk and then the tail, each once.
    pub fn for_each_event(&self, each: &mut dyn FnMut(StoredEvent) -> Result<()>) -> Result<()> {
        reader::for_each_event(&self.shared, each)
    }

    /// The number that the next stored event gets at the earliest: whoever follows the log goes on from here.
    pub fn next_seq(&self) -> u64 {
        reader::next_seq(&self.shared)
    }

    /// The stored events from a number on that occurred in a span of UTC milliseconds, each once and in no order. Chunks that
    /// hold none of them are not opened.
    pub fn for_each_event_within(
        &self,
        from_seq: u64,
        occurred: &Range<i64>,
        each: &mut dyn FnMut(StoredEvent) -> Result<()>,
    ) -> Result<()> {
        reader::for_each_event_within(&self.shared, from_seq, occurred, each)
    }

    /// Activities that may have a property of this name, with the number `min_seq` or a later one, each once and whole, in no
    /// order. Gives the number of the newest event that was looked at: with the one after it, a later call goes on.
    pub fn for_each_event_with(
        &self,
        property: &str,
        min_seq: u64,
        each: &mut dyn FnMut(&StoredEvent, &Names) -> Result<()>,
    ) -> Result<u64> {
        scans::for_each_event_with(&self.shared, property, min_seq, each)
    }

    /// The number of the newest stored event; 0 when there is none.
    pub fn newest_seq(&self) -> u64 {
        scans::newest_seq(&self.shared)
    }

    /// What has arrived from each source that an event has come from, by name. The first time it reads three columns of every
    /// chunk, later those of new chunks.
    pub fn arrivals(&self) -> Result<Vec<(String, Arrivals)>> {
        let found = arrivals::find_arrivals(&self.shared)?;
        let names = self.names();
        let mut named: Vec<(String, Arrivals)> =
            found.into_iter().map(|(source, arrivals)| (names.sources.name(source).to_owned(), arrivals)).collect();
        named.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(named)
    }

    /// The newest stored events that are in no chunk yet, at most `most`, in the order in which they were stored.
    pub fn newest_events(&self, most: usize) -> Vec<StoredEvent> {
        reader::newest_events(&self.shared, most)
    }

    /// Waits until the state (identifiers, dead letters, counts in SQL) shows everything acknowledged before the call.
    pub fn sync_state(&self) -> Result<()> {
        let position = read_lock(&self.shared.tail).log_position;
        self.shared.projector.wait_for(position)
    }

    /// Verifies the checksums of every file of the log and of its state; the names and faults of damaged ones.
    pub fn verify(&self) -> Result<Vec<String>> {
        let mut faults = self.findings.to_vec();
        faults.extend(wal::verify(&*self.shared.files, &self.shared.events_dir.join("wal"))?);
        faults.extend(reader::verify(&self.shared));
        faults.extend(self.shared.timeline.verify());
        faults.extend(open_files::verify(&self.shared));
        faults.extend(self.shared.state.verify_state()?);
        Ok(faults)
    }

    /// Seals the tail into chunks and merges small files now.
    pub fn seal(&self) -> Result<()> {
        self.shared.seal(false)
    }

    /// Commits what is queued, seals, brings the projection up to date and stops the threads of the log.
    pub fn close(&self) -> Result<()> {
        let sealed = self.shared.seal(true);
        self.stop();
        sealed
    }

    /// Stops the threads and leaves everything as it is: the next start reads the write-ahead log again.
    pub fn stop(&self) {
        self.shared.queue.close();
        self.shared.projector.close();
        lock(&self.shared.seals).is_closing = true;
        self.shared.seals_changed.notify_all();
        for thread in lock(&self.threads).drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the event log ended by a panic");
            }
        }
    }
}

/// A fault of a data file: trouble with the disk may pass, damage does not.
pub(crate) fn file_error(cause: DataFileError) -> Error {
    let code = if matches!(cause, DataFileError::Io { .. }) { Code::Unavailable } else { Code::Internal };
    Error::new(code, cause.to_string()).caused_by(cause)
}

fn stopped() -> Error {
    Error::unavailable("the event log has stopped; start the server again")
}

// A thread that panicked while holding a lock has been reported; the data under these locks is valid at every step.

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn read_lock<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn write_lock<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn wait_on<'a, T>(changed: &Condvar, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    changed.wait(guard).unwrap_or_else(PoisonError::into_inner)
}
