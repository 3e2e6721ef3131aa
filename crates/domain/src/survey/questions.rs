//! The questions of a file, with their logic.

use serde_json::Value;

use super::condition::{self, Known};
use super::input::{Input, Object};
use super::problem::{ProblemCode, listed, member, quoted, suggestion};
use super::{
    Ask, Choice, Ends, ExpectationLabels, MOST_CHOICES, MOST_QUESTIONS, MOST_SKIPS, Question, Skip, SkipTo, Texts,
};

/// What every question may have.
const COMMON: [&str; 7] = ["id", "type", "text", "help", "required", "show_when", "skip"];
/// The languages in which the page has its own words for what was lived against what was expected.
const SPOKEN_BY_THE_PAGE: [&str; 2] = ["es", "en"];

/// What only questions of some types may have.
fn members_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "nps" | "ces" => &["low", "high"],
        "csat" => &["low", "high", "faces"],
        "rating" => &["low", "high", "stars", "reversed"],
        "choice" => &["choices"],
        "choices" => &["choices", "most"],
        "consent" => &["purpose"],
        "expectation" => &["better", "as", "worse"],
        _ => &[],
    }
}

pub(super) fn read(input: &mut Input, survey: &Object<'_>) -> Vec<Question> {
    let Some((place, value)) = input.needed(survey, "questions", "a survey asks something") else { return Vec::new() };
    let items = input.list(&place, value, 1, MOST_QUESTIONS);
    // Known beforehand, so that what leads to a later question can be told from what leads nowhere.
    let ids: Vec<Option<&str>> = items.iter().map(|(_, item)| item.get("id").and_then(Value::as_str)).collect();
    let mut known = Known::new(ids);
    let mut questions = Vec::new();
    for (at, (place, item)) in items.into_iter().enumerate() {
        known.at = at;
        if let Some(question) = read_question(input, &mut known, place, item) {
            questions.push(question);
        }
    }
    questions
}

fn read_question<'v>(input: &mut Input, known: &mut Known<'v>, place: String, value: &'v Value) -> Option<Question> {
    let object = input.object(place.clone(), value)?;
    let id = read_id(input, known, &object);
    let kind = read_type(input, &object);
    match kind {
        Some(kind) => refuse_unknown(input, &object, kind),
        None => input.only(&object, &every_member()),
    }
    let text = input.needed(&object, "text", "say what is asked").map(|(at, value)| input.texts(&at, value));
    let help = input.optional_texts(&object, "help");
    let is_required = input.flag(&object, "required");
    let show_when = object.get("show_when").and_then(|(at, value)| condition::read(input, known, &at, value));
    let ask = kind.and_then(|kind| read_ask(input, &object, kind));
    // From here on this question itself may be asked about.
    known.asks.push((known.at, ask.clone()));
    let skips = object.get("skip").map_or_else(Vec::new, |(at, value)| read_skips(input, known, &at, value));
    Some(Question { id: id?.to_owned(), ask: ask?, text: text?, help, is_required, show_when, skips })
}

fn every_member() -> Vec<&'static str> {
    COMMON.into_iter().chain(Ask::TYPES.into_iter().flat_map(members_of).copied()).collect()
}

fn refuse_unknown(input: &mut Input, object: &Object<'_>, kind: &str) {
    let own = members_of(kind);
    for name in object.names().filter(|name| !COMMON.contains(name) && !own.contains(name)) {
        let of_others: Vec<&str> = Ask::TYPES.into_iter().filter(|other| members_of(other).contains(&name)).collect();
        let detail = match of_others.is_empty() {
            true => {
                let meant = suggestion(name, COMMON.iter().chain(own).copied());
                format!("{} is not known in a question of type `{kind}`; take it away{meant}", quoted(name))
            }
            false => format!(
                "`{name}` belongs to questions of type {}, not `{kind}`; take it away",
                listed(of_others.iter().copied())
            ),
        };
        input.problem(member(&object.place, name), ProblemCode::UnknownMember, detail);
    }
}

fn read_id<'v>(input: &mut Input, known: &Known<'v>, object: &Object<'v>) -> Option<&'v str> {
    let (place, value) = input.needed(object, "id", "write a key such as `recommend`")?;
    let id = input.key(&place, value)?;
    if id == "end" {
        let detail = "`end` stands for the end of the survey; write another key";
        input.problem(place, ProblemCode::InvalidKey, detail);
        return None;
    }
    if known.position(id).is_some_and(|first| first < known.at) {
        input.problem(place, ProblemCode::Twice, format!("`{id}` is an earlier question already; write another key"));
    }
    Some(id)
}

