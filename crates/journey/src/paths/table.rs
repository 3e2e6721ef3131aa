//! Paths and how often they happened, in a bounded number of entries.

use serde::{Deserialize, Serialize};

use crate::sieve::{Buckets, Sieve};
use crate::tally::{Key, Seen, Sweep, Tally, Total};

/// How the keys of a question are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    Narrow,
    Wide,
    Listed,
}

/// Paths by their key: a path but for the activity that it is held at, packed into an integer where it fits, so that
/// counting needs no memory of its own per path.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Table {
    Narrow(Counted<u64>),
    Wide(Counted<u128>),
    Listed(Counted<Vec<u16>>),
}

impl Table {
    /// The last place of the sweep that is counted.
    pub fn until(&self) -> u64 {
        match self {
            Table::Narrow(counted) => counted.exact.until(),
            Table::Wide(counted) => counted.exact.until(),
            Table::Listed(counted) => counted.exact.until(),
        }
    }

    /// Whether the `top` most frequent are among those counted one by one.
    pub fn holds(&self, top: usize) -> bool {
        match self {
            Table::Narrow(counted) => counted.holds(top),
            Table::Wide(counted) => counted.holds(top),
            Table::Listed(counted) => counted.holds(top),
        }
    }

    /// All of them by bucket.
    pub fn into_buckets(self) -> Buckets {
        match self {
            Table::Narrow(counted) => counted.into_buckets(),
            Table::Wide(counted) => counted.into_buckets(),
            Table::Listed(counted) => counted.into_buckets(),
        }
    }
}

/// Keys counted one by one, and by bucket those for which an open sieve has no room.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "K: Serialize", deserialize = "K: Key + Deserialize<'de>"))]
pub(super) struct Counted<K> {
    pub exact: Tally<K, Seen>,
    /// Every key that is not in `exact`; none while there is no other.
    rest: Option<Buckets>,
}

impl<K: Key> Counted<K> {
    pub fn new() -> Counted<K> {
        Counted { exact: Tally::new(), rest: None }
    }

    /// One more of this key, by the customer with this number.
    #[inline]
    pub fn add<Q>(&mut self, sieve: &Sieve, sweep: Sweep, key: &Q, customer_number: u32)
    where
        K: std::borrow::Borrow<Q>,
        Q: Key + ToOwned<Owned = K> + ?Sized,
    {
        match &mut self.rest {
            Some(rest) => match self.exact.get_mut(key) {
                Some(seen) => seen.mark(customer_number),
                None => rest.add(key.place(), 1),
            },
            None if sieve.counts(key.place()) => {
                self.exact.update_borrowed(sweep, key, |seen| seen.mark(customer_number));
                self.sift(sieve);
            }
            None => {}
        }
    }

    /// Adds what was counted of other customers. One by one is only what both counted one by one: of a key that one of them
    /// has in a bucket nobody knows how much of the bucket it is.
    pub fn merge(&mut self, sieve: &Sieve, sweep: Sweep, mut from: Counted<K>) {
        let rest = match (self.rest.take(), from.rest.take()) {
            (None, None) => {
                self.exact.merge(sweep, from.exact);
                return self.sift(sieve);
            }
            (Some(mut rest), Some(other)) => {
                rest.merge(&other);
                self.exact.retain(|key, seen| {
                    let is_common = from.exact.get_mut(key).is_some();
                    if !is_common {
                        rest.add(key.place(), seen.events);
                    }
                    is_common
                });
                rest
            }
            (None, Some(rest)) => {
                std::mem::swap(&mut self.exact, &mut from.exact);
                rest
            }
            (Some(rest), None) => rest,
        };
        let rest = self.rest.insert(rest);
        for (key, seen) in from.exact.into_entries() {
            match self.exact.get_mut(&key) {
                Some(sum) => sum.add(&seen),
                None => rest.add(key.place(), seen.events),
            }
        }
    }

    /// Where more keys were found than an open sieve counts one by one, only the most frequent of them go on so. What
    /// is frequent among many is frequent among all, and where it is not, another pass finds out.
    fn sift(&mut self, sieve: &Sieve) {
        let Some(most) = sieve.kept_of(self.exact.len()) else { return };
        let mut events: Vec<u64> = self.exact.entries().map(|(_, seen)| seen.events).collect();
        let (_, least, _) = events.select_nth_unstable_by(most, |a, b| b.cmp(a));
        let least = *least;
        let mut rest = Buckets::new();
        self.exact.retain(|key, seen| {
            let is_frequent = seen.events > least;
            if !is_frequent {
                rest.add(key.place(), seen.events);
            }
            is_frequent
        });
        self.rest = Some(rest);
    }

    fn holds(&self, top: usize) -> bool {
        let Some(rest) = &self.rest else { return true };
        let mut events: Vec<u64> = self.exact.entries().map(|(_, seen)| seen.events).collect();
        if top == 0 || events.len() < top {
            return top == 0;
        }
        let (_, least, _) = events.select_nth_unstable_by(top - 1, |a, b| b.cmp(a));
        rest.are_below(*least)
    }

    fn into_buckets(self) -> Buckets {
        let mut buckets = self.rest.unwrap_or_else(Buckets::new);
        for (key, seen) in self.exact.into_entries() {
            buckets.add(key.place(), seen.events);
        }
        buckets
    }
}
