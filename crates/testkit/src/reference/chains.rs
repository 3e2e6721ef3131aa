//! Funnels with options, by listing every chain that there is.

use journey::LivedJourney;
use journey::funnel::{
    CountedBy, Funnel, FunnelCondition, FunnelEntries, FunnelOptions, FunnelStep, StepOrder, WindowFrom,
};

use super::{fits, mean, quantile};
use crate::log::Log;

/// A question with its options.
pub struct Asked<'a> {
    pub steps: &'a [FunnelCondition],
    pub window_ms: i64,
    pub options: &'a FunnelOptions,
}

/// A funnel by listing every chain. Shares of entries are left out.
pub fn funnel(log: &Log, asked: &Asked<'_>) -> Funnel {
    let count = asked.steps.len();
    let (mut customers, mut entries, mut times) = (vec![0; count], vec![0; count], vec![Vec::new(); count]);
    for journey in log.journeys() {
        let chains = asked.list_chains(journey);
        let runs = match asked.options.counted_by {
            CountedBy::Customer => vec![chains],
            CountedBy::Entry => asked.split_into_entries(journey, &chains),
        };
        let deepest = runs.iter().map(|run| depth(run)).max().unwrap_or(0);
        customers[..deepest].iter_mut().for_each(|customers| *customers += 1);
        for run in runs {
            for step in 0..depth(&run) {
                entries[step] += 1;
                if step > 0 && asked.options.order != StepOrder::AnyOrder {
                    times[step].push(gap_ms(journey, &run, step));
                }
            }
        }
    }
    let is_by_entry = asked.options.counted_by == CountedBy::Entry;
    let answers = asked.steps.iter().enumerate().map(|(step, condition)| FunnelStep {
        activity: condition.activity,
        customers: customers[step],
        entries: is_by_entry.then_some(FunnelEntries { count: entries[step], share: None }),
        median_ms: quantile(&times[step], 50),
        p90_ms: quantile(&times[step], 90),
        mean_ms: mean(&times[step]),
    });
    Funnel { customers: customers[0], steps: answers.collect() }
}

/// How deep a customer came, the event of it, and the latest first step with which a chain there began.
pub fn arrival(journey: LivedJourney<'_>, asked: &Asked<'_>) -> Option<(usize, usize, usize)> {
    let chains = asked.list_chains(journey);
    let deepest = depth(&chains);
    let event = chains.iter().filter(|chain| chain.len() == deepest).map(|chain| last(chain)).min()?;
    let began = match asked.options.order {
        StepOrder::AnyOrder => (0..=event).rev().find(|&first| fits(journey, first, &asked.steps[0])),
        _ => chains.iter().filter(|chain| chain.len() == deepest && last(chain) == event).map(|chain| chain[0]).max(),
    };
    Some((deepest, event, began.expect("a chain has begun")))
}

fn depth(chains: &[Vec<usize>]) -> usize {
    chains.iter().map(Vec::len).max().unwrap_or(0)
}

/// The event with which a chain came as far as it did.
fn last(chain: &[usize]) -> usize {
    chain.iter().copied().max().expect("a chain has events")
}

/// From the latest step before, of the chains that take the step first.
fn gap_ms(journey: LivedJourney<'_>, chains: &[Vec<usize>], step: usize) -> i64 {
    let there = || chains.iter().filter(|chain| chain.len() == step + 1);
    let event = there().map(|chain| chain[step]).min().expect("the step was reached");
    let before = there().filter(|chain| chain[step] == event).map(|chain| chain[step - 1]).max();
    journey.occurred_at[event] - journey.occurred_at[before.expect("there is such a chain")]
}

