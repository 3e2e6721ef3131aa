//! What lies over the projection: events since it was written, and those of customers whom identity has changed since.
//!
//! Events arrive all the time, and each question wants those of the last moment. So the overlay is two sorted runs: a
//! *settled* one, large and shared by the snapshots that follow each other, and a *fresh* one, small and made anew for each
//! of them. When the fresh one has grown, both become the next settled one. Customers whom identity changes leave the settled
//! run without a copy of it: they are *hidden* there, and their events are fresh.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::step::{Steps, TimelineStep};

/// Events that a fresh run may have at least before it is settled, and the share of the settled run that it may reach.
const LEAST_FRESH: usize = 1 << 14;
const FRESH_SHARE: usize = 8;

/// An activity of the overlay, with the customer it belongs to at this moment.
#[derive(Clone, Copy, Debug)]
pub struct Lived {
    pub customer: u64,
    pub occurred_at: i64,
    pub seq: u64,
    pub node: u64,
    /// Where the codes of its properties stand in its run.
    pub row: u32,
    pub activity: u16,
    pub unit: u16,
    pub channel: u8,
}

impl Lived {
    fn of(step: &TimelineStep, customer: u64, row: u32) -> Lived {
        let TimelineStep { node, occurred_at, seq, activity, unit, channel } = *step;
        Lived { customer, occurred_at, seq, node, row, activity, unit, channel }
    }

    fn order(&self) -> (u64, i64, u64) {
        (self.customer, self.occurred_at, self.seq)
    }
}

/// Events by customer, time and sequence number.
#[derive(Debug, Default)]
struct Run {
    events: Vec<Lived>,
    /// Codes of their properties, row after row.
    codes: Vec<u16>,
}

impl Run {
    fn of_customer(&self, customer: u64) -> Range<usize> {
        let start = self.events.partition_point(|lived| lived.customer < customer);
        start..start + self.events[start..].partition_point(|lived| lived.customer == customer)
    }

    fn has(&self, customer: u64) -> bool {
        !self.of_customer(customer).is_empty()
    }
}

/// What lies over the base at one moment. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Overlay {
    settled: Arc<Run>,
    /// Customers whose events in the settled run count no more; sorted.
    hidden: Arc<Vec<u64>>,
    fresh: Arc<Run>,
    /// Codes of an event.
    properties: usize,
}

/// Positions of some customers in both runs.
#[derive(Clone, Debug, Default)]
pub struct Stretch {
    settled: Range<usize>,
    fresh: Range<usize>,
}

/// What becomes part of the overlay, in any order.
#[derive(Debug, Default)]
pub struct Additions {
    events: Vec<Lived>,
    codes: Vec<u16>,
}

impl Additions {
    /// When each event of them happened.
    pub fn instants(&self) -> impl Iterator<Item = RangeInclusive<i64>> {
        self.events.iter().map(|lived| lived.occurred_at..=lived.occurred_at)
    }

    /// Adds steps; `customer_of` says whose a node is.
    pub fn add_steps(&mut self, steps: &Steps, customer_of: impl Fn(u64) -> u64) {
        let rows = self.events.len() as u32..;
        self.events
            .extend(steps.steps.iter().zip(rows).map(|(step, row)| Lived::of(step, customer_of(step.node), row)));
        self.codes.extend_from_slice(&steps.codes);
    }

    /// Adds an event that is in another place so far.
    pub fn add(&mut self, event: Lived, codes: impl IntoIterator<Item = u16>) {
        self.events.push(Lived { row: self.events.len() as u32, ..event });
        self.codes.extend(codes);
    }

    /// Events.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whose they are, each once at most places.
    pub fn customers(&self) -> impl Iterator<Item = u64> {
        self.events.chunk_by(|a, b| a.customer == b.customer).map(|group| group[0].customer)
    }
}

impl Overlay {
    /// Nothing, over a base with so many properties.
    pub fn new(properties: usize) -> Overlay {
        Overlay { settled: Arc::default(), hidden: Arc::default(), fresh: Arc::default(), properties }
    }

    /// Whether there is no event.
    pub fn is_empty(&self) -> bool {
        self.all().is_empty()
    }

    /// Both runs from end to end.
    pub fn all(&self) -> Stretch {
        Stretch { settled: 0..self.settled.events.len(), fresh: 0..self.fresh.events.len() }
    }

    /// The events of a customer.
    pub fn of_customer(&self, customer: u64) -> Stretch {
        Stretch { settled: self.settled.of_customer(customer), fresh: self.fresh.of_customer(customer) }
    }

    /// Whether a customer has an event here.
    pub fn has(&self, customer: u64) -> bool {
        self.fresh.has(customer) || self.settled.has(customer) && self.hidden.binary_search(&customer).is_err()
    }

    /// Cuts off the customers below `upper`.
    pub fn cut_below(&self, stretch: &mut Stretch, upper: u64) -> Stretch {
        let cut = |run: &Run, range: &mut Range<usize>| {
            let end = range.start + run.events[range.clone()].partition_point(|lived| lived.customer < upper);
            std::mem::replace(&mut range.start, end)..end
        };
        Stretch { settled: cut(&self.settled, &mut stretch.settled), fresh: cut(&self.fresh, &mut stretch.fresh) }
    }

