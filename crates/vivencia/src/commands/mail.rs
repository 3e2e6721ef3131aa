//! `vivencia mail …`

use std::fs::File;
use std::io::{self, Read};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use super::Context;
use super::journeys::list;
use crate::cli::{Format, MailCommand};
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/mail";

pub fn run(context: &Context<'_>, command: MailCommand) -> anyhow::Result<ExitCode> {
    match command {
        MailCommand::Test { target, to, shown } => {
            let body = RequestBody::Json(json!({"to": to}));
            let answer: Value = context.client(&target)?.json("POST", format!("{PATH}/test"), body)?;
            let (server, said) = (show::text(&answer["server"]), show::text(&answer["answer"]));
            match (shown.format, answer["is_accepted"] == true) {
                (Format::Json, _) => show::json(&answer)?,
                (Format::Table, true) => show::line(format!("{server} took the message: {said}"))?,
                (Format::Table, false) => bail!("{server} did not take the message: {said}"),
            }
        }
        MailCommand::Refusals { target, remove: Some(address), .. } => {
            let path = PathWithQuery::new(PATH).part("refusals").part(&address).build();
            context.client(&target)?.send("DELETE", path, RequestBody::Empty)?;
            show::note(format!("{address} may be written to again"));
        }
        MailCommand::Refusals { target, remove: None, limit, shown } => {
            let path = PathWithQuery::new(PATH).part("refusals").with("limit", &limit.to_string()).build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_refusals)?;
        }
        MailCommand::Report { target, file, shown } => {
            let message: Box<dyn Read + Send> = match file {
                Some(path) => {
                    Box::new(File::open(&path).with_context(|| format!("could not read {}", path.display()))?)
                }
                None => Box::new(io::stdin()),
            };
            let client = context.client(&target)?;
            client.show("POST", format!("{PATH}/reports"), RequestBody::Stream(message), shown, |answer| {
                let outcome = show::text(&answer["outcome"]);
                show::line(format!("{outcome}: {}", show::text(&answer["detail"])))
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write_refusals(answer: &Value) -> anyhow::Result<()> {
    let columns = ["address", "reason", "at", "survey", "invitation"];
    let row = |refusal: &Value| columns.iter().map(|name| show::text(&refusal[*name])).collect();
    let rows = list(answer, "refusals").iter().map(row).collect();
    show::table(&columns.map(Column::Text), rows)
}
