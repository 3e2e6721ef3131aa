//! What goes over the wire about journeys.

use serde::Serialize;
use utoipa::ToSchema;

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

/// How far customers come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Funnel)]
pub struct FunnelDto {
    /// Those who did the first step.
    pub customers: u64,
    pub steps: Vec<FunnelStepDto>,
    pub window_ms: i64,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelStep)]
pub struct FunnelStepDto {
    pub activity: String,
    /// What the step asks of properties; left out where it asks nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<StepConditionDto>,
    /// Those who reached this step.
    pub customers: u64,
    /// Their share of those who did the first step, 0 to 1; none when nobody did.
    pub share: Option<f64>,
    /// Lower end of the share's interval of 95 %.
    pub low: Option<f64>,
    /// Upper end of the share's interval of 95 %.
    pub high: Option<f64>,
    /// Exact median of the time since the step before; none for the first.
    pub median_ms: Option<f64>,
    /// What those did next who came to this step and no further; only when asked for, and not for the last step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_dropping: Option<AfterDroppingDto>,
}

/// What customers did after dropping out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AfterDropping)]
pub struct AfterDroppingDto {
    /// Those who dropped out here.
    pub customers: u64,
    /// The most frequent activities that followed, at most 8.
    pub next: Vec<NextActivityDto>,
    /// All other activities together.
    pub other: OthersDto,
}

/// The first activity after the step that was reached last.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NextActivity)]
pub struct NextActivityDto {
    /// None when nothing followed.
    pub activity: Option<String>,
    pub customers: u64,
    /// Of those who dropped out, 0 to 1.
    pub share: f64,
    /// Lower end of the share's interval of 95 %.
    pub low: f64,
    /// Upper end of the share's interval of 95 %.
    pub high: f64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Others)]
pub struct OthersDto {
    pub customers: u64,
    /// Of those who dropped out, 0 to 1.
    pub share: f64,
}

/// Something that a step asks of a property.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = StepCondition)]
pub struct StepConditionDto {
    #[schema(example = "payment_method")]
    pub property: String,
    /// `=` or `!=`.
    #[schema(example = "=")]
    pub operator: &'static str,
    #[schema(example = "card")]
    pub value: String,
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

/// What directly follows an activity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Paths)]
pub struct PathsDto {
    /// The most frequent first.
    pub paths: Vec<PathDto>,
    /// The occurrences that are in no path shown.
    pub tail: PathsTailDto,
    /// How often the first activity happened.
    pub occurrences: u64,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Path)]
pub struct PathDto {
    pub activities: Vec<String>,
    /// Occurrences.
    pub count: u64,
    /// Distinct customers.
    pub customers: u64,
    /// Of all occurrences, 0 to 1.
    pub share: f64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PathsTail)]
pub struct PathsTailDto {
    pub count: u64,
    pub share: f64,
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
