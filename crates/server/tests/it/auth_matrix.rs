//! Every operation of the interface with everybody who may come: every kind of key, people of every role, sessions that have
//! ended, and pages of other sites. An operation without a row here fails.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::door::{Door, PASSWORD, basic, request};

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Who {
    Anybody,
    Collectors,
    Readers,
    Administrators,
    /// Whoever is known, by a key or a session.
    Known,
    /// People who are signed in, about themselves.
    People,
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
    ("compute_effort", Who::Readers),
    ("list_frictions", Who::Readers),
    ("compute_funnel", Who::Readers),
    ("compute_map", Who::Readers),
    ("list_paths", Who::Readers),
    ("list_channels", Who::Readers),
    ("list_customers_behind", Who::Readers),
    ("list_changes", Who::Readers),
    ("compute_retention", Who::Readers),
    ("compute_life_cycle", Who::Readers),
    ("compute_attribution", Who::Readers),
    ("list_daily_counts", Who::Readers),
    ("list_questions", Who::Readers),
    ("create_question", Who::Administrators),
    ("show_question", Who::Readers),
    ("update_question", Who::Administrators),
    ("delete_question", Who::Administrators),
    ("list_segments", Who::Readers),
    ("create_segment", Who::Administrators),
    ("show_segment", Who::Readers),
    ("delete_segment", Who::Administrators),
    ("count_segment", Who::Readers),
    ("analyse_comment", Who::Readers),
    ("list_comments", Who::Readers),
    ("list_similar_comments", Who::Readers),
    ("compute_comment_themes", Who::Readers),
    ("list_comment_news", Who::Readers),
    ("choose_quotes", Who::Readers),
    ("list_topics", Who::Readers),
    ("update_topics", Who::Administrators),
    ("check_topic", Who::Administrators),
    ("list_metrics", Who::Readers),
    ("create_metric", Who::Administrators),
    ("update_metric", Who::Administrators),
    ("delete_metric", Who::Administrators),
    ("compute_scores", Who::Readers),
    ("list_annotations", Who::Readers),
    ("create_annotation", Who::Administrators),
    ("update_annotation", Who::Administrators),
    ("delete_annotation", Who::Administrators),
    ("show_contact_rule", Who::Readers),
    ("update_contact_rule", Who::Administrators),
    ("forecast_survey", Who::Readers),
    ("count_planned_invitations", Who::Readers),
    ("find_drivers", Who::Readers),
    ("list_surveys", Who::Readers),
    ("list_survey_examples", Who::Readers),
    ("check_survey", Who::Readers),
    ("create_survey", Who::Administrators),
    ("show_survey", Who::Readers),
    ("show_survey_version", Who::Readers),
    ("draw_survey_code", Who::Readers),
    ("update_survey", Who::Administrators),
    ("set_survey_state", Who::Administrators),
    ("invite_to_survey", Who::Administrators),
    ("list_open_link_days", Who::Readers),
    ("list_survey_responses", Who::Readers),
    ("compute_response", Who::Readers),
    ("test_mail", Who::Administrators),
    ("take_mail_report", Who::Administrators),
    ("list_mail_refusals", Who::Administrators),
    ("remove_mail_refusal", Who::Administrators),
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
    ("begin_session", Who::Anybody),
    ("show_session", Who::Known),
    ("update_me", Who::People),
    ("end_session", Who::People),
    ("change_my_password", Who::People),
    ("list_my_sessions", Who::People),
    ("end_my_other_sessions", Who::People),
    ("end_my_session", Who::People),
    ("list_users", Who::Administrators),
    ("update_user", Who::Administrators),
    ("reset_password", Who::Administrators),
    ("list_invitations", Who::Administrators),
    ("create_invitation", Who::Administrators),
    ("revoke_invitation", Who::Administrators),
    ("show_invitation", Who::Anybody),
    ("accept_invitation", Who::Anybody),
    ("show_setup", Who::Anybody),
    ("set_up", Who::Anybody),
];

/// What a key bound to a unit opens, and a shop manager; everything else is closed to them.
const OPEN_TO_BOUND: &[&str] = &[
    "analyse_comment",
    "list_comments",
    "list_similar_comments",
    "compute_comment_themes",
    "list_comment_news",
    "choose_quotes",
    "list_topics",
    "list_metrics",
    "compute_scores",
    "list_annotations",
    "find_drivers",
    "find_customers",
    "show_customer",
    "list_customer_events",
    "compute_effort",
    "list_frictions",
    "compute_funnel",
    "compute_map",
    "list_paths",
    "list_channels",
    "list_customers_behind",
    "list_changes",
    "compute_retention",
    "compute_life_cycle",
    "compute_attribution",
    "list_daily_counts",
    "list_segments",
    "show_segment",
    "count_segment",
    "show_organisation",
    "list_activities",
    "list_units",
];

