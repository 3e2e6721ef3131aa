//! Journeys put together from the projection and from what lies over it.

use journey::{ActivitySet, BATCH_EVENTS, Needs, PropertyColumns, Span};

use super::overlay::{Lived, Overlay};
use super::range::Columns;

/// Takes some customers, where their events stand in the columns, and the columns.
pub type TakeColumns<'a> = &'a mut dyn FnMut(&[u64], &[Span], Columns<'_>);

/// Room for customers whose events come from the projection and the overlay.
pub struct Scratch<'a> {
    needs: Needs,
    /// Where the codes of the properties of the overlay are.
    overlay: &'a Overlay,
    properties: usize,
    customers: Vec<u64>,
    spans: Vec<Span>,
    occurred_at: Vec<i64>,
    activity: Vec<u16>,
    channel: Vec<u8>,
    unit: Vec<u16>,
    seq: Vec<u64>,
    node: Vec<u64>,
    /// One column of codes after the other, `stride` codes each.
    values: Vec<u16>,
    stride: usize,
    /// Events that are there.
    len: usize,
    /// Whether `seq` and `node` are handed on.
    is_numbered: bool,
}

impl<'a> Scratch<'a> {
    /// `is_numbered`: with the numbers and nodes of the events, which no question reads.
    pub fn new(needs: Needs, overlay: &'a Overlay, properties: usize, is_numbered: bool) -> Scratch<'a> {
        Scratch {
            needs,
            overlay,
            properties,
            is_numbered,
            len: 0,
            customers: Vec::new(),
            spans: Vec::new(),
            occurred_at: Vec::new(),
            activity: Vec::new(),
            channel: Vec::new(),
            unit: Vec::new(),
            seq: Vec::new(),
            node: Vec::new(),
            values: Vec::new(),
            stride: 0,
        }
    }

    fn clear(&mut self) {
        self.customers.clear();
        self.spans.clear();
        self.occurred_at.clear();
        self.activity.clear();
        self.channel.clear();
        self.unit.clear();
        self.seq.clear();
        self.node.clear();
        self.len = 0;
    }

    /// Adds a customer of whom the projection holds these activities, if one of the needed ones may be among theirs.
    pub fn add_needed(
        &mut self,
        customer: u64,
        held: ActivitySet,
        own: Option<Columns<'_>>,
        group: &[Lived],
        each: TakeColumns<'_>,
    ) {
        let over = ActivitySet::of(group.iter().map(|lived| &lived.activity));
        if held.union(over).may_meet(self.needs.activities) {
            self.add(customer, own, group, each);
        }
    }

    /// Adds a customer; hands out those who are there when they are enough.
    pub fn add(&mut self, customer: u64, own: Option<Columns<'_>>, group: &[Lived], each: TakeColumns<'_>) {
        let len = own.map_or(0, |own| own.seq.len()) + group.len();
        if self.len + len > BATCH_EVENTS {
            self.hand_out(each);
        }
        self.merge(customer, own, group);
    }

    /// Hands out everybody who is there.
    pub fn hand_out(&mut self, each: TakeColumns<'_>) {
        if !self.customers.is_empty() {
            each(&self.customers, &self.spans, self.columns());
            self.clear();
        }
    }

    /// A single customer.
    pub fn fill(&mut self, own: Option<Columns<'_>>, group: &[Lived]) -> Columns<'_> {
        self.clear();
        self.merge(0, own, group);
        self.columns()
    }

    /// Merges two sorted pieces of one customer by time and sequence number.
    fn merge(&mut self, customer: u64, own: Option<Columns<'_>>, group: &[Lived]) {
        let begin = self.len;
        let end = begin + own.map_or(0, |own| own.seq.len()) + group.len();
        self.customers.push(customer);
        self.spans.push(Span { begin: begin as u32, end: end as u32 });
        if self.needs.properties != 0 && self.stride < end {
            // Nobody is there yet: who would not fit a batch with the others is handed out alone.
            self.stride = end.max(BATCH_EVENTS);
            self.values.resize(self.stride * self.properties, PropertyColumns::NO_VALUE);
        }
        let Some(own) = own else { return group.iter().for_each(|lived| self.push(lived)) };
        let mut copied = 0;
        for lived in group {
            // What is new mostly comes after everything else, so that nearly all of it is copied at once.
            let until = copied + count_before(&own, copied, lived);
            self.copy(&own, copied..until);
            self.push(lived);
            copied = until;
        }
        self.copy(&own, copied..own.seq.len());
    }

    /// Adds events of the projection.
    fn copy(&mut self, own: &Columns<'_>, positions: std::ops::Range<usize>) {
        for property in self.read_properties() {
            let place = property * self.stride + self.len;
            let codes = &own.properties.column(property)[positions.clone()];
            self.values[place..place + codes.len()].copy_from_slice(codes);
        }
        self.occurred_at.extend_from_slice(&own.occurred_at[positions.clone()]);
        self.activity.extend_from_slice(&own.activity[positions.clone()]);
        self.channel.extend_from_slice(&own.channel[positions.clone()]);
        if self.needs.units {
            self.unit.extend_from_slice(&own.unit[positions.clone()]);
        }
        if self.is_numbered {
            self.seq.extend_from_slice(&own.seq[positions.clone()]);
            self.node.extend_from_slice(&own.node[positions.clone()]);
        }
        self.len += positions.len();
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            occurred_at: &self.occurred_at,
            activity: &self.activity,
            channel: &self.channel,
            unit: &self.unit,
            seq: &self.seq,
            node: &self.node,
            properties: PropertyColumns::new(&self.values, self.stride, 0..self.len, self.needs.properties),
        }
    }

    /// The properties that the question reads.
    fn read_properties(&self) -> impl Iterator<Item = usize> + use<> {
        let asked = self.needs.properties;
        (0..self.properties).filter(move |property| asked & (1 << property) != 0)
    }

    /// Adds an event of the overlay.
    fn push(&mut self, lived: &Lived) {
        if self.needs.properties != 0 {
            let codes = self.overlay.codes(lived.row);
            for property in self.read_properties() {
                self.values[property * self.stride + self.len] = codes[property];
            }
        }
        self.occurred_at.push(lived.occurred_at);
        self.activity.push(lived.activity);
        self.channel.push(lived.channel);
        if self.needs.units {
            self.unit.push(lived.unit);
        }
        if self.is_numbered {
            self.seq.push(lived.seq);
            self.node.push(lived.node);
        }
        self.len += 1;
    }
}

/// How many events of a customer, from a position on, stand before another one of theirs.
fn count_before(own: &Columns<'_>, from: usize, lived: &Lived) -> usize {
    let at = &own.occurred_at[from..];
    if at.last().is_none_or(|last| *last < lived.occurred_at) {
        return at.len();
    }
    let earlier = at.partition_point(|at| *at < lived.occurred_at);
    let same = at[earlier..].iter().zip(&own.seq[from + earlier..]);
    earlier + same.take_while(|(at, seq)| **at == lived.occurred_at && **seq < lived.seq).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::overlay::Additions;

    /// Times and numbers of a customer's events, in order.
    const LIVED: [(i64, u64); 7] = [(0, 4), (0, 5), (1, 2), (1, 3), (1, 6), (1, 7), (2, 1)];

    /// Whichever events lie over the projection, also between those of one instant as after a merge, the order is that of time
    /// and number, and each column goes along.
    #[test]
    fn journeys_are_put_together_in_order_wherever_their_events_lie() {
        let needs = Needs { properties: 1, ..Needs::EVERY_CUSTOMER.with_units() };
        for over in 0_u32..1 << LIVED.len() {
            let lies_over = |place: &usize| over & (1 << place) != 0;
            let (above, own): (Vec<usize>, Vec<usize>) = (0..LIVED.len()).partition(lies_over);
            let mut additions = Additions::default();
            for place in above {
                let (occurred_at, seq) = LIVED[place];
                let (node, activity, unit, channel) = (seq + 10, place as u16, place as u16 + 20, place as u8);
                let lived = Lived { customer: 7, occurred_at, seq, node, row: 0, activity, unit, channel };
                additions.add(lived, [place as u16 + 40]);
            }
            let mut overlay = Overlay::new(1);
            overlay.add(additions);
            let (at, seq): (Vec<i64>, Vec<u64>) = own.iter().map(|place| LIVED[*place]).unzip();
            let codes = |from: usize| own.iter().map(|place| (place + from) as u16).collect::<Vec<u16>>();
            let (activity, unit, values) = (codes(0), codes(20), codes(40));
            let channel: Vec<u8> = own.iter().map(|place| *place as u8).collect();
            let node: Vec<u64> = seq.iter().map(|seq| seq + 10).collect();
            let own = Columns {
                occurred_at: &at,
                activity: &activity,
                channel: &channel,
                unit: &unit,
                seq: &seq,
                node: &node,
                properties: PropertyColumns::new(&values, values.len(), 0..values.len(), 1),
            };
            let mut room = Vec::new();
            let group = overlay.gather(&overlay.of_customer(7), &mut room);
            for is_numbered in [true, false] {
                let mut scratch = Scratch::new(needs, &overlay, 1, is_numbered);
                let whole = scratch.fill(Some(own), group);
                let places = |from: u16| (from..from + LIVED.len() as u16).collect::<Vec<u16>>();
                assert_eq!(whole.occurred_at, LIVED.map(|(at, _)| at), "{over:b}");
                assert_eq!((whole.activity, whole.unit), (&*places(0), &*places(20)), "{over:b}");
                assert_eq!(whole.channel, places(0).into_iter().map(|place| place as u8).collect::<Vec<u8>>());
                assert_eq!(whole.properties.column(0), places(40), "{over:b}");
                let numbers = if is_numbered { LIVED.map(|(_, seq)| seq).to_vec() } else { Vec::new() };
                assert_eq!(whole.seq, numbers, "{over:b}");
                assert_eq!(whole.node, numbers.iter().map(|seq| seq + 10).collect::<Vec<u64>>(), "{over:b}");
            }
        }
    }
}
