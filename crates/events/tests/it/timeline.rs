//! What the engine sees is what was lived: over the projection, the tail, late events, merges and un-merges.

use std::collections::BTreeMap;

use crate::scene::{Lived, Random, Scene, event, expected, lived};
use domain::{CustomerId, MergeId};

#[test]
fn an_event_is_in_the_timeline_as_soon_as_it_is_acknowledged() {
    let scene = Scene::new();
    scene.send("web", vec![event("m-1 user:ana Search 0 web"), event("m-2 user:ana Buy 5 store")]);
    let steps = lived(&scene.log).remove(&1).unwrap();
    assert_eq!(steps, vec![(0, "Search".into(), Some("web".into())), (5, "Buy".into(), Some("store".into()))]);
}

#[test]
fn events_of_the_same_time_keep_the_order_in_which_they_came() {
    let mut scene = Scene::new();
    scene.send("web", vec![event("m-1 user:ana C 7"), event("m-2 user:ana A 7")]);
    scene.log.close().unwrap();
    scene.reopen();
    scene.send("web", vec![event("m-3 user:ana B 7"), event("m-4 user:ana Z 6")]);
    let names: Vec<String> = lived(&scene.log)[&1].iter().map(|(_, name, _)| name.clone()).collect();
    assert_eq!(names, ["Z", "C", "A", "B"]);
}

#[test]
fn kinds_that_are_no_activity_are_outside_journeys() {
    let scene = Scene::new();
    scene.send("web", vec![event("m-1 user:ana identify 0"), event("m-2 user:ana Buy 5")]);
    assert_eq!(lived(&scene.log)[&1].len(), 1);
    assert_eq!(scene.log.list_events(CustomerId(1)).unwrap().len(), 2);
}

/// Random intake with sign-ins, late events, merges by hand, un-merges, seals, rewrites and starts.
fn random_history(seed: u64, check: &mut dyn FnMut(&Scene, &str)) {
    let mut random = Random(seed);
    let mut scene = Scene::with(Default::default(), |settings| settings.seal_events = 60);
    let mut message = 0;
    for _ in 0..40 {
        let events = (0..1 + random.below(25))
            .map(|_| {
                message += 1;
                let who = match random.below(5) {
                    0 => format!("anon:b{}", random.below(60)),
                    1 => format!("user:u{}+anon:b{}", random.below(40), random.below(60)),
                    _ => format!("user:u{}", random.below(40)),
                };
                event(&format!("m-{message} {who} A{} {}", random.below(6), random.below(80_000)))
            })
            .collect();
        scene.send("web", events);
        let after = match random.below(9) {
            0 => {
                scene.log.seal().unwrap();
                "a seal"
            }
            1 => {
                scene.log.close().unwrap();
                scene.reopen();
                "a stop that wrote the projection"
            }
            2 => {
                scene.reopen();
                "a start from the write-ahead log"
            }
            3 | 4 => {
                let _ = scene.log.merge(CustomerId(1 + random.below(90)), CustomerId(1 + random.below(90)), "ana");
                "a merge"
            }
            5 | 6 => {
                let _ = scene.log.unmerge(MergeId(1 + random.below(60)), "ana");
                "an un-merge"
            }
            _ => "events",
        };
        check(&scene, after);
    }
    scene.log.stop();
}

#[test]
fn the_timeline_is_what_the_events_and_identities_say() {
    for seed in 0..25 {
        random_history(seed, &mut |scene, after| {
            assert_eq!(lived(&scene.log), expected(&scene.log), "seed {seed}, after {after}");
        });
    }
}

#[test]
fn a_timeline_made_anew_from_the_chunks_is_the_same() {
    for seed in 100..110 {
        let mut last = None;
        random_history(seed, &mut |scene, _| {
            last = Some((scene.files.clone(), scene.state.clone(), lived(&scene.log)))
        });
        let (files, state, before) = last.unwrap();
        files.remove_folder("/timeline/");
        let settings = events::LogSettings::new("/data");
        let log = crate::scene::open(&files, &state, &settings).unwrap();
        assert_eq!(lived(&log), before, "seed {seed}");
        log.stop();
    }
}

#[test]
fn the_order_of_files_changes_no_journey_where_times_differ() {
    let lines: Vec<String> =
        (0..300).map(|n| format!("m-{n} user:u{} A{} {}", n % 17, n % 5, (n * 7919) % 100_000)).collect();
    let import = |order: &[usize]| {
        let scene = Scene::with(Default::default(), |settings| settings.seal_events = 50);
        for file in order {
            let part = lines.iter().skip(*file).step_by(3).map(|line| event(line)).collect();
            scene.send(&format!("file-{file}"), part);
        }
        let journeys = lived(&scene.log);
        let mut by_user: BTreeMap<String, Vec<Lived>> = BTreeMap::new();
        for known in &{
            scene.log.sync_state().unwrap();
            scene.state.held.lock().unwrap().identifiers.clone()
        } {
            by_user.insert(known.identifier.value.clone(), journeys[&scene.log.customer_of(known.node).0].clone());
        }
        scene.log.stop();
        by_user
    };
    assert_eq!(import(&[0, 1, 2]), import(&[2, 0, 1]));
}

#[test]
fn a_flipped_bit_in_any_file_is_detected_and_named() {
    let mut random = Random(5);
    let scene = Scene::new();
    for round in 0..6 {
        let events = (0..40).map(|n| event(&format!("m-{round}-{n} user:u{n}+anon:b{n} A{} {n}", n % 4))).collect();
        scene.send("web", events);
        if round == 3 {
            scene.log.close().unwrap();
        }
        if round == 3 {
            break;
        }
    }
    let settings = events::LogSettings::new("/data");
    let log = crate::scene::open(&scene.files, &scene.state, &settings).unwrap();
    log.submit(crate::scene::batch("web", vec![event("w-1 user:u1 A1 3"), event("w-2 user:u2 A1 3")], Vec::new()))
        .unwrap()
        .wait()
        .unwrap();
    log.stop();
    let files = scene.files.all();
    let kinds = [
        "/wal/",
        "/chunks/",
        "/duplicates/",
        ".timeline",
        "/timeline/manifest",
        "/events/manifest",
        "identity.parquet",
    ];
    for kind in kinds {
        let (path, len) = files.iter().find(|(path, len)| path.to_string_lossy().contains(kind) && *len > 0).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for _ in 0..40 {
            let bit = random.below(*len as u64 * 8) as usize;
            let damaged = scene.files.copy();
            damaged.flip(path, bit);
            let state = scene.state.copy(damaged.clone());
            let named = match crate::scene::open(&damaged, &state, &settings) {
                Err(error) => error.to_string(),
                Ok(log) => {
                    let faults = log.verify().unwrap().join("\n");
                    log.stop();
                    faults
                }
            };
            assert!(named.contains(&name), "bit {bit} of {name} went unnoticed: {named:?}");
        }
    }
}
