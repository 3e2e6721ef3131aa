//! Event logs for tests, written as they would be told.
//!
//! ```text
//! ana    web:search 0m, web:product 2m, store:purchase@atocha[paid=card] 1d
//! luis   web:search 0m, store:purchase@sants[paid=cash] 2h
//! eva
//! ```
//!
//! A line is a customer: a name, then events as `activity instant`, separated by commas. Instants count from the epoch in
//! `ms`, `s`, `m`, `h` or `d`, and add up (`1d 2h` is 26 hours). Events of one line stand in order of time; equal
//! instants keep the order in which they are written. What stands before a colon in an activity is its channel too; the
//! activity keeps its whole name. A unit may follow it after `@`, and properties in brackets. A second line of the same customer continues the first. `#` starts a comment.

use std::convert::Infallible;
use std::ops::Range;

use journey::{ActivitySet, JourneyBatch, JourneySource, LivedJourney, Needs, PropertyColumns, Span};

/// An event log in memory, a source for the journey engine.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// In order of appearance; the id of a customer is the position here, from 1.
    pub customers: Vec<Customer>,
    /// Names of the activities by code, in order of appearance.
    pub activities: Vec<String>,
    /// Names of the channels by code, in order of appearance.
    pub channels: Vec<String>,
    /// Names of the units by code, in order of appearance.
    pub units: Vec<String>,
    /// Names of the properties, in order of appearance, and the values of each by code.
    pub properties: Vec<(String, Vec<String>)>,
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
    pub unit: Vec<u16>,
    /// One column of codes per property, one after the other.
    pub values: Vec<u16>,
    events: Vec<Lived>,
}

/// One activity of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Lived {
    pub at: i64,
    pub activity: u16,
    pub channel: u8,
    pub unit: u16,
    /// Codes by property; properties beyond have no value.
    pub values: Vec<u16>,
}

impl Lived {
    /// An activity without channel, unit and properties.
    pub fn new(at: i64, activity: u16) -> Lived {
        Lived { at, activity, channel: LivedJourney::NO_CHANNEL, unit: LivedJourney::NO_UNIT, values: Vec::new() }
    }

    fn set_value(&mut self, property: usize, code: u16) {
        self.values.resize(self.values.len().max(property + 1), PropertyColumns::NO_VALUE);
        self.values[property] = code;
    }
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
                lived.push(log.read_event(event));
            }
            log.customers[position].extend(lived);
        }
        log.in_parts(1)
    }

    /// Reads `store:purchase@atocha[paid=card] 1d 2h`.
    fn read_event(&mut self, text: &str) -> Lived {
        let (what, instant) = text.split_once(char::is_whitespace).unwrap_or_else(|| panic!("`{text}` has no instant"));
        let (what, properties) = what.split_once('[').unwrap_or((what, ""));
        let (activity, unit) = what.split_once('@').unwrap_or((what, ""));
        let mut lived = Lived::new(parse_instant_ms(instant), code_of(&mut self.activities, activity));
        if let Some((channel, _)) = activity.split_once(':') {
            lived.channel = u8::try_from(code_of(&mut self.channels, channel)).expect("fixtures have few channels");
        }
        if !unit.is_empty() {
            lived.unit = code_of(&mut self.units, unit);
        }
        for property in properties.split(['[', ']']).filter(|property| !property.is_empty()) {
            let (name, value) = property.split_once('=').unwrap_or_else(|| panic!("`{property}` has no value"));
            let known = self.properties.iter().position(|(known, _)| known == name);
            let position = known.unwrap_or_else(|| {
                self.properties.push((name.to_owned(), Vec::new()));
                self.properties.len() - 1
            });
            lived.set_value(position, code_of(&mut self.properties[position].1, value));
        }
        lived
    }

    /// A log of customers who lived `(occurred_at, activity)`, sorted by time here. Activities are called `a0`, `a1` ….
    pub fn of_journeys(journeys: Vec<Vec<(i64, u16)>>) -> Log {
        let lived = |journey: Vec<(i64, u16)>| journey.into_iter().map(|(at, code)| Lived::new(at, code)).collect();
        Log::of_events(journeys.into_iter().map(lived).collect())
    }

    /// A log of customers who lived these events, sorted by time here. Names are `a0`, `a1` … and `p0`, `p1` ….
    pub fn of_events(journeys: Vec<Vec<Lived>>) -> Log {
        let mut log = Log::default();
        let events = || journeys.iter().flatten();
        let activity_count = events().map(|lived| usize::from(lived.activity) + 1).max().unwrap_or(0);
        let property_count = events().map(|lived| lived.values.len()).max().unwrap_or(0);
        log.activities = (0..activity_count).map(|code| format!("a{code}")).collect();
        log.properties = (0..property_count).map(|property| (format!("p{property}"), Vec::new())).collect();
        for (number, journey) in journeys.into_iter().enumerate() {
            let mut customer = Customer { name: format!("c{}", number + 1), ..Customer::default() };
            customer.extend(journey);
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
        LivedJourney {
            customer: id,
            occurred_at: &self.occurred_at,
            activity: &self.activity,
            channel: &self.channel,
            unit: &self.unit,
            properties: PropertyColumns::new(&self.values, self.unit.len(), 0..self.unit.len(), u64::MAX),
        }
    }

    fn extend(&mut self, lived: Vec<Lived>) {
        self.events.extend(lived);
        self.events.sort_by_key(|lived| lived.at);
        let events = &self.events;
        self.occurred_at = events.iter().map(|lived| lived.at).collect();
        self.activity = events.iter().map(|lived| lived.activity).collect();
        self.channel = events.iter().map(|lived| lived.channel).collect();
        self.unit = events.iter().map(|lived| lived.unit).collect();
        let value = |lived: &Lived, property| lived.values.get(property).copied().unwrap_or(PropertyColumns::NO_VALUE);
        let properties = events.iter().map(|lived| lived.values.len()).max().unwrap_or(0);
        self.values =
            (0..properties).flat_map(|property| events.iter().map(move |lived| value(lived, property))).collect();
    }
}

