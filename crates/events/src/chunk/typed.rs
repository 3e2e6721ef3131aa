//! Scalar properties as columns of their own: which ones, their values, and what was seen of all of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{ArrayBuilder, BooleanBuilder, Float64Builder, StringBuilder};
use domain::StoredEvent;
use domain::ports::{PropertySeen, PropertyType};
use rustc_hash::FxHashMap;

use super::properties::{RawValue, for_each_property, unquote};
use super::texts::MARK;
use crate::intake::FreeText;
use crate::names::CodeBook;

/// Typed columns for one activity.
const COLUMNS_PER_ACTIVITY: usize = 32;
/// Typed columns of a chunk.
const MAX_COLUMNS: usize = 256;
/// Events of an activity that are looked at to choose its columns.
const SAMPLE: u32 = 100;
/// Longer names are data that somebody put into a name.
const MAX_NAME_BYTES: usize = 128;
/// Texts that are longer on average are no codes, so that a column would only store them twice.
const MAX_MEAN_TEXT_BYTES: f64 = 256.0;
/// Property names of one activity that are counted in one chunk; beyond are ids used as names.
const MAX_NAMES: usize = 1_000;

/// The type of a typed column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnType {
    Text,
    Number,
    Boolean,
}

impl ColumnType {
    const ALL: [ColumnType; 3] = [ColumnType::Text, ColumnType::Number, ColumnType::Boolean];

    fn of(kind: PropertyType) -> Option<ColumnType> {
        match kind {
            PropertyType::Number => Some(ColumnType::Number),
            PropertyType::Text => Some(ColumnType::Text),
            PropertyType::Boolean => Some(ColumnType::Boolean),
            PropertyType::Object | PropertyType::List => None,
        }
    }
}

/// The typed columns of a chunk, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PropertyPlan {
    columns: BTreeMap<String, ColumnType>,
}

impl PropertyPlan {
    /// The commonest scalar properties of each activity but for free texts, judged by a sample of its events.
    pub fn choose<'a>(events: impl Iterator<Item = &'a StoredEvent> + Clone, free_text: &FreeText) -> PropertyPlan {
        let mut totals: FxHashMap<u16, u32> = FxHashMap::default();
        for activity in events.clone().filter_map(|event| event.activity) {
            *totals.entry(activity).or_default() += 1;
        }
        let mut samples: FxHashMap<u16, Sample> = FxHashMap::default();
        for event in events {
            let Some(activity) = event.activity else { continue };
            let stride = (totals[&activity] / SAMPLE).max(1);
            samples.entry(activity).or_insert_with(|| Sample::new(stride)).look_at(event, free_text);
        }
        PropertyPlan::from_votes(samples.into_values().flat_map(Sample::commonest))
    }

    /// The columns of the merged chunk of several, by how many values each has in them. Older formats had columns of texts.
    pub fn merged(votes: impl Iterator<Item = (String, ColumnType, u64)>, free_text: &FreeText) -> PropertyPlan {
        let votes = votes.filter(|(name, ..)| !free_text.is_text_name(name));
        PropertyPlan::from_votes(votes.map(|(name, kind, values)| (name, kind, values as f64)))
    }

    /// The names with the most votes; of each the type with the most.
    fn from_votes(votes: impl IntoIterator<Item = (String, ColumnType, f64)>) -> PropertyPlan {
        let mut by_name: BTreeMap<String, [f64; 3]> = BTreeMap::new();
        for (name, kind, weight) in votes {
            by_name.entry(name).or_default()[kind as usize] += weight;
        }
        let mut ranked: Vec<(String, [f64; 3])> = by_name.into_iter().collect();
        ranked.sort_by(|(_, a), (_, b)| b.iter().sum::<f64>().total_cmp(&a.iter().sum()));
        ranked.truncate(MAX_COLUMNS);
        let columns = ranked.into_iter().map(|(name, weights)| {
            let majority = ColumnType::ALL.into_iter().rev().max_by(|a, b| {
                let weight = |kind: &ColumnType| weights[*kind as usize];
                weight(a).total_cmp(&weight(b))
            });
            (name, majority.unwrap_or(ColumnType::Text))
        });
        PropertyPlan { columns: columns.collect() }
    }

    pub fn columns(&self) -> impl Iterator<Item = (&str, ColumnType)> {
        self.columns.iter().map(|(name, kind)| (name.as_str(), *kind))
    }
}

/// What a sample of an activity's events has as properties.
struct Sample {
    stride: u32,
    seen: u32,
    names: FxHashMap<String, SampledName>,
}

#[derive(Default)]
struct SampledName {
    values: [u32; 3],
    text_bytes: usize,
}

impl Sample {
    fn new(stride: u32) -> Sample {
        Sample { stride, seen: 0, names: FxHashMap::default() }
    }

