//! Questions about lived journeys: funnel, process map, paths, retention, life cycle, attribution, daily counts.

mod amounts;
pub(crate) mod attribution;
mod behind;
pub(crate) mod changes;
mod channels;
mod conditions;
mod customers_csv;
pub(crate) mod daily;
mod dto;
pub(crate) mod effort;
mod every;
pub(crate) mod frictions;
pub(crate) mod funnel;
pub(crate) mod life_cycle;
mod moment;
mod numbers;
mod oddities;
pub(crate) mod paths;
mod properties;
pub(crate) mod retention;
mod roles;
pub(crate) mod routes;
mod seen_values;
mod service;
mod steps;
mod vocabulary;
mod waits;

pub(crate) use behind::{CustomersBehind, WrittenElement};
pub(crate) use channels::NO_CHANNEL;
pub(crate) use dto::ChannelDto;
pub(crate) use moment::{Extent, Moment};
pub(crate) use oddities::KnownOddities;
pub(crate) use properties::properties_not_laid_out;
pub(crate) use routes::{CustomersBehindQuery, routes};
pub use steps::split_steps;
