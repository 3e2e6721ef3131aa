//! Comments: read when they arrive, found by their words, and what they come to together: themes over time, what is new, and
//! quotes for a report.
//!
//! `reading` says what one comment says, `arriving` sees to it that every comment is read, whatever the way it came. `kept` lays
//! comments out in an index of words (the crate `search`) behind the log. The rest asks that index.

mod arriving;
mod asked;
mod dto;
mod kept;
mod listing;
mod news;
mod quotes;
pub(crate) mod reading;
pub(crate) mod routes;
mod sample;
mod themes;

pub(crate) use self::arriving::understand;
pub(crate) use self::dto::{CommentDto, Writer};
pub(crate) use self::kept::KeptComments;
pub use self::reading::{CommentAnalysisDto, read_comment};
pub(crate) use self::sample::MOST_READ;
