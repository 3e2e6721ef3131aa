//! One file of the timeline projection: the journeys of a range of customers, as columns.
//!
//! Format 1, little-endian: a header of 64 bytes (magic, version, counts, first and last customer), then sections, each
//! aligned to 64 bytes: customers u64, offsets u64 (one more), occurred_at i64, activity u16, channel u8, seq u64,
//! node u64; then a CRC-32C for each block of 1 MiB of what precedes, and a CRC-32C of those. The hot sections come first:
//! a question touches only them. Blocks are verified when the process first touches the range.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use bytes::Bytes;
use domain::ports::Files;
use domain::{Error, Result};

use super::MANIFEST;

const MAGIC: &[u8; 8] = b"VIVTIME\n";
pub const VERSION: u32 = 1;
const HEADER_BYTES: usize = 64;
const SECTION_ALIGNMENT: usize = 64;
const BLOCK_BYTES: usize = 1 << 20;

/// Where the sections of a range stand in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layout {
    customers: usize,
    events: usize,
    at: [usize; 7],
    cold_start: usize,
    end: usize,
}

impl Layout {
    fn new(customers: usize, events: usize) -> Layout {
        let widths = [customers * 8, (customers + 1) * 8, events * 8, events * 2, events, events * 8, events * 8];
        let mut at = [0; 7];
        let mut next = HEADER_BYTES;
        for (section, width) in widths.into_iter().enumerate() {
            at[section] = next;
            next = (next + width).next_multiple_of(SECTION_ALIGNMENT);
        }
        Layout { customers, events, at, cold_start: at[5], end: next }
    }

    fn blocks(&self) -> usize {
        self.end.div_ceil(BLOCK_BYTES)
    }

    fn file_bytes(&self) -> usize {
        self.end + self.blocks() * 4 + 4
    }
}

/// A range file, mapped.
pub struct Range {
    bytes: Bytes,
    layout: Layout,
    pub first_customer: u64,
    pub last_customer: u64,
    path: PathBuf,
    files: Arc<dyn Files>,
    /// 0: nothing verified yet, 1: hot sections, 2: all.
    verified: AtomicU8,
}

/// The columns of one customer.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    pub occurred_at: &'a [i64],
    pub activity: &'a [u16],
    pub channel: &'a [u8],
    pub seq: &'a [u64],
    pub node: &'a [u64],
}

impl Range {
    pub fn open(files: Arc<dyn Files>, path: &Path) -> Result<Range> {
        let bytes = files.map(path).map_err(|cause| crate::log::io_error("map", path, cause))?;
        let bytes = aligned(bytes);
        let fault = |what: &str| damaged(path, what);
        if bytes.len() < HEADER_BYTES || &bytes[..8] != MAGIC {
            return Err(fault("it does not begin like a file of the timeline"));
        }
        let word = |at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[at..at + 8]);
            u64::from_le_bytes(word)
        };
        if word(8) != u64::from(VERSION) {
            return Err(fault("it has another format version"));
        }
        let (customers, events) = (word(16) as usize, word(24) as usize);
        if customers > bytes.len() / 8 || events > bytes.len() {
            return Err(fault("its counts are impossible"));
        }
        let layout = Layout::new(customers, events);
        if layout.file_bytes() != bytes.len() {
            return Err(fault("its length does not match its header"));
        }
        let sums = &bytes[layout.end..layout.end + layout.blocks() * 4];
        let mut own = [0; 4];
        own.copy_from_slice(&bytes[bytes.len() - 4..]);
        if crc32c::crc32c(sums) != u32::from_le_bytes(own) {
            return Err(fault("its checksums do not match their own"));
        }
        let (first_customer, last_customer) = (word(32), word(40));
        let range = Range {
            layout,
            first_customer,
            last_customer,
            path: path.to_owned(),
            files,
            verified: AtomicU8::new(0),
            bytes,
        };
        range.verify_blocks(0, HEADER_BYTES)?;
        Ok(range)
    }

    pub fn event_count(&self) -> usize {
        self.layout.events
    }

    pub fn customers(&self) -> &[u64] {
        self.section(0, self.layout.customers)
    }

    pub fn offsets(&self) -> &[u64] {
        self.section(1, self.layout.customers + 1)
    }

    /// The columns of all customers of the range.
    pub fn columns(&self) -> Columns<'_> {
        let events = self.layout.events;
        Columns {
            occurred_at: self.section(2, events),
            activity: self.section(3, events),
            channel: self.section(4, events),
            seq: self.section(5, events),
            node: self.section(6, events),
        }
    }

    fn section<T: bytemuck::AnyBitPattern>(&self, section: usize, len: usize) -> &[T] {
        let start = self.layout.at[section];
        let bytes = &self.bytes[start..start + len * size_of::<T>()];
        bytemuck::try_cast_slice(bytes).unwrap_or(&[])
    }

    /// Verifies what a question touches, once.
    pub fn verify_hot(&self) -> Result<()> {
        self.verify(1, self.layout.cold_start)
    }

    /// Verifies the whole file, once.
    pub fn verify_all(&self) -> Result<()> {
        self.verify(2, self.layout.end)
    }

    fn verify(&self, level: u8, end: usize) -> Result<()> {
        if self.verified.load(Ordering::Acquire) >= level {
            return Ok(());
        }
        self.verify_blocks(0, end)?;
        self.verified.fetch_max(level, Ordering::Release);
        Ok(())
    }

    fn verify_blocks(&self, start: usize, end: usize) -> Result<()> {
        for block in start / BLOCK_BYTES..end.div_ceil(BLOCK_BYTES) {
            let block_start = block * BLOCK_BYTES;
            let block_end = (block_start + BLOCK_BYTES).min(self.layout.end);
            let at = self.layout.end + block * 4;
            let mut expected = [0; 4];
            expected.copy_from_slice(&self.bytes[at..at + 4]);
            if crc32c::crc32c(&self.bytes[block_start..block_end]) != u32::from_le_bytes(expected) {
                // Derived data: without its manifest the projection is made anew from the chunks at the next start.
                if let Some(dir) = self.path.parent() {
                    let _ = self.files.remove(&dir.join(MANIFEST));
                }
                return Err(damaged(&self.path, &format!("block {block} does not match its checksum")));
            }
        }
        Ok(())
    }

    pub fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

