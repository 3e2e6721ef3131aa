//! Effort: what it takes customers to reach an activity.
//!
//! A **run** begins with the first event of the start activities since the run before ended (with the first event of all
//! where no start is named), and ends with the next event of the goal. A named start and the goal are two events; where no
//! start is named, the goal alone is a run of one step. What has begun and reached no goal is an unfinished run.

use domain::error::Result;
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};
use crate::periods::Periods;
use crate::quantiles::{QuantileSearch, Samples};
use crate::waits::Waits;

/// Periods that a trend may have.
pub const MAX_TREND_PERIODS: usize = 600;
/// The quantiles of each measure, in percent.
pub const PERCENTS: [u32; 5] = [10, 25, 50, 75, 90];
/// Numbers that a partial result holds for the quantiles of all runs, and for those of the trend, of 8 bytes each.
const DEFAULT_SLOTS: usize = 1 << 21;

/// What is measured of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    /// Events, start and goal included.
    Steps,
    /// Events of an activity with the role contact.
    Contacts,
    /// Distinct channels; events without channel have none.
    Channels,
    /// How often an event was on another channel than the one before it; events without channel are passed over.
    ChannelChanges,
    /// Milliseconds that events of an activity with the role wait say that the customer waited, start and goal included;
    /// of those that do not say, to the next event.
    Waiting,
    /// Milliseconds from start to goal.
    Elapsed,
}

impl Measure {
    /// All, in the order of answers.
    pub const ALL: [Measure; 6] = [
        Measure::Steps,
        Measure::Contacts,
        Measure::Channels,
        Measure::ChannelChanges,
        Measure::Waiting,
        Measure::Elapsed,
    ];
}

/// What each measure of a run is, in the order of [`Measure::ALL`].
type Taken = [u64; Measure::ALL.len()];

/// The question: what does it take to reach these activities?
#[derive(Debug)]
pub struct EffortQuestion {
    start: Option<Activities>,
    goal: Activities,
    contacts: Activities,
    waits: Waits,
    trend: Option<Periods>,
    runs: QuantileSearch,
    by_period: QuantileSearch,
}

/// What it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effort {
    pub runs: u64,
    /// Distinct customers with a run.
    pub customers: u64,
    /// Runs that began and reached no goal: at most one of each customer.
    pub unfinished: u64,
    /// In the order of [`Measure::ALL`].
    pub measures: Vec<EffortMeasure>,
    /// By the period in which the goal was reached; runs outside of all periods are in none.
    pub trend: Vec<EffortPeriod>,
}

/// One measure over all runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffortMeasure {
    pub measure: Measure,
    /// Exact, in the order of [`PERCENTS`] (definition 7 of Hyndman and Fan, 1996); `None` without runs.
    pub quantiles: Option<[f64; PERCENTS.len()]>,
    /// `None` without runs.
    pub mean: Option<f64>,
}

/// The runs of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EffortPeriod {
    pub runs: u64,
    /// Exact median and mean of each measure, in the order of [`Measure::ALL`]; `None` without runs.
    pub measures: Vec<Option<(f64, f64)>>,
}

/// Runs and the sum of each measure.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Sums {
    runs: u64,
    taken: [u128; Measure::ALL.len()],
}

impl Sums {
    fn add(&mut self, taken: &Taken) {
        self.runs += 1;
        for (sum, taken) in self.taken.iter_mut().zip(taken) {
            *sum += u128::from(*taken);
        }
    }

    fn merge(&mut self, other: &Sums) {
        self.runs += other.runs;
        for (sum, taken) in self.taken.iter_mut().zip(&other.taken) {
            *sum += taken;
        }
    }

    fn mean(&self, measure: usize) -> Option<f64> {
        (self.runs > 0).then(|| self.taken[measure] as f64 / self.runs as f64)
    }
}

/// What is known after some of the customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct EffortPartial {
    customers: u64,
    unfinished: u64,
    sums: Sums,
    by_period: Vec<Sums>,
    runs_taken: Samples,
    period_taken: Samples,
}

