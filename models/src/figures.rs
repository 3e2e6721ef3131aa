//! The figures of the labelled comments: as tables in the model cards, and as the table that the crate `text` carries.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use text::{Analyzer, Question};

use crate::judge::{Answers, accuracy, interval, kappa, macro_f1};
use crate::labels::{
    Comment, Half, LANGUAGES, Labels, QUESTIONS, cautious, comments, names, read, second_labels, topics,
};

const CUES: &str = "crates/text/data/cues.txt";
const MEASURED: &str = "crates/text/src/measured.rs";
const BEGIN: &str = "<!-- figures by `make models`: begin -->";
const END: &str = "<!-- figures by `make models`: end -->";

/// A file and what is to stand in it.
pub struct Written {
    pub path: &'static str,
    pub content: String,
}

/// What was labelled, labelled again, and said.
struct Judged {
    code: &'static str,
    comments: Vec<Comment>,
    second: Vec<Labels>,
    said: Vec<Labels>,
    cautious: Vec<Labels>,
}

/// Everything that the figures are written into, by the root of the repository.
pub fn written(root: &Path) -> Result<Vec<Written>> {
    let kept = root.join("models/data");
    let cues = std::fs::read_to_string(root.join(CUES)).context("reading the cues")?;
    let analyzer = Analyzer::shipped();
    let mut judged = Vec::new();
    for (code, language) in LANGUAGES {
        let comments = comments(&kept, code)?;
        let second = second_labels(&kept, code, &comments)?;
        let careful = cautious(&cues, &comments, language)?;
        let said = comments.iter().map(|comment| read(&analyzer, &comment.text)).collect();
        let cautious = comments.iter().map(|comment| read(&careful, &comment.text)).collect();
        judged.push(Judged { code, comments, second, said, cautious });
    }
    let topics = topics()?;
    Ok(vec![
        Written { path: MEASURED, content: measured(&judged, &topics) },
        card(root, "docs/models/emotion.md", &answers_table(&judged))?,
        card(root, "docs/models/topics.md", &topics_table(&judged, &topics))?,
    ])
}

/// Writes the figures where they belong.
pub fn write(root: &Path) -> Result<()> {
    for Written { path, content } in written(root)? {
        std::fs::write(root.join(path), content).with_context(|| format!("writing {path}"))?;
    }
    Ok(())
}

