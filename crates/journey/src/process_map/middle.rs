//! Exact medians of the times of all edges in one pass, guided by a guess of where they lie.
//!
//! While edges are counted, each keeps a sample of its times: every `n`-th, where `n` doubles whenever the sample is full.
//! The sample says between which two times the median lies, almost certainly. A second pass counts the times below and
//! keeps those between; the median is found among these by its rank. Where the guess was wrong, or more lie between than
//! there is room for, the edge goes to the search of [`crate::quantiles`]. So a guess decides how long the answer takes,
//! and never what it is. (The way of Floyd and Rivest, *Expected time bounds for selection*, 1975.)

use serde::{Deserialize, Serialize};

use super::{MapEdge, ProcessMap};
use crate::operator::LivedJourney;

/// Times that the sample of an edge holds at most.
pub(super) const SAMPLE: usize = 1_024;
/// Half of what a guess spans, in square roots of the size of the sample. The rank of the median in a sample of `n` deviates
/// by √n / 2, so that a guess is wrong about once in 150,000 times.
pub(super) const SPREAD: f64 = 2.25;

/// A sample of the times of an edge.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct EdgeSample {
    times: Vec<u64>,
    /// One time in `mask` + 1 is taken.
    mask: u64,
}

impl EdgeSample {
    /// Takes a time; says which times are to be taken from now on, as a mask of their numbers.
    #[cold]
    pub fn take(&mut self, gap_ms: u64, most: usize) -> u32 {
        if self.times.len() >= most.max(1) {
            self.thin();
            // Its number is even among those that were taken only if the size is.
            if self.times.len() * 2 != most.max(1) {
                return self.mask as u32;
            }
        }
        self.times.push(gap_ms);
        self.mask as u32
    }

    /// Leaves every second one.
    fn thin(&mut self) {
        let mut number = 0;
        self.times.retain(|_| {
            number += 1;
            number % 2 == 1
        });
        self.mask = self.mask * 2 + 1;
    }

    /// Adds the sample of other customers.
    pub fn merge(&mut self, mut other: EdgeSample) {
        if self.times.is_empty() {
            *self = other;
            return;
        }
        if other.times.is_empty() {
            return;
        }
        while self.mask < other.mask {
            self.thin();
        }
        while other.mask < self.mask {
            other.thin();
        }
        self.times.append(&mut other.times);
    }

    /// Between which two times the median of `count` times lies, probably.
    fn guess(mut self, count: u64, spread: f64) -> Guess {
        let len = self.times.len();
        let (Ok(count), false) = (usize::try_from(count), self.times.is_empty()) else {
            return Guess { low: 0, high: u64::MAX };
        };
        self.times.sort_unstable();
        if len == count {
            return Guess { low: self.times[(len - 1) / 2], high: self.times[len / 2] };
        }
        let middle = (len - 1) as f64 / 2.0;
        let half = spread * (len as f64).sqrt();
        let low = if middle < half { 0 } else { self.times[(middle - half) as usize] };
        let high = self.times.get((middle + half).ceil() as usize).copied().unwrap_or(u64::MAX);
        Guess { low, high }
    }
}

#[derive(Clone, Copy, Debug)]
struct Guess {
    low: u64,
    high: u64,
}

/// The pass that looks where the samples say.
#[derive(Debug)]
pub(super) struct Middles {
    /// As in the matrix of the edges.
    bits: u32,
    cells: Vec<Cell>,
}

/// What is known of the times of one edge: a cache line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Cell {
    low: u64,
    /// The guess ends so much above `low`, inclusive.
    span: u64,
    below: u64,
    inside: u64,
    /// Those inside, unless all of them are equal.
    between: Vec<u64>,
    /// Of `between`; 0 once there were more.
    room: u64,
}

impl Cell {
    /// A cell in which nothing ever lies.
    const NONE: Cell = Cell { low: u64::MAX, span: 0, below: 0, inside: 0, between: Vec::new(), room: 0 };

    #[cold]
    fn keep(&mut self, gap_ms: u64) {
        self.inside += 1;
        if self.span == 0 {
            return;
        }
        if self.inside <= self.room {
            self.between.push(gap_ms);
        } else {
            *self = Cell::NONE;
        }
    }
}

impl Middles {
    /// `samples` are those of the matrix of `1 << bits` codes, row after row; `slots` is how many times a partial result
    /// may hold, shared out by the events of the edges.
    pub fn new(map: &ProcessMap, bits: u32, mut samples: Vec<EdgeSample>, slots: usize, spread: f64) -> Middles {
        let mut cells = vec![Cell::NONE; samples.len()];
        let events: u64 = map.edges.iter().map(|edge| edge.events).sum();
        for edge in &map.edges {
            let cell = cell_of(edge, bits);
            let Some(sample) = samples.get_mut(cell) else { continue };
            let Guess { low, high } = std::mem::take(sample).guess(edge.events, spread);
            let share = slots as f64 * (edge.events as f64 / events as f64);
            cells[cell] = Cell { low, span: high - low, room: (share as u64).max(1), ..Cell::NONE };
        }
        Middles { bits, cells }
    }

