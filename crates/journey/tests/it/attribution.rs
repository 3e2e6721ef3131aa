use std::fmt::Write;

use domain::time::{DAY_MS, HOUR_MS};
use expect_test::{Expect, expect};
use journey::Activities;
use journey::attribution::{
    Attribution, AttributionQuestion, Credit, NoRemoval, OnlyWith, OutcomeValues, PathRule, TouchBy, TouchCredit,
};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::reference::{self, AskedAttribution};
use testkit::strategies;

use crate::{answer, answer_from_afar};

fn show(attribution: &Attribution, log: &Log) -> String {
    let mut text = String::new();
    for TouchCredit { channel, activity, outcomes, removal_effect, .. } in &attribution.credits {
        let channel = log.channels.get(usize::from(*channel)).map_or("(none)", String::as_str);
        let activity = activity.map(|activity| format!(" {}", log.name(activity))).unwrap_or_default();
        let Credit { first, last, linear, position, removal } = outcomes;
        write!(text, "{channel}{activity}: first {first:.2}, last {last:.2}, linear {linear:.2}, ").unwrap();
        write!(text, "position {position:.2}").unwrap();
        if let (Some(removal), Some(effect)) = (removal, removal_effect) {
            write!(text, ", removal {removal:.2} by an effect of {effect:.2}").unwrap();
        }
        writeln!(text).unwrap();
    }
    writeln!(text, "{} outcomes, {} without touch", attribution.outcomes, attribution.without_touch).unwrap();
    text
}

fn check(change: impl Fn(AttributionQuestion) -> AttributionQuestion, fixture: &str, expected: Expect) {
    let log = Log::parse(fixture);
    let question = AttributionQuestion::new(&[log.activity("store:buy")], 30 * DAY_MS).unwrap();
    expected.assert_eq(&show(&answer(change(question), &log, 1), &log));
}

const FOUR: &str = "
    ana    mail:open 0h, web:search 1h, web:product 2h, phone:ask 3h, store:buy 4h
    luis   web:search 0h, store:buy 1d, mail:open 2d, web:product 3d, store:buy 4d
    eva    mail:open 0h, store:buy 31d
    sol    mail:open 0h, phone:ask 1h
    ";

