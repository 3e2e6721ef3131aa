//! Whether data keeps coming: for each source the last arrival, how much came lately, and whether it is silent for longer than it
//! usually is.

use axum::Router;
use axum::routing::MethodFilter;
use domain::Result;
use domain::time::{DAY_MS, HOUR_MS, format_instant};
use events::Arrivals;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{Can, ReadEvents, guarded};
use crate::error::ApiResult;
use crate::extract::Json;
use crate::openapi::Problem;

/// Silences of these days before the last arrival say which one is usual.
const HISTORY_HOURS: i64 = 28 * 24;
/// A source that is not known for so long has no usual silence yet.
const SHORTEST_HISTORY_MS: i64 = 14 * DAY_MS;
/// The third longest silence is usual: four free weekends make one, a single outage does not.
const USUAL_PLACE: usize = 2;
/// A silence is too long when it is so much longer than the usual one.
const PATIENCE: f64 = 1.5;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/events/freshness", guarded(MethodFilter::GET, show_freshness))
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Freshness {
    /// By name.
    pub sources: Vec<SourceFreshness>,
}

/// How fresh the data of one source is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SourceFreshness {
    pub source: String,
    /// Stored events, of all kinds.
    pub events: u64,
    pub last_received_at: String,
    /// The latest time at which an event happened.
    pub last_occurred_at: String,
    /// In this hour of the clock and the 23 before.
    pub events_24h: u64,
    /// In this hour of the clock and the 167 before.
    pub events_7d: u64,
    /// The third longest silence of the four weeks before the last arrival, in whole hours; none for sources that are known for
    /// less than two weeks or hardly ever send.
    pub usual_silence_hours: Option<i64>,
    /// Whether the silence since is more than half as long again. Never for a source without a usual one.
    pub is_late: bool,
}

/// Shows for each source when something arrived last, how much lately, and whether it is silent for longer than usual.
#[utoipa::path(get, path = "/api/v1/events/freshness", tag = "events", security(("key" = ["read"])),
    responses((status = 200, body = Freshness), Problem))]
pub async fn show_freshness(app: App, _: Can<ReadEvents>) -> ApiResult<Json<Freshness>> {
    app.query(|app| Ok(Freshness { sources: list_sources(app)? })).await.map(Json)
}

pub fn list_sources(app: &App) -> Result<Vec<SourceFreshness>> {
    let now = app.clock.now_ms();
    Ok(app.log.arrivals()?.into_iter().map(|(source, arrivals)| freshness_of(source, &arrivals, now)).collect())
}

fn freshness_of(source: String, arrivals: &Arrivals, now: i64) -> SourceFreshness {
    let this_hour = now.div_euclid(HOUR_MS);
    let since = |hours: i64| arrivals.hours.range(this_hour - hours + 1..).map(|(_, events)| events).sum();
    let usual = usual_silence_hours(arrivals);
    let silence_ms = now - arrivals.last_received_at;
    SourceFreshness {
        source,
        events: arrivals.events,
        last_received_at: format_instant(arrivals.last_received_at),
        last_occurred_at: format_instant(arrivals.last_occurred_at),
        events_24h: since(24),
        events_7d: since(7 * 24),
        usual_silence_hours: usual,
        is_late: usual.is_some_and(|hours| silence_ms as f64 > PATIENCE * (hours * HOUR_MS) as f64),
    }
}

/// Silences are counted from one hour with arrivals to the next, so the shortest is one hour.
fn usual_silence_hours(arrivals: &Arrivals) -> Option<i64> {
    let (first, _) = arrivals.hours.first_key_value()?;
    let (last, _) = arrivals.hours.last_key_value()?;
    if (last - first) * HOUR_MS < SHORTEST_HISTORY_MS {
        return None;
    }
    let hours: Vec<i64> = arrivals.hours.range(last - HISTORY_HOURS..).map(|(hour, _)| *hour).collect();
    let mut silences: Vec<i64> = hours.windows(2).map(|pair| pair[1] - pair[0]).collect();
    silences.sort_unstable_by(|a, b| b.cmp(a));
    silences.get(USUAL_PLACE).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that sends in these hours, counted from a Monday.
    fn sends(hours: impl Iterator<Item = i64>) -> Arrivals {
        let hours: std::collections::BTreeMap<i64, u64> = hours.map(|hour| (hour, 2)).collect();
        let last = hours.last_key_value().map_or(0, |(hour, _)| *hour);
        let events = hours.values().sum();
        Arrivals { events, last_received_at: last * HOUR_MS, last_occurred_at: 0, hours }
    }

    /// Monday to Friday from 8 to 18, for six weeks.
    fn office() -> impl Iterator<Item = i64> {
        (0..42).filter(|day| day % 7 < 5).flat_map(|day| (8..18).map(move |hour| day * 24 + hour))
    }

    fn is_late(arrivals: &Arrivals, silent_hours: i64) -> bool {
        freshness_of("x".into(), arrivals, arrivals.last_received_at + silent_hours * HOUR_MS).is_late
    }

    #[test]
    fn a_weekend_is_usual_for_who_is_silent_at_weekends() {
        let shop = sends(office());
        assert_eq!(usual_silence_hours(&shop), Some(63));
        assert!(!is_late(&shop, 63) && !is_late(&shop, 94) && is_late(&shop, 95));
    }

    #[test]
    fn who_always_sends_is_late_soon_and_one_outage_changes_nothing() {
        let always = sends((0..700).filter(|hour| !(300..340).contains(hour)));
        assert_eq!(usual_silence_hours(&always), Some(1));
        assert!(!is_late(&always, 1) && is_late(&always, 2));
    }

    #[test]
    fn a_file_or_a_new_source_is_never_late() {
        assert!(!is_late(&sends([5].into_iter()), 9_000));
        assert!(!is_late(&sends(0..200), 9_000));
        assert!(!is_late(&sends([0, 400].into_iter()), 9_000));
    }

    #[test]
    fn what_came_lately_is_counted_by_hours_of_the_clock() {
        let shown = freshness_of("x".into(), &sends(0..700), 700 * HOUR_MS - 1);
        assert_eq!((shown.events_24h, shown.events_7d, shown.events), (48, 336, 1_400));
    }
}
