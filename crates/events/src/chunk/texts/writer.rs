//! Writing a text chunk, text by text, beside its chunk.

use std::sync::Arc;

use arrow_array::builder::{
    FixedSizeBinaryBuilder, StringBuilder, StringDictionaryBuilder, TimestampMillisecondBuilder, UInt32Builder,
    UInt64Builder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use domain::StoredEvent;
use domain::ports::{DataFile, DataFileKind, Dictionary};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::places::Taken;
use super::reader::{FORMAT_KEY, PLACE, PROPERTY, SPELLING, TEXT};
use super::{TEXT_FORMAT, texts_name};
use crate::chunk::ChunkError;
use crate::chunk::columns::{NameColumn, UnknownCode, find_optional, finish_text};
use crate::chunk::schema::{
    ACTIVITY, CHANNEL, EVENT_ID, NODE, OCCURRED_AT, PAGE_BYTES, ROW_GROUP_ROWS, SEQ, ascending, id_field, instant_type,
    name_type,
};
use crate::chunk::writer::widen;
use crate::files::DataFileWriter;
use crate::names::Names;

/// A row group ends before its texts reach this.
const MAX_TEXT_BYTES: usize = 16 << 20;
/// Says whose texts a file has.
const CHUNK_KEY: &str = "vivencia.texts.chunk";

/// A text chunk being written. Events come sorted, as those of the chunk.
pub struct TextWriter<'a> {
    name: String,
    names: &'a Names,
    schema: SchemaRef,
    parquet: ArrowWriter<DataFileWriter>,
    columns: TextColumns,
    bounds: Option<DataFile>,
}

impl<'a> TextWriter<'a> {
    /// For the texts of the chunk with this name.
    pub fn new(file: DataFileWriter, chunk: &str, names: &'a Names) -> Result<TextWriter<'a>, ChunkError> {
        let name = texts_name(chunk);
        let schema = Arc::new(Schema::new(fields()));
        let fail = |error| ChunkError::unwritable(&name, error);
        let options = ArrowWriterOptions::new().with_properties(writer_properties(chunk).map_err(fail)?);
        let parquet = ArrowWriter::try_new_with_options(file, schema.clone(), options).map_err(fail)?;
        Ok(TextWriter { names, schema, parquet, columns: TextColumns::new(), bounds: None, name })
    }

    /// Takes the texts of an event that occurred in month `period`.
    pub fn push<'t>(
        &mut self,
        event: &StoredEvent,
        period: i64,
        texts: impl Iterator<Item = Taken<'t>>,
    ) -> Result<(), ChunkError> {
        for taken in texts {
            widen(&mut self.bounds, &self.name, (DataFileKind::TextChunk, TEXT_FORMAT), period, event);
            let pushed = self.columns.push(event, &taken, self.names);
            pushed.map_err(|unknown| unknown.in_file(&self.name))?;
        }
        if self.columns.is_full() { self.write_row_group() } else { Ok(()) }
    }

    fn write_row_group(&mut self) -> Result<(), ChunkError> {
        if self.columns.rows == 0 {
            return Ok(());
        }
        let fail = |error: &dyn std::fmt::Display| ChunkError::unwritable(&self.name, error.to_string());
        let columns = self.columns.finish().map_err(|error| fail(&error))?;
        let batch = RecordBatch::try_new(self.schema.clone(), columns).map_err(|error| fail(&error))?;
        self.parquet.write(&batch).and_then(|()| self.parquet.flush()).map_err(|error| fail(&error))
    }

    /// Returns when the bytes are on the disk.
    pub fn finish(mut self) -> Result<DataFile, ChunkError> {
        self.write_row_group()?;
        let Some(mut file) = self.bounds.take() else {
            return Err(ChunkError::unwritable(&self.name, "it has no texts"));
        };
        let written = self.parquet.into_inner().map_err(|error| ChunkError::unwritable(&self.name, error))?;
        (file.bytes, file.checksum) = written.sync()?;
        Ok(file)
    }
}

struct TextColumns {
    rows: usize,
    text_bytes: usize,
    event_id: FixedSizeBinaryBuilder,
    seq: UInt64Builder,
    node: UInt64Builder,
    occurred_at: TimestampMillisecondBuilder,
    activity: NameColumn,
    channel: NameColumn,
    property: StringDictionaryBuilder<Int32Type>,
    text: StringBuilder,
    place: UInt32Builder,
    spelling: StringBuilder,
}

