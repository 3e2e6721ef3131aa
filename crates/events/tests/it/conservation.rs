//! Received is stored, duplicate or dead, at every moment.

use crate::scene::{Random, Scene, batch, dead_letter, event};
use domain::Code;
use domain::ports::{Counts, EventState};
use events::Submission;

#[test]
fn a_retried_batch_changes_nothing_but_the_count_of_duplicates() {
    let mut scene = Scene::new();
    let events = || vec![event("m-1 user:ana Search 0"), event("m-2 user:ana Buy 5")];
    assert_eq!(scene.send("web", events()).stored, 2);
    assert_eq!(scene.send("web", events()).duplicate, 2);
    scene.log.seal().unwrap();
    assert_eq!(scene.send("web", events()).duplicate, 2, "sealed ids are known too");
    scene.reopen();
    assert_eq!(scene.send("web", events()).duplicate, 2, "and after a start");
    assert_eq!(scene.send("shop", events()).stored, 2, "another source means other events");
    assert_eq!(scene.log.counts(), Counts { received: 10, stored: 4, duplicate: 6, dead: 0 });
}

#[test]
fn the_same_id_twice_in_one_batch_is_one_event() {
    let scene = Scene::new();
    let receipt = scene.send("web", vec![event("m-1 user:ana Search 0"), event("m-1 user:ana Search 0")]);
    assert_eq!((receipt.stored, receipt.duplicate), (1, 1));
}

#[test]
fn events_without_a_message_id_get_one() {
    let scene = Scene::new();
    let mut first = event("x user:ana Search 0");
    first.message_id.clear();
    let second = first.clone();
    assert_eq!(scene.send("web", vec![first, second]).stored, 2);
}

#[test]
fn a_dead_letter_read_again_leaves_the_count_of_the_dead() {
    let mut scene = Scene::new();
    let receipt =
        scene.try_send("web", vec![event("m-1 user:ana Search 0")], vec![dead_letter(1), dead_letter(2)]).unwrap();
    assert_eq!((receipt.stored, receipt.dead), (1, 2));
    scene.log.sync_state().unwrap();
    let letters = scene.state.list_dead(None, 10).unwrap();
    let replay =
        || Submission { replays: vec![letters[0].id], ..batch("web", vec![event("m-2 user:ana Buy 5")], Vec::new()) };
    scene.log.submit(replay()).unwrap().wait().unwrap();
    assert_eq!(scene.log.counts(), Counts { received: 3, stored: 2, duplicate: 0, dead: 1 });
    let again = scene.log.submit(replay()).unwrap().wait().unwrap_err();
    assert_eq!(again.code, Code::Conflict);
    scene.reopen();
    scene.log.sync_state().unwrap();
    assert_eq!(scene.log.counts(), Counts { received: 3, stored: 2, duplicate: 0, dead: 1 });
    assert_eq!(scene.state.list_dead(None, 10).unwrap().len(), 1);
}

#[test]
fn dead_letters_have_a_quota_for_each_source() {
    let scene = Scene::with(Default::default(), |settings| settings.dead_letter_bytes = 5);
    scene.try_send("web", Vec::new(), vec![dead_letter(0), dead_letter(1)]).unwrap();
    let refused = scene.try_send("web", Vec::new(), vec![dead_letter(2)]).unwrap_err();
    assert_eq!(refused.code, Code::TooMany);
    scene.try_send("shop", Vec::new(), vec![dead_letter(0)]).unwrap();
    scene.send("web", vec![event("m-1 user:ana Search 0")]);
}

#[test]
fn the_queue_is_bounded_in_bytes() {
    let scene = Scene::with(Default::default(), |settings| settings.queue_bytes = 1_000);
    let mut tickets = Vec::new();
    let mut refused = 0;
    for number in 0..200 {
        match scene.log.submit(batch("web", vec![event(&format!("m-{number} user:ana Search {number}"))], Vec::new())) {
            Ok(ticket) => tickets.push(ticket),
            Err(error) => {
                assert_eq!(error.code, Code::Unavailable);
                refused += 1;
            }
        }
    }
    let stored: u64 = tickets.into_iter().map(|ticket| ticket.wait().unwrap().stored).sum();
    assert_eq!(stored + refused, 200);
    assert_eq!(scene.log.counts().stored, stored);
    assert!(scene.log.queued_bytes() == 0);
}

#[test]
fn the_numbers_add_up_whatever_is_sent() {
    let mut random = Random(11);
    let mut scene = Scene::with(Default::default(), |settings| settings.seal_events = 40);
    let (mut sent, mut dead) = (0, 0);
    for round in 0..60 {
        let count = random.below(20);
        let events = (0..count)
            .map(|_| event(&format!("m-{} user:u{} A {}", random.below(400), random.below(9), random.below(900))))
            .collect();
        let letters = random.below(3);
        scene.try_send("web", events, (0..letters).map(dead_letter).collect()).unwrap();
        sent += count + letters;
        dead += letters;
        if round % 17 == 0 {
            scene.reopen();
        }
        let counts = scene.log.counts();
        assert_eq!(counts.received, sent);
        assert_eq!(counts.dead, dead);
        assert_eq!(counts.received, counts.stored + counts.duplicate + counts.dead);
    }
    let mut stored = 0;
    scene
        .log
        .for_each_event(&mut |_| {
            stored += 1;
            Ok(())
        })
        .unwrap();
    assert_eq!(stored, scene.log.counts().stored);
}

#[test]
fn importing_a_file_again_refuses_no_row_twice() {
    let mut scene = Scene::new();
    let import = |scene: &Scene| {
        let rows = batch("orders.csv", vec![event("r-1 user:ana Buy 1")], vec![dead_letter(3), dead_letter(4)]);
        scene.log.submit(Submission { is_file: true, ..rows }).unwrap().wait().unwrap()
    };
    assert_eq!((import(&scene).stored, import(&scene).duplicate), (1, 3));
    scene.reopen();
    assert_eq!(import(&scene).duplicate, 3, "read again from the write-ahead log");
    scene.log.seal().unwrap();
    assert_eq!(import(&scene).duplicate, 3, "and from the run on disk");
    assert_eq!(scene.log.counts(), Counts { received: 12, stored: 1, duplicate: 9, dead: 2 });
}

#[test]
fn a_log_without_its_state_is_refused() {
    let scene = Scene::new();
    scene.send("web", vec![event("m-1 user:ana Search 0")]);
    scene.log.close().unwrap();
    let another = crate::memory_state::MemoryState::new(scene.files.clone());
    let refused = crate::scene::open(&scene.files, &another, &scene.settings).err().unwrap();
    assert!(refused.to_string().contains("--state-url"), "{refused}");
}
