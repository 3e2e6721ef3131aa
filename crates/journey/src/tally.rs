//! Counts by key in a bounded number of entries. Where they do not fit, several passes sweep the keys.
//!
//! Every key has a *place* on the line of `u64`. A pass counts the keys from [`Sweep::from`] on; when there are too many,
//! the half of them with the higher places is forgotten and waits for a later pass. What a pass keeps is exact and
//! complete, because a key beyond the end of the pass is never counted in it.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// How often something happened, and to how many customers.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub events: u64,
    /// Distinct customers; a partial result holds fewer than 2³².
    pub customers: u32,
    /// Number of the customer who was counted last, so that nobody is counted twice. 0: nobody. Meaningful only inside
    /// the partial result that counted, hence not written.
    #[serde(skip)]
    last_customer: u32,
}

impl Seen {
    /// One more event of the customer with this number. Numbers start at 1 and rise from customer to customer.
    #[inline]
    pub fn mark(&mut self, customer_number: u32) {
        self.events += 1;
        self.meet(customer_number);
    }

    /// The customer with this number is one of them; events are counted apart.
    pub fn meet(&mut self, customer_number: u32) {
        self.customers += u32::from(self.last_customer != customer_number);
        self.last_customer = customer_number;
    }
}

/// What is counted under a key.
pub(crate) trait Total: Default {
    /// Adds what was counted of other customers.
    fn add(&mut self, other: &Self);
}

impl Total for Seen {
    fn add(&mut self, other: &Seen) {
        self.events += other.events;
        self.customers += other.customers;
    }
}

/// A key and its place on the line.
pub(crate) trait Key: Eq + Hash {
    fn place(&self) -> u64;
}

impl Key for u32 {
    fn place(&self) -> u64 {
        u64::from(*self).place()
    }
}

impl Key for u64 {
    /// The finaliser of SplitMix64 (Steele, Lea, Flood, 2014): a bijection that spreads neighbouring keys.
    fn place(&self) -> u64 {
        let first = (*self ^ (*self >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let second = (first ^ (first >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        second ^ (second >> 31)
    }
}

impl Key for u128 {
    fn place(&self) -> u64 {
        let high = (*self >> 64) as u64;
        (*self as u64 ^ high.place()).place()
    }
}

impl Key for Vec<u16> {
    fn place(&self) -> u64 {
        self.as_slice().place()
    }
}

impl Key for [u16] {
    fn place(&self) -> u64 {
        self.iter().fold(0, |state: u64, &code| (state ^ (u64::from(code) + 1)).place())
    }
}

/// Which keys a pass counts, and how many at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sweep {
    /// Keys with a lower place were counted by earlier passes.
    pub from: u64,
    /// Entries in memory at most. A single place is never split, so that every pass gets on.
    pub limit: usize,
}

impl Sweep {
    pub fn start(limit: usize) -> Sweep {
        Sweep { from: 0, limit: limit.max(1) }
    }

    /// The pass after the one that counted up to `until`; `None` when that was the last.
    pub fn after(self, until: u64) -> Option<Sweep> {
        until.checked_add(1).map(|from| Sweep { from, ..self })
    }
}

/// Totals by key for the keys of one pass.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(
    serialize = "K: Serialize, V: Serialize",
    deserialize = "K: Key + Deserialize<'de>, V: Deserialize<'de>"
))]
pub(crate) struct Tally<K, V> {
    entries: FxHashMap<K, V>,
    /// The last place that this pass counts.
    until: u64,
}

impl<K: Key, V: Total> Tally<K, V> {
    pub fn new() -> Tally<K, V> {
        Tally { entries: FxHashMap::default(), until: u64::MAX }
    }

    pub fn until(&self) -> u64 {
        self.until
    }

