//! The event log: what customers lived, recorded once and for ever.
//!
//! Bytes are read into events ([`intake`]), given identity and order, written to the write-ahead log in one record per
//! batch and acknowledged after its fsync ([`EventLog`]). They are queryable at once from the tail in memory, sealed into
//! immutable Parquet [`chunk`]s by month, and laid out by customer for the journey engine ([`Timeline`]).
#![deny(unsafe_code)]

mod checked_json;
pub mod chunk;
pub mod duplicates;
pub mod files;
pub mod intake;
pub mod log;
pub mod names;
mod text_values;
pub mod timeline;

pub use log::{Arrivals, AskedProperty, EventLog, LogSettings, Reading, Receipt, Submission, Ticket};
pub use timeline::{PropertyValues, Timeline};
