//! Personal data in comments, found by their form: what may be shown to fewer people than the comment itself.
//!
//! Names are found only behind words that introduce them ("me atendió", "my name is"); a name without such words stays. Places
//! are addresses with the number of a house; a street or a town by itself stays.

mod names;
mod numbers;
mod places;
mod written;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::tokens::Tokens;

/// Kinds of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalKind {
    Email,
    Phone,
    /// The number of a payment card whose check digit fits (Luhn, ISO/IEC 7812).
    Card,
    /// A bank account whose check digits fit (ISO 13616).
    Iban,
    /// A Spanish DNI or NIE whose letter fits.
    NationalId,
    /// A link with something secret in it: a token, a key, a long opaque part.
    Link,
    Name,
    /// An address: a street with the number of a house, and what follows it.
    Place,
}

/// A piece of personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    pub kind: PersonalKind,
    /// Where it is in the comment, in bytes.
    pub span: Range<usize>,
}

impl PersonalKind {
    /// What stands in its place when it is masked.
    pub fn mask(self) -> &'static str {
        match self {
            PersonalKind::Email => "[email]",
            PersonalKind::Phone => "[phone]",
            PersonalKind::Card => "[card]",
            PersonalKind::Iban => "[iban]",
            PersonalKind::NationalId => "[national_id]",
            PersonalKind::Link => "[link]",
            PersonalKind::Name => "[name]",
            PersonalKind::Place => "[place]",
        }
    }
}

/// Finds personal data in the order of the comment. Where two overlap, the one that begins first stays, and of those that
/// begin together the longest.
pub fn find_personal(text: &str, tokens: &Tokens) -> Vec<Personal> {
    let mut found = Vec::new();
    written::find(text, &mut found);
    numbers::find(text, &mut found);
    names::find(text, tokens, &mut found);
    places::find(text, tokens, &mut found);
    found.sort_by_key(|personal: &Personal| (personal.span.start, std::cmp::Reverse(personal.span.end), personal.kind));
    let mut end = 0;
    found.retain(|personal| {
        let is_free = personal.span.start >= end;
        if is_free {
            end = personal.span.end;
        }
        is_free
    });
    found
}

/// The comment with each piece of personal data replaced by its kind. Pieces that do not lie within the comment, or over
/// one before, are left out.
pub fn mask(text: &str, personal: &[Personal]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for piece in personal {
        let Some(before) = text.get(done..piece.span.start) else { continue };
        if text.get(piece.span.clone()).is_none() {
            continue;
        }
        masked.push_str(before);
        masked.push_str(piece.kind.mask());
        done = piece.span.end;
    }
    masked.push_str(text.get(done..).unwrap_or_default());
    masked
}
