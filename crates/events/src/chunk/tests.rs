//! What is written is read again, sorted, pruned, typed; what is damaged is named.

mod compaction;
mod cost;
mod damage;
mod reading;
mod sample;
mod texts;
mod typed;

use std::path::Path;

use bytes::Bytes;
use domain::ports::{DataFile, Dictionary, Files, PropertySeen};
use domain::{EventId, EventKind, Money, MoneyKind, NodeId, SourceId, StoredEvent};
use proptest::prelude::*;
use tempfile::TempDir;

use super::texts::TextReader;
use super::*;
use crate::files::DiskFiles;
use crate::intake::FreeText;
use crate::names::Names;

/// 2025-12-01T00:00:00Z.
const DECEMBER: i64 = 1_764_547_200_000;
const DAY: i64 = domain::time::DAY_MS;

fn names() -> Names {
    let mut names = Names::default();
    for (dictionary, known) in [
        (Dictionary::Source, ["key: web", "orders.csv", "(other)"]),
        (Dictionary::Activity, ["Page Viewed", "Order Completed", "¡Café con leche! ☕"]),
        (Dictionary::Channel, ["web", "app", "teléfono"]),
        (Dictionary::Unit, ["shop-1", "shop-2", "tienda ñandú"]),
    ] {
        for name in known {
            names.code(dictionary, name);
        }
    }
    names
}

/// A plain event: everything optional is empty.
fn event(seq: u64, node: u64, occurred_at: i64) -> StoredEvent {
    let message_id = format!("m-{seq}");
    StoredEvent {
        event_id: EventId::of(SourceId(0), &message_id),
        seq,
        source: SourceId(0),
        message_id,
        node: NodeId(node),
        identifier_refs: vec![NodeId(node)],
        kind: EventKind::Track,
        activity: Some(0),
        channel: None,
        unit: None,
        occurred_at,
        original_at: occurred_at,
        sent_at: None,
        received_at: occurred_at + 500,
        money: None,
        cause_event_id: None,
        objects: Vec::new(),
        properties: "{}".to_owned(),
        context: "{}".to_owned(),
        personal_ref: None,
    }
}

fn with_properties(seq: u64, activity: u16, properties: &str) -> StoredEvent {
    StoredEvent { activity: Some(activity), properties: properties.to_owned(), ..event(seq, 1, DECEMBER) }
}

fn any_event() -> impl Strategy<Value = StoredEvent> {
    let place = (any::<u128>(), 1..=u64::MAX, 0..3_u64, ".{0,20}", 1..5_u64, 0..31 * DAY, any::<bool>());
    let codes = (0..6_usize, 0..3_u16, any::<Option<bool>>(), proptest::option::of(0..3_u32));
    let times = (any::<i64>(), any::<Option<i64>>(), any::<i64>());
    let money = proptest::option::of((any::<i64>(), "[A-Z]{3}", 0..3_usize));
    let texts = (
        any::<Option<u128>>(),
        proptest::collection::vec("[a-z]{1,5}:.{0,8}", 0..4),
        ".{0,40}",
        any_properties(),
        proptest::collection::vec(any::<u64>(), 0..4),
        any::<Option<u64>>(),
    );
    (place, codes, times, money, texts).prop_map(|(place, codes, times, money, texts)| {
        let (event_id, seq, source, message_id, node, after, is_extreme) = place;
        let (kind, activity, channel, unit) = codes;
        let kind = EventKind::ALL[kind];
        let (cause, objects, context, properties, refs, personal_ref) = texts;
        let money = money.map(|(minor, currency, kind)| Money {
            minor,
            currency: currency.as_bytes().try_into().unwrap(),
            kind: [MoneyKind::Revenue, MoneyKind::Cost, MoneyKind::Refund][kind],
        });
        StoredEvent {
            event_id: EventId(event_id),
            seq,
            source: SourceId(source),
            message_id,
            node: NodeId(if is_extreme { u64::MAX - node } else { node }),
            identifier_refs: refs.into_iter().map(NodeId).collect(),
            kind,
            activity: kind.is_activity().then_some(activity),
            channel: channel.map(u8::from),
            unit,
            occurred_at: DECEMBER + after,
            original_at: times.0,
            sent_at: times.1,
            received_at: times.2,
            money,
            cause_event_id: cause.map(EventId),
            objects,
            properties,
            context,
            personal_ref,
        }
    })
}

/// Objects mostly, with names that come again; sometimes any text at all.
fn any_properties() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        any::<f64>().prop_map(|number| serde_json::json!(number)),
        any::<bool>().prop_map(|flag| serde_json::json!(flag)),
        ".{0,10}".prop_map(|text| serde_json::json!(text)),
        Just(serde_json::json!("la espera fue muy larga y el café llegó frío, aun así la gente es amable")),
        Just(serde_json::json!("[text]")),
        Just(serde_json::json!({"note": "una \"nota\"", "comments": ["a", {"text": "b"}]})),
        Just(serde_json::json!(null)),
        Just(serde_json::json!([1, {"a": "b"}])),
    ];
    let object = proptest::collection::btree_map(prop_oneof!["[abñ.\"]", ".{0,3}", "comment|body"], value, 0..5);
    prop_oneof![
        4 => object.prop_map(|object| serde_json::json!(object).to_string()),
        1 => ".{0,20}",
    ]
}

/// A folder with one chunk in it.
struct Written {
    folder: TempDir,
    file: DataFile,
    texts: Option<DataFile>,
    seen: Vec<PropertySeen>,
}

impl Written {
    fn bytes(&self) -> Bytes {
        self.bytes_of(&self.file)
    }

    fn bytes_of(&self, file: &DataFile) -> Bytes {
        DiskFiles.map(&self.folder.path().join(&file.name)).unwrap()
    }

    fn reader(&self) -> ChunkReader {
        let texts = self.texts.as_ref().map(|file| TextReader::open(self.bytes_of(file), file, true).unwrap());
        ChunkReader::open(self.bytes(), &self.file, true).unwrap().with_texts(texts)
    }
}

fn write(events: &[StoredEvent]) -> Written {
    let folder = tempfile::tempdir().unwrap();
    write_into(folder, events, &names())
}

fn write_into(folder: TempDir, events: &[StoredEvent], names: &Names) -> Written {
    let written = write_chunk(&DiskFiles, folder.path(), "chunks/a.parquet", events, names, &FreeText::default());
    let (ChunkFiles { chunk, texts }, seen) = written.unwrap();
    Written { folder, file: chunk, texts, seen }
}

fn read(reader: &ChunkReader, filter: &ChunkFilter<'_>) -> Vec<StoredEvent> {
    let mut events = Vec::new();
    reader.for_each(filter, &names(), &mut |event| events.push(event)).unwrap();
    events
}

fn sorted(events: &[StoredEvent]) -> Vec<StoredEvent> {
    let mut events = events.to_vec();
    events.sort_by_key(place);
    events
}

fn place(event: &StoredEvent) -> (u64, i64, u64) {
    (event.node.0, event.occurred_at, event.seq)
}

fn write_error(folder: &Path, events: &[StoredEvent]) -> String {
    write_chunk(&DiskFiles, folder, "chunks/a.parquet", events, &names(), &FreeText::default()).unwrap_err().to_string()
}