/// What an analyst may do beyond reading.
const OPEN_TO_ANALYSTS: &[&str] = &[
    "create_question",
    "update_question",
    "delete_question",
    "create_segment",
    "delete_segment",
    "create_survey",
    "update_survey",
    "set_survey_state",
    "invite_to_survey",
    "update_topics",
    "check_topic",
    "create_metric",
    "update_metric",
    "delete_metric",
    "create_annotation",
    "update_annotation",
    "delete_annotation",
];

struct Operation {
    id: String,
    method: String,
    path: String,
    scopes: Vec<String>,
    roles: Vec<String>,
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&server::openapi_document()).unwrap();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let scopes = operation["security"].as_array().into_iter().flatten().flat_map(|requirement| {
                requirement.as_object().unwrap().values().flat_map(|scopes| scopes.as_array().unwrap().clone())
            });
            let roles = operation["x-roles"].as_array().into_iter().flatten();
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                scopes: scopes.map(|scope| scope.as_str().unwrap().to_owned()).collect(),
                roles: roles.map(|role| role.as_str().unwrap().to_owned()).collect(),
            });
        }
    }
    operations
}

/// What somebody shows, and with which headers beside it.
#[derive(Clone, Copy)]
enum Shows<'a> {
    Nothing,
    Key(&'a str),
    Cookie(&'a str, &'a [(&'a str, &'a str)]),
}

/// What a page of the console sends along.
const OUR_PAGE: &[(&str, &str)] = &[("x-vivencia", "1"), ("sec-fetch-site", "same-origin")];
const NO_HEADER: &[(&str, &str)] = &[("sec-fetch-site", "same-origin")];
const OTHER_SITE: &[(&str, &str)] = &[("x-vivencia", "1"), ("origin", "https://evil.example"), ("host", "cx.example")];

fn call(door: &Door, operation: &Operation, shows: Shows<'_>) -> u16 {
    let key = match shows {
        Shows::Key(key) => Some(key),
        _ => None,
    };
    let path = operation
        .path
        .replace("{call}", "track")
        .replace("{method}", "track")
        .replace("{key}", key.unwrap_or("none"))
        .replace("{id}", "nothing")
        .replace("{currency}", "XXX")
        .replace("{valid_from}", "2026-01-01")
        .replace("{address}", "nobody@example.com")
        .replace("{name}", "Nothing");
    // Clients of the SDKs authenticate as Basic users, all others with a bearer token.
    let authorization = key.map(|key| if path.starts_with("/v1/") { basic(key) } else { format!("Bearer {key}") });
    let mut headers: Vec<_> = authorization.iter().map(|value| ("authorization", value.as_str())).collect();
    let cookie;
    if let Shows::Cookie(token, beside) = shows {
        cookie = format!("vivencia={token}");
        headers.push(("cookie", &cookie));
        headers.extend(beside);
    }
    door.status_of(request(&operation.method, &path, &headers, "{}"))
}

/// What an answer should say about the door.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expected {
    LetIn,
    Unknown,
    Refused,
}

fn expected(operation: &Operation, who: Who, name: &str) -> Expected {
    let is_open_to = |list: &[&str]| list.contains(&operation.id.as_str());
    let is_person = matches!(name, "owner" | "analyst" | "manager");
    // Clients of the SDKs have keys: a cookie is nothing there.
    let is_collected = operation.path.starts_with("/v1/");
    match (who, name) {
        (Who::Anybody, _) => Expected::LetIn,
        (_, "nobody" | "wrong" | "revoked" | "disabled" | "expired" | "signed out") => Expected::Unknown,
        (Who::Collectors, _) if is_collected && (is_person || name.starts_with("page")) => Expected::Unknown,
        (_, "page of another site") => Expected::Refused,
        (_, "page without header") if operation.method != "GET" => Expected::Refused,
        (_, "owner" | "page without header") | (Who::Known, _) => Expected::LetIn,
        (Who::People, _) if is_person => Expected::LetIn,
        (Who::People, _) => Expected::Refused,
        (_, "bound" | "manager") if is_open_to(OPEN_TO_BOUND) => Expected::LetIn,
        (_, "analyst") if is_open_to(OPEN_TO_ANALYSTS) => Expected::LetIn,
        (_, "admin") | (Who::Collectors, "collect") | (Who::Readers, "read" | "analyst") => Expected::LetIn,
        _ => Expected::Refused,
    }
}

