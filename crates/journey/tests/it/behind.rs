use std::collections::BTreeSet;

use journey::after_dropping::{AfterDroppingQuestion, DroppedOut, NextActivity};
use journey::behind::{Behind, BehindQuestion, ById, Element};
use journey::funnel::{FunnelCondition, FunnelQuestion};
use journey::paths::{Path, PathAnchor, PathScope, PathShape, PathsQuestion, TakenPath};
use journey::{ChannelSet, JourneySource, LivedJourney, on_channels, run, within};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

const DAY_MS: i64 = 86_400_000;
const EVERYBODY: usize = 1_000;

fn behind(log: &Log, element: Element) -> Vec<&str> {
    let found = answer(BehindQuestion::new(element, EVERYBODY).unwrap(), log, 1);
    assert_eq!(found.total as usize, found.customers.len());
    found.customers.iter().map(|id| log.customers[*id as usize - 1].name.as_str()).collect()
}

fn told() -> Log {
    Log::parse(
        "
        ana    search 0m, product 1m, search 2m, purchase 3m
        luis   search 0m, purchase 2d
        eva    product 0m, search 1m
        sol
        ",
    )
}

#[test]
fn whoever_is_counted_on_a_map_is_behind_it() {
    let log = told();
    let [search, product, purchase] = ["search", "product", "purchase"].map(|name| log.activity(name));
    assert_eq!(behind(&log, Element::Everybody), ["ana", "luis", "eva"]);
    assert_eq!(behind(&log, Element::Activity(product)), ["ana", "eva"]);
    assert_eq!(behind(&log, Element::Follows { from: search, to: purchase }), ["ana", "luis"]);
    assert_eq!(behind(&log, Element::Follows { from: product, to: search }), ["ana", "eva"]);
    assert_eq!(behind(&log, Element::StartsWith(search)), ["ana", "luis"]);
    assert_eq!(behind(&log, Element::EndsWith(search)), ["eva"]);
}

#[test]
fn whoever_took_a_path_or_another_is_behind_it() {
    let log = told();
    let [search, product, purchase] = ["search", "product", "purchase"].map(|name| log.activity(name));
    let path = |activities: &[u16], is_end| Element::Path { activities: activities.to_vec(), is_end };
    assert_eq!(behind(&log, path(&[search, purchase], false)), ["ana", "luis"]);
    assert_eq!(behind(&log, path(&[search], true)), ["eva"], "a journey that ends there");
    assert_eq!(behind(&log, path(&[search, product, purchase], false)), [""; 0]);
    let tail = |shown: &[[u16; 2]]| {
        let shown: BTreeSet<Vec<u16>> = shown.iter().map(|path| path.to_vec()).collect();
        Element::TailOf { shape: after(search, 2), shown: taken(shown) }
    };
    assert_eq!(behind(&log, tail(&[[search, purchase]])), ["ana", "eva"], "the other search of ana, the end of eva");
    assert_eq!(behind(&log, tail(&[[search, purchase], [search, product]])), ["eva"]);
    let one_of = |paths: &[[u16; 2]]| {
        let paths: BTreeSet<Vec<u16>> = paths.iter().map(|path| path.to_vec()).collect();
        Element::OneOf { shape: after(search, 2), paths: taken(paths) }
    };
    assert_eq!(behind(&log, one_of(&[[search, product]])), ["ana"]);
    assert_eq!(behind(&log, one_of(&[[search, purchase], [search, product]])), ["ana", "luis"]);
    assert_eq!(behind(&log, one_of(&[])), [""; 0]);
}

