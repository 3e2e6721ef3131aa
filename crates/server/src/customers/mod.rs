//! Customers: finding them by what they are known by, what they lived, and the merges that made them one.

pub(crate) mod dto;
pub(crate) mod routes;
pub(crate) mod rows;
mod search;
mod service;
mod timeline;
mod value;

pub(crate) use routes::routes;
