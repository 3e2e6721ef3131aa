//! Links that one person can answer by.

use domain::event::IncomingEvent;
use domain::ports::{AuditEntry, InvitationStep, SurveyInvitation, SurveyInviting, SurveySubject};
use domain::{Error, Result, SurveyId, SurveyInvitationId};

use super::{from_json, to_json};
use crate::audit::record;
use crate::sql::{Row, Transaction, Value};
use crate::{contacts, mail, outbox};

pub(super) async fn create(
    transaction: &mut Transaction<'_>,
    inviting: &SurveyInviting<'_>,
    audit: &AuditEntry,
) -> Result<Vec<SurveyInvitationId>> {
    let SurveyInviting { invitations, messages, contacts, events } = *inviting;
    let first = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM survey_invitations").await?;
    let mut ids = Vec::with_capacity(invitations.len());
    let mut rows: Vec<[Value<'_>; 9]> = Vec::with_capacity(invitations.len());
    for (id, invitation) in (first..).zip(invitations) {
        ids.push(SurveyInvitationId(id));
        rows.push([
            id.into(),
            invitation.survey.0.into(),
            invitation.token_hash.as_str().into(),
            to_json(&invitation.identifiers)?.into(),
            to_json(&invitation.traits)?.into(),
            to_json(&invitation.subject)?.into(),
            invitation.channel.as_str().into(),
            invitation.created_at.into(),
            invitation.expires_at.into(),
        ]);
    }
    let insert = "INSERT INTO survey_invitations (id, survey, token_hash, identifiers, traits, subject, channel, created_at, expires_at)";
    transaction.insert(insert, "", rows).await?;
    mail::put(transaction, messages, &ids).await?;
    contacts::put(transaction, contacts).await?;
    outbox::put(transaction, events).await?;
    record(transaction, audit).await?;
    Ok(ids)
}

macro_rules! select_invitations {
    ($rest:literal) => {
        concat!(
            "SELECT id, survey, token_hash, identifiers, traits, subject, channel, created_at, expires_at, shown_at, \
             started_at, answered_at, refused_at FROM survey_invitations ",
            $rest
        )
    };
}

/// The invitation of a number.
pub(crate) async fn read_invitation(
    transaction: &mut Transaction<'_>,
    id: SurveyInvitationId,
) -> Result<SurveyInvitation> {
    match transaction.fetch_first(select_invitations!("WHERE id = $1"), [id.0.into()]).await? {
        Some(row) => read(&row),
        None => Err(Error::not_found(format!("there is no invitation {id}"))),
    }
}

pub(super) async fn find(transaction: &mut Transaction<'_>, token_hash: &str) -> Result<Option<SurveyInvitation>> {
    let sql = select_invitations!("WHERE token_hash = $1");
    transaction.fetch_first(sql, [token_hash.into()]).await?.as_ref().map(read).transpose()
}

pub(super) async fn list_begun(
    transaction: &mut Transaction<'_>,
    before: i64,
    limit: u32,
) -> Result<Vec<SurveyInvitation>> {
    let sql = "SELECT id, survey, token_hash, identifiers, traits, subject, channel, created_at, expires_at, shown_at, started_at, \
               answered_at, refused_at FROM survey_invitations WHERE started_at < $1 AND answered_at IS NULL \
               AND refused_at IS NULL AND abandoned_at IS NULL AND identifiers <> '[]' ORDER BY id LIMIT $2";
    transaction.fetch(sql, [before.into(), limit.into()]).await?.iter().map(read).collect()
}

pub(super) async fn note(
    transaction: &mut Transaction<'_>,
    id: SurveyInvitationId,
    step: InvitationStep,
    at: i64,
    events: &[IncomingEvent],
) -> Result<bool> {
    // Who has answered can neither refuse any more nor see it for the first time.
    let sql = match step {
        InvitationStep::Shown => {
            "UPDATE survey_invitations SET shown_at = $2 WHERE id = $1 AND shown_at IS NULL AND answered_at IS NULL"
        }
        InvitationStep::Started => {
            "UPDATE survey_invitations SET started_at = $2 WHERE id = $1 AND started_at IS NULL AND answered_at IS NULL"
        }
        InvitationStep::Abandoned => {
            "UPDATE survey_invitations SET abandoned_at = $2 \
             WHERE id = $1 AND abandoned_at IS NULL AND answered_at IS NULL AND refused_at IS NULL"
        }
        InvitationStep::Refused => {
            "UPDATE survey_invitations SET refused_at = $2 WHERE id = $1 AND refused_at IS NULL AND answered_at IS NULL"
        }
    };
    let is_news = transaction.execute(sql, [id.0.into(), at.into()]).await? > 0;
    if is_news {
        outbox::put(transaction, events).await?;
    }
    Ok(is_news)
}

/// Uses an invitation up; says whether it was open.
pub(super) async fn use_up(transaction: &mut Transaction<'_>, id: SurveyInvitationId, at: i64) -> Result<bool> {
    let sql = "UPDATE survey_invitations SET answered_at = $2 WHERE id = $1 AND answered_at IS NULL";
    if transaction.execute(sql, [id.0.into(), at.into()]).await? > 0 {
        // What a used link that is nobody's was about could tell which answer came by it.
        let forget = "UPDATE survey_invitations SET traits = '[]', subject = $2 WHERE id = $1 AND identifiers = '[]'";
        transaction.execute(forget, [id.0.into(), to_json(&SurveySubject::default())?.into()]).await?;
        return Ok(true);
    }
    let known = transaction.fetch_first("SELECT id FROM survey_invitations WHERE id = $1", [id.0.into()]).await?;
    match known {
        Some(_) => Ok(false),
        None => Err(Error::not_found(format!("there is no invitation {id}"))),
    }
}

fn read(row: &Row) -> Result<SurveyInvitation> {
    let mut fields = row.fields();
    Ok(SurveyInvitation {
        id: SurveyInvitationId(fields.unsigned()?),
        survey: SurveyId(fields.unsigned()?),
        token_hash: fields.text()?,
        identifiers: from_json(&fields.text()?)?,
        traits: from_json(&fields.text()?)?,
        subject: from_json(&fields.text()?)?,
        channel: fields.text()?,
        created_at: fields.integer()?,
        expires_at: fields.integer()?,
        shown_at: fields.optional_integer()?,
        started_at: fields.optional_integer()?,
        answered_at: fields.optional_integer()?,
        refused_at: fields.optional_integer()?,
    })
}
