//! Event logs for tests, written as they would be told.
//!
//! ```text
//! ana    web:search 0m, web:product 2m, store:purchase 1d
//! luis   web:search 0m, store:purchase 2h
//! eva
//! ```
//!
//! A line is a customer: a name, then events as `activity instant`, separated by commas. Instants count from the epoch in
//! `ms`, `s`, `m`, `h` or `d`, and add up (`1d 2h` is 26 hours). Events of one line stand in order of time; equal
//! instants keep the order in which they are written. What stands before a colon in an activity is its channel too; the
//! activity keeps its whole name. A second line of the same customer continues the first. `#` starts a comment.

use std::convert::Infallible;
use std::ops::Range;

use journey::{JourneySource, LivedJourney};

/// An event log in memory, a source for the journey engine.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// In order of appearance; the id of a customer is the position here, from 1.
    pub customers: Vec<Customer>,
    /// Names of the activities by code, in order of appearance.
    pub activities: Vec<String>,
    /// Names of the channels by code, in order of appearance.
    pub channels: Vec<String>,
    /// Positions of the customers of each part.
    parts: Vec<Range<usize>>,
}

/// A customer and the journey as columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Customer {
    pub name: String,
    pub occurred_at: Vec<i64>,
    pub activity: Vec<u16>,
    pub channel: Vec<u8>,
}

impl Log {
    /// Reads a fixture, in one part.
    pub fn parse(text: &str) -> Log {
        let mut log = Log::default();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or("").trim();
            if line.is_empty() {
                continue;
            }
            let (name, events) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let position = log.customer_position(name);
            let mut lived = Vec::new();
            for event in events.split(',').map(str::trim).filter(|event| !event.is_empty()) {
                let (activity, instant) =
                    event.split_once(char::is_whitespace).unwrap_or_else(|| panic!("`{event}` has no instant"));
                let channel = activity.split_once(':').map_or(LivedJourney::NO_CHANNEL, |(channel, _)| {
                    u8::try_from(code_of(&mut log.channels, channel)).expect("fixtures have few channels")
                });
                lived.push((parse_instant_ms(instant), code_of(&mut log.activities, activity), channel));
            }
            log.customers[position].extend(lived);
        }
        log.in_parts(1)
    }

    /// A log of customers who lived `(occurred_at, activity)`, sorted by time here. Activities are called `a0`, `a1` ….
    pub fn of_journeys(journeys: Vec<Vec<(i64, u16)>>) -> Log {
        let mut log = Log::default();
        let activity_count = journeys.iter().flatten().map(|&(_, activity)| usize::from(activity) + 1).max();
        log.activities = (0..activity_count.unwrap_or(0)).map(|code| format!("a{code}")).collect();
        for (number, journey) in journeys.into_iter().enumerate() {
            let mut customer = Customer { name: format!("c{}", number + 1), ..Customer::default() };
            customer.extend(journey.into_iter().map(|(at, code)| (at, code, LivedJourney::NO_CHANNEL)).collect());
            log.customers.push(customer);
        }
        log.in_parts(1)
    }

    /// The same log in `count` parts of about the same number of customers.
    pub fn in_parts(self, count: usize) -> Log {
        let customers = self.customers.len();
        let count = count.max(1);
        let cuts: Vec<usize> = (1..count).map(|part| part * customers / count).collect();
        self.cut_at(&cuts)
    }

    /// The same log, cut before the customers at these positions. Parts may be empty.
    pub fn cut_at(mut self, cuts: &[usize]) -> Log {
        let mut bounds: Vec<usize> = cuts.iter().map(|&cut| cut.min(self.customers.len())).collect();
        bounds.extend([0, self.customers.len()]);
        bounds.sort_unstable();
        self.parts = bounds.windows(2).map(|pair| pair[0]..pair[1]).collect();
        self
    }

    /// The code of an activity that the log must have.
    pub fn activity(&self, name: &str) -> u16 {
        let code = self.activities.iter().position(|known| known == name);
        let code = code.unwrap_or_else(|| panic!("no activity `{name}` in the log"));
        u16::try_from(code).expect("fixtures have few activities")
    }

    /// The name of an activity.
    pub fn name(&self, activity: u16) -> &str {
        &self.activities[usize::from(activity)]
    }

    /// Every customer's journey, in the order of the log.
    pub fn journeys(&self) -> impl Iterator<Item = LivedJourney<'_>> {
        self.customers.iter().zip(1..).map(|(customer, id)| customer.journey(id))
    }

    fn customer_position(&mut self, name: &str) -> usize {
        self.customers.iter().position(|customer| customer.name == name).unwrap_or_else(|| {
            self.customers.push(Customer { name: name.to_owned(), ..Customer::default() });
            self.customers.len() - 1
        })
    }
}

