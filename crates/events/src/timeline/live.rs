//! The timeline as it is now: the projection on disk, and over it what has happened since.
//!
//! Events since the projection was written, and customers that identity has changed since, are the [`overlay`](super::overlay).
//! Each snapshot adds to the one before what has happened in between; where a customer has events in the projection and
//! over it, the two are merged while the customer is folded.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use domain::ports::Files;
use domain::{Result, StoredEvent};
use journey::Needs;
use rustc_hash::FxHashMap;

use super::base::{Base, BaseWriter, fingerprint_of, next_generation};
use super::snapshot::Timeline;
use super::step::{Steps, TimelineStep};
use super::values::PropertyValues;
use crate::log::identity::Reassignment;
use crate::log::{lock, read_lock, write_lock};

struct StepBatch {
    version: u64,
    max_seq: u64,
    steps: Steps,
}

struct Live {
    base: Arc<Base>,
    batches: Vec<Arc<StepBatch>>,
    /// Customers of the nodes that are not their own customer.
    customers: Arc<FxHashMap<u64, u64>>,
    /// Customers that identity changed since the projection was written, in the order of the versions that did.
    moves: Vec<Move>,
    version: u64,
    overlay_events: usize,
}

#[derive(Clone, Copy)]
struct Move {
    version: u64,
    customer: u64,
}

pub struct LiveTimeline {
    files: Arc<dyn Files>,
    dir: PathBuf,
    /// The laid-out properties; grows as events bring new values.
    values: Arc<PropertyValues>,
    live: RwLock<Live>,
    /// The latest snapshot, to which the next one adds.
    latest: Mutex<Option<Timeline>>,
}

impl LiveTimeline {
    /// `customers`: the nodes that are not their own customer. Whatever the projection places differently is marked.
    /// `values` hold every code in the columns of `base`.
    pub fn new(
        files: Arc<dyn Files>,
        dir: &Path,
        base: Base,
        values: PropertyValues,
        customers: FxHashMap<u64, u64>,
    ) -> Result<LiveTimeline> {
        let is_as_laid_out = base.identity_fingerprint == fingerprint_of(customers.iter());
        let moved = if is_as_laid_out { Vec::new() } else { find_moved(&base, &customers)? };
        let moves = moved.into_iter().map(|customer| Move { version: 1, customer }).collect();
        let live = Live {
            base: Arc::new(base),
            batches: Vec::new(),
            customers: Arc::new(customers),
            moves,
            version: 1,
            overlay_events: 0,
        };
        let values = Arc::new(values);
        Ok(LiveTimeline { files, dir: dir.to_owned(), values, live: RwLock::new(live), latest: Mutex::new(None) })
    }

    /// Whether steps can be made without the properties of their events.
    pub fn has_properties(&self) -> bool {
        !self.values.is_empty()
    }

