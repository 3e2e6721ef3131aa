//! Daily counts by going through all events for each activity and day.

use std::collections::BTreeSet;

use journey::daily::{ActivityDay, Daily, DaysLeftOut};

use crate::log::Log;

/// Events and distinct customers by activity and day, between edges that are in order. `counted` is none for any activity.
pub fn daily(log: &Log, edges: &[i64], counted: Option<&[u16]>) -> Daily {
    let lived = || {
        log.journeys().flat_map(|journey| {
            journey.occurred_at.iter().zip(journey.activity).map(move |(at, code)| (journey.customer, *at, *code))
        })
    };
    let activities: BTreeSet<u16> = lived().map(|(_, _, activity)| activity).collect();
    let mut rows = Vec::new();
    for activity in activities.into_iter().filter(|activity| counted.is_none_or(|it| it.contains(activity))) {
        let done: Vec<(u64, i64)> =
            lived().filter(|(_, _, each)| *each == activity).map(|(customer, at, _)| (customer, at)).collect();
        for (day, edge) in (0..).zip(edges.windows(2)) {
            let is_on_day = |(_, at): &&(u64, i64)| edge[0] <= *at && *at < edge[1];
            let on_day: Vec<u64> = done.iter().filter(is_on_day).map(|(customer, _)| *customer).collect();
            if !on_day.is_empty() {
                let customers = on_day.iter().collect::<BTreeSet<_>>().len() as u64;
                rows.push(ActivityDay { activity, day, events: on_day.len() as u64, customers });
            }
        }
    }
    Daily { rows, left_out: DaysLeftOut::default() }
}
