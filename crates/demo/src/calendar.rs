//! Days, local times and seasons of the period. All answers come from tables built once: a local time becomes an instant
//! by whole-number arithmetic, with the offset that holds at noon of its day (shops are shut when clocks change).

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::Error;

pub(crate) const SECOND: i64 = 1_000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;

/// Days before and after the period that still have a date: a local day may begin before the period does.
const MARGIN: i64 = 45;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

struct DayFacts {
    month: u8,
    day_of_month: u8,
    /// Monday is 0.
    weekday: u8,
    /// `2026-03-29`
    text: String,
}

pub(crate) struct Calendar {
    pub(crate) from_ms: i64,
    pub(crate) until_ms: i64,
    pub(crate) days: i64,
    facts: Vec<DayFacts>,
    /// Offset from UTC in milliseconds, by zone and day.
    offsets: Vec<Vec<i64>>,
}

/// A moment as people on the spot see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LocalTime {
    /// Days since the first day of the period.
    pub(crate) day: i64,
    pub(crate) hour: i64,
}

impl Calendar {
    /// `from` inclusive, `until` exclusive, days of UTC.
    pub(crate) fn new(from: Date, until: Date, zones: &[&str]) -> Result<Calendar, Error> {
        let out_of_range =
            || Error::InvalidOptions(format!("the period from {from} to {until} is not on the calendar"));
        let instant = |date: Date| {
            let start = date.to_zoned(TimeZone::UTC).map_err(|_| out_of_range())?;
            Ok::<i64, Error>(start.timestamp().as_millisecond())
        };
        let (from_ms, until_ms) = (instant(from)?, instant(until)?);
        let days = (until_ms - from_ms) / DAY;

        let mut dates = Vec::new();
        for day in -MARGIN..days + MARGIN {
            dates.push(from.checked_add(day.days()).map_err(|_| out_of_range())?);
        }
        let facts = dates
            .iter()
            .map(|date| DayFacts {
                month: date.month().unsigned_abs(),
                day_of_month: date.day().unsigned_abs(),
                weekday: date.weekday().to_monday_zero_offset().unsigned_abs(),
                text: date.to_string(),
            })
            .collect();
        // The database that comes with the program, never the machine's: the files must be the same everywhere.
        let database = TimeZoneDatabase::bundled();
        let mut offsets = Vec::new();
        for name in zones {
            let zone = database.get(name).map_err(|_| Error::UnknownTimeZone((*name).to_owned()))?;
            let mut by_day = Vec::with_capacity(dates.len());
            for date in &dates {
                let noon = date.at(12, 0, 0, 0).to_zoned(zone.clone()).map_err(|_| out_of_range())?;
                by_day.push(i64::from(noon.offset().seconds()) * SECOND);
            }
            offsets.push(by_day);
        }
        Ok(Calendar { from_ms, until_ms, days, facts, offsets })
    }

    pub(crate) fn contains(&self, at: i64) -> bool {
        (self.from_ms..self.until_ms).contains(&at)
    }

    fn position(&self, day: i64) -> usize {
        ((day + MARGIN).max(0) as usize).min(self.facts.len() - 1)
    }

    /// The instant of a local day and time of day in milliseconds.
    pub(crate) fn instant(&self, zone: usize, day: i64, time_of_day: i64) -> i64 {
        self.from_ms + day * DAY + time_of_day - self.offsets[zone][self.position(day)]
    }

    pub(crate) fn local(&self, zone: usize, at: i64) -> LocalTime {
        let utc_day = (at - self.from_ms).div_euclid(DAY);
        let local = at - self.from_ms + self.offsets[zone][self.position(utc_day)];
        LocalTime { day: local.div_euclid(DAY), hour: local.rem_euclid(DAY) / HOUR }
    }

    /// 1 to 12.
    pub(crate) fn month(&self, day: i64) -> u8 {
        self.facts[self.position(day)].month
    }

    pub(crate) fn day_of_month(&self, day: i64) -> u8 {
        self.facts[self.position(day)].day_of_month
    }

    /// Monday is 0.
    pub(crate) fn weekday(&self, day: i64) -> u8 {
        self.facts[self.position(day)].weekday
    }

