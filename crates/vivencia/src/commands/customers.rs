//! `vivencia customers …`

use std::process::ExitCode;

use domain::money::{decimal_text, read_currency};
use serde_json::{Value, json};

use super::Context;
use crate::cli::{CustomersCommand, Format};
use crate::client::{Client, PathWithQuery, RequestBody};
use crate::show::{self, Column};

const PAGE_EVENTS: usize = 10_000;

pub fn run(context: &Context<'_>, command: CustomersCommand) -> anyhow::Result<ExitCode> {
    match command {
        CustomersCommand::Find { target, value, shown } => {
            let path = PathWithQuery::new("/api/v1/customers").with("identifier", &value).build();
            let client = context.client(&target)?;
            client.show("GET", path, RequestBody::Empty, shown, |answer| write_found(answer, &value))?;
        }
        CustomersCommand::List { target, search, limit, after, shown } => {
            let path = PathWithQuery::new("/api/v1/customers")
                .with_some("q", search.as_deref())
                .with("limit", &limit.to_string())
                .with_some("after", after.as_deref());
            context.client(&target)?.show("GET", path.build(), RequestBody::Empty, shown, write_list)?;
        }
        CustomersCommand::Show { target, customer, shown } => {
            let path = PathWithQuery::new("/api/v1/customers").part(&customer).build();
            context.client(&target)?.show("GET", path, RequestBody::Empty, shown, write_customer)?;
        }
        CustomersCommand::Timeline { target, customer, limit, shown } => {
            let answer = read_timeline(&context.client(&target)?, &customer, limit)?;
            if shown.format == Format::Json {
                show::json(&answer)?;
            } else {
                write_timeline(&answer)?;
            }
        }
        CustomersCommand::Merge { target, a, b, dry_run, shown } => {
            let path = PathWithQuery::new("/api/v1/merges").with_flag("dry_run", dry_run).build();
            let request = RequestBody::Json(json!({"customers": [a, b]}));
            context.client(&target)?.show("POST", path, request, shown, |answer| write_change(answer, "merge"))?;
        }
        CustomersCommand::Unmerge { target, merge, dry_run, shown } => {
            let path =
                PathWithQuery::new("/api/v1/merges").part(&merge).part("undo").with_flag("dry_run", dry_run).build();
            let client = context.client(&target)?;
            client.show("POST", path, RequestBody::Empty, shown, |answer| write_change(answer, "unmerge"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn write_found(answer: &Value, value: &str) -> anyhow::Result<()> {
    let customers = list(answer, "customers");
    if customers.is_empty() {
        return show::line(format!("no customer is known by {}", show::safe(value)));
    }
    let mut rows = Vec::new();
    for customer in customers {
        // A key that is bound to a unit is not told what a customer is known by.
        if list(customer, "identifiers").is_empty() {
            rows.push(vec![show::text(&customer["id"]), String::new(), String::new(), String::new()]);
        }
        for identifier in list(customer, "identifiers") {
            let cells = [&customer["id"], &identifier["kind"], &identifier["value"], &identifier["seen_at"]];
            rows.push(cells.into_iter().map(show::text).collect());
        }
    }
    show::table(&["customer", "identifier", "value", "seen_at"].map(Column::Text), rows)
}

/// Customers in a row each, and where to go on.
pub fn write_rows(answer: &Value) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for customer in list(answer, "customers") {
        let identifiers: Vec<String> =
            list(customer, "identifiers").iter().map(|known| show::text(&known["value"])).collect();
        let activities = show::count(customer["activities"].as_u64().unwrap_or_default());
        let [id, name, last] = ["id", "name", "last_activity_at"].map(|member| show::text(&customer[member]));
        rows.push(vec![id, name, identifiers.join(" "), activities, last]);
    }
    let columns = [
        Column::Text("customer"),
        Column::Text("name"),
        Column::Text("identifiers"),
        Column::Number("activities"),
        Column::Text("last"),
    ];
    show::table(&columns, rows)?;
    match answer["next"].as_str() {
        Some(next) => show::line(format!("… go on with --after {}", show::safe(next))),
        None => Ok(()),
    }
}

fn write_list(answer: &Value) -> anyhow::Result<()> {
    write_rows(answer)?;
    if answer["is_partial"].as_bool().unwrap_or_default() {
        show::line("note: so many fit that only a part of them was looked at; say more of the name")?;
    }
    Ok(())
}

fn write_customer(answer: &Value) -> anyhow::Result<()> {
    let events = answer["events"].as_u64().unwrap_or_default();
    show::line(format!("{}  {} events", show::text(&answer["id"]), show::count(events)))?;
    if events > 0 {
        let (first, last) = (show::text(&answer["first_event_at"]), show::text(&answer["last_event_at"]));
        show::line(format!("from {first} to {last}"))?;
    }
    for (name, columns) in [
        ("identifiers", &["kind", "value", "node", "seen_at"][..]),
        ("traits", &["name", "value", "source", "seen_at"]),
        ("merges", &["id", "rule", "decided_by", "merged_at", "undone_at"]),
    ] {
        let items = list(answer, name);
        if items.is_empty() {
            continue;
        }
        show::line(format!("\n{name}"))?;
        let headings: Vec<Column> = columns.iter().map(|column| Column::Text(column)).collect();
        let rows = items.iter().map(|item| columns.iter().map(|column| show::text(&item[*column])).collect());
        show::table(&headings, rows.collect())?;
    }
    write_value(&answer["value"])
}

/// Amounts in their currencies, the total in the organisation's, and what is not in it.
fn write_value(value: &Value) -> anyhow::Result<()> {
    if list(value, "by_currency").is_empty() {
        return Ok(());
    }
    show::line("\nvalue so far")?;
    let mut rows: Vec<Vec<String>> =
        list(value, "by_currency").iter().map(|amounts| amounts_row("", amounts)).collect();
    rows.extend(list(value, "left_out").iter().map(|amounts| amounts_row("not in the total", amounts)));
    rows.push(amounts_row("total", &value["total"]));
    let columns = [
        Column::Text(""),
        Column::Text("currency"),
        Column::Number("revenue"),
        Column::Number("refunds"),
        Column::Number("cost"),
        Column::Number("net"),
        Column::Number("events"),
    ];
    show::table(&columns, rows)?;
    for finding in list(value, "findings") {
        show::line(show::text(&finding["detail"]))?;
    }
    Ok(())
}

fn amounts_row(name: &str, amounts: &Value) -> Vec<String> {
    let currency = read_currency(amounts["currency"].as_str().unwrap_or_default()).unwrap_or_default();
    let minor = |member: &str| decimal_text(amounts[member].as_i64().unwrap_or_default(), currency);
    let mut row = vec![name.to_owned(), show::text(&amounts["currency"])];
    row.extend(["revenue_minor", "refunds_minor", "cost_minor", "net_minor"].map(minor));
    row.push(show::count(amounts["events"].as_u64().unwrap_or_default()));
    row
}

/// Follows the pages until the end or the limit.
fn read_timeline(client: &Client, customer: &str, limit: Option<usize>) -> anyhow::Result<Value> {
    let mut events = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let wanted = limit.map_or(PAGE_EVENTS, |limit| limit.saturating_sub(events.len()).min(PAGE_EVENTS));
        let path = PathWithQuery::new("/api/v1/customers")
            .part(customer)
            .part("events")
            .with("limit", &wanted.max(1).to_string())
            .with_some("after", after.as_deref())
            .build();
        let mut page: Value = client.get(path)?;
        if let Value::Array(more) = page["events"].take() {
            events.extend(more);
        }
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() || limit.is_some_and(|limit| events.len() >= limit) {
            page["events"] = Value::Array(events);
            return Ok(page);
        }
    }
}

fn write_timeline(answer: &Value) -> anyhow::Result<()> {
    let names = ["occurred_at", "kind", "activity", "channel", "unit", "source"];
    let rows = list(answer, "events").iter().map(|event| names.iter().map(|name| show::text(&event[*name])).collect());
    show::table(&names.map(Column::Text), rows.collect())?;
    if answer["next"].is_string() {
        show::line("…")?;
    }
    Ok(())
}

fn write_change(answer: &Value, what: &str) -> anyhow::Result<()> {
    let is_done = answer["is_done"].as_bool().unwrap_or_default();
    let mut rows = Vec::new();
    for moment in ["before", "after"] {
        for part in list(answer, moment) {
            let nodes: Vec<String> = list(part, "nodes").iter().map(show::text).collect();
            let events = part["events"].as_u64().unwrap_or_default();
            rows.push(vec![moment.to_owned(), show::text(&part["customer"]), show::count(events), nodes.join(" ")]);
        }
    }
    let columns = [Column::Text(""), Column::Text("customer"), Column::Number("events"), Column::Text("nodes")];
    show::table(&columns, rows)?;
    match answer["merge"]["id"].as_str() {
        Some(merge) => show::line(format!("\ndone: {merge}; undo it with `vivencia customers unmerge {merge}`")),
        None if is_done => show::line("\ndone"),
        None => show::line(format!("\nnothing was changed: say `{what}` without --dry-run to do it")),
    }
}
