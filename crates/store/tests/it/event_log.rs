//! The projection of the log: applied once, whole or not at all.

use domain::ports::{
    Catalogue, Counts, CustomerStore, Dictionary, EventState, LoadedState, LogChanges, Sequences, UndoneMerge,
};
use domain::{Code, DeadLetterId, Identifier, IdentifierKind, MergeId, NodeId, SourceId};
use store::Store;

use crate::builders::{changes, changes_of_every_kind, dead, identifier, merge, name, personal, traits, user};
use crate::database::Database;

fn identifiers(store: &Store) -> Vec<(NodeId, Identifier)> {
    let mut all = Vec::new();
    store.for_each_identifier(&mut |node, identifier| all.push((node, identifier))).unwrap();
    all
}

fn dead_ids(store: &Store, after: Option<u64>, limit: u32) -> Vec<u64> {
    store.list_dead(after.map(DeadLetterId), limit).unwrap().iter().map(|letter| letter.id.0).collect()
}

pub fn a_new_state_is_empty(database: &Database) {
    let store = database.open();
    assert_eq!(store.load().unwrap(), LoadedState::default());
    assert!(identifiers(&store).is_empty());
    assert!(store.list_dead(None, 10).unwrap().is_empty());
    assert!(store.list_properties().unwrap().is_empty());
}

pub fn what_was_applied_is_loaded(database: &Database) {
    let store = database.open();
    let applied = changes_of_every_kind(3);
    store.apply(&applied).unwrap();

    let loaded = store.load().unwrap();
    assert_eq!(
        loaded,
        LoadedState {
            position: 3,
            counts: Counts { received: 30, stored: 21, duplicate: 6, dead: 3 },
            sequences: Sequences { seq: 22, node: 16, merge: 10, dead: 4, personal: 7 },
            names: vec![name(Dictionary::Activity, 0, "Order Completed"), name(Dictionary::Channel, 0, "web")],
            merges: applied.merges.clone(),
            catalogue: Catalogue::default(),
            dead_bytes: vec![(SourceId(4), 1)],
        }
    );
    let applied_identifiers: Vec<_> =
        applied.identifiers.iter().map(|new| (new.node, new.identifier.clone())).collect();
    assert_eq!(identifiers(&store), applied_identifiers);
    assert_eq!(store.list_dead(None, 10).unwrap(), applied.dead);
}

pub fn changes_applied_twice_change_nothing(database: &Database) {
    let store = database.open();
    store.apply(&changes_of_every_kind(3)).unwrap();
    let once = (store.load().unwrap(), identifiers(&store), store.list_dead(None, 10).unwrap());
    store.apply(&changes_of_every_kind(3)).unwrap();
    assert_eq!((store.load().unwrap(), identifiers(&store), store.list_dead(None, 10).unwrap()), once);
}

pub fn changes_of_an_earlier_position_are_ignored(database: &Database) {
    let store = database.open();
    store.apply(&LogChanges { identifiers: vec![user(1, "ana")], ..changes(5) }).unwrap();
    store.apply(&LogChanges { identifiers: vec![user(2, "luis")], ..changes(4) }).unwrap();
    assert_eq!(store.load().unwrap().position, 5);
    assert_eq!(store.load().unwrap().counts.received, 50);
    assert_eq!(identifiers(&store).len(), 1);

    store.apply(&LogChanges { identifiers: vec![user(2, "luis")], ..changes(9) }).unwrap();
    assert_eq!(store.load().unwrap().position, 9);
    assert_eq!(identifiers(&store).len(), 2);
}

pub fn changes_that_fail_leave_nothing(database: &Database) {
    let store = database.open();
    let mut failing = changes_of_every_kind(1);
    // The last of many tables refuses: everything before it was already written in the transaction.
    failing.dead.push(failing.dead[0].clone());
    assert_eq!(store.apply(&failing).unwrap_err().code, Code::Internal);
    assert_eq!(store.load().unwrap(), LoadedState::default());
    assert!(identifiers(&store).is_empty());

    store.apply(&changes_of_every_kind(1)).unwrap();
    assert_eq!(store.load().unwrap().position, 1);
}

