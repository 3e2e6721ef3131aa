use journey::funnel::FunnelQuestion;
use journey::paths::PathsQuestion;
use journey::process_map::ProcessMapQuestion;
use journey::{JourneySource, Needs, run, within};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::{reference, strategies};

/// The log without what happened outside a period.
fn cut(log: &Log, from_ms: i64, to_ms: i64) -> Log {
    let inside = log.customers.iter().map(|customer| {
        let events = customer.occurred_at.iter().copied().zip(customer.activity.iter().copied());
        events.filter(|&(at, _)| from_ms <= at && at < to_ms).collect()
    });
    Log::of_journeys(inside.collect())
}

#[test]
fn a_period_includes_its_start_and_not_its_end() {
    let log = Log::parse(
        "
        ana    before 9ms, web:start 10ms, web:again 10ms, inside 15ms, end 20ms
        luis   before 3ms, end 20ms
        eva
        ",
    );
    let mut seen = Vec::new();
    let Ok(()) = within(&log, 10, 20).for_each_customer(0, Needs::EVERY_CUSTOMER, &mut |journey| {
        let names: Vec<&str> = journey.activity.iter().map(|&code| log.name(code)).collect();
        seen.push((journey.customer, names.join(" "), journey.occurred_at.to_vec(), journey.channel.len()));
    });
    assert_eq!(seen, [(1, "web:start web:again inside".to_owned(), vec![10, 10, 15], 3)]);
}

#[test]
fn an_open_period_holds_everything_and_a_reversed_one_nothing() {
    let log = Log::parse("ana a 0m, b 5m");
    for (from_ms, to_ms, customers) in [(i64::MIN, i64::MAX, 1), (1_000, 1_000, 0), (1_000_000, 0, 0)] {
        let mut count = 0;
        let Ok(()) = within(&log, from_ms, to_ms).for_each_customer(0, Needs::EVERY_CUSTOMER, &mut |_| count += 1);
        assert_eq!(count, customers);
    }
}

proptest! {
    #[test]
    fn a_period_is_a_log_of_its_own(log in strategies::logs(4), from_ms in 0_i64..1_100, days_ms in 0_i64..100) {
        let to_ms = from_ms + days_ms;
        let period = within(&log, from_ms, to_ms);
        let inside = cut(&log, from_ms, to_ms);
        let steps = vec![0.into(), 1.into()];
        let Ok(funnel) = run(FunnelQuestion::new(steps.clone(), 50).unwrap(), &period, 2);
        prop_assert_eq!(funnel, reference::funnel(&inside, &steps, 50));
        let Ok(map) = run(ProcessMapQuestion::new().with_medians(), &period, 2);
        prop_assert_eq!(map, reference::process_map(&inside, true));
        let Ok(paths) = run(PathsQuestion::new(1, 3, 5).unwrap(), &period, 2);
        prop_assert_eq!(paths, reference::paths(&inside, 1, 3, 5));
    }
}
