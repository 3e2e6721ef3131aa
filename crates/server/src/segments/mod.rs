//! Segments: customers by what they lived, found anew whenever somebody asks, and usable in every question.

mod dto;
mod population;
pub(crate) mod routes;
mod service;

pub(crate) use population::{FoundSegment, Members, find_customers, find_population};
pub(crate) use routes::routes;
pub(crate) use service::{list_segments, parse_segment};
