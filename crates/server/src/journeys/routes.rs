//! `/api/v1/journeys/…`.

use axum::Router;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodFilter;
use domain::CustomerId;
use domain::time::{DAY_MS, parse_window_ms};
use utoipa::IntoParams;

use super::behind::{self, CustomersBehind, ElementParameters, WrittenElement};
use super::channels;
use super::customers_csv;
use super::dto::{ChannelsDto, CustomersBehindDto, FunnelDto, MapDto, PathsDto};
use super::moment::{Extent, ExtentParams};
use super::service;
use super::steps::split_steps;
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::openapi::Problem;
use crate::pieces::pieces_of;

const WINDOW_MS: i64 = 7 * DAY_MS;
const PATH_LENGTH: usize = 5;
const TOP_PATHS: usize = 50;
const MOST_PATHS: usize = 10_000;
const PAGE_CUSTOMERS: usize = 50;
const MOST_CUSTOMERS: usize = 1_000;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(super::changes::routes())
        .merge(super::retention::routes())
        .merge(super::life_cycle::routes())
        .merge(super::attribution::routes())
        .merge(super::daily::routes())
        .route("/api/v1/journeys/funnel", guarded(MethodFilter::GET, compute_funnel))
        .route("/api/v1/journeys/map", guarded(MethodFilter::GET, compute_map))
        .route("/api/v1/journeys/paths", guarded(MethodFilter::GET, list_paths))
        .route("/api/v1/journeys/customers", guarded(MethodFilter::GET, list_customers_behind))
        .route("/api/v1/channels", guarded(MethodFilter::GET, list_channels))
}

/// Reads a parameter that is one word or number.
pub(super) fn read<T: std::str::FromStr>(name: &str, value: &str, expected: &str) -> Result<T, ApiError> {
    value.parse().map_err(|_| ApiError::invalid(format!("`{name}` is {expected}, not `{value}`")))
}

pub(super) fn unknown(question: &str, name: &str) -> ApiError {
    ApiError::invalid(format!("{question} has no parameter `{name}`"))
}

/// What the parameters of a funnel are; `step` and `channel` repeat, which the reader of queries cannot express.
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
    /// Whether each step but the last says what those did next who dropped out there.
    after_dropping: Option<bool>,
}

struct FunnelQuery {
    steps: Vec<String>,
    window_ms: i64,
    with_after_dropping: bool,
    extent: Extent,
}

