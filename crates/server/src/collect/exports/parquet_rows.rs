//! Parquet for DuckDB, pandas and Spark: typed columns, compressed, in row groups.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{Int64Builder, ListBuilder, StringBuilder, TimestampMillisecondBuilder, UInt64Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use domain::{Error, Result};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::row::Row;

/// Rows of a row group: what is held in memory before it is written.
const ROW_GROUP_ROWS: usize = 65_536;

/// Writes rows as one Parquet file.
pub struct ParquetRows<W: Write + Send> {
    writer: ArrowWriter<W>,
    schema: Arc<Schema>,
    with_personal: bool,
}

impl<W: Write + Send> ParquetRows<W> {
    pub fn start(output: W, with_personal: bool) -> Result<ParquetRows<W>> {
        let schema = Arc::new(schema(with_personal));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
            .build();
        let writer = ArrowWriter::try_new(output, schema.clone(), Some(properties)).map_err(failed)?;
        Ok(ParquetRows { writer, schema, with_personal })
    }

    pub fn write(&mut self, rows: &[Row]) -> Result<()> {
        let batch = RecordBatch::try_new(self.schema.clone(), columns(rows, self.with_personal)).map_err(failed)?;
        self.writer.write(&batch).map_err(failed)
    }

    pub fn finish(self) -> Result<()> {
        self.writer.close().map_err(failed).map(|_| ())
    }
}

fn failed(cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::internal("write events as Parquet").caused_by(cause)
}

fn instant() -> DataType {
    DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()))
}

fn list_of_texts() -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Utf8, true)))
}

fn schema(with_personal: bool) -> Schema {
    let text = |name: &str, is_nullable| Field::new(name, DataType::Utf8, is_nullable);
    let mut fields = vec![
        text("event_id", false),
        Field::new("seq", DataType::UInt64, false),
        text("source", false),
        text("message_id", false),
        text("customer", false),
        text("kind", false),
        text("activity", true),
        text("channel", true),
        text("unit", true),
        Field::new("occurred_at", instant(), false),
        Field::new("original_at", instant(), false),
        Field::new("sent_at", instant(), true),
        Field::new("received_at", instant(), false),
        Field::new("amount_minor", DataType::Int64, true),
        text("currency", true),
        text("money_kind", true),
        text("cause_event_id", true),
        Field::new("objects", list_of_texts(), false),
        text("properties", false),
        text("context", false),
    ];
    if with_personal {
        fields.push(Field::new("identifiers", list_of_texts(), false));
        fields.push(text("personal", true));
    }
    Schema::new(fields)
}

fn columns(rows: &[Row], with_personal: bool) -> Vec<ArrayRef> {
    let texts = |cell: &dyn Fn(&Row) -> Option<String>| -> ArrayRef {
        let mut builder = StringBuilder::new();
        rows.iter().for_each(|row| builder.append_option(cell(row)));
        Arc::new(builder.finish())
    };
    let instants = |cell: &dyn Fn(&Row) -> Option<i64>| -> ArrayRef {
        let mut builder = TimestampMillisecondBuilder::new().with_data_type(instant());
        rows.iter().for_each(|row| builder.append_option(cell(row)));
        Arc::new(builder.finish())
    };
    let lists = |cell: &dyn Fn(&Row) -> &[String]| -> ArrayRef {
        let mut builder = ListBuilder::new(StringBuilder::new());
        for row in rows {
            cell(row).iter().for_each(|item| builder.values().append_value(item));
            builder.append(true);
        }
        Arc::new(builder.finish())
    };
    let mut seqs = UInt64Builder::new();
    let mut amounts = Int64Builder::new();
    for row in rows {
        seqs.append_value(row.event.seq);
        amounts.append_option(row.event.money.map(|money| money.minor));
    }
    let object = |text: &str| Some(if text.is_empty() { "{}" } else { text }.to_owned());
    let mut columns: Vec<ArrayRef> = vec![
        texts(&|row| Some(row.event.event_id.to_string())),
        Arc::new(seqs.finish()),
        texts(&|row| Some(row.source.clone())),
        texts(&|row| Some(row.event.message_id.clone())),
        texts(&|row| Some(row.customer.clone())),
        texts(&|row| Some(row.event.kind.as_str().to_owned())),
        texts(&|row| row.activity.clone()),
        texts(&|row| row.channel.clone()),
        texts(&|row| row.unit.clone()),
        instants(&|row| Some(row.event.occurred_at)),
        instants(&|row| Some(row.event.original_at)),
        instants(&|row| row.event.sent_at),
        instants(&|row| Some(row.event.received_at)),
        Arc::new(amounts.finish()),
        texts(&|row| row.event.money.as_ref().map(|money| money.currency().to_owned())),
        texts(&|row| row.event.money.map(|money| money.kind.as_str().to_owned())),
        texts(&|row| row.event.cause_event_id.map(|id| id.to_string())),
        lists(&|row| &row.event.objects),
        texts(&|row| object(&row.event.properties)),
        texts(&|row| object(&row.event.context)),
    ];
    if with_personal {
        columns.push(lists(&|row| row.personal.as_ref().map_or(&[][..], |personal| &personal.identifiers)));
        columns.push(texts(&|row| {
            row.personal.as_ref().and_then(|personal| personal.values.as_ref()).map(ToString::to_string)
        }));
    }
    columns
}
