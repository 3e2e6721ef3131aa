//! Paths: what customers did one directly after the other.

mod asked;
pub(crate) mod dto;
pub(crate) mod routes;

pub(crate) use asked::{AskedPaths, WrittenAnchor};
