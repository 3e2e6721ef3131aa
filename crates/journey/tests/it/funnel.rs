use std::fmt::Write;

use expect_test::{Expect, expect};
use journey::PropertyColumns;
use journey::funnel::{CodeSet, Funnel, FunnelCondition, FunnelQuestion, MAX_STEPS, ValueCondition, ValueSet};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

const DAY_MS: i64 = 86_400_000;

fn show(funnel: &Funnel, log: &Log) -> String {
    let mut text = format!("{} customers\n", funnel.customers);
    for step in &funnel.steps {
        let median = step.median_ms.map_or("-".to_owned(), |ms| format!("{} min", ms / 60_000.0));
        writeln!(text, "{:<10} {:>3}  {median}", log.name(step.activity), step.customers).unwrap();
    }
    text
}

fn check_funnel(steps: &str, window_ms: i64, fixture: &str, expected: Expect) {
    let log = Log::parse(fixture);
    let conditions: Vec<FunnelCondition> =
        steps.split(", ").map(|name| FunnelCondition::from(log.activity(name))).collect();
    let funnel = answer(FunnelQuestion::new(conditions, window_ms).unwrap(), &log, 1);
    expected.assert_eq(&show(&funnel, &log));
}

#[test]
fn customers_count_as_deep_as_they_come() {
    check_funnel(
        "search, basket, purchase",
        7 * DAY_MS,
        "
        ana    search 0m, product 1m, basket 10m, call 1h, purchase 2h
        luis   search 0m, basket 30m
        eva    search 1d
        sol    basket 0m, purchase 1m
        pau
        ",
        expect![[r#"
            3 customers
            search       3  -
            basket       2  20 min
            purchase     1  110 min
        "#]],
    );
}

#[test]
fn the_window_runs_from_the_first_step_and_includes_its_end() {
    check_funnel(
        "search, basket, purchase",
        DAY_MS,
        "
        on_time    search 0m, basket 1h, purchase 24h
        too_late   search 0m, basket 1h, purchase 24h 1ms
        ",
        expect![[r#"
            2 customers
            search       2  -
            basket       2  60 min
            purchase     1  1380 min
        "#]],
    );
}

#[test]
fn a_later_chain_counts_when_the_first_one_ran_out_of_time() {
    check_funnel(
        "search, basket, purchase",
        DAY_MS,
        "
        ana   search 0m, basket 10m, search 3d, basket 3d 5m, purchase 3d 1h
        ",
        expect![[r#"
            1 customers
            search       1  -
            basket       1  10 min
            purchase     1  55 min
        "#]],
    );
}

#[test]
fn a_new_first_step_does_not_lend_its_time_to_an_old_second_step() {
    // The only basket belongs to the search of day 0, so the purchase of day 2 is too late, whatever was searched since.
    check_funnel(
        "search, basket, purchase",
        DAY_MS,
        "ana   search 0m, basket 10m, search 2d, purchase 2d 1m",
        expect![[r#"
            1 customers
            search       1  -
            basket       1  10 min
            purchase     0  -
        "#]],
    );
}

#[test]
fn time_counts_from_the_latest_previous_step_to_the_first_arrival() {
    // Two baskets before the first purchase: the later one counts. The second purchase does not count.
    check_funnel(
        "search, basket, purchase",
        7 * DAY_MS,
        "ana   search 0m, basket 10m, search 20m, basket 50m, purchase 60m, basket 61m, purchase 90m",
        expect![[r#"
            1 customers
            search       1  -
            basket       1  10 min
            purchase     1  10 min
        "#]],
    );
}

#[test]
fn a_previous_step_outside_every_chain_gives_no_time() {
    // The second basket is in no chain (its search is too old), so the time counts from the first one.
    check_funnel(
        "search, basket, purchase",
        60 * 60_000,
        "
        ana    search 0m, basket 10m, purchase 60m
        luis   search 0m, basket 10m, basket 61m, search 62m, purchase 63m
        ",
        expect![[r#"
            2 customers
            search       2  -
            basket       2  10 min
            purchase     1  50 min
        "#]],
    );
}

#[test]
fn steps_of_one_instant_count_in_the_order_of_the_log() {
    check_funnel(
        "search, basket",
        DAY_MS,
        "
        in_order   search 5m, basket 5m
        reversed   basket 5m, search 5m
        ",
        expect![[r#"
            2 customers
            search       2  -
            basket       1  0 min
        "#]],
    );
}

#[test]
fn one_event_takes_one_step() {
    check_funnel(
        "call, call, call",
        DAY_MS,
        "
        once     call 0m
        twice    call 0m, call 3m
        thrice   call 0m, call 3m, call 3m
        ",
        expect![[r#"
            3 customers
            call         3  -
            call         2  3 min
            call         1  0 min
        "#]],
    );
}

#[test]
fn the_median_of_an_even_count_is_the_mean_of_the_two_in_the_middle() {
    check_funnel(
        "search, basket",
        DAY_MS,
        "
        a   search 0m, basket 1m
        b   search 0m, basket 2m
        c   search 0m, basket 5m
        d   search 0m, basket 60m
        ",
        expect![[r#"
            4 customers
            search       4  -
            basket       4  3.5 min
        "#]],
    );
}

#[test]
fn any_of_several_activities_can_be_a_step() {
    let log = Log::parse(
        "
        ana    search 0m, buy 1m
        luis   browse 0m, purchase 2m
        ",
    );
    let step = |name, alias| FunnelCondition { aliases: vec![log.activity(alias)], ..log.activity(name).into() };
    let question = FunnelQuestion::new(vec![step("search", "browse"), step("purchase", "buy")], DAY_MS).unwrap();
    expect![[r#"
        2 customers
        search       2  -
        purchase     2  1.5 min
    "#]]
    .assert_eq(&show(&answer(question, &log, 1), &log));
}

/// `purchase[paid=card][store!=7]` of a log that has these names.
fn step(log: &Log, text: &str) -> FunnelCondition {
    let (activity, conditions) = text.split_once('[').unwrap_or((text, ""));
    let conditions = conditions.split(['[', ']']).filter(|condition| !condition.is_empty());
    let values = conditions.map(|condition| {
        let (name, value) = condition.split_once('=').unwrap();
        let property = log.properties.iter().position(|(known, _)| known == name.trim_end_matches('!')).unwrap();
        let value = log.properties[property].1.iter().position(|known| known == value).map(|code| code as u16);
        ValueCondition { property, values: ValueSet::One(value), is_equal: !name.ends_with('!') }
    });
    FunnelCondition { values: values.collect(), ..log.activity(activity).into() }
}

#[test]
fn a_step_can_ask_for_values_of_properties() {
    let log = Log::parse(
        "
        ana    search 0m, purchase[paid=card][store=7] 1m
        luis   search 0m, purchase[paid=cash] 2m, purchase[paid=card] 5m
        eva    search 0m, purchase 3m
        ",
    );
    let arrived = |asked: &str| {
        let steps = vec![log.activity("search").into(), step(&log, asked)];
        let funnel = answer(FunnelQuestion::new(steps, DAY_MS).unwrap(), &log, 1);
        assert_eq!(funnel.customers, 3);
        (funnel.steps[1].customers, funnel.steps[1].median_ms)
    };
    assert_eq!(
        arrived("purchase[paid=card]"),
        (2, Some(180_000.0)),
        "the second purchase of luis is the first by card"
    );
    assert_eq!(arrived("purchase[paid=card][store=7]"), (1, Some(60_000.0)), "all conditions hold at once");
    assert_eq!(arrived("purchase[paid=card][paid=cash]"), (0, None));
    assert_eq!(arrived("purchase[paid!=card]"), (2, Some(150_000.0)), "who has no value has another one");
    assert_eq!(arrived("purchase[paid=cheque]"), (0, None), "a value that was never seen");
    assert_eq!(arrived("purchase[paid!=cheque]"), (3, Some(120_000.0)));
}

#[test]
fn a_step_can_ask_for_one_of_several_values() {
    let log = Log::parse(
        "
        ana    search 0m, purchase[items=1] 1m, purchase[items=3] 4m
        luis   search 0m, purchase[items=2] 2m
        eva    search 0m, purchase 3m
        ",
    );
    let column = log.properties.iter().position(|(name, _)| name == "items").unwrap();
    let arrived = |asked: &[&str], is_equal: bool| {
        let known = log.properties[column].1.iter().zip(0_u16..);
        let codes = CodeSet::of(known.filter(|(value, _)| asked.contains(&value.as_str())).map(|(_, code)| code));
        let values = vec![ValueCondition { property: column, values: ValueSet::Several(codes), is_equal }];
        let steps = vec![log.activity("search").into(), FunnelCondition { values, ..log.activity("purchase").into() }];
        let funnel = answer(FunnelQuestion::new(steps, DAY_MS).unwrap(), &log, 1);
        (funnel.steps[1].customers, funnel.steps[1].median_ms)
    };
    assert_eq!(arrived(&["2", "3"], true), (2, Some(180_000.0)), "ana with her second purchase");
    assert_eq!(arrived(&["1", "2", "3"], true), (2, Some(90_000.0)), "who has no value has none of them");
    assert_eq!(arrived(&[], true), (0, None));
    assert_eq!(arrived(&["1", "2", "3"], false), (1, Some(180_000.0)));
}

#[test]
fn no_set_of_values_has_what_is_not_told_apart() {
    let all = CodeSet::of(0..=u16::MAX);
    assert!((0..PropertyColumns::OTHER_VALUE).all(|code| all.has(code)));
    assert!(!all.has(PropertyColumns::OTHER_VALUE) && !all.has(PropertyColumns::NO_VALUE));
    assert!(!CodeSet::of([70]).has(6) && !CodeSet::of([70]).has(700) && CodeSet::of([70]).has(70));
}

#[test]
fn the_same_activity_with_other_values_is_another_step() {
    let log = Log::parse(
        "
        ana    visit[page=home] 0m, visit[page=shop] 1m, visit[page=home] 2m
        luis   visit[page=shop] 0m, visit[page=home] 1m
        ",
    );
    let steps = ["visit[page=home]", "visit[page=shop]"].map(|text| step(&log, text)).to_vec();
    let funnel = answer(FunnelQuestion::new(steps, DAY_MS).unwrap(), &log, 1);
    assert_eq!(funnel.steps.iter().map(|step| step.customers).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn a_funnel_has_as_many_steps_as_it_may() {
    let log = Log::of_journeys(vec![(0..40).map(|number| (number, number as u16)).collect()]);
    let steps: Vec<FunnelCondition> = (0..MAX_STEPS as u16).map(FunnelCondition::from).collect();
    for count in 1..=MAX_STEPS {
        let window_ms = count as i64 - 1;
        let whole = answer(FunnelQuestion::new(steps[..count].to_vec(), window_ms).unwrap(), &log, 1);
        assert!(whole.steps.len() == count && whole.steps.iter().all(|step| step.customers == 1));
        if count > 1 {
            let shorter = answer(FunnelQuestion::new(steps[..count].to_vec(), window_ms - 1).unwrap(), &log, 1);
            assert_eq!((shorter.steps[count - 2].customers, shorter.steps[count - 1].customers), (1, 0));
        }
    }
    for (steps, window_ms) in [(vec![], 1), ([steps.clone(), steps.clone()].concat(), 1), (steps, -1)] {
        assert!(FunnelQuestion::new(steps, window_ms).is_err());
    }
}

#[test]
fn nobody_gives_an_empty_funnel() {
    let question = FunnelQuestion::new(vec![0.into(), 1.into()], 1).unwrap();
    let funnel = answer(question, &Log::default().in_parts(1), 4);
    assert_eq!((funnel.customers, funnel.steps[1].median_ms), (0, None));
}

#[test]
fn many_times_take_a_second_pass() {
    let journeys = (0..5_000).map(|number| vec![(0, 0), (number * number % 600_011, 1)]).collect();
    let log = Log::of_journeys(journeys);
    let steps = vec![FunnelCondition::from(0), FunnelCondition::from(1)];
    let question = || FunnelQuestion::new(steps.clone(), DAY_MS).unwrap();
    let expected = reference::funnel(&log, &steps, DAY_MS);
    assert_eq!(answer_from_afar(question(), &log, false), (expected.clone(), 1));
    assert_eq!(answer_from_afar(question().with_median_slots(4_999), &log, false), (expected, 2));
}

fn conditions() -> impl Strategy<Value = Vec<FunnelCondition>> {
    let values = prop_oneof![
        2 => proptest::option::weighted(0.9, 0_u16..3).prop_map(ValueSet::One),
        1 => proptest::collection::vec(0_u16..3, 0..3).prop_map(|codes| ValueSet::Several(CodeSet::of(codes))),
    ];
    let value = (0_usize..3, values, any::<bool>()).prop_map(|(property, values, is_equal)| ValueCondition {
        property,
        values,
        is_equal,
    });
    let values = prop_oneof![2 => Just(Vec::new()), 1 => proptest::collection::vec(value, 1..3)];
    let condition = (0_u16..5, proptest::collection::vec(0_u16..5, 0..2), values)
        .prop_map(|(activity, aliases, values)| FunnelCondition { activity, aliases, values, places: Vec::new() });
    proptest::collection::vec(condition, 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs(4),
        steps in conditions(),
        window_ms in prop_oneof![0_i64..20, Just(1_000_000_000_000)],
        threads in strategies::threads(),
        slots in prop_oneof![0_usize..300, Just(1 << 20)],
        backwards: bool,
    ) {
        let question = || FunnelQuestion::new(steps.clone(), window_ms).unwrap().with_median_slots(slots);
        let expected = reference::funnel(&log, &steps, window_ms);
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        prop_assert!(expected.steps.windows(2).all(|pair| pair[0].customers >= pair[1].customers));
    }
}
