//! The vocabulary of Vivencia: ids, events, identifiers, money, errors and the ports that the other crates implement.
//!
//! Pure: no input or output, no clock, no async runtime. What depends on the outside is a trait in [`ports`].
#![forbid(unsafe_code)]

pub mod contact;
pub mod customer_name;
pub mod error;
pub mod event;
pub mod identifier;
pub mod ids;
pub mod money;
pub mod people;
pub mod ports;
pub mod survey;
pub mod time;
pub mod units;

pub use error::{Code, Error, Result};
pub use event::{DeadCode, DeadLetter, EventKind, IncomingEvent, Money, MoneyKind, StoredEvent};
pub use identifier::{Identifier, IdentifierKind};
pub use ids::{
    AnnotationId, CustomerId, DeadLetterId, EventId, InvitationId, KeyId, MailId, MergeId, NodeId, QuestionId,
    SegmentId, SessionId, SourceId, SurveyId, SurveyInvitationId, SurveyResponseId, UserId,
};
pub use people::{Invitation, InvitationKind, Role, Session, User};
pub use units::{Unit, UnitTree};
