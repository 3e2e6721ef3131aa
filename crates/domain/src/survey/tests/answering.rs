//! What is taken of what was sent, and what of it is on the timeline.

use expect_test::{Expect, expect};

use super::*;

fn check_refused(question: Value, answer: Value, expected: Expect) {
    let survey = survey_of(json!([question]));
    let problems = survey.take(&given(json!({"a": answer}))).unwrap_err();
    let lines: Vec<String> = problems.iter().map(|each| format!("{} {each}\n", each.code.as_str())).collect();
    expected.assert_eq(&lines.concat());
}

#[test]
fn an_answer_that_its_question_does_not_have_is_refused() {
    let nps = || json!({"id": "a", "type": "nps"});
    check_refused(
        nps(),
        json!(11),
        expect![[r#"
        out_of_range $.a: must be a whole number from 0 to 10, not 11
    "#]],
    );
    check_refused(
        nps(),
        json!(-1),
        expect![[r#"
        out_of_range $.a: must be a whole number from 0 to 10, not -1
    "#]],
    );
    check_refused(
        nps(),
        json!(7.5),
        expect![[r#"
        out_of_range $.a: must be a whole number from 0 to 10, not 7.5
    "#]],
    );
    check_refused(
        nps(),
        json!("nine"),
        expect![[r#"
        wrong_type $.a: must be a whole number from 0 to 10, not a text
    "#]],
    );
    check_refused(
        nps(),
        json!([9]),
        expect![[r#"
        wrong_type $.a: must be a whole number from 0 to 10, not a list
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "csat"}),
        json!(0),
        expect![[r#"
        out_of_range $.a: must be a whole number from 1 to 5, not 0
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "ces"}),
        json!(8),
        expect![[r#"
        out_of_range $.a: must be a whole number from 1 to 7, not 8
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "rating", "stars": 3}),
        json!("4"),
        expect![[r#"
        out_of_range $.a: must be a whole number from 1 to 3, not 4
    "#]],
    );
    let choice = json!({"id": "a", "type": "choice", "choices": choices(&["price", "staff"])});
    check_refused(
        choice.clone(),
        json!("stuff"),
        expect![[r#"
        unknown_value $.a: `stuff` is none of `price` and `staff`; did you mean `staff`?
    "#]],
    );
    check_refused(
        choice,
        json!(["price"]),
        expect![[r#"
        wrong_type $.a: must be the id of a choice, not a list
    "#]],
    );
    let choices = json!({"id": "a", "type": "choices", "choices": choices(&["x", "y", "z"]), "most": 2});
    check_refused(
        choices.clone(),
        json!(["x", "y", "z"]),
        expect![[r#"
        wrong_count $.a: has 3 choices, at most 2 may be chosen
    "#]],
    );
    check_refused(
        choices,
        json!(["w"]),
        expect![[r#"
        unknown_value $.a: `w` is none of `x`, `y` and `z`
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "expectation"}),
        json!("much better"),
        expect![[r#"
        unknown_value $.a: `much better` is none of `better`, `as` and `worse`; did you mean `better`?
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "consent"}),
        json!("on"),
        expect![[r#"
        wrong_type $.a: must be true or false, not a text
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "consent", "required": true}),
        json!(false),
        expect![[r#"
        missing $.a: must be ticked
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "text"}),
        json!(5),
        expect![[r#"
        wrong_type $.a: must be a text, not a number
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "text"}),
        json!("a\u{0}b"),
        expect![[r#"
        null_character $.a: has the character U+0000, which no text has; take it out
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "text"}),
        json!("x".repeat(10_001)),
        expect![[r#"
        too_long $.a: has 10001 characters, at most 10000 are kept; shorten it
    "#]],
    );
    check_refused(
        json!({"id": "a", "type": "text", "required": true}),
        json!(" \n"),
        expect![[r#"
        missing $.a: must be answered
    "#]],
    );
}

#[test]
fn all_problems_of_an_answer_are_said_at_once() {
    let survey = survey_of(json!([
        {"id": "score", "type": "nps", "required": true}, {"id": "why", "type": "text", "required": true}, {"id": "ease", "type": "ces"},
    ]));
    let problems = survey.take(&given(json!({"scroe": 9, "ease": 12}))).unwrap_err();
    let lines: Vec<String> = problems.iter().map(|each| format!("{each}\n")).collect();
    expect![[r#"
        $.scroe: the survey has no question `scroe`; did you mean `score`?
        $.score: must be answered
        $.why: must be answered
        $.ease: must be a whole number from 1 to 7, not 12
    "#]]
    .assert_eq(&lines.concat());
    let problems = survey.take_partial(&given(json!({"ease": 12}))).unwrap_err();
    assert_eq!(problems.len(), 1, "nothing is missing of what is still being answered: {problems:?}");
}

#[test]
fn forms_send_texts_and_mean_the_same() {
    let survey = survey_of(json!([
        {"id": "score", "type": "nps"}, {"id": "some", "type": "choices", "choices": choices(&["x", "y"])},
        {"id": "yes", "type": "consent"}, {"id": "why", "type": "text"},
    ]));
    let typed = survey.take(&given(json!({"score": 9, "some": ["x"], "yes": true}))).unwrap();
    let form = survey.take(&given(json!({"score": "9", "some": "x", "yes": "yes", "why": ""}))).unwrap();
    assert_eq!(form, typed);
}

#[test]
fn several_choices_are_in_the_order_of_the_survey() {
    let survey = survey_of(json!([{"id": "some", "type": "choices", "choices": choices(&["x", "y", "z"])}]));
    let answers = survey.take(&given(json!({"some": ["z", "x", "z"]}))).unwrap();
    assert_eq!(answers.find("some"), Some(&Answer::Choices(vec!["x".into(), "z".into()])));
}

#[test]
fn a_comment_is_kept_whole_without_control_characters() {
    let survey = survey_of(json!([{"id": "why", "type": "text"}]));
    let comment = |text: &str| match survey.take(&given(json!({"why": text}))).unwrap().find("why") {
        Some(Answer::Text(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(comment(" dos\r\nlíneas\tclaras\u{7}\u{1b}[0m "), " dos\nlíneas\tclaras[0m ");
    assert_eq!(comment("مرحبا 👩‍👩‍👧"), "مرحبا 👩‍👩‍👧");
    assert_eq!(comment(&"ñ".repeat(10_000)).chars().count(), 10_000);
}

#[test]
fn answers_that_logic_hides_are_dropped_and_said_so() {
    let survey = survey_of(json!([
        {"id": "score", "type": "nps"},
        {"id": "why", "type": "text", "required": true, "show_when": {"question": "score", "at_most": 6}},
    ]));
    let answers = survey.take(&given(json!({"score": 9, "why": "porque sí"}))).unwrap();
    assert_eq!(answers.dropped(), ["why"]);
    assert!(answers.find("why").is_none() && answers.is_complete());
    let blank = survey.take(&given(json!({"score": 9, "why": ""}))).unwrap();
    assert!(blank.dropped().is_empty());
    assert!(survey.take(&given(json!({"score": 3}))).is_err(), "required where it is asked");
}

#[test]
fn an_event_has_a_property_for_each_answer() {
    let survey = survey_of(json!([
        {"id": "recommend", "type": "nps"}, {"id": "sold", "type": "csat"}, {"id": "sent", "type": "csat"}, {"id": "ease", "type": "ces"},
        {"id": "stars", "type": "rating"}, {"id": "expected", "type": "expectation"},
        {"id": "how", "type": "choice", "choices": choices(&["shop", "web"])},
        {"id": "what", "type": "choices", "choices": choices(&["price", "staff", "wait"])},
        {"id": "good", "type": "text"}, {"id": "bad", "type": "text"}, {"id": "more", "type": "text"}, {"id": "call", "type": "consent"},
        {"id": "open", "type": "choice", "choices": choices(&["x", "y"])},
    ]));
    let answers = survey
        .take(&given(json!({
            "recommend": 9, "sold": 4, "sent": 2, "ease": 6, "stars": 5, "expected": "better", "how": "web",
            "what": ["wait", "price"], "bad": "La cola.", "more": "Nada más.", "call": true,
        })))
        .unwrap();
    let properties = serde_json::to_string_pretty(&answers.properties()).unwrap();
    expect![[r#"
        {
          "answer.call": "yes",
          "answer.how": "web",
          "answer.more": "Nada más.",
          "answer.sent": 2,
          "answer.what": "price,wait",
          "ces": 6,
          "comment": "La cola.",
          "csat": 4,
          "expectation": "better",
          "nps": 9,
          "rating": 5
        }"#]]
    .assert_eq(&properties);
}

#[test]
fn a_score_is_never_that_of_another_question() {
    let survey = survey_of(json!([
        {"id": "where", "type": "choice", "choices": choices(&["shop", "web"])},
        {"id": "shop", "type": "csat", "show_when": {"question": "where", "is": "shop"}},
        {"id": "web", "type": "csat", "show_when": {"question": "where", "is": "web"}},
    ]));
    let answers = survey.take(&given(json!({"where": "web", "web": 2}))).unwrap();
    assert_eq!(Value::Object(answers.properties()), json!({"answer.where": "web", "answer.web": 2}));
}

mod suspicion {
    use super::*;

    fn long() -> Survey {
        survey_of(json!([
            {"id": "a", "type": "nps"}, {"id": "b", "type": "csat"}, {"id": "c", "type": "ces"}, {"id": "d", "type": "rating"}, {"id": "e", "type": "text"},
        ]))
    }

    fn suspicions(answers: Value, spent_ms: Value) -> Vec<&'static str> {
        let survey = long();
        let answers = survey.take(&given(answers)).unwrap();
        let spent_ms = serde_json::from_value(spent_ms).unwrap();
        survey.suspicions(&answers, &spent_ms).into_iter().map(Suspicion::as_str).collect()
    }

    #[test]
    fn the_same_place_on_four_scales_is_a_straight_line() {
        assert_eq!(suspicions(json!({"a": 10, "b": 5, "c": 7, "d": 5}), json!({})), ["straight_lining"]);
        assert_eq!(suspicions(json!({"a": 5, "b": 3, "c": 4, "d": 3}), json!({})), ["straight_lining"]);
        assert!(suspicions(json!({"a": 10, "b": 5, "c": 7, "d": 4}), json!({})).is_empty());
        assert!(suspicions(json!({"a": 10, "b": 5, "c": 7}), json!({})).is_empty());
    }

    #[test]
    fn two_questions_in_less_time_than_reading_takes_are_too_fast() {
        // Three words each: 300 ms and three times 100 ms.
        assert_eq!(suspicions(json!({"a": 9, "b": 4}), json!({"a": 600, "b": 599})), ["impossible_speed"]);
        assert!(suspicions(json!({"a": 9, "b": 4}), json!({"a": 600, "b": 600})).is_empty());
        assert!(suspicions(json!({"a": 9, "b": 4}), json!({"a": 1})).is_empty(), "one time says nothing");
        assert!(suspicions(json!({"a": 9}), json!({"a": 1, "b": 1})).is_empty(), "only answers take time");
    }
}
