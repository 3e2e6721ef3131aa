//! What an organisation says of topics: new ones, and changes to those that the program brings along.

use serde::{Deserialize, Serialize};

use super::{InBoth, Taxonomy, TaxonomyError, Topic};

/// A topic of an organisation's own, or what it changes in a shipped one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicEdit {
    /// As of [`Topic::id`]. That of a shipped topic changes it.
    pub id: String,
    /// A topic of one's own needs one in both languages; of a shipped one, what is empty stays as it is.
    #[serde(default)]
    pub name: InBoth<String>,
    /// Beside those of a shipped topic.
    #[serde(default)]
    pub expressions: InBoth<Vec<String>>,
    /// Comments that speak of it.
    #[serde(default)]
    pub examples: InBoth<Vec<String>>,
    /// Nothing is found that speaks of it.
    #[serde(default)]
    pub is_hidden: bool,
}

impl TopicEdit {
    /// The topic that comes of it, beside the known ones.
    ///
    /// # Errors
    ///
    /// A topic of one's own that has no name in one of the languages, or no expression in either.
    pub fn apply(&self, known: &Taxonomy) -> Result<Topic, TaxonomyError> {
        let known = known.topics().find(|topic| topic.id == self.id);
        let topic = match known {
            Some(topic) => self.extend(topic.clone()),
            None => self.extend(Topic { id: self.id.clone(), ..Topic::default() }),
        };
        let is_unnamed = topic.name.es.trim().is_empty() || topic.name.en.trim().is_empty();
        if is_unnamed {
            return Err(TaxonomyError::Unnamed(topic.id));
        }
        let is_empty = topic.expressions.es.is_empty() && topic.expressions.en.is_empty();
        if is_empty && !self.is_hidden {
            return Err(TaxonomyError::Empty(topic.id));
        }
        if self.is_hidden {
            return Ok(Topic { expressions: InBoth::default(), ..topic });
        }
        Ok(topic)
    }

    fn extend(&self, mut topic: Topic) -> Topic {
        for (name, own) in [(&mut topic.name.es, &self.name.es), (&mut topic.name.en, &self.name.en)] {
            if !own.trim().is_empty() {
                own.trim().clone_into(name);
            }
        }
        for (list, own) in [
            (&mut topic.expressions.es, &self.expressions.es),
            (&mut topic.expressions.en, &self.expressions.en),
            (&mut topic.examples.es, &self.examples.es),
            (&mut topic.examples.en, &self.examples.en),
        ] {
            for written in own {
                if !list.contains(written) {
                    list.push(written.clone());
                }
            }
        }
        topic
    }
}

#[cfg(test)]
mod tests;
