//! Periods of a calendar, one after the other, and which of them an instant lies in.
//!
//! Days, weeks and months are not all equally long, so that an instant cannot be divided by a length. A grid of slots
//! that are no wider than the shortest period says for each slot in which period it begins and where the next one does:
//! a shift, a look-up and a comparison, without a branch that a processor would have to guess.

use std::ops::Range;

use domain::error::{Error, Result};

/// Slots up to which the grid is kept, of 16 bytes; beyond, periods are searched.
const MOST_SLOTS: usize = 1 << 16;

/// Neighbouring periods: period `n` is `edges[n] <= occurred_at < edges[n + 1]`.
#[derive(Clone, Debug)]
pub(crate) struct Periods {
    /// In order, none twice, at least two.
    edges: Vec<i64>,
    shift: u32,
    /// Empty where there would be too many of them.
    grid: Vec<Slot>,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    /// Where the period after the one in which the slot begins does.
    next_edge: i64,
    period: usize,
}

impl Periods {
    /// Periods between neighbouring instants in UTC milliseconds, which are put in order: 1 to `most` of them.
    pub fn new(mut edges: Vec<i64>, most: usize) -> Result<Periods> {
        edges.sort_unstable();
        edges.dedup();
        let count = edges.len().saturating_sub(1);
        if count == 0 || count > most {
            return Err(Error::invalid(format!("there are 1 to {most} periods, not {count}; choose longer ones")));
        }
        let narrowest = edges.windows(2).map(|pair| pair[1].abs_diff(pair[0])).min().unwrap_or(1);
        let shift = narrowest.ilog2();
        let (start, end) = (edges[0], edges[count]);
        let slot_count = usize::try_from((end - 1).abs_diff(start) >> shift).unwrap_or(usize::MAX);
        let mut grid = Vec::new();
        if slot_count < MOST_SLOTS {
            let mut period = 0;
            for slot in 0..=slot_count {
                let begins_at = start.saturating_add_unsigned((slot as u64) << shift);
                while edges[period + 1] <= begins_at {
                    period += 1;
                }
                grid.push(Slot { next_edge: edges[period + 1], period });
            }
        }
        Ok(Periods { edges, shift, grid })
    }

    pub fn len(&self) -> usize {
        self.edges.len() - 1
    }

    pub fn start(&self) -> i64 {
        self.edges[0]
    }

    /// The first instant after the last period.
    pub fn end(&self) -> i64 {
        self.edges[self.len()]
    }

    /// How many of the periods are over at an instant.
    pub fn over_at(&self, ms: i64) -> usize {
        self.edges[1..].partition_point(|edge| *edge <= ms)
    }

    /// The period of an instant that lies in one of them. Another instant gets a period too, and not its own.
    #[inline]
    pub fn period_of(&self, at: i64) -> usize {
        let slot = (at.wrapping_sub(self.edges[0]) as u64 >> self.shift) as usize;
        match self.grid.get(slot) {
            Some(slot) => slot.period + usize::from(at >= slot.next_edge),
            None => self.edges.partition_point(|edge| *edge <= at).clamp(1, self.len()) - 1,
        }
    }

    /// Which of these instants, which are in order, lie in one of the periods.
    pub fn inside(&self, occurred_at: &[i64]) -> Range<usize> {
        let (Some(&first), Some(&last)) = (occurred_at.first(), occurred_at.last()) else { return 0..0 };
        let from = if first >= self.start() { 0 } else { occurred_at.partition_point(|&at| at < self.start()) };
        let to = if last < self.end() { occurred_at.len() } else { occurred_at.partition_point(|&at| at < self.end()) };
        from..to.max(from)
    }
}

/// Periods as bits, up to 64 for each word.
#[derive(Clone, Copy)]
pub(crate) struct PeriodSet<const WORDS: usize> {
    words: [u64; WORDS],
}

impl<const WORDS: usize> PeriodSet<WORDS> {
    pub const EMPTY: PeriodSet<WORDS> = PeriodSet { words: [0; WORDS] };

    /// Puts a period in, or leaves the set as it is, without a branch.
    #[inline]
    pub fn put_if(&mut self, is_in: bool, period: usize) {
        self.words[period / 64 % WORDS] |= u64::from(is_in) << (period % 64);
    }

    /// Calls `each` with every period of the set, in order.
    pub fn for_each(&self, mut each: impl FnMut(usize)) {
        for (word, bits) in self.words.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                each(word * 64 + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn there_are_some_periods_and_not_too_many() {
        for edges in [vec![], vec![5], vec![5, 5], vec![1, 2, 3, 4]] {
            assert!(Periods::new(edges, 2).unwrap_err().to_string().contains("1 to 2 periods"));
        }
        let periods = Periods::new(vec![20, 0, 10, 10], 2).unwrap();
        assert_eq!((periods.len(), periods.start(), periods.end()), (2, 0, 20));
        assert_eq!([-1, 9, 10, 19, 20, 99].map(|ms| periods.over_at(ms)), [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn a_set_has_what_was_put_in() {
        let mut set = PeriodSet::<2>::EMPTY;
        for (is_in, period) in [(true, 127), (false, 5), (true, 0), (true, 64)] {
            set.put_if(is_in, period);
        }
        let mut held = Vec::new();
        set.for_each(|period| held.push(period));
        assert_eq!(held, [0, 64, 127]);
    }

    proptest! {
        #[test]
        fn an_instant_lies_in_the_period_between_its_edges(
            start in prop_oneof![Just(i64::MIN / 4), -9_i64..9, Just(1_735_689_600_000)],
            gaps in vec(prop_oneof![1_i64..4, 5_i64..9, 1_000_000_i64..2_000_000_000], 1..40),
            places in vec(0.0..1.0_f64, 1..30),
        ) {
            let mut edges = vec![start];
            for gap in gaps {
                edges.push(edges[edges.len() - 1] + gap);
            }
            let periods = Periods::new(edges.clone(), 100).unwrap();
            let length = (periods.end() - periods.start()) as f64;
            let somewhere = places.iter().map(|place| periods.start() + (place * length) as i64);
            let at_edges = edges.iter().flat_map(|edge| [edge - 1, *edge]);
            let mut instants: Vec<i64> = somewhere.chain(at_edges).collect();
            instants.sort_unstable();
            let is_inside = |at: &i64| periods.start() <= *at && *at < periods.end();
            let inside: Vec<i64> = instants.iter().copied().filter(is_inside).collect();
            prop_assert_eq!(&instants[periods.inside(&instants)], &inside);
            for at in inside {
                let period = periods.period_of(at);
                prop_assert!(edges[period] <= at && at < edges[period + 1], "{} is not in {}", at, period);
            }
        }
    }
}
