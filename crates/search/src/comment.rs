//! A comment as the index keeps it.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::{EventId, NodeId};
use serde::{Deserialize, Serialize};

/// How a comment without channel, unit, survey or touchpoint is called where one is asked for.
pub const NONE: &str = "(none)";

/// A comment with what its event says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    pub event: EventId,
    pub seq: u64,
    /// The node that the event resolved to; whose it is today, the log knows.
    pub node: NodeId,
    /// UTC milliseconds.
    pub occurred_at: i64,
    pub activity: String,
    pub channel: Option<String>,
    pub unit: Option<String>,
    pub survey: Option<String>,
    pub touchpoint: Option<String>,
    /// As it stands in the log.
    pub text: String,
    /// Where something personal is in the text, in bytes, in order. It is not found by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<Range<usize>>,
    /// `es`, `en`, or none where it is neither or cannot be told.
    pub language: Option<String>,
    /// `negative`, `neutral` or `positive`.
    pub sentiment: Option<String>,
    /// -1 (bad) to 1 (good).
    pub score: Option<f64>,
    pub topics: Vec<TopicSaid>,
    /// What was answered beside it, by metric: `nps`, `csat`, `ces`, `rating`.
    pub answers: BTreeMap<String, f64>,
}

/// A topic with the judgement of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TopicSaid {
    pub topic: String,
    /// `negative`, `neutral` or `positive`.
    pub judgement: String,
}

impl Comment {
    /// The numbers beside a comment by which it can be looked for.
    pub const ANSWERS: [&str; 4] = ["nps", "csat", "ces", "rating"];

    /// The topics of a property such as `waiting:negative,coffee:positive`.
    pub fn read_topics(said: &str) -> Vec<TopicSaid> {
        let pairs = said.split(',').filter_map(|pair| pair.split_once(':'));
        pairs.map(|(topic, judgement)| TopicSaid { topic: topic.to_owned(), judgement: judgement.to_owned() }).collect()
    }
}
