//! What goes over the wire about surveys.

use std::collections::BTreeMap;

use super::comments::CommentAnalysisDto;
use domain::ports::{KeptSurvey, OpenLinkCounts, SurveyCounts, SurveyResponse, SurveyState};
use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use text::Analyzer;
use utoipa::ToSchema;

/// A survey.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Survey)]
pub struct SurveyDto {
    #[schema(example = "srv_3")]
    pub id: String,
    /// The name in its file; it never changes.
    #[schema(example = "after-purchase")]
    pub name: String,
    /// Each change of the definition is a further version; answers keep the one they answered.
    pub version: u32,
    /// `draft`, `open` or `closed`. Only an open survey takes answers.
    pub state: &'static str,
    /// Whoever has this address may answer, any number of times, without being known.
    #[schema(example = "https://experience.example.com/s/Yk3v0zrB0s5mW0c4QxJm1A")]
    pub link: String,
    /// The file, as in docs/surveys.md.
    pub definition: Value,
    pub counts: SurveyCountsDto,
    pub created_by: String,
    pub created_at: String,
    pub updated_at: String,
}

/// How many people came how far.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = SurveyCounts)]
pub struct SurveyCountsDto {
    /// Personal links made.
    pub invitations: u64,
    /// Of them those whose page was seen.
    pub shown: u64,
    /// Of them those by which somebody began to answer.
    pub started: u64,
    /// Of them those by which an answer was sent: the response rate is their share.
    pub answered: u64,
    /// Invitations refused by their customers.
    pub refused: u64,
    /// Answers begun and not sent. They are kept.
    pub partial: u64,
    /// Answers sent.
    pub complete: u64,
    /// Of them those with marks.
    pub marked: u64,
    /// By the open link: of whoever has it.
    pub open: OpenLinkCountsDto,
}

/// How far people came by the open link. Nobody is known, so one person may be counted more than once.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = OpenLinkCounts)]
pub struct OpenLinkCountsDto {
    /// Pages that somebody saw.
    pub shown: u64,
    /// Pages on which somebody began to answer.
    pub started: u64,
    /// Answers that were sent.
    pub answered: u64,
}

impl From<OpenLinkCounts> for OpenLinkCountsDto {
    fn from(OpenLinkCounts { shown, started, answered }: OpenLinkCounts) -> OpenLinkCountsDto {
        OpenLinkCountsDto { shown, started, answered }
    }
}

/// What came by the open link, by day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenLinkDays)]
pub struct OpenLinkDaysDto {
    /// The days on which anything came, in order.
    pub days: Vec<OpenLinkDayDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OpenLinkDay)]
pub struct OpenLinkDayDto {
    /// Of the organisation's calendar.
    #[schema(example = "2026-03-03")]
    pub day: String,
    #[serde(flatten)]
    pub counts: OpenLinkCountsDto,
}

impl SurveyDto {
    /// With the address at which the installation answers, and `null` for a definition that cannot be read.
    pub fn new(survey: KeptSurvey, counts: SurveyCounts, base_url: &str) -> SurveyDto {
        SurveyDto {
            id: survey.id.to_string(),
            name: survey.name,
            version: survey.version,
            state: survey.state.as_str(),
            link: format!("{base_url}/s/{}", survey.link_token),
            definition: serde_json::from_str(&survey.definition).unwrap_or_default(),
            counts: SurveyCountsDto {
                invitations: counts.invitations,
                shown: counts.shown,
                started: counts.started,
                answered: counts.answered,
                refused: counts.refused,
                partial: counts.partial,
                complete: counts.complete,
                marked: counts.marked,
                open: counts.open.into(),
            },
            created_by: survey.created_by,
            created_at: format_instant(survey.created_at),
            updated_at: format_instant(survey.updated_at),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Surveys)]
pub struct SurveysDto {
    /// In the order in which they were made.
    pub surveys: Vec<SurveyDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyExamples)]
pub struct SurveyExamplesDto {
    /// Files of surveys, as in docs/surveys.md.
    pub examples: Vec<Value>,
}

impl SurveyExamplesDto {
    pub fn all() -> SurveyExamplesDto {
        let files = domain::survey::EXAMPLES.iter().map(|(_, file)| *file);
        SurveyExamplesDto { examples: files.filter_map(|file| serde_json::from_str(file).ok()).collect() }
    }
}

/// Whether a survey takes answers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSurveyState {
    /// `draft`, `open` or `closed`.
    #[schema(value_type = String, example = "open")]
    pub state: SurveyState,
}

