//! Questions about journeys that the organisation keeps.

mod dto;
pub(crate) mod routes;
mod service;

pub(crate) use routes::routes;
