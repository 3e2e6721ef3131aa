//! An event as it leaves: names instead of codes, and what was personal only when asked for.

use std::collections::HashMap;

use domain::ports::{CustomerStore, EventState};
use domain::{NodeId, Result, StoredEvent};
use events::EventLog;
use events::intake::FreeText;
use events::names::Names;
use serde_json::Value;
use text::tokens::Tokens;
use text::{find_personal, mask};

/// An event on its way out.
pub struct Row {
    pub event: StoredEvent,
    pub customer: String,
    pub source: String,
    pub activity: Option<String>,
    pub channel: Option<String>,
    pub unit: Option<String>,
    pub personal: Option<PersonalRow>,
}

/// What the state knows of an event and no chunk holds.
pub struct PersonalRow {
    /// `kind:value`, highest priority first.
    pub identifiers: Vec<String>,
    /// By path.
    pub values: Option<Value>,
}

impl Row {
    pub fn new(event: StoredEvent, log: &EventLog, names: &Names) -> Row {
        Row {
            customer: log.customer_of(event.node).to_string(),
            source: names.sources.name(u32::try_from(event.source.0).unwrap_or(u32::MAX)).to_owned(),
            activity: event.activity.map(|code| names.activities.name(u32::from(code)).to_owned()),
            channel: event.channel.map(|code| names.channels.name(u32::from(code)).to_owned()),
            unit: event.unit.map(|code| names.units.name(code).to_owned()),
            personal: None,
            event,
        }
    }
}

/// Hides what people wrote about themselves and others: names, addresses, telephone numbers in their comments.
#[derive(Default)]
pub struct TextMask {
    free_text: FreeText,
    tokens: Tokens,
}

impl TextMask {
    pub fn put_on(&mut self, row: &mut Row) {
        let TextMask { free_text, tokens } = self;
        let masked = free_text.replace(&row.event.properties, |text| {
            tokens.read(text);
            let personal = find_personal(text, tokens);
            (!personal.is_empty()).then(|| mask(text, &personal))
        });
        if let Some(masked) = masked {
            row.event.properties = masked;
        }
    }
}

/// Adds identifiers and personal values to rows, in few questions to the state.
pub fn add_personal(rows: &mut [Row], events: &dyn EventState, customers: &dyn CustomerStore) -> Result<()> {
    let mut nodes: Vec<NodeId> = rows.iter().flat_map(|row| row.event.identifier_refs.iter().copied()).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let identifiers: HashMap<NodeId, String> = customers
        .list_identifiers(&nodes)?
        .into_iter()
        .map(|known| (known.node, known.identifier.to_string()))
        .collect();
    let refs: Vec<u64> = rows.iter().filter_map(|row| row.event.personal_ref).collect();
    let values: HashMap<u64, Value> = events
        .find_personal(&refs)?
        .into_iter()
        .map(|personal| (personal.id, serde_json::from_str(&personal.body).unwrap_or(Value::String(personal.body))))
        .collect();
    for row in rows {
        let known = row.event.identifier_refs.iter().filter_map(|node| identifiers.get(node).cloned());
        row.personal = Some(PersonalRow {
            identifiers: known.collect(),
            values: row.event.personal_ref.and_then(|id| values.get(&id).cloned()),
        });
    }
    Ok(())
}
