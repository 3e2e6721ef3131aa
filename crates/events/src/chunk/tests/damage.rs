use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use domain::ports::WritableFile;

use super::*;

#[test]
fn a_flipped_bit_anywhere_is_found_and_named() {
    let events: Vec<StoredEvent> = (1..200).map(|seq| event(seq, seq % 17, DECEMBER + seq as i64)).collect();
    let written = write(&events);
    let good = written.bytes().to_vec();
    let mut state = 42_u64;
    for _ in 0..3_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = (state >> 16) as usize % (good.len() * 8);
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let error = ChunkReader::open(bad.into(), &written.file, true).err().unwrap().to_string();
        assert!(error.starts_with("damaged file chunks/a.parquet: checksum "), "bit {bit}: {error}");
    }
}

#[test]
fn a_file_of_another_length_is_damaged_even_unverified() {
    let written = write(&[event(1, 1, DECEMBER)]);
    let mut bytes = written.bytes().to_vec();
    bytes.push(0);
    for bytes in [bytes.clone(), bytes[..bytes.len() - 2].to_vec(), Vec::new()] {
        let error = ChunkReader::open(bytes.into(), &written.file, false).err().unwrap().to_string();
        assert!(error.starts_with("damaged file chunks/a.parquet: ") && error.contains("bytes long"), "{error}");
    }
}

#[test]
fn a_file_of_a_newer_format_is_not_guessed_at() {
    let written = write(&[event(1, 1, DECEMBER)]);
    let newer = DataFile { format: 3, ..written.file.clone() };
    let error = ChunkReader::open(written.bytes(), &newer, true).err().unwrap().to_string();
    assert!(error.contains("chunks/a.parquet has format 3") && error.contains("newer version"), "{error}");

    // The catalogue believes in format 2; the file says 3.
    let key = b"vivencia.chunk.format";
    let mut bytes = written.bytes().to_vec();
    let at = bytes.windows(key.len()).position(|window| window == key).unwrap() + key.len();
    let digit = at + bytes[at..].iter().position(|byte| *byte == b'2').unwrap();
    bytes[digit] = b'3';
    let file = DataFile { checksum: crc32c::crc32c(&bytes), ..written.file.clone() };
    let error = ChunkReader::open(bytes.into(), &file, true).err().unwrap().to_string();
    assert!(error.contains("has format 3"), "{error}");
}

#[test]
fn what_makes_no_chunk_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let january = DECEMBER + 31 * DAY;
    let cases = [
        (vec![], "it has no events"),
        (vec![event(1, 1, DECEMBER), event(2, 1, january)], "its events are of two months"),
        (vec![StoredEvent { activity: Some(77), ..event(1, 1, DECEMBER) }], "no activity `77`"),
        (vec![StoredEvent { source: SourceId(1 << 40), ..event(1, 1, DECEMBER) }], "no source `1099511627776`"),
    ];
    for (events, expected) in cases {
        let error = write_error(folder.path(), &events);
        assert!(error.contains("chunks/a.parquet") && error.contains(expected), "{error}");
        assert_eq!(DiskFiles.list(&folder.path().join("chunks")).unwrap(), Vec::<PathBuf>::new());
    }
}

/// A disk that writes down what is done to it and is full after some bytes.
#[derive(Clone, Default)]
struct SmallDisk {
    room: usize,
    done: Arc<Mutex<Vec<String>>>,
}

impl SmallDisk {
    fn note(&self, what: &str) {
        let mut done = self.done.lock().unwrap();
        if done.last().is_none_or(|last| last != what) {
            done.push(what.to_owned());
        }
    }
}

impl Files for SmallDisk {
    fn create_dir_all(&self, _: &Path) -> io::Result<()> {
        self.note("folder");
        Ok(())
    }
    fn create(&self, _: &Path) -> io::Result<Box<dyn WritableFile>> {
        self.note("create");
        Ok(Box::new(self.clone()))
    }
    fn truncate(&self, _: &Path, _: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn map(&self, _: &Path) -> io::Result<Bytes> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn remove(&self, _: &Path) -> io::Result<()> {
        self.note("remove");
        Ok(())
    }
    fn list(&self, _: &Path) -> io::Result<Vec<PathBuf>> {
        Err(io::ErrorKind::Unsupported.into())
    }
    fn sync_dir(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl Write for SmallDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.room < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.room -= bytes.len();
        self.note("write");
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WritableFile for SmallDisk {
    fn sync(&mut self) -> io::Result<()> {
        self.note("sync");
        Ok(())
    }
}

#[test]
fn a_chunk_is_synced_after_its_last_byte_and_removed_when_the_disk_is_full() {
    let write_to = |room| {
        let disk = SmallDisk { room, ..SmallDisk::default() };
        let events = [event(1, 1, DECEMBER)];
        let result = write_chunk(&disk, Path::new(""), "chunks/a.parquet", &events, &names(), &FreeText::default());
        let done = disk.done.lock().unwrap().join(" ");
        (result.map(|(files, _)| files.chunk.bytes as usize), done)
    };
    let (size, done) = write_to(usize::MAX);
    assert_eq!(done, "folder create write sync");
    let size = size.unwrap();
    for room in [0, size / 2, size - 1] {
        let (result, done) = write_to(room);
        let error = result.unwrap_err().to_string();
        assert!(error.contains("could not write chunks/a.parquet"), "{error}");
        assert!(done.ends_with("remove") && !done.contains("sync"), "{done}");
    }
}

#[test]
fn a_chunk_is_verified_once_a_process_and_damage_is_found_every_time() {
    let written = write(&[event(1, 1, DECEMBER)]);
    let folder = written.folder.path();
    let verified = VerifiedChunks::default();
    let open = |file: &DataFile| verified.open(&DiskFiles, folder, file).map(|reader| reader.name().to_owned());
    assert_eq!(open(&written.file).unwrap(), "chunks/a.parquet");

    let mut bytes = written.bytes().to_vec();
    bytes[40] ^= 1;
    std::fs::write(folder.join("chunks/b.parquet"), &bytes).unwrap();
    let damaged = DataFile { name: "chunks/b.parquet".to_owned(), ..written.file.clone() };
    for _ in 0..2 {
        let error = open(&damaged).unwrap_err().to_string();
        assert!(error.starts_with("damaged file chunks/b.parquet: checksum"), "{error}");
    }
    // The first one was verified: it is not read whole again, so what happens to it afterwards is for the scrub to find.
    std::fs::write(folder.join("chunks/a.parquet"), &bytes).unwrap();
    assert!(open(&written.file).is_ok());
    // Another file under the same name is another file.
    let other = DataFile { checksum: crc32c::crc32c(b"another"), ..written.file.clone() };
    assert!(open(&other).is_err());
}
