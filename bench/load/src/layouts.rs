//! Two layouts for the timeline projection, measured: a plain columnar file with a checksum for each MiB, and Arrow IPC.
//!
//! Both hold the same columns in files of a million events, are mapped, opened and asked the same question: which activity
//! follows which, customer by customer, over slices of the columns. Once a layout gives slices in place, asking costs the
//! same. What may differ is opening, and what finding a flipped bit costs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail, ensure};
use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, UInt16Type, UInt64Type};
use arrow_array::{ArrayRef, ArrowPrimitiveType, Int64Array, RecordBatch, UInt16Array, UInt64Array};
use arrow_buffer::Buffer;
use arrow_ipc::convert::fb_to_schema;
use arrow_ipc::reader::{FileDecoder, FileReader, read_footer_length};
use arrow_ipc::root_as_footer;
use arrow_ipc::writer::FileWriter;
use bytes::Bytes;
use clap::Args;
use domain::ports::Files;
use events::files::DiskFiles;
use serde_json::{Value, json};

use crate::random::Random;

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long)]
    events: usize,
    /// A new folder below it holds the files, and is removed.
    #[arg(long)]
    dir: PathBuf,
}

const RANGE_EVENTS: usize = 1 << 20;
const EVENTS_PER_CUSTOMER: usize = 20;
const ACTIVITIES: usize = 64;
const BLOCK_BYTES: usize = 1 << 20;
const WARM_RUNS: usize = 5;

/// The columns of some customers.
struct Journeys {
    /// One more than there are customers.
    offsets: Vec<u64>,
    occurred_at: Vec<i64>,
    activity: Vec<u16>,
}

impl Journeys {
    fn draw(events: usize, random: &mut Random) -> Journeys {
        let mut offsets: Vec<u64> = (0..events).step_by(EVENTS_PER_CUSTOMER).map(|offset| offset as u64).collect();
        offsets.push(events as u64);
        let occurred_at = (0..events).map(|event| event as i64 * 1_000).collect();
        let activity = (0..events).map(|_| (random.bits() % ACTIVITIES as u64) as u16).collect();
        Journeys { offsets, occurred_at, activity }
    }
}

/// A file that is open, and gives its columns in place.
trait Opened {
    fn columns(&self) -> (&[u64], &[i64], &[u16]);
}

/// Counts of pairs, and the time between them, so that every column is read.
fn ask(files: &[Box<dyn Opened>]) -> (Vec<u64>, i64) {
    let mut pairs = vec![0; ACTIVITIES * ACTIVITIES];
    let mut between = 0_i64;
    for file in files {
        let (offsets, occurred_at, activity) = file.columns();
        for customer in offsets.windows(2) {
            let events = customer[0] as usize..customer[1] as usize;
            let (at, activity) = (&occurred_at[events.clone()], &activity[events]);
            for (pair, at) in activity.windows(2).zip(at.windows(2)) {
                pairs[usize::from(pair[0]) * ACTIVITIES + usize::from(pair[1])] += 1;
                between = between.wrapping_add(at[1] - at[0]);
            }
        }
    }
    (pairs, between)
}

/// Sections one after the other, then a CRC-32C for each MiB.
struct Plain {
    bytes: Bytes,
    customers: usize,
    events: usize,
}

impl Plain {
    fn write(journeys: &Journeys, path: &Path) -> anyhow::Result<()> {
        let mut bytes = Vec::new();
        bytes.extend((journeys.offsets.len() as u64).to_le_bytes());
        bytes.extend((journeys.activity.len() as u64).to_le_bytes());
        bytes.extend_from_slice(bytemuck::cast_slice(&journeys.offsets));
        bytes.extend_from_slice(bytemuck::cast_slice(&journeys.occurred_at));
        bytes.extend_from_slice(bytemuck::cast_slice(&journeys.activity));
        let sums: Vec<u8> = bytes.chunks(BLOCK_BYTES).flat_map(|block| crc32c::crc32c(block).to_le_bytes()).collect();
        bytes.extend(sums);
        fs::write(path, bytes).with_context(|| format!("could not write {}", path.display()))
    }

    fn open(path: &Path) -> anyhow::Result<Plain> {
        let bytes = map(path)?;
        let count = |at: usize| bytes[at..at + 8].try_into().map(u64::from_le_bytes).map(|count| count as usize);
        let (customers, events) = (count(0)?, count(8)?);
        Ok(Plain { bytes, customers, events })
    }

    fn end(&self) -> usize {
        16 + self.customers * 8 + self.events * 10
    }

    fn verify(&self) -> anyhow::Result<()> {
        let (content, sums) = self.bytes.split_at(self.end());
        for (block, sum) in content.chunks(BLOCK_BYTES).zip(sums.chunks(4)) {
            ensure!(crc32c::crc32c(block).to_le_bytes() == sum, "a block does not match its checksum");
        }
        Ok(())
    }
}

impl Opened for Plain {
    fn columns(&self) -> (&[u64], &[i64], &[u16]) {
        let (offsets, rest) = self.bytes[16..self.end()].split_at(self.customers * 8);
        let (occurred_at, activity) = rest.split_at(self.events * 8);
        (bytemuck::cast_slice(offsets), bytemuck::cast_slice(occurred_at), bytemuck::cast_slice(activity))
    }
}

/// Columns of other lengths are other batches, and a file has one schema: customers and events are two files.
struct Ipc {
    offsets: ArrayRef,
    occurred_at: ArrayRef,
    activity: ArrayRef,
}

