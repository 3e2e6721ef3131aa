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
//!
//! [`FunnelOptions`] change the order, the window and what is counted, and let activities end a chain. The usual funnel has
//! a fold of its own, so that they cost it nothing.

mod chains;
mod conditions;
mod options;

use std::hint::select_unpredictable;

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use self::chains::Depth;
use self::conditions::ConditionTable;
pub use self::conditions::{CodeSet, FunnelCondition, Place, PlaceCondition, ValueCondition, ValueSet};
pub use self::options::{CountedBy, Exclusion, FunnelOptions, MAX_EXCLUSIONS, StepOrder, WindowFrom};
use crate::needs::Needs;
use crate::operator::{JourneyBatch, LivedJourney, Operator, Step};
use crate::quantiles::{QuantileSearch, Samples};
use crate::share::{Clusters, Share};

/// Steps that a funnel may have.
pub const MAX_STEPS: usize = 32;

/// Times between steps that a partial result holds at most, of 8 bytes each.
const DEFAULT_TIME_SLOTS: usize = 1 << 23;

/// What is told of the times of a step.
const PERCENTS: [u32; 2] = [50, 90];

/// The question: who takes these steps within this window?
#[derive(Debug)]
pub struct FunnelQuestion {
    steps: ConditionTable,
    window_ms: u64,
    options: FunnelOptions,
    /// What ends a chain, in the order of the options.
    exclusions: ConditionTable,
    /// Whether an activity fits several steps.
    is_shared: bool,
    /// The deepest step that each activity fits, by code, the first step being 1; 0 for none.
    deepest: Box<[u8; ACTIVITIES]>,
    /// The times of each step after the first.
    times: QuantileSearch,
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
    /// Entries that reached this step or a deeper one, when entries are counted.
    pub entries: Option<FunnelEntries>,
    /// Exact median, over these customers (or entries, when those are counted), of the milliseconds since the latest
    /// occurrence in a chain of the step before, at the first time that the step is reached. `None` for the first step, where
    /// nobody came, and for steps in any order.
    pub median_ms: Option<f64>,
    /// Exact 90th percentile of the same times: definition 7 of Hyndman and Fan (1996).
    pub p90_ms: Option<f64>,
    /// Their mean.
    pub mean_ms: Option<f64>,
}

/// Entries that reached a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunnelEntries {
    pub count: u64,
    /// Of all entries. The interval knows that entries of one customer resemble each other. `None` without entries.
    pub share: Option<Share>,
}

/// What is known after some of the customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct FunnelPartial {
    customers: Vec<u64>,
    /// Entries by step; none when they are not counted.
    entries: Vec<Clusters>,
    times: Samples,
    /// The times of each step after the first, how many and their sum in milliseconds.
    sums: Vec<(u64, u128)>,
    #[serde(skip)]
    room: Room,
}

/// Room for the events of a batch that fit a step; used again for the next.
#[derive(Debug, Default)]
struct Room {
    fitting: Vec<Fitting>,
    /// Where those of each customer end.
    ends: Vec<u32>,
}

/// An event that fits a step.
#[derive(Clone, Copy, Debug, Default)]
struct Fitting {
    at: i64,
    /// Position in the batch.
    event: u32,
    /// The deepest step that its activity fits. The first step is 1.
    deepest: u8,
}

impl Room {
    /// Gathers the events with an activity that fits a step.
    fn gather(&mut self, deepest: &[u8; ACTIVITIES], batch: JourneyBatch<'_>) {
        let events = batch.spans.iter().map(|span| span.len()).sum();
        if self.fitting.len() < events {
            self.fitting.resize(events, Fitting::default());
        }
        self.ends.clear();
        let mut count = 0;
        for span in batch.spans {
            let events = batch.activity[span.positions()].iter().zip(&batch.occurred_at[span.positions()]);
            for (event, (&activity, &at)) in (span.begin..).zip(events) {
                let deepest = deepest[usize::from(activity)];
                self.fitting[count] = Fitting { at, event, deepest };
                count += usize::from(deepest != 0);
            }
            self.ends.push(count as u32);
        }
    }
}