fn read_type(input: &mut Input, object: &Object<'_>) -> Option<&'static str> {
    let (place, value) = input.needed(object, "type", &format!("write one of {}", listed(Ask::TYPES)))?;
    let text = input.text(&place, value)?;
    let kind = Ask::TYPES.into_iter().find(|kind| *kind == text);
    if kind.is_none() {
        let detail = format!(
            "{} is no type of question; write one of {}{}",
            quoted(text),
            listed(Ask::TYPES),
            suggestion(text, Ask::TYPES)
        );
        input.problem(place, ProblemCode::UnknownValue, detail);
    }
    kind
}

fn read_ask(input: &mut Input, object: &Object<'_>, kind: &str) -> Option<Ask> {
    let mut ends = || Ends { low: input.optional_texts(object, "low"), high: input.optional_texts(object, "high") };
    match kind {
        "nps" => Some(Ask::Nps(ends())),
        "ces" => Some(Ask::Ces(ends())),
        "csat" => {
            let ends = ends();
            Some(Ask::Csat { ends, faces: input.flag(object, "faces") })
        }
        "rating" => {
            let ends = ends();
            let stars = match object.get("stars") {
                None => Some(5),
                Some((place, value)) => input.number(&place, value, 3, 10),
            };
            let reversed = input.flag(object, "reversed");
            Some(Ask::Rating { ends, stars: u8::try_from(stars?).unwrap_or(u8::MAX), reversed })
        }
        "choice" => Some(Ask::Choice(read_choices(input, object)?)),
        "choices" => {
            let choices = read_choices(input, object);
            let most = object.get("most").and_then(|(place, value)| {
                let all = choices.as_ref().map_or(MOST_CHOICES, Vec::len);
                input.number(&place, value, 1, all as u64)
            });
            Some(Ask::Choices { choices: choices?, most: most.map(|most| usize::try_from(most).unwrap_or(usize::MAX)) })
        }
        "text" => Some(Ask::Text),
        "consent" => {
            let purpose = object.get("purpose").and_then(|(place, value)| input.key(&place, value));
            Some(Ask::Consent { purpose: purpose.map(str::to_owned) })
        }
        "expectation" => Some(Ask::Expectation(read_labels(input, object))),
        _ => None,
    }
}

fn read_choices(input: &mut Input, object: &Object<'_>) -> Option<Vec<Choice>> {
    let (place, value) = input.needed(object, "choices", "list what can be chosen")?;
    let mut choices: Vec<Choice> = Vec::new();
    for (place, item) in input.list(&place, value, 2, MOST_CHOICES) {
        let Some(item) = input.object(place, item) else { continue };
        input.only(&item, &["id", "text"]);
        let id = input.needed(&item, "id", "write a key such as `price`").and_then(|(at, value)| {
            let id = input.key(&at, value)?;
            if choices.iter().any(|choice| choice.id == id) {
                input.problem(
                    at,
                    ProblemCode::Twice,
                    format!("`{id}` is an earlier choice already; write another key"),
                );
            }
            Some(id)
        });
        let text = input.needed(&item, "text", "say what can be chosen").map(|(at, value)| input.texts(&at, value));
        if let (Some(id), Some(text)) = (id, text) {
            choices.push(Choice { id: id.to_owned(), text });
        }
    }
    Some(choices)
}

fn read_labels(input: &mut Input, object: &Object<'_>) -> Option<Box<ExpectationLabels>> {
    let names = ["better", "as", "worse"];
    let foreign = input
        .languages
        .iter()
        .find(|language| !SPOKEN_BY_THE_PAGE.contains(&language.split('-').next().unwrap_or_default()));
    let why = match foreign {
        Some(language) => format!("the page has no words of its own in `{language}`; write `better`, `as` and `worse`"),
        None => "write all of `better`, `as` and `worse`, or none".to_owned(),
    };
    if foreign.is_none() && !names.iter().any(|name| object.has(name)) {
        return None;
    }
    let [better, as_expected, worse] = names.map(|name| {
        input.needed(object, name, &why).map_or_else(Texts::default, |(at, value)| input.texts(&at, value))
    });
    Some(Box::new(ExpectationLabels { better, as_expected, worse }))
}

fn read_skips(input: &mut Input, known: &Known<'_>, place: &str, value: &Value) -> Vec<Skip> {
    let mut skips: Vec<Skip> = Vec::new();
    let mut always_counts = false;
    for (place, item) in input.list(place, value, 1, MOST_SKIPS) {
        let Some(item) = input.object(place.clone(), item) else { continue };
        input.only(&item, &["when", "to"]);
        if always_counts {
            let detail = "is never reached, because the skip before it always counts; take one away";
            input.problem(place, ProblemCode::WrongOrder, detail);
        }
        always_counts = !item.has("when");
        let when = item.get("when").and_then(|(at, value)| condition::read_after(input, known, &at, value));
        if let Some(to) = read_target(input, known, &item) {
            skips.push(Skip { when, to });
        }
    }
    skips
}

fn read_target(input: &mut Input, known: &Known<'_>, skip: &Object<'_>) -> Option<SkipTo> {
    let (place, value) = input.needed(skip, "to", "write the id of a later question, or `end`")?;
    let id = input.text(&place, value)?;
    if id == "end" {
        return Some(SkipTo::End);
    }
    match known.position(id) {
        Some(position) if position > known.at => Some(SkipTo::Question(id.to_owned())),
        Some(_) => {
            let detail = format!("`{id}` is not a later question; a survey never goes back");
            input.problem(place, ProblemCode::WrongOrder, detail);
            None
        }
        None => {
            let meant = suggestion(id, known.ids().chain(["end"]));
            input.problem(place, ProblemCode::UnknownValue, format!("there is no question {}{meant}", quoted(id)));
            None
        }
    }
}
