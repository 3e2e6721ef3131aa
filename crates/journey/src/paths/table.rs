//! Paths and how often they happened, in a bounded number of entries.

use serde::{Deserialize, Serialize};

use crate::sieve::Buckets;
use crate::tally::{Key, Seen, Tally};

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
    Narrow(Tally<u64, Seen>),
    Wide(Tally<u128, Seen>),
    Listed(Tally<Vec<u16>, Seen>),
    /// There are many: all of them by bucket.
    Coarse(Buckets),
}

impl Table {
    /// Paths that are counted one by one.
    pub fn len(&self) -> usize {
        match self {
            Table::Narrow(tally) => tally.len(),
            Table::Wide(tally) => tally.len(),
            Table::Listed(tally) => tally.len(),
            Table::Coarse(_) => 0,
        }
    }

    /// The last place of the sweep that is counted.
    pub fn until(&self) -> u64 {
        match self {
            Table::Narrow(tally) => tally.until(),
            Table::Wide(tally) => tally.until(),
            Table::Listed(tally) => tally.until(),
            Table::Coarse(_) => u64::MAX,
        }
    }

    /// Counts what was counted one by one, and what comes from now on, by bucket.
    pub fn turn_coarse(&mut self) {
        if matches!(self, Table::Coarse(_)) {
            return;
        }
        let counted = std::mem::replace(self, Table::Coarse(Buckets::new()));
        if let Table::Coarse(buckets) = self {
            counted.pour_into(buckets);
        }
    }

    /// Adds what was counted of other customers; of both by bucket from now on.
    pub fn merge_coarse(&mut self, mut from: Table) {
        if matches!(from, Table::Coarse(_)) {
            std::mem::swap(self, &mut from);
        }
        self.turn_coarse();
        if let Table::Coarse(buckets) = self {
            from.pour_into(buckets);
        }
    }

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
