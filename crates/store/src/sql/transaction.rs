//! A transaction on either database.

use std::borrow::Cow;
use std::collections::BTreeSet;

use domain::{Error, Result};
use sqlx::{AssertSqlSafe, Postgres, Sqlite};

use super::row::Row;
use super::value::{Value, arguments};
use crate::failure::failure;

/// Rows of one INSERT come in these numbers, so that few statements are prepared and kept.
const ROWS_AT_ONCE: [usize; 4] = [512, 64, 8, 1];
/// Rows wait for their INSERT until they hold this much text.
const TEXT_AT_ONCE_BYTES: usize = 4 << 20;
/// Values of one list `IN (…)` come in these numbers; the last value fills what is left over.
const VALUES_AT_ONCE: [usize; 4] = [1, 8, 64, 512];

/// A transaction that takes the same statements on both databases. Undone unless it is committed.
pub(crate) struct Transaction<'c> {
    attempt: &'static str,
    inner: Inner<'c>,
}

/// The transaction of the driver.
pub(crate) enum Inner<'c> {
    Sqlite(sqlx::Transaction<'c, Sqlite>),
    Postgres(sqlx::Transaction<'c, Postgres>),
}

impl<'c> Transaction<'c> {
    /// `attempt` completes the sentence "could not …" when something fails.
    pub(crate) fn new(attempt: &'static str, inner: Inner<'c>) -> Transaction<'c> {
        Transaction { attempt, inner }
    }

    pub(crate) async fn commit(self) -> Result<()> {
        let committed = match self.inner {
            Inner::Sqlite(transaction) => transaction.commit().await,
            Inner::Postgres(transaction) => transaction.commit().await,
        };
        committed.map_err(|cause| failure(self.attempt, cause))
    }

    /// Undoes it now; dropping it would do so before the next use of the connection.
    pub(crate) async fn rollback(self) {
        let undone = match self.inner {
            Inner::Sqlite(transaction) => transaction.rollback().await,
            Inner::Postgres(transaction) => transaction.rollback().await,
        };
        if let Err(cause) = undone {
            // The database undoes what a broken connection left open.
            tracing::debug!(%cause, attempt = self.attempt, "could not undo a transaction");
        }
    }

    /// Answers how many rows were changed.
    pub(crate) async fn execute<'v>(
        &mut self,
        sql: &'static str,
        values: impl IntoIterator<Item = Value<'v>>,
    ) -> Result<u64> {
        self.execute_text(Cow::Borrowed(sql), values).await
    }

    pub(crate) async fn fetch<'v>(
        &mut self,
        sql: &'static str,
        values: impl IntoIterator<Item = Value<'v>>,
    ) -> Result<Vec<Row>> {
        self.fetch_text(Cow::Borrowed(sql), values).await
    }

    /// The first row, if there is one.
    pub(crate) async fn fetch_first<'v>(
        &mut self,
        sql: &'static str,
        values: impl IntoIterator<Item = Value<'v>>,
    ) -> Result<Option<Row>> {
        Ok(self.fetch(sql, values).await?.into_iter().next())
    }

    /// The number that a statement answers.
    pub(crate) async fn next_id(&mut self, sql: &'static str) -> Result<u64> {
        match self.fetch_first(sql, []).await? {
            Some(row) => row.fields().unsigned(),
            None => Err(Error::internal(format!("could not {}: no number was answered", self.attempt))),
        }
    }

    /// Runs several statements without values, separated by semicolons.
    pub(crate) async fn execute_script(&mut self, sql: &'static str) -> Result<()> {
        let executed = match &mut self.inner {
            Inner::Sqlite(transaction) => sqlx::raw_sql(sql).execute(&mut **transaction).await.map(|_| ()),
            Inner::Postgres(transaction) => sqlx::raw_sql(sql).execute(&mut **transaction).await.map(|_| ()),
        };
        executed.map_err(|cause| failure(self.attempt, cause))
    }

    /// Inserts many rows: `INSERT INTO … (N columns)`, the rows, and what to do with those that are there already
    /// (`ON CONFLICT …` or nothing).
    pub(crate) async fn insert<'v, const N: usize>(
        &mut self,
        insert_into: &'static str,
        on_conflict: &'static str,
        rows: impl IntoIterator<Item = [Value<'v>; N]>,
    ) -> Result<()> {
        let mut waiting: Vec<[Value<'v>; N]> = Vec::new();
        let mut waiting_bytes = 0;
        for row in rows {
            waiting_bytes += row.iter().map(Value::text_bytes).sum::<usize>();
            waiting.push(row);
            if waiting.len() == ROWS_AT_ONCE[0] || waiting_bytes > TEXT_AT_ONCE_BYTES {
                self.insert_waiting(insert_into, on_conflict, &mut waiting).await?;
                waiting_bytes = 0;
            }
        }
        self.insert_waiting(insert_into, on_conflict, &mut waiting).await
    }

    async fn insert_waiting<const N: usize>(
        &mut self,
        insert_into: &'static str,
        on_conflict: &'static str,
        waiting: &mut Vec<[Value<'_>; N]>,
    ) -> Result<()> {
        let mut rows_left = waiting.len();
        let mut rows = waiting.drain(..);
        for rows_at_once in ROWS_AT_ONCE {
            while rows_left >= rows_at_once {
                rows_left -= rows_at_once;
                let rows_text = self.placeholders_of_rows(rows_at_once, N);
                let sql = format!("{insert_into} VALUES {rows_text} {on_conflict}");
                self.execute_text(Cow::Owned(sql), rows.by_ref().take(rows_at_once).flatten()).await?;
            }
        }
        Ok(())
    }

    /// The rows of a statement that ends in `IN` for all of `values`, in no order.
    pub(crate) async fn fetch_in(
        &mut self,
        select_where_in: &'static str,
        values: impl IntoIterator<Item = u64>,
    ) -> Result<Vec<Row>> {
        // In two lists, a value would bring its rows twice.
        let values: Vec<u64> = values.into_iter().collect::<BTreeSet<u64>>().into_iter().collect();
        let mut rows = Vec::new();
        for list in lists_of(&values) {
            let sql = format!("{select_where_in} {}", self.placeholders_of_rows(1, list.len()));
            rows.extend(self.fetch_text(Cow::Owned(sql), list.into_iter().map(Value::from)).await?);
        }
        Ok(rows)
    }

    /// SQLite looks a numbered placeholder up by walking over all those before it, which for two thousand of them takes
    /// longer than the statement: it gets them without numbers.
    fn placeholders_of_rows(&self, rows: usize, columns: usize) -> String {
        placeholders(matches!(self.inner, Inner::Postgres(_)), rows, columns)
    }

    async fn execute_text<'v>(
        &mut self,
        sql: Cow<'static, str>,
        values: impl IntoIterator<Item = Value<'v>>,
    ) -> Result<u64> {
        let sql = AssertSqlSafe(sql);
        let executed = match &mut self.inner {
            Inner::Sqlite(transaction) => {
                let query = sqlx::query_with::<Sqlite, _>(sql, arguments::<Sqlite>(values)?);
                query.execute(&mut **transaction).await.map(|done| done.rows_affected())
            }
            Inner::Postgres(transaction) => {
                let query = sqlx::query_with::<Postgres, _>(sql, arguments::<Postgres>(values)?);
                query.execute(&mut **transaction).await.map(|done| done.rows_affected())
            }
        };
        executed.map_err(|cause| failure(self.attempt, cause))
    }

    async fn fetch_text<'v>(
        &mut self,
        sql: Cow<'static, str>,
        values: impl IntoIterator<Item = Value<'v>>,
    ) -> Result<Vec<Row>> {
        let sql = AssertSqlSafe(sql);
        let fetched = match &mut self.inner {
            Inner::Sqlite(transaction) => {
                let query = sqlx::query_with::<Sqlite, _>(sql, arguments::<Sqlite>(values)?);
                query.fetch_all(&mut **transaction).await.map(|rows| rows.into_iter().map(Row::Sqlite).collect())
            }
            Inner::Postgres(transaction) => {
                let query = sqlx::query_with::<Postgres, _>(sql, arguments::<Postgres>(values)?);
                query.fetch_all(&mut **transaction).await.map(|rows| rows.into_iter().map(Row::Postgres).collect())
            }
        };
        fetched.map_err(|cause| failure(self.attempt, cause))
    }
}

