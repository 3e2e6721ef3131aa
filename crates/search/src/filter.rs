//! Which comments a question is about, besides their words.

use std::ops::{Bound, RangeInclusive};
use std::sync::Arc;

use domain::NodeId;
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery, RangeQuery, TermSetQuery};
use tantivy::schema::Field;

use crate::comment::Comment;
use crate::schema::Fields;

/// Whether the customer of a node is among those asked about.
pub type Sees = Arc<dyn Fn(NodeId) -> bool + Send + Sync>;

/// What comments must be. An empty list asks for nothing; of a list, one must fit. [`NONE`](crate::NONE) stands for comments
/// without one.
#[derive(Clone, Default)]
pub struct Filter {
    /// The first instant, in UTC milliseconds.
    pub from_ms: Option<i64>,
    /// The first instant that is not in it any more.
    pub to_ms: Option<i64>,
    pub channels: Vec<String>,
    pub units: Vec<String>,
    /// The units that whoever asks sees; everything where it is `None`.
    pub seen_units: Option<Vec<String>>,
    pub surveys: Vec<String>,
    pub touchpoints: Vec<String>,
    pub languages: Vec<String>,
    pub sentiments: Vec<String>,
    /// `waiting`, or with a judgement `waiting:negative`.
    pub topics: Vec<String>,
    /// By the name of [`Comment::ANSWERS`].
    pub answers: Vec<(String, RangeInclusive<f64>)>,
    /// Everybody where it is `None`.
    pub sees: Option<Sees>,
}

impl Filter {
    pub(crate) fn apply(&self, fields: &Fields, query: Box<dyn TantivyQuery>) -> Box<dyn TantivyQuery> {
        let mut clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = vec![(Occur::Must, query)];
        let mut must = |query: Box<dyn TantivyQuery>| clauses.push((Occur::Must, unweighed(query)));
        if self.from_ms.is_some() || self.to_ms.is_some() {
            let bound = |ms: i64| Term::from_field_i64(fields.occurred_at, ms);
            must(Box::new(RangeQuery::new(
                self.from_ms.map_or(Bound::Unbounded, |ms| Bound::Included(bound(ms))),
                self.to_ms.map_or(Bound::Unbounded, |ms| Bound::Excluded(bound(ms))),
            )));
        }
        for (field, names) in [
            (fields.channel, &self.channels),
            (fields.unit, &self.units),
            (fields.survey, &self.surveys),
            (fields.touchpoint, &self.touchpoints),
            (fields.language, &self.languages),
            (fields.sentiment, &self.sentiments),
            (fields.topic, &self.topics),
        ] {
            if !names.is_empty() {
                must(one_of(field, names));
            }
        }
        if let Some(units) = &self.seen_units {
            must(one_of(fields.unit, units));
        }
        for (name, range) in &self.answers {
            let Some(place) = Comment::ANSWERS.iter().position(|known| known == name) else { continue };
            let bound = |number: f64| Bound::Included(Term::from_field_f64(fields.answers[place], number));
            must(Box::new(RangeQuery::new(bound(*range.start()), bound(*range.end()))));
        }
        match clauses.len() {
            1 => clauses.remove(0).1,
            _ => Box::new(BooleanQuery::new(clauses)),
        }
    }
}

/// What only says whether, and not how well.
fn unweighed(query: Box<dyn TantivyQuery>) -> Box<dyn TantivyQuery> {
    Box::new(tantivy::query::ConstScoreQuery::new(query, 0.0))
}

fn one_of(field: Field, names: &[String]) -> Box<dyn TantivyQuery> {
    Box::new(TermSetQuery::new(names.iter().map(|name| Term::from_field_text(field, name))))
}
