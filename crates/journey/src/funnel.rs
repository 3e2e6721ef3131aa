//! Funnel: how many customers take the steps of a question in order and in time, and how long each step takes them.
//!
//! The definition is that of ClickHouse's `windowFunnel` in its default mode: the window runs from the first step of a
//! chain to its last, both ends included; the steps come in order; other events may lie between. A customer counts for a
//! step when any chain of theirs reaches it. Two points are ours, because order within a customer is total here:
//!
//! * Events of the same millisecond stand in the order of `seq`. (`windowFunnel` orders them by step, so that a purchase
//!   logged before the view of the same millisecond would count after it.)
//! * A chain uses an event once: with the steps `A, A` a customer must do `A` twice. (`windowFunnel` lets one event take
//!   all the steps that it fits.)

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::median::{MedianSearch, Samples};
use crate::operator::{LivedJourney, Operator, Step};

/// Steps that a funnel may have.
pub const MAX_STEPS: usize = 32;

/// Times between steps that a partial result holds at most, of 8 bytes each.
const DEFAULT_MEDIAN_SLOTS: usize = 1 << 21;

/// Which activities count as a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelCondition {
    /// The activity that the answer names.
    pub activity: u16,
    /// Further activities that count as this step.
    pub aliases: Vec<u16>,
}

impl From<u16> for FunnelCondition {
    fn from(activity: u16) -> Self {
        FunnelCondition { activity, aliases: Vec::new() }
    }
}

/// The question: who takes these steps within this window?
#[derive(Debug)]
pub struct FunnelQuestion {
    /// The activity that names each step.
    activities: Vec<u16>,
    window_ms: u64,
    /// For every activity code, the steps it fits, as bits.
    steps_of: Box<[u32]>,
    /// The times of each step after the first.
    medians: MedianSearch,
}

/// How far customers come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Funnel {
    /// Those who did the first step.
    pub customers: u64,
    /// In the order of the question.
    pub steps: Vec<FunnelStep>,
}

/// One step of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunnelStep {
    /// Code of the activity that names the step.
    pub activity: u16,
    /// Those who reached this step or a deeper one; never more than for the step before.
    pub customers: u64,
    /// Exact median, over these customers, of the milliseconds since the latest occurrence in a chain of the step before,
    /// at the first time that the step is reached. `None` for the first step and where nobody came.
    pub median_ms: Option<f64>,
}

/// What is known after some of the customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct FunnelPartial {
    customers: Vec<u64>,
    times: Samples,
}

impl FunnelQuestion {
    /// A funnel of 1 to 32 steps and a window of milliseconds, at least 0. The same activity may stand in several steps.
    pub fn new(steps: Vec<FunnelCondition>, window_ms: i64) -> Result<FunnelQuestion> {
        if steps.is_empty() || steps.len() > MAX_STEPS {
            return Err(Error::invalid(format!("a funnel has 1 to {MAX_STEPS} steps, not {}", steps.len())));
        }
        let Ok(window_ms) = u64::try_from(window_ms) else {
            return Err(Error::invalid(format!("the window of a funnel cannot be {window_ms} ms")));
        };
        let mut steps_of = vec![0; usize::from(u16::MAX) + 1].into_boxed_slice();
        for (position, step) in steps.iter().enumerate() {
            for &activity in std::iter::once(&step.activity).chain(&step.aliases) {
                steps_of[usize::from(activity)] |= 1 << position;
            }
        }
        let activities: Vec<u16> = steps.iter().map(|step| step.activity).collect();
        let medians = MedianSearch::new(activities.len() - 1, DEFAULT_MEDIAN_SLOTS);
        Ok(FunnelQuestion { activities, window_ms, steps_of, medians })
    }

    /// How many numbers of 8 bytes each partial result may hold for the medians; where it does not suffice, a further
    /// pass follows. By default 2²¹ (16 MiB).
    pub fn with_median_slots(mut self, slots: usize) -> FunnelQuestion {
        self.medians = MedianSearch::new(self.activities.len() - 1, slots);
        self
    }

    /// One pass over the events of a customer, O(events × steps that an event fits). `N` is the room for steps.
    fn fold_steps<const N: usize>(&self, partial: &mut FunnelPartial, customer: LivedJourney<'_>) {
        // For each step: when the latest chain that reached it began, and when it reached it. Chains that begin later
        // have more time left, so the latest is the only one that matters.
        let mut began_at = [0_i64; N];
        let mut reached_at = [0_i64; N];
        let mut first_gap = [0_u64; N];
        let mut reached = 0_u32;
        let all = u32::MAX >> (MAX_STEPS - self.activities.len());
        for (&at, &activity) in customer.occurred_at.iter().zip(customer.activity) {
            let mut steps = self.steps_of[usize::from(activity)];
            // The deepest step first: it builds on the chains before this event.
            while steps != 0 {
                let step = steps.ilog2() as usize % N;
                steps ^= 1 << step;
                let Some(previous) = step.checked_sub(1) else {
                    reached |= 1;
                    began_at[0] = at;
                    reached_at[0] = at;
                    continue;
                };
                if reached >> previous & 1 == 0 || at.abs_diff(began_at[previous]) > self.window_ms {
                    continue;
                }
                if reached >> step & 1 == 0 {
                    reached |= 1 << step;
                    first_gap[step] = at.abs_diff(reached_at[previous]);
                }
                began_at[step] = began_at[previous];
                reached_at[step] = at;
            }
            if reached == all {
                break;
            }
        }
        let depth = reached.trailing_ones() as usize;
        for customers in &mut partial.customers[..depth] {
            *customers += 1;
        }
        for (group, &gap_ms) in first_gap[..depth].iter().skip(1).enumerate() {
            self.medians.add(&mut partial.times, group, gap_ms);
        }
    }
}

impl Operator for FunnelQuestion {
    type Partial = FunnelPartial;
    type Output = Funnel;

    fn start(&self) -> FunnelPartial {
        FunnelPartial { customers: vec![0; self.activities.len()], times: self.medians.start() }
    }

    fn fold(&self, partial: &mut FunnelPartial, customer: LivedJourney<'_>) {
        if self.activities.len() <= 8 {
            self.fold_steps::<8>(partial, customer);
        } else {
            self.fold_steps::<MAX_STEPS>(partial, customer);
        }
    }

    fn merge(&self, into: &mut FunnelPartial, from: FunnelPartial) {
        for (sum, customers) in into.customers.iter_mut().zip(from.customers) {
            *sum += customers;
        }
        self.medians.merge(&mut into.times, from.times);
    }

    fn finish(mut self, partial: FunnelPartial) -> Step<Self> {
        if !self.medians.learn(partial.times) {
            return Step::Again(self);
        }
        let steps =
            self.activities.iter().zip(&partial.customers).enumerate().map(|(position, (&activity, &customers))| {
                let median_ms = position.checked_sub(1).and_then(|group| self.medians.median(group));
                FunnelStep { activity, customers, median_ms }
            });
        Step::Done(Funnel { customers: partial.customers.first().copied().unwrap_or(0), steps: steps.collect() })
    }
}
