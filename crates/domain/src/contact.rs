//! How often a customer is interrupted: one rule for everything that reaches out to somebody who has not asked for it.
//!
//! Surveys keep to it; whatever else interrupts keeps to the same one, because for the customer it is one company.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::time::{DAY_MS, Day, find_zone};

/// Days that a rule may look back.
pub const LONGEST_PERIOD_DAYS: u32 = 365;
pub const MOST_CONTACTS: u32 = 100;

/// The bounds of contact for one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRule {
    /// Contacts in any span of `days` days: 1 to 100.
    pub most: u32,
    /// 1 to 365.
    pub days: u32,
    /// Days that lie between two contacts at least: 0 to `days`.
    pub apart_days: u32,
    /// Hour of the day, in the time zone of the organisation, from which on somebody is contacted: 0 to 23.
    pub from_hour: u8,
    /// Hour from which on nobody is contacted any more: above `from_hour`, to 24.
    pub until_hour: u8,
}

impl Default for ContactRule {
    /// Two in 30 days, a week apart, from 9 to 21.
    fn default() -> ContactRule {
        ContactRule { most: 2, days: 30, apart_days: 7, from_hour: 9, until_hour: 21 }
    }
}

/// Whether somebody may be contacted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contactable {
    Now,
    /// Not at this hour: from this instant on (UTC milliseconds).
    From(i64),
    No(Pressure),
}

/// Why somebody is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressure {
    /// The last contact is too recent.
    TooSoon,
    /// There were as many in the period as there may be.
    TooOften,
}

impl Pressure {
    pub fn as_str(self) -> &'static str {
        match self {
            Pressure::TooSoon => "too_soon",
            Pressure::TooOften => "too_often",
        }
    }
}

impl ContactRule {
    /// `InvalidArgument`, with everything that is to be mended in a sentence.
    pub fn check(&self) -> Result<()> {
        let mut problems = Vec::new();
        if !(1..=MOST_CONTACTS).contains(&self.most) {
            problems.push(format!("`most` is 1 to {MOST_CONTACTS}, not {}", self.most));
        }
        if !(1..=LONGEST_PERIOD_DAYS).contains(&self.days) {
            problems.push(format!("`days` is 1 to {LONGEST_PERIOD_DAYS}, not {}", self.days));
        }
        if self.apart_days > self.days {
            problems.push(format!("`apart_days` is 0 to `days`, not {}", self.apart_days));
        }
        if self.until_hour > 24 || self.from_hour >= self.until_hour {
            problems.push(format!(
                "`from_hour` and `until_hour` are hours of one day, the first before the second, not {} and {}",
                self.from_hour, self.until_hour
            ));
        }
        match problems.is_empty() {
            true => Ok(()),
            false => Err(Error::invalid(problems.join("; "))),
        }
    }

    /// Whether somebody with these contacts before (instants in UTC milliseconds, in any order) may be contacted at `now`.
    /// Hours are those of the time zone.
    pub fn judge(&self, contacts: &[i64], now: i64, time_zone: &str) -> Result<Contactable> {
        let since = |days: u32| contacts.iter().filter(|at| now - **at < i64::from(days) * DAY_MS).count();
        if since(self.apart_days) > 0 {
            return Ok(Contactable::No(Pressure::TooSoon));
        }
        if since(self.days) >= usize::try_from(self.most).unwrap_or(usize::MAX) {
            return Ok(Contactable::No(Pressure::TooOften));
        }
        let opens_at = self.next_hour(now, time_zone)?;
        Ok(if opens_at > now { Contactable::From(opens_at) } else { Contactable::Now })
    }

    /// `now` if it lies in the hours of contact, else the instant at which they begin next.
    pub fn next_hour(&self, now: i64, time_zone: &str) -> Result<i64> {
        let zone = find_zone(time_zone)?;
        let outside = |_| Error::invalid(format!("{now} is outside of what the calendar knows"));
        let local = jiff::Timestamp::from_millisecond(now).map_err(outside)?.to_zoned(zone);
        let hour = local.hour();
        if (i16::from(self.from_hour)..i16::from(self.until_hour)).contains(&i16::from(hour)) {
            return Ok(now);
        }
        let is_early = i16::from(hour) < i16::from(self.from_hour);
        let day = if is_early { local.date() } else { local.date().tomorrow().map_err(outside)? };
        hour_of_day(day, self.from_hour, local.time_zone().clone())
    }
}

