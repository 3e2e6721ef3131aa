//! Annotations: what happened to the company, beside what customers said at the time. `docs/scores.md` says how.

mod dto;
mod service;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use serde::Deserialize;
use utoipa::IntoParams;

pub(crate) use self::dto::AnnotationDto;
use self::dto::{AnnotationsDto, NewAnnotation};
pub(crate) use self::service::list_between;
use crate::app::App;
use crate::auth::{Can, CanSee, ManageScores, ReadJourneys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, Query};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/annotations",
            guarded(MethodFilter::GET, list_annotations).merge(guarded(MethodFilter::POST, create_annotation)),
        )
        .route(
            "/api/v1/annotations/{id}",
            guarded(MethodFilter::PUT, update_annotation).merge(guarded(MethodFilter::DELETE, delete_annotation)),
        )
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct AnnotationsQuery {
    /// Only what lasted until this day, or longer.
    #[param(example = "2026-03-01")]
    from: Option<String>,
    /// Only what had begun before this day.
    #[param(example = "2026-04-01")]
    to: Option<String>,
}

/// Lists what happened to the company, as people entered it, by day. A key bound to a unit lists what was about its units, and
/// what was about no unit.
#[utoipa::path(get, path = "/api/v1/annotations", tag = "listening", security(("key" = ["read"])),
    params(AnnotationsQuery), responses((status = 200, body = AnnotationsDto), Problem))]
pub async fn list_annotations(
    app: App,
    may: CanSee<ReadJourneys>,
    query: Query<AnnotationsQuery>,
) -> ApiResult<Json<AnnotationsDto>> {
    let AnnotationsQuery { from, to } = query.0;
    let list = move |app: &App| service::list_annotations(app, from.as_deref(), to.as_deref(), &may.sight);
    let annotations = app.blocking(list).await?;
    Ok(Json(AnnotationsDto { annotations: annotations.into_iter().map(Into::into).collect() }))
}

/// Enters something that happened to the company.
#[utoipa::path(post, path = "/api/v1/annotations", tag = "listening", security(("key" = ["admin"])),
    request_body = NewAnnotation, responses((status = 201, body = AnnotationDto), Problem))]
pub async fn create_annotation(
    app: App,
    may: Can<ManageScores>,
    new: Json<NewAnnotation>,
) -> ApiResult<(StatusCode, Json<AnnotationDto>)> {
    let annotation = app.blocking(move |app| service::create_annotation(app, new.0, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json(annotation.into())))
}

/// Says anew what happened; what is absent is nothing, not what it was.
#[utoipa::path(put, path = "/api/v1/annotations/{id}", tag = "listening", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`ann_3`")), request_body = NewAnnotation,
    responses((status = 200, body = AnnotationDto), Problem))]
pub async fn update_annotation(
    app: App,
    may: Can<ManageScores>,
    id: Path<String>,
    new: Json<NewAnnotation>,
) -> ApiResult<Json<AnnotationDto>> {
    let id = service::parse_annotation(&id.0)?;
    let annotation = app.blocking(move |app| service::update_annotation(app, id, new.0, &may.identity)).await?;
    Ok(Json(annotation.into()))
}

/// Takes an annotation back.
#[utoipa::path(delete, path = "/api/v1/annotations/{id}", tag = "listening", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`ann_3`")),
    responses((status = 204, description = "It is deleted"), Problem))]
pub async fn delete_annotation(app: App, may: Can<ManageScores>, id: Path<String>) -> ApiResult<StatusCode> {
    let id = service::parse_annotation(&id.0)?;
    app.blocking(move |app| service::delete_annotation(app, id, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}
