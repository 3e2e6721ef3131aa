//! The keys by which an event says whose it is.

use std::borrow::Cow;

use domain::event::{DeadCode, DeadLetter};
use domain::identifier::{Identifier, IdentifierKind, Refused};
use domain::ids::{DeadLetterId, SourceId};

#[cfg(test)]
mod tests;

/// More identifiers than this in one event are a mistake, and would make the search for their values slow.
const MOST: usize = 12;

/// Identifiers as they are gathered from the fields of one event, and how they were written.
#[derive(Debug, Default)]
pub(crate) struct Identifiers<'a> {
    list: Vec<Identifier>,
    /// Written forms that normalisation changed.
    written: Vec<Cow<'a, str>>,
    is_any_given: bool,
}

impl<'a> Identifiers<'a> {
    /// Adds a value. One that many customers share, or that is not of its kind (an e-mail without `@`, a phone of fewer than
    /// five digits), identifies nobody and is left out.
    pub(crate) fn add(&mut self, kind: IdentifierKind, value: Cow<'a, str>) -> Result<(), Refusal> {
        self.is_any_given = true;
        if !is_of_kind(&kind, &value) {
            return Ok(());
        }
        let identifier = match Identifier::new(kind, &value) {
            Ok(identifier) => identifier,
            Err(Refused::Blocked) => return Ok(()),
            Err(refused @ Refused::TooLong) => {
                return Err(Refusal { code: DeadCode::IdentifierTooLong, detail: format!("an identifier: {refused}") });
            }
        };
        if identifier.value != value.trim() {
            self.written.push(match value {
                Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
            });
        }
        if self.list.contains(&identifier) {
            return Ok(());
        }
        if self.list.len() == MOST {
            let detail = format!("more than {MOST} identifiers");
            return Err(Refusal { code: DeadCode::InvalidField, detail });
        }
        self.list.push(identifier);
        Ok(())
    }

    /// Whether nothing identifies anybody.
    pub(crate) fn is_none(&self) -> bool {
        self.list.is_empty()
    }

    /// Puts the identifiers in their order, if there are any.
    pub(crate) fn finish(&mut self) -> Result<(), Refusal> {
        if self.list.is_empty() {
            let (code, detail) = match self.is_any_given {
                true => (DeadCode::BlockedIdentifier, "every identifier is a value that many customers share"),
                false => (DeadCode::MissingIdentifier, "neither userId nor anonymousId nor another identifier"),
            };
            return Err(Refusal { code, detail: detail.to_owned() });
        }
        if self.list.len() > 1 {
            self.list.sort_by(|a, b| (a.kind.priority(), a).cmp(&(b.kind.priority(), b)));
        }
        Ok(())
    }

    pub(crate) fn into_list(self) -> Vec<Identifier> {
        self.list
    }

    /// Every form in which an identifier could appear elsewhere in the event.
    pub(crate) fn forms(&self) -> impl Iterator<Item = Form<'_>> {
        let values = self.list.iter().map(|identifier| match identifier.kind {
            // A plus is lost or written in other ways; the digits are the number.
            IdentifierKind::Phone => Form { text: identifier.value.trim_start_matches('+'), is_any_case: false },
            IdentifierKind::Email => Form { text: &identifier.value, is_any_case: true },
            _ => Form { text: &identifier.value, is_any_case: false },
        });
        values.chain(self.written.iter().map(|text| Form { text, is_any_case: false }))
    }
}

/// One way of writing an identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form<'a> {
    pub text: &'a str,
    /// Upper and lower case are the same identifier.
    pub is_any_case: bool,
}

/// Why a part of a batch or a file is not an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub code: DeadCode,
    pub detail: String,
}

impl Refusal {
    pub(crate) fn new(code: DeadCode, detail: impl Into<String>) -> Refusal {
        Refusal { code, detail: detail.into() }
    }

    /// The dead letter of this refusal, without number and source.
    pub(crate) fn into_dead_letter(self, index: u64, received_at: i64, recipe: String, raw: Vec<u8>) -> DeadLetter {
        let Refusal { code, detail } = self;
        DeadLetter { id: DeadLetterId(0), source: SourceId(0), code, detail, index, received_at, recipe, raw }
    }
}

fn is_of_kind(kind: &IdentifierKind, value: &str) -> bool {
    match kind {
        IdentifierKind::Email => {
            value.trim().split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        }
        IdentifierKind::Phone => value.bytes().filter(u8::is_ascii_digit).count() >= 5,
        _ => true,
    }
}
