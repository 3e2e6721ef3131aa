//! Merges and their end, through the log.

use crate::scene::{Scene, event, lived};
use domain::{Code, CustomerId, MergeId};

#[test]
fn a_sign_in_joins_the_anonymous_history_and_undoing_it_parts_them() {
    let mut scene = Scene::new();
    scene.send("web", vec![event("m-1 anon:b1 Search 0"), event("m-2 anon:b1 Product 1")]);
    scene.log.seal().unwrap();
    scene.send("web", vec![event("m-3 user:ana+anon:b1 Buy 5")]);
    assert_eq!(lived(&scene.log).len(), 1);
    let preview = scene.log.preview_unmerge(MergeId(1)).unwrap();
    assert_eq!((preview.before.len(), preview.after.len()), (1, 2));
    assert_eq!(preview.after.iter().map(|part| part.events).collect::<Vec<_>>(), vec![2, 1]);
    scene.log.unmerge(MergeId(1), "ana").unwrap();
    for _ in 0..2 {
        let journeys = lived(&scene.log);
        assert_eq!(journeys.values().map(Vec::len).collect::<Vec<_>>(), vec![2, 1]);
        scene.reopen();
    }
    let again = scene.log.unmerge(MergeId(1), "ana").unwrap_err();
    assert_eq!(again.code, Code::Conflict);
}

#[test]
fn a_person_merges_two_customers_and_sees_before_what_it_changes() {
    let scene = Scene::new();
    scene.send(
        "web",
        vec![event("m-1 user:ana Search 0"), event("m-2 user:anna Search 1"), event("m-3 user:anna Buy 2")],
    );
    let preview = scene.log.preview_merge(CustomerId(2), CustomerId(1)).unwrap();
    assert_eq!(preview.after.len(), 1);
    assert_eq!((preview.after[0].customer, preview.after[0].events), (CustomerId(1), 3));
    let merge = scene.log.merge(CustomerId(2), CustomerId(1), "luis").unwrap();
    assert_eq!(merge.decided_by, "luis");
    assert_eq!(scene.log.nodes_of(CustomerId(1)).len(), 2);
    assert_eq!(
        scene.log.merge(CustomerId(2), CustomerId(1), "luis").unwrap_err().to_string(),
        "cus_2 is part of cus_1 now"
    );
    assert_eq!(scene.log.merge(CustomerId(1), CustomerId(9), "luis").unwrap_err().code, Code::NotFound);
    assert_eq!(scene.log.list_events(CustomerId(1)).unwrap().len(), 3);
}