impl Customer {
    fn journey(&self, id: u64) -> LivedJourney<'_> {
        LivedJourney { customer: id, occurred_at: &self.occurred_at, activity: &self.activity, channel: &self.channel }
    }

    fn extend(&mut self, lived: Vec<(i64, u16, u8)>) {
        let before = self.occurred_at.iter().zip(&self.activity).zip(&self.channel);
        let mut events: Vec<(i64, u16, u8)> =
            before.map(|((&at, &activity), &channel)| (at, activity, channel)).collect();
        events.extend(lived);
        events.sort_by_key(|&(at, _, _)| at);
        self.occurred_at = events.iter().map(|event| event.0).collect();
        self.activity = events.iter().map(|event| event.1).collect();
        self.channel = events.iter().map(|event| event.2).collect();
    }
}

impl JourneySource for Log {
    type Error = Infallible;

    fn part_count(&self) -> usize {
        self.parts.len()
    }

    fn for_each_customer(&self, part: usize, each: &mut dyn FnMut(LivedJourney<'_>)) -> Result<(), Infallible> {
        for position in self.parts[part].clone() {
            each(self.customers[position].journey(position as u64 + 1));
        }
        Ok(())
    }
}

fn code_of(names: &mut Vec<String>, name: &str) -> u16 {
    let position = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    u16::try_from(position).expect("fixtures have few names")
}

/// Milliseconds of `90s`, `2m`, `1d 2h` ….
fn parse_instant_ms(text: &str) -> i64 {
    text.split_whitespace()
        .map(|part| {
            let digits_end = part.find(|character: char| !character.is_ascii_digit()).unwrap_or(part.len());
            let (digits, unit) = part.split_at(digits_end);
            let unit_ms = match unit {
                "ms" => 1,
                "s" => domain::time::SECOND_MS,
                "m" => domain::time::MINUTE_MS,
                "h" => domain::time::HOUR_MS,
                "d" => domain::time::DAY_MS,
                _ => panic!("`{part}` is not an instant; write 500ms, 90s, 2m, 3h or 1d"),
            };
            digits.parse::<i64>().unwrap_or_else(|_| panic!("`{part}` has no number")) * unit_ms
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixture_reads_as_it_is_told() {
        let log = Log::parse(
            "
            # two customers and one who did nothing
            ana    web:search 0m, web:product 2m, store:purchase 1d 2h
            luis   call 90s, web:search 500ms
            eva
            ana    call 1m
            ",
        );
        assert_eq!(log.activities, ["web:search", "web:product", "store:purchase", "call"]);
        assert_eq!(log.channels, ["web", "store"]);
        let ana = &log.customers[0];
        assert_eq!(ana.occurred_at, [0, 60_000, 120_000, 26 * 3_600_000]);
        assert_eq!(ana.activity, [0, 3, 1, 2]);
        assert_eq!(ana.channel, [0, LivedJourney::NO_CHANNEL, 0, 1]);
        assert_eq!(log.customers[1].activity, [0, 3]);
        assert!(log.customers[2].activity.is_empty());
    }

    #[test]
    fn events_of_one_instant_keep_their_order() {
        let log = Log::of_journeys(vec![vec![(5, 2), (1, 0), (5, 1), (5, 3)]]);
        assert_eq!(log.customers[0].activity, [0, 2, 1, 3]);
    }

    #[test]
    fn parts_hold_every_customer_once() {
        let log = Log::parse("ana\nluis\neva\nsol");
        for cut in [log.clone().in_parts(3), log.clone().in_parts(9), log.cut_at(&[4, 0, 1, 1, 77])] {
            let mut seen = Vec::new();
            for part in 0..cut.part_count() {
                let Ok(()) = cut.for_each_customer(part, &mut |journey| seen.push(journey.customer));
            }
            assert_eq!(seen, [1, 2, 3, 4]);
        }
    }

    #[test]
    #[should_panic(expected = "is not an instant")]
    fn a_wrong_instant_fails() {
        Log::parse("ana search 2potatoes");
    }
}
