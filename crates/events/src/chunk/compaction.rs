//! Many small chunks of a month become one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::path::Path;

use domain::StoredEvent;
use domain::ports::{DataFile, DataFileKind, Files};

use super::ChunkError;
use super::reader::{ChunkFilter, ChunkReader};
use super::rows::ChunkEvents;
use super::texts::{ChunkFiles, TextReader};
use super::typed::PropertyPlan;
use super::writer::ChunkPlace;
use crate::files::path_of;
use crate::intake::FreeText;
use crate::names::Names;

/// Fewer chunks than this are left as they are.
const MIN_CHUNKS: usize = 8;
/// A merged chunk has at most this many rows.
const MAX_ROWS: u64 = 4_000_000;

/// Groups of chunks worth merging, each of one month and at most four million rows.
///
/// From the smallest chunk on, a chunk joins its group only while it is not larger than those before it together. So an
/// event is rewritten a number of times that grows with the logarithm of its month, not with the number of seals.
pub fn plan_compaction(files: &[DataFile]) -> Vec<Vec<ChunkFiles>> {
    let mut months: BTreeMap<i64, Vec<&DataFile>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.kind == DataFileKind::Chunk) {
        months.entry(file.period).or_default().push(file);
    }
    let groups = months.into_values().map(|mut chunks| {
        chunks.sort_by_key(|file| (file.rows, file.min_seq));
        chunks.truncate(similar_prefix(&chunks));
        chunks
    });
    let groups = groups.filter(|group| group.len() >= MIN_CHUNKS);
    groups.map(|group| group.into_iter().map(|chunk| ChunkFiles::find(files, chunk)).collect()).collect()
}

/// How many of these chunks, from the smallest on, are worth merging.
fn similar_prefix(chunks: &[&DataFile]) -> usize {
    let mut rows = 0;
    for (count, file) in chunks.iter().enumerate() {
        let is_small = count < 2 || file.rows <= rows;
        if !is_small || rows + file.rows > MAX_ROWS {
            return count;
        }
        rows += file.rows;
    }
    chunks.len()
}

/// Merges chunks of one month into the chunk `name` and their text chunks into the one beside it, verifying each while it
/// is read. Memory is bounded by a batch of rows for each file, whatever their size. Free texts are found anew, so that
/// those that a chunk of an older format still has among its properties move too. The merged chunks stay; what
/// [`super::write_chunk`] says of syncing holds here too. Properties are not counted again.
pub fn compact(
    files: &dyn Files,
    events_dir: &Path,
    name: &str,
    chunks: &[ChunkFiles],
    names: &Names,
    free_text: &FreeText,
) -> Result<ChunkFiles, ChunkError> {
    let mut readers = Vec::with_capacity(chunks.len());
    for ChunkFiles { chunk, texts } in chunks {
        let map = |file: &DataFile| {
            let bytes = files.map(&path_of(events_dir, &file.name));
            bytes.map_err(|error| ChunkError::io("open", &file.name, error))
        };
        let texts = texts.as_ref().map(|file| TextReader::open(map(file)?, file, true)).transpose()?;
        readers.push(ChunkReader::open(map(chunk)?, chunk, true)?.with_texts(texts));
    }
    let plan = PropertyPlan::merged(readers.iter().flat_map(ChunkReader::typed_columns), free_text);

    let expected: u64 = chunks.iter().map(|files| files.chunk.rows).sum();
    let place = ChunkPlace { files, events_dir, name };
    let (merged, _) = place.write(&plan, names, free_text, |writer| {
        let mut rows = 0;
        merge(&readers, names, |event| {
            rows += 1;
            writer.push(event)
        })?;
        if rows != expected {
            return Err(ChunkError::unwritable(name, format!("{rows} rows came of {expected}")));
        }
        Ok(())
    })?;
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
