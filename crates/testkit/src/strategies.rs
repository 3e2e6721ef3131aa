//! Random logs: few activities, so that paths and edges repeat; many ties in time; customers without events.

use journey::LivedJourney;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::log::{Lived, Log};

/// A log of up to 12 customers with up to 14 events of `activities` activities, cut into parts anywhere. Half of the events
/// have one of three units, and a value of each of two properties.
pub fn logs(activities: u16) -> impl Strategy<Value = Log> {
    let gap_ms = prop_oneof![3 => Just(0_i64), 4 => 1_i64..10, 1 => 10_i64..10_000_000_000];
    let code = prop_oneof![1 => 0_u16..3, 1 => Just(u16::MAX)];
    let event = (gap_ms, 0..activities, code.clone(), [code.clone(), code]);
    let journey = (0_i64..1_000, vec(event, 0..15)).prop_map(|(start_ms, events)| {
        let mut at = start_ms;
        let lived = events.into_iter().map(|(gap_ms, activity, unit, values)| {
            at += gap_ms;
            Lived { unit, values: values.to_vec(), ..Lived::new(at, activity) }
        });
        lived.collect::<Vec<_>>()
    });
    (vec(journey, 0..13), vec(0_usize..13, 0..5)).prop_map(|(journeys, cuts)| Log::of_events(journeys).cut_at(&cuts))
}

/// The same, of which events are on one of `channels` channels or on none.
pub fn logs_on_channels(activities: u16, channels: u8) -> impl Strategy<Value = Log> {
    let channel = prop_oneof![5 => 0..channels, 1 => Just(LivedJourney::NO_CHANNEL)];
    (logs(activities), vec(channel, 12 * 14)).prop_map(|(mut log, on)| {
        let mut on = on.into_iter().cycle();
        for customer in &mut log.customers {
            customer.channel.fill_with(|| on.next().unwrap_or(LivedJourney::NO_CHANNEL));
        }
        log
    })
}

/// A number of threads, one included.
pub fn threads() -> impl Strategy<Value = usize> {
    1_usize..5
}

/// Two to `most + 1` instants in order, none twice, most of them among the events of [`logs`].
pub fn period_edges(most: usize) -> impl Strategy<Value = Vec<i64>> {
    let width_ms = prop_oneof![2 => 1_i64..20, 2 => 20_i64..400, 1 => 1_000_000_i64..4_000_000_000];
    (-100_i64..1_000, vec(width_ms, 1..=most)).prop_map(|(start, widths)| {
        let ends = widths.into_iter().scan(start, |end, width| {
            *end += width;
            Some(*end)
        });
        std::iter::once(start).chain(ends).collect()
    })
}

/// Some of `activities` activities, or none for any.
pub fn some_activities(activities: u16) -> impl Strategy<Value = Option<Vec<u16>>> {
    proptest::option::of(vec(0..activities, 0..3))
}
