//! `vivencia annotations …`

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use super::journeys::list;
use crate::cli::{AnnotationsCommand, WhatHappened, word};
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/annotations";

pub fn run(context: &Context<'_>, command: AnnotationsCommand) -> anyhow::Result<ExitCode> {
    match command {
        AnnotationsCommand::List { target, from, to, shown } => {
            let path = PathWithQuery::new(PATH).with_some("from", from.as_deref()).with_some("to", to.as_deref());
            let client = context.client(&target)?;
            client.show("GET", path.build(), RequestBody::Empty, shown, |answer| write(list(answer, "annotations")))?;
        }
        AnnotationsCommand::Add { target, what, shown } => {
            let client = context.client_that_may_start(&target)?;
            client
                .show("POST", PATH.to_owned(), describe(&what), shown, |answer| write(std::slice::from_ref(answer)))?;
        }
        AnnotationsCommand::Set { target, annotation, what, shown } => {
            let path = PathWithQuery::new(PATH).part(&annotation).build();
            let client = context.client(&target)?;
            client.show("PUT", path, describe(&what), shown, |answer| write(std::slice::from_ref(answer)))?;
        }
        AnnotationsCommand::Remove { target, annotation } => {
            let path = PathWithQuery::new(PATH).part(&annotation).build();
            context.client(&target)?.send("DELETE", path, RequestBody::Empty)?;
            show::line(format!("{} is taken back", show::safe(&annotation)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn describe(what: &WhatHappened) -> RequestBody {
    RequestBody::Json(json!({
        "kind": word(what.kind),
        "first_day": what.first_day,
        "last_day": what.last_day,
        "text": what.text,
        "channel": what.channel,
        "unit": what.unit,
    }))
}

/// Annotations as rows; nothing where there are none.
pub fn write(annotations: &[Value]) -> anyhow::Result<()> {
    let members = ["id", "kind", "first_day", "last_day", "channel", "unit", "text"];
    let row = |annotation: &Value| members.iter().map(|name| show::text(&annotation[*name])).collect();
    show::table(&members.map(Column::Text), annotations.iter().map(row).collect())
}
