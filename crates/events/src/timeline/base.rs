//! The projection on disk: range files and the manifest that names them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ports::Files;
use domain::{Error, Result};
use journey::Needs;
use serde::{Deserialize, Serialize};

use super::range::{Columns, Range, RangeBuilder};
use super::values::PropertyValues;
use crate::checked_json;

/// The manifest's name in the timeline's folder.
pub const MANIFEST: &str = "manifest.json";
/// Of the projection as a whole, so that an older one is known before any of its files is opened: one more for each version
/// of the range files, and for each change of what a code may stand for. Until format 3 a free text could have the code of the
/// mark that stands for it in chunks.
const FORMAT: u32 = 3;
/// A range ends with the customer that reaches this many events.
pub const RANGE_EVENTS: usize = 1 << 20;

/// All journeys as they were when the projection was written.
#[derive(Default)]
pub struct Base {
    pub ranges: Vec<Arc<Range>>,
    /// Events with a sequence number up to this are in it.
    pub covered_seq: u64,
    /// Of the identities by which customers were laid out, as [`fingerprint_of`] gives it.
    pub identity_fingerprint: u64,
    /// The file of the values of laid-out properties; none where no property is laid out.
    values_file: Option<String>,
}

/// What a start finds of the projection.
pub struct Opened {
    pub base: Base,
    pub values: PropertyValues,
    /// Why what was there is of no use and has to be made anew from the chunks.
    pub outdated: Option<String>,
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

/// The name of the file of a range. The generation is part of it, so that no file is ever written twice.
pub fn range_name(generation: u64, range: usize) -> String {
    format!("{generation:012x}-{range:05}.timeline")
}

/// One more than any generation on the disk: a file name is never used twice.
pub fn next_generation(files: &dyn Files, dir: &Path) -> Result<u64> {
    let listed = files.list(dir).map_err(|cause| crate::log::io_error("list", dir, cause))?;
    let generations = listed.iter().filter_map(|path| {
        let name = path.file_name()?.to_string_lossy().into_owned();
        u64::from_str_radix(name.split('-').next()?, 16).ok()
    });
    Ok(generations.max().unwrap_or(0) + 1)
}

#[derive(Serialize, Deserialize)]
struct Manifest {
    format: u32,
    covered_seq: u64,
    identity_fingerprint: u64,
    ranges: Vec<String>,
    #[serde(default)]
    properties: Vec<String>,
    #[serde(default)]
    values: Option<String>,
}

impl Base {
    /// Opens what is there, with these properties laid out, or with those that it has. An error when something is there
    /// and damaged.
    pub fn open(files: &Arc<dyn Files>, dir: &Path, properties: Option<&[String]>) -> Result<Opened> {
        files.create_dir_all(dir).map_err(|cause| crate::log::io_error("create", dir, cause))?;
        let listed = files.list(dir).map_err(|cause| crate::log::io_error("list", dir, cause))?;
        let path = dir.join(MANIFEST);
        let empty = |properties: &[String], outdated: Option<String>| {
            Ok(Opened { base: Base::default(), values: PropertyValues::new(properties), outdated })
        };
        if !listed.iter().any(|name| name == Path::new(MANIFEST)) {
            return empty(properties.unwrap_or(&[]), None);
        }
        let manifest: Manifest = checked_json::read(&**files, &path)?;
        if manifest.format != FORMAT {
            let reason = format!("the timeline has format {}, and this version writes {FORMAT}", manifest.format);
            return empty(properties.unwrap_or(&manifest.properties), Some(reason));
        }
        if let Some(wanted) = properties.filter(|wanted| *wanted != manifest.properties) {
            let reason = format!(
                "the timeline lays out {}, and `timeline_properties` asks for {}",
                list(&manifest.properties),
                list(wanted)
            );
            return empty(wanted, Some(reason));
        }
        let values = match &manifest.values {
            Some(name) => PropertyValues::read(&**files, &dir.join(name))?,
            None => PropertyValues::new(&manifest.properties),
        };
        let ranges = manifest
            .ranges
            .iter()
            .map(|name| Ok(Arc::new(Range::open(files.clone(), &dir.join(name))?)))
            .collect::<Result<Vec<_>>>()?;
        let is_whole = values.names().eq(manifest.properties.iter().map(String::as_str))
            && ranges.iter().all(|range| range.property_count() == values.len());
        if !is_whole {
            return Err(Error::internal(format!("{} and the files that it names do not agree", path.display())));
        }
        let Manifest { covered_seq, identity_fingerprint, values: values_file, .. } = manifest;
        let base = Base { ranges, covered_seq, identity_fingerprint, values_file };
        base.remove_others(&**files, dir, &listed);
        Ok(Opened { base, values, outdated: None })
    }

    /// Reads the file of the values again.
    pub fn verify_values(&self, files: &dyn Files, dir: &Path) -> Result<()> {
        self.values_file.as_ref().map_or(Ok(()), |name| PropertyValues::read(files, &dir.join(name)).map(drop))
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
        Ok(Some(range.columns(Needs::EVERYTHING).slice(start..end)))
    }

    /// These ranges, and the file of the values of their properties, which is written.
    pub fn of(
        ranges: Vec<Arc<Range>>,
        (covered_seq, identity_fingerprint): (u64, u64),
        (files, dir, generation): (&dyn Files, &Path, u64),
        values: &PropertyValues,
    ) -> Result<Base> {
        let values_file = (!values.is_empty()).then(|| format!("{generation:012x}-values.json"));
        if let Some(name) = &values_file {
            values.write(files, &dir.join(name))?;
        }
        Ok(Base { ranges, covered_seq, identity_fingerprint, values_file })
    }

    /// Makes the manifest name exactly these ranges, durably. The file of the values is there already.
    pub fn publish(&self, files: &dyn Files, dir: &Path, values: &PropertyValues) -> Result<()> {
        let manifest = Manifest {
            format: FORMAT,
            covered_seq: self.covered_seq,
            identity_fingerprint: self.identity_fingerprint,
            ranges: self.ranges.iter().map(|range| range.name()).collect(),
            properties: values.names().map(str::to_owned).collect(),
            values: self.values_file.clone(),
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
            let is_values = self.values_file.as_deref() == Some(&*text);
            let is_named = text == MANIFEST || is_values || self.ranges.iter().any(|range| range.name() == text);
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
    values: &'a PropertyValues,
    builder: RangeBuilder,
    ranges: Vec<Arc<Range>>,
}

impl<'a> BaseWriter<'a> {
    /// `values` hold every code of the columns to come.
    pub fn new(
        files: &'a Arc<dyn Files>,
        dir: &'a Path,
        generation: u64,
        values: &'a PropertyValues,
    ) -> BaseWriter<'a> {
        let builder = RangeBuilder::new(values.len());
        BaseWriter { files, dir, generation, values, builder, ranges: Vec::new() }
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
        let path = self.dir.join(range_name(self.generation, self.ranges.len()));
        std::mem::replace(&mut self.builder, RangeBuilder::new(self.values.len())).write(&**self.files, &path)?;
        self.ranges.push(Arc::new(Range::open(self.files.clone(), &path)?));
        Ok(())
    }

    pub fn finish(mut self, covered_seq: u64, identity_fingerprint: u64) -> Result<Base> {
        self.flush()?;
        let place = (&**self.files, self.dir, self.generation);
        Base::of(self.ranges, (covered_seq, identity_fingerprint), place, self.values)
    }
}

fn list(properties: &[String]) -> String {
    if properties.is_empty() { "no property".to_owned() } else { properties.join(", ") }
}
