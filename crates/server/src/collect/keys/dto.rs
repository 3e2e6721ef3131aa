//! What goes over the wire about keys.

use domain::ports::Key;
use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A key without its secret.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Key)]
pub struct KeyDto {
    #[schema(example = "key_2")]
    pub id: String,
    pub name: String,
    /// `collect`, `read` or `admin`.
    pub scope: &'static str,
    /// The channel of events that come with it and say none.
    pub channel: Option<String>,
    /// For a key that collects, the unit of events that say none; whoever reads with it sees only what lies below.
    pub unit: Option<String>,
    pub created_at: String,
    pub revoked_at: Option<String>,
}

impl From<Key> for KeyDto {
    fn from(key: Key) -> Self {
        KeyDto {
            id: key.id.to_string(),
            name: key.name,
            scope: key.scope.as_str(),
            channel: key.channel,
            unit: key.unit,
            created_at: format_instant(key.created_at),
            revoked_at: key.revoked_at.map(format_instant),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Keys)]
pub struct KeysDto {
    pub keys: Vec<KeyDto>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// The source of the events that come with the key.
    pub name: String,
    /// `collect`, `read` or `admin`.
    pub scope: String,
    /// The channel of events that come with it and say none.
    pub channel: Option<String>,
    /// A unit of the tree. For the scope `collect`: where events happened that come with the key and say no unit. For the
    /// scope `read`: whoever reads with the key sees only customers with an activity below the unit, of them only events
    /// below it or without unit, and nothing that tells who they are.
    pub unit: Option<String>,
}

/// A new key with its secret, which is not shown again.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreatedKey {
    pub id: String,
    pub name: String,
    pub scope: &'static str,
    #[schema(example = "viv_…")]
    pub key: String,
}
