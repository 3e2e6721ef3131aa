//! `/api/v1/contact-rule`, and what surveys plan.

use axum::Router;
use axum::routing::MethodFilter;
use bytes::Bytes;

use super::dto::{ContactRuleDto, ForecastDto, PlannedInvitationsDto};
use super::service;
use crate::app::App;
use crate::auth::{Can, ManageOrganisation, ReadSurveys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path};
use crate::listening::service::parse_survey;
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/contact-rule",
            guarded(MethodFilter::GET, show_contact_rule).merge(guarded(MethodFilter::PUT, update_contact_rule)),
        )
        .route("/api/v1/surveys/forecast", guarded(MethodFilter::POST, forecast_survey))
        .route("/api/v1/surveys/{id}/planned", guarded(MethodFilter::GET, count_planned_invitations))
}

/// Shows how often one customer may be interrupted, whatever for.
#[utoipa::path(get, path = "/api/v1/contact-rule", tag = "surveys", security(("key" = ["read"])),
    responses((status = 200, body = ContactRuleDto), Problem))]
pub async fn show_contact_rule(app: App, _: Can<ReadSurveys>) -> ApiResult<Json<ContactRuleDto>> {
    app.blocking(service::find_contact_rule).await.map(Json)
}

/// Says how often one customer may be interrupted. It holds from now on, for what is planned already too.
#[utoipa::path(put, path = "/api/v1/contact-rule", tag = "surveys", security(("key" = ["admin"])),
    request_body = ContactRuleDto, responses((status = 200, body = ContactRuleDto), Problem))]
pub async fn update_contact_rule(
    app: App,
    may: Can<ManageOrganisation>,
    new: Json<ContactRuleDto>,
) -> ApiResult<Json<ContactRuleDto>> {
    app.blocking(move |app| service::update_contact_rule(app, new.0, &may.identity)).await.map(Json)
}

/// Says how many answers a survey's file may expect each week and who would be asked, from what happened in the last four weeks.
/// Nothing is kept.
#[utoipa::path(post, path = "/api/v1/surveys/forecast", tag = "surveys", security(("key" = ["read"])),
    request_body(content = serde_json::Value, description = "The file of a survey, as in docs/surveys.md"),
    responses((status = 200, body = ForecastDto), Problem))]
pub async fn forecast_survey(app: App, _: Can<ReadSurveys>, file: Bytes) -> ApiResult<Json<ForecastDto>> {
    app.query(move |app| service::forecast_survey(app, &file)).await.map(Json)
}

/// Counts whom a survey is about to invite by itself, and what became of those before.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/planned", tag = "surveys", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`srv_3`")), responses((status = 200, body = PlannedInvitationsDto), Problem))]
pub async fn count_planned_invitations(
    app: App,
    _: Can<ReadSurveys>,
    id: Path<String>,
) -> ApiResult<Json<PlannedInvitationsDto>> {
    let id = parse_survey(&id.0)?;
    app.blocking(move |app| service::count_planned(app, id)).await.map(Json)
}
