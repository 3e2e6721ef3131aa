//! Local times of files as instants.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use domain::time::DAY_MS;

/// A zone that remembers the offset of the last day, because the rows of a file follow each other in time.
#[derive(Debug)]
pub(super) struct LocalZone {
    zone: TimeZone,
    day: i64,
    /// Of the day, where it is the same from its beginning to its end.
    offset_ms: Option<i64>,
}

impl LocalZone {
    pub(super) fn new(zone: TimeZone) -> LocalZone {
        LocalZone { zone, day: i64::MIN, offset_ms: None }
    }

    /// The instant of a local time. Of an hour that comes twice it is the first; an hour that does not exist is read by the
    /// offset before it.
    pub(super) fn find_instant(&mut self, local_ms: i64) -> i64 {
        let day = local_ms.div_euclid(DAY_MS);
        if day != self.day {
            let begin = self.find_offset(day * DAY_MS);
            let end = self.find_offset((day + 1) * DAY_MS);
            self.day = day;
            self.offset_ms = (begin == end).then_some(begin);
        }
        local_ms - self.offset_ms.unwrap_or_else(|| self.find_offset(local_ms))
    }

    fn find_offset(&self, local_ms: i64) -> i64 {
        let local = DateTime::constant(1970, 1, 1, 0, 0, 0, 0).checked_add(SignedDuration::from_millis(local_ms));
        let instant = local.ok().and_then(|local| self.zone.to_ambiguous_timestamp(local).compatible().ok());
        instant.map_or(0, |instant: Timestamp| local_ms - instant.as_millisecond())
    }
}

#[cfg(test)]
mod tests {
    use domain::time::{find_zone, format_instant};

    use super::*;
    use crate::intake::time::read_moment;

    #[test]
    fn local_times_follow_the_clocks_of_their_zone() {
        for (zone, local, instant) in [
            ("UTC", "2026-03-29 01:30", "2026-03-29T01:30:00.000Z"),
            ("Europe/Madrid", "2026-01-15 12:00", "2026-01-15T11:00:00.000Z"),
            ("Europe/Madrid", "2026-07-15 12:00", "2026-07-15T10:00:00.000Z"),
            ("Europe/Madrid", "2026-03-29 01:59", "2026-03-29T00:59:00.000Z"),
            ("Europe/Madrid", "2026-03-29 02:30", "2026-03-29T01:30:00.000Z"),
            ("Europe/Madrid", "2026-03-29 03:00", "2026-03-29T01:00:00.000Z"),
            ("Europe/Madrid", "2026-10-25 02:30", "2026-10-25T00:30:00.000Z"),
            ("Europe/Madrid", "2026-10-25 23:00", "2026-10-25T22:00:00.000Z"),
            ("America/Bogota", "2026-10-25 23:00", "2026-10-26T04:00:00.000Z"),
        ] {
            let mut zone = LocalZone::new(find_zone(zone).unwrap());
            for _ in 0..2 {
                let ms = zone.find_instant(read_moment(local).unwrap().in_utc());
                assert_eq!(format_instant(ms), instant, "{local}");
            }
        }
    }

    #[test]
    fn the_remembered_day_changes_nothing() {
        let zone = find_zone("Europe/Madrid").unwrap();
        let mut remembering = LocalZone::new(zone.clone());
        for hour in 0..24 * 400 {
            let local = 1_767_225_600_000 + hour * 3_600_000 + 1_800_000;
            assert_eq!(remembering.find_instant(local), LocalZone::new(zone.clone()).find_instant(local));
            assert_eq!(remembering.find_instant(local), local - remembering.find_offset(local));
        }
    }
}
