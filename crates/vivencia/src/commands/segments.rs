//! `vivencia segments …`

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use super::journeys::{behind, within};
use crate::cli::SegmentsCommand;
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/segments";

pub fn run(context: &Context<'_>, command: SegmentsCommand) -> anyhow::Result<ExitCode> {
    match command {
        SegmentsCommand::List { target, shown } => {
            context.client(&target)?.show("GET", PATH.to_owned(), RequestBody::Empty, shown, |answer| {
                write(answer["segments"].as_array().map(Vec::as_slice).unwrap_or_default())
            })?;
        }
        SegmentsCommand::Create { target, name, element, period, shown } => {
            let query = within(behind(PathWithQuery::new(""), &element), &period).build();
            let segment = json!({"name": name, "customers": query.trim_start_matches('?')});
            let client = context.client_that_may_start(&target)?;
            client.show("POST", PATH.to_owned(), RequestBody::Json(segment), shown, |answer| {
                write(std::slice::from_ref(answer))
            })?;
        }
        SegmentsCommand::Size { target, segment, weeks, shown } => {
            let path = PathWithQuery::new(PATH).part(&segment).part("sizes").with("weeks", &weeks.to_string());
            context.client(&target)?.show("GET", path.build(), RequestBody::Empty, shown, write_sizes)?;
        }
        SegmentsCommand::Delete { target, segment } => {
            let path = PathWithQuery::new(PATH).part(&segment).build();
            context.client(&target)?.send("DELETE", path, RequestBody::Empty)?;
            show::line(format!("{} is deleted", show::safe(&segment)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(segments: &[Value]) -> anyhow::Result<()> {
    let columns = [Column::Text("id"), Column::Text("name"), Column::Text("customers"), Column::Text("by")];
    let members = ["id", "name", "customers", "created_by"];
    let row = |segment: &Value| members.iter().map(|name| show::text(&segment[*name])).collect();
    show::table(&columns, segments.iter().map(row).collect())
}

fn write_sizes(answer: &Value) -> anyhow::Result<()> {
    let customers = |size: &Value| show::count(size["customers"].as_u64().unwrap_or(0));
    let weeks = answer["weeks"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows = weeks.iter().map(|week| vec![show::text(&week["day"]), customers(week)]);
    let now = vec!["now".to_owned(), customers(answer)];
    show::table(&[Column::Text("before"), Column::Number("customers")], rows.chain([now]).collect())
}
