//! What a friction is, and where a customer meets it.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::needs::Needs;
use crate::operator::LivedJourney;
use crate::properties::PropertyColumns;
use crate::visits::{VISIT_GAP_MS, Visits};
use crate::waits::{Wait, Waits};

/// Something that hinders customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Friction {
    /// The activity, so often within a visit as the rules say. Met with the event that makes it so often.
    Loop(u16),
    /// Two activities in turn, four events directly after each other (`A B A B`) with less than half an hour between
    /// neighbours. The lower code comes first. Met with the fourth event.
    Alternation(u16, u16),
    /// A contact with the same reason as an earlier one, not longer ago than the rules say. Met with the later one.
    RepeatedContact(ContactReason),
    /// A wait that is longer than its threshold. Met with the event that says how long it was, and otherwise with the next,
    /// which ends it.
    Wait(Wait),
    /// An activity with the role error.
    Error(u16),
    /// A start after which the goal does not come in time. Met with the start; its outcome is looked for when the time is
    /// over.
    Abandonment,
}

/// Why a customer got in contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContactReason {
    /// The value of the property that gives the reason of such contacts.
    Value { property: u8, value: u16 },
    /// The contact itself, where nothing gives its reason.
    Activity(u16),
}

/// Where a goal is given up.
#[derive(Clone, Debug)]
pub struct AbandonmentRule {
    pub start: Activities,
    pub goal: Activities,
    /// From the start, in milliseconds; the end is in it.
    pub window_ms: u64,
}

/// When something counts as a friction.
#[derive(Clone, Debug)]
pub struct FrictionRules {
    /// Times an activity happens within a visit that is a loop; 3 unless told.
    pub repetitions: u32,
    /// Activities with the role contact.
    pub contacts: Activities,
    /// For some of them, the column of the property that gives the reason, 0 to 63.
    pub reasons: Vec<(u16, u8)>,
    /// How long ago an earlier contact still counts, in milliseconds; 30 days unless told.
    pub contact_span_ms: u64,
    /// Activities with the role wait.
    pub waits: Waits,
    /// How often there must have been a wait for it to have a threshold; 20 unless told.
    pub fewest_waits: u64,
    /// Activities with the role error.
    pub errors: Activities,
    pub abandonment: Option<AbandonmentRule>,
    /// The first instant of which nothing is known any more, in UTC milliseconds.
    pub until: i64,
}

impl FrictionRules {
    /// No activity has a role, and nothing is given up.
    pub fn new(until: i64) -> FrictionRules {
        let none = || Activities::of(&[]);
        FrictionRules {
            repetitions: 3,
            contacts: none(),
            reasons: Vec::new(),
            contact_span_ms: 30 * 86_400_000,
            waits: Waits::new(none()),
            fewest_waits: 20,
            errors: none(),
            abandonment: None,
            until,
        }
    }

    pub(crate) fn needs(&self) -> Needs {
        let properties = self.reasons.iter().map(|(_, property)| *property);
        let read = properties.filter(|property| usize::from(*property) < PropertyColumns::MAX);
        let of_reasons = read.fold(0, |bits, property| bits | 1 << property);
        Needs { properties: of_reasons | self.waits.columns(), ..Needs::EVERY_CUSTOMER }
    }

    /// Whether a friction can be met with an event of an activity.
    pub(super) fn is_met_at(&self, friction: Friction, activity: u16) -> bool {
        match friction {
            Friction::Loop(at) | Friction::Error(at) => at == activity,
            Friction::Wait(Wait::Between(_, at) | Wait::Stated(at)) => at == activity,
            Friction::Alternation(first, second) => activity == first || activity == second,
            Friction::RepeatedContact(ContactReason::Activity(at)) => at == activity,
            Friction::RepeatedContact(ContactReason::Value { property, .. }) => {
                self.contacts.has(activity) && self.reason_property(activity) == Some(property)
            }
            Friction::Abandonment => self.abandonment.as_ref().is_some_and(|rule| rule.start.has(activity)),
        }
    }

    /// How long after the meeting the outcome begins, in milliseconds.
    pub(super) fn delay_ms(&self, friction: Friction) -> u64 {
        match (friction, &self.abandonment) {
            (Friction::Abandonment, Some(rule)) => rule.window_ms,
            _ => 0,
        }
    }

    fn reason_property(&self, activity: u16) -> Option<u8> {
        self.reasons.iter().find(|(contact, _)| *contact == activity).map(|(_, property)| *property)
    }

    fn reason_of(&self, customer: &LivedJourney<'_>, event: usize) -> ContactReason {
        let activity = customer.activity[event];
        let property = self.reason_property(activity);
        let value = property.and_then(|property| {
            let value = *customer.properties.column(usize::from(property)).get(event)?;
            (value != PropertyColumns::NO_VALUE).then_some(ContactReason::Value { property, value })
        });
        value.unwrap_or(ContactReason::Activity(activity))
    }
}

