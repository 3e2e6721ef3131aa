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
use super::texts::{ChunkFiles, Separator, TextWriter, texts_name};
use super::typed::{PropertyPlan, TypedColumns};
use super::{ChunkError, FORMAT, MonthClock};
use crate::files::{DataFileWriter, path_of, write_file};
use crate::intake::FreeText;
use crate::names::Names;

/// Seals events of one month as the chunk `name` (a path below `events_dir`), in the order `(node, occurred_at, seq)`
/// whatever theirs is, their free texts as the text chunk beside it. Also counts the properties of each activity.
///
/// When it returns, the bytes are on the disk; the names are durable after `sync_dir` of the file's folder, which is left to
/// the caller because a seal writes several chunks. After a failure no file is left.
pub fn write_chunk<E: Borrow<StoredEvent>>(
    files: &dyn Files,
    events_dir: &Path,
    name: &str,
    events: &[E],
    names: &Names,
    free_text: &FreeText,
) -> Result<(ChunkFiles, Vec<PropertySeen>), ChunkError> {
    let place = ChunkPlace { files, events_dir, name };
    let plan = PropertyPlan::choose(events.iter().map(Borrow::borrow), free_text);
    let order = sorted_order(events);
    place.write(&plan, names, free_text, |writer| {
        for stretch in order.chunks(AHEAD) {
            let stretch = stretch.iter().map(|index| events[*index as usize].borrow());
            touch(stretch.clone());
            for event in stretch {
                writer.push(event)?;
            }
        }
        Ok(())
    })
}

/// Where a chunk is to be.
#[derive(Clone, Copy)]
pub struct ChunkPlace<'a> {
    pub files: &'a dyn Files,
    pub events_dir: &'a Path,
    pub name: &'a str,
}

impl ChunkPlace<'_> {
    /// Makes the chunk, has it filled, and removes what there is of it when that fails.
    pub fn write(
        self,
        plan: &PropertyPlan,
        names: &Names,
        free_text: &FreeText,
        fill: impl FnOnce(&mut ChunkWriter<'_>) -> Result<(), ChunkError>,
    ) -> Result<(ChunkFiles, Vec<PropertySeen>), ChunkError> {
        let mut has_texts = false;
        let written = write_file(self.files, self.events_dir, self.name, |file| {
            let mut writer = ChunkWriter::new(self, file, plan, names, free_text)?;
            let filled = fill(&mut writer);
            has_texts = writer.texts.is_some();
            filled.and_then(|()| writer.finish())
        });
        if written.is_err() && has_texts {
            // As for the chunk: what failed is what the caller must hear of.
            let _ = self.files.remove(&path_of(self.events_dir, &texts_name(self.name)));
        }
        written
    }
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

/// A chunk being written, and its text chunk from the first text on. Events come sorted.
pub struct ChunkWriter<'a> {
    place: ChunkPlace<'a>,
    names: &'a Names,
    schema: SchemaRef,
    parquet: ArrowWriter<DataFileWriter>,
    columns: EventColumns<'a>,
    typed: TypedColumns,
    separator: Separator,
    texts: Option<TextWriter<'a>>,
    bounds: Option<DataFile>,
    last: (u64, i64, u64),
    months: MonthClock,
}

