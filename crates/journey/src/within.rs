//! A period of time over any source: questions see only what happened in it.

use crate::needs::Needs;
use crate::operator::{JourneyBatch, JourneySource, Span};

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

    fn for_each_batch(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) -> Result<(), S::Error> {
        let (mut customers, mut spans) = (Vec::new(), Vec::new());
        self.source.for_each_batch(part, needs, &mut |batch| {
            customers.clear();
            spans.clear();
            for (&customer, &span) in batch.customers.iter().zip(batch.spans) {
                let span = self.cut(&batch.occurred_at[span.positions()], span);
                if !span.is_empty() {
                    customers.push(customer);
                    spans.push(span);
                }
            }
            each(JourneyBatch { customers: &customers, spans: &spans, ..batch });
        })
    }
}

impl<S: ?Sized> Within<'_, S> {
    /// The part of a customer's events that lies in the period.
    fn cut(&self, occurred_at: &[i64], span: Span) -> Span {
        let (Some(&first), Some(&last)) = (occurred_at.first(), occurred_at.last()) else { return span };
        let skipped = if first >= self.from_ms { 0 } else { occurred_at.partition_point(|&at| at < self.from_ms) };
        let inside = &occurred_at[skipped..];
        let kept = if last < self.to_ms { inside.len() } else { inside.partition_point(|&at| at < self.to_ms) };
        let begin = span.begin + skipped as u32;
        Span { begin, end: begin + kept as u32 }
    }
}
