//! Applies what the log decided to the state in SQL, behind the log and in its order.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use domain::ports::{EventState, LogChanges};
use domain::{Error, Result};

use super::lock;

/// Rows applied in one transaction.
const TRANSACTION_ROWS: usize = 20_000;
/// Rows that may wait; beyond, the log waits too.
const BACKLOG_ROWS: usize = 400_000;
/// Changes gather this long before a transaction, unless somebody waits for them: a transaction costs a sync, which the
/// log would wait for too, and the log holds them safely meanwhile.
const GATHER_FOR: Duration = Duration::from_millis(250);
const RETRY_AFTER: Duration = Duration::from_millis(500);

#[derive(Default)]
struct Backlog {
    changes: VecDeque<LogChanges>,
    rows: usize,
    applied: u64,
    /// The last position that somebody waits for.
    awaited: u64,
    is_closing: bool,
    /// Why the last attempt failed; cleared by the next that works.
    fault: Option<String>,
}

pub struct Projector {
    state: Arc<dyn EventState>,
    backlog: Mutex<Backlog>,
    changed: Condvar,
}

impl Projector {
    pub fn new(state: Arc<dyn EventState>, applied: u64) -> Projector {
        let backlog = Backlog { applied, ..Backlog::default() };
        Projector { state, backlog: Mutex::new(backlog), changed: Condvar::new() }
    }

    /// Queues the changes of a record; waits while too many rows are waiting.
    pub fn push(&self, changes: LogChanges) {
        let mut backlog = lock(&self.backlog);
        while backlog.rows > BACKLOG_ROWS && !backlog.is_closing {
            backlog = wait(&self.changed, backlog);
        }
        backlog.rows += row_count(&changes);
        backlog.changes.push_back(changes);
        drop(backlog);
        self.changed.notify_all();
    }

    /// Queues without waiting: for the start, before the projector's thread runs.
    pub fn enqueue(&self, changes: LogChanges) {
        let mut backlog = lock(&self.backlog);
        backlog.rows += row_count(&changes);
        backlog.changes.push_back(changes);
    }

    /// Waits until everything up to `position` is applied; the fault of the state when it does not take changes.
    pub fn wait_for(&self, position: u64) -> Result<()> {
        let mut backlog = lock(&self.backlog);
        backlog.awaited = backlog.awaited.max(position);
        self.changed.notify_all();
        while backlog.applied < position {
            if let Some(fault) = &backlog.fault {
                return Err(Error::unavailable(format!("the state does not take changes at the moment: {fault}")));
            }
            if backlog.is_closing && backlog.changes.is_empty() {
                return Err(Error::unavailable("the event log is closed"));
            }
            backlog = wait(&self.changed, backlog);
        }
        Ok(())
    }

    pub fn close(&self) {
        lock(&self.backlog).is_closing = true;
        self.changed.notify_all();
    }

    /// The loop of the projector's thread. Ends when closed and everything is applied, or when closed and the state fails.
    pub fn run(&self) {
        loop {
            let mut backlog = lock(&self.backlog);
            while backlog.changes.is_empty() {
                if backlog.is_closing {
                    return;
                }
                backlog = wait(&self.changed, backlog);
            }
            let started_at = Instant::now();
            while backlog.rows < TRANSACTION_ROWS && backlog.awaited <= backlog.applied && !backlog.is_closing {
                let Some(left) = GATHER_FOR.checked_sub(started_at.elapsed()) else { break };
                let waited = self.changed.wait_timeout(backlog, left);
                backlog = waited.unwrap_or_else(std::sync::PoisonError::into_inner).0;
            }
            let mut next = LogChanges::default();
            let mut rows = 0;
            while rows < TRANSACTION_ROWS
                && let Some(changes) = backlog.changes.pop_front()
            {
                rows += row_count(&changes);
                append(&mut next, changes);
            }
            drop(backlog);
            self.apply(next, rows);
        }
    }

    fn apply(&self, changes: LogChanges, rows: usize) {
        loop {
            let outcome = self.state.apply(&changes);
            let mut backlog = lock(&self.backlog);
            match outcome {
                Ok(()) => {
                    backlog.applied = changes.position;
                    backlog.rows -= rows;
                    backlog.fault = None;
                    self.changed.notify_all();
                    return;
                }
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "could not apply the log to the state");
                    backlog.fault = Some(error.to_string());
                    self.changed.notify_all();
                    if backlog.is_closing {
                        // The log keeps them: they are applied at the next start.
                        backlog.changes.clear();
                        return;
                    }
                    // Closing ends the wait.
                    drop(self.changed.wait_timeout(backlog, RETRY_AFTER));
                }
            }
        }
    }
}

fn wait<'a>(changed: &Condvar, guard: std::sync::MutexGuard<'a, Backlog>) -> std::sync::MutexGuard<'a, Backlog> {
    changed.wait(guard).unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn row_count(changes: &LogChanges) -> usize {
    1 + changes.identifiers.len()
        + changes.merges.len()
        + changes.undone.len()
        + changes.names.len()
        + changes.personal.len()
        + changes.traits.len()
        + changes.dead.len() * 4
        + changes.replayed.len()
}

fn append(into: &mut LogChanges, from: LogChanges) {
    into.position = from.position;
    into.counts = from.counts;
    into.sequences = from.sequences;
    into.identifiers.extend(from.identifiers);
    into.merges.extend(from.merges);
    into.undone.extend(from.undone);
    into.names.extend(from.names);
    into.personal.extend(from.personal);
    into.traits.extend(from.traits);
    into.dead.extend(from.dead);
    into.replayed.extend(from.replayed);
}
