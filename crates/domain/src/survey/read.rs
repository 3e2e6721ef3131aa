//! A file as a survey, or everything that is wrong with it.

use serde_json::Value;

use super::input::{Input, Object, Strict};
use super::problem::{Problem, ProblemCode, listed, member, quoted, suggestion};
use super::{
    Ask, FORMAT, Kind, LARGEST_FILE_BYTES, LARGEST_QUOTA, MOST_LANGUAGES, MOST_QUOTAS, MOST_REPEAT_DAYS, Question,
    Quota, QuotaOf, REPEAT_DAYS, Survey, Theme, inviting, questions,
};
use crate::time::{MAX_INSTANT_MS, MIN_INSTANT_MS};

const MEMBERS: [&str; 15] = [
    "format",
    "name",
    "kind",
    "anonymous",
    "languages",
    "title",
    "intro",
    "thanks",
    "theme",
    "opens_at",
    "closes_at",
    "quotas",
    "repeat_days",
    "invite",
    "questions",
];

impl Survey {
    /// Reads a file of at most 256 KB. All problems at once, up to 500, in the order of the file's shape; only a file that is too large or no
    /// JSON has a single one.
    pub fn from_json(file: &[u8]) -> Result<Survey, Vec<Problem>> {
        if file.len() > LARGEST_FILE_BYTES {
            let detail =
                format!("has {} bytes, at most {LARGEST_FILE_BYTES} are allowed; shorten its texts", file.len());
            return Err(vec![Problem::new("$", ProblemCode::FileTooLarge, detail)]);
        }
        // What Windows editors put at the beginning of a file says nothing.
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        let Strict(value) = serde_json::from_slice(file).map_err(|cause| {
            vec![Problem::new("$", ProblemCode::InvalidJson, format!("is no JSON that can be read: {cause}"))]
        })?;
        let mut input = Input::default();
        let survey = read(&mut input, &value);
        match survey {
            Some(survey) if input.problems.is_empty() => Ok(survey),
            _ => Err(input.problems),
        }
    }
}

fn read(input: &mut Input, value: &Value) -> Option<Survey> {
    let object = input.object("$".to_owned(), value)?;
    read_format(input, &object)?;
    input.only(&object, &MEMBERS);
    let name = read_name(input, &object);
    let kind = read_kind(input, &object);
    let is_anonymous = input.flag(&object, "anonymous");
    input.languages = read_languages(input, &object);
    let title =
        input.needed(&object, "title", "say what the survey is called").map(|(at, value)| input.texts(&at, value));
    let intro = input.optional_texts(&object, "intro");
    let thanks = input
        .needed(&object, "thanks", "say what stands after the last question")
        .map(|(at, value)| input.texts(&at, value));
    let theme = object.get("theme").and_then(|(at, value)| read_theme(input, at, value));
    let opens_at = read_instant(input, &object, "opens_at");
    let closes_at = read_instant(input, &object, "closes_at");
    if let (Some(opens_at), Some(closes_at)) = (opens_at, closes_at)
        && closes_at <= opens_at
    {
        input.problem("$.closes_at", ProblemCode::OutOfRange, "must be later than `opens_at`");
    }
    let repeat_days = match object.get("repeat_days") {
        None => u64::from(REPEAT_DAYS),
        Some((at, value)) => input.number(&at, value, 0, u64::from(MOST_REPEAT_DAYS)).unwrap_or_default(),
    };
    let invite = object.get("invite").and_then(|(at, value)| inviting::read(input, at, value));
    let questions = questions::read(input, &object);
    let quotas = object.get("quotas").map_or_else(Vec::new, |(at, value)| read_quotas(input, &at, value, &questions));
    Some(Survey {
        name: name?,
        kind: kind?,
        is_anonymous,
        languages: input.languages.clone(),
        title: title?,
        intro,
        thanks: thanks?,
        theme,
        opens_at,
        closes_at,
        quotas,
        repeat_days: u16::try_from(repeat_days).unwrap_or(MOST_REPEAT_DAYS),
        invite,
        questions,
    })
}

fn read_format(input: &mut Input, object: &Object<'_>) -> Option<()> {
    let (place, value) = input.needed(object, "format", "write 1, the version of the file")?;
    if value.as_u64() == Some(FORMAT) {
        return Some(());
    }
    let detail = format!("is not a format that can be read; this program reads {FORMAT}");
    input.problem(place, ProblemCode::UnknownFormat, detail);
    None
}

fn read_name(input: &mut Input, object: &Object<'_>) -> Option<String> {
    let (place, value) = input.needed(object, "name", "write a key such as `after-purchase`")?;
    let name = input.key(&place, value)?;
    if name.contains('_') {
        let detail = format!("{} is part of addresses; write `-` in place of `_`", quoted(name));
        input.problem(place, ProblemCode::InvalidKey, detail);
    }
    Some(name.to_owned())
}

fn read_kind(input: &mut Input, object: &Object<'_>) -> Option<Kind> {
    let (place, value) = input.needed(object, "kind", "write `relational` or `transactional`")?;
    let text = input.text(&place, value)?;
    let kind = Kind::parse(text);
    if kind.is_none() {
        let meant = suggestion(text, ["relational", "transactional"]);
        let detail = format!("{} is no kind of survey; write `relational` or `transactional`{meant}", quoted(text));
        input.problem(place, ProblemCode::UnknownValue, detail);
    }
    kind
}