#[test]
fn whoever_came_to_a_step_is_behind_it_or_behind_the_gap_after_it() {
    let log = told();
    let funnel = || {
        let steps = ["search", "purchase"].map(|name| FunnelCondition::from(log.activity(name))).to_vec();
        Box::new(FunnelQuestion::new(steps, DAY_MS).unwrap())
    };
    assert_eq!(behind(&log, Element::Reached { funnel: funnel(), step: 1 }), ["ana", "luis", "eva"]);
    assert_eq!(behind(&log, Element::Reached { funnel: funnel(), step: 2 }), ["ana"]);
    assert_eq!(behind(&log, Element::DroppedAfter { funnel: funnel(), step: 1 }), ["luis", "eva"]);
    for (element, part) in [
        (Element::Reached { funnel: funnel(), step: 0 }, "steps 1 to 2"),
        (Element::Reached { funnel: funnel(), step: 3 }, "steps 1 to 2"),
        (Element::DroppedAfter { funnel: funnel(), step: 2 }, "steps 1 to 1"),
        (Element::Path { activities: vec![], is_end: false }, "1 to 64"),
    ] {
        let message = BehindQuestion::new(element, 1).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
    assert!(BehindQuestion::new(Element::Everybody, 0).is_err());
}

#[test]
fn what_follows_the_furthest_step_is_what_they_did_after_dropping_out() {
    let log = Log::parse(
        "
        ana    search 0m, basket 1m, call 2m, leave 3m
        luis   search 0m, call 1m, basket 9d
        eva    search 0m, basket 1m
        sol    search 0m, basket 1m, purchase 2m, call 3m
        pau    search 0m, call 5d, search 6d
        ",
    );
    let steps = ["search", "basket", "purchase"].map(|name| FunnelCondition::from(log.activity(name))).to_vec();
    let dropped = answer(AfterDroppingQuestion::new(FunnelQuestion::new(steps, DAY_MS).unwrap()), &log, 1);
    let call = log.activity("call");
    let next = |activity, customers| NextActivity { activity, customers };
    assert_eq!(
        dropped,
        [
            DroppedOut { customers: 2, next: vec![next(Some(call), 2)] },
            DroppedOut { customers: 2, next: vec![next(None, 1), next(Some(call), 1)] },
        ],
        "the call of pau comes after the window, and the basket of luis is no step any more"
    );
}

/// Paths that an activity begins.
fn after(activity: u16, length: usize) -> PathShape {
    PathShape::new(PathAnchor::From(activity), length).unwrap()
}

fn taken(paths: BTreeSet<Vec<u16>>) -> BTreeSet<TakenPath> {
    paths.into_iter().map(|activities| TakenPath { activities, goes_on: false }).collect()
}

/// Every page of an answer, one after the other.
fn pages<S: JourneySource<Error = std::convert::Infallible>>(
    element: impl Fn() -> Element,
    source: &S,
    limit: usize,
    order: ById,
) -> (Vec<u64>, u64) {
    let (mut customers, mut after) = (Vec::new(), None);
    loop {
        let question = BehindQuestion::new(element(), limit).unwrap().in_order(order).after(after);
        let Ok(Behind { customers: page, total, has_more }) = run(question, source, 3);
        assert!(page.len() <= limit && (!has_more || page.len() == limit));
        after = page.last().copied();
        customers.extend(page);
        if !has_more {
            return (customers, total);
        }
    }
}

/// Who is behind an element, one customer after the other.
fn slowly(log: &Log, holds: impl Fn(LivedJourney<'_>) -> bool) -> Vec<u64> {
    log.journeys().filter(|journey| holds(*journey)).map(|journey| journey.customer).collect()
}

fn steps() -> impl Strategy<Value = Vec<FunnelCondition>> {
    let condition = (0_u16..4, proptest::collection::vec(0_u16..4, 0..2));
    let condition = condition.prop_map(|(activity, aliases)| FunnelCondition { aliases, ..activity.into() });
    proptest::collection::vec(condition, 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn as_many_are_behind_an_element_as_it_says(
        log in crate::on_channels::logs(),
        channels in crate::on_channels::channels(),
        (from_ms, to_ms) in (0_i64..200, 0_i64..250),
        (length, top) in (1_usize..4, 0_usize..4),
        limit in 1_usize..5,
        is_descending: bool,
        steps in steps(),
        window_ms in 0_i64..120,
    ) {
        let on_them = on_channels(&log, ChannelSet::of(channels.iter().copied()));
        let source = within(&on_them, from_ms, to_ms);
        let order = if is_descending { ById::Descending } else { ById::Ascending };
        let count = |element: &dyn Fn() -> Element| {
            let (mut customers, total) = pages(element, &source, limit, order);
            if is_descending {
                customers.reverse();
            }
            assert!(customers.windows(2).all(|pair| pair[0] < pair[1]), "{customers:?}");
            assert_eq!(customers.len() as u64, total);
            total
        };

        let Ok(map) = run(journey::process_map::ProcessMapQuestion::new(), &source, 2);
        for node in &map.nodes {
            prop_assert_eq!(count(&|| Element::Activity(node.activity)), node.customers);
        }
        for edge in &map.edges {
            prop_assert_eq!(count(&|| Element::Follows { from: edge.from, to: edge.to }), edge.customers);
        }
        for end in &map.starts {
            prop_assert_eq!(count(&|| Element::StartsWith(end.activity)), end.customers);
        }
        for end in &map.ends {
            prop_assert_eq!(count(&|| Element::EndsWith(end.activity)), end.customers);
        }

        let Ok(paths) = run(journey::paths::PathsQuestion::new(1, length, top).unwrap(), &source, 2);
        for path in &paths.paths {
            let element = || Element::Path { activities: path.activities.clone(), is_end: false };
            prop_assert_eq!(count(&element), path.customers);
            let alone = || Element::OneOf { shape: after(1, length), paths: taken(BTreeSet::from([path.activities.clone()])) };
            prop_assert_eq!(count(&alone), path.customers);
        }
        let shown: BTreeSet<Vec<u16>> = paths.paths.iter().map(|path| path.activities.clone()).collect();
        let in_tail = count(&|| Element::TailOf { shape: after(1, length), shown: taken(shown.clone()) });
        let on_shown = count(&|| Element::OneOf { shape: after(1, length), paths: taken(shown.clone()) });
        let all = count(&|| Element::Activity(1));
        prop_assert!(on_shown <= all && in_tail <= all && on_shown + in_tail >= all);
        prop_assert!(in_tail <= paths.tail.count && (in_tail == 0) == (paths.tail.count == 0));

        let anchors = [PathAnchor::To(1), PathAnchor::Through { activity: 2, before: length / 2 }, PathAnchor::Start];
        for anchor in anchors {
            for (scope, is_collapsed) in [(PathScope::Visit, false), (PathScope::History, true), (PathScope::Visit, true)] {
                let shape = PathShape::new(anchor, length).unwrap().within(scope).collapsed(is_collapsed);
                let Ok(paths) = run(PathsQuestion::shaped(shape, top), &source, 2);
                let path = |path: &Path| TakenPath { activities: path.activities.clone(), goes_on: path.goes_on };
                for counted in &paths.paths {
                    let alone = || Element::OneOf { shape, paths: BTreeSet::from([path(counted)]) };
                    prop_assert_eq!(count(&alone), counted.customers);
                }
                let shown: BTreeSet<TakenPath> = paths.paths.iter().map(path).collect();
                let in_tail = count(&|| Element::TailOf { shape, shown: shown.clone() });
                prop_assert!(in_tail <= paths.tail.count && (in_tail == 0) == (paths.tail.count == 0));
            }
        }

        let funnel = || FunnelQuestion::new(steps.clone(), window_ms).unwrap();
        let Ok(reached) = run(funnel(), &source, 2);
        let Ok(dropped) = run(AfterDroppingQuestion::new(funnel()), &source, 2);
        prop_assert_eq!(dropped.len(), steps.len() - 1);
        for (step, counted) in (1..).zip(&reached.steps) {
            prop_assert_eq!(count(&|| Element::Reached { funnel: Box::new(funnel()), step }), counted.customers);
            if let Some(next) = reached.steps.get(step) {
                let gone = count(&|| Element::DroppedAfter { funnel: Box::new(funnel()), step });
                prop_assert_eq!(gone, counted.customers - next.customers);
                prop_assert_eq!(gone, dropped[step - 1].customers);
            }
        }
    }

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs(4),
        steps in steps(),
        window_ms in prop_oneof![0_i64..20, Just(1_000_000_000_000)],
        path in proptest::collection::vec(0_u16..4, 1..4),
        limit in 1_usize..20,
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let funnel = || FunnelQuestion::new(steps.clone(), window_ms).unwrap();
        let expected = reference::after_dropping(&log, &steps, window_ms);
        prop_assert_eq!(&answer(AfterDroppingQuestion::new(funnel()), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(AfterDroppingQuestion::new(funnel()), &log, backwards).0, &expected);

        let is_on_path = |journey: LivedJourney<'_>| {
            (0..journey.len()).any(|event| journey.activity[event..].starts_with(&path))
        };
        let ends_on_path = |journey: LivedJourney<'_>| journey.activity.ends_with(&path);
        let step = steps.len();
        let came = |journey: LivedJourney<'_>| {
            reference::arrival(journey, &steps, window_ms).is_some_and(|(deepest, _)| deepest == step)
        };
        let on_path = |is_end| Element::Path { activities: path.clone(), is_end };
        let all_steps = || Element::Reached { funnel: Box::new(funnel()), step };
        let cases: [(&dyn Fn() -> Element, Vec<u64>); 3] = [
            (&|| on_path(false), slowly(&log, is_on_path)),
            (&|| on_path(true), slowly(&log, ends_on_path)),
            (&all_steps, slowly(&log, came)),
        ];
        for (element, everybody) in cases {
            let question = || BehindQuestion::new(element(), limit).unwrap();
            let expected = Behind {
                customers: everybody.iter().copied().take(limit).collect(),
                total: everybody.len() as u64,
                has_more: everybody.len() > limit,
            };
            prop_assert_eq!(&answer(question(), &log, threads), &expected);
            prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        }
    }
}
