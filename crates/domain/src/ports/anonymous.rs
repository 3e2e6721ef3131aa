//! What belongs to nobody in a survey, as far as anything is known of it.

use std::ops::Range;

use crate::error::Result;
use crate::ids::SurveyId;
use crate::ports::SurveySubject;

/// How far links without customer came, and answers that belong to nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnonymousCounts {
    /// Links for one use that belong to nobody.
    pub invitations: u64,
    /// Of these: the page was seen, whatever came after.
    pub shown: u64,
    pub started: u64,
    pub answered: u64,
    pub refused: u64,
    /// Answers that were begun and not sent, by such links and by the open one.
    pub partial: u64,
    /// Answers that were sent, by such links and by the open one.
    pub complete: u64,
}

/// A whole answer that belongs to nobody. Nothing tells it from another of its day that says the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnonymousAnswer {
    /// The version of the survey that was answered.
    pub version: u32,
    /// By question, a JSON object.
    pub answers: String,
    pub subject: SurveySubject,
    pub channel: String,
    /// The beginning of its day, in UTC milliseconds.
    pub answered_at: i64,
}

/// Reads what belongs to nobody; surveys write it.
pub trait AnonymousAnswers: Send + Sync {
    /// Of links that were made, and answers that were given, in a period of UTC milliseconds.
    fn count_anonymous(&self, survey: SurveyId, period: Range<i64>) -> Result<AnonymousCounts>;
    /// Whole answers of the same period, at most `limit`, by day and within it in no order that means anything.
    fn list_anonymous_answers(&self, survey: SurveyId, period: Range<i64>, limit: u32) -> Result<Vec<AnonymousAnswer>>;
}
