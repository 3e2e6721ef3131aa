//! What is made anew from chunks is what grew by rewrites, column for column.

use std::collections::BTreeSet;

use domain::ports::Dictionary;
use domain::{EventId, EventKind, NodeId, SourceId, StoredEvent};
use journey::Needs;
use tempfile::TempDir;

use super::*;
use crate::chunk::{split_by_month, write_chunk};
use crate::files::DiskFiles;
use crate::intake::FreeText;
use crate::timeline::LiveTimeline;

const JANUARY: i64 = 1_767_225_600_000;
const HOUR: u64 = 3_600_000;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

fn names() -> Names {
    let mut names = Names::default();
    names.code(Dictionary::Source, "web");
    for number in 0..9 {
        names.code(Dictionary::Activity, &format!("A{number}"));
        names.code(Dictionary::Channel, &format!("c{number}"));
        names.code(Dictionary::Unit, &format!("u{number}"));
    }
    names
}

const PROPERTIES: [&str; 6] = ["paid", "n", "is_new", "comment", "notes", "reseña \"x\""];

/// A few of several properties, spelled in several ways.
fn properties(random: &mut Random) -> String {
    let choices: [&[&str]; 6] = [
        &[r#""paid":"card""#, r#""paid":"c\u0061sh""#, r#""p\u0061id":"cheque""#, r#""paid":null"#, r#""paid":7"#],
        &[r#""n":7"#, r#""n" : 7.0"#, r#""n":7e0"#, r#""n":"7""#, r#""n":[7]"#, r#""n":-0.5"#],
        &[r#""is_new":true"#, r#""is_new":false"#, r#""is_new":{"paid":"no"}"#],
        &[r#""comment":"cold coffee""#, r#""comment":"[text]""#, r#""comment":3"#, r#""notes":"one \"more\"""#],
        &[r#""reseña \"x\"":"sí""#, r#""rese\u00f1a \"x\"":"sí""#],
        &[r#""else":"\"paid\":1""#, r#""deep":{"paid":"card","n":1}"#],
    ];
    let mut members = Vec::new();
    for choice in choices {
        if random.below(3) == 0 {
            members.push(choice[random.below(choice.len() as u64) as usize]);
        }
    }
    format!("{{{}}}", members.join(if random.below(9) == 0 { " , " } else { "," }))
}

fn events(random: &mut Random, count: u64, nodes: u64, months: u64) -> Vec<StoredEvent> {
    let event = |seq: u64| {
        let message_id = format!("m-{seq}");
        let is_step = random.below(12) > 0;
        let occurred_at = JANUARY + (random.below(months * 730) * HOUR) as i64;
        StoredEvent {
            event_id: EventId::of(SourceId(0), &message_id),
            seq,
            source: SourceId(0),
            message_id,
            node: NodeId(1 + random.below(nodes).min(random.below(nodes))),
            identifier_refs: Vec::new(),
            kind: if is_step { EventKind::Track } else { EventKind::Identify },
            activity: is_step.then(|| random.below(9) as u16),
            channel: (random.below(2) == 0).then(|| random.below(9) as u8),
            unit: (random.below(3) == 0).then(|| random.below(9) as u32),
            occurred_at,
            original_at: occurred_at,
            sent_at: None,
            received_at: occurred_at,
            money: None,
            cause_event_id: None,
            objects: Vec::new(),
            properties: properties(random),
            context: "{}".to_owned(),
            personal_ref: None,
        }
    };
    (1..=count).map(event).collect()
}

/// Some nodes under smaller ones.
fn customers(random: &mut Random, nodes: u64, merged: u64) -> FxHashMap<u64, u64> {
    let mut customers = FxHashMap::default();
    for _ in 0..merged {
        let (a, b) = (1 + random.below(nodes), 1 + random.below(nodes));
        if a < b && !customers.contains_key(&a) && !customers.values().any(|customer| *customer == b) {
            customers.insert(b, a);
        }
    }
    customers
}

/// Chunks of these events, sealed some at a time.
struct Log {
    folder: TempDir,
    files: Arc<dyn Files>,
    names: Names,
    catalogue: Catalogue,
    customers: FxHashMap<u64, u64>,
}

impl Log {
    fn seal(events: &[StoredEvent], at_once: usize, customers: FxHashMap<u64, u64>) -> Log {
        let (folder, names) = (tempfile::tempdir().unwrap(), names());
        let mut files = Vec::new();
        for (seal, sealed) in events.chunks(at_once).enumerate() {
            for (month, events) in split_by_month(sealed) {
                let name = format!("chunks/{month}/{seal:04}.parquet");
                std::fs::create_dir_all(folder.path().join(&name).parent().unwrap()).unwrap();
                let free_text = FreeText::default();
                let written = write_chunk(&DiskFiles, folder.path(), &name, &events, &names, &free_text).unwrap();
                files.extend(written.0);
            }
        }
        let catalogue = Catalogue { version: 1, log_position: 1, files };
        Log { folder, files: Arc::new(DiskFiles), names, catalogue, customers }
    }

    fn make(&self, range_events: usize, properties: &[String]) -> Result<(TempDir, PropertyValues, Base), Unmade> {
        let target = tempfile::tempdir().unwrap();
        let (values, verified) = (PropertyValues::new(properties), VerifiedChunks::default());
        let sealed = Sealed {
            files: &self.files,
            events_dir: self.folder.path(),
            catalogue: &self.catalogue,
            verified: &verified,
            names: &self.names,
            customers: &self.customers,
        };
        let base = make_in_ranges_of(range_events, sealed, target.path(), &values)?;
        Ok((target, values, base))
    }

    /// The same by arrivals and rewrites.
    fn grow(&self, events: &[StoredEvent], properties: &[String]) -> (TempDir, Base, PropertyValues) {
        let target = tempfile::tempdir().unwrap();
        let values = PropertyValues::new(properties);
        let timeline =
            LiveTimeline::new(self.files.clone(), target.path(), Base::default(), values, self.customers.clone())
                .unwrap();
        for part in events.chunks(events.len().div_ceil(3).max(1)) {
            let covered_seq = part.last().unwrap().seq;
            timeline.publish(timeline.read_steps(part.iter()), covered_seq, &[]);
            timeline.rewrite(covered_seq).unwrap();
        }
        let opened = Base::open(&self.files, target.path(), Some(properties)).unwrap();
        assert_eq!(opened.outdated, None);
        (target, opened.base, opened.values)
    }
}

fn owned(properties: &[&str]) -> Vec<String> {
    properties.iter().map(|name| (*name).to_owned()).collect()
}

/// All columns of all customers, values spelled out.
fn columns(base: &Base, values: &PropertyValues) -> Vec<String> {
    let books: Vec<_> = (0..values.len()).map(|property| values.list_values(property)).collect();
    let mut rows = Vec::new();
    for range in &base.ranges {
        range.verify_all().unwrap();
        assert_eq!(range.offsets().len(), range.customers().len() + 1);
        assert_eq!(
            (range.first_customer, Some(&range.last_customer)),
            (range.customers()[0], range.customers().last())
        );
        let columns = range.columns(Needs::EVERYTHING);
        for (index, customer) in range.customers().iter().enumerate() {
            let lived = range.offsets()[index] as usize..range.offsets()[index + 1] as usize;
            rows.push(format!("customer {customer}: {:x}", range.activity_sets()[index]));
            for at in lived {
                let told = books.iter().enumerate().map(|(property, book)| {
                    let code = columns.properties.column(property)[at];
                    book.get(usize::from(code)).map_or_else(|| format!("<{code}>"), |value| value.to_string())
                });
                rows.push(format!(
                    "{} {} {} {} {} {} {:?}",
                    columns.occurred_at[at],
                    columns.seq[at],
                    columns.node[at],
                    columns.activity[at],
                    columns.channel[at],
                    columns.unit[at],
                    told.collect::<Vec<_>>()
                ));
            }
        }
    }
    rows
}

/// The values of each property that have a code, whichever it is.
fn known(values: &PropertyValues) -> Vec<BTreeSet<Arc<str>>> {
    (0..values.len()).map(|property| values.list_values(property).into_iter().collect()).collect()
}

#[test]
fn what_is_made_anew_is_what_grew() {
    for seed in 0..24 {
        let mut random = Random(seed);
        let (count, nodes, months) = (1 + random.below(3_000), 1 + random.below(400), 1 + random.below(4));
        let lived = events(&mut random, count, nodes, months);
        let merged = random.below(3) * nodes / 4;
        let log = Log::seal(&lived, 1 + random.below(900) as usize, customers(&mut random, nodes, merged));
        let properties = if seed % 4 == 0 { Vec::new() } else { owned(&PROPERTIES) };
        let (_grown_in, grown, grown_values) = log.grow(&lived, &properties);
        let (made_in, values, made) = log.make(1 + random.below(500) as usize, &properties).unwrap();
        assert_eq!(columns(&made, &values), columns(&grown, &grown_values), "seed {seed}");
        assert_eq!(known(&values), known(&grown_values), "seed {seed}");
        let opened = Base::open(&log.files, made_in.path(), Some(&properties)).unwrap();
        assert_eq!(columns(&opened.base, &opened.values), columns(&made, &values), "seed {seed}, opened again");
        assert_eq!((made.covered_seq, made.identity_fingerprint), (count, grown.identity_fingerprint));
    }
}

#[test]
fn without_properties_the_files_are_the_same_to_the_byte() {
    let mut random = Random(77);
    let lived = events(&mut random, 40_000, 900, 1);
    let log = Log::seal(&lived, 36_000, customers(&mut random, 900, 200));
    let (grown_in, grown, _) = log.grow(&lived, &[]);
    let (made_in, _, made) = log.make(RANGE_EVENTS, &[]).unwrap();
    let bytes = |folder: &TempDir, base: &Base| std::fs::read(folder.path().join(base.ranges[0].name())).unwrap();
    assert_eq!((grown.ranges.len(), made.ranges.len()), (1, 1));
    assert!(bytes(&grown_in, &grown) == bytes(&made_in, &made));
}

#[test]
fn values_beyond_the_last_code_are_other_and_the_same_ones_each_time() {
    let mut random = Random(5);
    let mut lived = events(&mut random, 75_000, 20_000, 2);
    for event in &mut lived {
        let long = if event.seq % 1_000 == 0 { "x".repeat(300) } else { String::new() };
        event.kind = EventKind::Track;
        event.activity = Some(1);
        event.properties = format!(r#"{{"id":"{}{long}","paid":"card"}}"#, event.seq);
    }
    let log = Log::seal(&lived, 75_000, customers(&mut random, 20_000, 3_000));
    let properties = owned(&["paid", "id"]);
    let (_first_in, first_values, first) = log.make(9_000, &properties).unwrap();
    let (_again_in, again_values, again) = log.make(9_000, &properties).unwrap();
    assert!(first_values.is_full(1));
    assert_eq!(first_values.list_values(1), again_values.list_values(1));
    let first = columns(&first, &first_values);
    assert!(first == columns(&again, &again_values));
    let others = first.iter().filter(|row| row.ends_with("\"<65534>\"]")).count();
    assert_eq!(others, 75_000 - 65_534);
    for row in first.iter().filter(|row| !row.starts_with("customer") && !row.ends_with("\"<65534>\"]")) {
        let seq = row.split(' ').nth(1).unwrap();
        assert!(row.ends_with(&format!("[\"card\", \"{seq}\"]")), "{row}");
    }
}

#[test]
fn a_damaged_chunk_is_named() {
    let mut random = Random(3);
    let lived = events(&mut random, 500, 50, 2);
    let log = Log::seal(&lived, 200, FxHashMap::default());
    for file in log.catalogue.files.clone() {
        let path = log.folder.path().join(&file.name);
        let whole = std::fs::read(&path).unwrap();
        let mut damaged = whole.clone();
        damaged[random.below(whole.len() as u64) as usize] ^= 4;
        std::fs::write(&path, damaged).unwrap();
        match log.make(100, &owned(&PROPERTIES)) {
            Err(Unmade::Unreadable(error)) => {
                let error = error.to_string();
                assert!(error.contains(&file.name) && error.contains("put the file back from a backup"), "{error}");
            }
            _ => panic!("{} was read", file.name),
        }
        std::fs::write(&path, whole).unwrap();
    }
}
