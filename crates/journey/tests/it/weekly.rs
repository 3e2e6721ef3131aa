use journey::weekly::{ActivityWeeks, WeeklyQuestion};
use proptest::collection::vec;
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

const HOUR: i64 = 3_600_000;

#[test]
fn events_are_counted_in_their_week_and_seen_since_the_first() {
    let log = Log::parse(
        "
        ana    search 0m, purchase 2h, search 5h
        luis   search 1h
        ",
    );
    // An event at an edge is in the week that begins there; the last edge ends the last week.
    let weeks = answer(WeeklyQuestion::new(vec![5 * HOUR, HOUR, 2 * HOUR]), &log, 1);
    let start = log.journeys().next().unwrap().occurred_at[0];
    let names: Vec<&str> = weeks.iter().map(|row| log.name(row.activity)).collect();
    assert_eq!(names, ["search", "purchase"]);
    assert_eq!(weeks[0].first_seen_at, start);
    assert_eq!(weeks[0].last_seen_at, start + 5 * HOUR);
    if start == 0 {
        assert_eq!((&weeks[0].events, &weeks[1].events), (&vec![1, 0], &vec![0, 1]));
    }
}

#[test]
fn without_a_week_activities_are_only_seen() {
    let log = Log::parse("ana  search 0m");
    for edges in [vec![], vec![7]] {
        let weeks: Vec<ActivityWeeks> = answer(WeeklyQuestion::new(edges), &log, 1);
        assert_eq!((weeks.len(), weeks[0].events.len()), (1, 0));
    }
}

proptest! {
    #[test]
    fn the_engine_counts_like_the_reference(
        log in strategies::logs(5),
        edges in vec(0_i64..3_000, 0..6),
        threads in strategies::threads(),
        backwards in any::<bool>(),
    ) {
        let expected = reference::weekly(&log, &edges);
        let question = WeeklyQuestion::new(edges);
        prop_assert_eq!(&answer(question.clone(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question, &log, backwards).0, &expected);
    }
}
