//! Events of customer after customer become one file in order of time, in bounded memory whatever their number: sorted
//! runs of a few megabytes on disk, then merges of at most so many runs at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::Error;

/// How much is held in memory and how many files are open at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) run_bytes: usize,
    pub(crate) open_runs: usize,
}

impl Limits {
    pub(crate) const DEFAULT: Limits = Limits { run_bytes: 48 << 20, open_runs: 128 };
}

/// Buffer of each file that is read or written.
const BUFFER: usize = 256 << 10;

struct Entry {
    at: i64,
    start: usize,
    end: usize,
}

/// Takes lines in any order of time; lines of one instant keep the order in which they came.
pub(crate) struct TimeSorter {
    dir: PathBuf,
    limits: Limits,
    lines: Vec<u8>,
    entries: Vec<Entry>,
    runs: Vec<Run>,
    next_run: usize,
}

/// A file of lines in order of time, each after its instant and length; removed when dropped.
struct Run {
    path: PathBuf,
}

impl Drop for Run {
    fn drop(&mut self) {
        // A run left behind is only lost space; the file itself is told apart by its name.
        let _ = fs::remove_file(&self.path);
    }
}

impl TimeSorter {
    pub(crate) fn new(dir: &Path, limits: Limits) -> TimeSorter {
        TimeSorter {
            dir: dir.to_owned(),
            limits,
            lines: Vec::new(),
            entries: Vec::new(),
            runs: Vec::new(),
            next_run: 0,
        }
    }

    pub(crate) fn push(&mut self, at: i64, line: &[u8]) -> Result<(), Error> {
        let needed = self.lines.len() + line.len() + (self.entries.len() + 1) * size_of::<Entry>();
        if needed > self.limits.run_bytes && !self.entries.is_empty() {
            self.spill()?;
        }
        let start = self.lines.len();
        self.lines.extend_from_slice(line);
        self.entries.push(Entry { at, start, end: self.lines.len() });
        Ok(())
    }

    /// Writes everything to `path` in order of time and returns the bytes written.
    pub(crate) fn finish(mut self, path: &Path) -> Result<u64, Error> {
        let partial = path.with_extension("jsonl.partial");
        let written = self.write_sorted(&partial);
        if written.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&partial);
        }
        let bytes = written?;
        fs::rename(&partial, path).map_err(Error::io("rename the finished file to", path))?;
        Ok(bytes)
    }

    fn write_sorted(&mut self, partial: &Path) -> Result<u64, Error> {
        if self.runs.is_empty() {
            // All of it fits into memory.
            return self.write_entries(partial, false);
        }
        self.spill()?;
        while self.runs.len() > self.limits.open_runs {
            self.merge_some()?;
        }
        let runs = std::mem::take(&mut self.runs);
        merge(&runs, partial, false)
    }

    fn new_run(&mut self) -> Run {
        let path = self.dir.join(format!("events.run-{:05}.tmp", self.next_run));
        self.next_run += 1;
        Run { path }
    }

    fn spill(&mut self) -> Result<(), Error> {
        let run = self.new_run();
        self.write_entries(&run.path, true)?;
        self.runs.push(run);
        Ok(())
    }

    fn write_entries(&mut self, path: &Path, is_run: bool) -> Result<u64, Error> {
        // Stable, so that lines of one instant keep their order.
        self.entries.sort_by_key(|entry| entry.at);
        let mut out = Output::create(path, is_run)?;
        for entry in &self.entries {
            out.write(entry.at, &self.lines[entry.start..entry.end])?;
        }
        self.entries.clear();
        self.lines.clear();
        out.close()
    }

    /// Replaces the oldest runs by one, in the same place: earlier runs hold what came earlier.
    fn merge_some(&mut self) -> Result<(), Error> {
        let mut merged = Vec::new();
        let runs = std::mem::take(&mut self.runs);
        let mut left = runs.into_iter();
        loop {
            let group: Vec<Run> = left.by_ref().take(self.limits.open_runs).collect();
            if group.is_empty() {
                break;
            }
            let run = self.new_run();
            merge(&group, &run.path, true)?;
            merged.push(run);
        }
        self.runs = merged;
        Ok(())
    }
}

