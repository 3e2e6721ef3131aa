//! One call, field by field.

use std::borrow::Cow;

use domain::event::{DeadCode, EventKind, IncomingEvent};
use domain::identifier::IdentifierKind;
use rustc_hash::FxHashSet;

use super::context::{ContextFields, Shared, find_in, read_external_id};
use super::envelope::{Envelope, read_sent_at};
use super::merge::merge_objects;
use crate::intake::draft::Draft;
use crate::intake::facts::{read_activity_name, read_scalar};
use crate::intake::identifiers::{Identifiers, Refusal};
use crate::intake::json::{Doc, Kind, Tape, Value};
use crate::intake::personal::Added;
use crate::intake::settings::IntakeSettings;
use crate::intake::time::{TimeFault, Times, place, read_epoch, read_moment};

/// The most characters of a message id.
const LONGEST_MESSAGE_ID: usize = 256;

/// Reads one event, which must be an object without problems; true if its time had to be moved to its arrival.
pub(super) fn read(
    doc: Doc<'_>,
    item: Value,
    envelope: &Envelope<'_>,
    received_at: i64,
    settings: &IntakeSettings,
) -> Result<(IncomingEvent, bool), Refusal> {
    let mut fields = Fields::gather(doc, item)?;
    let kind = fields.read_kind(envelope)?;
    let message_id = fields.read_message_id()?;
    let activity = fields.read_activity(kind)?;
    let times = fields.read_times(envelope, received_at, settings.is_clock_corrected)?;

    let shared_context = Shared::new(envelope.context, fields.context.map(|value| (doc, value)));
    let mut context_tape = Tape::default();
    let context = shared_context.open(&mut context_tape)?;
    let shared_integrations = Shared::new(envelope.integrations, fields.integrations.map(|value| (doc, value)));
    let mut integrations_tape = Tape::default();
    let integrations = shared_integrations.open(&mut integrations_tape)?;

    // The traits of a group describe the group, not the customer.
    let own_traits = fields.traits.filter(|_| kind != EventKind::Group).map(|traits| (doc, traits));
    let facts = ContextFields::gather(context);
    let context_traits = facts.traits.filter(|(doc, traits)| doc.kind(*traits) == Kind::Object);
    let identifiers = fields.read_identifiers(kind, [own_traits, context_traits], &facts)?;
    let traits = match (context_traits, own_traits) {
        (Some(base), Some(over)) => Some(merge_objects(base, over)),
        (Some((doc, only)), None) | (None, Some((doc, only))) => Some(doc.raw(only).to_owned()),
        (None, None) => None,
    };
    let added = fields.take_added(kind);
    let properties = fields.take_properties(kind);
    let mut extra = fields.list_extra();
    if let Some((doc, value)) = integrations.filter(|(doc, value)| doc.members(*value).next().is_some()) {
        extra.push(Added { name: "integrations", doc, value });
    }
    let library = find_in(facts.library, "name").map(|(doc, name)| doc.text(name));
    let cause = facts.cause.and_then(|(doc, cause)| doc.text(cause).parse().ok());
    let draft = Draft {
        kind,
        message_id,
        activity,
        identifiers,
        times,
        properties: properties.map(|value| (doc, value)),
        added: &added,
        context,
        has_context_traits: facts.traits.is_some(),
        extra: &extra,
        channel: None,
        unit: None,
        library,
        cause,
        traits: traits.filter(|traits| traits != "{}"),
    };
    Ok((draft.finish(settings)?, times.is_moved_to_arrival))
}

/// The members of an event that mean something. Of equal names the last counts; null is absent.
struct Fields<'a> {
    doc: Doc<'a>,
    kind: Option<Value>,
    event: Option<Value>,
    name: Option<Value>,
    category: Option<Value>,
    user_id: Option<Value>,
    anonymous_id: Option<Value>,
    previous_id: Option<Value>,
    group_id: Option<Value>,
    message_id: Option<Value>,
    timestamp: Option<Value>,
    original_timestamp: Option<Value>,
    sent_at: Option<Value>,
    received_at: Option<Value>,
    properties: Option<Value>,
    traits: Option<Value>,
    context: Option<Value>,
    integrations: Option<Value>,
    /// Names and values of everything else, in the order of the event.
    others: Vec<(Cow<'a, str>, Value)>,
}

