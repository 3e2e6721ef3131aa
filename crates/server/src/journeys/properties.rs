//! Properties that questions ask for and that are not laid out.

use std::collections::BTreeSet;

use domain::Result;

use super::conditions::split_conditions;
use super::funnel::is_place;
use crate::app::App;

/// The properties that these steps ask for and that are not laid out in the timeline, by name.
pub fn properties_not_laid_out<'a>(app: &App, steps: impl Iterator<Item = &'a str>) -> Result<BTreeSet<String>> {
    let asked: BTreeSet<&str> =
        steps.flat_map(|step| split_conditions(step).1.into_iter().map(|condition| condition.property)).collect();
    if asked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let timeline = app.log.timeline()?;
    let is_missing = |property: &&str| !is_place(property) && timeline.properties().find(property).is_none();
    Ok(asked.into_iter().filter(is_missing).map(str::to_owned).collect())
}
