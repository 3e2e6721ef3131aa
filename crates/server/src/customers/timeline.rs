//! What a customer lived, filtered and page by page.

use std::collections::{BTreeMap, BTreeSet};

use domain::{CustomerId, Error, EventId, EventKind, Result, StoredEvent};
use events::names::Names;

use super::service::see_customer;
use crate::app::App;
use crate::auth::Sight;
use crate::journeys::{Extent, Moment, NO_CHANNEL};
use crate::organisation::find_organisation;

/// A place in a timeline, as `occurred_at.seq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimelinePlace {
    pub occurred_at: i64,
    pub seq: u64,
}

impl TimelinePlace {
    fn of(event: &StoredEvent) -> TimelinePlace {
        TimelinePlace { occurred_at: event.occurred_at, seq: event.seq }
    }

    pub fn parse(text: &str) -> Result<TimelinePlace> {
        text.split_once('.')
            .and_then(|(occurred_at, seq)| {
                Some(TimelinePlace { occurred_at: occurred_at.parse().ok()?, seq: seq.parse().ok()? })
            })
            .ok_or_else(|| Error::invalid(format!("`{text}` is not a place in a timeline; send what `next` said")))
    }
}

impl std::fmt::Display for TimelinePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.occurred_at, self.seq)
    }
}

/// Which events of a customer are asked for. A list that is empty asks for everything.
#[derive(Clone, Debug, Default)]
pub struct TimelineQuestion {
    /// Days, and channels by name.
    pub extent: Extent,
    pub kinds: Vec<EventKind>,
    /// By name.
    pub activities: Vec<String>,
    pub is_newest_first: bool,
    pub after: Option<TimelinePlace>,
    pub limit: usize,
}

/// Events of a customer and where to go on.
pub struct TimelinePage {
    pub customer: CustomerId,
    pub events: Vec<StoredEvent>,
    /// What led to events of the page, of what the same customer lived and is seen.
    pub causes: BTreeMap<EventId, Cause>,
    pub next: Option<TimelinePlace>,
    /// Events that fit, on whatever page.
    pub total: u64,
    /// Events of the customer by channel, whatever is asked for; by name, those without channel last.
    pub channels: Vec<(String, u64)>,
    /// Events of the customer by kind, whatever is asked for.
    pub kinds: Vec<(&'static str, u64)>,
}

/// An event that led to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    pub seq: u64,
    pub activity: Option<u16>,
    pub channel: Option<u8>,
    pub occurred_at: i64,
}

/// One page of the events of a customer that are asked for and seen.
pub fn list_timeline(app: &App, id: CustomerId, asked: &TimelineQuestion, sight: &Sight) -> Result<TimelinePage> {
    let (from_ms, to_ms) = asked.extent.instants(&find_organisation(app)?.calendar)?;
    let is_done = activity_filter(app, asked, sight)?;
    let (customer, mut events) = see_customer(app, id, sight)?;
    let names = app.log.names();
    let (channels, kinds) = (count_channels(&events, &names), count_kinds(&events));
    // A cause may lie outside of what is asked for, and on any page.
    let mut causes = find_causes(&events);
    events.retain(|event| {
        let is_inside =
            from_ms.is_none_or(|from| from <= event.occurred_at) && to_ms.is_none_or(|to| event.occurred_at < to);
        let is_on = |wanted: &String| wanted == channel_name(event, &names);
        is_inside
            && (asked.kinds.is_empty() || asked.kinds.contains(&event.kind))
            && (asked.extent.channels.is_empty() || asked.extent.channels.iter().any(is_on))
            && is_done(event)
    });
    let total = events.len() as u64;
    if asked.is_newest_first {
        events.reverse();
    }
    if let Some(after) = asked.after {
        events.retain(|event| {
            let place = TimelinePlace::of(event);
            if asked.is_newest_first { place < after } else { place > after }
        });
    }
    let has_more = events.len() > asked.limit;
    events.truncate(asked.limit);
    let of_page: BTreeSet<EventId> = events.iter().filter_map(|event| event.cause_event_id).collect();
    causes.retain(|id, _| of_page.contains(id));
    let next = events.last().map(TimelinePlace::of).filter(|_| has_more);
    Ok(TimelinePage { customer, events, causes, next, total, channels, kinds })
}

fn find_causes(events: &[StoredEvent]) -> BTreeMap<EventId, Cause> {
    let wanted: BTreeSet<EventId> = events.iter().filter_map(|event| event.cause_event_id).collect();
    let is_cause = |event: &&StoredEvent| wanted.contains(&event.event_id);
    let cause = |event: &StoredEvent| Cause {
        seq: event.seq,
        activity: event.activity,
        channel: event.channel,
        occurred_at: event.occurred_at,
    };
    events.iter().filter(is_cause).map(|event| (event.event_id, cause(event))).collect()
}

/// Whether an event is of one of the activities asked for. A channel or an activity that is nowhere is refused, so that a
/// slip of the pen does not look like a customer who did nothing.
fn activity_filter(app: &App, asked: &TimelineQuestion, sight: &Sight) -> Result<impl Fn(&StoredEvent) -> bool> {
    let is_asked = !(asked.extent.channels.is_empty() && asked.activities.is_empty());
    let vocabulary = if is_asked { Some(Moment::now(app, &asked.extent, sight)?.vocabulary) } else { None };
    let wanted = asked.activities.iter().filter_map(|name| Some(vocabulary.as_ref()?.find(name)));
    let wanted: Vec<u16> = wanted.collect::<Result<_>>()?;
    Ok(move |event: &StoredEvent| {
        let code = event.activity.map(|code| vocabulary.as_ref().map_or(code, |known| known.counts_as(code)));
        wanted.is_empty() || code.is_some_and(|code| wanted.contains(&code))
    })
}

fn channel_name<'a>(event: &StoredEvent, names: &'a Names) -> &'a str {
    event.channel.map_or(NO_CHANNEL, |code| names.channels.name(u32::from(code)))
}

fn count_channels(events: &[StoredEvent], names: &Names) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<(bool, &str), u64> = BTreeMap::new();
    for event in events {
        *counts.entry((event.channel.is_none(), channel_name(event, names))).or_default() += 1;
    }
    counts.into_iter().map(|((_, name), events)| (name.to_owned(), events)).collect()
}

fn count_kinds(events: &[StoredEvent]) -> Vec<(&'static str, u64)> {
    let count = |kind: EventKind| events.iter().filter(|event| event.kind == kind).count() as u64;
    EventKind::ALL.into_iter().map(|kind| (kind.as_str(), count(kind))).filter(|(_, events)| *events > 0).collect()
}
