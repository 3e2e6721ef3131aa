//! Topics, listed, changed and checked.

use domain::ports::{KeptTopic, KeptTopics};
use domain::{Error, Result};
use serde_json::json;
use text::TopicEdit;

use super::checking::list_missed;
use super::dto::{NewTopics, TopicsDto};
use super::known::{KnownTopics, shipped_topics};
use crate::app::App;
use crate::auth::Identity;

const MOST_TOPICS: usize = 200;
const LONGEST_NAME: usize = 60;
const MOST_EXPRESSIONS: usize = 200;
const LONGEST_EXPRESSION: usize = 80;
const MOST_EXAMPLES: usize = 50;
const LONGEST_EXAMPLE: usize = 1_000;

pub fn list_topics(app: &App) -> TopicsDto {
    TopicsDto::of(&app.topics.known())
}

/// Comments that come from now on are read by them, and the index reads again those that are there.
pub fn update_topics(app: &App, new: NewTopics, by: &Identity) -> Result<TopicsDto> {
    if new.topics.len() > MOST_TOPICS {
        return Err(Error::invalid(format!("there may be at most {MOST_TOPICS} topics, not {}", new.topics.len())));
    }
    let edits: Vec<TopicEdit> = new.topics.into_iter().map(Into::into).collect();
    for (place, edit) in edits.iter().enumerate() {
        check_sizes(edit)?;
        if edits[..place].iter().any(|other| other.id == edit.id) {
            return Err(Error::invalid(format!("there are two topics `{}`; leave one of them", edit.id)));
        }
    }
    let wanted = KnownTopics::with(&KeptTopics { version: new.version, ..KeptTopics::default() }, edits)?;
    let own = wanted.edits.iter().filter(|edit| !edit.is_hidden);
    if let Some(missed) = own.flat_map(|edit| list_missed(&wanted.analyzer, edit)).next() {
        return Err(Error::invalid(format!(
            "the example `{}` of `{}` does not speak of it as it is read; add an expression that is in it, or leave it out",
            missed.example, missed.topic
        )));
    }
    let shipped = shipped_topics();
    let is_shipped = |edit: &&TopicEdit| shipped.topics().any(|topic| topic.id == edit.id);
    let detail = json!({
        "version": new.version + 1,
        "own": wanted.edits.iter().filter(|edit| !is_shipped(edit)).map(|edit| &edit.id).collect::<Vec<_>>(),
        "changed": wanted.edits.iter().filter(is_shipped).map(|edit| &edit.id).collect::<Vec<_>>(),
        "hidden": wanted.edits.iter().filter(|edit| edit.is_hidden).map(|edit| &edit.id).collect::<Vec<_>>(),
    });
    let audit = app.audit_entry(by, "topics.update", "topics", detail);
    let topics = KeptTopics {
        version: new.version,
        topics: wanted.edits.iter().map(keep).collect::<Result<_>>()?,
        updated_by: by.name.clone(),
        updated_at: app.clock.now_ms(),
    };
    let kept = app.state.topics.update_topics(&topics, &audit)?;
    app.topics.replace(KnownTopics::of(&kept));
    Ok(list_topics(app))
}

fn keep(edit: &TopicEdit) -> Result<KeptTopic> {
    let definition = serde_json::to_string(edit);
    let definition = definition.map_err(|cause| Error::internal("could not write a topic").caused_by(cause))?;
    Ok(KeptTopic { id: edit.id.clone(), definition })
}

/// Refuses what is longer than a page shows.
pub fn check_sizes(edit: &TopicEdit) -> Result<()> {
    let TopicEdit { id, name, expressions, examples, .. } = edit;
    let refuse =
        |what: &str, most: usize| Err(Error::invalid(format!("topic `{id}` has {what}; at most {most} are taken")));
    if [&name.es, &name.en].iter().any(|name| name.chars().count() > LONGEST_NAME) {
        return refuse("a name of too many characters", LONGEST_NAME);
    }
    for (list, most, longest, what) in [
        (
            expressions,
            MOST_EXPRESSIONS,
            LONGEST_EXPRESSION,
            ("too many expressions", "an expression of too many characters"),
        ),
        (examples, MOST_EXAMPLES, LONGEST_EXAMPLE, ("too many examples", "an example of too many characters")),
    ] {
        if list.es.len() > most || list.en.len() > most {
            return refuse(what.0, most);
        }
        if list.es.iter().chain(&list.en).any(|text| text.chars().count() > longest) {
            return refuse(what.1, longest);
        }
    }
    Ok(())
}
