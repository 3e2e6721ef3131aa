//! How many comments one thread reads in a second, and two: comments are the lines of a file.

use std::hint::black_box;
use std::time::Instant;

use text::Analyzer;

const ROUNDS: usize = 10;

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: pace FILE")?;
    let content = std::fs::read_to_string(path)?;
    let comments: Vec<&str> = content.lines().filter(|line| !line.is_empty()).collect();
    let bytes: usize = comments.iter().map(|comment| comment.len()).sum();
    let analyzer = Analyzer::shipped();
    for threads in [1, 2] {
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    for comment in comments.iter().cycle().take(comments.len() * ROUNDS) {
                        black_box(analyzer.analyse(black_box(comment)));
                    }
                });
            }
        });
        let count = threads * comments.len() * ROUNDS;
        let pace = count as f64 / start.elapsed().as_secs_f64();
        println!("{threads} threads: {pace:.0} comments of {} bytes a second", bytes / comments.len().max(1));
    }
    Ok(())
}
