//! Scores: what customers answered, over time and by channel, unit, touchpoint or another property. `docs/scores.md` says
//! how.

mod anonymous;
mod dto;
mod service;

use axum::Router;
use axum::routing::MethodFilter;
use utoipa::IntoParams;

use self::dto::ScoresDto;
use self::service::ScoresQuery;
pub(crate) use self::service::{SURVEY, find_survey};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, QueryPairs};
use crate::journeys::ExtentParams;
use crate::listening::metrics::list_known;
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/scores", guarded(MethodFilter::GET, compute_scores))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct ScoresParams {
    /// `nps`, `csat`, `ces`, `rating`, or a metric of one's own.
    metric: String,
    /// `day`, `week` or `month`; `week` unless told.
    every: Option<String>,
    /// Tells answers apart: `channel`, `unit`, or a property such as `touchpoint`.
    by: Option<String>,
    /// Only answers to this survey, those that belong to nobody too.
    survey: Option<String>,
    /// Of fewer answers no score is told, only how many they are: 1 to 1,000, 10 unless told.
    minimum: Option<u64>,
}

/// Computes a score with its interval of 95 %, over all of the period and in each part of it. Several answers of one customer
/// are not taken for independent evidence.
#[utoipa::path(get, path = "/api/v1/scores", tag = "listening", security(("key" = ["read"])),
    params(ScoresParams, ExtentParams), responses((status = 200, body = ScoresDto), Problem))]
pub async fn compute_scores(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<ScoresDto>> {
    let metrics = app.blocking(list_known).await?;
    let query = ScoresQuery::read(pairs.0, &metrics)?;
    app.query(move |app| service::compute_scores(app, &query, &may.sight)).await.map(Json)
}
