//! What customers write, read: language, how good or bad it sounds, what it speaks of, and what in it is personal. `docs/models`
//! says how well.

use std::ops::Range;

use domain::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use text::{
    Analysis, Analyzer, Encoder, Language, Question, SentimentClass, Tier, TopicMention, is_topic_experimental, mask,
};
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::{CanSee, ReadJourneys};
use crate::error::ApiResult;
use crate::extract::Json;
use crate::openapi::Problem;

/// Bytes of a comment that is read when somebody asks.
const LARGEST: usize = 1 << 20;
/// The property of an event that holds what a customer wrote.
pub const COMMENT: &str = "comment";
/// The property that says by what means it was read.
pub const TIER: &str = "comment_tier";

/// What was read by this program; anybody else's word stands as it was sent.
pub const OWN_TIER: &str = "ngrams";
const ENCODER_TIER: &str = "encoder";

/// A comment to be read. It is not kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewComment {
    /// At most 1 MB.
    #[schema(example = "El café muy bueno, pero la espera larguísima")]
    pub text: String,
    /// By what means it is read: `ngrams`, unless told, or `encoder`, which judges the comment as a whole by what it means too, and
    /// takes some milliseconds.
    #[schema(example = "encoder")]
    pub tier: Option<String>,
}

/// What is known of a comment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentAnalysis)]
pub struct CommentAnalysisDto {
    /// By what means it was read: `ngrams` or `encoder`. What is neither Spanish nor English stays with `ngrams`.
    pub tier: &'static str,
    /// `es`, `en`, or none where it is neither or cannot be told.
    #[schema(example = "es")]
    pub language: Option<&'static str>,
    /// None where there is nothing to judge by, as everything else of the judgement.
    pub sentiment: Option<SentimentDto>,
    /// The emotion that it shows most: `joy`, `gratitude`, `anger`, `disappointment`, `worry`, `surprise` or `none`.
    pub emotion: Option<SaidDto>,
    /// What it says of how hard it was: `low`, `high` or `none`.
    pub effort: Option<SaidDto>,
    /// What the customer says that they will do: `leave`, `stay`, `recommend` or `none`.
    pub intention: Option<SaidDto>,
    /// What it speaks of, in the order of the comment.
    pub topics: Vec<TopicMentionDto>,
    /// The comment with e-mails, telephone numbers and the like replaced by what they are.
    #[schema(example = "Llámeme al [phone]")]
    pub masked: String,
}

/// What something sounds like.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sentiment)]
pub struct SentimentDto {
    /// -1 (bad) to 1 (good).
    pub score: f32,
    /// `negative`, `neutral` or `positive`.
    #[schema(example = "negative")]
    pub class: &'static str,
    /// The words that moved the score most, the strongest first.
    pub words: Vec<WordShareDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WordShare)]
pub struct WordShareDto {
    pub word: String,
    /// Its part of the log-odds: above 0 for good.
    pub share: f32,
}

/// One answer about a comment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Said)]
pub struct SaidDto {
    #[schema(example = "anger")]
    pub label: &'static str,
    /// Whether such answers in this language agree too little with people's to be relied on.
    pub experimental: bool,
    /// The words that made it so, the strongest first; none where nothing shows it. Their shares are weights above 0.
    pub words: Vec<WordShareDto>,
}

/// Something that a comment speaks of, with the judgement of its clause.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TopicMention)]
pub struct TopicMentionDto {
    #[schema(example = "waiting")]
    pub topic: String,
    /// The words that say so.
    pub words: String,
    /// -1 (bad) to 1 (good).
    pub score: f32,
    /// `negative`, `neutral` or `positive`.
    pub class: &'static str,
    /// Whether this topic is found too unreliably in this language to be relied on.
    pub experimental: bool,
}

impl CommentAnalysisDto {
    /// Words that are personal are named to those alone who may read that.
    pub fn of(analysis: &Analysis, comment: &str, with_personal: bool) -> CommentAnalysisDto {
        let is_hidden = |span: &Range<usize>| {
            let overlaps = |it: &text::Personal| it.span.start < span.end && span.start < it.span.end;
            !with_personal && analysis.personal.iter().any(overlaps)
        };
        let part = |span: &Range<usize>| comment.get(span.clone()).unwrap_or_default().to_owned();
        let words = |words: &[text::WordShare]| {
            let told = words.iter().filter(|word| !is_hidden(&word.span));
            told.map(|word| WordShareDto { word: part(&word.span), share: word.share }).collect()
        };
        let said = |question: Question, label: &'static str, told: &[text::WordShare]| SaidDto {
            label,
            experimental: question.is_experimental(analysis.language),
            words: words(told),
        };
        CommentAnalysisDto {
            tier: tier(analysis.tier),
            language: language(analysis.language),
            sentiment: analysis.sentiment.as_ref().map(|sentiment| SentimentDto {
                score: sentiment.score,
                class: class(sentiment.class),
                words: words(&sentiment.words),
            }),
            emotion: analysis.emotion.as_ref().map(|it| said(Question::Emotion, it.label.as_str(), &it.words)),
            effort: analysis.effort.as_ref().map(|it| said(Question::Effort, it.label.as_str(), &it.words)),
            intention: analysis.intention.as_ref().map(|it| said(Question::Intention, it.label.as_str(), &it.words)),
            topics: analysis
                .topics
                .iter()
                .filter(|mention| !is_hidden(&mention.span))
                .map(|mention| TopicMentionDto {
                    topic: mention.topic.clone(),
                    words: part(&mention.span),
                    score: mention.score,
                    class: class(mention.class),
                    experimental: is_topic_experimental(&mention.topic, analysis.language),
                })
                .collect(),
            masked: mask(comment, &analysis.personal),
        }
    }
}

