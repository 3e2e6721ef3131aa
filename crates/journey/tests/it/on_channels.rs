use journey::funnel::FunnelQuestion;
use journey::paths::PathsQuestion;
use journey::process_map::ProcessMapQuestion;
use journey::{ChannelSet, JourneySource, LivedJourney, Needs, on_channels, run, within};
use proptest::collection::vec;
use proptest::prelude::*;
use testkit::log::{Lived, Log};
use testkit::reference;

/// The log without what happened on other channels: written as one would say it.
pub fn cut(log: &Log, channels: &[u8]) -> Log {
    let journeys = log.journeys().map(|journey| {
        let kept = (0..journey.len()).filter(|event| channels.contains(&journey.channel[*event]));
        let lived = kept.map(|event| Lived {
            at: journey.occurred_at[event],
            activity: journey.activity[event],
            channel: journey.channel[event],
            unit: journey.unit[event],
            values: (0..2).filter_map(|property| journey.properties.column(property).get(event).copied()).collect(),
        });
        lived.collect()
    });
    Log::of_events(journeys.collect())
}

#[test]
fn what_happened_on_other_channels_is_not_seen() {
    let log = Log::parse(
        "
        ana    web:search 0m, store:visit 2m, call 4m, web:product 6m
        luis   store:visit 0m
        eva    call 1m
        sol
        ",
    );
    let seen_on = |channels: &[u8]| {
        let mut seen = Vec::new();
        let set = ChannelSet::of(channels.iter().copied());
        let Ok(()) = on_channels(&log, set).for_each_customer(0, Needs::EVERY_CUSTOMER, &mut |journey| {
            let names: Vec<&str> = journey.activity.iter().map(|&code| log.name(code)).collect();
            if !journey.is_empty() {
                seen.push((journey.customer, names.join(" ")));
            }
        });
        seen
    };
    let shown = |seen: &[(u64, &str)]| seen.iter().map(|(id, names)| (*id, (*names).to_owned())).collect::<Vec<_>>();
    assert_eq!(seen_on(&[0]), shown(&[(1, "web:search web:product")]));
    assert_eq!(
        seen_on(&[1, LivedJourney::NO_CHANNEL]),
        shown(&[(1, "store:visit call"), (2, "store:visit"), (3, "call")])
    );
    assert_eq!(seen_on(&[]), []);
}

/// Logs in which events happen on three channels, and some on none.
pub fn logs() -> impl Strategy<Value = Log> {
    let channel = prop_oneof![3 => 0_u8..3, 1 => Just(LivedJourney::NO_CHANNEL)];
    let event = (0_i64..200, 0_u16..4, channel, vec(0_u16..3, 2));
    let journey = vec(event, 0..14).prop_map(|events| -> Vec<Lived> {
        let lived = |(at, activity, channel, values)| Lived { channel, values, ..Lived::new(at, activity) };
        events.into_iter().map(lived).collect()
    });
    (vec(journey, 0..13), vec(0_usize..13, 0..5)).prop_map(|(journeys, cuts)| Log::of_events(journeys).cut_at(&cuts))
}

/// Some of the channels of [`logs`].
pub fn channels() -> impl Strategy<Value = Vec<u8>> {
    vec(prop_oneof![3 => 0_u8..3, 1 => Just(LivedJourney::NO_CHANNEL)], 0..4)
}

proptest! {
    #[test]
    fn some_channels_are_a_log_of_their_own(
        log in logs(),
        channels in channels(),
        (from_ms, to_ms) in (0_i64..200, 0_i64..250),
    ) {
        let part = on_channels(&log, ChannelSet::of(channels.iter().copied()));
        let rebuilt = cut(&log, &channels);
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
