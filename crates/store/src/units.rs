//! The tree of units. It is checked as a whole in the transaction that changes it, so that two changes at once cannot make
//! a ring.

use domain::ports::{AuditEntry, UnitStore};
use domain::{Error, Result, Unit, UnitTree};

use crate::Store;
use crate::audit::record;
use crate::sql::{Transaction, Value};

impl UnitStore for Store {
    fn list_units(&self) -> Result<Vec<Unit>> {
        let mut units = self.read("list the units", list)?;
        units.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(units)
    }

    fn update_units(&self, units: &[Unit], audit: &AuditEntry) -> Result<()> {
        self.write("update the units", async |transaction| {
            UnitTree::new(list(transaction).await?)?.with(units)?;
            let rows = units.iter().map(|unit| -> [Value<'_>; 4] {
                [
                    unit.name.as_str().into(),
                    unit.label.as_str().into(),
                    unit.parent.as_deref().into(),
                    unit.kind.as_deref().into(),
                ]
            });
            let on_conflict = "ON CONFLICT (name) DO UPDATE SET label = excluded.label, parent = excluded.parent, \
                               kind = excluded.kind";
            transaction.insert("INSERT INTO units (name, label, parent, kind)", on_conflict, rows).await?;
            record(transaction, audit).await
        })
    }

    fn delete_unit(&self, name: &str, audit: &AuditEntry) -> Result<()> {
        self.write("delete a unit", async |transaction| {
            let below = "SELECT name FROM units WHERE parent = $1";
            if let Some(row) = transaction.fetch_first(below, [name.into()]).await? {
                return Err(Error::conflict(format!(
                    "`{}` hangs under `{name}`; move or remove what is below it first",
                    row.fields().text()?
                )));
            }
            let bound = "SELECT name FROM access_keys WHERE unit = $1 AND revoked_at IS NULL";
            if let Some(row) = transaction.fetch_first(bound, [name.into()]).await? {
                return Err(Error::conflict(format!(
                    "the key `{}` is bound to `{name}`; revoke it first",
                    row.fields().text()?
                )));
            }
            let manager = "SELECT name FROM users WHERE unit = $1 AND disabled_at IS NULL";
            if let Some(row) = transaction.fetch_first(manager, [name.into()]).await? {
                return Err(Error::conflict(format!(
                    "{} manages `{name}`; give them another unit or disable them first",
                    row.fields().text()?
                )));
            }
            if transaction.execute("DELETE FROM units WHERE name = $1", [name.into()]).await? == 0 {
                return Err(Error::not_found(format!("there is no unit `{name}` in the tree")));
            }
            record(transaction, audit).await
        })
    }
}

async fn list(transaction: &mut Transaction<'_>) -> Result<Vec<Unit>> {
    let mut units = Vec::new();
    for row in transaction.fetch("SELECT name, label, parent, kind FROM units", []).await? {
        let mut fields = row.fields();
        units.push(Unit {
            name: fields.text()?,
            label: fields.text()?,
            parent: fields.optional_text()?,
            kind: fields.optional_text()?,
        });
    }
    Ok(units)
}
