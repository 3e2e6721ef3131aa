//! What was answered.

use domain::ports::{Answered, OpenLinkCounts, SurveyAnswering, SurveyChoice, SurveyQuota, SurveyResponse};
use domain::{Result, SurveyId, SurveyInvitationId, SurveyResponseId};

use super::{from_json, invitations, to_json};
use crate::outbox;
use crate::sql::{Row, Transaction, Value};

macro_rules! select_responses {
    ($rest:literal) => {
        concat!(
            "SELECT id, survey, version, page_hash, invitation, is_complete, answers, language, subject, channel, marks, \
             answered_at FROM survey_responses ",
            $rest
        )
    };
}

pub(super) async fn keep(transaction: &mut Transaction<'_>, answering: &SurveyAnswering<'_>) -> Result<Answered> {
    let response = answering.response;
    let earlier = find_earlier(transaction, response).await?;
    if earlier.as_ref().is_some_and(|earlier| earlier.is_complete) {
        return Ok(Answered::Before);
    }
    if response.is_complete {
        if is_full(transaction, answering).await? {
            return Ok(Answered::Full);
        }
        if let Some(invitation) = answering.invitation
            && !invitations::use_up(transaction, invitation, answering.at).await?
        {
            return Ok(Answered::Before);
        }
    }
    let is_begun = earlier.is_none();
    let id = match earlier {
        Some(earlier) => {
            update(transaction, earlier.id, response).await?;
            earlier.id
        }
        None => create(transaction, response).await?,
    };
    if response.is_complete {
        count_choices(transaction, answering).await?;
    }
    if answering.is_by_open_link {
        let started = u64::from(is_begun);
        let came = OpenLinkCounts { shown: 0, started, answered: u64::from(response.is_complete) };
        count_open(transaction, response.survey, response.answered_at, came).await?;
    }
    outbox::put(transaction, answering.events).await?;
    Ok(Answered::Kept(id))
}

