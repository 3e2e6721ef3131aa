//! What is known of customers beside their events.

use domain::ports::{CustomerStore, EventState, LogChanges, Trait};
use domain::{Code, IdentifierKind, NodeId, SourceId};
use store::Store;

use crate::builders::{changes, identifier, merge, traits, user};
use crate::database::Database;

fn nodes_with(store: &Store, value: &str) -> Vec<u64> {
    store.find_identifiers(value).unwrap().iter().map(|found| found.node.0).collect()
}

fn latest_traits(store: &Store, nodes: &[u64]) -> Vec<(String, String, i64)> {
    let nodes: Vec<NodeId> = nodes.iter().copied().map(NodeId).collect();
    store.list_traits(&nodes).unwrap().into_iter().map(|one| (one.name, one.value, one.seen_at)).collect()
}

fn fact(name: &str, value: &str, seen_at: i64) -> (String, String, i64) {
    (name.to_owned(), value.to_owned(), seen_at)
}

pub fn identifiers_are_found_by_their_exact_value(database: &Database) {
    let store = database.open();
    let sent = vec![
        user(1, "U-100"),
        identifier(2, IdentifierKind::LoyaltyCard, "U-100"),
        user(3, "U-1000"),
        identifier(4, IdentifierKind::Custom("mesa".to_owned()), "12"),
    ];
    store.apply(&LogChanges { identifiers: sent.clone(), ..changes(1) }).unwrap();
    assert_eq!(store.find_identifiers("U-100").unwrap(), sent[..2]);
    assert_eq!(nodes_with(&store, "  U-1000 "), [3]);
    assert_eq!(nodes_with(&store, "12"), [4]);
    for other in ["u-100", "U-10", "U-100%", "", "null"] {
        assert!(nodes_with(&store, other).is_empty(), "{other:?}");
    }
}

pub fn emails_and_phones_are_found_as_people_write_them(database: &Database) {
    let store = database.open();
    let sent = vec![
        identifier(1, IdentifierKind::Email, "Ana.Ñ@Example.ES"),
        identifier(2, IdentifierKind::Phone, "+34 600 11 22 33"),
        user(3, "ana@other.es"),
        user(4, "+34600112299"),
    ];
    store.apply(&LogChanges { identifiers: sent, ..changes(1) }).unwrap();
    assert_eq!(nodes_with(&store, "ANA.ñ@example.es"), [1]);
    assert_eq!(nodes_with(&store, "0034 600-112233"), [2]);
    // Values of other kinds are what they are.
    assert!(nodes_with(&store, "ANA@other.es").is_empty());
    assert!(nodes_with(&store, "+34 600 112299").is_empty());
}

pub fn identifiers_and_merges_are_listed_by_node(database: &Database) {
    let store = database.open();
    let sent = vec![user(1, "a"), user(2, "b"), user(3, "c"), user(4, "d")];
    let merges = vec![merge(1, 1, 2), merge(2, 2, 3), merge(3, 4, 9)];
    store.apply(&LogChanges { identifiers: sent.clone(), merges: merges.clone(), ..changes(1) }).unwrap();

    assert_eq!(store.list_identifiers(&[NodeId(3), NodeId(1)]).unwrap(), [sent[0].clone(), sent[2].clone()]);
    assert!(store.list_identifiers(&[]).unwrap().is_empty());
    assert_eq!(store.list_merges(&[NodeId(2)]).unwrap(), merges[..2]);
    assert_eq!(store.list_merges(&[NodeId(3), NodeId(2), NodeId(9)]).unwrap(), merges);
    assert!(store.list_merges(&[NodeId(77)]).unwrap().is_empty());
}

pub fn many_nodes_are_asked_for_at_once(database: &Database) {
    let store = database.open();
    let sent: Vec<_> = (1..=1_500).map(|node| user(node, &format!("u{node}"))).collect();
    store.apply(&LogChanges { identifiers: sent.clone(), ..changes(1) }).unwrap();
    let mut nodes: Vec<NodeId> = (1..=2_000).rev().map(NodeId).collect();
    nodes.extend([NodeId(1), NodeId(1_500)]);
    assert_eq!(store.list_identifiers(&nodes).unwrap(), sent);
}

