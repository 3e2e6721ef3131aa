//! The totals of edges: a matrix while there are few activities, a hash table of bounded size when there are many.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::middle::Histograms;
use super::{MapEdge, NodeTotal};
use crate::bit_counts::BitCounts;
use crate::operator::JourneyBatch;
use crate::tally::{Seen, Sweep, Tally, Total};

/// What is known of one edge.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct EdgeTotal {
    pub seen: Seen,
    /// Sum of the milliseconds between the two events; 128 bits, so that it is exact whatever is added. In two words,
    /// because the higher one hardly ever changes.
    low_ms: u64,
    high_ms: u32,
    /// One more than the row of the histograms in which times are counted by bucket; 0 where there is none yet.
    next_row: u32,
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

    /// The row of the histograms in which its times are counted.
    fn row(&self) -> Option<u32> {
        self.next_row.checked_sub(1)
    }

    /// The same, and a new one if it has none and there is room.
    #[inline]
    fn take_row(&mut self, histograms: &mut Histograms, most_rows: usize) -> u32 {
        if self.next_row == 0 {
            self.next_row = histograms.add_row(most_rows) + 1;
        }
        self.next_row - 1
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
    /// All pairs of codes below `1 << bits`: row `from`, column `to`. With the histograms of so many of them at most.
    Matrix { bits: u32, totals: Vec<EdgeTotal>, histograms: Histograms, most_rows: usize },
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
        Edges::Matrix { bits: 0, totals: Vec::new(), histograms: Histograms::default(), most_rows: 0 }
    }

    /// The edges of a pass that begins. A matrix counts everything in one pass, so later passes are for the table. It counts
    /// the times of so many edges by bucket, or of none.
    pub fn start(sweep: Sweep, matrix_width: usize, most_rows: usize) -> Edges {
        match matrix_width {
            1.. if sweep.from == 0 => {
                Edges::Matrix { bits: 0, totals: Vec::new(), histograms: Histograms::default(), most_rows }
            }
            _ => Edges::Table(Tally::new()),
        }
    }

    /// The times of the edges by bucket, the row of each edge of the matrix, and the bits of that; none from a table.
    pub fn take_histograms(&mut self) -> Option<(u32, Vec<u32>, Histograms)> {
        match self {
            Edges::Matrix { bits, totals, histograms, most_rows: 1.. } => {
                let rows = totals.iter().map(|total| total.row().unwrap_or(Histograms::NO_ROW)).collect();
                Some((*bits, rows, std::mem::take(histograms)))
            }
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
    pub fn make_room(&mut self, nodes: &mut [NodeTotal], largest_code: u16, matrix_width: usize, sweep: Sweep) {
        let Edges::Matrix { bits, totals, .. } = self else { return };
        let needed_bits = (u32::from(largest_code) + 1).next_power_of_two().ilog2();
        if needed_bits <= *bits && !totals.is_empty() {
            return;
        }
        if 1 << needed_bits > matrix_width {
            let mut tally = Tally::new();
            settle(nodes, *bits, totals);
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

    /// Adds the edges of the customers of a batch, for whose codes there is room, and the customers to their nodes. A table
    /// also adds the events to their nodes, a matrix only those without an edge to them: [`settle`](Edges::settle) adds the
    /// others. Customers are numbered from `customers_before` + 1 on.
    pub fn fold(&mut self, nodes: &mut [NodeTotal], sweep: Sweep, customers_before: u32, batch: JourneyBatch<'_>) {
        match self {
            Edges::Matrix { bits, totals, histograms, most_rows } => {
                let mut add = Adding { nodes, bits: *bits, totals, histograms, most_rows: *most_rows };
                match (*bits <= 6, *most_rows > 0) {
                    (true, false) => add.walk::<true, false>(customers_before, batch),
                    (true, true) => add.walk::<true, true>(customers_before, batch),
                    (false, false) => add.walk::<false, false>(customers_before, batch),
                    (false, true) => add.walk::<false, true>(customers_before, batch),
                }
            }
            Edges::Table(tally) => {
                for (customer_number, journey) in (customers_before + 1..).zip(batch.journeys()) {
                    for (position, &activity) in journey.activity.iter().enumerate() {
                        nodes[usize::from(activity)].seen.mark(customer_number);
                        let Some(before) = position.checked_sub(1) else { continue };
                        let gap_ms = journey.occurred_at[position].abs_diff(journey.occurred_at[before]);
                        let key = pair(journey.activity[before], activity);
                        tally.update(sweep, key, |total| total.mark(customer_number, gap_ms));
                    }
                }
            }
        }
    }

    /// Adds the events of a matrix to their nodes, when all are counted.
    pub fn settle(&self, nodes: &mut [NodeTotal]) {
        if let Edges::Matrix { bits, totals, .. } = self {
            settle(nodes, *bits, totals);
        }
    }

    pub fn merge(&mut self, nodes: &mut [NodeTotal], from: Edges, matrix_width: usize, sweep: Sweep) {
        match (&mut *self, from) {
            (Edges::Table(tally), Edges::Table(other)) => tally.merge(sweep, other),
            (Edges::Table(tally), Edges::Matrix { bits, totals, .. }) => {
                settle(nodes, bits, &totals);
                for edge in list(bits, &totals) {
                    tally.update(sweep, pair(edge.from, edge.to), |total| total.add(&edge.total));
                }
            }
            (Edges::Matrix { .. }, other @ Edges::Table(_)) => {
                let matrix = std::mem::replace(self, other);
                self.merge(nodes, matrix, matrix_width, sweep);
            }
            (
                Edges::Matrix { bits, .. },
                Edges::Matrix { bits: other_bits, totals: other_totals, histograms: others, .. },
            ) => {
                let most_bits = other_bits.max(*bits);
                if other_totals.is_empty() {
                    return;
                }
                self.make_room(nodes, ((1_u32 << most_bits) - 1) as u16, matrix_width, sweep);
                if let Edges::Matrix { bits, totals, histograms, most_rows } = self {
                    for edge in list(other_bits, &other_totals) {
                        let total = &mut totals[usize::from(edge.from) << *bits | usize::from(edge.to)];
                        total.add(&edge.total);
                        if let Some(other_row) = edge.total.row() {
                            let row = total.take_row(histograms, *most_rows);
                            histograms.add(row, &others, other_row);
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
    histograms: &'a mut Histograms,
    most_rows: usize,
}

impl Adding<'_> {
    /// Adds the customers of a batch in one loop. With up to 64 activities (`SMALL`) the set of those that a customer has is
    /// a word, and their customers are counted from the words. `TIMED` says whether times are counted by bucket.
    fn walk<const SMALL: bool, const TIMED: bool>(&mut self, customers_before: u32, batch: JourneyBatch<'_>) {
        let mut sets = BitCounts::default();
        for (customer_number, span) in (customers_before + 1..).zip(batch.spans) {
            let (activities, instants) = (&batch.activity[span.positions()], &batch.occurred_at[span.positions()]);
            let mut events = activities.iter().zip(instants);
            let Some((&first, &first_at)) = events.next() else { continue };
            let (mut previous, mut previous_at) = (usize::from(first), first_at);
            let mut own = 0_u64;
            self.nodes[previous].seen.events += 1;
            self.meet::<SMALL>(previous, customer_number, &mut own);
            for (&activity, &at) in events {
                let activity = usize::from(activity);
                self.meet::<SMALL>(activity, customer_number, &mut own);
                let cell = previous << self.bits | activity;
                let gap_ms = at.abs_diff(previous_at);
                let total = &mut self.totals[cell];
                if TIMED {
                    let row = total.take_row(self.histograms, self.most_rows);
                    self.histograms.count(row, gap_ms);
                }
                total.mark(customer_number, gap_ms);
                (previous, previous_at) = (activity, at);
            }
            if SMALL {
                sets.add(own);
            }
        }
        if SMALL {
            for (node, customers) in self.nodes.iter_mut().zip(sets.take()) {
                node.seen.customers += customers as u32;
            }
        }
    }

    /// Counts a customer for the node of an event.
    #[inline]
    fn meet<const SMALL: bool>(&mut self, activity: usize, customer_number: u32, own: &mut u64) {
        if SMALL {
            *own |= 1 << (activity % 64);
        } else {
            self.nodes[activity].seen.meet(customer_number);
        }
    }
}

/// Adds the events to which an edge leads to their nodes.
fn settle(nodes: &mut [NodeTotal], bits: u32, totals: &[EdgeTotal]) {
    for edge in list(bits, totals) {
        nodes[usize::from(edge.to)].seen.events += edge.total.seen.events;
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
