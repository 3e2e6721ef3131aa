//! The totals of edges: a matrix while there are few activities, a hash table of bounded size when there are many.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::middle::EdgeSample;
use super::{MapEdge, NodeTotal};
use crate::operator::LivedJourney;
use crate::tally::{Seen, Sweep, Tally, Total};

/// What is known of one edge.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct EdgeTotal {
    pub seen: Seen,
    /// Sum of the milliseconds between the two events; 128 bits, so that it is exact whatever is added. In two words,
    /// because the higher one hardly ever changes.
    low_ms: u64,
    high_ms: u32,
    /// Which of the events give a time to the sample: those of which the number has none of these bits.
    sample_mask: u32,
}

impl EdgeTotal {
    fn mark(&mut self, customer_number: u32, gap_ms: u64) {
        self.seen.mark(customer_number);
        self.add_ms(gap_ms);
    }

    fn add_ms(&mut self, gap_ms: u64) {
        let (sum, is_carried) = self.low_ms.overflowing_add(gap_ms);
        self.low_ms = sum;
        if is_carried {
            self.high_ms += 1;
        }
    }

    pub fn total_ms(&self) -> u128 {
        u128::from(self.high_ms) << u64::BITS | u128::from(self.low_ms)
    }
}

impl Total for EdgeTotal {
    fn add(&mut self, other: &EdgeTotal) {
        self.seen.add(&other.seen);
        self.add_ms(other.low_ms);
        self.high_ms += other.high_ms;
        self.sample_mask |= other.sample_mask;
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
        let mean_ms = self.total.total_ms() as f64 / events as f64;
        MapEdge { from: self.from, to: self.to, events, customers: u64::from(customers), mean_ms, median_ms: None }
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Edges {
    /// All pairs of codes below `1 << bits`: row `from`, column `to`. Samples are there when medians are asked for, each of
    /// so many times at most.
    Matrix { bits: u32, totals: Vec<EdgeTotal>, samples: Vec<EdgeSample>, most_samples: usize },
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
        Edges::Matrix { bits: 0, totals: Vec::new(), samples: Vec::new(), most_samples: 0 }
    }

    /// The edges of a pass that begins. A matrix counts everything in one pass, so later passes are for the table. It takes
    /// samples of so many times, or none.
    pub fn start(sweep: Sweep, matrix_width: usize, most_samples: usize) -> Edges {
        match matrix_width {
            1.. if sweep.from == 0 => Edges::Matrix { bits: 0, totals: Vec::new(), samples: Vec::new(), most_samples },
            _ => Edges::Table(Tally::new()),
        }
    }

    /// The samples of all edges and the bits of their matrix; none from a table.
    pub fn take_samples(&mut self) -> Option<(u32, Vec<EdgeSample>)> {
        match self {
            Edges::Matrix { bits, samples, most_samples: 1.., .. } => Some((*bits, std::mem::take(samples))),
            _ => None,
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
        let Edges::Matrix { bits, totals, samples, most_samples } = self else { return };
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
        let mut wider_samples = vec![EdgeSample::default(); if *most_samples > 0 { wider.len() } else { 0 }];
        for edge in list(*bits, totals) {
            let cell = usize::from(edge.from) << needed_bits | usize::from(edge.to);
            wider[cell] = edge.total;
            if let Some(sample) = samples.get_mut(usize::from(edge.from) << *bits | usize::from(edge.to)) {
                wider_samples[cell] = std::mem::take(sample);
            }
        }
        (*bits, *totals, *samples) = (needed_bits, wider, wider_samples);
    }

    /// Adds the edges that lead to the events of one customer from the position `from` on, and the events to their nodes.
    /// Says at which position it stopped: at the end, or at a code for which there is no room.
    pub fn fold(
        &mut self,
        nodes: &mut [NodeTotal],
        sweep: Sweep,
        customer_number: u32,
        journey: LivedJourney<'_>,
        from: usize,
    ) -> usize {
        match self {
            Edges::Matrix { bits, totals, samples, most_samples } => {
                let mut add = Adding { nodes, bits: *bits, totals, samples, most_samples: *most_samples };
                match (*bits <= 6, *most_samples > 0) {
                    (true, false) => add.walk::<true, false>(customer_number, journey, from),
                    (true, true) => add.walk::<true, true>(customer_number, journey, from),
                    (false, false) => add.walk::<false, false>(customer_number, journey, from),
                    (false, true) => add.walk::<false, true>(customer_number, journey, from),
                }
            }
            Edges::Table(tally) => {
                for position in from..journey.len() {
                    let activity = journey.activity[position];
                    let Some(node) = nodes.get_mut(usize::from(activity)) else { return position };
                    node.seen.mark(customer_number);
                    let Some(before) = position.checked_sub(1) else { continue };
                    let gap_ms = journey.occurred_at[position].abs_diff(journey.occurred_at[before]);
                    let key = pair(journey.activity[before], activity);
                    tally.update(sweep, key, |total| total.mark(customer_number, gap_ms));
                }
                journey.len()
            }
        }
    }

    pub fn merge(&mut self, from: Edges, matrix_width: usize, sweep: Sweep) {
        match (&mut *self, from) {
            (Edges::Table(tally), Edges::Table(other)) => tally.merge(sweep, other),
            (Edges::Table(tally), Edges::Matrix { bits, totals, .. }) => {
                for edge in list(bits, &totals) {
                    tally.update(sweep, pair(edge.from, edge.to), |total| total.add(&edge.total));
                }
            }
            (Edges::Matrix { .. }, other @ Edges::Table(_)) => {
                let matrix = std::mem::replace(self, other);
                self.merge(matrix, matrix_width, sweep);
            }
            (
                Edges::Matrix { bits, .. },
                Edges::Matrix { bits: other_bits, totals: other_totals, samples: mut other_samples, .. },
            ) => {
                let most_bits = other_bits.max(*bits);
                if other_totals.is_empty() {
                    return;
                }
                self.make_room(((1_u32 << most_bits) - 1) as u16, matrix_width, sweep);
                if let Edges::Matrix { bits, totals, samples, .. } = self {
                    for edge in list(other_bits, &other_totals) {
                        let cell = usize::from(edge.from) << *bits | usize::from(edge.to);
                        totals[cell].add(&edge.total);
                        let other_cell = usize::from(edge.from) << other_bits | usize::from(edge.to);
                        if let (Some(sample), Some(other)) = (samples.get_mut(cell), other_samples.get_mut(other_cell))
                        {
                            sample.merge(std::mem::take(other));
                        }
                    }
                }
            }
        }
    }

    /// Every edge that happened, in no particular order.
    pub fn into_totals(self) -> Box<dyn Iterator<Item = CountedEdge>> {
        match self {
            Edges::Matrix { bits, totals, .. } => Box::new(list(bits, &totals).collect::<Vec<_>>().into_iter()),
            Edges::Table(tally) => Box::new(tally.into_entries().map(|(key, total)| {
                let (from, to) = codes(key);
                CountedEdge { from, to, total }
            })),
        }
    }
}

/// Nodes and the matrix, to which customers are added.
struct Adding<'a> {
    nodes: &'a mut [NodeTotal],
    bits: u32,
    totals: &'a mut [EdgeTotal],
    samples: &'a mut [EdgeSample],
    most_samples: usize,
}

impl Adding<'_> {
    /// Adds one customer in one loop: most journeys are short, and each end of a loop is guessed wrongly. With up to 64
    /// activities (`SMALL`) the set of those that the customer has is a word, and their customers are counted at the end.
    /// `SAMPLED` says whether samples are taken.
    fn walk<const SMALL: bool, const SAMPLED: bool>(
        &mut self,
        customer_number: u32,
        journey: LivedJourney<'_>,
        from: usize,
    ) -> usize {
        let width = if self.totals.is_empty() { 0 } else { self.nodes.len().min(1 << self.bits) };
        let (activities, instants) = (journey.activity, journey.occurred_at);
        let mut own = 0_u64;
        let first = from.saturating_sub(1);
        let (Some(&before), Some(&before_at)) = (activities.get(first), instants.get(first)) else { return from };
        let (mut previous, mut previous_at) = (usize::from(before), before_at);
        if from == 0 {
            if previous >= width {
                return 0;
            }
            self.meet::<SMALL>(previous, customer_number, &mut own);
        }
        let mut stopped = journey.len();
        let following = activities[first + 1..].iter().zip(&instants[first + 1..]);
        for (position, (&activity, &at)) in (first + 1..).zip(following) {
            let activity = usize::from(activity);
            if activity >= width {
                stopped = position;
                break;
            }
            self.meet::<SMALL>(activity, customer_number, &mut own);
            let cell = previous << self.bits | activity;
            let gap_ms = at.abs_diff(previous_at);
            let total = &mut self.totals[cell];
            if SAMPLED && total.seen.events as u32 & total.sample_mask == 0 {
                total.sample_mask = self.samples[cell].take(gap_ms, self.most_samples);
            }
            total.mark(customer_number, gap_ms);
            (previous, previous_at) = (activity, at);
        }
        while own != 0 {
            self.nodes[own.trailing_zeros() as usize].seen.meet(customer_number);
            own &= own - 1;
        }
        stopped
    }

    /// Counts an event for its node.
    fn meet<const SMALL: bool>(&mut self, activity: usize, customer_number: u32, own: &mut u64) {
        let seen = &mut self.nodes[activity].seen;
        if SMALL {
            seen.events += 1;
            *own |= 1 << (activity % 64);
        } else {
            seen.mark(customer_number);
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
