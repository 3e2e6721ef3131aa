//! `vivencia key …`

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use crate::cli::KeyCommand;
use crate::client::{PathWithQuery, RequestBody};
use crate::show::{self, Column};

pub fn run(context: &Context<'_>, command: KeyCommand) -> anyhow::Result<ExitCode> {
    match command {
        KeyCommand::Create { target, name, scope, channel, unit } => {
            let client = context.client_that_may_start(&target)?;
            let new = json!({"name": name, "scope": scope.as_str(), "channel": channel, "unit": unit});
            let created: Value = client.json("POST", "/api/v1/keys".to_owned(), RequestBody::Json(new))?;
            show::line(created["key"].as_str().unwrap_or_default())?;
        }
        KeyCommand::List { target, shown } => {
            let path = "/api/v1/keys".to_owned();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_keys)?;
        }
        KeyCommand::Revoke { target, key_name } => {
            let path = PathWithQuery::new("/api/v1/keys").part(&key_name).build();
            let revoked: Value = context.client(&target)?.json("DELETE", path, RequestBody::Empty)?;
            show::line(format!("revoked {} ({})", show::text(&revoked["name"]), show::text(&revoked["id"])))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write_keys(answer: &Value) -> anyhow::Result<()> {
    let columns = ["id", "name", "scope", "channel", "unit", "created_at", "revoked_at"];
    let keys = answer["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows = keys.iter().map(|key| columns.iter().map(|name| show::text(&key[*name])).collect());
    show::table(&columns.map(Column::Text), rows.collect())
}
