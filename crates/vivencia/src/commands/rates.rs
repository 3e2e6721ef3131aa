//! `vivencia rates …`

use std::process::ExitCode;

use anyhow::bail;
use serde_json::{Value, json};

use super::Context;
use super::records::read_records;
use crate::cli::RatesCommand;
use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PATH: &str = "/api/v1/rates";
const COLUMNS: [&str; 4] = ["currency", "valid_from", "rate", "reporting_currency"];

pub fn run(context: &Context<'_>, command: RatesCommand) -> anyhow::Result<ExitCode> {
    match command {
        RatesCommand::List { target, shown } => {
            context.client(&target)?.show("GET", PATH.to_owned(), RequestBody::Empty, shown, write)?;
        }
        RatesCommand::Set { target, currency, valid_from, rate } => {
            let path = PathWithQuery::new(PATH).part(&currency).part(&valid_from).build();
            let client = context.client_that_may_start(&target)?;
            let entered: Value = client.json("PUT", path, RequestBody::Json(json!({"rate": rate})))?;
            let rate = &entered["rates"][0];
            show::line(format!(
                "1 {} = {} {} from {} on",
                show::text(&rate["currency"]),
                show::text(&rate["rate"]),
                show::text(&rate["reporting_currency"]),
                show::text(&rate["valid_from"])
            ))?;
        }
        RatesCommand::Import { target, file } => {
            let rates = read_records(&file, &["currency", "valid_from", "rate"], &[])?;
            let count = import_rates(&context.client_that_may_start(&target)?, rates)?;
            show::line(format!("{} rates set", show::count(count)))?;
        }
        RatesCommand::Remove { target, currency, valid_from } => {
            let path = PathWithQuery::new(PATH).part(&currency).part(&valid_from).build();
            context.client(&target)?.send("DELETE", path, RequestBody::Empty)?;
            show::line(format!("the rate of {} from {valid_from} on is taken back", show::safe(&currency)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Enters rates, all or none; answers how many.
pub fn import_rates(client: &Client, rates: Vec<Value>) -> anyhow::Result<u64> {
    let count = rates.len() as u64;
    if count == 0 {
        bail!("the file has no rate");
    }
    let _: Value = client.json("PUT", PATH.to_owned(), RequestBody::Json(json!({"rates": rates})))?;
    Ok(count)
}

fn write(answer: &Value) -> anyhow::Result<()> {
    let rates = answer["rates"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows = rates.iter().map(|rate| COLUMNS.iter().map(|name| show::text(&rate[*name])).collect());
    show::table(&COLUMNS.map(Column::Text), rows.collect())
}
