//! `/api/v1/journeys/effort`.

use domain::Result;
use domain::ports::ActivityRole;
use domain::time::add_days;
use journey::effort::{Effort, EffortPeriod, MAX_TREND_PERIODS, Measure};
use utoipa::IntoParams;

use super::asked::{AskedEffort, FoundEffort, name_of};
use super::dto::{EffortDto, EffortMeasureDto, EffortOfWeekDto, EffortWeekDto};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, Sight};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, QueryPairs};
use crate::finding::FindingDto;
use crate::journeys::moment::{Extent, ExtentParams, Moment};
use crate::journeys::routes::{read, unknown};
use crate::openapi::Problem;
use crate::organisation::find_organisation;

/// Weeks of the trend unless told.
const WEEKS: usize = 12;

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct EffortParams {
    /// The activity that is to be reached; repeat it where any of several will do.
    goal: Vec<String>,
    /// The activity with which it begins; repeat it where any of several will do. The customer's first event (since the
    /// goal was reached last) unless told.
    start: Option<Vec<String>>,
    /// Weeks of the trend, up to the end of the period or to now: 0 to 600; 12 unless told.
    weeks: Option<usize>,
}

/// Computes what it takes customers to reach an activity: steps, contacts, channels, waiting and time.
#[utoipa::path(get, path = "/api/v1/journeys/effort", tag = "journeys", security(("key" = ["read"])), params(EffortParams, ExtentParams),
    responses((status = 200, body = EffortDto), Problem))]
pub async fn compute_effort(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<EffortDto>> {
    let (mut asked, mut weeks, mut extent) = (AskedEffort::default(), WEEKS, Extent::default());
    for (name, value) in pairs.0 {
        let Some(value) = extent.take(&name, value)? else { continue };
        match name.as_str() {
            "goal" => asked.goal.push(value),
            "start" => asked.start.push(value),
            "weeks" => weeks = read(&name, &value, "a number of weeks")?,
            other => return Err(unknown("a question about effort", other)),
        }
    }
    if asked.goal.is_empty() {
        return Err(ApiError::invalid("effort needs something to reach: send `goal=…`"));
    }
    if weeks > MAX_TREND_PERIODS {
        return Err(ApiError::invalid(format!("`weeks` is 0 to {MAX_TREND_PERIODS}, not {weeks}")));
    }
    app.query(move |app| compute(app, &asked, weeks, &extent, &may.sight)).await.map(Json)
}

fn compute(app: &App, asked: &AskedEffort, weeks: usize, extent: &Extent, sight: &Sight) -> Result<EffortDto> {
    let calendar = find_organisation(app)?.calendar;
    let mut moment = Moment::now(app, extent, sight)?;
    let FoundEffort { mut question, findings: about_waits } = asked.find(&mut moment)?;
    let mut days = Vec::with_capacity(weeks);
    if weeks > 0 {
        let now = app.clock.now_ms();
        let last_ms = extent.instants(&calendar)?.1.map_or(now, |to_ms| (to_ms - 1).min(now));
        let last = calendar.week_of(last_ms)?;
        days.extend((0..weeks as i64).rev().map(|back| add_days(last, -7 * back)));
        let starts = days.iter().copied().chain([add_days(last, 7)]);
        question = question.with_trend(starts.map(|day| calendar.start_ms(day)).collect::<Result<Vec<i64>>>()?)?;
    }
    let Effort { runs, customers, unfinished, measures, trend } = moment.ask(question)?;
    let measures = measures.into_iter().map(|found| {
        let percentile = |place: usize| found.quantiles.map(|quantiles| quantiles[place]);
        EffortMeasureDto {
            measure: name_of(found.measure),
            p10: percentile(0),
            p25: percentile(1),
            p50: percentile(2),
            p75: percentile(3),
            p90: percentile(4),
            mean: found.mean,
        }
    });
    let weeks = days.iter().zip(trend).map(|(day, week)| draw_week(day.to_string(), week));
    let (_, contacts) = moment.with_role(ActivityRole::Contact);
    let (_, waits) = moment.with_role(ActivityRole::Wait);
    let over = moment.over()?;
    let mut findings = moment.findings(&over);
    findings.extend(about_waits);
    findings.extend(without(&contacts, "contact", "contacts are 0"));
    findings.extend(without(&waits, "wait", "waiting is 0"));
    Ok(EffortDto {
        runs,
        customers,
        unfinished,
        measures: measures.collect(),
        weeks: weeks.collect(),
        contacts,
        waits,
        over,
        findings,
    })
}

fn draw_week(from: String, week: EffortPeriod) -> EffortWeekDto {
    let measures = Measure::ALL.into_iter().zip(week.measures).filter_map(|(measure, found)| {
        let (median, mean) = found?;
        Some(EffortOfWeekDto { measure: name_of(measure), median, mean })
    });
    EffortWeekDto { from, runs: week.runs, measures: measures.collect() }
}

/// That no activity has a role, when none has.
pub fn without(activities: &[String], role: &str, therefore: &str) -> Option<FindingDto> {
    activities.is_empty().then(|| FindingDto {
        code: "no_activity_of_role",
        detail: format!(
            "no activity has the role {role}, so {therefore}; `vivencia activities set NAME --role {role}` gives it to one"
        ),
    })
}
