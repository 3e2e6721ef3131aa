//! CSV for spreadsheets: texts that a spreadsheet would run as formulas are made harmless, numbers stay numbers.

use std::borrow::Cow;

use domain::time::format_instant;
use domain::{Error, Result};

use super::row::Row;
use crate::spreadsheet::harmless;

const COLUMNS: [&str; 20] = [
    "event_id",
    "seq",
    "source",
    "message_id",
    "customer",
    "kind",
    "activity",
    "channel",
    "unit",
    "occurred_at",
    "original_at",
    "sent_at",
    "received_at",
    "amount_minor",
    "currency",
    "money_kind",
    "cause_event_id",
    "objects",
    "properties",
    "context",
];
const PERSONAL_COLUMNS: [&str; 2] = ["identifiers", "personal"];

pub fn write_header(with_personal: bool, into: &mut Vec<u8>) -> Result<()> {
    let personal: &[&str] = if with_personal { &PERSONAL_COLUMNS } else { &[] };
    write_record(COLUMNS.iter().chain(personal).copied().map(Cow::Borrowed).collect(), into)
}

pub fn write_row(row: &Row, into: &mut Vec<u8>) -> Result<()> {
    let event = &row.event;
    let mut cells: Vec<Cow<'_, str>> = vec![
        event.event_id.to_string().into(),
        event.seq.to_string().into(),
        harmless(&row.source),
        harmless(&event.message_id),
        row.customer.as_str().into(),
        event.kind.as_str().into(),
        harmless(row.activity.as_deref().unwrap_or_default()),
        harmless(row.channel.as_deref().unwrap_or_default()),
        harmless(row.unit.as_deref().unwrap_or_default()),
        format_instant(event.occurred_at).into(),
        format_instant(event.original_at).into(),
        event.sent_at.map(format_instant).unwrap_or_default().into(),
        format_instant(event.received_at).into(),
        event.money.map(|money| money.minor.to_string()).unwrap_or_default().into(),
        event.money.as_ref().map(|money| money.currency().to_owned()).unwrap_or_default().into(),
        event.money.map(|money| money.kind.as_str()).unwrap_or_default().into(),
        event.cause_event_id.map(|id| id.to_string()).unwrap_or_default().into(),
        harmless(&event.objects.join(" ")).into_owned().into(),
        harmless(&event.properties),
        harmless(&event.context),
    ];
    if let Some(personal) = &row.personal {
        cells.push(harmless(&personal.identifiers.join(" ")).into_owned().into());
        cells.push(personal.values.as_ref().map(ToString::to_string).unwrap_or_default().into());
    }
    write_record(cells, into)
}

fn write_record(cells: Vec<Cow<'_, str>>, into: &mut Vec<u8>) -> Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(into);
    writer
        .write_record(cells.iter().map(|cell| cell.as_bytes()))
        .and_then(|()| writer.flush().map_err(csv::Error::from))
        .map_err(|cause| Error::internal("write an event as CSV").caused_by(cause))
}
