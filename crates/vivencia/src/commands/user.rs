//! `vivencia user …`

use std::process::ExitCode;

use serde_json::{Value, json};

use super::Context;
use crate::cli::UserCommand;
use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/users";

pub fn run(context: &Context<'_>, command: UserCommand) -> anyhow::Result<ExitCode> {
    match command {
        UserCommand::List { target, shown } => {
            context.client(&target)?.show("GET", PATH.to_owned(), RequestBody::Empty, shown, write_users)?;
        }
        UserCommand::Invite { target, email, role, unit } => {
            let new = json!({"email": email, "role": role.as_str(), "unit": unit});
            let path = "/api/v1/invitations".to_owned();
            write_link(&context.client_that_may_start(&target)?.json("POST", path, RequestBody::Json(new))?)?;
        }
        UserCommand::Disable { target, user } => {
            let changed = change(&context.client(&target)?, &user, json!({"is_disabled": true}))?;
            show::line(format!("{} may not sign in any more", show::text(&changed["email"])))?;
        }
        UserCommand::Enable { target, user } => {
            let changed = change(&context.client(&target)?, &user, json!({"is_disabled": false}))?;
            show::line(format!("{} may sign in again", show::text(&changed["email"])))?;
        }
        UserCommand::Role { target, user, role, unit } => {
            let changed = change(&context.client(&target)?, &user, json!({"role": role.as_str(), "unit": unit}))?;
            show::line(format!("{} is {}", show::text(&changed["email"]), show::text(&changed["role"])))?;
        }
        UserCommand::Reset { target, user } => {
            let path = PathWithQuery::new(PATH).part(&user).part("reset").build();
            write_link(&context.client(&target)?.json("POST", path, RequestBody::Empty)?)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn change(client: &Client, user: &str, change: Value) -> anyhow::Result<Value> {
    let path = PathWithQuery::new(PATH).part(user).build();
    client.json("PATCH", path, RequestBody::Json(change))
}

/// The link alone, to be handed over. Without a server that runs it is the path below the address that will be.
fn write_link(created: &Value) -> anyhow::Result<()> {
    let link = created["link"].as_str().or(created["path"].as_str()).unwrap_or_default();
    show::line(link)?;
    let email = show::text(&created["invitation"]["email"]);
    show::note(format!("for {email}, once, within 7 days; hand it to nobody else"));
    Ok(())
}

fn write_users(answer: &Value) -> anyhow::Result<()> {
    let columns = ["id", "email", "name", "role", "unit", "last_seen_at", "disabled_at"];
    let users = answer["users"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows = users.iter().map(|user| columns.iter().map(|name| show::text(&user[*name])).collect());
    show::table(&columns.map(Column::Text), rows.collect())
}
