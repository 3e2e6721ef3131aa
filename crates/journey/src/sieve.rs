//! Which keys may be among the most frequent, without a table of all of them.
//!
//! Most paths are rare. A table of all is larger than the caches, and every count waits for memory. So where there are many
//! keys, a first pass goes on counting one by one only those that were frequent in its beginning, and all others by
//! *bucket*, 2¹⁶ numbers that stay in the cache: no key is more frequent than its bucket. When the least of the best is more
//! frequent than every bucket, nothing can have been missed, and one pass was enough. When it is not, a second pass counts
//! exactly, but only the keys of the heaviest buckets, and a third takes in each bucket that is as heavy as the least of
//! the best then. (The bound is that of one row of the count-min sketch of Cormode and Muthukrishnan, 2005; what it lets
//! through is counted, so that the answer is exact.)

use serde::{Deserialize, Serialize};

const BUCKET_BITS: u32 = 16;
const BUCKETS: usize = 1 << BUCKET_BITS;
/// Keys up to which there is nothing to sieve: their table stays in the cache too.
const DEFAULT_OPEN_KEYS: usize = 1 << 13;
/// Buckets that are counted exactly at least, and for each of the most frequent that is asked for.
const LEAST_HEAVY: usize = 1_024;
const HEAVY_FOR_EACH: usize = 4;

/// How often the keys of each bucket happened together. A count that does not fit stays at the largest.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Buckets(Vec<u32>);

impl Buckets {
    pub fn new() -> Buckets {
        Buckets(vec![0; BUCKETS])
    }

    /// Counts a key by its place on the line of `u64`.
    pub fn add(&mut self, place: u64, events: u64) {
        let count = &mut self.0[bucket_of(place) % BUCKETS];
        *count = count.saturating_add(u32::try_from(events).unwrap_or(u32::MAX));
    }

    /// Whether no key of them happened as often as this. The largest count may stand for more.
    pub fn are_below(&self, events: u64) -> bool {
        let heaviest = self.0.iter().copied().max().unwrap_or(0);
        u64::from(heaviest) < events && heaviest < u32::MAX
    }

    pub fn merge(&mut self, from: &Buckets) {
        for (sum, count) in self.0.iter_mut().zip(&from.0) {
            *sum = sum.saturating_add(*count);
        }
    }
}

fn bucket_of(place: u64) -> usize {
    (place >> (u64::BITS - BUCKET_BITS)) as usize
}

/// What a pass does with a key.
#[derive(Debug)]
pub(crate) enum Sieve {
    /// Counts it exactly while there are few `keys`; then only the `kept` most frequent, and the others by bucket.
    Open { keys: usize, kept: usize },
    /// Counts it exactly if its bucket is heavy.
    Heavy(Heavy),
    /// Counts it exactly.
    Whole,
}

/// The buckets that are counted exactly.
#[derive(Debug)]
pub(crate) struct Heavy {
    buckets: Buckets,
    /// A bit for each bucket.
    counted: Vec<u64>,
    /// The most that a bucket has which is not counted.
    left_out: u32,
}

impl Heavy {
    fn above(buckets: Buckets, left_out: u32) -> Heavy {
        let mut counted = vec![0; BUCKETS / 64];
        for (bucket, _) in buckets.0.iter().enumerate().filter(|(_, count)| **count > left_out) {
            counted[bucket / 64] |= 1 << (bucket % 64);
        }
        Heavy { buckets, counted, left_out }
    }

    /// Whether a key at this place is counted.
    pub fn counts(&self, place: u64) -> bool {
        let bucket = bucket_of(place);
        self.counted[bucket / 64 % (BUCKETS / 64)] & (1 << (bucket % 64)) != 0
    }
}

impl Sieve {
    /// The first pass of the search for the `top` most frequent of keys of which a table may hold `limit`.
    pub fn start(top: usize, limit: usize) -> Sieve {
        Sieve::start_with(DEFAULT_OPEN_KEYS, top, limit)
    }

    /// The same, counting by bucket when there are more than `keys`.
    pub fn start_with(keys: usize, top: usize, limit: usize) -> Sieve {
        // Whoever asks for so many of them gets a sieve that holds nothing back. And a table with less room than two that
        // are open and merge would forget keys before they are counted by bucket.
        let has_room = keys < limit && keys.saturating_mul(2) <= limit;
        if heavy_for(top) > BUCKETS / 4 || !has_room {
            Sieve::Whole
        } else {
            Sieve::Open { keys, kept: heavy_for(top).min(keys) }
        }
    }

