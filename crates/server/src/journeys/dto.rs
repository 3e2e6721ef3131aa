//! What goes over the wire about journeys.

use serde::Serialize;
use utoipa::ToSchema;

use super::oddities::Impossible;
use crate::customers::dto::CustomerRowDto;
use crate::finding::FindingDto;

/// What an answer was computed over.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Over)]
pub struct OverDto {
    /// Activities of the period.
    pub events: u64,
    /// Customers with at least one of them.
    pub customers: u64,
    /// First instant of the period; none when it is open.
    pub from: Option<String>,
    /// The first instant after the period; none when it is open.
    pub to: Option<String>,
    /// The channels that were looked at, by name; empty when all were.
    pub channels: Vec<String>,
    /// The segments to all of which the customers belong, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub segments: Vec<String>,
    /// The segments to none of which they belong, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub without_segments: Vec<String>,
    /// The properties that are not laid out and were read from the stored events for this answer, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub scanned: Vec<String>,
    /// Events that cannot have happened when they say, for the findings.
    #[serde(skip)]
    pub impossible: Impossible,
}

/// The channels on which something happened.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Channels)]
pub struct ChannelsDto {
    /// By name; events without channel are `(none)`, at the end.
    pub channels: Vec<ChannelDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Channel)]
pub struct ChannelDto {
    #[schema(example = "web")]
    pub name: String,
    pub events: u64,
}

/// What directly follows what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProcessMap)]
pub struct MapDto {
    pub nodes: Vec<MapNodeDto>,
    pub edges: Vec<MapEdgeDto>,
    /// Activities with which customers start.
    pub starts: Vec<MapEndDto>,
    /// Activities with which customers end.
    pub ends: Vec<MapEndDto>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MapNode)]
pub struct MapNodeDto {
    pub activity: String,
    pub events: u64,
    pub customers: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MapEdge)]
pub struct MapEdgeDto {
    pub from: String,
    pub to: String,
    pub events: u64,
    pub customers: u64,
    pub mean_ms: f64,
    /// Exact; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub median_ms: Option<f64>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MapEnd)]
pub struct MapEndDto {
    pub activity: String,
    pub customers: u64,
}

/// The customers behind an element of an answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomersBehind)]
pub struct CustomersBehindDto {
    /// By id.
    pub customers: Vec<CustomerRowDto>,
    /// All of them, on whatever page: the number on the element.
    pub total: u64,
    /// What to send as `after` to go on; none at the end.
    pub next: Option<String>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}