    pub(crate) fn is_weekend(&self, day: i64) -> bool {
        self.weekday(day) >= 5
    }

    /// Shops shut on Christmas Day and New Year's Day.
    pub(crate) fn is_closed(&self, day: i64) -> bool {
        matches!((self.month(day), self.day_of_month(day)), (12, 25) | (1, 1))
    }

    /// The hours in which everybody comes.
    pub(crate) fn is_rush(&self, time: LocalTime) -> bool {
        if self.is_weekend(time.day) { matches!(time.hour, 11 | 12) } else { matches!(time.hour, 8 | 9 | 14 | 18) }
    }

    /// `2026-03-29T01:02:03.004Z`, for an instant inside the period or its margins.
    pub(crate) fn write_instant(&self, out: &mut Vec<u8>, at: i64) {
        let day = (at - self.from_ms).div_euclid(DAY);
        let rest = (at - self.from_ms).rem_euclid(DAY);
        out.extend_from_slice(self.facts[self.position(day)].text.as_bytes());
        out.push(b'T');
        write_digits(out, rest / HOUR, 2);
        out.push(b':');
        write_digits(out, rest / MINUTE % 60, 2);
        out.push(b':');
        write_digits(out, rest / SECOND % 60, 2);
        out.push(b'.');
        write_digits(out, rest % SECOND, 3);
        out.push(b'Z');
    }

    /// The day of UTC of an instant inside the period or its margins: `2026-03-29`.
    pub(crate) fn day_text(&self, at: i64) -> &str {
        &self.facts[self.position((at - self.from_ms).div_euclid(DAY))].text
    }

    pub(crate) fn instant_text(&self, at: i64) -> String {
        let mut out = Vec::new();
        self.write_instant(&mut out, at);
        String::from_utf8(out).unwrap_or_default()
    }
}

fn write_digits(out: &mut Vec<u8>, value: i64, width: u32) {
    for place in (0..width).rev() {
        out.push(b'0' + (value / 10_i64.pow(place) % 10) as u8);
    }
}

/// The season of a month north or south of the equator.
pub(crate) fn season(month: u8, is_southern: bool) -> Season {
    let month = if is_southern { (month + 5) % 12 + 1 } else { month };
    match month {
        3..=5 => Season::Spring,
        6..=8 => Season::Summer,
        9..=11 => Season::Autumn,
        _ => Season::Winter,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const ZONES: [&str; 3] = ["Europe/Madrid", "America/Mexico_City", "America/Santiago"];

    #[test]
    fn local_times_become_instants_and_back() {
        let calendar = Calendar::new(date(2025, 5, 1), date(2026, 11, 1), &ZONES).unwrap();
        let nine_in_madrid = calendar.instant(0, 0, 9 * HOUR);
        assert_eq!(calendar.instant_text(nine_in_madrid), "2025-05-01T07:00:00.000Z");
        let winter_day = 214; // 2025-12-01
        assert_eq!(calendar.instant_text(calendar.instant(0, winter_day, 9 * HOUR)), "2025-12-01T08:00:00.000Z");
        assert_eq!(calendar.instant_text(calendar.instant(1, 0, 20 * HOUR)), "2025-05-02T02:00:00.000Z");
        let local = calendar.local(1, calendar.instant(1, 10, 20 * HOUR));
        assert_eq!((local.day, local.hour), (10, 20));
        assert_eq!(calendar.days, 549);
    }

    #[test]
    fn seasons_are_turned_around_in_the_south() {
        assert_eq!(season(7, false), Season::Summer);
        assert_eq!(season(7, true), Season::Winter);
        assert_eq!(season(12, true), Season::Summer);
        assert_eq!(season(4, true), Season::Autumn);
        assert_eq!(season(10, true), Season::Spring);
    }

    #[test]
    fn rush_is_where_the_customer_is() {
        let calendar = Calendar::new(date(2025, 5, 1), date(2025, 8, 1), &ZONES).unwrap();
        // 2025-05-01 is a Thursday.
        assert!(calendar.is_rush(LocalTime { day: 0, hour: 8 }));
        assert!(!calendar.is_rush(LocalTime { day: 2, hour: 8 }));
        assert!(calendar.is_rush(LocalTime { day: 2, hour: 11 }));
    }
}
