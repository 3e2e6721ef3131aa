//! Access keys: their secrets are hashes.

use domain::ports::{AuditEntry, Key, KeyStore, Scope};
use domain::{Error, KeyId, Result};

use crate::audit::record;
use crate::sql::Value;
use crate::{Store, index_key};

impl KeyStore for Store {
    fn create_key(&self, key: &Key, audit: &AuditEntry) -> Result<KeyId> {
        index_key::refuse_long("the name of a key", &key.name)?;
        self.write("create a key", async |transaction| {
            let in_use = "SELECT id FROM access_keys WHERE name = $1 AND revoked_at IS NULL";
            if transaction.fetch_first(in_use, [key.name.as_str().into()]).await?.is_some() {
                return Err(Error::conflict(format!(
                    "there is already a key called `{}`; take another name or revoke that one first",
                    key.name
                )));
            }
            if let Some(unit) = &key.unit {
                let in_tree = "SELECT name FROM units WHERE name = $1";
                if transaction.fetch_first(in_tree, [unit.as_str().into()]).await?.is_none() {
                    return Err(Error::invalid(format!("there is no unit `{unit}` in the tree")));
                }
            }
            let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM access_keys").await?;
            let values: [Value<'_>; 8] = [
                id.into(),
                key.name.as_str().into(),
                key.scope.as_str().into(),
                key.secret_hash.as_str().into(),
                key.channel.as_deref().into(),
                key.unit.as_deref().into(),
                key.created_at.into(),
                key.revoked_at.into(),
            ];
            let sql = "INSERT INTO access_keys (id, name, scope, secret_hash, channel, unit, created_at, revoked_at) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            Ok(KeyId(id))
        })
    }

    fn list_keys(&self) -> Result<Vec<Key>> {
        let sql = "SELECT id, name, scope, secret_hash, channel, unit, created_at, revoked_at FROM access_keys \
                   ORDER BY id";
        let rows = self.read("list the keys", async |transaction| transaction.fetch(sql, []).await)?;
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            keys.push(Key {
                id: KeyId(fields.unsigned()?),
                name: fields.text()?,
                scope: fields.parsed("a scope", Scope::parse)?,
                secret_hash: fields.text()?,
                channel: fields.optional_text()?,
                unit: fields.optional_text()?,
                created_at: fields.integer()?,
                revoked_at: fields.optional_integer()?,
            });
        }
        Ok(keys)
    }

    /// A key that is revoked already keeps its instant, and nothing is recorded: nothing changes.
    fn revoke_key(&self, id: KeyId, at: i64, audit: &AuditEntry) -> Result<()> {
        self.write("revoke a key", async |transaction| {
            let values: [Value<'_>; 2] = [at.into(), id.0.into()];
            let sql = "UPDATE access_keys SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL";
            if transaction.execute(sql, values).await? > 0 {
                return record(transaction, audit).await;
            }
            match transaction.fetch_first("SELECT id FROM access_keys WHERE id = $1", [id.0.into()]).await? {
                Some(_) => Ok(()),
                None => Err(Error::not_found(format!("there is no key {id}"))),
            }
        })
    }
}
