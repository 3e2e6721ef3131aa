//! What the crates below ask of the outside, as traits. Every call blocks: asynchronous callers use a blocking thread.

mod annotations;
mod anonymous;
mod contact;
mod event_state;
mod mail;
mod metrics;
mod refusals;
mod surveys;
mod topics;

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use self::annotations::{Annotation, AnnotationKind, AnnotationStore};
pub use self::anonymous::{AnonymousAnswer, AnonymousAnswers, AnonymousCounts};
pub use self::contact::{Contact, ContactKey, ContactLedger, InvitationPlans, PlanCounts, PlanEnd, PlannedInvitation};
pub use self::event_state::{
    Catalogue, CodedName, Counts, DataFile, DataFileKind, DeadCount, DeadFilter, Dictionary, EventState, IdentityMerge,
    LoadedState, LogChanges, MergeRule, NewIdentifier, PersonalValues, PropertySeen, PropertyType, Sequences,
    TraitsSeen, UndoneMerge,
};
pub use self::mail::{KnownMail, MailEnding, MailState, MailStore, NewMail, QueuedMail};
pub use self::metrics::{KeptMetric, MetricStore};
pub use self::refusals::{ContactRefusal, ContactRefusals, RefusalReason};
pub use self::surveys::{
    Answered, InvitationStep, KeptSurvey, OpenLinkCounts, OpenLinkDay, Outbox, SurveyAnswering, SurveyChoice,
    SurveyCounts, SurveyInvitation, SurveyInviting, SurveyQuota, SurveyResponse, SurveyState, SurveyStore,
    SurveySubject,
};
pub use self::topics::{KeptTopic, KeptTopics, TopicStore};
use crate::error::Result;
use crate::ids::{CustomerId, InvitationId, KeyId, NodeId, QuestionId, SegmentId, SessionId, SourceId, UserId};
use crate::money::{Currency, ExchangeRate};
use crate::people::{Acceptance, Invitation, Session, User, UserChange};
use crate::time::{Calendar, Day};
use crate::units::Unit;

/// Tells the time. The only source of "now".
pub trait Clock: Send + Sync {
    /// UTC milliseconds.
    fn now_ms(&self) -> i64;
}

/// The file system of a data directory. A power loss may undo everything that was not synced, entries of directories
/// included: a new, renamed or removed file is durable only after `sync_dir` of its folder.
pub trait Files: Send + Sync {
    fn create_dir_all(&self, dir: &Path) -> io::Result<()>;
    /// Makes a new, empty file or empties the one that is there.
    fn create(&self, path: &Path) -> io::Result<Box<dyn WritableFile>>;
    /// Cuts a file to `len` bytes; durable when it returns.
    fn truncate(&self, path: &Path, len: u64) -> io::Result<()>;
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The whole file as bytes that cost no heap (mapped where the platform can). The file must not change any more.
    fn map(&self, path: &Path) -> io::Result<bytes::Bytes>;
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Names of the files in a folder, sorted; empty when there is no folder.
    fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>>;
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
}

/// A file being written from its start to its end.
pub trait WritableFile: io::Write + Send {
    /// Returns when every byte written so far is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

/// What is known of customers beside their events.
pub trait CustomerStore: Send + Sync {
    /// Identifiers with exactly this value, of any kind (the value is also tried as e-mail and phone would normalise it).
    fn find_identifiers(&self, value: &str) -> Result<Vec<NewIdentifier>>;
    fn list_identifiers(&self, nodes: &[NodeId]) -> Result<Vec<NewIdentifier>>;
    /// Merges, undone ones included, that touch one of the nodes.
    fn list_merges(&self, nodes: &[NodeId]) -> Result<Vec<IdentityMerge>>;
    /// The latest value of each trait over the nodes.
    fn list_traits(&self, nodes: &[NodeId]) -> Result<Vec<Trait>>;
    /// The traits of each node that are part of a name, those learnt first before those learnt last.
    fn list_name_traits(&self, nodes: &[NodeId]) -> Result<Vec<(NodeId, Trait)>>;
}

/// Finding customers by a part of what they are known by.
pub trait CustomerNames: Send + Sync {
    /// Words of names, as [`name_words`](crate::customer_name::name_words) has them, that begin with `prefix`, with the nodes
    /// that were ever called so, in the order of their bytes; at most `limit`.
    fn find_name_words(&self, prefix: &str, limit: u32) -> Result<Vec<(String, NodeId)>>;
    /// Every word of every name that these nodes were ever called by.
    fn list_name_words(&self, nodes: &[NodeId]) -> Result<Vec<(String, NodeId)>>;
    /// Identifiers of any kind whose value begins with `prefix`, in the order of the bytes of their values; at most `limit`.
    fn find_identifiers_from(&self, prefix: &str, limit: u32) -> Result<Vec<NewIdentifier>>;
}

/// A fact about a customer with where and when it was learnt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trait {
    pub name: String,
    /// A JSON value.
    pub value: String,
    pub source: SourceId,
    pub seen_at: i64,
}

