//! How many comments are read in a second, and how many are placed by the encoder, with one thread and with two.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::Args;
use serde_json::{Map, Value, json};
use text::{Analyzer, Encoder};

#[derive(Debug, Args)]
pub struct Arguments {
    /// A file with a comment on each line.
    #[arg(long)]
    comments: PathBuf,
    /// Each measurement goes on for so long, and to the end of the file.
    #[arg(long)]
    seconds: u64,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    let path = &arguments.comments;
    let content = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let comments: Vec<&str> = content.lines().filter(|line| !line.is_empty()).collect();
    ensure!(!comments.is_empty(), "there must be a comment");
    let bytes: usize = comments.iter().map(|comment| comment.len()).sum();
    let length = Duration::from_secs(arguments.seconds);
    let analyzer = Analyzer::shipped();
    let begun_at = Instant::now();
    let encoder = Encoder::shipped();
    black_box(encoder.embed(&comments[..1]));
    let encoder_start_ms = begun_at.elapsed().as_secs_f64() * 1000.0;
    let read = || {
        for comment in &comments {
            black_box(analyzer.analyse(black_box(comment)));
        }
    };
    let place = || drop(black_box(encoder.embed(black_box(&comments))));
    let mut paces = Map::new();
    for threads in [1, 2] {
        let per_second = |work: &(dyn Fn() + Sync)| rounds_per_second(threads, length, work) * comments.len() as f64;
        paces.insert(threads.to_string(), json!({"read": per_second(&read), "placed": per_second(&place)}));
    }
    Ok(json!({
        "comments": comments.len(),
        "bytes_of_a_comment": bytes as f64 / comments.len() as f64,
        "encoder_start_ms": encoder_start_ms,
        "per_second": paces,
    }))
}

/// Each thread does the same, again and again.
fn rounds_per_second(threads: usize, length: Duration, work: &(dyn Fn() + Sync)) -> f64 {
    let begun_at = Instant::now();
    let rounds_of_one = || {
        let mut rounds = 0_u32;
        while begun_at.elapsed() < length {
            work();
            rounds += 1;
        }
        f64::from(rounds) / begun_at.elapsed().as_secs_f64()
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(rounds_of_one)).collect();
        running.into_iter().map(|thread| thread.join().unwrap_or_default()).sum()
    })
}
