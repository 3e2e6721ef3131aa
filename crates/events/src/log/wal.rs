//! The write-ahead log on disk: segments of checksummed records, numbered from 1 without gaps.
//!
//! A segment is named after its first record and starts with a magic and a version. A record is
//! `length u32 · checksum u32 · position u64 · payload`, little-endian; the checksum (CRC-32C) covers position and payload.
//! A crash can tear only what was written last and never acknowledged: a broken end of the last segment is set aside and
//! cut off. Anything else that is broken is damage, and is named.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ports::{Files, WritableFile};
use domain::{Error, Result};

use super::record::Record;

const MAGIC: &[u8; 8] = b"VIVWAL\r\n";
const VERSION: u32 = 1;
const SEGMENT_HEADER_BYTES: usize = 16;
const RECORD_HEADER_BYTES: usize = 16;
/// A record larger than this cannot have been written: batches are bounded at the door.
const MAX_RECORD_BYTES: usize = 256 << 20;
const SEGMENT_BYTES: u64 = 64 << 20;

/// The end of the log, open for appending.
pub struct WriteAheadLog {
    files: Arc<dyn Files>,
    dir: PathBuf,
    segment: Option<OpenSegment>,
    /// Finished segments: the first position of each, oldest first.
    finished: Vec<u64>,
    next_position: u64,
    group: Vec<u8>,
}

struct OpenSegment {
    first_position: u64,
    file: Box<dyn WritableFile>,
    bytes: u64,
}

/// What is known of the log from elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// The last record that the state has applied.
    pub applied: u64,
    /// The last record that both the state and the chunks hold.
    pub settled: u64,
}

/// What was found while reading the log at start.
#[derive(Debug, Default)]
pub struct Recovery {
    /// Sentences on what was set aside; empty after a clean stop.
    pub findings: Vec<String>,
}

impl WriteAheadLog {
    /// Reads every record in order and leaves the log ready to append after the last one. Records up to
    /// `known.settled` are of no more use: their segments may be missing, as a loss of power may undo only some removals.
    pub fn open(
        files: Arc<dyn Files>,
        dir: PathBuf,
        known: Known,
        each: &mut dyn FnMut(u64, Record) -> Result<()>,
    ) -> Result<(WriteAheadLog, Recovery)> {
        files.create_dir_all(&dir).map_err(|cause| io_error("create", &dir, cause))?;
        let mut recovery = Recovery::default();
        let mut finished = Vec::new();
        let mut last_position = None;
        let segments = list_segments(&*files, &dir)?;
        for (index, (first, path)) in segments.iter().enumerate() {
            let is_last = index + 1 == segments.len();
            let bytes = files.read(path).map_err(|cause| io_error("read", path, cause))?;
            let next = last_position.map_or(1, |last| last + 1).max(known.settled + 1);
            if *first > next {
                return Err(damaged(path, 0, &format!("records {next} to {} are missing before it", first - 1)));
            }
            let (end, fault) = read_segment(path, &bytes, *first, &mut |position, record| {
                last_position = Some(position);
                each(position, record)
            })?;
            if let Some(fault) = fault {
                // An older segment whose removal a loss of power undid says nothing of this one.
                let broken = last_position.map_or(*first, |last| (last + 1).max(*first));
                // What the state or a later record knows was committed once: it is damaged, not torn.
                if !is_last || broken <= known.applied || holds_record_after(&bytes, end, broken) {
                    return Err(damaged(path, end, &fault));
                }
                recovery.findings.push(set_aside(&*files, &dir, path, &bytes, end)?);
            }
            if end > SEGMENT_HEADER_BYTES {
                finished.push(*first);
            } else {
                files.remove(path).map_err(|cause| io_error("remove", path, cause))?;
            }
        }
        let last = last_position.unwrap_or(0).max(known.settled);
        if last < known.applied {
            return Err(Error::internal(format!(
                "{} ends with record {last}, and the state knows record {}: the end of the log is missing; restore it from a \
                 backup",
                dir.display(),
                known.applied
            )));
        }
        let next_position = last + 1;
        Ok((WriteAheadLog { files, dir, segment: None, finished, next_position, group: Vec::new() }, recovery))
    }

