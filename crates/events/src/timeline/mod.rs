//! The timeline projection: events laid out by customer for the journey engine.
//!
//! Derived from the chunks and rebuildable: immutable [`range`] files by customer over all time, memory-mapped, named by a
//! manifest; over them, in memory, what arrived and what identity changed since.

mod base;
mod building;
#[cfg(test)]
mod cost;
mod live;
mod overlay;
mod range;
mod scanned;
mod scratch;
mod snapshot;
mod step;
mod values;

pub use base::{Base, MANIFEST, Opened};
pub use building::{Sealed, Unmade, make};
pub use live::LiveTimeline;
pub(crate) use scanned::{CodesBuilder, CodesBySeq, ScannedProperty};
pub use snapshot::{Chosen, Timeline};
pub use step::Steps;
pub use values::PropertyValues;
pub(crate) use values::ValueBook;
