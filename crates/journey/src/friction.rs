//! Frictions: loops, repeated contacts, long waits, errors and abandonment, with who met them and how many more of those
//! are lost than of comparable customers.
//!
//! A customer is **lost** who does nothing that counts as staying within a horizon after the meeting. Those who met a
//! friction are compared, from the event with which they met it first, with customers who never meet it, at an event of the
//! same activity, week, channel and decile of past events (of several such events, the first). It is an association: nobody chose at random
//! who meets a friction.
//!
//! Several passes: which waits there are; how long they are and how many past events events have; which frictions are met;
//! and the comparison of those that most customers met.

mod compare;
mod rules;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use domain::error::Result;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use self::compare::{Comparison, Group, GroupInStratum, Outcome, Stratum};
pub use self::compare::{CustomersLost, SpentLess};
pub(crate) use self::rules::FrictionRoom;
pub use self::rules::{AbandonmentRule, ContactReason, Friction, FrictionRules, WaitThreshold, WaitThresholds};
use crate::activities::Activities;
use crate::attribution::OutcomeValues;
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};
use crate::periods::Periods;
use crate::quantiles::{QuantileSearch, Samples};
use crate::tally::{Key, Sweep, Tally, Total};
use crate::waits::Wait;

/// Weeks that a comparison may have.
pub const MAX_WEEKS: usize = 1_200;
/// Frictions that are compared unless told, those that most customers met.
const MOST_COMPARED: usize = 200;
/// Numbers and entries that a partial result holds at most.
const SLOTS: usize = 1 << 20;
const ENTRIES: usize = 1 << 21;
/// Between the deciles.
const DECILES: [u32; 9] = [10, 20, 30, 40, 50, 60, 70, 80, 90];

/// The question: what hinders customers, and whom does it cost?
#[derive(Debug)]
pub struct FrictionQuestion {
    rules: FrictionRules,
    /// What counts as staying.
    stays: Activities,
    horizon_ms: u64,
    /// What is spent: events of some activities, and what they are worth.
    purchases: Option<(Activities, OutcomeValues)>,
    weeks: Periods,
    most: usize,
    entries: usize,
    slots: usize,
    thresholds: WaitThresholds,
    /// A customer with more past events than so many of these is in this decile.
    deciles: Vec<f64>,
    /// Those that are compared.
    found: Vec<Found>,
    left_out: u64,
    stage: Stage,
}

#[derive(Debug)]
struct Found {
    friction: Friction,
    met: Met,
    comparison: Comparison,
}

#[derive(Debug)]
enum Stage {
    FindWaits,
    Measure { seen: Vec<Wait>, waits: Box<QuantileSearch>, deciles: Box<QuantileSearch> },
    Discover { sweep: Sweep },
    Compare { sweep: Sweep, places: FxHashMap<Friction, u32>, met_at: Vec<Vec<u32>> },
}

/// How many customers met a friction, and how often.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Met {
    customers: u64,
    times: u64,
}

impl Total for Met {
    fn add(&mut self, other: &Met) {
        self.customers += other.customers;
        self.times += other.times;
    }
}

impl Key for Friction {
    fn place(&self) -> u64 {
        let (kind, first, second) = match *self {
            Friction::Loop(activity) => (0, activity, 0),
            Friction::Alternation(first, second) => (1, first, second),
            Friction::RepeatedContact(ContactReason::Value { property, value }) => (2, u16::from(property), value),
            Friction::RepeatedContact(ContactReason::Activity(activity)) => (3, activity, 0),
            Friction::Wait(Wait::Between(from, to)) => (4, from, to),
            Friction::Wait(Wait::Stated(activity)) => (5, activity, 0),
            Friction::Error(activity) => (6, activity, 0),
            Friction::Abandonment => (7, 0, 0),
        };
        (kind << 32 | u64::from(first) << 16 | u64::from(second)).place()
    }
}

