//! The interface described: OpenAPI 3.1 at `/api/openapi.json` and `/api/v1/openapi.json`.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use domain::people::Role;
use serde::Serialize;
use serde_json::json;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::{IntoResponses, Modify, OpenApi, ToSchema};

use crate::app::App;
use crate::{collect, customers, journeys, listening, mail, organisation, people, questions, segments};

/// A failure, as RFC 9457.
#[derive(Serialize, ToSchema, IntoResponses)]
#[response(status = "default", description = "A failure", content_type = "application/problem+json")]
pub struct Problem {
    /// `about:blank`: the code says which.
    pub r#type: String,
    pub title: String,
    pub status: u16,
    /// `invalid_argument`, `unauthenticated`, `permission_denied`, `not_found`, `conflict`, `too_large`, `too_many`,
    /// `internal` or `unavailable`.
    pub code: String,
    /// What is wrong and what to do.
    pub detail: String,
    /// Under which the log of the server tells more.
    pub request_id: String,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vivencia",
        description = "What customers lived: events in, journeys out.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        collect::segment::routes::collect_call,
        collect::segment::routes::collect_pixel,
        collect::segment::routes::show_client_settings,
        collect::imports::routes::import_events,
        collect::imports::routes::preview_import,
        collect::exports::routes::export_events,
        collect::ledger::routes::count_events,
        collect::ledger::routes::verify_events,
        collect::ledger::routes::list_dead_letters,
        collect::ledger::routes::show_dead_letter,
        collect::ledger::routes::replay_dead_letter,
        collect::ledger::routes::replay_dead_letters,
        collect::live::routes::watch_events,
        collect::freshness::show_freshness,
        collect::keys::routes::list_keys,
        collect::keys::routes::create_key,
        collect::keys::routes::revoke_key,
        customers::routes::find_customers,
        customers::routes::show_customer,
        customers::routes::list_customer_events,
        customers::routes::merge_customers,
        customers::routes::undo_merge,
        journeys::effort::routes::compute_effort,
        journeys::frictions::routes::list_frictions,
        journeys::funnel::routes::compute_funnel,
        journeys::routes::compute_map,
        journeys::paths::routes::list_paths,
        journeys::routes::list_customers_behind,
        journeys::routes::list_channels,
        journeys::changes::list_changes,
        journeys::retention::compute_retention,
        journeys::life_cycle::compute_life_cycle,
        journeys::attribution::compute_attribution,
        journeys::daily::list_daily_counts,
        questions::routes::list_questions,
        questions::routes::create_question,
        questions::routes::show_question,
        questions::routes::update_question,
        questions::routes::delete_question,
        segments::routes::list_segments,
        segments::routes::create_segment,
        segments::routes::show_segment,
        segments::routes::delete_segment,
        segments::routes::count_segment,
        listening::comments::reading::analyse_comment,
        listening::comments::routes::list_comments,
        listening::comments::routes::list_similar_comments,
        listening::comments::routes::compute_comment_themes,
        listening::comments::routes::list_comment_news,
        listening::comments::routes::choose_quotes,
        listening::metrics::list_metrics,
        listening::metrics::create_metric,
        listening::metrics::update_metric,
        listening::metrics::delete_metric,
        listening::topics::routes::list_topics,
        listening::topics::routes::update_topics,
        listening::topics::routes::check_topic,
        listening::scores::compute_scores,
        listening::annotations::list_annotations,
        listening::annotations::create_annotation,
        listening::annotations::update_annotation,
        listening::annotations::delete_annotation,
        listening::planning::routes::show_contact_rule,
        listening::planning::routes::update_contact_rule,
        listening::planning::routes::forecast_survey,
        listening::planning::routes::count_planned_invitations,
        listening::drivers::find_drivers,
        listening::routes::list_surveys,
        listening::routes::list_survey_examples,
        listening::routes::check_survey,
        listening::routes::create_survey,
        listening::routes::show_survey,
        listening::routes::show_survey_version,
        listening::routes::draw_survey_code,
        listening::routes::update_survey,
        listening::routes::set_survey_state,
        listening::routes::invite_to_survey,
        listening::routes::list_survey_responses,
        listening::response::compute_response,
        mail::routes::test_mail,
        mail::routes::take_mail_report,
        mail::routes::list_mail_refusals,
        mail::routes::remove_mail_refusal,
        organisation::routes::show_organisation,
        organisation::routes::update_organisation,
        organisation::routes::list_activities,
        organisation::routes::update_activity,
        organisation::routes::list_properties,
        organisation::routes::list_findings,
        organisation::routes::list_audit,
        organisation::units::routes::list_units,
        organisation::units::routes::update_units,
        organisation::units::routes::update_unit,
        organisation::units::routes::delete_unit,
        organisation::rates::routes::list_rates,
        organisation::rates::routes::update_rates,
        organisation::rates::routes::update_rate,
        organisation::rates::routes::delete_rate,
        people::session::begin_session,
        people::session::show_session,
        people::session::update_me,
        people::session::end_session,
        people::session::change_my_password,
        people::session::list_my_sessions,
        people::session::end_my_other_sessions,
        people::session::end_my_session,
        people::routes::list_users,
        people::routes::update_user,
        people::routes::reset_password,
        people::routes::list_invitations,
        people::routes::create_invitation,
        people::routes::revoke_invitation,
        people::links::show_invitation,
        people::links::accept_invitation,
        people::setup::show_setup,
        people::setup::set_up,
    ),
    modifiers(&Keys, &People)
)]
struct Document;

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
            "A key as the bearer token, or as the user of Basic authentication. The scope is beside each operation; \
             `admin` includes the others.",
        ));
        components.add_security_scheme("key", SecurityScheme::Http(bearer.build()));
        let write_key = HttpBuilder::new().scheme(HttpAuthScheme::Basic).description(Some(
            "A key as the user of Basic authentication, or as `writeKey` in the body; Segment clients do either.",
        ));
        components.add_security_scheme("write_key", SecurityScheme::Http(write_key.build()));
    }
}

