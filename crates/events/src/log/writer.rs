//! The one thread that decides and writes: it takes what is queued, gives it order, commits it as one group with one
//! sync, makes it visible and acknowledges it. While one group is on its way to the disk, the next one gathers.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, mpsc};

use domain::ports::IdentityMerge;
use domain::{CustomerId, Error, MergeId, Result};
use tokio::sync::oneshot;

use super::identity::Reassignment;
use super::record::{Batch, Record};
use super::sequencer::Sequencer;
use super::shared::{Shared, Shown, TailBatch};
use super::submission::{Receipt, Submission};
use super::wal::WriteAheadLog;
use super::{lock, wait_on};
use crate::timeline::Steps;

/// A group takes what is queued up to this size.
const GROUP_BYTES: usize = 8 << 20;

pub enum Work {
    Batch(Submission, oneshot::Sender<Result<Receipt>>),
    Merge {
        a: CustomerId,
        b: CustomerId,
        by: String,
        reply: mpsc::Sender<Result<IdentityMerge>>,
    },
    Undo {
        merge: MergeId,
        by: String,
        reply: mpsc::Sender<Result<()>>,
    },
    /// Ends the growing generation of the tail, so that it can be sealed.
    EndGeneration(mpsc::Sender<Result<()>>),
}

#[derive(Default)]
struct Waiting {
    works: VecDeque<Work>,
    bytes: usize,
    is_closed: bool,
    /// Set for ever when the log could not be written: what reached the disk is not known any more.
    fault: Option<String>,
}

/// What waits for the writer, bounded in bytes.
pub struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
    capacity_bytes: usize,
}

impl Queue {
    pub fn new(capacity_bytes: usize) -> Queue {
        Queue { waiting: Mutex::default(), changed: Condvar::new(), capacity_bytes }
    }

    pub fn push(&self, work: Work) -> Result<()> {
        let mut waiting = lock(&self.waiting);
        if let Some(fault) = &waiting.fault {
            return Err(Error::unavailable(format!(
                "the event log accepts nothing more: {fault}; start the server again"
            )));
        }
        if waiting.is_closed {
            return Err(Error::unavailable("the event log is closed"));
        }
        if let Work::Batch(submission, _) = &work {
            // One batch always fits, however large: it was bounded at the door.
            if waiting.bytes > 0 && waiting.bytes + submission.bytes > self.capacity_bytes {
                return Err(Error::unavailable(
                    "more events arrive than can be written; send the batch again in a moment",
                ));
            }
            waiting.bytes += submission.bytes;
        }
        waiting.works.push_back(work);
        drop(waiting);
        self.changed.notify_one();
        Ok(())
    }

    pub fn bytes(&self) -> usize {
        lock(&self.waiting).bytes
    }

    pub fn close(&self) {
        lock(&self.waiting).is_closed = true;
        self.changed.notify_all();
    }

    fn fail(&self, fault: &str) {
        let mut waiting = lock(&self.waiting);
        waiting.fault.get_or_insert_with(|| fault.to_owned());
        // Whoever waits for an answer gets one: dropped senders say that the log has stopped.
        waiting.works.clear();
        waiting.bytes = 0;
    }

    /// What is queued, up to the size of a group; `None` when closed and empty.
    fn take_group(&self) -> Option<Vec<Work>> {
        let mut waiting = lock(&self.waiting);
        while waiting.works.is_empty() {
            if waiting.is_closed {
                return None;
            }
            waiting = wait_on(&self.changed, waiting);
        }
        let mut group = Vec::new();
        let mut bytes = 0;
        while bytes < GROUP_BYTES
            && let Some(work) = waiting.works.pop_front()
        {
            if let Work::Batch(submission, _) = &work {
                bytes += submission.bytes;
            }
            let ends_group = matches!(work, Work::EndGeneration(_));
            group.push(work);
            if ends_group {
                break;
            }
        }
        waiting.bytes -= bytes.min(waiting.bytes);
        Some(group)
    }
}

/// How an acknowledgement is given once the group is on the disk.
type Acknowledge = Box<dyn FnOnce() + Send>;

/// A record of the group that is being put together.
struct Pending {
    position: u64,
    batch: Batch,
    moved: Vec<Reassignment>,
    acknowledge: Acknowledge,
}

pub struct Writer {
    pub shared: Arc<Shared>,
    pub sequencer: Sequencer,
    pub wal: Arc<Mutex<WriteAheadLog>>,
    /// Names in the dictionaries when they were last shown.
    pub shown_names: usize,
}

