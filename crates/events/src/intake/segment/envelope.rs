//! What surrounds events: a batch and what its events share, the bytes that are not UTF-8, and the recipe that lets one
//! event be read again without its batch.

use std::borrow::Cow;
use std::ops::Range;

use domain::event::{DeadCode, EventKind};

use super::EnvelopeError;
use crate::intake::facts::read_scalar;
use crate::intake::identifiers::Refusal;
use crate::intake::json::{Doc, Kind, Problem, Tape, Value};
use crate::intake::time::{read_epoch, read_moment};

/// A body as text. Bytes that are not UTF-8 are replaced by as many others, so that places in the text are places in the
/// body and only the events around those bytes suffer.
pub(super) struct Body<'a> {
    /// Without the mark of byte order that some files begin with.
    pub original: &'a [u8],
    pub text: Cow<'a, str>,
    /// Length of the mark.
    pub skipped: usize,
    invalid: Vec<usize>,
}

impl<'a> Body<'a> {
    pub(super) fn new(body: &'a [u8]) -> Body<'a> {
        let original = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
        let skipped = body.len() - original.len();
        if let Ok(text) = std::str::from_utf8(original) {
            return Body { original, text: Cow::Borrowed(text), skipped, invalid: Vec::new() };
        }
        let mut text = String::with_capacity(original.len());
        let mut invalid = Vec::new();
        for chunk in original.utf8_chunks() {
            text.push_str(chunk.valid());
            for _ in chunk.invalid() {
                invalid.push(text.len());
                text.push('\u{7f}');
            }
        }
        Body { original, text: Cow::Owned(text), skipped, invalid }
    }

    /// Place within `span` of the first byte that is not UTF-8.
    pub(super) fn find_invalid(&self, span: &Range<usize>) -> Option<usize> {
        let first = self.invalid.partition_point(|at| *at < span.start);
        self.invalid.get(first).filter(|at| **at < span.end).map(|at| at - span.start)
    }
}

/// What the events of a body share.
#[derive(Default)]
pub(super) struct Envelope<'a> {
    /// The kind of events that may say none.
    pub call: Option<EventKind>,
    /// Whether the kind is that of `call`, whatever the event says.
    pub is_call_fixed: bool,
    pub write_key: Option<&'a str>,
    /// UTC milliseconds.
    pub sent_at: Option<i64>,
    pub sent_at_raw: Option<&'a str>,
    pub context: Option<(Doc<'a>, Value)>,
    pub integrations: Option<(Doc<'a>, Value)>,
}

impl<'a> Envelope<'a> {
    /// What the object around a batch says.
    fn of_batch(doc: Doc<'a>) -> Envelope<'a> {
        let sent_at = doc.find(Doc::ROOT, "sentAt");
        Envelope {
            call: None,
            is_call_fixed: false,
            write_key: doc.find(Doc::ROOT, "writeKey").and_then(|key| read_key(doc, key)),
            sent_at: sent_at.and_then(|value| read_sent_at(doc, value)),
            sent_at_raw: sent_at.map(|value| doc.raw(value)),
            context: find_object(doc, "context"),
            integrations: find_object(doc, "integrations"),
        }
    }

    fn shared(&self) -> impl Iterator<Item = (Doc<'a>, Value)> {
        self.context.into_iter().chain(self.integrations)
    }

    pub(super) fn shared_bytes(&self) -> usize {
        self.shared().map(|(doc, value)| doc.raw(value).len()).sum()
    }

    pub(super) fn height(&self) -> u8 {
        self.shared().map(|(doc, value)| doc.height(value)).max().unwrap_or(0)
    }

    pub(super) fn find_problem(&self) -> Option<Problem> {
        self.shared().find_map(|(doc, value)| doc.find_problem(value))
    }
}

/// Finds the events of a body and what they share.
pub(super) fn open<'a>(
    doc: Doc<'a>,
    body: &Body<'_>,
    call: Option<EventKind>,
) -> Result<(Envelope<'a>, Vec<Value>), EnvelopeError> {
    let unparsable = |what: &str| Err(EnvelopeError::Unparsable(what.to_owned()));
    let alone = Envelope { call, is_call_fixed: true, ..Envelope::default() };
    match doc.kind(Doc::ROOT) {
        Kind::Array => return Ok((Envelope { call, ..Envelope::default() }, doc.items(Doc::ROOT).collect())),
        Kind::Object => {}
        _ => return unparsable("expected an object or a list at byte 0"),
    }
    let Some(list) = doc.find(Doc::ROOT, "batch") else {
        return if call.is_some() || doc.find(Doc::ROOT, "type").is_some() {
            Ok((alone, vec![Doc::ROOT]))
        } else {
            unparsable("the object at byte 0 has neither a `batch` nor the `type` of an event")
        };
    };
    if doc.kind(list) != Kind::Array {
        return unparsable(&format!("`batch` at byte {} is not a list", doc.span(list).start + body.skipped));
    }
    Ok((Envelope { call, ..Envelope::of_batch(doc) }, doc.items(list).collect()))
}

/// A member of the envelope that its events share, if there is anything in it.
fn find_object<'a>(doc: Doc<'a>, name: &str) -> Option<(Doc<'a>, Value)> {
    let value = doc.find(Doc::ROOT, name).filter(|value| doc.kind(*value) == Kind::Object)?;
    doc.members(value).next().map(|_| (doc, value))
}

pub(super) fn read_key<'a>(doc: Doc<'a>, value: Value) -> Option<&'a str> {
    let is_plain = doc.kind(value) == Kind::Text && !doc.is_escaped(value);
    is_plain.then(|| doc.quoted(value)).filter(|key| !key.is_empty())
}