#[test]
fn every_operation_lets_in_whom_it_should() {
    let door = Door::open();
    let revoked = door.create_key("former", "admin");
    door.owner("DELETE", "/api/v1/keys/former", "").expect(200);
    door.owner("PUT", "/api/v1/units/Shop", "{}").expect(200);
    let bound = door.create_bound_key("manager", "Shop");
    let mut sessions = BTreeMap::from([
        ("lucia", door.person("lucia", "owner", None)),
        ("marcos", door.person("marcos", "analyst", None)),
        ("ines", door.person("ines", "shop_manager", Some("Shop"))),
    ]);
    let signed_out = door.person("ana", "owner", None);
    door.with_session(&signed_out, "DELETE", "/api/v1/session", "").expect(204);
    let other_owner = door.person("eva", "owner", None);
    let disabled = door.person("former", "owner", None);
    door.owner("PATCH", "/api/v1/users/former@alameda.example", r#"{"is_disabled":true}"#).expect(200);
    let rows: BTreeMap<_, _> = ROWS.iter().copied().collect();
    let mut faults = Vec::new();
    for operation in operations() {
        let Some(who) = rows.get(operation.id.as_str()) else {
            faults.push(format!("{} has no row in this table", operation.id));
            continue;
        };
        // Some operations end the session that calls them.
        for (person, token) in &mut sessions {
            if door.with_session(token, "GET", "/api/v1/session", "").status == 401 {
                *token = door.sign_in(&format!("{person}@alameda.example"), PASSWORD).expect(200).session();
            }
        }
        let [owner, analyst, manager] = ["lucia", "marcos", "ines"].map(|person| sessions[person].clone());
        let comers: [(&str, Shows<'_>); 15] = [
            ("nobody", Shows::Nothing),
            ("wrong", Shows::Key("viv_000000000000000000000000")),
            ("revoked", Shows::Key(&revoked)),
            ("collect", Shows::Key(&door.collect_key)),
            ("read", Shows::Key(&door.read_key)),
            ("bound", Shows::Key(&bound)),
            ("admin", Shows::Key(&door.admin_key)),
            ("owner", Shows::Cookie(&owner, OUR_PAGE)),
            ("analyst", Shows::Cookie(&analyst, OUR_PAGE)),
            ("manager", Shows::Cookie(&manager, OUR_PAGE)),
            ("disabled", Shows::Cookie(&disabled, OUR_PAGE)),
            ("signed out", Shows::Cookie(&signed_out, OUR_PAGE)),
            ("expired", Shows::Cookie("viv_111111111111111111111111", OUR_PAGE)),
            ("page without header", Shows::Cookie(&other_owner, NO_HEADER)),
            ("page of another site", Shows::Cookie(&other_owner, OTHER_SITE)),
        ];
        for (name, shows) in comers {
            let status = call(&door, &operation, shows);
            let expected = expected(&operation, *who, name);
            let fits = match expected {
                Expected::LetIn => {
                    // Whoever may come in without being known is judged by what they bring.
                    !matches!(status, 401 | 403) || operation.id == "begin_session" || *who == Who::Anybody
                }
                Expected::Unknown => status == 401,
                Expected::Refused => status == 403,
            };
            if !fits || status >= 500 {
                let method = &operation.method;
                faults.push(format!("{method} {} answered {status} to {name}: {expected:?}", operation.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_description_says_the_scope_and_the_roles() {
    let rows: BTreeMap<_, _> = ROWS.iter().copied().collect();
    for operation in operations() {
        let who = rows[operation.id.as_str()];
        let scope = match who {
            Who::Anybody | Who::Known | Who::People => None,
            Who::Collectors if operation.id == "show_client_settings" => None,
            Who::Collectors => Some("collect"),
            Who::Readers => Some("read"),
            Who::Administrators => Some("admin"),
        };
        assert_eq!(operation.scopes.first().map(String::as_str), scope, "{}", operation.id);
        let people = [("owner", "owner"), ("analyst", "analyst"), ("manager", "shop_manager")];
        let roles: Vec<&str> = people
            .into_iter()
            .filter(|(name, _)| who != Who::Anybody && expected(&operation, who, name) == Expected::LetIn)
            .map(|(_, role)| role)
            .collect();
        assert_eq!(operation.roles, roles, "{}", operation.id);
    }
}