/// `($1, $2), ($3, $4)` for two rows of two columns. Without `is_numbered` every placeholder is `?`.
fn placeholders(is_numbered: bool, rows: usize, columns: usize) -> String {
    let mut text = String::with_capacity(rows * (columns * 7 + 4));
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns {
            text.push_str(if column == 0 { "" } else { ", " });
            if is_numbered {
                text.push('$');
                text.push_str(&(row * columns + column + 1).to_string());
            } else {
                text.push('?');
            }
        }
        text.push(')');
    }
    text
}

/// Cuts values into lists of the lengths in [`VALUES_AT_ONCE`].
fn lists_of(values: &[u64]) -> Vec<Vec<u64>> {
    let longest = VALUES_AT_ONCE[VALUES_AT_ONCE.len() - 1];
    let fill = |part: &[u64]| {
        let length = VALUES_AT_ONCE.into_iter().find(|length| *length >= part.len()).unwrap_or(longest);
        let last = part.last().copied().unwrap_or(0);
        part.iter().copied().chain(std::iter::repeat(last)).take(length).collect()
    };
    values.chunks(longest).map(fill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_numbered_through_the_rows() {
        assert_eq!(placeholders(true, 2, 2), "($1, $2), ($3, $4)");
        assert_eq!(placeholders(true, 1, 3), "($1, $2, $3)");
        assert_eq!(placeholders(false, 2, 2), "(?, ?), (?, ?)");
    }

    #[test]
    fn lists_have_few_lengths_and_repeat_their_last_value() {
        assert!(lists_of(&[]).is_empty());
        assert_eq!(lists_of(&[7]), [[7]]);
        assert_eq!(lists_of(&[1, 2, 3]), [[1, 2, 3, 3, 3, 3, 3, 3]]);
        let many: Vec<u64> = (0..600).collect();
        assert_eq!(lists_of(&many).iter().map(Vec::len).collect::<Vec<_>>(), [512, 512]);
    }
}