    fn look_at(&mut self, event: &StoredEvent, free_text: &FreeText) {
        // Every n-th event would see one kind of row only where a file repeats a pattern.
        let scattered = self.seen.wrapping_mul(0x9e37_79b9) >> 8;
        self.seen += 1;
        if !scattered.is_multiple_of(self.stride) {
            return;
        }
        for_each_property(&event.properties, |raw_name, value| {
            let Some(kind) = value.kind.and_then(ColumnType::of) else { return };
            let Some(name) = unquote(raw_name).filter(|name| (1..=MAX_NAME_BYTES).contains(&name.len())) else {
                return;
            };
            let text = if kind == ColumnType::Text { value.text() } else { None };
            if text.is_some_and(|text| free_text.holds(&name, &text)) {
                return;
            }
            let sampled = self.names.entry(name.into_owned()).or_default();
            sampled.values[kind as usize] += 1;
            if kind == ColumnType::Text {
                sampled.text_bytes += value.raw.len();
            }
        });
    }

    /// Votes for the commonest names, each weighing what its sample stands for.
    fn commonest(self) -> Vec<(String, ColumnType, f64)> {
        let weight = f64::from(self.stride);
        let mut names: Vec<(String, SampledName)> =
            self.names.into_iter().filter(|(_, name)| !name.is_long()).collect();
        names.sort_by(|(a_name, a), (b_name, b)| (Reverse(a.total()), a_name).cmp(&(Reverse(b.total()), b_name)));
        names.truncate(COLUMNS_PER_ACTIVITY);
        let votes = names.into_iter().flat_map(|(name, sampled)| {
            ColumnType::ALL
                .map(|kind| (name.clone(), kind, weight * f64::from(sampled.values[kind as usize])))
                .into_iter()
                .filter(|(_, _, weight)| *weight > 0.0)
        });
        votes.collect()
    }
}

impl SampledName {
    fn total(&self) -> u32 {
        self.values.iter().sum()
    }

    fn is_long(&self) -> bool {
        let texts = self.values[ColumnType::Text as usize];
        texts > 0 && self.text_bytes as f64 / f64::from(texts) > MAX_MEAN_TEXT_BYTES
    }
}

/// Typed columns being filled, and the count of every property, typed column or not. Reads each event's JSON once.
pub struct TypedColumns {
    columns: Vec<TypedColumn>,
    column_by_name: FxHashMap<String, usize>,
    activities: Vec<ActivityProperties>,
    events: u64,
}

enum TypedColumn {
    Number(Float64Builder),
    Text(StringBuilder),
    Boolean(BooleanBuilder),
}

impl TypedColumns {
    pub fn new(plan: &PropertyPlan) -> TypedColumns {
        let columns = plan.columns().map(|(_, kind)| match kind {
            ColumnType::Number => TypedColumn::Number(Float64Builder::new()),
            ColumnType::Text => TypedColumn::Text(StringBuilder::new()),
            ColumnType::Boolean => TypedColumn::Boolean(BooleanBuilder::new()),
        });
        TypedColumns {
            columns: columns.collect(),
            column_by_name: plan.columns().enumerate().map(|(index, (name, _))| (name.to_owned(), index)).collect(),
            activities: Vec::new(),
            events: 0,
        }
    }

    /// Takes the properties of the event that is row `row` of the row group, its free texts marked. Kinds that are not
    /// activities have none of their own.
    pub fn push(&mut self, row: usize, event: &StoredEvent, properties: &str) {
        let Some(code) = event.activity else { return };
        let code = usize::from(code);
        if code >= self.activities.len() {
            self.activities.resize_with(code + 1, ActivityProperties::default);
        }
        self.events += 1;
        let (number, columns, column_by_name) = (self.events, &mut self.columns, &self.column_by_name);
        let activity = &mut self.activities[code];
        let mut place = 0;
        for_each_property(properties, |raw_name, value| {
            let property = activity.find(place, raw_name, column_by_name);
            place += 1;
            let Some(kind) = value.kind else { return };
            let column = match property {
                Some(property) => {
                    property.count(kind, event.received_at, number);
                    property.column
                }
                None => find_column(raw_name, column_by_name),
            };
            // A text that moved is counted, and is in no column.
            if let Some(column) = column.filter(|_| value.raw != MARK) {
                columns[column].push(row, kind, value);
            }
        });
    }

    /// The columns of a row group of `rows` rows.
    pub fn finish(&mut self, rows: usize) -> Vec<ArrayRef> {
        self.columns.iter_mut().map(|column| column.finish(rows)).collect()
    }

