//! Whom a survey invites by itself, and when.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::xxh3_64;

use super::input::{Input, Object, kind_of};
use super::problem::{ProblemCode, listed, member, quoted};
use crate::time::{DAY_MS, parse_day};

/// Minutes between an event and the invitation: 30 days.
pub const LONGEST_DELAY_MINUTES: u64 = 30 * 24 * 60;
/// Conditions on the properties of an event.
pub const MOST_PROPERTY_CONDITIONS: usize = 20;
/// Values that one of them names.
pub const MOST_PROPERTY_VALUES: usize = 100;
/// Days on which a survey invites.
pub const MOST_DAYS: usize = 100;
/// The most days between two invitations at random moments.
pub const LONGEST_SPAN_DAYS: u64 = 730;
/// The fewest.
pub const SHORTEST_SPAN_DAYS: u64 = 7;
pub const HIGHEST_PRIORITY: u64 = 9;
/// The priority of a survey that names none: the middle.
const PRIORITY: u8 = 5;
/// The hour of the invitations of a day that names none.
const HOUR: u8 = 10;
/// Characters of the name of an activity, a channel, a property or a segment.
const LONGEST_NAME_CHARS: usize = 200;

/// Whom a survey invites by itself, and when.
#[derive(Clone, Debug, PartialEq)]
pub struct Inviting {
    pub when: Occasion,
    /// The name of the segment whose customers are invited; without it all are.
    pub segment: Option<String>,
    /// Of 100 occasions so many lead to an invitation: 1 to 100, drawn by lot.
    pub share: u8,
    /// 1 to 9. Where several surveys want the same customer, the highest goes first.
    pub priority: u8,
}

/// What leads to an invitation.
#[derive(Clone, Debug, PartialEq)]
pub enum Occasion {
    /// Something that the customer lived.
    Event(EventOccasion),
    /// Days of the organisation's calendar, each once, at this hour (0 to 23): 1 to 100, in order.
    Days { days: Vec<Date>, hour: u8 },
    /// A random moment in each span of so many days, 7 to 730, for each customer another one.
    Moments { every_days: u16 },
}

/// An encounter after which customers are invited.
#[derive(Clone, Debug, PartialEq)]
pub struct EventOccasion {
    /// The name of the activity.
    pub activity: String,
    /// Where it must have happened; anywhere without it.
    pub channel: Option<String>,
    /// What its properties must be, all of these.
    pub conditions: Vec<PropertyCondition>,
    /// Minutes after the event, 0 to 43,200.
    pub delay_minutes: u32,
}

/// What a property of an event must be.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyCondition {
    pub property: String,
    pub test: PropertyTest,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PropertyTest {
    /// One of these texts; numbers as they are written in JSON, `true` and `false` for flags.
    Is(Vec<String>),
    /// A number between these, both included; at least one of them is there.
    Between { at_least: Option<f64>, at_most: Option<f64> },
}

impl Inviting {
    /// Whether the lot falls on an occasion of this name. The same name always has the same lot; different surveys draw
    /// differently.
    pub fn is_drawn(&self, survey: &str, occasion: &str) -> bool {
        lot(&[survey, "share", occasion]) < f64::from(self.share) / 100.0
    }
}

impl EventOccasion {
    /// Whether an event is such an encounter. `properties` is its JSON object.
    pub fn matches(&self, activity: &str, channel: Option<&str>, properties: &Map<String, Value>) -> bool {
        self.activity == activity
            && self.channel.as_deref().is_none_or(|wanted| channel == Some(wanted))
            && self.conditions.iter().all(|condition| condition.matches(properties.get(&condition.property)))
    }
}

impl PropertyCondition {
    fn matches(&self, value: Option<&Value>) -> bool {
        match (&self.test, value) {
            (_, None) => false,
            (PropertyTest::Is(words), Some(Value::String(text))) => words.contains(text),
            (PropertyTest::Is(words), Some(value)) => words.contains(&value.to_string()),
            (PropertyTest::Between { at_least, at_most }, Some(value)) => {
                let number = value.as_f64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()));
                number.is_some_and(|number: f64| {
                    at_least.is_none_or(|bound| number >= bound) && at_most.is_none_or(|bound| number <= bound)
                })
            }
        }
    }
}

/// The random moment at which a customer is invited in the span of `every_days` days that holds the instant `at` (UTC
/// milliseconds). Spans begin at another instant for each customer, so that not everybody's change together.
pub fn moment_in_span(survey: &str, customer: &str, every_days: u16, at: i64) -> i64 {
    let span = i64::from(every_days.max(1)) * DAY_MS;
    let offset = part_of(span, lot(&[survey, "offset", customer]));
    let number = (at - offset).div_euclid(span);
    let within = part_of(span, lot(&[survey, "moment", customer, &number.to_string()]));
    number * span + offset + within
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a share of a span is within the span"
)]
fn part_of(span: i64, share: f64) -> i64 {
    (span as f64 * share) as i64
}

