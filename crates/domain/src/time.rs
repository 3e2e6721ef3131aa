//! Instants are UTC milliseconds; days and weeks are the organisation's.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

pub use jiff::civil::Date as Day;

use crate::error::{Error, Result};

pub const SECOND_MS: i64 = 1_000;
pub const MINUTE_MS: i64 = 60 * SECOND_MS;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;
/// 1970-01-01T00:00:00Z: nothing is accepted before.
pub const MIN_INSTANT_MS: i64 = 0;
/// 2100-01-01T00:00:00Z: nothing is accepted from here on.
pub const MAX_INSTANT_MS: i64 = 4_102_444_800_000;

/// The day on which weeks start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WeekStart {
    Monday,
    Sunday,
    Saturday,
}

/// How the organisation counts days and weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// IANA name, such as `Europe/Madrid`.
    pub time_zone: String,
    pub week_start: WeekStart,
}

impl Default for Calendar {
    fn default() -> Self {
        Calendar { time_zone: "UTC".to_owned(), week_start: WeekStart::Monday }
    }
}

impl Calendar {
    /// The instant at which a day (`2026-03-29`) begins in the organisation's zone, in UTC milliseconds.
    pub fn start_of_day_ms(&self, day: &str) -> Result<i64> {
        let date = parse_day(day)?;
        let start = date
            .to_zoned(find_zone(&self.time_zone)?)
            .map_err(|cause| Error::invalid(format!("{day} has no start in {}", self.time_zone)).caused_by(cause))?;
        Ok(start.timestamp().as_millisecond())
    }
}

impl Calendar {
    /// The day with which the week of an instant (UTC milliseconds) begins.
    pub fn week_of(&self, ms: i64) -> Result<Day> {
        let day = day_in(&find_zone(&self.time_zone)?, ms);
        let since_monday = i64::from(day.weekday().to_monday_zero_offset());
        let first = match self.week_start {
            WeekStart::Monday => 0,
            WeekStart::Saturday => 5,
            WeekStart::Sunday => 6,
        };
        Ok(add_days(day, -(since_monday - first).rem_euclid(7)))
    }

    /// The day of an instant (UTC milliseconds) in the organisation's zone.
    pub fn day_of(&self, ms: i64) -> Result<Day> {
        Ok(day_in(&find_zone(&self.time_zone)?, ms))
    }

    /// The instant at which a day begins in the organisation's zone, in UTC milliseconds.
    pub fn start_ms(&self, day: Day) -> Result<i64> {
        self.start_of_day_ms(&day.to_string())
    }
}

/// So many days later, or earlier; the day itself where the calendar ends.
pub fn add_days(day: Day, days: i64) -> Day {
    day.checked_add(days.days()).unwrap_or(day)
}

/// The first day of the month of a day.
pub fn first_of_month(day: Day) -> Day {
    day.first_of_month()
}

/// The first day of the month after that of a day; the day itself where the calendar ends.
pub fn first_of_next_month(day: Day) -> Day {
    day.first_of_month().checked_add(1.month()).unwrap_or(day)
}

/// Reads a day of the calendar, written as `2026-03-29`.
pub fn parse_day(text: &str) -> Result<Day> {
    let is_whole = text.len() == "2026-03-29".len();
    let day = text.parse::<Day>().ok().filter(|_| is_whole);
    day.ok_or_else(|| Error::invalid(format!("`{text}` is not a day; write it as 2026-03-29")))
}

/// The day of an instant (UTC milliseconds) in a time zone.
pub fn day_in(zone: &TimeZone, ms: i64) -> Day {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date()
}

/// A time zone by its IANA name.
pub fn find_zone(name: &str) -> Result<TimeZone> {
    jiff::tz::db()
        .get(name)
        .map_err(|_| Error::invalid(format!("`{name}` is not a time zone; write an IANA name such as Europe/Madrid")))
}

/// An instant as `2026-03-29T01:02:03.004Z`.
pub fn format_instant(ms: i64) -> String {
    match Timestamp::from_millisecond(ms) {
        Ok(instant) => format!("{instant:.3}"),
        Err(_) => ms.to_string(),
    }
}

