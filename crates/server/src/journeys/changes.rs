//! What changed in the last full week beyond what weeks differ anyway: volumes of activities, new ones, vanished ones.
//! `docs/home.md` says how.

use axum::Router;
use axum::routing::MethodFilter;
use domain::time::{Calendar, Day, add_days, format_instant};
use domain::{Error, Result};
use journey::surprise::{Expectation, FEWEST_WEEKS, Level, false_discovery};
use journey::weekly::{ActivityWeeks, WeeklyQuestion};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::moment::{Extent, Moment};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, Sight, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Query};
use crate::finding::FindingDto;
use crate::openapi::Problem;

/// Weeks before the one in question that say what to expect of it.
const WEEKS_BEFORE: usize = 12;
const WEEKS_OF_A_YEAR: usize = 52;
/// Of all changes that are told, at most this share is chance, in the long run.
const FALSE_DISCOVERIES: f64 = 0.05;
/// The range that is shown holds this share of the weeks in which nothing changed.
const RANGE: f64 = 0.95;
/// An activity that happened in so many of the weeks before is missed when it does not happen.
const REGULAR_SHARE: f64 = 0.75;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/journeys/changes", guarded(MethodFilter::GET, list_changes))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ChangesQuery {
    /// Any day of the week in question, of the organisation's calendar; the last full week unless told.
    week: Option<String>,
}

/// Lists what changed in a week beyond what weeks differ anyway: activities with unusual volumes, new ones, vanished ones.
#[utoipa::path(get, path = "/api/v1/journeys/changes", tag = "journeys", security(("key" = ["read"])),
    params(ChangesQuery), responses((status = 200, body = Changes), Problem))]
pub async fn list_changes(app: App, may: CanSee<ReadJourneys>, query: Query<ChangesQuery>) -> ApiResult<Json<Changes>> {
    app.query(move |app| find_changes(app, query.0.week.as_deref(), &may.sight)).await.map(Json)
}

/// What changed in one week.
#[derive(Debug, Serialize, ToSchema)]
pub struct Changes {
    /// First day of the week in question, of the organisation's calendar; none when there is no full week.
    #[schema(example = "2026-10-19")]
    pub from: Option<String>,
    /// The day after its last.
    pub to: Option<String>,
    /// Weeks before it that were compared, at most 12.
    pub weeks_before: usize,
    /// Activities whose volume was compared.
    pub compared: usize,
    /// Those whose volume changed beyond noise, the most surprising first.
    pub changed: Vec<ActivityChange>,
    /// Activities first seen in this week.
    pub new: Vec<NewActivity>,
    /// Activities that happened in most weeks before and not in this one.
    pub vanished: Vec<ActivityChange>,
    /// Of the changes that are told, at most this share is chance, in the long run.
    pub false_discovery_rate: f64,
    pub findings: Vec<FindingDto>,
}

/// The volume of an activity against what the weeks before let expect.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActivityChange {
    pub activity: String,
    /// Events in the week.
    pub events: u64,
    /// Events expected.
    pub expected: f64,
    /// In this range, both ends included, lie 95 % of weeks in which nothing changed.
    pub low: f64,
    pub high: f64,
    /// How probable a count at least as far off is if nothing changed.
    pub p_value: f64,
    /// The share of chance among this change and all more surprising ones.
    pub false_discovery: f64,
    /// Whether the same week a year ago says what to expect.
    pub is_seasonal: bool,
    /// Weeks it was compared with.
    pub weeks_before: usize,
    /// Events of those weeks and of the week itself, the oldest first.
    pub weeks: Vec<u64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NewActivity {
    pub activity: String,
    pub events: u64,
    pub first_seen_at: String,
}

/// The last week that is over, by the clock and by what has arrived: a week in which the last event lies may not be complete.
/// `week` names another one by any of its days.
pub fn find_changes(app: &App, week: Option<&str>, sight: &Sight) -> Result<Changes> {
    let calendar = crate::organisation::find_organisation(app)?.calendar;
    let moment = Moment::now(app, &Extent::default(), sight)?;
    let seen = moment.ask(WeeklyQuestion::new(Vec::new()))?;
    let now = app.clock.now_ms();
    let first_event = seen.iter().map(|row| row.first_seen_at).min();
    let last_event = seen.iter().map(|row| row.last_seen_at).max();
    let (Some(first_event), Some(last_event)) = (first_event, last_event) else {
        let finding = FindingDto { code: "no_events", detail: "no event has arrived yet".to_owned() };
        return Ok(Changes::of_no_week(finding));
    };
    let start = match week {
        Some(day) => calendar.week_of(calendar.start_of_day_ms(day)?)?,
        None => add_days(calendar.week_of(last_event.min(now))?, -7),
    };
    if week.is_some() && calendar.start_ms(add_days(start, 7))? > now {
        return Err(Error::invalid(format!("the week of {start} is not over yet; ask for an earlier one")));
    }
    let weeks = Weeks::before(&calendar, start, first_event)?;
    let rows = moment.ask(WeeklyQuestion::new(weeks.edges.clone()))?;
    let mut changes = weeks.compare(rows, |code| moment.vocabulary.label(code));
    if week.is_none() && calendar.start_ms(add_days(start, 14))? <= now {
        let detail =
            format!("the last event happened at {}; this is the last full week before it", format_instant(last_event));
        changes.findings.push(FindingDto { code: "nothing_lately", detail });
    }
    Ok(changes)
}

