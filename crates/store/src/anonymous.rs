//! What belongs to nobody in surveys: answers without an invitation, and invitations without a customer.

use std::ops::Range;

use domain::ports::{AnonymousAnswer, AnonymousAnswers, AnonymousCounts};
use domain::{Result, SurveyId};

use crate::Store;
use crate::sql::Value;
use crate::surveys::from_json;

impl AnonymousAnswers for Store {
    fn count_anonymous(&self, survey: SurveyId, period: Range<i64>) -> Result<AnonymousCounts> {
        let of_links = "SELECT COUNT(*), \
             COUNT(CASE WHEN shown_at IS NOT NULL OR started_at IS NOT NULL OR answered_at IS NOT NULL THEN 1 END), \
             COUNT(CASE WHEN started_at IS NOT NULL OR answered_at IS NOT NULL THEN 1 END), \
             COUNT(answered_at), COUNT(refused_at) FROM survey_invitations \
             WHERE survey = $1 AND identifiers = '[]' AND created_at >= $2 AND created_at < $3";
        let of_answers = "SELECT COUNT(CASE WHEN is_complete = 0 THEN 1 END), COUNT(CASE WHEN is_complete = 1 THEN 1 END) \
             FROM survey_responses WHERE survey = $1 AND invitation IS NULL AND answered_at >= $2 AND answered_at < $3";
        let values = || -> [Value<'_>; 3] { [survey.0.into(), period.start.into(), period.end.into()] };
        self.read("count what is nobody's in a survey", async |transaction| {
            let mut counts = AnonymousCounts::default();
            if let Some(row) = transaction.fetch_first(of_links, values()).await? {
                let mut fields = row.fields();
                counts.invitations = fields.unsigned()?;
                counts.shown = fields.unsigned()?;
                counts.started = fields.unsigned()?;
                counts.answered = fields.unsigned()?;
                counts.refused = fields.unsigned()?;
            }
            if let Some(row) = transaction.fetch_first(of_answers, values()).await? {
                let mut fields = row.fields();
                counts.partial = fields.unsigned()?;
                counts.complete = fields.unsigned()?;
            }
            Ok(counts)
        })
    }

    fn list_anonymous_answers(&self, survey: SurveyId, period: Range<i64>, limit: u32) -> Result<Vec<AnonymousAnswer>> {
        let sql = "SELECT version, answers, subject, channel, answered_at FROM survey_responses \
                   WHERE survey = $1 AND invitation IS NULL AND is_complete = 1 AND answered_at >= $2 AND answered_at < $3 \
                   ORDER BY id LIMIT $4";
        let values: [Value<'_>; 4] = [survey.0.into(), period.start.into(), period.end.into(), limit.into()];
        let rows =
            self.read("list what is nobody's in a survey", async |transaction| transaction.fetch(sql, values).await)?;
        let mut answers = Vec::with_capacity(rows.len());
        for row in rows {
            let mut fields = row.fields();
            answers.push(AnonymousAnswer {
                version: fields.unsigned_32()?,
                answers: fields.text()?,
                subject: from_json(&fields.text()?)?,
                channel: fields.text()?,
                answered_at: fields.integer()?,
            });
        }
        answers.sort_by_key(|answer| answer.answered_at);
        Ok(answers)
    }
}
