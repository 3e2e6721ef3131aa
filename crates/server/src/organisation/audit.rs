//! The record of who changed what, the newest first.

use domain::Result;
use domain::ports::AuditEntry;

use crate::app::App;

const MOST_ENTRIES: u32 = 1_000;

pub fn list_audit(app: &App, limit: Option<u32>) -> Result<Vec<AuditEntry>> {
    app.state.audit.list_audit(limit.unwrap_or(100).min(MOST_ENTRIES))
}
