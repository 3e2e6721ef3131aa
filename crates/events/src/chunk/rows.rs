//! Rows of a chunk as events again.

use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Int32Type, Int64Type, TimestampMillisecondType, UInt32Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, FixedSizeBinaryArray, Int32Array, Int64Array, ListArray, PrimitiveArray, RecordBatch, StringArray,
    TimestampMillisecondArray, UInt32Array, UInt64Array,
};
use domain::ports::Dictionary;
use domain::{EventId, EventKind, Money, MoneyKind, NodeId, SourceId, StoredEvent};
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;

use super::ChunkError;
use super::schema::{
    ACTIVITY, AMOUNT, AMOUNT_KIND, CAUSE_EVENT_ID, CHANNEL, CONTEXT, CURRENCY, EVENT_ID, IDENTIFIER_REFS, KIND,
    MESSAGE_ID, NODE, OBJECTS, OCCURRED_AT, ORIGINAL_AT, PERSONAL_REF, PROPERTIES, RECEIVED_AT, SENT_AT, SEQ, SOURCE,
    TEXTS, UNIT,
};
use super::texts::{TextRows, texts_name};
use crate::names::{CodeBook, Names};

/// Events of a chunk, read as they are asked for. Ends after the first error.
pub struct ChunkEvents<'a> {
    name: &'a str,
    batches: ParquetRecordBatchReader,
    names: RowNames<'a>,
    texts: Option<TextRows<'a>>,
    rows: Option<Rows>,
    next: usize,
    has_failed: bool,
}

impl<'a> ChunkEvents<'a> {
    pub(super) fn new(
        name: &'a str,
        batches: ParquetRecordBatchReader,
        texts: Option<TextRows<'a>>,
        names: &'a Names,
    ) -> ChunkEvents<'a> {
        ChunkEvents { name, batches, names: RowNames::new(names), texts, rows: None, next: 0, has_failed: false }
    }

    /// Whether there is a row to read; moves on to the next batch when there is none in this one.
    fn advance(&mut self) -> Result<bool, ChunkError> {
        while self.rows.as_ref().is_none_or(|rows| self.next >= rows.count) {
            let Some(batch) = self.batches.next() else { return Ok(false) };
            let batch = batch.map_err(|error| ChunkError::damaged(self.name, error))?;
            self.names.read(self.name, &batch)?;
            self.rows = Some(Rows::read(self.name, &batch)?);
            self.next = 0;
        }
        Ok(true)
    }

    fn read_next(&mut self) -> Result<Option<StoredEvent>, ChunkError> {
        let has_row = self.advance()?;
        let (Some(rows), true) = (&self.rows, has_row) else {
            return self.texts.as_mut().map_or(Ok(()), TextRows::check_end).map(|()| None);
        };
        let row = self.next;
        self.next += 1;
        let mut event = rows.event(self.name, row, &self.names)?;
        let texts = rows.texts.as_ref().map_or(0, |texts| texts.value(row));
        match &mut self.texts {
            _ if texts == 0 => {}
            Some(rows) => rows.put_back(&mut event, texts)?,
            None => {
                let fault = format!("its texts are in {}, which the catalogue does not name", texts_name(self.name));
                return Err(ChunkError::damaged(self.name, fault));
            }
        }
        Ok(Some(event))
    }
}

impl Iterator for ChunkEvents<'_> {
    type Item = Result<StoredEvent, ChunkError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let read = self.read_next().transpose();
        self.has_failed = matches!(read, Some(Err(_)));
        read
    }
}

type Find<'a, T> = Box<dyn Fn(&str) -> Option<T> + 'a>;

/// A column of names with what each stands for; each name is looked up once for its dictionary page.
pub struct NameColumn<'a, T> {
    dictionary: &'static str,
    find: Find<'a, T>,
    keys: Option<Int32Array>,
    names: Option<StringArray>,
    values: Vec<T>,
}

