//! The tree of units: what people drew, and the units that events name and nobody has put into it yet.

mod dto;
pub(crate) mod routes;
mod service;

pub(crate) use service::{find_tree, find_unit};
