//! Makes the projection anew from the chunks, without passing the whole log through memory.
//!
//! First the steps of every node are counted, which tells where each range of customers begins and how large it is. Then
//! each row group is read once, from those of the greatest nodes down, and its steps are dealt out to the ranges of their
//! customers. A customer is called by the smallest of its nodes, so no step belongs above its row group: when all row
//! groups that reach into a range are read, the range is complete, and whoever has nothing better to do sorts and writes
//! it. In memory are the ranges being read into and being written, and of each chunk at most the row group that several
//! ranges share; besides four bytes for each node, and as many again where there are merges.

mod dealing;
mod laid_out;
mod sorting;

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};

use domain::ports::{Catalogue, DataFile, DataFileKind, Files, WritableFile};
use domain::{Error, Result};
use rustc_hash::FxHashMap;

use self::dealing::{Block, Dealer};
use self::sorting::Sorter;
use super::base::{Base, RANGE_EVENTS, fingerprint_of, next_generation, range_name};
use super::range::Range;
use super::values::PropertyValues;
use crate::chunk::{ChunkError, ChunkReader, VerifiedChunks};
use crate::log::{file_error, io_error, lock};
use crate::names::Names;

/// More would take memory from those who ask.
const MAX_THREADS: usize = 4;
/// An event has few identifiers that are new.
const MOST_NODES_AN_EVENT: u64 = 16;
const SOME_NODES: u64 = 1 << 20;

/// What a projection is made from.
#[derive(Clone, Copy)]
pub struct Sealed<'a> {
    pub files: &'a Arc<dyn Files>,
    pub events_dir: &'a Path,
    pub catalogue: &'a Catalogue,
    pub verified: &'a VerifiedChunks,
    pub names: &'a Names,
    /// Customers of the nodes that are not their own customer.
    pub customers: &'a FxHashMap<u64, u64>,
}

/// Why there is no projection.
#[derive(Debug)]
pub enum Unmade {
    /// A chunk cannot be read.
    Unreadable(Error),
    /// The projection cannot be written.
    Unwritten(Error),
    /// Nodes are numbered with gaps that no log leaves, so that nothing can be counted by their numbers.
    Sparse,
}

impl From<ChunkError> for Unmade {
    fn from(error: ChunkError) -> Unmade {
        Unmade::Unreadable(file_error(error))
    }
}

/// Writes and publishes the projection of everything in the chunks, into a folder whose projection, if it has one, is of no
/// use. `values` get a code for every value; the same chunks give the same codes.
pub fn make(sealed: Sealed<'_>, dir: &Path, values: &PropertyValues) -> Result<Base, Unmade> {
    make_in_ranges_of(RANGE_EVENTS, sealed, dir, values)
}

fn make_in_ranges_of(
    range_events: usize,
    sealed: Sealed<'_>,
    dir: &Path,
    values: &PropertyValues,
) -> Result<Base, Unmade> {
    let files = &**sealed.files;
    let generation = next_generation(files, dir).map_err(Unmade::Unwritten)?;
    let chunks = open_chunks(sealed)?;
    let plan = Plan::make(sealed, &chunks, range_events)?;
    let ranges = make_ranges(sealed, &chunks, &plan, values, dir, generation)?;
    let covered_seq = sealed.catalogue.files.iter().map(|file| file.max_seq).max().unwrap_or(0);
    let covered = (covered_seq, fingerprint_of(sealed.customers.iter()));
    let base = Base::of(ranges, covered, (files, dir, generation), values).map_err(Unmade::Unwritten)?;
    base.publish(files, dir, values).map_err(Unmade::Unwritten)?;
    Ok(base)
}

struct Chunk<'a> {
    file: &'a DataFile,
    reader: ChunkReader,
}

/// Threads that share work.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |threads| threads.get().min(MAX_THREADS))
}

/// Does something for each of so many, with several threads; the results are in order. The first error ends it.
fn for_all<T: Send>(count: usize, each: impl Fn(usize) -> Result<T, Unmade> + Sync) -> Result<Vec<T>, Unmade> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(count));
    let work = || loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= count {
            return Ok(());
        }
        let result = each(index).inspect_err(|_| next.store(count, Ordering::Relaxed))?;
        lock(&done).push((index, result));
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads().min(count)).map(|_| scope.spawn(work)).collect();
        let own: Result<(), Unmade> = work();
        let joined = others.into_iter().map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.fold(own, Result::and)
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

