//! Visits: a customer's events on one channel with gaps under thirty minutes. Visits on different channels may overlap;
//! events without channel make visits of their own.

use crate::operator::LivedJourney;

/// A gap that ends a visit, in milliseconds: the next event on the channel, so much later or more, begins another.
pub const VISIT_GAP_MS: u64 = 30 * 60_000;

/// Room to find the visits of one customer; used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Visits {
    /// The visit that is open on each channel, and its last event; 0 is none.
    open: Vec<(u32, i64)>,
    /// The visit of each event, from 1.
    of_event: Vec<u32>,
    /// Where the events of each visit end in `positions`.
    ends: Vec<usize>,
    /// Events, visit by visit.
    positions: Vec<usize>,
}

impl Visits {
    /// The visit of each event, numbered from 1 in the order in which they began.
    pub fn number(&mut self, customer: &LivedJourney<'_>) -> &[u32] {
        self.open.resize(usize::from(u8::MAX) + 1, (0, 0));
        self.of_event.clear();
        let mut count = 0;
        for (&at, &channel) in customer.occurred_at.iter().zip(customer.channel) {
            let open = &mut self.open[usize::from(channel)];
            if open.0 == 0 || at.abs_diff(open.1) >= VISIT_GAP_MS {
                count += 1;
                open.0 = count;
            }
            open.1 = at;
            self.of_event.push(open.0);
        }
        for channel in customer.channel {
            self.open[usize::from(*channel)].0 = 0;
        }
        &self.of_event
    }

    /// Hands on the positions of the events of each visit, in order of time, visits in the order in which they began.
    pub fn for_each(&mut self, customer: &LivedJourney<'_>, mut each: impl FnMut(&[usize])) {
        let visits = self.number(customer).iter().max().copied().unwrap_or(0) as usize;
        self.ends.clear();
        self.ends.resize(visits, 0);
        for visit in &self.of_event {
            self.ends[*visit as usize - 1] += 1;
        }
        let mut begin = 0;
        for end in &mut self.ends {
            begin += std::mem::replace(end, begin);
        }
        self.positions.clear();
        self.positions.resize(customer.len(), 0);
        for (event, visit) in self.of_event.iter().enumerate() {
            let end = &mut self.ends[*visit as usize - 1];
            self.positions[*end] = event;
            *end += 1;
        }
        let mut begin = 0;
        for end in &self.ends {
            each(&self.positions[begin..*end]);
            begin = *end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::properties::PropertyColumns;

    fn visits_of(occurred_at: &[i64], channel: &[u8]) -> Vec<Vec<usize>> {
        let activity = vec![0; channel.len()];
        let properties = PropertyColumns::default();
        let journey = LivedJourney { customer: 1, occurred_at, activity: &activity, channel, unit: &[], properties };
        let mut visits = Visits::default();
        let mut found = Vec::new();
        // Twice, because the room is used again.
        visits.for_each(&journey, |_| {});
        visits.for_each(&journey, |positions| found.push(positions.to_vec()));
        found
    }

    #[test]
    fn half_an_hour_without_an_event_ends_a_visit() {
        let gap = VISIT_GAP_MS as i64;
        assert_eq!(visits_of(&[0, gap - 1, 2 * gap - 2, 3 * gap - 2], &[7; 4]), [vec![0, 1, 2], vec![3]]);
        assert!(visits_of(&[], &[]).is_empty());
    }

    #[test]
    fn visits_on_different_channels_overlap() {
        let none = LivedJourney::NO_CHANNEL;
        assert_eq!(visits_of(&[0, 1, 2, 3, 4], &[0, 1, 0, none, 1]), [vec![0, 2], vec![1, 4], vec![3]]);
    }
}
