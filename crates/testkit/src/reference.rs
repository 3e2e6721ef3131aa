//! The operators of the journey engine by their definitions, with no thought of speed. They share no code with the
//! engine, only the form of its answers.

use std::collections::{BTreeMap, BTreeSet};

pub mod chains;
mod effort;
mod friction;
mod paths;

use journey::LivedJourney;
use journey::after_dropping::{DroppedOut, NextActivity};
use journey::funnel::{Funnel, FunnelCondition, FunnelStep, Place, ValueSet};
use journey::process_map::{LeftOut, MapEdge, MapEnd, MapNode, ProcessMap};
use journey::weekly::ActivityWeeks;

pub use self::effort::{AskedEffort, effort};
pub use self::friction::{AskedFrictions, CountedFriction, frictions};
pub use self::paths::{paths, shaped_paths, visits};
use crate::log::Log;

mod attribution;
mod daily;
mod drivers;
mod life_cycle;
mod retention;
mod score;
mod waits;

pub use attribution::{AskedAttribution, attribution};
pub use daily::daily;
pub use drivers::{AskedDrivers, CountedDriver, drivers};
pub use life_cycle::life_cycle;
pub use retention::{AskedRetention, retention};
pub use score::{AskedScore, CountedRow, CountedScore, CountedScores, scores};
pub use waits::AskedWaits;

/// A funnel by trying every chain: an event is in a chain at a step when it fits the step and, for some event that fits
/// the first step and lies at most a window before, the steps between are found in order, each by an event of its own.
pub fn funnel(log: &Log, steps: &[FunnelCondition], window_ms: i64) -> Funnel {
    let mut customers = vec![0; steps.len()];
    let mut times = vec![Vec::new(); steps.len()];
    for journey in log.journeys() {
        let at = journey.occurred_at;
        let in_chain = chains(journey, steps, window_ms);
        for step in 0..steps.len() {
            let Some(first_time) = (0..journey.len()).find(|&event| in_chain[step][event]) else { continue };
            customers[step] += 1;
            if step > 0 {
                let latest_before = (0..first_time).rev().find(|&event| in_chain[step - 1][event]);
                let latest_before = latest_before.expect("a step follows the one before");
                times[step].push(at[first_time] - at[latest_before]);
            }
        }
    }
    let answers = steps.iter().enumerate().map(|(position, step)| FunnelStep {
        activity: step.activity,
        customers: customers[position],
        entries: None,
        median_ms: median(&times[position]),
        p90_ms: quantile(&times[position], 90),
        mean_ms: mean(&times[position]),
    });
    Funnel { customers: customers[0], steps: answers.collect() }
}

/// Which events are in a chain at which step: `[step][event]`.
fn chains(journey: LivedJourney<'_>, steps: &[FunnelCondition], window_ms: i64) -> Vec<Vec<bool>> {
    let at = journey.occurred_at;
    let fits = |event: usize, step: usize| fits(journey, event, &steps[step]);
    let mut in_chain = vec![vec![false; journey.len()]; steps.len()];
    for first in (0..journey.len()).filter(|&event| fits(event, 0)) {
        let mut reached = vec![vec![false; journey.len()]; steps.len()];
        reached[0][first] = true;
        for step in 1..steps.len() {
            for event in first + 1..journey.len() {
                let after_the_step_before = (first..event).any(|earlier| reached[step - 1][earlier]);
                let in_time = at[event] - at[first] <= window_ms;
                reached[step][event] = fits(event, step) && after_the_step_before && in_time;
            }
        }
        for step in 0..steps.len() {
            for event in 0..journey.len() {
                in_chain[step][event] |= reached[step][event];
            }
        }
    }
    in_chain
}

/// Whether an event is what a condition asks for.
pub fn fits(journey: LivedJourney<'_>, event: usize, condition: &FunnelCondition) -> bool {
    let FunnelCondition { activity, aliases, values, places } = condition;
    let is_done = *activity == journey.activity[event] || aliases.contains(&journey.activity[event]);
    let has_values = values.iter().all(|asked| {
        // A journey may have fewer columns than are asked for: then it has no value.
        let code = journey.properties.column(asked.property).get(event).copied();
        let has_it = match (&asked.values, code) {
            (ValueSet::One(Some(value)), Some(code)) => code == *value,
            (ValueSet::Several(several), Some(code)) => several.has(code),
            (ValueSet::One(None), _) | (_, None) => false,
        };
        has_it == asked.is_equal
    });
    let was_there = places.iter().all(|asked| {
        let is_there = match &asked.place {
            Place::Channels(channels) => channels.has(journey.channel[event]),
            Place::Units(units) => units.has(journey.unit[event]),
            Place::NoUnit => journey.unit[event] == LivedJourney::NO_UNIT,
        };
        is_there == asked.is_there
    });
    is_done && has_values && was_there
}

/// How deep a customer came, from 1, and the event with which the customer came there for the first time.
pub fn arrival(journey: LivedJourney<'_>, steps: &[FunnelCondition], window_ms: i64) -> Option<(usize, usize)> {
    let in_chain = chains(journey, steps, window_ms);
    (0..steps.len()).rev().find_map(|step| {
        let event = in_chain[step].iter().position(|is_in| *is_in)?;
        Some((step + 1, event))
    })
}

