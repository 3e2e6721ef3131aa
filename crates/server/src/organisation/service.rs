//! How the organisation is called and counts.

use domain::ports::Organisation;
use domain::time::{Calendar, WeekStart, find_zone};
use domain::{Error, Result};
use serde_json::json;

use super::dto::{OrganisationChange, OrganisationDto};
use crate::app::App;
use crate::auth::Identity;

const NAME_CHARS: usize = 200;

pub fn find_organisation(app: &App) -> Result<Organisation> {
    app.state.organisation.find_organisation()
}

/// Changes what `change` names; everything in it is checked before anything changes.
pub fn update_organisation(app: &App, change: OrganisationChange, by: &Identity) -> Result<Organisation> {
    let current = find_organisation(app)?;
    let changed = apply(current, change)?;
    let detail = json!(OrganisationDto::from(changed.clone()));
    let audit = app.audit_entry(by, "organisation.update", "organisation", detail);
    app.state.organisation.update_organisation(&changed, &audit)?;
    app.set_currency(&changed.currency);
    Ok(changed)
}

pub fn apply(current: Organisation, change: OrganisationChange) -> Result<Organisation> {
    let name = change.name.unwrap_or(current.name);
    if name.contains('\0') || name.chars().count() > NAME_CHARS {
        return Err(Error::invalid(format!("the name has at most {NAME_CHARS} characters, without U+0000")));
    }
    let time_zone = change.time_zone.unwrap_or(current.calendar.time_zone);
    find_zone(&time_zone)?;
    let week_start = match change.week_start.as_deref() {
        None => current.calendar.week_start,
        Some("monday") => WeekStart::Monday,
        Some("sunday") => WeekStart::Sunday,
        Some("saturday") => WeekStart::Saturday,
        Some(other) => {
            return Err(Error::invalid(format!("weeks start on monday, sunday or saturday, not on `{other}`")));
        }
    };
    let currency = change.currency.unwrap_or(current.currency);
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(Error::invalid(format!("`{currency}` is not a currency; write three capital letters such as EUR")));
    }
    let language = change.language.unwrap_or(current.language);
    if !matches!(language.as_str(), "es" | "en") {
        return Err(Error::invalid(format!("the language is es or en, not `{language}`")));
    }
    Ok(Organisation { name, calendar: Calendar { time_zone, week_start }, currency, language })
}
