//! The sentiment of each language: what is learned from, folds, the choice of nothing by looking at what is judged.

use std::path::Path;

use anyhow::Result;
use text::features::word_hash;
use text::model::{Head, place_of};

use crate::calibration_of;
use crate::data::{
    FOLDS, Folders, Labelled, Lexicon, Reader, fold_of, labelled, lexicon, lexicon_column, own_lexicon, rows,
};
use crate::regression::{Example, Line, fit};

pub const BITS: u8 = 18;

/// How a line is fitted. The figures were chosen by the folds of training and development parts.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    pub penalty: f64,
    /// How strongly lexicons speak before anything is learned; 0 leaves them out.
    pub lexicon_scale: f32,
    /// How much an opinion's expression counts beside a whole sentence.
    pub expressions: f64,
    /// How much a sentence without opinion counts.
    pub neutral: f64,
    /// How much a request counts, which has no opinion either.
    pub requests: f64,
    /// 0 leaves classes as frequent as they are, 1 makes them count alike.
    pub balance: f64,
}

/// Word and letter runs alone, each class counting alike: what a usual classifier does.
pub const PLAIN: Recipe =
    Recipe { penalty: 0.2, lexicon_scale: 0.0, expressions: 0.0, neutral: 0.0, requests: 0.0, balance: 1.0 };

/// What is shipped.
pub const SHIPPED: Recipe =
    Recipe { penalty: 0.15, lexicon_scale: 1.0, expressions: 0.5, neutral: 0.1, requests: 1.0, balance: 0.7 };

/// A text for learning.
pub struct Lesson {
    pub source: Labelled,
    pub kind: Kind,
    /// 1 good, 0 bad, 0.5 neither.
    pub target: f64,
    pub features: Vec<(u32, f32)>,
}

/// What a text is learned as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A sentence with a judgement; only these are judged.
    Sentence,
    /// The few words of an opinion.
    Expression,
    /// A sentence that praises and blames.
    Mixed,
    /// A sentence without a judgement.
    Neutral,
    /// What customers ask or tell without judging.
    Request,
}

/// What there is in one language.
pub struct Corpus {
    pub language: &'static str,
    pub lessons: Vec<Lesson>,
    pub lexicons: Vec<Lexicon>,
}

pub fn target_of(label: &str) -> Option<(Kind, f64)> {
    match label {
        "pos" | "strpos" | "Positive" => Some((Kind::Sentence, 1.0)),
        "neg" | "strneg" | "Negative" => Some((Kind::Sentence, 0.0)),
        "mixed" => Some((Kind::Mixed, 0.5)),
        "none" => Some((Kind::Neutral, 0.5)),
        "request" => Some((Kind::Request, 0.5)),
        _ => None,
    }
}

/// Reads all that is learned from in a language.
pub fn corpus(folders: &Folders, language: &'static str, lexicon_scale: f32) -> Result<Corpus> {
    let kept = |name: &str| folders.kept.join(name);
    let mut texts = labelled(&kept(&format!("opener/sentences.{language}.tsv")), "hotels")?;
    let mut lexicons = vec![own_lexicon(&kept(&format!("lexicon/experience.{language}.tsv")))?];
    let mut expressions = Vec::new();
    match language {
        "es" => {
            texts.extend(labelled(&kept("opener/without_opinion.es.tsv"), "hotels")?);
            expressions = opinions(&kept("opener/aspects.es.tsv"))?;
            lexicons.push(lexicon(&folders.obtained.join("afinn.es.tsv"))?);
            lexicons.push(lexicon(&folders.obtained.join("short.es.tsv"))?);
        }
        _ => {
            let reviews = labelled(&folders.obtained.join("reviews.en.tsv"), "reviews")?;
            texts.extend(reviews.into_iter().map(|text| Labelled { domain: "reviews".to_owned(), ..text }));
            lexicons.push(lexicon(&folders.obtained.join("afinn.en.tsv"))?);
            lexicons.push(lexicon(&folders.obtained.join("vader.en.tsv"))?);
        }
    }
    texts.extend(screens(folders, language)?);
    let requests = std::fs::read_to_string(kept(&format!("requests/requests.{language}.txt")))?;
    texts.extend(requests.lines().map(|line| Labelled::new("request", "requests", line)));
    let mut reader = Reader::new(BITS, &lexicons, lexicon_scale);
    let mut lesson = |source: Labelled, expression: bool| {
        let (kind, target) = target_of(&source.label)?;
        let features = reader.read(&source.text);
        Some(Lesson { source, kind: if expression { Kind::Expression } else { kind }, target, features })
    };
    let mut lessons: Vec<Lesson> = texts.into_iter().filter_map(|text| lesson(text, false)).collect();
    lessons.extend(expressions.into_iter().filter_map(|text| lesson(text, true)));
    Ok(Corpus { language, lessons, lexicons })
}