fn merge(runs: &[Run], path: &Path, is_run: bool) -> Result<u64, Error> {
    let mut inputs = Vec::with_capacity(runs.len());
    let mut heads = BinaryHeap::with_capacity(runs.len());
    for (position, run) in runs.iter().enumerate() {
        let mut input = Input::open(&run.path)?;
        if let Some(at) = input.advance()? {
            heads.push(Reverse((at, position)));
        }
        inputs.push(input);
    }
    let mut out = Output::create(path, is_run)?;
    while let Some(Reverse((at, position))) = heads.pop() {
        let input = &mut inputs[position];
        out.write(at, &input.line)?;
        if let Some(next) = input.advance()? {
            heads.push(Reverse((next, position)));
        }
    }
    out.close()
}

struct Output {
    file: BufWriter<File>,
    path: PathBuf,
    is_run: bool,
    bytes: u64,
}

impl Output {
    fn create(path: &Path, is_run: bool) -> Result<Output, Error> {
        let file = File::create(path).map_err(Error::io("create", path))?;
        Ok(Output { file: BufWriter::with_capacity(BUFFER, file), path: path.to_owned(), is_run, bytes: 0 })
    }

    fn write(&mut self, at: i64, line: &[u8]) -> Result<(), Error> {
        self.try_write(at, line).map_err(Error::io("write", &self.path))
    }

    fn try_write(&mut self, at: i64, line: &[u8]) -> io::Result<()> {
        if self.is_run {
            let length = u32::try_from(line.len()).map_err(io::Error::other)?;
            self.file.write_all(&at.to_le_bytes())?;
            self.file.write_all(&length.to_le_bytes())?;
        }
        self.bytes += line.len() as u64;
        self.file.write_all(line)
    }

    fn close(mut self) -> Result<u64, Error> {
        self.file.flush().map_err(Error::io("write", &self.path))?;
        Ok(self.bytes)
    }
}

struct Input {
    file: BufReader<File>,
    path: PathBuf,
    line: Vec<u8>,
}

impl Input {
    fn open(path: &Path) -> Result<Input, Error> {
        let file = File::open(path).map_err(Error::io("open", path))?;
        Ok(Input { file: BufReader::with_capacity(BUFFER, file), path: path.to_owned(), line: Vec::new() })
    }

    /// Reads the next line and returns its instant; `None` at the end.
    fn advance(&mut self) -> Result<Option<i64>, Error> {
        self.try_advance().map_err(Error::io("read", &self.path))
    }

    fn try_advance(&mut self) -> io::Result<Option<i64>> {
        let mut instant = [0; 8];
        match self.file.read_exact(&mut instant) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
            other => other?,
        }
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        self.line.resize(u32::from_le_bytes(length) as usize, 0);
        self.file.read_exact(&mut self.line)?;
        Ok(Some(i64::from_le_bytes(instant)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(limits: Limits, count: i64) -> (String, usize) {
        let dir = tempfile::tempdir().unwrap();
        let mut sorter = TimeSorter::new(dir.path(), limits);
        for number in 0..count {
            let at = number * 7_919 % 97;
            sorter.push(at, format!("{at} {number}\n").as_bytes()).unwrap();
            assert!(sorter.lines.len() <= limits.run_bytes.max(64), "memory is bounded");
        }
        let spilled = sorter.runs.len();
        let path = dir.path().join("events.jsonl");
        let bytes = sorter.finish(&path).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(bytes, text.len() as u64);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no run is left behind");
        (text, spilled)
    }

    #[test]
    fn runs_and_merges_give_what_memory_gives() {
        let (in_memory, no_runs) = sorted(Limits { run_bytes: 1 << 20, open_runs: 4 }, 1_000);
        let (in_runs, runs) = sorted(Limits { run_bytes: 600, open_runs: 4 }, 1_000);
        assert_eq!(no_runs, 0);
        assert!(runs > 16, "two levels of merges: {runs}");
        assert_eq!(in_memory, in_runs);
        let mut expected: Vec<(i64, i64)> = (0..1_000).map(|number| (number * 7_919 % 97, number)).collect();
        expected.sort_unstable();
        let expected: String = expected.iter().map(|(at, number)| format!("{at} {number}\n")).collect();
        assert_eq!(in_memory, expected);
    }

    #[test]
    fn a_directory_that_is_not_there_is_named() {
        let sorter = TimeSorter::new(Path::new("/nowhere/at/all"), Limits::DEFAULT);
        let message = sorter.finish(Path::new("/nowhere/at/all/events.jsonl")).unwrap_err().to_string();
        assert!(message.contains("/nowhere/at/all"), "{message}");
    }
}
