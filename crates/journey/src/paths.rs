//! Paths: an activity and what directly follows it, every time it happens.
//!
//! Each occurrence of the activity begins one path, so that paths may overlap. An occurrence with too few followers is
//! no path; it is part of the tail, as are the paths that are not among the most frequent.
//!
//! A [`PathShape`] can hold paths at their last activity, at one in the middle or at the beginning, keep them within a
//! visit, and count what repeats itself once. What directly follows an activity has a fold of its own.

mod shape;
mod table;

use std::cmp::Reverse;

use domain::error::Result;
use serde::{Deserialize, Serialize};

pub(crate) use self::shape::PathRoom;
pub use self::shape::{PathAnchor, PathScope, PathShape, TakenPath};
use self::table::{Counted, KeyKind, Table};
use crate::gather::positions_of;
use crate::needs::Needs;
use crate::operator::{JourneyBatch, LivedJourney, Operator, Span, Step};
use crate::sieve::Sieve;
use crate::tally::{Key, Seen, Sweep, Tally};

/// Activities that a path may have.
pub const MAX_LENGTH: usize = 64;

/// Bytes of the table of paths of a partial result, copies of long paths included.
const DEFAULT_TABLE_BYTES: usize = 52 << 20;

/// The question: which paths are the most frequent?
#[derive(Debug)]
pub struct PathsQuestion {
    shape: PathShape,
    top: usize,
    code_bits: u32,
    path_limit: usize,
    /// Paths up to which all are counted one by one; none for the usual number.
    open_paths: Option<usize>,
    sieve: Sieve,
    sweep: Sweep,
    /// The most frequent paths of earlier sweeps.
    best: Vec<Candidate>,
}

/// The most frequent paths, and the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paths {
    /// How often the activity happened at which paths are held; of paths from the start, how many histories (or visits)
    /// there are. The whole of which shares are taken.
    pub occurrences: u64,
    /// The most frequent first; of equally frequent ones, the one with the lower codes.
    pub paths: Vec<Path>,
    pub tail: PathsTail,
}

/// A sequence of activities that follow each other directly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// Codes.
    pub activities: Vec<u16>,
    /// Whether more followed than the length asked for; only of paths from the start.
    pub goes_on: bool,
    /// How often it happened.
    pub count: u64,
    /// Distinct customers who lived it.
    pub customers: u64,
    /// Of all occurrences, 0 to 1.
    pub share: f64,
}

/// All occurrences that are not in the paths shown, those with too few neighbours included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PathsTail {
    pub count: u64,
    /// Of all occurrences, 0 to 1.
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
    #[serde(skip)]
    room: PathRoom,
}

/// A path that may be among the most frequent.
#[derive(Debug)]
struct Candidate {
    path: TakenPath,
    count: u64,
    customers: u32,
}

impl PathsQuestion {
    /// The `top` most frequent paths of `length` activities (1 to 64) that begin with `activity`.
    pub fn new(activity: u16, length: usize, top: usize) -> Result<PathsQuestion> {
        Ok(PathsQuestion::shaped(PathShape::new(PathAnchor::From(activity), length)?, top))
    }

