use std::fmt::Write;

use domain::time::DAY_MS;
use expect_test::{Expect, expect};
use journey::Activities;
use journey::life_cycle::{LifeCyclePeriod, LifeCycleQuestion, MOST_PERIODS};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

fn days(from: i64, to: i64) -> Vec<i64> {
    (from..=to).map(|day| day * DAY_MS).collect()
}

fn check(edges: Vec<i64>, fixture: &str, expected: Expect) {
    let question = LifeCycleQuestion::new(edges, Activities::any()).unwrap();
    let mut text = String::new();
    for LifeCyclePeriod { new, returning, resurrected, dormant } in answer(question, &Log::parse(fixture), 1) {
        writeln!(text, "{new} new, {returning} returning, {resurrected} resurrected, {dormant} dormant").unwrap();
    }
    expected.assert_eq(&text);
}

const THREE: &str = "
    ana    visit 1h, visit 2h, visit 1d 1h, visit 3d 1h
    luis   visit 1d 5h, visit 2d
    eva    visit 0h
    ";

#[test]
fn customers_come_stay_away_and_come_back() {
    check(
        days(0, 5),
        THREE,
        expect![[r#"
            2 new, 0 returning, 0 resurrected, 0 dormant
            1 new, 1 returning, 0 resurrected, 1 dormant
            0 new, 1 returning, 0 resurrected, 1 dormant
            0 new, 0 returning, 1 resurrected, 1 dormant
            0 new, 0 returning, 0 resurrected, 1 dormant
        "#]],
    );
}

#[test]
fn who_was_there_before_the_first_period_is_not_new_in_it() {
    check(
        days(1, 3),
        THREE,
        expect![[r#"
            1 new, 0 returning, 1 resurrected, 0 dormant
            0 new, 1 returning, 0 resurrected, 1 dormant
        "#]],
    );
}

#[test]
fn a_year_of_days_is_as_good_as_a_week() {
    let journeys = (0..30_i64).map(|day| (0..14).map(|n| ((day + n * n * 5) * DAY_MS, 0)).collect()).collect();
    let log = Log::of_journeys(journeys);
    for count in [64, 65, 128, 129, 384, 385, MOST_PERIODS] {
        let edges = days(3, 3 + count as i64);
        let question = LifeCycleQuestion::new(edges.clone(), Activities::any()).unwrap();
        assert_eq!(answer(question, &log, 2), reference::life_cycle(&log, &edges, None), "{count} days");
    }
    assert!(LifeCycleQuestion::new(days(0, MOST_PERIODS as i64 + 1), Activities::any()).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs(4),
        edges in strategies::period_edges(70),
        active in strategies::some_activities(4),
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let question = || {
            let activities = active.as_deref().map_or(Activities::any(), Activities::of);
            LifeCycleQuestion::new(edges.clone(), activities).unwrap()
        };
        let expected = reference::life_cycle(&log, &edges, active.as_deref());
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        // Whoever was active in a period returns in the next or is dormant in it.
        for pair in expected.windows(2) {
            prop_assert_eq!(pair[1].returning + pair[1].dormant, pair[0].active());
        }
    }
}
