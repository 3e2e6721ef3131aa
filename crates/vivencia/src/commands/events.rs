//! `vivencia events …`

use std::process::ExitCode;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Context, export, import};
use crate::cli::{DeadCommand, EventsCommand, Format};
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

pub fn run(context: &Context<'_>, command: EventsCommand) -> anyhow::Result<ExitCode> {
    match command {
        EventsCommand::Import(args) => return import::run(context, args),
        EventsCommand::Export(args) => return export::run(context, args),
        EventsCommand::Count { target, shown } => {
            let path = "/api/v1/events/count".to_owned();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, |answer| {
                write_numbers(answer, &["received", "stored", "duplicate", "dead"])
            })?;
        }
        EventsCommand::Dead(DeadCommand::List { target, with_raw }) => {
            let client = context.client(&target)?;
            let mut after: Option<String> = None;
            loop {
                let path = PathWithQuery::new("/api/v1/dead-letters")
                    .with("limit", "1000")
                    .with_flag("with_raw", with_raw)
                    .with_some("after", after.as_deref())
                    .build();
                let page: DeadLetters = client.get(path)?;
                page.dead_letters.iter().try_for_each(show::json)?;
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        EventsCommand::Dead(DeadCommand::Replay { target, shown }) => {
            let path = "/api/v1/dead-letters/replay".to_owned();
            context.client(&target)?.show("POST", path, RequestBody::Empty, shown, |answer| {
                write_numbers(answer, &["read", "stored", "duplicate", "dead"])
            })?;
        }
        EventsCommand::Verify { target, shown } => {
            let path = "/api/v1/events/verify".to_owned();
            let answer: Value = context.client(&target)?.json("POST", path, RequestBody::Empty)?;
            let damaged = answer["damaged"].as_array().map(Vec::as_slice).unwrap_or_default();
            if shown.format == Format::Json {
                show::json(&answer)?;
            } else if damaged.is_empty() {
                show::line("every file is whole")?;
            } else {
                for fault in damaged {
                    show::line(show::text(fault))?;
                }
            }
            return Ok(if damaged.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A page of dead letters, each as the server wrote it.
#[derive(Deserialize)]
struct DeadLetters {
    dead_letters: Vec<Box<RawValue>>,
    next: Option<String>,
}

fn write_numbers(answer: &Value, names: &[&str]) -> anyhow::Result<()> {
    let rows = names
        .iter()
        .map(|name| vec![(*name).to_owned(), show::count(answer[*name].as_u64().unwrap_or_default())])
        .collect();
    show::table(&[Column::Text(""), Column::Number("events")], rows)
}