/// Codes that an activity can have.
const ACTIVITIES: usize = u16::MAX as usize + 1;

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
        let steps = ConditionTable::new(steps);
        let is_shared = steps.is_shared();
        let mut deepest = Box::new([0; ACTIVITIES]);
        for (code, deepest) in (0..=u16::MAX).zip(deepest.iter_mut()) {
            *deepest = steps.of_activity(code).checked_ilog2().map_or(0, |step| step as u8 + 1);
        }
        let times = QuantileSearch::new(steps.len() - 1, &PERCENTS, DEFAULT_TIME_SLOTS);
        let (options, exclusions) = (FunnelOptions::default(), ConditionTable::new(Vec::new()));
        Ok(FunnelQuestion { steps, window_ms, options, exclusions, is_shared, deepest, times })
    }

    /// With other options than the usual ones. Refuses those that have no meaning together, and exclusions that do not stand
    /// between two steps.
    pub fn with_options(mut self, options: FunnelOptions) -> Result<FunnelQuestion> {
        options.check(self.steps.len())?;
        self.exclusions = ConditionTable::new(options.exclusions.iter().map(|each| each.condition.clone()).collect());
        self.options = options;
        Ok(self)
    }

    /// How many numbers of 8 bytes each partial result may hold for the quantiles; where it does not suffice, a further
    /// pass follows. By default 2²³ (64 MiB).
    pub fn with_median_slots(mut self, slots: usize) -> FunnelQuestion {
        self.times = QuantileSearch::new(self.steps.len() - 1, &PERCENTS, slots);
        self
    }

    fn is_usual(&self) -> bool {
        self.options == FunnelOptions::default()
    }

    fn add_time(&self, partial: &mut FunnelPartial, group: usize, gap_ms: u64) {
        self.times.add(&mut partial.times, group, gap_ms);
        let (count, sum) = &mut partial.sums[group];
        *count += 1;
        *sum += u128::from(gap_ms);
    }

    /// One pass over the events of a batch, O(events × steps that an event fits). `SLOTS` is the number of steps and two;
    /// `SHARED` says whether an event may fit several steps, `VALUES` whether a step asks for values.
    ///
    /// Where the events are that fit a step is what a processor cannot guess, and each end of a loop is guessed wrongly. So
    /// the positions of all customers are written one over the other, the place moves on where one fits, and the chains of
    /// all customers come after.
    fn fold_steps<const SLOTS: usize, const SHARED: bool, const VALUES: bool>(
        &self,
        partial: &mut FunnelPartial,
        batch: JourneyBatch<'_>,
    ) {
        let mut room = std::mem::take(&mut partial.room);
        room.gather(&self.deepest, batch);
        let last = self.steps.len() + 1;
        let journey = batch.whole();
        let mut begin = 0;
        for &end in &room.ends {
            let fitting = &room.fitting[begin..end as usize];
            begin = end as usize;
            let mut chains = Chains::<SLOTS>::NONE;
            for fits in fitting {
                if VALUES || SHARED {
                    let event = fits.event as usize;
                    let mut steps = self.steps.of_activity(batch.activity[event]);
                    if VALUES {
                        steps = self.steps.keep_holding(steps, &journey, event);
                    }
                    // The deepest step comes first, because it builds on the chains before this event.
                    while steps != 0 {
                        chains.advance(steps.ilog2() as usize + 1, fits.at, self.window_ms);
                        steps ^= 1 << steps.ilog2();
                    }
                } else {
                    chains.advance(usize::from(fits.deepest), fits.at, self.window_ms);
                }
                if chains.gap_ms[last % SLOTS] != NOT_YET {
                    break;
                }
            }
            let arrivals = chains.gap_ms[2..=last].iter().take_while(|gap_ms| **gap_ms != NOT_YET);
            for (step, &gap_ms) in arrivals.enumerate() {
                partial.customers[step] += 1;
                if let Some(group) = step.checked_sub(1) {
                    self.add_time(partial, group, gap_ms);
                }
            }
        }
        partial.room = room;
    }

    /// The same for a customer of a funnel with options.
    fn fold_chains(&self, partial: &mut FunnelPartial, customer: LivedJourney<'_>) {
        if self.options.counted_by == CountedBy::Customer {
            let depth = self.depth(&customer);
            self.add_times(partial, &depth);
            self.add_customer(partial, depth.first_times().len());
            return;
        }
        let mut entries = [0; MAX_STEPS];
        self.for_each_entry(&customer, |depth| {
            self.add_times(partial, depth);
            entries[..depth.first_times().len()].iter_mut().for_each(|entries| *entries += 1);
        });
        let deepest = entries.iter().take_while(|entries| **entries > 0).count();
        self.add_customer(partial, deepest);
        if deepest > 0 {
            for (sum, &reached) in partial.entries.iter_mut().zip(&entries) {
                sum.add(reached, entries[0]);
            }
        }
    }

    fn add_customer(&self, partial: &mut FunnelPartial, deepest: usize) {
        partial.customers[..deepest].iter_mut().for_each(|customers| *customers += 1);
    }

    fn add_times(&self, partial: &mut FunnelPartial, depth: &Depth) {
        for (step, first_time) in depth.first_times().iter().enumerate() {
            if let (Some(group), Some(gap_ms)) = (step.checked_sub(1), first_time.gap_ms) {
                self.add_time(partial, group, gap_ms);
            }
        }
    }
}

