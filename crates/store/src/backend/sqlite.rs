//! A file of SQLite: what is acknowledged is on the disk, what is deleted is overwritten.

use std::path::Path;
use std::time::Duration;

use domain::{Error, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection, SqlitePool};

use super::{READERS, pages};
use crate::failure::damage_in;

/// Takes the lock for writing at once, so that a transaction never has to turn from reading to writing midway.
pub(super) const BEGIN_WRITING: &str = "BEGIN IMMEDIATE";

const NOT_A_DATABASE: &str = "26";

pub(super) async fn connect_writer(path: &Path) -> Result<SqliteConnection> {
    if !pages::vfs::register() {
        return Err(Error::internal("SQLite has no file system on this platform"));
    }
    pages::create(path)
        .map_err(|cause| cannot_open(path, "is its folder there, and may vivencia write to it?", cause))?;
    pages::check_log_of(path)?;
    // A large batch of identifiers touches its index all over: 32 MiB of pages stay in memory, and as many are written to
    // the log before they go to their places, so that a page that changes often goes there once.
    // The log gives back what a larger one took.
    let options = options(path)
        .pragma("cache_size", "-32768")
        .pragma("wal_autocheckpoint", "8192")
        .pragma("journal_size_limit", "67108864");
    let failed = |cause: sqlx::Error| match &cause {
        sqlx::Error::Database(refusal) if refusal.code().as_deref() == Some(NOT_A_DATABASE) => {
            cannot_open(path, "it is not a database of SQLite", cause)
        }
        sqlx::Error::Database(refusal) if damage_in(refusal.as_ref()).is_some() => {
            Error::internal(damage_in(refusal.as_ref()).unwrap_or_default()).caused_by(cause)
        }
        _ => cannot_open(path, "may vivencia write to it, and is no other program using it?", cause),
    };
    let mut connection = options.connect().await.map_err(failed)?;
    // A loss of power may have torn a page on its way from the log to its place; the log still has it whole.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.map_err(failed)?;
    Ok(connection)
}

pub(super) fn pool_of_readers(path: &Path) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(10))
        .connect_lazy_with(options(path).pragma("query_only", "ON"))
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .vfs(pages::vfs::NAME.to_str().unwrap_or_default())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .busy_timeout(Duration::from_secs(10))
        .row_buffer_size(1_024)
        .disable_statement_logging()
}

fn cannot_open(path: &Path, why: &str, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::invalid(format!("could not open the state in `{}`: {why}", path.display())).caused_by(cause)
}

#[cfg(test)]
mod tests {
    use sqlx::Connection;

    use super::*;

    #[tokio::test]
    async fn what_is_written_is_on_the_disk_and_what_is_deleted_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = connect_writer(&folder.path().join("state.db")).await.unwrap();
        let readers = pool_of_readers(&folder.path().join("state.db"));
        let mut reader = readers.acquire().await.unwrap();
        for connection in [&mut writer, &mut *reader] {
            let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await.unwrap();
            assert_eq!(mode, "wal");
            for (pragma, expected) in
                [("PRAGMA synchronous", 2), ("PRAGMA foreign_keys", 1), ("PRAGMA secure_delete", 1)]
            {
                let value: i64 = sqlx::query_scalar(pragma).fetch_one(&mut *connection).await.unwrap();
                assert_eq!(value, expected, "{pragma}");
            }
        }
        let refused = sqlx::query("CREATE TABLE readers_cannot_write (id BIGINT)").execute(&mut *reader).await;
        assert!(refused.is_err());
        drop(reader);
        readers.close().await;
        writer.close().await.unwrap();
    }
}
