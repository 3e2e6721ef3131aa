//! The figures of the model cards, printed.

use anyhow::Result;

use crate::calibration_of;
use crate::data::{Folders, Reader, labelled};
use crate::judge::{calibration_error, interval, line, macro_f1};
use crate::language::{Sample, fit_lines, fold_lines, label_number, questions, said, samples};
use crate::regression::probability;
use crate::sentiment::{BITS, Calibration, Corpus, Kind, PLAIN, PRAISE_FOR_EACH_BLAME, SHIPPED, corpus, target_of};
use text::NEUTRAL_BELOW;

/// The lead that the crate asks of other languages.
const SHIPPED_LEAD: f64 = text::LEAD_OF_OTHERS as f64;

/// Prints how well praise and blame are told apart.
#[expect(clippy::print_stdout, reason = "figures are its product")]
pub fn print_sentiment(folders: &Folders) -> Result<()> {
    for (name, domains) in [("es", &["hotels"][..]), ("en", &["hotels", "reviews"][..])] {
        let corpus = corpus(folders, name, SHIPPED.lexicon_scale)?;
        let plain = corpus.out_of_fold(&PLAIN);
        let shipped = corpus.out_of_fold(&SHIPPED);
        let calibration = calibration_of(&corpus, &shipped);
        let calibrated: Vec<f64> = shipped.iter().map(|odds| calibration.apply(*odds)).collect();
        println!("sentiment {name}: slope {:.3}, shift {:.3}", calibration.slope, calibration.shift);
        for domain in domains {
            print_domain(&corpus, domain, &plain, &calibrated);
        }
        print_three_classes(&corpus, &calibrated);
        let scores = corpus.lessons.iter().zip(&calibrated).filter(|(lesson, _)| lesson.kind == Kind::Request);
        let requests: Vec<bool> =
            scores.map(|(_, odds)| (odds / 2.0).tanh().abs() < f64::from(NEUTRAL_BELOW)).collect();
        let neutral = requests.iter().filter(|is_neutral| **is_neutral).count();
        println!("  requests: {neutral} of {} are neutral", requests.len());
        if name == "en" {
            print_elsewhere(folders, &corpus, calibration)?;
        }
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "figures are its product")]
fn print_domain(corpus: &Corpus, domain: &str, plain: &[f64], shipped: &[f64]) {
    let judged: Vec<(usize, f64, f64)> = corpus
        .lessons
        .iter()
        .zip(plain.iter().zip(shipped))
        .filter(|(lesson, _)| lesson.kind == Kind::Sentence && lesson.source.domain == domain)
        .map(|(lesson, (plain, shipped))| (lesson.target as usize, *plain, *shipped))
        .collect();
    let answers = |pick: fn(&(usize, f64, f64)) -> f64, judged: &[(usize, f64, f64)]| -> Vec<(usize, usize)> {
        judged.iter().map(|one| (one.0, usize::from(pick(one) > 0.0))).collect()
    };
    println!("  {domain:8} plain    {}", line(&answers(|one| one.1, &judged)));
    println!("  {domain:8} shipped  {}", line(&answers(|one| one.2, &judged)));
    let gain = |judged: &[(usize, f64, f64)]| {
        macro_f1(&answers(|one| one.2, judged)) - macro_f1(&answers(|one| one.1, judged))
    };
    let (low, high) = interval(&judged, gain);
    println!("  {domain:8} gain in macro-F1 {:+.3} ({low:+.3} to {high:+.3})", gain(&judged));
    let good = judged.iter().filter(|one| one.0 == 1).count() as f64;
    let bad = judged.len() as f64 - good;
    let said: Vec<(f64, bool, f64)> = judged
        .iter()
        .map(|one| (probability(one.2), one.0 == 1, if one.0 == 1 { PRAISE_FOR_EACH_BLAME / good } else { 1.0 / bad }))
        .collect();
    println!("  {domain:8} calibration error, praise twice as frequent, {:.3}", calibration_error(&said));
}

/// Praise, blame, and neither: sentences that are mixed or without opinion.
#[expect(clippy::print_stdout, reason = "figures are its product")]
fn print_three_classes(corpus: &Corpus, odds: &[f64]) {
    for band in [0.1, 0.2, 0.3, 0.4, 0.5, 0.6] {
        let class = |odds: f64| match (odds / 2.0).tanh() {
            score if score.abs() < band => 1,
            score if score > 0.0 => 2,
            _ => 0,
        };
        let answers: Vec<(usize, usize)> = corpus
            .lessons
            .iter()
            .zip(odds)
            .filter(|(lesson, _)| {
                !matches!(lesson.kind, Kind::Expression | Kind::Request) && lesson.source.domain == "hotels"
            })
            .map(|(lesson, odds)| ((lesson.target * 2.0) as usize, class(*odds)))
            .collect();
        println!("  three classes, neutral under {band}: {}", line(&answers));
    }
}

/// Tweets to airlines, of which nothing was learned.
#[expect(clippy::print_stdout, reason = "figures are its product")]
fn print_elsewhere(folders: &Folders, corpus: &Corpus, calibration: Calibration) -> Result<()> {
    for (name, recipe) in [("plain", PLAIN), ("shipped", SHIPPED)] {
        let fitted = corpus.fit(&recipe, |_| false);
        let mut reader = Reader::new(BITS, &corpus.lexicons, SHIPPED.lexicon_scale);
        let tweets = labelled(&folders.obtained.join("tweets.en.tsv"), "airlines")?;
        let answers: Vec<(usize, usize)> = tweets
            .iter()
            .filter_map(|tweet| Some((target_of(&tweet.label)?, tweet)))
            .filter(|((kind, _), _)| *kind == Kind::Sentence)
            .map(|((_, target), tweet)| {
                let odds = fitted.log_odds(&reader.read(&tweet.text));
                let odds = if recipe.lexicon_scale > 0.0 { calibration.apply(odds) } else { odds };
                (target as usize, usize::from(odds > 0.0))
            })
            .collect();
        println!("  airline tweets, never learned from, {name}: {}", line(&answers));
    }
    Ok(())
}

/// Prints how well languages are told apart.
#[expect(clippy::print_stdout, reason = "figures are its product")]
pub fn print_languages(folders: &Folders) -> Result<()> {
    let samples = samples(folders)?;
    let of_folds = fold_lines(&samples);
    let all = fit_lines(&samples, |_| false);
    let questions = questions(folders)?;
    for (name, lead) in [("lead 0", 0.0), ("as shipped", SHIPPED_LEAD), ("of two", f64::INFINITY)] {
        for domain in ["hotels", "reviews", "screens", "declaration", "words"] {
            let answers: Vec<(usize, usize)> = samples
                .iter()
                .filter(|sample| sample.source.domain == domain && (domain == "words" || has_two_words(sample)))
                .map(|sample| {
                    (label_number(&sample.source.label), said(&of_folds[sample.source.fold as usize], sample, lead))
                })
                .filter(|(right, _)| *right < 2 || lead.is_finite())
                .collect();
            println!("language {name}, {domain:12} {}", line(&answers));
        }
        let answers: Vec<(usize, usize)> = questions
            .iter()
            .filter(|sample| has_two_words(sample))
            .map(|sample| (label_number(&sample.source.label), said(&all, sample, lead)))
            .collect();
        println!("language {name}, questions, never learned from, {}", line(&answers));
    }
    Ok(())
}

fn has_two_words(sample: &Sample) -> bool {
    sample.source.text.split_whitespace().count() > 1
}
