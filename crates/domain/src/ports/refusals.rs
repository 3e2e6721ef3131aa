//! Addresses that nothing is sent to any more.

use super::AuditEntry;
use crate::error::Result;
use crate::event::IncomingEvent;
use crate::identifier::Identifier;
use crate::ids::{SurveyId, SurveyInvitationId};

/// Why nothing is sent to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RefusalReason {
    /// Whoever has it did not want to be asked.
    Refused,
    /// It takes no mail.
    Bounced,
    /// Whoever has it called a message unwanted.
    Complained,
    /// Whoever has it asked for no further message.
    Unsubscribed,
}

impl RefusalReason {
    pub const ALL: [RefusalReason; 4] =
        [RefusalReason::Refused, RefusalReason::Bounced, RefusalReason::Complained, RefusalReason::Unsubscribed];

    pub fn as_str(self) -> &'static str {
        match self {
            RefusalReason::Refused => "refused",
            RefusalReason::Bounced => "bounced",
            RefusalReason::Complained => "complained",
            RefusalReason::Unsubscribed => "unsubscribed",
        }
    }

    pub fn parse(text: &str) -> Option<RefusalReason> {
        RefusalReason::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// An address that nothing is sent to, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRefusal {
    pub identifier: Identifier,
    pub reason: RefusalReason,
    /// UTC milliseconds; of one that came from an anonymous survey, the beginning of the day.
    pub at: i64,
    /// What it came from, where that may be told.
    pub survey: Option<SurveyId>,
    pub invitation: Option<SurveyInvitationId>,
}

/// Addresses that nothing is sent to. An address may be refused for several reasons; of each the first time is kept.
pub trait ContactRefusals: Send + Sync {
    /// Notes a refusal with its events, unless the address is refused for that reason already; says whether it was news.
    fn record_refusal(&self, refusal: &ContactRefusal, events: &[IncomingEvent]) -> Result<bool>;
    /// Those of any of these addresses, in their order.
    fn find_refusals(&self, identifiers: &[Identifier]) -> Result<Vec<ContactRefusal>>;
    /// With their numbers, the newest first, those before `before`.
    fn list_refusals(&self, before: Option<u64>, limit: u32) -> Result<Vec<(u64, ContactRefusal)>>;
    /// Lets an address be written to again, whatever the reasons were. `NotFound` when it is not refused.
    fn remove_refusal(&self, identifier: &Identifier, audit: &AuditEntry) -> Result<()>;
}