impl EffortQuestion {
    /// What it takes from `start` (the first event when it is none) to `goal`. Activities have no roles yet.
    pub fn new(start: Option<Activities>, goal: Activities) -> EffortQuestion {
        let none = || Activities::of(&[]);
        let question = EffortQuestion {
            start,
            goal,
            contacts: none(),
            waits: Waits::new(none()),
            trend: None,
            runs: QuantileSearch::new(0, &PERCENTS, 0),
            by_period: QuantileSearch::of_medians(0, 0),
        };
        question.with_slots(DEFAULT_SLOTS)
    }

    /// Which activities are contacts, and with which customers wait.
    pub fn with_roles(self, contacts: Activities, waits: Waits) -> EffortQuestion {
        EffortQuestion { contacts, waits, ..self }
    }

    /// The trend over periods between neighbouring instants, in UTC milliseconds: 1 to 600 of them.
    pub fn with_trend(self, edges: Vec<i64>) -> Result<EffortQuestion> {
        let trend = Some(Periods::new(edges, MAX_TREND_PERIODS)?);
        Ok(EffortQuestion { trend, ..self }.with_slots(DEFAULT_SLOTS))
    }

    /// How many numbers of 8 bytes each partial result may hold for the quantiles of all runs, and again for those of the
    /// trend; where it does not suffice, further passes follow. By default 2²¹ (16 MiB). To be said last.
    pub fn with_slots(mut self, slots: usize) -> EffortQuestion {
        let measures = Measure::ALL.len();
        let periods = self.trend.as_ref().map_or(0, Periods::len);
        self.runs = QuantileSearch::new(measures, &PERCENTS, slots);
        self.by_period = QuantileSearch::of_medians(measures * periods, slots);
        self
    }

    /// Hands on each run: the instant of its goal, and what it took. Says whether a run is left unfinished.
    fn for_each_run(&self, customer: &LivedJourney<'_>, mut each: impl FnMut(i64, &Taken)) -> bool {
        let mut run: Option<Run> = None;
        for (event, (&at, &activity)) in customer.occurred_at.iter().zip(customer.activity).enumerate() {
            let is_new = run.is_none() && self.start.as_ref().is_none_or(|start| start.has(activity));
            if is_new {
                run = Some(Run::begin(at));
            }
            let Some(current) = &mut run else { continue };
            let channel = customer.channel.get(event).copied().unwrap_or(LivedJourney::NO_CHANNEL);
            current.take(at, channel, self.contacts.has(activity));
            let stated_ms = self.waits.stated_ms(customer, event);
            current.waiting_ms = current.waiting_ms.saturating_add(stated_ms.unwrap_or_default());
            if self.goal.has(activity) && (self.start.is_none() || !is_new) {
                each(at, &current.taken(at));
                run = None;
            } else {
                let waits_for_next = stated_ms.is_none() && self.waits.has(activity);
                current.waits_since = waits_for_next.then_some(at);
            }
        }
        run.is_some()
    }

    /// Whether a customer has a run with so much of a measure, or more.
    pub(crate) fn takes(&self, customer: &LivedJourney<'_>, measure: Measure, least: u64) -> bool {
        let mut found = false;
        self.for_each_run(customer, |_, taken| {
            let place = Measure::ALL.iter().position(|each| *each == measure);
            found = found || place.is_some_and(|place| taken[place] >= least);
        });
        found
    }
}

/// A run that is going on.
struct Run {
    began_at: i64,
    steps: u64,
    contacts: u64,
    channels: [u64; 4],
    last_channel: u8,
    channel_changes: u64,
    waiting_ms: u64,
    /// Since when the customer waits for the next event.
    waits_since: Option<i64>,
}

impl Run {
    fn begin(at: i64) -> Run {
        Run {
            began_at: at,
            steps: 0,
            contacts: 0,
            channels: [0; 4],
            last_channel: LivedJourney::NO_CHANNEL,
            channel_changes: 0,
            waiting_ms: 0,
            waits_since: None,
        }
    }

