//! The words of customers' names, for finding customers by name.
//!
//! Words are only added: whoever was once called by a name is found by it. They are written in the transaction that writes
//! the trait; what was there before is read into the table once, when the state is opened.

use domain::customer_name::{NamePart, name_text, name_words};
use domain::ports::{CustomerNames, NewIdentifier};
use domain::{NodeId, Result};

use crate::Store;
use crate::customers::read_identifier;
use crate::sql::{Row, Transaction, Value};

/// Nodes of which the traits are read in one transaction.
const NODES_AT_ONCE: u64 = 10_000;

const INSERT_WORDS: &str = "INSERT INTO customer_name_words (word, node)";
const KEEP: &str = "ON CONFLICT (word, node) DO NOTHING";

/// Follows every text that begins with another one.
const END: char = char::MAX;

impl CustomerNames for Store {
    fn find_name_words(&self, prefix: &str, limit: u32) -> Result<Vec<(String, NodeId)>> {
        let sql = "SELECT word, node FROM customer_name_words WHERE word >= $1 AND word < $2 \
                   ORDER BY word, node LIMIT $3";
        let values: [Value<'_>; 3] = [prefix.into(), format!("{prefix}{END}").into(), limit.into()];
        let rows = self.read("find names", async |transaction| transaction.fetch(sql, values).await)?;
        rows.iter().map(read_word).collect()
    }

    fn list_name_words(&self, nodes: &[NodeId]) -> Result<Vec<(String, NodeId)>> {
        let sql = "SELECT word, node FROM customer_name_words WHERE node IN";
        let rows = self.read("list the words of names", async |transaction| {
            transaction.fetch_in(sql, nodes.iter().map(|node| node.0)).await
        })?;
        rows.iter().map(read_word).collect()
    }

    fn find_identifiers_from(&self, prefix: &str, limit: u32) -> Result<Vec<NewIdentifier>> {
        let sql = "SELECT node, kind, value, seen_at FROM identifiers WHERE value >= $1 AND value < $2 \
                   ORDER BY value LIMIT $3";
        let values: [Value<'_>; 3] = [prefix.into(), format!("{prefix}{END}").into(), limit.into()];
        let rows = self.read("find identifiers", async |transaction| transaction.fetch(sql, values).await)?;
        rows.iter().map(read_identifier).collect()
    }
}

fn read_word(row: &Row) -> Result<(String, NodeId)> {
    let mut fields = row.fields();
    Ok((fields.text()?, NodeId(fields.unsigned()?)))
}

/// Adds the words of those traits (node, name, value) that are names.
pub(crate) async fn record<'t>(
    transaction: &mut Transaction<'_>,
    traits: impl Iterator<Item = (NodeId, &'t str, &'t str)>,
) -> Result<()> {
    let names = traits.filter(|(_, name, _)| NamePart::of(name).is_some());
    let words = names.flat_map(|(node, _, value)| {
        name_text(value).map(|text| name_words(&text)).unwrap_or_default().into_iter().map(move |word| (word, node))
    });
    let rows = words.map(|(word, node)| -> [Value<'_>; 2] { [word.into(), node.0.into()] });
    transaction.insert(INSERT_WORDS, KEEP, rows).await
}

/// Reads the traits that were there before there were words; goes on where it was interrupted.
pub(crate) fn catch_up(store: &Store) -> Result<()> {
    let is_complete = || {
        store.write("read names into the search", async |transaction| {
            let progress = "SELECT until_node, is_complete FROM customer_name_progress WHERE id = 1";
            let Some(row) = transaction.fetch_first(progress, []).await? else { return Ok(true) };
            let mut fields = row.fields();
            let (after, is_complete) = (fields.unsigned()?, fields.flag()?);
            if is_complete {
                return Ok(true);
            }
            let last = transaction.next_id("SELECT COALESCE(MAX(node), 0) FROM traits").await?;
            if after == 0 && last > NODES_AT_ONCE {
                tracing::info!(nodes = last, "reading the names of customers into the search, once");
            }
            let until = after.saturating_add(NODES_AT_ONCE);
            let sql = "SELECT node, name, value FROM traits WHERE node > $1 AND node <= $2";
            let mut traits = Vec::new();
            for row in transaction.fetch(sql, [after.into(), until.into()]).await? {
                let mut fields = row.fields();
                traits.push((NodeId(fields.unsigned()?), fields.text()?, fields.text()?));
            }
            let traits = traits.iter().map(|(node, name, value)| (*node, name.as_str(), value.as_str()));
            record(transaction, traits).await?;
            let is_complete = until >= last;
            let values: [Value<'_>; 2] = [until.into(), is_complete.into()];
            let sql = "UPDATE customer_name_progress SET until_node = $1, is_complete = $2 WHERE id = 1";
            transaction.execute(sql, values).await?;
            Ok(is_complete)
        })
    };
    while !is_complete()? {}
    Ok(())
}
