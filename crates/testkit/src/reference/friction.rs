//! Frictions by looking at every customer, and at every other one for each who met a friction.

use std::collections::{BTreeMap, BTreeSet};

use journey::attribution::OutcomeValues;
use journey::friction::{ContactReason, Friction, FrictionRules, WaitThreshold, WaitThresholds};
use journey::{Activities, LivedJourney, PropertyColumns, Wait};

use super::{AskedWaits, quantile, visits};
use crate::log::Log;

const HALF_AN_HOUR_MS: i64 = 30 * 60 * 1_000;

/// What is asked of frictions.
pub struct AskedFrictions<'a> {
    pub rules: &'a FrictionRules,
    /// The waits of the rules.
    pub waits: AskedWaits<'a>,
    pub stays: &'a Activities,
    pub horizon_ms: i64,
    /// In order.
    pub week_edges: &'a [i64],
    /// What is spent: events of some activities, by what they are worth.
    pub purchases: Option<(&'a Activities, &'a OutcomeValues)>,
}

/// What is counted of a friction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CountedFriction {
    pub customers: u64,
    pub times: u64,
    pub observed: u64,
    pub comparable: u64,
    pub comparable_lost: u64,
    /// The difference of Mantel and Haenszel; none where nobody is comparable.
    pub difference: Option<f64>,
    /// What they spent per customer, how much less than comparable ones, and half of its interval; none where too few are
    /// comparable.
    pub spent: Option<(f64, f64, f64)>,
}

/// Of each customer, whether they are lost and what they spent.
type Fates<'a> = &'a [(bool, f64)];
/// Where customers are comparable.
type Place = (u16, usize, u8, usize);

/// Each friction that somebody met, and the thresholds of waits.
pub fn frictions(log: &Log, asked: &AskedFrictions<'_>) -> (BTreeMap<Friction, CountedFriction>, WaitThresholds) {
    let thresholds = asked.thresholds(log);
    let met: Vec<BTreeMap<Friction, Vec<usize>>> =
        log.journeys().map(|journey| asked.met(journey, &thresholds)).collect();
    let past: Vec<i64> = log.journeys().flat_map(|journey| 0..journey.len() as i64).collect();
    let deciles: Vec<f64> = (1..10).filter_map(|decile| quantile(&past, decile * 10)).collect();
    let all: BTreeSet<Friction> = met.iter().flat_map(|met| met.keys().copied()).collect();
    let counted = all.into_iter().map(|friction| (friction, asked.count(log, friction, &met, &deciles)));
    (counted.collect(), thresholds)
}