/// The words of each opinion, in the fold of their sentence.
fn opinions(path: &Path) -> Result<Vec<Labelled>> {
    let found = rows(path)?.into_iter().filter_map(|row| match row.as_slice() {
        [polarity, _, _, expression, _, sentence] => {
            let mut opinion = Labelled::new(polarity, "opinions", expression);
            opinion.fold = fold_of(sentence);
            Some(opinion)
        }
        _ => None,
    });
    Ok(found.collect())
}

/// What screens say to people has no sentiment.
fn screens(folders: &Folders, language: &str) -> Result<Vec<Labelled>> {
    let all = labelled(&folders.obtained.join("languages.tsv"), "screens")?;
    let is_wanted = |text: &Labelled| text.label == language && text.domain == "screens" && text.text.len() > 25;
    Ok(all.iter().filter(|text| is_wanted(text)).map(|text| Labelled::new("none", "screens", &text.text)).collect())
}

impl Corpus {
    /// Fits a line on all lessons but those that are left out.
    pub fn fit(&self, recipe: &Recipe, is_left_out: impl Fn(&Lesson) -> bool) -> Line {
        let lessons: Vec<&Lesson> = self.lessons.iter().filter(|lesson| !is_left_out(lesson)).collect();
        let weight = |lesson: &Lesson| match lesson.kind {
            Kind::Sentence => 1.0,
            Kind::Expression => recipe.expressions,
            Kind::Mixed | Kind::Neutral => recipe.neutral,
            Kind::Request => recipe.requests,
        };
        let mass = |target: f64| -> f64 {
            lessons.iter().filter(|lesson| lesson.target == target).map(|lesson| weight(lesson)).sum()
        };
        let (bad, good) = (mass(0.0), mass(1.0));
        let of_class = |target: f64| {
            let share = if target == 0.0 {
                bad
            } else if target == 1.0 {
                good
            } else {
                return 1.0;
            };
            ((bad + good) / (2.0 * share)).powf(recipe.balance)
        };
        let examples: Vec<Example> = lessons
            .iter()
            .map(|lesson| Example {
                target: lesson.target,
                weight: weight(lesson) * of_class(lesson.target),
                features: if recipe.lexicon_scale > 0.0 {
                    &lesson.features
                } else {
                    without_lexicons(&lesson.features)
                },
            })
            .filter(|example| example.weight > 0.0)
            .collect();
        fit(&examples, recipe.penalty)
    }

    /// Log-odds of every lesson by a line that saw nothing of its fold.
    pub fn out_of_fold(&self, recipe: &Recipe) -> Vec<f64> {
        let lines: Vec<Line> = (0..FOLDS).map(|fold| self.fit(recipe, |lesson| lesson.source.fold == fold)).collect();
        let features = |lesson: &Lesson| match recipe.lexicon_scale > 0.0 {
            true => lesson.features.clone(),
            false => without_lexicons(&lesson.features).to_vec(),
        };
        self.lessons.iter().map(|lesson| lines[lesson.source.fold as usize].log_odds(&features(lesson))).collect()
    }

