//! How long customers wait: as long as an event says, and otherwise until the next event.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::operator::LivedJourney;
use crate::properties::PropertyColumns;

/// Which wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Wait {
    /// From an event of the first activity to the next event, which is of the second.
    Between(u16, u16),
    /// As long as an event of the activity says, whether it happens when the wait begins or when it is over.
    Stated(u16),
}

/// How long the events of an activity say that the customer waited.
#[derive(Clone, Debug)]
pub struct StatedWaits {
    /// Code of the activity.
    pub activity: u16,
    /// Position of the property's column, 0 to 63.
    pub property: usize,
    /// Milliseconds by the code of the property's value; none, other codes and no value say nothing.
    pub durations_ms: Arc<[Option<u64>]>,
}

/// The activities with which customers wait.
#[derive(Clone, Debug)]
pub struct Waits {
    activities: Activities,
    stated: Vec<StatedWaits>,
}

impl Waits {
    /// Waits from each event of these activities to the next event.
    pub fn new(activities: Activities) -> Waits {
        Waits { activities, stated: Vec::new() }
    }

    /// Of some of these activities, events say themselves how long the wait was; of an activity that is named twice the
    /// first counts. Where an event says nothing, its wait lasts until the next event.
    pub fn with_stated(self, stated: Vec<StatedWaits>) -> Waits {
        Waits { stated, ..self }
    }

    /// The waits of one of the activities alone.
    pub fn of_one(&self, activity: u16) -> Waits {
        let stated = self.stated.iter().filter(|stated| stated.activity == activity).cloned().collect();
        let activities = if self.has(activity) { Activities::of(&[activity]) } else { Activities::of(&[]) };
        Waits { activities, stated }
    }

    /// Whether customers wait with an event of the activity.
    pub(crate) fn has(&self, activity: u16) -> bool {
        self.activities.has(activity)
    }

    /// What an event says of how long the customer waited, in milliseconds; none where it is no wait or says nothing.
    pub(crate) fn stated_ms(&self, customer: &LivedJourney<'_>, event: usize) -> Option<u64> {
        let activity = customer.activity[event];
        if self.stated.is_empty() || !self.has(activity) {
            return None;
        }
        let stated = self.stated.iter().find(|stated| stated.activity == activity)?;
        let code = customer.properties.column(stated.property).get(event)?;
        *stated.durations_ms.get(usize::from(*code))?
    }

    /// The wait of an event and how long it was, in milliseconds; none where it is no wait, or does not say how long and is
    /// the last.
    pub(crate) fn find(&self, customer: &LivedJourney<'_>, event: usize) -> Option<(Wait, u64)> {
        let activity = customer.activity[event];
        if !self.has(activity) {
            return None;
        }
        if let Some(stated_ms) = self.stated_ms(customer, event) {
            return Some((Wait::Stated(activity), stated_ms));
        }
        let next = *customer.activity.get(event + 1)?;
        let lasted_ms = customer.occurred_at[event + 1].abs_diff(customer.occurred_at[event]);
        Some((Wait::Between(activity, next), lasted_ms))
    }

    /// The columns that it reads, as bits.
    pub(crate) fn columns(&self) -> u64 {
        let read = self.stated.iter().map(|stated| stated.property).filter(|column| *column < PropertyColumns::MAX);
        read.fold(0, |bits, column| bits | 1 << column)
    }
}
