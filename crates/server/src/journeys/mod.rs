//! Questions about lived journeys: funnel, process map, paths.

mod behind;
pub(crate) mod changes;
mod channels;
mod conditions;
mod customers_csv;
mod dto;
mod moment;
mod properties;
pub(crate) mod routes;
mod service;
mod steps;
mod vocabulary;

pub(crate) use channels::NO_CHANNEL;
pub(crate) use dto::ChannelDto;
pub(crate) use moment::Extent;
pub(crate) use properties::properties_not_laid_out;
pub(crate) use routes::routes;
pub use steps::split_steps;
