//! What all Parquet files of the log have in common: opened by format and checksum, read by row group and row.

use arrow_array::cast::AsArray;
use arrow_array::types::{TimestampMillisecondType, UInt64Type};
use arrow_array::{BooleanArray, RecordBatch};
use arrow_schema::SchemaRef;
use bytes::Bytes;
use domain::NodeId;
use domain::ports::DataFile;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, RowGroupMetaData};
use parquet::file::statistics::Statistics;

use super::ChunkError;
use super::reader::ChunkFilter;
use super::rows::column;
use super::schema::{NODE, OCCURRED_AT, SEQ};
use crate::files::{verify_checksum, verify_length};

const BATCH_ROWS: usize = 8_192;

/// The formats of a kind of file: the key of the metadata that says which one a file has, and the newest that is known.
pub struct Formats {
    pub key: &'static str,
    pub newest: u32,
}

impl Formats {
    fn check(&self, name: &str, format: u32) -> Result<(), ChunkError> {
        match format {
            0 => Err(ChunkError::damaged(name, "format 0 never was")),
            known if known <= self.newest => Ok(()),
            _ => Err(ChunkError::NewerFormat { name: name.to_owned(), found: format, known: self.newest }),
        }
    }
}

/// A Parquet file with the columns `seq`, `node` and `occurred_at`. Cheap to keep: only its footer is in memory.
pub struct ChunkFile {
    name: String,
    bytes: Bytes,
    metadata: ArrowReaderMetadata,
}

impl ChunkFile {
    /// See [`super::ChunkReader::open`].
    pub fn open(bytes: Bytes, file: &DataFile, formats: &Formats, verify: bool) -> Result<ChunkFile, ChunkError> {
        let name = file.name.as_str();
        formats.check(name, file.format)?;
        if verify {
            verify_checksum(&bytes, file)?;
        } else {
            verify_length(&bytes, file)?;
        }
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&bytes, options).map_err(|error| ChunkError::damaged(name, error))?;
        let entries = metadata.metadata().file_metadata().key_value_metadata();
        let format = entries.and_then(|entries| entries.iter().find(|entry| entry.key == formats.key));
        match format.and_then(|entry| entry.value.as_deref()).and_then(|value| value.parse().ok()) {
            Some(format) => formats.check(name, format)?,
            None => return Err(ChunkError::damaged(name, format!("Parquet without the key {}", formats.key))),
        }
        Ok(ChunkFile { name: name.to_owned(), bytes, metadata })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    pub fn metadata(&self) -> &ParquetMetaData {
        self.metadata.metadata()
    }

    /// Row groups that may hold wanted events, by their statistics.
    pub fn prune(&self, filter: &ChunkFilter<'_>) -> Vec<usize> {
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
    pub fn select(&self, groups: &[usize], filter: &ChunkFilter<'_>) -> Result<Option<RowSelection>, ChunkError> {
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

    pub fn batches<'a>(
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

    pub fn numbers<'b>(&self, batch: &'b RecordBatch, name: &str) -> Result<&'b [u64], ChunkError> {
        let numbers = column(&self.name, batch, name)?.as_primitive_opt::<UInt64Type>();
        Ok(numbers.ok_or_else(|| self.damaged(format!("column {name} is of another type")))?.values())
    }

    pub fn instants<'b>(&self, batch: &'b RecordBatch, name: &str) -> Result<&'b [i64], ChunkError> {
        let instants = column(&self.name, batch, name)?.as_primitive_opt::<TimestampMillisecondType>();
        Ok(instants.ok_or_else(|| self.damaged(format!("column {name} is of another type")))?.values())
    }

    pub fn damaged(&self, fault: impl ToString) -> ChunkError {
        ChunkError::damaged(&self.name, fault)
    }
}
