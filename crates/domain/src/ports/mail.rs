//! Invitations that leave by e-mail: the queue of messages, and what is remembered of those that left.

use super::{Contact, ContactRefusal, KeptSurvey, SurveyInvitation};
use crate::error::Result;
use crate::event::IncomingEvent;
use crate::ids::{MailId, SurveyInvitationId};

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailState {
    /// It waits for its turn.
    Queued,
    /// The mail server took it.
    Sent,
    /// The address takes no mail, said the mail server, at once or in a message that came back.
    Bounced,
    /// Whoever got it called it unwanted.
    Complained,
    /// Whoever got it wants no further one.
    Unsubscribed,
    /// It was not sent because the address had been refused meanwhile.
    LeftOut,
    /// It was not sent: refused for what it is, tried for too long, or no use any more.
    Failed,
}

impl MailState {
    pub const ALL: [MailState; 7] = [
        MailState::Queued,
        MailState::Sent,
        MailState::Bounced,
        MailState::Complained,
        MailState::Unsubscribed,
        MailState::LeftOut,
        MailState::Failed,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            MailState::Queued => "queued",
            MailState::Sent => "sent",
            MailState::Bounced => "bounced",
            MailState::Complained => "complained",
            MailState::Unsubscribed => "unsubscribed",
            MailState::LeftOut => "left_out",
            MailState::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<MailState> {
        MailState::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// The message of an invitation, on its way into the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// Random.
    pub id: MailId,
    /// The `Message-ID`, without its brackets: the same at every attempt, and nobody can guess it.
    pub message_id: String,
    /// Hexadecimal SHA-256 of the secret in the link by which no further mail is asked for.
    pub unsubscribe_hash: String,
    /// An e-mail address, as identifiers have it.
    pub address: String,
    /// What it takes to write the message, secrets included, as text of whoever writes it. Forgotten when the message leaves.
    pub content: String,
    /// Whether nothing may tie the address to the invitation once the message left.
    pub is_anonymous: bool,
    pub created_at: i64,
}

/// A message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedMail {
    pub id: MailId,
    pub message_id: String,
    pub address: String,
    pub content: String,
    pub is_anonymous: bool,
    pub created_at: i64,
    /// How often it was tried.
    pub attempts: u32,
    pub invitation: SurveyInvitation,
    pub survey: KeptSurvey,
}

/// What is remembered of a message, whatever became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMail {
    pub id: MailId,
    pub address: String,
    pub state: MailState,
    /// None once a message left that belongs to nobody.
    pub invitation: Option<SurveyInvitationId>,
    pub is_anonymous: bool,
}

/// The end of a message in the queue.
#[derive(Clone, Debug)]
pub struct MailEnding<'a> {
    pub id: MailId,
    pub state: MailState,
    /// UTC milliseconds; of a message that belongs to nobody, the beginning of the day.
    pub at: i64,
    /// Under which a message that belongs to nobody is kept from here on, so that its place tells nothing of its invitation.
    pub new_id: MailId,
    /// Why it was not sent, if it was not.
    pub problem: Option<&'a str>,
    pub refusal: Option<&'a ContactRefusal>,
    /// The contact that it would have been, where it reached nobody: it is forgotten.
    pub no_contact: Option<&'a Contact>,
    /// What goes to the timeline.
    pub events: &'a [IncomingEvent],
}

/// The queue of e-mail. A mutating method takes the events that it records and writes them in its transaction.
pub trait MailStore: Send + Sync {
    /// Those whose turn has come at `now`, the longest due first.
    fn list_due_mail(&self, now: i64, limit: u32) -> Result<Vec<QueuedMail>>;
    /// How many wait, due or not.
    fn count_queued_mail(&self) -> Result<u64>;
    /// Puts a message off until `due_at` and counts the attempt.
    fn defer_mail(&self, id: MailId, due_at: i64, problem: &str) -> Result<()>;
    /// Lets a message wait until `due_at`. It is no attempt.
    fn postpone_mail(&self, id: MailId, due_at: i64) -> Result<()>;
    /// Takes a message out of the queue and forgets its content, and of one that belongs to nobody the invitation. Says whether it
    /// was in the queue.
    fn end_mail(&self, ending: &MailEnding<'_>) -> Result<bool>;
    fn find_mail(&self, message_id: &str) -> Result<Option<KnownMail>>;
    /// Those of some addresses at which somebody answered an invitation that was sent there, in the order of `addresses`.
    fn find_answering_addresses(&self, addresses: &[String]) -> Result<Vec<String>>;
    fn find_mail_to_unsubscribe(&self, unsubscribe_hash: &str) -> Result<Option<KnownMail>>;
    /// Notes what was heard of a message that left, with its refusal and events, unless that is known already; says whether it
    /// was news. Of a message that still waits only the refusal is noted.
    fn report_mail(
        &self,
        id: MailId,
        state: MailState,
        refusal: &ContactRefusal,
        events: &[IncomingEvent],
    ) -> Result<bool>;
}
