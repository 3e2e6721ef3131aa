use std::collections::BTreeMap;
use std::fmt::Write;

use expect_test::{Expect, expect};
use journey::process_map::{LeftOut, ProcessMap, ProcessMapQuestion};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

fn show(map: &ProcessMap, log: &Log) -> String {
    let mut text = String::new();
    let minutes = |ms: f64| ms / 60_000.0;
    for start in &map.starts {
        writeln!(text, "start > {}: {} customers", log.name(start.activity), start.customers).unwrap();
    }
    for node in &map.nodes {
        writeln!(text, "{}: {} events, {} customers", log.name(node.activity), node.events, node.customers).unwrap();
    }
    for edge in &map.edges {
        let (from, to) = (log.name(edge.from), log.name(edge.to));
        write!(text, "{from} > {to}: {} events, {} customers, ", edge.events, edge.customers).unwrap();
        write!(text, "mean {} min", minutes(edge.mean_ms)).unwrap();
        match edge.median_ms {
            Some(median_ms) => writeln!(text, ", median {} min", minutes(median_ms)).unwrap(),
            None => writeln!(text).unwrap(),
        }
    }
    for end in &map.ends {
        writeln!(text, "{} > end: {} customers", log.name(end.activity), end.customers).unwrap();
    }
    text
}

fn check_map(question: ProcessMapQuestion, fixture: &str, expected: Expect) {
    let log = Log::parse(fixture);
    expected.assert_eq(&show(&answer(question, &log, 1), &log));
}

