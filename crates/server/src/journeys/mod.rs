//! Questions about lived journeys: funnel, process map, paths.

mod conditions;
mod dto;
pub(crate) mod routes;
mod service;
mod steps;
mod vocabulary;

pub(crate) use routes::routes;
pub use steps::split_steps;
