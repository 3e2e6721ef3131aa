//! Process map: which activity directly follows which, how often, for how many customers and how long after.
//!
//! An edge is a pair of neighbouring events of one customer, in order of `(occurred_at, seq)`; ties in time keep that
//! order. Directly-follows graphs are described by van der Aalst, *Process Mining: Data Science in Action*, 2nd edition
//! (2016), chapter 6. For every activity, its events equal the events of its incoming edges plus the customers who start
//! there, and the events of its outgoing edges plus the customers who end there.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::operator::{JourneyBatch, LivedJourney, Operator, Step};
use crate::quantiles::{QuantileSearch, Samples};
use crate::tally::{Seen, Sweep, Total};

mod edges;
mod middle;
use edges::{CountedEdge, EdgeGroups, Edges};
use middle::{Histograms, Middles, Window};

/// Activities up to which a matrix of all pairs is kept: 32 bytes a pair.
const DEFAULT_MATRIX_WIDTH: usize = 1_024;
/// Entries of the hash table that takes over beyond the matrix: they fit 2²⁰ buckets of 49 bytes.
const DEFAULT_EDGE_LIMIT: usize = 900_000;
/// Edges of an answer.
const DEFAULT_MOST_EDGES: usize = 500_000;
/// Times between events that a partial result holds at most, of 8 bytes each.
const DEFAULT_MEDIAN_SLOTS: usize = 1 << 23;

/// The question: what directly follows what?
#[derive(Debug)]
pub struct ProcessMapQuestion {
    with_medians: bool,
    matrix_width: usize,
    most_edges: usize,
    median_slots: usize,
    most_histograms: usize,
    pass: Pass,
}

#[derive(Debug)]
enum Pass {
    /// Counts the edges of one sweep; those of earlier sweeps are in `counted`.
    Count { sweep: Sweep, counted: Vec<CountedEdge>, left_out: LeftOut },
    /// Looks for the medians of the edges of a map that is complete but for them, in the buckets where they are.
    Middles { map: ProcessMap, middles: Middles },
    /// Looks for the medians of the edges at these positions.
    Medians { edges: Vec<usize>, map: ProcessMap, groups: EdgeGroups, search: Box<QuantileSearch> },
}

/// What directly follows what.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ProcessMap {
    /// By activity code.
    pub nodes: Vec<MapNode>,
    /// By the codes of `from` and `to`.
    pub edges: Vec<MapEdge>,
    /// Activities with which customers start, by code.
    pub starts: Vec<MapEnd>,
    /// Activities with which customers end, by code.
    pub ends: Vec<MapEnd>,
    /// The rarest edges, where there are more than an answer may hold. Usually nothing.
    pub left_out: LeftOut,
}

/// An activity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapNode {
    pub activity: u16,
    pub events: u64,
    /// Distinct.
    pub customers: u64,
}

/// One activity directly followed by another (or by itself).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapEdge {
    pub from: u16,
    pub to: u16,
    /// How often it happened.
    pub events: u64,
    /// Distinct customers to whom it happened.
    pub customers: u64,
    /// Mean of the milliseconds between the two: an exact sum, divided once.
    pub mean_ms: f64,
    /// Exact median of the milliseconds between the two, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_ms: Option<f64>,
}

/// An activity with which customers start or end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapEnd {
    pub activity: u16,
    pub customers: u64,
}

/// Edges that the answer does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub edges: u64,
    pub events: u64,
}

/// What is known after some of the customers. A pass fills either the counts or the times.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProcessMapPartial {
    /// Customers with events so far; the number of the current one.
    customers: u32,
    /// By activity code.
    nodes: Vec<NodeTotal>,
    edges: Edges,
    middles: Vec<Window>,
    times: Samples,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct NodeTotal {
    seen: Seen,
    starts: u32,
    ends: u32,
}

impl Default for ProcessMapQuestion {
    fn default() -> Self {
        ProcessMapQuestion {
            with_medians: false,
            matrix_width: DEFAULT_MATRIX_WIDTH,
            most_edges: DEFAULT_MOST_EDGES,
            median_slots: DEFAULT_MEDIAN_SLOTS,
            most_histograms: Histograms::MOST,
            pass: Pass::count(Sweep::start(DEFAULT_EDGE_LIMIT)),
        }
    }
}

impl Pass {
    fn count(sweep: Sweep) -> Pass {
        Pass::Count { sweep, counted: Vec::new(), left_out: LeftOut::default() }
    }
}

