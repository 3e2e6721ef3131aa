//! What goes over the wire about paths.

use serde::Serialize;
use utoipa::ToSchema;

use crate::finding::FindingDto;
use crate::journeys::dto::OverDto;

/// What customers did one directly after the other.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Paths)]
pub struct PathsDto {
    /// The most frequent first.
    pub paths: Vec<PathDto>,
    /// The occurrences that are in no path shown.
    pub tail: PathsTailDto,
    /// How often the activity happened at which the paths are held; of paths from the start, how many histories or visits
    /// there are.
    pub occurrences: u64,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Path)]
pub struct PathDto {
    pub activities: Vec<String>,
    /// Whether more followed than the length asked for; left out where nothing did.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub goes_on: bool,
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
