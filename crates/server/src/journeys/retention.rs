//! Who came back. `docs/journeys.md` says how.

use axum::Router;
use axum::routing::MethodFilter;
use domain::Result;
use journey::retention::{MOST_PERIODS, RetentionQuestion, Return};
use journey::{Activities, share_of};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::dto::OverDto;
use super::every::Every;
use super::moment::{Extent, ExtentParams, Moment};
use super::routes::{read, unknown};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, Sight, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::finding::FindingDto;
use crate::openapi::Problem;

/// Parts after that of the cohort that are shown unless told.
const SHOWN_AFTER: usize = 12;
const MOST_AFTER: usize = 120;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/journeys/retention", guarded(MethodFilter::GET, compute_retention))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct RetentionParams {
    /// Who did this activity for the first time begins then; repeat it for several of which any will do. Any activity unless
    /// told.
    start: Option<Vec<String>>,
    /// Who does this activity comes back; repeat it for several of which any will do. Any activity unless told.
    r#return: Option<Vec<String>>,
    /// `day`, `week` or `month` of the organisation's calendar; `week` unless told.
    every: Option<String>,
    /// `exactly`: back in that day, week or month; `on_or_after`: in it or in any later one. `exactly` unless told.
    rule: Option<String>,
    /// Days, weeks or months after that of the cohort, 0 to 120; 12 unless told.
    after: Option<usize>,
}

struct RetentionQuery {
    start: Vec<String>,
    back: Vec<String>,
    every: Every,
    rule: Return,
    after: usize,
    extent: Extent,
}

impl RetentionQuery {
    fn read(pairs: Vec<(String, String)>) -> Result<RetentionQuery, ApiError> {
        let mut query = RetentionQuery {
            start: Vec::new(),
            back: Vec::new(),
            every: Every::default(),
            rule: Return::default(),
            after: SHOWN_AFTER,
            extent: Extent::default(),
        };
        for (name, value) in pairs {
            let Some(value) = query.extent.take(&name, value)? else { continue };
            match name.as_str() {
                "start" => query.start.push(value),
                "return" => query.back.push(value),
                "every" => query.every = Every::parse(&value)?,
                "rule" => query.rule = parse_rule(&value)?,
                "after" => query.after = read(&name, &value, "a number of days, weeks or months")?,
                other => return Err(unknown("a question about retention", other)),
            }
        }
        if query.after > MOST_AFTER {
            return Err(ApiError::invalid(format!("`after` is 0 to {MOST_AFTER}, not {}", query.after)));
        }
        Ok(query)
    }
}

fn parse_rule(value: &str) -> Result<Return, ApiError> {
    match value {
        "exactly" => Ok(Return::Exactly),
        "on_or_after" => Ok(Return::OnOrAfter),
        other => Err(ApiError::invalid(format!("`rule` is exactly or on_or_after, not `{other}`"))),
    }
}

/// Who came back, by cohorts of those who began together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Retention)]
pub struct RetentionDto {
    pub every: Every,
    /// `exactly` or `on_or_after`.
    #[schema(example = "exactly")]
    pub rule: &'static str,
    /// One for each day, week or month in which somebody began, the earliest first.
    pub cohorts: Vec<CohortDto>,
    /// All cohorts together, by how many days, weeks or months after; only those of which that one is over.
    pub curve: Vec<RetainedDto>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Cohort)]
pub struct CohortDto {
    /// The first day of it, of the organisation's calendar.
    #[schema(example = "2026-03-02")]
    pub first_day: String,
    /// First instant of the day, week or month.
    pub from: String,
    /// The first instant after it.
    pub to: String,
    /// Those who began in it.
    pub customers: u64,
    /// Those who came back, by how many days, weeks or months after. The first: in the same one, after they began.
    pub returned: Vec<ReturnedDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Returned)]
