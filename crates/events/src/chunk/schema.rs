//! The columns of chunks: their names, types and encodings.

use std::sync::Arc;

use arrow_schema::extension::Uuid;
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;

use super::FORMAT;
use super::typed::{ColumnType, PropertyPlan};

pub const FORMAT_KEY: &str = "vivencia.chunk.format";
/// What typed columns are called before the property's name.
pub const PROPERTY_PREFIX: &str = "p_";
pub const ROW_GROUP_ROWS: usize = 16_384;
/// Small enough that finding a few rows of a row group unpacks little else.
pub const PAGE_BYTES: usize = 256 << 10;

pub const EVENT_ID: &str = "event_id";
pub const SEQ: &str = "seq";
pub const SOURCE: &str = "source";
pub const MESSAGE_ID: &str = "message_id";
pub const NODE: &str = "node";
pub const IDENTIFIER_REFS: &str = "identifier_refs";
pub const KIND: &str = "kind";
pub const ACTIVITY: &str = "activity";
pub const CHANNEL: &str = "channel";
pub const UNIT: &str = "unit";
pub const OCCURRED_AT: &str = "occurred_at";
pub const ORIGINAL_AT: &str = "original_at";
pub const SENT_AT: &str = "sent_at";
pub const RECEIVED_AT: &str = "received_at";
pub const AMOUNT: &str = "amount";
pub const CURRENCY: &str = "currency";
pub const AMOUNT_KIND: &str = "amount_kind";
pub const CAUSE_EVENT_ID: &str = "cause_event_id";
pub const OBJECTS: &str = "objects";
pub const PROPERTIES: &str = "properties";
/// How many free texts of the properties are in the text chunk. Since format 2.
pub const TEXTS: &str = "texts";
pub const CONTEXT: &str = "context";
pub const PERSONAL_REF: &str = "personal_ref";

/// The fixed columns, in the order in which [`super::columns::EventColumns`] fills them.
fn event_fields() -> Vec<Field> {
    let number = |name, nullable| Field::new(name, DataType::UInt64, nullable);
    let text = |name| Field::new(name, DataType::Utf8, false);
    let instant = |name, nullable| Field::new(name, instant_type(), nullable);
    let name = |name, nullable| Field::new(name, name_type(), nullable);
    let list = |name, of| Field::new(name, DataType::List(Arc::new(element(of))), false);
    vec![
        id_field(EVENT_ID, false),
        number(SEQ, false),
        name(SOURCE, false),
        text(MESSAGE_ID),
        number(NODE, false),
        list(IDENTIFIER_REFS, DataType::UInt64),
        name(KIND, false),
        name(ACTIVITY, true),
        name(CHANNEL, true),
        name(UNIT, true),
        instant(OCCURRED_AT, false),
        instant(ORIGINAL_AT, false),
        instant(SENT_AT, true),
        instant(RECEIVED_AT, false),
        Field::new(AMOUNT, DataType::Int64, true),
        name(CURRENCY, true),
        name(AMOUNT_KIND, true),
        id_field(CAUSE_EVENT_ID, true),
        list(OBJECTS, DataType::Utf8),
        text(PROPERTIES),
        Field::new(TEXTS, DataType::UInt32, false),
        text(CONTEXT),
        number(PERSONAL_REF, true),
    ]
}

/// A column of ids of events.
pub fn id_field(name: &str, is_nullable: bool) -> Field {
    Field::new(name, DataType::FixedSizeBinary(16), is_nullable).with_extension_type(Uuid)
}

/// The type of columns that hold instants.
pub fn instant_type() -> DataType {
    DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()))
}

/// The type of columns that hold names of a dictionary.
pub fn name_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// What a list is a list of.
pub fn element(of: DataType) -> Field {
    Field::new("element", of, false)
}

/// The columns of a chunk with these typed properties.
pub fn chunk_schema(plan: &PropertyPlan) -> SchemaRef {
    let typed = plan.columns().map(|(name, kind)| {
        let kind = match kind {
            ColumnType::Number => DataType::Float64,
            ColumnType::Text => DataType::Utf8,
            ColumnType::Boolean => DataType::Boolean,
        };
        Field::new(format!("{PROPERTY_PREFIX}{name}"), kind, true)
    });
    Arc::new(Schema::new(event_fields().into_iter().chain(typed).collect::<Vec<_>>()))
}

/// How a chunk is encoded: light compression, because sealing shares the machine with intake.
pub fn writer_properties(plan: &PropertyPlan) -> Result<WriterProperties, ParquetError> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_data_page_size_limit(PAGE_BYTES)
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_key_value_metadata(Some(vec![KeyValue::new(FORMAT_KEY.to_owned(), FORMAT.to_string())]))
        .set_sorting_columns(Some(sorting_columns()));

    // Ids are as good as random: neither a dictionary nor compression can do anything.
    for name in [EVENT_ID, CAUSE_EVENT_ID] {
        properties = properties
            .set_column_dictionary_enabled(name.into(), false)
            .set_column_compression(name.into(), Compression::UNCOMPRESSED);
    }
    for name in [MESSAGE_ID, PROPERTIES, CONTEXT] {
        properties = properties.set_column_dictionary_enabled(name.into(), false);
    }
    let deltas =
        [SEQ, NODE, OCCURRED_AT, ORIGINAL_AT, SENT_AT, RECEIVED_AT, PERSONAL_REF].map(ColumnPath::from).into_iter();
    for path in deltas.chain([list_path(IDENTIFIER_REFS)]) {
        properties = properties
            .set_column_dictionary_enabled(path.clone(), false)
            .set_column_compression(path.clone(), Compression::UNCOMPRESSED)
            .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
    }
    for name in [SEQ, NODE, OCCURRED_AT, RECEIVED_AT, SOURCE, KIND, ACTIVITY, CHANNEL, UNIT] {
        properties = properties.set_column_statistics_enabled(name.into(), EnabledStatistics::Chunk);
    }
    // The number of values in each typed column is what a compaction goes by.
    for (name, _) in plan.columns() {
        let path = ColumnPath::from(format!("{PROPERTY_PREFIX}{name}"));
        properties = properties.set_column_statistics_enabled(path, EnabledStatistics::Chunk);
    }
    Ok(properties.build())
}

fn list_path(name: &str) -> ColumnPath {
    ColumnPath::new(vec![name.to_owned(), "list".to_owned(), "element".to_owned()])
}

fn sorting_columns() -> Vec<SortingColumn> {
    [NODE, OCCURRED_AT, SEQ].into_iter().filter_map(leaf_index).map(ascending).collect()
}

pub fn ascending(column_idx: i32) -> SortingColumn {
    SortingColumn { column_idx, descending: false, nulls_first: false }
}

/// Every field of an event has one leaf, so a field's place is its leaf's.
fn leaf_index(name: &str) -> Option<i32> {
    event_fields().iter().position(|field| field.name() == name).and_then(|index| i32::try_from(index).ok())
}
