//! One file of the timeline projection: the journeys of a range of customers, as columns.
//!
//! Format 2, little-endian: a header of 64 bytes (magic, version, counts of customers and events, first and last customer,
//! count of properties), then sections, each aligned to 64 bytes:
//!
//! | section | for each | |
//! |---|---|---|
//! | customers | customer | u64, ascending |
//! | activities | customer | u64, the set of the customer's activities, as [`ActivitySet`] has it |
//! | offsets | customer, and one more | u64, where the customer's events begin |
//! | occurred_at, activity, channel | event | i64, u16, u8 |
//! | unit | event | u16 |
//! | seq, node | event | u64, u64 |
//! | properties | event | u16, one column after the other, each aligned |
//!
//! then a CRC-32C for each block of 1 MiB of what precedes, and a CRC-32C of those. What most questions read comes first.
//! The blocks of a section are verified when the process first touches the section.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use domain::ports::{Files, WritableFile};
use domain::{Error, Result};
use journey::{ActivitySet, JourneyBatch, Needs, PropertyColumns, Span};

use super::MANIFEST;

const MAGIC: &[u8; 8] = b"VIVTIME\n";
const VERSION: u32 = 2;
const HEADER_BYTES: usize = 64;
const SECTION_ALIGNMENT: usize = 64;
const BLOCK_BYTES: usize = 1 << 20;

const CUSTOMERS: usize = 0;
const ACTIVITIES: usize = 1;
const OFFSETS: usize = 2;
const OCCURRED_AT: usize = 3;
const ACTIVITY: usize = 4;
const CHANNEL: usize = 5;
const UNIT: usize = 6;
const SEQ: usize = 7;
const NODE: usize = 8;
/// The column of the first property; each further one is a section of its own.
const PROPERTIES: usize = 9;

/// What every question reads, as bits.
const HOT: u64 = (1 << UNIT) - 1;

/// Where the sections of a range stand in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Layout {
    customers: usize,
    events: usize,
    properties: usize,
    /// Where each section begins, and where the last one ends.
    at: Vec<usize>,
}

impl Layout {
    fn new(customers: usize, events: usize, properties: usize) -> Layout {
        let fixed = [
            customers * 8,
            customers * 8,
            (customers + 1) * 8,
            events * 8,
            events * 2,
            events,
            events * 2,
            events * 8,
            events * 8,
        ];
        let mut at = vec![HEADER_BYTES];
        let mut next = HEADER_BYTES;
        for width in fixed.into_iter().chain(std::iter::repeat_n(events * 2, properties)) {
            next = (next + width).next_multiple_of(SECTION_ALIGNMENT);
            at.push(next);
        }
        Layout { customers, events, properties, at }
    }

    fn end(&self) -> usize {
        self.at[PROPERTIES + self.properties]
    }

    fn blocks(&self) -> usize {
        self.end().div_ceil(BLOCK_BYTES)
    }

    fn file_bytes(&self) -> usize {
        self.end() + self.blocks() * 4 + 4
    }

    /// Codes from the column of one property to that of the next.
    fn property_stride(&self) -> usize {
        (self.events * 2).next_multiple_of(SECTION_ALIGNMENT) / 2
    }

    /// The sections of what a question needs, as bits.
    fn sections_of(&self, needs: Needs) -> u64 {
        let unit = u64::from(needs.units) << UNIT;
        let properties = (needs.properties & ((1 << self.properties) - 1)) << PROPERTIES;
        HOT | unit | properties
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
    /// The sections that were verified, as bits.
    verified: AtomicU64,
    /// The first and the last instant, once somebody asked.
    instants: OnceLock<Option<RangeInclusive<i64>>>,
}

/// What is read of events besides what a question needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    Nothing,
    /// Their sequence numbers.
    Numbers,
    /// What it takes to put further events between.
    Order,
}

impl Sought {
    pub fn order_if(has_overlay: bool) -> Sought {
        if has_overlay { Sought::Order } else { Sought::Nothing }
    }
}

/// The columns of some events.
#[derive(Clone, Copy)]
pub struct Columns<'a> {
    pub occurred_at: &'a [i64],
    pub activity: &'a [u16],
    pub channel: &'a [u8],
    /// Empty unless asked for.
    pub unit: &'a [u16],
    pub seq: &'a [u64],
    pub node: &'a [u64],
    /// Those that were asked for.
    pub properties: PropertyColumns<'a>,
}

