//! Attribution by writing down every path.

use std::collections::BTreeMap;

use journey::LivedJourney;
use journey::attribution::{Attribution, Credit, NoRemoval, OutcomeValues, PathRule, TouchBy, TouchCredit};

use crate::log::Log;

/// A question about attribution.
#[derive(Clone, Debug)]
pub struct AskedAttribution {
    pub outcome: Vec<u16>,
    /// None for any activity.
    pub touches: Option<Vec<u16>>,
    pub window_ms: i64,
    pub by: TouchBy,
    pub rule: PathRule,
    pub values: Option<OutcomeValues>,
    pub removal_order: Option<usize>,
}

/// Channel and activity.
type Touch = (u8, Option<u16>);

impl AskedAttribution {
    fn is_outcome(&self, journey: &LivedJourney<'_>, event: usize) -> bool {
        self.outcome.contains(&journey.activity[event])
    }

    fn is_touch(&self, journey: &LivedJourney<'_>, event: usize) -> bool {
        let is_asked = self.touches.as_ref().is_none_or(|touches| touches.contains(&journey.activity[event]));
        is_asked && !self.is_outcome(journey, event)
    }

    fn touch(&self, journey: &LivedJourney<'_>, event: usize) -> Touch {
        let activity = (self.by == TouchBy::ChannelAndActivity).then_some(journey.activity[event]);
        (journey.channel[event], activity)
    }

    /// The touches at most a window before an event, that event itself left out.
    fn path(&self, journey: &LivedJourney<'_>, end: usize, rule: PathRule) -> Vec<Touch> {
        let outcome_before = (0..end).rev().find(|event| self.is_outcome(journey, *event));
        let begins = match rule {
            PathRule::SinceOutcomeBefore => outcome_before.map_or(0, |event| event + 1),
            PathRule::WholeWindow => 0,
        };
        let is_near = |event: &usize| journey.occurred_at[end] - journey.occurred_at[*event] <= self.window_ms;
        let events = (begins..end).filter(|event| self.is_touch(journey, *event)).filter(is_near);
        events.map(|event| self.touch(journey, event)).collect()
    }
}

/// Credits of every outcome, one after the other.
pub fn attribution(log: &Log, asked: &AskedAttribution) -> Attribution {
    let (mut outcomes, mut without_touch, mut worth, mut worth_without) = (0, 0, 0, 0);
    let mut credits: BTreeMap<Touch, (Credit, Credit)> = BTreeMap::new();
    let mut journeys: Vec<(Vec<Touch>, bool)> = Vec::new();
    for journey in log.journeys() {
        for end in (0..journey.len()).filter(|event| asked.is_outcome(&journey, *event)) {
            let micros = asked.values.as_ref().map_or(0, |values| {
                let code_of = |property: usize| journey.properties.column(property).get(end).copied();
                let worth = code_of(values.property).and_then(|code| values.micros.get(usize::from(code)).copied());
                match &values.only {
                    // A journey may have fewer columns than are asked for: then it has no value.
                    Some(only) if !only.values.contains(&code_of(only.property).unwrap_or(u16::MAX)) => 0,
                    _ => worth.unwrap_or(0),
                }
            });
            outcomes += 1;
            worth += i128::from(micros);
            journeys.push((asked.path(&journey, end, PathRule::SinceOutcomeBefore), true));
            let path = asked.path(&journey, end, asked.rule);
            if path.is_empty() {
                without_touch += 1;
                worth_without += i128::from(micros);
            }
            for (place, touch) in path.iter().enumerate() {
                let (count, value) = credits.entry(*touch).or_default();
                let is_end = [place == 0, place + 1 == path.len()];
                let linear = 1.0 / path.len() as f64;
                let position = match (path.len(), is_end) {
                    (1, _) => 1.0,
                    (2, _) => 0.5,
                    (_, [false, false]) => 0.2 / (path.len() - 2) as f64,
                    _ => 0.4,
                };
                for (credit, whole) in [(count, 1.0), (value, micros as f64)] {
                    credit.first += f64::from(u8::from(is_end[0])) * whole;
                    credit.last += f64::from(u8::from(is_end[1])) * whole;
                    credit.linear += linear * whole;
                    credit.position += position * whole;
                }
            }
        }
        let last_touch = (0..journey.len()).rev().find(|event| asked.is_touch(&journey, *event));
        let last_outcome = (0..journey.len()).rev().find(|event| asked.is_outcome(&journey, *event));
        if let Some(last) = last_touch.filter(|last| last_outcome.is_none_or(|outcome| outcome < *last)) {
            let mut path = asked.path(&journey, last, PathRule::SinceOutcomeBefore);
            path.push(asked.touch(&journey, last));
            journeys.push((path, false));
        }
    }
    let removal = asked.removal_order.map(|order| removal_effects(&journeys, order));
    let effects = removal.as_ref().and_then(Option::as_ref);
    let sum: f64 = effects.map_or(0.0, |effects| effects.values().sum());
    // A chain may lead over a touch that lies on no path to an outcome itself.
    for (touch, _) in effects.into_iter().flatten().filter(|(_, effect)| **effect > 1e-12) {
        credits.entry(*touch).or_default();
    }
    let touches = credits.into_iter().map(|((channel, activity), (count, value))| {
        let effect = effects.map(|effects| effects.get(&(channel, activity)).copied().unwrap_or(0.0));
        let share = effect.map(|effect| if sum > 0.0 { effect / sum } else { 0.0 });
        let with_share = |credit: Credit, whole: f64| Credit { removal: share.map(|share| share * whole), ..credit };
        TouchCredit {
            channel,
            activity,
            outcomes: with_share(count, (outcomes - without_touch) as f64),
            micros: asked.values.as_ref().map(|_| with_share(value, (worth - worth_without) as f64)),
            removal_effect: effect,
        }
    });
    Attribution {
        credits: touches.collect(),
        outcomes,
        without_touch,
        value_micros: asked.values.as_ref().map(|_| (worth, worth_without)),
        no_removal: match removal {
            Some(None) => Some(NoRemoval::NoOutcome),
            _ => None,
        },
    }
}

