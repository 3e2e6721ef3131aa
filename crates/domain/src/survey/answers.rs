//! What a customer answered, and what of it is on the timeline.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Characters of a comment, line breaks included.
pub const LONGEST_COMMENT_CHARS: usize = 10_000;

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// On a scale, within its range.
    Score(u8),
    Choice(String),
    /// 1 or more, in the order of the survey.
    Choices(Vec<String>),
    /// 1 to 10,000 characters, not only blanks, without control characters except line breaks and tabs.
    Text(String),
    Consent(bool),
    Expectation(Expectation),
}

/// What was lived, against what was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expectation {
    Better,
    As,
    Worse,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub question: String,
    /// `None` where the question was passed over.
    pub answer: Option<Answer>,
    /// The property of the event that holds it.
    pub property: String,
}

/// Answers to questions that the survey asked, in its order: [`take`](super::Survey::take) makes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub(super) answered: Vec<Answered>,
    pub(super) dropped: Vec<String>,
    pub(super) is_complete: bool,
}

impl Expectation {
    pub const ALL: [Expectation; 3] = [Expectation::Better, Expectation::As, Expectation::Worse];

    pub fn as_str(self) -> &'static str {
        match self {
            Expectation::Better => "better",
            Expectation::As => "as",
            Expectation::Worse => "worse",
        }
    }

    pub fn parse(text: &str) -> Option<Expectation> {
        Expectation::ALL.into_iter().find(|each| each.as_str() == text)
    }
}

impl Answer {
    /// The words of the answer that a condition or a quota compares: see [`Ask::words`](super::Ask::words). None for scores and texts.
    pub fn words(&self) -> Vec<&str> {
        match self {
            Answer::Score(_) | Answer::Text(_) => Vec::new(),
            Answer::Choice(id) => vec![id],
            Answer::Choices(ids) => ids.iter().map(String::as_str).collect(),
            Answer::Consent(true) => vec!["yes"],
            Answer::Consent(false) => vec!["no"],
            Answer::Expectation(expectation) => vec![expectation.as_str()],
        }
    }

    /// As it is sent: what [`take`](super::Survey::take) reads back.
    pub fn to_json(&self) -> Value {
        match self {
            Answer::Score(score) => json!(score),
            Answer::Choice(text) | Answer::Text(text) => json!(text),
            Answer::Choices(ids) => json!(ids),
            Answer::Consent(is_given) => json!(is_given),
            Answer::Expectation(expectation) => json!(expectation.as_str()),
        }
    }

    /// As a property of an event: a number for a score, a text for everything else; several choices are joined by commas, which
    /// no id has.
    fn to_property(&self) -> Value {
        match self {
            Answer::Score(score) => json!(score),
            Answer::Text(text) => json!(text),
            _ => json!(self.words().join(",")),
        }
    }
}

impl Answers {
    /// The questions that were answered or passed over, in the order of the survey.
    pub fn iter(&self) -> impl Iterator<Item = &Answered> {
        self.answered.iter()
    }

    /// The answer to a question; `None` where there is none, passed over or not.
    pub fn find(&self, question: &str) -> Option<&Answer> {
        self.answered.iter().find(|each| each.question == question)?.answer.as_ref()
    }

    /// Whether a question was answered or passed over.
    pub fn is_settled(&self, question: &str) -> bool {
        self.answered.iter().any(|each| each.question == question)
    }

    /// Questions whose answers were left out, because the other answers hide them.
    pub fn dropped(&self) -> &[String] {
        &self.dropped
    }

    /// Whether nothing required is missing: taken by [`take`](super::Survey::take).
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// As they are sent: question to answer, `null` for one that was passed over. Taken again they are the same.
    pub fn to_given(&self) -> BTreeMap<String, Value> {
        let json = |answer: &Option<Answer>| answer.as_ref().map_or(Value::Null, Answer::to_json);
        self.answered.iter().map(|each| (each.question.clone(), json(&each.answer))).collect()
    }

    /// The properties of the event on the timeline. Numbers: `nps` (0–10), `csat` (1–5), `ces` (1–7), `rating`. Texts:
    /// `expectation` (`better`, `as`, `worse`) and `comment`, the first open text that was answered. Everything else, and what
    /// another question of the same type answers, is `answer.ID`: choices by their ids, consent as `yes` or `no`.
    ///
    /// Each score belongs to the survey's first question of its type, whether that one was asked or not, so that one property
    /// never mixes the answers of two questions.
    pub fn properties(&self) -> Map<String, Value> {
        let answered = self.answered.iter().filter_map(|each| Some((each, each.answer.as_ref()?)));
        answered.map(|(each, answer)| (each.property.clone(), answer.to_property())).collect()
    }
}
