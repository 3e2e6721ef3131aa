//! A chunk of each format that ever was, written by the version of its time and never again: later versions read it.

use super::*;

/// What is in `samples/format-1.parquet`.
fn sample_events() -> Vec<StoredEvent> {
    let viewed = StoredEvent {
        event_id: EventId(0x0123_4567_89ab_cdef_0011_2233_4455_6677),
        seq: 41,
        source: SourceId(0),
        message_id: "ajs-next-1".to_owned(),
        node: NodeId(7),
        identifier_refs: vec![NodeId(7), NodeId(3)],
        kind: EventKind::Page,
        activity: Some(0),
        channel: Some(0),
        unit: None,
        occurred_at: DECEMBER + 1_001,
        original_at: DECEMBER + 3_001,
        sent_at: Some(DECEMBER + 3_500),
        received_at: DECEMBER + 1_500,
        money: None,
        cause_event_id: None,
        objects: Vec::new(),
        properties: r#"{"name":"Carta","price":3.5,"is_new":false,"tags":["café"]}"#.to_owned(),
        context: r#"{"locale":"es-ES"}"#.to_owned(),
        personal_ref: Some(12),
    };
    let ordered = StoredEvent {
        event_id: EventId(0xffff_0000_ffff_0000_ffff_0000_ffff_0000),
        seq: 40,
        source: SourceId(1),
        message_id: "línea 2".to_owned(),
        kind: EventKind::Track,
        activity: Some(1),
        channel: None,
        unit: Some(2),
        occurred_at: DECEMBER + 9_000,
        original_at: DECEMBER + 9_000,
        sent_at: None,
        received_at: DECEMBER + 31 * DAY,
        money: Some(Money { minor: -450, currency: *b"EUR", kind: MoneyKind::Refund }),
        cause_event_id: Some(EventId(0x0123_4567_89ab_cdef_0011_2233_4455_6677)),
        objects: vec!["order:1042".to_owned(), "table:ñ".to_owned()],
        properties: r#"{"price":"free","total":4.5}"#.to_owned(),
        context: "{}".to_owned(),
        personal_ref: None,
        ..viewed.clone()
    };
    let identified = StoredEvent {
        event_id: EventId(1),
        seq: u64::MAX,
        message_id: String::new(),
        node: NodeId(u64::MAX),
        identifier_refs: Vec::new(),
        kind: EventKind::Identify,
        activity: None,
        properties: "{}".to_owned(),
        ..viewed.clone()
    };
    vec![viewed, ordered, identified]
}

#[test]
fn format_1_is_read_for_ever() {
    let bytes = Bytes::from_static(include_bytes!("../samples/format-1.parquet"));
    let file = DataFile {
        name: "chunks/format-1.parquet".to_owned(),
        format: 1,
        bytes: bytes.len() as u64,
        checksum: SAMPLE_CHECKSUM,
        ..write(&sample_events()).file
    };
    let reader = ChunkReader::open(bytes, &file, true).unwrap();
    assert_eq!(read(&reader, &ChunkFilter::default()), sample_events());
    let only_seven = ChunkFilter { nodes: Some(&[NodeId(7)]), min_seq: Some(41), ..ChunkFilter::default() };
    assert_eq!(read(&reader, &only_seven), sample_events()[..1]);

    let mut steps = Vec::new();
    reader.for_each_step(0, &names(), &mut |row| steps.push((row.node.0, row.seq, row.activity, row.channel))).unwrap();
    assert_eq!(steps, [(7, 41, 0, Some(0)), (7, 40, 1, None)]);
}

const SAMPLE_CHECKSUM: u32 = 0x6303_6a95;
