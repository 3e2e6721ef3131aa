//! Statements on either database: the same text, the same values, the same rows.
//!
//! The only place that puts SQL together, and only out of constants and numbers of placeholders.

mod row;
mod transaction;
mod value;

pub(crate) use row::Row;
pub(crate) use transaction::{Inner, Transaction};
pub(crate) use value::Value;