/// People to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitations {
    /// 1 to 1,000.
    pub people: Vec<NewInvitation>,
    /// The channel that will bring the link: `link` unless told. `email` sends it: then everybody needs the identifier
    /// `email`, and whoever refused mail is left out.
    #[schema(example = "sms")]
    pub channel: Option<String>,
    /// Days until the link ends: 1 to 365, 30 unless told.
    pub days: Option<u32>,
}

/// Somebody to be invited.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = InvitedPerson)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// By kind, as events carry them: `user_id`, `email` … Without any, the link can be used once and the answer belongs to
    /// nobody.
    #[serde(default)]
    #[schema(example = json!({"user_id": "c-1042"}))]
    pub identifiers: BTreeMap<String, String>,
    /// What the texts of the survey may name: `first_name` …
    #[serde(default)]
    #[schema(example = json!({"first_name": "Lucía"}))]
    pub traits: BTreeMap<String, String>,
    /// What was just lived, `channel:activity`.
    #[schema(example = "web:Order Completed")]
    pub touchpoint: Option<String>,
    /// Where it was lived.
    pub unit: Option<String>,
    /// The event that leads to the invitation.
    #[schema(example = "evt_5f2b8c0d1e3a47698b7c6d5e4f3a2b1c")]
    pub event: Option<String>,
}

/// The links, in the order of the people. They are shown this once; those that leave by e-mail are not shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InvitationLinks)]
pub struct InvitationLinksDto {
    pub links: Vec<InvitationLinkDto>,
    /// Who was not invited.
    pub left_out: Vec<LeftOutDto>,
}

/// Somebody who was not invited.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LeftOut)]
pub struct LeftOutDto {
    /// The place among the people, from 0.
    pub person: usize,
    /// Mail to the address came back (`bounced`), somebody called it unwanted (`complained`) or wants no more of it
    /// (`unsubscribed`), they refused to be asked (`refused`), or the contact rule leaves them alone (`too_soon`, `too_often`).
    #[schema(example = "unsubscribed")]
    pub reason: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InvitationLink)]
pub struct InvitationLinkDto {
    #[schema(example = "siv_17")]
    pub invitation: String,
    /// Absent where it leaves by e-mail: then only whoever gets the message has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    pub expires_at: String,
}

/// What somebody answered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyResponse)]
pub struct SurveyResponseDto {
    #[schema(example = "srs_42")]
    pub id: String,
    /// The version that was answered.
    pub version: u32,
    /// Whether it was sent; otherwise what had been answered when its page was left.
    pub is_complete: bool,
    /// Whether it belongs to nobody. Its time is then rounded to the day.
    pub is_anonymous: bool,
    /// By question. Comments are without e-mails, telephone numbers and the like for whoever may not read personal data.
    pub answers: Value,
    /// What its comments say.
    pub comments: Vec<AnsweredCommentDto>,
    /// Of the texts that were shown.
    #[schema(example = "es")]
    pub language: String,
    pub channel: String,
    pub touchpoint: Option<String>,
    pub unit: Option<String>,
    /// Why it may not be what a customer thought: `again`, `robot`, `straight`, `fast`. Marked answers are kept and counted.
    pub marks: Vec<String>,
    pub answered_at: String,
}

/// A comment that answers a question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnsweredComment)]
pub struct AnsweredCommentDto {
    pub question: String,
    #[serde(flatten)]
    pub analysis: CommentAnalysisDto,
}

impl SurveyResponseDto {
    /// With the questions that are answered in a customer's own words, and without what is personal in these unless told.
    pub fn new(
        response: SurveyResponse,
        texts: &[String],
        analyzer: &Analyzer,
        with_personal: bool,
    ) -> SurveyResponseDto {
        let mut answers: Value = serde_json::from_str(&response.answers).unwrap_or_default();
        let mut comments = Vec::new();
        for question in texts {
            let Some(Value::String(comment)) = answers.get_mut(question) else { continue };
            let analysis = CommentAnalysisDto::of(&analyzer.analyse(comment), comment, with_personal);
            if !with_personal {
                comment.clone_from(&analysis.masked);
            }
            comments.push(AnsweredCommentDto { question: question.clone(), analysis });
        }
        SurveyResponseDto {
            id: response.id.to_string(),
            version: response.version,
            is_complete: response.is_complete,
            is_anonymous: response.invitation.is_none(),
            answers,
            comments,
            language: response.language,
            channel: response.channel,
            touchpoint: response.subject.touchpoint,
            unit: response.subject.unit,
            marks: response.marks,
            answered_at: format_instant(response.answered_at),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SurveyResponses)]
pub struct SurveyResponsesDto {
    /// The newest first.
    pub responses: Vec<SurveyResponseDto>,
    /// Where the next page begins; absent on the last one.
    pub next: Option<String>,
}
