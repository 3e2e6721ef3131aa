//! A journey without some of its events.

use crate::operator::LivedJourney;
use crate::properties::PropertyColumns;

/// Room for the events of one customer that are kept; used again for the next.
#[derive(Default)]
pub(crate) struct SomeEvents {
    positions: Vec<usize>,
    occurred_at: Vec<i64>,
    activity: Vec<u16>,
    channel: Vec<u8>,
    unit: Vec<u16>,
    /// One column of codes after the other.
    values: Vec<u16>,
}

impl SomeEvents {
    /// The journey with only those events, by position, that are to be kept, and with these properties of them.
    pub fn keep<'a>(
        &'a mut self,
        customer: LivedJourney<'_>,
        properties: u32,
        is_kept: impl Fn(usize) -> bool,
    ) -> LivedJourney<'a> {
        refill(&mut self.positions, (0..customer.len()).filter(|position| is_kept(*position)));
        let positions = self.positions.iter().copied();
        refill(&mut self.occurred_at, positions.clone().map(|position| customer.occurred_at[position]));
        refill(&mut self.activity, positions.clone().map(|position| customer.activity[position]));
        refill(&mut self.channel, positions.clone().map(|position| customer.channel[position]));
        // Empty when the question does not ask for units.
        refill(&mut self.unit, positions.clone().filter_map(|position| customer.unit.get(position).copied()));
        let len = self.positions.len();
        let columns = (u32::BITS - properties.leading_zeros()) as usize;
        self.values.clear();
        self.values.resize(len * columns, PropertyColumns::NO_VALUE);
        for property in (0..columns).filter(|property| properties & (1 << property) != 0) {
            let column = customer.properties.column(property);
            for (value, position) in self.values[property * len..].iter_mut().zip(positions.clone()) {
                *value = column.get(position).copied().unwrap_or(PropertyColumns::NO_VALUE);
            }
        }
        LivedJourney {
            customer: customer.customer,
            occurred_at: &self.occurred_at,
            activity: &self.activity,
            channel: &self.channel,
            unit: &self.unit,
            properties: PropertyColumns::new(&self.values, len, 0..len, properties),
        }
    }
}

fn refill<T>(column: &mut Vec<T>, values: impl Iterator<Item = T>) {
    column.clear();
    column.extend(values);
}
