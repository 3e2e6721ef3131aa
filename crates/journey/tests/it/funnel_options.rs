use expect_test::{Expect, expect};
use journey::funnel::{
    CountedBy, Exclusion, Funnel, FunnelCondition, FunnelOptions, FunnelQuestion, Place, PlaceCondition, StepOrder,
    WindowFrom,
};
use journey::{ChannelSet, LivedJourney, UnitSet};
use proptest::prelude::*;
use testkit::log::{Lived, Log};
use testkit::reference::chains::{self, Asked};
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

const DAY_MS: i64 = 86_400_000;

fn show(funnel: &Funnel, log: &Log) -> String {
    let minutes = |ms: Option<f64>| ms.map_or("-".to_owned(), |ms| format!("{} min", ms / 60_000.0));
    let lines = funnel.steps.iter().map(|step| {
        let entries = step.entries.map_or(String::new(), |entries| format!("  {} entries", entries.count));
        format!("{:<10} {:>3}{entries}  {}\n", log.name(step.activity), step.customers, minutes(step.median_ms))
    });
    lines.collect()
}

/// The steps of a question by name; `!call` is excluded between its neighbours.
fn read(log: &Log, steps: &str) -> (Vec<FunnelCondition>, Vec<Exclusion>) {
    let (mut conditions, mut exclusions) = (Vec::new(), Vec::new());
    for name in steps.split(", ") {
        match name.strip_prefix('!') {
            Some(name) => {
                exclusions.push(Exclusion { after_step: conditions.len(), condition: log.activity(name).into() });
            }
            None => conditions.push(FunnelCondition::from(log.activity(name))),
        }
    }
    (conditions, exclusions)
}

fn check(steps: &str, window_ms: i64, options: FunnelOptions, fixture: &str, expected: Expect) {
    let log = Log::parse(fixture);
    let (conditions, exclusions) = read(&log, steps);
    let options = FunnelOptions { exclusions, ..options };
    let question = FunnelQuestion::new(conditions, window_ms).unwrap().with_options(options).unwrap();
    expected.assert_eq(&show(&answer(question, &log, 1), &log));
}

fn in_order(order: StepOrder) -> FunnelOptions {
    FunnelOptions { order, ..FunnelOptions::default() }
}

fn by_entry() -> FunnelOptions {
    FunnelOptions { counted_by: CountedBy::Entry, ..FunnelOptions::default() }
}

