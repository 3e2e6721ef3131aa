//! The many ways of writing a time.

use super::{Moment, TimeFault};

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// Reads a time in the forms of the clients and of files:
///
/// * ISO 8601, with `T` or blanks between day and hour, any number of decimals (cut to milliseconds), `Z`, `UTC`, `GMT`, an
///   offset or no zone; `2026-03-29` and `20260329` are midnight; `20260329T010203Z`;
/// * `29/03/2026 01:02`, with `/`, `.` or `-`: the day always first, so that a file is never read in two ways;
/// * numbers: seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size (eight digits are a
///   day, fourteen are `YYYYMMDDHHMMSS`);
/// * `Sun, 29 Mar 2026 01:02:03 +0200` (RFC 2822).
pub(crate) fn read_moment(text: &str) -> Result<Moment, TimeFault> {
    if let Some(ms) = read_usual(text.as_bytes()) {
        return Ok(Moment::Instant(ms));
    }
    let text = text.trim();
    let bytes = text.as_bytes();
    let is_number = !bytes.is_empty()
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_digit() || *byte == b'.' || (*byte == b'-' && at == 0));
    if is_number && !matches!(bytes.len(), 8 | 14) && bytes.iter().filter(|byte| **byte == b'.').count() < 2 {
        return read_epoch(text).map(Moment::Instant);
    }
    if is_far_year(bytes) {
        return Err(TimeFault::OutOfRange);
    }
    match (Reader { bytes, at: 0 }).read() {
        Some(read) => read,
        None => jiff::fmt::rfc2822::parse(text)
            .map(|zoned| Moment::Instant(zoned.timestamp().as_millisecond()))
            .map_err(|_| TimeFault::Unreadable),
    }
}

/// `2026-03-29T01:02:03.004Z`, which nearly all clients write, without looking at anything else.
fn read_usual(bytes: &[u8]) -> Option<i64> {
    let bytes: &[u8; 24] = bytes.try_into().ok()?;
    let is_framed = bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes[10] == b'T'
        && bytes[13] == b':'
        && bytes[16] == b':'
        && bytes[19] == b'.'
        && bytes[23] == b'Z';
    if !is_framed {
        return None;
    }
    let digit = |at: usize| {
        let value = bytes[at].wrapping_sub(b'0');
        (value < 10).then_some(i64::from(value))
    };
    let two = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
    let year = two(0)? * 100 + two(2)?;
    let day = days_since_1970(year, two(5)?, two(8)?)?;
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let ms = digit(20)? * 100 + two(21)?;
    Some((day * DAY + hour * HOUR + minute * MINUTE + second) * 1_000 + ms)
}

/// Reads a number of seconds, milliseconds, microseconds or nanoseconds since 1970: below 10¹¹, 10¹⁴, 10¹⁷, and from there.
pub(crate) fn read_epoch(number: &str) -> Result<i64, TimeFault> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let Ok(whole) = whole.parse::<i64>() else {
        // An exponent, or more digits than any unit of time needs.
        return match number.parse::<f64>() {
            Ok(value) if value.is_finite() && value.abs() < 1e18 => read_epoch(&format!("{value:.3}")),
            Ok(_) => Err(TimeFault::OutOfRange),
            Err(_) => Err(TimeFault::Unreadable),
        };
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        let value = number.parse::<f64>().map_err(|_| TimeFault::Unreadable)?;
        return if value.is_finite() && value.abs() < 1e18 {
            read_epoch(&format!("{value:.3}"))
        } else {
            Err(TimeFault::OutOfRange)
        };
    }
    match whole.unsigned_abs() {
        0..100_000_000_000 => {
            let ms = fraction.bytes().chain(*b"000").take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'));
            Ok(whole * 1_000 + if number.starts_with('-') { -ms } else { ms })
        }
        100_000_000_000..100_000_000_000_000 => Ok(whole),
        100_000_000_000_000..100_000_000_000_000_000 => Ok(whole.div_euclid(1_000)),
        _ => Ok(whole.div_euclid(1_000_000)),
    }
}

