//! When events arrived, by source and hour: read from the columns of chunks and from the tail. A chunk never changes, so what
//! it says is read once.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Result;
use domain::time::HOUR_MS;
use rustc_hash::FxHashMap;

use super::shared::Shared;
use super::{file_error, lock, reader};

/// What has arrived from one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// Stored events, of all kinds.
    pub events: u64,
    /// UTC milliseconds.
    pub last_received_at: i64,
    /// The latest time at which one of them happened, in UTC milliseconds.
    pub last_occurred_at: i64,
    /// Events by hour of arrival, in hours since 1970.
    pub hours: BTreeMap<i64, u64>,
}

impl Arrivals {
    fn add(&mut self, received_at: i64, occurred_at: i64) {
        if self.events == 0 {
            self.last_received_at = received_at;
            self.last_occurred_at = occurred_at;
        }
        self.events += 1;
        self.last_received_at = self.last_received_at.max(received_at);
        self.last_occurred_at = self.last_occurred_at.max(occurred_at);
        *self.hours.entry(received_at.div_euclid(HOUR_MS)).or_default() += 1;
    }

    fn merge(&mut self, other: &Arrivals) {
        if self.events == 0 {
            self.clone_from(other);
            return;
        }
        self.events += other.events;
        self.last_received_at = self.last_received_at.max(other.last_received_at);
        self.last_occurred_at = self.last_occurred_at.max(other.last_occurred_at);
        for (hour, events) in &other.hours {
            *self.hours.entry(*hour).or_default() += events;
        }
    }
}

/// By code of the source.
pub type BySource = FxHashMap<u32, Arrivals>;

/// What chunks said, by the name of the file.
pub type KnownArrivals = FxHashMap<String, Arc<BySource>>;

/// Every source that an event has come from, with what has come.
pub fn find_arrivals(shared: &Shared) -> Result<BySource> {
    let (catalogue, names, batches) = reader::moment(shared);
    let mut all = BySource::default();
    let known = lock(&shared.arrivals).clone();
    let mut still_known = KnownArrivals::default();
    for file in reader::chunks(&catalogue) {
        let found = match known.get(&file.name) {
            Some(found) => found.clone(),
            None => {
                let mut found = BySource::default();
                let mut add = |source, received_at, occurred_at| {
                    found.entry(source).or_default().add(received_at, occurred_at);
                };
                reader::open(shared, file)?.for_each_arrival(&names, &mut add).map_err(file_error)?;
                Arc::new(found)
            }
        };
        for (source, arrivals) in found.iter() {
            all.entry(*source).or_default().merge(arrivals);
        }
        still_known.insert(file.name.clone(), found);
    }
    *lock(&shared.arrivals) = still_known;
    for event in batches.iter().flat_map(|batch| &batch.events) {
        let source = u32::try_from(event.source.0).unwrap_or(u32::MAX);
        all.entry(source).or_default().add(event.received_at, event.occurred_at);
    }
    Ok(all)
}
