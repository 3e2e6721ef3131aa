//! Reading a text chunk along with its chunk: each event's texts go back to their places.

use arrow_array::cast::AsArray;
use arrow_array::types::{UInt32Type, UInt64Type};
use arrow_array::{Array, FixedSizeBinaryArray, RecordBatch, StringArray, UInt32Array, UInt64Array};
use bytes::Bytes;
use domain::StoredEvent;
use domain::ports::DataFile;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::TEXT_FORMAT;
use super::places::Restoration;
use crate::chunk::file::{ChunkFile, Formats};
use crate::chunk::rows::column;
use crate::chunk::schema::{EVENT_ID, SEQ};
use crate::chunk::{ChunkError, ChunkFilter};

pub const FORMAT_KEY: &str = "vivencia.texts.format";
pub const PROPERTY: &str = "property";
pub const TEXT: &str = "text";
pub const PLACE: &str = "place";
pub const SPELLING: &str = "spelling";

const FORMATS: Formats = Formats { key: FORMAT_KEY, newest: TEXT_FORMAT };

/// A text chunk that was opened. Cheap to keep: only its footer is in memory.
pub struct TextReader {
    file: ChunkFile,
}

impl TextReader {
    /// `verify` as for [`ChunkReader::open`](crate::chunk::ChunkReader::open).
    pub fn open(bytes: Bytes, file: &DataFile, verify: bool) -> Result<TextReader, ChunkError> {
        Ok(TextReader { file: ChunkFile::open(bytes, file, &FORMATS, verify)? })
    }

    /// The texts of the events that pass the filter, in their order.
    pub fn rows(&self, filter: &ChunkFilter<'_>) -> Result<TextRows<'_>, ChunkError> {
        let groups = self.file.prune(filter);
        let selection = self.file.select(&groups, filter)?;
        let columns = [EVENT_ID, SEQ, TEXT, PLACE, SPELLING];
        let batches = self.file.batches(groups, selection, columns.into_iter())?;
        Ok(TextRows { file: &self.file, batches, batch: None, next: 0 })
    }
}

/// Texts, read as their events are.
pub struct TextRows<'a> {
    file: &'a ChunkFile,
    batches: ParquetRecordBatchReader,
    batch: Option<TextBatch>,
    next: usize,
}

struct TextBatch {
    count: usize,
    event_id: FixedSizeBinaryArray,
    seq: UInt64Array,
    text: StringArray,
    place: UInt32Array,
    spelling: StringArray,
}

impl TextRows<'_> {
    /// Puts the next `count` texts, which must be those of the event, into its properties.
    pub fn put_back(&mut self, event: &mut StoredEvent, count: u32) -> Result<(), ChunkError> {
        let remaining = std::mem::take(&mut event.properties);
        let mut restoration = Restoration::of(&remaining);
        for _ in 0..count {
            self.advance()?;
            let (Some(batch), row) = (&self.batch, self.next) else {
                return Err(self.file.damaged(format!("a text of event {} is missing", event.event_id)));
            };
            let is_its_own =
                batch.seq.value(row) == event.seq && batch.event_id.value(row) == event.event_id.0.to_be_bytes();
            let spelling = batch.spelling.is_valid(row).then(|| batch.spelling.value(row));
            if !is_its_own || restoration.put_back(batch.place.value(row), batch.text.value(row), spelling).is_none() {
                return Err(self.file.damaged(format!("its texts are not those of event {}", event.event_id)));
            }
            self.next += 1;
        }
        event.properties = restoration.finish();
        Ok(())
    }

    /// After the last event: whether a text is left over.
    pub fn check_end(&mut self) -> Result<(), ChunkError> {
        self.advance()?;
        match self.batch {
            Some(_) => Err(self.file.damaged("a text is of no event of the chunk")),
            None => Ok(()),
        }
    }

    /// Goes to the batch of the next text; to none after the last.
    fn advance(&mut self) -> Result<(), ChunkError> {
        while self.batch.as_ref().is_none_or(|batch| self.next >= batch.count) {
            self.batch = None;
            let Some(batch) = self.batches.next() else { return Ok(()) };
            let batch = batch.map_err(|error| self.file.damaged(error))?;
            self.batch = Some(self.read(&batch)?);
            self.next = 0;
        }
        Ok(())
    }

    fn read(&self, batch: &RecordBatch) -> Result<TextBatch, ChunkError> {
        let find = |name| column(self.file.name(), batch, name);
        let other_type = |name: &str| self.file.damaged(format!("column {name} is of another type"));
        let text = |name| find(name)?.as_string_opt::<i32>().cloned().ok_or_else(|| other_type(name));
        let ids = find(EVENT_ID)?.as_fixed_size_binary_opt().cloned();
        let seqs = find(SEQ)?.as_primitive_opt::<UInt64Type>().cloned();
        let places = find(PLACE)?.as_primitive_opt::<UInt32Type>().cloned();
        Ok(TextBatch {
            count: batch.num_rows(),
            event_id: ids.ok_or_else(|| other_type(EVENT_ID))?,
            seq: seqs.ok_or_else(|| other_type(SEQ))?,
            text: text(TEXT)?,
            place: places.ok_or_else(|| other_type(PLACE))?,
            spelling: text(SPELLING)?,
        })
    }
}
