//! What the engine sees is what was lived: over the projection, the tail, late events, merges and un-merges.

use std::collections::BTreeMap;
use std::path::Path;

use crate::scene::{Lived, Random, Scene, event, expected, lived, lived_with};
use domain::ports::Files;
use domain::{CustomerId, MergeId};
use journey::{ActivitySet, JourneySource, LivedJourney, Needs};

#[test]
fn an_event_is_in_the_timeline_as_soon_as_it_is_acknowledged() {
    let scene = Scene::new();
    scene.send("web", vec![event("m-1 user:ana Search 0 web"), event("m-2 user:ana Buy 5 store")]);
    let steps = lived(&scene.log).remove(&1).unwrap();
    let channel = |step: &Lived| step.channel.clone().unwrap();
    let told: Vec<_> = steps.iter().map(|step| (step.minute, step.activity.clone(), channel(step))).collect();
    assert_eq!(told, [(0, "Search".into(), "web".into()), (5, "Buy".into(), "store".into())]);
}

#[test]
fn events_of_the_same_time_keep_the_order_in_which_they_came() {
    let mut scene = Scene::new();
    scene.send("web", vec![event("m-1 user:ana C 7"), event("m-2 user:ana A 7")]);
    scene.log.close().unwrap();
    scene.reopen();
    scene.send("web", vec![event("m-3 user:ana B 7"), event("m-4 user:ana Z 6")]);
    let names: Vec<String> = lived(&scene.log)[&1].iter().map(|step| step.activity.clone()).collect();
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
pub fn random_history(seed: u64, check: &mut dyn FnMut(&Scene, &str)) {
    let mut random = Random(seed);
    let mut scene = Scene::with(Default::default(), |settings| {
        settings.seal_events = 60;
        let properties: &[&str] = if seed.is_multiple_of(3) { &[] } else { &["basket", "paid"] };
        settings.timeline_properties = Some(properties.iter().map(|name| (*name).to_owned()).collect());
    });
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
                let mut rest = String::new();
                if random.below(2) == 0 {
                    rest += &format!(" @s{}", random.below(30));
                }
                if random.below(2) == 0 {
                    rest += &format!(" paid=by-{}", random.below(4));
                }
                if random.below(3) == 0 {
                    rest += &format!(" basket={} other=1", random.below(50));
                }
                if random.below(7) == 0 {
                    rest += &format!(" comment=so-{}", random.below(9));
                }
                event(&format!("m-{message} {who} A{} {}{rest}", random.below(6), random.below(80_000)))
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
            let properties = scene.settings.timeline_properties.clone();
            last = Some((scene.files.clone(), scene.state.clone(), lived(&scene.log), properties))
        });
        let (files, state, before, properties) = last.unwrap();
        files.remove_folder("/timeline/");
        let mut settings = events::LogSettings::new("/data");
        // The properties went with the manifest that named them.
        settings.timeline_properties = properties;
        let log = crate::scene::open(&files, &state, &settings).unwrap();
        assert_eq!(lived(&log), before, "seed {seed}");
        log.stop();
    }
}

/// Sends, and writes the projection.
fn scene_with_a_projection(properties: &[&str]) -> Scene {
    let mut scene = Scene::with(Default::default(), |settings| {
        settings.timeline_properties = Some(properties.iter().map(|name| (*name).to_owned()).collect());
    });
    scene.send("web", vec![event("m-1 user:ana Buy 5 @atocha paid=card"), event("m-2 user:leo Buy 6 paid=cash n=7")]);
    scene.log.close().unwrap();
    scene.reopen();
    scene
}

fn manifest(scene: &Scene) -> serde_json::Value {
    serde_json::from_slice(&scene.files.read(Path::new("/data/events/timeline/manifest.json")).unwrap()).unwrap()
}

/// Writes a file of the timeline as another version would have, with its checksum.
fn overwrite(scene: &Scene, name: &str, mut content: serde_json::Value) {
    content.as_object_mut().unwrap().remove("checksum");
    let checksum = crc32c::crc32c(content.to_string().as_bytes());
    content["checksum"] = format!("{checksum:08x}").into();
    scene.files.overwrite(&Path::new("/data/events/timeline").join(name), format!("{content:#}\n").as_bytes());
}

