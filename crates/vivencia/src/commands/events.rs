//! `vivencia events …`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

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
        EventsCommand::Dead(DeadCommand::Show { target, letter }) => {
            let path = PathWithQuery::new(&letter_path(&letter)?).with_flag("with_raw", true).build();
            let found: Value = context.client(&target)?.get(path)?;
            show::json(&found)?;
        }
        EventsCommand::Dead(DeadCommand::Replay { target, letter: Some(letter), with, shown }) => {
            let correction = match &with {
                None => json!({}),
                Some(file) => json!({"raw": read_text(file)?}),
            };
            let path = format!("{}/replay", letter_path(&letter)?);
            let answer: Value = context.client(&target)?.json("POST", path, RequestBody::Json(correction))?;
            if shown.format == Format::Json {
                show::json(&answer)?;
            } else {
                show::line(&match answer["became"].as_str() {
                    Some("event") => format!("{letter} is an event now"),
                    Some("duplicate") => format!("{letter} is an event that was there already"),
                    _ => format!("{letter} still cannot be read: {}", answer["detail"].as_str().unwrap_or_default()),
                })?;
            }
            return Ok(if answer["became"] == "dead" { ExitCode::FAILURE } else { ExitCode::SUCCESS });
        }
        EventsCommand::Dead(DeadCommand::Replay { target, letter: None, shown, .. }) => {
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

/// Where a letter is; what is no id of one is refused before it is part of a path.
fn letter_path(letter: &str) -> anyhow::Result<String> {
    match letter.strip_prefix("ded_").is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        true => Ok(format!("/api/v1/dead-letters/{letter}")),
        false => {
            anyhow::bail!("`{letter}` is no dead letter; `vivencia events dead list` shows their ids, such as ded_5")
        }
    }
}

/// A correction, without the line break that editors put at the end.
fn read_text(file: &Path) -> anyhow::Result<String> {
    let text = match file.to_str() {
        Some("-") => std::io::read_to_string(std::io::stdin()),
        _ => std::fs::read_to_string(file),
    };
    let mut text = text.with_context(|| format!("could not read {}", file.display()))?;
    text.truncate(text.trim_end_matches(['\n', '\r']).len());
    Ok(text)
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
