//! A database of PostgreSQL: texts sort as bytes, one process owns it, what is acknowledged is on its disk.

use std::str::FromStr;
use std::time::{Duration, Instant};

use domain::{Error, Result};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, PgConnection, PgPool, Row};

use super::READERS;
use crate::failure::failure;

/// All statements of the transaction see the same moment.
pub(super) const BEGIN_READING: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// `vivencia` in ASCII: the number of the lock, which exists once for each database.
const OWNER_LOCK: i64 = 0x7669_7665_6e63_6961;
const OWNER_PATIENCE: Duration = Duration::from_secs(2);

pub(super) async fn connect_writer(url: &str) -> Result<PgConnection> {
    let options = options(url)?;
    let address = format!("{}:{}", options.get_host(), options.get_port());
    let mut connection = options.connect().await.map_err(|cause| {
        let reason = match &cause {
            sqlx::Error::Database(refusal) => refusal.message().to_owned(),
            _ => format!("is PostgreSQL running at {address}?"),
        };
        Error::unavailable(format!("could not connect to the database of the state: {reason}")).caused_by(cause)
    })?;
    refuse_other_order(&mut connection).await?;
    take_ownership(&mut connection).await?;
    Ok(connection)
}

pub(super) fn pool_of_readers(url: &str) -> Result<PgPool> {
    let pool = PgPoolOptions::new().max_connections(READERS).acquire_timeout(Duration::from_secs(10));
    Ok(pool.connect_lazy_with(options(url)?))
}

fn options(url: &str) -> Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(url).map_err(|cause| {
        Error::invalid(
            "the address of the state cannot be read; write it as postgres://user:password@host:5432/database, \
             with % codes for special characters in the password",
        )
        .caused_by(cause)
    })?;
    // A commit that was answered is on the disk, whatever the database's own setting says.
    let settings = [("synchronous_commit", "on"), ("client_min_messages", "warning")];
    Ok(options.application_name("vivencia").options(settings).disable_statement_logging())
}

/// The same question must have the same answer on both databases, so texts compare as bytes of UTF-8 and nothing else.
async fn refuse_other_order(connection: &mut PgConnection) -> Result<()> {
    let question = "SELECT CAST(current_database() AS TEXT), CAST(datcollate AS TEXT), \
                    CAST(pg_encoding_to_char(encoding) AS TEXT), 'a' > 'B' AND 'a-c' < 'ab' AND 'é' > 'z' \
                    FROM pg_database WHERE datname = current_database()";
    let (name, collation, encoding, compares_bytes): (String, String, String, bool) = sqlx::query(question)
        .fetch_one(connection)
        .await
        .and_then(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?)))
        .map_err(|cause| failure("read the collation of the state", cause))?;
    let is_c = matches!(collation.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8");
    if is_c && compares_bytes && encoding == "UTF8" {
        return Ok(());
    }
    Err(Error::invalid(format!(
        "the database `{name}` sorts texts by its own rules (collation {collation}, encoding {encoding}); the state needs \
         C and UTF8. Create another: CREATE DATABASE vivencia ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
    )))
}

/// Held for the life of the connection. A pooler that gives each transaction another connection would break it. The server
/// of a process that has just ended notices so a moment later, and the next one waits for that.
async fn take_ownership(connection: &mut PgConnection) -> Result<()> {
    let deadline = Instant::now() + OWNER_PATIENCE;
    loop {
        let is_owner: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
            .bind(OWNER_LOCK)
            .fetch_one(&mut *connection)
            .await
            .map_err(|cause| failure("become the owner of the state", cause))?;
        if is_owner {
            return Ok(());
        }
        if Instant::now() >= deadline {
            return Err(Error::unavailable(
                "another vivencia uses this database; stop it, or give each one a database of its own",
            ));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
