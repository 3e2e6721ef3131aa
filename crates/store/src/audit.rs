//! The record of who changed what.

use domain::Result;
use domain::ports::{AuditEntry, AuditLog};

use crate::Store;
use crate::sql::{Transaction, Value};

impl AuditLog for Store {
    fn record_audit(&self, entry: &AuditEntry) -> Result<()> {
        self.write("record who changed what", async |transaction| record(transaction, entry).await)
    }

    fn list_audit(&self, limit: u32) -> Result<Vec<AuditEntry>> {
        let sql = "SELECT at, actor, action, subject, detail FROM audit_entries ORDER BY id DESC LIMIT $1";
        let rows =
            self.read("list who changed what", async |transaction| transaction.fetch(sql, [limit.into()]).await)?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            entries.push(AuditEntry {
                at: fields.integer()?,
                actor: fields.text()?,
                action: fields.text()?,
                subject: fields.text()?,
                detail: fields.text()?,
            });
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
