//! The tree of units, and keys bound to it.

use std::thread;

use domain::ports::{AuditLog, Key, KeyStore, Scope, UnitStore};
use domain::{Code, KeyId, Unit};
use store::Store;

use crate::builders::audit;
use crate::database::Database;

fn unit(name: &str, parent: &str) -> Unit {
    let parent = (!parent.is_empty()).then(|| parent.to_owned());
    Unit { name: name.to_owned(), label: format!("Alameda {name}"), parent, kind: Some("shop".to_owned()) }
}

fn set(store: &Store, units: &[(&str, &str)]) -> domain::Result<()> {
    let units: Vec<Unit> = units.iter().map(|(name, parent)| unit(name, parent)).collect();
    store.update_units(&units, &audit("unit.update"))
}

fn tree(store: &Store) -> Vec<(String, String)> {
    let units = store.list_units().unwrap();
    units.into_iter().map(|unit| (unit.name, unit.parent.unwrap_or_default())).collect()
}

fn pairs(units: &[(&str, &str)]) -> Vec<(String, String)> {
    units.iter().map(|(name, parent)| ((*name).to_owned(), (*parent).to_owned())).collect()
}

fn bound_key(name: &str, unit: &str) -> Key {
    Key {
        id: KeyId(0),
        name: name.to_owned(),
        scope: Scope::Read,
        secret_hash: "cd".repeat(32),
        channel: None,
        unit: Some(unit.to_owned()),
        created_at: 4_000,
        revoked_at: None,
    }
}

pub fn a_tree_is_listed_as_it_was_drawn(database: &Database) {
    let store = database.open();
    assert!(store.list_units().unwrap().is_empty());
    // The children first: they come together.
    let drawn = [
        Unit { kind: None, label: "Café Ñandú · «1»".to_owned(), ..unit("ES-1", "ES") },
        unit("ES", "brand"),
        unit("brand", ""),
    ];
    store.update_units(&drawn, &audit("unit.update")).unwrap();
    assert_eq!(store.list_units().unwrap(), [drawn[1].clone(), drawn[0].clone(), drawn[2].clone()]);
    assert_eq!(store.list_audit(10).unwrap(), [audit("unit.update")]);
}

pub fn a_unit_moves_with_what_is_below_it(database: &Database) {
    let store = database.open();
    set(&store, &[("a", ""), ("b", "a"), ("c", "b")]).unwrap();
    set(&store, &[("b", ""), ("a", "c")]).unwrap();
    assert_eq!(tree(&store), pairs(&[("a", "c"), ("b", ""), ("c", "b")]));
}

pub fn what_would_be_no_tree_changes_nothing(database: &Database) {
    let store = database.open();
    set(&store, &[("a", ""), ("b", "a"), ("c", "b")]).unwrap();
    let before = store.list_units().unwrap();
    for (units, part) in [
        (&[("x", ""), ("a", "c")][..], "below itself"),
        (&[("x", ""), ("y", "nowhere")], "there is no such unit"),
        (&[("x", ""), ("x", "a")], "stands twice"),
        (&[("x", ""), (" ", "a")], "is not the name of a unit"),
    ] {
        let error = set(&store, units).unwrap_err();
        assert_eq!(error.code, Code::InvalidArgument, "{error}");
        assert!(error.detail.contains(part), "{error}");
    }
    assert_eq!(store.list_units().unwrap(), before);
    assert_eq!(store.list_audit(10).unwrap().len(), 1);
}

pub fn of_two_moves_at_once_none_makes_a_ring(database: &Database) {
    let store = database.open();
    set(&store, &[("a", ""), ("b", "")]).unwrap();
    let moves: Vec<_> = [("a", "b"), ("b", "a")]
        .into_iter()
        .map(|one| {
            let store = store.clone();
            thread::spawn(move || set(&store, &[one]).is_ok())
        })
        .collect();
    let done = moves.into_iter().map(|one| one.join().unwrap()).filter(|is_done| *is_done).count();
    assert_eq!(done, 1);
    assert!(domain::UnitTree::new(store.list_units().unwrap()).is_ok());
}

pub fn a_unit_in_use_is_not_deleted(database: &Database) {
    let store = database.open();
    set(&store, &[("a", ""), ("b", "a")]).unwrap();
    let key = store.create_key(&bound_key("shop manager", "b"), &audit("key.create")).unwrap();

    let refusal = |name: &str| store.delete_unit(name, &audit("unit.delete")).unwrap_err();
    assert_eq!((refusal("a").code, refusal("a").detail.contains("`b` hangs under `a`")), (Code::Conflict, true));
    assert_eq!((refusal("b").code, refusal("b").detail.contains("`shop manager`")), (Code::Conflict, true));
    assert_eq!(refusal("c").code, Code::NotFound);

    store.revoke_key(key, 5_000, &audit("key.revoke")).unwrap();
    store.delete_unit("b", &audit("unit.delete")).unwrap();
    store.delete_unit("a", &audit("unit.delete")).unwrap();
    assert!(store.list_units().unwrap().is_empty());
    let actions: Vec<String> = store.list_audit(2).unwrap().into_iter().map(|entry| entry.action).collect();
    assert_eq!(actions, ["unit.delete"; 2]);
}

pub fn a_key_is_bound_to_a_unit_of_the_tree(database: &Database) {
    let store = database.open();
    let error = store.create_key(&bound_key("shop manager", "ES-1"), &audit("key.create")).unwrap_err();
    assert_eq!(error.code, Code::InvalidArgument);
    assert!(store.list_keys().unwrap().is_empty());

    set(&store, &[("ES-1", "")]).unwrap();
    store.create_key(&bound_key("shop manager", "ES-1"), &audit("key.create")).unwrap();
    assert_eq!(store.list_keys().unwrap()[0].unit.as_deref(), Some("ES-1"));
}

pub fn thousands_of_units_come_at_once(database: &Database) {
    let store = database.open();
    let mut units: Vec<Unit> = (0..3_000).map(|number| unit(&format!("shop-{number:04}"), "brand")).collect();
    units.push(unit("brand", ""));
    store.update_units(&units, &audit("unit.update")).unwrap();
    assert_eq!(store.list_units().unwrap().len(), 3_001);
}
