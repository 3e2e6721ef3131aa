//! What arrives, read into events and dead letters: pure functions over bytes, without I/O and without a clock.
//!
//! [`segment`] reads the calls of the Segment SDKs, `rows` the rows of files. Both check and normalise what an event needs
//! (whose, what, when), leave everything else as it was written, and move what is personal out of every text that goes into
//! the log. Nothing is lost: what cannot be an event is a dead letter with its reason, its bytes and the recipe to read it
//! again.

mod draft;
mod facts;
mod identifiers;
mod json;
mod money;
mod personal;
pub mod segment;
mod settings;
mod time;

pub use settings::{IntakeSettings, PropertyMeanings};
