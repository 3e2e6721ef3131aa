//! Who is new, who comes again, who comes back, who stays away. `docs/journeys.md` says how.

use axum::Router;
use axum::routing::MethodFilter;
use domain::Result;
use journey::life_cycle::{LifeCycleQuestion, MOST_PERIODS};
use journey::share_of;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::dto::OverDto;
use super::every::Every;
use super::moment::{Extent, ExtentParams, Moment};
use super::routes::unknown;
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, Sight, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, QueryPairs};
use crate::finding::FindingDto;
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/journeys/life-cycle", guarded(MethodFilter::GET, compute_life_cycle))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct LifeCycleParams {
    /// Who does this activity is active; repeat it for several of which any will do. Any activity unless told.
    activity: Option<Vec<String>>,
    /// `day`, `week` or `month` of the organisation's calendar; `week` unless told.
    every: Option<String>,
}

/// The customers of each day, week or month.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LifeCycle)]
pub struct LifeCycleDto {
    pub every: Every,
    /// The earliest first.
    pub periods: Vec<LifeCyclePeriodDto>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LifeCyclePeriod)]
pub struct LifeCyclePeriodDto {
    /// The first day of it, of the organisation's calendar.
    #[schema(example = "2026-03-02")]
    pub first_day: String,
    /// First instant of the day, week or month.
    pub from: String,
    /// The first instant after it.
    pub to: String,
    /// Whether it is over; until then those who are not active yet count as dormant.
    pub is_complete: bool,
    /// Those who are new, returning or resurrected.
    pub active: u64,
    /// Active for the first time.
    pub new: u64,
    /// Active in the one before too.
    pub returning: u64,
    /// Active at some time before, and not in the one before.
    pub resurrected: u64,
    /// Active in the one before, and not in this one.
    pub dormant: u64,
    /// Of those active in the one before, the share who are returning, 0 to 1; none where nobody was.
    pub share: Option<f64>,
    /// Lower end of the share's interval of 95 %.
    pub low: Option<f64>,
    /// Upper end of the share's interval of 95 %.
    pub high: Option<f64>,
}

/// Computes how many customers of each day, week or month are new, returning, resurrected, or dormant since.
#[utoipa::path(get, path = "/api/v1/journeys/life-cycle", tag = "journeys", security(("key" = ["read"])),
    params(LifeCycleParams, ExtentParams), responses((status = 200, body = LifeCycleDto), Problem))]
pub async fn compute_life_cycle(
    app: App,
    may: CanSee<ReadJourneys>,
    pairs: QueryPairs,
) -> ApiResult<Json<LifeCycleDto>> {
    let (mut activities, mut every, mut extent) = (Vec::new(), Every::default(), Extent::default());
    for (name, value) in pairs.0 {
        let Some(value) = extent.take(&name, value)? else { continue };
        match name.as_str() {
            "activity" => activities.push(value),
            "every" => every = Every::parse(&value)?,
            other => return Err(unknown("a question about the life cycle", other)),
        }
    }
    app.query(move |app| find_life_cycle(app, &activities, every, extent, &may.sight)).await.map(Json)
}

fn find_life_cycle(
    app: &App,
    activities: &[String],
    every: Every,
    extent: Extent,
    sight: &Sight,
) -> Result<LifeCycleDto> {
    let moment = Moment::now(app, &every.align(app, extent)?, sight)?;
    let active = moment.find_activities(activities)?;
    let mut periods = Vec::new();
    if let Some(spread) = every.spread(app, &moment, MOST_PERIODS - 1)? {
        let spread = spread.with_one_before(every, &moment.calendar)?;
        let found = moment.ask_with_past(LifeCycleQuestion::new(spread.edges.clone(), active)?)?;
        // The one in front only says who was active before the first.
        for (counts, bounds) in found.into_iter().zip(spread.bounds(&moment.calendar)?).skip(1) {
            let share = share_of(counts.returning, counts.returning + counts.dormant);
            periods.push(LifeCyclePeriodDto {
                first_day: bounds.first_day,
                from: bounds.from,
                to: bounds.to,
                is_complete: bounds.is_over,
                active: counts.active(),
                new: counts.new,
                returning: counts.returning,
                resurrected: counts.resurrected,
                dormant: counts.dormant,
                share: share.map(|share| share.share),
                low: share.map(|share| share.low),
                high: share.map(|share| share.high),
            });
        }
    }
    let over = moment.over()?;
    Ok(LifeCycleDto { every, periods, findings: moment.findings(&over), over })
}
