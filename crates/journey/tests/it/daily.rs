use std::fmt::Write;

use domain::time::DAY_MS;
use expect_test::expect;
use journey::Activities;
use journey::daily::{Daily, DailyQuestion, DaysLeftOut, MOST_DAYS};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

fn days(count: i64) -> Vec<i64> {
    (0..=count).map(|day| day * DAY_MS).collect()
}

fn of_any(edges: Vec<i64>) -> DailyQuestion {
    DailyQuestion::new(edges, Activities::any()).unwrap()
}

#[test]
fn events_and_customers_are_counted_on_their_day() {
    let log = Log::parse(
        "
        ana    visit 1h, visit 2h, buy 3h, visit 1d
        luis   visit 23h, visit 1d 5h, visit 2d
        ",
    );
    let mut text = String::new();
    for row in answer(of_any(days(2)), &log, 1).rows {
        let activity = log.name(row.activity);
        writeln!(text, "day {}: {activity}, {} events of {} customers", row.day, row.events, row.customers).unwrap();
    }
    expect![[r#"
        day 0: visit, 3 events of 2 customers
        day 1: visit, 2 events of 2 customers
        day 0: buy, 1 events of 1 customers
    "#]]
    .assert_eq(&text);
}

#[test]
fn days_without_events_have_no_row() {
    assert_eq!(answer(of_any(days(9)), &Log::parse("ana\nluis visit 20d"), 2), Daily::default());
    let error = DailyQuestion::new(days(MOST_DAYS as i64 + 1), Activities::any()).unwrap_err().to_string();
    assert!(error.contains("1 to 3660 periods, not 3661"), "{error}");
}

#[test]
fn the_rarest_rows_are_left_out_of_an_answer_that_is_too_large() {
    let log = Log::parse("ana    a 0h, a 1h, b 2h, c 1d, c 1d, c 1d, b 1d");
    let daily = answer(of_any(days(2)).with_most_rows(2), &log, 1);
    let rows: Vec<_> = daily.rows.iter().map(|row| (log.name(row.activity), row.day, row.events)).collect();
    assert_eq!(rows, [("a", 0, 2), ("c", 1, 3)]);
    assert_eq!(daily.left_out, DaysLeftOut { rows: 2, events: 2 });
}

#[test]
fn thousands_of_activities_over_years_are_counted_in_passes() {
    let journeys: Vec<Vec<(i64, u16)>> = (0..40_i64)
        .map(|one| {
            let event = |n: i64| ((n * n % 3_650) * DAY_MS, ((one * 31 + n * n) % 4_097) as u16);
            (0..100).map(event).collect()
        })
        .collect();
    let log = Log::of_journeys(journeys).in_parts(3);
    let expected = reference::daily(&log, &days(3_650), None);
    let question = || of_any(days(3_650));
    assert_eq!(answer(question(), &log, 2), expected);
    let (daily, passes) = answer_from_afar(question().with_limits(1 << 20, 300), &log, false);
    assert_eq!(daily, expected);
    assert!(expected.rows.len() > 2_000 && passes > 7, "{} rows in {passes} passes", expected.rows.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs(6),
        edges in strategies::period_edges(12),
        counted in strategies::some_activities(6),
        cells in prop_oneof![0_usize..40, Just(1 << 20)],
        entries in prop_oneof![1_usize..12, Just(1_000)],
        most_rows in prop_oneof![0_usize..9, Just(1_000)],
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let question = || {
            let activities = counted.as_deref().map_or(Activities::any(), Activities::of);
            DailyQuestion::new(edges.clone(), activities).unwrap().with_limits(cells, entries).with_most_rows(most_rows)
        };
        let whole = reference::daily(&log, &edges, counted.as_deref());
        let mut by_rank = whole.rows.clone();
        by_rank.sort_by_key(|row| (std::cmp::Reverse(row.events), row.activity, row.day));
        let rest = by_rank.split_off(most_rows.min(by_rank.len()));
        by_rank.sort_by_key(|row| (row.activity, row.day));
        let left_out = DaysLeftOut { rows: rest.len() as u64, events: rest.iter().map(|row| row.events).sum() };
        let expected = Daily { rows: by_rank, left_out };
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
    }
}
