//! What comes out of a statement.

use domain::{Error, Result};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Postgres, Row as _, Sqlite, Type, decode::Decode};

/// A row of either database.
pub(crate) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Reads the columns one after another, in the order in which the statement names them.
    pub(crate) fn fields(&self) -> Fields<'_> {
        Fields { row: self, next: 0 }
    }
}

/// The columns of a row that are not read yet.
pub(crate) struct Fields<'r> {
    row: &'r Row,
    next: usize,
}

impl<'r> Fields<'r> {
    pub(crate) fn integer(&mut self) -> Result<i64> {
        self.take()
    }

    pub(crate) fn optional_integer(&mut self) -> Result<Option<i64>> {
        self.take()
    }

    /// A number whose bits are kept in a signed column.
    pub(crate) fn unsigned(&mut self) -> Result<u64> {
        Ok(self.integer()?.cast_unsigned())
    }

    pub(crate) fn unsigned_32(&mut self) -> Result<u32> {
        let integer = self.integer()?;
        u32::try_from(integer).map_err(|_| unreadable(&integer.to_string(), "a number of 32 bits"))
    }

    pub(crate) fn flag(&mut self) -> Result<bool> {
        Ok(self.integer()? != 0)
    }

    pub(crate) fn text(&mut self) -> Result<String> {
        self.take()
    }

    pub(crate) fn optional_text(&mut self) -> Result<Option<String>> {
        self.take()
    }

    /// A text that stands for one of a few values.
    pub(crate) fn parsed<T>(&mut self, expected: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        let text = self.text()?;
        parse(&text).ok_or_else(|| unreadable(&text, expected))
    }

    /// A text that stands for one of a few values, or nothing.
    pub(crate) fn optional_parsed<T>(
        &mut self,
        expected: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>> {
        let text = self.optional_text()?;
        text.map(|text| parse(&text).ok_or_else(|| unreadable(&text, expected))).transpose()
    }

    fn take<T>(&mut self) -> Result<T>
    where
        T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
    {
        let column = self.next;
        self.next += 1;
        let value = match self.row {
            Row::Sqlite(row) => row.try_get(column),
            Row::Postgres(row) => row.try_get(column),
        };
        value.map_err(|cause| Error::internal("could not read a row of the state").caused_by(cause))
    }
}

fn unreadable(found: &str, expected: &str) -> Error {
    Error::internal(format!("the state holds `{found}` where {expected} should be"))
}
