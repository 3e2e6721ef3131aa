//! What goes over the wire about journeys.

use serde::Serialize;
use utoipa::ToSchema;

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
    /// Exact median of the time since the step before; none for the first.
    pub median_ms: Option<f64>,
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