impl ProcessMapQuestion {
    /// A map with means. One pass, O(events).
    pub fn new() -> ProcessMapQuestion {
        ProcessMapQuestion::default()
    }

    /// Asks for the exact median of each edge too: one more pass as a rule, where there are many activities two or three.
    pub fn with_medians(mut self) -> ProcessMapQuestion {
        self.with_medians = true;
        self
    }

    /// Sets how much a partial result may hold: a matrix for codes below `matrix_width` (32 bytes a pair), else `edges`
    /// entries of a hash table, and `median_slots` numbers of 8 bytes. What does not fit takes further passes.
    pub fn with_limits(mut self, matrix_width: usize, edges: usize, median_slots: usize) -> ProcessMapQuestion {
        self.matrix_width = matrix_width;
        self.median_slots = median_slots;
        self.pass = Pass::count(Sweep::start(edges));
        self
    }

    /// Sets of how many edges the times are counted by bucket, so that their medians take one more pass. Those of the others
    /// are searched.
    pub fn with_histograms(mut self, edges: usize) -> ProcessMapQuestion {
        self.most_histograms = edges;
        self
    }

    /// Sets how many edges the answer may hold. Beyond, the rarest are left out, of equal ones those with higher codes.
    pub fn with_most_edges(mut self, edges: usize) -> ProcessMapQuestion {
        self.most_edges = edges;
        self
    }

    /// The pass that looks for the medians of the edges at these positions.
    fn search(&self, edges: Vec<usize>, map: ProcessMap) -> Pass {
        let search = Box::new(QuantileSearch::of_medians(edges.len(), self.median_slots));
        let pairs = edges.iter().map(|position| (map.edges[*position].from, map.edges[*position].to));
        let groups = EdgeGroups::new(pairs, self.matrix_width);
        Pass::Medians { edges, map, groups, search }
    }

    /// Adds the customers of a batch, of which a matrix knows the codes before it begins.
    fn fold_counts(&self, sweep: Sweep, partial: &mut ProcessMapPartial, batch: JourneyBatch<'_>) {
        // All bits of all codes: as wide as the largest, and found without comparisons. What stands between customers
        // counts too, and costs room at worst.
        let codes = batch.activity[batch.extent()].iter().fold(0, |bits, code| bits | code);
        partial.make_room(usize::from(codes) + 1);
        partial.edges.make_room(&mut partial.nodes, codes, self.matrix_width, sweep);
        let customers_before = partial.customers;
        partial.customers += batch.spans.len() as u32;
        partial.edges.fold(&mut partial.nodes, sweep, customers_before, batch);
        for span in batch.spans {
            let own = &batch.activity[span.positions()];
            if let (Some(first), Some(last)) = (own.first(), own.last()) {
                partial.nodes[usize::from(*first)].starts += 1;
                partial.nodes[usize::from(*last)].ends += 1;
            }
        }
    }
}

impl ProcessMapPartial {
    fn make_room(&mut self, activities: usize) {
        if self.nodes.len() < activities {
            self.nodes.resize(activities.next_power_of_two(), NodeTotal::default());
        }
    }
}

impl Operator for ProcessMapQuestion {
    type Partial = ProcessMapPartial;
    type Output = ProcessMap;

    fn start(&self) -> ProcessMapPartial {
        let mut partial = ProcessMapPartial {
            customers: 0,
            nodes: Vec::new(),
            edges: Edges::none(),
            middles: Vec::new(),
            times: Samples::default(),
        };
        match &self.pass {
            Pass::Count { sweep, .. } => {
                let most_rows = if self.with_medians { self.most_histograms } else { 0 };
                partial.edges = Edges::start(*sweep, self.matrix_width, most_rows);
            }
            Pass::Middles { middles, .. } => partial.middles = middles.start(),
            Pass::Medians { search, .. } => partial.times = search.start(),
        }
        partial
    }

    fn fold(&self, partial: &mut ProcessMapPartial, customer: LivedJourney<'_>) {
        JourneyBatch::of_one(customer, |batch| self.fold_batch(partial, batch));
    }

    fn fold_batch(&self, partial: &mut ProcessMapPartial, batch: JourneyBatch<'_>) {
        match &self.pass {
            Pass::Count { sweep, .. } => self.fold_counts(*sweep, partial, batch),
            Pass::Middles { middles, .. } => middles.fold(&mut partial.middles, batch),
            Pass::Medians { groups, search, .. } => {
                for customer in batch.journeys() {
                    for (activities, instants) in customer.activity.windows(2).zip(customer.occurred_at.windows(2)) {
                        if let Some(group) = groups.find(activities[0], activities[1]) {
                            search.add(&mut partial.times, group, instants[1].abs_diff(instants[0]));
                        }
                    }
                }
            }
        }
    }