pub fn an_identifier_with_a_second_node_of_the_same_number_fails(database: &Database) {
    let store = database.open();
    store.apply(&LogChanges { identifiers: vec![user(1, "ana")], ..changes(1) }).unwrap();
    let error = store.apply(&LogChanges { identifiers: vec![user(1, "luis")], ..changes(2) }).unwrap_err();
    assert_eq!((error.code, error.detail.as_str()), (Code::Internal, "could not apply the changes of the event log"));
    assert_eq!(store.load().unwrap().position, 1);
}

pub fn identifiers_come_one_by_one_in_the_order_of_their_nodes(database: &Database) {
    let store = database.open();
    store.apply(&LogChanges { identifiers: vec![user(7, "g"), user(2, "b"), user(30, "z")], ..changes(1) }).unwrap();
    let nodes: Vec<u64> = identifiers(&store).iter().map(|(node, _)| node.0).collect();
    assert_eq!(nodes, [2, 7, 30]);

    // What is called for each may ask the state itself.
    let mut found = 0;
    store.for_each_identifier(&mut |node, _| found += store.list_identifiers(&[node]).unwrap().len()).unwrap();
    assert_eq!(found, 3);
}

pub fn fifty_thousand_identifiers_are_one_batch(database: &Database) {
    let store = database.open();
    let batch: Vec<_> = (1..=50_000).map(|node| user(node, &format!("customer-{node}"))).collect();
    store.apply(&LogChanges { identifiers: batch.clone(), ..changes(1) }).unwrap();

    let stored = identifiers(&store);
    assert_eq!(stored.len(), batch.len());
    assert!(stored.iter().zip(&batch).all(|((node, stored), sent)| *node == sent.node && *stored == sent.identifier));
    assert_eq!(store.find_identifiers("customer-49999").unwrap(), [batch[49_998].clone()]);
}

pub fn an_undone_merge_stays_recorded(database: &Database) {
    let store = database.open();
    let undone = UndoneMerge { id: MergeId(1), undone_at: 7_000, undone_by: "eva".to_owned() };
    store.apply(&LogChanges { merges: vec![merge(1, 1, 2), merge(2, 3, 4)], ..changes(1) }).unwrap();
    store.apply(&LogChanges { undone: vec![undone], ..changes(2) }).unwrap();
    let mut expected = vec![merge(1, 1, 2), merge(2, 3, 4)];
    expected[0].undone_at = Some(7_000);
    assert_eq!(store.load().unwrap().merges, expected);

    // Merged and undone in one batch, without evidence.
    let mut manual = merge(3, 5, 6);
    manual.evidence = None;
    let undone = UndoneMerge { id: MergeId(3), undone_at: 8_000, undone_by: "eva".to_owned() };
    store.apply(&LogChanges { merges: vec![manual.clone()], undone: vec![undone], ..changes(3) }).unwrap();
    manual.undone_at = Some(8_000);
    assert_eq!(store.load().unwrap().merges[2], manual);
}

pub fn undoing_an_unknown_merge_fails(database: &Database) {
    let store = database.open();
    let undone = UndoneMerge { id: MergeId(8), undone_at: 7_000, undone_by: "eva".to_owned() };
    let error = store.apply(&LogChanges { undone: vec![undone], ..changes(1) }).unwrap_err();
    assert!(error.detail.contains("mrg_8"), "{error}");
    assert_eq!(store.load().unwrap().position, 0);
}

