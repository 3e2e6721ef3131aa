//! Metrics of the organisation's own.

use crate::error::Result;
use crate::ports::AuditEntry;

/// A metric that somebody defined, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptMetric {
    /// As it is written in questions; no two metrics share one.
    pub name: String,
    /// Everything else, as a JSON object.
    pub definition: String,
    pub created_by: String,
    /// UTC milliseconds.
    pub created_at: i64,
}

pub trait MetricStore: Send + Sync {
    /// By name.
    fn list_own_metrics(&self) -> Result<Vec<KeptMetric>>;
    /// `Conflict` when a metric has the name.
    fn create_metric(&self, metric: &KeptMetric, audit: &AuditEntry) -> Result<()>;
    /// Who made it and when stays. `NotFound` when there is no such metric.
    fn update_metric(&self, metric: &KeptMetric, audit: &AuditEntry) -> Result<()>;
    /// `NotFound` when there is no such metric.
    fn delete_metric(&self, name: &str, audit: &AuditEntry) -> Result<()>;
}