    /// How many of so many keys an open sieve goes on counting one by one; none where it counts all of them.
    pub fn kept_of(&self, keys: usize) -> Option<usize> {
        match self {
            Sieve::Open { keys: most, kept } if keys > *most => Some(*kept),
            _ => None,
        }
    }

    /// Whether the pass counts a key at this place.
    pub fn counts(&self, place: u64) -> bool {
        match self {
            Sieve::Heavy(heavy) => heavy.counts(place),
            Sieve::Open { .. } | Sieve::Whole => true,
        }
    }

    /// The pass after the one that counted by bucket.
    pub fn after_buckets(top: usize, buckets: Buckets) -> Sieve {
        let mut counts = buckets.0.clone();
        let heaviest = heavy_for(top).min(BUCKETS - 1);
        // The heaviest come first; the one after them is the first that is left out.
        let (_, left_out, _) = counts.select_nth_unstable_by(heaviest, |a, b| b.cmp(a));
        let left_out = *left_out;
        Sieve::Heavy(Heavy::above(buckets, left_out))
    }

    /// The pass that is still needed when the least of the most frequent so far happened `least` times (0 where there are
    /// not as many as asked for); none when nothing can be missing.
    pub fn after_count(self, least: u64) -> Option<Sieve> {
        match self {
            // Of equally frequent keys one that was left out might come first; and the largest count may stand for more.
            Sieve::Heavy(heavy)
                if heavy.left_out > 0 && (least <= u64::from(heavy.left_out) || heavy.left_out == u32::MAX) =>
            {
                let left_out = u32::try_from(least.saturating_sub(1)).unwrap_or(u32::MAX).min(u32::MAX - 1);
                Some(Sieve::Heavy(Heavy::above(heavy.buckets, left_out)))
            }
            _ => None,
        }
    }
}

fn heavy_for(top: usize) -> usize {
    top.saturating_mul(HEAVY_FOR_EACH).max(LEAST_HEAVY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::Key;

    /// Keys that happened so often each, as the buckets of a pass.
    fn buckets(counts: &[(u64, u64)]) -> Buckets {
        let mut buckets = Buckets::new();
        for (key, count) in counts {
            buckets.add(key.place(), *count);
        }
        buckets
    }

    #[test]
    fn the_heaviest_buckets_are_counted_and_the_rest_is_left_out() {
        let counts: Vec<(u64, u64)> = (0..200_000).map(|key| (key, if key < 50 { 1_000 } else { 1 })).collect();
        let sieve = Sieve::after_buckets(50, buckets(&counts));
        assert!(counts[..50].iter().all(|(key, _)| sieve.counts(key.place())));
        let rare = counts[50..].iter().filter(|(key, _)| sieve.counts(key.place())).count();
        assert!(rare < 20_000, "{rare} rare keys are counted");
        assert!(sieve.after_count(1_000).is_none());
    }

    #[test]
    fn a_bucket_as_heavy_as_the_least_of_the_best_is_counted_in_a_further_pass() {
        let counts: Vec<(u64, u64)> = (0..200_000).map(|key| (key, 1 + key % 3)).collect();
        let again = Sieve::after_buckets(10, buckets(&counts)).after_count(3).unwrap();
        assert!(counts.iter().filter(|(_, count)| *count == 3).all(|(key, _)| again.counts(key.place())));
        assert!(again.after_count(3).is_none());
    }

    #[test]
    fn nothing_is_left_out_where_fewer_were_found_than_asked_for() {
        let counts: Vec<(u64, u64)> = (0..9_000).map(|key| (key, 1)).collect();
        let sieve = Sieve::after_buckets(10, buckets(&counts));
        let again = match sieve.after_count(0) {
            Some(again) => again,
            None => Sieve::Whole,
        };
        assert!(counts.iter().all(|(key, _)| again.counts(key.place())));
    }

    #[test]
    fn counts_that_do_not_fit_are_never_light() {
        let mut buckets = Buckets::new();
        buckets.add(7, u64::MAX);
        buckets.add(7, 5);
        let mut other = Buckets::new();
        other.add(7, 1);
        buckets.merge(&other);
        assert!(Sieve::after_buckets(1, buckets).counts(7));
    }

    #[test]
    fn a_small_table_or_a_long_list_is_not_sieved() {
        assert!(matches!(Sieve::start(50, 100), Sieve::Whole));
        assert!(matches!(Sieve::start(10_000, 1 << 20), Sieve::Whole));
        assert!(matches!(Sieve::start(50, 1 << 20), Sieve::Open { .. }));
    }
}
