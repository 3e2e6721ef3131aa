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

/// What is in the samples with texts: spelled in all the ways there are, and one that looks like a mark.
fn commented_events() -> Vec<StoredEvent> {
    let mut events = sample_events();
    events[0].properties = r#"{"name":"Carta","comment":"Qu\u00e9 rico, \"de verdad\"","price":3.5}"#.to_owned();
    events[1].properties = r#"{"answers":[{"text":"1\/2 litro"},"no"],"q7":"El café estaba frío, tardaron veinte minutos en atenderme y nadie pidió disculpas."}"#.to_owned();
    events[2].properties = r#"{"note":"[text]"}"#.to_owned();
    events
}

/// A file of `samples`, as the catalogue names it.
fn sample(bytes: &'static [u8], name: &str, like: DataFile, format: u32, checksum: u32) -> (Bytes, DataFile) {
    let bytes = Bytes::from_static(bytes);
    let file = DataFile { name: name.to_owned(), format, bytes: bytes.len() as u64, checksum, ..like };
    (bytes, file)
}

#[test]
fn format_1_is_read_for_ever() {
    let bytes = include_bytes!("../samples/format-1.parquet");
    let (bytes, file) = sample(bytes, "chunks/format-1.parquet", write(&sample_events()).file, 1, 0x6303_6a95);
    let reader = ChunkReader::open(bytes, &file, true).unwrap();
    assert_eq!(read(&reader, &ChunkFilter::default()), sample_events());
    let only_seven = ChunkFilter { nodes: Some(&[NodeId(7)]), min_seq: Some(41), ..ChunkFilter::default() };
    assert_eq!(read(&reader, &only_seven), sample_events()[..1]);

    let mut steps = Vec::new();
    reader.for_each_step(0, &names(), &mut |row| steps.push((row.node.0, row.seq, row.activity, row.channel))).unwrap();
    assert_eq!(steps, [(7, 41, 0, Some(0)), (7, 40, 1, None)]);
}

#[test]
fn format_1_has_its_texts_among_the_properties() {
    let bytes = include_bytes!("../samples/format-1-texts.parquet");
    let like = write(&commented_events()).file;
    let (bytes, file) = sample(bytes, "chunks/format-1-texts.parquet", like, 1, 0x0e8b_b508);
    let reader = ChunkReader::open(bytes.clone(), &file, true).unwrap();
    assert_eq!(read(&reader, &ChunkFilter::default()), commented_events());

    // Merged, they move.
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("chunks")).unwrap();
    std::fs::write(folder.path().join(&file.name), &bytes).unwrap();
    let old = [ChunkFiles { chunk: file, texts: None }];
    let merged = compact(&DiskFiles, folder.path(), "chunks/new.parquet", &old, &names(), &FreeText::default());
    let ChunkFiles { chunk, texts } = merged.unwrap();
    assert_eq!((chunk.format, texts.as_ref().map(|texts| texts.rows)), (2, Some(4)));
    let merged = Written { folder, file: chunk, texts, seen: Vec::new() };
    assert_eq!(read(&merged.reader(), &ChunkFilter::default()), commented_events());
}

#[test]
fn format_2_is_read_with_its_texts_for_ever() {
    let like = write(&commented_events());
    let bytes = include_bytes!("../samples/format-2.parquet");
    let (bytes, file) = sample(bytes, "chunks/format-2.parquet", like.file.clone(), 2, CHUNK_2_CHECKSUM);
    let texts = include_bytes!("../samples/format-2.text.parquet");
    let like = like.texts.unwrap();
    let (texts, texts_file) = sample(texts, "chunks/format-2.text.parquet", like, 1, TEXTS_1_CHECKSUM);
    let texts = TextReader::open(texts, &texts_file, true).unwrap();
    let reader = ChunkReader::open(bytes, &file, true).unwrap().with_texts(Some(texts));
    assert_eq!(read(&reader, &ChunkFilter::default()), commented_events());
    let only_seven = ChunkFilter { nodes: Some(&[NodeId(7)]), min_seq: Some(41), ..ChunkFilter::default() };
    assert_eq!(read(&reader, &only_seven), commented_events()[..1]);
}

const CHUNK_2_CHECKSUM: u32 = 0xe015_514a;
const TEXTS_1_CHECKSUM: u32 = 0xfcfe_bde0;
