//! The timeline projection: events laid out by customer for the journey engine.
//!
//! Derived from the chunks and rebuildable: immutable [`range`] files by customer over all time, memory-mapped, named by a
//! manifest; over them, in memory, what arrived and what identity changed since.

mod base;
mod live;
mod range;
mod snapshot;

pub use base::{Base, MANIFEST};
pub use live::{LiveTimeline, TimelineStep};
pub use snapshot::Timeline;
