use domain::time::{HOUR_MS, format_instant};
use proptest::prelude::*;

use super::*;

fn instant(text: &str) -> String {
    match read_moment(text) {
        Ok(Moment::Instant(ms)) => format_instant(ms),
        Ok(Moment::Local(ms)) => format_instant(ms).replace('Z', " local"),
        Err(fault) => format!("{fault:?}"),
    }
}

#[test]
fn every_way_of_writing_a_time_is_read() {
    for (text, expected) in [
        ("2026-03-29T01:02:03.004Z", "2026-03-29T01:02:03.004Z"),
        ("2026-03-29T01:02:03Z", "2026-03-29T01:02:03.000Z"),
        ("2026-03-29T01:02:03+00:00", "2026-03-29T01:02:03.000Z"),
        ("2026-03-29T01:02:03.123456+00:00", "2026-03-29T01:02:03.123Z"),
        ("2026-03-29T01:02:03.123456789Z", "2026-03-29T01:02:03.123Z"),
        ("2026-03-29T01:02:03.1Z", "2026-03-29T01:02:03.100Z"),
        ("2026-03-29T01:02:03,12Z", "2026-03-29T01:02:03.120Z"),
        ("2026-03-29T03:02:03.004+02:00", "2026-03-29T01:02:03.004Z"),
        ("2026-03-28T20:02:03-0500", "2026-03-29T01:02:03.000Z"),
        ("2026-03-29T03:02:03+02", "2026-03-29T01:02:03.000Z"),
        ("2026-03-29t01:02:03z", "2026-03-29T01:02:03.000Z"),
        ("2026-03-29T01:02Z", "2026-03-29T01:02:00.000Z"),
        ("2026-03-29 01:02:03 UTC", "2026-03-29T01:02:03.000Z"),
        ("2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276Z"),
        ("2026-03-29T01:02:03.123456", "2026-03-29T01:02:03.123 local"),
        ("2026-03-29 01:02:03", "2026-03-29T01:02:03.000 local"),
        ("  2026-03-29 01:02 ", "2026-03-29T01:02:00.000 local"),
        ("2026-3-9 1:02", "2026-03-09T01:02:00.000 local"),
        ("2026-03-29", "2026-03-29T00:00:00.000 local"),
        ("2026/03/29 01:02:03", "2026-03-29T01:02:03.000 local"),
        ("20260329", "2026-03-29T00:00:00.000 local"),
        ("20260329T010203Z", "2026-03-29T01:02:03.000Z"),
        ("20260329010203", "2026-03-29T01:02:03.000 local"),
        ("29/03/2026 01:02", "2026-03-29T01:02:00.000 local"),
        ("03/04/2026", "2026-04-03T00:00:00.000 local"),
        ("29.03.2026 01:02:03", "2026-03-29T01:02:03.000 local"),
        ("29-3-2026", "2026-03-29T00:00:00.000 local"),
        ("29/03/2026, 11:02 PM", "2026-03-29T23:02:00.000 local"),
        ("29/03/2026 12:02 am", "2026-03-29T00:02:00.000 local"),
        ("Sun, 29 Mar 2026 03:02:03 +0200", "2026-03-29T01:02:03.000Z"),
        ("1774746123", "2026-03-29T01:02:03.000Z"),
        ("1774746123.0049", "2026-03-29T01:02:03.004Z"),
        ("1774746123004", "2026-03-29T01:02:03.004Z"),
        ("1774746123004005", "2026-03-29T01:02:03.004Z"),
        ("1774746123004005006", "2026-03-29T01:02:03.004Z"),
        ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"),
        ("2016-12-31T24:00:00Z", "2017-01-01T00:00:00.000Z"),
        ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"),
        ("9999-12-29T23:59:59.999Z", "9999-12-29T23:59:59.999Z"),
        ("+275760-09-13T00:00:00.000Z", "OutOfRange"),
        ("-000001-01-01T00:00:00.000Z", "OutOfRange"),
        ("99999999999999999999", "OutOfRange"),
        ("2026-02-30T00:00:00Z", "NoSuchDay"),
        ("2025-02-29T00:00:00.000Z", "NoSuchDay"),
        ("1900-02-29", "NoSuchDay"),
        ("03/29/2026", "NoSuchDay"),
        ("2026-03-29T25:00:00Z", "NoSuchDay"),
        ("2026-03-29T01:60:00Z", "NoSuchDay"),
        ("29/03/2026 13:02 PM", "NoSuchDay"),
        ("2026-03-29T01:02:03+25:00", "Unreadable"),
        ("2026-03-29T", "Unreadable"),
        ("2026-03-29T01", "Unreadable"),
        ("2026-03-29 01:02:03 tomorrow", "Unreadable"),
        ("2026-03", "Unreadable"),
        ("29/03/26", "Unreadable"),
        ("yesterday", "Unreadable"),
        ("", "Unreadable"),
        (".", "Unreadable"),
        ("-", "Unreadable"),
        ("1.2.3", "Unreadable"),
    ] {
        assert_eq!(instant(text), expected, "{text:?}");
    }
}

