//! What goes over the wire about topics.

use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use text::{InBoth, Topic, TopicEdit};
use utoipa::ToSchema;

use super::known::{KnownTopics, shipped_topics};
use crate::listening::comments::CommentDto;

/// The topics that comments are read by.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Topics)]
pub struct TopicsDto {
    /// One more with each change. Send it back with the next one.
    #[schema(example = 3)]
    pub version: u64,
    /// Absent before the first change, as who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<String>,
    /// All there are, by id, those that are hidden too.
    pub topics: Vec<TopicDto>,
}

/// A topic, what the program says of it and what the organisation does.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Topic)]
pub struct TopicDto {
    #[schema(example = "waiting")]
    pub id: String,
    /// What it is called now.
    pub name: TextInBoth,
    /// What the program brings along; absent for a topic of the organisation's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shipped: Option<ShippedTopicDto>,
    /// What the organisation says of it; absent where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<TopicEditDto>,
    /// Nothing is found that speaks of it.
    pub is_hidden: bool,
}

/// A topic as the program brings it along.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShippedTopic)]
pub struct ShippedTopicDto {
    pub name: TextInBoth,
    pub expressions: TextsInBoth,
    pub examples: TextsInBoth,
}

/// The topics of an organisation's own and those that it changes: all of them, those that are not named are as shipped.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTopics {
    /// As it was read. Where somebody else has changed them since, nothing is changed.
    pub version: u64,
    /// At most 200.
    pub topics: Vec<TopicEditDto>,
}

/// A topic of an organisation's own, or what it changes in one of the program.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = TopicEdit)]
#[serde(deny_unknown_fields)]
pub struct TopicEditDto {
    /// Lower-case letters, digits and `_`, at most 64. One of the program's is changed.
    #[schema(example = "loyalty")]
    pub id: String,
    /// In both languages for a topic of one's own; of one of the program, what is empty stays as it is. At most 60 characters.
    #[serde(default)]
    pub name: TextInBoth,
    /// One or more words each, `*` at the end of a word stands for any ending; beside those of the program. At most 200 in each
    /// language.
    #[serde(default)]
    pub expressions: TextsInBoth,
    /// Comments that speak of it: its tests. One in which it is not found is refused. At most 50 in each language.
    #[serde(default)]
    pub examples: TextsInBoth,
    /// Nothing is found that speaks of it.
    #[serde(default)]
    pub is_hidden: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TextInBoth {
    #[schema(example = "Puntos del club")]
    pub es: String,
    #[schema(example = "Loyalty points")]
    pub en: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TextsInBoth {
    #[schema(example = json!(["puntos del club", "fideliz*"]))]
    pub es: Vec<String>,
    #[schema(example = json!(["loyalty points"]))]
    pub en: Vec<String>,
}

/// What a draft would find among the comments that there are.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CheckedTopic)]
pub struct CheckedTopicDto {
    /// Comments that were read: the newest.
    pub read: u64,
    /// All there are.
    pub total: u64,
    /// Of those that were read, in how many the draft is found.
    pub found: u64,
    /// Of these, in how many the topic of this id is not found today.
    pub gained: u64,
    /// Of those that were read, in how many it is found today and would not be any more.
    pub lost: u64,
    /// Those of the draft, each by itself: which finds too much, and which nothing.
    pub expressions: Vec<CheckedExpressionDto>,
    /// A few comments in which the draft is found: first those in which it is not found today.
    pub comments: Vec<CommentDto>,
    /// The examples of the draft in which it is not found.
    pub missed: Vec<MissedExampleDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CheckedExpression)]
pub struct CheckedExpressionDto {
    /// `es` or `en`.
    pub language: &'static str,
    #[schema(example = "fideliz*")]
    pub expression: String,
    /// In how many of the comments that were read it is found.
    pub comments: u64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MissedExample)]
pub struct MissedExampleDto {
    /// `es` or `en`.
    pub language: &'static str,
    pub example: String,
}

impl TopicsDto {
    pub fn of(known: &KnownTopics) -> TopicsDto {
        let shipped = shipped_topics();
        let topic = |topic: &Topic| {
            let edit = known.edits.iter().find(|edit| edit.id == topic.id);
            let shipped = shipped.topics().find(|shipped| shipped.id == topic.id);
            TopicDto {
                id: topic.id.clone(),
                name: topic.name.clone().into(),
                shipped: shipped.cloned().map(Into::into),
                edit: edit.cloned().map(Into::into),
                is_hidden: edit.is_some_and(|edit| edit.is_hidden),
            }
        };
        let is_changed = known.version > 0;
        TopicsDto {
            version: known.version,
            updated_at: is_changed.then(|| format_instant(known.updated_at)),
            updated_by: is_changed.then(|| known.updated_by.clone()),
            topics: known.analyzer.taxonomy().topics().map(topic).collect(),
        }
    }
}

impl From<Topic> for ShippedTopicDto {
    fn from(topic: Topic) -> ShippedTopicDto {
        ShippedTopicDto {
            name: topic.name.into(),
            expressions: topic.expressions.into(),
            examples: topic.examples.into(),
        }
    }
}

impl From<TopicEdit> for TopicEditDto {
    fn from(edit: TopicEdit) -> TopicEditDto {
        TopicEditDto {
            id: edit.id,
            name: edit.name.into(),
            expressions: edit.expressions.into(),
            examples: edit.examples.into(),
            is_hidden: edit.is_hidden,
        }
    }
}

impl From<TopicEditDto> for TopicEdit {
    fn from(edit: TopicEditDto) -> TopicEdit {
        TopicEdit {
            id: edit.id,
            name: edit.name.into(),
            expressions: edit.expressions.into(),
            examples: edit.examples.into(),
            is_hidden: edit.is_hidden,
        }
    }
}

impl From<InBoth<String>> for TextInBoth {
    fn from(InBoth { es, en }: InBoth<String>) -> TextInBoth {
        TextInBoth { es, en }
    }
}

/// Without what surrounds it.
impl From<TextInBoth> for InBoth<String> {
    fn from(TextInBoth { es, en }: TextInBoth) -> InBoth<String> {
        InBoth { es: es.trim().to_owned(), en: en.trim().to_owned() }
    }
}

impl From<InBoth<Vec<String>>> for TextsInBoth {
    fn from(InBoth { es, en }: InBoth<Vec<String>>) -> TextsInBoth {
        TextsInBoth { es, en }
    }
}

/// Without what surrounds each, without empty ones, each once.
impl From<TextsInBoth> for InBoth<Vec<String>> {
    fn from(TextsInBoth { es, en }: TextsInBoth) -> InBoth<Vec<String>> {
        InBoth { es: tidy(es), en: tidy(en) }
    }
}

fn tidy(texts: Vec<String>) -> Vec<String> {
    let mut tidied: Vec<String> = Vec::with_capacity(texts.len());
    for text in texts {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && !tidied.contains(&text) {
            tidied.push(text);
        }
    }
    tidied
}