/// The deepest step that a customer reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The first step is 1.
    pub step: usize,
    /// Position in the journey of the event with which the step was reached for the first time.
    pub event: usize,
    /// Position of the event of the first step with which that chain began; of several, the latest. For steps in any order,
    /// the latest event until then that fits the first step.
    pub began: usize,
}

impl FunnelQuestion {
    /// How many steps it has.
    pub fn step_count(&self) -> usize {
        self.steps.len()
    }

    /// The activity that names each step.
    pub fn activities(&self) -> impl Iterator<Item = u16> {
        self.steps.conditions().iter().map(|step| step.activity)
    }

    /// How deep a customer came, and with which event; `None` for who did not even take the first step. The same whether
    /// customers or entries are counted.
    pub fn arrival(&self, customer: LivedJourney<'_>) -> Option<Arrival> {
        let depth = self.depth(&customer);
        let deepest = depth.first_times().last()?;
        Some(Arrival { step: depth.first_times().len(), event: deepest.event, began: deepest.began })
    }
}

/// The latest chain that reached each step. Chains that begin later have more time left, so the latest is the only one that
/// matters. Chain 0 stands before no step and never holds, chain 1 stands before the first step and begins with every event,
/// chain `n + 1` has reached step `n`.
struct Chains<const SLOTS: usize> {
    began_at: [i64; SLOTS],
    reached_at: [i64; SLOTS],
    /// Milliseconds from the step before, when the customer came here for the first time.
    gap_ms: [u64; SLOTS],
}

/// The gap of a step that was not reached.
const NOT_YET: u64 = u64::MAX;

impl<const SLOTS: usize> Chains<SLOTS> {
    /// Began farther from any instant than a window can reach.
    const NONE: Chains<SLOTS> =
        Chains { began_at: [i64::MIN; SLOTS], reached_at: [0; SLOTS], gap_ms: [NOT_YET; SLOTS] };

