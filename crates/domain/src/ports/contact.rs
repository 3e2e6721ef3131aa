//! When customers were interrupted, and whom surveys are about to interrupt.

use super::AuditEntry;
use super::surveys::SurveySubject;
use crate::contact::{ContactRule, Pressure};
use crate::error::Result;
use crate::ids::{NodeId, SurveyId};

/// By what a contact is found: made of an identifier with a secret that is kept elsewhere, so that the contacts are no list of
/// names and addresses, nor can one be made of them by trying.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactKey(pub String);

/// A moment at which somebody was interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Of everything that the customer is known by.
    pub keys: Vec<ContactKey>,
    /// UTC milliseconds; of something that must stay anonymous, the beginning of the day.
    pub at: i64,
    /// What for: `survey`.
    pub purpose: &'static str,
}

/// The one rule of contact, and the contacts that it judges by.
pub trait ContactLedger: Send + Sync {
    /// The default until somebody sets it.
    fn find_contact_rule(&self) -> Result<ContactRule>;
    fn update_contact_rule(&self, rule: &ContactRule, audit: &AuditEntry) -> Result<()>;
    /// The instants since `since` at which somebody with any of these keys was contacted, each once.
    fn list_contacts(&self, keys: &[ContactKey], since: i64) -> Result<Vec<i64>>;
    /// Gives contacts that were kept before there were keys their keys, out of what they were found by: SHA-256 of an
    /// identifier as unpadded base64url. Says how many; none but the first time.
    fn key_contacts(&self, key_of: &dyn Fn(&str) -> ContactKey) -> Result<u64>;
}

/// Somebody whom a survey is to invite once the time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedInvitation {
    pub id: u64,
    pub survey: SurveyId,
    pub node: NodeId,
    pub subject: SurveySubject,
    /// When it was first to be: UTC milliseconds.
    pub wanted_at: i64,
    /// When it is to be now: not earlier.
    pub due_at: i64,
    /// 1 to 9; of those due at one moment the highest comes first.
    pub priority: u8,
}

/// What became of a planned invitation. The text of an end is part of the interface and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanEnd {
    Invited,
    /// The contact rule leaves the customer alone.
    Pressure(Pressure),
    /// The customer does not want to be asked, or the address does not work.
    Refused,
    /// There is no address of the channel.
    NoAddress,
    /// The customer does not belong to the segment.
    OutsideSegment,
    /// The time at which it made sense had passed.
    TooLate,
    /// The survey took no answers, or no longer invites.
    NotOpen,
}

impl PlanEnd {
    pub const ALL: [PlanEnd; 8] = [
        PlanEnd::Invited,
        PlanEnd::Pressure(Pressure::TooSoon),
        PlanEnd::Pressure(Pressure::TooOften),
        PlanEnd::Refused,
        PlanEnd::NoAddress,
        PlanEnd::OutsideSegment,
        PlanEnd::TooLate,
        PlanEnd::NotOpen,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            PlanEnd::Invited => "invited",
            PlanEnd::Pressure(pressure) => pressure.as_str(),
            PlanEnd::Refused => "refused",
            PlanEnd::NoAddress => "no_address",
            PlanEnd::OutsideSegment => "outside_segment",
            PlanEnd::TooLate => "too_late",
            PlanEnd::NotOpen => "not_open",
        }
    }

    pub fn parse(text: &str) -> Option<PlanEnd> {
        PlanEnd::ALL.into_iter().find(|end| end.as_str() == text)
    }
}

/// Planned invitations of a survey: how many wait, and what became of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanCounts {
    pub waiting: u64,
    pub ended: Vec<(PlanEnd, u64)>,
}

/// Whom surveys are about to invite.
pub trait InvitationPlans: Send + Sync {
    /// How far something was looked at to plan invitations; `None` before the first time.
    fn find_planning_mark(&self, name: &str) -> Result<Option<i64>>;
    /// Keeps what was planned together with how far that was looked at. Ids are ignored.
    fn plan_invitations(&self, planned: &[PlannedInvitation], mark: (&str, i64)) -> Result<()>;
    /// The earliest first, of one moment the highest priority.
    fn list_due_invitations(&self, now: i64, limit: u32) -> Result<Vec<PlannedInvitation>>;
    fn postpone_invitations(&self, ids: &[u64], until: i64) -> Result<()>;
    /// Takes plans away and counts what became of them.
    fn end_planned_invitations(&self, ended: &[(u64, SurveyId, PlanEnd)]) -> Result<()>;
    fn count_planned_invitations(&self, survey: SurveyId) -> Result<PlanCounts>;
}
