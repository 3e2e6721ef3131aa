//! `vivencia topics …`

use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};

use super::Context;
use super::journeys::{list, number};
use super::listening::read;
use crate::cli::{Format, TopicsCommand};
use crate::client::RequestBody;
use crate::show::{self, Column};

const PATH: &str = "/api/v1/topics";

pub fn run(context: &Context<'_>, command: TopicsCommand) -> anyhow::Result<ExitCode> {
    match command {
        TopicsCommand::List { target, edits: true, .. } => {
            let topics: Value = context.client(&target)?.get(PATH.to_owned())?;
            let edits: Vec<&Value> =
                list(&topics, "topics").iter().map(|topic| &topic["edit"]).filter(|edit| !edit.is_null()).collect();
            show::json(&json!({"version": topics["version"], "topics": edits}))?;
        }
        TopicsCommand::List { target, shown, .. } => {
            context.client(&target)?.show("GET", PATH.to_owned(), RequestBody::Empty, shown, write)?;
        }
        TopicsCommand::Set { target, file, shown } => {
            let mut topics = read(&file)?;
            let client = context.client(&target)?;
            if topics.is_object() && topics["version"].is_null() {
                // Whoever writes no version means those of now.
                let known: Value = client.get(PATH.to_owned())?;
                topics["version"] = known["version"].clone();
            }
            client.show("PUT", PATH.to_owned(), RequestBody::Json(topics), shown, write)?;
        }
        TopicsCommand::Check { target, file, shown } => {
            let topics = read(&file)?;
            let drafts = list(&topics, "topics");
            if drafts.is_empty() {
                bail!("{} has no topic: it begins with {{\"topics\": [", file.display());
            }
            let client = context.client(&target)?;
            let mut checked: Vec<Value> = Vec::new();
            for draft in drafts {
                let mut answer: Value =
                    client.json("POST", format!("{PATH}/check"), RequestBody::Json(draft.clone()))?;
                answer["id"] = draft["id"].clone();
                checked.push(answer);
            }
            let passes = checked.iter().all(|topic| list(topic, "missed").is_empty());
            match shown.format {
                Format::Json => show::json(&json!({"topics": checked}))?,
                Format::Table => write_checked(&checked)?,
            }
            return Ok(if passes { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write(answer: &Value) -> anyhow::Result<()> {
    let columns = [
        Column::Text("topic"),
        Column::Text("es"),
        Column::Text("en"),
        Column::Text("of"),
        Column::Number("expressions"),
        Column::Number("examples"),
    ];
    let count = |topic: &Value, what: &str| -> u64 {
        let lists = [&topic["shipped"], &topic["edit"]].into_iter().flat_map(|of| [&of[what]["es"], &of[what]["en"]]);
        lists.map(|list| list.as_array().map_or(0, Vec::len) as u64).sum()
    };
    let row = |topic: &Value| {
        let of = match (topic["shipped"].is_null(), topic["edit"].is_null(), topic["is_hidden"] == true) {
            (_, _, true) => "hidden",
            (true, ..) => "the organisation",
            (false, true, _) => "the program",
            (false, false, _) => "the program, changed",
        };
        vec![
            show::text(&topic["id"]),
            show::text(&topic["name"]["es"]),
            show::text(&topic["name"]["en"]),
            of.to_owned(),
            show::count(count(topic, "expressions")),
            show::count(count(topic, "examples")),
        ]
    };
    show::table(&columns, list(answer, "topics").iter().map(row).collect())?;
    show::line(format!("Version {}.", answer["version"]))
}

fn write_checked(checked: &[Value]) -> anyhow::Result<()> {
    let columns = [
        Column::Text("topic"),
        Column::Number("comments"),
        Column::Number("new"),
        Column::Number("lost"),
        Column::Text("for example"),
    ];
    let row = |topic: &Value| {
        let example = list(topic, "comments").first().map(|comment| show::text(&comment["text"]));
        vec![
            show::text(&topic["id"]),
            show::count(number(&topic["found"])),
            show::count(number(&topic["gained"])),
            show::count(number(&topic["lost"])),
            example.unwrap_or_default(),
        ]
    };
    show::table(&columns, checked.iter().map(row).collect())?;
    for topic in checked {
        for expression in list(topic, "expressions").iter().filter(|it| number(&it["comments"]) == 0) {
            let said = (show::text(&topic["id"]), show::text(&expression["expression"]));
            show::note(format!("`{}` of {} finds nothing", said.1, said.0));
        }
        for missed in list(topic, "missed") {
            let said = (show::text(&topic["id"]), show::text(&missed["example"]));
            show::note(format!("{} misses its example `{}`", said.0, said.1));
        }
    }
    show::line(format!("In the newest {} comments.", show::count(checked.first().map_or(0, |it| number(&it["read"])))))
}
