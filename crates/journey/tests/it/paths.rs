use std::fmt::Write;

use expect_test::{Expect, expect};
use journey::paths::{MAX_LENGTH, Paths, PathsQuestion};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

fn show(paths: &Paths, log: &Log) -> String {
    let mut text = String::new();
    for path in &paths.paths {
        let names: Vec<&str> = path.activities.iter().map(|&code| log.name(code)).collect();
        let (names, share) = (names.join(" > "), path.share * 100.0);
        writeln!(text, "{names}   {}  by {}  ({share:.1} %)", path.count, path.customers).unwrap();
    }
    writeln!(text, "the rest   {}  ({:.1} %)", paths.tail.count, paths.tail.share * 100.0).unwrap();
    text
}

fn check_paths(from: &str, length: usize, top: usize, fixture: &str, expected: Expect) {
    let log = Log::parse(fixture);
    let question = PathsQuestion::new(log.activity(from), length, top).unwrap();
    expected.assert_eq(&show(&answer(question, &log, 1), &log));
}

#[test]
fn every_occurrence_begins_a_path() {
    check_paths(
        "web:search",
        3,
        10,
        "
        ana    web:search 0m, web:product 2m, web:search 3m, web:product 4m, store:purchase 1d
        luis   web:search 0m, chat:question 5m, store:purchase 2h, web:search 3h
        eva    web:search 0m, web:product 2m, store:purchase 3m, web:search 4m, web:product 5m, store:purchase 9m
        ",
        expect![[r#"
            web:search > web:product > store:purchase   3  by 2  (50.0 %)
            web:search > web:product > web:search   1  by 1  (16.7 %)
            web:search > chat:question > store:purchase   1  by 1  (16.7 %)
            the rest   1  (16.7 %)
        "#]],
    );
}

#[test]
fn the_rest_is_what_is_rarer_or_too_short() {
    check_paths(
        "a",
        2,
        1,
        "
        ana    a 0m, b 1m, a 2m, b 3m, a 4m, c 5m, a 6m
        luis   a 0m
        ",
        expect![[r#"
            a > b   2  by 1  (40.0 %)
            the rest   3  (60.0 %)
        "#]],
    );
}

#[test]
fn paths_may_overlap() {
    check_paths(
        "a",
        3,
        5,
        "ana    a 0m, a 1m, a 2m, a 3m",
        expect![[r#"
            a > a > a   2  by 1  (50.0 %)
            the rest   2  (50.0 %)
        "#]],
    );
}

#[test]
fn equally_frequent_paths_stand_in_the_order_of_their_codes() {
    check_paths(
        "x",
        2,
        2,
        "
        first    a 0m, b 1m, c 2m
        ana      x 0m, c 1m, x 2m, b 3m, x 4m, a 5m
        ",
        expect![[r#"
            x > a   1  by 1  (33.3 %)
            x > b   1  by 1  (33.3 %)
            the rest   1  (33.3 %)
        "#]],
    );
}

#[test]
fn an_activity_that_never_happened_has_no_paths() {
    let paths = answer(PathsQuestion::new(77, 5, 50).unwrap(), &Log::parse("ana a 0m, b 1m"), 1);
    assert_eq!((paths.occurrences, paths.paths.len(), paths.tail.count, paths.tail.share), (0, 0, 0, 0.0));
}

#[test]
fn a_path_has_a_length() {
    for length in [0, MAX_LENGTH + 1] {
        let message = PathsQuestion::new(0, length, 1).unwrap_err().to_string();
        assert!(message.contains("1 to 64 activities"), "{message}");
    }
}

#[test]
fn long_paths_over_many_activities_are_exact() {
    let journeys: Vec<Vec<(i64, u16)>> = (0..60_i64)
        .map(|customer| (0..90).map(|event| (event, (event * (1 + customer % 7) % 11 * 5_957) as u16)).collect())
        .collect();
    let log = Log::of_journeys(journeys).in_parts(4);
    for length in [1, 2, 5, 6, 9, 10, 30, MAX_LENGTH] {
        let expected = reference::paths(&log, 5_957, length, 20);
        let question = || PathsQuestion::new(5_957, length, 20).unwrap();
        assert_eq!(answer(question(), &log, 3), expected, "length {length}");
        assert_eq!(answer(question().with_path_limit(3), &log, 3), expected, "length {length}, in passes");
    }
}

#[test]
fn many_paths_take_further_passes() {
    let journeys = (0..2_000).map(|number| vec![(0, 0), (1, number % 701), (2, number % 7)]).collect();
    let log = Log::of_journeys(journeys);
    let question = || PathsQuestion::new(0, 3, 10).unwrap();
    let expected = reference::paths(&log, 0, 3, 10);
    assert_eq!(answer_from_afar(question(), &log, false), (expected.clone(), 1));
    let (paths, passes) = answer_from_afar(question().with_path_limit(300), &log, false);
    assert_eq!(paths, expected);
    assert!(passes > 6, "{passes}");
}

/// Customers who each live one path of three: most paths are lived once or twice, the first ones `often` times more.
fn rare_and_frequent(often: u16) -> Log {
    let rare = (0..60_000_u32).map(|number| (number % 251, number / 251));
    let frequent =
        (0..20_u32).flat_map(|number| std::iter::repeat_n((number, number), usize::from(often + number as u16)));
    let lived = |(second, third): (u32, u32)| vec![(0, 0), (1, second as u16), (2, third as u16)];
    Log::of_journeys(rare.chain(frequent).map(lived).collect()).in_parts(3)
}

#[test]
fn frequent_paths_are_found_among_many_rare_ones_without_counting_those() {
    let log = rare_and_frequent(100);
    let (paths, passes) = answer_from_afar(PathsQuestion::new(0, 3, 20).unwrap(), &log, false);
    assert_eq!(paths, reference::paths(&log, 0, 3, 20));
    assert_eq!(passes, 2);
}

#[test]
fn where_no_path_is_frequent_all_that_may_be_the_best_are_counted() {
    let log = rare_and_frequent(0);
    for top in [1, 30, 500, 5_000] {
        let (paths, passes) = answer_from_afar(PathsQuestion::new(0, 3, top).unwrap(), &log, true);
        assert_eq!(paths, reference::paths(&log, 0, 3, top), "top {top}");
        assert!(passes <= 3, "top {top} took {passes} passes");
    }
}

#[test]
fn a_code_beyond_the_dictionary_is_no_mistake() {
    let log = Log::of_journeys(vec![vec![(0, 1), (1, 300), (2, 1), (3, 44)]]);
    let (paths, passes) = answer_from_afar(PathsQuestion::new(1, 2, 9).unwrap().with_activity_count(256), &log, false);
    assert_eq!(paths, reference::paths(&log, 1, 2, 9));
    assert_eq!(passes, 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_engine_equals_the_reference(
        log in strategies::logs(3),
        activity in 0_u16..3,
        length in 1_usize..13,
        top in 0_usize..6,
        activity_count in 0_usize..9,
        knows_dictionary: bool,
        limit in prop_oneof![1_usize..9, Just(1_000)],
        open in prop_oneof![0_usize..5, Just(500)],
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let question = || {
            let question = PathsQuestion::new(activity, length, top).unwrap();
            let question = question.with_path_limit(limit).with_open_paths(open);
            if knows_dictionary { question.with_activity_count(activity_count) } else { question }
        };
        let expected = reference::paths(&log, activity, length, top);
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        let shown: u64 = expected.paths.iter().map(|path| path.count).sum();
        prop_assert_eq!(shown + expected.tail.count, expected.occurrences);
    }
}
