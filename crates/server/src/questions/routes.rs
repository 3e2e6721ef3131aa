//! `/api/v1/questions`.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use domain::QuestionId;

use super::dto::{NewQuestion, QuestionChange, SavedQuestionDto, SavedQuestionsDto};
use super::service;
use crate::app::App;
use crate::auth::{Can, ReadJourneys, SaveQuestions, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Path};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/questions",
            guarded(MethodFilter::GET, list_questions).merge(guarded(MethodFilter::POST, create_question)),
        )
        .route(
            "/api/v1/questions/{id}",
            guarded(MethodFilter::GET, show_question)
                .merge(guarded(MethodFilter::PUT, update_question))
                .merge(guarded(MethodFilter::DELETE, delete_question)),
        )
}

/// Lists the questions that the organisation keeps.
#[utoipa::path(get, path = "/api/v1/questions", tag = "questions", security(("key" = ["read"])),
    responses((status = 200, body = SavedQuestionsDto), Problem))]
pub async fn list_questions(app: App, _: Can<ReadJourneys>) -> ApiResult<Json<SavedQuestionsDto>> {
    Ok(Json(SavedQuestionsDto { questions: app.blocking(service::list_questions).await? }))
}

/// Keeps a question for everybody in the organisation.
#[utoipa::path(post, path = "/api/v1/questions", tag = "questions", security(("key" = ["admin"])),
    request_body = NewQuestion, responses((status = 201, body = SavedQuestionDto), Problem))]
pub async fn create_question(
    app: App,
    may: Can<SaveQuestions>,
    new: Json<NewQuestion>,
) -> ApiResult<(StatusCode, Json<SavedQuestionDto>)> {
    let saved = app.blocking(move |app| service::create_question(app, new.0, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json(saved)))
}

/// Shows a question that the organisation keeps.
#[utoipa::path(get, path = "/api/v1/questions/{id}", tag = "questions", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`que_3`")), responses((status = 200, body = SavedQuestionDto), Problem))]
pub async fn show_question(app: App, _: Can<ReadJourneys>, id: Path<String>) -> ApiResult<Json<SavedQuestionDto>> {
    let id = parse_question(&id.0)?;
    app.blocking(move |app| service::show_question(app, id)).await.map(Json)
}

/// Changes a question, unless somebody else did since it was read.
#[utoipa::path(put, path = "/api/v1/questions/{id}", tag = "questions", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`que_3`")), request_body = QuestionChange,
    responses((status = 200, body = SavedQuestionDto), Problem))]
pub async fn update_question(
    app: App,
    may: Can<SaveQuestions>,
    id: Path<String>,
    change: Json<QuestionChange>,
) -> ApiResult<Json<SavedQuestionDto>> {
    let id = parse_question(&id.0)?;
    app.blocking(move |app| service::update_question(app, id, change.0, &may.identity)).await.map(Json)
}

/// Deletes a question for everybody.
#[utoipa::path(delete, path = "/api/v1/questions/{id}", tag = "questions", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`que_3`")),
    responses((status = 204, description = "It is deleted"), Problem))]
pub async fn delete_question(app: App, may: Can<SaveQuestions>, id: Path<String>) -> ApiResult<StatusCode> {
    let id = parse_question(&id.0)?;
    app.blocking(move |app| service::delete_question(app, id, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn parse_question(text: &str) -> Result<QuestionId, ApiError> {
    text.parse().map_err(|cause: domain::ids::InvalidId| ApiError::invalid(cause.to_string()))
}