/// The frictions that customers met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frictions {
    /// Those that cost most customers first, then those that most customers met, then by kind and codes.
    pub frictions: Vec<FrictionMet>,
    /// Frictions that fewer customers met and that are not compared.
    pub left_out: u64,
    /// What made a wait too long.
    pub thresholds: WaitThresholds,
}

/// One friction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FrictionMet {
    pub friction: Friction,
    /// Those who met it.
    pub customers: u64,
    /// How often it was met.
    pub times: u64,
    /// Those of whom it is known whether they are lost: they met it within the weeks of the comparison, and the horizon is
    /// over.
    pub observed: u64,
    /// Those of them who have comparable customers.
    pub comparable: u64,
    /// Those of the comparable who are lost.
    pub comparable_lost: u64,
    /// How much larger the share lost is among them than among comparable ones; `None` where there are none. Times
    /// `comparable`, it is how many customers are lost beyond what comparable ones let expect.
    pub lost: Option<CustomersLost>,
    /// What they spent within the horizon, against comparable ones; `None` where there are too few, or no amounts were
    /// asked for.
    pub spent: Option<SpentLess>,
}

/// What is known after some of the customers; only what the pass looks for is filled.
#[derive(Debug, Serialize, Deserialize)]
pub struct FrictionPartial {
    seen_waits: BTreeSet<Wait>,
    waits: Samples,
    past: Samples,
    met: Tally<Friction, Met>,
    outcomes: Tally<GroupInStratum, Outcome>,
    #[serde(skip)]
    room: Room,
}

/// Room for one customer; used again for the next.
#[derive(Debug, Default)]
struct Room {
    friction: FrictionRoom,
    ahead: Ahead,
    strata: Vec<(Stratum, usize)>,
}

/// What lies ahead of each event of a customer.
#[derive(Debug, Default)]
struct Ahead {
    /// For each event, the position of the next one that counts as staying, itself included; behind the last, the end.
    next_stay: Vec<usize>,
    /// For each event, what was spent before it, in millionths; behind the last, all. Filled where amounts are asked for.
    spent: Vec<i128>,
}

/// What became of a customer.
#[derive(Clone, Copy, Debug)]
struct Fate {
    is_lost: bool,
    /// What the customer spent, in millionths, where amounts are asked for.
    micros: Option<i128>,
}

impl FrictionQuestion {
    /// Looks for what `rules` call a friction. Staying is any of `stays` within `horizon_ms` after the meeting; weeks lie
    /// between the instants of `week_edges` (UTC milliseconds, 1 to 1,200 weeks).
    pub fn new(
        rules: FrictionRules,
        stays: Activities,
        horizon_ms: u64,
        week_edges: Vec<i64>,
    ) -> Result<FrictionQuestion> {
        let weeks = Periods::new(week_edges, MAX_WEEKS)?;
        Ok(FrictionQuestion {
            rules,
            stays,
            horizon_ms,
            purchases: None,
            weeks,
            most: MOST_COMPARED,
            entries: ENTRIES,
            slots: SLOTS,
            thresholds: BTreeMap::new(),
            deciles: Vec::new(),
            found: Vec::new(),
            left_out: 0,
            stage: Stage::FindWaits,
        })
    }

    /// How many frictions are compared (200 unless told), and how many entries and numbers each partial result may hold;
    /// where they do not suffice, further passes follow.
    pub fn with_limits(mut self, most: usize, entries: usize, slots: usize) -> FrictionQuestion {
        (self.most, self.entries, self.slots) = (most, entries, slots);
        self
    }

    /// Counts what customers spend within the horizon too: what events of `purchases` are worth.
    pub fn with_amounts(mut self, purchases: Activities, values: OutcomeValues) -> FrictionQuestion {
        self.purchases = Some((purchases, values));
        self
    }

    fn stratum(&self, customer: &LivedJourney<'_>, event: usize) -> Option<Stratum> {
        let at = customer.occurred_at[event];
        if at < self.weeks.start() || self.weeks.end() <= at {
            return None;
        }
        let decile = self.deciles.iter().filter(|decile| **decile < event as f64).count();
        Some(Stratum::new(customer.activity[event], self.weeks.period_of(at), customer.channel[event], decile))
    }

