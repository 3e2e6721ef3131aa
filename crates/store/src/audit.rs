//! The record of who changed what.

use domain::Result;
use domain::ports::{AuditEntry, AuditLog};

use crate::Store;
use crate::sql::{Transaction, Value};

impl AuditLog for Store {
    fn record_audit(&self, entry: &AuditEntry) -> Result<()> {
        self.write("record who changed what", async |transaction| record(transaction, entry).await)
    }

    fn list_audit_before(&self, before: Option<u64>, limit: u32) -> Result<Vec<(u64, AuditEntry)>> {
        let sql =
            "SELECT id, at, actor, action, subject, detail FROM audit_entries WHERE id < $1 ORDER BY id DESC LIMIT $2";
        let before = before.unwrap_or(u64::MAX >> 1);
        let values: [Value<'_>; 2] = [before.into(), limit.into()];
        let rows = self.read("list who changed what", async |transaction| transaction.fetch(sql, values).await)?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            let id = fields.unsigned()?;
            let entry = AuditEntry {
                at: fields.integer()?,
                actor: fields.text()?,
                action: fields.text()?,
                subject: fields.text()?,
                detail: fields.text()?,
            };
            entries.push((id, entry));
        }
        Ok(entries)
    }
}

/// Adds a line in the transaction of the change that it tells of.
pub(crate) async fn record(transaction: &mut Transaction<'_>, entry: &AuditEntry) -> Result<()> {
    let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM audit_entries").await?;
    let values: [Value<'_>; 6] = [
        id.into(),
        entry.at.into(),
        entry.actor.as_str().into(),
        entry.action.as_str().into(),
        entry.subject.as_str().into(),
        entry.detail.as_str().into(),
    ];
    let sql = "INSERT INTO audit_entries (id, at, actor, action, subject, detail) VALUES ($1, $2, $3, $4, $5, $6)";
    transaction.execute(sql, values).await?;
    Ok(())
}
