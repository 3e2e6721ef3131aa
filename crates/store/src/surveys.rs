//! Surveys, invitations to them, and answers.

mod answers;
mod invitations;

pub(crate) use invitations::read_invitation;

use domain::event::IncomingEvent;
use domain::ports::{
    Answered, AuditEntry, InvitationStep, KeptSurvey, OpenLinkCounts, OpenLinkDay, SurveyAnswering, SurveyCounts,
    SurveyInvitation, SurveyInviting, SurveyResponse, SurveyState, SurveyStore,
};
use domain::{Error, Result, SurveyId, SurveyInvitationId, SurveyResponseId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Store;
use crate::audit::record;
use crate::index_key::name_key;
use crate::sql::{Row, Transaction, Value};

macro_rules! select_surveys {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, s.name, v.definition, s.version, s.state, s.link_token, s.created_by, s.created_at, \
             s.updated_at FROM surveys s JOIN survey_versions v ON v.survey = s.id AND v.version = s.version ",
            $rest
        )
    };
}

impl SurveyStore for Store {
    fn list_surveys(&self) -> Result<Vec<(KeptSurvey, SurveyCounts)>> {
        self.read("list the surveys", async |transaction| {
            let rows = transaction.fetch(select_surveys!("ORDER BY s.id"), []).await?;
            let mut surveys = Vec::with_capacity(rows.len());
            for row in &rows {
                let survey = read_survey(row)?;
                let counts = count(transaction, survey.id).await?;
                surveys.push((survey, counts));
            }
            Ok(surveys)
        })
    }

    fn list_open_surveys(&self) -> Result<Vec<KeptSurvey>> {
        let rows = self.read("list the open surveys", async |transaction| {
            let sql = select_surveys!("WHERE s.state = $1 ORDER BY s.id");
            transaction.fetch(sql, [SurveyState::Open.as_str().into()]).await
        })?;
        rows.iter().map(read_survey).collect()
    }

    fn find_survey(&self, id: SurveyId) -> Result<KeptSurvey> {
        self.read("find a survey", async |transaction| find(transaction, id).await)
    }

    fn count_survey(&self, id: SurveyId) -> Result<SurveyCounts> {
        self.read("count the answers of a survey", async |transaction| count(transaction, id).await)
    }

    fn find_survey_by_link(&self, token: &str) -> Result<Option<KeptSurvey>> {
        let sql = select_surveys!("WHERE s.link_token = $1");
        self.read("find a survey", async |transaction| {
            transaction.fetch_first(sql, [token.into()]).await?.as_ref().map(read_survey).transpose()
        })
    }