    fn merge(&self, into: &mut ProcessMapPartial, from: ProcessMapPartial) {
        match &self.pass {
            Pass::Count { sweep, .. } => {
                into.make_room(from.nodes.len());
                for (sum, node) in into.nodes.iter_mut().zip(&from.nodes) {
                    sum.seen.add(&node.seen);
                    sum.starts += node.starts;
                    sum.ends += node.ends;
                }
                into.edges.merge(&mut into.nodes, from.edges, self.matrix_width, *sweep);
            }
            Pass::Middles { middles, .. } => middles.merge(&mut into.middles, from.middles),
            Pass::Medians { search, .. } => search.merge(&mut into.times, from.times),
        }
    }

    fn finish(mut self, mut partial: ProcessMapPartial) -> Step<Self> {
        let pass = std::mem::replace(&mut self.pass, Pass::count(Sweep::start(1)));
        match pass {
            Pass::Count { sweep, mut counted, mut left_out } => {
                let next_sweep = sweep.after(partial.edges.until());
                let timed = partial.edges.take_histograms();
                partial.edges.settle(&mut partial.nodes);
                for edge in partial.edges.into_totals() {
                    counted.push(edge);
                    if counted.len() >= self.most_edges.saturating_mul(2) {
                        leave_out_rarest(&mut counted, self.most_edges, &mut left_out);
                    }
                }
                leave_out_rarest(&mut counted, self.most_edges, &mut left_out);
                if let Some(sweep) = next_sweep {
                    self.pass = Pass::Count { sweep, counted, left_out };
                    return Step::Again(self);
                }
                let map = draw(&partial.nodes, counted, left_out);
                if !self.with_medians || map.edges.is_empty() {
                    return Step::Done(map);
                }
                self.pass = match timed {
                    Some((bits, rows, histograms)) => {
                        let middles = Middles::new(&map, bits, &rows, &histograms, self.median_slots);
                        Pass::Middles { map, middles }
                    }
                    None => self.search((0..map.edges.len()).collect(), map),
                };
                Step::Again(self)
            }
            Pass::Middles { mut map, middles } => {
                let untold = middles.finish(partial.middles, &mut map);
                if untold.is_empty() {
                    return Step::Done(map);
                }
                self.pass = self.search(untold, map);
                Step::Again(self)
            }
            Pass::Medians { edges, mut map, groups, mut search } => {
                if !search.learn(partial.times) {
                    self.pass = Pass::Medians { edges, map, groups, search };
                    return Step::Again(self);
                }
                for (group, position) in edges.into_iter().enumerate() {
                    map.edges[position].median_ms = search.quantile(group, 0);
                }
                Step::Done(map)
            }
        }
    }
}

fn leave_out_rarest(counted: &mut Vec<CountedEdge>, most_edges: usize, left_out: &mut LeftOut) {
    if counted.len() <= most_edges {
        return;
    }
    counted.select_nth_unstable_by_key(most_edges, |edge| (Reverse(edge.total.seen.events), edge.from, edge.to));
    for edge in counted.drain(most_edges..) {
        left_out.edges += 1;
        left_out.events += edge.total.seen.events;
    }
}

fn draw(nodes: &[NodeTotal], mut counted: Vec<CountedEdge>, left_out: LeftOut) -> ProcessMap {
    counted.sort_unstable_by_key(|edge| (edge.from, edge.to));
    let by_activity = || (0..=u16::MAX).zip(nodes);
    let end =
        |activity, customers: u32| (customers > 0).then_some(MapEnd { activity, customers: u64::from(customers) });
    ProcessMap {
        nodes: by_activity()
            .filter(|(_, node)| node.seen.events > 0)
            .map(|(activity, node)| MapNode {
                activity,
                events: node.seen.events,
                customers: u64::from(node.seen.customers),
            })
            .collect(),
        edges: counted.iter().map(CountedEdge::draw).collect(),
        starts: by_activity().filter_map(|(activity, node)| end(activity, node.starts)).collect(),
        ends: by_activity().filter_map(|(activity, node)| end(activity, node.ends)).collect(),
        left_out,
    }
}
