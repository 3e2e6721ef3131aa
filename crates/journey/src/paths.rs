//! Paths: an activity and what directly follows it, every time it happens.
//!
//! Each occurrence of the activity begins one path, so that paths may overlap. An occurrence with too few followers is
//! no path; it is part of the tail, as are the paths that are not among the most frequent.

use std::cmp::Reverse;

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::needs::{ActivitySet, Needs};
use crate::operator::{LivedJourney, Operator, Step};
use crate::sieve::{Buckets, Sieve};
use crate::tally::{Key, Seen, Sweep, Tally};

/// Activities that a path may have.
pub const MAX_LENGTH: usize = 64;

/// Bytes of the table of paths of a partial result, copies of long paths included.
const DEFAULT_TABLE_BYTES: usize = 52 << 20;
/// Positions that are looked at together; a power of two.
const CHUNK: usize = 256;

/// The question: which paths start with an activity?
#[derive(Debug)]
pub struct PathsQuestion {
    activity: u16,
    length: usize,
    top: usize,
    code_bits: u32,
    path_limit: usize,
    /// Paths up to which all are counted at once; `None` for the default.
    open_paths: Option<usize>,
    sieve: Sieve,
    sweep: Sweep,
    /// The most frequent paths of earlier sweeps.
    best: Vec<Candidate>,
}

/// The most frequent paths, and the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paths {
    /// How often the first activity happened: the whole of which shares are taken.
    pub occurrences: u64,
    /// The most frequent first; of equally frequent ones, the one with the lower codes.
    pub paths: Vec<Path>,
    pub tail: PathsTail,
}

/// A sequence of activities that follow each other directly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// Codes, beginning with the activity asked for.
    pub activities: Vec<u16>,
    /// How often it happened.
    pub count: u64,
    /// Distinct customers who lived it.
    pub customers: u64,
    /// Of all occurrences of the first activity, 0 to 1.
    pub share: f64,
}

/// All occurrences that are not in the paths shown, those with too few followers included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathsTail {
    pub count: u64,
    /// Of all occurrences of the first activity, 0 to 1.
    pub share: f64,
}

/// What is known after some of the customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct PathsPartial {
    /// Customers with an occurrence so far; the number of the current one.
    customers: u32,
    occurrences: u64,
    /// All bits that occur in a code of a path.
    code_mask: u16,
    table: Table,
}

/// Followers as a key: packed into an integer where they fit, so that counting needs no memory of its own per path.
#[derive(Debug, Serialize, Deserialize)]
enum Table {
    Narrow(Tally<u64, Seen>),
    Wide(Tally<u128, Seen>),
    Listed(Tally<Vec<u16>, Seen>),
    /// There are many: all of them by bucket.
    Coarse(Buckets),
}

/// A path that may be among the most frequent.
#[derive(Debug)]
struct Candidate {
    followers: Vec<u16>,
    count: u64,
    customers: u32,
}

impl PathsQuestion {
    /// The `top` most frequent paths of `length` activities (1 to 64) that begin with `activity`.
    pub fn new(activity: u16, length: usize, top: usize) -> Result<PathsQuestion> {
        if length == 0 || length > MAX_LENGTH {
            return Err(Error::invalid(format!("a path has 1 to {MAX_LENGTH} activities, not {length}")));
        }
        let question = PathsQuestion {
            activity,
            length,
            top,
            code_bits: 0,
            path_limit: usize::MAX,
            open_paths: None,
            sieve: Sieve::Whole,
            sweep: Sweep::start(1),
            best: Vec::new(),
        };
        Ok(question.with_code_bits(u16::BITS))
    }

    /// Says how many activities the dictionary has, so that longer paths fit a small key. A code beyond is no mistake:
    /// the question starts again without that knowledge.
    pub fn with_activity_count(self, activities: usize) -> PathsQuestion {
        let largest_code = u16::try_from(activities.saturating_sub(1)).unwrap_or(u16::MAX);
        self.with_code_bits((u16::BITS - largest_code.leading_zeros()).max(1))
    }

    /// Sets how many paths a partial result may hold, by default as many as fit 52 MB. What does not fit takes further
    /// passes.
    pub fn with_path_limit(mut self, paths: usize) -> PathsQuestion {
        self.path_limit = paths;
        let code_bits = self.code_bits;
        self.with_code_bits(code_bits)
    }

    /// Sets how many paths are counted exactly from the start; where there are more, a first pass counts by bucket.
    pub fn with_open_paths(mut self, paths: usize) -> PathsQuestion {
        self.open_paths = Some(paths);
        let code_bits = self.code_bits;
        self.with_code_bits(code_bits)
    }

    fn followers(&self) -> usize {
        self.length - 1
    }