/// What somebody bound to a unit may do, a shop manager among them. The test of the door compares it with what is let in.
const WITHIN_SIGHT: &[&str] = &[
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
const BY_ANALYSTS: &[&str] = &[
    "create_question",
    "update_question",
    "delete_question",
    "create_segment",
    "delete_segment",
    "create_survey",
    "update_survey",
    "set_survey_state",
    "invite_to_survey",
    "create_metric",
    "update_metric",
    "delete_metric",
    "create_annotation",
    "update_annotation",
    "delete_annotation",
    "update_topics",
    "check_topic",
];

/// Says beside each operation which roles may call it in a session.
struct People;

impl Modify for People {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKeyValue::with_description(
            "__Host-vivencia",
            "The session of a person (`vivencia` where plain HTTP is spoken, on this machine). Requests that change something \
             carry `X-Vivencia: 1`. The roles that may call an operation are in its `x-roles`.",
        );
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        let operations = document.paths.paths.values_mut().flat_map(|item| {
            [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten()
        });
        for operation in operations {
            let roles = roles_of(operation);
            if roles.is_empty() {
                continue;
            }
            let known = operation.security.get_or_insert_default();
            let cookie = SecurityRequirement::new("cookie", Vec::<String>::new());
            if !known.contains(&cookie) {
                known.push(cookie);
            }
            let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            operation.extensions.get_or_insert_default().insert("x-roles".to_owned(), json!(roles));
        }
    }
}

/// The roles that may call an operation, by the scope that a key needs for it.
fn roles_of(operation: &Operation) -> &'static [Role] {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    let needs =
        |requirement: SecurityRequirement| operation.security.iter().flatten().any(|found| *found == requirement);
    let needs_scope = |scope: &str| needs(SecurityRequirement::new("key", [scope]));
    let is_for_everybody = needs(SecurityRequirement::new("cookie", Vec::<String>::new()));
    if is_for_everybody || WITHIN_SIGHT.contains(&id) {
        return &[Role::Owner, Role::Analyst, Role::ShopManager];
    }
    if needs_scope("read") || BY_ANALYSTS.contains(&id) {
        return &[Role::Owner, Role::Analyst];
    }
    if needs_scope("admin") || needs_scope("collect") {
        return &[Role::Owner];
    }
    &[]
}

/// The document as text, for the committed copy and for clients.
pub fn document() -> String {
    Document::openapi().to_pretty_json().unwrap_or_default()
}

pub fn routes() -> Router<App> {
    Router::new().route("/api/openapi.json", get(show_document)).route("/api/v1/openapi.json", get(show_document))
}

async fn show_document() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], document())
}
