//! How often each activity happened on each day, and to how many customers. `docs/journeys.md` says how.

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::MethodFilter;
use domain::Result;
use journey::daily::{DailyQuestion, MOST_DAYS};
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

/// Numbers of each kind that an answer has at most.
const MOST_CELLS: usize = 1_000_000;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/journeys/daily", guarded(MethodFilter::GET, list_daily_counts))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct DailyParams {
    /// Only this activity; repeat it for several. All of them unless told.
    activity: Option<Vec<String>>,
}

/// What happened how often on which day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Daily)]
pub struct DailyDto {
    /// Of the organisation's calendar, in order.
    pub days: Vec<String>,
    /// Those that happened, by name.
    pub activities: Vec<ActivityDaysDto>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ActivityDays)]
pub struct ActivityDaysDto {
    pub activity: String,
    /// Of each day.
    pub events: Vec<u64>,
    /// Distinct, of each day.
    pub customers: Vec<u64>,
}

/// Lists how often each activity happened on each day, and to how many customers.
#[utoipa::path(get, path = "/api/v1/journeys/daily", tag = "journeys", security(("key" = ["read"])),
    params(DailyParams, ExtentParams), responses((status = 200, body = DailyDto), Problem))]
pub async fn list_daily_counts(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<DailyDto>> {
    let (mut activities, mut extent) = (Vec::new(), Extent::default());
    for (name, value) in pairs.0 {
        let Some(value) = extent.take(&name, value)? else { continue };
        match name.as_str() {
            "activity" => activities.push(value),
            other => return Err(unknown("a question about days", other)),
        }
    }
    app.query(move |app| find_daily_counts(app, &activities, &extent, &may.sight)).await.map(Json)
}

fn find_daily_counts(app: &App, activities: &[String], extent: &Extent, sight: &Sight) -> Result<DailyDto> {
    let moment = Moment::now(app, extent, sight)?;
    let counted = moment.find_activities(activities)?;
    let over = moment.over()?;
    let codes: Vec<u16> = activities.iter().map(|name| moment.vocabulary.find(name)).collect::<Result<_>>()?;
    let mut findings = moment.findings_about(&over, (!codes.is_empty()).then_some(&codes));
    let (mut days, mut rows) = (Vec::new(), Vec::new());
    if let Some(spread) = Every::Day.spread(app, &moment, MOST_DAYS)? {
        days = spread.bounds(&moment.calendar)?.into_iter().map(|bounds| bounds.first_day).collect();
        let daily = moment.ask(DailyQuestion::new(spread.edges, counted)?.with_most_rows(MOST_CELLS))?;
        let mut left_out = (daily.left_out.rows, daily.left_out.events);
        let mut by_activity: BTreeMap<u16, ActivityDaysDto> = BTreeMap::new();
        for row in daily.rows {
            let place = by_activity.len();
            let has_room = (place + 1) * days.len() <= MOST_CELLS;
            if !has_room && !by_activity.contains_key(&row.activity) {
                left_out = (left_out.0 + 1, left_out.1 + row.events);
                continue;
            }
            let counts = by_activity.entry(row.activity).or_insert_with(|| ActivityDaysDto {
                activity: moment.vocabulary.label(row.activity),
                events: vec![0; days.len()],
                customers: vec![0; days.len()],
            });
            counts.events[usize::from(row.day)] = row.events;
            counts.customers[usize::from(row.day)] = row.customers;
        }
        rows = by_activity.into_values().collect();
        if left_out.0 > 0 {
            let detail = format!(
                "{} counts of an activity on a day ({} events) are left out; name activities, or a shorter period",
                left_out.0, left_out.1
            );
            findings.push(FindingDto { code: "days_left_out", detail });
        }
    }
    rows.sort_unstable_by(|a, b| a.activity.cmp(&b.activity));
    Ok(DailyDto { days, activities: rows, over, findings })
}
