//! Free texts go to a chunk of their own and come back with their events.

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::{UInt32Type, UInt64Type};
use domain::ports::DataFileKind;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::*;

const REVIEW: &str = "El café estaba frío, tardaron veinte minutos en atenderme y nadie pidió disculpas.";

fn table(bytes: Bytes) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).unwrap().build().unwrap();
    reader.map(Result::unwrap).collect()
}

fn column_of_texts(batch: &RecordBatch, name: &str) -> Vec<Option<String>> {
    batch.column_by_name(name).unwrap().as_string::<i32>().iter().map(|text| text.map(str::to_owned)).collect()
}

/// A commented order of node 2, a review of node 1, and an event without texts.
fn commented() -> Vec<StoredEvent> {
    vec![
        StoredEvent {
            node: NodeId(2),
            channel: Some(0),
            ..with_properties(5, 1, r#"{"total":4.5,"comment":"sin az\u00facar","answers":[{"text":"una \"nota\""}]}"#)
        },
        with_properties(6, 0, &format!(r#"{{"q7":"{REVIEW}","stars":2}}"#)),
        with_properties(7, 0, r#"{"stars":5}"#),
    ]
}

#[test]
fn texts_are_rows_of_a_file_of_their_own() {
    let written = write(&commented());
    let texts = written.texts.clone().unwrap();
    assert_eq!(texts.name, "chunks/a.text.parquet");
    assert_eq!((texts.kind, texts.format, texts.rows), (DataFileKind::TextChunk, 1, 3));
    assert_eq!((texts.min_seq, texts.max_seq, texts.min_node, texts.max_node), (5, 6, 1, 2));
    assert_eq!(texts.period, written.file.period);
    assert_eq!(texts.bytes, written.bytes_of(&texts).len() as u64);

    let rows = &table(written.bytes_of(&texts))[0];
    let seqs: Vec<u64> = rows.column_by_name("seq").unwrap().as_primitive::<UInt64Type>().values().to_vec();
    assert_eq!(seqs, [6, 5, 5], "sorted as the chunk");
    let some = |texts: [&str; 3]| texts.map(|text| Some(text.to_owned())).to_vec();
    assert_eq!(column_of_texts(rows, "text"), some([REVIEW, "sin azúcar", "una \"nota\""]));
    assert_eq!(column_of_texts(rows, "spelling"), [None, Some("ascii".to_owned()), None]);
    let named = |name| {
        let plain = arrow_array::cast::downcast_array::<arrow_array::DictionaryArray<arrow_array::types::Int32Type>>(
            rows.column_by_name(name).unwrap(),
        );
        let names = plain.downcast_dict::<arrow_array::StringArray>().unwrap();
        names.into_iter().map(|name| name.map(str::to_owned)).collect::<Vec<_>>()
    };
    assert_eq!(named("property"), some(["q7", "comment", "answers.0.text"]));
    assert_eq!(named("activity"), some(["Page Viewed", "Order Completed", "Order Completed"]));
    assert_eq!(named("channel"), [None, Some("web".to_owned()), Some("web".to_owned())]);

    let chunk = &table(written.bytes())[0];
    let properties = column_of_texts(chunk, "properties");
    assert_eq!(properties[0].as_deref(), Some(r#"{"q7":"[text]","stars":2}"#));
    assert_eq!(properties[2].as_deref(), Some(r#"{"total":4.5,"comment":"[text]","answers":[{"text":"[text]"}]}"#));
    let counts = chunk.column_by_name("texts").unwrap().as_primitive::<UInt32Type>().values().to_vec();
    assert_eq!(counts, [1, 0, 2]);
}

#[test]
fn events_are_read_as_they_were_accepted() {
    let written = write(&commented());
    assert_eq!(read(&written.reader(), &ChunkFilter::default()), sorted(&commented()));
    let only = |filter| read(&written.reader(), &filter).iter().map(|event| event.seq).collect::<Vec<_>>();
    assert_eq!(only(ChunkFilter { nodes: Some(&[NodeId(2)]), ..ChunkFilter::default() }), [5]);
    assert_eq!(only(ChunkFilter { min_seq: Some(6), ..ChunkFilter::default() }), [6, 7]);
}

#[test]
fn no_text_is_left_in_the_chunk() {
    let events: Vec<StoredEvent> = (1..5_000)
        .map(|seq| {
            let secret = format!("secreto-{seq}");
            with_properties(seq, 0, &format!(r#"{{"comment":"{secret}","nested":{{"notes":["{secret}"]}},"n":{seq}}}"#))
        })
        .collect();
    let written = write(&events);
    for batch in table(written.bytes()) {
        for field in batch.schema().fields().iter().filter(|field| *field.data_type() == arrow_schema::DataType::Utf8) {
            let texts = column_of_texts(&batch, field.name());
            assert!(!texts.into_iter().flatten().any(|text| text.contains("secreto")), "{}", field.name());
        }
        assert!(batch.column_by_name("p_comment").is_none() && batch.column_by_name("p_n").is_some());
    }
    let texts = table(written.bytes_of(written.texts.as_ref().unwrap()));
    let found = texts.iter().flat_map(|batch| column_of_texts(batch, "text")).flatten();
    assert_eq!(found.filter(|text| text.starts_with("secreto-")).count(), 2 * 4_999);
}

#[test]
fn a_chunk_without_texts_has_no_text_chunk() {
    let written = write(&[with_properties(1, 0, r#"{"plan":"oro","comment":""}"#)]);
    assert_eq!(written.texts, None);
    assert_eq!(DiskFiles.list(&written.folder.path().join("chunks")).unwrap().len(), 1);
}

#[test]
fn moved_texts_are_counted_and_are_in_no_typed_column() {
    let mixed = |seq, answer: &str| with_properties(seq, 0, &format!(r#"{{"answer":"{answer}","comment":"x"}}"#));
    let written = write(&[mixed(1, "A"), mixed(2, REVIEW), mixed(3, "B"), mixed(4, "[text]")]);
    let chunk = &table(written.bytes())[0];
    let answers = column_of_texts(chunk, "p_answer");
    assert_eq!(answers, [Some("A".to_owned()), None, Some("B".to_owned()), None]);
    assert!(chunk.column_by_name("p_comment").is_none());
    let mut seen: Vec<(&str, u64)> = written.seen.iter().map(|seen| (seen.name.as_str(), seen.events)).collect();
    seen.sort_unstable();
    assert_eq!(seen, [("answer", 4), ("comment", 4)]);
}

#[test]
fn an_event_whose_texts_are_missing_is_damage_and_never_a_mark() {
    let written = write(&commented());
    let without = ChunkReader::open(written.bytes(), &written.file, true).unwrap();
    let error = without.for_each(&ChunkFilter::default(), &names(), &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("damaged file chunks/a.parquet") && error.contains("chunks/a.text.parquet"), "{error}");
    // Steps need no texts.
    let mut steps = 0;
    without.for_each_step(0, &names(), &mut |_| steps += 1).unwrap();
    assert_eq!(steps, 3);

    for others in [&commented()[..1], &[with_properties(5, 1, r#"{"note":"of another event"}"#)]] {
        let other = write(others);
        let file = other.texts.clone().unwrap();
        let texts = TextReader::open(other.bytes_of(&file), &file, true).unwrap();
        let reader = ChunkReader::open(written.bytes(), &written.file, true).unwrap().with_texts(Some(texts));
        let error = reader.for_each(&ChunkFilter::default(), &names(), &mut |_| {}).unwrap_err().to_string();
        assert!(error.starts_with("damaged file chunks/a.text.parquet: "), "{error}");
    }

    let few = write(&commented()[1..]);
    let file = written.texts.clone().unwrap();
    let texts = TextReader::open(written.bytes_of(&file), &file, true).unwrap();
    let reader = ChunkReader::open(few.bytes(), &few.file, true).unwrap().with_texts(Some(texts));
    let error = reader.for_each(&ChunkFilter::default(), &names(), &mut |_| {}).unwrap_err().to_string();
    assert!(error.contains("chunks/a.text.parquet: a text is of no event of the chunk"), "{error}");
}

#[test]
fn a_flipped_bit_in_a_text_chunk_is_found_and_named() {
    let written = write(&commented());
    let file = written.texts.clone().unwrap();
    let good = written.bytes_of(&file).to_vec();
    for bit in (0..good.len() * 8).step_by(7) {
        let mut bad = good.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let error = TextReader::open(bad.into(), &file, true).err().unwrap().to_string();
        assert!(error.starts_with("damaged file chunks/a.text.parquet: checksum "), "bit {bit}: {error}");
    }
    let newer = DataFile { format: 2, ..file.clone() };
    let error = TextReader::open(good.into(), &newer, true).err().unwrap().to_string();
    assert!(error.contains("chunks/a.text.parquet has format 2") && error.contains("newer version"), "{error}");
    // A chunk is not taken for a text chunk.
    let error = TextReader::open(written.bytes(), &DataFile { format: 1, ..written.file.clone() }, true);
    assert!(error.err().unwrap().to_string().contains("without the key vivencia.texts.format"));
}

#[test]
fn a_chunk_and_its_texts_are_merged_together_whatever_their_formats() {
    let folder = tempfile::tempdir().unwrap();
    let mut events = Vec::new();
    let mut chunks = Vec::new();
    for part in 0..4_u64 {
        let of_part: Vec<StoredEvent> = (0..500)
            .map(|number| {
                let seq = part * 500 + number + 1;
                let properties = match number % 3 {
                    0 => format!(r#"{{"comment":"comentario {seq}","n":1}}"#),
                    1 => format!(r#"{{"deep":[{{"body":"caf\u00e9 {seq}"}},"{REVIEW}"]}}"#),
                    _ => "{}".to_owned(),
                };
                StoredEvent { properties, ..event(seq, 1 + seq % 50, DECEMBER + (seq as i64 * 7_919) % DAY) }
            })
            .collect();
        // The first part is written as if nothing were free text: what format 1 did.
        let rule = if part == 0 { FreeText::new(&["nothing".to_owned()]) } else { FreeText::default() };
        let name = format!("chunks/{part}.parquet");
        chunks.push(write_chunk(&DiskFiles, folder.path(), &name, &of_part, &names(), &rule).unwrap().0);
        events.extend(of_part);
    }
    let merged = compact(&DiskFiles, folder.path(), "chunks/m.parquet", &chunks, &names(), &FreeText::default());
    let ChunkFiles { chunk, texts } = merged.unwrap();
    assert_eq!(texts.as_ref().map(|texts| (texts.name.as_str(), texts.rows)), Some(("chunks/m.text.parquet", 4 * 501)));
    let merged = Written { folder, file: chunk, texts, seen: Vec::new() };
    assert!(read(&merged.reader(), &ChunkFilter::default()) == sorted(&events));
    let properties =
        table(merged.bytes()).into_iter().flat_map(|batch| column_of_texts(&batch, "properties")).flatten();
    assert!(properties.into_iter().all(|properties| !properties.contains("comentario")));
    assert!(table(merged.bytes())[0].column_by_name("p_comment").is_none());
}

#[test]
fn what_makes_no_chunk_leaves_no_texts_either() {
    let folder = tempfile::tempdir().unwrap();
    let mut events = commented();
    events.push(StoredEvent { node: NodeId(9), activity: Some(77), ..event(9, 9, DECEMBER) });
    let error = write_error(folder.path(), &events);
    assert!(error.contains("no activity `77`"), "{error}");
    assert!(DiskFiles.list(&folder.path().join("chunks")).unwrap().is_empty());
}

#[test]
fn texts_stay_with_their_events_across_row_groups_and_filters() {
    let events: Vec<StoredEvent> = (1..40_000_u64)
        .map(|seq| {
            let properties = match seq % 4 {
                0 => format!(r#"{{"comment":"c{seq}","notes":["n{seq}","m{seq}"]}}"#),
                1 => format!(r#"{{"text":"t{seq}"}}"#),
                _ => format!(r#"{{"n":{seq}}}"#),
            };
            StoredEvent { properties, ..event(seq, 1 + seq % 700, DECEMBER + (seq as i64 * 7_919) % (31 * DAY)) }
        })
        .collect();
    let written = write(&events);
    assert_eq!(written.texts.as_ref().unwrap().rows, 9_999 * 3 + 10_000);
    let (reader, all) = (written.reader(), sorted(&events));
    assert!(read(&reader, &ChunkFilter::default()) == all);
    let some = [NodeId(3), NodeId(404), NodeId(405), NodeId(700)];
    let filters = [
        ChunkFilter { nodes: Some(&some), ..ChunkFilter::default() },
        ChunkFilter { min_seq: Some(39_000), ..ChunkFilter::default() },
        ChunkFilter { occurred: Some(DECEMBER + DAY..DECEMBER + 2 * DAY), ..ChunkFilter::default() },
        ChunkFilter { nodes: Some(&some), min_seq: Some(9_000), occurred: Some(DECEMBER..DECEMBER + 9 * DAY) },
    ];
    for filter in filters {
        let is_wanted = |event: &&StoredEvent| {
            filter.nodes.is_none_or(|nodes| nodes.contains(&event.node))
                && filter.min_seq.is_none_or(|seq| event.seq >= seq)
                && filter.occurred.as_ref().is_none_or(|span| span.contains(&event.occurred_at))
        };
        let expected: Vec<StoredEvent> = all.iter().filter(is_wanted).cloned().collect();
        assert!(!expected.is_empty() && read(&reader, &filter) == expected, "{filter:?}");
    }
}

#[test]
fn a_text_chunk_belongs_to_the_chunk_of_its_name() {
    let written = write(&commented());
    let other = DataFile { name: "chunks/b.parquet".to_owned(), ..written.file.clone() };
    let files = [other.clone(), written.texts.clone().unwrap(), written.file.clone()];
    assert_eq!(find_texts(&files, &written.file), written.texts.as_ref());
    assert_eq!(find_texts(&files, &other), None);
    let pair = ChunkFiles { chunk: written.file.clone(), texts: written.texts.clone() };
    assert_eq!(ChunkFiles::find(&files, &written.file), pair);
    assert_eq!(ChunkFiles::find(&files, &other), ChunkFiles { chunk: other, texts: None });
}
