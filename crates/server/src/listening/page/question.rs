//! One question of the form.

use domain::survey::{Ask, Ends, Expectation, LONGEST_COMMENT_CHARS, Problem, ProblemCode, Question, Skip, Texts};
use serde_json::Value;

use super::form::ANSWER;
use super::{Asking, Page, icons};

/// Something that can be chosen.
struct Offered<'a> {
    value: String,
    /// A text of the survey, or of the page.
    text: Label<'a>,
}

enum Label<'a> {
    Survey(&'a Texts),
    Page(&'static str),
}

/// Writes the question at a position of the survey.
pub(super) fn write(page: &mut Page<'_>, asking: &Asking<'_>, at: usize) {
    let question = &asking.survey.questions[at];
    let problem = asking.problems.iter().find(|problem| problem.question() == Some(&question.id));
    let given = asking.given.get(&question.id);
    let is_always_asked =
        question.show_when.is_none() && asking.survey.questions[..at].iter().all(|earlier| earlier.skips.is_empty());
    // Where it is not sure that a question is asked, only the server knows whether its answer is missing.
    let is_required = question.is_required && is_always_asked;
    let is_group = !matches!(question.ask, Ask::Text | Ask::Consent { .. });
    page.html.markup(if is_group { "<fieldset" } else { "<div" }).markup(" class=\"question\"");
    write_logic(page, question);
    if is_group {
        describe(page, question, problem);
        page.html.markup(">\n<legend class=\"ask\">");
        page.piped(&question.text);
        page.html.markup("</legend>\n");
    } else {
        page.html.markup(">\n");
    }
    match &question.ask {
        Ask::Text => write_text(page, question, problem, given, is_required),
        Ask::Consent { .. } => write_consent(page, question, problem, given, is_required),
        ask => {
            write_notes(page, question, problem);
            match ask.ends() {
                Some(ends) => write_scale(page, question, ends, given, is_required),
                None => write_rows(page, question, given, is_required),
            }
        }
    }
    page.html.markup(if is_group { "</fieldset>\n" } else { "</div>\n" });
}

/// What the script needs to know.
fn write_logic(page: &mut Page<'_>, question: &Question) {
    let html = &mut page.html;
    html.attribute("id", &format!("ask-{}", question.id)).attribute("data-id", &question.id);
    html.attribute("data-type", question.ask.as_str());
    html.flag("data-scale", question.ask.range().is_some()).flag("data-required", question.is_required);
    if let Ask::Choices { most: Some(most), .. } = &question.ask {
        html.attribute("data-most", &most.to_string());
    }
    if let Some(condition) = &question.show_when {
        html.attribute("data-when", &condition.to_json().to_string());
    }
    if !question.skips.is_empty() {
        let skips: Value = question.skips.iter().map(Skip::to_json).collect();
        html.attribute("data-skips", &skips.to_string());
    }
}

/// Ties a field to its notes and its problem.
fn describe(page: &mut Page<'_>, question: &Question, problem: Option<&Problem>) {
    let ids = format!("note-{0} wrong-{0}", question.id);
    page.html.attribute("aria-describedby", &ids);
    if problem.is_some() {
        page.html.markup(" aria-invalid=\"true\"");
    }
}

/// Help, how much is asked, and what is wrong.
fn write_notes(page: &mut Page<'_>, question: &Question, problem: Option<&Problem>) {
    let words = page.words;
    page.html.markup("<div").attribute("id", &format!("note-{}", question.id)).markup(">");
    if let Some(help) = &question.help {
        page.html.markup("<p class=\"note\">");
        page.piped(help);
        page.html.markup("</p>");
    }
    let at_most = match &question.ask {
        Ask::Choices { most: Some(most), .. } => words.at_most.replace("{most}", &most.to_string()),
        _ => String::new(),
    };
    let optional = if question.is_required { "" } else { words.optional };
    let how_much: Vec<&str> = [at_most.as_str(), optional].into_iter().filter(|text| !text.is_empty()).collect();
    if !how_much.is_empty() {
        page.html.markup("<p class=\"note\"");
        page.own();
        page.html.markup(">").text(&how_much.join(" ")).markup("</p>");
    }
    page.html.markup("</div>\n<p class=\"wrong\"").attribute("id", &format!("wrong-{}", question.id));
    page.own();
    page.html.flag("hidden", problem.is_none()).markup(">");
    if let Some(problem) = problem {
        let text = say_problem(page, question, problem);
        page.html.text(&text);
    }
    page.html.markup("</p>\n");
}

fn say_problem(page: &Page<'_>, question: &Question, problem: &Problem) -> String {
    let words = page.words;
    match (problem.code, &question.ask) {
        (ProblemCode::Missing, Ask::Consent { .. }) => words.not_ticked.to_owned(),
        (ProblemCode::Missing, _) => words.missing.to_owned(),
        (ProblemCode::TooLong, _) => words.too_long.to_owned(),
        (ProblemCode::WrongCount, Ask::Choices { most: Some(most), .. }) => {
            words.too_many.replace("{most}", &most.to_string())
        }
        _ => words.not_understood.to_owned(),
    }
}

fn write_text(
    page: &mut Page<'_>,
    question: &Question,
    problem: Option<&Problem>,
    given: Option<&Value>,
    is_required: bool,
) {
    let id = format!("field-{}", question.id);
    page.html.markup("<label class=\"ask\"").attribute("for", &id).markup(">");
    page.piped(&question.text);
    page.html.markup("</label>\n");
    write_notes(page, question, problem);
    // Whichever way somebody writes, the field follows. Its length is checked where it is read: a field would cut what is pasted.
    page.html.markup("<textarea rows=\"5\" dir=\"auto\"").attribute("id", &id);
    page.html.attribute("name", &name_of(question));
    describe(page, question, problem);
    // What a browser takes from the beginning is given back.
    page.html.flag("required", is_required).markup(">\n");
    let text = given.and_then(Value::as_str).unwrap_or_default();
    // More than can be kept is kept here too, for whoever has to shorten it; but not without end.
    let shown: String = text.chars().take(2 * LONGEST_COMMENT_CHARS).collect();
    page.html.text(&shown).markup("</textarea>\n");
}

fn write_consent(
    page: &mut Page<'_>,
    question: &Question,
    problem: Option<&Problem>,
    given: Option<&Value>,
    is_required: bool,
) {
    let is_given = given.is_some_and(|value| *value == Value::Bool(true) || value.as_str() == Some("yes"));
    page.html
        .markup("<label class=\"row\"><input type=\"checkbox\" value=\"yes\"")
        .attribute("name", &name_of(question));
    describe(page, question, problem);
    page.html.flag("required", is_required).flag("checked", is_given).markup("><span class=\"text\">");
    page.piped(&question.text);
    page.html.markup("</span></label>\n");
    write_notes(page, question, problem);
}

fn write_scale(page: &mut Page<'_>, question: &Question, ends: &Ends, given: Option<&Value>, is_required: bool) {
    let (lowest, highest) = question.ask.range().unwrap_or_default();
    let is_faces = matches!(question.ask, Ask::Csat { faces: true, .. });
    let is_stars = matches!(question.ask, Ask::Rating { reversed: false, .. });
    page.html.markup("<div class=\"answers scale").markup(if is_faces { " faces" } else { "" });
    page.html.markup(if is_stars { " stars" } else { "" });
    page.html.markup(" of-").text(&(highest - lowest + 1).to_string()).markup("\">\n");
    for score in lowest..=highest {
        let number = score.to_string();
        page.html.markup("<label class=\"step\"><input type=\"radio\"").attribute("name", &name_of(question));
        page.html.attribute("value", &number).flag("required", is_required);
        page.html.flag("checked", is_chosen(given, &number)).markup(">");
        if is_faces {
            let mouth = icons::FACES.get(usize::from(score - lowest)).copied().unwrap_or("</svg>");
            page.html.markup(icons::FACE).markup(mouth);
        } else if is_stars {
            page.html.markup(icons::STAR);
        }
        page.html.markup("<span>").text(&number);
        let end = match score {
            _ if score == lowest => ends.low.as_ref(),
            _ if score == highest => ends.high.as_ref(),
            _ => None,
        };
        // Whoever hears the page hears what an end means where it is chosen.
        if let Some(end) = end {
            page.html.markup("<span class=\"unseen\">: ");
            page.piped(end);
            page.html.markup("</span>");
        }
        page.html.markup("</span></label>\n");
    }
    page.html.markup("</div>\n");
    write_ends(page, ends, lowest, highest);
}

fn write_ends(page: &mut Page<'_>, ends: &Ends, lowest: u8, highest: u8) {
    if ends.low.is_none() && ends.high.is_none() {
        return;
    }
    page.html.markup("<p class=\"ends\" aria-hidden=\"true\">");
    for (score, end) in [(lowest, &ends.low), (highest, &ends.high)] {
        if let Some(end) = end {
            page.html.markup("<span>").text(&score.to_string()).markup(" · ");
            page.piped(end);
            page.html.markup("</span>");
        }
    }
    page.html.markup("</p>\n");
}

fn write_rows(page: &mut Page<'_>, question: &Question, given: Option<&Value>, is_required: bool) {
    let is_several = matches!(question.ask, Ask::Choices { .. });
    page.html.markup("<div class=\"answers\">\n");
    for option in options(page, question) {
        page.html
            .markup("<label class=\"row\"><input")
            .attribute("type", if is_several { "checkbox" } else { "radio" });
        page.html.attribute("name", &name_of(question)).attribute("value", &option.value);
        page.html.flag("required", is_required && !is_several);
        page.html.flag("checked", is_chosen(given, &option.value)).markup("><span class=\"text\"");
        match option.text {
            Label::Survey(texts) => {
                page.html.markup(">");
                page.piped(texts);
            }
            Label::Page(text) => {
                page.own();
                page.html.markup(">").text(text);
            }
        }
        page.html.markup("</span></label>\n");
    }
    page.html.markup("</div>\n");
}

fn options<'a>(page: &Page<'_>, question: &'a Question) -> Vec<Offered<'a>> {
    let Ask::Expectation(labels) = &question.ask else {
        let choices = question.ask.choices().iter();
        return choices.map(|choice| Offered { value: choice.id.clone(), text: Label::Survey(&choice.text) }).collect();
    };
    let label = |expectation: Expectation| match (labels, expectation) {
        (Some(labels), Expectation::Better) => Label::Survey(&labels.better),
        (Some(labels), Expectation::As) => Label::Survey(&labels.as_expected),
        (Some(labels), Expectation::Worse) => Label::Survey(&labels.worse),
        (None, Expectation::Better) => Label::Page(page.words.better),
        (None, Expectation::As) => Label::Page(page.words.as_expected),
        (None, Expectation::Worse) => Label::Page(page.words.worse),
    };
    let each = Expectation::ALL.into_iter();
    each.map(|expectation| Offered { value: expectation.as_str().to_owned(), text: label(expectation) }).collect()
}

fn name_of(question: &Question) -> String {
    format!("{ANSWER}{}", question.id)
}

/// Whether what was given is this value, as a form or a program would send it.
fn is_chosen(given: Option<&Value>, value: &str) -> bool {
    match given {
        Some(Value::String(text)) => text == value,
        Some(Value::Number(number)) => number.to_string() == value,
        Some(Value::Array(items)) => items.iter().any(|item| item.as_str() == Some(value)),
        _ => false,
    }
}
