//! What goes into a statement.

use std::borrow::Cow;

use domain::{Error, Result};
use sqlx::encode::Encode;
use sqlx::{Arguments, Database, Type};

/// A value of a placeholder. Unsigned numbers keep their bits: those that the log gives stay far below 2^63.
#[derive(Debug)]
pub(crate) enum Value<'a> {
    Integer(Option<i64>),
    Text(Option<Cow<'a, str>>),
}

impl Value<'_> {
    /// Bytes of text in it.
    pub(crate) fn text_bytes(&self) -> usize {
        match self {
            Value::Integer(_) | Value::Text(None) => 0,
            Value::Text(Some(text)) => text.len(),
        }
    }
}

/// Values in the form that a driver takes. Refuses U+0000, which PostgreSQL cannot store and SQLite would cut at.
pub(crate) fn arguments<'v, D>(values: impl IntoIterator<Item = Value<'v>>) -> Result<D::Arguments>
where
    D: Database,
    Option<i64>: for<'q> Encode<'q, D> + Type<D>,
    Option<String>: for<'q> Encode<'q, D> + Type<D>,
{
    let mut arguments = D::Arguments::default();
    for value in values {
        let added = match value {
            Value::Integer(integer) => arguments.add(integer),
            Value::Text(text) => {
                if text.as_ref().is_some_and(|text| text.as_bytes().contains(&0)) {
                    return Err(Error::invalid(
                        "a text holds the character U+0000, which the state cannot store; remove it",
                    ));
                }
                arguments.add(text.map(Cow::into_owned))
            }
        };
        added.map_err(|cause| Error::internal("could not hand a value to the database").caused_by(cause))?;
    }
    Ok(arguments)
}

impl From<i64> for Value<'_> {
    fn from(integer: i64) -> Self {
        Value::Integer(Some(integer))
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Value::Integer(Some(number.cast_signed()))
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Integer(Some(i64::from(number)))
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Value::Integer(Some(i64::from(flag)))
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(integer: Option<i64>) -> Self {
        Value::Integer(integer)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(Some(Cow::Borrowed(text)))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Value::Text(Some(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Some(Cow::Owned(text)))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        Value::Text(text.map(Cow::Borrowed))
    }
}

impl From<Option<String>> for Value<'_> {
    fn from(text: Option<String>) -> Self {
        Value::Text(text.map(Cow::Owned))
    }
}
