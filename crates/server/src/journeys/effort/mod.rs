//! Effort: what it takes customers to reach an activity.

pub(crate) mod asked;
pub(crate) mod dto;
pub(crate) mod routes;

pub(crate) use asked::AskedEffort;