    /// Adds a record to the group that the next [`commit`](Self::commit) makes durable. Returns its position.
    pub fn add(&mut self, record: &Record) -> Result<u64> {
        let position = self.next_position;
        let start = self.group.len();
        self.group.extend_from_slice(&[0; RECORD_HEADER_BYTES]);
        self.group[start + 8..start + 16].copy_from_slice(&position.to_le_bytes());
        let group = std::mem::take(&mut self.group);
        self.group = postcard::to_extend(record, group)
            .map_err(|cause| Error::internal("could not encode a record of the write-ahead log").caused_by(cause))?;
        let payload_bytes = self.group.len() - start - RECORD_HEADER_BYTES;
        let checksum = crc32c::crc32c(&self.group[start + 8..]);
        self.group[start..start + 4].copy_from_slice(&(payload_bytes as u32).to_le_bytes());
        self.group[start + 4..start + 8].copy_from_slice(&checksum.to_le_bytes());
        self.next_position += 1;
        Ok(position)
    }

    /// Writes the group with one write and one sync. After an error nothing more may be appended: what reached the disk is
    /// not known any more.
    pub fn commit(&mut self, first_position: u64) -> Result<()> {
        if self.group.is_empty() {
            return Ok(());
        }
        if self.segment.as_ref().is_some_and(|segment| segment.bytes >= SEGMENT_BYTES) {
            self.roll();
        }
        if self.segment.is_none() {
            self.segment = Some(self.create_segment(first_position)?);
        }
        let Some(segment) = self.segment.as_mut() else {
            return Err(Error::internal("the write-ahead log has no open segment"));
        };
        let written = segment.file.write_all(&self.group).and_then(|()| segment.file.sync());
        written.map_err(|cause| io_error("write", &segment_path(&self.dir, segment.first_position), cause))?;
        segment.bytes += self.group.len() as u64;
        self.group.clear();
        Ok(())
    }

    /// Ends the open segment; the next commit starts another.
    pub fn roll(&mut self) {
        if let Some(segment) = self.segment.take() {
            self.finished.push(segment.first_position);
        }
    }

    /// The position of the last record added.
    pub fn last_position(&self) -> u64 {
        self.next_position - 1
    }

    /// Removes finished segments whose records are all at or below `position`.
    pub fn remove_through(&mut self, position: u64) -> Result<()> {
        let open_first = self.segment.as_ref().map_or(self.next_position, |segment| segment.first_position);
        let mut kept = Vec::new();
        for (index, first) in self.finished.iter().copied().enumerate() {
            let next_first = self.finished.get(index + 1).copied().unwrap_or(open_first);
            if next_first - 1 <= position {
                let path = segment_path(&self.dir, first);
                self.files.remove(&path).map_err(|cause| io_error("remove", &path, cause))?;
            } else {
                kept.push(first);
            }
        }
        self.finished = kept;
        Ok(())
    }

    fn create_segment(&self, first_position: u64) -> Result<OpenSegment> {
        let path = segment_path(&self.dir, first_position);
        let mut header = [0; SEGMENT_HEADER_BYTES];
        header[..8].copy_from_slice(MAGIC);
        header[8..12].copy_from_slice(&VERSION.to_le_bytes());
        // The sync of the first group covers the header too; only the entry in the folder needs its own.
        let file = (|| {
            let mut file = self.files.create(&path)?;
            file.write_all(&header)?;
            self.files.sync_dir(&self.dir)?;
            Ok(file)
        })()
        .map_err(|cause| io_error("create", &path, cause))?;
        Ok(OpenSegment { first_position, file, bytes: SEGMENT_HEADER_BYTES as u64 })
    }
}

/// Checks every record of every segment; a sentence for each fault.
pub fn verify(files: &dyn Files, dir: &Path) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (first, path) in list_segments(files, dir)? {
        let bytes = files.read(&path).map_err(|cause| io_error("read", &path, cause))?;
        match read_segment(&path, &bytes, first, &mut |_, _| Ok(())) {
            Ok((_, None)) => {}
            Ok((end, Some(fault))) => faults.push(damaged(&path, end, &fault).to_string()),
            Err(error) => faults.push(error.to_string()),
        }
    }
    Ok(faults)
}

fn segment_path(dir: &Path, first_position: u64) -> PathBuf {
    dir.join(format!("{first_position:016x}.wal"))
}

fn list_segments(files: &dyn Files, dir: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let mut segments = Vec::new();
    for name in files.list(dir).map_err(|cause| io_error("list", dir, cause))? {
        let path = dir.join(name);
        if path.extension().is_none_or(|extension| extension != "wal") {
            continue;
        }
        let first = path.file_stem().and_then(|stem| u64::from_str_radix(&stem.to_string_lossy(), 16).ok());
        match first {
            Some(first) => segments.push((first, path)),
            None => return Err(damaged(&path, 0, "its name is not that of a segment")),
        }
    }
    segments.sort_unstable();
    Ok(segments)
}