impl Changes {
    fn of_no_week(finding: FindingDto) -> Changes {
        Changes {
            from: None,
            to: None,
            weeks_before: 0,
            compared: 0,
            changed: Vec::new(),
            new: Vec::new(),
            vanished: Vec::new(),
            false_discovery_rate: FALSE_DISCOVERIES,
            findings: vec![finding],
        }
    }
}

/// A week with full weeks before it.
struct Weeks {
    start: Day,
    /// Where weeks begin, and where the last one ends.
    edges: Vec<i64>,
}

impl Weeks {
    /// As far back as there are events, at most a year and the weeks before it.
    fn before(calendar: &Calendar, start: Day, first_event: i64) -> Result<Weeks> {
        let mut edges = vec![calendar.start_ms(add_days(start, 7))?, calendar.start_ms(start)?];
        for week in 1..=(WEEKS_OF_A_YEAR + WEEKS_BEFORE) {
            let begin = calendar.start_ms(add_days(start, -7 * week as i64))?;
            if begin < first_event {
                break;
            }
            edges.push(begin);
        }
        edges.reverse();
        Ok(Weeks { start, edges })
    }

    fn count_before(&self) -> usize {
        self.edges.len().saturating_sub(2)
    }

    fn compare(&self, rows: Vec<ActivityWeeks>, label: impl Fn(u16) -> String) -> Changes {
        let begin = self.edges.iter().rev().nth(1).copied().unwrap_or(i64::MAX);
        let mut new = Vec::new();
        let mut compared = Vec::new();
        let is_empty = rows.iter().all(|row| row.events.last().copied().unwrap_or(0) == 0);
        for row in rows {
            let Some((events, before)) = row.events.split_last() else { continue };
            if row.first_seen_at >= begin {
                if *events > 0 && self.count_before() >= FEWEST_WEEKS {
                    let first_seen_at = format_instant(row.first_seen_at);
                    new.push(NewActivity { activity: label(row.activity), events: *events, first_seen_at });
                }
                continue;
            }
            // Weeks in which the activity did not exist yet say nothing about it.
            let known = self.edges.iter().filter(|edge| **edge >= row.first_seen_at && **edge < begin).count();
            let before = &before[before.len() - known.min(before.len())..];
            if let Some(expectation) = expect(before, *events) {
                let recent = &before[before.len().saturating_sub(WEEKS_BEFORE)..];
                compared.push(change(label(row.activity), *events, recent, expectation));
            }
        }
        let p_values: Vec<f64> = compared.iter().map(|change| change.p_value).collect();
        for (change, share) in compared.iter_mut().zip(false_discovery(&p_values)) {
            change.false_discovery = share;
        }
        let count = compared.len();
        let mut told: Vec<ActivityChange> =
            compared.into_iter().filter(|change| change.false_discovery <= FALSE_DISCOVERIES).collect();
        told.sort_by(|a, b| a.p_value.total_cmp(&b.p_value).then_with(|| a.activity.cmp(&b.activity)));
        new.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.activity.cmp(&b.activity)));
        let (vanished, changed) = told.into_iter().partition(has_vanished);
        let mut findings = Vec::new();
        if self.count_before() < WEEKS_BEFORE {
            let detail = format!(
                "only {} full weeks came before; with fewer than {WEEKS_BEFORE} the ranges are wide, with fewer than \
                 {FEWEST_WEEKS} nothing is compared",
                self.count_before()
            );
            findings.push(FindingDto { code: "few_weeks", detail });
        }
        if is_empty {
            let detail = "nothing happened in this week at all; look whether the sources still send".to_owned();
            findings.push(FindingDto { code: "empty_week", detail });
        }
        Changes {
            from: Some(self.start.to_string()),
            to: Some(add_days(self.start, 7).to_string()),
            weeks_before: self.count_before().min(WEEKS_BEFORE),
            compared: count,
            changed,
            new,
            vanished,
            false_discovery_rate: FALSE_DISCOVERIES,
            findings,
        }
    }
}

fn change(activity: String, events: u64, before: &[u64], expectation: Expectation) -> ActivityChange {
    let (low, high) = expectation.range(RANGE);
    ActivityChange {
        activity,
        events,
        expected: expectation.mean,
        low: low.ceil(),
        high: high.floor(),
        p_value: expectation.p_value(events),
        false_discovery: 1.0,
        is_seasonal: expectation.is_seasonal,
        weeks_before: expectation.weeks,
        weeks: before.iter().copied().chain([events]).collect(),
    }
}

