//! The organisation: how it counts days and money, its units and exchange rates, what its activities mean, and who changed
//! what.

mod activities;
mod audit;
mod defaults;
mod dto;
mod findings;
mod properties;
pub(crate) mod rates;
pub(crate) mod routes;
mod service;
pub(crate) mod units;

#[cfg(test)]
mod tests;

pub(crate) use defaults::default_entry;
pub(crate) use dto::OrganisationChange;
pub(crate) use findings::{EARLIEST_MS, Spellings};
pub(crate) use routes::routes;
pub(crate) use service::{apply, find_organisation};