pub struct ReturnedDto {
    pub customers: u64,
    /// Of the cohort, 0 to 1.
    pub share: f64,
    /// Lower end of the share's interval of 95 %.
    pub low: f64,
    /// Upper end of the share's interval of 95 %.
    pub high: f64,
    /// Whether the day, week or month is over, so that nobody can come back in it any more.
    pub is_complete: bool,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Retained)]
pub struct RetainedDto {
    /// Days, weeks or months after that of the cohort.
    pub after: usize,
    /// Cohorts that are old enough.
    pub cohorts: u64,
    /// Their customers: each cohort weighs as many as it has.
    pub customers: u64,
    /// Those of them who came back.
    pub returned: u64,
    /// 0 to 1; none where no cohort is old enough.
    pub share: Option<f64>,
    /// Lower end of the share's interval of 95 %.
    pub low: Option<f64>,
    /// Upper end of the share's interval of 95 %.
    pub high: Option<f64>,
}

/// Computes how many of those who began in the same day, week or month came back in each one after.
#[utoipa::path(get, path = "/api/v1/journeys/retention", tag = "journeys", security(("key" = ["read"])),
    params(RetentionParams, ExtentParams), responses((status = 200, body = RetentionDto), Problem))]
pub async fn compute_retention(
    app: App,
    may: CanSee<ReadJourneys>,
    pairs: QueryPairs,
) -> ApiResult<Json<RetentionDto>> {
    let query = RetentionQuery::read(pairs.0)?;
    app.query(move |app| find_retention(app, query, &may.sight)).await.map(Json)
}

fn find_retention(app: &App, query: RetentionQuery, sight: &Sight) -> Result<RetentionDto> {
    let RetentionQuery { start, back, every, rule, after, extent } = query;
    let moment = Moment::now(app, &every.align(app, extent)?, sight)?;
    let (start, back) = (moment.find_activities(&start)?, moment.find_activities(&back)?);
    let (mut cohorts, mut curve) = (Vec::new(), Vec::new());
    if let Some(spread) = every.spread(app, &moment, MOST_PERIODS)? {
        let question = RetentionQuestion::new(spread.edges.clone(), start, back)?
            .with_rule(rule)
            .with_most_after(after)
            .known_until(spread.known_until_ms);
        let retention = moment.ask_with_past(question)?;
        let began = retention.cohorts.into_iter().zip(spread.bounds(&moment.calendar)?).enumerate();
        for (cohort, (found, bounds)) in began.filter(|(_, (found, _))| found.customers > 0) {
            let returned = found.returned.into_iter().enumerate().filter_map(|(after, customers)| {
                let share = share_of(customers, found.customers)?;
                let is_complete = cohort + after < retention.periods_over;
                Some(ReturnedDto { customers, share: share.share, low: share.low, high: share.high, is_complete })
            });
            let returned = returned.collect();
            cohorts.push(CohortDto {
                first_day: bounds.first_day,
                from: bounds.from,
                to: bounds.to,
                customers: found.customers,
                returned,
            });
        }
        curve = retention
            .curve
            .into_iter()
            .enumerate()
            .map(|(after, retained)| {
                let share = share_of(retained.returned, retained.customers);
                RetainedDto {
                    after,
                    cohorts: retained.cohorts,
                    customers: retained.customers,
                    returned: retained.returned,
                    share: share.map(|share| share.share),
                    low: share.map(|share| share.low),
                    high: share.map(|share| share.high),
                }
            })
            .collect();
    }
    let over = moment.over()?;
    let findings = moment.findings(&over);
    let rule = match rule {
        Return::Exactly => "exactly",
        Return::OnOrAfter => "on_or_after",
    };
    Ok(RetentionDto { every, rule, cohorts, curve, over, findings })
}

impl Moment {
    /// Some activities by their names; any where none is named.
    pub(crate) fn find_activities(&self, names: &[String]) -> Result<Activities> {
        if names.is_empty() {
            return Ok(Activities::any());
        }
        let codes: Vec<u16> = names.iter().map(|name| self.vocabulary.find(name)).collect::<Result<_>>()?;
        Ok(Activities::of(&codes))
    }
}