    /// Starts over with codes of so many bits.
    fn with_code_bits(mut self, code_bits: u32) -> PathsQuestion {
        self.code_bits = code_bits;
        let entry_bytes = match self.start_table() {
            Table::Narrow(_) => 25,
            Table::Wide(_) => 33,
            Table::Listed(_) | Table::Coarse(_) => 57 + 2 * self.followers(),
        };
        // A hash table has a power of two of buckets and grows when seven eighths of them are taken.
        let buckets = 1_usize << (DEFAULT_TABLE_BYTES / entry_bytes).max(8).ilog2();
        self.sweep = Sweep::start(self.path_limit.min(buckets / 8 * 7 - 1));
        self.sieve = match self.open_paths {
            Some(paths) => Sieve::start_with(paths, self.top, self.sweep.limit),
            None => Sieve::start(self.top, self.sweep.limit),
        };
        self.best.clear();
        self
    }

    fn start_table(&self) -> Table {
        match self.followers() as u32 * self.code_bits {
            0..=64 => Table::Narrow(Tally::new()),
            65..=128 => Table::Wide(Tally::new()),
            _ => Table::Listed(Tally::new()),
        }
    }

    /// Counts a path that a customer lived.
    fn count(&self, table: &mut Table, followers: &[u16], customer_number: u32) {
        match table {
            Table::Narrow(tally) => {
                let key = followers.iter().fold(0, |key: u64, &code| key << self.code_bits | u64::from(code));
                if self.sieve.counts(key.place()) {
                    tally.update(self.sweep, key, |seen| seen.mark(customer_number));
                }
            }
            Table::Wide(tally) => {
                let key = self.pack(followers);
                if self.sieve.counts(key.place()) {
                    tally.update(self.sweep, key, |seen| seen.mark(customer_number));
                }
            }
            Table::Listed(tally) => {
                if self.sieve.counts(followers.place()) {
                    tally.update_borrowed(self.sweep, followers, |seen| seen.mark(customer_number));
                }
            }
            Table::Coarse(buckets) => return buckets.add(self.place_of(followers), 1),
        }
        self.turn_coarse_if_overfull(table);
    }

    /// The place of a path on the line, as the table that fits has it.
    fn place_of(&self, followers: &[u16]) -> u64 {
        match self.followers() as u32 * self.code_bits {
            0..=64 => (self.pack(followers) as u64).place(),
            65..=128 => self.pack(followers).place(),
            _ => followers.place(),
        }
    }

    fn turn_coarse_if_overfull(&self, table: &mut Table) {
        let paths = match table {
            Table::Narrow(tally) => tally.len(),
            Table::Wide(tally) => tally.len(),
            Table::Listed(tally) => tally.len(),
            Table::Coarse(_) => 0,
        };
        if self.sieve.is_overfull(paths) {
            let mut buckets = Buckets::new();
            std::mem::replace(table, Table::Coarse(Buckets::new())).pour_into(&mut buckets);
            *table = Table::Coarse(buckets);
        }
    }

    fn pack(&self, followers: &[u16]) -> u128 {
        followers.iter().fold(0, |key, &code| key << self.code_bits | u128::from(code))
    }

    fn unpack(&self, key: u128) -> Vec<u16> {
        let mask = u128::from(u16::MAX) & ((1 << self.code_bits) - 1);
        (0..self.followers() as u32).rev().map(|place| (key >> (place * self.code_bits) & mask) as u16).collect()
    }

    /// Keeps the most frequent of what a pass and those before it counted.
    fn keep_best<K: Key>(&self, best: &mut Vec<Candidate>, counted: Tally<K, Seen>, followers: impl Fn(K) -> Vec<u16>) {
        let mut least = 0;
        for (key, seen) in counted.into_entries() {
            if seen.events < least {
                continue;
            }
            best.push(Candidate { followers: followers(key), count: seen.events, customers: seen.customers });
            if best.len() >= self.top.saturating_mul(2).saturating_add(1_024) {
                keep_first(best, self.top);
                least = best.iter().map(|candidate| candidate.count).min().unwrap_or(0);
            }
        }
        keep_first(best, self.top);
    }
}

impl Table {
    /// Adds what was counted exactly to what is counted by bucket.
    fn pour_into(self, buckets: &mut Buckets) {
        fn pour<K: Key>(tally: Tally<K, Seen>, buckets: &mut Buckets) {
            for (key, seen) in tally.into_entries() {
                buckets.add(key.place(), seen.events);
            }
        }
        match self {
            Table::Narrow(tally) => pour(tally, buckets),
            Table::Wide(tally) => pour(tally, buckets),
            Table::Listed(tally) => pour(tally, buckets),
            Table::Coarse(other) => buckets.merge(&other),
        }
    }
}

