//! A checksum in every page of the SQLite file, because SQLite itself has none: one flipped bit would be an answer.
//!
//! Each page ends with eight reserved bytes. They hold the XXH3 of what precedes them, seeded with the number of the page,
//! so that a page in the wrong place is found too. [`vfs`] writes and verifies them between SQLite and the disk;
//! [`verify`] reads the whole file and the write-ahead log beside it, whose frames carry checksums of SQLite's own.
//! An all-zero page has no checksum: it is a hole, never written.
//!
//! A file is one of ours by its first page, which [`create`] writes: it reserves the bytes, is in write-ahead mode and
//! carries our application id. A file without any of this is of an earlier version, and SQLite uses it as it is.

#[expect(unsafe_code, reason = "SQLite is called through its C interface; argued in its first lines")]
pub(super) mod vfs;
mod wal;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::{Error, Result};
use sqlx::SqliteConnection;

use crate::failure::failure;

pub(super) const PAGE_BYTES: usize = 4_096;
const SUM_BYTES: usize = 8;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const RESERVED_AT: usize = 20;
const APPLICATION_AT: usize = 68;
/// `VIVE`: in the header of every file that has the checksums.
const APPLICATION: [u8; 4] = *b"VIVE";

type Page = [u8; PAGE_BYTES];

/// Pages are numbered from 1, as SQLite does.
fn sum_of(number: u64, content: &[u8]) -> [u8; SUM_BYTES] {
    xxhash_rust::xxh3::xxh3_64_with_seed(content, number).to_le_bytes()
}

fn seal(number: u64, page: &mut Page) {
    let (content, sum) = page.split_at_mut(PAGE_BYTES - SUM_BYTES);
    sum.copy_from_slice(&sum_of(number, content));
}

fn is_whole(number: u64, page: &Page) -> bool {
    let (content, sum) = page.split_at(PAGE_BYTES - SUM_BYTES);
    sum == sum_of(number, content) || page.iter().all(|byte| *byte == 0)
}

fn describe(path: &Path, number: u64) -> String {
    format!(
        "{}: page {number} does not match its checksum; it is damaged, or a program other than vivencia changed it. Stop \
         vivencia and put the file of the last backup in its place",
        path.display()
    )
}

/// The first page of an empty database, by the file format of SQLite: page size, write-ahead mode, reserved bytes, text in
/// UTF-8, our application id, and the root of an empty schema.
fn first_page() -> Page {
    let mut page = [0; PAGE_BYTES];
    let mut put = |at: usize, bytes: &[u8]| page[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, MAGIC);
    put(16, &[0x10, 0x00, 2, 2, SUM_BYTES as u8, 64, 32, 32]);
    put(24, &1_u32.to_be_bytes());
    put(28, &1_u32.to_be_bytes());
    put(56, &1_u32.to_be_bytes());
    put(APPLICATION_AT, &APPLICATION);
    put(92, &1_u32.to_be_bytes());
    put(100, &[0x0D]);
    put(105, &((PAGE_BYTES - SUM_BYTES) as u16).to_be_bytes());
    seal(1, &mut page);
    page
}

/// Makes an empty database if there is no file or one without a byte; for its owner only, since it will hold personal
/// data. The file is on the disk when this returns. A database that is there is not opened: closing it would drop the locks
/// that another connection of this process has on it.
pub(super) fn create(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.len() > 0 => return Ok(()),
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
        _ => {}
    }
    // A loss of power leaves nothing or the whole first page.
    let draft = with_suffix(path, "-new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    file.write_all(&first_page())?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    sync_folder_of(path)
}

/// A new file survives a power loss only when its folder is on the disk too.
fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Whether the file with this first page has checksums. Either mark alone says so: one flipped bit does not take both away.
fn has_checksums(first_page: &Page) -> bool {
    first_page[APPLICATION_AT..APPLICATION_AT + 4] == APPLICATION || usize::from(first_page[RESERVED_AT]) == SUM_BYTES
}

/// Refuses a write-ahead log that SQLite would take for shorter than it is: it leaves out everything behind a broken frame,
/// and the whole of it behind a broken header, without a word.
pub(super) fn check_log_of(path: &Path) -> Result<()> {
    let log = with_suffix(path, "-wal");
    match wal::examine(&log) {
        Ok(wal::Condition::Whole) => Ok(()),
        Ok(wal::Condition::LastTransactionTorn) => {
            tracing::warn!(file = %log.display(), "the last transaction was not written whole; it is left out");
            Ok(())
        }
        Ok(wal::Condition::Damaged(what)) => Err(Error::internal(describe_log(&log, what))),
        Err(cause) => Err(Error::unavailable(format!("could not read `{}`", log.display())).caused_by(cause)),
    }
}

fn describe_log(log: &Path, what: &str) -> String {
    format!(
        "{}: {what}; it is damaged, and it holds changes that the state needs. Put this file and the database beside it back \
         from the last backup",
        log.display()
    )
}

/// A page that is being written while it is read looks damaged for a moment.
const TRIES: u32 = 4;
const BETWEEN_TRIES: Duration = Duration::from_millis(5);
const MOST_FAULTS: usize = 12;

/// Reads every page of the file and every frame of its write-ahead log; a sentence for each fault, at most a dozen. The
/// file may be in use meanwhile: it is read through the connection that has it open, because closing another handle
/// would drop the locks of this process.
pub(super) async fn verify(connection: &mut SqliteConnection, path: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    let handle = connection.lock_handle().await.map_err(|cause| failure("verify the state", cause))?;
    let unreadable = |cause| Error::unavailable(format!("could not read `{}`", path.display())).caused_by(cause);
    if let Some(file) = vfs::OpenFile::of(handle) {
        for number in 1..=file.page_count().map_err(unreadable)? {
            let mut tries = 1;
            while !file.has_whole_page(number).map_err(unreadable)? {
                if tries == TRIES {
                    faults.push(describe(path, number));
                    break;
                }
                tries += 1;
                std::thread::sleep(BETWEEN_TRIES);
            }
            if faults.len() == MOST_FAULTS {
                break;
            }
        }
    }
    let log = with_suffix(path, "-wal");
    match wal::examine(&log) {
        Ok(wal::Condition::Damaged(what)) => faults.push(describe_log(&log, what)),
        Ok(_) => {}
        Err(cause) => return Err(unreadable(cause)),
    }
    Ok(faults)
}

#[cfg(test)]
mod tests;
