//! Frictions as they are asked for, and the same in codes.

use domain::ports::ActivityRole;
use domain::time::{DAY_MS, add_days, parse_window_ms};
use domain::{Error, Result};
use journey::friction::{
    AbandonmentRule, ContactReason, Friction, FrictionQuestion, FrictionRules, MAX_WEEKS, WaitThresholds,
};
use journey::weekly::WeeklyQuestion;
use journey::{Activities, PropertyColumns, Wait};

use crate::finding::FindingDto;
use crate::journeys::moment::{Extent, Moment};
use crate::journeys::waits::FoundWaits;
use crate::organisation::find_organisation;

const HORIZON_MS: i64 = 30 * DAY_MS;
const WINDOW_MS: i64 = 7 * DAY_MS;

/// What is asked of frictions, by names.
#[derive(Clone, Debug)]
pub struct AskedFrictions {
    /// What counts as staying, and what an abandoned start did not reach.
    pub goal: Vec<String>,
    /// What begins what may be abandoned.
    pub start: Vec<String>,
    /// From such a start to the goal.
    pub window_ms: i64,
    /// How long customers have to stay after meeting a friction.
    pub horizon_ms: i64,
    pub repetitions: u32,
    pub contact_span_ms: i64,
}

impl Default for AskedFrictions {
    fn default() -> Self {
        AskedFrictions {
            goal: Vec::new(),
            start: Vec::new(),
            window_ms: WINDOW_MS,
            horizon_ms: HORIZON_MS,
            repetitions: 3,
            contact_span_ms: HORIZON_MS,
        }
    }
}

/// Frictions in codes.
pub struct FoundFrictions {
    pub rules: FrictionRules,
    stays: Activities,
    week_edges: Vec<i64>,
    horizon_ms: u64,
    /// What counts as staying, by name; empty when anything does.
    pub goal: Vec<String>,
    /// What the reader should know of the properties that the catalogue names.
    pub findings: Vec<FindingDto>,
}

impl FoundFrictions {
    pub fn question(&self) -> Result<FrictionQuestion> {
        FrictionQuestion::new(self.rules.clone(), self.stays.clone(), self.horizon_ms, self.week_edges.clone())
    }
}

impl AskedFrictions {
    /// Takes a parameter over when it is one of these; gives it back otherwise.
    pub fn take(&mut self, name: &str, value: String) -> Result<Option<String>> {
        match name {
            "horizon" => self.horizon_ms = parse_window_ms(&value)?,
            "contact_span" => self.contact_span_ms = parse_window_ms(&value)?,
            "repetitions" => {
                self.repetitions = value.parse().ok().filter(|times| (2..=1_000).contains(times)).ok_or_else(|| {
                    Error::invalid(format!("`repetitions` is how often within a visit, 2 to 1000, not `{value}`"))
                })?;
            }
            _ => return Ok(Some(value)),
        }
        Ok(None)
    }

    /// Frictions in codes. The properties that the catalogue names for waits and reasons are read where they are not laid
    /// out.
    pub fn find(&self, moment: &mut Moment, extent: &Extent) -> Result<FoundFrictions> {
        if !self.start.is_empty() && self.goal.is_empty() {
            return Err(Error::invalid("what is abandoned needs a goal: send `goal=…` with `start=…`"));
        }
        let FoundWaits { waits, mut findings } = moment.find_waits()?;
        let reasons = find_reasons(moment, &mut findings)?;
        let find =
            |names: &[String]| names.iter().map(|name| moment.vocabulary.find(name)).collect::<Result<Vec<u16>>>();
        let (codes, goal) = match self.goal.is_empty() {
            true => moment.with_role(ActivityRole::Purchase),
            false => (find(&self.goal)?, self.goal.clone()),
        };
        let stays = if codes.is_empty() { Activities::any() } else { Activities::of(&codes) };
        let (week_edges, until) = weeks(moment, extent)?;
        let of_role = |role| Activities::of(&moment.with_role(role).0);
        let abandonment = match self.start.is_empty() {
            true => None,
            false => Some(AbandonmentRule {
                start: Activities::of(&find(&self.start)?),
                goal: Activities::of(&codes),
                window_ms: self.window_ms.unsigned_abs(),
            }),
        };
        let rules = FrictionRules {
            repetitions: self.repetitions,
            contacts: of_role(ActivityRole::Contact),
            reasons,
            contact_span_ms: self.contact_span_ms.unsigned_abs(),
            waits,
            errors: of_role(ActivityRole::Error),
            abandonment,
            ..FrictionRules::new(until)
        };
        Ok(FoundFrictions { rules, stays, week_edges, horizon_ms: self.horizon_ms.unsigned_abs(), goal, findings })
    }
}

