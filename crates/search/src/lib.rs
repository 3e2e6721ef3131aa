//! What customers wrote, laid out so that it is found: an index of words in a folder of its own, over Tantivy.
//!
//! The index is derived. It is made from the event log and says up to which event it is made; without it, or where it is of
//! another format, broken or half written, it is made anew. It never knows whose a comment is: it keeps the node that an
//! event resolved to, and whoever reads looks up the customer of today.
//!
//! A comment is found by its words in three ways: as they are written (without capitals and accents), by their stems in
//! Spanish and by their stems in English, each by the language of the comment, in both where that is not known. What is
//! personal in a comment is not among its words, so that nobody finds out by asking.
#![forbid(unsafe_code)]

mod comment;
mod filter;
mod found;
mod index;
mod query;
mod schema;
mod themes;
mod words;

pub use comment::{Comment, NONE, TopicSaid};
pub use filter::{Filter, Sees};
pub use found::{Hit, Place, Sort};
pub use index::{CommentIndex, FORMAT, Page};
pub use query::{LONGEST_QUERY, Query};
pub use themes::{SentimentCounts, ThemeCounts};
pub use words::{CutWord, Cutter, Part, Spoken};
