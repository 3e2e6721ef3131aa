//! Whoever follows the log sees every event once, whatever is sealed, merged and opened again in between.

use std::collections::BTreeSet;

use crate::scene::{Random, Scene, event};

const EVERYTHING: std::ops::Range<i64> = i64::MIN..i64::MAX;

#[test]
fn every_event_is_seen_once_from_where_one_was() {
    for seed in 0..20 {
        let mut random = Random(seed);
        let mut scene = Scene::with(Default::default(), |settings| settings.seal_events = 40);
        let (mut from, mut seen, mut sent) = (scene.log.next_seq(), BTreeSet::new(), 0);
        for round in 0..40 {
            let events = random.below(12);
            let lines = (0..events).map(|number| {
                event(&format!("m-{round}-{number} user:u{} A {}", random.below(9), random.below(90_000)))
            });
            scene.send("web", lines.collect());
            sent += events;
            match random.below(6) {
                0 | 1 => scene.log.seal().unwrap(),
                2 => scene.reopen(),
                _ => {}
            }
            if random.below(3) == 0 {
                let next = scene.log.next_seq();
                let mut count = 0;
                scene
                    .log
                    .for_each_event_within(from, &EVERYTHING, &mut |event| {
                        assert!((from..next).contains(&event.seq), "seed {seed}: {} of {from}..{next}", event.seq);
                        assert!(seen.insert(event.message_id), "an event came twice");
                        count += 1;
                        Ok(())
                    })
                    .unwrap();
                assert_eq!(seen.len() as u64, sent, "seed {seed}, round {round}, {count} new");
                from = next;
            }
        }
        scene.log.stop();
    }
}

#[test]
fn only_what_occurred_in_the_span_is_seen() {
    let scene = Scene::with(Default::default(), |_| {});
    let lines = (0..100).map(|number| event(&format!("m-{number} user:u A {}", number * 1_000)));
    scene.send("web", lines.collect());
    let minute = |minute: i64| crate::scene::START_MS + minute * 60_000;
    for is_sealed in [false, true] {
        let mut seen = Vec::new();
        scene
            .log
            .for_each_event_within(0, &(minute(10_000)..minute(20_000)), &mut |event| {
                seen.push(event.occurred_at);
                Ok(())
            })
            .unwrap();
        seen.sort_unstable();
        let expected: Vec<i64> = (10..20).map(|number| minute(number * 1_000)).collect();
        assert_eq!(seen, expected, "sealed: {is_sealed}");
        scene.log.seal().unwrap();
    }
    scene.log.stop();
}