impl<'a> ChunkWriter<'a> {
    fn new(
        place: ChunkPlace<'a>,
        file: DataFileWriter,
        plan: &PropertyPlan,
        names: &'a Names,
        free_text: &FreeText,
    ) -> Result<ChunkWriter<'a>, ChunkError> {
        let schema = chunk_schema(plan);
        let fail = |error| ChunkError::unwritable(place.name, error);
        let options = ArrowWriterOptions::new().with_properties(writer_properties(plan).map_err(fail)?);
        let parquet = ArrowWriter::try_new_with_options(file, schema.clone(), options).map_err(fail)?;
        Ok(ChunkWriter {
            place,
            names,
            schema,
            parquet,
            columns: EventColumns::new(names),
            typed: TypedColumns::new(plan),
            separator: Separator::new(free_text.clone()),
            texts: None,
            bounds: None,
            last: (0, i64::MIN, 0),
            months: MonthClock::default(),
        })
    }

    pub fn push(&mut self, event: &StoredEvent) -> Result<(), ChunkError> {
        let name = self.place.name;
        let place = (event.node.0, event.occurred_at, event.seq);
        if place < self.last {
            return Err(ChunkError::unwritable(name, "its events are not in order"));
        }
        self.last = place;
        let period = self.months.month_of(event.occurred_at);
        let bounds = widen(&mut self.bounds, name, (DataFileKind::Chunk, FORMAT), period, event);
        if bounds.period != period {
            return Err(ChunkError::unwritable(name, "its events are of two months"));
        }
        self.separator.separate(&event.properties);
        let properties = self.separator.remaining(&event.properties);
        let texts = self.separator.count();
        self.typed.push(self.columns.rows(), event, properties);
        // An event has far fewer texts than a u32 can count.
        let pushed = self.columns.push(event, properties, texts as u32);
        pushed.map_err(|unknown| unknown.in_file(name))?;
        if texts > 0 {
            self.push_texts(event, period)?;
        }
        if self.columns.is_full() { self.write_row_group() } else { Ok(()) }
    }

    fn push_texts(&mut self, event: &StoredEvent, period: i64) -> Result<(), ChunkError> {
        let texts = match &mut self.texts {
            Some(texts) => texts,
            None => {
                let ChunkPlace { files, events_dir, name } = self.place;
                let file = DataFileWriter::create(files, events_dir, &texts_name(name))?;
                self.texts.insert(TextWriter::new(file, name, self.names)?)
            }
        };
        texts.push(event, period, self.separator.taken(&event.properties))
    }

    fn write_row_group(&mut self) -> Result<(), ChunkError> {
        let rows = self.columns.rows();
        if rows == 0 {
            return Ok(());
        }
        let fail = |error: &dyn std::fmt::Display| ChunkError::unwritable(self.place.name, error.to_string());
        let mut columns = self.columns.finish().map_err(|error| fail(&error))?;
        columns.extend(self.typed.finish(rows));
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(|error| fail(&error))?;
        self.parquet.write(&batch).and_then(|()| self.parquet.flush()).map_err(|error| fail(&error))
    }

    /// Returns when the bytes are on the disk.
    fn finish(mut self) -> Result<(ChunkFiles, Vec<PropertySeen>), ChunkError> {
        self.write_row_group()?;
        let name = self.place.name;
        let Some(mut chunk) = self.bounds.take() else {
            return Err(ChunkError::unwritable(name, "it has no events"));
        };
        let texts = self.texts.map(TextWriter::finish).transpose()?;
        let written = self.parquet.into_inner().map_err(|error| ChunkError::unwritable(name, error))?;
        (chunk.bytes, chunk.checksum) = written.sync()?;
        Ok((ChunkFiles { chunk, texts }, self.typed.into_seen(&self.names.activities)))
    }
}

/// Takes a row of an event into what the catalogue says of a file. Events come sorted.
pub fn widen<'b>(
    bounds: &'b mut Option<DataFile>,
    name: &str,
    (kind, format): (DataFileKind, u32),
    period: i64,
    event: &StoredEvent,
) -> &'b DataFile {
    let bounds = bounds.get_or_insert_with(|| DataFile {
        name: name.to_owned(),
        kind,
        format,
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
    bounds.rows += 1;
    bounds.min_seq = bounds.min_seq.min(event.seq);
    bounds.max_seq = bounds.max_seq.max(event.seq);
    bounds.max_node = event.node.0;
    bounds.min_occurred_at = bounds.min_occurred_at.min(event.occurred_at);
    bounds.max_occurred_at = bounds.max_occurred_at.max(event.occurred_at);
    bounds
}