    /// Cuts off customers with about so many events.
    pub fn cut_events(&self, stretch: &mut Stretch, events: usize) -> Stretch {
        let last = |run: &Run, range: &Range<usize>| {
            range.clone().nth(events).map_or(u64::MAX, |position| run.events[position].customer)
        };
        let upper = last(&self.settled, &stretch.settled).min(last(&self.fresh, &stretch.fresh));
        let first = |run: &Run, range: &Range<usize>| {
            run.events[range.clone()].first().map_or(u64::MAX, |lived| lived.customer)
        };
        let least = first(&self.settled, &stretch.settled).min(first(&self.fresh, &stretch.fresh));
        // A customer with more than that is not cut.
        self.cut_below(stretch, upper.max(least.saturating_add(1)))
    }

    /// The events of a stretch in one order. `room` is where they are put together when they are in both runs.
    pub fn gather<'a>(&'a self, stretch: &Stretch, room: &'a mut Vec<Lived>) -> &'a [Lived] {
        let (settled, fresh) =
            (&self.settled.events[stretch.settled.clone()], &self.fresh.events[stretch.fresh.clone()]);
        let hidden = match (settled.first(), settled.last()) {
            (Some(first), Some(last)) => {
                let start = self.hidden.partition_point(|customer| *customer < first.customer);
                let end = self.hidden.partition_point(|customer| *customer <= last.customer);
                &self.hidden[start..end]
            }
            _ => &[],
        };
        if fresh.is_empty() && hidden.is_empty() {
            return settled;
        }
        room.clear();
        self.merge(settled, hidden, fresh, room);
        room
    }

    /// Merges both runs, without what is hidden. The rows of the fresh one follow those of the settled one.
    fn merge(&self, settled: &[Lived], hidden: &[u64], fresh: &[Lived], into: &mut Vec<Lived>) {
        let rows = self.settled_rows();
        let mut fresh = fresh.iter().map(|lived| Lived { row: lived.row + rows, ..*lived }).peekable();
        let mut hidden = hidden.iter().peekable();
        into.reserve(settled.len() + fresh.len());
        for lived in settled {
            while hidden.next_if(|customer| **customer < lived.customer).is_some() {}
            if hidden.peek().is_some_and(|customer| **customer == lived.customer) {
                continue;
            }
            while let Some(earlier) = fresh.next_if(|fresh| fresh.order() < lived.order()) {
                into.push(earlier);
            }
            into.push(*lived);
        }
        into.extend(fresh);
    }

    fn settled_rows(&self) -> u32 {
        match self.properties {
            0 => 0,
            properties => (self.settled.codes.len() / properties) as u32,
        }
    }

    /// The codes of a row of what was gathered.
    pub fn codes(&self, row: u32) -> &[u16] {
        let begin = row as usize * self.properties;
        let (codes, begin) = match begin.checked_sub(self.settled.codes.len()) {
            None => (&self.settled.codes, begin),
            Some(begin) => (&self.fresh.codes, begin),
        };
        &codes[begin..begin + self.properties]
    }

    /// Hands all events of some customers, given in order, to `additions`, where `customer_of` says whose they are now.
    pub fn take_out(&mut self, customers: &[u64], additions: &mut Additions, customer_of: impl Fn(u64) -> u64) {
        if customers.is_empty() || self.is_empty() {
            return;
        }
        let mut room = Vec::new();
        for customer in customers {
            for lived in self.gather(&self.of_customer(*customer), &mut room) {
                let moved = Lived { customer: customer_of(lived.node), ..*lived };
                additions.add(moved, self.codes(lived.row).iter().copied());
            }
        }
        if customers.iter().any(|customer| self.fresh.has(*customer)) {
            let is_kept = |lived: &&Lived| customers.binary_search(&lived.customer).is_err();
            let events = self.fresh.events.iter().filter(is_kept).copied().collect();
            self.fresh = Arc::new(Run { events, codes: self.fresh.codes.clone() });
        }
        let mut hidden: Vec<u64> = customers.iter().copied().filter(|customer| self.settled.has(*customer)).collect();
        if !hidden.is_empty() {
            hidden.extend(self.hidden.iter());
            hidden.sort_unstable();
            hidden.dedup();
            self.hidden = Arc::new(hidden);
        }
    }

    /// Adds events; a fresh run that has become large is settled.
    pub fn add(&mut self, mut additions: Additions) {
        if additions.events.is_empty() {
            return;
        }
        additions.events.sort_unstable_by_key(Lived::order);
        let added = Run { events: additions.events, codes: additions.codes };
        // What is fresh lies over nothing for a moment, and what is added over it.
        let over = Overlay {
            settled: std::mem::take(&mut self.fresh),
            hidden: Arc::default(),
            fresh: Arc::new(added),
            properties: self.properties,
        };
        self.fresh = Arc::new(over.as_one());
        if self.fresh.events.len() > LEAST_FRESH.max(self.settled.events.len() / FRESH_SHARE) {
            self.settled = Arc::new(self.as_one());
            (self.hidden, self.fresh) = (Arc::default(), Arc::default());
        }
    }

    /// Both runs as one.
    fn as_one(&self) -> Run {
        let mut events = Vec::new();
        self.merge(&self.settled.events, &self.hidden, &self.fresh.events, &mut events);
        let codes = [&self.settled.codes[..], &self.fresh.codes[..]].concat();
        Run { events, codes }
    }
}

impl Stretch {
    /// Whether no event is in it, hidden ones included.
    pub fn is_empty(&self) -> bool {
        self.settled.is_empty() && self.fresh.is_empty()
    }
}
