//! How fast the processor reads memory in order, which no question over columns can outdo.

use std::hint::black_box;
use std::time::Instant;

use anyhow::ensure;
use clap::Args;
use serde_json::{Value, json};

#[derive(Debug, Args)]
pub struct Arguments {
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Of all threads together; much more than any cache holds.
    #[arg(long, default_value_t = 1 << 30)]
    bytes: usize,
}

const ROUNDS: usize = 8;

/// Adds up all words, several at a time, so that adding is not what it waits for.
fn add_up(words: &[u64]) -> u64 {
    let mut sums = [0_u64; 16];
    for chunk in words.chunks_exact(sums.len()) {
        for (sum, word) in sums.iter_mut().zip(chunk) {
            *sum = sum.wrapping_add(*word);
        }
    }
    sums.iter().fold(0, |total, sum| total.wrapping_add(*sum))
}

pub fn run(arguments: &Arguments) -> anyhow::Result<Value> {
    ensure!(arguments.threads > 0 && arguments.bytes >= 1 << 20, "at least one thread and a MiB are needed");
    let each = arguments.bytes / 8 / arguments.threads;
    // Every thread reads what it wrote, as a machine with several memories would have it.
    let rates: Vec<Vec<f64>> = std::thread::scope(|scope| {
        let read = || {
            let words: Vec<u64> = (0..each as u64).collect();
            let mut seconds = Vec::with_capacity(ROUNDS);
            for _ in 0..ROUNDS {
                let begun_at = Instant::now();
                black_box(add_up(black_box(&words)));
                seconds.push((each * 8) as f64 / begun_at.elapsed().as_secs_f64());
            }
            seconds
        };
        let readers: Vec<_> = (0..arguments.threads).map(|_| scope.spawn(read)).collect();
        readers.into_iter().filter_map(|reader| reader.join().ok()).collect()
    });
    ensure!(rates.len() == arguments.threads, "a thread ended before it had read");
    let together = (0..ROUNDS).map(|round| rates.iter().map(|own| own[round]).sum());
    let best = together.fold(0.0, f64::max);
    Ok(json!({"threads": arguments.threads, "bytes": each * 8 * arguments.threads, "bytes_per_second": best}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read() {
        let words: Vec<u64> = (0..160).collect();
        assert_eq!(add_up(&words), 159 * 160 / 2);
    }
}
