//! Which question comes next.

use super::*;

/// The way through a survey when these answers are given, as ids.
fn way(survey: &Survey, answers: Value) -> Vec<String> {
    let answers = survey.take(&given(answers)).unwrap();
    survey.shown(&answers).iter().map(|question| question.id.clone()).collect()
}

fn shop() -> Survey {
    survey_of(json!([
        {"id": "score", "type": "nps", "skip": [{"when": {"question": "score", "at_least": 9}, "to": "contact"}]},
        {"id": "what", "type": "choices", "choices": choices(&["price", "staff", "wait"])},
        {"id": "wait", "type": "ces", "show_when": {"question": "what", "is": ["wait", "staff"]}},
        {"id": "why", "type": "text", "show_when": {"any": [
            {"question": "score", "at_most": 3}, {"all": [{"question": "wait", "answered": true}, {"not": {"question": "wait", "at_least": 4}}]},
        ]}, "skip": [{"to": "end"}]},
        {"id": "contact", "type": "consent"},
    ]))
}

#[test]
fn a_condition_shows_a_question_and_a_skip_leaves_some_out() {
    let shop = shop();
    assert_eq!(way(&shop, json!({"score": 10})), ["score", "contact"]);
    assert_eq!(way(&shop, json!({"score": 8, "what": ["price"]})), ["score", "what", "contact"]);
    assert_eq!(way(&shop, json!({"score": 8, "what": ["wait"], "wait": 6})), ["score", "what", "wait", "contact"]);
    assert_eq!(way(&shop, json!({"score": 8, "what": ["staff"], "wait": 2})), ["score", "what", "wait", "why"]);
    assert_eq!(way(&shop, json!({"score": 0})), ["score", "what", "why"]);
}

#[test]
fn what_was_not_answered_meets_no_condition_but_the_one_that_says_so() {
    let survey = survey_of(json!([
        {"id": "score", "type": "nps"},
        {"id": "low", "type": "text", "show_when": {"question": "score", "at_most": 10}},
        {"id": "none", "type": "text", "show_when": {"question": "score", "answered": false}},
        {"id": "not_low", "type": "text", "show_when": {"not": {"question": "score", "at_most": 6}}},
    ]));
    assert_eq!(way(&survey, json!({})), ["score", "none", "not_low"]);
}

#[test]
fn next_goes_from_one_open_question_to_the_next() {
    let shop = shop();
    let next = |answers: Value| match shop.next(&shop.take_partial(&given(answers)).unwrap()) {
        Next::Question(id) => id.to_owned(),
        Next::End => "(end)".to_owned(),
    };
    assert_eq!(next(json!({})), "score");
    assert_eq!(next(json!({"score": 5})), "what");
    assert_eq!(next(json!({"score": 5, "what": null})), "contact");
    assert_eq!(next(json!({"score": 5, "what": ["wait"]})), "wait");
    assert_eq!(next(json!({"score": 5, "what": ["wait"], "wait": 1, "why": "larga"})), "(end)");
    assert_eq!(next(json!({"score": 10, "contact": true})), "(end)");
}

#[test]
fn a_skip_of_a_question_that_was_not_asked_does_not_count() {
    let survey = survey_of(json!([
        {"id": "a", "type": "nps"},
        {"id": "b", "type": "text", "show_when": {"question": "a", "at_most": 6}, "skip": [{"to": "end"}]},
        {"id": "c", "type": "text"},
    ]));
    assert_eq!(way(&survey, json!({"a": 9})), ["a", "c"]);
    assert_eq!(way(&survey, json!({"a": 2})), ["a", "b"]);
}
