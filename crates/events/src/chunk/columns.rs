//! The fixed columns of a row group, filled event by event.

use std::sync::Arc;

use arrow_array::builder::{
    ArrayBuilder, FixedSizeBinaryBuilder, Int32Builder, Int64Builder, ListBuilder, StringBuilder,
    TimestampMillisecondBuilder, UInt32Builder, UInt64Builder,
};
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray};
use arrow_schema::{ArrowError, DataType};
use domain::ports::Dictionary;
use domain::{EventId, StoredEvent};
use rustc_hash::FxHashMap;

use super::ChunkError;
use super::schema::{ROW_GROUP_ROWS, element, instant_type};
use crate::names::{CodeBook, Names};

/// A row group ends before its texts reach this; offsets of 32 bits bound it, memory asks for less.
const MAX_TEXT_BYTES: usize = 64 << 20;

/// A code that its dictionary never gave.
#[derive(Debug)]
pub struct UnknownCode {
    pub dictionary: Dictionary,
    pub code: u64,
}

impl UnknownCode {
    pub fn in_file(self, name: &str) -> ChunkError {
        let missing = self.code.to_string();
        ChunkError::UnknownName { name: name.to_owned(), dictionary: self.dictionary.as_str(), missing }
    }
}

pub struct EventColumns<'a> {
    names: &'a Names,
    rows: usize,
    text_bytes: usize,
    event_id: FixedSizeBinaryBuilder,
    seq: UInt64Builder,
    source: NameColumn,
    message_id: StringBuilder,
    node: UInt64Builder,
    identifier_refs: ListBuilder<UInt64Builder>,
    kind: NameColumn,
    activity: NameColumn,
    channel: NameColumn,
    unit: NameColumn,
    occurred_at: TimestampMillisecondBuilder,
    original_at: TimestampMillisecondBuilder,
    sent_at: TimestampMillisecondBuilder,
    received_at: TimestampMillisecondBuilder,
    amount: Int64Builder,
    currency: NameColumn,
    amount_kind: NameColumn,
    cause_event_id: FixedSizeBinaryBuilder,
    objects: ListBuilder<StringBuilder>,
    properties: StringBuilder,
    texts: UInt32Builder,
    context: StringBuilder,
    personal_ref: UInt64Builder,
}