pub(super) fn read_sent_at(doc: Doc<'_>, value: Value) -> Option<i64> {
    let text = read_scalar(doc, value)?;
    match doc.kind(value) {
        Kind::Number => read_epoch(&text).ok(),
        _ => read_moment(&text).ok().map(|moment| moment.in_utc()),
    }
}

/// The recipe of events that came without anything shared.
const BARE: &str = "segment";

/// Writes what an event needs of its batch to be read again: `segment`, or a JSON object when there is more to say.
pub(super) fn write_recipe(envelope: &Envelope<'_>) -> String {
    let mut recipe = String::new();
    let mut write = |name: &str, raw: &str| {
        recipe.push_str(if recipe.is_empty() { "{\"format\":\"segment\"" } else { "" });
        recipe.push_str(&format!(",\"{name}\":{raw}"));
    };
    if let Some(call) = envelope.call {
        write("call", &format!("\"{}\"", call.as_str()));
        write("isCallFixed", &envelope.is_call_fixed.to_string());
    }
    if let Some(raw) = envelope.sent_at_raw {
        write("sentAt", raw);
    }
    for (name, part) in [("context", envelope.context), ("integrations", envelope.integrations)] {
        if let Some((doc, value)) = part {
            write(name, doc.raw(value));
        }
    }
    if recipe.is_empty() { BARE.to_owned() } else { recipe + "}" }
}

/// Opens the envelope that a recipe describes.
pub(super) fn read_recipe<'a>(recipe: &'a str, tape: &'a mut Tape) -> Result<Envelope<'a>, Refusal> {
    let unknown = || Refusal::new(DeadCode::InvalidField, "the recipe of this dead letter is not one for calls");
    if recipe == BARE {
        return Ok(Envelope { is_call_fixed: true, ..Envelope::default() });
    }
    let doc = tape.scan(recipe).map_err(|_| unknown())?;
    let text = |name: &str| doc.find(Doc::ROOT, name).map(|value| doc.text(value));
    if text("format").as_deref() != Some(BARE) {
        return Err(unknown());
    }
    let call = text("call").as_deref().and_then(EventKind::parse);
    let is_call_fixed = doc.find(Doc::ROOT, "isCallFixed").is_some_and(|value| doc.raw(value) == "true");
    Ok(Envelope { call, is_call_fixed, ..Envelope::of_batch(doc) })
}