    /// Keys that were counted.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn into_entries(self) -> impl Iterator<Item = (K, V)> {
        self.entries.into_iter()
    }

    pub fn entries(&self) -> impl Iterator<Item = (&K, &V)> {
        self.entries.iter()
    }

    /// The total of a key that was counted.
    #[inline]
    pub fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.entries.get_mut(key)
    }

    /// Forgets keys that are not wanted, whatever their place.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(&K, &V) -> bool) {
        self.entries.retain(|key, total| is_wanted(key, total));
    }

    /// Changes the total of a key if this pass counts it.
    pub fn update(&mut self, sweep: Sweep, key: K, change: impl FnOnce(&mut V)) {
        if !self.counts(sweep, key.place()) {
            return;
        }
        change(self.entries.entry(key).or_default());
        self.shrink_to(sweep.limit);
    }

    /// The same for a key that is only borrowed: it is copied when it is new.
    pub fn update_borrowed<Q>(&mut self, sweep: Sweep, key: &Q, change: impl FnOnce(&mut V))
    where
        K: std::borrow::Borrow<Q>,
        Q: Key + ToOwned<Owned = K> + ?Sized,
    {
        if !self.counts(sweep, key.place()) {
            return;
        }
        if let Some(total) = self.entries.get_mut(key) {
            return change(total);
        }
        change(self.entries.entry(key.to_owned()).or_default());
        self.shrink_to(sweep.limit);
    }

    pub fn merge(&mut self, sweep: Sweep, from: Tally<K, V>) {
        if from.until < self.until {
            self.end_at(from.until);
        }
        // Room at once: entries that come in the order of one table crowd another one that grows on the way.
        let room = sweep.limit.saturating_sub(self.entries.len()).min(from.entries.len());
        self.entries.reserve(room);
        for (key, total) in from.entries {
            self.update(sweep, key, |sum| sum.add(&total));
        }
    }

    fn counts(&self, sweep: Sweep, place: u64) -> bool {
        sweep.from <= place && place <= self.until
    }

    fn end_at(&mut self, until: u64) {
        self.until = until;
        self.entries.retain(|key, _| key.place() <= until);
    }

    fn shrink_to(&mut self, limit: usize) {
        if self.entries.len() <= limit {
            return;
        }
        let mut places: Vec<u64> = self.entries.keys().map(Key::place).collect();
        let middle = places.len() / 2;
        let (lower, &mut median, _) = places.select_nth_unstable(middle);
        // The highest place below the median ends the pass; keys of one place stay together.
        let end = lower.iter().copied().filter(|&place| place < median).max().unwrap_or(median);
        self.end_at(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts every key as often as it is given, in as many passes as it takes, split over two partial results.
    fn count_in_passes(keys: &[u64], limit: usize) -> (Vec<(u64, u64)>, usize) {
        let mut sweep = Some(Sweep::start(limit));
        let mut counted = Vec::new();
        let mut passes = 0;
        while let Some(current) = sweep {
            passes += 1;
            let mut halves = [Tally::<u64, Seen>::new(), Tally::new()];
            for (number, key) in keys.iter().enumerate() {
                halves[number % 2].update(current, *key, |seen| seen.mark(1));
            }
            let [mut whole, other] = halves;
            whole.merge(current, other);
            assert!(whole.entries.len() <= limit);
            sweep = current.after(whole.until());
            counted.extend(whole.into_entries().map(|(key, seen)| (key, seen.events)));
        }
        counted.sort_unstable();
        (counted, passes)
    }

    #[test]
    fn what_does_not_fit_is_counted_in_later_passes() {
        let keys: Vec<u64> = (0..100).flat_map(|key| std::iter::repeat_n(key, 1 + key as usize % 3)).collect();
        let expected: Vec<(u64, u64)> = (0..100).map(|key| (key, 1 + key % 3)).collect();
        for (limit, fewest_passes) in [(1, 100), (7, 15), (99, 2), (100, 1)] {
            let (counted, passes) = count_in_passes(&keys, limit);
            assert_eq!(counted, expected, "limit {limit}");
            assert!(passes >= fewest_passes, "limit {limit}: {passes} passes");
            assert!(limit < 100 || passes == 1);
        }
    }

    #[test]
    fn keys_of_one_place_stay_together() {
        #[derive(PartialEq, Eq, Hash)]
        struct Crowded(u8);
        impl Key for Crowded {
            fn place(&self) -> u64 {
                u64::from(self.0 / 4)
            }
        }
        let sweep = Sweep::start(2);
        let mut tally = Tally::<Crowded, Seen>::new();
        for number in 0..8 {
            tally.update(sweep, Crowded(number), |seen| seen.mark(1));
        }
        assert_eq!(tally.until(), 0);
        assert_eq!(tally.into_entries().count(), 4);
    }

    #[test]
    fn a_customer_is_counted_once() {
        let mut seen = Seen::default();
        for customer_number in [1, 1, 2, 5, 5] {
            seen.mark(customer_number);
        }
        assert_eq!((seen.events, seen.customers), (5, 3));
    }
}
