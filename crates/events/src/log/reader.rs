//! Reads stored events back, from chunks and tail, as one moment.

use std::ops::Range;
use std::sync::Arc;

use domain::ports::{Catalogue, DataFile, DataFileKind};
use domain::{NodeId, Result, StoredEvent};

use super::shared::{Shared, TailBatch};
use super::{file_error, io_error, read_lock};
use crate::chunk::{ChunkFilter, ChunkReader, find_texts};
use crate::names::Names;

/// The events of some nodes, by time and order, oldest first.
pub fn list_events(shared: &Shared, nodes: &[NodeId]) -> Result<Vec<StoredEvent>> {
    let (catalogue, names, batches) = moment(shared);
    let mut wanted = nodes.to_vec();
    wanted.sort_unstable();
    let (Some(first), Some(last)) = (wanted.first(), wanted.last()) else { return Ok(Vec::new()) };
    let mut events = Vec::new();
    for file in chunks(&catalogue) {
        if file.max_node < first.0 || file.min_node > last.0 {
            continue;
        }
        let filter = ChunkFilter { nodes: Some(&wanted), ..ChunkFilter::default() };
        open_whole(shared, &catalogue, file)?
            .for_each(&filter, &names, &mut |event| events.push(event))
            .map_err(file_error)?;
    }
    for batch in batches {
        events.extend(batch.events.iter().filter(|event| wanted.binary_search(&event.node).is_ok()).cloned());
    }
    events.sort_by_key(|event| (event.occurred_at, event.seq));
    Ok(events)
}

pub fn for_each_event(shared: &Shared, each: &mut dyn FnMut(StoredEvent) -> Result<()>) -> Result<()> {
    let (catalogue, names, batches) = moment(shared);
    for file in chunks(&catalogue) {
        let reader = open_whole(shared, &catalogue, file)?;
        for event in reader.events(&ChunkFilter::default(), &names).map_err(file_error)? {
            each(event.map_err(file_error)?)?;
        }
    }
    for batch in batches {
        batch.events.iter().try_for_each(|event| each(event.clone()))?;
    }
    Ok(())
}

/// The number that the next stored event gets at the earliest.
pub fn next_seq(shared: &Shared) -> u64 {
    let (catalogue, _, batches) = moment(shared);
    let in_tail = batches.iter().filter_map(|batch| batch.events.last()).map(|event| event.seq + 1).max();
    let in_chunks = || chunks(&catalogue).map(|file| file.max_seq + 1).max();
    in_tail.or_else(in_chunks).unwrap_or_default()
}

/// The events from a number on that occurred in a span, each once. Chunks that hold none of them are not opened.
pub fn for_each_event_within(
    shared: &Shared,
    from_seq: u64,
    occurred: &Range<i64>,
    each: &mut dyn FnMut(StoredEvent) -> Result<()>,
) -> Result<()> {
    let (catalogue, names, batches) = moment(shared);
    let filter = ChunkFilter { min_seq: Some(from_seq), occurred: Some(occurred.clone()), ..ChunkFilter::default() };
    for file in chunks(&catalogue) {
        let is_outside =
            file.max_seq < from_seq || file.max_occurred_at < occurred.start || file.min_occurred_at >= occurred.end;
        if is_outside {
            continue;
        }
        for event in open_whole(shared, &catalogue, file)?.events(&filter, &names).map_err(file_error)? {
            each(event.map_err(file_error)?)?;
        }
    }
    for event in batches.iter().flat_map(|batch| &batch.events) {
        if event.seq >= from_seq && occurred.contains(&event.occurred_at) {
            each(event.clone())?;
        }
    }
    Ok(())
}

/// The last events of the tail, oldest first. The tail is locked for as long as it takes to find their batches.
pub fn newest_events(shared: &Shared, most: usize) -> Vec<StoredEvent> {
    let mut batches: Vec<Arc<TailBatch>> = Vec::new();
    let mut found = 0;
    {
        let tail = read_lock(&shared.tail);
        let sealing = tail.sealing.iter().rev().flat_map(|generation| generation.batches.iter().rev());
        for batch in tail.growing.iter().rev().chain(sealing) {
            if found >= most {
                break;
            }
            found += batch.events.len();
            batches.push(batch.clone());
        }
    }
    let newest = batches.iter().flat_map(|batch| batch.events.iter().rev()).take(most);
    let mut events: Vec<StoredEvent> = newest.cloned().collect();
    events.reverse();
    events
}

/// Verifies the files that the catalogue names; a sentence for each fault.
pub fn verify(shared: &Shared) -> Vec<String> {
    let catalogue = read_lock(&shared.tail).catalogue.clone();
    catalogue.files.iter().filter_map(|file| verify_file(shared, file)).collect()
}

fn verify_file(shared: &Shared, file: &DataFile) -> Option<String> {
    let path = shared.events_dir.join(&file.name);
    match shared.files.map(&path) {
        Err(cause) => Some(io_error("read", &path, cause).to_string()),
        Ok(bytes) if bytes.len() as u64 != file.bytes => Some(format!(
            "{} is damaged: it has {} bytes and must have {}; restore it from a backup",
            path.display(),
            bytes.len(),
            file.bytes
        )),
        Ok(bytes) if crc32c::crc32c(&bytes) != file.checksum => {
            Some(format!("{} is damaged: it does not match its checksum; restore it from a backup", path.display()))
        }
        Ok(_) => None,
    }
}

pub fn chunks(catalogue: &Catalogue) -> impl Iterator<Item = &DataFile> {
    catalogue.files.iter().filter(|file| file.kind == DataFileKind::Chunk)
}

/// A chunk with its texts, for reading events. Both files are verified when this process first touches them.
pub fn open_whole(shared: &Shared, catalogue: &Catalogue, file: &DataFile) -> Result<ChunkReader> {
    let texts = find_texts(&catalogue.files, file);
    shared.verified_chunks.open_whole(&*shared.files, &shared.events_dir, file, texts).map_err(file_error)
}

/// A chunk without its texts, for reading steps.
pub fn open(shared: &Shared, file: &DataFile) -> Result<ChunkReader> {
    shared.verified_chunks.open(&*shared.files, &shared.events_dir, file).map_err(file_error)
}

/// The files and the rest of the tail, so that each event is in exactly one of them.
pub fn moment(shared: &Shared) -> (Arc<Catalogue>, Arc<Names>, Vec<Arc<TailBatch>>) {
    let tail = read_lock(&shared.tail);
    let sealing = tail.sealing.iter().filter(|generation| generation.log_position > tail.catalogue.log_position);
    let batches = sealing.flat_map(|generation| &generation.batches).chain(&tail.growing).cloned().collect();
    (tail.catalogue.clone(), tail.names.clone(), batches)
}
