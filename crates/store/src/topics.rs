//! The topics of comments that the organisation has added or changed.

use domain::ports::{AuditEntry, KeptTopic, KeptTopics, TopicStore};
use domain::{Error, Result};

use crate::Store;
use crate::audit::record;
use crate::sql::{Transaction, Value};

impl TopicStore for Store {
    fn find_topics(&self) -> Result<KeptTopics> {
        self.read("find the topics", find)
    }

    fn update_topics(&self, topics: &KeptTopics, audit: &AuditEntry) -> Result<KeptTopics> {
        self.write("update the topics", async |transaction| {
            let known = find(transaction).await?.version;
            if known != topics.version {
                return Err(Error::conflict(format!(
                    "the topics have version {known} by now, not {}; read them again and change those",
                    topics.version
                ))
                .because("changed_meanwhile"));
            }
            transaction.execute("DELETE FROM topics", []).await?;
            let rows = topics
                .topics
                .iter()
                .map(|topic| -> [Value<'_>; 2] { [topic.id.as_str().into(), topic.definition.as_str().into()] });
            transaction.insert("INSERT INTO topics (name, definition)", "", rows).await?;
            let values: [Value<'_>; 3] =
                [(known + 1).into(), topics.updated_by.as_str().into(), topics.updated_at.into()];
            let sql = "INSERT INTO topics_version (id, version, updated_by, updated_at) VALUES (1, $1, $2, $3) \
                       ON CONFLICT (id) DO UPDATE SET version = excluded.version, updated_by = excluded.updated_by, \
                       updated_at = excluded.updated_at";
            transaction.execute(sql, values).await?;
            record(transaction, audit).await?;
            find(transaction).await
        })
    }
}

async fn find(transaction: &mut Transaction<'_>) -> Result<KeptTopics> {
    let mut kept = KeptTopics::default();
    let sql = "SELECT version, updated_by, updated_at FROM topics_version WHERE id = 1";
    if let Some(row) = transaction.fetch_first(sql, []).await? {
        let mut fields = row.fields();
        kept.version = fields.unsigned()?;
        kept.updated_by = fields.text()?;
        kept.updated_at = fields.integer()?;
    }
    for row in transaction.fetch("SELECT name, definition FROM topics", []).await? {
        let mut fields = row.fields();
        kept.topics.push(KeptTopic { id: fields.text()?, definition: fields.text()? });
    }
    kept.topics.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(kept)
}
