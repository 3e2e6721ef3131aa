//! Reading a chunk: whole, or the events of some customers, a stretch of time, or from a number on.

use std::ops::Range;

use bytes::Bytes;
use domain::ports::DataFile;
use domain::{EventKind, NodeId, StoredEvent};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::statistics::Statistics;

use super::file::{ChunkFile, Formats};
use super::rows::{ChunkEvents, NameColumn};
use super::schema::{
    ACTIVITY, CHANNEL, FORMAT_KEY, KIND, NODE, OCCURRED_AT, PROPERTY_PREFIX, RECEIVED_AT, SEQ, SOURCE, UNIT,
};
use super::texts::TextReader;
use super::typed::ColumnType;
use super::{ChunkError, FORMAT};
use crate::names::Names;

const FORMATS: Formats = Formats { key: FORMAT_KEY, newest: FORMAT };

/// Which events of a chunk are wanted; everything by default.
#[derive(Clone, Debug, Default)]
pub struct ChunkFilter<'a> {
    /// Only events of these nodes, which are sorted.
    pub nodes: Option<&'a [NodeId]>,
    /// Only events with this number or a later one.
    pub min_seq: Option<u64>,
    /// Only events that occurred in this span of UTC milliseconds.
    pub occurred: Option<Range<i64>>,
}

/// An event as the timeline needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineRow {
    pub node: NodeId,
    pub occurred_at: i64,
    pub seq: u64,
    pub activity: u16,
    pub channel: Option<u8>,
    pub unit: Option<u32>,
}

/// A chunk that was opened. Cheap to keep: only its footer is in memory.
pub struct ChunkReader {
    pub(super) file: ChunkFile,
    texts: Option<TextReader>,
}

impl ChunkReader {
    /// Opens the bytes of a chunk. `verify` reads all of them and compares their CRC-32C with the catalogue's; without it
    /// only the length is compared. Unverified bytes must have been verified before in this process: of 3,000 flipped
    /// bits, 1,191 gave wrong events without an error and 40 a panic. [`VerifiedChunks`](super::VerifiedChunks) sees to it.
    pub fn open(bytes: Bytes, file: &DataFile, verify: bool) -> Result<ChunkReader, ChunkError> {
        Ok(ChunkReader { file: ChunkFile::open(bytes, file, &FORMATS, verify)?, texts: None })
    }

    /// With the text chunk that belongs to it, without which only steps can be read where events have free text.
    pub fn with_texts(self, texts: Option<TextReader>) -> ChunkReader {
        ChunkReader { texts, ..self }
    }

    /// The file's name in the catalogue.
    pub fn name(&self) -> &str {
        self.file.name()
    }

    /// Calls `each` with the events that pass the filter, sorted by `(node, occurred_at, seq)`.
    pub fn for_each(
        &self,
        filter: &ChunkFilter<'_>,
        names: &Names,
        each: &mut dyn FnMut(StoredEvent),
    ) -> Result<(), ChunkError> {
        for event in self.events(filter, names)? {
            each(event?);
        }
        Ok(())
    }

