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

use std::hint::select_unpredictable;

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::median::{MedianSearch, Samples};
use crate::needs::{ActivitySet, Needs};
use crate::operator::{LivedJourney, Operator, Step};
use crate::properties::PropertyColumns;

/// Steps that a funnel may have.
pub const MAX_STEPS: usize = 32;

/// Times between steps that a partial result holds at most, of 8 bytes each.
const DEFAULT_MEDIAN_SLOTS: usize = 1 << 21;

/// Which events count as a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelCondition {
    /// The activity that the answer names.
    pub activity: u16,
    /// Further activities that count as this step.
    pub aliases: Vec<u16>,
    /// What must hold of the event's properties besides, all of it.
    pub values: Vec<ValueCondition>,
}

impl From<u16> for FunnelCondition {
    fn from(activity: u16) -> Self {
        FunnelCondition { activity, aliases: Vec::new(), values: Vec::new() }
    }
}

impl FunnelCondition {
    /// All activities that count as this step.
    fn activities(&self) -> impl Iterator<Item = &u16> {
        std::iter::once(&self.activity).chain(&self.aliases)
    }
}

/// What must hold of a laid-out property of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueCondition {
    /// Position of the property's column, 0 to 31.
    pub property: usize,
    /// The code of a value; `None` for a value that no event has.
    pub value: Option<u16>,
    /// Whether the event must have this value, or must not have it. An event without any value does not have it.
    pub is_equal: bool,
}

impl ValueCondition {
    fn holds(&self, properties: &PropertyColumns<'_>, event: usize) -> bool {
        let code = properties.column(self.property).get(event);
        let has_it = self.value.is_some_and(|value| code == Some(&value));
        has_it == self.is_equal
    }
}

/// The question: who takes these steps within this window?
#[derive(Debug)]
pub struct FunnelQuestion {
    /// The activity that names each step.
    activities: Vec<u16>,
    /// What must hold of the properties of the event that takes each step.
    values: Vec<Vec<ValueCondition>>,
    /// The steps that ask for values, as bits.
    with_values: u32,
    /// Without one of these activities, a customer takes no step.
    first: ActivitySet,
    window_ms: u64,
    /// For every activity code, the steps it fits, as bits.
    steps_of: Box<[u32]>,
    /// Whether an activity fits several steps.
    is_shared: bool,
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
    /// A funnel of 1 to 32 steps and a window of milliseconds, at least 0 (and at most 2⁶², which is no limit in practice).
    /// The same activity may stand in several steps.
    pub fn new(steps: Vec<FunnelCondition>, window_ms: i64) -> Result<FunnelQuestion> {
        if steps.is_empty() || steps.len() > MAX_STEPS {
            return Err(Error::invalid(format!("a funnel has 1 to {MAX_STEPS} steps, not {}", steps.len())));
        }
        let Ok(window_ms) = u64::try_from(window_ms) else {
            return Err(Error::invalid(format!("the window of a funnel cannot be {window_ms} ms")));
        };
        // A step that is not reached lies farther back than any window.
        let window_ms = window_ms.min(1 << 62);
        let mut steps_of = vec![0; usize::from(u16::MAX) + 1].into_boxed_slice();
        let mut with_values = 0;
        for (position, step) in steps.iter().enumerate() {
            for activity in step.activities() {
                steps_of[usize::from(*activity)] |= 1 << position;
            }
            with_values |= u32::from(!step.values.is_empty()) << position;
        }
        let first = steps.first().map_or(ActivitySet::NONE, |step| ActivitySet::of(step.activities()));
        let is_shared = steps_of.iter().any(|steps: &u32| steps.count_ones() > 1);
        let activities: Vec<u16> = steps.iter().map(|step| step.activity).collect();
        let values = steps.into_iter().map(|step| step.values).collect();
        let medians = MedianSearch::new(activities.len() - 1, DEFAULT_MEDIAN_SLOTS);
        Ok(FunnelQuestion { activities, values, with_values, first, window_ms, steps_of, is_shared, medians })
    }

    /// How many numbers of 8 bytes each partial result may hold for the medians; where it does not suffice, a further
    /// pass follows. By default 2²¹ (16 MiB).
    pub fn with_median_slots(mut self, slots: usize) -> FunnelQuestion {
        self.medians = MedianSearch::new(self.activities.len() - 1, slots);
        self
    }

    /// One pass over the events of a customer, O(events × steps that an event fits). `SLOTS` is the number of steps and
    /// two; `SHARED` says whether an event may fit several steps, `VALUES` whether a step asks for values.
    fn fold_steps<const SLOTS: usize, const SHARED: bool, const VALUES: bool>(
        &self,
        partial: &mut FunnelPartial,
        customer: LivedJourney<'_>,
    ) {
        let mut chains = [Chain::NONE; SLOTS];
        let last = self.activities.len() + 1;
        for (event, (&at, &activity)) in customer.occurred_at.iter().zip(customer.activity).enumerate() {
            let mut steps = self.steps_of[usize::from(activity)];
            if VALUES {
                steps = self.keep_fitting(steps, &customer.properties, event);
            }
            advance(&mut chains, steps, at, self.window_ms);
            if SHARED {
                // The deepest step comes first, because it builds on the chains before this event.
                while steps.count_ones() > 1 {
                    steps ^= 1 << steps.ilog2();
                    advance(&mut chains, steps, at, self.window_ms);
                }
            }
            if chains[last % SLOTS].gap_ms != Chain::NOT_YET {
                break;
            }
        }
        let arrivals = chains[2..=last].iter().take_while(|chain| chain.gap_ms != Chain::NOT_YET);
        for (step, chain) in arrivals.enumerate() {
            partial.customers[step] += 1;
            if let Some(group) = step.checked_sub(1) {
                self.medians.add(&mut partial.times, group, chain.gap_ms);
            }
        }
    }
}