    /// Lets an event take a step if the chains before it allow. Without branches, because which events fit is what a
    /// processor cannot guess.
    #[inline]
    fn advance(&mut self, step: usize, at: i64, window_ms: u64) {
        (self.began_at[1], self.reached_at[1]) = (at, at);
        let (before, here) = (step % SLOTS, (step + 1) % SLOTS);
        let in_time = at.abs_diff(self.began_at[before]) <= window_ms;
        let first_time = in_time & (self.gap_ms[here] == NOT_YET);
        let gap_ms = at.abs_diff(self.reached_at[before]);
        self.began_at[here] = select_unpredictable(in_time, self.began_at[before], self.began_at[here]);
        self.reached_at[here] = select_unpredictable(in_time, at, self.reached_at[here]);
        self.gap_ms[here] = select_unpredictable(first_time, gap_ms, self.gap_ms[here]);
    }
}

impl Operator for FunnelQuestion {
    type Partial = FunnelPartial;
    type Output = Funnel;

    fn needs(&self) -> Needs {
        self.exclusions.reads(self.steps.needs())
    }

    fn start(&self) -> FunnelPartial {
        let steps = self.steps.len();
        let entries = match self.options.counted_by {
            CountedBy::Customer => Vec::new(),
            CountedBy::Entry => vec![Clusters::default(); steps],
        };
        FunnelPartial {
            customers: vec![0; steps],
            entries,
            times: self.times.start(),
            sums: vec![(0, 0); steps - 1],
            room: Room::default(),
        }
    }

    fn fold(&self, partial: &mut FunnelPartial, customer: LivedJourney<'_>) {
        JourneyBatch::of_one(customer, |batch| self.fold_batch(partial, batch));
    }

    fn fold_batch(&self, partial: &mut FunnelPartial, batch: JourneyBatch<'_>) {
        if !self.is_usual() {
            return batch.journeys().for_each(|customer| self.fold_chains(partial, customer));
        }
        match (self.steps.len() <= 6, self.is_shared, self.steps.asks()) {
            (true, _, true) => self.fold_steps::<8, true, true>(partial, batch),
            (true, false, false) => self.fold_steps::<8, false, false>(partial, batch),
            (true, true, false) => self.fold_steps::<8, true, false>(partial, batch),
            (false, _, true) => self.fold_steps::<{ MAX_STEPS + 2 }, true, true>(partial, batch),
            (false, false, false) => self.fold_steps::<{ MAX_STEPS + 2 }, false, false>(partial, batch),
            (false, true, false) => self.fold_steps::<{ MAX_STEPS + 2 }, true, false>(partial, batch),
        }
    }

    fn merge(&self, into: &mut FunnelPartial, from: FunnelPartial) {
        for (sum, customers) in into.customers.iter_mut().zip(from.customers) {
            *sum += customers;
        }
        for (sum, entries) in into.entries.iter_mut().zip(from.entries) {
            sum.merge(&entries);
        }
        for ((count, sum), (more, added)) in into.sums.iter_mut().zip(from.sums) {
            *count += more;
            *sum += added;
        }
        self.times.merge(&mut into.times, from.times);
    }

    fn finish(mut self, partial: FunnelPartial) -> Step<Self> {
        if !self.times.learn(partial.times) {
            return Step::Again(self);
        }
        let mut steps: Vec<FunnelStep> = Vec::with_capacity(self.steps.len());
        for (position, (activity, &customers)) in self.activities().zip(&partial.customers).enumerate() {
            let group = position.checked_sub(1);
            let quantile = |percent| group.and_then(|group| self.times.quantile(group, percent));
            let (count, sum) = group.and_then(|group| partial.sums.get(group)).copied().unwrap_or_default();
            let entries = partial.entries.get(position);
            steps.push(FunnelStep {
                activity,
                customers,
                entries: entries.map(|entries| FunnelEntries { count: entries.parts(), share: entries.share() }),
                median_ms: quantile(0),
                p90_ms: quantile(1),
                mean_ms: (count > 0).then(|| sum as f64 / count as f64),
            });
        }
        Step::Done(Funnel { customers: partial.customers.first().copied().unwrap_or(0), steps })
    }
}
