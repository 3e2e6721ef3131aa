//! The projection on disk: range files and the manifest that names them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ports::Files;
use domain::{Error, Result};
use serde::{Deserialize, Serialize};

use super::range::{Columns, Range, RangeBuilder};
use crate::checked_json;

/// The manifest's name in the timeline's folder.
pub const MANIFEST: &str = "manifest.json";
const FORMAT: u32 = 1;
/// A range ends with the customer that reaches this many events.
const RANGE_EVENTS: usize = 1 << 20;

/// All journeys as they were when the projection was written.
#[derive(Default)]
pub struct Base {
    pub ranges: Vec<Arc<Range>>,
    /// Events with a sequence number up to this are in it.
    pub covered_seq: u64,
    /// Of the identities by which customers were laid out, as [`fingerprint_of`] gives it.
    pub identity_fingerprint: u64,
}

/// A number that two sets of placements share only if they are equal: each is (node, customer), order does not matter.
pub fn fingerprint_of<'a>(placements: impl Iterator<Item = (&'a u64, &'a u64)>) -> u64 {
    placements.fold(0, |sum, (node, customer)| {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&node.to_le_bytes());
        bytes[8..].copy_from_slice(&customer.to_le_bytes());
        sum.wrapping_add(xxhash_rust::xxh3::xxh3_64(&bytes))
    })
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
    covered_seq: u64,
    identity_fingerprint: u64,
    ranges: Vec<String>,
}

impl Base {
    /// Opens what is there; an error when something is there and cannot be used.
    pub fn open(files: &Arc<dyn Files>, dir: &Path) -> Result<Base> {
        files.create_dir_all(dir).map_err(|cause| crate::log::io_error("create", dir, cause))?;
        let listed = files.list(dir).map_err(|cause| crate::log::io_error("list", dir, cause))?;
        let path = dir.join(MANIFEST);
        if !listed.iter().any(|name| name == Path::new(MANIFEST)) {
            return Ok(Base::default());
        }
        let manifest: Manifest = checked_json::read(&**files, &path)?;
        if manifest.format != FORMAT {
            return Err(Error::conflict(format!("{} has format {}", path.display(), manifest.format)));
        }
        let ranges = manifest
            .ranges
            .iter()
            .map(|name| Ok(Arc::new(Range::open(files.clone(), &dir.join(name))?)))
            .collect::<Result<Vec<_>>>()?;
        let Manifest { covered_seq, identity_fingerprint, .. } = manifest;
        let base = Base { ranges, covered_seq, identity_fingerprint };
        base.remove_others(&**files, dir, &listed);
        Ok(base)
    }

    pub fn event_count(&self) -> usize {
        self.ranges.iter().map(|range| range.event_count()).sum()
    }

    /// The range whose customers may include this one.
    pub fn find_range(&self, customer: u64) -> Option<&Arc<Range>> {
        let index = self.ranges.partition_point(|range| range.last_customer < customer);
        self.ranges.get(index).filter(|range| range.first_customer <= customer)
    }

    /// The columns of one customer, verified.
    pub fn find(&self, customer: u64) -> Result<Option<Columns<'_>>> {
        let Some(range) = self.find_range(customer) else { return Ok(None) };
        range.verify_all()?;
        let Ok(index) = range.customers().binary_search(&customer) else { return Ok(None) };
        let (start, end) = (range.offsets()[index] as usize, range.offsets()[index + 1] as usize);
        let columns = range.columns();
        Ok(Some(Columns {
            occurred_at: &columns.occurred_at[start..end],
            activity: &columns.activity[start..end],
            channel: &columns.channel[start..end],
            seq: &columns.seq[start..end],
            node: &columns.node[start..end],
        }))
    }

    /// Makes the manifest name exactly these ranges, durably.
    pub fn publish(&self, files: &dyn Files, dir: &Path) -> Result<()> {
        let manifest = Manifest {
            format: FORMAT,
            covered_seq: self.covered_seq,
            identity_fingerprint: self.identity_fingerprint,
            ranges: self.ranges.iter().map(|range| range.name()).collect(),
        };
        files.sync_dir(dir).map_err(|cause| crate::log::io_error("sync", dir, cause))?;
        checked_json::write(files, &dir.join(MANIFEST), &manifest)?;
        let listed = files.list(dir).map_err(|cause| crate::log::io_error("list", dir, cause))?;
        self.remove_others(files, dir, &listed);
        Ok(())
    }

    /// Files that no manifest names any more go; those still mapped stay readable until they are let go.
    fn remove_others(&self, files: &dyn Files, dir: &Path, listed: &[PathBuf]) {
        for name in listed {
            let text = name.to_string_lossy();
            let is_named = text == MANIFEST || self.ranges.iter().any(|range| range.name() == text);
            if !is_named && let Err(cause) = files.remove(&dir.join(name)) {
                tracing::warn!(name = %text, %cause, "could not remove an old file of the timeline");
            }
        }
    }
}

/// Writes ranges one after the other as customers come.
pub struct BaseWriter<'a> {
    files: &'a Arc<dyn Files>,
    dir: &'a Path,
    /// Part of the names, so that no file is ever written twice.
    generation: u64,
    builder: RangeBuilder,
    ranges: Vec<Arc<Range>>,
}

impl<'a> BaseWriter<'a> {
    pub fn new(files: &'a Arc<dyn Files>, dir: &'a Path, generation: u64) -> BaseWriter<'a> {
        BaseWriter { files, dir, generation, builder: RangeBuilder::default(), ranges: Vec::new() }
    }

    pub fn push(&mut self, customer: u64, columns: Columns<'_>) -> Result<()> {
        self.builder.push(customer, columns);
        if self.builder.event_count() >= RANGE_EVENTS {
            self.flush()?;
        }
        Ok(())
    }

    /// Takes over a range in which nothing changed.
    pub fn keep(&mut self, range: &Arc<Range>) -> Result<()> {
        self.flush()?;
        self.ranges.push(range.clone());
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.builder.is_empty() {
            return Ok(());
        }
        let path = self.dir.join(format!("{:012x}-{:05}.timeline", self.generation, self.ranges.len()));
        std::mem::take(&mut self.builder).write(&**self.files, &path)?;
        self.ranges.push(Arc::new(Range::open(self.files.clone(), &path)?));
        Ok(())
    }

    pub fn finish(mut self, covered_seq: u64, identity_fingerprint: u64) -> Result<Base> {
        self.flush()?;
        Ok(Base { ranges: self.ranges, covered_seq, identity_fingerprint })
    }
}