    /// What was seen of all properties since the beginning, by activity and name.
    pub fn into_seen(self, activities: &CodeBook) -> Vec<PropertySeen> {
        let mut seen = Vec::new();
        for (code, properties) in (0..).zip(self.activities) {
            for property in properties.properties {
                let Some(name) = unquote(&property.raw_name) else { continue };
                let counts = PROPERTY_TYPES.into_iter().zip(&property.counts).filter(|(_, count)| count.events > 0);
                seen.extend(counts.map(|(value_type, count)| PropertySeen {
                    activity: activities.name(code).to_owned(),
                    name: name.clone().into_owned(),
                    value_type,
                    events: count.events,
                    first_seen_at: count.first_seen_at,
                    last_seen_at: count.last_seen_at,
                }));
            }
        }
        seen
    }
}

const PROPERTY_TYPES: [PropertyType; 5] =
    [PropertyType::Number, PropertyType::Text, PropertyType::Boolean, PropertyType::Object, PropertyType::List];

impl TypedColumn {
    /// Where a name is twice in one object, the first value counts, as in DuckDB's reading of JSON.
    fn push(&mut self, row: usize, kind: PropertyType, value: RawValue<'_>) {
        match self {
            TypedColumn::Number(builder) if kind == PropertyType::Number && builder.len() <= row => {
                builder.append_nulls(row - builder.len());
                builder.append_option(value.number());
            }
            TypedColumn::Text(builder) if kind == PropertyType::Text && builder.len() <= row => {
                builder.append_nulls(row - builder.len());
                builder.append_option(value.text());
            }
            TypedColumn::Boolean(builder) if kind == PropertyType::Boolean && builder.len() <= row => {
                builder.append_nulls(row - builder.len());
                builder.append_value(value.boolean());
            }
            _ => {}
        }
    }

    fn finish(&mut self, rows: usize) -> ArrayRef {
        match self {
            TypedColumn::Number(builder) => {
                builder.append_nulls(rows - builder.len());
                Arc::new(builder.finish())
            }
            TypedColumn::Text(builder) => {
                builder.append_nulls(rows - builder.len());
                Arc::new(builder.finish())
            }
            TypedColumn::Boolean(builder) => {
                builder.append_nulls(rows - builder.len());
                Arc::new(builder.finish())
            }
        }
    }
}

/// The properties of one activity. Names are known as they stand in the JSON, so that nothing is unquoted to count.
#[derive(Default)]
struct ActivityProperties {
    properties: Vec<Property>,
    by_raw_name: FxHashMap<Box<str>, usize>,
    /// The properties of the event before, in order: events of an activity mostly look alike.
    shape: Vec<usize>,
}

struct Property {
    raw_name: Box<str>,
    column: Option<usize>,
    counts: [Count; 5],
    last_event: u64,
}

#[derive(Clone, Copy, Default)]
struct Count {
    events: u64,
    first_seen_at: i64,
    last_seen_at: i64,
}

impl ActivityProperties {
    /// `None` for a new name beyond those that are counted.
    fn find(&mut self, place: usize, raw_name: &str, columns: &FxHashMap<String, usize>) -> Option<&mut Property> {
        let expected = self.shape.get(place).copied().unwrap_or(usize::MAX);
        let index = match self.properties.get(expected) {
            Some(property) if *property.raw_name == *raw_name => expected,
            _ => {
                let index = match self.by_raw_name.get(raw_name) {
                    Some(index) => *index,
                    None => self.add(raw_name, columns)?,
                };
                self.shape.resize(self.shape.len().max(place + 1), usize::MAX);
                self.shape[place] = index;
                index
            }
        };
        self.properties.get_mut(index)
    }

    fn add(&mut self, raw_name: &str, columns: &FxHashMap<String, usize>) -> Option<usize> {
        let index = self.properties.len();
        if index >= MAX_NAMES {
            return None;
        }
        self.by_raw_name.insert(raw_name.into(), index);
        self.properties.push(Property {
            raw_name: raw_name.into(),
            column: find_column(raw_name, columns),
            counts: [Count::default(); 5],
            last_event: 0,
        });
        Some(index)
    }
}

fn find_column(raw_name: &str, columns: &FxHashMap<String, usize>) -> Option<usize> {
    unquote(raw_name).and_then(|name| columns.get(&*name).copied())
}

impl Property {
    fn count(&mut self, kind: PropertyType, received_at: i64, event: u64) {
        if self.last_event == event {
            return;
        }
        self.last_event = event;
        let count = &mut self.counts[kind as usize];
        if count.events == 0 {
            *count = Count { events: 0, first_seen_at: received_at, last_seen_at: received_at };
        }
        count.events += 1;
        count.first_seen_at = count.first_seen_at.min(received_at);
        count.last_seen_at = count.last_seen_at.max(received_at);
    }
}
