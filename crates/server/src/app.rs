//! The application: an opened data directory with everything that answers from it.

use std::convert::Infallible;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ports::{
    ActivityCatalogue, AnnotationStore, AnonymousAnswers, AuditEntry, AuditLog, Clock, ContactKey, ContactLedger,
    ContactRefusals, CustomerNames, CustomerStore, EventState, Files, InvitationPlans, KeyStore, MailStore,
    MetricStore, OrganisationStore, Outbox, PeopleStore, QuestionStore, RateStore, SegmentStore, SurveyStore,
    TopicStore, UnitStore,
};
use domain::{Error, Identifier, Result};
use events::intake::{FreeText, IntakeSettings, PropertyMeanings};
use events::{EventLog, LogSettings};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::answer::RequestIds;
use crate::auth::{Identity, KeyRing, SessionRing, new_secret};
use crate::collect::{BodyBudget, Watchers};
use crate::data_dir::{DataDir, RunningServer};
use crate::error::ApiError;
use crate::journeys::KnownOddities;
use crate::listening::{KeptComments, Pace, Topics};
use crate::mail::Mailer;
use crate::outbox::Relay;
use crate::people::{Passwords, Setup, Throttle};
use crate::secret::Secret;
use crate::settings::Settings;
use crate::telemetry::Telemetry;
use crate::waiting::{Asked, Waiting};

/// The state behind its ports.
#[derive(Clone)]
pub struct State {
    pub events: Arc<dyn EventState>,
    pub customers: Arc<dyn CustomerStore>,
    pub names: Arc<dyn CustomerNames>,
    pub questions: Arc<dyn QuestionStore>,
    pub segments: Arc<dyn SegmentStore>,
    pub annotations: Arc<dyn AnnotationStore>,
    pub anonymous: Arc<dyn AnonymousAnswers>,
    pub metrics: Arc<dyn MetricStore>,
    pub surveys: Arc<dyn SurveyStore>,
    pub mail: Arc<dyn MailStore>,
    pub refusals: Arc<dyn ContactRefusals>,
    pub contacts: Arc<dyn ContactLedger>,
    pub plans: Arc<dyn InvitationPlans>,
    pub outbox: Arc<dyn Outbox>,
    pub topics: Arc<dyn TopicStore>,
    pub keys: Arc<dyn KeyStore>,
    pub audit: Arc<dyn AuditLog>,
    pub organisation: Arc<dyn OrganisationStore>,
    pub activities: Arc<dyn ActivityCatalogue>,
    pub units: Arc<dyn UnitStore>,
    pub rates: Arc<dyn RateStore>,
    pub people: Arc<dyn PeopleStore>,
}

impl State {
    /// One store that answers for all of it.
    pub fn of<S>(store: Arc<S>) -> State
    where
        S: EventState
            + CustomerStore
            + CustomerNames
            + QuestionStore
            + SegmentStore
            + AnnotationStore
            + AnonymousAnswers
            + MetricStore
            + SurveyStore
            + MailStore
            + ContactRefusals
            + ContactLedger
            + InvitationPlans
            + Outbox
            + TopicStore
            + KeyStore
            + AuditLog
            + OrganisationStore
            + ActivityCatalogue
            + UnitStore
            + RateStore
            + PeopleStore
            + 'static,
    {
        State {
            events: store.clone(),
            customers: store.clone(),
            names: store.clone(),
            questions: store.clone(),
            segments: store.clone(),
            annotations: store.clone(),
            anonymous: store.clone(),
            metrics: store.clone(),
            surveys: store.clone(),
            mail: store.clone(),
            refusals: store.clone(),
            contacts: store.clone(),
            plans: store.clone(),
            outbox: store.clone(),
            topics: store.clone(),
            keys: store.clone(),
            audit: store.clone(),
            organisation: store.clone(),
            activities: store.clone(),
            units: store.clone(),
            rates: store.clone(),
            people: store,
        }
    }
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX)
    }
}

/// Everything a request may need. Cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
    /// Whether somebody waits for what this is asked; always, outside of a question.
    pub(crate) waiting: Waiting,
}

