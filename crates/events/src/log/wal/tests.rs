use std::fs;
use std::path::Path;

use super::super::record::Batch;
use super::*;
use crate::files::DiskFiles;

fn record() -> Record {
    Record::V1(Box::default())
}

fn open(dir: &Path, known: Known) -> Result<(WriteAheadLog, Recovery, Vec<u64>)> {
    let mut positions = Vec::new();
    let opened = WriteAheadLog::open(Arc::new(DiskFiles), dir.to_owned(), known, &mut |position, record| {
        assert_eq!(record, Record::V1(Box::<Batch>::default()));
        positions.push(position);
        Ok(())
    });
    opened.map(|(log, recovery)| (log, recovery, positions))
}

/// A log with a segment for each count of records.
fn log_with(dir: &Path, segments: &[u64]) {
    let (mut log, ..) = open(dir, Known { applied: 0, settled: 0 }).unwrap();
    for count in segments {
        let first = log.last_position() + 1;
        for _ in 0..*count {
            log.add(&record()).unwrap();
        }
        log.commit(first).unwrap();
        log.roll();
    }
}

fn tear(dir: &Path, first_position: u64) {
    let path = segment_path(dir, first_position);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..SEGMENT_HEADER_BYTES + 5]).unwrap();
}

#[test]
fn every_record_is_read_again_in_order() {
    let folder = tempfile::tempdir().unwrap();
    log_with(folder.path(), &[2, 1, 3]);
    let (log, recovery, positions) = open(folder.path(), Known { applied: 0, settled: 0 }).unwrap();
    assert_eq!(positions, [1, 2, 3, 4, 5, 6]);
    assert_eq!(log.last_position(), 6);
    assert!(recovery.findings.is_empty());
}

#[test]
fn a_torn_segment_beside_an_old_one_that_came_back_is_cut_off() {
    let folder = tempfile::tempdir().unwrap();
    log_with(folder.path(), &[2, 1, 1]);
    // Records 1 to 3 are settled; of the removals of their segments a loss of power undid the first.
    fs::remove_file(segment_path(folder.path(), 3)).unwrap();
    tear(folder.path(), 4);
    let (mut log, recovery, positions) = open(folder.path(), Known { applied: 3, settled: 3 }).unwrap();
    assert_eq!(positions, [1, 2]);
    assert_eq!(recovery.findings.len(), 1, "{:?}", recovery.findings);
    assert_eq!(log.add(&record()).unwrap(), 4);
}

#[test]
fn a_torn_record_that_the_state_knows_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    log_with(folder.path(), &[2, 1, 1]);
    tear(folder.path(), 4);
    let error = open(folder.path(), Known { applied: 4, settled: 0 }).err().unwrap();
    assert!(error.to_string().contains("0000000000000004.wal is damaged"), "{error}");
}

#[test]
fn a_missing_segment_is_named_by_its_records() {
    let folder = tempfile::tempdir().unwrap();
    log_with(folder.path(), &[2, 1, 1]);
    fs::remove_file(segment_path(folder.path(), 3)).unwrap();
    let error = open(folder.path(), Known { applied: 2, settled: 0 }).err().unwrap();
    assert!(error.to_string().contains("records 3 to 3 are missing"), "{error}");
}