    /// The `top` most frequent paths of a shape.
    pub fn shaped(shape: PathShape, top: usize) -> PathsQuestion {
        let question = PathsQuestion {
            shape,
            top,
            code_bits: 0,
            path_limit: usize::MAX,
            open_paths: None,
            sieve: Sieve::Whole,
            sweep: Sweep::start(1),
            best: Vec::new(),
        };
        question.with_code_bits(u16::BITS)
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

    /// Sets how many paths are counted one by one at once; where there are more, a first pass counts by bucket.
    pub fn with_open_paths(mut self, paths: usize) -> PathsQuestion {
        self.open_paths = Some(paths);
        let code_bits = self.code_bits;
        self.with_code_bits(code_bits)
    }

    /// Codes of a key, at most: the one that all paths share is not in it, and paths from the start say whether they go on.
    fn followers(&self) -> usize {
        match self.shape.held() {
            Some(_) => self.shape.length - 1,
            None => self.shape.length + 1,
        }
    }

    /// Starts over with codes of so many bits.
    fn with_code_bits(mut self, code_bits: u32) -> PathsQuestion {
        self.code_bits = code_bits;
        let entry_bytes = match self.start_table() {
            Table::Narrow(_) => 25,
            Table::Wide(_) => 33,
            Table::Listed(_) => 57 + 2 * self.followers(),
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

    fn key_kind(&self) -> KeyKind {
        let key_bits = self.followers() as u32 * self.code_bits;
        match key_bits {
            _ if self.shape.held().is_none() => KeyKind::Listed,
            0..=64 => KeyKind::Narrow,
            65..=128 => KeyKind::Wide,
            _ => KeyKind::Listed,
        }
    }

    fn start_table(&self) -> Table {
        match self.key_kind() {
            KeyKind::Narrow => Table::Narrow(Counted::new()),
            KeyKind::Wide => Table::Wide(Counted::new()),
            KeyKind::Listed => Table::Listed(Counted::new()),
        }
    }

    /// What directly follows an activity. Where it happens is what a processor cannot guess, so its positions in the whole
    /// batch are gathered first.
    fn fold_plain(&self, partial: &mut PathsPartial, first: u16, batch: JourneyBatch<'_>) {
        let mut room = std::mem::take(&mut partial.room);
        let positions = positions_of(first, batch.activity, batch.extent(), &mut room.positions);
        let mut spans = batch.spans.iter();
        let mut span = Span::default();
        let mut customer_number = partial.customers;
        for &position in positions {
            while position >= span.end
                && let Some(next) = spans.next()
            {
                (span, customer_number) = (*next, customer_number + 1);
            }
            if position < span.begin {
                continue;
            }
            partial.occurrences += 1;
            let followers = position as usize + 1..position as usize + self.shape.length;
            if followers.end <= span.end as usize {
                self.count(partial, customer_number, &batch.activity[followers]);
            }
        }
        partial.customers += batch.spans.len() as u32;
        partial.room = room;
    }

    fn fold_shaped(&self, partial: &mut PathsPartial, customer: LivedJourney<'_>) {
        let mut room = std::mem::take(&mut partial.room);
        let mut key = std::mem::take(&mut room.key);
        partial.customers += 1;
        self.shape.for_each(&customer, &mut room, |path, goes_on| {
            partial.occurrences += 1;
            let Some(path) = path else { return };
            key.clear();
            match self.shape.held() {
                Some((_, before)) => {
                    key.extend(&path[..before]);
                    key.extend(&path[before + 1..]);
                }
                None => {
                    key.push(u16::from(goes_on));
                    key.extend(path);
                }
            }
            self.count(partial, partial.customers, &key);
        });
        room.key = key;
        partial.room = room;
    }

    fn count(&self, partial: &mut PathsPartial, customer_number: u32, followers: &[u16]) {
        partial.code_mask = followers.iter().fold(partial.code_mask, |mask, &code| mask | code);
        let (sieve, sweep) = (&self.sieve, self.sweep);
        match &mut partial.table {
            Table::Narrow(counted) => {
                let key = followers.iter().fold(0, |key: u64, &code| key << self.code_bits | u64::from(code));
                counted.add(sieve, sweep, &key, customer_number);
            }
            Table::Wide(counted) => counted.add(sieve, sweep, &self.pack(followers), customer_number),
            Table::Listed(counted) => counted.add(sieve, sweep, followers, customer_number),
        }
    }

    /// The path of a key.
    fn path_of(&self, mut followers: Vec<u16>) -> TakenPath {
        match self.shape.held() {
            Some((activity, before)) => {
                followers.insert(before.min(followers.len()), activity);
                TakenPath { activities: followers, goes_on: false }
            }
            None => {
                let goes_on = followers.first() == Some(&1);
                TakenPath { activities: followers.split_off(1.min(followers.len())), goes_on }
            }
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
            best.push(Candidate { path: self.path_of(followers(key)), count: seen.events, customers: seen.customers });
            if best.len() >= self.top.saturating_mul(2).saturating_add(1_024) {
                keep_first(best, self.top);
                least = best.iter().map(|candidate| candidate.count).min().unwrap_or(0);
            }
        }
        keep_first(best, self.top);
    }
}

fn keep_first(best: &mut Vec<Candidate>, top: usize) {
    if best.len() > top {
        best.select_nth_unstable_by(top, |a, b| a.rank().cmp(&b.rank()));
        best.truncate(top);
    }
}

impl Candidate {
    /// The most frequent first, then by codes.
    fn rank(&self) -> (Reverse<u64>, &TakenPath) {
        (Reverse(self.count), &self.path)
    }
}

impl Operator for PathsQuestion {
    type Partial = PathsPartial;
    type Output = Paths;

    fn needs(&self) -> Needs {
        self.shape.needs()
    }

    fn start(&self) -> PathsPartial {
        PathsPartial {
            customers: 0,
            occurrences: 0,
            code_mask: 0,
            table: self.start_table(),
            room: PathRoom::default(),
        }
    }

    fn fold(&self, partial: &mut PathsPartial, customer: LivedJourney<'_>) {
        JourneyBatch::of_one(customer, |batch| self.fold_batch(partial, batch));
    }

    fn fold_batch(&self, partial: &mut PathsPartial, batch: JourneyBatch<'_>) {
        match self.shape.anchor {
            PathAnchor::From(activity) if self.shape.is_plain() => self.fold_plain(partial, activity, batch),
            _ => batch.journeys().for_each(|customer| self.fold_shaped(partial, customer)),
        }
    }

    fn merge(&self, into: &mut PathsPartial, from: PathsPartial) {
        into.occurrences += from.occurrences;
        into.code_mask |= from.code_mask;
        let (sieve, sweep) = (&self.sieve, self.sweep);
        match (&mut into.table, from.table) {
            (Table::Narrow(counted), Table::Narrow(other)) => counted.merge(sieve, sweep, other),
            (Table::Wide(counted), Table::Wide(other)) => counted.merge(sieve, sweep, other),
            (Table::Listed(counted), Table::Listed(other)) => counted.merge(sieve, sweep, other),
            _ => unreachable!("all parts of a question have keys of one kind"),
        }
    }

    fn finish(mut self, partial: PathsPartial) -> Step<Self> {
        if u32::from(partial.code_mask) >> self.code_bits != 0 {
            return Step::Again(self.with_code_bits(u16::BITS));
        }
        if !partial.table.holds(self.top) {
            self.sieve = Sieve::after_buckets(self.top, partial.table.into_buckets());
            return Step::Again(self);
        }
        let until = partial.table.until();
        let mut best = std::mem::take(&mut self.best);
        match partial.table {
            Table::Narrow(counted) => self.keep_best(&mut best, counted.exact, |key| self.unpack(u128::from(key))),
            Table::Wide(counted) => self.keep_best(&mut best, counted.exact, |key| self.unpack(key)),
            Table::Listed(counted) => self.keep_best(&mut best, counted.exact, |followers| followers),
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
            .map(|candidate| {
                let TakenPath { activities, goes_on } = candidate.path;
                let customers = u64::from(candidate.customers);
                Path { activities, goes_on, count: candidate.count, customers, share: share(candidate.count) }
            })
            .collect();
        let tail_count = partial.occurrences - paths.iter().map(|path| path.count).sum::<u64>();
        let tail = PathsTail { count: tail_count, share: share(tail_count) };
        Step::Done(Paths { occurrences: partial.occurrences, paths, tail })
    }
}
