//! Many small chunks of a month become one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::path::Path;

use domain::StoredEvent;
use domain::ports::{DataFile, DataFileKind, Files};

use super::ChunkError;
use super::reader::{ChunkFilter, ChunkReader};
use super::rows::ChunkEvents;
use super::typed::PropertyPlan;
use super::writer::ChunkWriter;
use crate::files::{DataFileError, path_of, write_file};
use crate::names::Names;

/// Fewer chunks than this are left as they are.
const MIN_CHUNKS: usize = 8;
/// A merged chunk has at most this many rows.
const MAX_ROWS: u64 = 4_000_000;

/// Groups of chunks worth merging, each of one month and at most four million rows.
///
/// From the smallest chunk on, a chunk joins its group only while it is not larger than those before it together. So an
/// event is rewritten a number of times that grows with the logarithm of its month, not with the number of seals.
pub fn plan_compaction(files: &[DataFile]) -> Vec<Vec<DataFile>> {
    let mut months: BTreeMap<i64, Vec<&DataFile>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.kind == DataFileKind::Chunk) {
        months.entry(file.period).or_default().push(file);
    }
    let groups = months.into_values().map(|mut chunks| {
        chunks.sort_by_key(|file| (file.rows, file.min_seq));
        similar_prefix(&chunks)
    });
    groups.filter(|group| group.len() >= MIN_CHUNKS).collect()
}

fn similar_prefix(chunks: &[&DataFile]) -> Vec<DataFile> {
    let mut rows = 0;
    let mut group: Vec<DataFile> = Vec::new();
    for file in chunks {
        let is_small = group.len() < 2 || file.rows <= rows;
        if !is_small || rows + file.rows > MAX_ROWS {
            break;
        }
        rows += file.rows;
        group.push((*file).clone());
    }
    group
}

/// Merges chunks of one month into the chunk `name`, verifying each while it is read. Memory is bounded by a batch of
/// rows for each chunk, whatever their size. The merged chunks stay; what [`super::write_chunk`] says of syncing holds
/// here too. Properties are not counted again.
pub fn compact(
    files: &dyn Files,
    events_dir: &Path,
    name: &str,
    chunks: &[DataFile],
    names: &Names,
) -> Result<DataFile, ChunkError> {
    let mut readers = Vec::with_capacity(chunks.len());
    for file in chunks {
        let bytes = files.map(&path_of(events_dir, &file.name));
        let bytes = bytes.map_err(|error| DataFileError::io("open", &file.name, error))?;
        readers.push(ChunkReader::open(bytes, file, true)?);
    }
    let votes = readers.iter().flat_map(ChunkReader::typed_columns);
    let plan = PropertyPlan::from_votes(votes.map(|(name, kind, values)| (name, kind, values as f64)));

    let expected: u64 = chunks.iter().map(|file| file.rows).sum();
    let merged = write_file(files, events_dir, name, |file| {
        let mut writer = ChunkWriter::new(file, name, &plan, names)?;
        merge(&readers, names, |event| writer.push(event))?;
        writer.finish()
    });
    let (merged, _) = merged?;
    if merged.rows != expected {
        return Err(ChunkError::unwritable(name, format!("{} rows came of {expected}", merged.rows)));
    }
    Ok(merged)
}

/// Calls `each` with the events of all chunks, sorted.
fn merge(
    readers: &[ChunkReader],
    names: &Names,
    mut each: impl FnMut(&StoredEvent) -> Result<(), ChunkError>,
) -> Result<(), ChunkError> {
    let mut runs: Vec<Run<'_>> = Vec::with_capacity(readers.len());
    let mut heads = BinaryHeap::with_capacity(readers.len());
    for reader in readers {
        let mut run = Run { events: reader.events(&ChunkFilter::default(), names)?, head: None };
        if let Some(place) = run.advance()? {
            heads.push(Reverse((place, runs.len())));
        }
        runs.push(run);
    }
    while let Some(Reverse((_, index))) = heads.pop() {
        let run = &mut runs[index];
        if let Some(event) = run.head.take() {
            each(&event)?;
        }
        if let Some(place) = run.advance()? {
            heads.push(Reverse((place, index)));
        }
    }
    Ok(())
}

/// One chunk being merged, its next event in hand.
struct Run<'a> {
    events: ChunkEvents<'a>,
    head: Option<StoredEvent>,
}

impl Run<'_> {
    fn advance(&mut self) -> Result<Option<(u64, i64, u64)>, ChunkError> {
        self.head = self.events.next().transpose()?;
        Ok(self.head.as_ref().map(|event| (event.node.0, event.occurred_at, event.seq)))
    }
}