/// The chunks in the order of what happened, verified.
fn open_chunks(sealed: Sealed<'_>) -> Result<Vec<Chunk<'_>>, Unmade> {
    let mut files: Vec<_> = sealed.catalogue.files.iter().filter(|file| file.kind == DataFileKind::Chunk).collect();
    files.sort_by_key(|file| (file.period, file.min_seq));
    for_all(files.len(), |index| {
        let file = files[index];
        let reader = sealed.verified.open(&**sealed.files, sealed.events_dir, file)?;
        Ok(Chunk { file, reader })
    })
}

/// A row group to be read.
struct Task {
    chunk: usize,
    group: usize,
    greatest_node: u64,
}

/// A range to be written.
struct RangePlan {
    /// The least customer that belongs into it, whether or not there is one.
    from: u64,
    customers: usize,
    events: usize,
    /// It is complete when so many tasks are done.
    tasks: usize,
}

struct Plan {
    /// From the greatest nodes down.
    tasks: Vec<Task>,
    /// From the least customers up.
    ranges: Vec<RangePlan>,
    /// Of each customer, by its number.
    events: Vec<u32>,
    /// Of each node, by its number; empty where all nodes are their own customers.
    customers: Vec<u32>,
}

impl Plan {
    fn make(sealed: Sealed<'_>, chunks: &[Chunk<'_>], range_events: usize) -> Result<Plan, Unmade> {
        let greatest = chunks.iter().map(|chunk| chunk.file.max_node).max().unwrap_or(0);
        let rows: u64 = chunks.iter().map(|chunk| chunk.file.rows).sum();
        if greatest >= (rows * MOST_NODES_AN_EVENT + SOME_NODES).min(u64::from(u32::MAX)) {
            return Err(Unmade::Sparse);
        }
        let nodes = greatest + 1;
        let counts: Vec<AtomicU32> = (0..nodes).map(|_| AtomicU32::new(0)).collect();
        let groups: Vec<(usize, usize)> = (0..)
            .zip(chunks)
            .flat_map(|(chunk, opened)| (0..opened.reader.group_count()).map(move |group| (chunk, group)))
            .collect();
        let found = for_all(groups.len(), |index| {
            let (chunk, group) = groups[index];
            count_nodes(&chunks[chunk].reader, group, sealed.names, &counts)
        })?;
        let found = groups.into_iter().zip(found);
        let mut tasks: Vec<Task> = found
            .filter_map(|((chunk, group), greatest)| Some(Task { chunk, group, greatest_node: greatest? }))
            .collect();
        tasks.sort_by_key(|task| std::cmp::Reverse((task.greatest_node, task.chunk, task.group)));

        let mut events: Vec<u32> = counts.into_iter().map(AtomicU32::into_inner).collect();
        let mut customers = Vec::new();
        if !sealed.customers.is_empty() {
            customers = (0..nodes as u32).collect();
            for (node, customer) in sealed.customers {
                let (Some(place), Ok(customer)) = (customers.get_mut(*node as usize), u32::try_from(*customer)) else {
                    continue;
                };
                *place = customer;
                let moved = std::mem::take(&mut events[*node as usize]);
                let own = events.get_mut(customer as usize).filter(|_| u64::from(customer) < *node);
                let Some(own) = own else {
                    let fault =
                        format!("node {node} has the customer {customer}, who is not called by the smallest node");
                    return Err(Unmade::Unwritten(Error::internal(fault)));
                };
                *own += moved;
            }
        }
        let ranges = cut(&events, &tasks, range_events);
        Ok(Plan { tasks, ranges, events, customers })
    }

    #[inline]
    fn customer_of(&self, node: u64) -> u64 {
        self.customers.get(node as usize).map_or(node, |customer| u64::from(*customer))
    }

    /// The range of a customer, who has events.
    fn range_of(&self, customer: u64) -> usize {
        self.ranges.partition_point(|range| range.from <= customer) - 1
    }

    /// The customers that belong into a range.
    fn span(&self, range: usize) -> std::ops::Range<u64> {
        let end = self.ranges.get(range + 1).map_or(self.events.len() as u64, |next| next.from);
        self.ranges[range].from..end
    }
}

