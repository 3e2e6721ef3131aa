//! The sentiment of the tier `encoder`: the place of a comment beside what its words and letters say.
//!
//! One line for both languages over the 512 coordinates, with the n-gram tier's log-odds and a constant for each language as
//! further features. What the n-gram tier said of a lesson was said by a line that had not seen its fold.

use anyhow::{Context, Result};
use text::model::{Head, Model};
use text::{DIMENSIONS, Embedding, Encoder, NEUTRAL_BELOW};

use crate::calibration_of;
use crate::data::{FOLDS, Folders, labelled};
use crate::judge::{accuracy, calibration_error, interval, line, macro_f1};
use crate::regression::{Example, Line, fit, probability};
use crate::sentiment::{
    Calibration, Corpus, Kind, PRAISE_FOR_EACH_BLAME, SHIPPED, corpus, expected_praise, rounded, target_of,
};

const LANGUAGES: [&str; 2] = ["es", "en"];

/// What a line sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Places only, each class counting alike: what is usually done with an encoder.
    Places,
    /// Places beside the n-gram tier.
    Both,
}

/// Chosen by the folds, among steps of a factor of two or three.
const PENALTY: f64 = 0.5;
const PLAIN_PENALTY: f64 = 1.0;

/// How much sentences count that praise and blame, or do neither; and requests.
const NEUTRAL: f64 = 0.1;
const REQUESTS: f64 = 0.5;

/// The column after the coordinates: what n-grams say in each language; then a constant for each language.
const OF_NGRAMS: u32 = DIMENSIONS as u32;
const OF_LANGUAGE: u32 = OF_NGRAMS + 2;

/// A lesson with its place.
struct Placed {
    language: usize,
    domain: String,
    fold: u64,
    kind: Kind,
    target: f64,
    /// Calibrated log-odds of the n-gram tier, out of fold.
    ngrams: f64,
    features: Vec<(u32, f32)>,
}

/// All lessons of both languages but expressions and screens.
struct Lessons {
    list: Vec<Placed>,
}

impl Lessons {
    fn read(folders: &Folders) -> Result<Lessons> {
        let mut list = Vec::new();
        for (language, name) in LANGUAGES.into_iter().enumerate() {
            let corpus = corpus(folders, name, SHIPPED.lexicon_scale)?;
            let odds = corpus.out_of_fold(&SHIPPED);
            let calibration = calibration_of(&corpus, &odds);
            list.extend(placed(&corpus, language, &odds, calibration));
        }
        Ok(Lessons { list })
    }

    fn fit(&self, sight: Sight, penalty: f64, is_left_out: impl Fn(&Placed) -> bool) -> Line {
        let lessons: Vec<&Placed> = self.list.iter().filter(|lesson| !is_left_out(lesson)).collect();
        let count = |language: usize, target: f64| {
            let is_one = |it: &&&Placed| it.kind == Kind::Sentence && it.target == target && it.language == language;
            lessons.iter().filter(is_one).count() as f64
        };
        let balance = if sight == Sight::Both { SHIPPED.balance } else { 1.0 };
        let classes: Vec<[f64; 2]> = (0..LANGUAGES.len())
            .map(|language| {
                let (bad, good) = (count(language, 0.0), count(language, 1.0));
                [bad, good].map(|share| ((bad + good) / (2.0 * share)).powf(balance))
            })
            .collect();
        let weight = |lesson: &Placed| match (lesson.kind, sight) {
            (Kind::Sentence, _) => classes[lesson.language][lesson.target as usize],
            (_, Sight::Places) => 0.0,
            (Kind::Request, Sight::Both) => REQUESTS,
            _ => NEUTRAL,
        };
        let examples: Vec<Example> = lessons
            .iter()
            .map(|lesson| Example { target: lesson.target, weight: weight(lesson), features: seen(lesson, sight) })
            .filter(|example| example.weight > 0.0)
            .collect();
        fit(&examples, penalty)
    }

    fn out_of_fold(&self, sight: Sight, penalty: f64) -> Vec<f64> {
        let lines: Vec<Line> = (0..FOLDS).map(|fold| self.fit(sight, penalty, |lesson| lesson.fold == fold)).collect();
        self.list.iter().map(|lesson| lines[lesson.fold as usize].log_odds(seen(lesson, sight))).collect()
    }

    /// The calibration of a language, by sentences in folds that a line had not seen.
    fn calibration(&self, language: usize, odds: &[f64]) -> Calibration {
        let is_judged = |lesson: &Placed| lesson.language == language && lesson.kind == Kind::Sentence;
        let judged = self.list.iter().zip(odds).filter(|(lesson, _)| is_judged(lesson));
        Calibration::of(&judged.map(|(lesson, odds)| (*odds, lesson.target == 1.0)).collect::<Vec<_>>())
    }
}

