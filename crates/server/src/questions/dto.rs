//! What goes over the wire about saved questions.

use domain::ports::SavedQuestion;
use domain::time::format_instant;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::finding::FindingDto;

/// A question that the organisation keeps.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedQuestion)]
pub struct SavedQuestionDto {
    #[schema(example = "que_3")]
    pub id: String,
    pub name: String,
    /// The view that asks: `map`, `paths`, `funnel`, `retention`, `attribution`, `effort` or `frictions`.
    pub view: &'static str,
    /// What the view asks, as it was saved.
    #[schema(value_type = Object)]
    pub question: Value,
    pub created_by: String,
    pub created_at: String,
    pub updated_at: String,
    /// Rises with every change; who changes the question says which one they read.
    pub revision: u64,
    /// What whoever asks it should know, such as that a property is not laid out any more.
    pub findings: Vec<FindingDto>,
}

impl SavedQuestionDto {
    pub fn new(saved: SavedQuestion, findings: Vec<FindingDto>) -> SavedQuestionDto {
        SavedQuestionDto {
            id: saved.id.to_string(),
            name: saved.name,
            view: saved.view.as_str(),
            question: serde_json::from_str(&saved.question).unwrap_or_default(),
            created_by: saved.created_by,
            created_at: format_instant(saved.created_at),
            updated_at: format_instant(saved.updated_at),
            revision: saved.revision,
            findings,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SavedQuestions)]
pub struct SavedQuestionsDto {
    /// In the order in which they were saved first.
    pub questions: Vec<SavedQuestionDto>,
}

/// A question to be kept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuestion {
    /// 1 to 120 characters; no two questions share one.
    pub name: String,
    /// The view that asks: `map`, `paths`, `funnel`, `retention`, `attribution`, `effort` or `frictions`.
    pub view: String,
    /// What the view asks: an object of at most 16 KB.
    #[schema(value_type = Object)]
    pub question: Map<String, Value>,
}

/// A question as it is to be from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionChange {
    /// 1 to 120 characters; no two questions share one.
    pub name: String,
    /// The view that asks: `map`, `paths`, `funnel`, `retention`, `attribution`, `effort` or `frictions`.
    pub view: String,
    /// What the view asks: an object of at most 16 KB.
    #[schema(value_type = Object)]
    pub question: Map<String, Value>,
    /// The revision that was read before the change.
    pub revision: u64,
}
