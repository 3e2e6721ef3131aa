//! Chunks: sealed events as Parquet files that anything can read.
//!
//! A chunk holds events of one month of `occurred_at`, sorted by `(node, occurred_at, seq)`, in row groups of 16,384 rows
//! with statistics, so that the events of one customer are found without reading those of the others. Free texts are
//! in a file beside it, see `chunk/texts`. Format 2, marked by the key `vivencia.chunk.format` of the file's metadata:
//!
//! | column | type | |
//! |---|---|---|
//! | `event_id`, `cause_event_id` | UUID | the 128 bits of the id: the digits of `evt_…`. Sixteen bytes instead of the 32 of text, and DuckDB still compares them with plain hexadecimal |
//! | `seq`, `node`, `personal_ref` | unsigned 64 bits | |
//! | `identifier_refs` | list of unsigned 64 bits | nodes of the identifiers, highest priority first |
//! | `source`, `kind`, `activity`, `channel`, `unit` | text, dictionary-encoded | names, not codes, so that the file explains itself |
//! | `message_id` | text | |
//! | `occurred_at`, `original_at`, `sent_at`, `received_at` | instant, UTC milliseconds | |
//! | `amount`, `currency`, `amount_kind` | integer in minor units, ISO 4217, revenue / cost / refund | |
//! | `objects` | list of text | `type:id` |
//! | `properties`, `context` | text | JSON objects; what was personal is not in them; in properties `"[text]"` stands for each free text |
//! | `texts` | unsigned 32 bits | how many free texts of the properties are in the text chunk |
//! | `p_…` | double, text or boolean | the commonest scalar properties of each activity by name; empty where a value has another type. The JSON stays the truth |
//!
//! Format 1 had no column `texts`, and its texts were among the properties.
//!
//! A file is written once and never changed. Its length and CRC-32C are in the catalogue, because Parquet itself does
//! not notice most flipped bits.

mod columns;
mod compaction;
mod file;
mod properties;
mod reader;
mod rows;
mod scan;
mod schema;
mod steps;
mod texts;
mod typed;
mod verified;
mod writer;

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Range;

use domain::StoredEvent;
use domain::time::{end_of_month_ms, month_of};

pub use compaction::{compact, plan_compaction};
pub(crate) use properties::{RawValue, for_each_property, for_each_property_until, unquote};
pub use reader::{ChunkFilter, ChunkReader, TimelineRow};
pub use rows::ChunkEvents;
pub(crate) use scan::{Candidates, PropertyNames, find_rows};
pub use steps::StepRows;
pub(crate) use texts::MARK;
pub use texts::{ChunkFiles, TextReader, find_texts};
pub use verified::VerifiedChunks;
pub use writer::write_chunk;

pub use crate::files::DataFileError as ChunkError;

/// The version of the format that is written. Every earlier one is read for ever.
pub const FORMAT: u32 = 2;

/// Events by month of `occurred_at` (as of [`month_of`]): what goes into one chunk each.
pub fn split_by_month<E: Borrow<StoredEvent>>(events: impl IntoIterator<Item = E>) -> BTreeMap<i64, Vec<E>> {
    let mut months: BTreeMap<i64, Vec<E>> = BTreeMap::new();
    let mut clock = MonthClock::default();
    for event in events {
        months.entry(clock.month_of(event.borrow().occurred_at)).or_default().push(event);
    }
    months
}

/// Months of instants that mostly lie in the month of the one before.
#[derive(Default)]
struct MonthClock {
    month: i64,
    span: Range<i64>,
}

impl MonthClock {
    fn month_of(&mut self, instant: i64) -> i64 {
        if !self.span.contains(&instant) {
            self.month = month_of(instant);
            self.span = instant..end_of_month_ms(self.month);
        }
        self.month
    }
}

#[cfg(test)]
mod tests;
