//! The topics by which comments are read: those of the program, as the organisation changes them.

use std::sync::{Arc, PoisonError, RwLock};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ports::{KeptTopics, TopicStore};
use domain::{Error, Result};
use sha2::{Digest, Sha256};
use text::{Analyzer, Taxonomy, Topic, TopicEdit};

/// Signs of a hash that tell two taxonomies apart.
const TOLD_SIGNS: usize = 12;

/// What comments are read by now.
pub struct KnownTopics {
    /// How often the organisation has changed them.
    pub version: u64,
    pub updated_by: String,
    /// UTC milliseconds; 0 before the first change.
    pub updated_at: i64,
    /// What the organisation says, by id.
    pub edits: Vec<TopicEdit>,
    pub analyzer: Analyzer,
    /// Tells what is read by these topics from what is read by others, those of another version of the program among them.
    pub reading: String,
}

/// The topics of an application. They change while it runs.
pub struct Topics {
    known: RwLock<Arc<KnownTopics>>,
}

impl Topics {
    pub fn load(store: &dyn TopicStore) -> Result<Topics> {
        Ok(Topics { known: RwLock::new(Arc::new(KnownTopics::of(&store.find_topics()?))) })
    }

    pub fn known(&self) -> Arc<KnownTopics> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whatever comes first: a newer version never gives way to an older one.
    pub fn replace(&self, topics: KnownTopics) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if topics.version > known.version {
            *known = Arc::new(topics);
        }
    }
}

impl KnownTopics {
    /// What is kept was accepted once. What this version of the program would not accept is left out, so that the server starts.
    pub fn of(kept: &KeptTopics) -> KnownTopics {
        let shipped = shipped_topics();
        let mut analyzer = Analyzer::shipped();
        let mut edits = Vec::new();
        for topic in &kept.topics {
            let read = serde_json::from_str::<TopicEdit>(&topic.definition).map_err(|cause| cause.to_string());
            let applied = read.and_then(|edit| {
                let changed = edit.apply(&shipped).map_err(|cause| cause.to_string())?;
                let with = analyzer.clone().with_topics([changed]).map_err(|cause| cause.to_string())?;
                Ok((edit, with))
            });
            match applied {
                Ok((edit, with)) => {
                    analyzer = with;
                    edits.push(edit);
                }
                Err(fault) => tracing::warn!(topic = topic.id, fault, "a topic is left out"),
            }
        }
        KnownTopics::new(kept, edits, analyzer)
    }

    /// What would be if these were the edits.
    ///
    /// # Errors
    ///
    /// The first topic that cannot be as it is written, and why.
    pub fn with(kept: &KeptTopics, edits: Vec<TopicEdit>) -> Result<KnownTopics> {
        let changed = apply(&edits)?;
        let refuse = |cause: text::TaxonomyError| Error::invalid(cause.to_string());
        let analyzer = Analyzer::shipped().with_topics(changed).map_err(refuse)?;
        Ok(KnownTopics::new(kept, edits, analyzer))
    }

    fn new(kept: &KeptTopics, edits: Vec<TopicEdit>, analyzer: Analyzer) -> KnownTopics {
        let topics: Vec<&Topic> = analyzer.taxonomy().topics().collect();
        // Topics are lists of texts, which always are JSON.
        let written = serde_json::to_vec(&topics).unwrap_or_default();
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(written));
        let told = hash.get(..TOLD_SIGNS).unwrap_or_default();
        KnownTopics {
            version: kept.version,
            updated_by: kept.updated_by.clone(),
            updated_at: kept.updated_at,
            reading: format!("{}.{told}", kept.version),
            edits,
            analyzer,
        }
    }
}

/// The topics that come of edits.
pub fn apply(edits: &[TopicEdit]) -> Result<Vec<Topic>> {
    let shipped = shipped_topics();
    edits.iter().map(|edit| edit.apply(&shipped).map_err(|cause| Error::invalid(cause.to_string()))).collect()
}

/// The topics that the program brings along.
#[expect(clippy::expect_used, reason = "they are part of the program, and tests read them")]
pub fn shipped_topics() -> Taxonomy {
    Taxonomy::shipped().expect("the topics that are built in are readable")
}
