//! Dated exchange rates into the currency of the reports.

mod dto;
pub(crate) mod routes;
mod service;

pub(crate) use service::find_rate_book;
