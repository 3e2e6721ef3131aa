//! The topics of customer experience and the expressions by which comments name them.
//!
//! An expression is one or more words. Capitals and accents do not matter, and a `*` at the end of a word stands for any
//! ending: `limpi*` finds *limpia*, *limpieza* and *limpísimo*. An analyst adds topics, or gives known ones other
//! expressions, with [`Taxonomy::with`].

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::language::Language;
use crate::tokens::{TokenKind, Tokens, fold_word};

const SHIPPED: &str = include_str!("../data/taxonomy.json");

/// The two languages in which a topic is described.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InBoth<T> {
    pub es: T,
    pub en: T,
}

/// Something that customers speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Lower-case letters, digits and `_`.
    pub id: String,
    pub name: InBoth<String>,
    pub expressions: InBoth<Vec<String>>,
    /// Comments that speak of it.
    #[serde(default)]
    pub examples: InBoth<Vec<String>>,
}

/// Why a topic is not accepted.
#[derive(Debug, Error)]
pub enum TaxonomyError {
    #[error("the topics are not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("topic id {0:?} is not usable: use lower-case letters, digits and _, at most 64")]
    Id(String),
    #[error("topic {topic} has the expression {expression:?}: give words, each with at least three letters before a *")]
    Expression { topic: String, expression: String },
}

/// Topics, ready to be found.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    topics: BTreeMap<String, Topic>,
    spanish: Index,
    english: Index,
}

/// An expression found in a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found<'a> {
    pub topic: &'a str,
    pub tokens: Range<usize>,
}

/// The expressions of one language by their first word.
#[derive(Clone, Debug, Default)]
struct Index {
    expressions: Vec<Expression>,
    by_word: FxHashMap<String, Vec<usize>>,
    by_beginning: FxHashMap<String, Vec<usize>>,
    /// The lengths in bytes that beginnings have.
    lengths: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Expression {
    topic: String,
    words: Vec<Pattern>,
}

#[derive(Clone, Debug)]
struct Pattern {
    letters: String,
    has_any_ending: bool,
}

const LEAST_BEGINNING: usize = 3;
const LONGEST_ID: usize = 64;

impl Taxonomy {
    /// The topics that the program brings along.
    pub fn shipped() -> Result<Taxonomy, TaxonomyError> {
        Taxonomy::read(SHIPPED)
    }

    /// Reads topics from a JSON list.
    pub fn read(json: &str) -> Result<Taxonomy, TaxonomyError> {
        Taxonomy::default().with(serde_json::from_str::<Vec<Topic>>(json)?)
    }

    /// These topics beside the known ones; a topic whose id is known takes its place.
    pub fn with(mut self, topics: impl IntoIterator<Item = Topic>) -> Result<Taxonomy, TaxonomyError> {
        for topic in topics {
            let is_usable = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
            if topic.id.is_empty() || topic.id.len() > LONGEST_ID || !topic.id.chars().all(is_usable) {
                return Err(TaxonomyError::Id(topic.id));
            }
            self.topics.insert(topic.id.clone(), topic);
        }
        self.spanish = Index::of(&self.topics, |topic| &topic.expressions.es)?;
        self.english = Index::of(&self.topics, |topic| &topic.expressions.en)?;
        Ok(self)
    }

    /// All topics, by id.
    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.topics.values()
    }

    /// The expressions in a comment, in the order of its words. Where several of one topic begin at a word, the longest.
    pub(crate) fn find(&self, tokens: &Tokens, language: Language) -> Vec<Found<'_>> {
        let indexes: &[&Index] = match language {
            Language::Spanish => &[&self.spanish],
            Language::English => &[&self.english],
            Language::Unknown => &[&self.spanish, &self.english],
        };
        let mut found = Vec::new();
        for (place, token) in tokens.list.iter().enumerate() {
            if token.kind == TokenKind::Word {
                indexes.iter().for_each(|index| index.find_at(tokens, place, &mut found));
            }
        }
        found
    }
}

impl Index {
    fn of(
        topics: &BTreeMap<String, Topic>,
        expressions: impl Fn(&Topic) -> &Vec<String>,
    ) -> Result<Index, TaxonomyError> {
        let mut index = Index::default();
        for topic in topics.values() {
            for written in expressions(topic) {
                let words = patterns(written).ok_or_else(|| TaxonomyError::Expression {
                    topic: topic.id.clone(),
                    expression: written.clone(),
                })?;
                index.insert(Expression { topic: topic.id.clone(), words });
            }
        }
        index.lengths = index.by_beginning.keys().map(String::len).collect();
        index.lengths.sort_unstable();
        index.lengths.dedup();
        Ok(index)
    }

    fn insert(&mut self, expression: Expression) {
        let Some(first) = expression.words.first() else { return };
        let map = if first.has_any_ending { &mut self.by_beginning } else { &mut self.by_word };
        map.entry(first.letters.clone()).or_default().push(self.expressions.len());
        self.expressions.push(expression);
    }

    fn find_at<'a>(&'a self, tokens: &Tokens, place: usize, found: &mut Vec<Found<'a>>) {
        let word = tokens.folded(&tokens.list[place]);
        let beginnings = self.lengths.iter().filter_map(|length| self.by_beginning.get(word.get(..*length)?));
        let first = found.len();
        for number in self.by_word.get(word).into_iter().chain(beginnings).flatten() {
            let expression = &self.expressions[*number];
            let end = place + expression.words.len();
            let Some(candidates) = tokens.list.get(place..end) else { continue };
            let fits = |(pattern, token): (&Pattern, _)| pattern.fits(tokens.folded(token));
            if !expression.words.iter().zip(candidates).skip(1).all(fits) {
                continue;
            }
            match found[first..].iter_mut().find(|known| known.topic == expression.topic) {
                Some(known) => known.tokens.end = known.tokens.end.max(end),
                None => found.push(Found { topic: &expression.topic, tokens: place..end }),
            }
        }
    }
}

impl Pattern {
    fn fits(&self, word: &str) -> bool {
        if self.has_any_ending { word.starts_with(&self.letters) } else { word == self.letters }
    }
}

fn patterns(written: &str) -> Option<Vec<Pattern>> {
    let pattern = |word: &str| {
        let (letters, has_any_ending) = match word.strip_suffix('*') {
            Some(beginning) => (fold_word(beginning), true),
            None => (fold_word(word), false),
        };
        let is_word = !letters.is_empty() && letters.chars().all(char::is_alphanumeric);
        let is_long_enough = !has_any_ending || letters.chars().count() >= LEAST_BEGINNING;
        (is_word && is_long_enough).then_some(Pattern { letters, has_any_ending })
    };
    let words: Vec<Pattern> = written.split_whitespace().map(pattern).collect::<Option<_>>()?;
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests;
