//! What people wrote lies apart from the events it came with, and comes back with them as it was accepted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::ports::{CodedName, DataFile, DataFileKind, Dictionary, EventState, Files};
use domain::{CustomerId, IncomingEvent};

use crate::scene::{Random, Scene, event, expected, lived, open};
use crate::simulated_files::SimulatedFiles;

/// An event with these properties.
fn said(line: &str, properties: &str) -> IncomingEvent {
    IncomingEvent { properties: properties.to_owned(), ..event(line) }
}

/// An object with texts at random places, spelled in random ways.
fn random_object(random: &mut Random, depth: u64) -> String {
    let names = ["comment", "q1", "total", "notes", "answers", "\\u0062ody", "reseña", "ñ \\\"x\\\""];
    let members: Vec<String> = (0..random.below(4))
        .map(|number| {
            // A name comes twice in no object: intake keeps the last one only.
            let name = names[(number * 2 + random.below(2)) as usize];
            format!("\"{name}\":{}", random_value(random, depth))
        })
        .collect();
    format!("{{{}}}", members.join(if random.below(5) == 0 { " ,\n" } else { "," }))
}

fn random_value(random: &mut Random, depth: u64) -> String {
    match random.below(if depth == 0 { 9 } else { 12 }) {
        0 => random.below(1_000).to_string(),
        1 => "null".to_owned(),
        2 => "\"[text]\"".to_owned(),
        3 => r#""caf\u00e9 \ud83d\ude00 \/ 1""#.to_owned(),
        4 => r#""una \"nota\"\ncon dos líneas""#.to_owned(),
        5 => r#""El café estaba frío, tardaron veinte minutos en atenderme y nadie pidió disculpas.""#.to_owned(),
        6 => r#""Ma\u00f1ana vuelvo con mi familia a la misma sucursal, porque el pan estaba muy bueno""#.to_owned(),
        7 => "\"\"".to_owned(),
        8 => format!("\"code-{}\"", random.below(9)),
        9 => format!("[{}, {}]", random_value(random, depth - 1), random_value(random, depth - 1)),
        _ => random_object(random, depth - 1),
    }
}

/// The properties of every event by its message.
fn properties_by_message(scene: &Scene) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    scene
        .log
        .for_each_event(&mut |event| {
            assert!(all.insert(event.message_id, event.properties).is_none());
            Ok(())
        })
        .unwrap();
    all
}

/// The same, customer by customer.
fn properties_of_customers(scene: &Scene) -> BTreeMap<String, String> {
    let mut by_customer = BTreeMap::new();
    scene.log.sync_state().unwrap();
    let nodes: Vec<_> = scene.state.held.lock().unwrap().identifiers.iter().map(|known| known.node).collect();
    for customer in nodes.into_iter().map(|node| scene.log.customer_of(node).0) {
        let events = scene.log.list_events(CustomerId(customer)).unwrap();
        by_customer.extend(events.into_iter().map(|event| (event.message_id, event.properties)));
    }
    by_customer
}

fn files_of(scene: &Scene, kind: DataFileKind) -> Vec<DataFile> {
    let catalogue = scene.state.load().unwrap().catalogue;
    catalogue.files.into_iter().filter(|file| file.kind == kind).collect()
}

#[test]
fn properties_are_read_as_they_were_accepted_wherever_they_lie() {
    let mut compacted = 0;
    for seed in 0..12 {
        let mut random = Random(seed);
        let mut scene = Scene::with(Default::default(), |settings| settings.seal_events = 60);
        let mut accepted = BTreeMap::new();
        for round in 0..40 {
            let events = (0..random.below(20))
                .map(|number| {
                    let properties = random_object(&mut random, 3);
                    accepted.insert(format!("m-{round}-{number}"), properties.clone());
                    let line = format!(
                        "m-{round}-{number} user:u{} A{} {}",
                        random.below(9),
                        random.below(3),
                        random.below(60_000)
                    );
                    said(&line, &properties)
                })
                .collect();
            scene.send("web", events);
            match random.below(6) {
                0 | 1 => scene.log.seal().unwrap(),
                2 => scene.reopen(),
                _ => {}
            }
            if round % 8 == 0 {
                assert_eq!(properties_by_message(&scene), accepted, "seed {seed}, round {round}");
            }
        }
        scene.log.seal().unwrap();
        assert_eq!(properties_by_message(&scene), accepted, "seed {seed}, sealed");
        assert_eq!(properties_of_customers(&scene), accepted, "seed {seed}, by customer");
        scene.reopen();
        assert_eq!(properties_by_message(&scene), accepted, "seed {seed}, opened again");
        assert_eq!(scene.log.verify().unwrap(), Vec::<String>::new());
        compacted += scene.state.list_dropped_files(i64::MAX).unwrap().len();
        scene.log.stop();
    }
    assert!(compacted > 0, "some chunks were merged");
}