/// Counts the steps of each node of a row group, and gives back the greatest node that has one.
fn count_nodes(chunk: &ChunkReader, group: usize, names: &Names, counts: &[AtomicU32]) -> Result<Option<u64>, Unmade> {
    let mut run = (0, 0);
    let mut greatest = None;
    let mut is_beyond = false;
    let mut end_run = |(node, steps): (u64, u32)| {
        if steps > 0 {
            match counts.get(node as usize) {
                Some(count) => drop(count.fetch_add(steps, Ordering::Relaxed)),
                None => is_beyond = true,
            }
            greatest = greatest.max(Some(node));
        }
    };
    chunk.for_each_node(group, names, &mut |node| {
        if node == run.0 {
            run.1 += 1;
        } else {
            end_run(std::mem::replace(&mut run, (node, 1)));
        }
    })?;
    end_run(run);
    if is_beyond {
        return Err(ChunkError::damaged(chunk.name(), "a node is greater than the catalogue says").into());
    }
    Ok(greatest)
}

/// The ranges of customers with so many events each.
fn cut(events: &[u32], tasks: &[Task], range_events: usize) -> Vec<RangePlan> {
    let mut ranges = Vec::new();
    let mut range = RangePlan { from: 0, customers: 0, events: 0, tasks: 0 };
    for (customer, count) in (0_u64..).zip(events).filter(|(_, count)| **count > 0) {
        range.customers += 1;
        range.events += *count as usize;
        if range.events >= range_events {
            let next = RangePlan { from: customer + 1, customers: 0, events: 0, tasks: 0 };
            ranges.push(std::mem::replace(&mut range, next));
        }
    }
    if range.events > 0 {
        ranges.push(range);
    }
    for range in &mut ranges {
        range.tasks = tasks.partition_point(|task| task.greatest_node >= range.from);
    }
    ranges
}

/// What the threads share.
struct Work<'a> {
    sealed: Sealed<'a>,
    chunks: &'a [Chunk<'a>],
    plan: &'a Plan,
    values: &'a PropertyValues,
    dir: &'a Path,
    generation: u64,
    progress: Mutex<Progress>,
    changed: Condvar,
}

struct Progress {
    next_task: usize,
    is_done: Vec<bool>,
    /// All tasks before this one are done.
    done: usize,
    /// Ranges from this one on are complete, and written or being written.
    taken: usize,
    /// What was read of each range.
    blocks: Vec<Vec<Block>>,
    written: Vec<Option<Arc<Range>>>,
    /// The task that may give codes to values now.
    turn: usize,
    failed: Option<Unmade>,
}

enum Step {
    Read(usize),
    Write(usize, Vec<Block>),
}

type Unsynced = (std::path::PathBuf, Box<dyn WritableFile>);

