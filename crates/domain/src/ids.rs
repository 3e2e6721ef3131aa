//! Identities of things, as newtypes. Dense numbers print with a prefix (`cus_17`); events print as 32 hex digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! dense_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(|digits| digits.parse().ok())
                    .map($name)
                    .ok_or_else(|| InvalidId { expected: $prefix, found: text.to_owned() })
            }
        }
    };
}

/// A text that is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not an id of the form `{expected}_…`")]
pub struct InvalidId {
    pub expected: &'static str,
    pub found: String,
}

dense_id!(
    /// A customer: the smallest node of the nodes that are one customer. Stable while identities do not change, never
    /// given to another customer.
    CustomerId, "cus"
);
dense_id!(
    /// One identifier as a point of the identity graph. Every event keeps for ever the node it resolved to at intake.
    /// Numbers start at 1 and are never reused.
    NodeId, "nod"
);
dense_id!(
    /// A question about journeys that the organisation keeps. Never given to another question.
    QuestionId, "que"
);
dense_id!(
    /// Something that happened to the company, as somebody entered it. Never given to another annotation.
    AnnotationId, "ann"
);
dense_id!(
    /// A segment of customers that the organisation keeps. Never given to another segment.
    SegmentId, "seg"
);
dense_id!(
    /// A survey. Never given to another survey.
    SurveyId, "srv"
);
dense_id!(
    /// A link that one person can answer a survey by.
    SurveyInvitationId, "siv"
);
dense_id!(
    /// What somebody answered to a survey.
    SurveyResponseId, "srs"
);
dense_id!(
    /// A message by e-mail. Random, so that numbers tell no order.
    MailId, "mai"
);
dense_id!(
    /// A recorded merge of two nodes into one customer.
    MergeId, "mrg"
);
dense_id!(
    /// What could not be stored as an event, kept with its reason.
    DeadLetterId, "ded"
);
dense_id!(
    /// An access key of the HTTP interface.
    KeyId, "key"
);
dense_id!(
    /// A person who uses the installation. Never reused.
    UserId, "usr"
);
dense_id!(
    /// A browser in which somebody is signed in. Chosen at random, so that it tells nothing of the others.
    SessionId, "ses"
);
dense_id!(
    /// A one-time link: an invitation, or a new password.
    InvitationId, "inv"
);
dense_id!(
    /// Where events come from: a key, a file, a webhook.
    SourceId, "src"
);

/// The identity of an event: the first 128 bits of a hash of its source and its message id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub u128);

impl EventId {
    /// Two events of one source with the same message id are the same event; the same message id in another source is
    /// another event.
    pub fn of(source: SourceId, message_id: &str) -> EventId {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        hasher.update(&source.0.to_le_bytes());
        hasher.update(message_id.as_bytes());
        EventId(hasher.digest128())
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "evt_{:032x}", self.0)
    }
}

impl FromStr for EventId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        text.strip_prefix("evt_")
            .filter(|digits| digits.len() == 32)
            .and_then(|digits| u128::from_str_radix(digits, 16).ok())
            .map(EventId)
            .ok_or_else(|| InvalidId { expected: "evt", found: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_print_with_a_prefix_and_read_back() {
        assert_eq!(CustomerId(17).to_string(), "cus_17");
        assert_eq!("cus_17".parse(), Ok(CustomerId(17)));
        assert!("mrg_17".parse::<CustomerId>().is_err());
        let id = EventId::of(SourceId(1), "m-1");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn the_same_message_id_of_two_sources_is_two_events() {
        assert_ne!(EventId::of(SourceId(1), "m-1"), EventId::of(SourceId(2), "m-1"));
    }
}
