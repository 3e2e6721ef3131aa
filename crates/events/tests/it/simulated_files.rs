//! A disk in memory that can lose power: then everything that was not synced may be gone, in part or whole, contents and
//! entries of folders alike.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use domain::ports::{Files, WritableFile};

use crate::scene::Random;

#[derive(Clone, Default)]
struct Content {
    durable: Vec<u8>,
    now: Vec<u8>,
}

#[derive(Default)]
struct Disk {
    contents: BTreeMap<u64, Content>,
    next_content: u64,
    durable_entries: BTreeMap<PathBuf, u64>,
    entries: BTreeMap<PathBuf, u64>,
    /// Operations that still work before the power goes; `None`: it does not go.
    operations_left: Option<u64>,
    is_off: bool,
    /// Syncs of this kind do nothing.
    forgotten_sync: Option<&'static str>,
}

#[derive(Clone, Default)]
pub struct SimulatedFiles {
    disk: Arc<Mutex<Disk>>,
}

/// The kinds of sync that the log makes, by what they make durable.
pub const SYNCS: &[&str] = &[
    "log segment",
    "log folder",
    "chunk",
    "chunk folder",
    "run of ids",
    "folder of runs",
    "timeline range",
    "timeline values",
    "timeline folder",
    "timeline manifest",
];

fn sync_of(path: &Path, is_folder: bool) -> &'static str {
    let text = path.to_string_lossy().into_owned();
    let has = |part: &str| text.contains(part);
    match is_folder {
        true if has("/wal") => "log folder",
        true if has("/chunks") => "chunk folder",
        true if has("/duplicates") => "folder of runs",
        true if has("/timeline") => "timeline folder",
        false if text.ends_with(".wal") => "log segment",
        false if has("/chunks/") => "chunk",
        false if has("/duplicates/") => "run of ids",
        false if text.ends_with(".timeline") => "timeline range",
        false if has("/timeline/") && has("-values.") => "timeline values",
        false if has("/timeline/") => "timeline manifest",
        _ => "other",
    }
}

impl SimulatedFiles {
    pub fn forgetting(sync: Option<&'static str>) -> SimulatedFiles {
        let files = SimulatedFiles::default();
        files.disk.lock().unwrap().forgotten_sync = sync;
        files
    }

    pub fn cut_power_after(&self, operations: u64) {
        self.disk.lock().unwrap().operations_left = Some(operations);
    }

    pub fn has_power(&self) -> bool {
        !self.disk.lock().unwrap().is_off
    }

    /// What a new start finds: the durable part for certain, of the rest what chance left.
    pub fn restart(&self, random: &mut Random) {
        let mut disk = self.disk.lock().unwrap();
        let disk = &mut *disk;
        let mut found = disk.durable_entries.clone();
        let mut touched: Vec<PathBuf> = disk.entries.keys().chain(disk.durable_entries.keys()).cloned().collect();
        touched.sort();
        touched.dedup();
        for path in touched {
            let (before, after) = (disk.durable_entries.get(&path), disk.entries.get(&path));
            if before != after && random.below(2) == 0 {
                match after {
                    Some(content) => found.insert(path, *content),
                    None => found.remove(&path),
                };
            }
        }
        for content in disk.contents.values_mut() {
            let unsynced = content.now.len().saturating_sub(content.durable.len());
            let kept = random.below(unsynced as u64 + 1) as usize;
            let mut left = content.durable.clone();
            let start = left.len();
            left.extend_from_slice(&content.now[start..start + kept]);
            if kept > 0 && random.below(3) == 0 {
                // A page that never arrived reads as zeros although the length is there.
                let hole = start + random.below(kept as u64) as usize;
                left[hole..].fill(0);
            }
            *content = Content { durable: left.clone(), now: left };
        }
        disk.entries = found.clone();
        disk.durable_entries = found;
        disk.operations_left = None;
        disk.is_off = false;
    }

    /// Flips one bit of a file, as a failing disk would.
    pub fn flip(&self, path: &Path, bit: usize) {
        let mut disk = self.disk.lock().unwrap();
        let content = disk.entries[path];
        let content = disk.contents.get_mut(&content).unwrap();
        content.now[bit / 8] ^= 1 << (bit % 8);
        content.durable = content.now.clone();
    }

    /// Replaces what is in a file, durably.
    pub fn overwrite(&self, path: &Path, bytes: &[u8]) {
        let mut disk = self.disk.lock().unwrap();
        let content = disk.entries[path];
        let content = disk.contents.get_mut(&content).unwrap();
        content.now = bytes.to_vec();
        content.durable = bytes.to_vec();
    }