/// What the same page, or somebody with the same invitation, sent before.
async fn find_earlier(transaction: &mut Transaction<'_>, response: &SurveyResponse) -> Result<Option<SurveyResponse>> {
    let by_page = select_responses!("WHERE survey = $1 AND page_hash = $2");
    let values: [Value<'_>; 2] = [response.survey.0.into(), response.page_hash.as_str().into()];
    let by_page = transaction.fetch_first(by_page, values).await?.as_ref().map(read).transpose()?;
    let Some(invitation) = response.invitation else { return Ok(by_page) };
    // Of one invitation there is one answer, from whichever page.
    let by_invitation = select_responses!("WHERE invitation = $1");
    transaction.fetch_first(by_invitation, [invitation.0.into()]).await?.as_ref().map(read).transpose()
}

async fn is_full(transaction: &mut Transaction<'_>, answering: &SurveyAnswering<'_>) -> Result<bool> {
    let survey = answering.response.survey;
    for SurveyQuota { most, of } in answering.quotas {
        let answers = match of {
            None => {
                let sql = "SELECT COUNT(*) FROM survey_responses WHERE survey = $1 AND is_complete = 1";
                count(transaction, sql, [survey.0.into()]).await?
            }
            Some(choice) if answering.chosen.contains(choice) => {
                let sql = "SELECT answers FROM survey_choices WHERE survey = $1 AND question = $2 AND choice = $3";
                count(transaction, sql, key_of(survey, choice)).await?
            }
            Some(_) => continue,
        };
        if answers >= *most {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn count<'v, const N: usize>(
    transaction: &mut Transaction<'_>,
    sql: &'static str,
    values: [Value<'v>; N],
) -> Result<u64> {
    let row = transaction.fetch_first(sql, values).await?;
    Ok(row.map(|row| row.fields().unsigned()).transpose()?.unwrap_or(0))
}

fn key_of(survey: SurveyId, choice: &SurveyChoice) -> [Value<'_>; 3] {
    [survey.0.into(), choice.question.as_str().into(), choice.choice.as_str().into()]
}

async fn count_choices(transaction: &mut Transaction<'_>, answering: &SurveyAnswering<'_>) -> Result<()> {
    let survey = answering.response.survey;
    for choice in answering.chosen {
        let sql = "UPDATE survey_choices SET answers = answers + 1 WHERE survey = $1 AND question = $2 AND choice = $3";
        if transaction.execute(sql, key_of(survey, choice)).await? == 0 {
            let sql = "INSERT INTO survey_choices (survey, question, choice, answers) VALUES ($1, $2, $3, 1)";
            transaction.execute(sql, key_of(survey, choice)).await?;
        }
    }
    Ok(())
}

/// Adds to what came by the open link on a day.
pub(super) async fn count_open(
    transaction: &mut Transaction<'_>,
    survey: SurveyId,
    day: i64,
    came: OpenLinkCounts,
) -> Result<()> {
    let sql = "INSERT INTO survey_open_days (survey, open_day, shown, started, answered) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (survey, open_day) DO UPDATE SET shown = survey_open_days.shown + excluded.shown, \
               started = survey_open_days.started + excluded.started, \
               answered = survey_open_days.answered + excluded.answered";
    let values: [Value<'_>; 5] =
        [survey.0.into(), day.into(), came.shown.into(), came.started.into(), came.answered.into()];
    transaction.execute(sql, values).await.map(|_| ())
}

async fn create(transaction: &mut Transaction<'_>, response: &SurveyResponse) -> Result<SurveyResponseId> {
    let values: [Value<'_>; 12] = [
        response.id.0.into(),
        response.survey.0.into(),
        response.version.into(),
        response.page_hash.as_str().into(),
        response.invitation.map(|invitation| invitation.0.cast_signed()).into(),
        response.is_complete.into(),
        response.answers.as_str().into(),
        response.language.as_str().into(),
        to_json(&response.subject)?.into(),
        response.channel.as_str().into(),
        to_json(&response.marks)?.into(),
        response.answered_at.into(),
    ];
    let sql = "INSERT INTO survey_responses (id, survey, version, page_hash, invitation, is_complete, answers, language, subject, \
               channel, marks, answered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    transaction.execute(sql, values).await?;
    Ok(response.id)
}

async fn update(transaction: &mut Transaction<'_>, id: SurveyResponseId, response: &SurveyResponse) -> Result<()> {
    let values: [Value<'_>; 7] = [
        id.0.into(),
        response.version.into(),
        response.is_complete.into(),
        response.answers.as_str().into(),
        response.language.as_str().into(),
        to_json(&response.marks)?.into(),
        response.answered_at.into(),
    ];
    let sql = "UPDATE survey_responses SET version = $2, is_complete = $3, answers = $4, language = $5, marks = $6, \
               answered_at = $7 WHERE id = $1";
    transaction.execute(sql, values).await.map(|_| ())
}

pub(super) async fn list(
    transaction: &mut Transaction<'_>,
    survey: SurveyId,
    before: Option<SurveyResponseId>,
    limit: u32,
    is_marked: Option<bool>,
) -> Result<Vec<SurveyResponse>> {
    // Nought: all of them, one: those with marks, two: those without.
    let wanted: u32 = is_marked.map_or(0, |is_marked| if is_marked { 1 } else { 2 });
    let rows = match before {
        None => {
            let sql = select_responses!(
                "WHERE survey = $1 AND ($3 = 0 OR $3 = 1 AND marks <> '[]' OR $3 = 2 AND marks = '[]') \
                 ORDER BY answered_at DESC, id DESC LIMIT $2"
            );
            transaction.fetch(sql, [survey.0.into(), limit.into(), wanted.into()]).await?
        }
        Some(before) => {
            let sql = select_responses!(
                "WHERE survey = $1 AND (answered_at < (SELECT answered_at FROM survey_responses WHERE id = $2) \
                 OR answered_at = (SELECT answered_at FROM survey_responses WHERE id = $2) AND id < $2) \
                 AND ($4 = 0 OR $4 = 1 AND marks <> '[]' OR $4 = 2 AND marks = '[]') ORDER BY answered_at DESC, id DESC LIMIT $3"
            );
            transaction.fetch(sql, [survey.0.into(), before.0.into(), limit.into(), wanted.into()]).await?
        }
    };
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<SurveyResponse> {
    let mut fields = row.fields();
    Ok(SurveyResponse {
        id: SurveyResponseId(fields.unsigned()?),
        survey: SurveyId(fields.unsigned()?),
        version: fields.unsigned_32()?,
        page_hash: fields.text()?,
        invitation: fields.optional_integer()?.map(|id| SurveyInvitationId(id.cast_unsigned())),
        is_complete: fields.flag()?,
        answers: fields.text()?,
        language: fields.text()?,
        subject: from_json(&fields.text()?)?,
        channel: fields.text()?,
        marks: from_json(&fields.text()?)?,
        answered_at: fields.integer()?,
    })
}
