//! How long customers wait, event by event.

use journey::{LivedJourney, StatedWaits, Wait};

/// Activities with which customers wait, and what some of their events say of how long.
#[derive(Clone, Copy)]
pub struct AskedWaits<'a> {
    pub activities: &'a [u16],
    pub stated: &'a [StatedWaits],
}

impl AskedWaits<'_> {
    /// The wait of an event with its milliseconds, and the event with which it is over or told.
    pub fn of(&self, journey: LivedJourney<'_>, event: usize) -> Option<(Wait, i64, usize)> {
        let activity = journey.activity[event];
        if !self.activities.contains(&activity) {
            return None;
        }
        let said = self.stated.iter().find(|stated| stated.activity == activity).and_then(|stated| {
            let code = *journey.properties.column(stated.property).get(event)? as usize;
            stated.durations_ms.iter().enumerate().find(|(position, _)| *position == code)?.1.as_ref()
        });
        if let Some(said_ms) = said {
            return Some((Wait::Stated(activity), *said_ms as i64, event));
        }
        let next = event + 1;
        (next < journey.len()).then(|| {
            let lasted_ms = journey.occurred_at[next] - journey.occurred_at[event];
            (Wait::Between(activity, journey.activity[next]), lasted_ms, next)
        })
    }
}
