//! What only PostgreSQL needs: one process owns a database, and texts sort as bytes.

use domain::ports::EventState;
use domain::{Code, Error};
use store::{StateUrl, Store};

use crate::builders::changes;
use crate::postgres::Cluster;

fn open(name: &str) -> Result<Store, Error> {
    Store::open(&Cluster::shared().url(name).parse::<StateUrl>()?)
}

fn break_connections(name: &str) {
    let terminate = format!(
        "SELECT COUNT(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity \
         WHERE datname = '{name}' AND application_name = 'vivencia'"
    );
    Cluster::shared().execute("postgres", &terminate);
}

#[test]
fn a_database_has_one_owner() {
    let name = Cluster::shared().create_database();
    let first = open(&name).unwrap();
    let error = open(&name).err().unwrap();
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.detail.contains("another vivencia uses this database"), "{error}");

    // Another database of the same server is free.
    open(&Cluster::shared().create_database()).unwrap();
    drop(first);
    open(&name).unwrap();
}

#[test]
fn a_broken_connection_is_made_again() {
    let name = Cluster::shared().create_database();
    let store = open(&name).unwrap();
    store.apply(&changes(1)).unwrap();
    break_connections(&name);
    store.apply(&changes(2)).unwrap();
    assert_eq!(store.load().unwrap().position, 2);
    assert_eq!(open(&name).err().unwrap().code, Code::Unavailable, "the lock was not taken again");
}

#[test]
fn an_owner_that_was_replaced_writes_no_more() {
    let name = Cluster::shared().create_database();
    let first = open(&name).unwrap();
    break_connections(&name);
    let second = open(&name).unwrap();
    let error = first.apply(&changes(1)).unwrap_err();
    assert!(error.detail.contains("another vivencia uses this database"), "{error}");

    second.apply(&changes(5)).unwrap();
    drop(second);
    let error = first.apply(&changes(6)).unwrap_err();
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.detail.contains("restart"), "{error}");
    drop(first);
    assert_eq!(open(&name).unwrap().load().unwrap().position, 5);
}

#[test]
fn a_database_that_sorts_by_a_language_is_refused() {
    let cluster = Cluster::shared();
    let spanish = "ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'es'";
    let latin = "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'";
    for options in [spanish, latin] {
        let error = open(&cluster.create_database_with(options)).err().unwrap();
        assert_eq!(error.code, Code::InvalidArgument, "{error}");
        assert!(error.detail.contains("LC_COLLATE 'C'"), "{error}");
    }
}

#[test]
fn a_database_that_is_not_there_is_named() {
    let error = open("nowhere").err().unwrap();
    assert_eq!(error.code, Code::Unavailable);
    assert!(error.detail.contains("\"nowhere\" does not exist"), "{error}");
    let error = Store::open(&"postgres://ana:secret@127.0.0.1:1/x".parse().unwrap()).err().unwrap();
    assert!(error.detail.contains("is PostgreSQL running at 127.0.0.1:1?"), "{error}");
    assert!(!error.detail.contains("secret"), "{error}");
}

#[test]
fn a_cluster_ends_with_its_handle() {
    let cluster = Cluster::start();
    let name = cluster.create_database();
    let url = cluster.url(&name);
    drop(cluster);
    assert!(Store::open(&url.parse().unwrap()).is_err());
}
