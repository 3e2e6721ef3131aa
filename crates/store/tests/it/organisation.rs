//! What people set, and the record of it.

use std::thread;

use domain::ports::{
    ActivityCatalogue, ActivityEntry, ActivityRole, AuditLog, Key, KeyStore, Organisation, OrganisationStore, Scope,
};
use domain::time::{Calendar, WeekStart};
use domain::{Code, KeyId};
use store::Store;

use crate::builders::audit;
use crate::database::Database;

fn key(name: &str, scope: Scope) -> Key {
    Key {
        id: KeyId(999),
        name: name.to_owned(),
        scope,
        secret_hash: "ab".repeat(32),
        channel: None,
        unit: None,
        created_at: 4_000,
        revoked_at: None,
    }
}

fn actions(store: &Store) -> Vec<String> {
    store.list_audit(100).unwrap().into_iter().map(|entry| entry.action).collect()
}

pub fn the_organisation_has_defaults_until_it_is_set(database: &Database) {
    let store = database.open();
    let mut expected = Organisation {
        name: String::new(),
        calendar: Calendar { time_zone: "UTC".to_owned(), week_start: WeekStart::Monday },
        currency: "EUR".to_owned(),
        language: "en".to_owned(),
    };
    assert_eq!(store.find_organisation().unwrap(), expected);

    for (name, week_start) in
        [("Café Alameda", WeekStart::Sunday), ("Alameda", WeekStart::Saturday), ("A", WeekStart::Monday)]
    {
        expected.name = name.to_owned();
        expected.calendar = Calendar { time_zone: "America/Bogota".to_owned(), week_start };
        expected.currency = "COP".to_owned();
        expected.language = "es".to_owned();
        store.update_organisation(&expected, &audit("organisation.update")).unwrap();
        assert_eq!(store.find_organisation().unwrap(), expected);
    }
    assert_eq!(actions(&store), ["organisation.update"; 3]);
}

pub fn keys_are_created_listed_and_revoked(database: &Database) {
    let store = database.open();
    let mut web = key("web", Scope::Collect);
    web.channel = Some("web".to_owned());
    assert_eq!(store.create_key(&web, &audit("key.create")).unwrap(), KeyId(1));
    assert_eq!(store.create_key(&key("analyst", Scope::Read), &audit("key.create")).unwrap(), KeyId(2));
    assert_eq!(store.create_key(&key("owner", Scope::Admin), &audit("key.create")).unwrap(), KeyId(3));

    store.revoke_key(KeyId(2), 5_000, &audit("key.revoke")).unwrap();
    // Once more changes nothing and is not recorded.
    store.revoke_key(KeyId(2), 6_000, &audit("key.revoke")).unwrap();

    web.id = KeyId(1);
    let analyst = Key { id: KeyId(2), revoked_at: Some(5_000), ..key("analyst", Scope::Read) };
    let owner = Key { id: KeyId(3), ..key("owner", Scope::Admin) };
    assert_eq!(store.list_keys().unwrap(), [web, analyst, owner]);
    assert_eq!(actions(&store), ["key.revoke", "key.create", "key.create", "key.create"]);

    let error = store.revoke_key(KeyId(77), 5_000, &audit("key.revoke")).unwrap_err();
    assert_eq!((error.code, error.detail.as_str()), (Code::NotFound, "there is no key key_77"));
}

pub fn a_name_in_use_is_a_conflict_and_free_once_revoked(database: &Database) {
    let store = database.open();
    let first = store.create_key(&key("web", Scope::Collect), &audit("key.create")).unwrap();
    let error = store.create_key(&key("web", Scope::Read), &audit("key.create")).unwrap_err();
    assert_eq!(error.code, Code::Conflict);
    assert!(error.detail.contains("`web`"), "{error}");

    store.revoke_key(first, 5_000, &audit("key.revoke")).unwrap();
    assert_eq!(store.create_key(&key("web", Scope::Read), &audit("key.create")).unwrap(), KeyId(2));
}

pub fn of_many_that_create_one_name_one_wins(database: &Database) {
    let store = database.open();
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            thread::spawn(move || store.create_key(&key("web", Scope::Collect), &audit("key.create")).is_ok())
        })
        .collect();
    let created = threads.into_iter().map(|thread| thread.join().unwrap()).filter(|created| *created).count();
    assert_eq!((created, store.list_keys().unwrap().len(), actions(&store).len()), (1, 1, 1));
}

pub fn a_key_with_an_endless_name_is_refused(database: &Database) {
    let store = database.open();
    let error = store.create_key(&key(&"x".repeat(5_000), Scope::Read), &audit("key.create")).unwrap_err();
    assert_eq!(error.code, Code::InvalidArgument);
    assert!(store.list_keys().unwrap().is_empty());
}

pub fn the_newest_audit_entry_comes_first(database: &Database) {
    let store = database.open();
    assert!(store.list_audit(10).unwrap().is_empty());
    for action in ["customer.merge", "customer.unmerge", "events.replay"] {
        store.record_audit(&audit(action)).unwrap();
    }
    assert_eq!(actions(&store), ["events.replay", "customer.unmerge", "customer.merge"]);
    assert_eq!(store.list_audit(1).unwrap(), [audit("events.replay")]);
}

pub fn a_change_that_fails_is_not_in_the_audit(database: &Database) {
    let store = database.open();
    assert!(store.create_key(&key("we\0b", Scope::Read), &audit("key.create")).is_err());
    assert!(store.create_key(&key("web", Scope::Read), &audit("key\0create")).is_err());
    assert!(actions(&store).is_empty());
    assert!(store.list_keys().unwrap().is_empty());
}

pub fn what_people_say_about_an_activity_replaces_what_they_said(database: &Database) {
    let store = database.open();
    let mut wait = ActivityEntry {
        name: "Parking Waited".to_owned(),
        role: Some(ActivityRole::Wait),
        wait_property: Some("seconds".to_owned()),
        reason_property: None,
        alias_of: None,
    };
    let alias = ActivityEntry {
        name: "Compra".to_owned(),
        role: None,
        wait_property: None,
        reason_property: None,
        alias_of: Some("Order Completed".to_owned()),
    };
    store.update_activity_entry(&wait, &audit("activity.update")).unwrap();
    store.update_activity_entry(&alias, &audit("activity.update")).unwrap();
    assert_eq!(store.list_activity_entries().unwrap(), [alias.clone(), wait.clone()]);

    wait.role = Some(ActivityRole::Error);
    wait.wait_property = None;
    wait.reason_property = Some("motivo".to_owned());
    store.update_activity_entry(&wait, &audit("activity.update")).unwrap();
    assert_eq!(store.list_activity_entries().unwrap(), [alias, wait]);
    assert_eq!(actions(&store).len(), 3);
}
