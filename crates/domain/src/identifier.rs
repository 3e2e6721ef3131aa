//! Keys by which a customer is known, and the rules that protect customers from being merged by mistake.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of an identifier. Declared kinds have Segment Unify's defaults; any other name is a custom kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IdentifierKind {
    UserId,
    LoyaltyCard,
    Email,
    Phone,
    Device,
    AnonymousId,
    Custom(String),
}

impl IdentifierKind {
    pub fn as_str(&self) -> &str {
        match self {
            IdentifierKind::UserId => "user_id",
            IdentifierKind::LoyaltyCard => "loyalty_card",
            IdentifierKind::Email => "email",
            IdentifierKind::Phone => "phone",
            IdentifierKind::Device => "device",
            IdentifierKind::AnonymousId => "anonymous_id",
            IdentifierKind::Custom(name) => name,
        }
    }

    pub fn parse(text: &str) -> IdentifierKind {
        match text {
            "user_id" => IdentifierKind::UserId,
            "loyalty_card" => IdentifierKind::LoyaltyCard,
            "email" => IdentifierKind::Email,
            "phone" => IdentifierKind::Phone,
            "device" => IdentifierKind::Device,
            "anonymous_id" => IdentifierKind::AnonymousId,
            other => IdentifierKind::Custom(other.to_owned()),
        }
    }

    /// Which identifier an event belongs to when it brings several: the smallest number wins.
    pub fn priority(&self) -> u8 {
        match self {
            IdentifierKind::UserId => 0,
            IdentifierKind::LoyaltyCard => 1,
            IdentifierKind::Email => 2,
            IdentifierKind::Phone => 3,
            IdentifierKind::Custom(_) => 4,
            IdentifierKind::Device => 5,
            IdentifierKind::AnonymousId => 6,
        }
    }

    /// How many identifiers of this kind one customer may have before a merge is refused.
    pub fn limit(&self) -> usize {
        match self {
            IdentifierKind::UserId => 1,
            _ => 5,
        }
    }
}

impl fmt::Display for IdentifierKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A key by which a customer is known, with its value normalised.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    pub kind: IdentifierKind,
    pub value: String,
}

/// Why a value is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the value is blocked because many customers would share it")]
    Blocked,
    #[error("the value has more than {} characters", Identifier::MAX_CHARS)]
    TooLong,
}

impl Identifier {
    pub const MAX_CHARS: usize = 512;

    /// Normalises a value (spaces trimmed, e-mail in lower case, phone as E.164 digits) and refuses what many customers
    /// share: `^[0-]*$`, `-1`, `null`, `anonymous` and the empty text, whatever their case.
    pub fn new(kind: IdentifierKind, value: &str) -> Result<Identifier, Refused> {
        let trimmed = value.trim();
        if is_blocked(trimmed) {
            return Err(Refused::Blocked);
        }
        if trimmed.len() > Self::MAX_CHARS && trimmed.chars().count() > Self::MAX_CHARS {
            return Err(Refused::TooLong);
        }
        let value = match kind {
            IdentifierKind::Email => trimmed.to_lowercase(),
            IdentifierKind::Phone => normalise_phone(trimmed),
            _ => trimmed.to_owned(),
        };
        if is_blocked(&value) {
            return Err(Refused::Blocked);
        }
        Ok(Identifier { kind, value })
    }

    /// 128 bits that stand for kind and value in memory.
    pub fn fingerprint(&self) -> u128 {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        hasher.update(self.kind.as_str().as_bytes());
        hasher.update(&[0]);
        hasher.update(self.value.as_bytes());
        hasher.digest128()
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.value)
    }
}

fn is_blocked(value: &str) -> bool {
    value.bytes().all(|byte| byte == b'0' || byte == b'-')
        || value == "-1"
        || value.eq_ignore_ascii_case("null")
        || value.eq_ignore_ascii_case("anonymous")
}

/// Keeps a leading plus and the digits; `00` in front becomes a plus. A text without digits stays as it is.
fn normalise_phone(value: &str) -> String {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return value.to_owned();
    }
    match value.trim_start().strip_prefix('+') {
        Some(_) => format!("+{digits}"),
        None => match digits.strip_prefix("00") {
            Some(international) => format!("+{international}"),
            None => digits,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_normalised_by_their_kind() {
        let value = |kind, text| Identifier::new(kind, text).unwrap().value;
        assert_eq!(value(IdentifierKind::Email, " Ana@Example.ES "), "ana@example.es");
        assert_eq!(value(IdentifierKind::Phone, "+34 600-11 22 33"), "+34600112233");
        assert_eq!(value(IdentifierKind::Phone, "0034 600112233"), "+34600112233");
        assert_eq!(value(IdentifierKind::UserId, " U1 "), "U1");
    }

    #[test]
    fn values_that_many_share_are_blocked() {
        for text in ["", "  ", "0", "000-000", "-1", "null", "NULL", "anonymous", "---"] {
            assert_eq!(Identifier::new(IdentifierKind::UserId, text), Err(Refused::Blocked), "{text:?}");
        }
        assert!(Identifier::new(IdentifierKind::UserId, "10").is_ok());
        assert_eq!(Identifier::new(IdentifierKind::UserId, &"x".repeat(513)), Err(Refused::TooLong));
    }
}
