//! The timeline as it is now: the projection on disk, and over it what has happened since.
//!
//! Events since the projection was written, and customers that identity has changed since, are the *overlay*. A snapshot
//! sorts the overlay once by customer; where a customer has both, the two are merged while the customer is folded.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use domain::ports::Files;
use domain::{Result, StoredEvent};
use journey::Needs;
use rustc_hash::FxHashMap;

use super::base::{Base, BaseWriter, fingerprint_of};
use super::snapshot::{Lived, Overlay, Timeline};
use super::step::{Steps, TimelineStep};
use super::values::PropertyValues;
use crate::log::identity::Reassignment;
use crate::log::{lock, read_lock, write_lock};

struct StepBatch {
    max_seq: u64,
    steps: Steps,
}

struct Live {
    base: Arc<Base>,
    batches: Vec<Arc<StepBatch>>,
    /// Customers of the nodes that are not their own customer.
    customers: Arc<FxHashMap<u64, u64>>,
    /// Customers that identity changed since the projection was written, with the version that did.
    moved: Arc<FxHashMap<u64, u64>>,
    version: u64,
    overlay_events: usize,
}

pub struct LiveTimeline {
    files: Arc<dyn Files>,
    dir: PathBuf,
    /// The laid-out properties; grows as events bring new values.
    values: Arc<PropertyValues>,
    live: RwLock<Live>,
    /// The latest snapshot, for questions that follow each other while nothing arrives.
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
        let moved = if is_as_laid_out { FxHashMap::default() } else { find_moved(&base, &customers)? };
        let live = Live {
            base: Arc::new(base),
            batches: Vec::new(),
            customers: Arc::new(customers),
            moved: Arc::new(moved),
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
            let moved = Arc::make_mut(&mut live.moved);
            for change in moves {
                moved.insert(change.from, version);
                moved.insert(change.to, version);
            }
        }
        if !steps.is_empty() {
            live.overlay_events += steps.steps.len();
            live.batches.push(Arc::new(StepBatch { max_seq, steps }));
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
        // Nothing of the old one is needed while the new one is made.
        *latest = None;
        let timeline = self.build(u64::MAX)?;
        *latest = Some(timeline.clone());
        Ok(timeline)
    }

    fn build(&self, max_seq: u64) -> Result<Timeline> {
        let (base, batches, customers, moved, version) = {
            let live = read_lock(&self.live);
            let batches: Vec<_> = live.batches.iter().filter(|batch| batch.max_seq <= max_seq).cloned().collect();
            (live.base.clone(), batches, live.customers.clone(), live.moved.clone(), live.version)
        };
        let customer_of = |node: u64| customers.get(&node).copied().unwrap_or(node);
        let property_count = self.values.len();
        let mut overlay = Overlay {
            events: Vec::with_capacity(batches.iter().map(|batch| batch.steps.steps.len()).sum()),
            codes: Vec::with_capacity(batches.iter().map(|batch| batch.steps.codes.len()).sum()),
        };
        for batch in &batches {
            for step in &batch.steps.steps {
                let row = overlay.events.len() as u32;
                let TimelineStep { node, occurred_at, seq, activity, unit, channel } = *step;
                let customer = customer_of(node);
                overlay.events.push(Lived { customer, occurred_at, seq, node, row, activity, unit, channel });
            }
            overlay.codes.extend_from_slice(&batch.steps.codes);
        }
        let mut dissolved: Vec<u64> = Vec::new();
        for customer in moved.keys() {
            let Some(columns) = base.find(*customer)? else { continue };
            dissolved.push(*customer);
            for index in 0..columns.seq.len() {
                let row = overlay.events.len() as u32;
                overlay.events.push(Lived {
                    customer: customer_of(columns.node[index]),
                    occurred_at: columns.occurred_at[index],
                    seq: columns.seq[index],
                    node: columns.node[index],
                    row,
                    activity: columns.activity[index],
                    unit: columns.unit[index],
                    channel: columns.channel[index],
                });
                overlay.codes.extend((0..property_count).map(|property| columns.properties.column(property)[index]));
            }
        }
        overlay.events.sort_unstable_by_key(|lived| (lived.customer, lived.occurred_at, lived.seq));
        dissolved.sort_unstable();
        Ok(Timeline::new(base, self.values.clone(), overlay, dissolved, version))
    }

    /// Writes the projection anew where something changed, from events up to `covered_seq` (all of them in chunks).
    /// Customers that nothing touched are copied; ranges without any change are kept.
    pub fn rewrite(&self, covered_seq: u64) -> Result<()> {
        let identity_fingerprint = fingerprint_of(read_lock(&self.live).customers.clone().iter());
        let snapshot = self.build(covered_seq)?;
        if covered_seq == snapshot.base().covered_seq && !snapshot.has_overlay() {
            return Ok(());
        }
        let mut writer = BaseWriter::new(&self.files, &self.dir, self.next_generation()?, &self.values);
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
        Arc::make_mut(&mut live.moved).retain(|_, moved_version| *moved_version > version);
        live.version += 1;
        Ok(())
    }

    /// One more than any generation on the disk: a file name is never used twice.
    fn next_generation(&self) -> Result<u64> {
        let listed = self.files.list(&self.dir).map_err(|cause| crate::log::io_error("list", &self.dir, cause))?;
        let generations = listed.iter().filter_map(|path| {
            let name = path.file_name()?.to_string_lossy().into_owned();
            u64::from_str_radix(name.split('-').next()?, 16).ok()
        });
        Ok(generations.max().unwrap_or(0) + 1)
    }

    /// Verifies every file of the projection; a sentence for each fault.
    pub fn verify(&self) -> Vec<String> {
        let base = read_lock(&self.live).base.clone();
        let ranges = base.ranges.iter().filter_map(|range| range.verify_all().err());
        let values = base.verify_values(&*self.files, &self.dir).err();
        ranges.chain(values).map(|error| error.to_string()).collect()
    }
}

/// Customers whose events the projection has in another place than identity says now.
fn find_moved(base: &Base, customers: &FxHashMap<u64, u64>) -> Result<FxHashMap<u64, u64>> {
    let mut moved = FxHashMap::default();
    for range in &base.ranges {
        range.verify_all()?;
        let (columns, offsets) = (range.columns(Needs::EVERY_CUSTOMER), range.offsets());
        for (index, customer) in range.customers().iter().enumerate() {
            for node in &columns.node[offsets[index] as usize..offsets[index + 1] as usize] {
                let now = customers.get(node).unwrap_or(node);
                if now != customer {
                    moved.insert(*customer, 0);
                    moved.insert(*now, 0);
                }
            }
        }
    }
    Ok(moved)
}