impl AskedFrictions<'_> {
    fn thresholds(&self, log: &Log) -> WaitThresholds {
        let mut times: BTreeMap<Wait, Vec<i64>> = BTreeMap::new();
        for journey in log.journeys() {
            for (wait, lasted_ms, _) in (0..journey.len()).filter_map(|event| self.waits.of(journey, event)) {
                times.entry(wait).or_default().push(lasted_ms);
            }
        }
        times.retain(|_, times| times.len() as u64 >= self.rules.fewest_waits);
        let threshold = |times: Vec<i64>| WaitThreshold {
            median_ms: quantile(&times, 50).expect("not empty"),
            p90_ms: quantile(&times, 90).expect("not empty"),
        };
        times.into_iter().map(|(wait, times)| (wait, threshold(times))).collect()
    }

    /// With which events a customer met which friction.
    pub fn met(&self, journey: LivedJourney<'_>, thresholds: &WaitThresholds) -> BTreeMap<Friction, Vec<usize>> {
        let mut met: BTreeMap<Friction, Vec<usize>> = BTreeMap::new();
        let rules = self.rules;
        let (done, at) = (journey.activity, journey.occurred_at);
        for visit in visits(journey) {
            for (place, &event) in visit.iter().enumerate() {
                let times = visit[..=place].iter().filter(|&&other| done[other] == done[event]).count();
                if times == rules.repetitions as usize {
                    met.entry(Friction::Loop(done[event])).or_default().push(event);
                }
            }
        }
        for event in 0..journey.len() {
            if event >= 3 {
                let (a, b) = (done[event - 3], done[event - 2]);
                let is_quick = (event - 2..=event).all(|later| at[later] - at[later - 1] < HALF_AN_HOUR_MS);
                if a != b && done[event - 1] == a && done[event] == b && is_quick {
                    met.entry(Friction::Alternation(a.min(b), a.max(b))).or_default().push(event);
                }
            }
            if rules.contacts.has(done[event]) {
                let reason = self.reason(journey, event);
                let span_ms = rules.contact_span_ms as i64;
                let is_same = |&earlier: &usize| {
                    rules.contacts.has(done[earlier])
                        && self.reason(journey, earlier) == reason
                        && at[event] - at[earlier] <= span_ms
                };
                if (0..event).any(|earlier| is_same(&earlier)) {
                    met.entry(Friction::RepeatedContact(reason)).or_default().push(event);
                }
            }
            if let Some((wait, lasted_ms, with)) = self.waits.of(journey, event)
                && let Some(longest) = thresholds.get(&wait)
                && lasted_ms as f64 > longest.p90_ms
                && lasted_ms as f64 > 3.0 * longest.median_ms
            {
                met.entry(Friction::Wait(wait)).or_default().push(with);
            }
            if rules.errors.has(done[event]) {
                met.entry(Friction::Error(done[event])).or_default().push(event);
            }
        }
        let abandoned = self.abandoned(journey);
        if !abandoned.is_empty() {
            met.insert(Friction::Abandonment, abandoned);
        }
        met
    }

    fn reason(&self, journey: LivedJourney<'_>, event: usize) -> ContactReason {
        let activity = journey.activity[event];
        let property = self.rules.reasons.iter().find(|(contact, _)| *contact == activity).map(|(_, found)| *found);
        let value = property.map(|property| (property, journey.properties.column(property as usize).get(event)));
        match value {
            Some((property, Some(&value))) if value != PropertyColumns::NO_VALUE => {
                ContactReason::Value { property, value }
            }
            _ => ContactReason::Activity(activity),
        }
    }

    fn abandoned(&self, journey: LivedJourney<'_>) -> Vec<usize> {
        let Some(rule) = &self.rules.abandonment else { return Vec::new() };
        let (at, window_ms) = (journey.occurred_at, rule.window_ms as i64);
        let mut abandoned = Vec::new();
        // Events up to here belong to an earlier start.
        let mut taken = 0;
        for start in 0..journey.len() {
            if start < taken || !rule.start.has(journey.activity[start]) {
                continue;
            }
            let in_time = |event: &usize| at[*event] - at[start] <= window_ms;
            let goal = (start + 1..journey.len()).filter(in_time).find(|&event| rule.goal.has(journey.activity[event]));
            if let Some(goal) = goal {
                taken = goal + 1;
            } else if at[start] + window_ms < self.rules.until {
                abandoned.push(start);
                taken = (start..journey.len()).filter(in_time).max().expect("the start is in time") + 1;
            } else {
                break;
            }
        }
        abandoned
    }

    fn is_met_at(&self, friction: Friction, activity: u16) -> bool {
        match friction {
            Friction::Loop(at) | Friction::Error(at) => at == activity,
            Friction::Wait(Wait::Between(_, at) | Wait::Stated(at)) => at == activity,
            Friction::Alternation(a, b) => [a, b].contains(&activity),
            Friction::RepeatedContact(ContactReason::Activity(at)) => at == activity,
            Friction::RepeatedContact(ContactReason::Value { property, .. }) => {
                let mut reasons = self.rules.reasons.iter();
                let first = reasons.find(|(contact, _)| *contact == activity).map(|(_, found)| *found);
                self.rules.contacts.has(activity) && first == Some(property)
            }
            Friction::Abandonment => self.rules.abandonment.as_ref().is_some_and(|rule| rule.start.has(activity)),
        }
    }

    fn place(&self, journey: LivedJourney<'_>, event: usize, deciles: &[f64]) -> Option<Place> {
        let at = journey.occurred_at[event];
        let week = self.week_edges.windows(2).position(|edges| edges[0] <= at && at < edges[1])?;
        let decile = deciles.iter().filter(|&&boundary| boundary < event as f64).count();
        Some((journey.activity[event], week, journey.channel[event], decile))
    }

    /// Whether a customer is lost after an event, as far as it is known.
    fn is_lost(&self, journey: LivedJourney<'_>, event: usize, friction: Friction) -> Option<bool> {
        let at = journey.occurred_at;
        let delay_ms = match (&self.rules.abandonment, friction) {
            (Some(rule), Friction::Abandonment) => rule.window_ms as i64,
            _ => 0,
        };
        let (begin, end) = (at[event] + delay_ms, at[event] + delay_ms + self.horizon_ms);
        let is_later = |other: usize| if delay_ms == 0 { other > event } else { at[other] > begin };
        let stays = |other: usize| self.stays.has(journey.activity[other]) && at[other] <= end && is_later(other);
        (end < self.rules.until).then(|| !(0..journey.len()).any(stays))
    }

    /// What a customer spent after an event, in whole units.
    fn spent(&self, journey: LivedJourney<'_>, event: usize, friction: Friction) -> f64 {
        let Some((purchases, values)) = &self.purchases else { return 0.0 };
        let at = journey.occurred_at;
        let delay_ms = match (&self.rules.abandonment, friction) {
            (Some(rule), Friction::Abandonment) => rule.window_ms as i64,
            _ => 0,
        };
        let begin = at[event] + delay_ms;
        let is_later = |other: usize| if delay_ms == 0 { other > event } else { at[other] > begin };
        let code = |other: usize, property: usize| journey.properties.column(property).get(other).copied();
        let is_worth = |other: usize| {
            let only = values.only.as_ref();
            only.is_none_or(|only| only.values.contains(&code(other, only.property).unwrap_or(u16::MAX)))
        };
        let paid = (0..journey.len()).filter(|&other| {
            purchases.has(journey.activity[other]) && is_later(other) && at[other] <= begin + self.horizon_ms
        });
        let micros = paid
            .filter(|&other| is_worth(other))
            .filter_map(|other| values.micros.get(code(other, values.property)? as usize));
        micros.map(|micros| *micros as f64 / 1e6).sum()
    }

    fn count(
        &self,
        log: &Log,
        friction: Friction,
        met: &[BTreeMap<Friction, Vec<usize>>],
        deciles: &[f64],
    ) -> CountedFriction {
        let mut counted = CountedFriction::default();
        let mut treated: BTreeMap<Place, Vec<(bool, f64)>> = BTreeMap::new();
        let mut others: BTreeMap<Place, Vec<(bool, f64)>> = BTreeMap::new();
        for (journey, met) in log.journeys().zip(met) {
            if let Some(events) = met.get(&friction) {
                counted.customers += 1;
                counted.times += events.len() as u64;
                let first = *events.iter().min().expect("it was met");
                let place = self.place(journey, first, deciles);
                if let (Some(place), Some(is_lost)) = (place, self.is_lost(journey, first, friction)) {
                    let spent = self.spent(journey, first, friction);
                    treated.entry(place).or_default().push((is_lost, spent));
                }
                continue;
            }
            let mut seen = BTreeSet::new();
            for event in (0..journey.len()).filter(|&event| self.is_met_at(friction, journey.activity[event])) {
                let Some(place) = self.place(journey, event, deciles).filter(|place| seen.insert(*place)) else {
                    continue;
                };
                if let Some(is_lost) = self.is_lost(journey, event, friction) {
                    let spent = self.spent(journey, event, friction);
                    others.entry(place).or_default().push((is_lost, spent));
                }
            }
        }
        let count = |outcomes: &[(bool, f64)]| outcomes.iter().filter(|(is_lost, _)| *is_lost).count() as f64;
        let (mut above, mut below) = (0.0, 0.0);
        for (place, treated) in &treated {
            counted.observed += treated.len() as u64;
            let Some(others) = others.get(place) else { continue };
            counted.comparable += treated.len() as u64;
            counted.comparable_lost += count(treated) as u64;
            let (n1, n0) = (treated.len() as f64, others.len() as f64);
            above += (count(treated) * n0 - count(others) * n1) / (n1 + n0);
            below += n1 * n0 / (n1 + n0);
        }
        counted.difference = (below > 0.0).then(|| above / below);
        let strata: Vec<(Fates<'_>, Fates<'_>)> = treated
            .iter()
            .filter_map(|(place, treated)| Some((treated.as_slice(), others.get(place)?.as_slice())))
            .collect();
        counted.spent = self.purchases.and_then(|_| compare_spending(&strata));
        counted
    }
}

