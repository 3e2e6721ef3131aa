//! A period of time over any source: questions see only what happened in it.

use crate::needs::Needs;
use crate::operator::{JourneySource, LivedJourney};

/// A source of which each customer's journey is cut to a period. Customers without an event in it are not seen.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a, S: ?Sized> {
    source: &'a S,
    from_ms: i64,
    to_ms: i64,
}

/// Cuts `source` to the instants `from_ms <= occurred_at < to_ms` (UTC milliseconds). `i64::MIN` and `i64::MAX` leave an
/// end open. Costs two binary searches per customer.
pub fn within<S: JourneySource + ?Sized>(source: &S, from_ms: i64, to_ms: i64) -> Within<'_, S> {
    Within { source, from_ms, to_ms }
}

impl<S: JourneySource + ?Sized> JourneySource for Within<'_, S> {
    type Error = S::Error;

    fn part_count(&self) -> usize {
        self.source.part_count()
    }

    fn for_each_customer(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(LivedJourney<'_>),
    ) -> Result<(), S::Error> {
        self.source.for_each_customer(part, needs, &mut |customer| {
            let first = customer.occurred_at.partition_point(|&at| at < self.from_ms);
            let inside = &customer.occurred_at[first..];
            let end = first + inside.partition_point(|&at| at < self.to_ms);
            if first < end {
                each(customer.slice(first..end));
            }
        })
    }
}