impl<'a> EventColumns<'a> {
    pub fn new(names: &'a Names) -> EventColumns<'a> {
        let instants = || TimestampMillisecondBuilder::new().with_data_type(instant_type());
        EventColumns {
            names,
            rows: 0,
            text_bytes: 0,
            event_id: FixedSizeBinaryBuilder::new(16),
            seq: UInt64Builder::new(),
            source: NameColumn::default(),
            message_id: StringBuilder::new(),
            node: UInt64Builder::new(),
            identifier_refs: ListBuilder::new(UInt64Builder::new()).with_field(element(DataType::UInt64)),
            kind: NameColumn::default(),
            activity: NameColumn::default(),
            channel: NameColumn::default(),
            unit: NameColumn::default(),
            occurred_at: instants(),
            original_at: instants(),
            sent_at: instants(),
            received_at: instants(),
            amount: Int64Builder::new(),
            currency: NameColumn::default(),
            amount_kind: NameColumn::default(),
            cause_event_id: FixedSizeBinaryBuilder::new(16),
            objects: ListBuilder::new(StringBuilder::new()).with_field(element(DataType::Utf8)),
            properties: StringBuilder::new(),
            texts: UInt32Builder::new(),
            context: StringBuilder::new(),
            personal_ref: UInt64Builder::new(),
        }
    }

    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether the row group must end here.
    pub fn is_full(&self) -> bool {
        self.rows >= ROW_GROUP_ROWS || self.text_bytes >= MAX_TEXT_BYTES
    }

    /// `properties`: what remains of the event's own without `texts` free texts. Fails without a trace when a code has no
    /// name.
    pub fn push(&mut self, event: &StoredEvent, properties: &str, texts: u32) -> Result<(), UnknownCode> {
        let names = self.names;
        let source = find_name(&names.sources, Dictionary::Source, event.source.0)?;
        let activity = find_optional(&names.activities, Dictionary::Activity, event.activity)?;
        let channel = find_optional(&names.channels, Dictionary::Channel, event.channel)?;
        let unit = find_optional(&names.units, Dictionary::Unit, event.unit)?;

        // A width of 16 bytes is what the builders of ids were made with.
        let _ = self.event_id.append_value(event.event_id.0.to_be_bytes());
        match event.cause_event_id {
            Some(EventId(id)) => drop(self.cause_event_id.append_value(id.to_be_bytes())),
            None => self.cause_event_id.append_null(),
        }
        self.seq.append_value(event.seq);
        self.source.push(Some(source));
        self.message_id.append_value(&event.message_id);
        self.node.append_value(event.node.0);
        for node in &event.identifier_refs {
            self.identifier_refs.values().append_value(node.0);
        }
        self.identifier_refs.append(true);
        self.kind.push(Some((event.kind as u32, event.kind.as_str())));
        self.activity.push(activity);
        self.channel.push(channel);
        self.unit.push(unit);
        self.occurred_at.append_value(event.occurred_at);
        self.original_at.append_value(event.original_at);
        self.sent_at.append_option(event.sent_at);
        self.received_at.append_value(event.received_at);
        self.amount.append_option(event.money.map(|money| money.minor));
        self.currency.push(event.money.as_ref().map(|money| {
            let [first, second, third] = money.currency;
            (u32::from_be_bytes([0, first, second, third]), money.currency())
        }));
        self.amount_kind.push(event.money.map(|money| (money.kind as u32, money.kind.as_str())));
        for object in &event.objects {
            self.objects.values().append_value(object);
            self.text_bytes += object.len();
        }
        self.objects.append(true);
        self.properties.append_value(properties);
        self.texts.append_value(texts);
        self.context.append_value(&event.context);
        self.personal_ref.append_option(event.personal_ref);

        self.text_bytes += event.message_id.len() + properties.len() + event.context.len();
        self.rows += 1;
        Ok(())
    }

    /// The columns of the events pushed since the last time, in the order of the schema.
    pub fn finish(&mut self) -> Result<Vec<ArrayRef>, ArrowError> {
        self.rows = 0;
        self.text_bytes = 0;
        Ok(vec![
            Arc::new(self.event_id.finish()),
            Arc::new(self.seq.finish()),
            self.source.finish()?,
            finish_text(&mut self.message_id),
            Arc::new(self.node.finish()),
            Arc::new(self.identifier_refs.finish()),
            self.kind.finish()?,
            self.activity.finish()?,
            self.channel.finish()?,
            self.unit.finish()?,
            Arc::new(self.occurred_at.finish()),
            Arc::new(self.original_at.finish()),
            Arc::new(self.sent_at.finish()),
            Arc::new(self.received_at.finish()),
            Arc::new(self.amount.finish()),
            self.currency.finish()?,
            self.amount_kind.finish()?,
            Arc::new(self.cause_event_id.finish()),
            Arc::new(self.objects.finish()),
            finish_text(&mut self.properties),
            Arc::new(self.texts.finish()),
            finish_text(&mut self.context),
            Arc::new(self.personal_ref.finish()),
        ])
    }
}

/// The next row group will need about as much room, at once instead of by doubling.
pub fn finish_text(builder: &mut StringBuilder) -> ArrayRef {
    let next = StringBuilder::with_capacity(builder.len(), builder.values_slice().len());
    Arc::new(std::mem::replace(builder, next).finish())
}

pub type CodeAndName<'a> = (u32, &'a str);

/// A wrong name would be a lie for ever, so a code without one is refused.
fn find_name(book: &CodeBook, dictionary: Dictionary, code: u64) -> Result<CodeAndName<'_>, UnknownCode> {
    match u32::try_from(code) {
        Ok(known) if (known as usize) < book.len() => Ok((known, book.name(known))),
        _ => Err(UnknownCode { dictionary, code }),
    }
}

pub fn find_optional(
    book: &CodeBook,
    dictionary: Dictionary,
    code: Option<impl Into<u64>>,
) -> Result<Option<CodeAndName<'_>>, UnknownCode> {
    code.map(|code| find_name(book, dictionary, code.into())).transpose()
}

/// A column of names, each stored once a row group.
#[derive(Default)]
pub struct NameColumn {
    keys: Int32Builder,
    names: StringBuilder,
    key_by_code: FxHashMap<u32, i32>,
}

impl NameColumn {
    pub fn push(&mut self, name: Option<CodeAndName<'_>>) {
        let Some((code, name)) = name else {
            self.keys.append_null();
            return;
        };
        let names = &mut self.names;
        let key = *self.key_by_code.entry(code).or_insert_with(|| {
            names.append_value(name);
            // A row group has far fewer rows than an i32 can count.
            names.len() as i32 - 1
        });
        self.keys.append_value(key);
    }

    pub fn finish(&mut self) -> Result<ArrayRef, ArrowError> {
        self.key_by_code.clear();
        let names = Arc::new(self.names.finish());
        Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(self.keys.finish(), names)?))
    }
}
