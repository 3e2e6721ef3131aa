//! From the outbox to the event log: what changes of the state record becomes events on the timeline.
//!
//! A change writes its events in its own transaction, so that neither is there without the other. They are moved at once,
//! and what could not be moved is tried again. An event that was moved and not forgotten is a duplicate the next time: its
//! message id is the one it got when it was written.

use std::sync::{Mutex, PoisonError};

use domain::Result;
use domain::event::IncomingEvent;
use events::Submission;

use crate::app::App;

/// Where events come from that the installation itself records.
pub const SOURCE: &str = "vivencia";
/// Events moved at once.
const BATCH_EVENTS: u32 = 500;

/// One mover at a time.
#[derive(Debug, Default)]
pub struct Relay {
    turn: Mutex<()>,
}

impl Relay {
    /// Moves everything that waits, and returns when the log has it. Blocks.
    pub fn run(&self, app: &App) -> Result<()> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let (numbers, events): (Vec<u64>, Vec<IncomingEvent>) =
                app.state.outbox.list_outbox(BATCH_EVENTS)?.into_iter().unzip();
            if numbers.is_empty() {
                return Ok(());
            }
            let bytes = events.iter().map(|event| size_of_val(event) + event.properties.len()).sum();
            let submission = Submission {
                source: SOURCE.to_owned(),
                received_at: app.clock.now_ms(),
                events,
                bytes,
                ..Submission::default()
            };
            app.log.submit(submission)?.wait()?;
            app.state.outbox.forget_outbox(&numbers)?;
        }
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