/// A regression of what was spent on having met the friction, with a level for each stratum: residual by residual.
fn compare_spending(strata: &[(Fates<'_>, Fates<'_>)]) -> Option<(f64, f64, f64)> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    // For each customer: having met it, and the amount, each less its mean in the stratum.
    let mut centred: Vec<(f64, f64)> = Vec::new();
    let mut of_met = Vec::new();
    for (met, others) in strata {
        let customers = met.iter().map(|(_, spent)| (1.0, *spent)).chain(others.iter().map(|(_, spent)| (0.0, *spent)));
        let customers: Vec<(f64, f64)> = customers.collect();
        let (having_met, spent): (Vec<f64>, Vec<f64>) = customers.iter().copied().unzip();
        let (level_met, level_spent) = (mean(&having_met), mean(&spent));
        centred.extend(customers.iter().map(|(met, spent)| (met - level_met, spent - level_spent)));
        of_met.extend(met.iter().map(|(_, spent)| *spent));
    }
    let freedom = centred.len() as f64 - strata.len() as f64 - 1.0;
    if freedom <= 0.0 {
        return None;
    }
    let weight: f64 = centred.iter().map(|(met, _)| met * met).sum();
    let slope = centred.iter().map(|(met, spent)| met * spent).sum::<f64>() / weight;
    let scatter: f64 = centred.iter().map(|(met, spent)| (met * (spent - slope * met)).powi(2)).sum();
    let variance = scatter / (weight * weight) * centred.len() as f64 / freedom;
    Some((mean(&of_met), -slope, 1.959_963_984_540_054 * variance.sqrt()))
}