impl Writer {
    pub fn run(mut self) {
        while let Some(group) = self.shared.queue.take_group() {
            self.shared.wait_for_room();
            if let Err(error) = self.write(group) {
                tracing::error!(error = &error as &dyn std::error::Error, "the event log cannot be written any more");
                self.shared.queue.fail(&error.to_string());
            }
        }
    }

    fn write(&mut self, group: Vec<Work>) -> Result<()> {
        let wal = self.wal.clone();
        let mut wal = lock(&wal);
        let first_position = wal.last_position() + 1;
        let mut pending = Vec::with_capacity(group.len());
        let mut generation_end = None;
        for work in group {
            match work {
                Work::Batch(submission, reply) => match self.sequencer.sequence(submission) {
                    Ok(sequenced) => {
                        let receipt = sequenced.receipt;
                        let acknowledge = Box::new(move || drop(reply.send(Ok(receipt))));
                        pending.push(add(&mut wal, sequenced.batch, sequenced.moved, acknowledge)?);
                    }
                    Err(error) if error.code == domain::Code::Conflict => drop(reply.send(Err(error))),
                    Err(error) => return Err(error),
                },
                Work::Merge { a, b, by, reply } => match self.sequencer.merge(a, b, &by, self.shared.clock.now_ms()) {
                    Ok((merge, sequenced)) => {
                        let acknowledge = Box::new(move || drop(reply.send(Ok(merge))));
                        pending.push(add(&mut wal, sequenced.batch, sequenced.moved, acknowledge)?);
                    }
                    Err(error) => drop(reply.send(Err(error))),
                },
                Work::Undo { merge, by, reply } => {
                    match self.sequencer.undo_merge(merge, &by, self.shared.clock.now_ms()) {
                        Ok(sequenced) => {
                            let acknowledge = Box::new(move || drop(reply.send(Ok(()))));
                            pending.push(add(&mut wal, sequenced.batch, sequenced.moved, acknowledge)?);
                        }
                        Err(error) => drop(reply.send(Err(error))),
                    }
                }
                Work::EndGeneration(reply) => generation_end = Some(reply),
            }
        }
        wal.commit(first_position)?;
        self.publish(wal.last_position(), pending);
        if let Some(reply) = generation_end {
            wal.roll();
            self.shared.end_generation(wal.last_position());
            drop(reply.send(Ok(())));
        }
        Ok(())
    }

    /// Makes a committed group visible to questions, hands it to the state, and only then acknowledges it.
    fn publish(&mut self, log_position: u64, pending: Vec<Pending>) {
        let mut steps = Steps::default();
        let mut moved = Vec::new();
        let mut acknowledges = Vec::with_capacity(pending.len());
        let mut batches = Vec::with_capacity(pending.len());
        let mut changes = Vec::with_capacity(pending.len());
        for mut record in pending {
            let refused_rows = record.batch.refused_rows();
            changes.push(record.batch.take_changes(record.position));
            record.batch.events.iter().for_each(|event| self.shared.timeline.read_step(event, &mut steps));
            moved.extend(record.moved);
            if !record.batch.events.is_empty() || !refused_rows.is_empty() {
                batches.push(Arc::new(TailBatch {
                    events: record.batch.events,
                    is_file: record.batch.is_file,
                    refused_rows,
                }));
            }
            acknowledges.push(record.acknowledge);
        }
        let names = &self.sequencer.names;
        let name_count = names.activities.len() + names.channels.len() + names.units.len() + names.sources.len();
        let new_names = (name_count != self.shown_names).then(|| Arc::new(names.clone()));
        self.shown_names = name_count;
        self.shared.show(Shown { log_position, batches, names: new_names, counts: self.sequencer.counts });
        self.shared.timeline.publish(steps, self.sequencer.sequences.seq - 1, &moved);
        for change in changes {
            self.shared.projector.push(change);
        }
        for acknowledge in acknowledges {
            acknowledge();
        }
    }
}

fn add(wal: &mut WriteAheadLog, batch: Batch, moved: Vec<Reassignment>, acknowledge: Acknowledge) -> Result<Pending> {
    let record = Record::V1(Box::new(batch));
    let position = wal.add(&record)?;
    let Record::V1(batch) = record;
    Ok(Pending { position, batch: *batch, moved, acknowledge })
}
