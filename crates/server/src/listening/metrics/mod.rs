//! Metrics: those that come with the program, and those that the organisation defines. `docs/scores.md` says how.

mod dto;
mod service;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;

pub(crate) use self::dto::MetricDto;
use self::dto::{MetricDefinition, MetricsDto, NewMetric};
pub(crate) use self::service::{KnownMetric, KnownMetrics, list_known};
use crate::app::App;
use crate::auth::{Can, CanSee, ManageScores, ReadJourneys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/metrics",
            guarded(MethodFilter::GET, list_metrics).merge(guarded(MethodFilter::POST, create_metric)),
        )
        .route(
            "/api/v1/metrics/{name}",
            guarded(MethodFilter::PUT, update_metric).merge(guarded(MethodFilter::DELETE, delete_metric)),
        )
}

/// Lists the metrics: how answers become a score, with the source of the definition and an example. Those that come with the
/// program first.
#[utoipa::path(get, path = "/api/v1/metrics", tag = "listening", security(("key" = ["read"])),
    responses((status = 200, body = MetricsDto), Problem))]
pub async fn list_metrics(app: App, _: CanSee<ReadJourneys>) -> ApiResult<Json<MetricsDto>> {
    let known = app.blocking(service::list_known).await?;
    Ok(Json(MetricsDto { metrics: known.iter().map(Into::into).collect() }))
}

/// Defines a metric. Its example is its test: where the formula comes to another score than the example says, it is refused.
#[utoipa::path(post, path = "/api/v1/metrics", tag = "listening", security(("key" = ["admin"])),
    request_body = NewMetric, responses((status = 201, body = MetricDto), Problem))]
pub async fn create_metric(
    app: App,
    may: Can<ManageScores>,
    new: Json<NewMetric>,
) -> ApiResult<(StatusCode, Json<MetricDto>)> {
    let NewMetric { name, definition } = new.0;
    let metric = app.blocking(move |app| service::create_metric(app, &name, definition, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json((&metric).into())))
}

/// Defines a metric of one's own anew, also for answers that were given already.
#[utoipa::path(put, path = "/api/v1/metrics/{name}", tag = "listening", security(("key" = ["admin"])),
    params(("name" = String, Path, description = "`warmth`")), request_body = MetricDefinition,
    responses((status = 200, body = MetricDto), Problem))]
pub async fn update_metric(
    app: App,
    may: Can<ManageScores>,
    name: Path<String>,
    new: Json<MetricDefinition>,
) -> ApiResult<Json<MetricDto>> {
    let metric = app.blocking(move |app| service::update_metric(app, &name.0, new.0, &may.identity)).await?;
    Ok(Json((&metric).into()))
}

/// Deletes a metric of one's own. Answers stay what they are; questions that name the metric are refused from then on.
#[utoipa::path(delete, path = "/api/v1/metrics/{name}", tag = "listening", security(("key" = ["admin"])),
    params(("name" = String, Path, description = "`warmth`")),
    responses((status = 204, description = "It is deleted"), Problem))]
pub async fn delete_metric(app: App, may: Can<ManageScores>, name: Path<String>) -> ApiResult<StatusCode> {
    app.blocking(move |app| service::delete_metric(app, &name.0, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}