fn damaged(path: &Path, what: &str) -> Error {
    Error::internal(format!(
        "{} is damaged: {what}; start the server again and it is made anew from the chunks",
        path.display()
    ))
}

/// Columns are read in place, so they must stand where numbers may stand; a map of the file always does.
fn aligned(bytes: Bytes) -> Bytes {
    struct Words(Vec<u64>, usize);
    impl AsRef<[u8]> for Words {
        fn as_ref(&self) -> &[u8] {
            &bytemuck::cast_slice(&self.0)[..self.1]
        }
    }
    if (bytes.as_ptr() as usize).is_multiple_of(8) {
        return bytes;
    }
    let mut words = vec![0_u64; bytes.len().div_ceil(8)];
    bytemuck::cast_slice_mut(&mut words)[..bytes.len()].copy_from_slice(&bytes);
    Bytes::from_owner(Words(words, bytes.len()))
}

/// A range being put together in memory.
#[derive(Default)]
pub struct RangeBuilder {
    customers: Vec<u64>,
    offsets: Vec<u64>,
    occurred_at: Vec<i64>,
    activity: Vec<u16>,
    channel: Vec<u8>,
    seq: Vec<u64>,
    node: Vec<u64>,
}

impl RangeBuilder {
    pub fn event_count(&self) -> usize {
        self.seq.len()
    }

    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// Adds the next customer; customers come in ascending order.
    pub fn push(&mut self, customer: u64, columns: Columns<'_>) {
        self.customers.push(customer);
        self.offsets.push(self.seq.len() as u64);
        self.occurred_at.extend_from_slice(columns.occurred_at);
        self.activity.extend_from_slice(columns.activity);
        self.channel.extend_from_slice(columns.channel);
        self.seq.extend_from_slice(columns.seq);
        self.node.extend_from_slice(columns.node);
    }

    /// Writes and syncs the file; its entry in the folder is synced by the caller.
    pub fn write(mut self, files: &dyn Files, path: &Path) -> Result<()> {
        self.offsets.push(self.seq.len() as u64);
        let layout = Layout::new(self.customers.len(), self.seq.len());
        let mut buffer = vec![0_u8; layout.file_bytes()];
        let mut put = |at: usize, bytes: &[u8]| buffer[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, MAGIC);
        put(8, &u64::from(VERSION).to_le_bytes());
        put(16, &(layout.customers as u64).to_le_bytes());
        put(24, &(layout.events as u64).to_le_bytes());
        put(32, &self.customers.first().copied().unwrap_or(0).to_le_bytes());
        put(40, &self.customers.last().copied().unwrap_or(0).to_le_bytes());
        put(layout.at[0], bytemuck::cast_slice(&self.customers));
        put(layout.at[1], bytemuck::cast_slice(&self.offsets));
        put(layout.at[2], bytemuck::cast_slice(&self.occurred_at));
        put(layout.at[3], bytemuck::cast_slice(&self.activity));
        put(layout.at[4], &self.channel);
        put(layout.at[5], bytemuck::cast_slice(&self.seq));
        put(layout.at[6], bytemuck::cast_slice(&self.node));
        let sums: Vec<u8> =
            buffer[..layout.end].chunks(BLOCK_BYTES).flat_map(|block| crc32c::crc32c(block).to_le_bytes()).collect();
        buffer[layout.end..layout.end + sums.len()].copy_from_slice(&sums);
        let own_at = layout.end + sums.len();
        buffer[own_at..].copy_from_slice(&crc32c::crc32c(&sums).to_le_bytes());
        let written = files.create(path).and_then(|mut file| file.write_all(&buffer).and_then(|()| file.sync()));
        written.map_err(|cause| crate::log::io_error("write", path, cause))
    }
}
