//! Each problem of a file, with its place and what it says.

use expect_test::{Expect, expect};

use super::*;

fn check(file: &Value, expected: Expect) {
    check_bytes(file.to_string().as_bytes(), expected);
}

fn check_bytes(file: &[u8], expected: Expect) {
    let problems = Survey::from_json(file).unwrap_err();
    let lines: Vec<String> = problems.iter().map(|each| format!("{} {each}\n", each.code.as_str())).collect();
    expected.assert_eq(&lines.concat());
}

fn check_questions(questions: Value, expected: Expect) {
    check(&file_of(questions), expected);
}

/// A good file with one member changed.
fn with(member: &str, value: Value) -> Value {
    let mut file =
        file_of(json!([{"id": "a", "type": "nps"}, {"id": "b", "type": "choice", "choices": choices(&["x", "y"])}]));
    file[member] = value;
    file
}

#[test]
fn what_is_no_file_of_a_survey_has_one_problem() {
    check_bytes(
        b"{",
        expect![[r#"
        invalid_json $: is no JSON that can be read: EOF while parsing an object at line 1 column 1
    "#]],
    );
    check_bytes(
        br#"{"format": 1, "format": 1}"#,
        expect![[r#"
        invalid_json $: is no JSON that can be read: the member `format` stands twice in its object at line 1 column 22
    "#]],
    );
    check_bytes(
        &vec![b' '; LARGEST_FILE_BYTES + 1],
        expect![[r#"
        file_too_large $: has 262145 bytes, at most 262144 are allowed; shorten its texts
    "#]],
    );
    check_bytes(
        b"[]",
        expect![[r#"
        wrong_type $: must be an object, not a list
    "#]],
    );
    check(
        &json!({}),
        expect![[r#"
        missing $.format: is missing; write 1, the version of the file
    "#]],
    );
    check(
        &with("format", json!(2)),
        expect![[r#"
        unknown_format $.format: is not a format that can be read; this program reads 1
    "#]],
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    check(
        &json!({
            "format": 1, "name": "After Purchase", "kind": "transactionel", "languages": ["es", "en", "es", "inglés"],
            "title": {"es": "Título"}, "thanks": {"es": " ", "en": 7, "fr": "Merci"}, "quota": [], "opens_at": "mañana",
            "theme": {"accent": "blue", "font": "Arial"},
            "questions": [
                {"id": "end", "type": "nsp", "text": {"es": "a", "en": "b"}, "stars": 3},
                {"id": "b", "type": "nps", "stars": 3, "required": "yes", "text": {"es": "{{customer", "en": "{{1+1}} {{touchpiont}}"}},
                "c",
            ],
        }),
        expect![[r#"
            unknown_member $.quota: `quota` is not known here; did you mean `quotas`?
            invalid_key $.name: `After Purchase` is not a key; write 1 to 64 of a–z, 0–9, `-` and `_`, beginning with a letter or digit
            unknown_value $.kind: `transactionel` is no kind of survey; write `relational` or `transactional`; did you mean `transactional`?
            twice $.languages[2]: `es` stands twice; take one away
            unknown_value $.languages[3]: `inglés` is not a language; write a code such as `es`, `en` or `pt-BR`
            missing $.title.en: is missing; every text is in every language of the survey
            unknown_member $.thanks.fr: `fr` is not among the languages of the survey, `es` and `en`; add it to `languages` or take it away
            invalid_text $.thanks.es: is empty; write a text or take the member away
            wrong_type $.thanks.en: must be a text, not a number
            unknown_member $.theme.font: `font` is not known here; take it away; known are `accent` and `accent_dark`
            invalid_colour $.theme.accent: `blue` is not a colour; write it as #RRGGBB
            wrong_type $.opens_at: `mañana` is not an instant; write it as 2026-03-29T09:00:00Z
            invalid_key $.questions[0].id: `end` stands for the end of the survey; write another key
            unknown_value $.questions[0].type: `nsp` is no type of question; write one of `nps`, `csat`, `ces`, `rating`, `choice`, `choices`, `text`, `consent` and `expectation`; did you mean `nps`?
            unknown_member $.questions[1].stars: `stars` belongs to questions of type `rating`, not `nps`; take it away
            invalid_placeholder $.questions[1].text.es: `{{customer` is never closed; write `}}` after the name
            invalid_placeholder $.questions[1].text.en: `1+1` cannot be filled; write `customer.TRAIT` or `touchpoint`, no more
            invalid_placeholder $.questions[1].text.en: `touchpiont` cannot be filled; write `customer.TRAIT` or `touchpoint`, no more; did you mean `touchpoint`?
            wrong_type $.questions[1].required: must be true or false, not a text
            wrong_type $.questions[2]: must be an object, not a text
        "#]],
    );
}

#[test]
fn a_file_of_nothing_but_mistakes_is_not_answered_without_end() {
    let mut file = file_of(json!([{"id": "a", "type": "nps"}]));
    for at in 0..5_000 {
        file[format!("member_{at}")] = json!(1);
    }
    assert_eq!(Survey::from_json(file.to_string().as_bytes()).unwrap_err().len(), 500);
}

#[test]
fn the_head_of_a_file_is_checked() {
    check(
        &with("name", json!("a_b")),
        expect![[r#"
        invalid_key $.name: `a_b` is part of addresses; write `-` in place of `_`
    "#]],
    );
    check(
        &with("name", json!("x".repeat(65))),
        expect![[r#"
        invalid_key $.name: `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` is not a key; write 1 to 64 of a–z, 0–9, `-` and `_`, beginning with a letter or digit
    "#]],
    );
    check(
        &with("kind", json!(1)),
        expect![[r#"
        wrong_type $.kind: must be a text, not a number
    "#]],
    );
    check(
        &with("languages", json!([])),
        expect![[r#"
            wrong_count $.languages: must have 1 to 20 items, not 0
        "#]],
    );
    check(
        &with("title", json!("Título")),
        expect![[r#"
        wrong_type $.title: must be an object, not a text
    "#]],
    );
    check(
        &with("title", json!({"es": "x".repeat(2001)})),
        expect![[r#"
        invalid_text $.title.es: has 2001 characters, at most 2000 are allowed; shorten it
    "#]],
    );
    check(
        &with("title", json!({"es": "a\u{0}b"})),
        expect![[r#"
        invalid_text $.title.es: has control characters; only line breaks are allowed
    "#]],
    );
    check(
        &with("thanks", Value::Null),
        expect![[r#"
        missing $.thanks: is missing; say what stands after the last question
    "#]],
    );
    check(
        &with("opens_at", json!("2200-01-01T00:00:00Z")),
        expect![[r#"
        out_of_range $.opens_at: must lie between 1970 and 2100
    "#]],
    );
    let mut file = with("opens_at", json!("2026-03-01T00:00:00+01:00"));
    file["closes_at"] = json!("2026-02-28T23:00:00Z");
    check(
        &file,
        expect![[r#"
        out_of_range $.closes_at: must be later than `opens_at`
    "#]],
    );
    check(
        &with("theme", json!({})),
        expect![[r#"
        missing $.theme.accent: is missing; write a colour as #RRGGBB, or take `theme` away
    "#]],
    );
}

#[test]
fn quotas_count_choices_that_are_there() {
    check(
        &with(
            "quotas",
            json!([
                {"most": 0}, {"most": 5, "choice": "x"}, {"most": 5, "question": "c", "choice": "x"},
                {"most": 5, "question": "a", "choice": "x"}, {"most": 5, "question": "b", "choice": "z"},
                {"most": 5, "question": "b", "choice": "x"}, {"most": 6, "question": "b", "choice": "x"},
            ]),
        ),
        expect![[r#"
            out_of_range $.quotas[0].most: must be a whole number from 1 to 100000000, not 0
            missing $.quotas[1].question: is missing; say whose choice is counted
            unknown_value $.quotas[2].question: there is no question `c`
            unknown_value $.quotas[3].question: `a` has no choices; a quota counts answers of a `choice` or of `choices`
            unknown_value $.quotas[4].choice: `b` has no choice `z`; it has `x` and `y`
            twice $.quotas[6]: counts the same answers as an earlier quota; take one away
        "#]],
    );
}

#[test]
fn questions_have_what_their_type_has() {
    check(
        &with("questions", json!([])),
        expect![[r#"
        wrong_count $.questions: must have 1 to 50 items, not 0
    "#]],
    );
    let many: Vec<Value> = (0..51).map(|at| json!({"id": format!("q{at}"), "type": "text"})).collect();
    check_questions(
        json!(many),
        expect![[r#"
        wrong_count $.questions: must have 1 to 50 items, not 51
    "#]],
    );
    check_questions(
        json!([{"id": "a", "type": "text"}, {"id": "a", "type": "text"}, {"id": "B c", "type": "text"}]),
        expect![[r#"
            twice $.questions[1].id: `a` is an earlier question already; write another key
            invalid_key $.questions[2].id: `B c` is not a key; write 1 to 64 of a–z, 0–9, `-` and `_`, beginning with a letter or digit
        "#]],
    );
    check_questions(
        json!([{"id": "a", "type": "nps", "stars": 5, "hlep": {}}]),
        expect![[r#"
        unknown_member $.questions[0].hlep: `hlep` is not known in a question of type `nps`; take it away; did you mean `help`?
        unknown_member $.questions[0].stars: `stars` belongs to questions of type `rating`, not `nps`; take it away
    "#]],
    );
    check_questions(
        json!([{"id": "a", "type": "rating", "stars": 11}, {"id": "b", "type": "rating", "stars": 4.5}]),
        expect![[r#"
            out_of_range $.questions[0].stars: must be a whole number from 3 to 10, not 11
            out_of_range $.questions[1].stars: must be a whole number from 3 to 10, not 4.5
        "#]],
    );
    check_questions(
        json!([{"id": "a", "type": "choice"}, {"id": "b", "type": "choice", "choices": choices(&["x"])}]),
        expect![[r#"
            missing $.questions[0].choices: is missing; list what can be chosen
            wrong_count $.questions[1].choices: must have 2 to 50 items, not 1
        "#]],
    );
    check_questions(
        json!([{"id": "a", "type": "choices", "choices": choices(&["x", "x"]), "most": 3}]),
        expect![[r#"
        twice $.questions[0].choices[1].id: `x` is an earlier choice already; write another key
        out_of_range $.questions[0].most: must be a whole number from 1 to 2, not 3
    "#]],
    );
    check_questions(
        json!([{"id": "a", "type": "expectation", "better": {"es": "Mejor"}}]),
        expect![[r#"
        missing $.questions[0].as: is missing; write all of `better`, `as` and `worse`, or none
        missing $.questions[0].worse: is missing; write all of `better`, `as` and `worse`, or none
    "#]],
    );
}

#[test]
fn a_language_that_the_page_does_not_speak_brings_its_words() {
    check(
        &json!({
            "format": 1, "name": "a", "kind": "relational", "languages": ["ca"], "title": {"ca": "a"}, "thanks": {"ca": "a"},
            "questions": [{"id": "a", "type": "expectation", "text": {"ca": "a"}}],
        }),
        expect![[r#"
            missing $.questions[0].better: is missing; the page has no words of its own in `ca`; write `better`, `as` and `worse`
            missing $.questions[0].as: is missing; the page has no words of its own in `ca`; write `better`, `as` and `worse`
            missing $.questions[0].worse: is missing; the page has no words of its own in `ca`; write `better`, `as` and `worse`
        "#]],
    );
}

#[test]
fn conditions_ask_what_can_be_answered_earlier() {
    let after = |condition: Value| {
        json!([
            {"id": "score", "type": "nps"}, {"id": "how", "type": "choice", "choices": choices(&["shop", "web"])},
            {"id": "why", "type": "text"}, {"id": "last", "type": "text", "show_when": condition}, {"id": "later", "type": "nps"},
        ])
    };
    check_questions(
        after(json!({"question": "later", "at_most": 6})),
        expect![[r#"
        wrong_order $.questions[3].show_when.question: `later` is not asked earlier; a condition speaks of questions before it
    "#]],
    );
    check_questions(
        after(json!({"question": "last", "answered": true})),
        expect![[r#"
        wrong_order $.questions[3].show_when.question: `last` is not asked earlier; a condition speaks of questions before it
    "#]],
    );
    check_questions(
        after(json!({"question": "scroe", "at_most": 6})),
        expect![[r#"
        unknown_value $.questions[3].show_when.question: there is no question `scroe`; did you mean `score`?
    "#]],
    );
    check_questions(
        after(json!({"question": "score"})),
        expect![[r#"
        wrong_count $.questions[3].show_when: compares in no way or in several; write one of `answered`, `is`, or `at_least` and `at_most`
    "#]],
    );
    check_questions(
        after(json!({"question": "score", "at_most": 6, "answered": true})),
        expect![[r#"
        wrong_count $.questions[3].show_when: compares in no way or in several; write one of `answered`, `is`, or `at_least` and `at_most`
    "#]],
    );
    check_questions(
        after(json!({"question": "score", "at_most": 11})),
        expect![[r#"
        out_of_range $.questions[3].show_when.at_most: must be a whole number from 0 to 10, not 11
    "#]],
    );
    check_questions(
        after(json!({"question": "score", "at_least": 7, "at_most": 6})),
        expect![[r#"
        out_of_range $.questions[3].show_when: never holds: no answer is at least 7 and at most 6
    "#]],
    );
    check_questions(
        after(json!({"question": "score", "is": "9"})),
        expect![[r#"
        unknown_value $.questions[3].show_when.is: `score` is a scale; compare it with `at_least` and `at_most`
    "#]],
    );
    check_questions(
        after(json!({"question": "why", "is": "good"})),
        expect![[r#"
        unknown_value $.questions[3].show_when.is: `why` is free text; only `answered` can be asked about it
    "#]],
    );
    check_questions(
        after(json!({"question": "how", "at_least": 1})),
        expect![[r#"
        unknown_value $.questions[3].show_when: `how` is no scale; compare it with `is` or `answered`
    "#]],
    );
    check_questions(
        after(json!({"question": "how", "is": ["shop", "shop", "wep"]})),
        expect![[r#"
        twice $.questions[3].show_when.is[1]: `shop` stands twice; take one away
        unknown_value $.questions[3].show_when.is[2]: `wep` is no answer to `how`; write one of `shop` and `web`; did you mean `web`?
    "#]],
    );
    check_questions(
        after(json!({"question": "how", "is": []})),
        expect![[r#"
        wrong_count $.questions[3].show_when.is: must have 1 to 50 items, not 0
    "#]],
    );
    check_questions(
        after(json!({"all": []})),
        expect![[r#"
        wrong_count $.questions[3].show_when.all: must have 1 to 50 items, not 0
    "#]],
    );
    check_questions(
        after(json!({"all": [{"question": "how", "is": "web"}], "any": []})),
        expect![[r#"
        unknown_member $.questions[3].show_when.any: `any` is not known here; take it away; known are `all`
    "#]],
    );
    let deep =
        |depth: usize| (1..depth).fold(json!({"question": "why", "answered": true}), |inner, _| json!({"not": inner}));
    assert!(Survey::from_json(file_of(after(deep(5))).to_string().as_bytes()).is_ok());
    check_questions(
        after(deep(6)),
        expect![[r#"
        wrong_count $.questions[3].show_when.not.not.not.not.not: a condition has at most 50 parts, at most 5 deep; make it simpler
    "#]],
    );
    let wide = vec![json!({"question": "why", "answered": true}); 50];
    check_questions(
        after(json!({"any": wide})),
        expect![[r#"
        wrong_count $.questions[3].show_when.any[49]: a condition has at most 50 parts, at most 5 deep; make it simpler
    "#]],
    );
}

#[test]
fn skips_lead_to_later_questions() {
    check_questions(
        json!([
            {"id": "a", "type": "nps"},
            {"id": "b", "type": "nps", "skip": [
                {"to": "b"}, {"to": "a"}, {"to": "d"}, {"when": {"question": "c", "at_most": 3}, "to": "c"}, {"when": {"question": "b", "at_most": 3}},
            ]},
            {"id": "c", "type": "nps", "skip": []},
        ]),
        expect![[r#"
            wrong_order $.questions[1].skip[0].to: `b` is not a later question; a survey never goes back
            wrong_order $.questions[1].skip[1]: is never reached, because the skip before it always counts; take one away
            wrong_order $.questions[1].skip[1].to: `a` is not a later question; a survey never goes back
            wrong_order $.questions[1].skip[2]: is never reached, because the skip before it always counts; take one away
            unknown_value $.questions[1].skip[2].to: there is no question `d`
            wrong_order $.questions[1].skip[3]: is never reached, because the skip before it always counts; take one away
            wrong_order $.questions[1].skip[3].when.question: `c` is not asked earlier; a condition speaks of questions before it
            missing $.questions[1].skip[4].to: is missing; write the id of a later question, or `end`
            wrong_count $.questions[2].skip: must have 1 to 20 items, not 0
        "#]],
    );
    check_questions(
        json!([{"id": "a", "type": "nps", "skip": [{"to": "c"}, {"to": "end"}]}, {"id": "b", "type": "nps"}, {"id": "c", "type": "nps"}]),
        expect![[r#"
            wrong_order $.questions[0].skip[1]: is never reached, because the skip before it always counts; take one away
        "#]],
    );
}

#[test]
fn a_bad_question_does_not_make_those_that_ask_about_it_bad() {
    check_questions(
        json!([{"id": "a", "type": "nsp"}, {"id": "b", "type": "text", "show_when": {"question": "a", "at_most": 6}}]),
        expect![[r#"
            unknown_value $.questions[0].type: `nsp` is no type of question; write one of `nps`, `csat`, `ces`, `rating`, `choice`, `choices`, `text`, `consent` and `expectation`; did you mean `nps`?
        "#]],
    );
}
