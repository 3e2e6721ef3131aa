//! A process killed while it writes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use domain::ports::{EventState, LogChanges};
use store::{StateUrl, Store};

use crate::builders::{changes, dead, personal, user};
use crate::database::Database;

const STATE: &str = "VIVENCIA_TEST_STATE";
/// Rows of each kind in a record, so many that nearly every moment is within a transaction.
const ROWS: u64 = 3_000;

/// A record with as many identifiers, personal values and dead letters.
fn record(position: u64) -> LogChanges {
    let numbers = || (position - 1) * ROWS + 1..=position * ROWS;
    LogChanges {
        identifiers: numbers().map(|node| user(node, &format!("u{node}"))).collect(),
        personal: numbers().map(|id| personal(id, id, "{}")).collect(),
        dead: numbers().map(|id| dead(id, 1, b"x")).collect(),
        ..changes(position)
    }
}

pub fn a_killed_process_leaves_whole_records(database: &Database) {
    drop(database.open());
    let mut position = 0;
    for round in 0..4 {
        position = kill_a_writer_after(database, position, Duration::from_millis(round * 17));
        let store = open_once_free(database);
        let loaded = store.load().unwrap();
        assert!(loaded.position >= position, "what was acknowledged is gone");
        position = loaded.position;

        let mut identifiers = 0;
        store.for_each_identifier(&mut |_, _| identifiers += 1).unwrap();
        let personal = store.find_personal(&(1..=(position + 2) * ROWS).collect::<Vec<_>>()).unwrap().len() as u64;
        let dead = loaded.dead_bytes.iter().map(|(_, bytes)| bytes).sum::<u64>();
        assert_eq!([identifiers, personal, dead], [position * ROWS; 3], "a record is torn");
        assert_eq!(loaded.counts.received, position * 10);
    }
}

/// Answers the last position that the writer said was done.
fn kill_a_writer_after(database: &Database, position: u64, delay: Duration) -> u64 {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::writes_until_it_is_killed", "--ignored", "--nocapture"])
        .env(STATE, database.url())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(writer.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut acknowledged = lines.filter_map(|line| line.strip_prefix("done ").and_then(|number| number.parse().ok()));
    let target = position + 2;
    let reached = acknowledged.by_ref().find(|done: &u64| *done >= target).expect("the writer ended by itself");
    sleep(delay);
    writer.kill().unwrap();
    writer.wait().unwrap();
    acknowledged.last().unwrap_or(reached)
}

/// PostgreSQL needs a moment to notice that the client is gone.
fn open_once_free(database: &Database) -> Store {
    let started = Instant::now();
    loop {
        match database.try_open() {
            Ok(store) => return store,
            Err(error) => assert!(started.elapsed() < Duration::from_secs(20), "{error}"),
        }
        sleep(Duration::from_millis(20));
    }
}

#[test]
#[ignore = "the other half of a_killed_process_leaves_whole_records, which runs it as a process of its own"]
fn writes_until_it_is_killed() {
    let url = std::env::var(STATE).expect("the state to write to");
    let store = Store::open(&url.parse::<StateUrl>().unwrap()).unwrap();
    let position = store.load().unwrap().position;
    for next in position + 1.. {
        store.apply(&record(next)).unwrap();
        println!("done {next}");
        std::io::stdout().flush().unwrap();
    }
}
