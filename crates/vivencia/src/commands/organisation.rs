//! `vivencia organisation …`

use std::process::ExitCode;

use serde_json::{Map, Value};

use super::Context;
use crate::cli::OrganisationCommand;
use crate::client::RequestBody;
use crate::show::{self, Column};

const PATH: &str = "/api/v1/organisation";

pub fn run(context: &Context<'_>, command: OrganisationCommand) -> anyhow::Result<ExitCode> {
    match command {
        OrganisationCommand::Show { target, shown } => {
            context.client(&target)?.show("GET", PATH.to_owned(), RequestBody::Empty, shown, write)?;
        }
        OrganisationCommand::Set { target, name, time_zone, week_start, currency, language, shown } => {
            let named = [
                ("name", name),
                ("time_zone", time_zone),
                ("week_start", week_start),
                ("currency", currency),
                ("language", language),
            ];
            let change: Map<String, Value> =
                named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?)))).collect();
            let client = context.client_that_may_start(&target)?;
            client.show("PATCH", PATH.to_owned(), RequestBody::Json(Value::Object(change)), shown, write)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(answer: &Value) -> anyhow::Result<()> {
    let names = ["name", "time_zone", "week_start", "currency", "language"];
    let rows = names.iter().map(|name| vec![(*name).to_owned(), show::text(&answer[*name])]).collect();
    show::table(&[Column::Text("setting"), Column::Text("value")], rows)
}
