//! What goes over the wire about effort.

use serde::Serialize;
use utoipa::ToSchema;

use crate::finding::FindingDto;
use crate::journeys::dto::OverDto;

/// What it takes customers to reach an activity.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Effort)]
pub struct EffortDto {
    /// How often the goal was reached.
    pub runs: u64,
    /// By how many customers.
    pub customers: u64,
    /// Customers who began and have not reached the goal since.
    pub unfinished: u64,
    pub measures: Vec<EffortMeasureDto>,
    /// The oldest first; a run is in the week in which it reached the goal.
    pub weeks: Vec<EffortWeekDto>,
    /// The activities that count as contacts.
    pub contacts: Vec<String>,
    /// The activities with which customers wait: as long as their events say, or until the next event.
    pub waits: Vec<String>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

/// One measure over all runs; the numbers are none when there are no runs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EffortMeasure)]
pub struct EffortMeasureDto {
    /// `steps`, `contacts`, `channels`, `channel_changes`, `waiting_ms` or `elapsed_ms`.
    pub measure: &'static str,
    /// Exact percentiles.
    pub p10: Option<f64>,
    pub p25: Option<f64>,
    pub p50: Option<f64>,
    pub p75: Option<f64>,
    pub p90: Option<f64>,
    pub mean: Option<f64>,
}

/// The runs of one week.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EffortWeek)]
pub struct EffortWeekDto {
    /// Its first day, of the organisation's calendar.
    #[schema(example = "2026-03-02")]
    pub from: String,
    pub runs: u64,
    /// Empty when there are no runs.
    pub measures: Vec<EffortOfWeekDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EffortOfWeek)]
pub struct EffortOfWeekDto {
    pub measure: &'static str,
    /// Exact.
    pub median: f64,
    pub mean: f64,
}