/// Which view asks a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuestionView {
    Map,
    Paths,
    Funnel,
    Retention,
    Attribution,
    Effort,
    Frictions,
}

impl QuestionView {
    pub const ALL: [QuestionView; 7] = [
        QuestionView::Map,
        QuestionView::Paths,
        QuestionView::Funnel,
        QuestionView::Retention,
        QuestionView::Attribution,
        QuestionView::Effort,
        QuestionView::Frictions,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            QuestionView::Map => "map",
            QuestionView::Paths => "paths",
            QuestionView::Funnel => "funnel",
            QuestionView::Retention => "retention",
            QuestionView::Attribution => "attribution",
            QuestionView::Effort => "effort",
            QuestionView::Frictions => "frictions",
        }
    }

    pub fn parse(text: &str) -> Option<QuestionView> {
        QuestionView::ALL.into_iter().find(|view| view.as_str() == text)
    }
}

/// A question about journeys that the organisation keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuestion {
    pub id: QuestionId,
    /// Unique among the questions that are kept, whatever its case.
    pub name: String,
    pub view: QuestionView,
    /// What the view asks, as a JSON object.
    pub question: String,
    pub created_by: String,
    pub created_at: i64,
    pub updated_at: i64,
    /// 1 when it is created; each change adds one.
    pub revision: u64,
}

pub trait QuestionStore: Send + Sync {
    /// By id.
    fn list_questions(&self) -> Result<Vec<SavedQuestion>>;
    /// `NotFound` when there is no such question.
    fn find_question(&self, id: QuestionId) -> Result<SavedQuestion>;
    /// `Conflict` when a question has the name. The id in `question` is ignored.
    fn create_question(&self, question: &SavedQuestion, audit: &AuditEntry) -> Result<SavedQuestion>;
    /// `NotFound` when there is no such question; `Conflict` when its revision is not that in `question`, or another question
    /// has the name.
    fn update_question(&self, question: &SavedQuestion, audit: &AuditEntry) -> Result<SavedQuestion>;
    /// `NotFound` when there is no such question.
    fn delete_question(&self, id: QuestionId, at: i64, audit: &AuditEntry) -> Result<()>;
}

/// Customers by what they lived, found anew whenever somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub id: SegmentId,
    /// Unique among the segments that are kept, whatever its case.
    pub name: String,
    /// Who belongs to it: the query that lists them.
    pub customers: String,
    pub created_by: String,
    pub created_at: i64,
}

/// A segment never changes what it means; another meaning is another segment.
pub trait SegmentStore: Send + Sync {
    /// By id.
    fn list_segments(&self) -> Result<Vec<Segment>>;
    /// `NotFound` when there is no such segment.
    fn find_segment(&self, id: SegmentId) -> Result<Segment>;
    /// `Conflict` when a segment has the name. The id in `segment` is ignored.
    fn create_segment(&self, segment: &Segment, audit: &AuditEntry) -> Result<Segment>;
    /// `NotFound` when there is no such segment.
    fn delete_segment(&self, id: SegmentId, at: i64, audit: &AuditEntry) -> Result<()>;
}

/// What a key may do: each scope includes nothing of the others, except that `Admin` may do everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    Collect,
    Read,
    Admin,
}

impl Scope {
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Collect => "collect",
            Scope::Read => "read",
            Scope::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Scope> {
        [Scope::Collect, Scope::Read, Scope::Admin].into_iter().find(|scope| scope.as_str() == text)
    }
}

