//! `vivencia units …`

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};

use super::Context;
use super::records::read_records;
use crate::cli::UnitsCommand;
use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/units";

pub fn run(context: &Context<'_>, command: UnitsCommand) -> anyhow::Result<ExitCode> {
    match command {
        UnitsCommand::List { target, shown } => {
            context.client(&target)?.show("GET", PATH.to_owned(), RequestBody::Empty, shown, write)?;
        }
        UnitsCommand::Set { target, unit, label, parent, kind, shown } => {
            let place = json!({"label": label, "parent": parent, "kind": kind});
            let path = PathWithQuery::new(PATH).part(&unit).build();
            let client = context.client_that_may_start(&target)?;
            client.show("PUT", path, RequestBody::Json(place), shown, write)?;
        }
        UnitsCommand::Import { target, file } => {
            let units = read_records(&file, &["name"], &["label", "parent", "kind"])?;
            let count = import_units(&context.client_that_may_start(&target)?, units)?;
            show::line(format!("{} units set", show::count(count)))?;
        }
        UnitsCommand::Remove { target, unit } => {
            let path = PathWithQuery::new(PATH).part(&unit).build();
            context.client(&target)?.send("DELETE", path, RequestBody::Empty)?;
            show::line(format!("{} is out of the tree", show::safe(&unit)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Sets units, all or none; answers how many.
pub fn import_units(client: &Client, units: Vec<Value>) -> anyhow::Result<u64> {
    let count = units.len() as u64;
    if count == 0 {
        bail!("the file has no unit");
    }
    let _: Value = client.json("PUT", PATH.to_owned(), RequestBody::Json(json!({"units": units})))?;
    Ok(count)
}

/// The tree with each unit below the one above it, in the order of their names.
fn write(answer: &Value) -> anyhow::Result<()> {
    let units = answer["units"].as_array().map(Vec::as_slice).unwrap_or_default();
    let known: BTreeMap<&str, &Value> =
        units.iter().filter_map(|unit| unit["name"].as_str().map(|name| (name, unit))).collect();
    let mut below: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, unit) in &known {
        // What hangs under a unit that is not shown stands at the top.
        let parent = unit["parent"].as_str().filter(|parent| known.contains_key(parent)).unwrap_or_default();
        below.entry(parent).or_default().push(name);
    }
    let mut rows = Vec::new();
    let mut open: Vec<(&str, usize)> = roots_of(&below, "", 0);
    while let Some((name, depth)) = open.pop() {
        let unit = known[name];
        let is_in_tree = unit["is_in_tree"].as_bool().unwrap_or_default();
        let found = match (is_in_tree, unit["is_seen"].as_bool().unwrap_or_default()) {
            (true, true) => "",
            (true, false) => "no event yet",
            (false, _) => "only seen in events",
        };
        let indented = format!("{}{}", "  ".repeat(depth), show::safe(name));
        rows.push(vec![indented, show::text(&unit["label"]), show::text(&unit["kind"]), found.to_owned()]);
        open.extend(roots_of(&below, name, depth + 1));
    }
    show::table(&["name", "label", "kind", ""].map(Column::Text), rows)
}

/// What hangs under a unit, the last one first.
fn roots_of<'a>(below: &BTreeMap<&str, Vec<&'a str>>, parent: &str, depth: usize) -> Vec<(&'a str, usize)> {
    below.get(parent).into_iter().flatten().rev().map(|name| (*name, depth)).collect()
}
