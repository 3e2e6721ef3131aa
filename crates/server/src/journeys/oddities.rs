//! What is odd about the events that an answer is over: times that cannot be, and activities that look like two spellings of
//! one. Both are known for nothing where an answer counts its events anyway; otherwise they are kept from question to
//! question.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
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
    /// Held by whoever counts them.
    counting: Mutex<()>,
    spellings: Mutex<Spellings>,
}

#[derive(Clone, Debug)]
struct KnownTimes {
    impossible: Impossible,
    of_events: u64,
    counted_at: Instant,
}

impl KnownOddities {
    /// Of all events, of which there are so many. Of more than a million, what came within the last minute may be missing, and what
    /// came while somebody counts anew.
    pub fn impossible_times(
        &self,
        source: &Watched<'_>,
        of_events: u64,
        now_ms: i64,
        threads: usize,
    ) -> Result<Impossible> {
        let known = self.known_times().clone().filter(|known| known.of_events == of_events || known.of_events > FEW);
        if let Some(known) = known.as_ref().filter(|known| known.counted_at.elapsed() < KEPT) {
            return Ok(known.impossible.clone());
        }
        // Who knows an older count neither waits for somebody who counts anew nor counts beside them.
        let counting = match (self.counting.try_lock(), known) {
            (Err(TryLockError::WouldBlock), Some(known)) => return Ok(known.impossible),
            (counting, _) => counting,
        };
        let counted_at = Instant::now();
        let impossible = run(Count::until(now_ms), source, threads)?.impossible();
        *self.known_times() = Some(KnownTimes { impossible: impossible.clone(), of_events, counted_at });
        drop(counting);
        Ok(impossible)
    }

    fn known_times(&self) -> MutexGuard<'_, Option<KnownTimes>> {
        self.times.lock().unwrap_or_else(PoisonError::into_inner)
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use domain::Error;
    use journey::{JourneyBatch, JourneySource, Needs, PropertyColumns};

    use super::*;
    use crate::waiting::Waiting;

    const NOW_MS: i64 = 1_770_000_000_000;
    const MANY: u64 = FEW + 1;

    /// One customer, of whom an event happened before 2000, or two. Says that it is read, and waits.
    struct Held {
        early: usize,
        begin: Sender<()>,
        end: Mutex<Receiver<()>>,
    }

    impl JourneySource for Held {
        type Error = Error;

        fn part_count(&self) -> usize {
            1
        }

        fn for_each_batch(&self, _: usize, _: Needs, each: &mut dyn FnMut(JourneyBatch<'_>)) -> Result<()> {
            self.begin.send(()).unwrap();
            self.end.lock().unwrap().recv().unwrap();
            let mut occurred_at = [NOW_MS; 5];
            occurred_at[..self.early].fill(0);
            let (activity, channel, properties) = (&[7; 5], &[0; 5], PropertyColumns::default());
            let lived =
                LivedJourney { customer: 1, occurred_at: &occurred_at, activity, channel, unit: &[], properties };
            JourneyBatch::of_one(lived, each);
            Ok(())
        }
    }

    /// With both ends: to wait until it is read, and to let it go on.
    fn held(early: usize) -> (Held, Receiver<()>, Sender<()>) {
        let ((begin, begun), (go_on, end)) = (channel(), channel());
        (Held { early, begin, end: Mutex::new(end) }, begun, go_on)
    }

    #[test]
    fn whoever_asks_while_somebody_counts_gets_the_count_before() {
        let (oddities, waiting) = (KnownOddities::default(), Waiting::default());
        let count = |source: &Held, of_events| {
            oddities.impossible_times(&waiting.watch(source), of_events, NOW_MS, 1).unwrap().get(&7).copied()
        };
        let (first, _begun, go_on) = held(1);
        go_on.send(()).unwrap();
        assert_eq!(count(&first, MANY), Some(1));
        let (never_read, _begun, _) = held(2);
        assert_eq!(count(&never_read, MANY + 1), Some(1), "it was counted just now");
        oddities.known_times().as_mut().unwrap().counted_at -= KEPT;

        let (second, begun, go_on) = held(2);
        std::thread::scope(|scope| {
            let counting = scope.spawn(|| count(&second, MANY + 2));
            begun.recv().unwrap();
            assert_eq!(count(&never_read, MANY + 3), Some(1));
            go_on.send(()).unwrap();
            assert_eq!(counting.join().unwrap(), Some(2));
        });
        assert_eq!(count(&never_read, MANY + 4), Some(2));
    }
}