impl FunnelQuery {
    fn read(pairs: Vec<(String, String)>) -> Result<FunnelQuery, ApiError> {
        let mut query = FunnelQuery {
            steps: Vec::new(),
            window_ms: WINDOW_MS,
            with_after_dropping: false,
            extent: Extent::default(),
        };
        for (name, value) in pairs {
            let Some(value) = query.extent.take(&name, value)? else { continue };
            match name.as_str() {
                "step" => query.steps.push(value),
                "steps" => query.steps.extend(split_steps(&value)?),
                "window" => query.window_ms = parse_window_ms(&value)?,
                "after_dropping" => query.with_after_dropping = read(&name, &value, "true or false")?,
                other => return Err(unknown("a funnel", other)),
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
    params(FunnelParams, ExtentParams), responses((status = 200, body = FunnelDto), Problem))]
pub async fn compute_funnel(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<FunnelDto>> {
    let query = FunnelQuery::read(pairs.0)?;
    app.query(move |app| {
        let FunnelQuery { steps, window_ms, with_after_dropping, extent } = &query;
        service::compute_funnel(app, steps, *window_ms, *with_after_dropping, extent, &may.sight)
    })
    .await
    .map(Json)
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

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct PathsParams {
    /// The activity with which the paths start.
    from_activity: String,
    /// Activities of a path, the first included: 1 to 64; 5 unless told.
    length: Option<usize>,
    /// Paths shown, the most frequent ones: 1 to 10,000; 50 unless told.
    top: Option<usize>,
}

/// Lists the paths that customers took from an activity on.
#[utoipa::path(get, path = "/api/v1/journeys/paths", tag = "journeys", security(("key" = ["read"])), params(PathsParams, ExtentParams),
    responses((status = 200, body = PathsDto), Problem))]
pub async fn list_paths(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<PathsDto>> {
    let (mut from_activity, mut length, mut top, mut extent) = (None, PATH_LENGTH, TOP_PATHS, Extent::default());
    for (name, value) in pairs.0 {
        let Some(value) = extent.take(&name, value)? else { continue };
        match name.as_str() {
            "from_activity" => from_activity = Some(value),
            "length" => length = read(&name, &value, "a number of activities")?,
            "top" => top = read(&name, &value, "a number of paths")?,
            other => return Err(unknown("a question about paths", other)),
        }
    }
    let Some(from_activity) = from_activity else {
        return Err(ApiError::invalid("paths need an activity to start with: send `from_activity=…`"));
    };
    check_top(top)?;
    app.query(move |app| service::list_paths(app, &from_activity, length, top, &extent, &may.sight)).await.map(Json)
}

fn check_top(top: usize) -> Result<(), ApiError> {
    if top == 0 || top > MOST_PATHS {
        return Err(ApiError::invalid(format!("`top` is 1 to {MOST_PATHS}, not {top}")));
    }
    Ok(())
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
    /// With `passing`: those who took one of the `top` paths of `length` activities from this activity on.
    paths_from: Option<String>,
    /// With `paths_from`: only paths that have this activity at `position`; repeat it for what directly follows.
    passing: Option<Vec<String>>,
    /// With `passing`: where in the path; the first activity is 1, and 1 unless told.
    position: Option<usize>,
    /// With `tail_of` or `paths_from`: 1 to 64; 5 unless told.
    length: Option<usize>,
    /// With `tail_of` or `paths_from`: 1 to 10,000; 50 unless told.
    top: Option<usize>,
    /// With `reached` or `dropped_after`: a step of the funnel; repeat it for each, in order.
    step: Option<Vec<String>>,
    /// With `step`: from the first step to the last; 7 days unless told.
    window: Option<String>,
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
        let mut asked = ElementParameters {
            length: PATH_LENGTH,
            top: TOP_PATHS,
            position: 1,
            window_ms: WINDOW_MS,
            ..ElementParameters::default()
        };
        let (mut extent, mut limit, mut after, mut is_csv) = (Extent::default(), PAGE_CUSTOMERS, None, false);
        for (name, value) in pairs {
            let Some(value) = extent.take(&name, value)? else { continue };
            match name.as_str() {
                "everybody" => asked.is_everybody = read(&name, &value, "true or false")?,
                "activity" => asked.activity = Some(value),
                "from_activity" => asked.from_activity = Some(value),
                "to_activity" => asked.to_activity = Some(value),
                "starts_with" => asked.starts_with = Some(value),
                "ends_with" => asked.ends_with = Some(value),
                "path" => asked.path.push(value),
                "ends" => asked.is_end = read(&name, &value, "true or false")?,
                "tail_of" => asked.tail_of = Some(value),
                "paths_from" => asked.paths_from = Some(value),
                "passing" => asked.passing.push(value),
                "position" => asked.position = read(&name, &value, "a place in a path")?,
                "length" => asked.length = read(&name, &value, "a number of activities")?,
                "top" => asked.top = read(&name, &value, "a number of paths")?,
                "step" => asked.steps.push(value),
                "window" => asked.window_ms = parse_window_ms(&value)?,
                "reached" => asked.reached = Some(read(&name, &value, "the number of a step")?),
                "dropped_after" => asked.dropped_after = Some(read(&name, &value, "the number of a step")?),
                "limit" => limit = read(&name, &value, "a number of customers")?,
                "after" => after = Some(parse_customer(&value)?),
                "format" => is_csv = parse_format(&value)?,
                other => return Err(unknown("a question for customers", other)),
            }
        }
        check_top(asked.top)?;
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
