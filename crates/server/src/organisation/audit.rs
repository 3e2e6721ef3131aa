//! The record of who changed what, the newest first.

use domain::ports::AuditEntry;
use domain::{Error, Result};

use crate::app::App;

const MOST_ENTRIES: u32 = 1_000;

/// Entries below the one that `after` names, and what names the last of them when there are more.
pub fn list_audit(app: &App, limit: Option<u32>, after: Option<&str>) -> Result<(Vec<AuditEntry>, Option<String>)> {
    let before = after.map(parse_place).transpose()?;
    let limit = limit.unwrap_or(100).clamp(1, MOST_ENTRIES);
    let mut entries = app.state.audit.list_audit_before(before, limit + 1)?;
    let has_more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let next = entries.last().filter(|_| has_more).map(|(id, _)| id.to_string());
    Ok((entries.into_iter().map(|(_, entry)| entry).collect(), next))
}

fn parse_place(text: &str) -> Result<u64> {
    let place = text.parse().ok().filter(|place: &u64| *place <= u64::MAX >> 1);
    place.ok_or_else(|| Error::invalid(format!("`{text}` is not a place in the audit; send what `next` said")))
}
