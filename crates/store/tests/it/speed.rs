//! How fast a burst of new customers is taken, on this machine. Run with
//! `cargo test --release -p store -- --ignored --nocapture speed::`.

use std::time::Instant;

use domain::ports::{EventState, LogChanges};

use crate::builders::{changes, user};
use crate::database::Database;

fn identifiers_per_second(database: &Database) -> u64 {
    let store = database.open();
    let (batches, rows) = (20, 20_000);
    // Random enough that the index is touched all over.
    let value = |node: u64| format!("{:016x}-{node}", node.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let records: Vec<LogChanges> = (1..=batches)
        .map(|position| {
            let nodes = (position - 1) * rows + 1..=position * rows;
            LogChanges { identifiers: nodes.map(|node| user(node, &value(node))).collect(), ..changes(position) }
        })
        .collect();
    let started = Instant::now();
    for record in &records {
        store.apply(record).unwrap();
    }
    let applied = batches * rows * 1_000 / (started.elapsed().as_millis() as u64).max(1);

    let started = Instant::now();
    let mut read = 0_u64;
    store.for_each_identifier(&mut |_, _| read += 1).unwrap();
    let streamed = read * 1_000 / (started.elapsed().as_millis() as u64).max(1);
    println!("identifiers per second: {applied} applied, {streamed} read");
    applied
}

#[test]
#[ignore = "measures: only meaningful in release and on a quiet machine"]
fn sqlite_takes_a_hundred_thousand_identifiers_a_second() {
    let speed = identifiers_per_second(&Database::sqlite());
    assert!(speed >= 100_000, "{speed}");
}

#[test]
#[ignore = "measures: only meaningful in release and on a quiet machine"]
fn postgres_takes_twenty_thousand_identifiers_a_second() {
    let speed = identifiers_per_second(&Database::postgres());
    assert!(speed >= 20_000, "{speed}");
}
