use expect_test::{Expect, expect};
use journey::behind::{BehindQuestion, Element};
use journey::effort::{Effort, EffortQuestion, Measure};
use journey::{Activities, StatedWaits, Waits};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::reference::{AskedEffort, AskedWaits, effort};
use testkit::strategies;

use crate::funnel_options::logs;
use crate::{answer, answer_from_afar};

fn codes(log: &Log, names: &[&str]) -> Vec<u16> {
    names.iter().map(|name| log.activity(name)).collect()
}

fn show(effort: &Effort) -> String {
    let mut text = format!("{} runs of {}, {} unfinished\n", effort.runs, effort.customers, effort.unfinished);
    for measure in &effort.measures {
        let quantiles = measure.quantiles.map_or("-".to_owned(), |quantiles| format!("{quantiles:?}"));
        text += &format!("{:?} {quantiles} mean {:?}\n", measure.measure, measure.mean.unwrap_or_default());
    }
    text
}

fn check(start: Option<&str>, goal: &str, fixture: &str, expected: Expect) {
    let log = Log::parse(fixture);
    let start = start.map(|start| Activities::of(&codes(&log, &[start])));
    let question = EffortQuestion::new(start, Activities::of(&codes(&log, &[goal]))).with_roles(
        Activities::of(&codes(&log, &["call:ask"])),
        Waits::new(Activities::of(&codes(&log, &["call:hold"]))),
    );
    expected.assert_eq(&show(&answer(question, &log, 1)));
}

