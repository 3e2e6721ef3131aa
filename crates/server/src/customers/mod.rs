//! Customers: finding them by what they are known by, what they lived, and the merges that made them one.

mod dto;
pub(crate) mod routes;
mod service;
mod value;

pub(crate) use routes::routes;
