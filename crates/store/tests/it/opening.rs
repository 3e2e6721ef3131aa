//! Opening, versions, and from where the store may be called.

use std::sync::mpsc;
use std::thread;

use domain::ports::{EventState, KeyStore, LogChanges, OrganisationStore};
use domain::{Code, Error};
use store::{StateUrl, Store};

use crate::builders::{changes, changes_of_every_kind, user};
use crate::database::Database;

pub fn what_was_written_is_there_after_opening_again(database: &Database) {
    let store = database.open();
    store.apply(&changes_of_every_kind(3)).unwrap();
    let before = store.load().unwrap();
    drop(store);
    let store = database.open();
    assert_eq!(store.load().unwrap(), before);
}

pub fn a_state_of_a_newer_version_is_refused(database: &Database) {
    drop(database.open());
    database.execute("INSERT INTO schema_migrations (number, name, checksum) VALUES (9999, 'future', 'x')");
    let error = refusal(database);
    assert_eq!(error.code, Code::Conflict);
    assert!(error.detail.contains("newer vivencia") && error.detail.contains("9999"), "{error}");

    database.execute("DELETE FROM schema_migrations WHERE number = 9999");
    drop(database.open());
}

pub fn a_state_with_another_history_is_refused(database: &Database) {
    drop(database.open());
    database.execute("UPDATE schema_migrations SET checksum = 'x' WHERE number = 2");
    let error = refusal(database);
    assert_eq!(error.code, Code::Conflict);
    assert!(error.detail.contains("step 2 (`event_files`)"), "{error}");
}

pub fn the_last_handle_may_be_dropped_in_async_code(database: &Database) {
    let store = database.open();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async move { drop(store) });
    // It is closed when the drop returns: the next owner finds it free.
    assert!(database.open().list_keys().unwrap().is_empty());
}

pub fn calls_come_from_blocking_threads_of_an_async_server(database: &Database) {
    let store = database.open();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let loaded = runtime.block_on(async move {
        tokio::task::spawn_blocking(move || {
            store.apply(&changes(4))?;
            store.load()
        })
        .await
        .unwrap()
    });
    assert_eq!(loaded.unwrap().position, 4);
}

pub fn readers_do_not_wait_for_a_writer(database: &Database) {
    let store = database.open();
    let (send, results) = mpsc::channel();
    let writer = {
        let store = store.clone();
        thread::spawn(move || {
            for position in 1..=20 {
                let first = position * 1_000;
                let batch = (first..first + 1_000).map(|node| user(node, &format!("u{node}"))).collect();
                store.apply(&LogChanges { identifiers: batch, ..changes(position) }).unwrap();
            }
        })
    };
    let readers: Vec<_> = (0..6)
        .map(|_| {
            let (store, send) = (store.clone(), send.clone());
            thread::spawn(move || {
                loop {
                    let loaded = store.load().unwrap();
                    send.send((loaded.position, loaded.counts.received)).unwrap();
                    if loaded.position == 20 {
                        return;
                    }
                }
            })
        })
        .collect();
    drop(send);
    writer.join().unwrap();
    readers.into_iter().for_each(|reader| reader.join().unwrap());
    // Each saw whole records: the counts of exactly one position.
    assert!(results.iter().all(|(position, received)| received == position * 10));
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    std::fs::write(&path, "Querido diario, hoy no soy una base de datos. ".repeat(100)).unwrap();
    let error = Store::open(&StateUrl::file(&path)).err().unwrap();
    assert_eq!(error.code, Code::InvalidArgument);
    assert!(error.detail.contains("not a database of SQLite"), "{error}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("Querido diario"));
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = Store::open(&StateUrl::file(folder.path().join("none/state.db"))).err().unwrap();
    assert_eq!(error.code, Code::InvalidArgument);
    assert!(error.detail.contains("is its folder there"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ñ 100%? #1.db");
    let store = Store::open(&StateUrl::file(&path)).unwrap();
    assert!(store.find_organisation().is_ok());
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
    assert!(path.is_file());
}

fn refusal(database: &Database) -> Error {
    database.try_open().err().expect("it was opened")
}
