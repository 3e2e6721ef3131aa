//! Empties the queue: one message after the other over one connection, no faster than the settings say, again and again where
//! it does not work, and never to somebody who refused meanwhile.

use std::collections::HashSet;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::ports::{Contact, ContactRefusal, MailEnding, MailState, QueuedMail, RefusalReason, SurveyState};
use domain::survey::Opening;
use domain::time::{HOUR_MS, MINUTE_MS};
use domain::{Code, Identifier, IdentifierKind, MailId, Result};
use lettre::Address;
use serde_json::Map;
use tokio::sync::{Notify, watch};

use super::letter::{self, Letter};
use super::queue::{domain_of, new_mail_id, new_message_id};
use super::smtp::{Connection, Failure};
use crate::app::App;
use crate::listening::{CONTACT_FOR_SURVEYS, SurveyEvent, read_kept, start_of_day};
use crate::organisation::find_organisation;

/// How often the queue is looked at when nobody says that something is in it.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Messages read at once.
const BATCH: u32 = 50;
/// A message that did not leave within this time is given up.
const LONGEST_MS: i64 = 48 * HOUR_MS;
/// Pauses after failures grow threefold, from the first of these to the second.
const PAUSES_OF_A_MESSAGE_MS: (i64, i64) = (10_000, 4 * HOUR_MS);
const PAUSES_OF_THE_SERVER_MS: (i64, i64) = (1_000, 10 * MINUTE_MS);
/// Messages in a row over which the connection ended before it is taken for the server's fault.
const MOST_DROPPED: u32 = 3;
/// After so long in the queue a message is late, and the hour of the day is judged once more.
const LATE_MS: i64 = HOUR_MS;
/// How long the wait for the next message may be slept through before somebody looks whether the server stops.
const NAP: Duration = Duration::from_millis(50);

/// Whoever empties the queue, and what was counted doing so.
#[derive(Debug, Default)]
pub struct Mailer {
    wake: Notify,
    pauses: Mutex<Pauses>,
    /// Messages that the mail server took and of which that could not be noted: they are not sent again.
    taken: Mutex<HashSet<MailId>>,
    queued: AtomicU64,
    counts: [AtomicU64; COUNTED.len()],
}

/// What is counted, as the metrics call it.
const COUNTED: [&str; 5] = ["sent", "bounced", "failed", "left_out", "deferred"];

#[derive(Debug, Default)]
struct Pauses {
    /// Not before this instant is the mail server asked again.
    server_until: i64,
    server_failures: u32,
    /// Messages in a row over which the connection ended.
    dropped: u32,
    last_message: Option<Instant>,
}

impl Mailer {
    /// Says that something may be due.
    pub(crate) fn wake(&self) {
        self.wake.notify_one();
    }

    fn count(&self, what: &str) {
        if let Some(at) = COUNTED.iter().position(|counted| *counted == what) {
            self.counts[at].fetch_add(1, Ordering::Relaxed);
        }
    }

    fn pauses(&self) -> MutexGuard<'_, Pauses> {
        self.pauses.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> MutexGuard<'_, HashSet<MailId>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn write_metrics(&self, text: &mut String) {
        let _ = writeln!(text, "# HELP vivencia_mail_queued Messages that wait to be sent.");
        let _ = writeln!(text, "# TYPE vivencia_mail_queued gauge");
        let _ = writeln!(text, "vivencia_mail_queued {}", self.queued.load(Ordering::Relaxed));
        let _ = writeln!(text, "# HELP vivencia_mail_total What became of messages since the server started.");
        let _ = writeln!(text, "# TYPE vivencia_mail_total counter");
        for (outcome, count) in COUNTED.iter().zip(&self.counts) {
            let _ = writeln!(text, "vivencia_mail_total{{outcome=\"{outcome}\"}} {}", count.load(Ordering::Relaxed));
        }
    }
}

/// Empties the queue until the server stops.
pub async fn send_now_and_then(app: App, mut stopped: watch::Receiver<()>) {
    loop {
        let emptying = app.clone();
        let emptied = tokio::task::spawn_blocking(move || empty(&emptying)).await;
        if let Ok(Err(error)) = emptied {
            tracing::warn!(%error, "the queue of e-mail waits");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = app.mailer.wake.notified() => {}
            _ = stopped.changed() => return,
        }
    }
}

/// Sends what is due, once. Blocks.
pub fn send_due(app: &App) -> Result<()> {
    empty(app)
}

/// Sends what is due. Returns when nothing is, when the mail server cannot be used, or when this server stops. Blocks.
fn empty(app: &App) -> Result<()> {
    app.mailer.queued.store(app.state.mail.count_queued_mail()?, Ordering::Relaxed);
    if app.settings.mail.ready().is_err() || app.mailer.pauses().server_until > app.clock.now_ms() {
        return Ok(());
    }
    let mut connection = None;
    let emptied = empty_over(app, &mut connection);
    if let Some(connection) = connection {
        connection.close();
    }
    app.mailer.queued.store(app.state.mail.count_queued_mail()?, Ordering::Relaxed);
    emptied
}

