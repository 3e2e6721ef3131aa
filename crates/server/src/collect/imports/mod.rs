//! Files: CSV and JSON lines of any size, streamed.

mod dto;
pub(crate) mod routes;
mod service;
