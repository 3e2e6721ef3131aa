//! The organisation: how it counts days and money, what its activities mean, and who changed what.

mod activities;
mod audit;
mod defaults;
mod dto;
pub(crate) mod routes;
mod service;

#[cfg(test)]
mod tests;

pub(crate) use routes::routes;
pub(crate) use service::find_organisation;
