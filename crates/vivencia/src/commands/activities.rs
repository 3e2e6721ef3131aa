//! `vivencia activities …`

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use crate::cli::ActivitiesCommand;
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

const COLUMNS: [&str; 5] = ["name", "role", "wait_property", "reason_property", "alias_of"];

pub fn run(context: &Context<'_>, command: ActivitiesCommand) -> anyhow::Result<ExitCode> {
    match command {
        ActivitiesCommand::List { target, shown } => {
            let path = "/api/v1/activities".to_owned();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, |answer| {
                write(answer["activities"].as_array().map(Vec::as_slice).unwrap_or_default())
            })?;
        }
        ActivitiesCommand::Set { target, activity, role, wait_property, reason_property, alias_of, shown } => {
            let meaning = json!({
                "role": role,
                "wait_property": wait_property,
                "reason_property": reason_property,
                "alias_of": alias_of,
            });
            let path = PathWithQuery::new("/api/v1/activities").part(&activity).build();
            let client = context.client_that_may_start(&target)?;
            client
                .show("PUT", path, RequestBody::Json(meaning), shown, |answer| write(std::slice::from_ref(answer)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(activities: &[Value]) -> anyhow::Result<()> {
    let rows = activities.iter().map(|activity| COLUMNS.iter().map(|name| show::text(&activity[*name])).collect());
    show::table(&COLUMNS.map(Column::Text), rows.collect())
}
