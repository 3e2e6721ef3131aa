//! Telling languages apart: three lines, each of one language against all others.

use anyhow::Result;
use text::Taxonomy;
use text::model::Head;

use crate::data::{FOLDS, Folders, Labelled, Reader, labelled, rows};
use crate::regression::{Example, Line, fit};
use crate::sentiment::rounded;

pub const BITS: u8 = 16;
const PENALTY: f64 = 0.05;

/// Heads by the label of their language.
pub const HEADS: [(&str, &str); 3] = [("es", "lang_es"), ("en", "lang_en"), ("other", "lang_xx")];

/// A text with its features.
pub struct Sample {
    pub source: Labelled,
    pub features: Vec<(u32, f32)>,
}

/// All texts whose language is known. The questions of XQuAD are only judged on.
pub fn samples(folders: &Folders) -> Result<Vec<Sample>> {
    let mut texts = labelled(&folders.obtained.join("languages.tsv"), "")?;
    for language in ["es", "en"] {
        let hotels = labelled(&folders.kept.join(format!("opener/sentences.{language}.tsv")), "hotels")?;
        texts.extend(hotels.into_iter().map(|text| Labelled { label: language.to_owned(), ..text }));
        let lexicon = crate::data::own_lexicon(&folders.kept.join(format!("lexicon/experience.{language}.tsv")))?;
        let mut words: Vec<&String> = lexicon.keys().filter(|word| word.is_ascii()).collect();
        words.sort();
        texts.extend(words.into_iter().map(|word| Labelled::new(language, "words", word)));
    }
    for language in ["es", "en"] {
        let words = rows(&folders.obtained.join(format!("afinn.{language}.tsv")))?;
        texts.extend(words.iter().map(|row| Labelled::new(language, "words", &row[0])));
    }
    for language in ["es", "en"] {
        let requests = std::fs::read_to_string(folders.kept.join(format!("requests/requests.{language}.txt")))?;
        texts.extend(requests.lines().map(|line| Labelled::new(language, "requests", line)));
    }
    for topic in Taxonomy::shipped()?.topics() {
        for (language, expressions, examples) in
            [("es", &topic.expressions.es, &topic.examples.es), ("en", &topic.expressions.en, &topic.examples.en)]
        {
            let written = expressions.iter().filter(|written| !written.contains('*')).chain(examples);
            texts.extend(written.map(|text| Labelled::new(language, "topics", text)));
        }
    }
    let reviews = labelled(&folders.obtained.join("reviews.en.tsv"), "reviews")?;
    texts.extend(reviews.into_iter().map(|text| Labelled {
        label: "en".to_owned(),
        domain: "reviews".to_owned(),
        ..text
    }));
    Ok(featured(texts))
}

/// The questions of XQuAD in both languages.
pub fn questions(folders: &Folders) -> Result<Vec<Sample>> {
    let mut texts = Vec::new();
    for language in ["es", "en"] {
        let content = std::fs::read_to_string(folders.kept.join(format!("xquad/questions.{language}.txt")))?;
        texts.extend(content.lines().map(|line| Labelled::new(language, "questions", line)));
    }
    Ok(featured(texts))
}

fn featured(texts: Vec<Labelled>) -> Vec<Sample> {
    let mut reader = Reader::new(BITS, &[], 0.0);
    texts.into_iter().map(|source| Sample { features: reader.read(&source.text), source }).collect()
}

/// Fits the three lines; each language counts alike in total.
pub fn fit_lines(samples: &[Sample], is_left_out: impl Fn(&Sample) -> bool) -> Vec<Line> {
    let of = |label: &str| {
        let count = |wanted: &str| samples.iter().filter(|sample| sample.source.label == wanted).count() as f64;
        let examples: Vec<Example> = samples
            .iter()
            .filter(|sample| !is_left_out(sample))
            .map(|sample| Example {
                target: f64::from(u8::from(sample.source.label == label)),
                weight: 4_000.0 / count(&sample.source.label),
                features: &sample.features,
            })
            .collect();
        fit(&examples, PENALTY)
    };
    HEADS.iter().map(|(label, _)| of(label)).collect()
}

/// The label whose line says the most, if others need this lead.
pub fn said(lines: &[Line], sample: &Sample, lead_of_others: f64) -> usize {
    let odds: Vec<f64> = lines.iter().map(|line| line.log_odds(&sample.features)).collect();
    match odds[2] > odds[0].max(odds[1]) + lead_of_others {
        true => 2,
        false => usize::from(odds[1] > odds[0]),
    }
}

/// For every fold, lines that saw nothing of it.
pub fn fold_lines(samples: &[Sample]) -> Vec<Vec<Line>> {
    (0..FOLDS).map(|fold| fit_lines(samples, |sample| sample.source.fold == fold)).collect()
}

pub fn label_number(label: &str) -> usize {
    HEADS.iter().position(|(known, _)| *known == label).unwrap_or(2)
}

/// The heads of the lines.
pub fn heads(lines: &[Line]) -> Vec<Head> {
    lines
        .iter()
        .zip(HEADS)
        .map(|(line, (_, name))| {
            let mut weights = vec![0.0; 1 << BITS];
            for (feature, weight) in &line.weights {
                weights[*feature as usize] += weight;
            }
            rounded(name, BITS, line.bias, 1.0, &weights)
        })
        .collect()
}
