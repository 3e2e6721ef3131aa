//! After dropping out: what customers did next who came to a step of a funnel and to no later one.
//!
//! The next activity is the one that directly follows the event with which the customer reached that step for the first
//! time, whenever it happened: the window limits how long the steps may take, not what is looked at after them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::funnel::FunnelQuestion;
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};

/// The question: what do those do next who drop out of a funnel?
#[derive(Debug)]
pub struct AfterDroppingQuestion {
    funnel: FunnelQuestion,
}

/// Those who dropped out after one step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedOut {
    /// Those who reached the step and no later one.
    pub customers: u64,
    /// What they did next, the most frequent first, of equally frequent ones the one with the lower code, nothing before
    /// all codes. Adds up to `customers`.
    pub next: Vec<NextActivity>,
}

/// What customers did next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextActivity {
    /// A code; `None` when nothing followed.
    pub activity: Option<u16>,
    pub customers: u64,
}

/// What is known after some of the customers: for each step but the last, customers by what they did next. Memory is
/// bounded by steps and activities.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct AfterDroppingPartial {
    steps: Vec<BTreeMap<u32, u64>>,
}

/// Stands before all codes, each of which is raised by one.
const NOTHING: u32 = 0;

impl AfterDroppingQuestion {
    /// Asks of those who drop out of `funnel`; the answer has an entry for each step but the last.
    pub fn new(funnel: FunnelQuestion) -> AfterDroppingQuestion {
        AfterDroppingQuestion { funnel }
    }
}

impl Operator for AfterDroppingQuestion {
    type Partial = AfterDroppingPartial;
    type Output = Vec<DroppedOut>;

    fn needs(&self) -> Needs {
        self.funnel.needs()
    }

    fn start(&self) -> AfterDroppingPartial {
        AfterDroppingPartial { steps: vec![BTreeMap::new(); self.funnel.step_count() - 1] }
    }

    fn fold(&self, partial: &mut AfterDroppingPartial, customer: LivedJourney<'_>) {
        let Some(arrival) = self.funnel.arrival(customer) else { return };
        let Some(next) = partial.steps.get_mut(arrival.step - 1) else { return };
        let code = customer.activity.get(arrival.event + 1).map_or(NOTHING, |activity| u32::from(*activity) + 1);
        *next.entry(code).or_default() += 1;
    }

    fn merge(&self, into: &mut AfterDroppingPartial, from: AfterDroppingPartial) {
        for (sums, counts) in into.steps.iter_mut().zip(from.steps) {
            for (code, customers) in counts {
                *sums.entry(code).or_default() += customers;
            }
        }
    }

    fn finish(self, partial: AfterDroppingPartial) -> Step<Self> {
        let dropped = partial.steps.into_iter().map(|counts| {
            let next = counts.into_iter().map(|(code, customers)| NextActivity {
                activity: code.checked_sub(1).and_then(|code| u16::try_from(code).ok()),
                customers,
            });
            let mut next: Vec<NextActivity> = next.collect();
            // The sort is stable, so equally frequent ones stay in the order of their codes.
            next.sort_by_key(|next| Reverse(next.customers));
            DroppedOut { customers: next.iter().map(|next| next.customers).sum(), next }
        });
        Step::Done(dropped.collect())
    }
}