/// Calls `each` with every position of an activity, in order, and says how many there are. Positions are gathered without branches first, because where
/// the activity stands is what a processor cannot guess.
fn for_each_position(activities: &[u16], activity: u16, mut each: impl FnMut(usize)) -> usize {
    let mut gathered = [0_u32; CHUNK];
    let mut total = 0;
    for (chunk_number, chunk) in activities.chunks(CHUNK).enumerate() {
        let mut count = 0;
        for (position, found) in (0..).zip(chunk) {
            gathered[count % CHUNK] = position;
            count += usize::from(*found == activity);
        }
        for &position in &gathered[..count] {
            each(chunk_number * CHUNK + position as usize);
        }
        total += count;
    }
    total
}

fn keep_first(best: &mut Vec<Candidate>, top: usize) {
    if best.len() > top {
        best.select_nth_unstable_by(top, |a, b| a.rank().cmp(&b.rank()));
        best.truncate(top);
    }
}

impl Candidate {
    /// The most frequent first, then by codes.
    fn rank(&self) -> (Reverse<u64>, &[u16]) {
        (Reverse(self.count), &self.followers)
    }
}

impl Operator for PathsQuestion {
    type Partial = PathsPartial;
    type Output = Paths;

    fn needs(&self) -> Needs {
        Needs::EVERY_CUSTOMER.only_with(ActivitySet::of([&self.activity]))
    }

    fn start(&self) -> PathsPartial {
        PathsPartial { customers: 0, occurrences: 0, code_mask: 0, table: self.start_table() }
    }

    fn fold(&self, partial: &mut PathsPartial, customer: LivedJourney<'_>) {
        let customer_number = partial.customers + 1;
        let occurrences = for_each_position(customer.activity, self.activity, |position| {
            if let Some(followers) = customer.activity.get(position + 1..position + self.length) {
                partial.code_mask = followers.iter().fold(partial.code_mask, |mask, &code| mask | code);
                self.count(&mut partial.table, followers, customer_number);
            }
        });
        partial.occurrences += occurrences as u64;
        partial.customers += u32::from(occurrences > 0);
    }

    fn merge(&self, into: &mut PathsPartial, from: PathsPartial) {
        into.occurrences += from.occurrences;
        into.code_mask |= from.code_mask;
        match (&mut into.table, from.table) {
            (Table::Narrow(tally), Table::Narrow(other)) => tally.merge(self.sweep, other),
            (Table::Wide(tally), Table::Wide(other)) => tally.merge(self.sweep, other),
            (Table::Listed(tally), Table::Listed(other)) => tally.merge(self.sweep, other),
            (table, from) => {
                let mut buckets = Buckets::new();
                from.pour_into(&mut buckets);
                std::mem::replace(table, Table::Coarse(Buckets::new())).pour_into(&mut buckets);
                *table = Table::Coarse(buckets);
            }
        }
        self.turn_coarse_if_overfull(&mut into.table);
    }

    fn finish(mut self, partial: PathsPartial) -> Step<Self> {
        if u32::from(partial.code_mask) >> self.code_bits != 0 {
            return Step::Again(self.with_code_bits(u16::BITS));
        }
        let until = match &partial.table {
            Table::Narrow(tally) => tally.until(),
            Table::Wide(tally) => tally.until(),
            Table::Listed(tally) => tally.until(),
            Table::Coarse(_) => u64::MAX,
        };
        let mut best = std::mem::take(&mut self.best);
        match partial.table {
            Table::Narrow(tally) => self.keep_best(&mut best, tally, |key| self.unpack(u128::from(key))),
            Table::Wide(tally) => self.keep_best(&mut best, tally, |key| self.unpack(key)),
            Table::Listed(tally) => self.keep_best(&mut best, tally, |followers| followers),
            Table::Coarse(buckets) => {
                self.sieve = Sieve::after_buckets(self.top, buckets);
                return Step::Again(self);
            }
        }
        self.best = best;
        if let Some(sweep) = self.sweep.after(until) {
            self.sweep = sweep;
            return Step::Again(self);
        }
        let least = match self.best.len() < self.top {
            true => 0,
            false => self.best.iter().map(|candidate| candidate.count).min().unwrap_or(0),
        };
        if let Some(sieve) = std::mem::replace(&mut self.sieve, Sieve::Whole).after_count(least) {
            self.sieve = sieve;
            self.sweep = Sweep::start(self.sweep.limit);
            self.best.clear();
            return Step::Again(self);
        }
        self.best.sort_unstable_by(|a, b| a.rank().cmp(&b.rank()));
        let share = |count: u64| if partial.occurrences == 0 { 0.0 } else { count as f64 / partial.occurrences as f64 };
        let paths: Vec<Path> = self
            .best
            .into_iter()
            .map(|candidate| Path {
                activities: std::iter::once(self.activity).chain(candidate.followers).collect(),
                count: candidate.count,
                customers: u64::from(candidate.customers),
                share: share(candidate.count),
            })
            .collect();
        let tail_count = partial.occurrences - paths.iter().map(|path| path.count).sum::<u64>();
        let tail = PathsTail { count: tail_count, share: share(tail_count) };
        Step::Done(Paths { occurrences: partial.occurrences, paths, tail })
    }
}