#[test]
fn a_run_is_counted_from_its_first_event_to_the_goal() {
    check(
        None,
        "web:buy",
        "
        ana    web:search 0m, call:ask 1m, call:hold 2m, web:search 12m, web:buy 20m
        luis   web:buy 5m, help 6m
        ",
        expect![[r#"
            2 runs of 2, 1 unfinished
            Steps [1.4, 2.0, 3.0, 4.0, 4.6] mean 3.0
            Contacts [0.1, 0.25, 0.5, 0.75, 0.9] mean 0.5
            Channels [1.1, 1.25, 1.5, 1.75, 1.9] mean 1.5
            ChannelChanges [0.2, 0.5, 1.0, 1.5, 1.8] mean 1.0
            Waiting [60000.0, 150000.0, 300000.0, 450000.0, 540000.0] mean 300000.0
            Elapsed [120000.0, 300000.0, 600000.0, 900000.0, 1080000.0] mean 600000.0
        "#]],
    );
}

#[test]
fn a_named_start_begins_a_run_and_repeating_it_does_not() {
    check(
        Some("call:ask"),
        "web:buy",
        "
        ana    web:search 0m, call:ask 1m, call:ask 3m, help 4m, web:buy 11m, web:buy 12m, call:ask 20m, call:hold 21m
        ",
        expect![[r#"
            1 runs of 1, 1 unfinished
            Steps [4.0, 4.0, 4.0, 4.0, 4.0] mean 4.0
            Contacts [2.0, 2.0, 2.0, 2.0, 2.0] mean 2.0
            Channels [2.0, 2.0, 2.0, 2.0, 2.0] mean 2.0
            ChannelChanges [1.0, 1.0, 1.0, 1.0, 1.0] mean 1.0
            Waiting [0.0, 0.0, 0.0, 0.0, 0.0] mean 0.0
            Elapsed [600000.0, 600000.0, 600000.0, 600000.0, 600000.0] mean 600000.0
        "#]],
    );
}

#[test]
fn from_an_activity_to_itself_is_from_one_to_the_next() {
    let log = Log::parse("ana ask 0m, ask 5m, ask 7m, ask 8m");
    let of_asking = || Activities::of(&[0]);
    let effort = answer(EffortQuestion::new(Some(of_asking()), of_asking()), &log, 1);
    let elapsed = effort.measures[5].quantiles.unwrap();
    assert_eq!((effort.runs, effort.unfinished, elapsed[2]), (2, 0, 180_000.0));
}

#[test]
fn waiting_is_what_events_say_and_otherwise_the_time_to_the_next() {
    let log = Log::parse(
        "
        ana    queue[wait=60] 0m, call 30m, queue[wait=soon] 40m, call 45m, queue 50m, queue[wait=600] 52m
        luis   queue[wait=60] 0m, queue[wait=60] 88m
        ",
    );
    let (queue, call) = (log.activity("queue"), log.activity("call"));
    let waits = |stated| Waits::new(Activities::of(&[queue])).with_stated(stated);
    // 60, soon and 600, in the order in which they are written.
    let durations_ms = [Some(60_000), None, Some(600_000)].into();
    let says = vec![StatedWaits { activity: queue, property: 0, durations_ms }];
    let waiting = |start: Option<u16>, goal: u16, stated| {
        let question = EffortQuestion::new(start.map(|code| Activities::of(&[code])), Activities::of(&[goal]));
        let found = answer(question.with_roles(Activities::of(&[]), waits(stated)), &log, 1);
        (found.runs, found.measures[4].mean.unwrap() / 60_000.0)
    };
    // To the first call a minute that is said, to the second five until it comes.
    assert_eq!(waiting(None, call, says.clone()), (2, 3.0));
    assert_eq!(waiting(None, call, Vec::new()), (2, 17.5));
    // What the last event says of its own wait counts; what comes after it does not.
    let of_two = [waiting(Some(queue), queue, says.clone()), waiting(Some(queue), queue, Vec::new())];
    assert_eq!(of_two, [(3, (1.0 + 12.0 + 2.0) / 3.0), (3, (30.0 + 2.0 + 88.0) / 3.0)]);
}

#[test]
fn nobody_has_no_effort_and_too_many_periods_are_refused() {
    let question = || EffortQuestion::new(None, Activities::of(&[0]));
    let effort = answer(question().with_trend(vec![0, 10]).unwrap(), &Log::default().in_parts(1), 2);
    assert_eq!((effort.runs, effort.measures[0].quantiles, effort.measures[0].mean), (0, None, None));
    assert_eq!(effort.trend[0].measures[0], None);
    assert!(question().with_trend((0..700).collect()).unwrap_err().to_string().contains("1 to 600 periods"));
}

/// Activities with which customers wait, and what some say by one of two properties.
pub fn waits() -> impl Strategy<Value = (Vec<u16>, Vec<StatedWaits>)> {
    let duration_ms =
        prop_oneof![1 => Just(None), 2 => (0_u64..200).prop_map(Some), 1 => (0_u64..9_000_000).prop_map(Some)];
    let stated = (0_u16..4, 0_usize..2, proptest::collection::vec(duration_ms, 0..4)).prop_map(
        |(activity, property, durations_ms)| StatedWaits { activity, property, durations_ms: durations_ms.into() },
    );
    (proptest::collection::vec(0_u16..4, 0..3), proptest::collection::vec(stated, 0..3))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_engine_equals_the_reference(
        log in prop_oneof![logs(), strategies::logs(4)],
        start in proptest::option::of(proptest::collection::vec(0_u16..4, 1..3)),
        goal in proptest::collection::vec(0_u16..4, 1..3),
        contacts in proptest::collection::vec(0_u16..4, 0..3),
        (waits, stated) in waits(),
        edges in proptest::collection::btree_set(0_i64..80, 2..6),
        slots in prop_oneof![0_usize..3_000, Just(1 << 20)],
        threads in strategies::threads(),
        backwards: bool,
        (measure, least) in (0_usize..6, 0_u64..12),
    ) {
        let edges: Vec<i64> = edges.into_iter().collect();
        let question = || {
            EffortQuestion::new(start.as_deref().map(Activities::of), Activities::of(&goal))
                .with_roles(Activities::of(&contacts), Waits::new(Activities::of(&waits)).with_stated(stated.clone()))
                .with_trend(edges.clone())
                .unwrap()
                .with_slots(slots)
        };
        let asked_waits = AskedWaits { activities: &waits, stated: &stated };
        let asked = AskedEffort {
            start: start.as_deref(),
            goal: &goal,
            contacts: &contacts,
            waits: asked_waits,
            edges: &edges,
        };
        let expected = effort(&log, &asked);
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        let behind = Element::Effort { effort: Box::new(question()), measure: Measure::ALL[measure], least };
        let has_such = |journey: &journey::LivedJourney<'_>| {
            asked.runs(*journey).iter().any(|run| asked.measure(*journey, run)[measure] as u64 >= least)
        };
        let such = log.journeys().filter(has_such).count() as u64;
        prop_assert_eq!(answer(BehindQuestion::new(behind, 1).unwrap(), &log, 1).total, such);
    }
}