    /// The events that pass the filter, sorted by `(node, occurred_at, seq)`, read as they are asked for, each as it was
    /// accepted.
    pub fn events<'a>(&'a self, filter: &ChunkFilter<'_>, names: &'a Names) -> Result<ChunkEvents<'a>, ChunkError> {
        let groups = self.file.prune(filter);
        let selection = self.file.select(&groups, filter)?;
        let schema = self.file.schema();
        let columns = schema.fields().iter().map(|field| field.name().as_str());
        let fixed = columns.filter(|name| !name.starts_with(PROPERTY_PREFIX));
        let batches = self.file.batches(groups, selection, fixed)?;
        let texts = self.texts.as_ref().map(|texts| texts.rows(filter)).transpose()?;
        Ok(ChunkEvents::new(self.file.name(), batches, texts, names))
    }

    /// Calls `each` with the events that are activities and have the number `min_seq` or a later one, sorted by
    /// `(node, occurred_at, seq)`. Reads only what it gives.
    pub fn for_each_step(
        &self,
        min_seq: u64,
        names: &Names,
        each: &mut dyn FnMut(TimelineRow),
    ) -> Result<(), ChunkError> {
        let groups = self.file.prune(&ChunkFilter { min_seq: Some(min_seq), ..ChunkFilter::default() });
        let mut kinds = NameColumn::new("kind", |text| EventKind::parse(text).map(EventKind::is_activity));
        let mut activities =
            NameColumn::new("activity", |text| names.activities.find(text).and_then(|code| u16::try_from(code).ok()));
        let mut channels =
            NameColumn::new("channel", |text| names.channels.find(text).and_then(|code| u8::try_from(code).ok()));
        let mut units = NameColumn::new("unit", |text| names.units.find(text));

        for batch in
            self.file.batches(groups, None, [SEQ, NODE, KIND, ACTIVITY, CHANNEL, UNIT, OCCURRED_AT].into_iter())?
        {
            let batch = batch.map_err(|error| self.file.damaged(error))?;
            kinds.read(self.file.name(), &batch, KIND)?;
            activities.read(self.file.name(), &batch, ACTIVITY)?;
            channels.read(self.file.name(), &batch, CHANNEL)?;
            units.read(self.file.name(), &batch, UNIT)?;
            let nodes = self.file.numbers(&batch, NODE)?;
            let seqs = self.file.numbers(&batch, SEQ)?;
            let instants = self.file.instants(&batch, OCCURRED_AT)?;
            for row in 0..batch.num_rows() {
                let is_activity = kinds.value(row).unwrap_or(false);
                let Some(activity) = activities.value(row) else { continue };
                if !is_activity || seqs[row] < min_seq {
                    continue;
                }
                each(TimelineRow {
                    node: NodeId(nodes[row]),
                    occurred_at: instants[row],
                    seq: seqs[row],
                    activity,
                    channel: channels.value(row),
                    unit: units.value(row),
                });
            }
        }
        Ok(())
    }

    /// Calls `each` with the source, the time of arrival and the time of happening of every event. Reads only these.
    pub fn for_each_arrival(&self, names: &Names, each: &mut dyn FnMut(u32, i64, i64)) -> Result<(), ChunkError> {
        let groups = self.file.prune(&ChunkFilter::default());
        let mut sources = NameColumn::new("source", |text| names.sources.find(text));
        for batch in self.file.batches(groups, None, [SOURCE, RECEIVED_AT, OCCURRED_AT].into_iter())? {
            let batch = batch.map_err(|error| self.file.damaged(error))?;
            sources.read(self.file.name(), &batch, SOURCE)?;
            let received = self.file.instants(&batch, RECEIVED_AT)?;
            let occurred = self.file.instants(&batch, OCCURRED_AT)?;
            for row in 0..batch.num_rows() {
                if let Some(source) = sources.value(row) {
                    each(source, received[row], occurred[row]);
                }
            }
        }
        Ok(())
    }

    /// The typed columns of the file and how many values each has.
    pub(super) fn typed_columns(&self) -> Vec<(String, ColumnType, u64)> {
        let metadata = self.file.metadata();
        let mut columns = Vec::new();
        for (index, field) in self.file.schema().fields().iter().enumerate() {
            let Some(name) = field.name().strip_prefix(PROPERTY_PREFIX) else { continue };
            let kind = match field.data_type() {
                arrow_schema::DataType::Float64 => ColumnType::Number,
                arrow_schema::DataType::Utf8 => ColumnType::Text,
                arrow_schema::DataType::Boolean => ColumnType::Boolean,
                _ => continue,
            };
            let values = metadata.row_groups().iter().map(|group| {
                let nulls = group.column(index).statistics().and_then(Statistics::null_count_opt).unwrap_or(0);
                rows_of(group).saturating_sub(nulls)
            });
            columns.push((name.to_owned(), kind, values.sum()));
        }
        columns
    }
}

fn rows_of(group: &RowGroupMetaData) -> u64 {
    u64::try_from(group.num_rows()).unwrap_or(0)
}