/// The instant at which the clock of a zone shows a full hour of a day (UTC milliseconds); where the clocks jump over it, the one
/// that they show in its place.
pub fn hour_of_day(day: Day, hour: u8, zone: jiff::tz::TimeZone) -> Result<i64> {
    let outside = |_| Error::invalid(format!("{day} at {hour} is outside of what the calendar knows"));
    let clock = day.at(i8::try_from(hour).unwrap_or_default(), 0, 0, 0);
    Ok(clock.to_zoned(zone).map_err(outside)?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::HOUR_MS;

    const NOON: i64 = 1_774_000_000_000 - 1_774_000_000_000 % DAY_MS + 12 * HOUR_MS;

    #[test]
    fn contacts_are_apart_and_few() {
        let rule = ContactRule::default();
        let judge = |days: &[i64]| {
            let contacts: Vec<i64> = days.iter().map(|days| NOON - days * DAY_MS).collect();
            rule.judge(&contacts, NOON, "UTC").unwrap()
        };
        assert_eq!(judge(&[]), Contactable::Now);
        assert_eq!(judge(&[6]), Contactable::No(Pressure::TooSoon));
        assert_eq!(judge(&[7]), Contactable::Now);
        assert_eq!(judge(&[7, 29]), Contactable::No(Pressure::TooOften));
        assert_eq!(judge(&[7, 30]), Contactable::Now);
    }

    #[test]
    fn nobody_is_contacted_at_night() {
        let rule = ContactRule::default();
        let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        let judge = |text| rule.judge(&[], at(text), "Europe/Madrid").unwrap();
        assert_eq!(judge("2026-07-01T06:59:00Z"), Contactable::From(at("2026-07-01T07:00:00Z")));
        assert_eq!(judge("2026-07-01T07:00:00Z"), Contactable::Now);
        assert_eq!(judge("2026-07-01T19:00:00Z"), Contactable::From(at("2026-07-02T07:00:00Z")));
        // The night in which the clocks go forward.
        assert_eq!(judge("2026-03-28T22:30:00Z"), Contactable::From(at("2026-03-29T07:00:00Z")));
        // And the one in which they go back.
        assert_eq!(judge("2026-10-24T22:30:00Z"), Contactable::From(at("2026-10-25T08:00:00Z")));
    }

    #[test]
    fn an_hour_of_the_day_is_what_the_clock_shows() {
        let at = |day: &str, hour, zone| {
            let day = crate::time::parse_day(day).unwrap();
            jiff::Timestamp::from_millisecond(hour_of_day(day, hour, find_zone(zone).unwrap()).unwrap())
                .unwrap()
                .to_string()
        };
        assert_eq!(at("2026-03-29", 10, "Europe/Madrid"), "2026-03-29T08:00:00Z");
        assert_eq!(at("2026-10-25", 10, "Europe/Madrid"), "2026-10-25T09:00:00Z");
        // There is no 2:00 in that night, and no midnight in that one: the clock shows an hour more.
        assert_eq!(at("2026-03-29", 2, "Europe/Madrid"), "2026-03-29T01:00:00Z");
        assert_eq!(at("2026-03-08", 0, "America/Havana"), "2026-03-08T05:00:00Z");
    }

    #[test]
    fn a_rule_that_nobody_could_keep_is_refused() {
        let rule = ContactRule { most: 0, days: 400, apart_days: 500, from_hour: 21, until_hour: 9 };
        let detail = rule.check().unwrap_err().detail;
        for part in ["`most` is 1 to 100, not 0", "`days` is 1 to 365, not 400", "`apart_days`", "`from_hour`"] {
            assert!(detail.contains(part), "{detail}");
        }
        assert!(ContactRule::default().check().is_ok());
    }

    proptest! {
        #[test]
        fn whoever_keeps_to_the_rule_never_breaks_it(
            most in 1..5_u32, days in 1..60_u32, apart in 0..30_u32, wishes in prop::collection::vec(0..200 * 24_i64, 0..300),
        ) {
            let rule = ContactRule { most, days, apart_days: apart.min(days), from_hour: 0, until_hour: 24 };
            let mut wishes: Vec<i64> = wishes.into_iter().map(|hour| NOON + hour * HOUR_MS).collect();
            wishes.sort_unstable();
            let mut contacts: Vec<i64> = Vec::new();
            for now in wishes {
                if rule.judge(&contacts, now, "UTC").unwrap() == Contactable::Now {
                    contacts.push(now);
                }
            }
            for (at, first) in contacts.iter().enumerate() {
                let within = contacts[at..].iter().filter(|later| **later - first < i64::from(days) * DAY_MS);
                prop_assert!(within.count() <= most as usize);
            }
            for pair in contacts.windows(2) {
                prop_assert!(pair[1] - pair[0] >= i64::from(rule.apart_days) * DAY_MS);
            }
        }
    }
}
