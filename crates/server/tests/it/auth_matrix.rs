//! Every operation of the interface with every kind of key. An operation without a row here fails.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::door::{Door, basic, request};

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    Anybody,
    Collectors,
    Readers,
    Administrators,
}

const ROWS: &[(&str, Who)] = &[
    ("collect_call", Who::Collectors),
    ("collect_pixel", Who::Anybody),
    ("show_client_settings", Who::Collectors),
    ("import_events", Who::Collectors),
    ("preview_import", Who::Collectors),
    ("export_events", Who::Readers),
    ("count_events", Who::Readers),
    ("verify_events", Who::Administrators),
    ("list_dead_letters", Who::Readers),
    ("show_dead_letter", Who::Readers),
    ("replay_dead_letter", Who::Administrators),
    ("replay_dead_letters", Who::Administrators),
    ("watch_events", Who::Readers),
    ("show_freshness", Who::Readers),
    ("list_findings", Who::Readers),
    ("list_keys", Who::Administrators),
    ("create_key", Who::Administrators),
    ("revoke_key", Who::Administrators),
    ("find_customers", Who::Readers),
    ("show_customer", Who::Readers),
    ("list_customer_events", Who::Readers),
    ("merge_customers", Who::Administrators),
    ("undo_merge", Who::Administrators),
    ("compute_funnel", Who::Readers),
    ("compute_map", Who::Readers),
    ("list_paths", Who::Readers),
    ("list_channels", Who::Readers),
    ("list_customers_behind", Who::Readers),
    ("list_changes", Who::Readers),
    ("list_questions", Who::Readers),
    ("create_question", Who::Administrators),
    ("show_question", Who::Readers),
    ("update_question", Who::Administrators),
    ("delete_question", Who::Administrators),
    ("show_organisation", Who::Readers),
    ("update_organisation", Who::Administrators),
    ("list_activities", Who::Readers),
    ("update_activity", Who::Administrators),
    ("list_properties", Who::Readers),
    ("list_audit", Who::Administrators),
    ("list_units", Who::Readers),
    ("update_units", Who::Administrators),
    ("update_unit", Who::Administrators),
    ("delete_unit", Who::Administrators),
    ("list_rates", Who::Readers),
    ("update_rates", Who::Administrators),
    ("update_rate", Who::Administrators),
    ("delete_rate", Who::Administrators),
];

/// What a key bound to a unit opens; everything else is closed to it.
const OPEN_TO_BOUND: &[&str] = &[
    "find_customers",
    "show_customer",
    "list_customer_events",
    "compute_funnel",
    "compute_map",
    "list_paths",
    "list_channels",
    "list_customers_behind",
    "list_changes",
    "show_organisation",
    "list_activities",
    "list_units",
];

struct Operation {
    id: String,
    method: String,
    path: String,
    scopes: Vec<String>,
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&server::openapi_document()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let scopes = operation["security"].as_array().into_iter().flatten().flat_map(|requirement| {
                requirement.as_object().unwrap().values().flat_map(|scopes| scopes.as_array().unwrap().clone())
            });
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                scopes: scopes.map(|scope| scope.as_str().unwrap().to_owned()).collect(),
            });
        }
    }
    operations
}

fn call(door: &Door, operation: &Operation, key: Option<&str>) -> u16 {
    let path = operation
        .path
        .replace("{call}", "track")
        .replace("{method}", "track")
        .replace("{key}", key.unwrap_or("none"))
        .replace("{id}", "nothing")
        .replace("{currency}", "XXX")
        .replace("{valid_from}", "2026-01-01")
        .replace("{name}", "Nothing");
    // Clients of the SDKs authenticate as Basic users, all others with a bearer token.
    let authorization = key.map(|key| if path.starts_with("/v1/") { basic(key) } else { format!("Bearer {key}") });
    let headers: Vec<_> = authorization.iter().map(|value| ("authorization", value.as_str())).collect();
    door.status_of(request(&operation.method, &path, &headers, "{}"))
}

#[test]
fn every_operation_lets_in_whom_it_should() {
    let door = Door::open();
    let revoked = door.create_key("former", "admin");
    door.owner("DELETE", "/api/v1/keys/former", "").expect(200);
    door.owner("PUT", "/api/v1/units/Shop", "{}").expect(200);
    let bound = door.create_bound_key("manager", "Shop");
    let keys: [(&str, Option<&str>); 7] = [
        ("nobody", None),
        ("wrong", Some("viv_000000000000000000000000")),
        ("revoked", Some(&revoked)),
        ("collect", Some(&door.collect_key)),
        ("read", Some(&door.read_key)),
        ("bound", Some(&bound)),
        ("admin", Some(&door.admin_key)),
    ];
    let rows: BTreeMap<_, _> = ROWS.iter().copied().collect();
    let mut faults = Vec::new();
    for operation in operations() {
        let Some(who) = rows.get(operation.id.as_str()) else {
            faults.push(format!("{} has no row in this table", operation.id));
            continue;
        };
        for (name, key) in keys {
            let status = call(&door, &operation, key);
            let fits = match (who, name) {
                (Who::Anybody, _) => !matches!(status, 401 | 403),
                (_, "nobody" | "wrong" | "revoked") => status == 401,
                (_, "bound") if OPEN_TO_BOUND.contains(&operation.id.as_str()) => !matches!(status, 401 | 403),
                (_, "admin") | (Who::Collectors, "collect") | (Who::Readers, "read") => !matches!(status, 401 | 403),
                _ => status == 403,
            };
            if !fits || status >= 500 {
                faults.push(format!("{} {} ({who:?}) answered {status} to {name}", operation.method, operation.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_description_says_the_scope() {
    let rows: BTreeMap<_, _> = ROWS.iter().copied().collect();
    for operation in operations() {
        let expected = match rows[operation.id.as_str()] {
            Who::Anybody => None,
            Who::Collectors if operation.id == "show_client_settings" => None,
            Who::Collectors => Some("collect"),
            Who::Readers => Some("read"),
            Who::Administrators => Some("admin"),
        };
        assert_eq!(operation.scopes.first().map(String::as_str), expected, "{}", operation.id);
    }
}
