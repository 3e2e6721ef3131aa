//! The words that show an emotion, an effort or an intention, and what they show together.

use std::ops::Range;

use thiserror::Error;

use crate::expressions::Expressions;
use crate::labels::{Effort, Emotion, Intention, Said};
use crate::language::Language;
use crate::sentiment::{NEUTRAL_BELOW, Sentiment, WORDS_TOLD, WordShare};
use crate::tokens::{TokenKind, Tokens, is_negation};

const SHIPPED: &str = include_str!("../data/cues.txt");

/// The cues of both languages.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    spanish: Expressions<Cue>,
    english: Expressions<Cue>,
}

/// Why a list of cues is not accepted.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line} of the cues is not readable: {text:?}")]
pub struct CuesError {
    pub line: usize,
    pub text: String,
}

/// What a cue is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Emotion(Emotion),
    Effort(Effort),
    Intention(Intention),
}

#[derive(Clone, Debug)]
struct Cue {
    written: String,
    shows: Shows,
    weight: f32,
    /// Whether it counts after a negation too.
    is_firm: bool,
}

/// A cue in a comment.
#[derive(Clone, Debug)]
struct Found<'a> {
    cue: &'a Cue,
    tokens: Range<usize>,
}

/// What a comment shows.
pub(crate) struct Shown {
    pub emotion: Said<Emotion>,
    pub effort: Said<Effort>,
    pub intention: Said<Intention>,
}

/// Less than this shows nothing.
const LEAST: f32 = 3.0;

/// What praise or blame by the sentiment model adds to joy and to anger.
const BY_PRAISE: f32 = 1.0;
const BY_BLAME: f32 = 1.0;

/// What an exclamation mark adds beside praise and beside blame, and what a word in capitals adds to anger.
const BY_CRY_OF_JOY: f32 = 1.0;
const BY_CRY_OF_ANGER: f32 = 1.0;
const BY_CAPITALS: f32 = 1.5;
const CAPITALS_COUNTED: usize = 2;

/// Shorter words in capitals are abbreviations.
const SHORTEST_IN_CAPITALS: usize = 4;

/// What thanks weigh when they close the comment, out of politeness.
const POLITE: f32 = 0.5;

impl Cues {
    /// The cues that the program brings along.
    pub fn shipped() -> Result<Cues, CuesError> {
        Cues::read(SHIPPED)
    }

    /// Reads cues as `data/cues.txt` explains them.
    pub fn read(content: &str) -> Result<Cues, CuesError> {
        let mut cues = Cues::default();
        let mut heading = None;
        for (number, text) in content.lines().enumerate() {
            let error = || CuesError { line: number + 1, text: text.to_owned() };
            if text.is_empty() || text.starts_with("# ") {
                continue;
            }
            if let Some(written) = text.strip_prefix("= ") {
                heading = Some(heading_of(written).ok_or_else(error)?);
                continue;
            }
            let (shows, is_spanish) = heading.ok_or_else(error)?;
            let (weight, list) = text.split_once(' ').ok_or_else(error)?;
            let weight: f32 = weight.parse().map_err(|_| error())?;
            let index = if is_spanish { &mut cues.spanish } else { &mut cues.english };
            for written in list.split(" | ") {
                let plain = written.trim_start_matches('~');
                let begins_by_negating =
                    plain.split(' ').next().is_some_and(|word| is_negation(&crate::tokens::fold_word(word)));
                let is_firm = plain.len() < written.len() || begins_by_negating;
                let cue = Cue { written: plain.to_owned(), shows, weight, is_firm };
                if !index.insert_wide(plain, cue) {
                    return Err(CuesError { line: number + 1, text: written.to_owned() });
                }
            }
        }
        Ok(cues)
    }

    /// The expressions that count in a comment of this language, as they are written in the list.
    pub fn expressions_in(&self, comment: &str, language: Language) -> Vec<&str> {
        let mut tokens = Tokens::default();
        tokens.read(comment);
        self.find(&tokens, language).into_iter().map(|found| found.cue.written.as_str()).collect()
    }

    /// What a comment shows, in time proportional to its length.
    pub(crate) fn weigh(&self, text: &str, tokens: &Tokens, language: Language, sentiment: &Sentiment) -> Shown {
        let found = self.find(tokens, language);
        let mut emotions = Tally::new(Emotion::ALL, tokens);
        let mut efforts = Tally::new(Effort::ALL, tokens);
        let mut intentions = Tally::new(Intention::ALL, tokens);
        let last_word = tokens.list.iter().rposition(|token| token.kind == TokenKind::Word).unwrap_or_default();
        for Found { cue, tokens: at } in &found {
            match cue.shows {
                Shows::Emotion(Emotion::Gratitude) if cue.weight <= LEAST && at.start > 2 && at.end > last_word => {
                    emotions.add(Emotion::Gratitude, POLITE, at.clone());
                }
                Shows::Emotion(label) => emotions.add(label, cue.weight, at.clone()),
                Shows::Effort(label) => efforts.add(label, cue.weight, at.clone()),
                Shows::Intention(label) => intentions.add(label, cue.weight, at.clone()),
            }
        }
        add_tone(&mut emotions, text, tokens, sentiment);
        Shown { emotion: emotions.said(), effort: efforts.said(), intention: intentions.said() }
    }

