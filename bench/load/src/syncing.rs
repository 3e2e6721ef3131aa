//! What the disk allows: records appended to a file, each on the disk before the next is written.

use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};

use crate::quantiles::Durations;
use crate::random::Random;

#[derive(Debug, Args)]
pub struct Arguments {
    /// On the file system to measure; the file is removed.
    #[arg(long)]
    dir: PathBuf,
    #[arg(long)]
    record_bytes: usize,
    #[arg(long)]
    seconds: u64,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    let path = arguments.dir.join("syncing");
    let mut random = Random::new(3);
    let record: Vec<u8> = (0..arguments.record_bytes).map(|_| random.bits() as u8).collect();
    let mut file = File::create(&path).with_context(|| format!("could not create {}", path.display()))?;
    let mut durations = Durations::default();
    let mut count = 0;
    let begun_at = Instant::now();
    while begun_at.elapsed() < Duration::from_secs(arguments.seconds) {
        let record_at = Instant::now();
        file.write_all(&record).context("could not write")?;
        file.sync_data().context("could not sync")?;
        durations.record(record_at.elapsed());
        count += 1;
    }
    let per_second = f64::from(count) / begun_at.elapsed().as_secs_f64();
    fs::remove_file(&path).with_context(|| format!("could not remove {}", path.display()))?;
    Ok(json!({
        "record_bytes": arguments.record_bytes,
        "records_per_second": per_second,
        "bytes_per_second": per_second * arguments.record_bytes as f64,
        "latency": durations.summarize(),
    }))
}
