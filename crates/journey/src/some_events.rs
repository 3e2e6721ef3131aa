//! Journeys without some of their events.

use crate::operator::{JourneyBatch, Span};
use crate::properties::PropertyColumns;

/// Room for the events of a batch that are kept; used again for the next.
#[derive(Default)]
pub(crate) struct SomeEvents {
    customers: Vec<u64>,
    spans: Vec<Span>,
    positions: Vec<u32>,
    occurred_at: Vec<i64>,
    activity: Vec<u16>,
    channel: Vec<u8>,
    unit: Vec<u16>,
    /// One column of codes after the other.
    values: Vec<u16>,
}

impl SomeEvents {
    /// The batch with only those customers, by span, and of them those events, by position, that are to be kept, and with
    /// these properties of them. Customers of whom nothing is kept are left out.
    pub fn keep<'a>(
        &'a mut self,
        batch: JourneyBatch<'_>,
        properties: u64,
        is_seen: impl Fn(Span) -> bool,
        is_kept: impl Fn(usize) -> bool,
    ) -> JourneyBatch<'a> {
        self.customers.clear();
        self.spans.clear();
        self.positions.clear();
        self.positions.resize(batch.spans.iter().map(|span| span.len()).sum(), 0);
        let mut count = 0;
        for (&customer, &span) in batch.customers.iter().zip(batch.spans).filter(|(_, span)| is_seen(**span)) {
            let begin = count;
            // Which events are kept is what a processor cannot guess, so each is written and some stay.
            for position in span.positions() {
                self.positions[count] = position as u32;
                count += usize::from(is_kept(position));
            }
            if count > begin {
                self.customers.push(customer);
                self.spans.push(Span { begin: begin as u32, end: count as u32 });
            }
        }
        self.positions.truncate(count);
        let positions = self.positions.iter().map(|position| *position as usize);
        refill(&mut self.occurred_at, positions.clone().map(|position| batch.occurred_at[position]));
        refill(&mut self.activity, positions.clone().map(|position| batch.activity[position]));
        refill(&mut self.channel, positions.clone().map(|position| batch.channel[position]));
        // Empty when the question does not ask for units.
        refill(&mut self.unit, positions.clone().filter_map(|position| batch.unit.get(position).copied()));
        let columns = (u64::BITS - properties.leading_zeros()) as usize;
        self.values.clear();
        self.values.resize(count * columns, PropertyColumns::NO_VALUE);
        for property in (0..columns).filter(|property| properties & (1 << property) != 0) {
            let column = batch.properties.column(property);
            for (value, position) in self.values[property * count..].iter_mut().zip(positions.clone()) {
                *value = column.get(position).copied().unwrap_or(PropertyColumns::NO_VALUE);
            }
        }
        JourneyBatch {
            customers: &self.customers,
            spans: &self.spans,
            occurred_at: &self.occurred_at,
            activity: &self.activity,
            channel: &self.channel,
            unit: &self.unit,
            properties: PropertyColumns::new(&self.values, count, 0..count, properties),
        }
    }
}

fn refill<T>(column: &mut Vec<T>, values: impl Iterator<Item = T>) {
    column.clear();
    column.extend(values);
}
