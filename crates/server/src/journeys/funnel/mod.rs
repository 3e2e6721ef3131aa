//! Funnels: how far customers come, by which value, and what they do after dropping out.

pub(crate) mod asked;
mod breakdown;
pub(crate) mod dto;
mod places;
pub(crate) mod routes;
mod service;

pub(crate) use asked::AskedFunnel;
pub(crate) use breakdown::{SEGMENT, find_value};
pub(crate) use places::is_place;
