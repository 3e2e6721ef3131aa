//! Days, weeks and months of the organisation's calendar, one after the other, as edges for the engine.

use domain::time::{Calendar, Day, add_days, first_of_month, first_of_next_month, format_instant};
use domain::{Error, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::moment::{Extent, Moment};
use crate::app::App;
use crate::error::ApiError;
use crate::organisation::find_organisation;

/// How long the parts of a period are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Every {
    Day,
    #[default]
    Week,
    Month,
}

/// Neighbouring parts of a period.
pub struct Spread {
    /// Where they begin, and where the last one ends, in UTC milliseconds.
    pub edges: Vec<i64>,
    /// What happened later is not known.
    pub known_until_ms: i64,
}

/// The two instants of a part of a period, as an answer names them.
pub struct Bounds {
    /// Of the organisation's calendar.
    pub first_day: String,
    pub from: String,
    pub to: String,
    pub is_over: bool,
}

impl Every {
    pub fn parse(value: &str) -> Result<Every, ApiError> {
        match value {
            "day" => Ok(Every::Day),
            "week" => Ok(Every::Week),
            "month" => Ok(Every::Month),
            other => Err(ApiError::invalid(format!("`every` is day, week or month, not `{other}`"))),
        }
    }

    fn plural(self) -> &'static str {
        match self {
            Every::Day => "days",
            Every::Week => "weeks",
            Every::Month => "months",
        }
    }

    /// The day with which the part begins that an instant lies in.
    fn first_day(self, calendar: &Calendar, ms: i64) -> Result<Day> {
        match self {
            Every::Day => calendar.day_of(ms),
            Every::Week => calendar.week_of(ms),
            Every::Month => Ok(first_of_month(calendar.day_of(ms)?)),
        }
    }

    /// The day with which the part after the one begins that `first` is the first day of.
    fn next(self, first: Day) -> Day {
        match self {
            Every::Day => add_days(first, 1),
            Every::Week => add_days(first, 7),
            Every::Month => first_of_next_month(first),
        }
    }

    /// The extent from the first day of the part on that `from` lies in, so that parts are whole.
    pub fn align(self, app: &App, extent: Extent) -> Result<Extent> {
        let calendar = find_organisation(app)?.calendar;
        let (Some(from_ms), _) = extent.instants(&calendar)? else { return Ok(extent) };
        let first = self.first_day(&calendar, from_ms)?;
        Ok(Extent { from: Some(first.to_string()), ..extent })
    }

    /// The parts of the period of a question, which are whole: the last one ends when it ends by the calendar. Where the
    /// period is open, from the first event and to the last one. None where there is no event. At most `most`.
    pub fn spread(self, app: &App, moment: &Moment, most: usize) -> Result<Option<Spread>> {
        self.spread_with(app, moment, None, most)
    }

    /// The same where something beside the events of the timeline happened too, between a first and a last instant.
    pub fn spread_with(
        self,
        app: &App,
        moment: &Moment,
        beside: Option<(i64, i64)>,
        most: usize,
    ) -> Result<Option<Spread>> {
        let of_events = moment.find_span()?.map(|span| (span.first_ms, span.last_ms));
        let both = of_events.into_iter().chain(beside);
        let Some((first_ms, last_ms)) = both.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))) else {
            return Ok(None);
        };
        let (from_ms, to_ms) = moment.period();
        let calendar = &moment.calendar;
        let mut first = self.first_day(calendar, from_ms.unwrap_or(first_ms))?;
        let mut edges = vec![calendar.start_ms(first)?];
        let is_reached = |edge: i64| to_ms.map_or(edge > last_ms, |to_ms| edge >= to_ms);
        loop {
            first = self.next(first);
            let edge = calendar.start_ms(first)?;
            edges.push(edge);
            if is_reached(edge) {
                break;
            }
            if edges.len() > most {
                return Err(Error::invalid(format!(
                    "the period has more than {most} {}; choose longer ones with `every`, or a shorter period with `from` \
                     and `to`",
                    self.plural()
                )));
            }
        }
        let known_until_ms = last_ms.min(app.clock.now_ms()).min(to_ms.unwrap_or(i64::MAX));
        Ok(Some(Spread { edges, known_until_ms }))
    }
}

impl Spread {
    /// Puts the part before the first one in front.
    pub fn with_one_before(mut self, every: Every, calendar: &Calendar) -> Result<Spread> {
        let before = every.first_day(calendar, self.edges.first().map_or(0, |edge| edge - 1))?;
        self.edges.insert(0, calendar.start_ms(before)?);
        Ok(self)
    }

    /// The parts as an answer names them.
    pub fn bounds(&self, calendar: &Calendar) -> Result<Vec<Bounds>> {
        let named = |pair: &[i64]| {
            Ok(Bounds {
                first_day: calendar.day_of(pair[0])?.to_string(),
                from: format_instant(pair[0]),
                to: format_instant(pair[1]),
                is_over: pair[1] <= self.known_until_ms,
            })
        };
        self.edges.windows(2).map(named).collect()
    }
}

#[cfg(test)]
mod tests {
    use domain::time::{DAY_MS, parse_day};

    use super::*;

    #[test]
    fn parts_begin_as_the_calendar_says() {
        let calendar = Calendar { time_zone: "Europe/Madrid".to_owned(), ..Calendar::default() };
        let noon = calendar.start_ms(parse_day("2026-03-29").unwrap()).unwrap() + DAY_MS / 2;
        for (every, first, next) in [
            (Every::Day, "2026-03-29", "2026-03-30"),
            (Every::Week, "2026-03-23", "2026-03-30"),
            (Every::Month, "2026-03-01", "2026-04-01"),
        ] {
            let day = every.first_day(&calendar, noon).unwrap();
            assert_eq!((day.to_string(), every.next(day).to_string()), (first.to_owned(), next.to_owned()));
        }
        assert_eq!(Every::Month.next(parse_day("2026-12-01").unwrap()).to_string(), "2027-01-01");
    }
}