    fn take(&mut self, at: i64, channel: u8, is_contact: bool) {
        self.steps += 1;
        self.contacts += u64::from(is_contact);
        let waited_ms = self.waits_since.map_or(0, |since| at.abs_diff(since));
        self.waiting_ms = self.waiting_ms.saturating_add(waited_ms);
        if channel != LivedJourney::NO_CHANNEL {
            self.channels[usize::from(channel / 64)] |= 1 << (channel % 64);
            let is_other = self.last_channel != channel && self.last_channel != LivedJourney::NO_CHANNEL;
            self.channel_changes += u64::from(is_other);
            self.last_channel = channel;
        }
    }

    fn taken(&self, at: i64) -> Taken {
        let channels: u32 = self.channels.iter().map(|word| word.count_ones()).sum();
        let elapsed_ms = at.abs_diff(self.began_at);
        [self.steps, self.contacts, u64::from(channels), self.channel_changes, self.waiting_ms, elapsed_ms]
    }
}

impl Operator for EffortQuestion {
    type Partial = EffortPartial;
    type Output = Effort;

    fn needs(&self) -> Needs {
        let of_everybody = Needs { properties: self.waits.columns(), ..Needs::EVERY_CUSTOMER };
        match &self.start {
            Some(start) => of_everybody.only_with(start.set()),
            // Who did not reach the goal has still begun.
            None => of_everybody,
        }
    }

    fn start(&self) -> EffortPartial {
        EffortPartial {
            customers: 0,
            unfinished: 0,
            sums: Sums::default(),
            by_period: vec![Sums::default(); self.trend.as_ref().map_or(0, Periods::len)],
            runs_taken: self.runs.start(),
            period_taken: self.by_period.start(),
        }
    }

    fn fold(&self, partial: &mut EffortPartial, customer: LivedJourney<'_>) {
        let runs_before = partial.sums.runs;
        let is_unfinished = self.for_each_run(&customer, |at, taken| {
            partial.sums.add(taken);
            for (measure, &number) in taken.iter().enumerate() {
                self.runs.add(&mut partial.runs_taken, measure, number);
            }
            let Some(trend) = self.trend.as_ref().filter(|trend| trend.start() <= at && at < trend.end()) else {
                return;
            };
            let period = trend.period_of(at);
            partial.by_period[period].add(taken);
            for (measure, &number) in taken.iter().enumerate() {
                self.by_period.add(&mut partial.period_taken, period * taken.len() + measure, number);
            }
        });
        partial.customers += u64::from(partial.sums.runs > runs_before);
        partial.unfinished += u64::from(is_unfinished);
    }

    fn merge(&self, into: &mut EffortPartial, from: EffortPartial) {
        into.customers += from.customers;
        into.unfinished += from.unfinished;
        into.sums.merge(&from.sums);
        for (sums, more) in into.by_period.iter_mut().zip(&from.by_period) {
            sums.merge(more);
        }
        self.runs.merge(&mut into.runs_taken, from.runs_taken);
        self.by_period.merge(&mut into.period_taken, from.period_taken);
    }

    fn finish(mut self, partial: EffortPartial) -> Step<Self> {
        let is_found = self.runs.learn(partial.runs_taken);
        if !self.by_period.learn(partial.period_taken) || !is_found {
            return Step::Again(self);
        }
        let measures = Measure::ALL.iter().enumerate().map(|(place, &measure)| EffortMeasure {
            measure,
            quantiles: (partial.sums.runs > 0)
                .then(|| std::array::from_fn(|percent| self.runs.quantile(place, percent).unwrap_or_default())),
            mean: partial.sums.mean(place),
        });
        let trend = partial.by_period.iter().enumerate().map(|(period, sums)| {
            let group = |place: usize| period * Measure::ALL.len() + place;
            let of_measure = |place: usize| self.by_period.quantile(group(place), 0).zip(sums.mean(place));
            EffortPeriod { runs: sums.runs, measures: (0..Measure::ALL.len()).map(of_measure).collect() }
        });
        Step::Done(Effort {
            runs: partial.sums.runs,
            customers: partial.customers,
            unfinished: partial.unfinished,
            measures: measures.collect(),
            trend: trend.collect(),
        })
    }
}
