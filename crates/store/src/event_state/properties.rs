//! Which properties were seen, with which types and how often.

use std::collections::BTreeMap;

use domain::Result;
use domain::ports::{PropertySeen, PropertyType};

use crate::index_key::index_key;
use crate::sql::{Transaction, Value};

/// Adds to what was seen before.
pub(super) async fn add_up(transaction: &mut Transaction<'_>, seen: &[PropertySeen]) -> Result<()> {
    let rows = fold(seen).into_iter().map(|property| -> [Value<'_>; 8] {
        [
            index_key(&property.activity).into_owned().into(),
            index_key(&property.name).into_owned().into(),
            property.value_type.as_str().into(),
            property.activity.into(),
            property.name.into(),
            property.events.into(),
            property.first_seen_at.into(),
            property.last_seen_at.into(),
        ]
    });
    transaction
        .insert(
            "INSERT INTO properties (activity_key, name_key, value_type, activity, name, events, first_seen_at, last_seen_at)",
            "ON CONFLICT (activity_key, name_key, value_type) DO UPDATE SET \
             events = properties.events + excluded.events, \
             first_seen_at = CASE WHEN excluded.first_seen_at < properties.first_seen_at \
                             THEN excluded.first_seen_at ELSE properties.first_seen_at END, \
             last_seen_at = CASE WHEN excluded.last_seen_at > properties.last_seen_at \
                            THEN excluded.last_seen_at ELSE properties.last_seen_at END",
            rows,
        )
        .await
}

/// One line for each activity, name and type: PostgreSQL refuses to touch a row twice in one statement.
fn fold(seen: &[PropertySeen]) -> Vec<PropertySeen> {
    let mut folded: BTreeMap<(&str, &str, &str), PropertySeen> = BTreeMap::new();
    for property in seen {
        folded
            .entry((&property.activity, &property.name, property.value_type.as_str()))
            .and_modify(|sum| {
                sum.events += property.events;
                sum.first_seen_at = sum.first_seen_at.min(property.first_seen_at);
                sum.last_seen_at = sum.last_seen_at.max(property.last_seen_at);
            })
            .or_insert_with(|| property.clone());
    }
    folded.into_values().collect()
}

/// By activity, name and type.
pub(super) async fn list(transaction: &mut Transaction<'_>) -> Result<Vec<PropertySeen>> {
    let sql = "SELECT activity, name, value_type, events, first_seen_at, last_seen_at FROM properties";
    let mut properties = Vec::new();
    for row in transaction.fetch(sql, []).await? {
        let mut fields = row.fields();
        properties.push(PropertySeen {
            activity: fields.text()?,
            name: fields.text()?,
            value_type: fields.parsed("a type of property", PropertyType::parse)?,
            events: fields.unsigned()?,
            first_seen_at: fields.integer()?,
            last_seen_at: fields.integer()?,
        });
    }
    properties.sort_by(|one, other| {
        let key =
            |property: &PropertySeen| (property.activity.clone(), property.name.clone(), property.value_type.as_str());
        key(one).cmp(&key(other))
    });
    Ok(properties)
}