impl<'a, T: Copy> NameColumn<'a, T> {
    pub fn new(dictionary: &'static str, find: impl Fn(&str) -> Option<T> + 'a) -> NameColumn<'a, T> {
        NameColumn { dictionary, find: Box::new(find), keys: None, names: None, values: Vec::new() }
    }

    fn of_book(dictionary: Dictionary, book: &'a CodeBook) -> NameColumn<'a, T>
    where
        T: TryFrom<u32>,
    {
        NameColumn::new(dictionary.as_str(), |text| book.find(text).and_then(|code| T::try_from(code).ok()))
    }

    pub fn read(&mut self, file: &str, batch: &RecordBatch, name: &str) -> Result<(), ChunkError> {
        let dictionary = column(file, batch, name)?.as_dictionary_opt::<Int32Type>();
        let dictionary = dictionary.ok_or_else(|| other_type(file, name))?;
        let names = dictionary.values().as_string_opt::<i32>().ok_or_else(|| other_type(file, name))?;
        if !self.names.as_ref().is_some_and(|before| is_same(before, names)) {
            self.values.clear();
            for text in names.iter().map(Option::unwrap_or_default) {
                let value = (self.find)(text).ok_or_else(|| ChunkError::UnknownName {
                    name: file.to_owned(),
                    dictionary: self.dictionary,
                    missing: text.to_owned(),
                })?;
                self.values.push(value);
            }
            self.names = Some(names.clone());
        }
        self.keys = Some(dictionary.keys().clone());
        Ok(())
    }

    #[inline]
    pub fn value(&self, row: usize) -> Option<T> {
        let keys = self.keys.as_ref()?;
        if keys.is_null(row) {
            return None;
        }
        self.values.get(keys.value(row) as usize).copied()
    }
}

/// Whether two arrays are one piece of memory. The first is held, so its address was not used again.
fn is_same(a: &StringArray, b: &StringArray) -> bool {
    a.len() == b.len()
        && a.value_offsets().as_ptr() == b.value_offsets().as_ptr()
        && a.values().as_ptr() == b.values().as_ptr()
}

struct RowNames<'a> {
    source: NameColumn<'a, u32>,
    kind: NameColumn<'a, EventKind>,
    activity: NameColumn<'a, u16>,
    channel: NameColumn<'a, u8>,
    unit: NameColumn<'a, u32>,
    currency: NameColumn<'a, [u8; 3]>,
    amount_kind: NameColumn<'a, MoneyKind>,
}

impl<'a> RowNames<'a> {
    fn new(names: &'a Names) -> RowNames<'a> {
        RowNames {
            source: NameColumn::of_book(Dictionary::Source, &names.sources),
            kind: NameColumn::new("kind", EventKind::parse),
            activity: NameColumn::of_book(Dictionary::Activity, &names.activities),
            channel: NameColumn::of_book(Dictionary::Channel, &names.channels),
            unit: NameColumn::of_book(Dictionary::Unit, &names.units),
            currency: NameColumn::new("currency", |text| text.as_bytes().try_into().ok()),
            amount_kind: NameColumn::new("kind of amount", MoneyKind::parse),
        }
    }

    fn read(&mut self, file: &str, batch: &RecordBatch) -> Result<(), ChunkError> {
        self.source.read(file, batch, SOURCE)?;
        self.kind.read(file, batch, KIND)?;
        self.activity.read(file, batch, ACTIVITY)?;
        self.channel.read(file, batch, CHANNEL)?;
        self.unit.read(file, batch, UNIT)?;
        self.currency.read(file, batch, CURRENCY)?;
        self.amount_kind.read(file, batch, AMOUNT_KIND)
    }
}

struct Rows {
    count: usize,
    event_id: FixedSizeBinaryArray,
    seq: UInt64Array,
    message_id: StringArray,
    node: UInt64Array,
    identifier_refs: ListArray,
    occurred_at: TimestampMillisecondArray,
    original_at: TimestampMillisecondArray,
    sent_at: TimestampMillisecondArray,
    received_at: TimestampMillisecondArray,
    amount: Int64Array,
    cause_event_id: FixedSizeBinaryArray,
    objects: ListArray,
    properties: StringArray,
    /// Format 1 has its texts among the properties.
    texts: Option<UInt32Array>,
    context: StringArray,
    personal_ref: UInt64Array,
}

impl Rows {
    fn read(file: &str, batch: &RecordBatch) -> Result<Rows, ChunkError> {
        Ok(Rows {
            count: batch.num_rows(),
            event_id: ids(file, batch, EVENT_ID)?,
            seq: primitive::<UInt64Type>(file, batch, SEQ)?,
            message_id: texts(file, batch, MESSAGE_ID)?,
            node: primitive::<UInt64Type>(file, batch, NODE)?,
            identifier_refs: lists(file, batch, IDENTIFIER_REFS)?,
            occurred_at: primitive::<TimestampMillisecondType>(file, batch, OCCURRED_AT)?,
            original_at: primitive::<TimestampMillisecondType>(file, batch, ORIGINAL_AT)?,
            sent_at: primitive::<TimestampMillisecondType>(file, batch, SENT_AT)?,
            received_at: primitive::<TimestampMillisecondType>(file, batch, RECEIVED_AT)?,
            amount: primitive::<Int64Type>(file, batch, AMOUNT)?,
            cause_event_id: ids(file, batch, CAUSE_EVENT_ID)?,
            objects: lists(file, batch, OBJECTS)?,
            properties: texts(file, batch, PROPERTIES)?,
            texts: match batch.column_by_name(TEXTS) {
                Some(_) => Some(primitive::<UInt32Type>(file, batch, TEXTS)?),
                None => None,
            },
            context: texts(file, batch, CONTEXT)?,
            personal_ref: primitive::<UInt64Type>(file, batch, PERSONAL_REF)?,
        })
    }