pub fn personal_values_are_found_by_id(database: &Database) {
    let store = database.open();
    let values: Vec<_> =
        (1..=700).map(|id| personal(id, id % 7, &format!(r#"{{"properties.name":"n{id}"}}"#))).collect();
    store.apply(&LogChanges { personal: values.clone(), ..changes(1) }).unwrap();

    assert_eq!(store.find_personal(&[3, 1, 3, 9_999]).unwrap(), [values[0].clone(), values[2].clone()]);
    let all: Vec<u64> = (1..=700).rev().collect();
    assert_eq!(store.find_personal(&all).unwrap(), values);
    assert!(store.find_personal(&[]).unwrap().is_empty());
}

pub fn dead_letters_are_listed_page_by_page(database: &Database) {
    let store = database.open();
    let every_byte: Vec<u8> = (0..=255).collect();
    let letters = vec![dead(1, 1, &every_byte), dead(2, 1, b""), dead(5, 2, b"{\"event\":\"\xff\"}")];
    store.apply(&LogChanges { dead: letters.clone(), ..changes(1) }).unwrap();

    assert_eq!(store.list_dead(None, 10).unwrap(), letters);
    assert_eq!(dead_ids(&store, None, 2), [1, 2]);
    assert_eq!(dead_ids(&store, Some(2), 2), [5]);
    assert!(dead_ids(&store, Some(5), 2).is_empty());
    assert!(dead_ids(&store, None, 0).is_empty());
}

pub fn replayed_dead_letters_are_neither_listed_nor_counted(database: &Database) {
    let store = database.open();
    let letters = vec![dead(1, 1, b"four"), dead(2, 1, b"three"), dead(3, 2, b"no")];
    store.apply(&LogChanges { dead: letters, ..changes(1) }).unwrap();
    assert_eq!(store.load().unwrap().dead_bytes, [(SourceId(1), 9), (SourceId(2), 2)]);

    store.apply(&LogChanges { replayed: vec![DeadLetterId(2), DeadLetterId(3)], ..changes(2) }).unwrap();
    assert_eq!(dead_ids(&store, None, 10), [1]);
    assert_eq!(store.load().unwrap().dead_bytes, [(SourceId(1), 4)]);
}

pub fn texts_come_back_as_they_went_in(database: &Database) {
    let store = database.open();
    let texts = [
        "ñandú ☕",
        "日本語",
        "👩‍👩‍👧",
        "a'; DROP TABLE identifiers; --",
        "$1 ? %_\\",
        "\u{feff}x\u{202e}y",
        "\u{1}\t\r\n.",
    ];
    let sent: Vec<_> = (1..).zip(texts).map(|(node, text)| user(node, text)).collect();
    let letters: Vec<_> = (1..).zip(texts).map(|(id, text)| dead(id, 1, text.as_bytes())).collect();
    let names: Vec<_> = (0..).zip(texts).map(|(code, text)| name(Dictionary::Activity, code, text)).collect();
    store
        .apply(&LogChanges { identifiers: sent.clone(), dead: letters.clone(), names: names.clone(), ..changes(1) })
        .unwrap();

    let sent: Vec<_> = sent.into_iter().map(|new| (new.node, new.identifier)).collect();
    assert_eq!(identifiers(&store), sent);
    assert_eq!(store.list_dead(None, 100).unwrap(), letters);
    assert_eq!(store.load().unwrap().names, names);
}

pub fn the_character_zero_is_refused_everywhere(database: &Database) {
    let store = database.open();
    let mut merge_by_zero = merge(1, 1, 2);
    merge_by_zero.decided_by = "we\0b".to_owned();
    let mut letter = dead(1, 1, b"\0 is fine in bytes");
    letter.detail = "\0".to_owned();
    let bad_changes = [
        LogChanges { identifiers: vec![identifier(1, IdentifierKind::UserId, "a\0b")], ..changes(1) },
        LogChanges { merges: vec![merge_by_zero], ..changes(1) },
        LogChanges { names: vec![name(Dictionary::Activity, 0, "\0")], ..changes(1) },
        LogChanges { personal: vec![personal(1, 1, "{\"a\":\"\0\"}")], ..changes(1) },
        LogChanges { traits: vec![traits(1, 1, r#"{"a\u0000":1}"#)], ..changes(1) },
        LogChanges { dead: vec![letter], ..changes(1) },
    ];
    for bad in &bad_changes {
        let error = store.apply(bad).unwrap_err();
        assert_eq!(error.code, Code::InvalidArgument, "{error}");
        assert!(error.detail.contains("U+0000"), "{error}");
    }
    assert_eq!(store.find_identifiers("a\0b").unwrap_err().code, Code::InvalidArgument);
    assert_eq!(store.load().unwrap(), LoadedState::default());
}