/// An access key; its secret is kept as a hash only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub id: KeyId,
    pub name: String,
    pub scope: Scope,
    /// Hexadecimal SHA-256 of the secret.
    pub secret_hash: String,
    /// The channel of events that come with this key and say none.
    pub channel: Option<String>,
    /// For a key that collects, the unit of events that say none; whoever reads with it sees only what lies below.
    pub unit: Option<String>,
    pub created_at: i64,
    pub revoked_at: Option<i64>,
}

pub trait KeyStore: Send + Sync {
    /// `Conflict` when a key that is not revoked has the name. The id in `key` is ignored; the stored one is returned.
    fn create_key(&self, key: &Key, audit: &AuditEntry) -> Result<KeyId>;
    fn list_keys(&self) -> Result<Vec<Key>>;
    /// `NotFound` when there is no such key.
    fn revoke_key(&self, id: KeyId, at: i64, audit: &AuditEntry) -> Result<()>;
}

/// One line of the record of who changed what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub at: i64,
    /// The key's name, the person's e-mail, or `command line`.
    pub actor: String,
    /// `key.create`, `customer.merge` …
    pub action: String,
    /// What it was done to: an id or a name.
    pub subject: String,
    /// A JSON object.
    pub detail: String,
}

pub trait AuditLog: Send + Sync {
    fn record_audit(&self, entry: &AuditEntry) -> Result<()>;
    /// The newest first.
    fn list_audit(&self, limit: u32) -> Result<Vec<AuditEntry>> {
        Ok(self.list_audit_before(None, limit)?.into_iter().map(|(_, entry)| entry).collect())
    }
    /// The newest first, each with its number, those below `before`.
    fn list_audit_before(&self, before: Option<u64>, limit: u32) -> Result<Vec<(u64, AuditEntry)>>;
}

/// What the organisation is called and how it counts days and money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub name: String,
    pub calendar: Calendar,
    /// ISO 4217 of the reports.
    pub currency: String,
    /// `es` or `en`.
    pub language: String,
}

pub trait OrganisationStore: Send + Sync {
    /// The defaults (UTC, Monday, EUR, en) until it is set.
    fn find_organisation(&self) -> Result<Organisation>;
    fn update_organisation(&self, organisation: &Organisation, audit: &AuditEntry) -> Result<()>;
}

/// The people who use the installation, where they are signed in, and the links that let them in.
///
/// Every change writes its line of the audit in the same transaction. A unit must be in the tree (`InvalidArgument`).
pub trait PeopleStore: Send + Sync {
    /// By id, disabled ones included.
    fn list_users(&self) -> Result<Vec<User>>;
    /// Makes the first owner and sets the organisation. `Conflict` when there is an owner already.
    fn set_up(&self, owner: &User, organisation: &Organisation, audit: &AuditEntry) -> Result<UserId>;
    /// Makes a person. `Conflict` when somebody has the e-mail already.
    fn create_user(&self, user: &User, audit: &AuditEntry) -> Result<UserId>;
    /// Changes a person. Ends all their sessions when role, unit or whether they are disabled changes. `NotFound`;
    /// `Conflict` when no enabled owner would be left.
    fn update_user(&self, id: UserId, change: &UserChange, audit: &AuditEntry) -> Result<User>;
    /// Gives a person another password, forgets the browsers that they have used and ends their sessions but `kept`.
    fn change_password(
        &self,
        id: UserId,
        password_hash: &str,
        kept: Option<SessionId>,
        audit: &AuditEntry,
    ) -> Result<()>;

    /// Those that have not expired at `now`.
    fn list_sessions(&self, now: i64) -> Result<Vec<Session>>;
    /// Begins a session in place of `replaced`. Sessions that have expired, and the oldest of a person beyond `most`, end.
    fn create_session(
        &self,
        session: &Session,
        replaced: Option<SessionId>,
        most: usize,
        audit: &AuditEntry,
    ) -> Result<()>;
    /// Notes that a session was used at this instant.
    fn touch_session(&self, id: SessionId, at: i64) -> Result<()>;
    /// Ends sessions of one person; those that have ended already are passed over.
    fn end_sessions(&self, user: UserId, ids: &[SessionId], audit: &AuditEntry) -> Result<()>;

