//! `vivencia properties …`

use std::process::ExitCode;

use serde_json::Value;

use super::Context;
use crate::cli::PropertiesCommand;
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

pub fn run(context: &Context<'_>, command: PropertiesCommand) -> anyhow::Result<ExitCode> {
    let PropertiesCommand::List { target, activity, shown } = command;
    let path = PathWithQuery::new("/api/v1/properties").with_some("activity", activity.as_deref()).build();
    context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write)?;
    Ok(ExitCode::SUCCESS)
}

fn write(answer: &Value) -> anyhow::Result<()> {
    let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
    let rows = list("properties").iter().map(row).collect();
    let columns = ["activity", "property", "type"].map(Column::Text);
    let numbers = ["events", "share"].map(Column::Number);
    let columns: Vec<Column> = columns.into_iter().chain(numbers).chain([Column::Text("last seen")]).collect();
    show::table(&columns, rows)?;
    for finding in list("findings") {
        show::line(format!("note: {}", show::text(&finding["detail"])))?;
    }
    Ok(())
}

fn row(property: &Value) -> Vec<String> {
    let types = property["types"].as_array().map(Vec::as_slice).unwrap_or_default();
    let types: Vec<String> = types.iter().map(|seen| show::text(&seen["type"])).collect();
    vec![
        show::text(&property["activity"]),
        show::text(&property["name"]),
        types.join(", "),
        show::count(property["events"].as_u64().unwrap_or_default()),
        property["share"].as_f64().map(show::share).unwrap_or_default(),
        show::text(&property["last_seen_at"]),
    ]
}
