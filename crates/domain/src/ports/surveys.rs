//! Surveys, who was invited to them, and what was answered.

use serde::{Deserialize, Serialize};

use super::{AuditEntry, Contact, NewMail};
use crate::error::Result;
use crate::event::IncomingEvent;
use crate::identifier::Identifier;
use crate::ids::{EventId, SurveyId, SurveyInvitationId, SurveyResponseId};

/// Whether a survey takes answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SurveyState {
    /// It is being written; nobody can answer.
    Draft,
    Open,
    /// It takes no answers any more. It may open again.
    Closed,
}

impl SurveyState {
    pub const ALL: [SurveyState; 3] = [SurveyState::Draft, SurveyState::Open, SurveyState::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            SurveyState::Draft => "draft",
            SurveyState::Open => "open",
            SurveyState::Closed => "closed",
        }
    }

    pub fn parse(text: &str) -> Option<SurveyState> {
        SurveyState::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A survey as it is kept: its newest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSurvey {
    pub id: SurveyId,
    /// The name in its file. Unique, whatever its case; it never changes.
    pub name: String,
    /// The file, as JSON.
    pub definition: String,
    /// 1 when it is created; each change of the definition adds one.
    pub version: u32,
    pub state: SurveyState,
    /// The secret part of the address at which whoever has it answers without being known.
    pub link_token: String,
    pub created_by: String,
    pub created_at: i64,
    pub updated_at: i64,
}

/// How many people came how far with a survey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SurveyCounts {
    pub invitations: u64,
    /// Invitations whose page was seen, whatever came after.
    pub shown: u64,
    /// Invitations by which somebody began to answer.
    pub started: u64,
    /// Invitations by which an answer was sent.
    pub answered: u64,
    /// Answers that were begun and not sent.
    pub partial: u64,
    pub complete: u64,
    /// Of those that were sent the ones with marks.
    pub marked: u64,
    /// Invitations that were refused.
    pub refused: u64,
    /// By the open link, of whoever has it.
    pub open: OpenLinkCounts,
}

/// How far people came by the open link of a survey. Nobody is known, so one person may be counted more than once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenLinkCounts {
    /// Pages that somebody saw.
    pub shown: u64,
    /// Pages on which somebody began to answer.
    pub started: u64,
    /// Answers that were sent.
    pub answered: u64,
}

/// What came by the open link on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenLinkDay {
    /// UTC milliseconds: the beginning of the organisation's day.
    pub day: i64,
    pub counts: OpenLinkCounts,
}

/// What an answer is about: the encounter that the customer has just lived.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SurveySubject {
    /// `channel:activity`.
    pub touchpoint: Option<String>,
    pub unit: Option<String>,
    /// The event that led to the invitation.
    pub cause: Option<EventId>,
}

/// A link that one person can answer by, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyInvitation {
    pub id: SurveyInvitationId,
    pub survey: SurveyId,
    /// Hexadecimal SHA-256 of the secret in the link.
    pub token_hash: String,
    /// Whom the answer belongs to; nobody, for a link that is only for one use.
    pub identifiers: Vec<Identifier>,
    /// What may stand in the texts: traits by name.
    pub traits: Vec<(String, String)>,
    pub subject: SurveySubject,
    /// The channel that brings the link: `email`, `sms`, `link` …
    pub channel: String,
    pub created_at: i64,
    pub expires_at: i64,
    pub shown_at: Option<i64>,
    pub started_at: Option<i64>,
    pub answered_at: Option<i64>,
    pub refused_at: Option<i64>,
}

impl SurveyInvitation {
    /// Whether the answer is nobody's: then nothing of the invitation is kept with it.
    pub fn is_anonymous(&self) -> bool {
        self.identifiers.is_empty()
    }
}

/// What is written when people are invited.
#[derive(Clone, Copy, Debug, Default)]
pub struct SurveyInviting<'a> {
    pub invitations: &'a [SurveyInvitation],
    /// None, or what brings each of them by e-mail, in their order.
    pub messages: &'a [NewMail],
    /// The contacts that they are.
    pub contacts: &'a [Contact],
    /// What goes to the timeline.
    pub events: &'a [IncomingEvent],
}

/// How far an invitation came. Each happens once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationStep {
    Shown,
    Started,
    /// Begun, and not sent for a day. The answer may still come.
    Abandoned,
    Refused,
}

/// What somebody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyResponse {
    pub id: SurveyResponseId,
    pub survey: SurveyId,
    /// The version that was answered.
    pub version: u32,
    /// Hexadecimal SHA-256 of what the page that was filled in calls itself by, so that sending it again changes the same
    /// answer.
    pub page_hash: String,
    /// The invitation of an answer that belongs to a customer.
    pub invitation: Option<SurveyInvitationId>,
    pub is_complete: bool,
    /// By question, a JSON object.
    pub answers: String,
    /// Of the texts that were shown.
    pub language: String,
    pub subject: SurveySubject,
    pub channel: String,
    /// Why it may not be what a customer thought: `again`, `robot`, `straight`, `fast`.
    pub marks: Vec<String>,
    /// UTC milliseconds; of an answer that belongs to nobody, the beginning of the day.
    pub answered_at: i64,
}