fn seen(lesson: &Placed, sight: Sight) -> &[(u32, f32)] {
    if sight == Sight::Both { &lesson.features } else { &lesson.features[..DIMENSIONS] }
}

fn placed(corpus: &Corpus, language: usize, odds: &[f64], calibration: Calibration) -> Vec<Placed> {
    let is_wanted = |kind: Kind, domain: &str| kind != Kind::Expression && domain != "screens";
    let wanted: Vec<_> =
        corpus.lessons.iter().zip(odds).filter(|(lesson, _)| is_wanted(lesson.kind, &lesson.source.domain)).collect();
    let texts: Vec<&str> = wanted.iter().map(|(lesson, _)| lesson.source.text.as_str()).collect();
    let places = Encoder::shipped().embed(&texts);
    let lesson = |((lesson, odds), place): (&(&crate::sentiment::Lesson, &f64), &Embedding)| {
        let ngrams = calibration.apply(**odds);
        Placed {
            language,
            domain: lesson.source.domain.clone(),
            fold: lesson.source.fold,
            kind: lesson.kind,
            target: lesson.target,
            ngrams,
            features: features(place, language, ngrams),
        }
    };
    wanted.iter().zip(&places).map(lesson).collect()
}

fn features(place: &Embedding, language: usize, ngrams: f64) -> Vec<(u32, f32)> {
    let of_language = language as u32;
    (0..)
        .zip(place.iter().copied())
        .chain([(OF_NGRAMS + of_language, ngrams as f32), (OF_LANGUAGE + of_language, 1.0)])
        .collect()
}

/// The heads that are shipped. What a place gives is told in units of the n-gram tier's log-odds, and the slope turns their sum into the
/// log-odds of this tier.
pub fn train(folders: &Folders) -> Result<Model> {
    let lessons = Lessons::read(folders)?;
    let fitted = lessons.fit(Sight::Both, PENALTY, |_| false);
    let odds = lessons.out_of_fold(Sight::Both, PENALTY);
    let heads = LANGUAGES.into_iter().enumerate().map(|(language, name)| {
        let calibration = lessons.calibration(language, &odds);
        let weight = |column: u32| fitted.weights.get(&column).copied();
        let of_ngrams = weight(OF_NGRAMS + language as u32).context("n-grams have no weight")?;
        let constant = fitted.bias + weight(OF_LANGUAGE + language as u32).unwrap_or(0.0) + calibration.shift;
        let weights: Vec<f64> =
            (0..DIMENSIONS as u32).map(|column| weight(column).unwrap_or(0.0) / of_ngrams).collect();
        let slope = (calibration.slope * of_ngrams) as f32;
        Ok(rounded(&format!("feel_{name}"), PLACE_BITS, constant / of_ngrams, slope, &weights))
    });
    Ok(Model { heads: heads.collect::<Result<Vec<Head>>>()? })
}

/// 2^9 coordinates.
const PLACE_BITS: u8 = 9;

/// What was right, and the log-odds of the n-gram tier, of places alone and of both.
#[derive(Clone, Copy)]
struct Judged {
    right: usize,
    ngrams: f64,
    plain: f64,
    both: f64,
}

/// Which of them is meant.
type Pick = fn(&Judged) -> f64;

/// Prints how well praise and blame are told apart by places, beside the n-gram tier.
#[expect(clippy::print_stdout, reason = "figures are its product")]
pub fn print(folders: &Folders) -> Result<()> {
    let lessons = Lessons::read(folders)?;
    let plain = lessons.out_of_fold(Sight::Places, PLAIN_PENALTY);
    let both = lessons.out_of_fold(Sight::Both, PENALTY);
    for (language, name) in LANGUAGES.into_iter().enumerate() {
        let calibration = lessons.calibration(language, &both);
        println!("encoder {name}: slope {:.3}, shift {:.3}", calibration.slope, calibration.shift);
        for domain in ["hotels", "reviews"] {
            let of_domain = |it: &Placed| it.language == language && it.domain == domain && it.kind == Kind::Sentence;
            let judged: Vec<Judged> = lessons
                .list
                .iter()
                .zip(plain.iter().zip(&both))
                .filter(|(lesson, _)| of_domain(lesson))
                .map(|(lesson, (plain, both))| Judged {
                    right: lesson.target as usize,
                    ngrams: lesson.ngrams,
                    plain: *plain,
                    both: calibration.apply(*both),
                })
                .collect();
            if !judged.is_empty() {
                print_domain(&format!("{name} {domain}"), &judged);
            }
        }
        print_three_classes(&lessons, language, &both, calibration);
    }
    print_elsewhere(folders, &lessons)
}

