//! What holds of every survey and of everything that may be sent to it.

use proptest::prelude::*;

use super::generated::{surveys, surveys_with_answers};
use super::*;

/// The same file with the members of every object in another order.
fn turned(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let parts: Vec<String> =
                members.iter().rev().map(|(name, value)| format!("{}:{}", json!(name), turned(value))).collect();
            format!("{{{}}}", parts.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(turned).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// Goes through a survey as somebody who answers or passes over one question after the other, and says where that leads.
fn replay(survey: &Survey, answers: &Answers) -> Vec<String> {
    let mut given = BTreeMap::new();
    let mut asked = Vec::new();
    while let Next::Question(id) = survey.next(&survey.take_partial(&given).unwrap()) {
        asked.push(id.to_owned());
        given.insert(id.to_owned(), answers.find(id).map_or(Value::Null, Answer::to_json));
    }
    asked
}

proptest! {
    #[test]
    fn a_survey_that_is_written_is_read_again(survey in surveys()) {
        let read = Survey::from_json(survey.to_json().as_bytes());
        prop_assert_eq!(read, Ok(survey));
    }

    #[test]
    fn the_order_of_members_says_nothing((survey, given) in surveys_with_answers()) {
        let read = Survey::from_json(turned(&survey.to_value()).as_bytes()).unwrap();
        prop_assert_eq!(read.take(&given), survey.take(&given));
        prop_assert_eq!(read, survey);
    }

    #[test]
    fn nothing_is_taken_that_would_not_have_been_asked((survey, given) in surveys_with_answers()) {
        let Ok(answers) = survey.take(&given) else { return Ok(()) };
        let taken: Vec<String> = answers.iter().map(|each| each.question.clone()).collect();
        prop_assert_eq!(replay(&survey, &answers), taken);
        prop_assert_eq!(survey.next(&answers), Next::End);
        for id in answers.dropped() {
            prop_assert!(!survey.shown(&answers).iter().any(|question| question.id == *id));
        }
        for question in survey.shown(&answers).into_iter().filter(|question| question.is_required) {
            prop_assert!(answers.find(&question.id).is_some(), "{} is required", question.id);
        }
    }

    #[test]
    fn what_is_taken_while_answering_is_shown_too((survey, given) in surveys_with_answers()) {
        let Ok(answers) = survey.take_partial(&given) else { return Ok(()) };
        let shown: Vec<&str> = survey.shown(&answers).into_iter().map(|question| question.id.as_str()).collect();
        for each in answers.iter() {
            prop_assert!(shown.contains(&each.question.as_str()));
        }
    }

    #[test]
    fn what_was_taken_is_taken_again((survey, given) in surveys_with_answers()) {
        for take in [Survey::take, Survey::take_partial] {
            let Ok(answers) = take(&survey, &given) else { continue };
            let again = take(&survey, &answers.to_given()).unwrap();
            prop_assert!(again.iter().eq(answers.iter()) && again.dropped().is_empty());
            prop_assert_eq!(again.properties(), answers.properties());
        }
    }

    #[test]
    fn any_bytes_are_a_survey_or_have_problems(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Survey::from_json(&bytes).is_err());
    }

    #[test]
    fn a_file_with_a_member_lost_or_changed_never_panics(survey in surveys(), at in any::<prop::sample::Index>(), with in 0..6_usize) {
        let text = survey.to_value().to_string();
        let values = [json!(null), json!(7), json!("x"), json!([]), json!({}), json!(true)];
        let ends: Vec<usize> = text.match_indices("\":").map(|(end, _)| end + 2).collect();
        let start = ends[at.index(ends.len())];
        let mut stream = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        stream.next().unwrap().unwrap();
        let changed = format!("{}{}{}", &text[..start], values[with], &text[start + stream.byte_offset()..]);
        if let Err(problems) = Survey::from_json(changed.as_bytes()) {
            prop_assert!(problems.iter().all(|problem| problem.place.starts_with('$') && !problem.detail.is_empty()));
            prop_assert!(!problems.is_empty());
        }
    }
}