/// What is written when an answer comes.
#[derive(Clone, Debug)]
pub struct SurveyAnswering<'a> {
    /// Its id is random and used unless there is an earlier part of the answer.
    pub response: &'a SurveyResponse,
    /// The invitation that it uses up, also where the answer does not tell by which.
    pub invitation: Option<SurveyInvitationId>,
    /// The moment, for the invitation.
    pub at: i64,
    /// Whether it came by the open link: then it is counted on its day.
    pub is_by_open_link: bool,
    /// What goes to the timeline.
    pub events: &'a [IncomingEvent],
    /// What a complete answer chose.
    pub chosen: &'a [SurveyChoice],
    /// A complete answer beyond any of these is not kept.
    pub quotas: &'a [SurveyQuota],
}

/// A choice of a question.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SurveyChoice {
    pub question: String,
    pub choice: String,
}

/// Most complete answers that a survey takes: in all, or of those with a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveyQuota {
    pub most: u64,
    pub of: Option<SurveyChoice>,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It is kept.
    Kept(SurveyResponseId),
    /// The same page, or somebody with the same invitation, had sent its answer already: that one counts.
    Before,
    /// The survey has as many such answers as it wants.
    Full,
}

/// Surveys. A mutating method takes the events that it records and writes them in its transaction.
pub trait SurveyStore: Send + Sync {
    /// By id.
    fn list_surveys(&self) -> Result<Vec<(KeptSurvey, SurveyCounts)>>;
    /// Those that take answers, by id.
    fn list_open_surveys(&self) -> Result<Vec<KeptSurvey>>;
    /// `NotFound` when there is none.
    fn find_survey(&self, id: SurveyId) -> Result<KeptSurvey>;
    fn count_survey(&self, id: SurveyId) -> Result<SurveyCounts>;
    fn find_survey_by_link(&self, token: &str) -> Result<Option<KeptSurvey>>;
    /// The definition of a version. `NotFound` when there is none.
    fn find_survey_version(&self, id: SurveyId, version: u32) -> Result<String>;
    /// `Conflict` when a survey has the name. Id and version in `survey` are ignored.
    fn create_survey(&self, survey: &KeptSurvey, audit: &AuditEntry) -> Result<KeptSurvey>;
    /// Makes the definition a further version. `NotFound`; `Conflict` when the newest version is not that in `survey`.
    fn update_survey(&self, survey: &KeptSurvey, audit: &AuditEntry) -> Result<KeptSurvey>;
    /// `NotFound` when there is no such survey.
    fn set_survey_state(&self, id: SurveyId, state: SurveyState, at: i64, audit: &AuditEntry) -> Result<KeptSurvey>;

    /// Makes links, all or none, with what goes along. Their ids are ignored.
    fn create_survey_invitations(
        &self,
        inviting: &SurveyInviting<'_>,
        audit: &AuditEntry,
    ) -> Result<Vec<SurveyInvitationId>>;
    fn find_survey_invitation(&self, token_hash: &str) -> Result<Option<SurveyInvitation>>;
    /// `NotFound` when there is none.
    fn read_survey_invitation(&self, id: SurveyInvitationId) -> Result<SurveyInvitation>;
    /// Invitations of customers that were begun before `before` and neither sent, refused nor taken for abandoned, the oldest
    /// first.
    fn list_begun_invitations(&self, before: i64, limit: u32) -> Result<Vec<SurveyInvitation>>;
    /// Notes how far an invitation came, with its events, unless that is known already; says whether it was news.
    fn record_survey_step(
        &self,
        id: SurveyInvitationId,
        step: InvitationStep,
        at: i64,
        events: &[IncomingEvent],
    ) -> Result<bool>;

    /// Counts a page that somebody saw by the open link, on a day.
    fn count_open_link(&self, survey: SurveyId, day: i64) -> Result<()>;
    /// What came by the open link since a day, by day.
    fn list_open_link_days(&self, survey: SurveyId, since: i64) -> Result<Vec<OpenLinkDay>>;
    /// Keeps an answer, or what is there of it so far. A partial answer never replaces a complete one.
    fn record_survey_answer(&self, answering: &SurveyAnswering<'_>) -> Result<Answered>;
    /// The answers of a survey, the newest first, those after `before`; only those with or without marks where that is told.
    fn list_survey_responses(
        &self,
        survey: SurveyId,
        before: Option<SurveyResponseId>,
        limit: u32,
        is_marked: Option<bool>,
    ) -> Result<Vec<SurveyResponse>>;
}

/// Events that changes of the state record, on their way to the event log.
pub trait Outbox: Send + Sync {
    /// The oldest first, each with its number.
    fn list_outbox(&self, limit: u32) -> Result<Vec<(u64, IncomingEvent)>>;
    /// Forgets what the log has: everything up to this number.
    fn forget_outbox(&self, last: u64) -> Result<()>;
}