/// What those did next who dropped out, by looking each up.
pub fn after_dropping(log: &Log, steps: &[FunnelCondition], window_ms: i64) -> Vec<DroppedOut> {
    let dropped_after = |step: usize| {
        let mut next: BTreeMap<Option<u16>, u64> = BTreeMap::new();
        for journey in log.journeys() {
            if let Some((_, event)) = arrival(journey, steps, window_ms).filter(|(deepest, _)| *deepest == step) {
                *next.entry(journey.activity.get(event + 1).copied()).or_default() += 1;
            }
        }
        let mut next: Vec<NextActivity> =
            next.into_iter().map(|(activity, customers)| NextActivity { activity, customers }).collect();
        next.sort_by_key(|next| std::cmp::Reverse(next.customers));
        DroppedOut { customers: next.iter().map(|next| next.customers).sum(), next }
    };
    (1..steps.len()).map(dropped_after).collect()
}

/// A process map by looking at every pair of neighbours.
pub fn process_map(log: &Log, with_medians: bool) -> ProcessMap {
    let mut nodes: BTreeMap<u16, (u64, BTreeSet<u64>)> = BTreeMap::new();
    let mut edges: BTreeMap<(u16, u16), (Vec<i64>, BTreeSet<u64>)> = BTreeMap::new();
    let mut starts: BTreeMap<u16, u64> = BTreeMap::new();
    let mut ends: BTreeMap<u16, u64> = BTreeMap::new();
    for journey in log.journeys() {
        for event in 0..journey.len() {
            let (events, customers) = nodes.entry(journey.activity[event]).or_default();
            *events += 1;
            customers.insert(journey.customer);
            if event == 0 {
                *starts.entry(journey.activity[event]).or_default() += 1;
            } else {
                let pair = (journey.activity[event - 1], journey.activity[event]);
                let (times, customers) = edges.entry(pair).or_default();
                times.push(journey.occurred_at[event] - journey.occurred_at[event - 1]);
                customers.insert(journey.customer);
            }
            if event == journey.len() - 1 {
                *ends.entry(journey.activity[event]).or_default() += 1;
            }
        }
    }
    let draw_node = |(activity, (events, customers)): (u16, (u64, BTreeSet<u64>))| MapNode {
        activity,
        events,
        customers: customers.len() as u64,
    };
    let draw_edge = |((from, to), (times, customers)): ((u16, u16), (Vec<i64>, BTreeSet<u64>))| MapEdge {
        from,
        to,
        events: times.len() as u64,
        customers: customers.len() as u64,
        mean_ms: times.iter().map(|&time| i128::from(time)).sum::<i128>() as f64 / times.len() as f64,
        median_ms: if with_medians { median(&times) } else { None },
    };
    let draw_end = |(activity, customers): (u16, u64)| MapEnd { activity, customers };
    ProcessMap {
        nodes: nodes.into_iter().map(draw_node).collect(),
        edges: edges.into_iter().map(draw_edge).collect(),
        starts: starts.into_iter().map(draw_end).collect(),
        ends: ends.into_iter().map(draw_end).collect(),
        left_out: LeftOut::default(),
    }
}

/// The mean of what is not empty.
fn mean(times: &[i64]) -> Option<f64> {
    let sum: i128 = times.iter().map(|&time| i128::from(time)).sum();
    (!times.is_empty()).then(|| sum as f64 / times.len() as f64)
}

/// So many percent of the way from the smallest to the largest, between two neighbours in proportion.
pub fn quantile(times: &[i64], percent: usize) -> Option<f64> {
    if percent == 50 {
        return median(times);
    }
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let hundredths = sorted.len().checked_sub(1)? * percent;
    let (lower, upper) = (sorted[hundredths / 100], sorted[hundredths.div_ceil(100)]);
    Some(match hundredths % 100 {
        50 => (lower as f64 + upper as f64) / 2.0,
        rest => lower as f64 + (upper - lower) as f64 * (rest as f64 / 100.0),
    })
}

fn median(times: &[i64]) -> Option<f64> {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    match sorted.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(sorted[odd / 2] as f64),
        even => Some((sorted[even / 2 - 1] as f64 + sorted[even / 2] as f64) / 2.0),
    }
}

/// Events by activity and week: for each activity and each week, all events are gone through.
pub fn weekly(log: &Log, edges: &[i64]) -> Vec<ActivityWeeks> {
    let mut lived: Vec<(u16, i64)> = Vec::new();
    for journey in log.journeys() {
        lived.extend(journey.activity.iter().copied().zip(journey.occurred_at.iter().copied()));
    }
    let activities: BTreeSet<u16> = lived.iter().map(|(activity, _)| *activity).collect();
    let edges: BTreeSet<i64> = edges.iter().copied().collect();
    let weeks: Vec<(i64, i64)> = edges.iter().copied().zip(edges.iter().copied().skip(1)).collect();
    let mut rows = Vec::new();
    for activity in activities {
        let times = || lived.iter().filter(|(each, _)| *each == activity).map(|(_, at)| *at);
        let in_week = |(from, to): &(i64, i64)| times().filter(|at| from <= at && at < to).count() as u64;
        rows.push(ActivityWeeks {
            activity,
            first_seen_at: times().min().unwrap_or_default(),
            last_seen_at: times().max().unwrap_or_default(),
            events: weeks.iter().map(in_week).collect(),
        });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_of_odd_and_even_counts() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[9, 1, 4]), Some(4.0));
        assert_eq!(median(&[9, 1, 4, 5]), Some(4.5));
    }
}
