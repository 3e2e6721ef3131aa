//! Paths by listing every one.

use std::collections::{BTreeMap, BTreeSet};

use journey::LivedJourney;
use journey::paths::{Path, PathAnchor, PathScope, Paths, PathsTail};

use crate::log::Log;

const HALF_AN_HOUR_MS: i64 = 30 * 60 * 1_000;

/// What directly follows an activity.
pub fn paths(log: &Log, activity: u16, length: usize, top: usize) -> Paths {
    shaped_paths(log, PathAnchor::From(activity), length, (PathScope::History, false), top)
}

/// The positions of the events of each visit: for each channel its events, cut where half an hour passes without one.
pub fn visits(journey: LivedJourney<'_>) -> Vec<Vec<usize>> {
    let mut visits: Vec<Vec<usize>> = Vec::new();
    for channel in 0..=u8::MAX {
        let mut last_at = None;
        for event in (0..journey.len()).filter(|&event| journey.channel[event] == channel) {
            let at = journey.occurred_at[event];
            match last_at {
                Some(last_at) if at - last_at < HALF_AN_HOUR_MS => visits.last_mut().expect("one is open").push(event),
                _ => visits.push(vec![event]),
            }
            last_at = Some(at);
        }
    }
    visits
}

/// Paths of any shape: held where, within what, and whether repetitions count once.
pub fn shaped_paths(
    log: &Log,
    anchor: PathAnchor,
    length: usize,
    (scope, is_collapsed): (PathScope, bool),
    top: usize,
) -> Paths {
    let mut occurrences = 0;
    let mut counted: BTreeMap<(Vec<u16>, bool), (u64, BTreeSet<u64>)> = BTreeMap::new();
    for journey in log.journeys() {
        let parts = match scope {
            PathScope::History => vec![(0..journey.len()).collect()],
            PathScope::Visit => visits(journey),
        };
        for part in parts {
            let mut done: Vec<u16> = part.iter().map(|&event| journey.activity[event]).collect();
            if is_collapsed {
                done.dedup();
            }
            for path in paths_in(&done, anchor, length) {
                occurrences += 1;
                if let Some(path) = path {
                    let (count, customers) = counted.entry(path).or_default();
                    *count += 1;
                    customers.insert(journey.customer);
                }
            }
        }
    }
    let mut all: Vec<Path> = counted
        .into_iter()
        .map(|((activities, goes_on), (count, customers))| Path {
            activities,
            goes_on,
            count,
            customers: customers.len() as u64,
            share: count as f64 / occurrences as f64,
        })
        .collect();
    // The map is sorted by codes and the sort is stable, so ties stay in the order of their codes.
    all.sort_by_key(|path| std::cmp::Reverse(path.count));
    all.truncate(top);
    let shown: u64 = all.iter().map(|path| path.count).sum();
    let tail_count = occurrences - shown;
    let tail_share = if occurrences == 0 { 0.0 } else { tail_count as f64 / occurrences as f64 };
    Paths { occurrences, paths: all, tail: PathsTail { count: tail_count, share: tail_share } }
}

/// Every occurrence in one sequence, with its path where there is room for it.
fn paths_in(done: &[u16], anchor: PathAnchor, length: usize) -> Vec<Option<(Vec<u16>, bool)>> {
    let (wanted, before) = match anchor {
        PathAnchor::From(activity) => (activity, 0),
        PathAnchor::To(activity) => (activity, length - 1),
        PathAnchor::Through { activity, before } => (activity, before),
        PathAnchor::Start if done.is_empty() => return Vec::new(),
        PathAnchor::Start => {
            let beginning = done.iter().copied().take(length).collect();
            return vec![Some((beginning, done.len() > length))];
        }
    };
    let occurrences = (0..done.len()).filter(|&event| done[event] == wanted);
    let path = |event: usize| {
        let has_room = before <= event && event - before + length <= done.len();
        has_room.then(|| (done[event - before..event - before + length].to_vec(), false))
    };
    occurrences.map(path).collect()
}