    /// What became of a customer after an event; none when it is not known yet. Events of the same instant come after it
    /// when they stand after it; with a delay, the outcome begins after the delay.
    fn fate(&self, customer: &LivedJourney<'_>, ahead: &Ahead, event: usize, delay_ms: u64) -> Option<Fate> {
        let at = customer.occurred_at[event];
        let begin = at.saturating_add_unsigned(delay_ms);
        let end = begin.saturating_add_unsigned(self.horizon_ms);
        if end >= self.rules.until {
            return None;
        }
        let first = match delay_ms {
            0 => event + 1,
            _ => customer.occurred_at.partition_point(|&at| at <= begin),
        };
        let stay = customer.occurred_at.get(*ahead.next_stay.get(first)?);
        let micros = self.purchases.as_ref().map(|_| {
            let behind = customer.occurred_at.partition_point(|&at| at <= end).max(first);
            ahead.spent[behind] - ahead.spent[first]
        });
        Some(Fate { is_lost: stay.is_none_or(|&at| at > end), micros })
    }

    /// Looks over a customer's events once, for the fate after each.
    fn look_ahead(&self, customer: &LivedJourney<'_>, ahead: &mut Ahead) {
        let Ahead { next_stay, spent } = ahead;
        next_stay.clear();
        next_stay.resize(customer.len() + 1, customer.len());
        for event in (0..customer.len()).rev() {
            next_stay[event] = if self.stays.has(customer.activity[event]) { event } else { next_stay[event + 1] };
        }
        let Some((purchases, values)) = &self.purchases else { return };
        spent.clear();
        spent.push(0);
        let mut sum = 0_i128;
        for event in 0..customer.len() {
            if purchases.has(customer.activity[event]) {
                sum += i128::from(values.micros_of(customer, event));
            }
            spent.push(sum);
        }
    }

    fn compare(
        &self,
        partial: &mut FrictionPartial,
        (sweep, places, met_at): (Sweep, &FxHashMap<Friction, u32>, &[Vec<u32>]),
        customer: &LivedJourney<'_>,
    ) {
        let Room { friction, ahead, strata } = &mut partial.room;
        let is_relevant = |activity: &u16| met_at.get(usize::from(*activity)).is_some_and(|places| !places.is_empty());
        if !customer.activity.iter().any(is_relevant) {
            return;
        }
        friction.find(&self.rules, &self.thresholds, customer);
        self.look_ahead(customer, ahead);
        // Each customer counts once in a stratum, with the first event there.
        strata.clear();
        let relevant = (0..customer.len()).filter(|&event| is_relevant(&customer.activity[event]));
        strata.extend(relevant.filter_map(|event| Some((self.stratum(customer, event)?, event))));
        strata.sort_unstable();
        strata.dedup_by_key(|(stratum, _)| *stratum);
        let mut mark = |stratum, group, fate: Option<Fate>| {
            if let Some(Fate { is_lost, micros }) = fate {
                let key = GroupInStratum { stratum, group };
                partial.outcomes.update(sweep, key, |outcome| outcome.mark(is_lost, micros));
            }
        };
        let met: Vec<(u32, Friction, usize)> = friction
            .met
            .iter()
            .filter_map(|(friction, meeting)| Some((*places.get(friction)?, *friction, meeting.event)))
            .collect();
        let abandonment_ms = self.rules.delay_ms(Friction::Abandonment);
        for &(stratum, event) in strata.iter() {
            let at_once = self.fate(customer, ahead, event, 0);
            mark(stratum, Group::Everybody { is_delayed: false }, at_once);
            let delayed = match self.rules.is_met_at(Friction::Abandonment, stratum.activity()) {
                true => self.fate(customer, ahead, event, abandonment_ms),
                false => None,
            };
            mark(stratum, Group::Everybody { is_delayed: true }, delayed);
            for &(place, friction, _) in &met {
                if self.rules.is_met_at(friction, stratum.activity()) {
                    let fate = if friction == Friction::Abandonment { delayed } else { at_once };
                    mark(stratum, Group::MetAnywhere(place), fate);
                }
            }
        }
        for &(place, friction, event) in &met {
            if let Some(stratum) = self.stratum(customer, event) {
                let fate = self.fate(customer, ahead, event, self.rules.delay_ms(friction));
                mark(stratum, Group::Met(place), fate);
            }
        }
    }