#[test]
fn numbers_tell_their_unit_by_their_size() {
    for (number, ms) in [
        ("0", 0),
        ("-1", -1_000),
        ("-1.5", -1_500),
        ("1.5e9", 1_500_000_000_000),
        ("1.7000000005e12", 1_700_000_000_500),
        ("99999999999", 99_999_999_999_000),
        ("100000000000", 100_000_000_000),
    ] {
        assert_eq!(read_epoch(number), Ok(ms), "{number}");
    }
    assert_eq!(read_epoch("1e400"), Err(TimeFault::OutOfRange));
    assert_eq!(read_epoch("1e30"), Err(TimeFault::OutOfRange));
}

/// 2026-03-29T12:00:00Z.
const NOON: i64 = 1_774_785_600_000;

fn occurred(original: Option<i64>, sent: Option<i64>) -> Result<i64, TimeFault> {
    place(original, sent, NOON, true).map(|times| times.occurred_at - NOON)
}

#[test]
fn the_clock_of_the_sender_is_corrected() {
    let ten_years = 3_650 * DAY_MS;
    for skew in [0, 1_000, -60_000, 60_000, -DAY_MS, DAY_MS, -ten_years, ten_years] {
        let happened = NOON - 5_000;
        let corrected = occurred(Some(happened + skew), Some(NOON + skew)).unwrap();
        assert!((corrected + 5_000).abs() <= 1_000, "{skew}: {corrected}");
    }
    assert_eq!(occurred(Some(NOON - 5_000), Some(NOON - 900)), Ok(-5_000), "a second of travel is not a skewed clock");
    assert_eq!(occurred(Some(NOON - 5_000), Some(NOON - 1_001)), Ok(-5_000 + 1_001));
}

#[test]
fn what_is_missing_is_taken_from_what_is_there() {
    assert_eq!(occurred(None, None), Ok(0));
    assert_eq!(occurred(None, Some(NOON - HOUR_MS)), Ok(0), "made when sent, and sent just now by our clock");
    assert_eq!(occurred(Some(NOON - HOUR_MS), None), Ok(-HOUR_MS));
    assert_eq!(
        occurred(Some(NOON - HOUR_MS), Some(-62_000_000_000_000)),
        Ok(-HOUR_MS),
        "a clock in year 5 says nothing"
    );
    let uncorrected = place(None, Some(NOON - HOUR_MS), NOON, false).unwrap();
    assert_eq!(uncorrected.occurred_at, NOON - HOUR_MS);
}

#[test]
fn what_comes_from_the_future_gets_its_arrival_and_what_is_out_of_range_is_refused() {
    let times = place(Some(NOON + DAY_MS + 1), None, NOON, true).unwrap();
    assert_eq!((times.occurred_at, times.is_moved_to_arrival), (NOON, true));
    assert_eq!(times.original_at, NOON + DAY_MS + 1);
    let times = place(Some(NOON + DAY_MS), None, NOON, true).unwrap();
    assert_eq!((times.occurred_at, times.is_moved_to_arrival), (NOON + DAY_MS, false));
    for outside in [-1, MAX_INSTANT_MS, i64::MIN, i64::MAX] {
        assert_eq!(occurred(Some(outside), None), Err(TimeFault::OutOfRange), "{outside}");
    }
    assert_eq!(
        occurred(Some(0), Some(NOON + 60 * 365 * DAY_MS)),
        Err(TimeFault::OutOfRange),
        "before 1970 once corrected"
    );
}

proptest! {
    #[test]
    fn every_instant_of_the_accepted_range_reads_back(ms in MIN_INSTANT_MS..MAX_INSTANT_MS) {
        prop_assert_eq!(read_moment(&format_instant(ms)), Ok(Moment::Instant(ms)));
        let compact = format_instant(ms)[..19].replace(['-', ':'], "");
        prop_assert_eq!(read_moment(&compact), Ok(Moment::Local(ms.div_euclid(1_000) * 1_000)));
    }

    #[test]
    fn no_text_panics(text in "[0-9TZ:+. /-]{0,30}|\\PC{0,20}") {
        let _ = read_moment(&text);
        let _ = read_epoch(&text);
    }
}
