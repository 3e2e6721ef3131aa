//! How well emotion, effort, intention and topics are read, measured on the labelled comments, and how far two labellings agree.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use rustc_hash::FxHashSet;
use serde::Deserialize;
use text::{Analyzer, Cues, Effort, Emotion, Intention, Language, Question, Taxonomy};

use crate::data::rows;
use crate::judge::{interval, kappa, line};

/// The two languages by their codes.
pub const LANGUAGES: [(&str, Language); 2] = [("es", Language::Spanish), ("en", Language::English)];

pub const QUESTIONS: [Question; 3] = [Question::Emotion, Question::Effort, Question::Intention];

/// What somebody says, or a program, that a comment shows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Labels {
    pub emotion: Emotion,
    pub effort: Effort,
    pub intention: Intention,
    pub topics: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    Development,
    Test,
}

/// A comment and what its writer labelled it with.
#[derive(Clone, Debug, Deserialize)]
pub struct Comment {
    pub id: String,
    pub half: Half,
    pub text: String,
    #[serde(flatten)]
    pub labels: Labels,
}

impl Labels {
    /// The answer to a question as the number of its label.
    pub fn answer(&self, question: Question) -> usize {
        match question {
            Question::Emotion => place(Emotion::ALL, self.emotion),
            Question::Effort => place(Effort::ALL, self.effort),
            Question::Intention => place(Intention::ALL, self.intention),
        }
    }
}

/// The names of the labels of a question, in the order of their numbers.
pub fn names(question: Question) -> Vec<&'static str> {
    match question {
        Question::Emotion => Emotion::ALL.iter().map(|label| label.as_str()).collect(),
        Question::Effort => Effort::ALL.iter().map(|label| label.as_str()).collect(),
        Question::Intention => Intention::ALL.iter().map(|label| label.as_str()).collect(),
    }
}

fn place<T: PartialEq>(all: &[T], label: T) -> usize {
    all.iter().position(|one| *one == label).unwrap_or_default()
}

/// The labelled comments of a language.
pub fn comments(kept: &Path, code: &str) -> Result<Vec<Comment>> {
    let path = kept.join(format!("labelled/{code}.jsonl"));
    let content = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    content.lines().map(|line| serde_json::from_str(line).with_context(|| format!("reading {line}"))).collect()
}

/// The second labelling of the same comments, in their order.
pub fn second_labels(kept: &Path, code: &str, comments: &[Comment]) -> Result<Vec<Labels>> {
    let rows = rows(&kept.join(format!("labelled/second.{code}.tsv")))?;
    let of = |comment: &Comment| {
        let row = rows
            .iter()
            .find(|row| row[0] == comment.id)
            .with_context(|| format!("{} has no second labels", comment.id))?;
        ensure!(row.len() >= 4, "{} has too few second labels", comment.id);
        let topics = row.get(4).map_or("", String::as_str).split(',').map(str::trim).filter(|topic| !topic.is_empty());
        Ok(Labels {
            emotion: row[1].parse()?,
            effort: row[2].parse()?,
            intention: row[3].parse()?,
            topics: topics.map(str::to_owned).collect(),
        })
    };
    comments.iter().map(of).collect()
}

/// What the program says of a comment. Where it cannot tell the language, it says that nothing shows.
pub fn read(analyzer: &Analyzer, comment: &str) -> Labels {
    let analysis = analyzer.analyse(comment);
    Labels {
        emotion: analysis.emotion.map_or(Emotion::None, |said| said.label),
        effort: analysis.effort.map_or(Effort::None, |said| said.label),
        intention: analysis.intention.map_or(Intention::None, |said| said.label),
        topics: analysis.topics.into_iter().map(|mention| mention.topic).collect(),
    }
}

/// The words that made an answer.
fn reasons(analyzer: &Analyzer, comment: &str, question: Question) -> Vec<String> {
    let analysis = analyzer.analyse(comment);
    let words = match question {
        Question::Emotion => analysis.emotion.map(|said| said.words),
        Question::Effort => analysis.effort.map(|said| said.words),
        Question::Intention => analysis.intention.map(|said| said.words),
    };
    words.into_iter().flatten().map(|word| comment[word.span].to_owned()).collect()
}

