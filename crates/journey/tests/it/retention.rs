use std::fmt::Write;

use domain::time::DAY_MS;
use expect_test::{Expect, expect};
use journey::Activities;
use journey::retention::{MOST_PERIODS, Retention, RetentionQuestion, Return};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::reference::{self, AskedRetention};
use testkit::strategies;

use crate::{answer, answer_from_afar};

fn show(retention: &Retention) -> String {
    let mut text = String::new();
    for (number, cohort) in retention.cohorts.iter().enumerate() {
        writeln!(text, "{number}: {} customers, back {:?}", cohort.customers, cohort.returned).unwrap();
    }
    for (after, retained) in retention.curve.iter().enumerate() {
        let (cohorts, customers, returned) = (retained.cohorts, retained.customers, retained.returned);
        writeln!(text, "after {after}: {returned} of {customers} in {cohorts} cohorts").unwrap();
    }
    text
}

fn days(count: i64) -> Vec<i64> {
    (0..=count).map(|day| day * DAY_MS).collect()
}

fn check(question: RetentionQuestion, fixture: &str, expected: Expect) {
    expected.assert_eq(&show(&answer(question, &Log::parse(fixture), 1)));
}

/// Eva is back on the day on which she began, sol never.
const FOUR: &str = "
    ana    visit 1h, buy 25h, visit 50h
    luis   visit 2h, buy 49h
    eva    visit 25h, visit 26h
    sol    visit 30h
    ";

fn of_any(edges: Vec<i64>) -> RetentionQuestion {
    RetentionQuestion::new(edges, Activities::any(), Activities::any()).unwrap()
}

#[test]
fn customers_come_back_in_a_period_or_do_not() {
    check(
        of_any(days(3)),
        FOUR,
        expect![[r#"
            0: 2 customers, back [0, 1, 2]
            1: 2 customers, back [1, 0]
            2: 0 customers, back [0]
            after 0: 1 of 4 in 2 cohorts
            after 1: 1 of 4 in 2 cohorts
            after 2: 2 of 2 in 1 cohorts
        "#]],
    );
}

#[test]
fn on_or_after_counts_a_later_return_for_every_period_before() {
    check(
        of_any(days(3)).with_rule(Return::OnOrAfter),
        FOUR,
        expect![[r#"
            0: 2 customers, back [2, 2, 2]
            1: 2 customers, back [1, 0]
            2: 0 customers, back [0]
            after 0: 3 of 4 in 2 cohorts
            after 1: 2 of 4 in 2 cohorts
            after 2: 2 of 2 in 1 cohorts
        "#]],
    );
}

#[test]
fn the_curve_is_of_periods_that_are_over() {
    let question = of_any(days(3)).known_until(2 * DAY_MS + 1);
    let retention = answer(question, &Log::parse(FOUR), 1);
    assert_eq!(retention.periods_over, 2);
    let cohorts: Vec<u64> = retention.curve.iter().map(|retained| retained.cohorts).collect();
    assert_eq!(cohorts, [2, 1, 0], "nobody has been seen for two whole days after the first");
    assert_eq!(retention.cohorts[0].returned, [0, 1, 2], "what is known already is told all the same");
}

#[test]
fn who_starts_by_buying_begins_when_they_buy() {
    let log = Log::parse(FOUR);
    let (visit, buy) = (log.activity("visit"), log.activity("buy"));
    let question = RetentionQuestion::new(days(3), Activities::of(&[buy]), Activities::of(&[visit])).unwrap();
    check(
        question.with_most_after(1),
        FOUR,
        expect![[r#"
            0: 0 customers, back [0, 0]
            1: 1 customers, back [0, 1]
            2: 1 customers, back [0]
            after 0: 0 of 2 in 2 cohorts
            after 1: 1 of 1 in 1 cohorts
        "#]],
    );
}

#[test]
fn who_began_before_the_first_period_is_in_no_cohort() {
    let retention = answer(of_any(vec![DAY_MS, 2 * DAY_MS]), &Log::parse(FOUR), 1);
    assert_eq!(retention.cohorts[0].customers, 2, "ana and luis began the day before");
}

#[test]
fn a_year_of_days_is_as_good_as_a_week() {
    let journeys = (0..40_i64).map(|day| (0..12).map(|n| ((day + n * n * 3) * DAY_MS + n, 0)).collect()).collect();
    let log = Log::of_journeys(journeys);
    for count in [60, 64, 65, 128, 129, 384, 385, MOST_PERIODS] {
        let edges = days(count as i64);
        let asked = AskedRetention {
            edges: edges.clone(),
            start: None,
            back: None,
            rule: Return::Exactly,
            most_after: usize::MAX - 1,
            known_until_ms: i64::MAX,
        };
        assert_eq!(answer(of_any(edges), &log, 2), reference::retention(&log, &asked), "{count} days");
    }
}

#[test]
fn there_must_be_periods_and_not_too_many() {
    for edges in [vec![], vec![7], days(MOST_PERIODS as i64 + 1)] {
        let error = RetentionQuestion::new(edges, Activities::any(), Activities::any()).unwrap_err().to_string();
        assert!(error.contains("1 to 1152 periods"), "{error}");
    }
}

#[test]
fn nobody_comes_back_to_an_activity_that_is_never_done() {
    let question = RetentionQuestion::new(days(2), Activities::of(&[77]), Activities::any()).unwrap();
    let retention = answer(question, &Log::parse(FOUR), 2);
    assert!(retention.cohorts.iter().all(|cohort| cohort.customers == 0));
    assert!(retention.curve.iter().all(|retained| retained.cohorts == 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs(4),
        edges in strategies::period_edges(70),
        start in strategies::some_activities(4),
        back in strategies::some_activities(4),
        rule in prop_oneof![Just(Return::Exactly), Just(Return::OnOrAfter)],
        most_after in prop_oneof![0_usize..5, Just(usize::MAX - 1)],
        known_until_ms in prop_oneof![-200_i64..2_000, Just(i64::MAX)],
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let asked = AskedRetention { edges, start, back, rule, most_after, known_until_ms };
        let activities = |wanted: &Option<Vec<u16>>| wanted.as_deref().map_or(Activities::any(), Activities::of);
        let question = || {
            RetentionQuestion::new(asked.edges.clone(), activities(&asked.start), activities(&asked.back))
                .unwrap()
                .with_rule(rule)
                .with_most_after(most_after)
                .known_until(known_until_ms)
        };
        let expected = reference::retention(&log, &asked);
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        for cohort in &expected.cohorts {
            prop_assert!(cohort.returned.iter().all(|returned| *returned <= cohort.customers));
            if rule == Return::OnOrAfter {
                prop_assert!(cohort.returned.is_sorted_by(|earlier, later| earlier >= later));
            }
        }
    }
}