/// A number from 0 to below 1, spread evenly over names and always the same for one.
#[expect(clippy::cast_precision_loss, reason = "53 bits are exact")]
fn lot(names: &[&str]) -> f64 {
    const BITS: u32 = 53;
    let hash = xxh3_64(names.join("\u{1f}").as_bytes());
    (hash >> (u64::BITS - BITS)) as f64 / (1_u64 << BITS) as f64
}

pub(super) fn read(input: &mut Input, place: String, value: &Value) -> Option<Inviting> {
    let object = input.object(place, value)?;
    input.only(&object, &["when", "segment", "share", "priority"]);
    let when = input
        .needed(&object, "when", "say what leads to an invitation")
        .and_then(|(place, value)| read_occasion(input, place, value));
    let segment = read_name(input, &object, "segment");
    let share = read_number(input, &object, "share", 1, 100).unwrap_or(100);
    let priority = read_number(input, &object, "priority", 1, HIGHEST_PRIORITY).unwrap_or(PRIORITY.into());
    Some(Inviting { when: when?, segment, share: u8::try_from(share).ok()?, priority: u8::try_from(priority).ok()? })
}

fn read_occasion(input: &mut Input, place: String, value: &Value) -> Option<Occasion> {
    const KINDS: [&str; 3] = ["event", "days", "every_days"];
    let object = input.object(place, value)?;
    let named: Vec<&str> = KINDS.into_iter().filter(|kind| object.has(kind)).collect();
    match named.as_slice() {
        ["event"] => read_event(input, &object).map(Occasion::Event),
        ["days"] => read_days(input, &object),
        ["every_days"] => {
            input.only(&object, &["every_days"]);
            let every = read_number(input, &object, "every_days", SHORTEST_SPAN_DAYS, LONGEST_SPAN_DAYS)?;
            Some(Occasion::Moments { every_days: u16::try_from(every).ok()? })
        }
        [] => {
            input.only(&object, &["event", "channel", "where", "after_minutes", "days", "hour", "every_days"]);
            let detail = format!("names no occasion; write one of {}", listed(KINDS));
            input.problem(object.place, ProblemCode::Missing, detail);
            None
        }
        several => {
            let detail = format!("has {} together; a survey has one occasion", listed(several.iter().copied()));
            input.problem(object.place, ProblemCode::Twice, detail);
            None
        }
    }
}

fn read_event(input: &mut Input, object: &Object<'_>) -> Option<EventOccasion> {
    input.only(object, &["event", "channel", "where", "after_minutes"]);
    let activity = read_name(input, object, "event");
    let channel = read_name(input, object, "channel");
    let delay = read_number(input, object, "after_minutes", 0, LONGEST_DELAY_MINUTES).unwrap_or_default();
    let conditions = match object.get("where") {
        None => Vec::new(),
        Some((place, value)) => {
            let items = input.list(&place, value, 0, MOST_PROPERTY_CONDITIONS);
            items.into_iter().filter_map(|(place, item)| read_condition(input, place, item)).collect()
        }
    };
    Some(EventOccasion { activity: activity?, channel, conditions, delay_minutes: u32::try_from(delay).ok()? })
}

fn read_condition(input: &mut Input, place: String, value: &Value) -> Option<PropertyCondition> {
    let object = input.object(place.clone(), value)?;
    input.only(&object, &["property", "is", "at_least", "at_most"]);
    input.needed(&object, "property", "say which property of the event")?;
    let property = read_name(input, &object, "property")?;
    if let Some((at, value)) = object.get("is") {
        if object.has("at_least") || object.has("at_most") {
            let detail = "compares with words and with numbers; write `is`, or `at_least` and `at_most`";
            input.problem(place, ProblemCode::Twice, detail);
            return None;
        }
        let items = match value {
            Value::Array(_) => input.list(&at, value, 1, MOST_PROPERTY_VALUES),
            _ => vec![(at, value)],
        };
        let words: Vec<String> = items.into_iter().filter_map(|(place, item)| read_word(input, place, item)).collect();
        return Some(PropertyCondition { property, test: PropertyTest::Is(words) });
    }
    let (at_least, at_most) = (read_bound(input, &object, "at_least"), read_bound(input, &object, "at_most"));
    match (at_least, at_most) {
        (None, None) => {
            let detail = "says nothing of its property; write `is`, `at_least` or `at_most`";
            input.problem(place, ProblemCode::Missing, detail);
            None
        }
        (Some(least), Some(most)) if least > most => {
            input.problem(member(&place, "at_most"), ProblemCode::OutOfRange, "must not be less than `at_least`");
            None
        }
        _ => Some(PropertyCondition { property, test: PropertyTest::Between { at_least, at_most } }),
    }
}

