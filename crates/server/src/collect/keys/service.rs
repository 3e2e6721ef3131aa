//! Making and revoking keys.

use domain::ports::{Key, Scope};
use domain::{Error, KeyId, Result};
use serde_json::json;

use super::dto::{CreatedKey, NewKey};
use crate::app::App;
use crate::auth::{Identity, hash_secret, new_secret};
use crate::organisation::units::find_unit;

const NAME_CHARS: usize = 200;

pub fn list_keys(app: &App) -> Result<Vec<Key>> {
    app.state.keys.list_keys()
}

pub fn create_key(app: &App, new: NewKey, by: &Identity) -> Result<CreatedKey> {
    let scope = Scope::parse(&new.scope).ok_or_else(|| {
        Error::invalid(format!("`{}` is not a scope; the scopes are collect, read and admin", new.scope))
    })?;
    for text in std::iter::once(&new.name).chain(&new.channel) {
        if text.trim().is_empty() || text.chars().count() > NAME_CHARS || text.chars().any(char::is_control) {
            return Err(Error::invalid(format!(
                "the name of a key and its channel have 1 to {NAME_CHARS} characters, no control characters"
            )));
        }
    }
    if new.name.contains('@') {
        return Err(Error::invalid(
            "people appear in the audit by their e-mail; a key takes a name without `@`, so that nobody takes it for one",
        ));
    }
    if new.name == Identity::OWNER {
        return Err(Error::invalid(format!(
            "`{}` is how commands on this machine are called; take another name",
            new.name
        )));
    }
    if let Some(unit) = &new.unit {
        if scope == Scope::Admin {
            return Err(Error::invalid(
                "a key of the scope admin is for the whole organisation; only read and collect take a unit",
            ));
        }
        find_unit(app, unit)?;
    }
    let secret = new_secret();
    let key = Key {
        id: KeyId(0),
        name: new.name,
        scope,
        secret_hash: hash_secret(&secret),
        channel: new.channel,
        unit: new.unit,
        created_at: app.clock.now_ms(),
        revoked_at: None,
    };
    let detail = json!({"scope": scope.as_str(), "channel": key.channel, "unit": key.unit});
    let audit = app.audit_entry(by, "key.create", &key.name, detail);
    let id = app.state.keys.create_key(&key, &audit)?;
    refresh(app)?;
    Ok(CreatedKey { id: id.to_string(), name: key.name, scope: scope.as_str(), key: secret })
}

/// Revokes a key by its id or its name.
pub fn revoke_key(app: &App, reference: &str, by: &Identity) -> Result<Key> {
    let keys = app.state.keys.list_keys()?;
    let mut key = keys
        .into_iter()
        .find(|key| key.revoked_at.is_none() && (key.name == reference || key.id.to_string() == reference))
        .ok_or_else(|| Error::not_found(format!("there is no key `{reference}` that is not revoked")))?;
    let at = app.clock.now_ms();
    let audit = app.audit_entry(by, "key.revoke", &key.name, json!({"id": key.id.to_string()}));
    app.state.keys.revoke_key(key.id, at, &audit)?;
    refresh(app)?;
    key.revoked_at = Some(at);
    Ok(key)
}

/// What was just changed counts from the next request on.
fn refresh(app: &App) -> Result<()> {
    app.keys.replace(&app.state.keys.list_keys()?);
    Ok(())
}
