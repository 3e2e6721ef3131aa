//! A funnel by the values of something: one funnel for each channel, unit or value of a property.
//!
//! The value of a customer is that of the event with which the chain began that brought them as deep as they came (see
//! [`Arrival::began`](crate::funnel::Arrival)). So every customer belongs to one value, and the funnels add up to the whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::funnel::FunnelQuestion;
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};
use crate::properties::PropertyColumns;

/// What customers are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakdownBy {
    Channel,
    Unit,
    /// The property with this column, 0 to 63.
    Property(usize),
}

/// A value of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum BreakdownValue {
    /// A code of the dictionary of channels, units or values of the property.
    Code(u16),
    /// All values that journeys do not tell apart.
    Other,
    /// No value.
    Missing,
}

impl BreakdownBy {
    /// The value of an event.
    pub fn value_of(self, customer: &LivedJourney<'_>, event: usize) -> BreakdownValue {
        match self {
            BreakdownBy::Channel => match customer.channel.get(event) {
                Some(&channel) if channel != LivedJourney::NO_CHANNEL => BreakdownValue::Code(u16::from(channel)),
                _ => BreakdownValue::Missing,
            },
            BreakdownBy::Unit => match customer.unit.get(event) {
                Some(&LivedJourney::NO_UNIT) | None => BreakdownValue::Missing,
                Some(&LivedJourney::OTHER_UNIT) => BreakdownValue::Other,
                Some(&unit) => BreakdownValue::Code(unit),
            },
            BreakdownBy::Property(property) => match customer.properties.column(property).get(event) {
                Some(&PropertyColumns::NO_VALUE) | None => BreakdownValue::Missing,
                Some(&PropertyColumns::OTHER_VALUE) => BreakdownValue::Other,
                Some(&value) => BreakdownValue::Code(value),
            },
        }
    }

    /// The same needs with the column that it reads.
    pub fn reads(self, needs: Needs) -> Needs {
        match self {
            BreakdownBy::Channel => needs,
            BreakdownBy::Unit => needs.with_units(),
            BreakdownBy::Property(property) if property < PropertyColumns::MAX => {
                Needs { properties: needs.properties | 1 << property, ..needs }
            }
            BreakdownBy::Property(_) => needs,
        }
    }
}

/// The question: how far do customers come, for each value?
#[derive(Debug)]
pub struct BreakdownQuestion {
    funnel: FunnelQuestion,
    by: BreakdownBy,
}

/// How far the customers of one value come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakdownGroup {
    pub value: BreakdownValue,
    /// Those who reached each step or a deeper one.
    pub customers: Vec<u64>,
}

/// What is known after some of the customers: for each value, customers by step. At most 65,536 values.
pub type BreakdownPartial = BTreeMap<BreakdownValue, Vec<u64>>;

impl BreakdownQuestion {
    /// Tells the customers of `funnel` apart.
    pub fn new(funnel: FunnelQuestion, by: BreakdownBy) -> BreakdownQuestion {
        BreakdownQuestion { funnel, by }
    }

    /// How deep a customer came, from 1, and with which value; none for who did not take the first step.
    pub(crate) fn place(&self, customer: LivedJourney<'_>) -> Option<(usize, BreakdownValue)> {
        let arrival = self.funnel.arrival(customer)?;
        Some((arrival.step, self.by.value_of(&customer, arrival.began)))
    }

    pub(crate) fn step_count(&self) -> usize {
        self.funnel.step_count()
    }
}

impl Operator for BreakdownQuestion {
    type Partial = BreakdownPartial;
    /// Of every value that somebody has, in order of values.
    type Output = Vec<BreakdownGroup>;

    fn needs(&self) -> Needs {
        self.by.reads(self.funnel.needs())
    }

    fn start(&self) -> BreakdownPartial {
        BTreeMap::new()
    }

    fn fold(&self, partial: &mut BreakdownPartial, customer: LivedJourney<'_>) {
        let Some((deepest, value)) = self.place(customer) else { return };
        let customers = partial.entry(value).or_insert_with(|| vec![0; self.step_count()]);
        customers[..deepest].iter_mut().for_each(|customers| *customers += 1);
    }

    fn merge(&self, into: &mut BreakdownPartial, from: BreakdownPartial) {
        for (value, counts) in from {
            let sums = into.entry(value).or_insert_with(|| vec![0; counts.len()]);
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
        }
    }

    fn finish(self, partial: BreakdownPartial) -> Step<Self> {
        let group = |(value, customers)| BreakdownGroup { value, customers };
        Step::Done(partial.into_iter().map(group).collect())
    }
}
