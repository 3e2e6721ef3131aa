//! Questions about lived journeys: funnel, process map, paths.

mod behind;
pub(crate) mod changes;
mod channels;
mod conditions;
mod customers_csv;
mod dto;
mod moment;
pub(crate) mod routes;
mod service;
mod steps;
mod vocabulary;

pub(crate) use routes::routes;
pub use steps::split_steps;
