//! `/api/v1/journeys/funnel`.

use utoipa::IntoParams;

use super::asked::AskedFunnel;
use super::breakdown::SEGMENT;
use super::dto::FunnelDto;
use super::service::{self, Besides};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::journeys::moment::{Extent, ExtentParams};
use crate::journeys::routes::{read, unknown};
use crate::openapi::Problem;

/// What the parameters of a funnel are; `step` and `channel` repeat, which the reader of queries cannot express.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct FunnelParams {
    /// An activity; repeat it for each step, in order. Conditions on properties, on `channel` and on `unit` may
    /// follow in brackets, and all of them must hold: `Order Completed[payment_method=card][channel!=web][items>=3]`.
    /// Numbers are compared with `<`, `<=`, `>` and `>=`. An activity with `!` before it stands between two steps and
    /// ends a chain when it happens there.
    step: Vec<String>,
    /// Instead of `step`: all steps, separated by commas; `\,` or double quotes for a comma inside a name.
    steps: Option<String>,
    /// How long it may take, such as `7d`, `12h`, `30min`; 7 days unless told.
    window: Option<String>,
    /// What the window limits: `from-first`, the time from the first step to the last, or `between-steps`, the time from
    /// each step to the next. `from-first` unless told.
    window_runs: Option<String>,
    /// How steps follow each other: `any-between`, in order with other events between them; `strict`, in order and
    /// directly; `any-order`. `any-between` unless told.
    order: Option<String>,
    /// `customers`, each once, or `entries` besides; `customers` unless told.
    count: Option<String>,
    /// Whether each step but the last says what those did next who dropped out there.
    after_dropping: Option<bool>,
    /// A funnel for each value of this: `channel`, `unit` or a property, at the event of the first step, or
    /// `segment`.
    by: Option<String>,
    /// With `by`: a value; send it twice to compare the two. Of two segments, those who belong to both are left out.
    compare: Option<Vec<String>>,
    /// With `by=segment`: a segment that has a funnel of its own, such as `seg_3`; repeat it for several, at most 20. All
    /// that are kept unless told.
    of_segment: Option<Vec<String>>,
}

fn read_query(pairs: Vec<(String, String)>) -> Result<(AskedFunnel, Besides, Extent), ApiError> {
    let (mut asked, mut besides, mut extent) = (AskedFunnel::default(), Besides::default(), Extent::default());
    for (name, value) in pairs {
        let Some(value) = extent.take(&name, value)? else { continue };
        let Some(value) = asked.take(&name, value)? else { continue };
        match name.as_str() {
            "after_dropping" => besides.with_after_dropping = read(&name, &value, "true or false")?,
            "by" => besides.by = Some(value),
            "compare" => besides.compared.push(value),
            "of_segment" => besides.of_segments.push(value),
            other => return Err(unknown("a funnel", other)),
        }
    }
    if asked.steps.is_empty() {
        return Err(ApiError::invalid("a funnel needs steps: send `step=…` for each, in order"));
    }
    if besides.by.is_none() && !besides.compared.is_empty() {
        return Err(ApiError::invalid("`compare` needs `by`: what the two values are values of"));
    }
    if besides.by.as_deref() != Some(SEGMENT) && !besides.of_segments.is_empty() {
        return Err(ApiError::invalid("`of_segment` goes with `by=segment`"));
    }
    Ok((asked, besides, extent))
}

/// Computes how many customers take steps in order within a window, and how long each step takes them.
#[utoipa::path(get, path = "/api/v1/journeys/funnel", tag = "journeys", security(("key" = ["read"])),
    params(FunnelParams, ExtentParams), responses((status = 200, body = FunnelDto), Problem))]
pub async fn compute_funnel(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<FunnelDto>> {
    let (asked, besides, extent) = read_query(pairs.0)?;
    app.query(move |app| service::compute_funnel(app, &asked, &besides, &extent, &may.sight)).await.map(Json)
}
