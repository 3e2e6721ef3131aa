//! From the outbox to the event log: what changes of the state record becomes events on the timeline.
//!
//! A change writes its events in its own transaction, so that neither is there without the other. They are moved at once,
//! and what could not be moved is tried again. An event that was moved and not forgotten is a duplicate the next time: its
//! message id is the one it got when it was written.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use domain::Result;
use domain::event::IncomingEvent;
use events::Submission;

use crate::app::App;

/// Where events come from that the installation itself records.
pub const SOURCE: &str = "vivencia";
/// Events moved at once.
const BATCH_EVENTS: u32 = 500;

/// One mover at a time. Whoever waited for their turn finds that a mover who began after they came took their events along:
/// of many who come at once, the first moves its own and the next those of all.
#[derive(Debug, Default)]
pub struct Relay {
    /// How many have come.
    came: AtomicU64,
    /// Of them, how many were served.
    served: Mutex<u64>,
}

impl Relay {
    /// Moves everything that waits, and returns when the log has it. Blocks.
    pub fn run(&self, app: &App) -> Result<()> {
        self.share(|| move_all(app))
    }

    /// Returns when `move_all` has run from its beginning to its end since this was called, by whomever.
    fn share(&self, move_all: impl FnOnce() -> Result<()>) -> Result<()> {
        let number = self.came.fetch_add(1, Ordering::SeqCst) + 1;
        let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        if *served >= number {
            return Ok(());
        }
        let came = self.came.load(Ordering::SeqCst);
        move_all()?;
        *served = came;
        Ok(())
    }
}

fn move_all(app: &App) -> Result<()> {
    loop {
        let waiting = app.state.outbox.list_outbox(BATCH_EVENTS)?;
        let Some((last, _)) = waiting.last() else { return Ok(()) };
        let last = *last;
        let events: Vec<IncomingEvent> = waiting.into_iter().map(|(_, event)| event).collect();
        let bytes = events.iter().map(|event| size_of_val(event) + event.properties.len()).sum();
        let submission = Submission {
            source: SOURCE.to_owned(),
            received_at: app.clock.now_ms(),
            events,
            bytes,
            ..Submission::default()
        };
        app.log.submit(submission)?.wait()?;
        app.state.outbox.forget_outbox(last)?;
    }
}

impl App {
    /// Moves what a change has just recorded. The change stands whatever becomes of it: what is not moved now waits.
    pub(crate) fn relay_events(&self) {
        if let Err(error) = self.relay.run(self) {
            tracing::warn!(%error, "events of the outbox wait");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread;
    use std::time::Duration;

    use domain::Error;

    use super::*;

    #[test]
    fn of_many_who_come_at_once_everybody_is_served_and_few_move() {
        let (relay, waiting, moved) = (Relay::default(), Mutex::new(Vec::new()), Mutex::new(HashSet::new()));
        let moves = AtomicU64::new(0);
        let move_all = || {
            moves.fetch_add(1, Ordering::SeqCst);
            let taken = std::mem::take(&mut *waiting.lock().unwrap());
            thread::sleep(Duration::from_millis(20));
            moved.lock().unwrap().extend(taken);
            Ok(())
        };
        thread::scope(|scope| {
            for number in 0..64 {
                let (relay, waiting, moved) = (&relay, &waiting, &moved);
                scope.spawn(move || {
                    waiting.lock().unwrap().push(number);
                    relay.share(move_all).unwrap();
                    assert!(moved.lock().unwrap().contains(&number), "{number} was told to be moved");
                });
            }
        });
        assert!(moves.load(Ordering::SeqCst) < 64, "everybody moved alone");
    }

    #[test]
    fn whoever_waited_for_a_mover_that_failed_moves_themselves() {
        let relay = Relay::default();
        relay.share(|| Err(Error::unavailable("the log is full"))).unwrap_err();
        let mut has_moved = false;
        relay
            .share(|| {
                has_moved = true;
                Ok(())
            })
            .unwrap();
        assert!(has_moved);
    }
}
