//! What customers write, read offline in Spanish and English: the language, how good or bad it sounds and which words
//! make it so, the emotion it shows, how hard the customer found it and what they will do, what it speaks of and how it judges
//! each of these, and the personal data in it.
//!
//! [`Analyzer::analyse`] takes a comment and gives an [`Analysis`]. A comment is cut once into [`tokens`]; their
//! [`features`] are weighed by the heads of a [`model`] that is part of the program; clauses are judged from the same
//! weights. Everything is linear in the length of the comment and nothing is an error: a comment of a megabyte, one in
//! another writing or one without words has an answer too.
//!
//! Pure: no input or output, no clock. Models are trained by `make models`; `docs/models` says on what, and how well they do.
#![forbid(unsafe_code)]

mod analyzer;
mod clauses;
mod cues;
pub mod discovery;
pub mod encoder;
mod expressions;
pub mod features;
mod function_words;
mod labels;
mod language;
mod measure;
mod measured;
pub mod model;
mod personal;
pub mod quotes;
mod sentiment;
mod taxonomy;
pub mod tokens;
mod topics;
pub mod vectors;

pub use analyzer::{Analysis, Analyzer, Tier};
pub use cues::{Cues, CuesError};
pub use encoder::{DIMENSIONS, Embedding, Encoder, cosine};
pub use function_words::is_function_word;
pub use labels::{Effort, Emotion, Intention, Said, UnknownLabel};
pub use language::{LEAD_OF_OTHERS, Language};
pub use measure::{EXPERIMENTAL_BELOW, KAPPA_ON_STRANGERS, Measure, Question, TopicMeasure, is_topic_experimental};
pub use personal::{Personal, PersonalKind, find_personal, mask};
pub use sentiment::{NEUTRAL_BELOW, Sentiment, SentimentClass, WORDS_TOLD, WordShare};
pub use taxonomy::{InBoth, Taxonomy, TaxonomyError, Topic, TopicEdit};
pub use topics::TopicMention;