    /// The steps that events are, with the codes of their laid-out properties.
    pub fn read_steps<'a>(&self, events: impl Iterator<Item = &'a StoredEvent>) -> Steps {
        let mut read = Steps::default();
        for event in events {
            self.read_step(event, &mut read);
        }
        read
    }

    /// Adds an event, if it is a step.
    pub fn read_step(&self, event: &StoredEvent, into: &mut Steps) {
        let Some(step) = TimelineStep::of(event) else { return };
        into.steps.push(step);
        if !self.values.is_empty() {
            self.values.add_codes(&event.properties, &mut into.codes);
        }
    }

    /// Makes a committed group visible. `max_seq` is the last sequence number given so far.
    pub fn publish(&self, steps: Steps, max_seq: u64, moves: &[Reassignment]) {
        if steps.is_empty() && moves.is_empty() {
            return;
        }
        let mut live = write_lock(&self.live);
        live.version += 1;
        let version = live.version;
        if !moves.is_empty() {
            let customers = Arc::make_mut(&mut live.customers);
            for change in moves {
                if change.to == change.node {
                    customers.remove(&change.node);
                } else {
                    customers.insert(change.node, change.to);
                }
            }
            let changed = moves.iter().flat_map(|change| [change.from, change.to]);
            live.moves.extend(changed.map(|customer| Move { version, customer }));
        }
        if !steps.is_empty() {
            live.overlay_events += steps.steps.len();
            live.batches.push(Arc::new(StepBatch { version, max_seq, steps }));
        }
    }

    /// Events that are not in the projection yet, against those that are.
    pub fn sizes(&self) -> (usize, usize) {
        let live = read_lock(&self.live);
        (live.overlay_events, live.base.event_count())
    }

    pub fn covered_seq(&self) -> u64 {
        read_lock(&self.live).base.covered_seq
    }

    pub fn snapshot(&self) -> Result<Timeline> {
        let version = read_lock(&self.live).version;
        let mut latest = lock(&self.latest);
        if let Some(timeline) = latest.as_ref().filter(|timeline| timeline.version() >= version) {
            return Ok(timeline.clone());
        }
        let (timeline, _) = self.build(latest.take(), u64::MAX)?;
        *latest = Some(timeline.clone());
        Ok(timeline)
    }

    /// What is known now of events up to `max_seq`, and the customers by whom it is laid out. What an earlier snapshot of the same
    /// projection knows is not worked out again.
    fn build(&self, earlier: Option<Timeline>, max_seq: u64) -> Result<(Timeline, Arc<FxHashMap<u64, u64>>)> {
        let live = read_lock(&self.live);
        let earlier = earlier
            .filter(|earlier| Arc::ptr_eq(earlier.base(), &live.base))
            .unwrap_or_else(|| Timeline::of_base(live.base.clone(), self.values.clone()));
        let since = live.batches.partition_point(|batch| batch.version <= earlier.version());
        let batches: Vec<_> = live.batches[since..].iter().filter(|batch| batch.max_seq <= max_seq).cloned().collect();
        let since = live.moves.partition_point(|change| change.version <= earlier.version());
        let mut moved: Vec<u64> = live.moves[since..].iter().map(|change| change.customer).collect();
        let (customers, version) = (live.customers.clone(), live.version);
        drop(live);
        moved.sort_unstable();
        moved.dedup();
        let customer_of = |node: u64| customers.get(&node).copied().unwrap_or(node);
        let timeline = earlier.advance(batches.iter().map(|batch| &batch.steps), &moved, customer_of, version)?;
        Ok((timeline, customers))
    }

    /// Writes the projection anew where something changed, from events up to `covered_seq` (all of them in chunks).
    /// Customers that nothing touched are copied; ranges without any change are kept.
    pub fn rewrite(&self, covered_seq: u64) -> Result<()> {
        let (snapshot, customers) = self.build(None, covered_seq)?;
        let identity_fingerprint = fingerprint_of(customers.iter());
        // A merge that comes meanwhile copies what is held.
        drop(customers);
        if covered_seq == snapshot.base().covered_seq && !snapshot.has_overlay() {
            return Ok(());
        }
        let mut writer =
            BaseWriter::new(&self.files, &self.dir, next_generation(&*self.files, &self.dir)?, &self.values);
        for part in 0..snapshot.parts() {
            match snapshot.untouched_range(part) {
                Some(range) => writer.keep(range)?,
                None => {
                    let mut failed = None;
                    snapshot.for_each_columns(part, Needs::EVERYTHING, &mut |customer, columns| {
                        if failed.is_none() {
                            failed = writer.push(customer, columns).err();
                        }
                    })?;
                    if let Some(error) = failed {
                        return Err(error);
                    }
                }
            }
        }
        let base = writer.finish(covered_seq, identity_fingerprint)?;
        base.publish(&*self.files, &self.dir, &self.values)?;
        let version = snapshot.version();
        drop(snapshot);
        lock(&self.latest).take();
        let mut live = write_lock(&self.live);
        live.base = Arc::new(base);
        live.batches.retain(|batch| batch.max_seq > covered_seq);
        live.overlay_events = live.batches.iter().map(|batch| batch.steps.steps.len()).sum();
        live.moves.retain(|change| change.version > version);
        live.version += 1;
        Ok(())
    }

    /// Verifies every file of the projection; a sentence for each fault.
    pub fn verify(&self) -> Vec<String> {
        let base = read_lock(&self.live).base.clone();
        let ranges = base.ranges.iter().filter_map(|range| range.verify_all().err());
        let values = base.verify_values(&*self.files, &self.dir).err();
        ranges.chain(values).map(|error| error.to_string()).collect()
    }
}

/// Customers whose events the projection has in another place than identity says now, and those to whom they go.
fn find_moved(base: &Base, customers: &FxHashMap<u64, u64>) -> Result<Vec<u64>> {
    let mut moved = Vec::new();
    for range in &base.ranges {
        range.verify_all()?;
        let (columns, offsets) = (range.columns(Needs::EVERY_CUSTOMER), range.offsets());
        for (index, customer) in range.customers().iter().enumerate() {
            for node in &columns.node[offsets[index] as usize..offsets[index + 1] as usize] {
                let now = customers.get(node).unwrap_or(node);
                if now != customer {
                    moved.extend([*customer, *now]);
                }
            }
        }
    }
    moved.sort_unstable();
    moved.dedup();
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;

    /// Node 2 goes to customer 1 and back while the projection is written: what the manifest says of identity is what the
    /// ranges were laid out by, or a start would take them for what they are not.
    #[test]
    fn a_projection_bears_the_identities_that_it_was_laid_out_by() {
        let folder = tempfile::tempdir().unwrap();
        let files: Arc<dyn Files> = Arc::new(DiskFiles);
        let (values, customers) = (PropertyValues::new(&[]), FxHashMap::default());
        let live = LiveTimeline::new(files.clone(), folder.path(), Base::default(), values, customers).unwrap();
        let rewrite = |seq: u64| {
            let step = TimelineStep { node: 2, occurred_at: 0, seq, activity: 0, unit: 0, channel: 0 };
            live.publish(Steps { steps: vec![step], codes: Vec::new() }, seq, &[]);
            live.rewrite(seq).unwrap();
            let base = Base::open(&files, folder.path(), None).unwrap().base;
            let [customer] = base.ranges[0].customers() else { panic!("all events are of one") };
            let laid_out = FxHashMap::from_iter((*customer != 2).then_some((2, *customer)));
            assert_eq!(
                base.identity_fingerprint,
                fingerprint_of(laid_out.iter()),
                "rewritten {seq} times: {laid_out:?}"
            );
        };
        std::thread::scope(|scope| {
            let rewriting = scope.spawn(|| (1..=100).for_each(rewrite));
            while !rewriting.is_finished() {
                for (from, to) in [(2, 1), (1, 2)] {
                    live.publish(Steps::default(), 0, &[Reassignment { node: 2, from, to }]);
                    std::thread::yield_now();
                }
            }
        });
    }
}