impl<'a> Fields<'a> {
    fn gather(doc: Doc<'a>, item: Value) -> Result<Fields<'a>, Refusal> {
        let mut fields = Fields::empty(doc);
        for (key, value) in doc.members(item) {
            let escaped;
            let name = if doc.is_escaped(key) {
                escaped = doc.text(key);
                escaped.as_bytes()
            } else {
                doc.name(key)
            };
            let slot = match name {
                b"type" => &mut fields.kind,
                b"event" => &mut fields.event,
                b"name" => &mut fields.name,
                b"category" => &mut fields.category,
                b"userId" => &mut fields.user_id,
                b"anonymousId" => &mut fields.anonymous_id,
                b"previousId" => &mut fields.previous_id,
                b"groupId" => &mut fields.group_id,
                b"messageId" => &mut fields.message_id,
                b"timestamp" => &mut fields.timestamp,
                b"originalTimestamp" => &mut fields.original_timestamp,
                b"sentAt" => &mut fields.sent_at,
                b"receivedAt" => &mut fields.received_at,
                b"properties" => &mut fields.properties,
                b"traits" => &mut fields.traits,
                b"context" => &mut fields.context,
                b"integrations" => &mut fields.integrations,
                b"writeKey" => continue,
                _ => {
                    fields.others.push((doc.text(key), value));
                    continue;
                }
            };
            *slot = (doc.kind(value) != Kind::Null).then_some(value);
        }
        fields.properties = fields.object("properties", fields.properties)?;
        fields.traits = fields.object("traits", fields.traits)?;
        fields.context = fields.object("context", fields.context)?;
        if let Some(integrations) = fields.integrations
            && doc.kind(integrations) != Kind::Object
        {
            fields.integrations = None;
            if doc.items(integrations).next().is_some() || doc.kind(integrations) != Kind::Array {
                fields.others.push((Cow::Borrowed("integrations"), integrations));
            }
        }
        Ok(fields)
    }

    fn empty(doc: Doc<'a>) -> Fields<'a> {
        Fields {
            doc,
            kind: None,
            event: None,
            name: None,
            category: None,
            user_id: None,
            anonymous_id: None,
            previous_id: None,
            group_id: None,
            message_id: None,
            timestamp: None,
            original_timestamp: None,
            sent_at: None,
            received_at: None,
            properties: None,
            traits: None,
            context: None,
            integrations: None,
            others: Vec::new(),
        }
    }

    fn object(&self, name: &str, value: Option<Value>) -> Result<Option<Value>, Refusal> {
        let Some(value) = value else { return Ok(None) };
        match self.doc.kind(value) {
            Kind::Object => Ok(Some(value)),
            Kind::Array if self.doc.items(value).next().is_none() => Ok(None),
            _ => Err(Refusal::new(DeadCode::InvalidField, format!("`{name}` is not an object"))),
        }
    }

    /// A text or a number as text.
    fn scalar(&self, name: &str, value: Option<Value>) -> Result<Option<Cow<'a, str>>, Refusal> {
        let Some(value) = value else { return Ok(None) };
        match read_scalar(self.doc, value) {
            Some(text) => Ok(Some(text)),
            None => Err(Refusal::new(DeadCode::InvalidField, format!("`{name}` is neither a text nor a number"))),
        }
    }

    fn read_kind(&self, envelope: &Envelope<'_>) -> Result<EventKind, Refusal> {
        if envelope.is_call_fixed
            && let Some(call) = envelope.call
        {
            return Ok(call);
        }
        let Some(kind) = self.kind else {
            return envelope.call.ok_or_else(|| Refusal::new(DeadCode::UnknownKind, "`type` is missing"));
        };
        let known = (self.doc.kind(kind) == Kind::Text).then(|| self.doc.text(kind));
        known.and_then(|name| EventKind::parse(&name)).ok_or_else(|| {
            let detail = "`type` must be track, page, screen, identify, group or alias";
            Refusal::new(DeadCode::UnknownKind, detail)
        })
    }

    fn read_message_id(&self) -> Result<Cow<'a, str>, Refusal> {
        let Some(text) = self.scalar("messageId", self.message_id)? else { return Ok(Cow::Borrowed("")) };
        if text.len() > LONGEST_MESSAGE_ID && text.chars().count() > LONGEST_MESSAGE_ID {
            let detail = format!("`messageId` has more than {LONGEST_MESSAGE_ID} characters");
            return Err(Refusal::new(DeadCode::MessageIdTooLong, detail));
        }
        Ok(if text.trim().is_empty() { Cow::Borrowed("") } else { text })
    }

