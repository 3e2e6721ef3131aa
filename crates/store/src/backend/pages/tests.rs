use std::fs;

use domain::Code;
use domain::ports::{AuditEntry, Organisation, OrganisationStore};
use domain::time::Calendar;

use super::*;
use crate::{StateUrl, Store};

fn audit() -> AuditEntry {
    AuditEntry { at: 0, actor: "a".into(), action: "b".into(), subject: "c".into(), detail: "{}".into() }
}

/// Changes the state often enough to fill several pages.
fn write_names(store: &Store, names: std::ops::Range<u32>) {
    for number in names {
        let organisation = Organisation {
            name: format!("Café {number} {}", "ñ".repeat(150)),
            calendar: Calendar::default(),
            currency: "EUR".into(),
            language: "es".into(),
        };
        store.update_organisation(&organisation, &audit()).unwrap();
    }
}

fn closed_state(folder: &Path) -> PathBuf {
    let path = folder.join("state.db");
    let store = Store::open(&StateUrl::file(&path)).unwrap();
    write_names(&store, 0..40);
    drop(store);
    path
}

/// What opening, reading and verifying say to a file with this content.
fn faults(path: &Path, content: &[u8]) -> Vec<String> {
    fs::write(path, content).unwrap();
    match Store::open(&StateUrl::file(path)) {
        Err(error) => vec![error.to_string()],
        Ok(store) => store.verify().unwrap(),
    }
}

#[test]
fn every_page_of_a_closed_state_carries_its_checksum() {
    let folder = tempfile::tempdir().unwrap();
    let content = fs::read(closed_state(folder.path())).unwrap();
    assert!(content.len() > 20 * PAGE_BYTES);
    for (number, page) in (1..).zip(content.chunks(PAGE_BYTES)) {
        let page: &Page = page.try_into().unwrap();
        assert!(is_whole(number, page), "page {number}");
        assert!(!is_whole(number + 1, page) || page.iter().all(|byte| *byte == 0), "page {number} in another place");
    }
}

#[test]
fn a_flipped_bit_anywhere_names_the_file_and_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_state(folder.path());
    let content = fs::read(&path).unwrap();
    assert_eq!(faults(&path, &content), Vec::<String>::new());
    let header = [0, 16, 17, 18, 19, RESERVED_AT, 21, 24, 28, 40, 56, 60, APPLICATION_AT, 92, 96, 100];
    let everywhere = (0..content.len()).step_by(997);
    for (place, at) in header.into_iter().chain(everywhere).enumerate() {
        let mut damaged = content.clone();
        damaged[at] ^= 1 << (place % 8);
        let page = at / PAGE_BYTES + 1;
        let found = faults(&path, &damaged);
        assert!(
            found.iter().any(|fault| fault.contains("state.db") && fault.contains(&format!("page {page} "))),
            "bit {} of byte {at}: {found:?}",
            place % 8
        );
    }
}

#[test]
fn a_page_that_is_read_is_verified_while_the_state_is_in_use() {
    let folder = tempfile::tempdir().unwrap();
    let path = closed_state(folder.path());
    let content = fs::read(&path).unwrap();
    // The name is in the page with this text; the store finds it only there.
    let at = content.windows(8).rposition(|bytes| bytes == "Café 39".as_bytes()).unwrap();
    let mut damaged = content.clone();
    damaged[at] ^= 1;
    fs::write(&path, damaged).unwrap();
    let store = Store::open(&StateUrl::file(&path)).unwrap();
    let error = store.find_organisation().unwrap_err();
    assert_eq!(error.code, Code::Internal);
    assert!(error.to_string().contains("state.db: page"), "{error}");
}

#[test]
fn a_state_in_use_is_verified_without_getting_in_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    let store = Store::open(&StateUrl::file(&path)).unwrap();
    let writing = {
        let store = store.clone();
        std::thread::spawn(move || write_names(&store, 0..300))
    };
    while !writing.is_finished() {
        assert_eq!(store.verify().unwrap(), Vec::<String>::new());
    }
    writing.join().unwrap();
    assert_eq!(store.find_organisation().unwrap().name.split(' ').nth(1), Some("299"));
}

/// A state whose process was killed: its last changes are in the log beside it.
fn killed_state(folder: &Path) -> (PathBuf, Vec<u8>, Vec<u8>) {
    let path = folder.join("state.db");
    let store = Store::open(&StateUrl::file(&path)).unwrap();
    write_names(&store, 0..5);
    let (database, log) = (fs::read(&path).unwrap(), fs::read(with_suffix(&path, "-wal")).unwrap());
    drop(store);
    (path, database, log)
}

fn put_back(path: &Path, database: &[u8], log: &[u8]) {
    let _ = fs::remove_file(with_suffix(path, "-shm"));
    fs::write(path, database).unwrap();
    fs::write(with_suffix(path, "-wal"), log).unwrap();
}

#[test]
fn a_flipped_bit_in_the_log_beside_it_is_not_taken_for_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let (path, database, log) = killed_state(folder.path());
    put_back(&path, &database, &log);
    assert_eq!(
        Store::open(&StateUrl::file(&path)).unwrap().find_organisation().unwrap().name.chars().nth(5),
        Some('4')
    );

    for at in (0..32).chain((32..log.len() / 2).step_by(1_013)) {
        let mut damaged = log.clone();
        damaged[at] ^= 0x10;
        put_back(&path, &database, &damaged);
        let error = Store::open(&StateUrl::file(&path)).err().unwrap_or_else(|| panic!("byte {at} was not noticed"));
        assert!(error.to_string().contains("state.db-wal"), "{error}");
    }
}

#[test]
fn a_torn_last_transaction_is_left_out_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let (path, database, log) = killed_state(folder.path());
    put_back(&path, &database, &log[..log.len() - 100]);
    let store = Store::open(&StateUrl::file(&path)).unwrap();
    assert_eq!(store.find_organisation().unwrap().name.chars().nth(5), Some('3'));
    assert_eq!(store.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn a_state_of_an_earlier_version_is_used_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.db");
    // The same empty database with nothing reserved and no application id.
    let mut page = first_page();
    page[RESERVED_AT] = 0;
    page[APPLICATION_AT..APPLICATION_AT + 4].fill(0);
    page[105..107].copy_from_slice(&(PAGE_BYTES as u16).to_be_bytes());
    page[PAGE_BYTES - SUM_BYTES..].fill(0);
    fs::write(&path, page).unwrap();
    let store = Store::open(&StateUrl::file(&path)).unwrap();
    write_names(&store, 0..20);
    assert_eq!(store.verify().unwrap(), Vec::<String>::new());
    let page: Page = fs::read(&path).unwrap()[..PAGE_BYTES].try_into().unwrap();
    assert!(!has_checksums(&page));
}