pub struct Inner {
    pub settings: Settings,
    pub log: EventLog,
    pub state: State,
    pub clock: Arc<dyn Clock>,
    pub keys: KeyRing,
    pub sessions: SessionRing,
    pub passwords: Passwords,
    pub attempts: Throttle,
    pub(crate) setup: Setup,
    pub telemetry: Telemetry,
    pub bodies: BodyBudget,
    pub(crate) watchers: Watchers,
    pub(crate) oddities: KnownOddities,
    pub(crate) request_ids: RequestIds,
    pub(crate) relay: Relay,
    pub(crate) mailer: Mailer,
    pub(crate) pace: Pace,
    /// Held by whoever judges whether customers may be contacted, until it is noted that they are.
    pub(crate) contacting: Mutex<()>,
    pub(crate) comments: KeptComments,
    pub(crate) topics: Topics,
    queries: Semaphore,
    intake: RwLock<IntakeSettings>,
    pub(crate) secret: Secret,
    owner_token: String,
    url: RwLock<Option<String>>,
    is_stopping: AtomicBool,
    is_closed: AtomicBool,
    directory: DataDir,
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.inner
    }
}

impl App {
    /// Owns a data directory and opens what is in it, waiting up to `patience` for a process that is about to let it go.
    /// Blocks: call it, and drop the last clone, outside of asynchronous code.
    pub fn open(settings: Settings, patience: Duration) -> Result<App> {
        let directory = DataDir::open(&settings.data_dir, patience)?;
        let state_url = match &settings.state_url {
            Some(text) => text.parse()?,
            None => store::StateUrl::file(settings.data_dir.join("state.db")),
        };
        let store = Arc::new(store::Store::open(&state_url)?);
        let files = Arc::new(events::files::DiskFiles);
        App::assemble(settings, directory, State::of(store), files, Arc::new(SystemClock))
    }

    /// An application over parts that are chosen one by one, for tests.
    pub fn assemble(
        settings: Settings,
        directory: DataDir,
        state: State,
        files: Arc<dyn Files>,
        clock: Arc<dyn Clock>,
    ) -> Result<App> {
        let mut log_settings = LogSettings::new(&settings.data_dir);
        log_settings.queue_bytes = settings.queue_bytes;
        log_settings.dead_letter_bytes = settings.dead_letter_bytes;
        let meanings = PropertyMeanings::default();
        log_settings.free_text = FreeText::new(&meanings.texts);
        log_settings.timeline_properties = settings.timeline_properties.clone();
        let log = EventLog::open(log_settings, files, state.events.clone(), clock.clone())?;
        let secret = directory.secret()?;
        let keyed = state.contacts.key_contacts(&|hash| contact_key(&secret, hash))?;
        if keyed > 0 {
            tracing::info!(keyed, "contacts are found by keys now");
        }
        let owner_token = new_secret();
        let keys = KeyRing::new(&owner_token);
        keys.replace(&state.keys.list_keys()?);
        let sessions = SessionRing::default();
        let now = clock.now_ms();
        sessions.refresh(|| Ok((state.people.list_users()?, state.people.list_sessions(now)?)))?;
        let setup = Setup::new(&state.people.list_users()?);
        let mut intake = IntakeSettings::new(meanings);
        intake.currency = Some(state.organisation.find_organisation()?.currency);
        let inner = Inner {
            queries: Semaphore::new(settings.concurrent_queries.max(1)),
            bodies: BodyBudget::new(settings.body_bytes),
            comments: KeptComments::new(&settings.data_dir),
            topics: Topics::load(&*state.topics)?,
            watchers: Watchers::default(),
            oddities: KnownOddities::default(),
            settings,
            log,
            state,
            clock,
            keys,
            sessions,
            passwords: Passwords::default(),
            attempts: Throttle::default(),
            setup,
            telemetry: Telemetry::default(),
            request_ids: RequestIds::default(),
            relay: Relay::default(),
            mailer: Mailer::default(),
            pace: Pace::default(),
            contacting: Mutex::default(),
            intake: RwLock::new(intake),
            secret,
            owner_token,
            url: RwLock::default(),
            is_stopping: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
            directory,
        };
        let app = App { inner: Arc::new(inner), waiting: Waiting::default() };
        // What was recorded before the process ended and had not been moved.
        app.relay_events();
        Ok(app)
    }

    /// With this key the owner of the data directory may do everything while this process runs.
    pub fn owner_token(&self) -> &str {
        &self.owner_token
    }

