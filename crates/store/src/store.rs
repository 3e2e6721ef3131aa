//! The handle that everybody holds, and how a blocking call becomes a transaction.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use domain::{Error, Result};
use tokio::runtime::Runtime;
use tokio::sync::Mutex;

use crate::StateUrl;
use crate::backend::{Readers, Writer};
use crate::customer_names;
use crate::sql::Transaction;

/// How long closing waits for the database before it leaves the rest to it.
const CLOSING: Duration = Duration::from_secs(5);

/// The state of one organisation. Clones share it; the last one dropped closes it.
///
/// Every call blocks, and waits on a small runtime of the store's own. So it may be called from any plain thread, also
/// from one of `tokio::task::spawn_blocking`; inside an `async` function it panics, as blocking there always would. It may
/// be dropped anywhere.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    /// Taken when the store closes.
    open: Option<Open>,
}

struct Open {
    runtime: Runtime,
    url: StateUrl,
    writer: Mutex<Writer>,
    readers: Readers,
}

impl Store {
    /// Opens the state, makes its tables or brings them to this version, and becomes its owner.
    ///
    /// Refuses, with what to do: a state of a newer version (`Conflict`), a database of PostgreSQL that another process
    /// owns (`Unavailable`) or whose collation is not C (`InvalidArgument`), and a file or folder that cannot be used
    /// (`InvalidArgument`).
    pub fn open(url: &StateUrl) -> Result<Store> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("state")
            .enable_all()
            .build()
            .map_err(|cause| Error::internal("could not start the threads of the state").caused_by(cause))?;
        let (writer, readers) = runtime.block_on(async {
            let writer = Writer::open(url).await?;
            Ok::<_, Error>((writer, Readers::of(url)?))
        })?;
        let open = Open { runtime, url: url.clone(), writer: Mutex::new(writer), readers };
        let store = Store { shared: Arc::new(Shared { open: Some(open) }) };
        customer_names::catch_up(&store)?;
        Ok(store)
    }

    /// Runs `work` on one moment of the state. `attempt` completes "could not …".
    pub(crate) fn read<T>(
        &self,
        attempt: &'static str,
        work: impl AsyncFnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        let open = self.open_state()?;
        open.runtime.block_on(async {
            let mut transaction = open.readers.begin(attempt).await?;
            let outcome = work(&mut transaction).await;
            transaction.rollback().await;
            outcome
        })
    }

    /// Runs `work` in the one transaction that writes, and commits it unless it fails.
    pub(crate) fn write<T>(
        &self,
        attempt: &'static str,
        work: impl AsyncFnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<T> {
        let open = self.open_state()?;
        open.runtime.block_on(async {
            let mut writer = open.writer.lock().await;
            let mut transaction = writer.begin(attempt).await?;
            match work(&mut transaction).await {
                Ok(outcome) => transaction.commit().await.map(|()| outcome),
                Err(error) => {
                    transaction.rollback().await;
                    Err(error)
                }
            }
        })
    }

    /// Reads every page of a file of SQLite against its checksum; a sentence for each fault. PostgreSQL verifies its own
    /// pages when it reads them (`initdb --data-checksums`).
    pub fn verify(&self) -> Result<Vec<String>> {
        let open = self.open_state()?;
        open.runtime.block_on(open.readers.verify(&open.url))
    }

    fn open_state(&self) -> Result<&Open> {
        self.shared.open.as_ref().ok_or_else(|| Error::unavailable("the state is closed"))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let Some(Open { runtime, writer, readers, .. }) = self.open.take() else { return };
        // Neither waiting for a runtime nor dropping one is allowed in an async context, and the last handle may well be
        // dropped there: a thread of its own may do both. Joined, so that who opens the state next finds it free.
        let closing = thread::Builder::new().name("state-closing".to_owned()).spawn(move || {
            // A timer can only be made inside the runtime.
            let closed = runtime.block_on(async {
                let closing = async {
                    readers.close().await;
                    writer.into_inner().close().await;
                };
                tokio::time::timeout(CLOSING, closing).await
            });
            if closed.is_err() {
                tracing::warn!("the database of the state did not answer while closing");
            }
            runtime.shutdown_timeout(CLOSING);
        });
        if let Ok(thread) = closing {
            let _ = thread.join();
        }
    }
}
