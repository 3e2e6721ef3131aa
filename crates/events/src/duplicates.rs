//! Which events were received before: `(source, message_id)`, as the 128 bits of [`EventId`], in sorted runs on disk.
//!
//! A run holds the ids of one day of `received_at`. In memory it is a filter of 12 bits an id; what the filter lets
//! through is confirmed on the mapped file, so the answer is exact. Runs of clients go away after some days. Runs of
//! imported files are kept for ever, because importing again must change nothing; since an id includes its source,
//! the two kinds never need to be looked up together.
//!
//! Catalogue changes are the caller's: it writes a run, publishes the catalogue that names it, and then tells the index.

mod filter;
mod index;
mod merge;
mod run;

pub use index::DuplicateIndex;
pub use run::write_run;

/// The version of the format of runs that is written. Every earlier one is read for ever.
pub const FORMAT: u32 = 1;

#[cfg(test)]
mod tests;