/// Reads the records of a segment. Returns where the last good one ends and, if bytes follow it, what is wrong with them.
fn read_segment(
    path: &Path,
    bytes: &[u8],
    first: u64,
    each: &mut dyn FnMut(u64, Record) -> Result<()>,
) -> Result<(usize, Option<String>)> {
    if bytes.len() < SEGMENT_HEADER_BYTES {
        return Ok((0, (!bytes.is_empty()).then(|| "its header is cut off".to_owned())));
    }
    if &bytes[..8] != MAGIC {
        return Ok((0, Some("it does not begin like a segment of the write-ahead log".to_owned())));
    }
    let version = u32::from_le_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]);
    if version > VERSION && bytes[12..16] == [0; 4] {
        return Err(Error::conflict(format!(
            "{} has format {version} and this version of vivencia reads up to {VERSION}; use the version that wrote it",
            path.display()
        )));
    }
    if version != VERSION || bytes[12..16] != [0; 4] {
        return Ok((0, Some("its header is damaged".to_owned())));
    }
    let mut offset = SEGMENT_HEADER_BYTES;
    let mut position = first;
    while offset < bytes.len() {
        let payload = match record_at(bytes, offset, position) {
            Ok(payload) => payload,
            Err(fault) => return Ok((offset, Some(fault))),
        };
        let record = Record::decode(payload).map_err(|cause| {
            Error::conflict(format!(
                "{} holds at byte {offset} a record that this version of vivencia cannot read; use the version that wrote it",
                path.display()
            ))
            .caused_by(cause)
        })?;
        each(position, record)?;
        offset += RECORD_HEADER_BYTES + payload.len();
        position += 1;
    }
    Ok((offset, None))
}

fn record_at(bytes: &[u8], offset: usize, expected_position: u64) -> std::result::Result<&[u8], String> {
    let Some(header) = bytes.get(offset..offset + RECORD_HEADER_BYTES) else {
        return Err("a record is cut off".to_owned());
    };
    let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let payload_bytes = word(0) as usize;
    let checksum = word(4);
    let mut position = [0; 8];
    position.copy_from_slice(&header[8..16]);
    if payload_bytes > MAX_RECORD_BYTES {
        return Err("a record has an impossible length".to_owned());
    }
    let start = offset + RECORD_HEADER_BYTES;
    let Some(payload) = bytes.get(start..start + payload_bytes) else {
        return Err("a record is cut off".to_owned());
    };
    if crc32c::crc32c(&bytes[offset + 8..start + payload_bytes]) != checksum {
        return Err("a record does not match its checksum".to_owned());
    }
    if u64::from_le_bytes(position) != expected_position {
        return Err("a record is out of order".to_owned());
    }
    Ok(payload)
}

/// Whether a good record of a later position stands anywhere after a broken one: then the broken one was whole once, and
/// its loss is damage rather than a torn end.
fn holds_record_after(bytes: &[u8], broken: usize, position: u64) -> bool {
    let finder = |candidate: u64| {
        let needle = candidate.to_le_bytes();
        memchr::memmem::find_iter(&bytes[broken..], &needle)
            .filter_map(|found| (broken + found).checked_sub(8))
            .any(|offset| offset > broken && record_at(bytes, offset, candidate).is_ok())
    };
    // The next ones are enough: records stand one after the other.
    (position + 1..position + 4).any(finder)
}

/// Keeps the broken end of the log in a file of its own before it is cut off, so that nothing is lost by it.
fn set_aside(files: &dyn Files, dir: &Path, path: &Path, bytes: &[u8], end: usize) -> Result<String> {
    let dropped = &bytes[end..];
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = dir.join(format!("{name}-{end}.torn"));
    let result = (|| {
        let mut file = files.create(&aside)?;
        file.write_all(dropped)?;
        file.sync()?;
        files.sync_dir(dir)?;
        files.truncate(path, end as u64)
    })();
    result.map_err(|cause| io_error("repair", path, cause))?;
    Ok(format!(
        "{}: the last {} bytes, from byte {end}, are no whole record: a write that was never acknowledged was cut off, or the \
         file is damaged; they were moved to {}",
        path.display(),
        dropped.len(),
        aside.display()
    ))
}

fn damaged(path: &Path, offset: usize, fault: &str) -> Error {
    Error::internal(format!(
        "{} is damaged at byte {offset}: {fault}; restore the file from a backup, or move it away to go on without its events",
        path.display()
    ))
}

pub fn io_error(attempt: &str, path: &Path, cause: std::io::Error) -> Error {
    Error::unavailable(format!("could not {attempt} {}: {cause}", path.display())).caused_by(cause)
}

#[cfg(test)]
mod tests;
