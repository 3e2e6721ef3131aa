//! A fresh, empty database for each case.

use sqlx::{ConnectOptions, Connection};
use store::{StateUrl, Store};
use tempfile::TempDir;

use crate::postgres::Cluster;

pub enum Database {
    Sqlite { folder: TempDir },
    Postgres { name: String },
}

impl Database {
    pub fn sqlite() -> Database {
        Database::Sqlite { folder: tempfile::tempdir().unwrap() }
    }

    pub fn postgres() -> Database {
        Database::Postgres { name: Cluster::shared().create_database() }
    }

    pub fn url(&self) -> String {
        match self {
            Database::Sqlite { folder } => format!("sqlite:{}", folder.path().join("state.db").display()),
            Database::Postgres { name } => Cluster::shared().url(name),
        }
    }

    pub fn open(&self) -> Store {
        self.try_open().unwrap()
    }

    pub fn try_open(&self) -> domain::Result<Store> {
        Store::open(&self.url().parse::<StateUrl>()?)
    }

    /// Runs a statement past the store.
    pub fn execute(&self, sql: &'static str) {
        match self {
            Database::Sqlite { folder } => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    // By the store's own file system, which writes the checksums of pages.
                    let options = sqlx::sqlite::SqliteConnectOptions::new()
                        .filename(folder.path().join("state.db"))
                        .vfs("vivencia");
                    let mut connection = options.connect().await.unwrap();
                    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
                    connection.close().await.unwrap();
                });
            }
            Database::Postgres { name } => {
                Cluster::shared().execute(name, sql);
            }
        }
    }
}