/// The weeks of the organisation's calendar in which something happened, and the first instant of which nothing is known:
/// after the last event, the end of the period or now.
fn weeks(moment: &Moment, extent: &Extent) -> Result<(Vec<i64>, i64)> {
    let calendar = find_organisation(&moment.app)?.calendar;
    let seen = moment.ask(WeeklyQuestion::new(Vec::new()))?;
    let now = moment.app.clock.now_ms();
    let last = seen.iter().map(|row| row.last_seen_at).max().unwrap_or(now);
    let first = seen.iter().map(|row| row.first_seen_at).min().unwrap_or(last);
    let end = extent.instants(&calendar)?.1.unwrap_or(i64::MAX);
    let until = last.saturating_add(1).min(end).min(now);
    let mut day = calendar.week_of(first.min(last))?;
    let last_week = calendar.week_of(last)?;
    let mut edges = vec![calendar.start_ms(day)?];
    while day <= last_week {
        day = add_days(day, 7);
        edges.push(calendar.start_ms(day)?);
    }
    let too_many = edges.len().saturating_sub(MAX_WEEKS + 1);
    edges.drain(..too_many);
    Ok((edges, until))
}

/// For contacts that have one, the property that gives the reason. `findings` get what the reader should know about it.
fn find_reasons(moment: &mut Moment, findings: &mut Vec<FindingDto>) -> Result<Vec<(u16, u8)>> {
    let named = moment.properties_of_role(ActivityRole::Contact, |entry| entry.reason_property);
    let properties = named.iter().map(|(_, property)| property.as_str());
    findings.extend(moment.read_unless_too_large(properties, "such contacts have only themselves as reason")?);
    let column_of = |property: &str| u8::try_from(moment.timeline.properties().find(property)?).ok();
    let reasons = named.iter().filter_map(|(contact, property)| Some((*contact, column_of(property)?)));
    Ok(reasons.collect())
}

/// A friction by its names, as answers give it and as it is asked for: `["wait","Call Queued","Call Ended"]`, or
/// `["wait","Call Queued"]` where events say how long they waited.
pub fn name_friction(moment: &Moment, friction: Friction) -> Vec<String> {
    let label = |code: u16| moment.vocabulary.label(code);
    let named = |kind: &str, rest: Vec<String>| std::iter::once(kind.to_owned()).chain(rest).collect();
    match friction {
        Friction::Loop(activity) => named("loop", vec![label(activity)]),
        Friction::Alternation(first, second) => {
            let mut both = vec![label(first), label(second)];
            both.sort_unstable();
            named("alternation", both)
        }
        Friction::RepeatedContact(ContactReason::Activity(activity)) => {
            named("repeated_contact", vec![label(activity)])
        }
        Friction::RepeatedContact(ContactReason::Value { property, value }) => {
            let properties = moment.timeline.properties();
            let name = properties.names().nth(usize::from(property)).unwrap_or_default().to_owned();
            let values = properties.list_values(usize::from(property));
            let other = || events::names::OTHER.to_owned();
            let value = values.get(usize::from(value)).map_or_else(other, |value| value.as_ref().to_owned());
            named("repeated_contact", vec![name, value])
        }
        Friction::Wait(Wait::Between(from, to)) => named("wait", vec![label(from), label(to)]),
        Friction::Wait(Wait::Stated(activity)) => named("wait", vec![label(activity)]),
        Friction::Error(activity) => named("error", vec![label(activity)]),
        Friction::Abandonment => named("abandonment", Vec::new()),
    }
}

/// The friction of such names.
pub fn find_friction(moment: &Moment, element: &str) -> Result<Friction> {
    let names: Vec<String> = serde_json::from_str(element).map_err(|_| unreadable(element))?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let find = |name: &str| moment.vocabulary.find(name);
    Ok(match names.as_slice() {
        ["loop", activity] => Friction::Loop(find(activity)?),
        ["alternation", first, second] => {
            let (first, second) = (find(first)?, find(second)?);
            Friction::Alternation(first.min(second), first.max(second))
        }
        ["repeated_contact", activity] => Friction::RepeatedContact(ContactReason::Activity(find(activity)?)),
        ["repeated_contact", property, value] => {
            let properties = moment.timeline.properties();
            let found = properties.find(property).ok_or_else(|| unreadable(element))?;
            // A value that no event has is met by nobody.
            let value = properties.find_value(found, value).unwrap_or(PropertyColumns::NO_VALUE);
            let property = u8::try_from(found).map_err(|_| unreadable(element))?;
            Friction::RepeatedContact(ContactReason::Value { property, value })
        }
        ["wait", from, to] => Friction::Wait(Wait::Between(find(from)?, find(to)?)),
        ["wait", activity] => Friction::Wait(Wait::Stated(find(activity)?)),
        ["error", activity] => Friction::Error(find(activity)?),
        ["abandonment"] => Friction::Abandonment,
        _ => return Err(unreadable(element)),
    })
}

fn unreadable(element: &str) -> Error {
    Error::invalid(format!(
        "`{element}` is no friction; send what `element` of the answer says, such as [\"loop\",\"A\"]"
    ))
}

/// What made waits too long, for a friction that is about one.
pub fn thresholds_for(moment: &Moment, found: &FoundFrictions, friction: Friction) -> Result<WaitThresholds> {
    match friction {
        Friction::Wait(..) => Ok(moment.ask(found.question()?)?.thresholds),
        _ => Ok(WaitThresholds::new()),
    }
}
