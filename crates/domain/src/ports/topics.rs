//! What the organisation says of the topics of comments.

use super::AuditEntry;
use crate::error::Result;

/// The topics that the organisation has added or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptTopics {
    /// One more with each change; 0 before the first.
    pub version: u64,
    /// By id, in their order.
    pub topics: Vec<KeptTopic>,
    /// Who changed them last; empty before the first change.
    pub updated_by: String,
    /// UTC milliseconds; 0 before the first change.
    pub updated_at: i64,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptTopic {
    pub id: String,
    /// What it is, as JSON.
    pub definition: String,
}

/// The topics that comments are read by, beside those of the program.
pub trait TopicStore: Send + Sync {
    fn find_topics(&self) -> Result<KeptTopics>;
    /// Keeps these topics instead of those of `topics.version` and gives them the next version. A conflict when the version is
    /// another one by now: somebody else has changed them.
    fn update_topics(&self, topics: &KeptTopics, audit: &AuditEntry) -> Result<KeptTopics>;
}