    fn find_survey_version(&self, id: SurveyId, version: u32) -> Result<String> {
        let sql = "SELECT definition FROM survey_versions WHERE survey = $1 AND version = $2";
        let values: [Value<'_>; 2] = [id.0.into(), version.into()];
        let row = self.read("find a survey", async |transaction| transaction.fetch_first(sql, values).await)?;
        match row {
            Some(row) => row.fields().text(),
            None => Err(Error::not_found(format!("the survey {id} has no version {version}"))),
        }
    }

    fn create_survey(&self, survey: &KeptSurvey, audit: &AuditEntry) -> Result<KeptSurvey> {
        self.write("save a survey", async |transaction| {
            let taken = "SELECT id FROM surveys WHERE name_key = $1";
            if let Some(row) = transaction.fetch_first(taken, [name_key(&survey.name).into()]).await? {
                let id = SurveyId(row.fields().unsigned()?);
                let sentence = format!("there is already a survey called `{}` ({id}); update it, or take another name", survey.name);
                return Err(Error::conflict(sentence).because("name_taken"));
            }
            let id = transaction.next_id("SELECT COALESCE(MAX(id), 0) + 1 FROM surveys").await?;
            let values: [Value<'_>; 8] = [
                id.into(),
                survey.name.as_str().into(),
                name_key(&survey.name).into(),
                survey.state.as_str().into(),
                survey.link_token.as_str().into(),
                survey.created_by.as_str().into(),
                survey.created_at.into(),
                survey.updated_at.into(),
            ];
            let sql = "INSERT INTO surveys (id, name, name_key, version, state, link_token, created_by, created_at, updated_at) \
                       VALUES ($1, $2, $3, 1, $4, $5, $6, $7, $8)";
            transaction.execute(sql, values).await?;
            keep_version(transaction, SurveyId(id), 1, survey).await?;
            record(transaction, audit).await?;
            find(transaction, SurveyId(id)).await
        })
    }

    fn update_survey(&self, survey: &KeptSurvey, audit: &AuditEntry) -> Result<KeptSurvey> {
        self.write("save a survey", async |transaction| {
            let stored = find(transaction, survey.id).await?;
            if stored.version != survey.version {
                return Err(Error::conflict(format!(
                    "`{}` has changed since you read it (its version is {}, not {}); read it again and save then",
                    stored.name, stored.version, survey.version
                )));
            }
            let version = stored.version + 1;
            let sql = "UPDATE surveys SET version = $2, updated_at = $3 WHERE id = $1";
            let values: [Value<'_>; 3] = [survey.id.0.into(), version.into(), survey.updated_at.into()];
            transaction.execute(sql, values).await?;
            keep_version(transaction, survey.id, version, survey).await?;
            record(transaction, audit).await?;
            find(transaction, survey.id).await
        })
    }

    fn set_survey_state(&self, id: SurveyId, state: SurveyState, at: i64, audit: &AuditEntry) -> Result<KeptSurvey> {
        self.write("open or close a survey", async |transaction| {
            find(transaction, id).await?;
            let sql = "UPDATE surveys SET state = $2, updated_at = $3 WHERE id = $1";
            transaction.execute(sql, [id.0.into(), state.as_str().into(), at.into()]).await?;
            record(transaction, audit).await?;
            find(transaction, id).await
        })
    }

    fn create_survey_invitations(
        &self,
        inviting: &SurveyInviting<'_>,
        audit: &AuditEntry,
    ) -> Result<Vec<SurveyInvitationId>> {
        self.write("invite to a survey", async |transaction| invitations::create(transaction, inviting, audit).await)
    }

    fn find_survey_invitation(&self, token_hash: &str) -> Result<Option<SurveyInvitation>> {
        self.read("find an invitation", async |transaction| invitations::find(transaction, token_hash).await)
    }

    fn read_survey_invitation(&self, id: SurveyInvitationId) -> Result<SurveyInvitation> {
        self.read("find an invitation", async |transaction| read_invitation(transaction, id).await)
    }

    fn list_begun_invitations(&self, before: i64, limit: u32) -> Result<Vec<SurveyInvitation>> {
        self.read("list the answers that were begun", async |transaction| {
            invitations::list_begun(transaction, before, limit).await
        })
    }

    fn record_survey_step(
        &self,
        id: SurveyInvitationId,
        step: InvitationStep,
        at: i64,
        events: &[IncomingEvent],
    ) -> Result<bool> {
        self.write("note how far an invitation came", async |transaction| {
            invitations::note(transaction, id, step, at, events).await
        })
    }

    fn count_open_link(&self, survey: SurveyId, day: i64) -> Result<()> {
        self.write("count a page that was seen", async |transaction| {
            let seen = OpenLinkCounts { shown: 1, ..OpenLinkCounts::default() };
            answers::count_open(transaction, survey, day, seen).await
        })
    }

    fn list_open_link_days(&self, survey: SurveyId, since: i64) -> Result<Vec<OpenLinkDay>> {
        let sql = "SELECT open_day, shown, started, answered FROM survey_open_days \
                   WHERE survey = $1 AND open_day >= $2 ORDER BY open_day";
        let rows = self.read("list what came by an open link", async |transaction| {
            transaction.fetch(sql, [survey.0.into(), since.into()]).await
        })?;
        let read = |row: &Row| {
            let mut fields = row.fields();
            let day = fields.integer()?;
            let counts =
                OpenLinkCounts { shown: fields.unsigned()?, started: fields.unsigned()?, answered: fields.unsigned()? };
            Ok(OpenLinkDay { day, counts })
        };
        rows.iter().map(read).collect()
    }

    fn record_survey_answer(&self, answering: &SurveyAnswering<'_>) -> Result<Answered> {
        self.write("keep an answer", async |transaction| answers::keep(transaction, answering).await)
    }

    fn list_survey_responses(
        &self,
        survey: SurveyId,
        before: Option<SurveyResponseId>,
        limit: u32,
        is_marked: Option<bool>,
    ) -> Result<Vec<SurveyResponse>> {
        self.read("list the answers of a survey", async |transaction| {
            answers::list(transaction, survey, before, limit, is_marked).await
        })
    }
}

pub(crate) async fn find(transaction: &mut Transaction<'_>, id: SurveyId) -> Result<KeptSurvey> {
    match transaction.fetch_first(select_surveys!("WHERE s.id = $1"), [id.0.into()]).await? {
        Some(row) => read_survey(&row),
        None => Err(Error::not_found(format!("there is no survey {id}"))),
    }
}

async fn keep_version(
    transaction: &mut Transaction<'_>,
    id: SurveyId,
    version: u32,
    survey: &KeptSurvey,
) -> Result<()> {
    let sql =
        "INSERT INTO survey_versions (survey, version, definition, created_by, created_at) VALUES ($1, $2, $3, $4, $5)";
    let values: [Value<'_>; 5] = [
        id.0.into(),
        version.into(),
        survey.definition.as_str().into(),
        survey.created_by.as_str().into(),
        survey.updated_at.into(),
    ];
    transaction.execute(sql, values).await.map(|_| ())
}

async fn count(transaction: &mut Transaction<'_>, id: SurveyId) -> Result<SurveyCounts> {
    let sql = "SELECT (SELECT COUNT(*) FROM survey_invitations WHERE survey = $1), \
               (SELECT COUNT(*) FROM survey_invitations WHERE survey = $1 \
                AND (shown_at IS NOT NULL OR started_at IS NOT NULL OR answered_at IS NOT NULL)), \
               (SELECT COUNT(*) FROM survey_invitations WHERE survey = $1 \
                AND (started_at IS NOT NULL OR answered_at IS NOT NULL)), \
               (SELECT COUNT(*) FROM survey_invitations WHERE survey = $1 AND answered_at IS NOT NULL), \
               (SELECT COUNT(*) FROM survey_invitations WHERE survey = $1 AND refused_at IS NOT NULL), \
               (SELECT COUNT(*) FROM survey_responses WHERE survey = $1 AND is_complete = 0), \
               (SELECT COUNT(*) FROM survey_responses WHERE survey = $1 AND is_complete = 1), \
               (SELECT COUNT(*) FROM survey_responses WHERE survey = $1 AND is_complete = 1 AND marks <> '[]'), \
               (SELECT COALESCE(CAST(SUM(shown) AS BIGINT), 0) FROM survey_open_days WHERE survey = $1), \
               (SELECT COALESCE(CAST(SUM(started) AS BIGINT), 0) FROM survey_open_days WHERE survey = $1), \
               (SELECT COALESCE(CAST(SUM(answered) AS BIGINT), 0) FROM survey_open_days WHERE survey = $1)";
    let Some(row) = transaction.fetch_first(sql, [id.0.into()]).await? else { return Ok(SurveyCounts::default()) };
    let mut fields = row.fields();
    Ok(SurveyCounts {
        invitations: fields.unsigned()?,
        shown: fields.unsigned()?,
        started: fields.unsigned()?,
        answered: fields.unsigned()?,
        refused: fields.unsigned()?,
        partial: fields.unsigned()?,
        complete: fields.unsigned()?,
        marked: fields.unsigned()?,
        open: OpenLinkCounts { shown: fields.unsigned()?, started: fields.unsigned()?, answered: fields.unsigned()? },
    })
}

fn read_survey(row: &Row) -> Result<KeptSurvey> {
    let mut fields = row.fields();
    Ok(KeptSurvey {
        id: SurveyId(fields.unsigned()?),
        name: fields.text()?,
        definition: fields.text()?,
        version: fields.unsigned_32()?,
        state: fields.parsed("a state of surveys", SurveyState::parse)?,
        link_token: fields.text()?,
        created_by: fields.text()?,
        created_at: fields.integer()?,
        updated_at: fields.integer()?,
    })
}

/// What stands in a column as JSON.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| Error::internal("could not write a survey").caused_by(cause))
}

pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|cause| Error::internal("a survey of the state cannot be read").caused_by(cause))
}