impl Ipc {
    fn write(journeys: &Journeys, path: &Path) -> anyhow::Result<()> {
        let offsets: ArrayRef = Arc::new(UInt64Array::from(journeys.offsets.clone()));
        let occurred_at: ArrayRef = Arc::new(Int64Array::from(journeys.occurred_at.clone()));
        let activity: ArrayRef = Arc::new(UInt16Array::from(journeys.activity.clone()));
        let customers = RecordBatch::try_from_iter([("offset", offsets)])?;
        let events = RecordBatch::try_from_iter([("occurred_at", occurred_at), ("activity", activity)])?;
        for (batch, part) in [(customers, "customers"), (events, "events")] {
            let mut writer = FileWriter::try_new(fs::File::create(path.with_extension(part))?, &batch.schema())?;
            writer.write(&batch)?;
            writer.finish()?;
        }
        Ok(())
    }

    fn open(path: &Path, read: fn(&Path) -> anyhow::Result<RecordBatch>) -> anyhow::Result<Ipc> {
        let customers = read(&path.with_extension("customers"))?;
        let events = read(&path.with_extension("events"))?;
        Ok(Ipc {
            offsets: customers.column(0).clone(),
            occurred_at: events.column(0).clone(),
            activity: events.column(1).clone(),
        })
    }
}

impl Opened for Ipc {
    fn columns(&self) -> (&[u64], &[i64], &[u16]) {
        fn values<T: ArrowPrimitiveType>(array: &ArrayRef) -> &[T::Native] {
            array.as_primitive::<T>().values()
        }
        (
            values::<UInt64Type>(&self.offsets),
            values::<Int64Type>(&self.occurred_at),
            values::<UInt16Type>(&self.activity),
        )
    }
}

/// Reads the first batch in place; an error where that would take a copy.
fn read_in_place(path: &Path) -> anyhow::Result<RecordBatch> {
    let buffer = Buffer::from(map(path)?);
    let trailer = buffer.len() - 10;
    let footer_len = read_footer_length(buffer[trailer..].try_into()?)?;
    let Ok(footer) = root_as_footer(&buffer[trailer - footer_len..trailer]) else { bail!("the footer cannot be read") };
    let schema = Arc::new(fb_to_schema(footer.schema().context("there is no schema")?));
    let decoder = FileDecoder::new(schema, footer.version()).with_require_alignment(true);
    let block = footer.recordBatches().context("there is no batch")?.get(0);
    let bytes = buffer
        .slice_with_length(block.offset() as usize, block.bodyLength() as usize + block.metaDataLength() as usize);
    decoder.read_record_batch(block, &bytes)?.context("there is no batch")
}

fn read_by_copy(path: &Path) -> anyhow::Result<RecordBatch> {
    Ok(FileReader::try_new(fs::File::open(path)?, None)?.next().context("there is no batch")??)
}

fn map(path: &Path) -> anyhow::Result<Bytes> {
    DiskFiles.map(path).with_context(|| format!("could not map {}", path.display()))
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    let dir = arguments.dir.join("layouts");
    fs::create_dir_all(&dir)?;
    let mut random = Random::new(11);
    let mut paths = Vec::new();
    let mut left = arguments.events;
    while left > 0 {
        let events = left.min(RANGE_EVENTS);
        let journeys = Journeys::draw(events, &mut random);
        let path = dir.join(paths.len().to_string());
        Plain::write(&journeys, &path)?;
        Ipc::write(&journeys, &path)?;
        paths.push(path);
        left -= events;
    }
    let bytes_of = |parts: &[&str]| -> anyhow::Result<u64> {
        let files = paths.iter().flat_map(|path| parts.iter().map(|part| path.with_extension(part)));
        files.map(|file| Ok(fs::metadata(file)?.len())).sum()
    };
    let (plain_bytes, ipc_bytes) = (bytes_of(&[""])?, bytes_of(&["customers", "events"])?);
    let boxed = |file| -> Box<dyn Opened> { Box::new(file) };
    let measured = json!({
        "events": arguments.events,
        "files": paths.len(),
        "plain, verified when first touched": measure(&paths, plain_bytes, |path| {
            let file = Plain::open(path)?;
            file.verify()?;
            Ok(Box::new(file))
        })?,
        "plain, not verified": measure(&paths, plain_bytes, |path| Ok(Box::new(Plain::open(path)?)))?,
        "Arrow IPC in place": measure(&paths, ipc_bytes, |path| Ipc::open(path, read_in_place).map(boxed))?,
        "Arrow IPC by copy": measure(&paths, ipc_bytes, |path| Ipc::open(path, read_by_copy).map(boxed))?,
    });
    fs::remove_dir_all(&dir)?;
    Ok(measured)
}

/// The files are in the page cache: what is measured is the layout, not the disk.
fn measure(
    paths: &[PathBuf],
    bytes: u64,
    open: impl Fn(&Path) -> anyhow::Result<Box<dyn Opened>>,
) -> anyhow::Result<Value> {
    let begun_at = Instant::now();
    let files = paths.iter().map(|path| open(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let open_ms = begun_at.elapsed().as_secs_f64() * 1_000.0;
    let mut times = Vec::new();
    let mut answers = Vec::new();
    for _ in 0..=WARM_RUNS {
        let begun_at = Instant::now();
        answers.push(ask(&files));
        times.push(begun_at.elapsed().as_secs_f64() * 1_000.0);
    }
    ensure!(answers.windows(2).all(|pair| pair[0] == pair[1]), "two runs gave two answers");
    let first_ms = times.remove(0);
    times.sort_unstable_by(f64::total_cmp);
    let pairs: u64 = answers[0].0.iter().sum();
    Ok(json!({
        "bytes": bytes, "open_ms": open_ms, "first_ms": first_ms, "median_ms": times[WARM_RUNS / 2], "pairs": pairs,
    }))
}
