//! How many comments one thread reads in a second, and two, and how many places it finds: comments are the lines of a file.
//! Prints JSON.

use std::hint::black_box;
use std::time::Instant;

use text::{Analyzer, Encoder};

const ROUNDS: usize = 10;

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: pace FILE")?;
    let content = std::fs::read_to_string(path)?;
    let comments: Vec<&str> = content.lines().filter(|line| !line.is_empty()).collect();
    let bytes: usize = comments.iter().map(|comment| comment.len()).sum();
    let analyzer = Analyzer::shipped();
    let start = Instant::now();
    let encoder = Encoder::shipped();
    let started = start.elapsed().as_secs_f64();
    let mut paces = serde_json::Map::new();
    for threads in [1, 2] {
        let read = pace(threads, || {
            for comment in comments.iter().cycle().take(comments.len() * ROUNDS) {
                black_box(analyzer.analyse(black_box(comment)));
            }
        });
        let embedded = pace(threads, || {
            black_box(encoder.embed(black_box(&comments)));
        });
        let of = |rounds: usize, seconds: f64| ((threads * rounds * comments.len()) as f64 / seconds).round();
        let paces_of_threads = serde_json::json!({ "analysed": of(ROUNDS, read), "embedded": of(1, embedded) });
        paces.insert(format!("threads_{threads}"), paces_of_threads);
    }
    let about = serde_json::json!({
        "comments": comments.len(),
        "bytes_of_a_comment": bytes / comments.len().max(1),
        "encoder_started_seconds": (started * 1_000.0).round() / 1_000.0,
        "comments_per_second": paces,
    });
    println!("{}", serde_json::to_string_pretty(&about)?);
    Ok(())
}

/// The seconds that so many threads take, each of which does the same.
fn pace(threads: usize, work: impl Fn() + Sync) -> f64 {
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(&work);
        }
    });
    start.elapsed().as_secs_f64()
}