    /// The head of a line: what lexicons say goes into the weights of their words, then weights are rounded to eight bits.
    pub fn head(&self, line: &Line, lexicon_scale: f32, calibration: Calibration) -> Head {
        let mut weights = vec![0.0; 1 << BITS];
        for (feature, weight) in &line.weights {
            if let Some(place) = weights.get_mut(*feature as usize) {
                *place += weight;
            }
        }
        for (place, lexicon) in self.lexicons.iter().enumerate() {
            let mut words: Vec<(&String, &f32)> = lexicon.iter().collect();
            words.sort_by(|left, right| left.0.cmp(right.0));
            for (word, value) in words {
                for is_negated in [false, true] {
                    let column = lexicon_column(BITS, place, *value > 0.0, is_negated);
                    let by_lexicon = line.weights.get(&column).copied().unwrap_or(0.0);
                    weights[place_of(word_hash(word, is_negated), BITS)] +=
                        by_lexicon * f64::from(*value) * f64::from(lexicon_scale);
                }
            }
        }
        let name = format!("feel_{}", self.language);
        rounded(&name, BITS, line.bias + calibration.shift, calibration.slope as f32, &weights)
    }
}

/// How frequent praise is beforehand. Of hotels, shops and restaurants people say about so.
pub const PRAISE_FOR_EACH_BLAME: f64 = 2.0;

/// What turns log-odds into those that hold on comments never seen: `slope · (odds + shift)`.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    pub slope: f64,
    pub shift: f64,
}

impl Calibration {
    pub fn apply(&self, odds: f64) -> f64 {
        self.slope * (odds + self.shift)
    }

    /// Platt's scaling on judged sentences, as if praise were twice as frequent as blame. Each entry is log-odds and
    /// whether it was praise.
    pub fn of(judged: &[(f64, bool)]) -> Calibration {
        let share = |wanted: bool| judged.iter().filter(|(_, is_good)| *is_good == wanted).count() as f64;
        let (good, bad) = (share(true), share(false));
        let features: Vec<[(u32, f32); 1]> = judged.iter().map(|(odds, _)| [(0, *odds as f32)]).collect();
        let examples: Vec<Example> = judged
            .iter()
            .zip(&features)
            .map(|((_, is_good), features)| Example {
                target: f64::from(u8::from(*is_good)),
                weight: if *is_good { PRAISE_FOR_EACH_BLAME / good } else { 1.0 / bad },
                features,
            })
            .collect();
        let line = fit(&examples, 1e-6);
        let slope = line.weights.get(&0).copied().unwrap_or(1.0);
        Calibration { slope, shift: line.bias / slope }
    }
}

/// Calibrated log-odds of texts that nothing was learned from.
pub fn expected_praise(folders: &Folders, language: &'static str, texts: &[&str]) -> Result<Vec<f64>> {
    let corpus = corpus(folders, language, SHIPPED.lexicon_scale)?;
    let calibration = calibration_of(&corpus, &corpus.out_of_fold(&SHIPPED));
    let fitted = corpus.fit(&SHIPPED, |_| false);
    let mut reader = Reader::new(BITS, &corpus.lexicons, SHIPPED.lexicon_scale);
    Ok(texts.iter().map(|text| calibration.apply(fitted.log_odds(&reader.read(text)))).collect())
}

fn without_lexicons(features: &[(u32, f32)]) -> &[(u32, f32)] {
    let end = features.partition_point(|(feature, _)| *feature < 1 << BITS);
    &features[..end]
}

/// Rounds weights to eight bits. The few that are much larger than the rest are cut.
pub fn rounded(name: &str, bits: u8, bias: f64, slope: f32, weights: &[f64]) -> Head {
    let mut sizes: Vec<f64> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f64::total_cmp);
    let largest = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 20_000)).copied().unwrap_or(1.0);
    let scale = largest / 127.0;
    let weights = weights.iter().map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8).collect();
    Head { name: name.to_owned(), bits, scale: scale as f32, bias: bias as f32, slope, weights }
}
