//! `vivencia metrics …`

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::Value;

use super::Context;
use super::journeys::list;
use crate::cli::MetricsCommand;
use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/metrics";
/// What an answer says about a metric beside its file.
const BESIDE: [&str; 3] = ["name", "is_own", "range"];

pub fn run(context: &Context<'_>, command: MetricsCommand) -> anyhow::Result<ExitCode> {
    match command {
        MetricsCommand::List { target, shown } => {
            let client = context.client(&target)?;
            client.show("GET", PATH.to_owned(), RequestBody::Empty, shown, |answer| write(list(answer, "metrics")))?;
        }
        MetricsCommand::Export { target, metric } => {
            let Some(mut found) = find(&context.client(&target)?, &metric)? else {
                bail!("there is no metric `{metric}`; `vivencia metrics list` shows those that there are");
            };
            if let Some(members) = found.as_object_mut() {
                members.retain(|name, _| !BESIDE.contains(&name.as_str()));
            }
            show::line(serde_json::to_string_pretty(&found)?)?;
        }
        MetricsCommand::Set { target, metric, file, shown } => {
            let mut definition = read(&file)?;
            let client = context.client_that_may_start(&target)?;
            let (method, path) = match find(&client, &metric)? {
                // Those that come with the program are refused by the server, which says why.
                Some(_) => ("PUT", PathWithQuery::new(PATH).part(&metric).build()),
                None => {
                    definition["name"] = metric.into();
                    ("POST", PATH.to_owned())
                }
            };
            let body = RequestBody::Json(definition);
            client.show(method, path, body, shown, |answer| write(std::slice::from_ref(answer)))?;
        }
        MetricsCommand::Remove { target, metric } => {
            let path = PathWithQuery::new(PATH).part(&metric).build();
            context.client(&target)?.send("DELETE", path, RequestBody::Empty)?;
            show::line(format!("{} is deleted", show::safe(&metric)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn find(client: &Client, name: &str) -> anyhow::Result<Option<Value>> {
    let known: Value = client.get(PATH.to_owned())?;
    Ok(list(&known, "metrics").iter().find(|metric| metric["name"] == name).cloned())
}

fn read(file: &Path) -> anyhow::Result<Value> {
    let mut text = String::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).context("could not read the standard input")?;
    } else {
        text = std::fs::read_to_string(file).with_context(|| format!("could not read {}", file.display()))?;
    }
    let definition: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))?;
    if !definition.is_object() {
        bail!("{} is not the file of a metric; `vivencia metrics export` writes one", file.display());
    }
    Ok(definition)
}

fn write(metrics: &[Value]) -> anyhow::Result<()> {
    let columns = ["name", "property", "formula", "answers", "score", "says"].map(Column::Text);
    let bounds = |value: &Value| format!("{} to {}", value[0], value[1]);
    let formula = |metric: &Value| match (&metric["promoters_from"], &metric["top_from"]) {
        (from, _) if from.is_number() => format!("share from {from} less share to {}", metric["detractors_to"]),
        (_, from) if from.is_number() => format!("share from {from}"),
        _ => "mean".to_owned(),
    };
    let row = |metric: &Value| {
        vec![
            show::text(&metric["name"]),
            show::text(&metric["property"]),
            formula(metric),
            bounds(&metric["answers"]),
            bounds(&metric["range"]),
            show::text(&metric["definition"]["en"]),
        ]
    };
    show::table(&columns, metrics.iter().map(row).collect())
}