    fn read_activity(&self, kind: EventKind) -> Result<Option<Cow<'a, str>>, Refusal> {
        match kind {
            EventKind::Page => return Ok(Some(Cow::Borrowed("Page Viewed"))),
            EventKind::Screen => return Ok(Some(Cow::Borrowed("Screen Viewed"))),
            EventKind::Identify | EventKind::Group | EventKind::Alias => return Ok(None),
            EventKind::Track => {}
        }
        let missing = || Refusal::new(DeadCode::MissingName, "a track call needs the name of its `event`");
        let event = self.event.ok_or_else(missing)?;
        if self.doc.kind(event) != Kind::Text {
            return Err(Refusal::new(DeadCode::InvalidField, "`event` is not a text"));
        }
        read_activity_name(self.doc.text(event)).map(Some)
    }

    fn read_times(&self, envelope: &Envelope<'_>, received_at: i64, is_corrected: bool) -> Result<Times, Refusal> {
        let sent = envelope.sent_at.or_else(|| self.sent_at.and_then(|value| read_sent_at(self.doc, value)));
        let timestamp = self.read_time("timestamp", self.timestamp)?;
        let original = self.read_time("originalTimestamp", self.original_timestamp)?;
        let was_corrected_before =
            self.received_at.is_some() && timestamp.is_some() && original.is_some_and(|_| timestamp != original);
        let times = match was_corrected_before {
            true => place(timestamp, sent, received_at, false)
                .map(|times| Times { original_at: original.unwrap_or(times.original_at), ..times }),
            false => place(original.or(timestamp), sent, received_at, is_corrected),
        };
        times.map_err(|fault| fault.refuse("the time of the event"))
    }

    fn read_time(&self, name: &str, value: Option<Value>) -> Result<Option<i64>, Refusal> {
        let Some(value) = value else { return Ok(None) };
        let time = match self.doc.kind(value) {
            Kind::Text => read_moment(&self.doc.text(value)).map(|moment| moment.in_utc()),
            Kind::Number => read_epoch(self.doc.raw(value)),
            _ => Err(TimeFault::Unreadable),
        };
        time.map(Some).map_err(|fault| fault.refuse(&format!("`{name}`")))
    }

    fn read_identifiers(
        &self,
        kind: EventKind,
        traits: [Option<(Doc<'a>, Value)>; 2],
        context: &ContextFields<'a>,
    ) -> Result<Identifiers<'a>, Refusal> {
        let mut identifiers = Identifiers::default();
        let user_id = self.scalar("userId", self.user_id)?;
        if kind == EventKind::Alias
            && let Some(previous) = self.scalar("previousId", self.previous_id)?
            && user_id.as_ref().is_none_or(|user_id| user_id.trim() != previous.trim())
        {
            identifiers.add(IdentifierKind::AnonymousId, previous)?;
        }
        if let Some(user_id) = user_id {
            identifiers.add(IdentifierKind::UserId, user_id)?;
        }
        if let Some(anonymous_id) = self.scalar("anonymousId", self.anonymous_id)? {
            identifiers.add(IdentifierKind::AnonymousId, anonymous_id)?;
        }
        for (doc, traits) in traits.into_iter().flatten() {
            for (key, value) in doc.members(traits) {
                let kind = match &*doc.text(key) {
                    "email" => IdentifierKind::Email,
                    "phone" => IdentifierKind::Phone,
                    "loyalty_card" | "loyaltyCard" => IdentifierKind::LoyaltyCard,
                    _ => continue,
                };
                if let Some(text) = read_scalar(doc, value) {
                    identifiers.add(kind, text)?;
                }
            }
        }
        let device = find_in(context.device, "id");
        if let Some(id) = device.and_then(|(doc, id)| read_scalar(doc, id)) {
            identifiers.add(IdentifierKind::Device, id)?;
        }
        if let Some((doc, list)) = context.external_ids {
            for external in doc.items(list) {
                if let Some((kind, id)) = read_external_id(doc, external) {
                    identifiers.add(kind, id)?;
                }
            }
        }
        Ok(identifiers)
    }

    /// Takes the members that become properties because of the kind of call.
    fn take_added(&mut self, kind: EventKind) -> Vec<Added<'a>> {
        let (first, second) = match kind {
            EventKind::Page | EventKind::Screen => {
                (self.name.take().map(|value| ("name", value)), self.category.take().map(|value| ("category", value)))
            }
            EventKind::Group => (self.group_id.take().map(|value| ("groupId", value)), None),
            EventKind::Track => {
                self.event = None;
                (None, None)
            }
            EventKind::Alias => {
                self.previous_id = None;
                (None, None)
            }
            EventKind::Identify => (None, None),
        };
        first.into_iter().chain(second).map(|(name, value)| Added { name, doc: self.doc, value }).collect()
    }

    fn take_properties(&mut self, kind: EventKind) -> Option<Value> {
        match kind {
            EventKind::Group if self.traits.is_some() => {
                if let Some(properties) = self.properties.take() {
                    self.others.push((Cow::Borrowed("properties"), properties));
                }
                self.traits
            }
            _ => self.properties,
        }
    }

    /// What is left: members that this kind of call gives no meaning, and unknown ones.
    fn list_extra(&mut self) -> Vec<Added<'_>> {
        let unused = [
            ("event", self.event),
            ("name", self.name),
            ("category", self.category),
            ("previousId", self.previous_id),
            ("groupId", self.group_id),
            ("receivedAt", self.received_at),
        ];
        for (name, value) in unused {
            if let Some(value) = value {
                self.others.push((Cow::Borrowed(name), value));
            }
        }
        if self.others.len() > 1 {
            let mut seen = FxHashSet::default();
            let mut is_last: Vec<bool> = self.others.iter().rev().map(|(name, _)| seen.insert(name.clone())).collect();
            self.others.retain(|_| is_last.pop().unwrap_or(true));
        }
        let doc = self.doc;
        let is_something = |value: Value| doc.kind(value) != Kind::Null;
        self.others
            .iter()
            .filter(|(_, value)| is_something(*value))
            .map(|(name, value)| Added { name, doc, value: *value })
            .collect()
    }
}
