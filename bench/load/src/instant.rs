//! Instants as `2025-01-31T12:00:00.000Z`, written in place.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::civil::date;
use jiff::{SignedDuration, ToSpan};

pub const LENGTH: usize = 24;
pub const DAY_MS: i64 = 86_400_000;

/// Writes instants; the day is computed only when it changes.
#[derive(Debug)]
pub struct InstantWriter {
    day: i64,
    text: [u8; LENGTH],
}

impl InstantWriter {
    pub fn new() -> InstantWriter {
        InstantWriter { day: i64::MIN, text: *b"0000-00-00T00:00:00.000Z" }
    }

    /// The instant, given in milliseconds since 1970 in UTC.
    pub fn write(&mut self, at_ms: i64) -> &[u8; LENGTH] {
        let day = at_ms.div_euclid(DAY_MS);
        if day != self.day {
            let on = date(1970, 1, 1).saturating_add(day.days());
            self.text[..10].copy_from_slice(format!("{on}").as_bytes());
            self.day = day;
        }
        let within = at_ms.rem_euclid(DAY_MS) as u32;
        self.digits(11, 2, within / 3_600_000);
        self.digits(14, 2, within / 60_000 % 60);
        self.digits(17, 2, within / 1000 % 60);
        self.digits(20, 3, within % 1000);
        &self.text
    }

    fn digits(&mut self, at: usize, count: usize, mut number: u32) {
        for place in self.text[at..at + count].iter_mut().rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
    }
}

pub fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    SignedDuration::try_from(since).map_or(0, |since| since.as_millis() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_in_utc() {
        let mut writer = InstantWriter::new();
        let mut text = |at| String::from_utf8(writer.write(at).to_vec()).unwrap();
        assert_eq!(text(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(text(1_735_689_600_000 + 59 * DAY_MS - 1), "2025-02-28T23:59:59.999Z");
        assert_eq!(text(1_735_689_600_000 + 59 * DAY_MS), "2025-03-01T00:00:00.000Z");
    }
}
