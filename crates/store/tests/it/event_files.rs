//! The catalogue of files and the registry of properties.

use std::thread;

use domain::ports::{Catalogue, DataFile, DataFileKind, EventState, PropertySeen, PropertyType};
use domain::{Code, Result};
use store::Store;

use crate::builders::file;
use crate::database::Database;

fn publish(store: &Store, version: u64, files: &[&str], at: i64) -> Result<()> {
    store.publish_catalogue(&catalogue(version, files), &[], at)
}

fn catalogue(version: u64, files: &[&str]) -> Catalogue {
    Catalogue { version, log_position: version * 100, files: files.iter().map(|name| file(name)).collect() }
}

fn seen(activity: &str, name: &str, value_type: PropertyType, events: u64, first: i64, last: i64) -> PropertySeen {
    PropertySeen {
        activity: activity.to_owned(),
        name: name.to_owned(),
        value_type,
        events,
        first_seen_at: first,
        last_seen_at: last,
    }
}

pub fn a_catalogue_follows_the_one_before(database: &Database) {
    let store = database.open();
    assert_eq!(store.load().unwrap().catalogue, Catalogue::default());
    publish(&store, 1, &["a", "b"], 1_000).unwrap();
    publish(&store, 2, &["b", "c"], 2_000).unwrap();
    assert_eq!(store.load().unwrap().catalogue, catalogue(2, &["b", "c"]));
    publish(&store, 3, &[], 3_000).unwrap();
    assert_eq!(store.load().unwrap().catalogue, catalogue(3, &[]));
}

pub fn a_catalogue_that_does_not_follow_is_a_conflict(database: &Database) {
    let store = database.open();
    publish(&store, 1, &["a"], 1_000).unwrap();
    for version in [0, 1, 3] {
        let error = publish(&store, version, &["a", "z"], 2_000).unwrap_err();
        assert_eq!(error.code, Code::Conflict, "{version}: {error}");
    }
    assert_eq!(store.load().unwrap().catalogue, catalogue(1, &["a"]));
}