impl<'a> Columns<'a> {
    /// The part at these positions.
    pub fn slice(&self, positions: std::ops::Range<usize>) -> Columns<'a> {
        Columns {
            occurred_at: &self.occurred_at[positions.clone()],
            activity: &self.activity[positions.clone()],
            channel: &self.channel[positions.clone()],
            unit: self.unit.get(positions.clone()).unwrap_or(&[]),
            seq: &self.seq[positions.clone()],
            node: &self.node[positions.clone()],
            properties: self.properties.slice(positions),
        }
    }
}

impl<'a> Columns<'a> {
    /// As the engine takes them, of these customers.
    pub fn batch(&self, customers: &'a [u64], spans: &'a [Span]) -> JourneyBatch<'a> {
        JourneyBatch {
            customers,
            spans,
            occurred_at: self.occurred_at,
            activity: self.activity,
            channel: self.channel,
            unit: self.unit,
            properties: self.properties,
        }
    }
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
        let (customers, events, properties) = (word(16) as usize, word(24) as usize, word(48) as usize);
        if customers > bytes.len() / 8 || events > bytes.len() || properties > PropertyColumns::MAX_LAID_OUT {
            return Err(fault("its counts are impossible"));
        }
        let layout = Layout::new(customers, events, properties);
        if layout.file_bytes() != bytes.len() {
            return Err(fault("its length does not match its header"));
        }
        let sums = &bytes[layout.end()..layout.end() + layout.blocks() * 4];
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
            verified: AtomicU64::new(0),
            instants: OnceLock::new(),
            bytes,
        };
        range.verify_blocks(0..1)?;
        Ok(range)
    }

    pub fn event_count(&self) -> usize {
        self.layout.events
    }

    /// How many properties have a column.
    pub fn property_count(&self) -> usize {
        self.layout.properties
    }

    pub fn customers(&self) -> &[u64] {
        self.section(CUSTOMERS, self.layout.customers)
    }

    /// The set of each customer's activities, as bits.
    pub fn activity_sets(&self) -> &[u64] {
        self.section(ACTIVITIES, self.layout.customers)
    }

    pub fn offsets(&self) -> &[u64] {
        self.section(OFFSETS, self.layout.customers + 1)
    }

    /// The first and the last instant at which something happened.
    pub fn instants(&self) -> Result<Option<RangeInclusive<i64>>> {
        if let Some(known) = self.instants.get() {
            return Ok(known.clone());
        }
        self.verify(Needs::EVERY_CUSTOMER, Sought::Nothing)?;
        let at = self.columns(Needs::EVERY_CUSTOMER).occurred_at;
        let own = self.offsets().windows(2).filter(|ends| ends[0] < ends[1]);
        let ends = own.map(|ends| at[ends[0] as usize]..=at[ends[1] as usize - 1]);
        Ok(self.instants.get_or_init(|| ends.reduce(cover)).clone())
    }

    /// The columns of all customers of the range. Only what is needed may be read, and only after it was verified.
    pub fn columns(&self, needs: Needs) -> Columns<'_> {
        let events = self.layout.events;
        let stride = self.layout.property_stride();
        let values: &[u16] = self.section(PROPERTIES, stride * self.layout.properties);
        Columns {
            occurred_at: self.section(OCCURRED_AT, events),
            activity: self.section(ACTIVITY, events),
            channel: self.section(CHANNEL, events),
            unit: if needs.units { self.section(UNIT, events) } else { &[] },
            seq: self.section(SEQ, events),
            node: self.section(NODE, events),
            properties: PropertyColumns::new(values, stride, 0..events, needs.properties),
        }
    }

    fn section<T: bytemuck::AnyBitPattern>(&self, section: usize, len: usize) -> &[T] {
        let start = self.layout.at[section];
        let bytes = &self.bytes[start..start + len * size_of::<T>()];
        bytemuck::try_cast_slice(bytes).unwrap_or(&[])
    }

    /// Verifies what a question touches, once.
    pub fn verify(&self, needs: Needs, sought: Sought) -> Result<()> {
        let besides = match sought {
            Sought::Nothing => 0,
            Sought::Numbers => 1 << SEQ,
            Sought::Order => 1 << SEQ | 1 << NODE,
        };
        self.verify_sections(self.layout.sections_of(needs) | besides)
    }

    /// Verifies the whole file, once.
    pub fn verify_all(&self) -> Result<()> {
        self.verify(Needs::EVERYTHING, Sought::Order)
    }

    fn verify_sections(&self, wanted: u64) -> Result<()> {
        let mut missing = wanted & !self.verified.load(Ordering::Acquire);
        let mut next_block = 0;
        while missing != 0 {
            let section = missing.trailing_zeros() as usize;
            let (start, end) = (self.layout.at[section], self.layout.at[section + 1]);
            let end_block = end.div_ceil(BLOCK_BYTES);
            self.verify_blocks((start / BLOCK_BYTES).max(next_block)..end_block)?;
            next_block = end_block;
            missing &= missing - 1;
        }
        self.verified.fetch_or(wanted, Ordering::Release);
        Ok(())
    }

    fn verify_blocks(&self, blocks: std::ops::Range<usize>) -> Result<()> {
        let layout_end = self.layout.end();
        for block in blocks {
            let block_start = block * BLOCK_BYTES;
            let block_end = (block_start + BLOCK_BYTES).min(layout_end);
            let at = layout_end + block * 4;
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

/// From the earlier start to the later end.
pub fn cover(one: RangeInclusive<i64>, other: RangeInclusive<i64>) -> RangeInclusive<i64> {
    *one.start().min(other.start())..=*one.end().max(other.end())
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
    activity_sets: Vec<u64>,
    offsets: Vec<u64>,
    occurred_at: Vec<i64>,
    activity: Vec<u16>,
    channel: Vec<u8>,
    unit: Vec<u16>,
    seq: Vec<u64>,
    node: Vec<u64>,
    properties: Vec<Vec<u16>>,
}

impl RangeBuilder {
    /// An empty range with columns for so many properties.
    pub fn new(properties: usize) -> RangeBuilder {
        RangeBuilder { properties: vec![Vec::new(); properties], ..RangeBuilder::default() }
    }

    pub fn event_count(&self) -> usize {
        self.seq.len()
    }

    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// Adds the next customer, with all columns; customers come in ascending order.
    pub fn push(&mut self, customer: u64, columns: Columns<'_>) {
        self.customers.push(customer);
        self.activity_sets.push(ActivitySet::of(columns.activity).bits());
        self.offsets.push(self.seq.len() as u64);
        self.occurred_at.extend_from_slice(columns.occurred_at);
        self.activity.extend_from_slice(columns.activity);
        self.channel.extend_from_slice(columns.channel);
        self.unit.extend_from_slice(columns.unit);
        self.seq.extend_from_slice(columns.seq);
        self.node.extend_from_slice(columns.node);
        for (property, values) in self.properties.iter_mut().enumerate() {
            values.extend_from_slice(columns.properties.column(property));
        }
    }

    /// Writes and syncs the file; its entry in the folder is synced by the caller.
    pub fn write(mut self, files: &dyn Files, path: &Path) -> Result<()> {
        self.offsets.push(self.seq.len() as u64);
        let mut draft = RangeDraft::default();
        draft.begin(self.customers.len(), self.seq.len(), self.properties.len());
        let columns = draft.columns();
        columns.customers.copy_from_slice(&self.customers);
        columns.activity_sets.copy_from_slice(&self.activity_sets);
        columns.offsets.copy_from_slice(&self.offsets);
        columns.occurred_at.copy_from_slice(&self.occurred_at);
        columns.activity.copy_from_slice(&self.activity);
        columns.channel.copy_from_slice(&self.channel);
        columns.unit.copy_from_slice(&self.unit);
        columns.seq.copy_from_slice(&self.seq);
        columns.node.copy_from_slice(&self.node);
        for (column, values) in columns.properties.into_iter().zip(&self.properties) {
            column.copy_from_slice(values);
        }
        let mut file = draft.write(files, path)?;
        file.sync().map_err(|cause| crate::log::io_error("write", path, cause))
    }
}

/// The bytes of a range file whose counts are known before its columns. Its memory serves one range after the other.
#[derive(Default)]
pub struct RangeDraft {
    layout: Option<Layout>,
    words: Vec<u64>,
}

/// The columns of a draft, to be filled.
pub struct DraftColumns<'a> {
    pub customers: &'a mut [u64],
    pub activity_sets: &'a mut [u64],
    /// One more than customers.
    pub offsets: &'a mut [u64],
    pub occurred_at: &'a mut [i64],
    pub activity: &'a mut [u16],
    pub channel: &'a mut [u8],
    pub unit: &'a mut [u16],
    pub seq: &'a mut [u64],
    pub node: &'a mut [u64],
    pub properties: Vec<&'a mut [u16]>,
}

impl RangeDraft {
    /// Begins a range of so many customers, events and columns of properties.
    pub fn begin(&mut self, customers: usize, events: usize, properties: usize) {
        let layout = Layout::new(customers, events, properties);
        self.words.resize(layout.file_bytes().div_ceil(8), 0);
        self.layout = Some(layout);
    }

    /// What the columns were before is of no account: each has to be filled.
    pub fn columns(&mut self) -> DraftColumns<'_> {
        let layout = self.layout.get_or_insert_with(|| Layout::new(0, 0, 0));
        let mut sections = Sections { rest: bytemuck::cast_slice_mut(&mut self.words), layout, next: 0 };
        sections.skip_header();
        let (customers, events) = (layout.customers, layout.events);
        DraftColumns {
            customers: sections.take(customers),
            activity_sets: sections.take(customers),
            offsets: sections.take(customers + 1),
            occurred_at: sections.take(events),
            activity: sections.take(events),
            channel: sections.take(events),
            unit: sections.take(events),
            seq: sections.take(events),
            node: sections.take(events),
            properties: (0..layout.properties).map(|_| sections.take(events)).collect(),
        }
    }

    /// Writes the file; what syncs it is given back.
    pub fn write(&mut self, files: &dyn Files, path: &Path) -> Result<Box<dyn WritableFile>> {
        let layout = self.layout.take().unwrap_or_else(|| Layout::new(0, 0, 0));
        let buffer: &mut [u8] = &mut bytemuck::cast_slice_mut(&mut self.words)[..layout.file_bytes()];
        let customers: &[u64] = bytemuck::cast_slice(&buffer[layout.at[CUSTOMERS]..][..layout.customers * 8]);
        let (first, last) = (customers.first().copied().unwrap_or(0), customers.last().copied().unwrap_or(0));
        let (customers, events, properties) = (layout.customers as u64, layout.events as u64, layout.properties as u64);
        buffer[..8].copy_from_slice(MAGIC);
        for (at, word) in (8..).step_by(8).zip([u64::from(VERSION), customers, events, first, last, properties, 0]) {
            buffer[at..at + 8].copy_from_slice(&word.to_le_bytes());
        }
        let end = layout.end();
        let sums: Vec<u8> =
            buffer[..end].chunks(BLOCK_BYTES).flat_map(|block| crc32c::crc32c(block).to_le_bytes()).collect();
        buffer[end..end + sums.len()].copy_from_slice(&sums);
        let own_at = end + sums.len();
        buffer[own_at..].copy_from_slice(&crc32c::crc32c(&sums).to_le_bytes());
        let written = files.create(path).and_then(|mut file| file.write_all(buffer).map(|()| file));
        written.map_err(|cause| crate::log::io_error("write", path, cause))
    }
}

/// Cuts the bytes of a draft into its sections.
struct Sections<'a, 'l> {
    rest: &'a mut [u8],
    layout: &'l Layout,
    next: usize,
}

impl<'a> Sections<'a, '_> {
    fn skip_header(&mut self) {
        let (_, rest) = std::mem::take(&mut self.rest).split_at_mut(HEADER_BYTES);
        self.rest = rest;
    }

    /// The next section, of so many numbers. What aligns the one behind it is made zero.
    fn take<T: bytemuck::Pod>(&mut self, len: usize) -> &'a mut [T] {
        let at = &self.layout.at;
        let (section, rest) = std::mem::take(&mut self.rest).split_at_mut(at[self.next + 1] - at[self.next]);
        self.rest = rest;
        self.next += 1;
        let (numbers, padding) = section.split_at_mut(len * size_of::<T>());
        padding.fill(0);
        bytemuck::cast_slice_mut(numbers)
    }
}
