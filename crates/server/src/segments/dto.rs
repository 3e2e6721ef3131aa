//! What goes over the wire about segments.

use domain::ports::Segment;
use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Customers by what they lived.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Segment)]
pub struct SegmentDto {
    #[schema(example = "seg_3")]
    pub id: String,
    pub name: String,
    /// The query of `GET /api/v1/journeys/customers` that lists them.
    #[schema(example = "activity=Order%20Completed&days=90&channel=app")]
    pub customers: String,
    pub created_by: String,
    pub created_at: String,
}

impl From<Segment> for SegmentDto {
    fn from(segment: Segment) -> SegmentDto {
        SegmentDto {
            id: segment.id.to_string(),
            name: segment.name,
            customers: segment.customers,
            created_by: segment.created_by,
            created_at: format_instant(segment.created_at),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Segments)]
pub struct SegmentsDto {
    /// In the order in which they were made.
    pub segments: Vec<SegmentDto>,
}

/// A segment to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSegment {
    /// 1 to 120 characters; no two segments share one.
    pub name: String,
    /// The query of `GET /api/v1/journeys/customers` that lists them, without `limit`, `after` and `format`, at most 16 KB. A
    /// segment is not made of other segments.
    #[schema(example = "activity=Order%20Completed&days=90&channel=app")]
    pub customers: String,
}

/// How many customers a segment had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentSize)]
pub struct SegmentSizeDto {
    /// The day, of the organisation's calendar, at whose beginning they are counted: by what was lived before it.
    #[schema(example = "2026-03-30")]
    pub day: String,
    pub customers: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentSizes)]
pub struct SegmentSizesDto {
    /// Now, today included.
    pub customers: u64,
    /// At the beginning of each of the last weeks, the oldest first; the present week is the last one. Customers are those
    /// that identifiers make today.
    pub weeks: Vec<SegmentSizeDto>,
}
