//! What a form or a link says, as answers that a survey can take.

use std::collections::BTreeMap;

use domain::survey::{Answer, Answers, Ask, Survey};
use serde_json::Value;

use super::super::service::{check_text, check_touchpoint};

/// Names of answers begin with this, in the form and in links: `q.recommend=9`.
pub(super) const ANSWER: &str = "q.";
/// The answer to the first question in links of messages: `a=9`.
pub(super) const FIRST: &str = "a";
/// A field that nobody sees and that programs fill: what stands in it is not kept.
pub(super) const UNSEEN: &str = "more_about_you";
/// What an open link says of a device that goes from hand to hand.
const SHARED: &str = "shared";
/// A form has few fields; what has many is none of ours.
const MOST_FIELDS: usize = 3_000;

/// What an open link says that its answer is about. Whoever has the link may write anything there: it is kept as text, and what
/// is not written as a touchpoint or a unit is written is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// `channel:activity`.
    pub touchpoint: Option<String>,
    pub unit: Option<String>,
    /// `shared`: many people answer on one device, so that it does not remember who has answered.
    pub device: Option<String>,
}

impl About {
    /// Whether the browser may remember that the survey was answered on it.
    pub(super) fn is_of_one_person(&self) -> bool {
        self.device.is_none()
    }

    /// The fields that say it, by name.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [("touchpoint", &self.touchpoint), ("unit", &self.unit), ("device", &self.device)];
        fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

/// The fields of a form that was sent, or of the query of a link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// Answers by question, to be taken by the survey.
    pub given: BTreeMap<String, Value>,
    /// What the page shows to have been handed out.
    pub proof: Option<String>,
    /// Whether something stands in the field that nobody sees.
    pub has_filled_unseen: bool,
    /// Whether the browser remembers that the survey was answered on it a short while ago.
    pub is_repeated: bool,
    /// The language in which the page was read.
    pub language: Option<String>,
    /// What the page calls itself by, so that sending again changes the same answer.
    pub page: Option<String>,
    /// The version of the survey that the page shows.
    pub version: Option<u32>,
    /// An answer to the first question, whichever that is, as links in messages bring it.
    pub first: Option<String>,
    pub about: About,
}

/// Reads `application/x-www-form-urlencoded`. Fields that are not known are passed over: mail programs and shops add their own to
/// links. `None` for what is no form.
pub fn read_form(body: &[u8]) -> Option<Form> {
    if body.iter().filter(|byte| **byte == b'&').count() >= MOST_FIELDS {
        return None;
    }
    let fields: Vec<(String, String)> = serde_urlencoded::from_bytes(body).ok()?;
    let mut form = Form::default();
    for (name, value) in fields {
        if let Some(question) = name.strip_prefix(ANSWER) {
            add(&mut form.given, question, value);
        } else if name == FIRST {
            form.first = Some(value);
        } else if name == "language" {
            form.language = Some(value);
        } else if name == "page" {
            form.page = Some(value);
        } else if name == "proof" {
            form.proof = Some(value);
        } else if name == UNSEEN {
            form.has_filled_unseen |= !value.is_empty();
        } else if name == "again" {
            form.is_repeated = value == "1";
        } else if name == "device" {
            form.about.device = Some(value).filter(|device| device == SHARED);
        } else if name == "version" {
            form.version = value.parse().ok();
        } else if name == "touchpoint" {
            form.about.touchpoint = check_touchpoint(&value).ok();
        } else if name == "unit" {
            form.about.unit = check_text("unit", &value).ok();
        }
    }
    Some(form)
}

impl Form {
    /// With the answer to the first question in its place; one that its survey cannot take, and a comment, is left out.
    pub fn with_first(mut self, survey: &Survey) -> Form {
        let Some(question) = survey.questions.first() else { return self };
        let Some(value) = self.first.take().filter(|value| !value.is_empty()) else { return self };
        let given = BTreeMap::from([(question.id.clone(), Value::String(value.clone()))]);
        if question.ask != Ask::Text && survey.take_partial(&given).is_ok() {
            self.given.extend(given);
            self.first = Some(value);
        }
        self
    }
}

/// A field that stands more than once is a list.
fn add(given: &mut BTreeMap<String, Value>, question: &str, value: String) {
    let value = Value::String(value);
    match given.get_mut(question) {
        None => drop(given.insert(question.to_owned(), value)),
        Some(Value::Array(items)) => items.push(value),
        Some(first) => {
            let before = std::mem::take(first);
            *first = Value::Array(vec![before, value]);
        }
    }
}

/// The address of the same page in another language, with what is chosen. Comments stay out: addresses are written down in many
/// places.
pub(super) fn in_language(address: &str, language: &str, chosen: &Answers, about: &About) -> String {
    let mut fields = vec![("language".to_owned(), language.to_owned())];
    fields.extend(about.fields().map(|(name, value)| (name.to_owned(), value.to_owned())));
    for each in chosen.iter() {
        let name = format!("{ANSWER}{}", each.question);
        match &each.answer {
            None | Some(Answer::Text(_)) => {}
            Some(Answer::Score(score)) => fields.push((name, score.to_string())),
            Some(answer) => fields.extend(answer.words().into_iter().map(|word| (name.clone(), word.to_owned()))),
        }
    }
    // What is made of pairs of texts is always written.
    format!("{address}?{}", serde_urlencoded::to_string(&fields).unwrap_or_default())
}
