//! The state as a value in memory: every call is one durable transaction, and fails while the power is off.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use domain::ports::{
    Catalogue, DeadCount, DeadFilter, EventState, LoadedState, LogChanges, NewIdentifier, PersonalValues, PropertySeen,
    TraitsSeen,
};
use domain::{DeadLetter, DeadLetterId, Error, Identifier, NodeId, Result};

use crate::simulated_files::SimulatedFiles;

#[derive(Clone, Default)]
pub struct Held {
    pub loaded: LoadedState,
    pub identifiers: Vec<NewIdentifier>,
    pub dead: BTreeMap<u64, DeadLetter>,
    pub replayed: BTreeSet<u64>,
    pub personal: BTreeMap<u64, PersonalValues>,
    pub traits: Vec<TraitsSeen>,
    pub properties: Vec<PropertySeen>,
    dropped: BTreeMap<String, i64>,
}

#[derive(Clone)]
pub struct MemoryState {
    pub held: Arc<Mutex<Held>>,
    files: SimulatedFiles,
}

impl MemoryState {
    pub fn new(files: SimulatedFiles) -> MemoryState {
        MemoryState { held: Arc::default(), files }
    }

    /// The same content beside another disk.
    pub fn copy(&self, files: SimulatedFiles) -> MemoryState {
        MemoryState { held: Arc::new(Mutex::new(self.held.lock().unwrap().clone())), files }
    }

    fn with<T>(&self, run: impl FnOnce(&mut Held) -> Result<T>) -> Result<T> {
        if !self.files.has_power() {
            return Err(Error::unavailable("the power is off"));
        }
        run(&mut self.held.lock().unwrap())
    }
}

impl EventState for MemoryState {
    fn load(&self) -> Result<LoadedState> {
        self.with(|held| Ok(held.loaded.clone()))
    }

    fn for_each_identifier(&self, each: &mut dyn FnMut(NodeId, Identifier)) -> Result<()> {
        self.with(|held| {
            held.identifiers.iter().for_each(|known| each(known.node, known.identifier.clone()));
            Ok(())
        })
    }

    fn apply(&self, changes: &LogChanges) -> Result<()> {
        self.with(|held| {
            if changes.position <= held.loaded.position {
                return Ok(());
            }
            held.loaded.position = changes.position;
            held.loaded.counts = changes.counts;
            held.loaded.sequences = changes.sequences;
            held.loaded.names.extend(changes.names.iter().cloned());
            held.loaded.merges.extend(changes.merges.iter().cloned());
            for undone in &changes.undone {
                let merge = held.loaded.merges.iter_mut().find(|merge| merge.id == undone.id).unwrap();
                merge.undone_at = Some(undone.undone_at);
            }
            held.identifiers.extend(changes.identifiers.iter().cloned());
            held.personal.extend(changes.personal.iter().map(|values| (values.id, values.clone())));
            held.traits.extend(changes.traits.iter().cloned());
            held.dead.extend(changes.dead.iter().map(|letter| (letter.id.0, letter.clone())));
            held.replayed.extend(changes.replayed.iter().map(|id| id.0));
            Ok(())
        })
    }

    fn publish_catalogue(&self, next: &Catalogue, properties: &[PropertySeen], at: i64) -> Result<()> {
        self.with(|held| {
            if next.version != held.loaded.catalogue.version + 1 {
                return Err(Error::conflict("another catalogue was published"));
            }
            for file in &held.loaded.catalogue.files {
                if !next.files.contains(file) {
                    held.dropped.insert(file.name.clone(), at);
                }
            }
            held.loaded.catalogue = next.clone();
            held.properties.extend_from_slice(properties);
            Ok(())
        })
    }

    fn list_dropped_files(&self, before: i64) -> Result<Vec<String>> {
        self.with(|held| {
            Ok(held.dropped.iter().filter(|(_, at)| **at < before).map(|(name, _)| name.clone()).collect())
        })
    }

    fn forget_files(&self, names: &[String]) -> Result<()> {
        self.with(|held| {
            held.dropped.retain(|name, _| !names.contains(name));
            Ok(())
        })
    }

    fn list_dead_of(&self, only: DeadFilter, after: Option<DeadLetterId>, limit: u32) -> Result<Vec<DeadLetter>> {
        let is_wanted = |letter: &&DeadLetter| {
            only.code.is_none_or(|code| letter.code == code) && only.source.is_none_or(|source| letter.source == source)
        };
        self.with(|held| {
            let open = held.dead.values().filter(|letter| !held.replayed.contains(&letter.id.0)).filter(is_wanted);
            Ok(open
                .filter(|letter| after.is_none_or(|after| letter.id > after))
                .take(limit as usize)
                .cloned()
                .collect())
        })
    }

    fn find_dead(&self, id: DeadLetterId) -> Result<Option<DeadLetter>> {
        Ok(self.list_dead(None, u32::MAX)?.into_iter().find(|letter| letter.id == id))
    }

    fn find_last_dead(&self) -> Result<Option<DeadLetterId>> {
        Ok(self.list_dead(None, u32::MAX)?.last().map(|letter| letter.id))
    }

    fn count_dead(&self) -> Result<Vec<DeadCount>> {
        let mut counts: Vec<DeadCount> = Vec::new();
        for DeadLetter { source, code, .. } in self.list_dead(None, u32::MAX)? {
            match counts.iter_mut().find(|count| count.source == source && count.code == code) {
                Some(count) => count.letters += 1,
                None => counts.push(DeadCount { source, code, letters: 1 }),
            }
        }
        Ok(counts)
    }

    fn list_properties(&self) -> Result<Vec<PropertySeen>> {
        self.with(|held| Ok(held.properties.clone()))
    }

    fn find_personal(&self, ids: &[u64]) -> Result<Vec<PersonalValues>> {
        self.with(|held| Ok(ids.iter().filter_map(|id| held.personal.get(id).cloned()).collect()))
    }

    fn verify_state(&self) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}