impl Asked<'_> {
    /// Every chain of one event or more; each beginning of a chain is a chain too.
    fn list_chains(&self, journey: LivedJourney<'_>) -> Vec<Vec<usize>> {
        let mut chains: Vec<Vec<usize>> = Vec::new();
        let mut ends: Vec<Vec<usize>> = vec![Vec::new()];
        while let Some(chain) = ends.pop() {
            if chain.len() < self.steps.len() {
                let next = (0..journey.len()).filter(|&event| self.continues(journey, &chain, event));
                let longer = next.map(|event| chain.iter().copied().chain([event]).collect::<Vec<usize>>());
                ends.extend(longer);
            }
            if !chain.is_empty() {
                chains.push(chain);
            }
        }
        chains
    }

    /// Whether a chain can take its next step with an event.
    fn continues(&self, journey: LivedJourney<'_>, chain: &[usize], event: usize) -> bool {
        if !fits(journey, event, &self.steps[chain.len()]) {
            return false;
        }
        let at = |event: usize| journey.occurred_at[event];
        let Some(&before) = chain.last() else { return true };
        match self.options.order {
            StepOrder::AnyOrder => {
                let all = || chain.iter().copied().chain([event]).map(at);
                let takes_ms = all().max().expect("not empty") - all().min().expect("not empty");
                !chain.contains(&event) && takes_ms <= self.window_ms
            }
            StepOrder::Strict => event == before + 1 && self.is_in_time(journey, chain, at(event)),
            StepOrder::AnyBetween => {
                let is_ended = (before + 1..event).any(|between| self.ends(journey, chain, between));
                before < event && self.is_in_time(journey, chain, at(event)) && !is_ended
            }
        }
    }

    fn is_in_time(&self, journey: LivedJourney<'_>, chain: &[usize], at: i64) -> bool {
        let from = match self.options.window_from {
            WindowFrom::FirstStep => chain[0],
            WindowFrom::StepBefore => chain[chain.len() - 1],
        };
        at - journey.occurred_at[from] <= self.window_ms
    }

    /// Whether an event after the chain is one that must not happen there.
    fn ends(&self, journey: LivedJourney<'_>, chain: &[usize], event: usize) -> bool {
        let mut exclusions = self.options.exclusions.iter();
        exclusions.any(|exclusion| exclusion.after_step == chain.len() && fits(journey, event, &exclusion.condition))
    }

    /// Whether a chain can still go on after an event, which it does not take.
    fn can_go_on_after(&self, journey: LivedJourney<'_>, chain: &[usize], event: usize) -> bool {
        let in_time = self.is_in_time(journey, chain, journey.occurred_at[event]);
        let is_ended = (chain[chain.len() - 1] + 1..=event).any(|between| self.ends(journey, chain, between));
        chain.len() < self.steps.len() && in_time && !is_ended && self.options.order != StepOrder::Strict
    }

    /// The chains of each entry, one entry after the other.
    fn split_into_entries(&self, journey: LivedJourney<'_>, chains: &[Vec<usize>]) -> Vec<Vec<Vec<usize>>> {
        let mut entries = Vec::new();
        let mut from = 0;
        while let Some(begin) = (from..journey.len()).find(|&event| fits(journey, event, &self.steps[0])) {
            let inside = |chain: &&Vec<usize>, end: usize| begin <= chain[0] && last(chain) <= end;
            let is_last_step = |event: usize| {
                let there = |chain: &&Vec<usize>| chain.len() == self.steps.len() && last(chain) == event;
                chains.iter().filter(|chain| inside(chain, event)).any(|chain| there(&chain))
            };
            let is_over_before = |event: usize| {
                let mut begun = chains.iter().filter(|chain| inside(chain, event) && chain[0] < event);
                begin < event && !begun.any(|chain| last(chain) == event || self.can_go_on_after(journey, chain, event))
            };
            let end = (begin..journey.len()).find(|&event| is_last_step(event) || is_over_before(event));
            let (last_inside, next) = match end {
                Some(event) if is_last_step(event) => (event, event + 1),
                Some(event) => (event - 1, event),
                None => (journey.len() - 1, journey.len()),
            };
            entries.push(chains.iter().filter(|chain| inside(chain, last_inside)).cloned().collect());
            from = next;
        }
        entries
    }
}
