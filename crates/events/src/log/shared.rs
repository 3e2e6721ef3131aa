//! What the threads of the log share: the tail, the catalogue, the dictionaries and the requests to seal.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, RwLock};

use domain::ports::{Catalogue, Clock, Counts, EventState, Files};
use domain::{Code, Error, EventId, Result, StoredEvent};

use rustc_hash::FxHashMap;

use super::arrivals::KnownArrivals;
use super::identity::IdentityGraph;
use super::projector::Projector;
use super::scans::KnownScans;
use super::sequencer::Duplicates;
use super::writer::Queue;
use super::{LogSettings, lock, read_lock, wait_on, write_lock};
use crate::chunk::VerifiedChunks;
use crate::names::Names;
use crate::timeline::LiveTimeline;

/// The events of one committed batch.
pub struct TailBatch {
    pub events: Vec<StoredEvent>,
    /// Whether their ids are remembered for ever.
    pub is_file: bool,
    /// Ids of refused rows, remembered likewise.
    pub refused_rows: Vec<EventId>,
}

/// Events that are in no chunk yet, and what tells of the rest.
pub struct Tail {
    /// The last record committed and visible.
    pub log_position: u64,
    pub names: Arc<Names>,
    pub counts: Counts,
    pub growing: Vec<Arc<TailBatch>>,
    pub growing_events: usize,
    pub growing_since: Option<i64>,
    /// Generations that are being sealed, oldest first.
    pub sealing: Vec<Generation>,
    pub catalogue: Arc<Catalogue>,
}

/// A part of the tail that has ended: the events of the records up to `log_position`.
#[derive(Clone)]
pub struct Generation {
    pub batches: Vec<Arc<TailBatch>>,
    pub log_position: u64,
}

/// A committed group, to be made visible.
pub struct Shown {
    pub log_position: u64,
    pub batches: Vec<Arc<TailBatch>>,
    /// The dictionaries, when something was added.
    pub names: Option<Arc<Names>>,
    pub counts: Counts,
}

/// How far sealing was asked for and has come.
#[derive(Default)]
pub struct SealRequests {
    pub asked: u64,
    pub done: u64,
    /// Whether somebody waits for the files to be tidied too.
    pub is_tidy_asked: bool,
    /// What the last attempt came to.
    pub fault: Option<String>,
    pub is_closing: bool,
    /// Nobody seals any more.
    pub is_stopped: bool,
}

pub struct Shared {
    pub settings: LogSettings,
    pub events_dir: PathBuf,
    pub files: Arc<dyn Files>,
    pub state: Arc<dyn EventState>,
    pub clock: Arc<dyn Clock>,
    pub queue: Queue,
    pub identity: Arc<RwLock<IdentityGraph>>,
    pub duplicates: Arc<Mutex<Duplicates>>,
    pub verified_chunks: VerifiedChunks,
    pub timeline: LiveTimeline,
    pub projector: Projector,
    pub tail: RwLock<Tail>,
    /// Bytes of dead letters kept, by source.
    pub dead_bytes: Mutex<FxHashMap<String, u64>>,
    /// What chunks say about arrivals, once it was asked for.
    pub arrivals: Mutex<KnownArrivals>,
    /// What was read of properties that are not laid out.
    pub scans: Mutex<KnownScans>,
    pub seals: Mutex<SealRequests>,
    pub seals_changed: Condvar,
}

impl Shared {
    /// Counts dead letters against the quota of their source.
    pub fn reserve_dead_letters(&self, source: &str, new_bytes: u64) -> Result<()> {
        if new_bytes == 0 {
            return Ok(());
        }
        let mut dead_bytes = lock(&self.dead_bytes);
        let used = dead_bytes.entry(source.to_owned()).or_default();
        if *used + new_bytes > self.settings.dead_letter_bytes {
            return Err(Error::new(
                Code::TooMany,
                format!(
                    "source {source} has {used} bytes of dead letters, as many as are kept; read them with `events dead list`, \
                     mend and replay them"
                ),
            ));
        }
        *used += new_bytes;
        Ok(())
    }

    /// For a batch that was not taken after all.
    pub fn give_back_dead_letters(&self, source: &str, bytes: u64) {
        if let Some(used) = lock(&self.dead_bytes).get_mut(source) {
            *used -= bytes.min(*used);
        }
    }

    /// Makes committed events visible.
    pub fn show(&self, shown: Shown) {
        let Shown { log_position, batches, names, counts } = shown;
        let added: usize = batches.iter().map(|batch| batch.events.len()).sum();
        let mut tail = write_lock(&self.tail);
        tail.log_position = log_position;
        if let Some(names) = names {
            tail.names = names;
        }
        tail.counts = counts;
        tail.growing.extend(batches);
        tail.growing_events += added;
        if added > 0 && tail.growing_since.is_none() {
            tail.growing_since = Some(self.clock.now_ms());
        }
        let is_full = tail.growing_events >= self.settings.seal_events;
        drop(tail);
        if is_full {
            let mut seals = lock(&self.seals);
            if seals.asked == seals.done {
                seals.asked += 1;
                self.seals_changed.notify_all();
            }
        }
    }

    /// Ends the growing part of the tail. Called by the writer between two groups.
    pub fn end_generation(&self, log_position: u64) {
        let mut tail = write_lock(&self.tail);
        let batches = std::mem::take(&mut tail.growing);
        tail.growing_events = 0;
        tail.growing_since = None;
        tail.sealing.push(Generation { batches, log_position });
        lock(&self.duplicates).generations.push(Default::default());
    }

    /// Holds the writer back while sealing is far behind, so that the tail stays bounded.
    pub fn wait_for_room(&self) {
        let mut seals = lock(&self.seals);
        while !seals.is_closing && !seals.is_stopped && seals.fault.is_none() && seals.asked > seals.done && {
            let tail = read_lock(&self.tail);
            !tail.sealing.is_empty() && tail.growing_events >= self.settings.seal_events * 2
        } {
            seals = wait_on(&self.seals_changed, seals);
        }
    }

    /// Asks for sealing and waits until it is done, and until small files are merged. The last time, instead, the
    /// projection is brought up to date: a stop should be quick.
    pub fn seal(&self, is_last: bool) -> Result<()> {
        let mut seals = lock(&self.seals);
        if seals.is_stopped {
            return Err(Error::unavailable("the event log is closed"));
        }
        // What runs at the moment may have begun too early to hold everything.
        seals.asked = seals.asked.max(seals.done) + 1;
        seals.is_closing |= is_last;
        seals.is_tidy_asked |= !is_last;
        let wanted = seals.asked;
        self.seals_changed.notify_all();
        while seals.done < wanted && !seals.is_stopped {
            seals = wait_on(&self.seals_changed, seals);
        }
        match &seals.fault {
            _ if seals.done < wanted => Err(Error::unavailable("the event log stopped before it was sealed")),
            Some(fault) => Err(Error::unavailable(format!("could not seal the tail: {fault}"))),
            None => Ok(()),
        }
    }
}
