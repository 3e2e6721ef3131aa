//! Writing a chunk, row group by row group.

use std::borrow::Borrow;
use std::hint::black_box;
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use domain::StoredEvent;
use domain::ports::{DataFile, DataFileKind, Files, PropertySeen};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;

use super::columns::EventColumns;
use super::schema::{chunk_schema, writer_properties};
use super::typed::{PropertyPlan, TypedColumns};
use super::{ChunkError, FORMAT, MonthClock};
use crate::files::{DataFileWriter, write_file};
use crate::names::Names;

/// Seals events of one month as the chunk `name` (a path below `events_dir`), in the order `(node, occurred_at, seq)`
/// whatever theirs is. Also counts the properties of each activity.
///
/// When it returns, the bytes are on the disk; the name is durable after `sync_dir` of the file's folder, which is left to
/// the caller because a seal writes several chunks. After a failure no file is left.
pub fn write_chunk<E: Borrow<StoredEvent>>(
    files: &dyn Files,
    events_dir: &Path,
    name: &str,
    events: &[E],
    names: &Names,
) -> Result<(DataFile, Vec<PropertySeen>), ChunkError> {
    let plan = PropertyPlan::choose(events.iter().map(Borrow::borrow));
    let order = sorted_order(events);
    write_file(files, events_dir, name, |file| {
        let mut writer = ChunkWriter::new(file, name, &plan, names)?;
        for stretch in order.chunks(AHEAD) {
            let stretch = stretch.iter().map(|index| events[*index as usize].borrow());
            touch(stretch.clone());
            for event in stretch {
                writer.push(event)?;
            }
        }
        writer.finish()
    })
}

/// Events stay where they are; what is sorted is small.
fn sorted_order<E: Borrow<StoredEvent>>(events: &[E]) -> Vec<u32> {
    let mut keys: Vec<(u64, i64, u64, u32)> = (0..)
        .zip(events)
        .map(|(index, event)| {
            let event: &StoredEvent = event.borrow();
            (event.node.0, event.occurred_at, event.seq, index)
        })
        .collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, _, _, index)| index).collect()
}

/// Events whose memory is asked for at once.
const AHEAD: usize = 32;

/// Looks at events before they are written. Sorted, they lie anywhere in memory; asked for together, they come
/// together, instead of one after the other while the writer waits.
fn touch<'a>(events: impl Iterator<Item = &'a StoredEvent> + Clone) {
    let fields = events.clone().fold(0, |sum: u64, event| {
        let lengths = event.properties.len() ^ event.context.len() ^ event.message_id.len() ^ event.objects.len();
        sum ^ event.seq ^ event.node.0 ^ event.event_id.0 as u64 ^ event.occurred_at as u64 ^ lengths as u64
    });
    let lines = |text: &str| text.as_bytes().iter().step_by(64).fold(0, |sum, byte| sum ^ byte);
    let texts = events.fold(0, |sum, event| {
        let reference = event.identifier_refs.first().map_or(0, |node| node.0 as u8);
        sum ^ lines(&event.properties) ^ lines(&event.context) ^ lines(&event.message_id) ^ reference
    });
    black_box((fields, texts));
}

/// A chunk being written. Events come sorted.
pub struct ChunkWriter<'a> {
    name: &'a str,
    names: &'a Names,
    schema: SchemaRef,
    parquet: ArrowWriter<DataFileWriter>,
    columns: EventColumns<'a>,
    typed: TypedColumns,
    bounds: Option<DataFile>,
    last: (u64, i64, u64),
    months: MonthClock,
}

impl<'a> ChunkWriter<'a> {
    pub fn new(
        file: DataFileWriter,
        name: &'a str,
        plan: &PropertyPlan,
        names: &'a Names,
    ) -> Result<ChunkWriter<'a>, ChunkError> {
        let schema = chunk_schema(plan);
        let fail = |error| ChunkError::unwritable(name, error);
        let options = ArrowWriterOptions::new().with_properties(writer_properties(plan).map_err(fail)?);
        let parquet = ArrowWriter::try_new_with_options(file, schema.clone(), options).map_err(fail)?;
        Ok(ChunkWriter {
            name,
            names,
            schema,
            parquet,
            columns: EventColumns::new(names),
            typed: TypedColumns::new(plan),
            bounds: None,
            last: (0, i64::MIN, 0),
            months: MonthClock::default(),
        })
    }

    pub fn push(&mut self, event: &StoredEvent) -> Result<(), ChunkError> {
        let place = (event.node.0, event.occurred_at, event.seq);
        if place < self.last {
            return Err(ChunkError::unwritable(self.name, "its events are not in order"));
        }
        self.last = place;
        self.widen(event)?;
        self.typed.push(self.columns.rows(), event);
        self.columns.push(event).map_err(|unknown| ChunkError::UnknownName {
            name: self.name.to_owned(),
            dictionary: unknown.dictionary.as_str(),
            missing: unknown.code.to_string(),
        })?;
        if self.columns.is_full() { self.write_row_group() } else { Ok(()) }
    }

    /// Takes the event into what the catalogue says of the file.
    fn widen(&mut self, event: &StoredEvent) -> Result<(), ChunkError> {
        let period = self.months.month_of(event.occurred_at);
        let bounds = self.bounds.get_or_insert_with(|| DataFile {
            name: self.name.to_owned(),
            kind: DataFileKind::Chunk,
            format: FORMAT,
            rows: 0,
            bytes: 0,
            checksum: 0,
            period,
            min_seq: event.seq,
            max_seq: event.seq,
            min_node: event.node.0,
            max_node: event.node.0,
            min_occurred_at: event.occurred_at,
            max_occurred_at: event.occurred_at,
            is_kept: false,
        });
        if bounds.period != period {
            return Err(ChunkError::unwritable(self.name, "its events are of two months"));
        }
        bounds.rows += 1;
        bounds.min_seq = bounds.min_seq.min(event.seq);
        bounds.max_seq = bounds.max_seq.max(event.seq);
        bounds.max_node = event.node.0;
        bounds.min_occurred_at = bounds.min_occurred_at.min(event.occurred_at);
        bounds.max_occurred_at = bounds.max_occurred_at.max(event.occurred_at);
        Ok(())
    }

    fn write_row_group(&mut self) -> Result<(), ChunkError> {
        let rows = self.columns.rows();
        if rows == 0 {
            return Ok(());
        }
        let fail = |error: &dyn std::fmt::Display| ChunkError::unwritable(self.name, error.to_string());
        let mut columns = self.columns.finish().map_err(|error| fail(&error))?;
        columns.extend(self.typed.finish(rows));
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(|error| fail(&error))?;
        self.parquet.write(&batch).and_then(|()| self.parquet.flush()).map_err(|error| fail(&error))
    }

    /// Returns when the bytes are on the disk.
    pub fn finish(mut self) -> Result<(DataFile, Vec<PropertySeen>), ChunkError> {
        self.write_row_group()?;
        let Some(mut file) = self.bounds.take() else {
            return Err(ChunkError::unwritable(self.name, "it has no events"));
        };
        let written = self.parquet.into_inner().map_err(|error| ChunkError::unwritable(self.name, error))?;
        (file.bytes, file.checksum) = written.sync()?;
        Ok((file, self.typed.into_seen(&self.names.activities)))
    }
}
