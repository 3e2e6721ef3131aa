//! What the context of a call says: of its customer, and of the library that sent it.

use std::borrow::Cow;

use domain::event::DeadCode;
use domain::identifier::IdentifierKind;

use super::merge::merge_objects;
use crate::intake::facts::{read_scalar, trim};
use crate::intake::identifiers::Refusal;
use crate::intake::json::{Doc, Kind, Tape, Value};

const LONGEST_IDENTIFIER_KIND: usize = 64;

/// The members of a context that mean something to us.
#[derive(Default)]
pub(super) struct ContextFields<'a> {
    pub traits: Option<(Doc<'a>, Value)>,
    pub device: Option<(Doc<'a>, Value)>,
    pub external_ids: Option<(Doc<'a>, Value)>,
    pub library: Option<(Doc<'a>, Value)>,
    pub cause: Option<(Doc<'a>, Value)>,
}

impl<'a> ContextFields<'a> {
    pub(super) fn gather(context: Option<(Doc<'a>, Value)>) -> ContextFields<'a> {
        let mut fields = ContextFields::default();
        let Some((doc, context)) = context else { return fields };
        for (key, value) in doc.members(context) {
            let slot = match &*doc.text(key) {
                "traits" => &mut fields.traits,
                "device" => &mut fields.device,
                "externalIds" => &mut fields.external_ids,
                "library" => &mut fields.library,
                "cause_event_id" => &mut fields.cause,
                _ => continue,
            };
            *slot = (doc.kind(value) != Kind::Null).then_some((doc, value));
        }
        fields
    }
}

/// An object that the batch and the event may both have.
pub(super) struct Shared<'a> {
    only: Option<(Doc<'a>, Value)>,
    merged: Option<String>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(base: Option<(Doc<'a>, Value)>, over: Option<(Doc<'a>, Value)>) -> Shared<'a> {
        match (base, over) {
            (Some(base), Some(over)) => Shared { only: None, merged: Some(merge_objects(base, over)) },
            (only, None) | (None, only) => Shared { only, merged: None },
        }
    }

    pub(super) fn open<'b>(&'b self, tape: &'b mut Tape) -> Result<Option<(Doc<'b>, Value)>, Refusal>
    where
        'a: 'b,
    {
        match &self.merged {
            None => Ok(self.only),
            Some(text) => match tape.scan(text) {
                Ok(doc) => Ok(Some((doc, Doc::ROOT))),
                Err(error) => Err(Refusal::new(DeadCode::InvalidJson, error.to_string())),
            },
        }
    }
}

/// A member of an object that may not be there.
pub(super) fn find_in<'a>(object: Option<(Doc<'a>, Value)>, name: &str) -> Option<(Doc<'a>, Value)> {
    let (doc, object) = object?;
    doc.find(object, name).map(|value| (doc, value))
}

/// An identifier as the context of a call lists those of other systems; those of things other than users are not ours.
pub(super) fn read_external_id<'a>(doc: Doc<'a>, external: Value) -> Option<(IdentifierKind, Cow<'a, str>)> {
    let collection = doc.find(external, "collection").map(|value| doc.text(value));
    if collection.is_some_and(|collection| collection != "users") {
        return None;
    }
    let kind = doc.find(external, "type").filter(|value| doc.kind(*value) == Kind::Text)?;
    let kind = trim(doc.text(kind));
    let id = doc.find(external, "id").and_then(|id| read_scalar(doc, id))?;
    (!kind.is_empty() && kind.len() <= LONGEST_IDENTIFIER_KIND).then(|| (IdentifierKind::parse(&kind), id))
}