/// How long a wait may be, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitThreshold {
    /// Exact median of such waits.
    pub median_ms: f64,
    /// Exact 90th percentile of the same.
    pub p90_ms: f64,
}

impl WaitThreshold {
    /// A wait is too long when nine of ten are shorter and it is more than three times the median.
    pub fn longest_ms(&self) -> f64 {
        self.p90_ms.max(3.0 * self.median_ms)
    }
}

/// The thresholds of the waits that have one.
pub type WaitThresholds = BTreeMap<Wait, WaitThreshold>;

/// A friction that a customer met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Meeting {
    /// Position of the event with which it was met for the first time.
    pub event: usize,
    /// How often it was met.
    pub times: u64,
}

/// Room to look for the frictions of one customer; used again for the next.
#[derive(Debug, Default)]
pub(crate) struct FrictionRoom {
    visits: Visits,
    in_visit: FxHashMap<u16, u32>,
    last_contact: FxHashMap<ContactReason, i64>,
    pub met: BTreeMap<Friction, Meeting>,
}

impl FrictionRoom {
    fn meet(met: &mut BTreeMap<Friction, Meeting>, friction: Friction, event: usize) {
        let meeting = met.entry(friction).or_insert(Meeting { event, times: 0 });
        meeting.event = meeting.event.min(event);
        meeting.times += 1;
    }

    /// Finds all frictions that a customer met.
    pub fn find(&mut self, rules: &FrictionRules, thresholds: &WaitThresholds, customer: &LivedJourney<'_>) {
        let FrictionRoom { visits, in_visit, last_contact, met } = self;
        met.clear();
        visits.for_each(customer, |positions| {
            in_visit.clear();
            for &event in positions {
                let activity = customer.activity[event];
                let times = in_visit.entry(activity).or_default();
                *times += 1;
                if *times == rules.repetitions {
                    Self::meet(met, Friction::Loop(activity), event);
                }
            }
        });
        last_contact.clear();
        let at = |event: usize| customer.occurred_at[event];
        for (event, &activity) in customer.activity.iter().enumerate() {
            if event >= 3 && alternates(customer, event) {
                let before = customer.activity[event - 1];
                Self::meet(met, Friction::Alternation(activity.min(before), activity.max(before)), event);
            }
            if rules.contacts.has(activity) {
                let reason = rules.reason_of(customer, event);
                let earlier = last_contact.insert(reason, at(event));
                if earlier.is_some_and(|earlier| at(event).abs_diff(earlier) <= rules.contact_span_ms) {
                    Self::meet(met, Friction::RepeatedContact(reason), event);
                }
            }
            if let Some((wait, lasted_ms)) = rules.waits.find(customer, event) {
                let threshold = thresholds.get(&wait).map(WaitThreshold::longest_ms);
                if threshold.is_some_and(|longest| lasted_ms as f64 > longest) {
                    let with = match wait {
                        Wait::Between(..) => event + 1,
                        Wait::Stated(_) => event,
                    };
                    Self::meet(met, Friction::Wait(wait), with);
                }
            }
            if rules.errors.has(activity) {
                Self::meet(met, Friction::Error(activity), event);
            }
        }
        if let Some(rule) = &rules.abandonment {
            for_each_abandoned(rule, rules.until, customer, |event| Self::meet(met, Friction::Abandonment, event));
        }
    }
}

/// Whether the four events up to this one are two activities in turn, quickly after each other.
fn alternates(customer: &LivedJourney<'_>, event: usize) -> bool {
    let done = &customer.activity[event - 3..=event];
    let at = &customer.occurred_at[event - 3..=event];
    let is_quick = at.windows(2).all(|pair| pair[1].abs_diff(pair[0]) < VISIT_GAP_MS);
    done[0] == done[2] && done[1] == done[3] && done[0] != done[1] && is_quick
}

/// Each start of which the time is over without the goal. Further starts within its time belong to it.
fn for_each_abandoned(rule: &AbandonmentRule, until: i64, customer: &LivedJourney<'_>, mut each: impl FnMut(usize)) {
    let in_time = |from: i64, at: i64| at.abs_diff(from) <= rule.window_ms;
    let mut next = 0;
    while let Some(start) = (next..customer.len()).find(|&event| rule.start.has(customer.activity[event])) {
        let from = customer.occurred_at[start];
        let rest = &customer.occurred_at[start + 1..];
        let end = start + 1 + rest.partition_point(|&at| in_time(from, at));
        match (start + 1..end).find(|&event| rule.goal.has(customer.activity[event])) {
            Some(goal) => next = goal + 1,
            None if from.saturating_add_unsigned(rule.window_ms) < until => {
                each(start);
                next = end;
            }
            None => return,
        }
    }
}
