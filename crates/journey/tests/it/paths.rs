use std::fmt::Write;

use expect_test::{Expect, expect};
use journey::LivedJourney;
use journey::paths::{MAX_LENGTH, PathAnchor, PathScope, PathShape, Paths, PathsQuestion};
use proptest::prelude::*;
use testkit::log::{Lived, Log};
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

fn show(paths: &Paths, log: &Log) -> String {
    let mut text = String::new();
    for path in &paths.paths {
        let names: Vec<&str> = path.activities.iter().map(|&code| log.name(code)).collect();
        let (names, share) = (names.join(" > "), path.share * 100.0);
        let names = if path.goes_on { names + " > …" } else { names };
        writeln!(text, "{names}   {}  by {}  ({share:.1} %)", path.count, path.customers).unwrap();
    }
    writeln!(text, "the rest   {}  ({:.1} %)", paths.tail.count, paths.tail.share * 100.0).unwrap();
    text
}

fn check_shape(shape: impl Fn(&Log) -> PathShape, top: usize, fixture: &str, expected: Expect) {
    let log = Log::parse(fixture);
    expected.assert_eq(&show(&answer(PathsQuestion::shaped(shape(&log), top), &log, 1), &log));
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
fn what_precedes_an_activity() {
    check_shape(
        |log| PathShape::new(PathAnchor::To(log.activity("buy")), 2).unwrap(),
        9,
        "
        ana    search 0m, buy 1m, call 2m, buy 3m
        luis   buy 0m, search 1m, buy 2m
        ",
        expect![[r#"
            search > buy   2  by 2  (50.0 %)
            call > buy   1  by 1  (25.0 %)
            the rest   1  (25.0 %)
        "#]],
    );
}

#[test]
fn what_lies_around_an_activity() {
    check_shape(
        |log| PathShape::new(PathAnchor::Through { activity: log.activity("call"), before: 1 }, 3).unwrap(),
        9,
        "
        ana    search 0m, call 1m, buy 2m, call 3m
        luis   call 0m, search 1m, call 2m, buy 3m
        ",
        expect![[r#"
            search > call > buy   2  by 2  (50.0 %)
            the rest   2  (50.0 %)
        "#]],
    );
}

#[test]
fn whole_histories_are_variants_and_longer_ones_say_that_they_go_on() {
    check_shape(
        |_| PathShape::new(PathAnchor::Start, 2).unwrap(),
        9,
        "
        ana    search 0m, buy 1m
        luis   search 0m, buy 5d
        eva    search 0m, buy 1m, call 2m
        sol    call 0m
        pau
        ",
        expect![[r#"
            search > buy   2  by 2  (50.0 %)
            search > buy > …   1  by 1  (25.0 %)
            call   1  by 1  (25.0 %)
            the rest   0  (0.0 %)
        "#]],
    );
}

#[test]
fn within_a_visit_other_channels_and_long_gaps_cut_a_path() {
    check_shape(
        |log| PathShape::new(PathAnchor::From(log.activity("web:search")), 2).unwrap().within(PathScope::Visit),
        9,
        "
        ana    web:search 0m, call:ask 1m, web:buy 29m
        luis   web:search 0m, web:buy 30m
        eva    web:search 0m, web:search 20m, web:buy 40m
        ",
        expect![[r#"
            web:search > web:buy   2  by 2  (50.0 %)
            web:search > web:search   1  by 1  (25.0 %)
            the rest   1  (25.0 %)
        "#]],
    );
}

#[test]
fn collapsed_repetitions_count_once() {
    check_shape(
        |log| PathShape::new(PathAnchor::From(log.activity("search")), 2).unwrap().collapsed(true),
        9,
        "ana    search 0m, search 1m, buy 2m, buy 3m, search 4m, search 5m",
        expect![[r#"
            search > buy   1  by 1  (50.0 %)
            the rest   1  (50.0 %)
        "#]],
    );
}

#[test]
fn a_path_has_room_for_what_is_before() {
    let anchor = PathAnchor::Through { activity: 0, before: 3 };
    let message = PathShape::new(anchor, 3).unwrap_err().to_string();
    assert!(message.contains("at most 2 before"), "{message}");
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

    #[test]
    fn every_shape_equals_the_reference(
        log in logs(),
        activity in 0_u16..3,
        (length, before) in (1_usize..9).prop_flat_map(|length| (Just(length), 0..length)),
        anchor in 0_usize..4,
        (is_by_visit, is_collapsed) in any::<(bool, bool)>(),
        top in 0_usize..6,
        limit in prop_oneof![1_usize..9, Just(1_000)],
        activity_count in proptest::option::of(0_usize..5),
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let through = PathAnchor::Through { activity, before };
        let anchor = [PathAnchor::From(activity), PathAnchor::To(activity), through, PathAnchor::Start][anchor];
        let scope = if is_by_visit { PathScope::Visit } else { PathScope::History };
        let question = || {
            let shape = PathShape::new(anchor, length).unwrap().within(scope).collapsed(is_collapsed);
            let question = PathsQuestion::shaped(shape, top).with_path_limit(limit);
            match activity_count {
                Some(count) => question.with_activity_count(count),
                None => question,
            }
        };
        let expected = reference::shaped_paths(&log, anchor, length, (scope, is_collapsed), top);
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        let shown: u64 = expected.paths.iter().map(|path| path.count).sum();
        prop_assert_eq!(shown + expected.tail.count, expected.occurrences);
        if anchor == PathAnchor::Start && !is_by_visit {
            let customers = log.journeys().filter(|journey| !journey.is_empty()).count() as u64;
            prop_assert_eq!(expected.occurrences, customers);
        }
    }
}

/// Journeys on three channels with gaps around those that end a visit.
fn logs() -> impl Strategy<Value = Log> {
    let gap_ms = prop_oneof![3 => 0_i64..600_000, 1 => 1_799_999_i64..1_800_002, 1 => 0_i64..10_000_000];
    let channel = prop_oneof![3 => Just(0_u8), 1 => Just(1_u8), 1 => Just(LivedJourney::NO_CHANNEL)];
    let journey = proptest::collection::vec((gap_ms, 0_u16..3, channel), 0..15).prop_map(|events| {
        let mut at = 0;
        let lived = events.into_iter().map(|(gap_ms, activity, channel)| {
            at += gap_ms;
            Lived { channel, ..Lived::new(at, activity) }
        });
        lived.collect::<Vec<_>>()
    });
    (proptest::collection::vec(journey, 0..10), proptest::collection::vec(0_usize..10, 0..5))
        .prop_map(|(journeys, cuts)| Log::of_events(journeys).cut_at(&cuts))
}
