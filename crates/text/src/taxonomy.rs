//! The topics of customer experience and the expressions by which comments name them.
//!
//! An expression is one or more words. Capitals and accents do not matter, and a `*` at the end of a word stands for any
//! ending: `limpi*` finds *limpia*, *limpieza* and *limpísimo*. An analyst adds topics, or gives known ones further
//! expressions: [`TopicEdit`].

mod edits;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::edits::TopicEdit;
use crate::expressions::Expressions;
use crate::language::Language;
use crate::tokens::{TokenKind, Tokens};

const SHIPPED: &str = include_str!("../data/taxonomy.json");

/// The two languages in which a topic is described.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    #[error("topic {0} is new and has no name in both languages: say what it is called in es and in en")]
    Unnamed(String),
    #[error("topic {0} is new and has no expression: give one in es or in en")]
    Empty(String),
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

/// The expressions of one language, each standing for its topic.
type Index = Expressions<String>;

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
        self.spanish = index_of(&self.topics, |topic| &topic.expressions.es)?;
        self.english = index_of(&self.topics, |topic| &topic.expressions.en)?;
        Ok(self)
    }

    /// All topics, by id.
    pub fn topics(&self) -> impl Iterator<Item = &Topic> {
        self.topics.values()
    }

    /// The topics that are named in a text of a language; of an unknown one, in either.
    pub fn find_topics(&self, tokens: &Tokens, language: Language) -> BTreeSet<&str> {
        self.find(tokens, language).into_iter().map(|found| found.topic).collect()
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
                indexes.iter().for_each(|index| find_at(index, tokens, place, &mut found));
            }
        }
        found
    }
}

fn index_of(
    topics: &BTreeMap<String, Topic>,
    expressions: impl Fn(&Topic) -> &Vec<String>,
) -> Result<Index, TaxonomyError> {
    let mut index = Index::default();
    for topic in topics.values() {
        for written in expressions(topic) {
            if !index.insert(written, topic.id.clone()) {
                return Err(TaxonomyError::Expression { topic: topic.id.clone(), expression: written.clone() });
            }
        }
    }
    Ok(index)
}

fn find_at<'a>(index: &'a Index, tokens: &Tokens, place: usize, found: &mut Vec<Found<'a>>) {
    let first = found.len();
    index.each_at(tokens, place, |topic, end| match found[first..].iter_mut().find(|known| known.topic == *topic) {
        Some(known) => known.tokens.end = known.tokens.end.max(end),
        None => found.push(Found { topic, tokens: place..end }),
    });
}

#[cfg(test)]
mod tests;
