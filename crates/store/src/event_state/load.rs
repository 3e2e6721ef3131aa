//! What the log reads when it starts.

use domain::ports::{CodedName, Counts, Dictionary, IdentityMerge, LoadedState, PersonalValues, Sequences};
use domain::{Error, Identifier, IdentifierKind, NodeId, Result};

use super::{catalogue, dead_letters};
use crate::customers::{SELECT_MERGES, read_merge};
use crate::sql::Transaction;

pub(super) async fn load(transaction: &mut Transaction<'_>) -> Result<LoadedState> {
    let (position, counts, sequences) = find_log_state(transaction).await?;
    let merges = transaction.fetch(SELECT_MERGES, []).await?;
    Ok(LoadedState {
        position,
        counts,
        sequences,
        names: list_names(transaction).await?,
        merges: merges.iter().map(read_merge).collect::<Result<Vec<IdentityMerge>>>()?,
        catalogue: catalogue::find_current(transaction).await?,
        dead_bytes: dead_letters::sum_bytes(transaction).await?,
    })
}

async fn find_log_state(transaction: &mut Transaction<'_>) -> Result<(u64, Counts, Sequences)> {
    let row = transaction
        .fetch_first(
            "SELECT position, received, stored, duplicate, dead, \
             next_seq, next_node, next_merge, next_dead, next_personal FROM log_state WHERE id = 1",
            [],
        )
        .await?
        .ok_or_else(|| Error::internal("the state has lost the position of the event log"))?;
    let mut fields = row.fields();
    let position = fields.unsigned()?;
    let counts = Counts {
        received: fields.unsigned()?,
        stored: fields.unsigned()?,
        duplicate: fields.unsigned()?,
        dead: fields.unsigned()?,
    };
    let sequences = Sequences {
        seq: fields.unsigned()?,
        node: fields.unsigned()?,
        merge: fields.unsigned()?,
        dead: fields.unsigned()?,
        personal: fields.unsigned()?,
    };
    Ok((position, counts, sequences))
}

/// Sorted by dictionary and code.
async fn list_names(transaction: &mut Transaction<'_>) -> Result<Vec<CodedName>> {
    let mut names = Vec::new();
    for row in transaction.fetch("SELECT dictionary, code, name FROM coded_names", []).await? {
        let mut fields = row.fields();
        names.push(CodedName {
            dictionary: fields.parsed("a dictionary", Dictionary::parse)?,
            code: fields.unsigned_32()?,
            name: fields.text()?,
        });
    }
    names.sort_by_key(|name| (name.dictionary.as_str(), name.code));
    Ok(names)
}

/// The next identifiers after a node, by node.
pub(super) async fn list_page(transaction: &mut Transaction<'_>, after: NodeId) -> Result<Vec<(NodeId, Identifier)>> {
    let sql = "SELECT node, kind, value FROM identifiers WHERE node > $1 ORDER BY node LIMIT 10000";
    let rows = transaction.fetch(sql, [after.0.into()]).await?;
    let mut page = Vec::with_capacity(rows.len());
    for row in rows {
        let mut fields = row.fields();
        let node = NodeId(fields.unsigned()?);
        let kind = IdentifierKind::parse(&fields.text()?);
        page.push((node, Identifier { kind, value: fields.text()? }));
    }
    Ok(page)
}

/// By id; ids that are not there are left out.
pub(super) async fn list_personal(transaction: &mut Transaction<'_>, ids: &[u64]) -> Result<Vec<PersonalValues>> {
    let sql = "SELECT id, node, body FROM personal_values WHERE id IN";
    let mut found = Vec::new();
    for row in transaction.fetch_in(sql, ids.iter().copied()).await? {
        let mut fields = row.fields();
        let (id, node) = (fields.unsigned()?, NodeId(fields.unsigned()?));
        found.push(PersonalValues { id, node, body: fields.text()? });
    }
    found.sort_by_key(|values| values.id);
    Ok(found)
}