    /// Tells commands on this machine that a server answers at `url`.
    pub fn announce(&self, url: &str) -> Result<()> {
        *self.url.write().unwrap_or_else(PoisonError::into_inner) = Some(url.to_owned());
        self.directory.announce_server(&RunningServer { url: url.to_owned(), token: self.owner_token.clone() })
    }

    /// Where browsers find this installation, without a slash at the end: the configured address, or the one on which it
    /// answers; none in a process that does not.
    pub fn base_url(&self) -> Option<String> {
        let announced = || self.url.read().unwrap_or_else(PoisonError::into_inner).clone();
        let url = self.settings.public_url.clone().or_else(announced)?;
        Some(url.trim_end_matches('/').to_owned())
    }

    /// Where the first person sets the installation up, as long as there is no owner. The token is after the `#`, which
    /// browsers do not send: no proxy writes it down.
    pub fn setup_url(&self) -> Option<String> {
        let token = self.setup.token()?;
        Some(format!("{}/setup#token={token}", self.base_url().unwrap_or_default()))
    }

    pub fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
        self.directory.forget_server();
    }

    /// Commits what was acknowledged to its final place and stops the threads of the log. Blocks.
    /// Once is enough.
    pub fn close(&self) -> Result<()> {
        self.stop();
        if self.is_closed.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        self.log.close()
    }

    /// How to read the events that come from somebody.
    pub fn intake_settings(&self, from: Option<&Identity>) -> IntakeSettings {
        let mut settings = self.intake.read().unwrap_or_else(PoisonError::into_inner).clone();
        settings.default_channel = from.and_then(|identity| identity.channel.clone());
        settings.default_unit = from.and_then(|identity| identity.unit.clone());
        settings
    }

    /// By what contacts of somebody with these identifiers are found.
    pub(crate) fn contact_keys<'i>(&self, identifiers: impl IntoIterator<Item = &'i Identifier>) -> Vec<ContactKey> {
        let hash = |identifier: &Identifier| URL_SAFE_NO_PAD.encode(Sha256::digest(identifier.to_string()));
        identifiers.into_iter().map(|identifier| contact_key(&self.secret, &hash(identifier))).collect()
    }

    /// Takes over the currency of amounts that come without one.
    pub(crate) fn set_currency(&self, currency: &str) {
        self.intake.write().unwrap_or_else(PoisonError::into_inner).currency = Some(currency.to_owned());
    }

    /// Runs something that blocks on a thread where it may.
    pub async fn blocking<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&App) -> Result<T> + Send + 'static,
    {
        let app = self.clone();
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(answer) => answer.map_err(ApiError::from),
            Err(cause) => Err(Error::internal("a use case ended early").caused_by(cause).into()),
        }
    }

    /// Runs a question about journeys; when too many are being answered it waits its turn. It ends early when nobody waits for
    /// the answer any more.
    pub async fn query<T, F>(&self, question: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&App) -> Result<T> + Send + 'static,
    {
        let asked = Asked::of(App { inner: self.inner.clone(), waiting: Waiting::default() });
        let _turn = self.queries.acquire().await;
        let answer = asked.app().blocking(question).await;
        asked.end();
        answer
    }

    /// Whether nobody waits any more for the answer to the question that this was handed to.
    pub fn is_left(&self) -> bool {
        self.waiting.is_over()
    }

    /// The line that the audit keeps about a change.
    pub fn audit_entry(&self, by: &Identity, action: &str, subject: &str, detail: serde_json::Value) -> AuditEntry {
        self.audit_entry_of(&by.name, action, subject, detail)
    }

    /// The line about a change by somebody who is not known to the door yet.
    pub fn audit_entry_of(&self, actor: &str, action: &str, subject: &str, detail: serde_json::Value) -> AuditEntry {
        AuditEntry {
            at: self.clock.now_ms(),
            actor: actor.to_owned(),
            action: action.to_owned(),
            subject: subject.to_owned(),
            detail: detail.to_string(),
        }
    }
}

/// The key of a contact, out of the plain hash of its identifier: what was kept before there were keys gets its key too.
fn contact_key(secret: &Secret, hash: &str) -> ContactKey {
    ContactKey(URL_SAFE_NO_PAD.encode(secret.sign("contact", hash)))
}

impl FromRequestParts<App> for App {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Infallible> {
        Ok(app.clone())
    }
}
