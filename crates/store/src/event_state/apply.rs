//! Writes what a run of log records changed, all of it or nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::ports::{IdentityMerge, LogChanges, NewIdentifier, TraitsSeen, UndoneMerge};
use domain::{Error, NodeId, Result};
use serde_json::value::RawValue;

use super::dead_letters;
use crate::customer_names;
use crate::index_key::index_key;
use crate::sql::{Transaction, Value};

/// Does nothing when the position was reached before. Everything below runs once for each log record, so a row that is
/// there already is a contradiction and fails.
pub(super) async fn apply(transaction: &mut Transaction<'_>, changes: &LogChanges) -> Result<()> {
    if !advance(transaction, changes).await? {
        return Ok(());
    }
    record_identifiers(transaction, &changes.identifiers).await?;
    record_merges(transaction, &changes.merges).await?;
    record_undone(transaction, &changes.undone).await?;
    let names = changes.names.iter().map(|name| -> [Value<'_>; 3] {
        [name.dictionary.as_str().into(), name.code.into(), name.name.as_str().into()]
    });
    transaction.insert("INSERT INTO coded_names (dictionary, code, name)", "", names).await?;
    let personal = changes
        .personal
        .iter()
        .map(|values| -> [Value<'_>; 3] { [values.id.into(), values.node.0.into(), values.body.as_str().into()] });
    transaction.insert("INSERT INTO personal_values (id, node, body)", "", personal).await?;
    record_traits(transaction, changes.position, &changes.traits).await?;
    dead_letters::record(transaction, &changes.dead).await?;
    dead_letters::record_replayed(transaction, changes.position, &changes.replayed).await
}

/// Moves the position on, unless it is there or further already. On PostgreSQL this also locks the row.
async fn advance(transaction: &mut Transaction<'_>, changes: &LogChanges) -> Result<bool> {
    let LogChanges { position, counts, sequences, .. } = changes;
    let values: [Value<'_>; 10] = [
        (*position).into(),
        counts.received.into(),
        counts.stored.into(),
        counts.duplicate.into(),
        counts.dead.into(),
        sequences.seq.into(),
        sequences.node.into(),
        sequences.merge.into(),
        sequences.dead.into(),
        sequences.personal.into(),
    ];
    let advanced = transaction
        .execute(
            "UPDATE log_state SET position = $1, received = $2, stored = $3, duplicate = $4, dead = $5, \
             next_seq = $6, next_node = $7, next_merge = $8, next_dead = $9, next_personal = $10 \
             WHERE id = 1 AND position < $1",
            values,
        )
        .await?;
    Ok(advanced > 0)
}

async fn record_identifiers(transaction: &mut Transaction<'_>, identifiers: &[NewIdentifier]) -> Result<()> {
    let rows = identifiers.iter().map(|new| -> [Value<'_>; 4] {
        [
            new.node.0.into(),
            new.identifier.kind.as_str().into(),
            new.identifier.value.as_str().into(),
            new.seen_at.into(),
        ]
    });
    transaction.insert("INSERT INTO identifiers (node, kind, value, seen_at)", "", rows).await
}

async fn record_merges(transaction: &mut Transaction<'_>, merges: &[IdentityMerge]) -> Result<()> {
    let rows = merges.iter().map(|merge| -> [Value<'_>; 8] {
        [
            merge.id.0.into(),
            merge.a.0.into(),
            merge.b.0.into(),
            merge.rule.as_str().into(),
            merge.evidence.map(|event| event.to_string()).into(),
            merge.decided_by.as_str().into(),
            merge.merged_at.into(),
            merge.undone_at.into(),
        ]
    });
    transaction
        .insert("INSERT INTO merges (id, node_a, node_b, rule, evidence, decided_by, merged_at, undone_at)", "", rows)
        .await
}

async fn record_undone(transaction: &mut Transaction<'_>, undone: &[UndoneMerge]) -> Result<()> {
    for end in undone {
        let values: [Value<'_>; 3] = [end.id.0.into(), end.undone_at.into(), end.undone_by.as_str().into()];
        let found =
            transaction.execute("UPDATE merges SET undone_at = $2, undone_by = $3 WHERE id = $1", values).await?;
        if found == 0 {
            return Err(Error::internal(format!("could not undo {}: the state has no such merge", end.id)));
        }
    }
    Ok(())
}

/// A trait of a node as the batch leaves it.
struct LatestTrait<'a> {
    name: String,
    value: String,
    seen: &'a TraitsSeen,
    place: usize,
}

async fn record_traits(transaction: &mut Transaction<'_>, position: u64, traits: &[TraitsSeen]) -> Result<()> {
    let mut latest: BTreeMap<(NodeId, String), LatestTrait<'_>> = BTreeMap::new();
    for (place, seen) in traits.iter().enumerate() {
        for (name, value) in read_object(&seen.body)? {
            let next = LatestTrait { value: value.get().to_owned(), seen, place, name };
            match latest.entry((seen.node, index_key(&next.name).into_owned())) {
                Entry::Vacant(entry) => {
                    entry.insert(next);
                }
                Entry::Occupied(mut entry) if seen.seen_at >= entry.get().seen.seen_at => {
                    entry.insert(next);
                }
                Entry::Occupied(_) => {}
            }
        }
    }
    let names = latest.iter().map(|((node, _), latest)| (*node, latest.name.as_str(), latest.value.as_str()));
    customer_names::record(transaction, names).await?;
    let rows = latest.iter().map(|((node, name_key), latest)| -> [Value<'_>; 8] {
        [
            node.0.into(),
            name_key.as_str().into(),
            latest.name.as_str().into(),
            latest.value.as_str().into(),
            latest.seen.source.0.into(),
            latest.seen.seen_at.into(),
            position.into(),
            (latest.place as u64).into(),
        ]
    });
    transaction
        .insert(
            "INSERT INTO traits (node, name_key, name, value, source, seen_at, position, place)",
            "ON CONFLICT (node, name_key) DO UPDATE SET name = excluded.name, value = excluded.value, \
             source = excluded.source, seen_at = excluded.seen_at, position = excluded.position, place = excluded.place \
             WHERE excluded.seen_at >= traits.seen_at",
            rows,
        )
        .await
}

/// The top-level members, their values as they are written. Of two with one name the last counts.
fn read_object(body: &str) -> Result<BTreeMap<String, Box<RawValue>>> {
    serde_json::from_str(body)
        .map_err(|cause| Error::invalid("traits cannot be read as a JSON object").caused_by(cause))
}
