//! Gives the events of a batch their identity, their codes and their order, and finds duplicates. Runs on the one thread
//! that writes the log, so that every decision has a place in its order.

use std::sync::{Arc, Mutex, RwLock};

use domain::ports::{CodedName, Counts, Dictionary, IdentityMerge, PersonalValues, Sequences, TraitsSeen, UndoneMerge};
use domain::{
    CustomerId, DeadLetter, DeadLetterId, Error, EventId, IncomingEvent, MergeId, NodeId, Result, SourceId, StoredEvent,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::identity::{Evidence, IdentityChanges, IdentityGraph, Reassignment};
use super::known_values;
use super::record::Batch;
use super::submission::{Receipt, Submission};
use super::{file_error, lock, write_lock};
use crate::duplicates::DuplicateIndex;
use crate::names::Names;

/// Personal values seen lately, so that the same address or traits of a customer are kept once.
const PERSONAL_MEMORY: usize = 200_000;

/// Ids of events: those in sorted runs on disk and those since, by generation of the tail.
pub struct Duplicates {
    pub sealed: DuplicateIndex,
    /// The last is the one that grows; the others are being sealed.
    pub generations: Vec<FxHashSet<u128>>,
}

impl Duplicates {
    pub fn new(sealed: DuplicateIndex) -> Duplicates {
        Duplicates { sealed, generations: vec![FxHashSet::default()] }
    }

    /// Remembers an id; false when it was known.
    fn insert(&mut self, id: EventId, is_file: bool) -> Result<bool> {
        let is_known = self.generations.iter().any(|ids| ids.contains(&id.0))
            || self.sealed.contains(id, is_file).map_err(file_error)?;
        if is_known {
            return Ok(false);
        }
        self.remember(id);
        Ok(true)
    }

    pub fn remember(&mut self, id: EventId) {
        if let Some(growing) = self.generations.last_mut() {
            growing.insert(id.0);
        }
    }
}

pub struct Sequencer {
    pub identity: Arc<RwLock<IdentityGraph>>,
    pub duplicates: Arc<Mutex<Duplicates>>,
    pub names: Names,
    pub counts: Counts,
    pub sequences: Sequences,
    /// Dead letters read again since start; the state excludes the others.
    replayed: FxHashSet<u64>,
    personal: FxHashMap<u128, u64>,
    traits: FxHashMap<u64, u128>,
}

/// A batch with its decisions, ready to be written.
pub struct Sequenced {
    pub batch: Batch,
    pub receipt: Receipt,
    pub moved: Vec<Reassignment>,
}

impl Sequencer {
    pub fn new(
        identity: Arc<RwLock<IdentityGraph>>,
        duplicates: Arc<Mutex<Duplicates>>,
        names: Names,
        counts: Counts,
        sequences: Sequences,
    ) -> Sequencer {
        Sequencer {
            identity,
            duplicates,
            names,
            counts,
            sequences,
            replayed: FxHashSet::default(),
            personal: FxHashMap::default(),
            traits: FxHashMap::default(),
        }
    }

    pub fn sequence(&mut self, submission: Submission) -> Result<Sequenced> {
        if let Some(known) = submission.replays.iter().find(|id| self.replayed.contains(&id.0)) {
            return Err(Error::conflict(format!("dead letter {known} has been read again already")));
        }
        let Submission { source: source_name, received_at, events, dead, replays, is_file, .. } = submission;
        let mut batch = Batch { is_file, events: Vec::with_capacity(events.len()), ..Batch::default() };
        let source = SourceId(u64::from(self.code(Dictionary::Source, &source_name, &mut batch.names)));
        let mut receipt = Receipt::default();
        let received = events.len() as u64 + dead.len() as u64
            - (replays.len() as u64).min(events.len() as u64 + dead.len() as u64);

        let identity = self.identity.clone();
        let duplicates = self.duplicates.clone();
        let mut identity = write_lock(&identity);
        let mut duplicates = lock(&duplicates);
        let mut changes = IdentityChanges::default();
        for event in events {
            let seq = self.sequences.seq;
            let message_id = if event.message_id.is_empty() { format!("auto-{seq}") } else { event.message_id.clone() };
            let event_id = EventId::of(source, &message_id);
            if !duplicates.insert(event_id, is_file)? {
                receipt.duplicate += 1;
                continue;
            }
            self.sequences.seq += 1;
            receipt.stored += 1;
            let evidence = Evidence { kind: event.kind, event: event_id, seen_at: received_at, source: &source_name };
            let place = Place { event_id, seq, source, message_id, received_at };
            let stored = self.store(event, place, &evidence, &mut identity, &mut changes, &mut batch);
            batch.events.push(stored);
        }
        batch.identifiers = changes.identifiers;
        batch.merges = changes.merges;
        let mut receipt_dead = 0;
        for mut letter in dead {
            letter.source = source;
            if is_file && replays.is_empty() && !duplicates.insert(refused_row_id(&letter), is_file)? {
                receipt.duplicate += 1;
                continue;
            }
            receipt_dead += 1;
            letter.id = DeadLetterId(self.sequences.dead);
            letter.received_at = received_at;
            self.sequences.dead += 1;
            batch.dead.push(letter);
        }
        receipt.dead = receipt_dead;
        self.replayed.extend(replays.iter().map(|id| id.0));
        self.counts.received += received;
        self.counts.stored += receipt.stored;
        self.counts.duplicate += receipt.duplicate;
        self.counts.dead =
            self.counts.dead + receipt.dead - (replays.len() as u64).min(self.counts.dead + receipt.dead);
        batch.replayed = replays;
        Ok(self.finish(batch, receipt, changes.moved))
    }

    fn store(
        &mut self,
        event: IncomingEvent,
        place: Place,
        evidence: &Evidence<'_>,
        identity: &mut IdentityGraph,
        changes: &mut IdentityChanges,
        batch: &mut Batch,
    ) -> StoredEvent {
        let nodes = identity.resolve(event.identifiers, evidence, &mut self.sequences, changes);
        let node = nodes[0];
        let activity = event.activity.map(|name| self.code(Dictionary::Activity, &name, &mut batch.names) as u16);
        let channel = event.channel.map(|name| self.code(Dictionary::Channel, &name, &mut batch.names) as u8);
        let unit = event.unit.map(|name| self.code(Dictionary::Unit, &name, &mut batch.names));
        let mut moved = Vec::new();
        let properties = known_values::take_out(identity, "properties", &event.properties, &mut moved);
        let context = known_values::take_out(identity, "context", &event.context, &mut moved);
        let personal = known_values::join(event.personal, &moved);
        let personal_ref = personal.map(|body| self.keep_personal(node, body, &mut batch.personal));
        if let Some(body) = event.traits {
            self.keep_traits(node, place.source, event.occurred_at, body, &mut batch.traits);
        }
        StoredEvent {
            event_id: place.event_id,
            seq: place.seq,
            source: place.source,
            message_id: place.message_id,
            node,
            identifier_refs: nodes,
            kind: event.kind,
            activity,
            channel,
            unit,
            occurred_at: event.occurred_at,
            original_at: event.original_at,
            sent_at: event.sent_at,
            received_at: place.received_at,
            money: event.money,
            cause_event_id: event.cause_event_id,
            objects: event.objects,
            properties: properties.unwrap_or(event.properties),
            context: context.unwrap_or(event.context),
            personal_ref,
        }
    }

    fn code(&mut self, dictionary: Dictionary, name: &str, new: &mut Vec<CodedName>) -> u32 {
        let (code, added) = self.names.code(dictionary, name);
        new.extend(added);
        code
    }

    fn keep_personal(&mut self, node: NodeId, body: String, new: &mut Vec<PersonalValues>) -> u64 {
        let fingerprint = fingerprint(node, &body);
        if let Some(id) = self.personal.get(&fingerprint) {
            return *id;
        }
        if self.personal.len() >= PERSONAL_MEMORY {
            self.personal.clear();
        }
        let id = self.sequences.personal;
        self.sequences.personal += 1;
        self.personal.insert(fingerprint, id);
        new.push(PersonalValues { id, node, body });
        id
    }

    fn keep_traits(&mut self, node: NodeId, source: SourceId, seen_at: i64, body: String, new: &mut Vec<TraitsSeen>) {
        let fingerprint = fingerprint(node, &body);
        if self.traits.get(&node.0) == Some(&fingerprint) {
            return;
        }
        if self.traits.len() >= PERSONAL_MEMORY {
            self.traits.clear();
        }
        self.traits.insert(node.0, fingerprint);
        new.push(TraitsSeen { node, source, seen_at, body });
    }

    /// Merges two customers because a person decided so.
    pub fn merge(&mut self, a: CustomerId, b: CustomerId, by: &str, now: i64) -> Result<(IdentityMerge, Sequenced)> {
        let identity = self.identity.clone();
        let mut identity = write_lock(&identity);
        check_can_merge(&identity, a, b)?;
        let id = MergeId(self.sequences.merge);
        self.sequences.merge += 1;
        let merge = IdentityMerge {
            id,
            a: NodeId(a.0),
            b: NodeId(b.0),
            rule: domain::ports::MergeRule::Manual,
            evidence: None,
            decided_by: by.to_owned(),
            merged_at: now,
            undone_at: None,
        };
        let mut moved = Vec::new();
        identity.merge(&merge, &mut moved);
        let batch = Batch { merges: vec![merge.clone()], ..Batch::default() };
        Ok((merge, self.finish(batch, Receipt::default(), moved)))
    }

    pub fn undo_merge(&mut self, merge: MergeId, by: &str, now: i64) -> Result<Sequenced> {
        let identity = self.identity.clone();
        let mut identity = write_lock(&identity);
        check_can_undo(&identity, merge)?;
        let mut moved = Vec::new();
        identity.undo(merge, &mut moved);
        let undone = UndoneMerge { id: merge, undone_at: now, undone_by: by.to_owned() };
        let batch = Batch { undone: vec![undone], ..Batch::default() };
        Ok(self.finish(batch, Receipt::default(), moved))
    }

    fn finish(&self, mut batch: Batch, receipt: Receipt, moved: Vec<Reassignment>) -> Sequenced {
        batch.counts = self.counts;
        batch.sequences = self.sequences;
        Sequenced { batch, receipt, moved }
    }
}

/// What the log gives an event.
struct Place {
    event_id: EventId,
    seq: u64,
    source: SourceId,
    message_id: String,
    received_at: i64,
}

pub fn check_can_merge(identity: &IdentityGraph, a: CustomerId, b: CustomerId) -> Result<()> {
    for customer in [a, b] {
        if identity.members_of(customer.0).is_empty() {
            let now = identity.customer_of(customer.0);
            return Err(Error::not_found(if now == customer.0 {
                format!("there is no customer {customer}")
            } else {
                format!("{customer} is part of {} now", CustomerId(now))
            }));
        }
    }
    if a == b {
        return Err(Error::conflict(format!("{a} cannot be merged with itself")));
    }
    Ok(())
}

pub fn check_can_undo(identity: &IdentityGraph, merge: MergeId) -> Result<()> {
    match identity.is_active(merge) {
        None => Err(Error::not_found(format!("there is no merge {merge}"))),
        Some(false) => Err(Error::conflict(format!("merge {merge} has been undone already"))),
        Some(true) => Ok(()),
    }
}

/// The id by which a refused row of a file is known: importing the file again changes nothing.
pub fn refused_row_id(letter: &DeadLetter) -> EventId {
    let hash = xxhash_rust::xxh3::xxh3_128(&letter.raw);
    EventId::of(letter.source, &format!("refused row {} {hash:032x}", letter.index))
}

fn fingerprint(node: NodeId, body: &str) -> u128 {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(&node.0.to_le_bytes());
    hasher.update(body.as_bytes());
    hasher.digest128()
}
