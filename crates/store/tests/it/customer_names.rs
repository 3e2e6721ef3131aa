//! Customers found by a part of what they are known by.

use domain::customer_name::compose_name;
use domain::ports::{CustomerNames, CustomerStore, EventState, LogChanges};
use domain::{IdentifierKind, NodeId};
use store::Store;

use crate::builders::{changes, identifier, traits, user};
use crate::database::Database;

fn found(store: &Store, prefix: &str) -> Vec<(String, u64)> {
    store.find_name_words(prefix, 100).unwrap().into_iter().map(|(word, node)| (word, node.0)).collect()
}

fn nodes(store: &Store, prefix: &str) -> Vec<u64> {
    found(store, prefix).into_iter().map(|(_, node)| node).collect()
}

pub fn words_of_names_are_found_by_their_beginnings(database: &Database) {
    let store = database.open();
    let known = vec![
        traits(1, 10, r#"{"name":"María García","plan":"gold"}"#),
        traits(2, 11, r#"{"firstName":"MARIANO","last_name":"de la Peña"}"#),
        traits(3, 12, r#"{"first_name":"Ana María"}"#),
    ];
    store.apply(&LogChanges { traits: known, ..changes(1) }).unwrap();
    let row = |word: &str, node| (word.to_owned(), node);
    assert_eq!(found(&store, "maria"), [row("maria", 1), row("maria", 3), row("mariano", 2)]);
    assert_eq!(nodes(&store, "pena"), [2]);
    assert_eq!(nodes(&store, "garcia"), [1]);
    assert!(nodes(&store, "garciax").is_empty() && nodes(&store, "gold").is_empty());
    let mut words = store.list_name_words(&[NodeId(2), NodeId(3)]).unwrap();
    words.sort();
    let words: Vec<_> = words.iter().map(|(word, node)| (word.as_str(), node.0)).collect();
    assert_eq!(words, [("ana", 3), ("de", 2), ("la", 2), ("maria", 3), ("mariano", 2), ("pena", 2)]);
}

pub fn a_former_name_still_finds(database: &Database) {
    let store = database.open();
    store.apply(&LogChanges { traits: vec![traits(1, 10, r#"{"name":"Ana Gil"}"#)], ..changes(1) }).unwrap();
    store.apply(&LogChanges { traits: vec![traits(1, 20, r#"{"name":"Ana Ruiz"}"#)], ..changes(2) }).unwrap();
    // A name that was current earlier and arrives late.
    store.apply(&LogChanges { traits: vec![traits(1, 5, r#"{"name":"Anita"}"#)], ..changes(3) }).unwrap();
    for word in ["gil", "ruiz", "anita"] {
        assert_eq!(nodes(&store, word), [1], "{word}");
    }
    let names = store.list_name_traits(&[NodeId(1)]).unwrap();
    assert_eq!(compose_name(names.iter().map(|(_, known)| known)).as_deref(), Some("Ana Ruiz"));
}

pub fn what_is_no_name_is_not_found(database: &Database) {
    let store = database.open();
    let odd = vec![
        traits(1, 10, r#"{"name":17,"firstName":null,"lastName":["García"]}"#),
        traits(2, 10, r#"{"name":{"first":"García"},"company_name":"García"}"#),
        traits(3, 10, r#"{"name":"'; DROP TABLE traits; --"}"#),
        traits(4, 10, r#"{"name":"   "}"#),
    ];
    store.apply(&LogChanges { traits: odd, ..changes(1) }).unwrap();
    assert!(nodes(&store, "garcia").is_empty());
    assert_eq!(found(&store, "").len(), 3, "drop, table, traits");
    assert!(nodes(&store, "%").is_empty() && nodes(&store, "_").is_empty());
}

pub fn only_so_many_are_read(database: &Database) {
    let store = database.open();
    let many = (1..=300).map(|node| traits(node, 10, &format!(r#"{{"name":"Juan J{node:04}"}}"#))).collect();
    store.apply(&LogChanges { traits: many, ..changes(1) }).unwrap();
    assert_eq!(store.find_name_words("juan", 20).unwrap().len(), 20);
    let first: Vec<u64> = store.find_name_words("j0", 3).unwrap().iter().map(|(_, node)| node.0).collect();
    assert_eq!(first, [1, 2, 3], "in the order of the words");
}

pub fn identifiers_are_found_by_their_beginning(database: &Database) {
    let store = database.open();
    let sent = vec![
        user(1, "U-100"),
        user(2, "U-1000"),
        user(3, "u-100"),
        identifier(4, IdentifierKind::Email, "Ana@Example.es"),
        identifier(5, IdentifierKind::Phone, "+34 600 11 22 33"),
    ];
    store.apply(&LogChanges { identifiers: sent, ..changes(1) }).unwrap();
    let from = |prefix: &str, limit| -> Vec<u64> {
        store.find_identifiers_from(prefix, limit).unwrap().iter().map(|known| known.node.0).collect()
    };
    assert_eq!(from("U-100", 9), [1, 2]);
    assert_eq!(from("U-100", 1), [1]);
    assert_eq!(from("ana@ex", 9), [4]);
    assert_eq!(from("+34600", 9), [5]);
    assert!(from("U-1001", 9).is_empty() && from("%", 9).is_empty());
}

pub fn names_that_were_there_before_are_read_once(database: &Database) {
    let store = database.open();
    let far_apart = [1, 9_999, 10_000, 10_001, 25_000];
    let known = far_apart.map(|node| traits(node, 10, r#"{"name":"García","plan":"gold"}"#)).to_vec();
    store.apply(&LogChanges { traits: known, ..changes(1) }).unwrap();
    drop(store);
    // As it was before there were words, and interrupted after the first part.
    database.execute("DELETE FROM customer_name_words WHERE node > 10000");
    database.execute("UPDATE customer_name_progress SET until_node = 10000, is_complete = 0");
    let store = database.open();
    assert_eq!(nodes(&store, "garcia"), far_apart);
    drop(store);
    database.execute("DELETE FROM customer_name_words");
    assert!(nodes(&database.open(), "garcia").is_empty(), "what was read is not read again");
}
