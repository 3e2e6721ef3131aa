//! The values of the laid-out properties, and the codes that stand for them in the columns of the projection.
//!
//! A code is given once and never changes its meaning while the projection lives: the values that a projection was written
//! with are in a file beside its manifest, and events since add to them in memory.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, RwLock};

use domain::ports::{Files, PropertyType};
use domain::{Error, Result};
use journey::PropertyColumns;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::checked_json;
use crate::chunk::{RawValue, for_each_property_until, unquote};
use crate::log::{read_lock, write_lock};
use crate::names::OTHER;

const FORMAT: u32 = 1;
/// Longer values are texts that nobody compares with; they count as `(other)`.
const MAX_VALUE_BYTES: usize = 256;
/// Values of one property that have a code of their own.
const MAX_VALUES: usize = PropertyColumns::OTHER_VALUE as usize;
/// Values that are asked for by name of one property, at most: conditions of the steps of one question.
pub const MAX_WANTED: usize = 1_024;

/// The laid-out properties, in the order of their columns.
#[derive(Debug, Default)]
pub struct PropertyValues {
    books: Vec<Arc<ValueBook>>,
    /// Positions by the name as JSON writes it, quotes included.
    by_raw_name: FxHashMap<String, usize>,
}

/// The values of one property and their codes.
#[derive(Debug)]
pub struct ValueBook {
    name: String,
    known: RwLock<Known>,
    /// Values that somebody asks for by name: they have a code of their own even where there are too many others.
    wanted: Vec<String>,
}

#[derive(Debug, Default)]
struct Known {
    values: Vec<Arc<str>>,
    codes: FxHashMap<Arc<str>, u16>,
}

#[derive(Serialize, Deserialize)]
struct ValuesFile {
    format: u32,
    properties: Vec<PropertyFile>,
}

#[derive(Serialize, Deserialize)]
struct PropertyFile {
    name: String,
    /// By code.
    values: Vec<String>,
}

impl PropertyValues {
    /// Properties of which no value is known yet.
    pub fn new(names: &[String]) -> PropertyValues {
        let no_values = |name: &String| PropertyFile { name: name.clone(), values: Vec::new() };
        PropertyValues::of(names.iter().map(no_values).collect())
    }

    fn of(properties: Vec<PropertyFile>) -> PropertyValues {
        let mut held = PropertyValues::default();
        for (position, PropertyFile { name, values }) in properties.into_iter().enumerate() {
            let values: Vec<Arc<str>> = values.into_iter().map(Arc::from).collect();
            let codes = (0..PropertyColumns::OTHER_VALUE).zip(&values).map(|(code, value)| (value.clone(), code));
            let known = Known { codes: codes.collect(), values };
            held.by_raw_name.insert(serde_json::Value::from(name.as_str()).to_string(), position);
            held.books.push(Arc::new(ValueBook { name, known: RwLock::new(known), wanted: Vec::new() }));
        }
        held
    }

    /// Reads what [`PropertyValues::write`] wrote.
    pub fn read(files: &dyn Files, path: &Path) -> Result<PropertyValues> {
        let ValuesFile { format, properties } = checked_json::read(files, path)?;
        if format != FORMAT {
            return Err(Error::conflict(format!("{} has format {format}", path.display())));
        }
        Ok(PropertyValues::of(properties))
    }

    /// Writes all values known so far, durably.
    pub fn write(&self, files: &dyn Files, path: &Path) -> Result<()> {
        let properties = self.books.iter().map(|book| {
            let values = read_lock(&book.known).values.iter().map(|value| value.to_string()).collect();
            PropertyFile { name: book.name.clone(), values }
        });
        checked_json::write(files, path, &ValuesFile { format: FORMAT, properties: properties.collect() })
    }

    /// These, and behind them further ones.
    pub fn and(&self, further: impl Iterator<Item = Arc<ValueBook>>) -> PropertyValues {
        PropertyValues::of_books(self.books.iter().cloned().chain(further).collect())
    }

    /// Properties in this order.
    pub fn of_books(books: Vec<Arc<ValueBook>>) -> PropertyValues {
        let raw_names = books.iter().map(|book| serde_json::Value::from(book.name.as_str()).to_string());
        PropertyValues { by_raw_name: raw_names.zip(0..).collect(), books }
    }

    /// How many properties are laid out.
    pub fn len(&self) -> usize {
        self.books.len()
    }

    /// Whether no property is laid out.
    pub fn is_empty(&self) -> bool {
        self.books.is_empty()
    }

