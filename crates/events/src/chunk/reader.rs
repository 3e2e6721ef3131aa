//! Reading a chunk: whole, or the events of some customers, a stretch of time, or from a number on.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{TimestampMillisecondType, UInt64Type};
use arrow_array::{BooleanArray, RecordBatch};
use bytes::Bytes;
use domain::ports::DataFile;
use domain::{EventKind, NodeId, StoredEvent};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::file::metadata::{PageIndexPolicy, RowGroupMetaData};
use parquet::file::statistics::Statistics;

use super::rows::{ChunkEvents, NameColumn, column};
use super::schema::{ACTIVITY, CHANNEL, FORMAT_KEY, KIND, NODE, OCCURRED_AT, PROPERTY_PREFIX, SEQ};
use super::typed::ColumnType;
use super::{ChunkError, FORMAT};
use crate::files::{verify_checksum, verify_length};
use crate::names::Names;

const BATCH_ROWS: usize = 8_192;

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
}

/// A chunk that was opened. Cheap to keep: only its footer is in memory.
pub struct ChunkReader {
    name: String,
    bytes: Bytes,
    metadata: ArrowReaderMetadata,
}

impl ChunkReader {
    /// Opens the bytes of a chunk. `verify` reads all of them and compares their CRC-32C with the catalogue's; without it
    /// only the length is compared. Unverified bytes must have been verified before in this process: of 3,000 flipped
    /// bits, 1,191 gave wrong events without an error and 40 a panic. [`VerifiedChunks`](super::VerifiedChunks) sees to it.
    pub fn open(bytes: Bytes, file: &DataFile, verify: bool) -> Result<ChunkReader, ChunkError> {
        let name = file.name.as_str();
        check_format(name, file.format)?;
        if verify {
            verify_checksum(&bytes, file)?;
        } else {
            verify_length(&bytes, file)?;
        }
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&bytes, options).map_err(|error| ChunkError::damaged(name, error))?;
        let entries = metadata.metadata().file_metadata().key_value_metadata();
        let format = entries.and_then(|entries| entries.iter().find(|entry| entry.key == FORMAT_KEY));
        match format.and_then(|entry| entry.value.as_deref()).and_then(|value| value.parse().ok()) {
            Some(format) => check_format(name, format)?,
            None => return Err(ChunkError::damaged(name, format!("Parquet without the key {FORMAT_KEY}"))),
        }
        Ok(ChunkReader { name: name.to_owned(), bytes, metadata })
    }

    /// The file's name in the catalogue.
    pub fn name(&self) -> &str {
        &self.name
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

    /// The events that pass the filter, sorted by `(node, occurred_at, seq)`, read as they are asked for.
    pub fn events<'a>(&'a self, filter: &ChunkFilter<'_>, names: &'a Names) -> Result<ChunkEvents<'a>, ChunkError> {
        let groups = self.prune(filter);
        let selection = self.select(&groups, filter)?;
        let schema = self.metadata.schema();
        let columns = schema.fields().iter().map(|field| field.name().as_str());
        let fixed = columns.filter(|name| !name.starts_with(PROPERTY_PREFIX));
        let batches = self.batches(groups, selection, fixed)?;
        Ok(ChunkEvents::new(&self.name, batches, names))
    }

    /// Calls `each` with the events that are activities and have the number `min_seq` or a later one, sorted by
    /// `(node, occurred_at, seq)`. Reads only what it gives.
    pub fn for_each_step(
        &self,
        min_seq: u64,
        names: &Names,
        each: &mut dyn FnMut(TimelineRow),
    ) -> Result<(), ChunkError> {
        let groups = self.prune(&ChunkFilter { min_seq: Some(min_seq), ..ChunkFilter::default() });
        let mut kinds = NameColumn::new("kind", |text| EventKind::parse(text).map(EventKind::is_activity));
        let mut activities =
            NameColumn::new("activity", |text| names.activities.find(text).and_then(|code| u16::try_from(code).ok()));
        let mut channels =
            NameColumn::new("channel", |text| names.channels.find(text).and_then(|code| u8::try_from(code).ok()));

        for batch in self.batches(groups, None, [SEQ, NODE, KIND, ACTIVITY, CHANNEL, OCCURRED_AT].into_iter())? {
            let batch = batch.map_err(|error| self.damaged(error))?;
            kinds.read(&self.name, &batch, KIND)?;
            activities.read(&self.name, &batch, ACTIVITY)?;
            channels.read(&self.name, &batch, CHANNEL)?;
            let nodes = self.numbers(&batch, NODE)?;
            let seqs = self.numbers(&batch, SEQ)?;
            let instants = self.instants(&batch, OCCURRED_AT)?;
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
                });
            }
        }
        Ok(())
    }

    /// The typed columns of the file and how many values each has.
    pub(super) fn typed_columns(&self) -> Vec<(String, ColumnType, u64)> {
        let metadata = self.metadata.metadata();
        let mut columns = Vec::new();
        for (index, field) in self.metadata.schema().fields().iter().enumerate() {
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

    /// Row groups that may hold wanted events, by their statistics.
    fn prune(&self, filter: &ChunkFilter<'_>) -> Vec<usize> {
        let groups = self.metadata.metadata().row_groups().iter().enumerate();
        groups.filter(|(_, group)| self.may_hold(group, filter)).map(|(index, _)| index).collect()
    }

    fn may_hold(&self, group: &RowGroupMetaData, filter: &ChunkFilter<'_>) -> bool {
        let has_nodes = filter.nodes.is_none_or(|nodes| match self.bounds(group, NODE) {
            Some((least, greatest)) => {
                let from = nodes.partition_point(|node| node.0 < least as u64);
                nodes.get(from).is_some_and(|node| node.0 <= greatest as u64)
            }
            None => true,
        });
        let has_seqs = filter.min_seq.is_none_or(|min_seq| match self.bounds(group, SEQ) {
            Some((_, greatest)) => greatest as u64 >= min_seq,
            None => true,
        });
        let has_instants = filter.occurred.as_ref().is_none_or(|span| match self.bounds(group, OCCURRED_AT) {
            Some((least, greatest)) => least < span.end && greatest >= span.start,
            None => true,
        });
        has_nodes && has_seqs && has_instants
    }

    /// Least and greatest value of a column in a row group; unsigned ones as the same 64 bits.
    fn bounds(&self, group: &RowGroupMetaData, name: &str) -> Option<(i64, i64)> {
        let leaf = self.leaf(name)?;
        match group.column(leaf).statistics()? {
            Statistics::Int64(values) => Some((*values.min_opt()?, *values.max_opt()?)),
            _ => None,
        }
    }

    fn leaf(&self, name: &str) -> Option<usize> {
        self.metadata.schema().fields().iter().position(|field| field.name() == name)
    }

    /// The wanted rows of these row groups; `None` for all of them.
    fn select(&self, groups: &[usize], filter: &ChunkFilter<'_>) -> Result<Option<RowSelection>, ChunkError> {
        if filter.nodes.is_none() && filter.min_seq.is_none() && filter.occurred.is_none() {
            return Ok(None);
        }
        let min_seq = filter.min_seq.unwrap_or(0);
        let mut wanted = Vec::new();
        for batch in self.batches(groups.to_vec(), None, [SEQ, NODE, OCCURRED_AT].into_iter())? {
            let batch = batch.map_err(|error| self.damaged(error))?;
            let nodes = self.numbers(&batch, NODE)?;
            let seqs = self.numbers(&batch, SEQ)?;
            let instants = self.instants(&batch, OCCURRED_AT)?;
            let is_wanted = |row: usize| {
                seqs[row] >= min_seq
                    && filter.occurred.as_ref().is_none_or(|span| span.contains(&instants[row]))
                    && filter.nodes.is_none_or(|wanted| wanted.binary_search(&NodeId(nodes[row])).is_ok())
            };
            wanted.push((0..batch.num_rows()).map(is_wanted).collect::<Vec<bool>>());
        }
        let wanted: Vec<BooleanArray> = wanted.into_iter().map(BooleanArray::from).collect();
        Ok(Some(RowSelection::from_filters(&wanted)))
    }

    fn batches<'a>(
        &self,
        groups: Vec<usize>,
        selection: Option<RowSelection>,
        columns: impl Iterator<Item = &'a str>,
    ) -> Result<ParquetRecordBatchReader, ChunkError> {
        let leaves = columns.filter_map(|name| self.leaf(name));
        let projection = ProjectionMask::leaves(self.metadata.parquet_schema(), leaves);
        let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.bytes.clone(), self.metadata.clone())
            .with_row_groups(groups)
            .with_batch_size(BATCH_ROWS)
            .with_projection(projection);
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        builder.build().map_err(|error| self.damaged(error))
    }

    fn numbers<'b>(&self, batch: &'b RecordBatch, name: &str) -> Result<&'b [u64], ChunkError> {
        let numbers = column(&self.name, batch, name)?.as_primitive_opt::<UInt64Type>();
        Ok(numbers.ok_or_else(|| self.damaged(format!("column {name} is of another type")))?.values())
    }

    fn instants<'b>(&self, batch: &'b RecordBatch, name: &str) -> Result<&'b [i64], ChunkError> {
        let instants = column(&self.name, batch, name)?.as_primitive_opt::<TimestampMillisecondType>();
        Ok(instants.ok_or_else(|| self.damaged(format!("column {name} is of another type")))?.values())
    }

    fn damaged(&self, fault: impl ToString) -> ChunkError {
        ChunkError::damaged(&self.name, fault)
    }
}

fn rows_of(group: &RowGroupMetaData) -> u64 {
    u64::try_from(group.num_rows()).unwrap_or(0)
}

fn check_format(name: &str, format: u32) -> Result<(), ChunkError> {
    match format {
        1..=FORMAT => Ok(()),
        0 => Err(ChunkError::damaged(name, "format 0 never was")),
        _ => Err(ChunkError::NewerFormat { name: name.to_owned(), found: format, known: FORMAT }),
    }
}