#[test]
fn strict_steps_follow_each_other_directly() {
    check(
        "search, basket, purchase",
        DAY_MS,
        in_order(StepOrder::Strict),
        "
        ana    search 0m, basket 1m, purchase 2m
        luis   search 0m, basket 1m, help 2m, purchase 3m
        eva    search 0m, search 1m, basket 2m
        sol    search 0m, help 1m, basket 2m, purchase 3m
        ",
        expect![[r#"
            search       4  -
            basket       3  1 min
            purchase     1  1 min
        "#]],
    );
}

#[test]
fn in_any_order_a_step_needs_the_ones_before_it_and_an_event_of_its_own() {
    check(
        "search, basket, basket, purchase",
        DAY_MS,
        in_order(StepOrder::AnyOrder),
        "
        ana    purchase 0m, basket 1m, search 2m, basket 3m
        luis   basket 0m, purchase 1m, search 2m
        eva    basket 0m, basket 1m, purchase 2m
        sol    search 0m, basket 2d, basket 2d 1m, purchase 2d 2m
        ",
        expect![[r#"
            search       3  -
            basket       2  -
            basket       1  -
            purchase     1  -
        "#]],
    );
}

#[test]
fn a_window_between_steps_begins_anew_with_each() {
    let options = FunnelOptions { window_from: WindowFrom::StepBefore, ..FunnelOptions::default() };
    check(
        "search, basket, purchase",
        DAY_MS,
        options,
        "
        on_time    search 0m, basket 24h, purchase 48h
        too_late   search 0m, basket 1h, purchase 25h 1ms
        renewed    search 0m, basket 1h, basket 25h, purchase 26h, purchase 49h
        ",
        expect![[r#"
            search       3  -
            basket       3  60 min
            purchase     1  1440 min
        "#]],
    );
}

#[test]
fn an_excluded_activity_ends_the_chains_that_stand_before_it() {
    check(
        "search, basket, !call, purchase",
        DAY_MS,
        FunnelOptions::default(),
        "
        ended      search 0m, basket 1m, call 2m, purchase 3m
        elsewhere  search 0m, call 1m, basket 2m, purchase 3m, call 4m
        again      search 0m, basket 1m, call 2m, basket 3m, purchase 4m
        ",
        expect![[r#"
            search       3  -
            basket       3  1 min
            purchase     2  1 min
        "#]],
    );
}

#[test]
fn an_event_may_take_the_step_before_which_it_is_excluded() {
    check(
        "search, !search, basket, !purchase, purchase",
        DAY_MS,
        FunnelOptions::default(),
        "
        ana    search 0m, search 1m, basket 5m, purchase 6m
        ",
        expect![[r#"
            search       1  -
            basket       1  4 min
            purchase     1  1 min
        "#]],
    );
}

#[test]
fn an_entry_ends_with_the_last_step_or_when_no_chain_of_it_can_go_on() {
    check(
        "search, basket, purchase",
        DAY_MS,
        by_entry(),
        "
        twice      search 0m, basket 1m, purchase 2m, search 3m, basket 9m, purchase 10m
        one_long   search 0m, search 20h, search 40h, basket 41h
        two        search 0m, basket 1m, search 3d, purchase 3d 1m
        ",
        expect![[r#"
            search       3  5 entries  -
            basket       3  4 entries  3.5 min
            purchase     1  2 entries  1 min
        "#]],
    );
}

#[test]
fn what_ends_an_entry_may_begin_the_next() {
    check(
        "search, !search, basket",
        DAY_MS,
        by_entry(),
        "ana    search 0m, search 1m, search 2m, basket 3m",
        expect![[r#"
            search       1  3 entries  -
            basket       1  1 entries  1 min
        "#]],
    );
}

#[test]
fn a_step_can_ask_where_it_happened() {
    let log = Log::parse(
        "
        ana    web:search 0m, web:order@madrid 1m, app:order@sevilla 5m
        luis   app:search 0m, app:order 2m
        ",
    );
    let [web, app] = ["web", "app"].map(|name| log.channels.iter().position(|known| known == name).unwrap() as u8);
    let order = |place: Place, is_there| FunnelCondition {
        aliases: vec![log.activity("app:order")],
        places: vec![PlaceCondition { place, is_there }],
        ..log.activity("web:order").into()
    };
    let arrived = |asked: FunnelCondition| {
        let first = FunnelCondition { aliases: vec![log.activity("app:search")], ..log.activity("web:search").into() };
        let funnel = answer(FunnelQuestion::new(vec![first, asked], DAY_MS).unwrap(), &log, 1);
        (funnel.steps[1].customers, funnel.steps[1].median_ms)
    };
    let on = |channel| Place::Channels(ChannelSet::of([channel]));
    assert_eq!(arrived(order(on(web), true)), (1, Some(60_000.0)));
    assert_eq!(arrived(order(on(app), true)), (2, Some(210_000.0)));
    assert_eq!(arrived(order(on(app), false)), (1, Some(60_000.0)));
    assert_eq!(arrived(order(Place::Units(UnitSet::of([1])), true)), (1, Some(300_000.0)));
    assert_eq!(arrived(order(Place::Units(UnitSet::of([0])), false)), (2, Some(210_000.0)), "no unit is another one");
    assert_eq!(arrived(order(Place::NoUnit, true)), (1, Some(120_000.0)));
    assert_eq!(arrived(order(Place::NoUnit, false)), (1, Some(60_000.0)));
}

#[test]
fn a_step_tells_its_median_its_90th_percentile_and_its_mean() {
    let journeys = (1..=10).map(|minutes| vec![(0, 0), (minutes * 1_000, 1)]).collect();
    let steps = vec![0.into(), 1.into()];
    let funnel = answer(FunnelQuestion::new(steps, DAY_MS).unwrap(), &Log::of_journeys(journeys), 1);
    let step = &funnel.steps[1];
    assert_eq!((step.median_ms, step.p90_ms, step.mean_ms), (Some(5_500.0), Some(9_100.0), Some(5_500.0)));
    assert_eq!((funnel.steps[0].p90_ms, funnel.steps[0].mean_ms), (None, None));
}

#[test]
fn options_without_meaning_are_refused() {
    let question = |options: FunnelOptions| {
        let steps = vec![FunnelCondition::from(0), FunnelCondition::from(1)];
        FunnelQuestion::new(steps, DAY_MS).unwrap().with_options(options).map(|_| ()).unwrap_err().to_string()
    };
    let exclusion = |after_step| vec![Exclusion { after_step, condition: 2.into() }];
    let any = || in_order(StepOrder::AnyOrder);
    for (options, part) in [
        (FunnelOptions { window_from: WindowFrom::StepBefore, ..any() }, "no step before"),
        (FunnelOptions { counted_by: CountedBy::Entry, ..any() }, "entries need an order"),
        (FunnelOptions { exclusions: exclusion(1), ..any() }, "nothing between"),
        (FunnelOptions { exclusions: exclusion(0), ..FunnelOptions::default() }, "between two steps"),
        (FunnelOptions { exclusions: exclusion(2), ..FunnelOptions::default() }, "between two steps"),
        (FunnelOptions { exclusions: vec![exclusion(1)[0].clone(); 33], ..FunnelOptions::default() }, "at most 32"),
    ] {
        let message = question(options);
        assert!(message.contains(part), "{message}");
    }
}

fn places() -> impl Strategy<Value = Vec<PlaceCondition>> {
    let place = prop_oneof![
        proptest::collection::vec(0_u8..3, 0..3).prop_map(|channels| Place::Channels(ChannelSet::of(channels))),
        proptest::collection::vec(0_u16..3, 0..3).prop_map(|units| Place::Units(UnitSet::of(units))),
        Just(Place::NoUnit),
    ];
    let condition = (place, any::<bool>()).prop_map(|(place, is_there)| PlaceCondition { place, is_there });
    prop_oneof![4 => Just(Vec::new()), 1 => proptest::collection::vec(condition, 1..3)]
}

fn condition() -> impl Strategy<Value = FunnelCondition> {
    (0_u16..4, proptest::collection::vec(0_u16..4, 0..2), places())
        .prop_map(|(activity, aliases, places)| FunnelCondition { aliases, places, ..activity.into() })
}

/// Options that have a meaning for so many steps.
fn options(steps: usize) -> impl Strategy<Value = FunnelOptions> {
    let exclusion =
        (1..steps.max(2), condition()).prop_map(|(after_step, condition)| Exclusion { after_step, condition });
    let order =
        prop_oneof![2 => Just(StepOrder::AnyBetween), 1 => Just(StepOrder::Strict), 1 => Just(StepOrder::AnyOrder)];
    let exclusions = proptest::collection::vec(exclusion, 0..3);
    (order, any::<bool>(), any::<bool>(), exclusions).prop_map(move |(order, between, by_entry, exclusions)| {
        if order == StepOrder::AnyOrder {
            return in_order(order);
        }
        FunnelOptions {
            order,
            window_from: if between { WindowFrom::StepBefore } else { WindowFrom::FirstStep },
            counted_by: if by_entry { CountedBy::Entry } else { CountedBy::Customer },
            exclusions: if steps > 1 { exclusions } else { Vec::new() },
        }
    })
}

/// A question of up to 5 steps with its options.
pub fn questions() -> impl Strategy<Value = (Vec<FunnelCondition>, FunnelOptions)> {
    proptest::collection::vec(condition(), 1..6).prop_flat_map(|steps| {
        let options = options(steps.len());
        (Just(steps), options)
    })
}

/// Random journeys on three channels, in parts cut anywhere.
pub fn logs() -> impl Strategy<Value = Log> {
    let gap_ms = prop_oneof![2 => Just(0_i64), 4 => 1_i64..10, 1 => 10_i64..100];
    let unit = prop_oneof![1 => 0_u16..3, 1 => Just(LivedJourney::NO_UNIT)];
    let channel = prop_oneof![2 => 0_u8..3, 1 => Just(LivedJourney::NO_CHANNEL)];
    let journey = proptest::collection::vec((gap_ms, 0_u16..4, channel, unit), 0..12).prop_map(|events| {
        let mut at = 0;
        let lived = events.into_iter().map(|(gap_ms, activity, channel, unit)| {
            at += gap_ms;
            Lived { channel, unit, ..Lived::new(at, activity) }
        });
        lived.collect::<Vec<_>>()
    });
    (proptest::collection::vec(journey, 0..8), proptest::collection::vec(0_usize..8, 0..4))
        .prop_map(|(journeys, cuts)| Log::of_events(journeys).cut_at(&cuts))
}

/// The reference says nothing of shares.
fn without_shares(mut funnel: Funnel) -> Funnel {
    for entries in funnel.steps.iter_mut().filter_map(|step| step.entries.as_mut()) {
        entries.share = None;
    }
    funnel
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in logs(),
        (steps, options) in questions(),
        window_ms in prop_oneof![0_i64..30, Just(1_000_000_000_000)],
        threads in strategies::threads(),
        slots in prop_oneof![0_usize..300, Just(1 << 20)],
        backwards: bool,
    ) {
        let question = || {
            FunnelQuestion::new(steps.clone(), window_ms).unwrap().with_options(options.clone()).unwrap().with_median_slots(slots)
        };
        let asked = Asked { steps: &steps, window_ms, options: &options };
        let expected = chains::funnel(&log, &asked);
        let whole = answer(question(), &log, threads);
        prop_assert_eq!(&without_shares(whole.clone()), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &whole);
        prop_assert!(expected.steps.windows(2).all(|pair| pair[0].customers >= pair[1].customers));
        for journey in log.journeys() {
            let found = question().arrival(journey).map(|arrival| (arrival.step, arrival.event, arrival.began));
            prop_assert_eq!(found, chains::arrival(journey, &asked));
        }
        if options == FunnelOptions::default() {
            prop_assert_eq!(&reference::funnel(&log, &steps, window_ms), &expected);
        }
    }

    #[test]
    fn counting_entries_changes_no_customer_and_no_order_loses_one(
        log in logs(),
        (steps, options) in questions(),
        window_ms in 0_i64..40,
    ) {
        let customers = |options: FunnelOptions| -> Vec<u64> {
            let question = FunnelQuestion::new(steps.clone(), window_ms).unwrap().with_options(options).unwrap();
            answer(question, &log, 1).steps.iter().map(|step| step.customers).collect()
        };
        if options.order != StepOrder::AnyOrder {
            let by_customer = customers(FunnelOptions { counted_by: CountedBy::Customer, ..options.clone() });
            let by_entry = customers(FunnelOptions { counted_by: CountedBy::Entry, ..options.clone() });
            prop_assert_eq!(by_customer, by_entry);
        }
        let usual = customers(FunnelOptions::default());
        let (strict, any) = (customers(in_order(StepOrder::Strict)), customers(in_order(StepOrder::AnyOrder)));
        for step in 0..steps.len() {
            prop_assert!(strict[step] <= usual[step] && usual[step] <= any[step]);
        }
    }
}