#[test]
fn a_projection_of_an_older_format_is_made_anew_from_the_chunks() {
    let mut scene = scene_with_a_projection(&[]);
    let before = lived(&scene.log);
    let mut old = manifest(&scene);
    assert_eq!(old["format"], 3);
    let members = old.as_object_mut().unwrap();
    for later in ["properties", "values"] {
        members.remove(later);
    }
    members.insert("format".to_owned(), 1.into());
    scene.log.stop();
    overwrite(&scene, "manifest.json", old);

    scene.reopen();
    assert_eq!(scene.log.findings(), Vec::<String>::new(), "an older format is no damage");
    assert_eq!(lived(&scene.log), before);
    scene.send("web", vec![event("m-3 user:ana Buy 9 @sants")]);
    scene.log.close().unwrap();
    scene.reopen();
    assert_eq!(manifest(&scene)["format"], 3);
    assert_eq!(lived(&scene.log), expected(&scene.log));
    assert_eq!(scene.log.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn a_projection_in_which_the_mark_of_a_text_has_its_code_is_made_anew() {
    let mut scene = Scene::with(Default::default(), |settings| {
        settings.timeline_properties = Some(vec!["comment".to_owned(), "paid".to_owned()]);
    });
    scene.send("web", vec![event("m-1 user:ana Rated 5 comment=rico paid=card")]);
    scene.log.close().unwrap();
    scene.reopen();
    let before = lived(&scene.log);
    assert_eq!(before[&1][0].properties, ["comment=rico", "paid=card"]);
    let mut old = manifest(&scene);
    let values_name = old["values"].as_str().unwrap().to_owned();
    let values_path = Path::new("/data/events/timeline").join(&values_name);
    let mut values: serde_json::Value = serde_json::from_slice(&scene.files.read(&values_path).unwrap()).unwrap();
    assert_eq!(values["properties"][0]["values"], serde_json::json!(["rico"]));
    values["properties"][0]["values"] = serde_json::json!(["[text]"]);
    old["format"] = 2.into();
    scene.log.stop();
    overwrite(&scene, &values_name, values);
    overwrite(&scene, "manifest.json", old);

    // Who says nothing about properties keeps those that the older projection laid out.
    scene.settings.timeline_properties = None;
    scene.reopen();
    assert_eq!(scene.log.findings(), Vec::<String>::new());
    assert_eq!(lived(&scene.log), before);
    assert_eq!(scene.log.timeline().unwrap().properties().find_value(0, "[text]"), None);
    assert_eq!(manifest(&scene)["format"], 3);
}

#[test]
fn other_properties_are_laid_out_at_the_next_start() {
    let mut scene = scene_with_a_projection(&["paid"]);
    assert_eq!(lived(&scene.log)[&1][0].properties, ["paid=card"]);
    let lay_out = |scene: &mut Scene, properties: Option<&[&str]>| {
        scene.settings.timeline_properties =
            properties.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        scene.reopen();
        let journeys = lived(&scene.log);
        assert_eq!(journeys, expected(&scene.log));
        scene.log.close().unwrap();
        scene.reopen();
        assert_eq!(lived(&scene.log), journeys);
        assert_eq!(scene.log.findings(), Vec::<String>::new());
        journeys[&2][0].properties.clone()
    };
    assert_eq!(lay_out(&mut scene, Some(&["n", "paid"])), ["n=7", "paid=cash"]);
    assert_eq!(lay_out(&mut scene, None), ["n=7", "paid=cash"], "who says nothing keeps what there is");
    assert_eq!(lay_out(&mut scene, Some(&["n"])), ["n=7"]);
    assert_eq!(lay_out(&mut scene, Some(&[])), Vec::<String>::new());
}

#[test]
fn a_question_that_needs_certain_activities_misses_no_customer_who_has_them() {
    for seed in 200..215 {
        random_history(seed, &mut |scene, after| {
            let names = scene.log.names();
            let all = lived(&scene.log);
            for (code, activity) in names.activities.iter() {
                let needed = ActivitySet::of([&(code as u16)]);
                let found = lived_with(&scene.log, Needs::EVERYTHING.only_with(needed));
                // Six activities have a bit each, so that nobody else is there.
                let mut having = all.clone();
                having.retain(|_, steps| steps.iter().any(|step| step.activity == activity));
                assert_eq!(found, having, "seed {seed}, after {after}: {activity}");
            }
        });
    }
}

/// Everything that a source shows of its customers.
fn shown(source: &impl JourneySource<Error = domain::Error>, needs: Needs) -> BTreeMap<u64, String> {
    let mut journeys = BTreeMap::new();
    for part in 0..source.part_count() {
        let mut keep = |journey: LivedJourney<'_>| {
            let LivedJourney { customer, occurred_at, activity, channel, unit, properties } = journey;
            let values: Vec<&[u16]> = (0..2).map(|property| properties.column(property)).collect();
            let told = format!("{occurred_at:?} {activity:?} {channel:?} {unit:?} {values:?}");
            assert!(journeys.insert(customer, told).is_none(), "a customer is shown once");
        };
        source.for_each_customer(part, needs, &mut keep).unwrap();
    }
    journeys
}

#[test]
fn some_customers_are_what_they_are_among_all() {
    for seed in 300..310 {
        random_history(seed, &mut |scene, after| {
            let timeline = scene.log.timeline().unwrap();
            for needs in [Needs::EVERYTHING, Needs::EVERY_CUSTOMER] {
                let all = shown(&timeline, needs);
                // Nodes that are other customers now are asked for too, and numbers that nobody has.
                let last = all.keys().last().copied().unwrap_or_default();
                let ids: Vec<u64> = (0..last + 5).rev().chain([u64::MAX]).collect();
                assert_eq!(shown(&timeline.only(&ids), needs), all, "seed {seed}, after {after}");
            }
        });
    }
}

#[test]
fn customers_are_listed_once_by_descending_id() {
    for seed in 400..405 {
        random_history(seed, &mut |scene, after| {
            let (mut listed, mut last) = (Vec::new(), None);
            loop {
                let page = scene.log.list_customers(last, 7);
                last = page.last().copied();
                listed.extend(page);
                if last.is_none() {
                    break;
                }
            }
            assert!(listed.windows(2).all(|pair| pair[0] > pair[1]), "seed {seed}, after {after}");
            assert!(listed.iter().all(|customer| !scene.log.nodes_of(*customer).is_empty()));
            let lived: Vec<u64> = lived(&scene.log).into_keys().collect();
            assert!(lived.iter().all(|customer| listed.contains(&CustomerId(*customer))), "seed {seed}, after {after}");
        });
    }
}

#[test]
fn columns_that_nobody_asked_for_are_not_given() {
    let mut scene = scene_with_a_projection(&["n", "paid"]);
    scene.send("web", vec![event("m-3 user:ana Buy 9 @sants paid=card")]);
    for _ in 0..2 {
        let bare = lived_with(&scene.log, Needs::EVERY_CUSTOMER);
        assert!(bare.values().flatten().all(|step| step.unit.is_none() && step.properties.is_empty()));
        let paid = lived_with(&scene.log, Needs { properties: 0b10, ..Needs::EVERY_CUSTOMER });
        assert_eq!(paid[&2][0].properties, ["paid=cash"]);
        let units = lived_with(&scene.log, Needs::EVERY_CUSTOMER.with_units());
        assert_eq!(units[&1].iter().map(|step| step.unit.clone().unwrap()).collect::<Vec<_>>(), ["atocha", "sants"]);
        scene.log.close().unwrap();
        scene.reopen();
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
    let scene = Scene::with(Default::default(), |settings| {
        settings.timeline_properties = Some(vec!["paid".to_owned()]);
    });
    for round in 0..6 {
        let events = (0..40)
            .map(|n| event(&format!("m-{round}-{n} user:u{n}+anon:b{n} A{} {n} paid=p{}", n % 4, n % 3)))
            .collect();
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
        "-values.json",
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