impl JourneySource for Log {
    type Error = Infallible;

    fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// Leaves out all that is not asked for, so that an operator cannot read what it does not say to need. Batches are of
    /// one customer, two, three and so on, and between customers stands an event of nobody.
    fn for_each_batch(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) -> Result<(), Infallible> {
        let needed: Vec<LivedJourney<'_>> = self.parts[part]
            .clone()
            .map(|position| self.customers[position].journey(position as u64 + 1))
            .filter(|journey| {
                needs.activities == ActivitySet::EVERYTHING
                    || journey.activity.iter().any(|activity| needs.activities.may_hold(*activity))
            })
            .collect();
        let mut left = needed.as_slice();
        for size in 1.. {
            let Some((batch, later)) =
                left.split_at_checked(size.min(left.len())).filter(|(batch, _)| !batch.is_empty())
            else {
                break;
            };
            self.hand_out(batch, needs, each);
            left = later;
        }
        Ok(())
    }
}

impl Log {
    fn hand_out(&self, journeys: &[LivedJourney<'_>], needs: Needs, each: &mut dyn FnMut(JourneyBatch<'_>)) {
        let nobody = Lived::new(0, 0);
        let (mut customers, mut spans) = (Vec::new(), Vec::new());
        let (mut occurred_at, mut activity) = (vec![nobody.at], vec![nobody.activity]);
        let (mut channel, mut unit) = (vec![nobody.channel], vec![nobody.unit]);
        for journey in journeys {
            let begin = activity.len();
            customers.push(journey.customer);
            spans.push(Span { begin: begin as u32, end: (begin + journey.len()) as u32 });
            occurred_at.extend(journey.occurred_at.iter().chain(&[nobody.at]));
            activity.extend(journey.activity.iter().chain(&[nobody.activity]));
            channel.extend(journey.channel.iter().chain(&[nobody.channel]));
            unit.extend(journey.unit.iter().chain(&[nobody.unit]));
        }
        let len = activity.len();
        let mut values = vec![PropertyColumns::NO_VALUE; len * self.properties.len()];
        for (journey, span) in journeys.iter().zip(&spans) {
            for property in 0..self.properties.len() {
                let column = journey.properties.column(property);
                let start = property * len + span.begin as usize;
                values[start..start + column.len()].copy_from_slice(column);
            }
        }
        each(JourneyBatch {
            customers: &customers,
            spans: &spans,
            occurred_at: &occurred_at,
            activity: &activity,
            channel: &channel,
            unit: if needs.units { &unit } else { &[] },
            properties: PropertyColumns::new(&values, len, 0..len, needs.properties),
        });
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
            ana    web:search 0m, web:product 2m, store:purchase@atocha[paid=card][store_id=7] 1d 2h
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
        assert_eq!(ana.unit, [LivedJourney::NO_UNIT, LivedJourney::NO_UNIT, LivedJourney::NO_UNIT, 0]);
        let store_id = log.journeys().next().unwrap().properties.column(1);
        let none = PropertyColumns::NO_VALUE;
        assert_eq!((log.properties[1].1[0].as_str(), store_id), ("7", [none, none, none, 0].as_slice()));
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
                let Ok(()) =
                    cut.for_each_customer(part, Needs::EVERY_CUSTOMER, &mut |journey| seen.push(journey.customer));
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
