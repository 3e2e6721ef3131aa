//! What is known of customers beside their events.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use domain::customer_name::NamePart;
use domain::ports::{CustomerStore, IdentityMerge, MergeRule, NewIdentifier, Trait};
use domain::{Identifier, IdentifierKind, MergeId, NodeId, Result, SourceId};

use crate::Store;
use crate::sql::{Row, Value};

impl CustomerStore for Store {
    fn find_identifiers(&self, value: &str) -> Result<Vec<NewIdentifier>> {
        let value = value.trim();
        let normalised = |kind: IdentifierKind| {
            Identifier::new(kind, value).map_or_else(|_| value.to_owned(), |identifier| identifier.value)
        };
        let sql = "SELECT node, kind, value, seen_at FROM identifiers \
                   WHERE value = $1 OR (value = $2 AND kind = 'email') OR (value = $3 AND kind = 'phone') ORDER BY node";
        let values: [Value<'_>; 3] =
            [value.into(), normalised(IdentifierKind::Email).into(), normalised(IdentifierKind::Phone).into()];
        let rows = self.read("find identifiers", async |transaction| transaction.fetch(sql, values).await)?;
        rows.iter().map(read_identifier).collect()
    }

    fn list_identifiers(&self, nodes: &[NodeId]) -> Result<Vec<NewIdentifier>> {
        let sql = "SELECT node, kind, value, seen_at FROM identifiers WHERE node IN";
        let rows = self.read("list identifiers", async |transaction| {
            transaction.fetch_in(sql, nodes.iter().map(|node| node.0)).await
        })?;
        let mut identifiers = rows.iter().map(read_identifier).collect::<Result<Vec<_>>>()?;
        identifiers.sort_by_key(|identifier| identifier.node);
        Ok(identifiers)
    }

    fn list_merges(&self, nodes: &[NodeId]) -> Result<Vec<IdentityMerge>> {
        let rows = self.read("list merges", async |transaction| {
            let mut rows = transaction.fetch_in(SELECT_MERGES_OF_NODE_A, nodes.iter().map(|node| node.0)).await?;
            rows.extend(transaction.fetch_in(SELECT_MERGES_OF_NODE_B, nodes.iter().map(|node| node.0)).await?);
            Ok(rows)
        })?;
        let mut merges: BTreeMap<MergeId, IdentityMerge> = BTreeMap::new();
        for row in &rows {
            let merge = read_merge(row)?;
            merges.insert(merge.id, merge);
        }
        Ok(merges.into_values().collect())
    }

    fn list_traits(&self, nodes: &[NodeId]) -> Result<Vec<Trait>> {
        let rows = self.read("list traits", async |transaction| {
            transaction.fetch_in(SELECT_TRAITS, nodes.iter().map(|node| node.0)).await
        })?;
        let mut latest: BTreeMap<String, (LearntAt, Trait)> = BTreeMap::new();
        for row in &rows {
            let (_, order, next) = read_trait(row)?;
            match latest.entry(next.name.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert((order, next));
                }
                Entry::Occupied(mut entry) if order > entry.get().0 => {
                    entry.insert((order, next));
                }
                Entry::Occupied(_) => {}
            }
        }
        Ok(latest.into_values().map(|(_, latest)| latest).collect())
    }

    fn list_name_traits(&self, nodes: &[NodeId]) -> Result<Vec<(NodeId, Trait)>> {
        let rows = self.read("list names", async |transaction| {
            transaction.fetch_in(SELECT_TRAITS, nodes.iter().map(|node| node.0)).await
        })?;
        let mut names = rows.iter().map(read_trait).collect::<Result<Vec<_>>>()?;
        names.retain(|(_, _, known)| NamePart::of(&known.name).is_some());
        names.sort_by_key(|(_, order, _)| *order);
        Ok(names.into_iter().map(|(node, _, known)| (node, known)).collect())
    }
}

const SELECT_TRAITS: &str = "SELECT node, name, value, source, seen_at, position, place FROM traits WHERE node IN";

/// When a trait was learnt: its instant, and the order of the log among those of one instant.
type LearntAt = (i64, i64, i64);

fn read_trait(row: &Row) -> Result<(NodeId, LearntAt, Trait)> {
    let mut fields = row.fields();
    let (node, name, value) = (NodeId(fields.unsigned()?), fields.text()?, fields.text()?);
    let (source, seen_at) = (SourceId(fields.unsigned()?), fields.integer()?);
    let order = (seen_at, fields.integer()?, fields.integer()?);
    Ok((node, order, Trait { name, value, source, seen_at }))
}

pub(crate) fn read_identifier(row: &Row) -> Result<NewIdentifier> {
    let mut fields = row.fields();
    let node = NodeId(fields.unsigned()?);
    let kind = IdentifierKind::parse(&fields.text()?);
    let identifier = Identifier { kind, value: fields.text()? };
    Ok(NewIdentifier { node, identifier, seen_at: fields.integer()? })
}

/// All merges by id, in the columns of [`read_merge`].
pub(crate) const SELECT_MERGES: &str =
    "SELECT id, node_a, node_b, rule, evidence, decided_by, merged_at, undone_at FROM merges ORDER BY id";
const SELECT_MERGES_OF_NODE_A: &str =
    "SELECT id, node_a, node_b, rule, evidence, decided_by, merged_at, undone_at FROM merges WHERE node_a IN";
const SELECT_MERGES_OF_NODE_B: &str =
    "SELECT id, node_a, node_b, rule, evidence, decided_by, merged_at, undone_at FROM merges WHERE node_b IN";

pub(crate) fn read_merge(row: &Row) -> Result<IdentityMerge> {
    let mut fields = row.fields();
    Ok(IdentityMerge {
        id: MergeId(fields.unsigned()?),
        a: NodeId(fields.unsigned()?),
        b: NodeId(fields.unsigned()?),
        rule: fields.parsed("the rule of a merge", MergeRule::parse)?,
        evidence: fields.optional_parsed("an event", |text| text.parse().ok())?,
        decided_by: fields.text()?,
        merged_at: fields.integer()?,
        undone_at: fields.optional_integer()?,
    })
}
