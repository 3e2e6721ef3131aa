//! A run on disk: sorted ids, an index of its blocks, its filter. Format 1, integers little-endian:
//!
//! ```text
//! head       8 bytes   "VIVDUPES"
//! blocks     16 bytes an id, big-endian so that bytes sort as numbers; 256 ids a block, the last one shorter
//! fences     for each block: its first id (16 bytes) and the CRC-32C of the block (4 bytes)
//! filter     see `filter`
//! tail       ids u64, day i64, is_kept u32, filter bytes u64, CRC of fences u32, CRC of filter u32, format u32,
//!            CRC of the tail so far u32, "VIVDUPES"
//! ```
//!
//! Opening reads tail, fences and filter, 2.1 bytes an id, and verifies them; a block is verified whenever it is touched.

use std::path::Path;

use bytes::Bytes;
use domain::EventId;
use domain::ports::{DataFile, DataFileKind, Files};

use super::FORMAT;
use super::filter::Filter;
use crate::files::{DataFileError, DataFileWriter, path_of, verify_length, write_file};

const MAGIC: &[u8; 8] = b"VIVDUPES";
const ID_BYTES: usize = 16;
const BLOCK_IDS: usize = 256;
const BLOCK_BYTES: usize = BLOCK_IDS * ID_BYTES;
const FENCE_BYTES: usize = ID_BYTES + 4;
const TAIL_BYTES: usize = 52;

/// Writes the ids of a day (days since 1970 of `received_at`; the last one, if the events are of several) as the run
/// `name`, a path below `events_dir`. The ids need not be sorted, and one that comes twice is written once.
///
/// When it returns, the bytes are on the disk; the name is durable after `sync_dir` of the file's folder, which is left to
/// the caller. After a failure no file is left.
pub fn write_run(
    files: &dyn Files,
    events_dir: &Path,
    name: &str,
    mut ids: Vec<EventId>,
    day: i64,
    is_kept: bool,
) -> Result<DataFile, DataFileError> {
    ids.sort_unstable();
    ids.dedup();
    write_file(files, events_dir, name, |file| {
        let mut writer = RunWriter::new(file, name, ids.len() as u64)?;
        for id in ids {
            writer.push(id)?;
        }
        writer.finish(day, is_kept)
    })
}

/// A run being written. Ids come sorted.
pub struct RunWriter<'a> {
    name: &'a str,
    file: DataFileWriter,
    block: Vec<u8>,
    fences: Vec<u8>,
    filter: Filter,
    ids: u64,
    last: Option<EventId>,
}

