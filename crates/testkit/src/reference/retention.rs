//! Retention by asking each customer about each period.

use journey::retention::{Cohort, Retained, Retention, Return};

use crate::log::Log;

/// A question about retention.
#[derive(Clone, Debug)]
pub struct AskedRetention {
    /// In order, none twice, at least two.
    pub edges: Vec<i64>,
    /// None for any activity.
    pub start: Option<Vec<u16>>,
    /// None for any activity.
    pub back: Option<Vec<u16>>,
    pub rule: Return,
    pub most_after: usize,
    pub known_until_ms: i64,
}

/// Who came back, by its definition.
pub fn retention(log: &Log, asked: &AskedRetention) -> Retention {
    let periods: Vec<(i64, i64)> = asked.edges.iter().copied().zip(asked.edges.iter().copied().skip(1)).collect();
    let fits = |wanted: &Option<Vec<u16>>, activity: u16| wanted.as_ref().is_none_or(|it| it.contains(&activity));
    let mut cohorts = Vec::new();
    for (cohort, (from, to)) in periods.iter().enumerate() {
        let mut customers = 0;
        let offsets = (periods.len() - cohort).min(asked.most_after + 1);
        let mut returned = vec![0; offsets];
        for journey in log.journeys() {
            let Some(start) = (0..journey.len()).find(|event| fits(&asked.start, journey.activity[*event])) else {
                continue;
            };
            if !(*from..*to).contains(&journey.occurred_at[start]) {
                continue;
            }
            customers += 1;
            for (offset, returned) in returned.iter_mut().enumerate() {
                let begin = periods[cohort + offset].0;
                let end = match asked.rule {
                    Return::Exactly => periods[cohort + offset].1,
                    Return::OnOrAfter => periods[periods.len() - 1].1,
                };
                let is_return = |event: usize| {
                    (begin..end).contains(&journey.occurred_at[event]) && fits(&asked.back, journey.activity[event])
                };
                *returned += u64::from((start + 1..journey.len()).any(is_return));
            }
        }
        cohorts.push(Cohort { customers, returned });
    }
    let periods_over = periods.iter().filter(|(_, end)| *end <= asked.known_until_ms).count();
    let retained = |offset: usize| {
        let old_enough: Vec<&Cohort> = cohorts
            .iter()
            .enumerate()
            .filter(|(cohort, it)| it.customers > 0 && cohort + offset < periods_over)
            .map(|(_, it)| it)
            .collect();
        Retained {
            cohorts: old_enough.len() as u64,
            customers: old_enough.iter().map(|cohort| cohort.customers).sum(),
            returned: old_enough.iter().map(|cohort| cohort.returned[offset]).sum(),
        }
    };
    let offsets = periods.len().min(asked.most_after + 1);
    Retention { curve: (0..offsets).map(retained).collect(), cohorts, periods_over }
}