/// The program without cues of several words that comments of the test half show and none of the development half does.
pub fn cautious(cues: &str, comments: &[Comment], language: Language) -> Result<Analyzer> {
    let all = Cues::read(cues)?;
    let shown = |half: Half| -> FxHashSet<&str> {
        let of_half = comments.iter().filter(|comment| comment.half == half);
        of_half.flat_map(|comment| all.expressions_in(&comment.text, language)).collect()
    };
    let (developed, tested) = (shown(Half::Development), shown(Half::Test));
    let is_kept = |written: &str| {
        let plain = written.trim_start_matches('~');
        !plain.contains(' ') || !tested.contains(plain) || developed.contains(plain)
    };
    let fewer_of = |line: &str| match line.split_once(' ') {
        Some((weight, list)) if weight.chars().all(|sign| sign.is_ascii_digit()) => {
            let kept: Vec<&str> = list.split(" | ").filter(|written| is_kept(written)).collect();
            if kept.is_empty() { String::new() } else { format!("{weight} {}", kept.join(" | ")) }
        }
        _ => line.to_owned(),
    };
    let fewer: Vec<String> = cues.lines().map(fewer_of).collect();
    Ok(Analyzer::shipped().with_cues(Cues::read(&fewer.join("\n"))?))
}

/// The ids of all topics that the program brings along.
pub fn topics() -> Result<Vec<String>> {
    Ok(Taxonomy::shipped()?.topics().map(|topic| topic.id.clone()).collect())
}

/// Labels and answers of tweets to airlines, which nobody of this project wrote, and no cue was made by. Kept are their
/// lines in the obtained file and their labels.
pub fn tweets(obtained: &Path, kept: &Path, question: Question) -> Result<Vec<(usize, usize)>> {
    let analyzer = Analyzer::shipped();
    let tweets = rows(&obtained.join("tweets.en.tsv"))?;
    let answer = |row: &Vec<String>| {
        let [line, emotion, effort, intention] = row.as_slice() else { bail!("{row:?} is no labelled tweet") };
        let labels = Labels {
            emotion: emotion.parse()?,
            effort: effort.parse()?,
            intention: intention.parse()?,
            topics: BTreeSet::new(),
        };
        let place = line.parse::<usize>()?.checked_sub(1).context("lines count from 1")?;
        let tweet =
            tweets.get(place).and_then(|row| row.last()).with_context(|| format!("there is no tweet {line}"))?;
        Ok((labels.answer(question), read(&analyzer, tweet).answer(question)))
    };
    rows(&kept.join("labelled/tweets.en.tsv"))?.iter().map(answer).collect()
}

/// Prints how well these tweets are read.
#[expect(clippy::print_stdout, reason = "figures are its product")]
pub fn print_tweets(obtained: &Path, kept: &Path) -> Result<()> {
    for question in QUESTIONS {
        let answers = tweets(obtained, kept, question)?;
        let (low, high) = interval(&answers, kappa);
        println!(
            "{question:?}, airline tweets, en: {}  kappa {:.3} ({low:.3} to {high:.3})",
            line(&answers),
            kappa(&answers)
        );
    }
    Ok(())
}

/// Prints what of the development half is read otherwise than it is labelled.
#[expect(clippy::print_stdout, reason = "mistakes are its product")]
pub fn print_mistakes(kept: &Path) -> Result<()> {
    let analyzer = Analyzer::shipped();
    for (code, _) in LANGUAGES {
        let comments = comments(kept, code)?;
        let developed: Vec<&Comment> = comments.iter().filter(|comment| comment.half == Half::Development).collect();
        for question in QUESTIONS {
            let names = names(question);
            let mut right = 0;
            for comment in &developed {
                let (label, said) = (comment.labels.answer(question), read(&analyzer, &comment.text).answer(question));
                if label == said {
                    right += 1;
                } else {
                    println!(
                        "{} for {}: {} {:?}",
                        names[said],
                        names[label],
                        comment.text,
                        reasons(&analyzer, &comment.text, question)
                    );
                }
            }
            println!("{code} {question:?}: {right} of {}\n", developed.len());
        }
        for comment in &developed {
            let said = read(&analyzer, &comment.text).topics;
            let missed: Vec<&String> = comment.labels.topics.difference(&said).collect();
            let added: Vec<&String> = said.difference(&comment.labels.topics).collect();
            if !missed.is_empty() || !added.is_empty() {
                println!("missed {missed:?}, added {added:?}: {}", comment.text);
            }
        }
    }
    Ok(())
}
