//! Keeping questions. What a question holds is the business of the view that asks it; here it is kept small and whole.

use domain::ports::{QuestionView, SavedQuestion};
use domain::{Code, Error, QuestionId, Result};
use serde_json::{Map, Value, json};

use super::dto::{NewQuestion, QuestionChange, SavedQuestionDto};
use crate::app::App;
use crate::auth::Identity;
use crate::finding::FindingDto;
use crate::journeys::properties_not_laid_out;
use crate::kept_name::check_kept_name;

/// Bytes of a question as JSON.
const LARGEST_QUESTION: usize = 16 << 10;
/// Objects and lists that may lie within each other.
const DEEPEST_QUESTION: usize = 8;

pub fn list_questions(app: &App) -> Result<Vec<SavedQuestionDto>> {
    app.state.questions.list_questions()?.into_iter().map(|saved| show(app, saved)).collect()
}

pub fn show_question(app: &App, id: QuestionId) -> Result<SavedQuestionDto> {
    show(app, app.state.questions.find_question(id)?)
}

pub fn create_question(app: &App, new: NewQuestion, by: &Identity) -> Result<SavedQuestionDto> {
    let at = app.clock.now_ms();
    let question = SavedQuestion {
        id: QuestionId(0),
        name: check_kept_name("a question", &new.name)?,
        view: check_view(&new.view)?,
        question: check_question(new.question)?,
        created_by: by.name.clone(),
        created_at: at,
        updated_at: at,
        revision: 1,
    };
    let audit = app.audit_entry(by, "question.create", &question.name, told(&question));
    show(app, app.state.questions.create_question(&question, &audit)?)
}

pub fn update_question(app: &App, id: QuestionId, change: QuestionChange, by: &Identity) -> Result<SavedQuestionDto> {
    let stored = app.state.questions.find_question(id)?;
    let question = SavedQuestion {
        name: check_kept_name("a question", &change.name)?,
        view: check_view(&change.view)?,
        question: check_question(change.question)?,
        updated_at: app.clock.now_ms(),
        revision: change.revision,
        ..stored
    };
    let audit = app.audit_entry(by, "question.update", &id.to_string(), told(&question));
    show(app, app.state.questions.update_question(&question, &audit)?)
}

pub fn delete_question(app: &App, id: QuestionId, by: &Identity) -> Result<()> {
    let stored = app.state.questions.find_question(id)?;
    let audit = app.audit_entry(by, "question.delete", &id.to_string(), told(&stored));
    app.state.questions.delete_question(id, app.clock.now_ms(), &audit)
}

fn told(question: &SavedQuestion) -> Value {
    json!({"name": question.name, "view": question.view.as_str()})
}

fn show(app: &App, saved: SavedQuestion) -> Result<SavedQuestionDto> {
    let question: Value = serde_json::from_str(&saved.question).unwrap_or_default();
    // The funnel asks in `steps`; whatever else a question holds is no step.
    let steps = question["steps"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let findings = properties_not_laid_out(app, steps)?.into_iter().map(|property| FindingDto {
        code: "not_laid_out",
        detail: format!(
            "a step asks for `{property}`, which is not laid out in the timeline, so that each answer reads it from the \
             stored events: add it to the setting `timeline_properties` and start the server again to be faster"
        ),
    });
    let findings = findings.collect();
    Ok(SavedQuestionDto::new(saved, findings))
}

fn check_view(view: &str) -> Result<QuestionView> {
    QuestionView::parse(view).ok_or_else(|| {
        let views = QuestionView::ALL.map(QuestionView::as_str).join(", ");
        Error::invalid(format!("`{view}` is no view of a question; they are {views}"))
    })
}

fn check_question(question: Map<String, Value>) -> Result<String> {
    let question = Value::Object(question);
    if depth(&question) > DEEPEST_QUESTION {
        return Err(Error::invalid(format!(
            "a question has at most {DEEPEST_QUESTION} objects or lists in each other"
        )));
    }
    let text = question.to_string();
    if text.len() > LARGEST_QUESTION {
        return Err(Error::new(
            Code::TooLarge,
            format!("a question has at most {LARGEST_QUESTION} bytes as JSON, not {}", text.len()),
        ));
    }
    Ok(text)
}

/// Objects and lists within each other; the reader of JSON bounds it.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