fn make_ranges(
    sealed: Sealed<'_>,
    chunks: &[Chunk<'_>],
    plan: &Plan,
    values: &PropertyValues,
    dir: &Path,
    generation: u64,
) -> Result<Vec<Arc<Range>>, Unmade> {
    let ranges = plan.ranges.len();
    let progress = Progress {
        next_task: 0,
        is_done: vec![false; plan.tasks.len()],
        done: 0,
        taken: ranges,
        blocks: (0..ranges).map(|_| Vec::new()).collect(),
        written: (0..ranges).map(|_| None).collect(),
        turn: 0,
        failed: None,
    };
    let (progress, changed) = (Mutex::new(progress), Condvar::new());
    let work = Work { sealed, chunks, plan, values, dir, generation, progress, changed };
    let (to_sync, unsynced) = mpsc::channel::<Unsynced>();
    std::thread::scope(|scope| {
        // The disk is waited for apart, while the next ranges are made.
        let syncing = scope.spawn(move || {
            unsynced.into_iter().try_for_each(|(path, mut file)| {
                file.sync().map_err(|cause| Unmade::Unwritten(io_error("write", &path, cause)))
            })
        });
        let work = &work;
        for _ in 1..threads().min(plan.tasks.len()) {
            let to_sync = to_sync.clone();
            scope.spawn(move || work.run(&to_sync));
        }
        work.run(&to_sync);
        drop(to_sync);
        syncing.join().unwrap_or_else(|panic| resume_unwind(panic))
    })?;
    let progress = work.progress.into_inner().unwrap_or_else(PoisonError::into_inner);
    match progress.failed {
        Some(failed) => Err(failed),
        None => Ok(progress.written.into_iter().flatten().collect()),
    }
}

impl Work<'_> {
    fn run(&self, to_sync: &mpsc::Sender<Unsynced>) {
        let _waking = WakeOthers(self);
        let mut dealer = Dealer::new(self.sealed, self.plan, self.values);
        let mut sorter = Sorter::default();
        while let Some(step) = self.next_step() {
            let taken = match step {
                Step::Read(task) => self.read(task, &mut dealer),
                Step::Write(range, blocks) => {
                    self.write(range, blocks, &mut sorter, to_sync).map_err(Unmade::Unwritten)
                }
            };
            if let Err(error) = taken {
                lock(&self.progress).failed.get_or_insert(error);
                self.changed.notify_all();
            }
        }
    }

    /// What to do next; waits while others do what is left.
    fn next_step(&self) -> Option<Step> {
        let mut progress = lock(&self.progress);
        loop {
            if progress.failed.is_some() || progress.taken == 0 {
                return None;
            }
            let range = progress.taken - 1;
            if progress.done >= self.plan.ranges[range].tasks {
                progress.taken = range;
                return Some(Step::Write(range, std::mem::take(&mut progress.blocks[range])));
            }
            if progress.next_task < self.plan.tasks.len() {
                progress.next_task += 1;
                return Some(Step::Read(progress.next_task - 1));
            }
            progress = self.changed.wait(progress).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn read(&self, index: usize, dealer: &mut Dealer<'_>) -> Result<(), Unmade> {
        let task = &self.plan.tasks[index];
        let Chunk { file, reader } = &self.chunks[task.chunk];
        dealer.read(file, reader, task.group)?;
        if !self.values.is_empty() {
            // One after the other, so that codes do not depend on which thread is faster.
            let mut progress = lock(&self.progress);
            while progress.turn != index {
                if progress.failed.is_some() {
                    return Ok(());
                }
                progress = self.changed.wait(progress).unwrap_or_else(PoisonError::into_inner);
            }
            drop(progress);
            dealer.give_codes();
            lock(&self.progress).turn += 1;
            self.changed.notify_all();
        }
        let blocks = dealer.take_blocks((task.chunk, task.group));
        let mut progress = lock(&self.progress);
        for (range, block) in blocks {
            if range >= progress.taken {
                let fault = format!("a step of {} belongs to a customer above its node", file.name);
                return Err(Unmade::Unwritten(Error::internal(fault)));
            }
            progress.blocks[range].push(block);
        }
        progress.is_done[index] = true;
        while progress.is_done.get(progress.done) == Some(&true) {
            progress.done += 1;
        }
        drop(progress);
        self.changed.notify_all();
        Ok(())
    }

    fn write(
        &self,
        range: usize,
        blocks: Vec<Block>,
        sorter: &mut Sorter,
        to_sync: &mpsc::Sender<Unsynced>,
    ) -> Result<()> {
        let RangePlan { customers, events, .. } = self.plan.ranges[range];
        let span = self.plan.span(range);
        let counts = &self.plan.events[span.start as usize..span.end as usize];
        let draft = sorter.sort(blocks, span.start, counts, (customers, events, self.values.len()))?;
        let path = self.dir.join(range_name(self.generation, range));
        let files = self.sealed.files;
        let file = draft.write(&**files, &path)?;
        let opened = Arc::new(Range::open(files.clone(), &path)?);
        // Whoever syncs has ended only after an error, which is the one that counts.
        let _ = to_sync.send((path, file));
        lock(&self.progress).written[range] = Some(opened);
        Ok(())
    }
}

/// Lets nobody wait for a thread that panicked.
struct WakeOthers<'a, 'w>(&'a Work<'w>);

impl Drop for WakeOthers<'_, '_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        let stopped = Unmade::Unwritten(Error::internal("a thread that made the timeline anew stopped"));
        lock(&self.0.progress).failed.get_or_insert(stopped);
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests;
