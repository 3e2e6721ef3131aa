//! The timeline projection: events laid out by customer for the journey engine.

use domain::{Error, Result};
use journey::{JourneySource, LivedJourney};

/// What every customer lived, at one moment.
pub struct Timeline {}

impl Timeline {
    /// Events (activities only) in it.
    pub fn event_count(&self) -> u64 {
        0
    }

    /// Customers with at least one activity.
    pub fn customer_count(&self) -> u64 {
        0
    }
}

impl JourneySource for Timeline {
    type Error = Error;

    fn part_count(&self) -> usize {
        0
    }

    fn for_each_customer(&self, _part: usize, _each: &mut dyn FnMut(LivedJourney<'_>)) -> Result<()> {
        Ok(())
    }
}
