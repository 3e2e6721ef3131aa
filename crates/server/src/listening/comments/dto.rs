//! What goes over the wire about comments.

use std::collections::BTreeMap;

use domain::time::format_instant;
use search::{Comment, CutWord, Cutter, Spoken, TopicSaid};
use serde::Serialize;
use text::tokens::Tokens;
use text::{find_personal, mask};
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{Identity, Permission, ReadCustomers, ReadPersonalData, Sight};
use crate::finding::FindingDto;

/// Comments that were found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Comments)]
pub struct CommentsDto {
    pub comments: Vec<CommentDto>,
    /// All that fit, on whatever page: counted, not estimated.
    pub total: u64,
    /// `relevance` or `newest`; without words to look for it is the newest.
    #[schema(example = "relevance")]
    pub sort: &'static str,
    /// Which version of the topics they are read by.
    pub topics_version: u64,
    /// Where the next page begins; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    pub findings: Vec<FindingDto>,
}

/// What a customer wrote, with what its event says.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Comment)]
pub struct CommentDto {
    #[schema(example = "evt_5f2b8c0d1e3a47698b7c6d5e4f3a2b1c")]
    pub event: String,
    /// Whose it is today; absent for whoever may not read customers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "cus_17")]
    pub customer: Option<String>,
    pub occurred_at: String,
    /// What the customer did with it.
    #[schema(example = "Survey Answered")]
    pub activity: String,
    pub channel: Option<String>,
    pub unit: Option<String>,
    /// The name of the survey that it answers.
    pub survey: Option<String>,
    pub touchpoint: Option<String>,
    /// `es`, `en`, or none where it is neither or cannot be told.
    pub language: Option<String>,
    /// `negative`, `neutral` or `positive`; none where there is nothing to judge by.
    #[schema(example = "negative")]
    pub sentiment: Option<String>,
    /// -1 (bad) to 1 (good).
    pub score: Option<f64>,
    pub topics: Vec<SaidTopicDto>,
    /// What was answered beside it, by metric: `nps`, `csat`, `ces`, `rating`.
    pub answers: BTreeMap<String, f64>,
    /// Without e-mails, telephone numbers and the like for whoever may not read personal data.
    #[schema(example = "Esperas de media hora")]
    pub text: String,
    /// The text in pieces, those that were looked for apart. Joined they are the text.
    pub parts: Vec<CommentPartDto>,
}

/// A topic with the judgement of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SaidTopic)]
pub struct SaidTopicDto {
    #[schema(example = "waiting")]
    pub topic: String,
    /// `negative`, `neutral` or `positive`.
    #[schema(example = "negative")]
    pub judgement: String,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CommentPart)]
pub struct CommentPartDto {
    pub text: String,
    /// Whether it is what was looked for.
    pub is_match: bool,
}

/// Writes comments for whoever asks.
pub struct Writer<'a> {
    app: &'a App,
    with_personal: bool,
    with_customer: bool,
    cutter: Cutter,
    tokens: Tokens,
}

impl<'a> Writer<'a> {
    pub fn new(app: &'a App, by: &Identity, sight: &Sight) -> Writer<'a> {
        Writer {
            app,
            // Within a sight nothing tells who somebody is, whatever the scope.
            with_personal: *sight == Sight::Everything && by.may(&ReadPersonalData::RULE),
            with_customer: by.may(&ReadCustomers::RULE),
            cutter: Cutter::default(),
            tokens: Tokens::default(),
        }
    }

    /// The text as whoever asks may read it.
    pub fn text(&mut self, comment: &Comment) -> String {
        if self.with_personal || comment.personal.is_empty() {
            return comment.text.clone();
        }
        self.tokens.read(&comment.text);
        mask(&comment.text, &find_personal(&comment.text, &self.tokens))
    }

    pub fn write(&mut self, comment: Comment, asked: &[CutWord]) -> CommentDto {
        let text = self.text(&comment);
        let spoken = Spoken::of(comment.language.as_deref());
        let parts = self.cutter.mark(&text, spoken, asked).into_iter();
        CommentDto {
            event: comment.event.to_string(),
            customer: self.with_customer.then(|| self.app.log.customer_of(comment.node).to_string()),
            occurred_at: format_instant(comment.occurred_at),
            activity: comment.activity,
            channel: comment.channel,
            unit: comment.unit,
            survey: comment.survey,
            touchpoint: comment.touchpoint,
            language: comment.language,
            sentiment: comment.sentiment,
            score: comment.score,
            topics: comment.topics.into_iter().map(Into::into).collect(),
            answers: comment.answers,
            parts: parts.map(|part| CommentPartDto { text: part.text, is_match: part.is_match }).collect(),
            text,
        }
    }
}

impl From<TopicSaid> for SaidTopicDto {
    fn from(said: TopicSaid) -> SaidTopicDto {
        SaidTopicDto { topic: said.topic, judgement: said.judgement }
    }
}
