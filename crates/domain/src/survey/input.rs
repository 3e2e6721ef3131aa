//! Reads the parts of a file and keeps every problem with its place, instead of ending at the first.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::problem::{Problem, ProblemCode, listed, member, quoted, suggestion};
use super::{LONGEST_KEY_CHARS, LONGEST_TEXT_CHARS, Texts, piping};

/// Problems that are said; nobody mends more than that at once.
const MOST_PROBLEMS: usize = 500;

/// A JSON value in which no object has a member twice: the later would silently win over the earlier.
pub(super) struct Strict(pub Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("the member {} stands twice in its object", quoted(&name))));
            }
            let Strict(value) = members.next_value()?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

/// What is wrong so far, and the languages in which every text must be.
#[derive(Default)]
pub(super) struct Input {
    pub problems: Vec<Problem>,
    pub languages: Vec<String>,
}

/// An object of the file with its place.
pub(super) struct Object<'v> {
    pub place: String,
    members: &'v Map<String, Value>,
}

impl<'v> Object<'v> {
    /// A member and its place; `null` is no member.
    pub fn get(&self, name: &str) -> Option<(String, &'v Value)> {
        self.members.get(name).filter(|value| !value.is_null()).map(|value| (member(&self.place, name), value))
    }

    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub fn names(&self) -> impl Iterator<Item = &'v str> {
        self.members.keys().map(String::as_str)
    }
}

impl Input {
    pub fn problem(&mut self, place: impl Into<String>, code: ProblemCode, detail: impl Into<String>) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem::new(place, code, detail));
        }
    }

    pub fn object<'v>(&mut self, place: String, value: &'v Value) -> Option<Object<'v>> {
        match value {
            Value::Object(members) => Some(Object { place, members }),
            _ => {
                self.problem(place, ProblemCode::WrongType, format!("must be an object, not {}", kind_of(value)));
                None
            }
        }
    }

    /// Refuses members that are not among the known ones.
    pub fn only(&mut self, object: &Object<'_>, known: &[&str]) {
        for name in object.names().filter(|name| !known.contains(name)) {
            let detail = match suggestion(name, known.iter().copied()).as_str() {
                "" => format!(
                    "{} is not known here; take it away; known are {}",
                    quoted(name),
                    listed(known.iter().copied())
                ),
                meant => format!("{} is not known here{meant}", quoted(name)),
            };
            self.problem(member(&object.place, name), ProblemCode::UnknownMember, detail);
        }
    }

    /// A member that must be there.
    pub fn needed<'v>(&mut self, object: &Object<'v>, name: &str, what: &str) -> Option<(String, &'v Value)> {
        let found = object.get(name);
        if found.is_none() {
            self.problem(member(&object.place, name), ProblemCode::Missing, format!("is missing; {what}"));
        }
        found
    }

    pub fn text<'v>(&mut self, place: &str, value: &'v Value) -> Option<&'v str> {
        let text = value.as_str();
        if text.is_none() {
            self.problem(place, ProblemCode::WrongType, format!("must be a text, not {}", kind_of(value)));
        }
        text
    }

    pub fn flag(&mut self, object: &Object<'_>, name: &str) -> bool {
        let Some((place, value)) = object.get(name) else { return false };
        value.as_bool().unwrap_or_else(|| {
            self.problem(place, ProblemCode::WrongType, format!("must be true or false, not {}", kind_of(value)));
            false
        })
    }

    /// A whole number between two, both included.
    pub fn number(&mut self, place: &str, value: &Value, least: u64, most: u64) -> Option<u64> {
        let Some(number) = value.as_f64() else {
            self.problem(place, ProblemCode::WrongType, format!("must be a whole number, not {}", kind_of(value)));
            return None;
        };
        let whole = value.as_u64().filter(|whole| (least..=most).contains(whole));
        if whole.is_none() {
            let detail = format!("must be a whole number from {least} to {most}, not {number}");
            self.problem(place, ProblemCode::OutOfRange, detail);
        }
        whole
    }

    /// Items of a list with their places; at most `most` of them are looked at.
    pub fn list<'v>(&mut self, place: &str, value: &'v Value, least: usize, most: usize) -> Vec<(String, &'v Value)> {
        let Some(items) = value.as_array() else {
            self.problem(place, ProblemCode::WrongType, format!("must be a list, not {}", kind_of(value)));
            return Vec::new();
        };
        if items.len() < least || items.len() > most {
            let detail = format!("must have {least} to {most} items, not {}", items.len());
            self.problem(place, ProblemCode::WrongCount, detail);
        }
        items.iter().take(most).enumerate().map(|(at, item)| (format!("{place}[{at}]"), item)).collect()
    }

    /// A key as surveys, questions and choices have them.
    pub fn key<'v>(&mut self, place: &str, value: &'v Value) -> Option<&'v str> {
        let key = self.text(place, value)?;
        let is_inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let is_key = (1..=LONGEST_KEY_CHARS).contains(&key.len())
            && key.chars().all(is_inside)
            && key.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !is_key {
            let detail = format!(
                "{} is not a key; write 1 to {LONGEST_KEY_CHARS} of a–z, 0–9, `-` and `_`, beginning with a letter or digit",
                quoted(key)
            );
            self.problem(place, ProblemCode::InvalidKey, detail);
            return None;
        }
        Some(key)
    }

    /// A text in every language of the survey, and in no other.
    pub fn texts(&mut self, place: &str, value: &Value) -> Texts {
        let Some(object) = self.object(place.to_owned(), value) else { return Texts::default() };
        let languages = self.languages.clone();
        let mut texts = BTreeMap::new();
        // Without any language everything would be unknown, and that none is there was said.
        let is_unknown = |name: &&str| !languages.is_empty() && !languages.iter().any(|language| language == name);
        for name in object.names().filter(is_unknown) {
            let detail = format!(
                "{} is not among the languages of the survey, {}; add it to `languages` or take it away",
                quoted(name),
                listed(languages.iter().map(String::as_str))
            );
            self.problem(member(place, name), ProblemCode::UnknownMember, detail);
        }
        for language in languages {
            let Some((place, value)) = self.needed(&object, &language, "every text is in every language of the survey")
            else {
                continue;
            };
            if let Some(text) = self.text(&place, value)
                && self.is_readable(&place, text)
            {
                for detail in piping::problems(text) {
                    self.problem(place.as_str(), ProblemCode::InvalidPlaceholder, detail);
                }
                texts.insert(language, text.to_owned());
            }
        }
        Texts(texts)
    }

    pub fn optional_texts(&mut self, object: &Object<'_>, name: &str) -> Option<Texts> {
        let (place, value) = object.get(name)?;
        Some(self.texts(&place, value))
    }

    fn is_readable(&mut self, place: &str, text: &str) -> bool {
        let length = text.chars().count();
        let detail = if text.trim().is_empty() {
            "is empty; write a text or take the member away".to_owned()
        } else if length > LONGEST_TEXT_CHARS {
            format!("has {length} characters, at most {LONGEST_TEXT_CHARS} are allowed; shorten it")
        } else if text.chars().any(|c| c.is_control() && c != '\n') {
            "has control characters; only line breaks are allowed".to_owned()
        } else {
            return true;
        };
        self.problem(place, ProblemCode::InvalidText, detail);
        false
    }
}

/// What a value is, in a sentence.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