/// Which share of outcomes is lost without each touch. None without an outcome that has touches.
fn removal_effects(journeys: &[(Vec<Touch>, bool)], order: usize) -> Option<BTreeMap<Touch, f64>> {
    let mut steps: BTreeMap<Vec<Touch>, Vec<Option<Touch>>> = BTreeMap::new();
    let mut endings: BTreeMap<Vec<Touch>, (f64, f64)> = BTreeMap::new();
    for (path, has_outcome) in journeys.iter().filter(|(path, _)| !path.is_empty()) {
        for place in 0..=path.len() {
            let state = path[place.saturating_sub(order)..place].to_vec();
            steps.entry(state.clone()).or_default().push(path.get(place).copied());
            if place == path.len() {
                let (outcomes, nothing) = endings.entry(state).or_default();
                *(if *has_outcome { outcomes } else { nothing }) += 1.0;
            }
        }
    }
    let whole = outcomes_of_a_journey(&steps, &endings, order, None);
    let touches = journeys.iter().flat_map(|(path, _)| path).copied();
    let lost = |touch| (touch, 1.0 - outcomes_of_a_journey(&steps, &endings, order, Some(touch)) / whole);
    (whole > 0.0).then(|| touches.map(lost).collect())
}

/// Sends one journey on its way and lets it spread until nothing of it is left.
fn outcomes_of_a_journey(
    steps: &BTreeMap<Vec<Touch>, Vec<Option<Touch>>>,
    endings: &BTreeMap<Vec<Touch>, (f64, f64)>,
    order: usize,
    removed: Option<Touch>,
) -> f64 {
    let mut outcomes = 0.0;
    let mut on_the_way = BTreeMap::from([(Vec::new(), 1.0)]);
    while on_the_way.values().sum::<f64>() > 1e-14 {
        let mut next: BTreeMap<Vec<Touch>, f64> = BTreeMap::new();
        for (state, mass) in on_the_way {
            let Some(choices) = steps.get(&state) else { continue };
            let part = mass / choices.len() as f64;
            outcomes += part * endings.get(&state).map_or(0.0, |(outcomes, _)| *outcomes);
            for touch in choices.iter().flatten().filter(|touch| removed != Some(**touch)) {
                let mut reached = state.clone();
                reached.push(*touch);
                let forgotten = reached.len().saturating_sub(order);
                *next.entry(reached.split_off(forgotten)).or_default() += part;
            }
        }
        on_the_way = next;
    }
    outcomes
}