fn tier(tier: Tier) -> &'static str {
    match tier {
        Tier::Ngrams => OWN_TIER,
        Tier::Encoder => ENCODER_TIER,
    }
}

fn language(language: Language) -> Option<&'static str> {
    match language {
        Language::Spanish => Some("es"),
        Language::English => Some("en"),
        Language::Unknown => None,
    }
}

fn class(class: SentimentClass) -> &'static str {
    match class {
        SentimentClass::Negative => "negative",
        SentimentClass::Neutral => "neutral",
        SentimentClass::Positive => "positive",
    }
}

/// Reads a comment: its language, how good or bad it sounds, the emotion it shows, how hard it was and what the customer will do,
/// each with the words that make it so, what it speaks of and how it judges each, and what in it is personal. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/comments/analysis", tag = "listening", security(("key" = ["read"])),
    request_body = NewComment, responses((status = 200, body = CommentAnalysisDto), Problem))]
pub async fn analyse_comment(
    app: App,
    _: CanSee<ReadJourneys>,
    comment: Json<NewComment>,
) -> ApiResult<Json<CommentAnalysisDto>> {
    let NewComment { text, tier } = comment.0;
    app.blocking(move |app| -> Result<CommentAnalysisDto> {
        if text.len() > LARGEST {
            return Err(Error::new(
                Code::TooLarge,
                format!("a comment has at most {LARGEST} bytes, not {}", text.len()),
            ));
        }
        let analyzer = &app.topics.known().analyzer;
        let analysis = match tier.as_deref() {
            None | Some(OWN_TIER) => analyzer.analyse(&text),
            Some(ENCODER_TIER) => {
                let places = Encoder::shipped().embed(&[&text]);
                places.first().map_or_else(|| analyzer.analyse(&text), |place| analyzer.analyse_placed(&text, place))
            }
            Some(other) => {
                return Err(Error::invalid(format!("`tier` is `{OWN_TIER}` or `{ENCODER_TIER}`, not `{other}`")));
            }
        };
        // Whoever asks has written it.
        Ok(CommentAnalysisDto::of(&analysis, &text, true))
    })
    .await
    .map(Json)
}

/// Adds to the properties of an answer what its comment says: `comment_language`, `comment_sentiment`, `comment_score` (-1 to 1),
/// `comment_emotion`, `comment_effort`, `comment_intention`, `comment_topics` (each with its judgement, joined by commas) and
/// `comment_tier`, which says by what means.
pub fn read_comment(analyzer: &Analyzer, properties: &mut Map<String, Value>) {
    let Some(comment) = properties.get(COMMENT).and_then(Value::as_str) else { return };
    let Analysis { tier: by, language: spoken, sentiment, emotion, effort, intention, topics, .. } =
        analyzer.analyse(comment);
    let said = list_said(&topics);
    properties.insert(TIER.to_owned(), json!(tier(by)));
    if let Some(language) = language(spoken) {
        properties.insert("comment_language".to_owned(), json!(language));
    }
    if let Some(sentiment) = sentiment {
        let hundredths = (f64::from(sentiment.score) * 100.0).round() / 100.0;
        properties.insert("comment_sentiment".to_owned(), json!(class(sentiment.class)));
        properties.insert("comment_score".to_owned(), json!(hundredths));
    }
    let answers = [
        ("comment_emotion", emotion.map(|it| it.label.as_str())),
        ("comment_effort", effort.map(|it| it.label.as_str())),
        ("comment_intention", intention.map(|it| it.label.as_str())),
    ];
    for (name, answer) in answers {
        if let Some(answer) = answer {
            properties.insert(name.to_owned(), json!(answer));
        }
    }
    if !said.is_empty() {
        properties.insert("comment_topics".to_owned(), json!(said.join(",")));
    }
}

/// What a comment speaks of, each once with its judgement, as the property says it: `waiting:negative`.
pub fn list_said(topics: &[TopicMention]) -> Vec<String> {
    let said = topics.iter().map(|mention| format!("{}:{}", mention.topic, class(mention.class)));
    let mut said: Vec<String> = said.collect();
    said.sort_unstable();
    said.dedup();
    said
}