pub fn the_latest_trait_wins(database: &Database) {
    let store = database.open();
    let first = vec![traits(1, 20, r#"{"plan":"gold","age":31}"#), traits(1, 10, r#"{"plan":"free","city":"Vigo"}"#)];
    store.apply(&LogChanges { traits: first, ..changes(1) }).unwrap();
    let expected = [fact("age", "31", 20), fact("city", r#""Vigo""#, 10), fact("plan", r#""gold""#, 20)];
    assert_eq!(latest_traits(&store, &[1]), expected);

    // Learnt later by the log, seen earlier by the customer.
    store.apply(&LogChanges { traits: vec![traits(1, 15, r#"{"plan":"old","age":30}"#)], ..changes(2) }).unwrap();
    assert_eq!(latest_traits(&store, &[1]), expected);

    store.apply(&LogChanges { traits: vec![traits(2, 30, r#"{"plan":null}"#)], ..changes(3) }).unwrap();
    assert_eq!(latest_traits(&store, &[1]), expected);
    assert_eq!(latest_traits(&store, &[1, 2])[2], fact("plan", "null", 30));
    let newest = Trait { name: "plan".to_owned(), value: "null".to_owned(), source: SourceId(1), seen_at: 30 };
    assert_eq!(store.list_traits(&[NodeId(2)]).unwrap(), [newest]);
}

pub fn of_traits_seen_at_one_instant_the_later_in_the_log_wins(database: &Database) {
    let store = database.open();
    let batch =
        vec![traits(2, 10, r#"{"plan":"a"}"#), traits(1, 10, r#"{"plan":"b"}"#), traits(1, 10, r#"{"plan":"c"}"#)];
    store.apply(&LogChanges { traits: batch, ..changes(1) }).unwrap();
    assert_eq!(latest_traits(&store, &[1]), [fact("plan", r#""c""#, 10)]);
    assert_eq!(latest_traits(&store, &[1, 2]), [fact("plan", r#""c""#, 10)]);

    store.apply(&LogChanges { traits: vec![traits(2, 10, r#"{"plan":"d"}"#)], ..changes(2) }).unwrap();
    assert_eq!(latest_traits(&store, &[2, 1]), [fact("plan", r#""d""#, 10)]);
}

pub fn traits_keep_their_values_as_they_were_written(database: &Database) {
    let store = database.open();
    let body = r#"{"big":123456789012345678901234567890,"exact":1.10,"list":[1, "dos"],"text":"caf\u00e9 \"x\"","twice":1,"twice":2}"#;
    store.apply(&LogChanges { traits: vec![traits(1, 1, body), traits(1, 2, "{}")], ..changes(1) }).unwrap();
    assert_eq!(
        latest_traits(&store, &[1]),
        [
            fact("big", "123456789012345678901234567890", 1),
            fact("exact", "1.10", 1),
            fact("list", r#"[1, "dos"]"#, 1),
            fact("text", r#""caf\u00e9 \"x\"""#, 1),
            fact("twice", "2", 1),
        ]
    );
    let long = "x".repeat(20_000);
    let body = format!(r#"{{"{long}":true,"{long}y":false}}"#);
    store.apply(&LogChanges { traits: vec![traits(2, 1, &body)], ..changes(2) }).unwrap();
    assert_eq!(latest_traits(&store, &[2]), [fact(&long, "true", 1), fact(&format!("{long}y"), "false", 1)]);
}

pub fn traits_that_are_no_object_are_refused(database: &Database) {
    let store = database.open();
    for body in ["[]", "7", "{", "", "null"] {
        let error = store.apply(&LogChanges { traits: vec![traits(1, 1, body)], ..changes(1) }).unwrap_err();
        assert_eq!(error.code, Code::InvalidArgument, "{body}: {error}");
    }
    assert_eq!(store.load().unwrap().position, 0);
}