fn has_vanished(change: &ActivityChange) -> bool {
    let before = change.weeks.len().saturating_sub(1);
    let present = change.weeks.iter().filter(|events| **events > 0).count();
    change.events == 0 && present as f64 >= REGULAR_SHARE * before as f64
}

/// What the weeks before let expect: their level, or, where the same week a year ago makes the count less surprising, that.
fn expect(before: &[u64], events: u64) -> Option<Expectation> {
    let level = Level::of(&before[before.len().saturating_sub(WEEKS_BEFORE)..])?;
    let by_level = level.next();
    let Some(year_ago) = before.len().checked_sub(WEEKS_OF_A_YEAR) else { return Some(by_level) };
    let level_then = Level::of(&before[year_ago.saturating_sub(WEEKS_BEFORE)..year_ago]);
    let by_year = level_then.map(|level_then| level.next_as_a_year_ago(level_then, before[year_ago]));
    Some(match by_year {
        Some(by_year) if by_year.p_value(events) > by_level.p_value(events) => by_year,
        _ => by_level,
    })
}

#[cfg(test)]
mod tests {
    use domain::time::parse_day;

    use super::*;

    const WEEK_MS: i64 = 7 * domain::time::DAY_MS;

    /// Weeks that begin at 0, and rows by what happened in them.
    fn compare(weeks: usize, rows: &[(&str, i64, Vec<u64>)]) -> Changes {
        let edges = (0..=weeks as i64).map(|week| week * WEEK_MS).collect();
        let weeks = Weeks { start: parse_day("2026-01-05").unwrap(), edges };
        let of = |(code, (_, first_week, events)): (usize, &(&str, i64, Vec<u64>))| ActivityWeeks {
            activity: code as u16,
            first_seen_at: first_week * WEEK_MS,
            last_seen_at: 0,
            events: events.clone(),
        };
        weeks.compare(rows.iter().enumerate().map(of).collect(), |code| rows[usize::from(code)].0.to_owned())
    }

    fn steady(week: u64) -> Vec<u64> {
        let mut events = vec![100, 104, 97, 99, 108, 95, 101, 103, 98, 100, 102, 96];
        events.push(week);
        events
    }

    #[test]
    fn what_jumps_is_told_and_what_is_as_ever_is_not() {
        let rows: Vec<_> = (0..30).map(|number| ("steady", -9, steady(95 + number % 12))).collect();
        let calm = compare(13, &rows);
        assert!(calm.changed.is_empty() && calm.vanished.is_empty() && calm.new.is_empty());
        assert_eq!((calm.compared, calm.weeks_before), (30, 12));
        let jump = compare(13, &[rows, vec![("crash", -9, steady(160)), ("call", -9, steady(0))]].concat());
        let names = |list: &[ActivityChange]| list.iter().map(|each| each.activity.clone()).collect::<Vec<_>>();
        assert_eq!((names(&jump.changed), names(&jump.vanished)), (vec!["crash".to_owned()], vec!["call".to_owned()]));
        let crash = &jump.changed[0];
        assert!(crash.low > 75.0 && crash.high < 125.0 && crash.false_discovery < 0.05, "{crash:?}");
        assert_eq!(crash.weeks.len(), 13);
    }

    #[test]
    fn an_activity_is_new_in_the_week_in_which_it_is_first_seen() {
        let mut week_before = vec![0; 11];
        week_before.extend([7, 90]);
        let mut now = vec![0; 12];
        now.push(30);
        let found = compare(13, &[("gift", 12, now), ("tasting", 11, week_before)]);
        assert_eq!(found.new.len(), 1);
        assert_eq!((found.new[0].activity.as_str(), found.new[0].events), ("gift", 30));
        assert_eq!(found.compared, 0, "a single week says nothing of what to expect");
    }

    #[test]
    fn a_week_without_anything_is_not_called_quiet() {
        let mut silent = steady(0);
        silent[10] = 0;
        silent[11] = 0;
        let codes: Vec<_> = compare(13, &[("visit", -9, silent)]).findings.iter().map(|each| each.code).collect();
        assert_eq!(codes, ["empty_week"]);
    }

    #[test]
    fn the_first_weeks_are_not_full_of_news() {
        let found = compare(3, &[("visit", 0, vec![3, 9, 40]), ("gift", 2, vec![0, 0, 8])]);
        assert!(found.new.is_empty() && found.changed.is_empty());
        assert_eq!(found.findings[0].code, "few_weeks");
    }

    #[test]
    fn a_season_that_comes_every_year_is_no_surprise() {
        let mut events: Vec<u64> = (0..64).map(|week| if week == 12 { 300 } else { 100 + week % 5 }).collect();
        events.push(310);
        assert!(compare(65, &[("gift", -9, events.clone())]).changed.is_empty());
        events[12] = 101;
        let found = compare(65, &[("gift", -9, events)]);
        assert_eq!(found.changed.len(), 1);
        assert_eq!(found.changed[0].weeks.len(), 13, "a year is not shown");
    }
}