impl<'a> RunWriter<'a> {
    /// For at most `ids` ids.
    pub fn new(mut file: DataFileWriter, name: &'a str, ids: u64) -> Result<RunWriter<'a>, DataFileError> {
        file.write_bytes(MAGIC)?;
        let (block, filter) = (Vec::with_capacity(BLOCK_BYTES), Filter::for_ids(ids));
        Ok(RunWriter { name, file, block, fences: Vec::new(), filter, ids: 0, last: None })
    }

    /// An id equal to the one before is there already.
    pub fn push(&mut self, id: EventId) -> Result<(), DataFileError> {
        if self.last == Some(id) {
            return Ok(());
        }
        if self.last > Some(id) {
            return Err(DataFileError::unwritable(self.name, "its ids are not in order"));
        }
        self.last = Some(id);
        self.block.extend_from_slice(&id.0.to_be_bytes());
        self.filter.insert(id);
        self.ids += 1;
        if self.block.len() == BLOCK_BYTES { self.write_block() } else { Ok(()) }
    }

    fn write_block(&mut self) -> Result<(), DataFileError> {
        if self.block.is_empty() {
            return Ok(());
        }
        self.file.write_bytes(&self.block)?;
        self.fences.extend_from_slice(&self.block[..ID_BYTES]);
        self.fences.extend_from_slice(&crc32c::crc32c(&self.block).to_le_bytes());
        self.block.clear();
        Ok(())
    }

    /// Returns when the bytes are on the disk.
    pub fn finish(mut self, day: i64, is_kept: bool) -> Result<DataFile, DataFileError> {
        self.write_block()?;
        self.file.write_bytes(&self.fences)?;
        let filter: Vec<u8> = self.filter.to_bytes().flatten().collect();
        self.file.write_bytes(&filter)?;
        let tail = Tail {
            ids: self.ids,
            day,
            is_kept,
            filter_bytes: filter.len() as u64,
            fences_checksum: crc32c::crc32c(&self.fences),
            filter_checksum: crc32c::crc32c(&filter),
            format: FORMAT,
        };
        self.file.write_bytes(&tail.to_bytes())?;
        let (bytes, checksum) = self.file.sync()?;
        Ok(DataFile {
            name: self.name.to_owned(),
            kind: DataFileKind::DuplicateRun,
            format: FORMAT,
            rows: self.ids,
            bytes,
            checksum,
            period: day,
            min_seq: 0,
            max_seq: 0,
            min_node: 0,
            max_node: 0,
            min_occurred_at: 0,
            max_occurred_at: 0,
            is_kept,
        })
    }
}

#[derive(Debug, PartialEq)]
struct Tail {
    ids: u64,
    day: i64,
    is_kept: bool,
    filter_bytes: u64,
    fences_checksum: u32,
    filter_checksum: u32,
    format: u32,
}

impl Tail {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(TAIL_BYTES);
        bytes.extend_from_slice(&self.ids.to_le_bytes());
        bytes.extend_from_slice(&self.day.to_le_bytes());
        bytes.extend_from_slice(&u32::from(self.is_kept).to_le_bytes());
        bytes.extend_from_slice(&self.filter_bytes.to_le_bytes());
        bytes.extend_from_slice(&self.fences_checksum.to_le_bytes());
        bytes.extend_from_slice(&self.filter_checksum.to_le_bytes());
        bytes.extend_from_slice(&self.format.to_le_bytes());
        bytes.extend_from_slice(&crc32c::crc32c(&bytes).to_le_bytes());
        bytes.extend_from_slice(MAGIC);
        bytes
    }

    /// `None` when the bytes are not a tail as it was written.
    fn from_bytes(bytes: &[u8; TAIL_BYTES]) -> Option<Tail> {
        let u64_at = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let u32_at = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let tail = Tail {
            ids: u64_at(0)?,
            day: u64_at(8)?.cast_signed(),
            is_kept: u32_at(16)? == 1,
            filter_bytes: u64_at(20)?,
            fences_checksum: u32_at(28)?,
            filter_checksum: u32_at(32)?,
            format: u32_at(36)?,
        };
        // Whatever differs from what would be written is damage, the checksum and the magic included.
        (tail.to_bytes() == bytes).then_some(tail)
    }
}

/// A run that was opened: its filter in memory, everything else mapped.
#[derive(Debug)]
pub struct Run {
    pub file: DataFile,
    filter: Filter,
    blocks: Bytes,
    fences: Bytes,
}

impl Run {
    pub fn open(files: &dyn Files, events_dir: &Path, file: &DataFile) -> Result<Run, DataFileError> {
        let bytes = files.map(&path_of(events_dir, &file.name));
        let bytes = bytes.map_err(|error| DataFileError::io("open", &file.name, error))?;
        Run::read(bytes, file)
    }

