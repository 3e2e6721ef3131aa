use journey::funnel::FunnelQuestion;
use journey::paths::PathsQuestion;
use journey::process_map::ProcessMapQuestion;
use journey::{JourneySource, LivedJourney, Needs, UnitSet, below, run, within};
use proptest::collection::vec;
use proptest::prelude::*;
use testkit::log::{Lived, Log};
use testkit::reference;

/// The log of those who were in one of the units, without what happened in others: written as one would say it.
fn cut(log: &Log, units: &[u16]) -> Log {
    let mut seen = Vec::new();
    for journey in log.journeys() {
        let was_there = journey.unit.iter().any(|unit| units.contains(unit));
        let is_shown = |unit: u16| units.contains(&unit) || unit == LivedJourney::NO_UNIT;
        let mut events = Vec::new();
        for position in 0..journey.len() {
            if was_there && is_shown(journey.unit[position]) {
                events.push(Lived {
                    at: journey.occurred_at[position],
                    activity: journey.activity[position],
                    channel: journey.channel[position],
                    unit: journey.unit[position],
                    values: (0..2).map(|property| journey.properties.column(property)[position]).collect(),
                });
            }
        }
        seen.push(events);
    }
    Log::of_events(seen)
}

/// Everything that a source shows of whoever has events, a line for each.
fn shown(source: &impl JourneySource) -> Vec<String> {
    let mut lines = Vec::new();
    for part in 0..source.part_count() {
        let mut keep = |journey: LivedJourney<'_>| {
            let LivedJourney { customer, occurred_at, activity, channel, unit, properties } = journey;
            let values: Vec<&[u16]> = (0..2).map(|property| properties.column(property)).collect();
            if !journey.is_empty() {
                lines.push(format!("{customer}: {occurred_at:?} {activity:?} {channel:?} {unit:?} {values:?}"));
            }
        };
        assert!(source.for_each_customer(part, Needs::EVERYTHING, &mut keep).is_ok());
    }
    lines
}

#[test]
fn others_and_what_happened_elsewhere_are_not_seen() {
    let log = Log::parse(
        "
        ana    web:search 0m, visit@atocha 2m, visit@sants 4m, call 6m, visit@atocha 8m
        luis   visit@sants 0m, web:search 5m
        eva    web:search 1m
        sol    visit@atocha 3m
        ",
    );
    let atocha = UnitSet::of([0]);
    let mut seen = Vec::new();
    let Ok(()) = below(&log, &atocha).for_each_customer(0, Needs::EVERY_CUSTOMER, &mut |journey| {
        let names: Vec<&str> = journey.activity.iter().map(|&code| log.name(code)).collect();
        seen.push((journey.customer, names.join(" "), journey.occurred_at.len(), journey.channel.len()));
    });
    assert_eq!(seen, [(1, "web:search visit call visit".to_owned(), 4, 4), (4, "visit".to_owned(), 1, 1)]);
}

#[test]
fn who_was_there_once_is_seen_in_every_period() {
    let log = Log::parse("ana visit@atocha 1ms, web:search 20ms");
    let mut events = Vec::new();
    let Ok(()) =
        within(&below(&log, &UnitSet::of([0])), 10, 30)
            .for_each_customer(0, Needs::EVERY_CUSTOMER, &mut |journey| events.extend_from_slice(journey.activity));
    assert_eq!(events, [log.activity("web:search")]);
}

/// Logs in which most events have one of four units, some none, and a few one that is not told apart.
fn logs() -> impl Strategy<Value = Log> {
    let unit = prop_oneof![4 => 0_u16..4, 2 => Just(LivedJourney::NO_UNIT), 1 => Just(LivedJourney::OTHER_UNIT)];
    let event = (0_i64..200, 0_u16..4, unit, vec(0_u16..3, 2));
    let journey = vec(event, 0..14).prop_map(|events| -> Vec<Lived> {
        let lived = |(at, activity, unit, values)| Lived { unit, values, ..Lived::new(at, activity) };
        events.into_iter().map(lived).collect()
    });
    (vec(journey, 0..13), vec(0_usize..13, 0..5)).prop_map(|(journeys, cuts)| Log::of_events(journeys).cut_at(&cuts))
}

proptest! {
    #[test]
    fn a_part_of_the_units_is_a_log_of_its_own(
        log in logs(),
        units in vec(0_u16..4, 0..4),
        (from_ms, to_ms) in (0_i64..200, 0_i64..250),
    ) {
        let set = UnitSet::of(units.iter().copied());
        let part = below(&log, &set);
        let rebuilt = cut(&log, &units);
        prop_assert_eq!(shown(&part), shown(&rebuilt));

        let steps = vec![0.into(), 1.into()];
        let Ok(funnel) = run(FunnelQuestion::new(steps.clone(), 50).unwrap(), &part, 2);
        prop_assert_eq!(funnel, reference::funnel(&rebuilt, &steps, 50));
        let Ok(map) = run(ProcessMapQuestion::new().with_medians(), &part, 2);
        prop_assert_eq!(map, reference::process_map(&rebuilt, true));
        let Ok(paths) = run(PathsQuestion::new(1, 3, 5).unwrap(), &part, 2);
        prop_assert_eq!(paths, reference::paths(&rebuilt, 1, 3, 5));

        let Ok(of_part) = run(ProcessMapQuestion::new(), &within(&part, from_ms, to_ms), 2);
        let Ok(of_rebuilt) = run(ProcessMapQuestion::new(), &within(&rebuilt, from_ms, to_ms), 1);
        prop_assert_eq!(of_part, of_rebuilt);
    }
}
