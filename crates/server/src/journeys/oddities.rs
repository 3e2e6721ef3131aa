//! What is odd about the events that an answer is over: times that cannot be, and activities that look like two spellings of
//! one. Both are known for nothing where an answer counts its events anyway; otherwise they are kept from question to
//! question.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use domain::Result;
use domain::time::HOUR_MS;
use events::names::Names;
use journey::{LivedJourney, Operator, Step, run};
use serde::{Deserialize, Serialize};

use super::moment::Moment;
use crate::finding::FindingDto;
use crate::organisation::{EARLIEST_MS, Spellings};
use crate::waiting::Watched;

/// Activities, or pairs of them, that a finding names; the others are counted.
const NAMED: usize = 3;
/// Up to so many events are counted again whenever some have come: that takes a few milliseconds.
const FEW: u64 = 1_000_000;
/// How long a count stays that takes longer, or of what has not changed.
const KEPT: Duration = Duration::from_secs(60);

/// Events by activity that happened before 2000 or are still to come.
pub type Impossible = BTreeMap<u16, u64>;

/// What was found of all events, for the next question.
#[derive(Debug, Default)]
pub struct KnownOddities {
    times: Mutex<Option<KnownTimes>>,
    spellings: Mutex<Spellings>,
}

#[derive(Debug)]
struct KnownTimes {
    impossible: Impossible,
    of_events: u64,
    counted_at: Instant,
}

impl KnownOddities {
    /// Of all events, of which there are so many. Of more than a million, what came within the last minute may be missing.
    pub fn impossible_times(
        &self,
        timeline: &Watched<'_>,
        of_events: u64,
        now_ms: i64,
        threads: usize,
    ) -> Result<Impossible> {
        let times = || self.times.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = times().as_ref() {
            let is_same = known.of_events == of_events;
            if (is_same || known.of_events > FEW) && known.counted_at.elapsed() < KEPT {
                return Ok(known.impossible.clone());
            }
        }
        // Others do not wait meanwhile: who leaves does not take the count of somebody else along.
        let counted_at = Instant::now();
        let impossible = run(Count::until(now_ms), timeline, threads)?.impossible();
        *times() = Some(KnownTimes { impossible: impossible.clone(), of_events, counted_at });
        Ok(impossible)
    }

    /// Pairs of activities by code.
    fn list_alike(&self, names: &Names) -> Vec<(u16, u16)> {
        let mut spellings = self.spellings.lock().unwrap_or_else(PoisonError::into_inner);
        // What is not told apart is no name.
        let own = |(_, name): (u32, &str)| if name == events::names::OTHER { String::new() } else { name.to_owned() };
        let known = spellings.len();
        spellings.learn(names.activities.iter().skip(known).map(own).collect());
        let code = |place: usize| u16::try_from(place).ok();
        spellings.alike().iter().filter_map(|&(one, other)| Some((code(one)?, code(other)?))).collect()
    }
}

/// How many events and customers a question is over, and how many of the events cannot have happened when they say.
pub struct Count {
    latest_ms: i64,
}

impl Count {
    /// Whatever happened more than an hour after `now_ms` is still to come.
    pub fn until(now_ms: i64) -> Count {
        Count { latest_ms: now_ms.saturating_add(HOUR_MS) }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Census {
    pub events: u64,
    pub customers: u64,
    /// Events before 2000, by activity.
    early: Impossible,
    /// Events that are still to come, by activity.
    future: Impossible,
}

impl Census {
    /// What is known without counting.
    pub fn of(events: u64, customers: u64) -> Census {
        Census { events, customers, ..Census::default() }
    }

    /// Events that cannot have happened when they say. Where most are from before 2000, that is when it was.
    pub fn impossible(self) -> Impossible {
        let is_history = self.early.values().sum::<u64>() > self.events / 2;
        let mut impossible = self.future;
        if !is_history {
            add(&mut impossible, self.early);
        }
        impossible
    }
}

fn add(into: &mut Impossible, from: Impossible) {
    for (activity, events) in from {
        *into.entry(activity).or_default() += events;
    }
}

impl Operator for Count {
    type Partial = Census;
    type Output = Census;

    fn start(&self) -> Census {
        Census::default()
    }

    fn fold(&self, census: &mut Census, customer: LivedJourney<'_>) {
        census.events += customer.len() as u64;
        census.customers += u64::from(!customer.is_empty());
        // Events come in order of time: the first and the last say whether there is anything to count.
        let at = customer.occurred_at;
        let (Some(first), Some(last)) = (at.first(), at.last()) else { return };
        if *first >= EARLIEST_MS && *last < self.latest_ms {
            return;
        }
        for (at, activity) in at.iter().zip(customer.activity) {
            if *at < EARLIEST_MS {
                *census.early.entry(*activity).or_default() += 1;
            } else if *at >= self.latest_ms {
                *census.future.entry(*activity).or_default() += 1;
            }
        }
    }

    fn merge(&self, into: &mut Census, from: Census) {
        into.events += from.events;
        into.customers += from.customers;
        add(&mut into.early, from.early);
        add(&mut into.future, from.future);
    }

    fn finish(self, census: Census) -> Step<Self> {
        Step::Done(census)
    }
}

impl Moment {
    /// What is odd about these events and the names of their activities; of some activities only where `about` says which.
    pub(super) fn find_oddities(&self, impossible: &Impossible, about: Option<&[u16]>) -> Vec<FindingDto> {
        let is_about = |code: u16| about.is_none_or(|about| about.contains(&code));
        let mut findings = Vec::new();
        let mut by_activity = Impossible::new();
        for (code, events) in impossible {
            let code = self.vocabulary.counts_as(*code);
            if is_about(code) {
                *by_activity.entry(code).or_default() += events;
            }
        }
        let mut counted: Vec<(u64, String)> =
            by_activity.into_iter().map(|(code, events)| (events, self.vocabulary.label(code))).collect();
        counted.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        if !counted.is_empty() {
            let events: u64 = counted.iter().map(|(events, _)| events).sum();
            let named = list(counted.iter().map(|(_, name)| format!("`{name}`")).collect());
            let detail = format!(
                "{events} events of {named} happened before 2000 or are still to come; look at the clock of their source"
            );
            findings.push(FindingDto { code: "impossible_times", detail });
        }
        let mut alike = Vec::new();
        for (one, other) in self.app.oddities.list_alike(&self.names) {
            let counts = |code: u16| self.vocabulary.counts_as(code) == code && self.vocabulary.is_seen(code);
            if counts(one) && counts(other) && (is_about(one) || is_about(other)) {
                alike.push(format!("`{}` and `{}`", self.vocabulary.label(one), self.vocabulary.label(other)));
            }
        }
        if !alike.is_empty() {
            let detail = format!(
                "{} look like two spellings of one activity and count as two; if they are one, make one of them an alias in \
                 the catalogue of activities",
                list(alike)
            );
            findings.push(FindingDto { code: "two_spellings", detail });
        }
        findings
    }
}

/// The first few, and how many more there are.
fn list(mut named: Vec<String>) -> String {
    let others = named.len().saturating_sub(NAMED);
    named.truncate(NAMED);
    let named = named.join(", ");
    if others > 0 { format!("{named} and {others} more") } else { named }
}