    /// Compares what a pass counted, stratum by stratum.
    fn learn_outcomes(&mut self, counted: Tally<GroupInStratum, Outcome>) {
        let mut outcomes: Vec<(GroupInStratum, Outcome)> = counted.into_entries().collect();
        outcomes.sort_unstable_by_key(|(key, _)| *key);
        for of_stratum in outcomes.chunk_by(|a, b| a.0.stratum == b.0.stratum) {
            let count = |group: Group| {
                let found = of_stratum.iter().find(|(key, _)| key.group == group);
                found.map(|(_, outcome)| outcome.clone()).unwrap_or_default()
            };
            for (key, met) in of_stratum {
                let Group::Met(place) = key.group else { continue };
                let Some(found) = self.found.get_mut(place as usize) else { continue };
                let is_delayed = found.friction == Friction::Abandonment;
                let (all, known) = (count(Group::Everybody { is_delayed }), count(Group::MetAnywhere(place)));
                found.comparison.add(met, &all.without(&known));
            }
        }
    }

    fn start_comparing(&mut self) -> Stage {
        let places = self.found.iter().zip(0_u32..).map(|(found, place)| (found.friction, place)).collect();
        let mut met_at = vec![Vec::new(); usize::from(u16::MAX) + 1];
        for (found, place) in self.found.iter().zip(0_u32..) {
            let activities = (0..=u16::MAX).filter(|activity| self.rules.is_met_at(found.friction, *activity));
            activities.for_each(|activity| met_at[usize::from(activity)].push(place));
        }
        Stage::Compare { sweep: Sweep::start(self.entries), places, met_at }
    }

    fn answer(self) -> Frictions {
        let told = |found: Found| {
            let Comparison { observed, comparable, .. } = &found.comparison;
            FrictionMet {
                friction: found.friction,
                customers: found.met.customers,
                times: found.met.times,
                observed: observed.customers,
                comparable: comparable.customers,
                comparable_lost: comparable.lost,
                lost: found.comparison.lost(),
                spent: found.comparison.spent(),
            }
        };
        let mut frictions: Vec<FrictionMet> = self.found.into_iter().map(told).collect();
        let cost = |met: &FrictionMet| met.lost.map_or(0.0, |lost| lost.difference * met.comparable as f64);
        frictions.sort_by(|a, b| {
            let by_cost = cost(b).total_cmp(&cost(a));
            by_cost.then(b.customers.cmp(&a.customers)).then(a.friction.cmp(&b.friction))
        });
        Frictions { frictions, left_out: self.left_out, thresholds: self.thresholds }
    }
}

impl Operator for FrictionQuestion {
    type Partial = FrictionPartial;
    type Output = Frictions;

    fn needs(&self) -> Needs {
        let needs = self.rules.needs();
        let amounts = match (&self.stage, &self.purchases) {
            (Stage::Compare { .. }, Some((_, values))) => values.columns(),
            _ => 0,
        };
        Needs { properties: needs.properties | amounts, ..needs }
    }

    fn start(&self) -> FrictionPartial {
        let (waits, past) = match &self.stage {
            Stage::Measure { waits, deciles, .. } => (waits.start(), deciles.start()),
            _ => (Samples::default(), Samples::default()),
        };
        let (met, outcomes) = (Tally::new(), Tally::new());
        FrictionPartial { seen_waits: BTreeSet::new(), waits, past, met, outcomes, room: Room::default() }
    }

