//! `vivencia organisation …`

use std::process::ExitCode;

use serde_json::{Map, Value};

use super::Context;
use crate::cli::{Format, OrganisationCommand, Shown};
use crate::client::RequestBody;
use crate::show::{self, Column};

const PATH: &str = "/api/v1/organisation";

pub fn run(context: &Context<'_>, command: OrganisationCommand) -> anyhow::Result<ExitCode> {
    match command {
        OrganisationCommand::Show { target, shown } => {
            let answer = context.client(&target)?.get(PATH.to_owned())?;
            write(&answer, shown)?;
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
            let answer = client.json("PATCH", PATH.to_owned(), RequestBody::Json(Value::Object(change)))?;
            write(&answer, shown)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(answer: &Value, shown: Shown) -> anyhow::Result<()> {
    if shown.format == Format::Json {
        return show::json(answer);
    }
    let names = ["name", "time_zone", "week_start", "currency", "language"];
    let rows = names.iter().map(|name| vec![(*name).to_owned(), show::text(&answer[*name])]).collect();
    show::table(&[Column::Text("setting"), Column::Text("value")], rows)
}
