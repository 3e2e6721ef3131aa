//! Access keys: shown once, kept as a hash, revoked for ever.

mod dto;
pub(crate) mod routes;
mod service;
