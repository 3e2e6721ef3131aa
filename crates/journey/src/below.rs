//! A part of the units over any source: questions see only the customers who were there, and of their events those that
//! happened there or nowhere in particular.

use crate::needs::Needs;
use crate::operator::{JourneyBatch, JourneySource, LivedJourney, Span};
use crate::some_events::SomeEvents;

/// Units by the codes that journeys have for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSet {
    /// Bit `code % 64` of word `code / 64`.
    words: Box<[u64]>,
}

impl UnitSet {
    /// The set of these codes. The codes of events without unit and of units that journeys do not tell apart are never in
    /// it: who sees a part of the units does not see what may belong to another part.
    pub fn of(units: impl IntoIterator<Item = u16>) -> UnitSet {
        let mut words = vec![0; (usize::from(u16::MAX) + 1) / 64].into_boxed_slice();
        for unit in units {
            if unit < LivedJourney::OTHER_UNIT {
                words[usize::from(unit / 64)] |= 1 << (unit % 64);
            }
        }
        UnitSet { words }
    }

    /// Whether the unit is in the set.
    pub fn has(&self, unit: u16) -> bool {
        self.words[usize::from(unit / 64)] & (1 << (unit % 64)) != 0
    }

    /// Whether a customer whose activities have these units is seen.
    pub fn sees(&self, units: impl IntoIterator<Item = u16>) -> bool {
        units.into_iter().any(|unit| self.has(unit))
    }

    /// Whether an event of this unit is seen, of a customer who is: it happened in the set, or without unit.
    pub fn shows(&self, unit: u16) -> bool {
        unit == LivedJourney::NO_UNIT || self.has(unit)
    }
}

/// A source of which only the customers with an event in some units are seen, and their events in other units are not.
#[derive(Clone, Copy, Debug)]
pub struct Below<'a, S: ?Sized> {
    source: &'a S,
    units: &'a UnitSet,
}

/// Cuts `source` to what [`UnitSet::sees`] and [`UnitSet::shows`] let through. It goes below [`within`](crate::within):
/// a customer is seen who was there at any time. What is left is copied.
pub fn below<'a, S: JourneySource + ?Sized>(source: &'a S, units: &'a UnitSet) -> Below<'a, S> {
    Below { source, units }
}

impl<S: JourneySource + ?Sized> JourneySource for Below<'_, S> {
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
        let mut shown = SomeEvents::default();
        self.source.for_each_batch(part, needs.with_units(), &mut |batch| {
            let is_seen = |span: Span| self.units.sees(batch.unit[span.positions()].iter().copied());
            each(shown.keep(batch, needs.properties, is_seen, |event| self.units.shows(batch.unit[event])));
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in() {
        let units = UnitSet::of([0, 63, 64, 40_000]);
        let held: Vec<u16> = (0..=u16::MAX).filter(|unit| units.has(*unit)).collect();
        assert_eq!(held, [0, 63, 64, 40_000]);
        assert!(units.sees([1, 64]) && !units.sees([1, LivedJourney::NO_UNIT]));
        assert!(units.shows(LivedJourney::NO_UNIT) && !units.shows(1));
    }

    #[test]
    fn what_is_not_told_apart_is_below_nothing() {
        let units = UnitSet::of([LivedJourney::NO_UNIT, LivedJourney::OTHER_UNIT]);
        assert!(!units.has(LivedJourney::OTHER_UNIT) && !units.shows(LivedJourney::OTHER_UNIT));
        assert!(!units.sees([LivedJourney::NO_UNIT, LivedJourney::OTHER_UNIT]));
    }
}
