//! Drawing the tree of units and looking things up in it.

use std::collections::BTreeMap;

use domain::{Error, Result, Unit, UnitTree};
use events::names::OTHER;
use serde_json::json;

use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::nearest::nearest;

/// A unit with where it is known from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitView {
    pub unit: Unit,
    pub is_in_tree: bool,
    pub is_seen: bool,
}

pub fn find_tree(app: &App) -> Result<UnitTree> {
    UnitTree::new(app.state.units.list_units()?)
}

/// The units of the tree and those that events name, by name; within a sight, those below its unit.
pub fn list_units(app: &App, sight: &Sight) -> Result<Vec<UnitView>> {
    let tree = find_tree(app)?;
    let mut views: BTreeMap<String, UnitView> = BTreeMap::new();
    for unit in tree.iter() {
        views.insert(unit.name.clone(), UnitView { unit: unit.clone(), is_in_tree: true, is_seen: false });
    }
    for (_, name) in app.log.names().units.iter().filter(|(_, name)| *name != OTHER) {
        let only_seen = || Unit { name: name.to_owned(), label: name.to_owned(), parent: None, kind: None };
        let view = || UnitView { unit: only_seen(), is_in_tree: false, is_seen: true };
        views.entry(name.to_owned()).or_insert_with(view).is_seen = true;
    }
    if let Sight::Below(unit) = sight {
        let below = tree.below(unit);
        views.retain(|name, _| below.contains(name.as_str()));
    }
    Ok(views.into_values().collect())
}

/// Adds units or changes them, all or none.
pub fn update_units(app: &App, units: &[Unit], by: &Identity) -> Result<Vec<UnitView>> {
    if units.is_empty() {
        return Err(Error::invalid("no unit came; send each with its name, label, parent and kind"));
    }
    let subject = match units {
        [one] => one.name.as_str(),
        _ => "units",
    };
    let audit = app.audit_entry(by, "unit.update", subject, json!({"units": units}));
    app.state.units.update_units(units, &audit)?;
    let names = app.log.names();
    let view = |unit: &Unit| UnitView {
        unit: unit.clone(),
        is_in_tree: true,
        is_seen: names.units.find(&unit.name).is_some(),
    };
    Ok(units.iter().map(view).collect())
}

/// Takes a unit out of the tree. Events that name it keep doing so.
pub fn delete_unit(app: &App, name: &str, by: &Identity) -> Result<()> {
    let audit = app.audit_entry(by, "unit.delete", name, json!({}));
    app.state.units.delete_unit(name, &audit)
}

/// A unit of the tree; suggests the nearest name when there is none.
pub fn find_unit(app: &App, name: &str) -> Result<Unit> {
    let tree = find_tree(app)?;
    if let Some(unit) = tree.find(name) {
        return Ok(unit.clone());
    }
    if app.log.names().units.find(name).is_some() {
        return Err(Error::invalid(format!(
            "the unit `{name}` was seen in events and is not in the tree; `vivencia units set {name}` puts it there"
        )));
    }
    Err(Error::invalid(match nearest(name, tree.iter().map(|unit| unit.name.as_str())) {
        Some(known) => format!("there is no unit `{name}` in the tree; did you mean `{known}`?"),
        None => format!("there is no unit `{name}` in the tree; `vivencia units list` shows those that there are"),
    }))
}
