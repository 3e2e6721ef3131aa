//! Whether SQLite will take the write-ahead log for as long as it is.
//!
//! By the file format of SQLite: a header of 32 bytes, then frames of 24 bytes and a page. Each header ends with two sums
//! that continue those of the frame before, so a frame counts only if everything before it does. Frames of an earlier
//! generation, which have other salts, stand behind the valid ones as a matter of course.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::PAGE_BYTES;

const HEADER_BYTES: usize = 32;
const FRAME_HEADER_BYTES: usize = 24;
const MAGIC: u32 = 0x377f_0682;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// Every transaction that was begun was ended, or there is none.
    Whole,
    /// One transaction at the end is broken, as a loss of power before its commit leaves it.
    LastTransactionTorn,
    /// Broken before its end.
    Damaged(&'static str),
}

/// Sums over words of 32 bits, in the byte order that the magic number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sums {
    is_big_endian: bool,
    at: (u32, u32),
}

impl Sums {
    fn add(&mut self, bytes: &[u8]) {
        let word = |bytes: &[u8]| {
            let bytes = [bytes[0], bytes[1], bytes[2], bytes[3]];
            if self.is_big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) }
        };
        let (mut first, mut second) = self.at;
        for pair in bytes.chunks_exact(8) {
            first = first.wrapping_add(word(&pair[..4])).wrapping_add(second);
            second = second.wrapping_add(word(&pair[4..])).wrapping_add(first);
        }
        self.at = (first, second);
    }
}

fn big_endian(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Reads the log beside a database; one that is not there is whole.
pub(super) fn examine(path: &Path) -> io::Result<Condition> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Condition::Whole),
        Err(cause) => return Err(cause),
    };
    let has_frames = file.metadata()?.len() >= (HEADER_BYTES + FRAME_HEADER_BYTES + PAGE_BYTES) as u64;
    if !has_frames {
        return Ok(Condition::Whole);
    }
    examine_frames(BufReader::with_capacity(1 << 20, file))
}

fn examine_frames(mut log: impl Read) -> io::Result<Condition> {
    let mut header = [0; HEADER_BYTES];
    log.read_exact(&mut header)?;
    let magic = big_endian(&header, 0);
    let mut sums = Sums { is_big_endian: magic & 1 == 1, at: (0, 0) };
    sums.add(&header[..24]);
    if magic & !1 != MAGIC || sums.at != (big_endian(&header, 24), big_endian(&header, 28)) {
        return Ok(Condition::Damaged("its header does not match its checksum"));
    }
    let salts = &header[16..24];
    let mut frame = vec![0; FRAME_HEADER_BYTES + PAGE_BYTES];
    let mut is_broken = false;
    let mut commits_behind = 0;
    while read_whole(&mut log, &mut frame)? {
        let is_of_this_generation = &frame[8..16] == salts;
        if !is_broken {
            sums.add(&frame[..8]);
            sums.add(&frame[FRAME_HEADER_BYTES..]);
            is_broken = !is_of_this_generation || sums.at != (big_endian(&frame, 16), big_endian(&frame, 20));
        }
        // Each commit is on the disk before the next transaction begins: behind a torn one there is no other.
        if is_broken && is_of_this_generation {
            let is_commit = big_endian(&frame, 4) != 0;
            commits_behind += u32::from(is_commit);
            if commits_behind == 2 {
                return Ok(Condition::Damaged("a frame before its end does not match its checksum"));
            }
        }
    }
    Ok(if commits_behind == 1 { Condition::LastTransactionTorn } else { Condition::Whole })
}

/// False at the end, or where less than a frame is left.
fn read_whole(log: &mut impl Read, frame: &mut [u8]) -> io::Result<bool> {
    match log.read_exact(frame) {
        Ok(()) => Ok(true),
        Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(cause) => Err(cause),
    }
}
