//! JSON lines: one object an event, members always in the same order.

use domain::time::format_instant;
use domain::{Error, Result};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::row::Row;

#[derive(Serialize)]
struct JsonRow<'a> {
    event_id: String,
    seq: u64,
    source: &'a str,
    message_id: &'a str,
    customer: &'a str,
    kind: &'a str,
    activity: Option<&'a str>,
    channel: Option<&'a str>,
    unit: Option<&'a str>,
    occurred_at: String,
    original_at: String,
    sent_at: Option<String>,
    received_at: String,
    amount_minor: Option<i64>,
    currency: Option<&'a str>,
    money_kind: Option<&'a str>,
    cause_event_id: Option<String>,
    objects: &'a [String],
    properties: Box<RawValue>,
    context: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifiers: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    personal: Option<&'a Value>,
}

/// Writes a row and its line end.
pub fn write_row(row: &Row, into: &mut Vec<u8>) -> Result<()> {
    let event = &row.event;
    let personal = row.personal.as_ref();
    let line = JsonRow {
        event_id: event.event_id.to_string(),
        seq: event.seq,
        source: &row.source,
        message_id: &event.message_id,
        customer: &row.customer,
        kind: event.kind.as_str(),
        activity: row.activity.as_deref(),
        channel: row.channel.as_deref(),
        unit: row.unit.as_deref(),
        occurred_at: format_instant(event.occurred_at),
        original_at: format_instant(event.original_at),
        sent_at: event.sent_at.map(format_instant),
        received_at: format_instant(event.received_at),
        amount_minor: event.money.map(|money| money.minor),
        currency: event.money.as_ref().map(|money| money.currency()),
        money_kind: event.money.map(|money| money.kind.as_str()),
        cause_event_id: event.cause_event_id.map(|id| id.to_string()),
        objects: &event.objects,
        properties: raw(&event.properties)?,
        context: raw(&event.context)?,
        identifiers: personal.map(|personal| personal.identifiers.as_slice()),
        personal: personal.and_then(|personal| personal.values.as_ref()),
    };
    serde_json::to_writer(&mut *into, &line)
        .map_err(|cause| Error::internal("write an event as JSON").caused_by(cause))?;
    into.push(b'\n');
    Ok(())
}

fn raw(object: &str) -> Result<Box<RawValue>> {
    let object = if object.is_empty() { "{}" } else { object };
    RawValue::from_string(object.to_owned())
        .map_err(|cause| Error::internal("a stored event is not JSON").caused_by(cause))
}
