//! `/api/v1/journeys/…`.

use axum::Router;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodFilter;
use domain::CustomerId;
use utoipa::IntoParams;

use super::behind::{self, CustomersBehind, ElementParameters, WrittenElement};
use super::channels;
use super::customers_csv;
use super::dto::{ChannelsDto, CustomersBehindDto, MapDto};
use super::funnel::SEGMENT;
use super::moment::{Extent, ExtentParams};
use super::service;
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::openapi::Problem;
use crate::pieces::pieces_of;

const PAGE_CUSTOMERS: usize = 50;
const MOST_CUSTOMERS: usize = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(super::changes::routes())
        .merge(super::retention::routes())
        .merge(super::life_cycle::routes())
        .merge(super::attribution::routes())
        .merge(super::daily::routes())
        .route("/api/v1/journeys/funnel", guarded(MethodFilter::GET, super::funnel::routes::compute_funnel))
        .route("/api/v1/journeys/effort", guarded(MethodFilter::GET, super::effort::routes::compute_effort))
        .route("/api/v1/journeys/frictions", guarded(MethodFilter::GET, super::frictions::routes::list_frictions))
        .route("/api/v1/journeys/map", guarded(MethodFilter::GET, compute_map))
        .route("/api/v1/journeys/paths", guarded(MethodFilter::GET, super::paths::routes::list_paths))
        .route("/api/v1/journeys/customers", guarded(MethodFilter::GET, list_customers_behind))
        .route("/api/v1/channels", guarded(MethodFilter::GET, list_channels))
}

/// Reads a parameter that is one word or number.
pub(crate) fn read<T: std::str::FromStr>(name: &str, value: &str, expected: &str) -> Result<T, ApiError> {
    value.parse().map_err(|_| ApiError::invalid(format!("`{name}` is {expected}, not `{value}`")))
}

pub(crate) fn unknown(question: &str, name: &str) -> ApiError {
    ApiError::invalid(format!("{question} has no parameter `{name}`"))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct MapParams {
    /// Whether each edge has its exact median too.
    medians: Option<bool>,
}

/// Computes which activity directly follows which.
#[utoipa::path(get, path = "/api/v1/journeys/map", tag = "journeys", security(("key" = ["read"])), params(MapParams, ExtentParams),
    responses((status = 200, body = MapDto), Problem))]
pub async fn compute_map(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<MapDto>> {
    let (mut with_medians, mut extent) = (false, Extent::default());
    for (name, value) in pairs.0 {
        let Some(value) = extent.take(&name, value)? else { continue };
        match name.as_str() {
            "medians" => with_medians = read(&name, &value, "true or false")?,
            other => return Err(unknown("a map", other)),
        }
    }
    app.query(move |app| service::compute_map(app, with_medians, &extent, &may.sight)).await.map(Json)
}

/// Lists the channels on which something happened, by name, with how many events. A key bound to a unit lists those of
/// the events it sees.
#[utoipa::path(get, path = "/api/v1/channels", tag = "journeys", security(("key" = ["read"])),
    responses((status = 200, body = ChannelsDto), Problem))]
pub async fn list_channels(app: App, may: CanSee<ReadJourneys>) -> ApiResult<Json<ChannelsDto>> {
    app.query(move |app| channels::list_channels(app, &may.sight)).await.map(Json)
}

/// What the parameters of a question for customers are: exactly one of the elements, and what it takes.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct CustomersBehindParams {
    /// Whether everybody is asked for who did anything at all.
    everybody: Option<bool>,
    /// Those who did this activity.
    activity: Option<String>,
    /// With `to_activity`: those who did that one directly after this one.
    from_activity: Option<String>,
    to_activity: Option<String>,
    /// Those whose journey starts with this activity.
    starts_with: Option<String>,
    /// Those whose journey ends with this activity.
    ends_with: Option<String>,
    /// Those who took this path: an activity; repeat it for each, in order.
    path: Option<Vec<String>>,
    /// With `path`: whether the journey must end with it.
    ends: Option<bool>,
    /// Those who did this activity at least once without taking one of the `top` paths of `length` activities from it on.
    tail_of: Option<String>,
    /// With `passing` or `tail`: those who took one of the `top` paths of `length` activities from this activity on.
    paths_from: Option<String>,
    /// The same of paths to this activity.
    paths_to: Option<String>,
    /// The same of paths through this activity.
    paths_through: Option<String>,
    /// The same of whole histories or visits.
    paths_start: Option<bool>,
    /// With a question for paths: only those that have this activity at `position`; repeat it for what directly follows.
    passing: Option<Vec<String>>,
    /// With `passing`: where in the path; the first activity is 1, and 1 unless told.
    position: Option<usize>,
    /// With `paths_start`: exactly the path that `passing` names, after which more followed (true) or nothing did (false).
    goes_on: Option<bool>,
    /// With a question for paths: those who have at least one occurrence in none of the paths shown.
    tail: Option<bool>,
    /// With a question for paths: as that one has them.
    length: Option<usize>,
    top: Option<usize>,
    before: Option<usize>,
    within: Option<String>,
    collapsed: Option<bool>,
    /// With `reached` or `dropped_after`: a step of the funnel; repeat it for each, in order.
    step: Option<Vec<String>>,
    /// Those who met this friction: what `element` of the question for frictions says, asked with the same `goal`, `start`,
    /// `window`, `horizon`, `repetitions` and `contact_span`.
    friction: Option<String>,
    horizon: Option<String>,
    repetitions: Option<u32>,
    contact_span: Option<String>,
    /// With `measure`: those who reached this activity, at least once with so much effort; repeat it for several.
    goal: Option<Vec<String>>,
    /// With `goal`: as the question about effort has it.
    start: Option<Vec<String>>,
    /// With `goal`: `steps`, `contacts`, `channels`, `channel_changes`, `waiting_ms` or `elapsed_ms`.
    measure: Option<String>,
    /// With `measure`: so much or more; 0 unless told.
    at_least: Option<u64>,
    /// With `step`: as the question for a funnel has them.
    window: Option<String>,
    window_runs: Option<String>,
    order: Option<String>,
    count: Option<String>,
    /// With `step`: what the funnel is broken down by, and the value whose customers are asked for.
    by: Option<String>,
    value: Option<String>,
    /// Those who reached this step; the first is 1.
    reached: Option<usize>,
    /// Those who reached this step and not the next; the first is 1.
    dropped_after: Option<usize>,
    /// At most 1,000; 50 unless told.
    limit: Option<usize>,
    /// What `next` of the page before said.
    after: Option<String>,
    /// `json` or `csv`; `csv` streams everybody, whatever `limit` and `after` say, and is audited.
    format: Option<String>,
}