    fn event(&self, file: &str, row: usize, names: &RowNames<'_>) -> Result<StoredEvent, ChunkError> {
        let missing = |name: &str| ChunkError::damaged(file, format!("a row without {name}"));
        let refs = self.identifier_refs.value(row);
        let refs = refs.as_primitive_opt::<UInt64Type>().ok_or_else(|| other_type(file, IDENTIFIER_REFS))?;
        let objects = self.objects.value(row);
        let objects = objects.as_string_opt::<i32>().ok_or_else(|| other_type(file, OBJECTS))?;
        let minor = optional(&self.amount, row);
        let money = match (minor, names.currency.value(row), names.amount_kind.value(row)) {
            (Some(minor), Some(currency), Some(kind)) => Some(Money { minor, currency, kind }),
            _ => None,
        };
        Ok(StoredEvent {
            event_id: event_id(&self.event_id, row).ok_or_else(|| missing(EVENT_ID))?,
            seq: self.seq.value(row),
            source: names.source.value(row).map(|code| SourceId(code.into())).ok_or_else(|| missing(SOURCE))?,
            message_id: self.message_id.value(row).to_owned(),
            node: NodeId(self.node.value(row)),
            identifier_refs: refs.values().iter().copied().map(NodeId).collect(),
            kind: names.kind.value(row).ok_or_else(|| missing(KIND))?,
            activity: names.activity.value(row),
            channel: names.channel.value(row),
            unit: names.unit.value(row),
            occurred_at: self.occurred_at.value(row),
            original_at: self.original_at.value(row),
            sent_at: optional(&self.sent_at, row),
            received_at: self.received_at.value(row),
            money,
            cause_event_id: event_id(&self.cause_event_id, row),
            objects: objects.iter().flatten().map(str::to_owned).collect(),
            properties: self.properties.value(row).to_owned(),
            context: self.context.value(row).to_owned(),
            personal_ref: optional(&self.personal_ref, row),
        })
    }
}

fn event_id(ids: &FixedSizeBinaryArray, row: usize) -> Option<EventId> {
    if ids.is_null(row) {
        return None;
    }
    ids.value(row).try_into().ok().map(|bytes| EventId(u128::from_be_bytes(bytes)))
}

fn optional<T: ArrowPrimitiveType>(values: &PrimitiveArray<T>, row: usize) -> Option<T::Native> {
    values.is_valid(row).then(|| values.value(row))
}

/// A column of a batch by name.
pub fn column<'b>(file: &str, batch: &'b RecordBatch, name: &str) -> Result<&'b ArrayRef, ChunkError> {
    batch.column_by_name(name).ok_or_else(|| ChunkError::damaged(file, format!("no column {name}")))
}

fn other_type(file: &str, name: &str) -> ChunkError {
    ChunkError::damaged(file, format!("column {name} is of another type"))
}

fn primitive<T: ArrowPrimitiveType>(
    file: &str,
    batch: &RecordBatch,
    name: &str,
) -> Result<PrimitiveArray<T>, ChunkError> {
    column(file, batch, name)?.as_primitive_opt::<T>().cloned().ok_or_else(|| other_type(file, name))
}

fn texts(file: &str, batch: &RecordBatch, name: &str) -> Result<StringArray, ChunkError> {
    column(file, batch, name)?.as_string_opt::<i32>().cloned().ok_or_else(|| other_type(file, name))
}

fn lists(file: &str, batch: &RecordBatch, name: &str) -> Result<ListArray, ChunkError> {
    column(file, batch, name)?.as_list_opt::<i32>().cloned().ok_or_else(|| other_type(file, name))
}

fn ids(file: &str, batch: &RecordBatch, name: &str) -> Result<FixedSizeBinaryArray, ChunkError> {
    column(file, batch, name)?.as_fixed_size_binary_opt().cloned().ok_or_else(|| other_type(file, name))
}
