//! `/api/v1/journeys/…`.

use axum::Router;
use axum::routing::MethodFilter;
use domain::time::{DAY_MS, parse_window_ms};
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{FunnelDto, MapDto, PathsDto};
use super::service::{self, Period};
use super::steps::split_steps;
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Query, QueryPairs};
use crate::openapi::Problem;

const WINDOW_MS: i64 = 7 * DAY_MS;
const PATH_LENGTH: usize = 5;
const TOP_PATHS: usize = 50;
const MOST_PATHS: usize = 10_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/journeys/funnel", guarded(MethodFilter::GET, compute_funnel))
        .route("/api/v1/journeys/map", guarded(MethodFilter::GET, compute_map))
        .route("/api/v1/journeys/paths", guarded(MethodFilter::GET, list_paths))
}

/// What the parameters of a funnel are; `step` repeats, which the reader of queries cannot express.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct FunnelParams {
    /// An activity; repeat it for each step, in order. Conditions on laid-out properties may follow in brackets, and all
    /// of them must hold: `Order Completed[payment_method=card][store_id!=7]`.
    step: Vec<String>,
    /// Instead of `step`: all steps, separated by commas; `\,` or double quotes for a comma inside a name.
    steps: Option<String>,
    /// From the first step to the last, such as `7d`, `12h`, `30min`; 7 days unless told.
    window: Option<String>,
    /// First day, of the organisation's calendar.
    from: Option<String>,
    /// The day after the last.
    to: Option<String>,
}

struct FunnelQuery {
    steps: Vec<String>,
    window_ms: i64,
    period: Period,
}

impl FunnelQuery {
    fn read(pairs: Vec<(String, String)>) -> Result<FunnelQuery, ApiError> {
        let mut query = FunnelQuery { steps: Vec::new(), window_ms: WINDOW_MS, period: Period::default() };
        for (name, value) in pairs {
            match name.as_str() {
                "step" => query.steps.push(value),
                "steps" => query.steps.extend(split_steps(&value)?),
                "window" => query.window_ms = parse_window_ms(&value)?,
                "from" => query.period.from = Some(value),
                "to" => query.period.to = Some(value),
                other => return Err(ApiError::invalid(format!("a funnel has no parameter `{other}`"))),
            }
        }
        if query.steps.is_empty() {
            return Err(ApiError::invalid("a funnel needs steps: send `step=…` for each, in order"));
        }
        Ok(query)
    }
}

/// Computes how many customers take steps in order within a window, and how long each step takes them.
#[utoipa::path(get, path = "/api/v1/journeys/funnel", tag = "journeys", security(("key" = ["read"])),
    params(FunnelParams), responses((status = 200, body = FunnelDto), Problem))]
pub async fn compute_funnel(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<FunnelDto>> {
    let query = FunnelQuery::read(pairs.0)?;
    app.query(move |app| service::compute_funnel(app, &query.steps, query.window_ms, &query.period, &may.sight))
        .await
        .map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct MapQuery {
    /// Whether each edge has its exact median too.
    #[serde(default)]
    medians: bool,
    /// First day, of the organisation's calendar.
    from: Option<String>,
    /// The day after the last.
    to: Option<String>,
}

/// Computes which activity directly follows which.
#[utoipa::path(get, path = "/api/v1/journeys/map", tag = "journeys", security(("key" = ["read"])), params(MapQuery),
    responses((status = 200, body = MapDto), Problem))]
pub async fn compute_map(app: App, may: CanSee<ReadJourneys>, query: Query<MapQuery>) -> ApiResult<Json<MapDto>> {
    let MapQuery { medians, from, to } = query.0;
    app.query(move |app| service::compute_map(app, medians, &Period { from, to }, &may.sight)).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PathsQuery {
    /// The activity with which the paths start.
    from_activity: String,
    /// Activities of a path, the first included: 1 to 64; 5 unless told.
    length: Option<usize>,
    /// Paths shown, the most frequent ones: 1 to 10,000; 50 unless told.
    top: Option<usize>,
    /// First day, of the organisation's calendar.
    from: Option<String>,
    /// The day after the last.
    to: Option<String>,
}

/// Lists the paths that customers took from an activity on.
#[utoipa::path(get, path = "/api/v1/journeys/paths", tag = "journeys", security(("key" = ["read"])), params(PathsQuery),
    responses((status = 200, body = PathsDto), Problem))]
pub async fn list_paths(app: App, may: CanSee<ReadJourneys>, query: Query<PathsQuery>) -> ApiResult<Json<PathsDto>> {
    let PathsQuery { from_activity, length, top, from, to } = query.0;
    let top = top.unwrap_or(TOP_PATHS);
    if top == 0 || top > MOST_PATHS {
        return Err(ApiError::invalid(format!("`top` is 1 to {MOST_PATHS}, not {top}")));
    }
    let length = length.unwrap_or(PATH_LENGTH);
    app.query(move |app| service::list_paths(app, &from_activity, length, top, &Period { from, to }, &may.sight))
        .await
        .map(Json)
}
