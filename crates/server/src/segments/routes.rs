//! `/api/v1/segments`.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{NewSegment, SegmentDto, SegmentSizesDto, SegmentsDto};
use super::service;
use crate::app::App;
use crate::auth::{Can, CanSee, ReadJourneys, SaveQuestions, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, Query};
use crate::openapi::Problem;

const WEEKS: u32 = 12;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/segments",
            guarded(MethodFilter::GET, list_segments).merge(guarded(MethodFilter::POST, create_segment)),
        )
        .route(
            "/api/v1/segments/{id}",
            guarded(MethodFilter::GET, show_segment).merge(guarded(MethodFilter::DELETE, delete_segment)),
        )
        .route("/api/v1/segments/{id}/sizes", guarded(MethodFilter::GET, count_segment))
}

/// Lists the segments of customers that the organisation keeps.
#[utoipa::path(get, path = "/api/v1/segments", tag = "segments", security(("key" = ["read"])),
    responses((status = 200, body = SegmentsDto), Problem))]
pub async fn list_segments(app: App, _: CanSee<ReadJourneys>) -> ApiResult<Json<SegmentsDto>> {
    let segments = app.blocking(service::list_segments).await?;
    Ok(Json(SegmentsDto { segments: segments.into_iter().map(Into::into).collect() }))
}

/// Keeps a segment of customers for everybody in the organisation. It never changes what it means.
#[utoipa::path(post, path = "/api/v1/segments", tag = "segments", security(("key" = ["admin"])),
    request_body = NewSegment, responses((status = 201, body = SegmentDto), Problem))]
pub async fn create_segment(
    app: App,
    may: Can<SaveQuestions>,
    new: Json<NewSegment>,
) -> ApiResult<(StatusCode, Json<SegmentDto>)> {
    let segment = app.query(move |app| service::create_segment(app, new.0, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json(segment.into())))
}

/// Shows a segment that the organisation keeps.
#[utoipa::path(get, path = "/api/v1/segments/{id}", tag = "segments", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`seg_3`")), responses((status = 200, body = SegmentDto), Problem))]
pub async fn show_segment(app: App, _: CanSee<ReadJourneys>, id: Path<String>) -> ApiResult<Json<SegmentDto>> {
    let id = service::parse_segment(&id.0)?;
    Ok(Json(app.blocking(move |app| service::find_segment(app, id)).await?.into()))
}

/// Deletes a segment for everybody. Questions that name it are refused from then on.
#[utoipa::path(delete, path = "/api/v1/segments/{id}", tag = "segments", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`seg_3`")),
    responses((status = 204, description = "It is deleted"), Problem))]
pub async fn delete_segment(app: App, may: Can<SaveQuestions>, id: Path<String>) -> ApiResult<StatusCode> {
    let id = service::parse_segment(&id.0)?;
    app.blocking(move |app| service::delete_segment(app, id, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SizesQuery {
    /// Weeks looked back at: 0 to 53; 12 unless told.
    weeks: Option<u32>,
}

/// Counts who belongs to a segment now, and who did at the beginning of each of the last weeks. A key bound to a unit
/// counts the customers it sees.
#[utoipa::path(get, path = "/api/v1/segments/{id}/sizes", tag = "segments", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`seg_3`"), SizesQuery),
    responses((status = 200, body = SegmentSizesDto), Problem))]
pub async fn count_segment(
    app: App,
    may: CanSee<ReadJourneys>,
    id: Path<String>,
    query: Query<SizesQuery>,
) -> ApiResult<Json<SegmentSizesDto>> {
    let id = service::parse_segment(&id.0)?;
    let weeks = query.0.weeks.unwrap_or(WEEKS);
    app.query(move |app| service::count_sizes(app, id, weeks, &may.sight)).await.map(Json)
}