    /// Verifies everything but the blocks.
    pub fn read(bytes: Bytes, file: &DataFile) -> Result<Run, DataFileError> {
        let damaged = |fault: &str| DataFileError::damaged(&file.name, fault);
        if file.format > FORMAT {
            let (name, found) = (file.name.clone(), file.format);
            return Err(DataFileError::NewerFormat { name, found, known: FORMAT });
        }
        verify_length(&bytes, file)?;
        let (rest, tail) = bytes.split_last_chunk::<TAIL_BYTES>().ok_or_else(|| damaged("it is too short"))?;
        let tail = Tail::from_bytes(tail).ok_or_else(|| damaged("checksum of its tail"))?;
        if tail.format > FORMAT {
            return Err(DataFileError::NewerFormat { name: file.name.clone(), found: tail.format, known: FORMAT });
        }
        if !rest.starts_with(MAGIC) {
            return Err(damaged("its first bytes are not those of a run"));
        }
        if (tail.ids, tail.day, tail.is_kept) != (file.rows, file.period, file.is_kept) {
            return Err(damaged("it is not the file that the catalogue means"));
        }

        let layout = Layout::of(&tail, rest.len()).ok_or_else(|| damaged("its parts do not fill it"))?;
        let fences = bytes.slice(layout.blocks_end..layout.fences_end);
        if crc32c::crc32c(&fences) != tail.fences_checksum {
            return Err(damaged("checksum of its index"));
        }
        let filter = &bytes[layout.fences_end..rest.len()];
        if crc32c::crc32c(filter) != tail.filter_checksum {
            return Err(damaged("checksum of its filter"));
        }
        let filter = Filter::from_bytes(filter).ok_or_else(|| damaged("the length of its filter"))?;
        Ok(Run { file: file.clone(), filter, blocks: bytes.slice(MAGIC.len()..layout.blocks_end), fences })
    }

    /// Bytes of heap that the run takes for its filter.
    pub fn filter_bytes(&self) -> usize {
        self.filter.len_bytes()
    }

    #[inline]
    pub fn may_hold(&self, id: EventId) -> bool {
        self.filter.may_hold(id)
    }

    /// Looks on the disk.
    pub fn holds(&self, id: EventId) -> Result<bool, DataFileError> {
        let Some(block) = self.find_block(id) else { return Ok(false) };
        let (ids, _) = self.block(block)?.as_chunks::<ID_BYTES>();
        Ok(ids.binary_search(&id.0.to_be_bytes()).is_ok())
    }

    /// Every id, in order, each block verified before its ids are given.
    pub fn ids(&self) -> impl Iterator<Item = Result<EventId, DataFileError>> {
        (0..self.fences.len() / FENCE_BYTES).flat_map(|block| {
            let (ids, error) = match self.block(block) {
                Ok(bytes) => (bytes.as_chunks::<ID_BYTES>().0, None),
                Err(error) => (&[][..], Some(Err(error))),
            };
            ids.iter().map(|id| Ok(EventId(u128::from_be_bytes(*id)))).chain(error)
        })
    }

    /// The block that would hold the id: the last one whose first id is not after it.
    fn find_block(&self, id: EventId) -> Option<usize> {
        let (fences, _) = self.fences.as_chunks::<FENCE_BYTES>();
        let id = id.0.to_be_bytes();
        fences.partition_point(|fence| fence[..ID_BYTES] <= id[..]).checked_sub(1)
    }

    fn block(&self, index: usize) -> Result<&[u8], DataFileError> {
        let from = index * BLOCK_BYTES;
        let bytes = &self.blocks[from..self.blocks.len().min(from + BLOCK_BYTES)];
        let expected = &self.fences[index * FENCE_BYTES + ID_BYTES..(index + 1) * FENCE_BYTES];
        if crc32c::crc32c(bytes).to_le_bytes() != expected {
            return Err(DataFileError::damaged(&self.file.name, format!("checksum of block {index}")));
        }
        Ok(bytes)
    }
}

/// Where the parts of a run end.
struct Layout {
    blocks_end: usize,
    fences_end: usize,
}

impl Layout {
    /// `None` when head, blocks, fences and filter together are not `len` bytes.
    fn of(tail: &Tail, len: usize) -> Option<Layout> {
        let ids = usize::try_from(tail.ids).ok()?;
        let blocks_end = ids.checked_mul(ID_BYTES)?.checked_add(MAGIC.len())?;
        let fences_end = ids.div_ceil(BLOCK_IDS).checked_mul(FENCE_BYTES)?.checked_add(blocks_end)?;
        let end = usize::try_from(tail.filter_bytes).ok()?.checked_add(fences_end)?;
        (end == len).then_some(Layout { blocks_end, fences_end })
    }
}
