//! What planning is over the wire.

use std::collections::BTreeMap;

use domain::ports::PlanCounts;
use journey::Share;
use serde::Serialize;
use utoipa::ToSchema;

use crate::finding::FindingDto;

/// What a survey would have led to in the last four weeks.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = SurveyForecast)]
pub struct ForecastDto {
    /// Days of which the events were read.
    pub days: i64,
    /// Encounters, days or moments at which somebody could have been invited.
    pub occasions: u64,
    /// Of them those on which the lot fell, of customers of the segment.
    pub drawn: u64,
    /// Of those drawn so many that the contact rule leaves alone, as if no other survey asked.
    pub left_alone: u64,
    /// Customers who would have been invited if they could be reached.
    pub customers: u64,
    /// The share of them with an address; the interval is that of a sample where not everybody was looked at.
    pub reachable: Option<EstimateDto>,
    pub invitations_per_week: f64,
    /// Which part of those invited answers.
    pub answer_rate: Option<EstimateDto>,
    /// Whose answers that part is of: `this_survey`, or `all_surveys` while this one has fewer than 30 invitations.
    pub answer_rate_of: Option<&'static str>,
    /// Invitations a week times the part that answers, with the interval of that part.
    pub answers_per_week: Option<EstimateDto>,
    /// Some of those who would have been invited.
    #[schema(example = json!(["cus_17"]))]
    pub asked: Vec<String>,
    pub findings: Vec<FindingDto>,
}

/// A number with its interval of 95 % and what it was found on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Estimate)]
pub struct EstimateDto {
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Sample size.
    pub of: u64,
}

impl EstimateDto {
    pub fn new(share: Share, of: u64) -> EstimateDto {
        EstimateDto { value: share.share, low: share.low, high: share.high, of }
    }
}

/// Invitations that a survey planned by itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlannedInvitations)]
pub struct PlannedInvitationsDto {
    /// Not due yet.
    pub waiting: u64,
    /// What became of the others: `invited`; or why not: `too_soon` or `too_often` by the contact rule, `refused`, `no_address`,
    /// `outside_segment`, `too_late`, `not_open`.
    #[schema(example = json!({"invited": 120, "too_soon": 14}))]
    pub ended: BTreeMap<&'static str, u64>,
}

impl From<PlanCounts> for PlannedInvitationsDto {
    fn from(counts: PlanCounts) -> PlannedInvitationsDto {
        let ended = counts.ended.into_iter().map(|(end, count)| (end.as_str(), count)).collect();
        PlannedInvitationsDto { waiting: counts.waiting, ended }
    }
}

/// How often one customer may be interrupted, whatever for.
#[derive(Debug, serde::Deserialize, Serialize, ToSchema)]
#[schema(as = ContactRule)]
#[serde(deny_unknown_fields)]
pub struct ContactRuleDto {
    /// Contacts in any span of `days` days: 1 to 100.
    #[schema(example = 2)]
    pub most: u32,
    /// 1 to 365.
    #[schema(example = 30)]
    pub days: u32,
    /// Days between two contacts at least: 0 to `days`.
    #[schema(example = 7)]
    pub apart_days: u32,
    /// Hour, in the time zone of the organisation, from which on somebody is contacted: 0 to 23.
    #[schema(example = 9)]
    pub from_hour: u8,
    /// Hour from which on nobody is contacted any more: above `from_hour`, to 24.
    #[schema(example = 21)]
    pub until_hour: u8,
}