#[test]
fn outcomes_are_shared_out_to_the_touches_since_the_one_before() {
    check(
        |question| question,
        FOUR,
        expect![[r#"
            mail: first 2.00, last 0.00, linear 0.75, position 0.90
            web: first 1.00, last 2.00, linear 2.00, position 1.70
            phone: first 0.00, last 1.00, linear 0.25, position 0.40
            4 outcomes, 1 without touch
        "#]],
    );
}

#[test]
fn the_whole_window_holds_what_came_before_an_earlier_outcome_too() {
    check(
        |question| question.with_rule(PathRule::WholeWindow),
        FOUR,
        expect![[r#"
            mail: first 1.00, last 0.00, linear 0.58, position 0.60
            web: first 2.00, last 2.00, linear 2.17, position 2.00
            phone: first 0.00, last 1.00, linear 0.25, position 0.40
            4 outcomes, 1 without touch
        "#]],
    );
}

#[test]
fn touchpoints_are_activities_on_channels() {
    check(
        |question| question.by(TouchBy::ChannelAndActivity),
        FOUR,
        expect![[r#"
            mail mail:open: first 2.00, last 0.00, linear 0.75, position 0.90
            web web:search: first 1.00, last 1.00, linear 1.25, position 1.10
            web web:product: first 0.00, last 1.00, linear 0.75, position 0.60
            phone phone:ask: first 0.00, last 1.00, linear 0.25, position 0.40
            4 outcomes, 1 without touch
        "#]],
    );
}

#[test]
fn only_some_activities_may_be_touches() {
    check(
        |question| question.with_touches(&Activities::of(&[1, 3])),
        FOUR,
        expect![[r#"
            web: first 2.00, last 1.00, linear 1.50, position 1.50
            phone: first 0.00, last 1.00, linear 0.50, position 0.50
            4 outcomes, 2 without touch
        "#]],
    );
}

#[test]
fn what_would_be_lost_without_a_channel() {
    // The journeys: mail web web phone buy; web buy; mail web buy; mail phone and nothing. By hand: a half of those at the
    // phone buy, 5/6 of those at the web, 13/18 of those with mail; 3/4 of all. Without mail 5/24 are left, without the web
    // 1/8, without the phone 1/2.
    check(
        |question| question.with_removal(1).unwrap(),
        FOUR,
        expect![[r#"
            mail: first 2.00, last 0.00, linear 0.75, position 0.90, removal 1.15 by an effect of 0.72
            web: first 1.00, last 2.00, linear 2.00, position 1.70, removal 1.32 by an effect of 0.83
            phone: first 0.00, last 1.00, linear 0.25, position 0.40, removal 0.53 by an effect of 0.33
            4 outcomes, 1 without touch
        "#]],
    );
}

#[test]
fn both_ends_of_the_window_belong_to_it() {
    let log = Log::parse("ana mail:open 0h, web:open 1h, store:buy 2h\nluis mail:open 0h, store:buy 1ms 1h");
    let question = AttributionQuestion::new(&[log.activity("store:buy")], HOUR_MS).unwrap();
    let attribution = answer(question, &log, 1);
    assert_eq!(
        (attribution.credits.len(), attribution.without_touch),
        (1, 1),
        "the web, an hour before; nothing older"
    );
    let question = AttributionQuestion::new(&[log.activity("store:buy")], i64::MAX).unwrap();
    assert_eq!(answer(question, &log, 1).without_touch, 0);
}

#[test]
fn an_outcome_that_never_was_owes_nothing() {
    let question = AttributionQuestion::new(&[77], DAY_MS).unwrap().with_removal(2).unwrap();
    let attribution = answer(question, &Log::parse(FOUR), 2);
    assert_eq!((attribution.outcomes, attribution.credits), (0, Vec::new()));
    assert_eq!(attribution.no_removal, Some(NoRemoval::NoOutcome));
}

#[test]
fn what_cannot_be_asked_says_why() {
    let refusal = |question: domain::Result<AttributionQuestion>| question.unwrap_err().to_string();
    assert!(refusal(AttributionQuestion::new(&[], 1)).contains("name at least one activity"));
    assert!(refusal(AttributionQuestion::new(&[1], -1)).contains("cannot be -1 ms"));
    for order in [0, 4] {
        let question = AttributionQuestion::new(&[1], 1).unwrap().with_removal(order);
        assert!(refusal(question).contains("order of 1 to 3"));
    }
}

#[test]
fn a_customer_who_does_little_else_is_no_burden() {
    // Half a million outcomes of one customer within one window: touches times outcomes would be 10¹¹.
    let journey = (0..1_000_000_i64).map(|n| (n, (n % 2) as u16)).collect();
    let log = Log::of_journeys(vec![journey]);
    let question = AttributionQuestion::new(&[1], DAY_MS).unwrap().with_rule(PathRule::WholeWindow);
    let attribution = answer(question.with_removal(3).unwrap(), &log, 1);
    let [TouchCredit { outcomes, removal_effect, .. }] = attribution.credits.as_slice() else { panic!("one channel") };
    let all = Credit { first: 5e5, last: 5e5, linear: 5e5, position: 5e5, removal: Some(5e5) };
    assert_eq!((outcomes, *removal_effect), (&all, Some(1.0)));
}

/// Whether two numbers differ by no more than rounding.
fn is_near(left: f64, right: f64, whole: f64) -> bool {
    (left - right).abs() <= 1e-9 * whole.abs().max(1.0)
}

fn assert_credits_are_near(left: &Credit, right: &Credit, whole: f64) {
    let pairs = [
        (left.first, right.first),
        (left.last, right.last),
        (left.linear, right.linear),
        (left.position, right.position),
        (left.removal.unwrap_or(-1.0), right.removal.unwrap_or(-1.0)),
    ];
    assert!(pairs.iter().all(|(left, right)| is_near(*left, *right, whole)), "{left:?} and {right:?}");
}

fn assert_is_near(left: &Attribution, right: &Attribution) {
    let facts = |it: &Attribution| (it.outcomes, it.without_touch, it.value_micros, it.no_removal);
    assert_eq!(facts(left), facts(right));
    let touches =
        |it: &Attribution| it.credits.iter().map(|credit| (credit.channel, credit.activity)).collect::<Vec<_>>();
    assert_eq!(touches(left), touches(right));
    for (left, right) in left.credits.iter().zip(&right.credits) {
        assert_credits_are_near(&left.outcomes, &right.outcomes, 1.0);
        assert_eq!(left.micros.is_some(), right.micros.is_some());
        if let (Some(left), Some(right)) = (&left.micros, &right.micros) {
            assert_credits_are_near(left, right, 1e8);
        }
        let effect = |credit: &TouchCredit| credit.removal_effect.unwrap_or(-1.0);
        assert!(is_near(effect(left), effect(right), 1.0), "{left:?} and {right:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs_on_channels(5, 4),
        outcome in proptest::collection::vec(0_u16..5, 1..3),
        touches in strategies::some_activities(5),
        window_ms in prop_oneof![0_i64..60, Just(i64::MAX)],
        by in prop_oneof![Just(TouchBy::Channel), Just(TouchBy::ChannelAndActivity)],
        rule in prop_oneof![Just(PathRule::SinceOutcomeBefore), Just(PathRule::WholeWindow)],
        micros in proptest::option::of(proptest::collection::vec(-900_000_i64..9_000_000, 0..4)),
        only in proptest::option::of(proptest::collection::vec(prop_oneof![0_u16..3, Just(u16::MAX)], 0..3)),
        removal_order in proptest::option::of(1_usize..=3),
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let only = only.map(|values| OnlyWith { property: 0, values });
        let values = micros.map(|micros| OutcomeValues { property: 1, micros, only });
        let asked = AskedAttribution { outcome, touches, window_ms, by, rule, values, removal_order };
        let question = || {
            let touches = asked.touches.as_deref().map_or(Activities::any(), Activities::of);
            let mut question = AttributionQuestion::new(&asked.outcome, window_ms).unwrap();
            question = question.with_touches(&touches).by(by).with_rule(rule);
            if let Some(values) = asked.values.clone() {
                question = question.with_values(values);
            }
            if let Some(order) = removal_order {
                question = question.with_removal(order).unwrap();
            }
            question
        };
        let whole = answer(question(), &log, threads);
        assert_is_near(&whole, &reference::attribution(&log, &asked));
        // To the last bit, however the customers are split.
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &whole);
        let with_touch = (whole.outcomes - whole.without_touch) as f64;
        let sum = |model: fn(&Credit) -> f64| whole.credits.iter().map(|credit| model(&credit.outcomes)).sum::<f64>();
        for total in [sum(|it| it.first), sum(|it| it.last), sum(|it| it.linear), sum(|it| it.position)] {
            prop_assert!(is_near(total, with_touch, 1.0), "{} of {}", total, with_touch);
        }
        if removal_order.is_some() && rule == PathRule::SinceOutcomeBefore {
            prop_assert!(is_near(sum(|it| it.removal.unwrap_or(0.0)), with_touch, 1.0));
        }
        if let Some((worth, without_touch)) = whole.value_micros {
            let sum: f64 = whole.credits.iter().filter_map(|credit| credit.micros.map(|it| it.linear)).sum();
            prop_assert!(is_near(sum, (worth - without_touch) as f64, 1e8));
        }
    }
}