/// Years of more than four digits, as `+275760-09-13T…`.
fn is_far_year(bytes: &[u8]) -> bool {
    matches!(bytes.first(), Some(b'+' | b'-'))
        && bytes.get(1..7).is_some_and(|year| year.iter().all(u8::is_ascii_digit))
        && bytes.get(7) == Some(&b'-')
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, if there is such a day.
///
/// The months are counted from March, so that the leap day is the last of its year and the days before a month are a
/// straight line.
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(is_leap),
        1..=12 => 31,
        _ => return None,
    };
    if day < 1 || day > last {
        return None;
    }
    let from_march = (month + 9) % 12;
    let year = if month <= 2 { year - 1 } else { year };
    let days_before_month = (153 * from_march + 2) / 5;
    let days_before_year = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(days_before_year + days_before_month + day - 1 - 719_468)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    /// None when it is not one of the forms; a fault when it is one and says an impossible day.
    fn read(mut self) -> Option<Result<Moment, TimeFault>> {
        let (year, month, day) = self.read_date()?;
        let seconds_and_ms = self.read_clock()?;
        let offset = self.read_zone()?;
        if self.at != self.bytes.len() {
            return None;
        }
        let Some(days) = days_since_1970(year, month, day) else {
            return Some(Err(TimeFault::NoSuchDay));
        };
        let Some((seconds, ms)) = seconds_and_ms else {
            return Some(Err(TimeFault::NoSuchDay));
        };
        let local = (days * DAY + seconds) * 1_000 + ms;
        Some(Ok(match offset {
            Some(offset) => Moment::Instant(local - offset * 1_000),
            None => Moment::Local(local),
        }))
    }

    fn read_date(&mut self) -> Option<(i64, i64, i64)> {
        let (first, len) = self.digits(8)?;
        match len {
            8 => Some((first / 10_000, first / 100 % 100, first % 100)),
            4 => {
                let separator = self.one_of(b"-/.")?;
                let month = self.up_to_two()?;
                self.one_of(&[separator])?;
                Some((first, month, self.up_to_two()?))
            }
            1 | 2 => {
                let separator = self.one_of(b"-/.")?;
                let month = self.up_to_two()?;
                self.one_of(&[separator])?;
                let (year, 4) = self.digits(4)? else { return None };
                Some((year, month, first))
            }
            _ => None,
        }
    }

    /// Seconds of the day and milliseconds; midnight if there is only a day; inner none for an hour that does not exist.
    fn read_clock(&mut self) -> Option<Option<(i64, i64)>> {
        if self.at == self.bytes.len() {
            return Some(Some((0, 0)));
        }
        let is_compact = self.at == 8 && self.bytes.get(8).is_some_and(u8::is_ascii_digit);
        if !is_compact && self.one_of(b"Tt").is_none() {
            self.one_of(b",");
            if self.skip_blanks() == 0 {
                return None;
            }
        }
        let (hour, minute, second) = match self.digits(6)? {
            (clock, 6) => (clock / 10_000, clock / 100 % 100, clock % 100),
            (clock, 4) => (clock / 100, clock % 100, 0),
            (hour, 1 | 2) => {
                self.one_of(b":")?;
                let (minute, 2) = self.digits(2)? else { return None };
                let second = match self.one_of(b":") {
                    Some(_) => match self.digits(2)? {
                        (second, 2) => second,
                        _ => return None,
                    },
                    None => 0,
                };
                (hour, minute, second)
            }
            _ => return None,
        };
        let ms = match self.one_of(b".,") {
            Some(_) => self.decimals()?,
            None => 0,
        };
        let Some(hour) = self.read_half_of_day(hour) else { return Some(None) };
        // 24:00 is the end of a day, second 60 a leap second: both are the next instant.
        let is_possible = (hour < 24 || (hour == 24 && minute == 0 && second == 0)) && minute < 60 && second <= 60;
        Some(is_possible.then_some((hour * HOUR + minute * MINUTE + second, ms)))
    }

    /// Applies `AM` or `PM`, if that comes next; none for an hour that has no half.
    fn read_half_of_day(&mut self, hour: i64) -> Option<i64> {
        let start = self.at;
        self.skip_blanks();
        let half = self.bytes.get(self.at..self.at + 2).map(<[u8]>::to_ascii_uppercase);
        let later = match half.as_deref() {
            Some(b"AM") => 0,
            Some(b"PM") => 12,
            _ => {
                self.at = start;
                return Some(hour);
            }
        };
        self.at += 2;
        (1..=12).contains(&hour).then_some(hour % 12 + later)
    }

    /// Seconds east of Greenwich; inner none when there is no zone.
    fn read_zone(&mut self) -> Option<Option<i64>> {
        self.skip_blanks();
        let rest = &self.bytes[self.at..];
        if rest.is_empty() {
            return Some(None);
        }
        if rest.eq_ignore_ascii_case(b"z") || rest.eq_ignore_ascii_case(b"utc") || rest.eq_ignore_ascii_case(b"gmt") {
            self.at = self.bytes.len();
            return Some(Some(0));
        }
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let (hours, minutes) = match self.digits(4)? {
            (compact, 4) => (compact / 100, compact % 100),
            (hours, 2) => match self.one_of(b":") {
                Some(_) => (hours, self.up_to_two()?),
                None => (hours, 0),
            },
            _ => return None,
        };
        (hours < 24 && minutes < 60).then_some(Some(sign * (hours * HOUR + minutes * MINUTE)))
    }

    fn one_of(&mut self, choices: &[u8]) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        choices.contains(&byte).then(|| {
            self.at += 1;
            byte
        })
    }

    fn skip_blanks(&mut self) -> usize {
        let start = self.at;
        while self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        self.at - start
    }

    /// At least one digit and at most `most`, with how many they were.
    fn digits(&mut self, most: usize) -> Option<(i64, usize)> {
        let start = self.at;
        let mut value = 0;
        while self.at - start < most
            && let Some(digit @ b'0'..=b'9') = self.bytes.get(self.at)
        {
            value = value * 10 + i64::from(digit - b'0');
            self.at += 1;
        }
        (self.at > start).then_some((value, self.at - start))
    }

    fn up_to_two(&mut self) -> Option<i64> {
        self.digits(2).map(|(value, _)| value)
    }

    /// Milliseconds of a fraction of any length.
    fn decimals(&mut self) -> Option<i64> {
        let (value, len) = self.digits(3)?;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        Some(match len {
            1 => value * 100,
            2 => value * 10,
            _ => value,
        })
    }
}