fn read_word(input: &mut Input, place: String, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => {
            let detail = format!("must be a text, a number, true or false, not {}", kind_of(value));
            input.problem(place, ProblemCode::WrongType, detail);
            None
        }
    }
}

fn read_bound(input: &mut Input, object: &Object<'_>, name: &str) -> Option<f64> {
    let (place, value) = object.get(name)?;
    let number = value.as_f64();
    if number.is_none() {
        input.problem(place, ProblemCode::WrongType, format!("must be a number, not {}", kind_of(value)));
    }
    number
}

fn read_days(input: &mut Input, object: &Object<'_>) -> Option<Occasion> {
    input.only(object, &["days", "hour"]);
    let (place, value) = object.get("days")?;
    let mut days: Vec<Date> = Vec::new();
    for (place, item) in input.list(&place, value, 1, MOST_DAYS) {
        let Some(text) = input.text(&place, item) else { continue };
        match parse_day(text) {
            Err(_) => {
                let detail = format!("{} is not a day; write it as 2026-03-29", quoted(text));
                input.problem(place, ProblemCode::WrongType, detail);
            }
            Ok(day) if days.contains(&day) => {
                input.problem(place, ProblemCode::Twice, format!("{day} stands twice; take one away"));
            }
            Ok(day) => days.push(day),
        }
    }
    days.sort_unstable();
    let hour = read_number(input, object, "hour", 0, 23).unwrap_or(HOUR.into());
    Some(Occasion::Days { days, hour: u8::try_from(hour).ok()? })
}

fn read_number(input: &mut Input, object: &Object<'_>, name: &str, least: u64, most: u64) -> Option<u64> {
    let (place, value) = object.get(name)?;
    input.number(&place, value, least, most)
}

/// The name of something that is not part of the survey: one line.
fn read_name(input: &mut Input, object: &Object<'_>, name: &str) -> Option<String> {
    let (place, value) = object.get(name)?;
    let text = input.text(&place, value)?.trim();
    let length = text.chars().count();
    if length == 0 || length > LONGEST_NAME_CHARS || text.chars().any(char::is_control) {
        let detail = format!("must be one line of 1 to {LONGEST_NAME_CHARS} characters");
        input.problem(place, ProblemCode::InvalidText, detail);
        return None;
    }
    Some(text.to_owned())
}

impl Inviting {
    /// As files spell it.
    pub(super) fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert("when".into(), self.when.to_value());
        if let Some(segment) = &self.segment {
            object.insert("segment".into(), json!(segment));
        }
        if self.share != 100 {
            object.insert("share".into(), json!(self.share));
        }
        if self.priority != PRIORITY {
            object.insert("priority".into(), json!(self.priority));
        }
        Value::Object(object)
    }
}

impl Occasion {
    fn to_value(&self) -> Value {
        match self {
            Occasion::Event(event) => event.to_value(),
            Occasion::Days { days, hour } => {
                let days: Vec<String> = days.iter().map(ToString::to_string).collect();
                json!({"days": days, "hour": hour})
            }
            Occasion::Moments { every_days } => json!({"every_days": every_days}),
        }
    }
}

impl EventOccasion {
    fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert("event".into(), json!(self.activity));
        if let Some(channel) = &self.channel {
            object.insert("channel".into(), json!(channel));
        }
        if !self.conditions.is_empty() {
            object.insert("where".into(), self.conditions.iter().map(PropertyCondition::to_value).collect());
        }
        if self.delay_minutes > 0 {
            object.insert("after_minutes".into(), json!(self.delay_minutes));
        }
        Value::Object(object)
    }
}

impl PropertyCondition {
    fn to_value(&self) -> Value {
        let mut object = Map::new();
        object.insert("property".into(), json!(self.property));
        match &self.test {
            PropertyTest::Is(words) => {
                object.insert("is".into(), json!(words));
            }
            PropertyTest::Between { at_least, at_most } => {
                for (name, bound) in [("at_least", at_least), ("at_most", at_most)] {
                    if let Some(bound) = bound {
                        object.insert(name.into(), json!(bound));
                    }
                }
            }
        }
        Value::Object(object)
    }
}