    pub fn start(&self) -> Vec<Cell> {
        self.cells.clone()
    }

    pub fn fold(&self, cells: &mut [Cell], journey: LivedJourney<'_>) {
        let (Some(&first), Some(&first_at)) = (journey.activity.first(), journey.occurred_at.first()) else { return };
        let (mut previous, mut previous_at) = (usize::from(first), first_at);
        for (&activity, &at) in journey.activity[1..].iter().zip(&journey.occurred_at[1..]) {
            let activity = usize::from(activity);
            // A code beyond the matrix belongs to an edge that was left out.
            if (previous | activity) >> self.bits == 0
                && let Some(cell) = cells.get_mut(previous << self.bits | activity)
            {
                let gap_ms = at.abs_diff(previous_at);
                cell.below += u64::from(gap_ms < cell.low);
                if gap_ms.wrapping_sub(cell.low) <= cell.span {
                    cell.keep(gap_ms);
                }
            }
            (previous, previous_at) = (activity, at);
        }
    }

    pub fn merge(&self, into: &mut [Cell], from: Vec<Cell>) {
        for (cell, mut other) in into.iter_mut().zip(from) {
            if cell.room == 0 || other.room == 0 {
                *cell = Cell::NONE;
                continue;
            }
            cell.below += other.below;
            cell.inside += other.inside;
            // The larger of the two is not copied.
            if cell.between.len() < other.between.len() {
                std::mem::swap(&mut cell.between, &mut other.between);
            }
            cell.between.append(&mut other.between);
        }
    }

    /// Tells the edges of the map their medians. Returns the positions of those that it could not tell.
    pub fn finish(&self, mut cells: Vec<Cell>, map: &mut ProcessMap) -> Vec<usize> {
        let mut untold = Vec::new();
        for (position, edge) in map.edges.iter_mut().enumerate() {
            edge.median_ms = cells.get_mut(cell_of(edge, self.bits)).and_then(|cell| find_median(cell, edge.events));
            if edge.median_ms.is_none() {
                untold.push(position);
            }
        }
        untold
    }
}

fn cell_of(edge: &MapEdge, bits: u32) -> usize {
    usize::from(edge.from) << bits | usize::from(edge.to)
}

/// The mean of the two times in the middle of `count`, when both are among those that were kept.
fn find_median(cell: &mut Cell, count: u64) -> Option<f64> {
    let rank = |place: u64| usize::try_from(place.checked_sub(cell.below)?).ok();
    let (lower, upper) = (rank(count.checked_sub(1)? / 2)?, rank(count / 2)?);
    if cell.room == 0 || upper as u64 >= cell.inside {
        return None;
    }
    if cell.span == 0 {
        return Some(cell.low as f64);
    }
    if upper >= cell.between.len() {
        return None;
    }
    let (_, &mut lower_ms, above) = cell.between.select_nth_unstable(lower);
    let upper_ms = if upper == lower { lower_ms } else { above.iter().copied().min()? };
    Some((lower_ms as f64 + upper_ms as f64) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(times: impl Iterator<Item = u64>, most: usize) -> EdgeSample {
        let mut sample = EdgeSample::default();
        let mut mask = 0;
        for (number, time) in (0_u32..).zip(times) {
            if number & mask == 0 {
                mask = sample.take(time, most);
            }
        }
        sample
    }

    #[test]
    fn a_sample_holds_all_while_they_fit_and_then_every_nth() {
        assert_eq!(sample(0..8, 8).times, [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(sample(0..9, 8).times, [0, 2, 4, 6, 8]);
        assert_eq!(sample(0..100, 8).times, [0, 16, 32, 48, 64, 80, 96]);
        assert_eq!(sample(0..100, 1).times.len(), 1);
        assert_eq!(sample(0..100, 0).times.len(), 1);
    }

    #[test]
    fn samples_of_other_customers_weigh_as_much() {
        let mut whole = sample(0..100, 8);
        whole.merge(sample(1_000..1_008, 8));
        assert_eq!(whole.times, [0, 16, 32, 48, 64, 80, 96, 1_000]);
        whole.merge(EdgeSample::default());
        assert_eq!(whole.times.len(), 8);
    }

    #[test]
    fn the_median_of_all_is_the_guess_when_all_are_in_the_sample() {
        let Guess { low, high } = sample((0..10).rev(), 16).guess(10, SPREAD);
        assert_eq!((low, high), (4, 5));
    }

    #[test]
    fn a_guess_is_around_the_median() {
        let Guess { low, high } =
            sample((0..100_000).map(|number| number * 7_919 % 100_000), SAMPLE).guess(100_000, SPREAD);
        assert!(low < 50_000 && 50_000 < high && high - low < 25_000, "{low} to {high}");
    }
}