pub(crate) struct CustomersBehindQuery {
    pub element: WrittenElement,
    pub extent: Extent,
    limit: usize,
    after: Option<CustomerId>,
    is_csv: bool,
}

impl CustomersBehindQuery {
    pub fn read(pairs: Vec<(String, String)>) -> Result<CustomersBehindQuery, ApiError> {
        let mut asked = ElementParameters::default();
        let (mut extent, mut limit, mut after, mut is_csv) = (Extent::default(), PAGE_CUSTOMERS, None, false);
        for (name, value) in pairs {
            let Some(value) = extent.take(&name, value)? else { continue };
            let Some(value) = asked.take(&name, value)? else { continue };
            match name.as_str() {
                "everybody" => asked.is_everybody = read(&name, &value, "true or false")?,
                "activity" => asked.activity = Some(value),
                "from_activity" => asked.from_activity = Some(value),
                "to_activity" => asked.to_activity = Some(value),
                "starts_with" => asked.starts_with = Some(value),
                "ends_with" => asked.ends_with = Some(value),
                "path" => asked.path.push(value),
                "ends" => asked.is_end = read(&name, &value, "true or false")?,
                "passing" => asked.passing.push(value),
                "position" => asked.position = Some(read(&name, &value, "a place in a path")?),
                "goes_on" => asked.goes_on = Some(read(&name, &value, "true or false")?),
                "tail" => asked.is_tail = read(&name, &value, "true or false")?,
                "goal" => asked.effort.goal.push(value),
                "start" => asked.effort.start.push(value),
                "measure" => asked.measure = Some(value),
                "at_least" => asked.at_least = read(&name, &value, "a whole number")?,
                "friction" => asked.friction = Some(value),
                "by" => asked.by = Some(value),
                "value" => asked.value = Some(value),
                "reached" => asked.reached = Some(read(&name, &value, "the number of a step")?),
                "dropped_after" => asked.dropped_after = Some(read(&name, &value, "the number of a step")?),
                "limit" => limit = read(&name, &value, "a number of customers")?,
                "after" => after = Some(parse_customer(&value)?),
                "format" => is_csv = parse_format(&value)?,
                other => return Err(unknown("a question for customers", other)),
            }
        }
        // Customers of a segment are those of the step among its customers.
        if asked.by.as_deref() == Some(SEGMENT) {
            asked.by = None;
            let segment = asked.value.take();
            extent
                .segments
                .push(segment.ok_or_else(|| ApiError::invalid("`by=segment` needs `value`, such as seg_1"))?);
        }
        let limit = limit.clamp(1, MOST_CUSTOMERS);
        Ok(CustomersBehindQuery { element: asked.read()?, extent, limit, after, is_csv })
    }
}

fn parse_customer(text: &str) -> Result<CustomerId, ApiError> {
    text.parse().map_err(|cause: domain::ids::InvalidId| ApiError::invalid(cause.to_string()))
}

fn parse_format(text: &str) -> Result<bool, ApiError> {
    match text {
        "json" => Ok(false),
        "csv" => Ok(true),
        other => Err(ApiError::invalid(format!("`{other}` is not a format of customers; they are json and csv"))),
    }
}

/// Lists the customers behind an element of a map, of paths or of a funnel: as many as the number on it says. A key bound
/// to a unit sees their ids and not who they are.
#[utoipa::path(get, path = "/api/v1/journeys/customers", tag = "journeys", security(("key" = ["read"])),
    params(CustomersBehindParams, ExtentParams), responses((status = 200, body = CustomersBehindDto), Problem))]
pub async fn list_customers_behind(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Response> {
    let CustomersBehindQuery { element, extent, limit, after, is_csv } = CustomersBehindQuery::read(pairs.0)?;
    if is_csv {
        return export_customers(app, element, extent, may).await;
    }
    let answer =
        app.query(move |app| behind::list_customers_behind(app, element, &extent, &may.sight, after, limit)).await?;
    Ok(Json(answer).into_response())
}

/// Streams everybody behind an element as CSV.
async fn export_customers(
    app: App,
    element: WrittenElement,
    extent: Extent,
    may: CanSee<ReadJourneys>,
) -> ApiResult<Response> {
    let asked = app
        .query(move |app| {
            app.log.sync_state()?;
            behind::record_customers_export(app, &element, &extent, &may.identity)?;
            CustomersBehind::now(app, element, &extent, &may.sight)?.checked()
        })
        .await?;
    let body = pieces_of(app, move |app, writer| customers_csv::write_customers(app, asked, writer));
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, "attachment; filename=\"customers.csv\"")];
    Ok((headers, body).into_response())
}
