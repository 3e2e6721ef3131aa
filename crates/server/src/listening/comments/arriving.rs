//! Every comment that arrives is read, whatever the way: as a survey's answer, from a client or out of a file.

use domain::event::IncomingEvent;
use serde_json::{Map, Value};
use text::Analyzer;

use super::reading::{COMMENT, TIER, read_comment};

/// Adds to an event what its comment says, behind what was sent. What was sent stays as it was written, and counts where it
/// says the same.
pub fn understand(analyzer: &Analyzer, event: &mut IncomingEvent) {
    let has = |name: &str| event.properties.contains(&format!("\"{name}\""));
    if event.activity.is_none() || !has(COMMENT) || has(TIER) {
        return;
    }
    let Ok(Value::Object(sent)) = serde_json::from_str(&event.properties) else { return };
    let Some(comment) = sent.get(COMMENT).filter(|comment| comment.as_str().is_some_and(is_said)) else { return };
    let mut said = Map::from_iter([(COMMENT.to_owned(), comment.clone())]);
    read_comment(analyzer, &mut said);
    said.retain(|name, _| !sent.contains_key(name));
    let added = Value::Object(said).to_string();
    let Some(end) = event.properties.rfind('}') else { return };
    event.properties.truncate(end);
    event.properties.push(',');
    event.properties.push_str(&added[1..]);
}

/// Whether somebody wrote something.
pub fn is_said(comment: &str) -> bool {
    !comment.trim().is_empty()
}