impl FunnelQuestion {
    /// Of some steps, given as bits, those of which the values hold for an event.
    fn keep_fitting(&self, steps: u32, properties: &PropertyColumns<'_>, event: usize) -> u32 {
        let mut fitting = steps;
        let mut asking = steps & self.with_values;
        while asking != 0 {
            let step = asking.trailing_zeros();
            if !self.values[step as usize].iter().all(|value| value.holds(properties, event)) {
                fitting &= !(1 << step);
            }
            asking &= asking - 1;
        }
        fitting
    }
}

/// The deepest step that a customer reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The first step is 1.
    pub step: usize,
    /// Position in the journey of the event with which the step was reached for the first time.
    pub event: usize,
}

impl FunnelQuestion {
    /// How many steps it has.
    pub fn step_count(&self) -> usize {
        self.activities.len()
    }

    /// How deep a customer came, and with which event; `None` for who did not even take the first step.
    pub fn arrival(&self, customer: LivedJourney<'_>) -> Option<Arrival> {
        let mut chains = [Chain::NONE; MAX_STEPS + 2];
        let last = self.activities.len();
        let mut deepest: Option<Arrival> = None;
        for (event, (&at, &activity)) in customer.occurred_at.iter().zip(customer.activity).enumerate() {
            let mut steps = self.keep_fitting(self.steps_of[usize::from(activity)], &customer.properties, event);
            // The deepest step comes first, because it builds on the chains before this event.
            while steps != 0 {
                let step = steps.ilog2() as usize;
                advance(&mut chains, steps, at, self.window_ms);
                let is_reached = chains[step + 2].gap_ms != Chain::NOT_YET;
                if is_reached && deepest.is_none_or(|deepest| deepest.step <= step) {
                    deepest = Some(Arrival { step: step + 1, event });
                }
                steps ^= 1 << step;
            }
            if deepest.is_some_and(|deepest| deepest.step == last) {
                break;
            }
        }
        deepest
    }
}

/// The latest chain that reached a step. Chains that begin later have more time left, so the latest is the only one that
/// matters.
#[derive(Clone, Copy)]
struct Chain {
    began_at: i64,
    reached_at: i64,
    /// Milliseconds from the step before, when the customer came here for the first time.
    gap_ms: u64,
}

impl Chain {
    const NOT_YET: u64 = u64::MAX;
    /// Began farther from any instant than a window can reach.
    const NONE: Chain = Chain { began_at: i64::MIN, reached_at: 0, gap_ms: Chain::NOT_YET };
}

/// Lets an event take the deepest of some steps, given as bits, if the chains before it allow.
///
/// Without branches, because which events fit is what a processor cannot guess: chain 0 stands before no step and never
/// holds, chain 1 stands before the first step and begins with every event, chain `n + 1` has reached step `n`.
fn advance<const SLOTS: usize>(chains: &mut [Chain; SLOTS], steps: u32, at: i64, window_ms: u64) {
    let step = (u32::BITS - steps.leading_zeros()) as usize;
    chains[1] = Chain { began_at: at, reached_at: at, gap_ms: Chain::NOT_YET };
    let before = chains[step % SLOTS];
    let here = &mut chains[(step + 1) % SLOTS];
    let in_time = at.abs_diff(before.began_at) <= window_ms;
    let first_time = in_time & (here.gap_ms == Chain::NOT_YET);
    here.began_at = select_unpredictable(in_time, before.began_at, here.began_at);
    here.reached_at = select_unpredictable(in_time, at, here.reached_at);
    here.gap_ms = select_unpredictable(first_time, at.abs_diff(before.reached_at), here.gap_ms);
}

impl Operator for FunnelQuestion {
    type Partial = FunnelPartial;
    type Output = Funnel;

    fn needs(&self) -> Needs {
        let read = self.values.iter().flatten().filter(|value| value.property < PropertyColumns::MAX);
        let properties = read.fold(0, |bits, value| bits | 1 << value.property);
        Needs { properties, ..Needs::EVERY_CUSTOMER }.only_with(self.first)
    }

    fn start(&self) -> FunnelPartial {
        FunnelPartial { customers: vec![0; self.activities.len()], times: self.medians.start() }
    }

    fn fold(&self, partial: &mut FunnelPartial, customer: LivedJourney<'_>) {
        match (self.activities.len() <= 6, self.is_shared, self.with_values != 0) {
            (true, _, true) => self.fold_steps::<8, true, true>(partial, customer),
            (true, false, false) => self.fold_steps::<8, false, false>(partial, customer),
            (true, true, false) => self.fold_steps::<8, true, false>(partial, customer),
            (false, _, true) => self.fold_steps::<{ MAX_STEPS + 2 }, true, true>(partial, customer),
            (false, false, false) => self.fold_steps::<{ MAX_STEPS + 2 }, false, false>(partial, customer),
            (false, true, false) => self.fold_steps::<{ MAX_STEPS + 2 }, true, false>(partial, customer),
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
