//! The last step of reading, the same for calls and for rows of files: facts are taken from the properties, and what is
//! personal leaves every text of the event.

use std::borrow::Cow;

use domain::event::{EventKind, IncomingEvent};
use domain::ids::EventId;
use xxhash_rust::xxh3::xxh3_128;

use super::facts::{Facts, channel_of_library};
use super::identifiers::{Identifiers, Refusal};
use super::json::{Doc, Value};
use super::personal::{Added, Part, Rewriter, Secrets};
use super::settings::IntakeSettings;
use super::time::Times;

/// An event of which every field is known, but not yet whether its texts hold something personal.
pub(crate) struct Draft<'a> {
    pub kind: EventKind,
    pub message_id: Cow<'a, str>,
    pub activity: Option<Cow<'a, str>>,
    pub identifiers: Identifiers<'a>,
    pub times: Times,
    pub properties: Option<(Doc<'a>, Value)>,
    /// Members that the properties get, unless they have them.
    pub added: &'a [Added<'a>],
    pub context: Option<(Doc<'a>, Value)>,
    /// Whether the context has traits, which are kept elsewhere.
    pub has_context_traits: bool,
    /// Members of the event that have no place in it.
    pub extra: &'a [Added<'a>],
    /// What is said beside the properties, and counts more than they do.
    pub channel: Option<Cow<'a, str>>,
    pub unit: Option<Cow<'a, str>>,
    /// The name of the sending library, which tells the channel if nothing else does.
    pub library: Option<Cow<'a, str>>,
    pub cause: Option<EventId>,
    pub traits: Option<String>,
}

impl Draft<'_> {
    /// Makes the event.
    pub(crate) fn finish(self, settings: &IntakeSettings) -> Result<IncomingEvent, Refusal> {
        let Draft { mut identifiers, activity, .. } = self;
        let facts = match self.properties {
            Some((doc, object)) => Facts::read(doc, object, settings, &mut identifiers)?,
            None => Facts::default(),
        };
        identifiers.finish()?;
        let secrets = Secrets::new(&identifiers);
        let mut rewriter = Rewriter::new(settings, &secrets);
        let properties = rewriter.write_part(&Part {
            name: "properties",
            object: self.properties,
            added: self.added,
            extra_name: "",
            extra: &[],
            left_out: None,
        });
        let context = rewriter.write_part(&Part {
            name: "context",
            object: self.context,
            added: &[],
            extra_name: if self.extra.is_empty() { "" } else { free_name(self.context) },
            extra: self.extra,
            left_out: self.has_context_traits.then_some("traits"),
        });
        let money = facts.read_money(activity.as_deref(), settings);
        let activity = activity.map(|name| match rewriter.write_name("event", &name) {
            Some(cleaned) => cleaned,
            None => name.into_owned(),
        });
        let channel = self.channel.or(facts.channel).filter(|channel| !secrets.is_in(channel));
        let unit = self.unit.or(facts.unit).filter(|unit| !secrets.is_in(unit));
        let objects = facts.objects.iter().map(|(kind, id)| match secrets.is_in(id) {
            true => format!("{kind}:{}", hash_of(id)),
            false => format!("{kind}:{id}"),
        });
        let objects = objects.collect();
        let personal = rewriter.finish();
        let message_id =
            if secrets.is_in(&self.message_id) { hash_of(&self.message_id) } else { self.message_id.into_owned() };
        Ok(IncomingEvent {
            message_id,
            kind: self.kind,
            activity,
            channel: channel
                .map(Cow::into_owned)
                .or_else(|| settings.default_channel.clone())
                .or_else(|| self.library.and_then(|name| channel_of_library(&name)).map(str::to_owned)),
            unit: unit.map(Cow::into_owned).or_else(|| settings.default_unit.clone()),
            occurred_at: self.times.occurred_at,
            original_at: self.times.original_at,
            sent_at: self.times.sent_at,
            money,
            cause_event_id: facts.cause.or(self.cause),
            objects,
            properties,
            context,
            personal,
            traits: self.traits,
            identifiers: identifiers.into_list(),
        })
    }
}

/// What stands for a text that must stay the same for the same text without being it.
fn hash_of(text: &str) -> String {
    format!("#{:032x}", xxh3_128(text.as_bytes()))
}

/// The name under which a context takes up what has no place: `_extra`, with more underscores if it has that already.
fn free_name(context: Option<(Doc<'_>, Value)>) -> &'static str {
    let names = ["_extra", "__extra", "___extra"];
    let is_free = |name: &&str| context.is_none_or(|(doc, object)| doc.find(object, name).is_none());
    names.into_iter().find(is_free).unwrap_or("____extra")
}
