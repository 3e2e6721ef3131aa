//! Prints the themes of comments and how long they took to find: comments are the lines of a file, repeated with a number until there
//! are as many as asked for.

use std::time::Instant;

use text::discovery::{PlacedComment, discover};
use text::{Analyzer, Encoder};

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: themes FILE [COMMENTS]")?;
    let content = std::fs::read_to_string(path)?;
    let lines: Vec<&str> = content.lines().filter(|line| !line.is_empty()).collect();
    let wanted = arguments.next().map_or(Ok(lines.len()), |count| count.parse())?;
    let places = Encoder::shipped().embed(&lines);
    let analyzer = Analyzer::shipped();
    let languages: Vec<_> = lines.iter().map(|line| analyzer.analyse(line).language).collect();
    let texts: Vec<String> =
        (0..wanted).map(|number| format!("{} {}", lines[number % lines.len()], number / lines.len())).collect();
    let comment = |(number, text): (usize, &'static str)| PlacedComment {
        text,
        language: languages[number % lines.len()],
        place: &places[number % lines.len()],
    };
    let texts: &'static [String] = texts.leak();
    let comments: Vec<PlacedComment> = texts.iter().map(String::as_str).enumerate().map(comment).collect();
    let start = Instant::now();
    let discovery = discover(&comments, &[]);
    println!("{} comments in {:.1} s", comments.len(), start.elapsed().as_secs_f64());
    for theme in &discovery.themes {
        println!("{} {} {:?}", theme.comments, theme.name, theme.phrases);
    }
    Ok(())
}
