//! What moves a score, a return or what is spent: which answers, topics and things lived before go with it, beside what was
//! known of the customer already. `docs/drivers.md` says how.

mod asked;
mod dto;
mod service;
mod variables;

use axum::Router;
use axum::routing::MethodFilter;
use utoipa::IntoParams;

use self::asked::DriversQuery;
use self::dto::DriversDto;
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, QueryPairs};
use crate::journeys::ExtentParams;
use crate::listening::metrics::list_known;
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/drivers", guarded(MethodFilter::GET, find_drivers))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct DriversParams {
    /// What is moved: `nps`, `csat`, `ces`, `rating` or a metric of one's own, by the answer itself; `return_30d`, whether the customer orders within 30
    /// days after the answer; `spend_30d`, for how much.
    of: String,
    /// Only answers to this survey. Its own questions are then variables too.
    survey: Option<String>,
    /// How long before an answer counts what was lived: `14d` unless told, at most `90d`.
    before: Option<String>,
    /// Only variables of a kind: `answers`, `topics` or `lived`; repeat it for several. What else was answered is no cause of an answer
    /// and may hide what was lived.
    among: Option<Vec<String>>,
    /// A property of answers that is a variable too; repeat it for several.
    variable: Option<Vec<String>>,
    /// A property of answers that was known before and is held equal; repeat it for several.
    control: Option<Vec<String>>,
    /// An activity by which a promise is broken, besides those whose names end so; repeat it for several.
    broken_promise: Option<Vec<String>>,
    /// Of fewer answers nothing is told: 10 to 1,000, 30 unless told.
    minimum: Option<u64>,
}

/// Finds what goes with a score or an outcome: a coefficient for each variable with its interval of 95 %, all other variables and
/// what was known of the customer before held equal. Several answers of a customer are not taken for independent evidence, and
/// false discoveries are held down over all variables. Association, never effect.
#[utoipa::path(get, path = "/api/v1/drivers", tag = "listening", security(("key" = ["read"])),
    params(DriversParams, ExtentParams), responses((status = 200, body = DriversDto), Problem))]
pub async fn find_drivers(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<DriversDto>> {
    let metrics = app.blocking(list_known).await?;
    let query = DriversQuery::read(pairs.0, &metrics)?;
    app.query(move |app| service::find_drivers(app, &query, &may.sight)).await.map(Json)
}