/// Reads a span such as `7d`, `30min`, `12h`, `2w`, `90s`, `500ms` as milliseconds.
pub fn parse_window_ms(text: &str) -> Result<i64> {
    let trimmed = text.trim();
    let digits_end = trimmed.find(|c: char| !c.is_ascii_digit()).unwrap_or(trimmed.len());
    let (digits, unit) = trimmed.split_at(digits_end);
    let unit_ms = match unit.trim() {
        "ms" => Some(1),
        "s" | "sec" | "second" | "seconds" => Some(SECOND_MS),
        "min" | "minute" | "minutes" => Some(MINUTE_MS),
        "h" | "hour" | "hours" => Some(HOUR_MS),
        "d" | "day" | "days" => Some(DAY_MS),
        "w" | "week" | "weeks" => Some(7 * DAY_MS),
        _ => None,
    };
    let window = digits.parse::<i64>().ok().zip(unit_ms).and_then(|(count, unit)| count.checked_mul(unit));
    match window {
        Some(ms) if ms > 0 => Ok(ms),
        _ => Err(Error::invalid(format!(
            "`{text}` is not a window; write a whole number and a unit, such as 30min, 12h, 7d or 2w"
        ))),
    }
}

/// The month of an instant in UTC, as `year × 12 + month − 1`.
pub fn month_of(ms: i64) -> i64 {
    let date = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC).date();
    i64::from(date.year()) * 12 + i64::from(date.month()) - 1
}

/// The first instant of the month after `month` (as of [`month_of`]), in UTC milliseconds.
pub fn end_of_month_ms(month: i64) -> i64 {
    let year = i16::try_from(month.div_euclid(12)).unwrap_or(i16::MAX);
    let number = i8::try_from(month.rem_euclid(12) + 1).unwrap_or(1);
    Date::new(year, number, 1)
        .and_then(|date| date.checked_add(1.month()))
        .and_then(|date| date.to_zoned(TimeZone::UTC))
        .map_or(i64::MAX, |start| start.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_read_with_their_unit() {
        assert_eq!(parse_window_ms("7d").unwrap(), 7 * DAY_MS);
        assert_eq!(parse_window_ms("30 min").unwrap(), 30 * MINUTE_MS);
        for text in ["7 potatoes", "", "d", "-3d", "0d", "99999999999999999d", "1.5h"] {
            let message = parse_window_ms(text).unwrap_err().to_string();
            assert!(message.contains("such as 30min"), "{message}");
        }
    }

    #[test]
    fn a_day_starts_where_the_organisation_is() {
        let madrid = Calendar { time_zone: "Europe/Madrid".to_owned(), ..Calendar::default() };
        assert_eq!(format_instant(madrid.start_of_day_ms("2026-07-01").unwrap()), "2026-06-30T22:00:00.000Z");
        assert!(madrid.start_of_day_ms("1 July").is_err());
        let nowhere = Calendar { time_zone: "Mars/Olympus".to_owned(), ..Calendar::default() };
        assert!(nowhere.start_of_day_ms("2026-07-01").is_err());
    }

    #[test]
    fn a_week_begins_on_the_day_of_the_organisation() {
        // Sunday, 1 November 2026, 23:30 in Madrid.
        let sunday = 1_793_572_200_000;
        let week = |week_start, zone: &str| {
            Calendar { time_zone: zone.to_owned(), week_start }.week_of(sunday).unwrap().to_string()
        };
        assert_eq!(week(WeekStart::Monday, "Europe/Madrid"), "2026-10-26");
        assert_eq!(week(WeekStart::Sunday, "Europe/Madrid"), "2026-11-01");
        assert_eq!(week(WeekStart::Saturday, "Europe/Madrid"), "2026-10-31");
        assert_eq!(week(WeekStart::Monday, "Asia/Tokyo"), "2026-11-02");
    }

    #[test]
    fn months_have_an_end() {
        let december = month_of(1_767_225_599_999);
        assert_eq!(december, 2025 * 12 + 11);
        assert_eq!(end_of_month_ms(december), 1_767_225_600_000);
    }
}