fn read_languages(input: &mut Input, object: &Object<'_>) -> Vec<String> {
    let Some((place, value)) = input.needed(object, "languages", "list the languages, such as [\"es\", \"en\"]") else {
        return Vec::new();
    };
    let mut languages: Vec<String> = Vec::new();
    for (place, item) in input.list(&place, value, 1, MOST_LANGUAGES) {
        let Some(code) = input.text(&place, item) else { continue };
        if !is_language(code) {
            let detail = format!("{} is not a language; write a code such as `es`, `en` or `pt-BR`", quoted(code));
            input.problem(place, ProblemCode::UnknownValue, detail);
        } else if languages.iter().any(|known| known == code) {
            input.problem(place, ProblemCode::Twice, format!("`{code}` stands twice; take one away"));
        } else {
            languages.push(code.to_owned());
        }
    }
    languages
}

/// Two or three small letters, and a country in two large ones where it matters.
fn is_language(code: &str) -> bool {
    let (base, country) = match code.split_once('-') {
        None => (code, None),
        Some((base, country)) => (base, Some(country)),
    };
    (2..=3).contains(&base.len())
        && base.bytes().all(|byte| byte.is_ascii_lowercase())
        && country.is_none_or(|country| country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn read_theme(input: &mut Input, place: String, value: &Value) -> Option<Theme> {
    let object = input.object(place, value)?;
    input.only(&object, &["accent", "accent_dark"]);
    let (place, accent) = input.needed(&object, "accent", "write a colour as #RRGGBB, or take `theme` away")?;
    let accent = read_colour(input, &place, accent);
    let accent_dark = object.get("accent_dark").and_then(|(place, value)| read_colour(input, &place, value));
    Some(Theme { accent: accent?, accent_dark })
}

fn read_colour(input: &mut Input, place: &str, value: &Value) -> Option<String> {
    let text = input.text(place, value)?;
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let detail = format!("{} is not a colour; write it as #RRGGBB", quoted(text));
        input.problem(place, ProblemCode::InvalidColour, detail);
        return None;
    }
    Some(text.to_owned())
}

fn read_instant(input: &mut Input, object: &Object<'_>, name: &str) -> Option<i64> {
    let (place, value) = object.get(name)?;
    let text = input.text(&place, value)?;
    let Ok(instant) = text.parse::<jiff::Timestamp>() else {
        let detail = format!("{} is not an instant; write it as 2026-03-29T09:00:00Z", quoted(text));
        input.problem(place, ProblemCode::WrongType, detail);
        return None;
    };
    let ms = instant.as_millisecond();
    if !(MIN_INSTANT_MS..MAX_INSTANT_MS).contains(&ms) {
        input.problem(place, ProblemCode::OutOfRange, "must lie between 1970 and 2100");
        return None;
    }
    Some(ms)
}

fn read_quotas(input: &mut Input, place: &str, value: &Value, questions: &[Question]) -> Vec<Quota> {
    let mut quotas: Vec<Quota> = Vec::new();
    for (place, item) in input.list(place, value, 0, MOST_QUOTAS) {
        let Some(quota) = read_quota(input, place.clone(), item, questions) else { continue };
        if quotas.iter().any(|known| known.of == quota.of) {
            input.problem(place, ProblemCode::Twice, "counts the same answers as an earlier quota; take one away");
        }
        quotas.push(quota);
    }
    quotas
}

fn read_quota(input: &mut Input, place: String, value: &Value, questions: &[Question]) -> Option<Quota> {
    let object = input.object(place.clone(), value)?;
    input.only(&object, &["most", "question", "choice"]);
    let (at, most) = input.needed(&object, "most", "say how many answers are wanted at most")?;
    let most = input.number(&at, most, 1, LARGEST_QUOTA);
    if !object.has("question") && !object.has("choice") {
        return Some(Quota { most: most?, of: None });
    }
    let (question_at, question) = input.needed(&object, "question", "say whose choice is counted")?;
    let (choice_at, choice) = input.needed(&object, "choice", "say which choice is counted")?;
    let id = input.text(&question_at, question)?;
    let choice = input.text(&choice_at, choice)?;
    let Some(question) = questions.iter().find(|question| question.id == id) else {
        let meant = suggestion(id, questions.iter().map(|question| question.id.as_str()));
        input.problem(question_at, ProblemCode::UnknownValue, format!("there is no question {}{meant}", quoted(id)));
        return None;
    };
    if !matches!(question.ask, Ask::Choice(_) | Ask::Choices { .. }) {
        let detail = format!("`{id}` has no choices; a quota counts answers of a `choice` or of `choices`");
        input.problem(member(&place, "question"), ProblemCode::UnknownValue, detail);
        return None;
    }
    let words = question.ask.words();
    if !words.contains(&choice) {
        let detail = format!(
            "`{id}` has no choice {}; it has {}{}",
            quoted(choice),
            listed(words.iter().copied()),
            suggestion(choice, words.iter().copied())
        );
        input.problem(choice_at, ProblemCode::UnknownValue, detail);
        return None;
    }
    Some(Quota { most: most?, of: Some(QuotaOf { question: id.to_owned(), choice: choice.to_owned() }) })
}