#[test]
fn a_text_lies_in_its_text_chunk_and_nowhere_else() {
    let scene = Scene::new();
    let text = "un-secreto-bien-contado";
    scene.send(
        "web",
        vec![
            said("m-1 user:ana Rated 5", &format!(r#"{{"comment":"{text}","stars":1}}"#)),
            said("m-2 user:leo Rated 6", &format!(r#"{{"answers":[{{"text":"{text} otra vez"}}]}}"#)),
        ],
    );
    scene.log.close().unwrap();
    let holding: Vec<PathBuf> = scene
        .files
        .contents()
        .into_iter()
        .filter(|(_, bytes)| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
        .map(|(path, _)| path)
        .collect();
    let texts = files_of(&scene, DataFileKind::TextChunk);
    assert_eq!(texts.len(), 1);
    assert_eq!(texts[0].rows, 2);
    // Few texts in a file are as good as uncompressed, so that a search of bytes finds them.
    assert_eq!(holding, [Path::new("/data/events").join(&texts[0].name)]);

    let manifest: serde_json::Value =
        serde_json::from_slice(&scene.files.read(Path::new("/data/events/manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["texts"][0]["name"], texts[0].name);
    assert_eq!(manifest["texts"][0]["kind"], "text_chunk");
    assert_eq!(manifest["chunks"].as_array().unwrap().len(), 1);
}

#[test]
fn texts_are_dropped_with_their_chunks() {
    let scene = Scene::new();
    for round in 0..8 {
        scene.send("web", vec![said(&format!("m-{round} user:ana Rated {round}"), r#"{"comment":"rico"}"#)]);
        scene.log.seal().unwrap();
    }
    let (chunks, texts) = (files_of(&scene, DataFileKind::Chunk), files_of(&scene, DataFileKind::TextChunk));
    assert_eq!((chunks.len(), texts.len(), texts[0].rows), (1, 1, 8));
    assert_eq!(texts[0].name, chunks[0].name.replace(".parquet", ".text.parquet"));
    let dropped = scene.state.list_dropped_files(i64::MAX).unwrap();
    let is_text = |name: &&String| name.ends_with(".text.parquet");
    assert_eq!(dropped.iter().filter(is_text).count(), 8);
    let is_chunk = |name: &&String| name.starts_with("chunks/") && !is_text(name);
    assert_eq!(dropped.iter().filter(is_chunk).count(), 8);
}

#[test]
fn a_damaged_or_missing_text_chunk_is_named_and_no_event_is_read_without_its_texts() {
    let scene = Scene::new();
    scene.send("web", vec![said("m-1 user:ana Rated 5", r#"{"comment":"rico"}"#)]);
    scene.log.close().unwrap();
    let name = files_of(&scene, DataFileKind::TextChunk).remove(0).name;
    let path = Path::new("/data/events").join(&name);
    let file_name = path.file_name().unwrap().to_str().unwrap();
    let check = |damage: &dyn Fn(&SimulatedFiles)| {
        let damaged = scene.files.copy();
        damage(&damaged);
        let log = open(&damaged, &scene.state.copy(damaged.clone()), &scene.settings).unwrap();
        let faults = log.verify().unwrap().join("\n");
        assert!(faults.contains(file_name), "{faults}");
        let error = log.for_each_event(&mut |_| Ok(())).unwrap_err().to_string();
        assert!(error.contains(file_name), "{error}");
        // Journeys need no texts.
        assert_eq!(lived(&log).len(), 1);
        log.stop();
    };
    let bits = scene.files.read(&path).unwrap().len() * 8;
    for bit in (0..bits).step_by(97) {
        check(&|files| files.flip(&path, bit));
    }
    check(&|files| files.remove(&path).unwrap());
}

#[test]
fn a_property_that_is_free_text_can_be_laid_out_all_the_same() {
    let mut scene = Scene::with(Default::default(), |settings| {
        settings.timeline_properties = Some(vec!["comment".to_owned()]);
    });
    scene.send(
        "web",
        vec![said("m-1 user:ana Rated 5", r#"{"comment":"rico"}"#), event("m-2 user:leo Rated 6 paid=no")],
    );
    let before = lived(&scene.log);
    assert_eq!(before[&1][0].properties, ["comment=rico"]);
    scene.log.close().unwrap();
    scene.log.stop();
    scene.files.remove_folder("/timeline/");
    scene.reopen();
    assert_eq!(lived(&scene.log), before);
    assert_eq!(lived(&scene.log), expected(&scene.log));
}

/// A directory as the version before left it: one chunk of format 1, texts among the properties.
fn directory_of_format_1() -> Scene {
    let bytes = include_bytes!("../../src/chunk/samples/format-1-texts.parquet");
    let name = "chunks/2025-12/000000000001.parquet";
    let mut scene = Scene::new();
    scene.log.stop();
    let mut file = scene.files.create(&Path::new("/data/events").join(name)).unwrap();
    file.write_all(bytes).unwrap();
    file.sync().unwrap();
    let december = 1_764_547_200_000;
    {
        let mut held = scene.state.held.lock().unwrap();
        for (dictionary, names) in [
            (Dictionary::Source, ["key: web", "orders.csv", "(other)"]),
            (Dictionary::Activity, ["Page Viewed", "Order Completed", "¡Café con leche! ☕"]),
            (Dictionary::Channel, ["web", "app", "teléfono"]),
            (Dictionary::Unit, ["shop-1", "shop-2", "tienda ñandú"]),
        ] {
            let names = (0..).zip(names).map(|(code, name)| CodedName { dictionary, code, name: name.to_owned() });
            held.loaded.names.extend(names);
        }
        held.loaded.sequences.seq = 100;
        held.loaded.sequences.node = 100;
        held.loaded.catalogue.version = 1;
        held.loaded.catalogue.files.push(DataFile {
            name: name.to_owned(),
            kind: DataFileKind::Chunk,
            format: 1,
            rows: 3,
            bytes: bytes.len() as u64,
            checksum: 0x0e8b_b508,
            period: 2025 * 12 + 11,
            min_seq: 40,
            max_seq: u64::MAX,
            min_node: 7,
            max_node: u64::MAX,
            min_occurred_at: december + 1_001,
            max_occurred_at: december + 9_000,
            is_kept: false,
        });
    }
    scene.log = open(&scene.files, &scene.state, &scene.settings).unwrap();
    scene
}

#[test]
fn a_directory_of_format_1_is_read_and_its_texts_move_when_chunks_are_merged() {
    let scene = directory_of_format_1();
    let before = properties_by_message(&scene);
    assert_eq!(before.len(), 3);
    assert_eq!(before["ajs-next-1"], r#"{"name":"Carta","comment":"Qu\u00e9 rico, \"de verdad\"","price":3.5}"#);
    assert_eq!(files_of(&scene, DataFileKind::TextChunk).len(), 0);

    let mut accepted = before;
    for round in 0..8 {
        // The minutes of December 2025 before the scene's first.
        let line = format!("m-{round} user:ana Rated {}", -1_000 - round);
        scene.send("web", vec![said(&line, r#"{"comment":"rico"}"#)]);
        accepted.insert(format!("m-{round}"), r#"{"comment":"rico"}"#.to_owned());
        scene.log.seal().unwrap();
        assert_eq!(properties_by_message(&scene), accepted);
    }
    let (chunks, texts) = (files_of(&scene, DataFileKind::Chunk), files_of(&scene, DataFileKind::TextChunk));
    assert!(chunks.iter().all(|file| file.format == 2), "{chunks:?}");
    assert_eq!(texts.iter().map(|file| file.rows).sum::<u64>(), 4 + 8);
    assert_eq!(scene.log.verify().unwrap(), Vec::<String>::new());
}
