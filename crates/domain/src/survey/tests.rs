//! Surveys as scenarios, and surveys of every shape.

mod answering;
mod asking;
mod generated;
mod inviting;
mod logic;
mod problems;
mod properties;
mod themes;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::*;

/// A survey of these questions, in Spanish only. Where a question has no text, it gets one.
fn survey_of(questions: Value) -> Survey {
    Survey::from_json(file_of(questions).to_string().as_bytes()).unwrap()
}

fn file_of(mut questions: Value) -> Value {
    for question in questions.as_array_mut().unwrap() {
        if question.get("text").is_none() {
            question["text"] = json!({"es": "¿Qué tal fue?"});
        }
    }
    json!({
        "format": 1, "name": "prueba", "kind": "transactional", "languages": ["es"],
        "title": {"es": "Prueba"}, "thanks": {"es": "Gracias."}, "questions": questions,
    })
}

fn choices(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({"id": id, "text": {"es": id}})).collect()
}

fn given(value: Value) -> BTreeMap<String, Value> {
    serde_json::from_value(value).unwrap()
}

#[test]
fn the_examples_are_read_and_written_back() {
    for (name, file) in EXAMPLES {
        let survey = Survey::from_json(file.as_bytes()).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(survey.name, name);
        assert_eq!(survey.languages, ["es", "en"]);
        assert_eq!(survey.findings(), []);
        assert_eq!(Survey::from_json(survey.to_json().as_bytes()).unwrap(), survey);
    }
}

#[test]
fn the_survey_of_the_document_is_read() {
    let document = include_str!("../../../../docs/surveys.md");
    let file = document.split("```json\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let survey = Survey::from_json(file.as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(survey.findings(), []);
    let answers =
        survey.take(&given(json!({"reason": "return", "ease": 2, "hard": ["wait"], "contact": true}))).unwrap();
    let properties = json!({"answer.reason": "return", "ces": 2, "answer.hard": "wait", "answer.contact": "yes"});
    assert_eq!(Value::Object(answers.properties()), properties);
    assert_eq!(Ask::TYPES.map(|kind| document.contains(&format!("\n| `{kind}` |"))), [true; 9]);
}

#[test]
fn a_wish_for_a_language_is_met_by_the_nearest() {
    let mut survey = survey_of(json!([{"id": "a", "type": "nps"}]));
    survey.languages = ["es", "en", "pt-BR"].map(str::to_owned).to_vec();
    for (wishes, spoken) in [
        (&["en"][..], "en"),
        (&["es-MX", "en"], "es"),
        (&["pt-PT"], "pt-BR"),
        (&["pt-br"], "pt-BR"),
        (&["de", "EN-gb"], "en"),
        (&["de"], "es"),
        (&[], "es"),
    ] {
        assert_eq!(survey.speak(wishes.iter().copied()), spoken, "{wishes:?}");
    }
}

#[test]
fn answers_are_taken_from_the_opening_until_the_closing() {
    let mut survey = survey_of(json!([{"id": "a", "type": "nps"}]));
    assert_eq!(survey.opening_at(0), Opening::Open);
    (survey.opens_at, survey.closes_at) = (Some(10), Some(20));
    let openings = [9, 10, 19, 20].map(|now| survey.opening_at(now));
    assert_eq!(openings, [Opening::NotYet, Opening::Open, Opening::Open, Opening::Closed]);
}

#[test]
fn a_quota_counts_all_answers_or_those_of_a_choice() {
    let mut file = file_of(json!([{"id": "where", "type": "choices", "choices": choices(&["shop", "web"])}]));
    file["quotas"] = json!([{"most": 100}, {"most": 10, "question": "where", "choice": "web"}]);
    let survey = Survey::from_json(file.to_string().as_bytes()).unwrap();
    let counted = |answer: Value| {
        let answers = survey.take(&given(json!({"where": answer}))).unwrap();
        survey.quotas.iter().map(|quota| quota.counts(&answers)).collect::<Vec<_>>()
    };
    assert_eq!(counted(json!(["shop", "web"])), [true, true]);
    assert_eq!(counted(json!(["shop"])), [true, false]);
    assert_eq!(counted(Value::Null), [true, false]);
}
