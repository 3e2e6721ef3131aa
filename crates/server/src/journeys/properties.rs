//! Properties that questions ask for: which are not laid out, and which nobody has.

use std::collections::BTreeSet;

use domain::Result;

use super::conditions::split_conditions;
use super::funnel::is_place;
use super::moment::Moment;
use crate::app::App;
use crate::finding::FindingDto;
use crate::nearest::nearest;

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

impl Moment {
    /// What a reader should know of a property that no event has.
    pub fn find_never_had(&self, property: &str) -> Result<Option<FindingDto>> {
        let properties = self.timeline.properties();
        let is_missing = |column: usize| self.units.is_none() && properties.list_values(column).is_empty();
        let Some(column) = properties.find(property).filter(|column| is_missing(*column)) else { return Ok(None) };
        let others = self.list_other_properties(column)?;
        let hint = nearest(property, others.iter().map(String::as_str));
        let when = if self.is_read_in_part(property) { "no event of the period" } else { "no event ever" };
        let detail = match hint {
            Some(likely) => format!("{when} had `{property}`; did you mean `{likely}`?"),
            None => format!("{when} had `{property}`"),
        };
        Ok(Some(FindingDto { code: "value_never_seen", detail }))
    }

    /// Where no event has a property, the names of those that there are. Whoever sees only a part is not told.
    pub fn list_other_properties(&self, property: usize) -> Result<Vec<String>> {
        let properties = self.timeline.properties();
        if self.units.is_some() || !properties.list_values(property).is_empty() {
            return Ok(Vec::new());
        }
        let seen = self.app.state.events.list_properties()?.into_iter().map(|seen| seen.name);
        let own = properties.names().nth(property).unwrap_or_default();
        let laid_out = properties.names().map(str::to_owned);
        Ok(seen.chain(laid_out).filter(|name| name != own).collect())
    }
}
