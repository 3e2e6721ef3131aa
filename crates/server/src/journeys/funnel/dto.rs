//! What goes over the wire about funnels.

use journey::{Difference, Share};
use serde::Serialize;
use utoipa::ToSchema;

use crate::finding::FindingDto;
use crate::journeys::dto::OverDto;

/// How far customers come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Funnel)]
pub struct FunnelDto {
    /// Those who did the first step.
    pub customers: u64,
    pub steps: Vec<FunnelStepDto>,
    /// How far the customers of each value come; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breakdown: Option<BreakdownDto>,
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
    /// What ends a chain when it happens between the step before and this one; left out where nothing does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<String>,
    /// Those who reached this step.
    pub customers: u64,
    /// Their share of those who did the first step, 0 to 1; none when nobody did.
    pub share: Option<f64>,
    /// Lower end of the share's interval of 95 %.
    pub low: Option<f64>,
    /// Upper end of the share's interval of 95 %.
    pub high: Option<f64>,
    /// Entries that reached this step; only when they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entries: Option<EntriesDto>,
    /// Exact median of the time since the step before; none for the first, where nobody came, and for steps in any order.
    pub median_ms: Option<f64>,
    /// Exact 90th percentile of the same times.
    pub p90_ms: Option<f64>,
    /// Their mean.
    pub mean_ms: Option<f64>,
    /// What those did next who came to this step and no further; only when asked for, and not for the last step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_dropping: Option<AfterDroppingDto>,
}

/// Entries of a funnel that reached a step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelEntries)]
pub struct EntriesDto {
    pub count: u64,
    /// Of all entries, 0 to 1; none when there are none.
    pub share: Option<f64>,
    /// Lower end of the share's interval of 95 %, wider the more entries of one customer resemble each other.
    pub low: Option<f64>,
    /// Upper end of the share's interval of 95 %.
    pub high: Option<f64>,
}

/// A funnel for each value. The funnels add up to the whole, but for those of segments, which may overlap.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelBreakdown)]
pub struct BreakdownDto {
    /// `channel`, `unit`, `segment` or the property.
    pub by: String,
    /// The 20 most frequent values, or the segments, those of most customers first.
    pub groups: Vec<BreakdownGroupDto>,
    /// All other values together; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<BreakdownGroupDto>,
    /// The two values that were to be compared; left out unless asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<ComparisonDto>,
}

/// How far the customers of a value come.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelBreakdownGroup)]
pub struct BreakdownGroupDto {
    /// `(none)` for events without value, `(other)` for all that are not told apart.
    #[schema(example = "web")]
    pub value: String,
    /// What a segment is called, of which `value` is the id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Buyers")]
    pub name: Option<String>,
    /// Those who did the first step.
    pub customers: u64,
    pub steps: Vec<BreakdownStepDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelBreakdownStep)]
pub struct BreakdownStepDto {
    /// Those who reached this step.
    pub customers: u64,
    /// Their share of those of the value who did the first step, 0 to 1.
    pub share: Option<f64>,
    /// Lower end of the share's interval of 95 %.
    pub low: Option<f64>,
    /// Upper end of the share's interval of 95 %.
    pub high: Option<f64>,
    /// The share less that of everybody else: of other values, or outside of the segment. None when there is nobody else.
    pub against_the_rest: Option<DifferenceDto>,
}

/// Two values side by side.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelComparison)]
pub struct ComparisonDto {
    pub first: String,
    pub second: String,
    /// For each step, the share of the first less that of the second; none where one has no customers.
    pub steps: Vec<Option<DifferenceDto>>,
    /// Of segments: those who did the first step and belong to both. They are on neither side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_both: Option<u64>,
}

/// A difference of two shares.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShareDifference)]
pub struct DifferenceDto {
    /// -1 to 1.
    pub difference: f64,
    /// Lower end of the difference's interval of 95 % (Newcombe).
    pub low: f64,
    /// Upper end of the difference's interval of 95 %.
    pub high: f64,
}

impl From<Difference> for DifferenceDto {
    fn from(Difference { difference, low, high }: Difference) -> Self {
        DifferenceDto { difference, low, high }
    }
}

impl EntriesDto {
    pub fn new(count: u64, share: Option<Share>) -> EntriesDto {
        EntriesDto {
            count,
            share: share.map(|share| share.share),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
        }
    }
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
    /// `=` or `!=`; of numbers `<`, `<=`, `>` or `>=` too.
    #[schema(example = "=")]
    pub operator: &'static str,
    #[schema(example = "card")]
    pub value: String,
}
