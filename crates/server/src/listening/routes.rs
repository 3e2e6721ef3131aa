//! `/api/v1/surveys`.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use bytes::Bytes;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{
    InvitationLinksDto, NewInvitations, NewSurveyState, SurveyDto, SurveyExamplesDto, SurveyResponsesDto, SurveysDto,
};
use super::service;
use crate::app::App;
use crate::auth::{Can, ManageSurveys, ReadSurveys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, Query};
use crate::openapi::Problem;

const PAGE_RESPONSES: u32 = 100;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/surveys",
            guarded(MethodFilter::GET, list_surveys).merge(guarded(MethodFilter::POST, create_survey)),
        )
        .route("/api/v1/surveys/examples", guarded(MethodFilter::GET, list_survey_examples))
        .route(
            "/api/v1/surveys/{id}",
            guarded(MethodFilter::GET, show_survey).merge(guarded(MethodFilter::PUT, update_survey)),
        )
        .route("/api/v1/surveys/{id}/state", guarded(MethodFilter::PUT, set_survey_state))
        .route("/api/v1/surveys/{id}/invitations", guarded(MethodFilter::POST, invite_to_survey))
        .route("/api/v1/surveys/{id}/responses", guarded(MethodFilter::GET, list_survey_responses))
}

/// Lists the surveys, with how many people came how far.
#[utoipa::path(get, path = "/api/v1/surveys", tag = "surveys", security(("key" = ["read"])),
    responses((status = 200, body = SurveysDto), Problem))]
pub async fn list_surveys(app: App, _: Can<ReadSurveys>) -> ApiResult<Json<SurveysDto>> {
    app.blocking(service::list_surveys).await.map(Json)
}

/// Lists the files of the surveys that come with the program, to begin with.
#[utoipa::path(get, path = "/api/v1/surveys/examples", tag = "surveys", security(("key" = ["read"])),
    responses((status = 200, body = SurveyExamplesDto), Problem))]
pub async fn list_survey_examples(_: App, _: Can<ReadSurveys>) -> ApiResult<Json<SurveyExamplesDto>> {
    Ok(Json(SurveyExamplesDto::all()))
}

/// Makes a survey out of its file. It is a draft until it is opened.
#[utoipa::path(post, path = "/api/v1/surveys", tag = "surveys", security(("key" = ["admin"])),
    request_body(content = serde_json::Value, description = "The file of a survey, as in docs/surveys.md"),
    responses((status = 201, body = SurveyDto), Problem))]
pub async fn create_survey(app: App, may: Can<ManageSurveys>, file: Bytes) -> ApiResult<(StatusCode, Json<SurveyDto>)> {
    let survey = app.blocking(move |app| service::create_survey(app, &file, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json(survey)))
}

/// Shows a survey with its newest version.
#[utoipa::path(get, path = "/api/v1/surveys/{id}", tag = "surveys", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`srv_3`")), responses((status = 200, body = SurveyDto), Problem))]
pub async fn show_survey(app: App, _: Can<ReadSurveys>, id: Path<String>) -> ApiResult<Json<SurveyDto>> {
    let id = service::parse_survey(&id.0)?;
    app.blocking(move |app| service::find_survey(app, id)).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct UpdateQuery {
    /// The version that the change was made on. Without it the newest one.
    version: Option<u32>,
}

/// Makes a file the next version of a survey. Answers that are being given keep the version they began with.
#[utoipa::path(put, path = "/api/v1/surveys/{id}", tag = "surveys", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`srv_3`"), UpdateQuery),
    request_body(content = serde_json::Value, description = "The file of a survey, with the name that it has"),
    responses((status = 200, body = SurveyDto), Problem))]
pub async fn update_survey(
    app: App,
    may: Can<ManageSurveys>,
    id: Path<String>,
    query: Query<UpdateQuery>,
    file: Bytes,
) -> ApiResult<Json<SurveyDto>> {
    let id = service::parse_survey(&id.0)?;
    app.blocking(move |app| service::update_survey(app, id, query.0.version, &file, &may.identity)).await.map(Json)
}

/// Opens a survey, closes it, or makes it a draft again.
#[utoipa::path(put, path = "/api/v1/surveys/{id}/state", tag = "surveys", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`srv_3`")), request_body = NewSurveyState,
    responses((status = 200, body = SurveyDto), Problem))]
pub async fn set_survey_state(
    app: App,
    may: Can<ManageSurveys>,
    id: Path<String>,
    new: Json<NewSurveyState>,
) -> ApiResult<Json<SurveyDto>> {
    let id = service::parse_survey(&id.0)?;
    app.blocking(move |app| service::set_state(app, id, new.0.state, &may.identity)).await.map(Json)
}

/// Makes links for people, all or none. Each can be answered once; its secret is shown this once.
#[utoipa::path(post, path = "/api/v1/surveys/{id}/invitations", tag = "surveys", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`srv_3`")), request_body = NewInvitations,
    responses((status = 201, body = InvitationLinksDto), Problem))]
pub async fn invite_to_survey(
    app: App,
    may: Can<ManageSurveys>,
    id: Path<String>,
    new: Json<NewInvitations>,
) -> ApiResult<(StatusCode, Json<InvitationLinksDto>)> {
    let id = service::parse_survey(&id.0)?;
    let links = app.blocking(move |app| service::invite(app, id, new.0, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json(links)))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ResponsesQuery {
    /// `next` of the page before.
    before: Option<String>,
    /// 1 to 1,000; 100 unless told.
    limit: Option<u32>,
}

/// Lists what was answered, the newest first, partial answers included.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/responses", tag = "surveys", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`srv_3`"), ResponsesQuery),
    responses((status = 200, body = SurveyResponsesDto), Problem))]
pub async fn list_survey_responses(
    app: App,
    may: Can<ReadSurveys>,
    id: Path<String>,
    query: Query<ResponsesQuery>,
) -> ApiResult<Json<SurveyResponsesDto>> {
    let id = service::parse_survey(&id.0)?;
    let ResponsesQuery { before, limit } = query.0;
    let limit = limit.unwrap_or(PAGE_RESPONSES);
    app.blocking(move |app| service::list_responses(app, id, before.as_deref(), limit, &may.identity)).await.map(Json)
}