    pub fn all(&self) -> Vec<(PathBuf, usize)> {
        let disk = self.disk.lock().unwrap();
        disk.entries.iter().map(|(path, content)| (path.clone(), disk.contents[content].now.len())).collect()
    }

    /// Another disk with the same files.
    pub fn copy(&self) -> SimulatedFiles {
        let disk = self.disk.lock().unwrap();
        let copy = Disk {
            contents: disk.contents.clone(),
            next_content: disk.next_content,
            durable_entries: disk.entries.clone(),
            entries: disk.entries.clone(),
            ..Disk::default()
        };
        SimulatedFiles { disk: Arc::new(Mutex::new(copy)) }
    }

    pub fn contents(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let disk = self.disk.lock().unwrap();
        disk.entries.iter().map(|(path, content)| (path.clone(), disk.contents[content].now.clone())).collect()
    }

    pub fn remove_folder(&self, folder: &str) {
        let mut disk = self.disk.lock().unwrap();
        disk.entries.retain(|path, _| !path.to_string_lossy().contains(folder));
        disk.durable_entries.retain(|path, _| !path.to_string_lossy().contains(folder));
    }

    fn operate<T>(&self, run: impl FnOnce(&mut Disk) -> io::Result<T>) -> io::Result<T> {
        let mut disk = self.disk.lock().unwrap();
        if let Some(left) = disk.operations_left.as_mut() {
            *left = left.saturating_sub(1);
            if *left == 0 {
                disk.is_off = true;
            }
        }
        if disk.is_off {
            return Err(io::Error::other("the power is off"));
        }
        run(&mut disk)
    }
}

struct OpenFile {
    files: SimulatedFiles,
    path: PathBuf,
    content: u64,
}

impl Write for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.files.operate(|disk| {
            if let Some(content) = disk.contents.get_mut(&self.content) {
                content.now.extend_from_slice(bytes);
            }
            Ok(bytes.len())
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WritableFile for OpenFile {
    fn sync(&mut self) -> io::Result<()> {
        self.files.operate(|disk| {
            if disk.forgotten_sync != Some(sync_of(&self.path, false))
                && let Some(content) = disk.contents.get_mut(&self.content)
            {
                content.durable = content.now.clone();
            }
            Ok(())
        })
    }
}

impl Files for SimulatedFiles {
    fn create_dir_all(&self, _dir: &Path) -> io::Result<()> {
        self.operate(|_| Ok(()))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn WritableFile>> {
        let content = self.operate(|disk| {
            disk.next_content += 1;
            let content = disk.next_content;
            disk.contents.insert(content, Content::default());
            disk.entries.insert(path.to_owned(), content);
            Ok(content)
        })?;
        Ok(Box::new(OpenFile { files: self.clone(), path: path.to_owned(), content }))
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        self.operate(|disk| {
            let content = *disk.entries.get(path).ok_or(io::ErrorKind::NotFound)?;
            if let Some(content) = disk.contents.get_mut(&content) {
                content.now.truncate(len as usize);
                content.durable = content.now.clone();
            }
            Ok(())
        })
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.operate(|disk| {
            let content = disk.entries.get(path).ok_or(io::ErrorKind::NotFound)?;
            Ok(disk.contents[content].now.clone())
        })
    }

    fn map(&self, path: &Path) -> io::Result<Bytes> {
        self.read(path).map(Bytes::from)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.operate(|disk| {
            let content = disk.entries.remove(from).ok_or(io::ErrorKind::NotFound)?;
            disk.entries.insert(to.to_owned(), content);
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.operate(|disk| disk.entries.remove(path).map(|_| ()).ok_or(io::ErrorKind::NotFound.into()))
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        self.operate(|disk| {
            let here = disk.entries.keys().filter(|path| path.parent() == Some(dir));
            Ok(here.filter_map(|path| path.file_name()).map(PathBuf::from).collect())
        })
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        self.operate(|disk| {
            if disk.forgotten_sync == Some(sync_of(dir, true)) {
                return Ok(());
            }
            disk.durable_entries.retain(|path, _| path.parent() != Some(dir));
            let now: Vec<_> = disk.entries.iter().filter(|(path, _)| path.parent() == Some(dir)).collect();
            let now: Vec<_> = now.into_iter().map(|(path, content)| (path.clone(), *content)).collect();
            disk.durable_entries.extend(now);
            Ok(())
        })
    }
}
