//! What goes over the wire about frictions.

use serde::Serialize;
use utoipa::ToSchema;

use crate::finding::FindingDto;
use crate::journeys::dto::OverDto;

/// What hinders customers, and whom it costs.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Frictions)]
pub struct FrictionsDto {
    /// Those that cost most customers first.
    pub frictions: Vec<FrictionDto>,
    /// Frictions that fewer customers met and that are not compared.
    pub left_out: u64,
    /// What counts as staying; empty when any activity does.
    pub goal: Vec<String>,
    /// How long after the friction customers have to stay.
    pub horizon_ms: i64,
    /// What is spent; left out where no amounts are asked for and purchases have none, or nothing is a purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spending: Option<SpendingDto>,
    /// Differences come from observation, so they are associations: `association`.
    #[schema(example = "association")]
    pub reads_as: &'static str,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

/// A friction.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Friction)]
pub struct FrictionDto {
    /// `loop`, `alternation`, `repeated_contact`, `wait`, `error` or `abandonment`.
    #[schema(example = "loop")]
    pub kind: String,
    /// The activities that it is about: of a wait the one with which customers wait and, where its events do not say how
    /// long, the next; of a repeated contact with a known reason, the property and its value.
    pub about: Vec<String>,
    /// What to send as `friction` to see the customers who met it.
    #[schema(example = "[\"loop\",\"Product Viewed\"]")]
    pub element: String,
    /// What a wait must exceed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<ThresholdDto>,
    /// Those who met it.
    pub customers: u64,
    /// Their share of all customers, with its interval of 95 %.
    pub share: f64,
    pub low: f64,
    pub high: f64,
    /// How often it was met.
    pub times: u64,
    /// Those of whom it is known whether they stayed.
    pub observed: u64,
    /// Those of them who have comparable customers.
    pub comparable: u64,
    /// Those of the comparable who did not stay.
    pub comparable_lost: u64,
    /// What comparable customers who did not meet it leave over; none when nobody is comparable.
    pub lost: Option<LostDto>,
    /// What they spent against comparable ones; left out where `spending` is, or too few are comparable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spent: Option<SpentDto>,
}

/// What counts as spent within the horizon.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Spending)]
pub struct SpendingDto {
    /// The property that says the amount.
    #[schema(example = "revenue")]
    pub property: String,
    /// Only amounts in this currency count.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "EUR")]
    pub currency: Option<String>,
    /// The activities whose amounts count: those with the role purchase.
    pub activities: Vec<String>,
}

/// What those who met a friction spent within the horizon, against comparable customers. An association.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrictionSpent)]
pub struct SpentDto {
    /// What each of the comparable who met it spent, the mean.
    pub per_customer: f64,
    /// How much less all of them spent than as many comparable ones, with its interval of 95 %; negative where it is more.
    pub less: f64,
    pub low: f64,
    pub high: f64,
    /// The same for each customer.
    pub less_per_customer: f64,
    pub less_per_customer_low: f64,
    pub less_per_customer_high: f64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WaitThreshold)]
pub struct ThresholdDto {
    pub median_ms: f64,
    pub p90_ms: f64,
    /// The larger of the 90th percentile and three times the median.
    pub longest_ms: f64,
}

/// Customers lost beyond what comparable ones let expect, each with its interval of 95 %.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomersLost)]
pub struct LostDto {
    pub customers: f64,
    pub low: f64,
    pub high: f64,
    /// The difference of the shares lost, -1 to 1.
    pub difference: f64,
    pub difference_low: f64,
    pub difference_high: f64,
}