    /// The cues of a comment in the order of its words, without those that are within another of the same question.
    fn find(&self, tokens: &Tokens, language: Language) -> Vec<Found<'_>> {
        let lists: &[&Expressions<Cue>] = match language {
            Language::Spanish => &[&self.spanish],
            Language::English => &[&self.english],
            Language::Unknown => &[&self.spanish, &self.english],
        };
        let mut found: Vec<Found> = Vec::new();
        let mut here: Vec<Found> = Vec::new();
        let mut ends = [0; 3];
        for (place, token) in tokens.list.iter().enumerate() {
            if matches!(token.kind, TokenKind::Mark | TokenKind::Line) {
                continue;
            }
            for list in lists {
                list.each_at(tokens, place, |cue, end| {
                    if cue.is_firm || !token.is_negated {
                        here.push(Found { cue, tokens: place..end });
                    }
                });
            }
            here.sort_by(|left, right| {
                right.tokens.end.cmp(&left.tokens.end).then(right.cue.weight.total_cmp(&left.cue.weight))
            });
            for one in here.drain(..) {
                let end = &mut ends[one.cue.shows.question()];
                if one.tokens.end > *end {
                    *end = one.tokens.end;
                    found.push(one);
                }
            }
        }
        found
    }
}

impl Shows {
    fn question(self) -> usize {
        match self {
            Shows::Emotion(_) => 0,
            Shows::Effort(_) => 1,
            Shows::Intention(_) => 2,
        }
    }
}

fn heading_of(written: &str) -> Option<(Shows, bool)> {
    let words: Vec<&str> = written.split(' ').collect();
    let [question, label, language] = words.as_slice() else { return None };
    let shows = match *question {
        "emotion" => Shows::Emotion(label.parse().ok()?),
        "effort" => Shows::Effort(label.parse().ok()?),
        "intention" => Shows::Intention(label.parse().ok()?),
        _ => return None,
    };
    match *language {
        "es" => Some((shows, true)),
        "en" => Some((shows, false)),
        _ => None,
    }
}

/// Adds what is between the words: exclamation marks, capitals, and what the sentiment model says of the whole.
fn add_tone(emotions: &mut Tally<Emotion>, text: &str, tokens: &Tokens, sentiment: &Sentiment) {
    let is_praise = sentiment.score >= NEUTRAL_BELOW;
    let is_blame = sentiment.score <= -NEUTRAL_BELOW;
    let (label, by_tone, by_cry) = match (is_praise, is_blame) {
        (true, _) => (Emotion::Joy, BY_PRAISE, BY_CRY_OF_JOY),
        (_, true) => (Emotion::Anger, BY_BLAME, BY_CRY_OF_ANGER),
        _ => return,
    };
    let strongest = sentiment.words.iter().find(|word| (word.share > 0.0) == is_praise);
    if let Some(word) = strongest {
        emotions.add_span(label, by_tone, word.span.clone());
    }
    let cry = tokens.list.iter().position(|token| token.kind == TokenKind::Mark && tokens.folded(token) == "!");
    if let Some(place) = cry {
        emotions.add(label, by_cry, place..place + 1);
    }
    if is_blame {
        let in_capitals = tokens
            .list
            .iter()
            .enumerate()
            .filter(|(_, token)| token.kind == TokenKind::Word && is_in_capitals(&text[token.span.clone()]));
        for (place, _) in in_capitals.take(CAPITALS_COUNTED) {
            emotions.add(Emotion::Anger, BY_CAPITALS, place..place + 1);
        }
    }
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().count() >= SHORTEST_IN_CAPITALS && word.chars().all(char::is_uppercase)
}

/// How much speaks for each label of one question, and what.
struct Tally<'a, T: 'static> {
    labels: &'static [T],
    tokens: &'a Tokens,
    votes: Vec<(T, WordShare)>,
}

impl<'a, T: Copy + PartialEq> Tally<'a, T> {
    /// The last of the labels is the one where nothing shows.
    fn new(labels: &'static [T], tokens: &'a Tokens) -> Tally<'a, T> {
        Tally { labels, tokens, votes: Vec::new() }
    }

    fn add(&mut self, label: T, weight: f32, at: Range<usize>) {
        let (first, last) = (&self.tokens.list[at.start], &self.tokens.list[at.end - 1]);
        self.add_span(label, weight, first.span.start..last.span.end);
    }

    fn add_span(&mut self, label: T, weight: f32, span: Range<usize>) {
        self.votes.push((label, WordShare { span, share: weight }));
    }

    fn said(self) -> Said<T> {
        let sum = |label: T| self.votes.iter().filter(|vote| vote.0 == label).map(|vote| vote.1.share).sum::<f32>();
        let (none, labels) =
            self.labels.split_last().map_or((self.labels[0], self.labels), |(last, rest)| (*last, rest));
        let mut best = (none, 0.0);
        for label in labels {
            let weight = sum(*label);
            if weight >= LEAST && weight > best.1 {
                best = (*label, weight);
            }
        }
        let of_best = self.votes.into_iter().filter(|vote| vote.0 == best.0).map(|vote| vote.1);
        let mut words: Vec<WordShare> = of_best.collect();
        words.sort_by_key(|word| (word.span.start, word.span.end));
        words.dedup_by(|next, kept| {
            let is_same = next.span == kept.span;
            kept.share += if is_same { next.share } else { 0.0 };
            is_same
        });
        words.sort_by(|left, right| right.share.total_cmp(&left.share).then(left.span.start.cmp(&right.span.start)));
        words.truncate(WORDS_TOLD);
        Said { label: best.0, words }
    }
}
