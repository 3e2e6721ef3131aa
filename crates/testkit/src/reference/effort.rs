//! Effort by cutting out every run.

use std::collections::BTreeSet;

use journey::LivedJourney;
use journey::effort::{Effort, EffortMeasure, EffortPeriod, Measure, PERCENTS};

use super::{AskedWaits, mean, quantile};
use crate::log::Log;

/// What is asked: activities by code.
pub struct AskedEffort<'a> {
    pub start: Option<&'a [u16]>,
    pub goal: &'a [u16],
    pub contacts: &'a [u16],
    pub waits: AskedWaits<'a>,
    /// The edges of the periods of the trend, in order.
    pub edges: &'a [i64],
}

/// Effort by cutting out every run.
pub fn effort(log: &Log, asked: &AskedEffort<'_>) -> Effort {
    let mut runs: Vec<(i64, Vec<i64>)> = Vec::new();
    let (mut customers, mut unfinished) = (0, 0);
    for journey in log.journeys() {
        let found = asked.runs(journey);
        customers += u64::from(!found.is_empty());
        let next = found.last().map_or(0, |run| run[run.len() - 1] + 1);
        unfinished += u64::from((next..journey.len()).any(|event| asked.begins(journey, event)));
        runs.extend(found.iter().map(|run| (journey.occurred_at[run[run.len() - 1]], asked.measure(journey, run))));
    }
    let of = |place: usize, from: i64, to: i64| -> Vec<i64> {
        runs.iter().filter(|(at, _)| from <= *at && *at < to).map(|(_, taken)| taken[place]).collect()
    };
    let measures = Measure::ALL.iter().enumerate().map(|(place, &measure)| {
        let all = of(place, i64::MIN, i64::MAX);
        let found = PERCENTS.map(|percent| quantile(&all, percent as usize));
        let quantiles = (!all.is_empty()).then(|| found.map(|found| found.expect("there are runs")));
        EffortMeasure { measure, quantiles, mean: mean(&all) }
    });
    let trend = asked.edges.windows(2).map(|edges| {
        let of_period = |place: usize| of(place, edges[0], edges[1]);
        let measures = (0..Measure::ALL.len()).map(|place| {
            let taken = of_period(place);
            quantile(&taken, 50).zip(mean(&taken))
        });
        EffortPeriod { runs: of_period(0).len() as u64, measures: measures.collect() }
    });
    let measures = measures.collect();
    Effort { runs: runs.len() as u64, customers, unfinished, measures, trend: trend.collect() }
}

impl AskedEffort<'_> {
    fn begins(&self, journey: LivedJourney<'_>, event: usize) -> bool {
        self.start.is_none_or(|start| start.contains(&journey.activity[event]))
    }

    /// The events of each run.
    pub fn runs(&self, journey: LivedJourney<'_>) -> Vec<Vec<usize>> {
        let mut runs = Vec::new();
        let mut next = 0;
        while let Some(begin) = (next..journey.len()).find(|&event| self.begins(journey, event)) {
            let first = if self.start.is_some() { begin + 1 } else { begin };
            let Some(end) = (first..journey.len()).find(|&event| self.goal.contains(&journey.activity[event])) else {
                break;
            };
            runs.push((begin..=end).collect());
            next = end + 1;
        }
        runs
    }

    /// Each measure of a run.
    pub fn measure(&self, journey: LivedJourney<'_>, run: &[usize]) -> Vec<i64> {
        let at = |event: usize| journey.occurred_at[event];
        let channels: Vec<u8> =
            run.iter().map(|&event| journey.channel[event]).filter(|&code| code != LivedJourney::NO_CHANNEL).collect();
        let count = |codes: &[u16]| run.iter().filter(|&&event| codes.contains(&journey.activity[event])).count();
        let waits = run.iter().filter_map(|&event| self.waits.of(journey, event));
        // What the last event of a run waits for belongs to no run.
        let waiting = waits.filter(|(_, _, with)| run.contains(with));
        vec![
            run.len() as i64,
            count(self.contacts) as i64,
            channels.iter().collect::<BTreeSet<_>>().len() as i64,
            channels.windows(2).filter(|pair| pair[0] != pair[1]).count() as i64,
            waiting.map(|(_, lasted_ms, _)| lasted_ms).sum(),
            at(run[run.len() - 1]) - at(run[0]),
        ]
    }
}