    fn fold(&self, partial: &mut FrictionPartial, customer: LivedJourney<'_>) {
        match &self.stage {
            Stage::FindWaits => {
                let waits = (0..customer.len()).filter_map(|event| self.rules.waits.find(&customer, event));
                partial.seen_waits.extend(waits.map(|(wait, _)| wait));
            }
            Stage::Measure { seen, waits, deciles } => {
                for event in 0..customer.len() {
                    deciles.add(&mut partial.past, 0, event as u64);
                    let Some((wait, lasted_ms)) = self.rules.waits.find(&customer, event) else { continue };
                    if let Ok(group) = seen.binary_search(&wait) {
                        waits.add(&mut partial.waits, group, lasted_ms);
                    }
                }
            }
            Stage::Discover { sweep } => {
                partial.room.friction.find(&self.rules, &self.thresholds, &customer);
                for (friction, meeting) in &partial.room.friction.met {
                    partial.met.update(*sweep, *friction, |met| {
                        met.customers += 1;
                        met.times += meeting.times;
                    });
                }
            }
            Stage::Compare { sweep, places, met_at } => self.compare(partial, (*sweep, places, met_at), &customer),
        }
    }

    fn merge(&self, into: &mut FrictionPartial, from: FrictionPartial) {
        into.seen_waits.extend(from.seen_waits);
        match &self.stage {
            Stage::FindWaits => {}
            Stage::Measure { waits, deciles, .. } => {
                waits.merge(&mut into.waits, from.waits);
                deciles.merge(&mut into.past, from.past);
            }
            Stage::Discover { sweep } => into.met.merge(*sweep, from.met),
            Stage::Compare { sweep, .. } => into.outcomes.merge(*sweep, from.outcomes),
        }
    }

    fn finish(mut self, partial: FrictionPartial) -> Step<Self> {
        match std::mem::replace(&mut self.stage, Stage::FindWaits) {
            Stage::FindWaits => {
                let seen: Vec<Wait> = partial.seen_waits.into_iter().collect();
                let waits = Box::new(QuantileSearch::new(seen.len(), &[50, 90], self.slots));
                let deciles = Box::new(QuantileSearch::new(1, &DECILES, self.slots));
                self.stage = Stage::Measure { seen, waits, deciles };
            }
            Stage::Measure { seen, mut waits, mut deciles } => {
                let is_learnt = waits.learn(partial.waits);
                if !deciles.learn(partial.past) || !is_learnt {
                    self.stage = Stage::Measure { seen, waits, deciles };
                    return Step::Again(self);
                }
                self.deciles = (0..DECILES.len()).filter_map(|decile| deciles.quantile(0, decile)).collect();
                for (group, wait) in seen.into_iter().enumerate() {
                    let measured = waits.quantile(group, 0).zip(waits.quantile(group, 1));
                    let is_often = waits.count(group) >= self.rules.fewest_waits;
                    if let Some((median_ms, p90_ms)) = measured.filter(|_| is_often) {
                        self.thresholds.insert(wait, WaitThreshold { median_ms, p90_ms });
                    }
                }
                self.stage = Stage::Discover { sweep: Sweep::start(self.entries) };
            }
            Stage::Discover { sweep } => {
                let until = partial.met.until();
                for (friction, met) in partial.met.into_entries() {
                    self.found.push(Found { friction, met, comparison: Comparison::default() });
                }
                self.found.sort_unstable_by_key(|found| (Reverse(found.met.customers), found.friction));
                self.left_out += self.found.len().saturating_sub(self.most) as u64;
                self.found.truncate(self.most);
                self.stage = match sweep.after(until) {
                    Some(sweep) => Stage::Discover { sweep },
                    None => self.start_comparing(),
                };
            }
            Stage::Compare { sweep, places, met_at } => {
                let until = partial.outcomes.until();
                self.learn_outcomes(partial.outcomes);
                match sweep.after(until) {
                    Some(sweep) => self.stage = Stage::Compare { sweep, places, met_at },
                    None => return Step::Done(self.answer()),
                }
            }
        }
        Step::Again(self)
    }
}