pub fn of_two_that_publish_at_once_one_wins(database: &Database) {
    let store = database.open();
    let attempts: Vec<_> = ["a", "b", "c", "d"]
        .map(|name| {
            let store = store.clone();
            thread::spawn(move || publish(&store, 1, &[name], 1_000).map_err(|error| error.code))
        })
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    assert_eq!(attempts.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(attempts.iter().filter(|outcome| **outcome == Err(Code::Conflict)).count(), 3);
    assert_eq!(store.load().unwrap().catalogue.files.len(), 1);
}

pub fn a_file_cannot_change_or_be_named_twice(database: &Database) {
    let store = database.open();
    assert_eq!(publish(&store, 1, &["a", "a"], 1_000).unwrap_err().code, Code::InvalidArgument);
    publish(&store, 1, &["a"], 1_000).unwrap();

    let mut changed = catalogue(2, &["a"]);
    changed.files[0].checksum += 1;
    let error = store.publish_catalogue(&changed, &[], 2_000).unwrap_err();
    assert_eq!((error.code, error.detail.as_str()), (Code::InvalidArgument, "file `a` cannot change, it is immutable"));

    publish(&store, 2, &[], 2_000).unwrap();
    assert!(publish(&store, 3, &["a"], 3_000).is_err(), "a dropped file came back");
    assert_eq!(store.load().unwrap().catalogue, catalogue(2, &[]));
}

pub fn dropped_files_are_listed_until_they_are_forgotten(database: &Database) {
    let store = database.open();
    publish(&store, 1, &["a", "b", "c"], 1_000).unwrap();
    publish(&store, 2, &["c", "d"], 2_000).unwrap();
    publish(&store, 3, &["d"], 3_000).unwrap();

    assert!(store.list_dropped_files(2_000).unwrap().is_empty());
    assert_eq!(store.list_dropped_files(2_001).unwrap(), ["a", "b"]);
    assert_eq!(store.list_dropped_files(i64::MAX).unwrap(), ["a", "b", "c"]);

    // A file that is still named is not forgotten.
    store.forget_files(&["a".to_owned(), "b".to_owned(), "d".to_owned(), "unknown".to_owned()]).unwrap();
    assert_eq!(store.list_dropped_files(i64::MAX).unwrap(), ["c"]);
    assert_eq!(store.load().unwrap().catalogue, catalogue(3, &["d"]));
}

pub fn earlier_versions_can_be_read_until_their_files_are_forgotten(database: &Database) {
    let store = database.open();
    publish(&store, 1, &["a"], 1_000).unwrap();
    publish(&store, 2, &["a", "b"], 2_000).unwrap();
    publish(&store, 3, &["b", "c"], 3_000).unwrap();
    publish(&store, 4, &["c"], 4_000).unwrap();
    for (version, files) in [(1, ["a"].as_slice()), (2, &["a", "b"]), (3, &["b", "c"]), (4, &["c"])] {
        assert_eq!(store.find_catalogue(version).unwrap(), Some(catalogue(version, files)));
    }
    assert_eq!(store.find_catalogue(5).unwrap(), None);

    store.forget_files(&["a".to_owned()]).unwrap();
    assert_eq!(store.find_catalogue(2).unwrap(), None);
    assert_eq!(store.find_catalogue(3).unwrap(), Some(catalogue(3, &["b", "c"])));
    assert_eq!(store.load().unwrap().catalogue, catalogue(4, &["c"]));
}

pub fn numbers_of_files_keep_all_their_bits(database: &Database) {
    let store = database.open();
    let extreme = DataFile {
        name: "duplicates/run-1".to_owned(),
        kind: DataFileKind::DuplicateRun,
        format: u32::MAX,
        rows: u64::MAX,
        bytes: u64::MAX - 1,
        checksum: u32::MAX,
        period: i64::MIN,
        min_seq: u64::MAX,
        max_seq: 0,
        min_node: 1 << 63,
        max_node: 0,
        min_occurred_at: i64::MAX,
        max_occurred_at: i64::MIN,
        is_kept: true,
    };
    let texts = DataFile { name: "chunks/a.text.parquet".to_owned(), kind: DataFileKind::TextChunk, ..extreme.clone() };
    let next = Catalogue { version: 1, log_position: 0, files: vec![texts, extreme] };
    store.publish_catalogue(&next, &[], 0).unwrap();
    assert_eq!(store.load().unwrap().catalogue, next);
}

pub fn properties_add_up(database: &Database) {
    let store = database.open();
    let first = [
        seen("Order Completed", "total", PropertyType::Number, 5, 100, 200),
        seen("Order Completed", "total", PropertyType::Text, 1, 150, 150),
        seen("Order Completed", "total", PropertyType::Number, 2, 90, 95),
    ];
    store.publish_catalogue(&catalogue(1, &["a"]), &first, 0).unwrap();
    let second = [
        seen("Order Completed", "total", PropertyType::Number, 10, 50, 120),
        seen("Cart Viewed", "total", PropertyType::Boolean, 3, 300, 301),
    ];
    store.publish_catalogue(&catalogue(2, &["a"]), &second, 0).unwrap();
    assert_eq!(
        store.list_properties().unwrap(),
        [
            seen("Cart Viewed", "total", PropertyType::Boolean, 3, 300, 301),
            seen("Order Completed", "total", PropertyType::Number, 17, 50, 200),
            seen("Order Completed", "total", PropertyType::Text, 1, 150, 150),
        ]
    );
}

pub fn a_refused_catalogue_adds_no_properties(database: &Database) {
    let store = database.open();
    let properties = [seen("Order Completed", "total", PropertyType::Number, 5, 100, 200)];
    assert!(store.publish_catalogue(&catalogue(2, &["a"]), &properties, 0).is_err());
    assert!(store.list_properties().unwrap().is_empty());
    let bad = [seen("Order Completed", "\0", PropertyType::Number, 5, 100, 200)];
    assert_eq!(store.publish_catalogue(&catalogue(1, &["a"]), &bad, 0).unwrap_err().code, Code::InvalidArgument);
    assert_eq!(store.load().unwrap().catalogue, Catalogue::default());
}

pub fn names_longer_than_an_index_takes_are_kept_apart(database: &Database) {
    let store = database.open();
    let long = |end: &str| format!("{}{end}", "ñ".repeat(15_000));
    let properties = [
        seen(&long("a"), &long("x"), PropertyType::List, 1, 1, 1),
        seen(&long("a"), &long("y"), PropertyType::List, 2, 2, 2),
        seen(&long("b"), &long("x"), PropertyType::List, 3, 3, 3),
    ];
    store.publish_catalogue(&catalogue(1, &["a"]), &properties, 0).unwrap();
    store.publish_catalogue(&catalogue(2, &["a"]), &properties, 0).unwrap();
    let sums: Vec<u64> = store.list_properties().unwrap().iter().map(|property| property.events).collect();
    assert_eq!(sums, [2, 4, 6]);
}