fn empty_over(app: &App, connection: &mut Option<Connection>) -> Result<()> {
    loop {
        let due = app.state.mail.list_due_mail(app.clock.now_ms(), BATCH)?;
        if due.is_empty() {
            return Ok(());
        }
        for mail in due {
            if app.is_stopping() || !send(app, connection, &mail)? {
                return Ok(());
            }
        }
    }
}

/// What becomes of one message; false when no other can be sent now.
fn send(app: &App, connection: &mut Option<Connection>, mail: &QueuedMail) -> Result<bool> {
    if app.mailer.taken().contains(&mail.id) {
        end_sent(app, mail)?;
        return Ok(true);
    }
    if !app.state.refusals.find_refusals(&[address_of(mail)])?.is_empty() {
        end(app, mail, MailState::LeftOut, Some("the address was refused meanwhile"))?;
        return Ok(true);
    }
    let letter = match write(app, mail) {
        Ok(Ok(letter)) => letter,
        Ok(Err(why)) => {
            end(app, mail, MailState::Failed, Some(why))?;
            return Ok(true);
        }
        // The state may be there again later.
        Err(error) if error.code == Code::Unavailable => return Err(error),
        // No message may hold up the others for what it is.
        Err(error) => {
            tracing::warn!(mail = %mail.id, %error, "a message cannot be written");
            end(app, mail, MailState::Failed, Some(&error.detail))?;
            return Ok(true);
        }
    };
    if let Some(until) = find_next_hour(app, mail)? {
        app.state.mail.postpone_mail(mail.id, until)?;
        return Ok(true);
    }
    if !wait_for_turn(app) {
        return Ok(false);
    }
    let handed = hand_over(app, connection, &letter);
    if !matches!(handed, Err(Failure::Dropped(_) | Failure::Server(_))) {
        app.mailer.pauses().dropped = 0;
    }
    match handed {
        Ok(reply) => {
            tracing::debug!(mail = %mail.id, reply, "a message left");
            app.mailer.pauses().server_failures = 0;
            app.mailer.taken().insert(mail.id);
            end_sent(app, mail)?;
        }
        Err(Failure::Bounce(reply)) => end(app, mail, MailState::Bounced, Some(&reply))?,
        Err(Failure::Never(reply)) => end(app, mail, MailState::Failed, Some(&reply))?,
        Err(Failure::Later(reply)) => put_off(app, mail, &reply)?,
        Err(Failure::Dropped(reply)) => {
            // The others overtake it. Where it happens to one after the other, it is not the messages.
            put_off(app, mail, &reply)?;
            let mut pauses = app.mailer.pauses();
            pauses.dropped += 1;
            if pauses.dropped >= MOST_DROPPED {
                pauses.dropped = 0;
                drop(pauses);
                rest_from_server(app, &reply);
                return Ok(false);
            }
        }
        Err(Failure::Server(reply)) => {
            rest_from_server(app, &reply);
            // Nothing of it lies with the message, which keeps its place; only time runs out.
            if is_too_old(app, mail) {
                end(app, mail, MailState::Failed, Some(&reply))?;
            }
            return Ok(false);
        }
    }
    Ok(true)
}

/// The message, or why it is no use any more.
fn write(app: &App, mail: &QueuedMail) -> Result<Result<Letter, &'static str>> {
    let (survey, now) = (read_kept(&mail.survey.definition)?, app.clock.now_ms());
    match why_no_use(mail, survey.opening_at(now), now) {
        Some(why) => Ok(Err(why)),
        None => letter::write(app, mail, &survey).map(Ok),
    }
}

/// Why nobody could answer any more, if so.
fn why_no_use(mail: &QueuedMail, opening: Opening, now: i64) -> Option<&'static str> {
    let invitation = &mail.invitation;
    if invitation.answered_at.is_some() || invitation.refused_at.is_some() {
        return Some("the invitation was used meanwhile");
    }
    if invitation.expires_at <= now {
        return Some("the link ended before the message left");
    }
    let is_closed = mail.survey.state != SurveyState::Open || opening == Opening::Closed;
    is_closed.then_some("the survey was closed before the message left")
}

/// When a message that should have left before may leave by the hours of the contact rule, if not now. One that leaves when
/// somebody wants it to is up to them.
fn find_next_hour(app: &App, mail: &QueuedMail) -> Result<Option<i64>> {
    let now = app.clock.now_ms();
    if mail.attempts == 0 && now - mail.created_at < LATE_MS {
        return Ok(None);
    }
    let until = app.state.contacts.find_contact_rule()?.next_hour(now, &find_organisation(app)?.calendar.time_zone)?;
    Ok(Some(until).filter(|until| *until > now))
}

/// Waits until the next message may leave; false when the server stops meanwhile.
fn wait_for_turn(app: &App) -> bool {
    let gap = Duration::from_millis(60_000 / u64::from(app.settings.mail.per_minute.max(1)));
    let turn = app.mailer.pauses().last_message.map(|last| last + gap);
    while let Some(left) = turn.and_then(|turn| turn.checked_duration_since(Instant::now())) {
        if app.is_stopping() {
            return false;
        }
        std::thread::sleep(left.min(NAP));
    }
    app.mailer.pauses().last_message = Some(Instant::now());
    !app.is_stopping()
}

