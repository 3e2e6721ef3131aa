//! The totals of edges: a matrix while there are few activities, a hash table of bounded size when there are many.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::MapEdge;
use crate::operator::LivedJourney;
use crate::tally::{Seen, Sweep, Tally, Total};

/// What is known of one edge.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct EdgeTotal {
    pub seen: Seen,
    /// Sum of the milliseconds between the two events; 128 bits, so that it is exact whatever is added.
    pub total_ms: u128,
}

impl EdgeTotal {
    fn mark(&mut self, customer_number: u32, gap_ms: u64) {
        self.seen.mark(customer_number);
        self.total_ms += u128::from(gap_ms);
    }
}

impl Total for EdgeTotal {
    fn add(&mut self, other: &EdgeTotal) {
        self.seen.add(&other.seen);
        self.total_ms += other.total_ms;
    }
}

/// An edge and its final total.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountedEdge {
    pub from: u16,
    pub to: u16,
    pub total: EdgeTotal,
}

impl CountedEdge {
    pub fn draw(&self) -> MapEdge {
        let Seen { events, customers, .. } = self.total.seen;
        let mean_ms = self.total.total_ms as f64 / events as f64;
        MapEdge { from: self.from, to: self.to, events, customers: u64::from(customers), mean_ms, median_ms: None }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Edges {
    /// All pairs of codes below `1 << bits`: row `from`, column `to`.
    Matrix { bits: u32, totals: Vec<EdgeTotal> },
    /// Some of the pairs, by [`pair`].
    Table(Tally<u32, EdgeTotal>),
}

/// Two codes as one key.
fn pair(from: u16, to: u16) -> u32 {
    u32::from(from) << 16 | u32::from(to)
}

/// The two codes of a key.
fn codes(pair: u32) -> (u16, u16) {
    ((pair >> 16) as u16, pair as u16)
}

impl Edges {
    /// No edge yet, and no room.
    pub fn none() -> Edges {
        Edges::Matrix { bits: 0, totals: Vec::new() }
    }

    /// The edges of a pass that begins. A matrix counts everything in one pass, so later passes are for the table.
    pub fn start(sweep: Sweep, matrix_width: usize) -> Edges {
        match matrix_width {
            1.. if sweep.from == 0 => Edges::none(),
            _ => Edges::Table(Tally::new()),
        }
    }

    /// The last place of the sweep that is counted.
    pub fn until(&self) -> u64 {
        match self {
            Edges::Matrix { .. } => u64::MAX,
            Edges::Table(tally) => tally.until(),
        }
    }

    /// Widens the matrix to hold a code, or turns it into a table where it would be wider than `matrix_width`.
    pub fn make_room(&mut self, largest_code: u16, matrix_width: usize, sweep: Sweep) {
        let Edges::Matrix { bits, totals } = self else { return };
        let needed_bits = (u32::from(largest_code) + 1).next_power_of_two().ilog2();
        if needed_bits <= *bits && !totals.is_empty() {
            return;
        }
        if 1 << needed_bits > matrix_width {
            let mut tally = Tally::new();
            for edge in list(*bits, totals) {
                tally.update(sweep, pair(edge.from, edge.to), |total: &mut EdgeTotal| *total = edge.total);
            }
            *self = Edges::Table(tally);
            return;
        }
        let mut wider = vec![EdgeTotal::default(); 1 << (2 * needed_bits)];
        for edge in list(*bits, totals) {
            wider[usize::from(edge.from) << needed_bits | usize::from(edge.to)] = edge.total;
        }
        (*bits, *totals) = (needed_bits, wider);
    }

    /// Adds the edges of one customer; there must be room for the codes.
    pub fn fold(&mut self, sweep: Sweep, customer_number: u32, journey: LivedJourney<'_>) {
        let (Some(&first), Some(&first_at)) = (journey.activity.first(), journey.occurred_at.first()) else { return };
        let following = journey.activity[1..].iter().zip(&journey.occurred_at[1..]);
        let (mut previous, mut previous_at) = (first, first_at);
        match self {
            Edges::Matrix { bits, totals } => {
                for (&activity, &at) in following {
                    let total = &mut totals[usize::from(previous) << *bits | usize::from(activity)];
                    total.mark(customer_number, at.abs_diff(previous_at));
                    (previous, previous_at) = (activity, at);
                }
            }
            Edges::Table(tally) => {
                for (&activity, &at) in following {
                    let gap_ms = at.abs_diff(previous_at);
                    tally.update(sweep, pair(previous, activity), |total| total.mark(customer_number, gap_ms));
                    (previous, previous_at) = (activity, at);
                }
            }
        }
    }

    pub fn merge(&mut self, from: Edges, matrix_width: usize, sweep: Sweep) {
        match (&mut *self, from) {
            (Edges::Table(tally), Edges::Table(other)) => tally.merge(sweep, other),
            (Edges::Table(tally), Edges::Matrix { bits, totals }) => {
                for edge in list(bits, &totals) {
                    tally.update(sweep, pair(edge.from, edge.to), |total| total.add(&edge.total));
                }
            }
            (Edges::Matrix { .. }, other @ Edges::Table(_)) => {
                let matrix = std::mem::replace(self, other);
                self.merge(matrix, matrix_width, sweep);
            }
            (Edges::Matrix { bits, .. }, Edges::Matrix { bits: other_bits, totals: other_totals }) => {
                let most_bits = other_bits.max(*bits);
                if other_totals.is_empty() {
                    return;
                }
                self.make_room(((1_u32 << most_bits) - 1) as u16, matrix_width, sweep);
                if let Edges::Matrix { bits, totals } = self {
                    for edge in list(other_bits, &other_totals) {
                        totals[usize::from(edge.from) << *bits | usize::from(edge.to)].add(&edge.total);
                    }
                }
            }
        }
    }

    /// Every edge that happened, in no particular order.
    pub fn into_totals(self) -> Box<dyn Iterator<Item = CountedEdge>> {
        match self {
            Edges::Matrix { bits, totals } => Box::new(list(bits, &totals).collect::<Vec<_>>().into_iter()),
            Edges::Table(tally) => Box::new(tally.into_entries().map(|(key, total)| {
                let (from, to) = codes(key);
                CountedEdge { from, to, total }
            })),
        }
    }
}

/// The edges of a matrix that happened.
fn list(bits: u32, totals: &[EdgeTotal]) -> impl Iterator<Item = CountedEdge> {
    totals.iter().enumerate().filter(|(_, total)| total.seen.events > 0).map(move |(cell, total)| CountedEdge {
        from: (cell >> bits) as u16,
        to: (cell & ((1 << bits) - 1)) as u16,
        total: *total,
    })
}

/// The number of each edge, from 0.
#[derive(Debug)]
pub(super) enum EdgeGroups {
    /// As the matrix of [`Edges`]; `u32::MAX` where there is no edge.
    Matrix {
        bits: u32,
        groups: Vec<u32>,
    },
    Table(FxHashMap<u32, u32>),
}

impl EdgeGroups {
    pub fn new(edges: impl Iterator<Item = (u16, u16)> + Clone, matrix_width: usize) -> EdgeGroups {
        let largest = edges.clone().map(|(from, to)| from.max(to)).max().unwrap_or(0);
        let bits = (u32::from(largest) + 1).next_power_of_two().ilog2();
        if 1 << bits > matrix_width {
            return EdgeGroups::Table(edges.map(|(from, to)| pair(from, to)).zip(0..).collect());
        }
        let mut groups = vec![u32::MAX; 1 << (2 * bits)];
        for ((from, to), group) in edges.zip(0..) {
            groups[usize::from(from) << bits | usize::from(to)] = group;
        }
        EdgeGroups::Matrix { bits, groups }
    }

    pub fn find(&self, from: u16, to: u16) -> Option<usize> {
        match self {
            EdgeGroups::Matrix { bits, groups } => {
                // A code beyond the matrix belongs to an edge that was left out.
                if from >> *bits != 0 || to >> *bits != 0 {
                    return None;
                }
                let group = groups[usize::from(from) << *bits | usize::from(to)];
                (group != u32::MAX).then_some(group as usize)
            }
            EdgeGroups::Table(groups) => groups.get(&pair(from, to)).map(|&group| group as usize),
        }
    }
}