impl TextColumns {
    fn new() -> TextColumns {
        TextColumns {
            rows: 0,
            text_bytes: 0,
            event_id: FixedSizeBinaryBuilder::new(16),
            seq: UInt64Builder::new(),
            node: UInt64Builder::new(),
            occurred_at: TimestampMillisecondBuilder::new().with_data_type(instant_type()),
            activity: NameColumn::default(),
            channel: NameColumn::default(),
            property: StringDictionaryBuilder::new(),
            text: StringBuilder::new(),
            place: UInt32Builder::new(),
            spelling: StringBuilder::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.rows >= ROW_GROUP_ROWS || self.text_bytes >= MAX_TEXT_BYTES
    }

    fn push(&mut self, event: &StoredEvent, taken: &Taken<'_>, names: &Names) -> Result<(), UnknownCode> {
        let activity = find_optional(&names.activities, Dictionary::Activity, event.activity)?;
        let channel = find_optional(&names.channels, Dictionary::Channel, event.channel)?;
        // A width of 16 bytes is what the builder of ids was made with.
        let _ = self.event_id.append_value(event.event_id.0.to_be_bytes());
        self.seq.append_value(event.seq);
        self.node.append_value(event.node.0);
        self.occurred_at.append_value(event.occurred_at);
        self.activity.push(activity);
        self.channel.push(channel);
        self.property.append_value(taken.property);
        self.text.append_value(&taken.text);
        self.place.append_value(taken.place);
        self.spelling.append_option(taken.spelling);
        self.rows += 1;
        self.text_bytes += taken.property.len() + taken.text.len() + taken.spelling.map_or(0, str::len);
        Ok(())
    }

    /// In the order of the schema.
    fn finish(&mut self) -> Result<Vec<ArrayRef>, ArrowError> {
        (self.rows, self.text_bytes) = (0, 0);
        Ok(vec![
            Arc::new(self.event_id.finish()),
            Arc::new(self.seq.finish()),
            Arc::new(self.node.finish()),
            Arc::new(self.occurred_at.finish()),
            self.activity.finish()?,
            self.channel.finish()?,
            Arc::new(self.property.finish()),
            finish_text(&mut self.text),
            Arc::new(self.place.finish()),
            Arc::new(self.spelling.finish()),
        ])
    }
}

fn fields() -> Vec<Field> {
    vec![
        id_field(EVENT_ID, false),
        Field::new(SEQ, DataType::UInt64, false),
        Field::new(NODE, DataType::UInt64, false),
        Field::new(OCCURRED_AT, instant_type(), false),
        Field::new(ACTIVITY, name_type(), true),
        Field::new(CHANNEL, name_type(), true),
        Field::new(PROPERTY, name_type(), false),
        Field::new(TEXT, DataType::Utf8, false),
        Field::new(PLACE, DataType::UInt32, false),
        Field::new(SPELLING, DataType::Utf8, true),
    ]
}

fn writer_properties(chunk: &str) -> Result<WriterProperties, ParquetError> {
    let sorting: Vec<SortingColumn> = [NODE, OCCURRED_AT, SEQ, PLACE]
        .into_iter()
        .filter_map(|name| fields().iter().position(|field| field.name() == name))
        .filter_map(|index| i32::try_from(index).ok())
        .map(ascending)
        .collect();
    let key = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_data_page_size_limit(PAGE_BYTES)
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_key_value_metadata(Some(vec![key(FORMAT_KEY, TEXT_FORMAT.to_string()), key(CHUNK_KEY, chunk.to_owned())]))
        .set_sorting_columns(Some(sorting));
    properties = properties
        .set_column_dictionary_enabled(EVENT_ID.into(), false)
        .set_column_compression(EVENT_ID.into(), Compression::UNCOMPRESSED)
        .set_column_dictionary_enabled(TEXT.into(), false);
    for name in [SEQ, NODE, OCCURRED_AT] {
        properties = properties
            .set_column_dictionary_enabled(name.into(), false)
            .set_column_compression(name.into(), Compression::UNCOMPRESSED)
            .set_column_encoding(name.into(), Encoding::DELTA_BINARY_PACKED);
    }
    for name in [SEQ, NODE, OCCURRED_AT, ACTIVITY, CHANNEL, PROPERTY] {
        properties = properties.set_column_statistics_enabled(name.into(), EnabledStatistics::Chunk);
    }
    Ok(properties.build())
}