fn answers(judged: &[Judged], pick: Pick) -> Vec<(usize, usize)> {
    judged.iter().map(|one| (one.right, usize::from(pick(one) > 0.0))).collect()
}

#[expect(clippy::print_stdout, reason = "figures are its product")]
fn print_domain(name: &str, judged: &[Judged]) {
    println!("  {name} ngrams  {}", line(&answers(judged, |one| one.ngrams)));
    println!("  {name} places  {}", line(&answers(judged, |one| one.plain)));
    println!("  {name} both    {}", line(&answers(judged, |one| one.both)));
    let others: [(&str, Pick); 2] = [("ngrams", |one| one.ngrams), ("places", |one| one.plain)];
    for (other, pick) in others {
        for (figure_name, figure) in [("accuracy", accuracy as fn(&[(usize, usize)]) -> f64), ("macro-F1", macro_f1)] {
            let gain = |some: &[Judged]| figure(&answers(some, |one| one.both)) - figure(&answers(some, pick));
            let (low, high) = interval(judged, gain);
            println!("  {name} gain over {other} in {figure_name} {:+.3} ({low:+.3} to {high:+.3})", gain(judged));
        }
    }
    let good = judged.iter().filter(|one| one.right == 1).count() as f64;
    let weight = |one: &Judged| match one.right {
        1 => PRAISE_FOR_EACH_BLAME / good,
        _ => 1.0 / (judged.len() as f64 - good),
    };
    let said: Vec<(f64, bool, f64)> =
        judged.iter().map(|one| (probability(one.both), one.right == 1, weight(one))).collect();
    println!("  {name} calibration error, praise twice as frequent, {:.3}", calibration_error(&said));
}

/// Praise, blame and neither, and how many requests are neutral.
#[expect(clippy::print_stdout, reason = "figures are its product")]
fn print_three_classes(lessons: &Lessons, language: usize, odds: &[f64], calibration: Calibration) {
    let class = |odds: f64| match (odds / 2.0).tanh() {
        score if score.abs() < f64::from(NEUTRAL_BELOW) => 1,
        score if score > 0.0 => 2,
        _ => 0,
    };
    let of_language = || lessons.list.iter().zip(odds).filter(move |(lesson, _)| lesson.language == language);
    for (name, by_places) in [("ngrams", false), ("both", true)] {
        let class_of =
            |lesson: &Placed, odds: f64| class(if by_places { calibration.apply(odds) } else { lesson.ngrams });
        let answers: Vec<(usize, usize)> = of_language()
            .filter(|(lesson, _)| lesson.kind != Kind::Request && lesson.domain == "hotels")
            .map(|(lesson, odds)| ((lesson.target * 2.0) as usize, class_of(lesson, *odds)))
            .collect();
        println!("  three classes, hotels, {name}: {}", line(&answers));
        let requests = of_language().filter(|(lesson, _)| lesson.kind == Kind::Request);
        let said: Vec<usize> = requests.map(|(lesson, odds)| class_of(lesson, *odds)).collect();
        let neutral = said.iter().filter(|class| **class == 1).count();
        println!("  requests, {name}: {neutral} of {} are neutral", said.len());
    }
}

/// Tweets to airlines, of which nothing was learned.
fn print_elsewhere(folders: &Folders, lessons: &Lessons) -> Result<()> {
    const ENGLISH: usize = 1;
    let tweets = labelled(&folders.obtained.join("tweets.en.tsv"), "airlines")?;
    let (texts, rights): (Vec<&str>, Vec<usize>) = tweets
        .iter()
        .filter_map(|tweet| match target_of(&tweet.label)? {
            (Kind::Sentence, target) => Some((tweet.text.as_str(), target as usize)),
            _ => None,
        })
        .unzip();
    let calibration = lessons.calibration(ENGLISH, &lessons.out_of_fold(Sight::Both, PENALTY));
    let plain = lessons.fit(Sight::Places, PLAIN_PENALTY, |_| false);
    let both = lessons.fit(Sight::Both, PENALTY, |_| false);
    let ngrams = expected_praise(folders, "en", &texts)?;
    let judged: Vec<Judged> = Encoder::shipped()
        .embed(&texts)
        .iter()
        .zip(rights.iter().zip(&ngrams))
        .map(|(place, (right, ngrams))| {
            let features = features(place, ENGLISH, *ngrams);
            Judged {
                right: *right,
                ngrams: *ngrams,
                plain: plain.log_odds(&features[..DIMENSIONS]),
                both: calibration.apply(both.log_odds(&features)),
            }
        })
        .collect();
    print_domain("airline tweets, never learned from,", &judged);
    Ok(())
}
