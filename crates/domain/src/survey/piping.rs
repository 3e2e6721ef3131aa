//! Texts that speak of the customer: `{{customer.first_name|fallback}}` and `{{touchpoint}}`.
//!
//! Names only, nothing is evaluated: a text is never more than a text with some words in it.

use std::collections::BTreeMap;

use super::problem::{Finding, member, quoted, suggestion};
use super::{Ask, Survey, Texts};

/// Characters of what is put in place of a name; the rest is left out.
pub const LONGEST_PIPED_CHARS: usize = 200;
/// Characters of the name of a trait.
const LONGEST_TRAIT_CHARS: usize = 100;
const OPEN: &str = "{{";
const CLOSE: &str = "}}";

/// What is known of the customer when a text is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piped {
    /// Traits by name, as texts.
    pub traits: BTreeMap<String, String>,
    /// What was just lived, as the customer would call it.
    pub touchpoint: Option<String>,
}

enum Part<'t> {
    Text(&'t str),
    /// What stands between the braces.
    Placeholder(&'t str),
    /// Braces that are never closed.
    Open(&'t str),
}

struct Placeholder<'t> {
    name: &'t str,
    fallback: Option<&'t str>,
}

impl Piped {
    /// A text with its placeholders filled: by what is known, else by the fallback, else by nothing. What is put in is one line of
    /// at most 200 characters and cannot turn the direction of the text around it. It is not escaped for any format.
    pub fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        for part in parts(text) {
            match part {
                Part::Text(text) | Part::Open(text) => filled.push_str(text),
                Part::Placeholder(inside) => {
                    let placeholder = split(inside);
                    let known = self.find(placeholder.name).map(one_line).filter(|value| !value.is_empty());
                    filled.push_str(&known.unwrap_or_else(|| placeholder.fallback.unwrap_or_default().to_owned()));
                }
            }
        }
        filled
    }

    fn find(&self, name: &str) -> Option<&str> {
        match name.strip_prefix("customer.") {
            Some(trait_name) => self.traits.get(trait_name).map(String::as_str),
            None if name == "touchpoint" => self.touchpoint.as_deref(),
            None => None,
        }
    }
}

/// What is wrong with the placeholders of a text.
pub(super) fn problems(text: &str) -> Vec<String> {
    let check = |part: Part<'_>| match part {
        Part::Text(_) => None,
        Part::Open(rest) => Some(format!("{} is never closed; write `}}}}` after the name", quoted(rest))),
        Part::Placeholder(inside) => {
            let Placeholder { name, fallback } = split(inside);
            if fallback.is_some_and(|fallback| fallback.contains(['{', '}', '|'])) {
                return Some(format!("the fallback of {} has braces or `|`; take them out", quoted(name)));
            }
            let is_known = name == "touchpoint" || name.strip_prefix("customer.").is_some_and(is_trait_name);
            let meant = suggestion(name, ["touchpoint", "customer.first_name"]);
            (!is_known).then(|| {
                format!("{} cannot be filled; write `customer.TRAIT` or `touchpoint`, no more{meant}", quoted(name))
            })
        }
    };
    parts(text).into_iter().filter_map(check).collect()
}

/// Placeholders that would leave a hole where nothing is known.
pub(super) fn findings(survey: &Survey) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut look = |place: &str, texts: &Texts| {
        for (language, text) in texts.iter() {
            for part in parts(text) {
                let Part::Placeholder(inside) = part else { continue };
                let Placeholder { name, fallback: None } = split(inside) else { continue };
                let detail = format!(
                    "where {0} is not known nothing stands in its place; write `{{{{{0}|…}}}}` with a fallback",
                    name
                );
                found.push(Finding { place: member(place, language), code: "no_fallback", detail });
            }
        }
    };
    look("$.title", &survey.title);
    survey.intro.iter().for_each(|texts| look("$.intro", texts));
    look("$.thanks", &survey.thanks);
    for (at, question) in survey.questions.iter().enumerate() {
        let place = format!("$.questions[{at}]");
        look(&format!("{place}.text"), &question.text);
        question.help.iter().for_each(|texts| look(&format!("{place}.help"), texts));
        if let Some(ends) = question.ask.ends() {
            ends.low.iter().for_each(|texts| look(&format!("{place}.low"), texts));
            ends.high.iter().for_each(|texts| look(&format!("{place}.high"), texts));
        }
        for (choice_at, choice) in question.ask.choices().iter().enumerate() {
            look(&format!("{place}.choices[{choice_at}].text"), &choice.text);
        }
        if let Ask::Expectation(Some(labels)) = &question.ask {
            look(&format!("{place}.better"), &labels.better);
            look(&format!("{place}.as"), &labels.as_expected);
            look(&format!("{place}.worse"), &labels.worse);
        }
    }
    found
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        let (before, opened) = rest.split_at(start);
        parts.push(Part::Text(before));
        let Some(end) = opened.find(CLOSE) else {
            parts.push(Part::Open(opened));
            return parts;
        };
        parts.push(Part::Placeholder(&opened[OPEN.len()..end]));
        rest = &opened[end + CLOSE.len()..];
    }
    parts.push(Part::Text(rest));
    parts
}

fn split(inside: &str) -> Placeholder<'_> {
    match inside.split_once('|') {
        None => Placeholder { name: inside.trim(), fallback: None },
        Some((name, fallback)) => Placeholder { name: name.trim(), fallback: Some(fallback.trim()) },
    }
}

fn is_trait_name(name: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    (1..=LONGEST_TRAIT_CHARS).contains(&name.chars().count()) && name.chars().all(is_inside)
}

fn one_line(value: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line: String = value
        .chars()
        .map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c })
        .filter(|c| !turns(*c))
        .collect();
    line.trim().chars().take(LONGEST_PIPED_CHARS).collect()
}
