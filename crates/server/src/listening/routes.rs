//! `/api/v1/surveys`.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::MethodFilter;
use bytes::Bytes;
use serde::Deserialize;
use utoipa::IntoParams;

use super::check::SurveyCheckDto;
use super::dto::{
    InvitationLinksDto, NewInvitations, NewSurveyState, OpenLinkDaysDto, SurveyDto, SurveyExamplesDto,
    SurveyResponsesDto, SurveysDto,
};
use super::{check, qr, service};
use crate::app::App;
use crate::auth::{Can, ManageSurveys, ReadSurveys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, Query};
use crate::openapi::Problem;

const PAGE_RESPONSES: u32 = 100;
const OPEN_LINK_DAYS: u16 = 90;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/surveys",
            guarded(MethodFilter::GET, list_surveys).merge(guarded(MethodFilter::POST, create_survey)),
        )
        .route("/api/v1/surveys/check", guarded(MethodFilter::POST, check_survey))
        .route("/api/v1/surveys/examples", guarded(MethodFilter::GET, list_survey_examples))
        .route(
            "/api/v1/surveys/{id}",
            guarded(MethodFilter::GET, show_survey).merge(guarded(MethodFilter::PUT, update_survey)),
        )
        .route("/api/v1/surveys/{id}/versions/{version}", guarded(MethodFilter::GET, show_survey_version))
        .route("/api/v1/surveys/{id}/qr.svg", guarded(MethodFilter::GET, draw_survey_code))
        .route("/api/v1/surveys/{id}/state", guarded(MethodFilter::PUT, set_survey_state))
        .route("/api/v1/surveys/{id}/invitations", guarded(MethodFilter::POST, invite_to_survey))
        .route("/api/v1/surveys/{id}/open-link", guarded(MethodFilter::GET, list_open_link_days))
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

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CheckQuery {
    /// Of the preview; the survey's own nearest one.
    language: Option<String>,
}

/// Says what is wrong with a survey's file and shows its page, without keeping anything.
#[utoipa::path(post, path = "/api/v1/surveys/check", tag = "surveys", security(("key" = ["read"])), params(CheckQuery),
    request_body(content = serde_json::Value, description = "The file of a survey, as in docs/surveys.md"),
    responses((status = 200, body = SurveyCheckDto), Problem))]
pub async fn check_survey(
    app: App,
    _: Can<ReadSurveys>,
    query: Query<CheckQuery>,
    file: Bytes,
) -> ApiResult<Json<SurveyCheckDto>> {
    app.blocking(move |app| check::check(app, &file, query.0.language.as_deref())).await.map(Json)
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

/// Shows the file of one version of a survey.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/versions/{version}", tag = "surveys", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`srv_3`"), ("version" = u32, Path, description = "1 to that of the survey")),
    responses((status = 200, body = serde_json::Value), Problem))]
pub async fn show_survey_version(
    app: App,
    _: Can<ReadSurveys>,
    path: Path<(String, u32)>,
) -> ApiResult<Json<serde_json::Value>> {
    let (id, version) = path.0;
    let id = service::parse_survey(&id)?;
    app.blocking(move |app| service::find_version(app, id, version)).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CodeQuery {
    /// What the answers are about, `channel:activity`.
    touchpoint: Option<String>,
    /// Where the code hangs.
    unit: Option<String>,
}

/// Draws the open link of a survey as a QR code, with what its answers are about.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/qr.svg", tag = "surveys", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`srv_3`"), CodeQuery),
    responses((status = 200, body = String, content_type = "image/svg+xml"), Problem))]
pub async fn draw_survey_code(
    app: App,
    _: Can<ReadSurveys>,
    id: Path<String>,
    query: Query<CodeQuery>,
) -> ApiResult<impl IntoResponse> {
    let id = service::parse_survey(&id.0)?;
    let CodeQuery { touchpoint, unit } = query.0;
    let drawing = app.blocking(move |app| qr::draw(app, id, touchpoint.as_deref(), unit.as_deref())).await?;
    Ok(([(CONTENT_TYPE, "image/svg+xml")], drawing))
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
pub struct OpenLinkQuery {
    /// Days back from today: 1 to 400, 90 unless told.
    days: Option<u16>,
}

/// Counts what came by the open link of a survey, by day: pages seen, begun and sent.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/open-link", tag = "surveys", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`srv_3`"), OpenLinkQuery),
    responses((status = 200, body = OpenLinkDaysDto), Problem))]
pub async fn list_open_link_days(
    app: App,
    _: Can<ReadSurveys>,
    id: Path<String>,
    query: Query<OpenLinkQuery>,
) -> ApiResult<Json<OpenLinkDaysDto>> {
    let id = service::parse_survey(&id.0)?;
    let days = query.0.days.unwrap_or(OPEN_LINK_DAYS);
    app.blocking(move |app| service::list_open_link_days(app, id, days)).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ResponsesQuery {
    /// `next` of the page before.
    before: Option<String>,
    /// 1 to 1,000; 100 unless told.
    limit: Option<u32>,
    /// `with`: only answers with marks; `without`: only those with none.
    marks: Option<String>,
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
    let ResponsesQuery { before, limit, marks } = query.0;
    let asked = service::AskedResponses {
        before: before.as_deref().map(service::parse_response).transpose()?,
        limit: limit.unwrap_or(PAGE_RESPONSES),
        is_marked: marks.as_deref().map(service::parse_marks).transpose()?,
    };
    app.blocking(move |app| service::list_responses(app, id, &asked, &may.identity)).await.map(Json)
}