#[test]
fn neighbours_are_edges() {
    check_map(
        ProcessMapQuestion::new(),
        "
        ana    search 0m, product 2m, search 3m, product 7m, purchase 1h
        luis   search 0m, product 3m
        eva    purchase 1d
        sol
        ",
        expect![[r#"
            start > search: 2 customers
            start > purchase: 1 customers
            search: 3 events, 2 customers
            product: 3 events, 2 customers
            purchase: 2 events, 2 customers
            search > product: 3 events, 2 customers, mean 3 min
            product > search: 1 events, 1 customers, mean 1 min
            product > purchase: 1 events, 1 customers, mean 53 min
            product > end: 1 customers
            purchase > end: 2 customers
        "#]],
    );
}

#[test]
fn medians_come_when_asked_for() {
    check_map(
        ProcessMapQuestion::new().with_medians(),
        "
        ana    call 0m, call 1m, call 3m, call 103m
        luis   call 0m, visit 4m
        ",
        expect![[r#"
            start > call: 2 customers
            call: 5 events, 2 customers
            visit: 1 events, 1 customers
            call > call: 3 events, 1 customers, mean 34.333333333333336 min, median 2 min
            call > visit: 1 events, 1 customers, mean 4 min, median 4 min
            call > end: 1 customers
            visit > end: 1 customers
        "#]],
    );
}

#[test]
fn events_of_one_instant_follow_in_the_order_of_the_log() {
    check_map(
        ProcessMapQuestion::new(),
        "ana    b 5m, a 5m, c 5m",
        expect![[r#"
            start > b: 1 customers
            b: 1 events, 1 customers
            a: 1 events, 1 customers
            c: 1 events, 1 customers
            b > a: 1 events, 1 customers, mean 0 min
            a > c: 1 events, 1 customers, mean 0 min
            c > end: 1 customers
        "#]],
    );
}

#[test]
fn nobody_gives_an_empty_map() {
    let log = Log::parse("ana\nluis");
    assert_eq!(answer(ProcessMapQuestion::new().with_medians(), &log, 2), ProcessMap::default());
}

#[test]
fn the_rarest_edges_are_left_out_of_a_map_that_is_too_large() {
    let log = Log::parse("ana    a 0m, b 1m, a 2m, b 3m, c 4m, a 5m, b 6m");
    let map = answer(ProcessMapQuestion::new().with_medians().with_most_edges(2), &log, 1);
    assert_eq!(map.left_out, LeftOut { edges: 2, events: 2 });
    let edges: Vec<_> = map.edges.iter().map(|edge| (log.name(edge.from), log.name(edge.to), edge.events)).collect();
    assert_eq!(edges, [("a", "b", 3), ("b", "a", 1)]);
    assert!(map.edges.iter().all(|edge| edge.median_ms == Some(60_000.0)));
}

#[test]
fn thousands_of_activities_are_counted_in_passes() {
    let journeys: Vec<Vec<(i64, u16)>> = (0..40_i64)
        .map(|customer| (0..100).map(|event| (event * 10, ((customer * 31 + event * event) % 4_097) as u16)).collect())
        .collect();
    let log = Log::of_journeys(journeys).in_parts(3);
    let expected = reference::process_map(&log, true);
    let question = || ProcessMapQuestion::new().with_medians();
    assert_eq!(answer(question(), &log, 2), expected);
    let (map, passes) = answer_from_afar(question().with_limits(0, 500, 10_000), &log, false);
    assert_eq!(map, expected);
    assert!(expected.edges.len() > 2_000 && passes > 5, "{} edges in {passes} passes", expected.edges.len());
}

#[test]
fn medians_take_one_more_pass_and_more_where_there_is_no_room() {
    let journeys: Vec<Vec<(i64, u16)>> = (0..300_i64)
        .map(|customer| {
            let lived = (0..100).scan(0, |at, event| {
                *at += (customer * 7_919 + event * event * 104_729) % 86_400_000;
                Some((*at, ((customer + event * event) % 5) as u16))
            });
            lived.collect()
        })
        .collect();
    let log = Log::of_journeys(journeys).in_parts(3);
    let expected = reference::process_map(&log, true);
    let question = || ProcessMapQuestion::new().with_medians();
    assert_eq!(answer_from_afar(question(), &log, false), (expected.clone(), 2));
    assert_eq!(answer_from_afar(question(), &log, true), (expected.clone(), 2));
    for edges in [1, 7] {
        let (map, passes) = answer_from_afar(question().with_histograms(edges), &log, true);
        assert_eq!(map, expected);
        assert!(passes > 2, "{passes} passes with histograms of {edges} edges");
    }
    assert_eq!(answer(question().with_limits(64, 1_000, 50), &log, 2), expected, "with room for few times");
}

/// Each activity happens as often as it is reached, and as often as it is left.
fn assert_flow_is_conserved(map: &ProcessMap) {
    let mut flow_in: BTreeMap<u16, u64> = BTreeMap::new();
    let mut flow_out: BTreeMap<u16, u64> = BTreeMap::new();
    for edge in &map.edges {
        *flow_out.entry(edge.from).or_default() += edge.events;
        *flow_in.entry(edge.to).or_default() += edge.events;
    }
    for start in &map.starts {
        *flow_in.entry(start.activity).or_default() += start.customers;
    }
    for end in &map.ends {
        *flow_out.entry(end.activity).or_default() += end.customers;
    }
    let events: BTreeMap<u16, u64> = map.nodes.iter().map(|node| (node.activity, node.events)).collect();
    assert_eq!(flow_in, events);
    assert_eq!(flow_out, events);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs(6),
        with_medians: bool,
        matrix_width in 0_usize..9,
        edges in prop_oneof![1_usize..12, Just(1_000)],
        slots in prop_oneof![0_usize..300, Just(1 << 20)],
        histograms in prop_oneof![Just(1_000_usize), 0_usize..6],
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let question = || {
            let question = ProcessMapQuestion::new().with_limits(matrix_width, edges, slots);
            let question = question.with_histograms(histograms);
            if with_medians { question.with_medians() } else { question }
        };
        let expected = reference::process_map(&log, with_medians);
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        assert_flow_is_conserved(&expected);
    }

    #[test]
    fn what_is_left_out_is_told(
        log in strategies::logs(6),
        most_edges in 0_usize..10,
        matrix_width in 0_usize..9,
        edges in 1_usize..5,
    ) {
        let whole = reference::process_map(&log, true);
        let question = ProcessMapQuestion::new().with_medians().with_limits(matrix_width, edges, 300);
        let map = answer(question.with_most_edges(most_edges), &log, 2);
        let mut by_rank = whole.edges.clone();
        by_rank.sort_by_key(|edge| (std::cmp::Reverse(edge.events), edge.from, edge.to));
        let rest = by_rank.split_off(most_edges.min(by_rank.len()));
        by_rank.sort_by_key(|edge| (edge.from, edge.to));
        prop_assert_eq!(map.edges, by_rank);
        let events = rest.iter().map(|edge| edge.events).sum();
        prop_assert_eq!(map.left_out, LeftOut { edges: rest.len() as u64, events });
        prop_assert_eq!(map.nodes, whole.nodes);
    }
}
