//! Who is not written to any more, what comes back, and whether mail works.

use domain::ports::{ContactRefusal, KnownMail, MailState, RefusalReason};
use domain::{Error, Identifier, IdentifierKind, Result, SurveyId, SurveyInvitationId};
use lettre::Address;
use serde_json::{Map, json};

use super::dto::{MailRefusalDto, MailRefusalsDto, MailReportDto, MailTestDto};
use super::reports::{self, Said};
use super::sender;
use crate::app::App;
use crate::auth::{Identity, hash_secret};
use crate::listening::{SurveyEvent, start_of_day};

const MOST_REFUSALS: u32 = 1_000;

/// Who holds a link by which no further mail is asked for.
pub(crate) enum Leaving {
    /// By the link of a message.
    Message(KnownMail),
    /// By the link of an invitation that came to an address.
    Invitation(SurveyInvitationId, SurveyId, Identifier),
}

/// Whom a secret belongs to, whatever became of the invitation and its survey since.
pub(crate) fn find_leaving(app: &App, token: &str) -> Result<Option<Leaving>> {
    let hash = hash_secret(token);
    if let Some(mail) = app.state.mail.find_mail_to_unsubscribe(&hash)? {
        return Ok(Some(Leaving::Message(mail)));
    }
    let Some(invitation) = app.state.surveys.find_survey_invitation(&hash)? else { return Ok(None) };
    let address = invitation.identifiers.into_iter().find(|identifier| identifier.kind == IdentifierKind::Email);
    Ok(address.map(|address| Leaving::Invitation(invitation.id, invitation.survey, address)))
}

/// Writes no further mail to whoever holds this secret; says whether there is such a secret.
pub(crate) fn unsubscribe(app: &App, token: &str) -> Result<bool> {
    match find_leaving(app, token)? {
        None => return Ok(false),
        Some(Leaving::Message(mail)) => report(app, &mail, MailState::Unsubscribed)?,
        Some(Leaving::Invitation(invitation, survey, identifier)) => {
            let at = app.clock.now_ms();
            let events = tell(app, SurveyEvent::Unsubscribed, invitation, at)?;
            let refusal = ContactRefusal {
                identifier,
                reason: RefusalReason::Unsubscribed,
                at,
                survey: Some(survey),
                invitation: Some(invitation),
            };
            app.state.refusals.record_refusal(&refusal, &events)?
        }
    };
    app.relay_events();
    Ok(true)
}

/// Notes what was heard of a message; says whether it was news.
fn report(app: &App, mail: &KnownMail, state: MailState) -> Result<bool> {
    let (reason, event) = match state {
        MailState::Bounced => (RefusalReason::Bounced, SurveyEvent::Bounced),
        MailState::Complained => (RefusalReason::Complained, SurveyEvent::Complained),
        _ => (RefusalReason::Unsubscribed, SurveyEvent::Unsubscribed),
    };
    let now = app.clock.now_ms();
    let told = mail.invitation.filter(|_| !mail.is_anonymous);
    let invitation = told.map(|id| app.state.surveys.read_survey_invitation(id)).transpose()?;
    let events = match told {
        Some(id) => tell(app, event, id, now)?,
        None => Vec::new(),
    };
    let refusal = ContactRefusal {
        identifier: Identifier { kind: IdentifierKind::Email, value: mail.address.clone() },
        reason,
        at: if mail.is_anonymous { start_of_day(app, now)? } else { now },
        survey: invitation.as_ref().map(|invitation| invitation.survey),
        invitation: told,
    };
    let is_news = app.state.mail.report_mail(mail.id, state, &refusal, &events)?;
    app.relay_events();
    Ok(is_news)
}

fn tell(
    app: &App,
    event: SurveyEvent,
    invitation: SurveyInvitationId,
    at: i64,
) -> Result<Vec<domain::event::IncomingEvent>> {
    let invitation = app.state.surveys.read_survey_invitation(invitation)?;
    let survey = app.state.surveys.find_survey(invitation.survey)?;
    event.of(app, &survey, survey.version, &invitation, at, Map::new())
}

/// Reads a message that came back, and does what it says.
pub fn take_report(app: &App, raw: &[u8]) -> Result<MailReportDto> {
    let Some(report_read) = reports::read(raw) else {
        return Err(Error::invalid(
            "this is no report about a message: it has neither a part message/delivery-status (RFC 3464) nor \
             message/feedback-report (RFC 5965)",
        ));
    };
    let nothing = |detail: &str| Ok(MailReportDto { outcome: "nothing", detail: detail.to_owned(), invitation: None });
    let state = match report_read.said {
        Said::Bounced => MailState::Bounced,
        Said::Complained => MailState::Complained,
        Said::Nothing => return nothing("the report speaks of nothing final, so nothing changes"),
    };
    let Some(message_id) = report_read.message_id else {
        return nothing("the report does not return the Message-ID of what it is about, so nothing changes");
    };
    let Some(mail) = app.state.mail.find_mail(&message_id)? else {
        return nothing("no message with this Message-ID left from here, so nothing changes");
    };
    if !report(app, &mail, state)? {
        return nothing("this was known already");
    }
    Ok(MailReportDto {
        outcome: state.as_str(),
        detail: "nothing is sent to the address any more".to_owned(),
        invitation: mail.invitation.filter(|_| !mail.is_anonymous).map(|id| id.to_string()),
    })
}

pub fn list_refusals(app: &App, before: Option<u64>, limit: u32) -> Result<MailRefusalsDto> {
    if !(1..=MOST_REFUSALS).contains(&limit) {
        return Err(Error::invalid(format!("`limit` is 1 to {MOST_REFUSALS}, not {limit}")));
    }
    let listed = app.state.refusals.list_refusals(before, limit)?;
    let next = listed.last().map(|(number, _)| *number).filter(|_| listed.len() == limit as usize);
    let mails = listed.into_iter().filter(|(_, refusal)| refusal.identifier.kind == IdentifierKind::Email);
    Ok(MailRefusalsDto { refusals: mails.map(|(_, refusal)| MailRefusalDto::new(refusal)).collect(), next })
}

pub fn remove_refusal(app: &App, address: &str, by: &Identity) -> Result<()> {
    let identifier = Identifier::new(IdentifierKind::Email, address)
        .map_err(|cause| Error::invalid(format!("`{address}` is no e-mail address: {cause}")))?;
    let audit = app.audit_entry(by, "mail.refusal.remove", &identifier.value, json!({}));
    app.state.refusals.remove_refusal(&identifier, &audit)
}

/// Sends a message to somebody, to try the settings out.
pub fn try_out(app: &App, to: &str, by: &Identity) -> Result<MailTestDto> {
    let address: Address = to.trim().parse().map_err(|_| Error::invalid(format!("`{to}` is no e-mail address")))?;
    let (server, _) = app.settings.mail.ready()?;
    let server = server.to_string();
    let sent = sender::send_test(app, address)?;
    let is_accepted = sent.is_ok();
    let audit = app.audit_entry(by, "mail.test", &server, json!({"accepted": is_accepted}));
    app.state.audit.record_audit(&audit)?;
    let (Ok(answer) | Err(answer)) = sent;
    Ok(MailTestDto { is_accepted, server, answer })
}
