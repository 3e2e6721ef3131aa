//! How often each activity happened in each of some weeks, and since when there is each activity.

use serde::{Deserialize, Serialize};

use crate::operator::{LivedJourney, Operator, Step};

/// Counts events by activity and week, over everything that was ever lived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeeklyQuestion {
    edges: Vec<i64>,
}

impl WeeklyQuestion {
    /// Weeks between neighbouring instants, in UTC milliseconds: week `n` is `edges[n] <= occurred_at < edges[n + 1]`. They are
    /// put in order. Weeks of a calendar are not all equally long, so who asks says where they begin.
    pub fn new(mut edges: Vec<i64>) -> WeeklyQuestion {
        edges.sort_unstable();
        edges.dedup();
        WeeklyQuestion { edges }
    }

    fn week_count(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }
}

/// One activity over the weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityWeeks {
    /// Code of the dictionary of activities.
    pub activity: u16,
    /// Of all time, in UTC milliseconds.
    pub first_seen_at: i64,
    /// Of all time, in UTC milliseconds.
    pub last_seen_at: i64,
    /// Events of each week.
    pub events: Vec<u64>,
}

impl Operator for WeeklyQuestion {
    /// By activity: at most as many rows as there are codes.
    type Partial = Vec<Option<ActivityWeeks>>;
    /// By code.
    type Output = Vec<ActivityWeeks>;

    fn start(&self) -> Self::Partial {
        Vec::new()
    }

    fn fold(&self, partial: &mut Self::Partial, customer: LivedJourney<'_>) {
        // Events come in order of time, so the week only moves on.
        let mut edge = 0;
        for (&at, &activity) in customer.occurred_at.iter().zip(customer.activity) {
            while edge < self.edges.len() && self.edges[edge] <= at {
                edge += 1;
            }
            let row = row_of(partial, activity, self.week_count(), at);
            row.first_seen_at = row.first_seen_at.min(at);
            row.last_seen_at = row.last_seen_at.max(at);
            if let Some(events) = edge.checked_sub(1).and_then(|week| row.events.get_mut(week)) {
                *events += 1;
            }
        }
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        for other in from.into_iter().flatten() {
            let row = row_of(into, other.activity, self.week_count(), other.first_seen_at);
            row.first_seen_at = row.first_seen_at.min(other.first_seen_at);
            row.last_seen_at = row.last_seen_at.max(other.last_seen_at);
            for (events, more) in row.events.iter_mut().zip(other.events) {
                *events += more;
            }
        }
    }

    fn finish(self, partial: Self::Partial) -> Step<Self> {
        Step::Done(partial.into_iter().flatten().collect())
    }
}

fn row_of(rows: &mut Vec<Option<ActivityWeeks>>, activity: u16, weeks: usize, at: i64) -> &mut ActivityWeeks {
    let place = usize::from(activity);
    if rows.len() <= place {
        rows.resize(place + 1, None);
    }
    rows[place].get_or_insert_with(|| ActivityWeeks {
        activity,
        first_seen_at: at,
        last_seen_at: at,
        events: vec![0; weeks],
    })
}
