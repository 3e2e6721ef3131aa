//! The Segment clients, unmodified: single calls, batches, the pixel, and the settings that browsers and phones load.

pub(crate) mod routes;
mod service;
