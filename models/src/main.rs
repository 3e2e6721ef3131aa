//! Trains what the crate `text` ships, and judges it. `make models` runs it.

mod data;
mod encoder;
mod figures;
mod judge;
mod labels;
mod language;
mod placed;
mod regression;
mod report;
mod sentencepiece;
mod sentiment;
mod topics;

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use text::model::Model;

use data::Folders;
use sentiment::{Calibration, Kind, SHIPPED, corpus};

const USAGE: &str = "usage: models train OBTAINED KEPT FILE | models encoder OBTAINED KEPT FILE | models places OBTAINED KEPT FILE | models judge sentiment|places|language|topics|tweets|mistakes OBTAINED KEPT | models figures ROOT";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["judge", part, obtained, kept] => judge(part, &folders(obtained, kept)),
        ["figures", root] => {
            let root = PathBuf::from(root);
            figures::write(&root)?;
            figures::print(&root)
        }
        ["encoder", obtained, kept, file] => {
            let parts = encoder::parts(&folders(obtained, kept))?;
            std::fs::write(file, parts.write()).with_context(|| format!("writing {file}"))
        }
        ["places", obtained, kept, file] => {
            let model = placed::train(&folders(obtained, kept))?;
            std::fs::write(file, model.write()).with_context(|| format!("writing {file}"))
        }
        ["train", obtained, kept, file] => {
            let model = train(&folders(obtained, kept))?;
            std::fs::write(file, model.write()).with_context(|| format!("writing {file}"))
        }
        _ => bail!(USAGE),
    }
}

/// Prints how good a part is.
fn judge(part: &str, folders: &Folders) -> Result<()> {
    match part {
        "sentiment" => report::print_sentiment(folders),
        "places" => placed::print(folders),
        "language" => report::print_languages(folders),
        "topics" => topics::print(folders),
        "tweets" => labels::print_tweets(&folders.obtained, &folders.kept),
        "mistakes" => labels::print_mistakes(&folders.kept),
        _ => bail!(USAGE),
    }
}

fn folders(obtained: &str, kept: &str) -> Folders {
    Folders { obtained: PathBuf::from(obtained), kept: PathBuf::from(kept) }
}

/// Everything that is shipped, from all lessons; the folds only calibrate.
fn train(folders: &Folders) -> Result<Model> {
    let samples = language::samples(folders)?;
    let mut heads = language::heads(&language::fit_lines(&samples, |_| false));
    for name in ["es", "en"] {
        let corpus = corpus(folders, name, SHIPPED.lexicon_scale)?;
        let calibration = calibration_of(&corpus, &corpus.out_of_fold(&SHIPPED));
        heads.push(corpus.head(&corpus.fit(&SHIPPED, |_| false), SHIPPED.lexicon_scale, calibration));
    }
    Ok(Model { heads })
}

/// The calibration by what was said of sentences in folds that a line had not seen.
fn calibration_of(corpus: &sentiment::Corpus, odds: &[f64]) -> Calibration {
    let judged: Vec<(f64, bool)> = corpus
        .lessons
        .iter()
        .zip(odds)
        .filter(|(lesson, _)| lesson.kind == Kind::Sentence)
        .map(|(lesson, odds)| (*odds, lesson.target == 1.0))
        .collect();
    Calibration::of(&judged)
}
