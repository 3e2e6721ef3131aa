//! What the properties of an event say about the event itself: its channel, unit, amount, cause and the things it is about.

use std::borrow::Cow;

use domain::event::{DeadCode, Money, MoneyKind};
use domain::ids::EventId;

use super::identifiers::{Identifiers, Refusal};
use super::json::{Doc, Kind, Value};
use super::money::{read_currency, read_minor_units};
use super::settings::{IntakeSettings, Role};

/// More references than this in one event are not references.
const MOST_OBJECTS: usize = 16;
/// Longer names are free text that came in the wrong property.
const LONGEST_NAME: usize = 200;
/// Names of activities are kept in a dictionary for ever.
const LONGEST_ACTIVITY: usize = 512;

/// What was found in the properties.
#[derive(Debug, Default)]
pub(crate) struct Facts<'a> {
    pub channel: Option<Cow<'a, str>>,
    pub unit: Option<Cow<'a, str>>,
    pub cause: Option<EventId>,
    /// Types and ids.
    pub objects: Vec<(&'a str, Cow<'a, str>)>,
    revenue: Option<Cow<'a, str>>,
    total: Option<Cow<'a, str>>,
    value: Option<Cow<'a, str>>,
    currency: Option<Cow<'a, str>>,
}

impl<'a> Facts<'a> {
    /// Reads the members of `properties`. A member of a type that cannot mean anything is only a property.
    pub(crate) fn read(
        doc: Doc<'a>,
        properties: Value,
        settings: &'a IntakeSettings,
        identifiers: &mut Identifiers<'a>,
    ) -> Result<Facts<'a>, Refusal> {
        let mut facts = Facts::default();
        for (key, value) in doc.members(properties) {
            let role = match doc.is_escaped(key) {
                true => settings.find_role(doc.text(key).as_bytes()),
                false => settings.find_role(doc.name(key)),
            };
            let Some(role) = role else { continue };
            let text = read_scalar(doc, value);
            match role {
                Role::Channel => facts.channel = text.filter(|_| doc.kind(value) == Kind::Text).and_then(read_name),
                Role::Unit => facts.unit = text.and_then(read_name),
                Role::Revenue => facts.revenue = text,
                Role::Total => facts.total = text,
                Role::Value => facts.value = text,
                Role::Currency => facts.currency = text,
                Role::Cause => facts.cause = text.and_then(|text| text.trim().parse().ok()),
                Role::Object(kind) => {
                    if let Some(id) = text.and_then(read_name)
                        && facts.objects.len() < MOST_OBJECTS
                        && !facts.objects.contains(&(kind, id.clone()))
                    {
                        facts.objects.push((kind, id));
                    }
                }
                Role::Identifier(kind) => {
                    if let Some(text) = text {
                        identifiers.add(kind.clone(), text)?;
                    }
                }
            }
        }
        Ok(facts)
    }

    /// The amount of the event: `revenue`, else `total`, else `value`, in the currency beside it. The currency of the
    /// organisation stands in for a missing one, but not for `value`, which is any number as often as it is money.
    pub(crate) fn read_money(&self, activity: Option<&str>, settings: &IntakeSettings) -> Option<Money> {
        let (amount, fallback) = match (&self.revenue, &self.total, &self.value) {
            (Some(amount), _, _) | (None, Some(amount), _) => (amount, settings.currency_code()),
            (None, None, Some(amount)) => (amount, None),
            (None, None, None) => return None,
        };
        let currency = match &self.currency {
            Some(code) => read_currency(code)?,
            None => fallback?,
        };
        let kind = if activity == Some("Order Refunded") { MoneyKind::Refund } else { MoneyKind::Revenue };
        Some(Money { minor: read_minor_units(amount, currency)?, currency, kind })
    }
}

/// A text or a number as text.
pub(crate) fn read_scalar<'a>(doc: Doc<'a>, value: Value) -> Option<Cow<'a, str>> {
    match doc.kind(value) {
        Kind::Text => Some(doc.text(value)),
        Kind::Number => Some(Cow::Borrowed(doc.raw(value))),
        _ => None,
    }
}

/// The name of an activity, its spelling kept.
pub(crate) fn read_activity_name(text: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let name = trim(text);
    if name.is_empty() {
        return Err(Refusal::new(DeadCode::MissingName, "the name of the activity is empty"));
    }
    if name.len() > LONGEST_ACTIVITY && name.chars().count() > LONGEST_ACTIVITY {
        let detail = format!("the name of the activity has more than {LONGEST_ACTIVITY} characters");
        return Err(Refusal::new(DeadCode::InvalidField, detail));
    }
    Ok(name)
}

/// A name without blanks around it, if it is one.
pub(crate) fn read_name(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    let text = trim(text);
    (!text.is_empty() && text.len() <= LONGEST_NAME).then_some(text)
}

pub(crate) fn trim(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.trim().len() == text.len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The channel of a library that runs in only one: browsers or phones.
pub(crate) fn channel_of_library(name: &str) -> Option<&'static str> {
    // The commonest names, so that they cost nothing.
    match name {
        "analytics.js" => return Some("web"),
        "@segment/analytics-node" | "analytics-python" | "analytics-java" | "analytics-go" | "analytics-ruby" => {
            return None;
        }
        _ => {}
    }
    let name = name.to_ascii_lowercase();
    if ["analytics.js", "analytics-next", "analytics-browser"].iter().any(|web| name.contains(web)) {
        return Some("web");
    }
    let is_app = |word: &str| ["kotlin", "swift", "android", "ios", "flutter", "native"].contains(&word);
    name.split(|c: char| !c.is_ascii_alphanumeric()).any(is_app).then_some("app")
}
