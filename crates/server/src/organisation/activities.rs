//! The activity catalogue: what people said about activities, over the defaults, for those seen and those foreseen.

use std::collections::BTreeMap;

use domain::ports::{ActivityEntry, ActivityRole};
use domain::{Error, Result};
use serde_json::json;

use super::defaults::default_entry;
use super::dto::ActivityMeaning;
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::sight::{seen_activities, units_in};

/// Characters of a name or a property in the catalogue.
const NAME_CHARS: usize = 512;

/// An activity with its meaning and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityView {
    pub entry: ActivityEntry,
    pub is_edited: bool,
    pub is_seen: bool,
}

/// Every activity that was seen or edited, by name; within a sight only those of which it sees an event.
pub fn list_activities(app: &App, sight: &Sight) -> Result<Vec<ActivityView>> {
    // The names are at least as new as the timeline when they are asked for after it.
    let timeline = (*sight != Sight::Everything).then(|| app.log.timeline()).transpose()?;
    let names = app.log.names();
    let seen = match (timeline, units_in(app, sight, &names)?) {
        (Some(timeline), Some(units)) => {
            Some(seen_activities(&app.waiting.watch(&timeline), &units, app.settings.query_threads)?)
        }
        _ => None,
    };
    let is_seen = |code: u32| seen.as_ref().is_none_or(|seen| seen.get(code as usize).copied().unwrap_or_default());
    let mut views = BTreeMap::new();
    for (_, name) in names.activities.iter().filter(|(code, _)| is_seen(*code)) {
        let entry = default_entry(name).unwrap_or_else(|| without_meaning(name));
        views.insert(name.to_owned(), ActivityView { entry, is_edited: false, is_seen: true });
    }
    for entry in app.state.activities.list_activity_entries()? {
        let is_seen = views.contains_key(&entry.name);
        if seen.is_some() && !is_seen {
            continue;
        }
        views.insert(entry.name.clone(), ActivityView { entry, is_edited: true, is_seen });
    }
    Ok(views.into_values().collect())
}

fn without_meaning(name: &str) -> ActivityEntry {
    ActivityEntry { name: name.to_owned(), role: None, wait_property: None, reason_property: None, alias_of: None }
}

/// Says what an activity means. An alias points at an activity that is none itself, so that names resolve in one step.
pub fn update_activity(app: &App, name: &str, meaning: ActivityMeaning, by: &Identity) -> Result<ActivityView> {
    let role = match meaning.role.as_deref() {
        None => None,
        Some(text) => Some(ActivityRole::parse(text).ok_or_else(|| unknown_role(text))?),
    };
    let texts =
        [Some(name), meaning.wait_property.as_deref(), meaning.reason_property.as_deref(), meaning.alias_of.as_deref()];
    for text in texts.into_iter().flatten() {
        check_name(text)?;
    }
    let entry = ActivityEntry {
        name: name.to_owned(),
        role,
        wait_property: meaning.wait_property,
        reason_property: meaning.reason_property,
        alias_of: meaning.alias_of,
    };
    if let Some(target) = &entry.alias_of {
        check_alias(app, name, target)?;
    }
    let detail = json!({
        "role": entry.role.map(ActivityRole::as_str),
        "wait_property": entry.wait_property,
        "reason_property": entry.reason_property,
        "alias_of": entry.alias_of,
    });
    let audit = app.audit_entry(by, "activity.update", name, detail);
    app.state.activities.update_activity_entry(&entry, &audit)?;
    let is_seen = app.log.names().activities.find(name).is_some();
    Ok(ActivityView { entry, is_edited: true, is_seen })
}

fn check_name(text: &str) -> Result<()> {
    if text.trim().is_empty() || text.contains('\0') || text.chars().count() > NAME_CHARS {
        return Err(Error::invalid(format!("a name has 1 to {NAME_CHARS} characters, without U+0000")));
    }
    Ok(())
}

fn unknown_role(text: &str) -> Error {
    let known: Vec<_> = ActivityRole::ALL.iter().map(|role| role.as_str()).collect();
    Error::invalid(format!("`{text}` is not a role; the roles are {}", known.join(", ")))
}

fn check_alias(app: &App, name: &str, target: &str) -> Result<()> {
    if name == target {
        return Err(Error::invalid(format!("`{name}` cannot be an alias of itself")));
    }
    for entry in app.state.activities.list_activity_entries()? {
        if entry.name == target
            && let Some(further) = &entry.alias_of
        {
            return Err(Error::conflict(format!("`{target}` is itself an alias of `{further}`; point to that one")));
        }
        if entry.alias_of.as_deref() == Some(name) {
            return Err(Error::conflict(format!(
                "`{}` is an alias of `{name}`; point it to `{target}` first",
                entry.name
            )));
        }
    }
    Ok(())
}
