//! The two databases. Only the modules below hold statements that one of them alone understands.

mod pages;
mod postgres;
mod sqlite;

use domain::{Error, Result};
use sqlx::{Connection as _, PgConnection, PgPool, SqliteConnection, SqlitePool};

use crate::failure::failure;
use crate::sql::{Inner, Transaction};
use crate::{StateUrl, schema};

pub(crate) use pages::vfs::{DAMAGED, last_damage};

/// How many connections read at once.
const READERS: u32 = 4;

/// The connection that writes.
pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Connection {
    /// Begins a transaction that nobody else can get in the way of.
    pub(crate) async fn begin_writing(&mut self, attempt: &'static str) -> Result<Transaction<'_>> {
        let inner = match self {
            Connection::Sqlite(connection) => connection.begin_with(sqlite::BEGIN_WRITING).await.map(Inner::Sqlite),
            Connection::Postgres(connection) => connection.begin().await.map(Inner::Postgres),
        };
        Ok(Transaction::new(attempt, inner.map_err(|cause| failure(attempt, cause))?))
    }

    async fn answers(&mut self) -> bool {
        let answer = match self {
            Connection::Sqlite(connection) => connection.ping().await,
            Connection::Postgres(connection) => connection.ping().await,
        };
        answer.is_ok()
    }

    async fn close(self) {
        let closed = match self {
            Connection::Sqlite(connection) => connection.close().await,
            Connection::Postgres(connection) => connection.close().await,
        };
        if let Err(cause) = closed {
            tracing::debug!(%cause, "could not close a connection of the state");
        }
    }
}

/// The one connection that writes. On PostgreSQL it also holds the lock that makes this process the owner: when it breaks,
/// the lock goes with it, and writing goes on only if nobody else has owned the database meanwhile.
pub(crate) struct Writer {
    url: StateUrl,
    connection: Option<Connection>,
    epoch: u64,
}

impl Writer {
    /// Becomes the owner of the database and migrates it.
    pub(crate) async fn open(url: &StateUrl) -> Result<Writer> {
        let mut connection = connect(url).await?;
        schema::migrate(&mut connection).await?;
        let mut transaction = connection.begin_writing("become the owner of the state").await?;
        transaction.execute("UPDATE ownership SET epoch = epoch + 1 WHERE id = 1", []).await?;
        let epoch = find_epoch(&mut transaction).await?;
        transaction.commit().await?;
        Ok(Writer { url: url.clone(), connection: Some(connection), epoch })
    }

    /// Begins a transaction, on a new connection if the last one broke.
    pub(crate) async fn begin(&mut self, attempt: &'static str) -> Result<Transaction<'_>> {
        let usable = match self.connection.take() {
            Some(mut connection) => connection.answers().await.then_some(connection),
            None => None,
        };
        let connection = match usable {
            Some(connection) => connection,
            None => self.reconnect().await?,
        };
        self.connection.insert(connection).begin_writing(attempt).await
    }

    pub(crate) async fn close(self) {
        if let Some(connection) = self.connection {
            connection.close().await;
        }
    }

    async fn reconnect(&self) -> Result<Connection> {
        tracing::warn!(state = %self.url, "connecting to the state again");
        let mut connection = connect(&self.url).await?;
        let mut transaction = connection.begin_writing("check who owns the state").await?;
        let epoch = find_epoch(&mut transaction).await?;
        transaction.commit().await?;
        if epoch != self.epoch {
            return Err(Error::unavailable(
                "another vivencia has used the database of the state since the connection broke; restart this one",
            ));
        }
        Ok(connection)
    }
}

async fn connect(url: &StateUrl) -> Result<Connection> {
    match url {
        StateUrl::Sqlite(path) => sqlite::connect_writer(path).await.map(Connection::Sqlite),
        StateUrl::Postgres(url) => postgres::connect_writer(url).await.map(Connection::Postgres),
    }
}

async fn find_epoch(transaction: &mut Transaction<'_>) -> Result<u64> {
    match transaction.fetch_first("SELECT epoch FROM ownership WHERE id = 1", []).await? {
        Some(row) => row.fields().unsigned(),
        None => Err(Error::internal("the state does not say who owns it")),
    }
}

/// Connections that read beside the writing one.
pub(crate) enum Readers {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

impl Readers {
    /// They connect when they are first used.
    pub(crate) fn of(url: &StateUrl) -> Result<Readers> {
        Ok(match url {
            StateUrl::Sqlite(path) => Readers::Sqlite(sqlite::pool_of_readers(path)),
            StateUrl::Postgres(url) => Readers::Postgres(postgres::pool_of_readers(url)?),
        })
    }

    /// Begins a transaction that sees one moment of the whole state.
    pub(crate) async fn begin(&self, attempt: &'static str) -> Result<Transaction<'static>> {
        let inner = match self {
            Readers::Sqlite(pool) => pool.begin().await.map(Inner::Sqlite),
            Readers::Postgres(pool) => pool.begin_with(postgres::BEGIN_READING).await.map(Inner::Postgres),
        };
        Ok(Transaction::new(attempt, inner.map_err(|cause| failure(attempt, cause))?))
    }

    /// Verifies every page of a file of SQLite; PostgreSQL looks after its own.
    pub(crate) async fn verify(&self, url: &StateUrl) -> Result<Vec<String>> {
        let (Readers::Sqlite(pool), StateUrl::Sqlite(path)) = (self, url) else { return Ok(Vec::new()) };
        let mut connection = pool.acquire().await.map_err(|cause| failure("verify the state", cause))?;
        pages::verify(&mut connection, path).await
    }

    pub(crate) async fn close(&self) {
        match self {
            Readers::Sqlite(pool) => pool.close().await,
            Readers::Postgres(pool) => pool.close().await,
        }
    }
}