    /// The names, in the order of the columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.books.iter().map(|book| book.name.as_str())
    }

    /// The column of a property.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.books.iter().position(|book| book.name == name)
    }

    /// The code of a value of a property; `None` when no event ever had it.
    pub fn find_value(&self, property: usize, value: &str) -> Option<u16> {
        let book = self.books.get(property)?;
        let known = read_lock(&book.known);
        let is_other = value == OTHER && known.values.len() >= book.most_values();
        known.codes.get(value).copied().or(is_other.then_some(PropertyColumns::OTHER_VALUE))
    }

    /// Whether no further value of a property gets a code of its own: then some may count as `(other)`.
    pub fn is_full(&self, property: usize) -> bool {
        self.books.get(property).is_some_and(|book| book.is_full())
    }

    /// The values of a property known so far, in the order of their codes.
    pub fn list_values(&self, property: usize) -> Vec<Arc<str>> {
        self.books.get(property).map_or_else(Vec::new, |book| read_lock(&book.known).values.clone())
    }

    /// Adds the codes of an event's properties, a JSON object, to `row`: one for each laid-out property. The first value
    /// counts where a name is twice in the object. Texts stand as they are, numbers and booleans as JSON spells them;
    /// null, objects and lists are no values.
    pub fn add_codes(&self, properties: &str, row: &mut Vec<u16>) {
        let start = row.len();
        row.resize(start + self.books.len(), PropertyColumns::NO_VALUE);
        self.for_each_value(properties, |position, value| row[start + position] = self.books[position].code_of(value));
    }

    /// Calls `each` with the position and the value of each property that an event has.
    pub fn for_each_value<'a>(&self, properties: &'a str, mut each: impl FnMut(usize, RawValue<'a>)) {
        let (mut seen, all) =
            (0_u64, u64::MAX >> (PropertyColumns::MAX - self.books.len().clamp(1, PropertyColumns::MAX)));
        for_each_property_until(properties, |raw_name, value| {
            if let Some(position) = self.position_of(raw_name)
                && seen & (1 << position) == 0
            {
                seen |= 1 << position;
                each(position, value);
            }
            if seen == all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }

    /// The code of a value of a property, a new one if it has none yet.
    pub fn code_of(&self, property: usize, value: RawValue<'_>) -> u16 {
        self.books.get(property).map_or(PropertyColumns::NO_VALUE, |book| book.code_of(value))
    }

    /// The column of a property by its name as it stands in the JSON, quotes included.
    pub fn position_of(&self, raw_name: &str) -> Option<usize> {
        if let Some(position) = self.by_raw_name.get(raw_name) {
            return Some(*position);
        }
        // The same name may be written with escapes.
        if raw_name.contains('\\') { self.find(&unquote(raw_name)?) } else { None }
    }
}

impl ValueBook {
    /// A property of which no value is known yet, and values of it that will be told apart from all others.
    pub fn wanting(name: &str, wanted: &[String]) -> ValueBook {
        let wanted = wanted.iter().take(MAX_WANTED).cloned().collect();
        ValueBook { name: name.to_owned(), known: RwLock::default(), wanted }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether no further value gets a code of its own, but for those that are asked for.
    pub fn is_full(&self) -> bool {
        read_lock(&self.known).values.len() >= self.most_values()
    }

    /// Whether these values are told apart from all others, wherever events have them.
    pub fn tells_apart(&self, wanted: &[String]) -> bool {
        let known = read_lock(&self.known);
        known.values.len() < self.most_values()
            || wanted.iter().all(|value| self.wanted.contains(value) || known.codes.contains_key(value.as_str()))
    }

    /// How many values get a code before only those that are asked for do.
    fn most_values(&self) -> usize {
        MAX_VALUES - self.wanted.len()
    }

    fn code_of(&self, value: RawValue<'_>) -> u16 {
        let text = match value.kind {
            Some(PropertyType::Text) => value.text(),
            Some(PropertyType::Number | PropertyType::Boolean) => Some(value.raw.into()),
            Some(PropertyType::Object | PropertyType::List) | None => None,
        };
        let Some(text) = text else { return PropertyColumns::NO_VALUE };
        if text.len() > MAX_VALUE_BYTES {
            return PropertyColumns::OTHER_VALUE;
        }
        if let Some(code) = read_lock(&self.known).codes.get(&*text) {
            return *code;
        }
        let mut known = write_lock(&self.known);
        // Another thread may have been quicker.
        if let Some(code) = known.codes.get(&*text) {
            return *code;
        }
        let next = known.values.len();
        let has_room = next < self.most_values() || self.wanted.iter().any(|wanted| **wanted == *text);
        match u16::try_from(next) {
            Ok(code) if has_room => {
                let value: Arc<str> = text.as_ref().into();
                known.values.push(value.clone());
                known.codes.insert(value, code);
                code
            }
            _ => PropertyColumns::OTHER_VALUE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;

    const NONE: u16 = PropertyColumns::NO_VALUE;
    const OTHER_VALUE: u16 = PropertyColumns::OTHER_VALUE;

    fn values(names: &[&str]) -> PropertyValues {
        PropertyValues::new(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    fn codes(values: &PropertyValues, properties: &str) -> Vec<u16> {
        let mut row = Vec::new();
        values.add_codes(properties, &mut row);
        row
    }

    #[test]
    fn each_value_has_one_code_and_what_is_no_value_has_none() {
        let values = values(&["paid", "store_id"]);
        assert_eq!(codes(&values, r#"{"store_id":7,"paid":"card","else":1}"#), [0, 0]);
        assert_eq!(codes(&values, r#"{"paid":"cash"}"#), [1, NONE]);
        assert_eq!(codes(&values, r#"{"paid":"card","store_id":"7"}"#), [0, 0], "a text and a number that read alike");
        assert_eq!(codes(&values, r#"{"paid":true,"store_id":7.0}"#), [2, 1]);
        for nothing in ["{}", r#"{"paid":null,"store_id":[7]}"#, r#"{"paid":{"how":"card"}}"#, "not JSON"] {
            assert_eq!(codes(&values, nothing), [NONE, NONE], "{nothing}");
        }
        assert_eq!(codes(&values, r#"{"p\u0061id":"c\u0061rd","paid":"cash"}"#), [0, NONE], "the first one counts");
        assert_eq!(values.find_value(0, "card"), Some(0));
        assert_eq!(values.find_value(0, "cheque"), None);
        assert_eq!(values.find_value(1, "7.0"), Some(1));
    }

    #[test]
    fn values_beyond_the_last_code_and_long_ones_are_other() {
        let values = values(&["id"]);
        for number in 0..MAX_VALUES {
            assert!(!values.is_full(0));
            assert_eq!(usize::from(codes(&values, &format!(r#"{{"id":{number}}}"#))[0]), number);
        }
        assert!(values.is_full(0) && !values.is_full(1));
        assert_eq!(codes(&values, r#"{"id":"one more"}"#), [OTHER_VALUE]);
        assert_eq!(codes(&values, r#"{"id":0}"#), [0]);
        assert_eq!(values.find_value(0, OTHER), Some(OTHER_VALUE));
        assert_eq!(codes(&values, &format!(r#"{{"id":"{}"}}"#, "x".repeat(257))), [OTHER_VALUE]);
    }

    #[test]
    fn values_that_are_asked_for_are_told_apart_from_any_number_of_others() {
        let wanted = ["one more".to_owned(), "never".to_owned()];
        let values = PropertyValues::of_books(vec![Arc::new(ValueBook::wanting("id", &wanted))]);
        for number in 0..MAX_VALUES {
            codes(&values, &format!(r#"{{"id":{number}}}"#));
        }
        assert!(values.is_full(0));
        assert_eq!(codes(&values, r#"{"id":65533}"#), [OTHER_VALUE]);
        let [code] = codes(&values, r#"{"id":"one more"}"#)[..] else { panic!("one column") };
        assert!(code < OTHER_VALUE);
        assert_eq!(values.find_value(0, "one more"), Some(code));
        assert_eq!(values.find_value(0, "never"), None, "nobody had it");
        let book = &values.books[0];
        assert!(book.tells_apart(&wanted) && book.tells_apart(&["7".to_owned()]));
        assert!(!book.tells_apart(&["65533".to_owned()]));
    }

    #[test]
    fn values_come_back_from_their_file_with_the_same_codes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("values.json");
        let written = values(&["b \"quoted\"", "a"]);
        codes(&written, r#"{"b \"quoted\"":"ñ","a":1}"#);
        codes(&written, r#"{"b \"quoted\"":"o"}"#);
        written.write(&DiskFiles, &path).unwrap();
        let read = PropertyValues::read(&DiskFiles, &path).unwrap();
        assert_eq!(read.names().collect::<Vec<_>>(), ["b \"quoted\"", "a"]);
        assert_eq!(codes(&read, r#"{"a":2,"b \"quoted\"":"o"}"#), [1, 1]);
        assert_eq!(read.list_values(0).len(), 2);
    }
}