fn hand_over(app: &App, connection: &mut Option<Connection>, letter: &Letter) -> Result<String, Failure> {
    let mut open = match connection.take() {
        Some(open) => open,
        None => connect(app).map_err(|error| Failure::Server(error.detail))?,
    };
    let sent = open.send(&letter.from, &letter.to, &letter.bytes);
    if !open.is_broken() && !matches!(sent, Err(Failure::Server(_) | Failure::Dropped(_))) {
        *connection = Some(open);
    }
    sent
}

fn connect(app: &App) -> Result<Connection> {
    let (_, from) = app.settings.mail.ready()?;
    Connection::open(&app.settings.mail, &domain_of(app, from))
}

/// Sends a few plain lines at once; what the mail server said when it took them.
pub(super) fn send_test(app: &App, to: Address) -> Result<Result<String, String>> {
    let (_, from) = app.settings.mail.ready()?;
    let letter = letter::write_test(app, to, &new_message_id(&domain_of(app, from)))?;
    let mut connection = None;
    let sent = hand_over(app, &mut connection, &letter);
    if let Some(connection) = connection {
        connection.close();
    }
    Ok(sent.map_err(|failure| match failure {
        Failure::Server(reply)
        | Failure::Dropped(reply)
        | Failure::Later(reply)
        | Failure::Bounce(reply)
        | Failure::Never(reply) => reply,
    }))
}

fn put_off(app: &App, mail: &QueuedMail, reply: &str) -> Result<()> {
    if is_too_old(app, mail) {
        return end(app, mail, MailState::Failed, Some(reply));
    }
    app.mailer.count("deferred");
    let due_at = app.clock.now_ms() + pause(PAUSES_OF_A_MESSAGE_MS, mail.attempts);
    app.state.mail.defer_mail(mail.id, due_at, reply)
}

fn rest_from_server(app: &App, reply: &str) {
    let mut pauses = app.mailer.pauses();
    let pause = pause(PAUSES_OF_THE_SERVER_MS, pauses.server_failures);
    pauses.server_failures += 1;
    pauses.server_until = app.clock.now_ms() + pause;
    app.mailer.count("deferred");
    tracing::warn!(reply, pause_ms = pause, "the mail server cannot be used; it is tried again after a pause");
}

fn is_too_old(app: &App, mail: &QueuedMail) -> bool {
    app.clock.now_ms() - mail.created_at >= LONGEST_MS
}

fn pause((first, longest): (i64, i64), failures: u32) -> i64 {
    first.saturating_mul(3_i64.saturating_pow(failures)).min(longest)
}

fn address_of(mail: &QueuedMail) -> Identifier {
    Identifier { kind: IdentifierKind::Email, value: mail.address.clone() }
}

fn end_sent(app: &App, mail: &QueuedMail) -> Result<()> {
    end(app, mail, MailState::Sent, None)?;
    app.mailer.taken().remove(&mail.id);
    Ok(())
}

/// Takes a message out of the queue, with what the timeline of whoever was invited is told.
fn end(app: &App, mail: &QueuedMail, state: MailState, problem: Option<&str>) -> Result<()> {
    let now = app.clock.now_ms();
    let at = if mail.is_anonymous { start_of_day(app, now)? } else { now };
    let event = match state {
        MailState::Sent => Some(SurveyEvent::Sent),
        MailState::Bounced => Some(SurveyEvent::Bounced),
        _ => None,
    };
    let events = match event {
        Some(event) => event.of(app, &mail.survey, mail.survey.version, &mail.invitation, now, Map::new())?,
        None => Vec::new(),
    };
    let is_told = !mail.is_anonymous;
    let refusal = (state == MailState::Bounced).then(|| ContactRefusal {
        identifier: address_of(mail),
        reason: RefusalReason::Bounced,
        at,
        survey: is_told.then_some(mail.survey.id),
        invitation: is_told.then_some(mail.invitation.id),
    });
    // Whoever was not reached was not interrupted. Of an anonymous survey it is not known any more whose contact it was.
    let is_no_contact = state != MailState::Sent && !mail.invitation.is_anonymous();
    let no_contact = is_no_contact.then(|| Contact {
        keys: app.contact_keys(&mail.invitation.identifiers),
        at: mail.invitation.created_at,
        purpose: CONTACT_FOR_SURVEYS,
    });
    let (refusal, no_contact) = (refusal.as_ref(), no_contact.as_ref());
    let new_id = new_mail_id();
    let ending = MailEnding { id: mail.id, state, at, new_id, problem, refusal, no_contact, events: &events };
    if app.state.mail.end_mail(&ending)? {
        app.mailer.count(state.as_str());
    }
    app.relay_events();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_somewhere() {
        let pauses: Vec<i64> = (0..4).map(|failures| pause(PAUSES_OF_A_MESSAGE_MS, failures)).collect();
        assert_eq!(pauses, [10_000, 30_000, 90_000, 270_000]);
        assert_eq!(pause(PAUSES_OF_A_MESSAGE_MS, u32::MAX), 4 * HOUR_MS);
    }
}
