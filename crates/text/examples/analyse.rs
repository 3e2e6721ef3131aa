//! Reads comments from the arguments and prints what is known of them.

use text::Analyzer;

#[expect(clippy::print_stdout, reason = "an example prints")]
fn main() -> Result<(), serde_json::Error> {
    let analyzer = Analyzer::shipped();
    for comment in std::env::args().skip(1) {
        println!("{}", serde_json::to_string(&analyzer.analyse(&comment))?);
    }
    Ok(())
}
