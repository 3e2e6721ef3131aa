//! Whether somebody still waits for an answer: who closes a page does not leave its question behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::{Code, Error, Result};
use journey::{JourneyBatch, JourneySource, Needs};

use crate::app::App;

/// Known to a question and to whoever asked it.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    is_over: Arc<AtomicBool>,
}

impl Waiting {
    /// Whether nobody waits any more.
    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    /// Fails when nobody waits any more.
    pub fn check(&self) -> Result<()> {
        match self.is_over() {
            true => Err(Error::new(Code::Unavailable, "nobody waits for this answer any more")),
            false => Ok(()),
        }
    }

    /// Leaves `source` as long as somebody waits; then it ends with an error at the next part. A part has about a
    /// hundred thousand events, a millisecond of most questions.
    pub fn watch<'a>(&'a self, source: &'a dyn JourneySource<Error = Error>) -> Watched<'a> {
        Watched { source, waiting: self }
    }
}

/// A question that somebody asked. Dropped before it ends, nobody waits for it any more.
pub struct Asked {
    app: App,
    is_answered: bool,
}

impl Asked {
    /// A question to an application of its own.
    pub fn of(app: App) -> Asked {
        Asked { app, is_answered: false }
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// The answer is there. What of it is read later is still wanted.
    pub fn end(mut self) {
        self.is_answered = true;
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        if !self.is_answered {
            self.app.waiting.is_over.store(true, Ordering::Relaxed);
            self.app.telemetry.record_left();
        }
    }
}

/// A source that ends when nobody waits for it.
pub struct Watched<'a> {
    source: &'a dyn JourneySource<Error = Error>,
    waiting: &'a Waiting,
}

impl JourneySource for Watched<'_> {
    type Error = Error;

    fn part_count(&self) -> usize {
        self.source.part_count()
    }

    fn for_each_batch(&self, part: usize, needs: Needs, each: &mut dyn FnMut(JourneyBatch<'_>)) -> Result<()> {
        self.waiting.check()?;
        self.source.for_each_batch(part, needs, each)
    }
}