    /// Remembers, by the hash of its token, a browser in which a person has signed in; the oldest beyond `most` are
    /// forgotten.
    fn remember_browser(&self, user: UserId, token_hash: &str, at: i64, most: usize) -> Result<()>;
    /// Whether a person has signed in in this browser before.
    fn knows_browser(&self, user: UserId, token_hash: &str) -> Result<bool>;

    /// By id, those included that are used, revoked or expired.
    fn list_invitations(&self) -> Result<Vec<Invitation>>;
    /// Makes a link; earlier ones for the same e-mail are revoked. `Conflict` when it invites somebody who is there already.
    fn create_invitation(&self, invitation: &Invitation, audit: &AuditEntry) -> Result<InvitationId>;
    /// `NotFound` when there is none that is open.
    fn revoke_invitation(&self, id: InvitationId, at: i64, audit: &AuditEntry) -> Result<()>;
    /// Uses a link: makes the person, or gives them another password and ends their sessions. `NotFound` when it is not
    /// open at `at`: of several that use it at once one wins.
    fn accept_invitation(&self, id: InvitationId, acceptance: &Acceptance, at: i64, audit: &AuditEntry)
    -> Result<User>;
}

/// The tree of units that the organisation has drawn.
pub trait UnitStore: Send + Sync {
    /// By name.
    fn list_units(&self) -> Result<Vec<Unit>>;
    /// Adds these units or changes them, all or none. `InvalidArgument` when the whole would be no tree.
    fn update_units(&self, units: &[Unit], audit: &AuditEntry) -> Result<()>;
    /// `NotFound` when there is no such unit; `Conflict` when units hang under it, or when a key that is not revoked or a
    /// person who is not disabled is bound to it.
    fn delete_unit(&self, name: &str, audit: &AuditEntry) -> Result<()>;
}

/// The exchange rates that the organisation has entered.
pub trait RateStore: Send + Sync {
    /// Into every reporting currency, by reporting currency, currency and day.
    fn list_rates(&self) -> Result<Vec<ExchangeRate>>;
    /// Enters these rates, all or none; a rate for the same currencies and day replaces the one before.
    fn update_rates(&self, rates: &[ExchangeRate], audit: &AuditEntry) -> Result<()>;
    /// `NotFound` when no rate of these currencies begins on this day.
    fn delete_rate(&self, reporting: Currency, currency: Currency, valid_from: Day, audit: &AuditEntry) -> Result<()>;
}

/// What an activity means for the analyses. Data that people edit, with defaults for the names of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActivityRole {
    Contact,
    Wait,
    Error,
    Purchase,
    Refund,
    Refusal,
}

impl ActivityRole {
    pub const ALL: [ActivityRole; 6] = [
        ActivityRole::Contact,
        ActivityRole::Wait,
        ActivityRole::Error,
        ActivityRole::Purchase,
        ActivityRole::Refund,
        ActivityRole::Refusal,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            ActivityRole::Contact => "contact",
            ActivityRole::Wait => "wait",
            ActivityRole::Error => "error",
            ActivityRole::Purchase => "purchase",
            ActivityRole::Refund => "refund",
            ActivityRole::Refusal => "refusal",
        }
    }

    pub fn parse(text: &str) -> Option<ActivityRole> {
        ActivityRole::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// What people said about an activity, over the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityEntry {
    pub name: String,
    pub role: Option<ActivityRole>,
    /// The property that holds the duration of a wait, in seconds.
    pub wait_property: Option<String>,
    /// The property that gives the reason.
    pub reason_property: Option<String>,
    /// Another spelling of this activity: its events count as that one's.
    pub alias_of: Option<String>,
}

pub trait ActivityCatalogue: Send + Sync {
    /// The entries that people edited.
    fn list_activity_entries(&self) -> Result<Vec<ActivityEntry>>;
    fn update_activity_entry(&self, entry: &ActivityEntry, audit: &AuditEntry) -> Result<()>;
}

/// What a merge or its end would change, before it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityPreview {
    /// Customers before.
    pub before: Vec<CustomerPart>,
    /// Customers after.
    pub after: Vec<CustomerPart>,
}

/// A customer as part of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPart {
    pub customer: CustomerId,
    pub nodes: Vec<NodeId>,
    pub events: u64,
}
