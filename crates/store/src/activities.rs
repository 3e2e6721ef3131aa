//! What people said about activities, over the defaults.

use domain::Result;
use domain::ports::{ActivityCatalogue, ActivityEntry, ActivityRole, AuditEntry};

use crate::Store;
use crate::audit::record;
use crate::index_key::index_key;
use crate::sql::Value;

impl ActivityCatalogue for Store {
    /// By name.
    fn list_activity_entries(&self) -> Result<Vec<ActivityEntry>> {
        let sql = "SELECT name, role, wait_property, reason_property, alias_of FROM activity_entries";
        let rows = self.read("list the activities", async |transaction| transaction.fetch(sql, []).await)?;
        let mut entries = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            entries.push(ActivityEntry {
                name: fields.text()?,
                role: fields.optional_parsed("a role of an activity", ActivityRole::parse)?,
                wait_property: fields.optional_text()?,
                reason_property: fields.optional_text()?,
                alias_of: fields.optional_text()?,
            });
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    fn update_activity_entry(&self, entry: &ActivityEntry, audit: &AuditEntry) -> Result<()> {
        self.write("update an activity", async |transaction| {
            let values: [Value<'_>; 6] = [
                index_key(&entry.name).into(),
                entry.name.as_str().into(),
                entry.role.map(ActivityRole::as_str).into(),
                entry.wait_property.as_deref().into(),
                entry.reason_property.as_deref().into(),
                entry.alias_of.as_deref().into(),
            ];
            let sql = "INSERT INTO activity_entries (name_key, name, role, wait_property, reason_property, alias_of) \
                       VALUES ($1, $2, $3, $4, $5, $6) \
                       ON CONFLICT (name_key) DO UPDATE SET role = excluded.role, wait_property = excluded.wait_property, \
                       reason_property = excluded.reason_property, alias_of = excluded.alias_of";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await
        })
    }
}
