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

mod marks {
    use super::*;

    fn long() -> Survey {
        survey_of(json!([
            {"id": "a", "type": "nps"}, {"id": "b", "type": "csat"}, {"id": "c", "type": "ces"},
            {"id": "d", "type": "rating", "reversed": true}, {"id": "e", "type": "text"},
            {"id": "f", "type": "choices", "choices": choices(&["x", "y", "z"])},
        ]))
    }

    /// An answer that came from a page, at leisure.
    fn leisurely() -> Sending {
        Sending { has_page: true, taken_ms: Some(600_000), ..Sending::default() }
    }

    fn marks(answers: Value, sending: &Sending) -> Vec<&'static str> {
        let survey = long();
        let answers = survey.take(&given(answers)).unwrap();
        survey.marks(&answers, sending).into_iter().map(Mark::as_str).collect()
    }

    fn straight(answers: Value) -> bool {
        marks(answers, &leisurely()) == ["straight"]
    }

    #[test]
    fn the_same_place_on_scales_of_both_directions_is_a_straight_line() {
        assert!(straight(json!({"a": 10, "b": 5, "c": 7, "d": 5})));
        assert!(straight(json!({"a": 5, "b": 3, "c": 4, "d": 3})));
        assert!(!straight(json!({"a": 10, "b": 5, "c": 7, "d": 4})));
        assert!(!straight(json!({"a": 10, "b": 5, "d": 5})), "three scales say nothing");
    }

    #[test]
    fn whoever_finds_everything_good_is_no_straight_line() {
        let survey = survey_of(json!([
            {"id": "a", "type": "nps"}, {"id": "b", "type": "csat"}, {"id": "c", "type": "ces"}, {"id": "d", "type": "rating"},
        ]));
        let content = survey.take(&given(json!({"a": 10, "b": 5, "c": 7, "d": 5}))).unwrap();
        assert_eq!(survey.marks(&content, &leisurely()), []);
    }

    #[test]
    fn an_answer_in_less_time_than_reading_and_pressing_take_is_too_fast() {
        // Three words each, a tap each, and the button: twice 300 and 200 ms, and 200 ms.
        let after = |ms| Sending { taken_ms: Some(ms), ..leisurely() };
        assert_eq!(marks(json!({"a": 9, "b": 4}), &after(1_199)), ["fast"]);
        assert!(marks(json!({"a": 9, "b": 4}), &after(1_200)).is_empty());
        assert_eq!(marks(json!({"a": 9, "f": ["x", "y", "z"]}), &after(1_599)), ["fast"], "every choice is a tap");
        assert!(marks(json!({"a": 9}), &after(1)).is_empty(), "one question says nothing");
        assert!(marks(json!({"a": 9, "b": 4}), &Sending { taken_ms: None, ..leisurely() }).is_empty());
    }

    #[test]
    fn what_was_answered_before_the_page_took_no_time_on_it() {
        let sending = |brought: &[&str]| Sending {
            taken_ms: Some(700),
            brought: brought.iter().map(|id| (*id).to_owned()).collect(),
            ..leisurely()
        };
        assert_eq!(marks(json!({"a": 9, "b": 4, "c": 5}), &sending(&["a"])), ["fast"]);
        assert!(marks(json!({"a": 9, "b": 4, "c": 5}), &sending(&["a", "b"])).is_empty());
    }

    #[test]
    fn words_are_counted_in_the_language_that_has_fewest() {
        let mut survey = survey_of(json!([{"id": "a", "type": "nps"}, {"id": "b", "type": "csat"}]));
        let answers = survey.take(&given(json!({"a": 9, "b": 4}))).unwrap();
        let before = survey.least_ms(&answers, &Default::default());
        survey.questions[0].text.0.insert("en".to_owned(), "How?".to_owned());
        assert_eq!(survey.least_ms(&answers, &Default::default()), before - 200);
    }

    #[test]
    fn what_filled_the_unseen_field_or_had_no_page_is_a_program() {
        assert_eq!(marks(json!({"a": 9}), &Sending { has_filled_unseen: true, ..leisurely() }), ["robot"]);
        assert_eq!(marks(json!({"a": 9}), &Sending::default()), ["robot"]);
        assert_eq!(marks(json!({"a": 9}), &Sending { is_repeated: true, ..Sending::default() }), ["again", "robot"]);
    }

    #[test]
    fn an_event_says_its_marks_or_that_it_has_none() {
        assert_eq!(Mark::to_property(&[]), "none");
        assert_eq!(Mark::to_property(&[Mark::Again, Mark::Fast]), "again,fast");
    }

    #[test]
    fn where_more_is_worse_the_number_is_none_of_the_rating() {
        let survey =
            survey_of(json!([{"id": "wait", "type": "rating", "reversed": true}, {"id": "stars", "type": "rating"}]));
        let answers = survey.take(&given(json!({"wait": 5, "stars": 4}))).unwrap();
        assert_eq!(Value::Object(answers.properties()), json!({"answer.wait": 5, "rating": 4}));
    }
}
