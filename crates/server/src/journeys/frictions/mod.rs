//! Frictions: what hinders customers, and whom it costs.

mod asked;
pub(crate) mod dto;
pub(crate) mod routes;

pub(crate) use asked::{AskedFrictions, find_friction, thresholds_for};
