//! The ledger of intake: what became of everything that arrived, what could not be read and why, and whether the files
//! are whole.

mod dto;
pub(crate) mod routes;
mod service;

pub use dto::CountsDto;