fn card(root: &Path, path: &'static str, figures: &str) -> Result<Written> {
    let content = std::fs::read_to_string(root.join(path)).with_context(|| format!("reading {path}"))?;
    let (before, rest) = content.split_once(BEGIN).with_context(|| format!("{path} has no place for figures"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("{path} has no end of figures"))?;
    Ok(Written { path, content: format!("{before}{BEGIN}\n{figures}{END}{after}") })
}

impl Judged {
    /// Labels and answers of a half, as numbers.
    fn answers(&self, question: Question, half: Half, said: &[Labels]) -> Vec<(usize, usize)> {
        let of_half = self.comments.iter().zip(said).filter(|(comment, _)| comment.half == half);
        of_half.map(|(comment, said)| (comment.labels.answer(question), said.answer(question))).collect()
    }

    /// Whether a topic is labelled and said, in the test half.
    fn mentions(&self, topic: &str) -> Vec<(usize, usize)> {
        let tested = self.comments.iter().zip(&self.said).filter(|(comment, _)| comment.half == Half::Test);
        tested.map(|(comment, said)| (has(&comment.labels, topic), has(said, topic))).collect()
    }

    /// What the first and the second labelling say of a question.
    fn agreement(&self, question: Question) -> Vec<(usize, usize)> {
        let both = self.comments.iter().zip(&self.second);
        both.map(|(comment, second)| (comment.labels.answer(question), second.answer(question))).collect()
    }

    fn topic_agreement(&self, topic: &str) -> Vec<(usize, usize)> {
        self.comments
            .iter()
            .zip(&self.second)
            .map(|(comment, second)| (has(&comment.labels, topic), has(second, topic)))
            .collect()
    }

    /// What both labellings say of topics, for the mean of all topics' kappas.
    fn topic_sets(
        &self,
        second: &[Labels],
        is_counted: impl Fn(&Comment) -> bool,
    ) -> Vec<(BTreeSet<String>, BTreeSet<String>)> {
        let both = self.comments.iter().zip(second).filter(|(comment, _)| is_counted(comment));
        both.map(|(comment, second)| (comment.labels.topics.clone(), second.topics.clone())).collect()
    }
}

fn has(labels: &Labels, topic: &str) -> usize {
    usize::from(labels.topics.contains(topic))
}

/// Precision, recall and F1 of the class 1.
fn found(answers: &Answers) -> (f64, f64, f64) {
    let count = |right: usize, said: usize| answers.iter().filter(|one| **one == (right, said)).count() as f64;
    let (hits, missed, added) = (count(1, 1), count(1, 0), count(0, 1));
    (
        hits / (hits + added).max(1.0),
        hits / (hits + missed).max(1.0),
        2.0 * hits / (2.0 * hits + missed + added).max(1.0),
    )
}

/// The mean kappa of topics, over those that somebody names.
fn mean_kappa(sets: &[(BTreeSet<String>, BTreeSet<String>)], topics: &[String]) -> f64 {
    let of = |topic: &String| {
        let answers: Vec<(usize, usize)> = sets
            .iter()
            .map(|(one, other)| (usize::from(one.contains(topic)), usize::from(other.contains(topic))))
            .collect();
        answers.iter().any(|one| *one != (0, 0)).then(|| kappa(&answers))
    };
    let kappas: Vec<f64> = topics.iter().filter_map(of).collect();
    kappas.iter().sum::<f64>() / kappas.len().max(1) as f64
}

fn ranged(figure: f64, (low, high): (f64, f64)) -> String {
    format!("{figure:.2} ({low:.2} to {high:.2})")
}

/// The tables of emotion, effort and intention.
fn answers_table(judged: &[Judged]) -> String {
    let mut table = String::from(
        "| test half | comments | accuracy | macro-F1 | kappa | cautious kappa | kappa of two labellings (400) |\n|---|---|---|---|---|---|---|\n",
    );
    for question in QUESTIONS {
        for one in judged {
            let answers = one.answers(question, Half::Test, &one.said);
            let careful = one.answers(question, Half::Test, &one.cautious);
            let both = one.agreement(question);
            table += &format!(
                "| {}, {} | {} | {} | {} | {} | {} | {} |\n",
                format!("{question:?}").to_lowercase(),
                one.code,
                answers.len(),
                ranged(accuracy(&answers), interval(&answers, accuracy)),
                ranged(macro_f1(&answers), interval(&answers, macro_f1)),
                ranged(kappa(&answers), interval(&answers, kappa)),
                ranged(kappa(&careful), interval(&careful, kappa)),
                ranged(kappa(&both), interval(&both, kappa)),
            );
        }
    }
    table += "\n| label | es: labelled | es: precision | es: recall | en: labelled | en: precision | en: recall |\n|---|---|---|---|---|---|---|\n";
    for question in QUESTIONS {
        for (number, name) in names(question).iter().enumerate() {
            table += &format!("| {} `{name}` |", format!("{question:?}").to_lowercase());
            for one in judged {
                let answers: Vec<(usize, usize)> = one
                    .answers(question, Half::Test, &one.said)
                    .into_iter()
                    .map(|(right, said)| (usize::from(right == number), usize::from(said == number)))
                    .collect();
                let (precision, recall, _) = found(&answers);
                table +=
                    &format!(" {} | {precision:.2} | {recall:.2} |", answers.iter().filter(|one| one.0 == 1).count());
            }
            table.push('\n');
        }
    }
    table +=
        &format!("\nOn the development half, by which the cues were written, accuracy is {}.\n", developed(judged));
    table
}

fn developed(judged: &[Judged]) -> String {
    let of = |question: Question| {
        let by_language = judged
            .iter()
            .map(|one| format!("{:.2} ({})", accuracy(&one.answers(question, Half::Development, &one.said)), one.code));
        format!("{} for {}", by_language.collect::<Vec<_>>().join(" and "), format!("{question:?}").to_lowercase())
    };
    QUESTIONS.map(of).join(", ")
}

/// The tables of topics.
fn topics_table(judged: &[Judged], topics: &[String]) -> String {
    let mut table =
        String::from("| mean of 18 topics | kappa, test half | kappa of two labellings (400) |\n|---|---|---|\n");
    for one in judged {
        let tested = one.topic_sets(&one.said, |comment| comment.half == Half::Test);
        let both = one.topic_sets(&one.second, |_| true);
        let mean = |sets: &[(BTreeSet<String>, BTreeSet<String>)]| mean_kappa(sets, topics);
        table += &format!(
            "| {} | {} | {} |\n",
            one.code,
            ranged(mean(&tested), interval(&tested, mean)),
            ranged(mean(&both), interval(&both, mean))
        );
    }
    for one in judged {
        table += &format!(
            "\n| topic, {}, test half | labelled | precision | recall | F1 | kappa | kappa of two labellings (400) |\n|---|---|---|---|---|---|---|\n",
            one.code
        );
        for topic in topics {
            let answers = one.mentions(topic);
            let (precision, recall, f1) = found(&answers);
            let both = one.topic_agreement(topic);
            table += &format!(
                "| `{topic}` | {} | {precision:.2} | {recall:.2} | {f1:.2} | {} | {} |\n",
                answers.iter().filter(|one| one.0 == 1).count(),
                ranged(kappa(&answers), interval(&answers, kappa)),
                ranged(kappa(&both), interval(&both, kappa)),
            );
        }
    }
    table
}

/// The table that the crate `text` carries.
fn measured(judged: &[Judged], topics: &[String]) -> String {
    let mut content = String::from(
        "//! How well comments are read, measured on the labelled comments that no rule was made by. `make models` writes this file.\n\n\
         use crate::language::Language::{English, Spanish};\n\
         use crate::measure::{Measure, Question, TopicMeasure};\n\n\
         #[rustfmt::skip]\npub(crate) const MEASURES: &[Measure] = &[\n",
    );
    let languages = ["Spanish", "English"];
    for question in QUESTIONS {
        for (one, language) in judged.iter().zip(languages) {
            let answers = one.answers(question, Half::Test, &one.said);
            let careful = one.answers(question, Half::Test, &one.cautious);
            content += &format!(
                "    Measure {{ question: Question::{question:?}, language: {language}, comments: {}, accuracy: {:.3}, macro_f1: {:.3}, kappa: {:.3}, cautious_kappa: {:.3} }},\n",
                answers.len(),
                accuracy(&answers),
                macro_f1(&answers),
                kappa(&answers),
                kappa(&careful),
            );
        }
    }
    content += "];\n\n#[rustfmt::skip]\npub(crate) const TOPICS: &[TopicMeasure] = &[\n";
    for (one, language) in judged.iter().zip(languages) {
        for topic in topics {
            let answers = one.mentions(topic);
            let (precision, recall, f1) = found(&answers);
            content += &format!(
                "    TopicMeasure {{ topic: {topic:?}, language: {language}, comments: {}, precision: {precision:.3}, recall: {recall:.3}, f1: {f1:.3}, kappa: {:.3} }},\n",
                answers.iter().filter(|one| one.0 == 1).count(),
                kappa(&answers),
            );
        }
    }
    content + "];\n"
}

/// Prints the figures of emotion, effort and intention, and of topics.
#[expect(clippy::print_stdout, reason = "figures are its product")]
pub fn print(root: &Path) -> Result<()> {
    for Written { path, content } in written(root)? {
        let figures = content.split_once(BEGIN).and_then(|(_, rest)| rest.split_once(END));
        println!("{path}\n{}", figures.map_or(content.as_str(), |(figures, _)| figures));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
