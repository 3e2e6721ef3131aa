//! The page on which a customer answers a survey, and those that say why nothing is asked.
//!
//! Pure functions of a survey, a language and what is known to a page as text. A page is a form that works without a script; with
//! one ([`SCRIPT`]) it asks one question after the other, sends what is answered so far, and keeps everything when nothing can
//! be sent. Style and script are files of their own, so [`policy`] allows nothing inline and nothing from elsewhere.
//!
//! What the pages expect of their addresses: `GET ADDRESS` asks, with `language` and `q.ID=ANSWER` in the query where a link has
//! them, or `a=ANSWER` for the first question, which the page then sends at once; `POST ADDRESS` takes the form and answers with a redirection (303) to a page that says thanks, with 4xx and the page with
//! its problems, or with 5xx and the page with [`Notice::NotSaved`]; `POST ADDRESS/partial` takes the same form while it is being
//! filled in, `POST ADDRESS/shown` says that a person sees it, and `POST ADDRESS/refuse` that they do not want it. [`read_form`] reads queries and forms alike.

mod form;
mod html;
mod icons;
mod question;
pub(crate) mod words;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::survey::{Answers, Piped, Problem, Survey, Texts};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub use form::{About, Form, read_form};
pub(crate) use html::Html;
use words::Words;

/// The style of every page, for [`style_address`].
pub const STYLE: &str = include_str!("page/page.css");
/// What every page runs, for [`script_address`].
pub const SCRIPT: &str = include_str!("page/page.js");

/// The `Content-Security-Policy` of every page: nothing from elsewhere, and in frames of these sites only.
pub fn policy(sites: &[String]) -> String {
    let ancestors = if sites.is_empty() { "'none'".to_owned() } else { sites.join(" ") };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         frame-ancestors {ancestors}; base-uri 'none'; form-action 'self'"
    )
}

/// A survey in front of a customer.
pub struct Asking<'a> {
    pub survey: &'a Survey,
    /// One of the survey's languages: [`Survey::speak`] finds it.
    pub language: &'a str,
    /// Who asks, as customers know it.
    pub organisation: &'a str,
    /// Where the form is sent, without query: a path such as `/s/TOKEN`.
    pub address: &'a str,
    /// What the page calls itself by.
    pub page: &'a str,
    /// What shows that it was handed out, and when.
    pub proof: &'a str,
    /// What browsers remember the survey by once it was answered on them.
    pub remembered_as: &'a str,
    /// The version of the survey.
    pub version: u32,
    /// Whether somebody was invited who may not want to be.
    pub can_refuse: bool,
    pub piped: &'a Piped,
    /// What is chosen or typed already: by the link, by what was kept, or by the form that could not be taken.
    pub given: &'a BTreeMap<String, Value>,
    /// Whether the first answer was chosen before the page was opened, in a message: then its script sends it at once.
    pub brought: bool,
    /// What is wrong with it, as [`Survey::take`] says; empty when nothing was sent yet.
    pub problems: &'a [Problem],
    pub notice: Option<Notice>,
    /// What an open link says that the answer is about; the form brings it back.
    pub about: &'a About,
    /// Whether it is only to be looked at: nothing is sent.
    pub is_preview: bool,
}

/// What is said above the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The answers could not be saved; the page still holds them.
    NotSaved,
}

/// A page that asks nothing.
pub struct Saying<'a> {
    pub message: Message,
    /// `None` where the link leads to no survey.
    pub survey: Option<&'a Survey>,
    pub language: &'a str,
    pub organisation: &'a str,
    /// Of this page, without query, for the change of language.
    pub address: &'a str,
    pub piped: &'a Piped,
    /// Whether it is only to be looked at.
    pub is_preview: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Message {
    Thanks,
    AlreadyAnswered,
    NotYetOpen,
    Closed,
    UnknownLink,
    /// Whoever was invited does not want to be asked.
    Refused,
    /// Whether no further mail is wanted; a button says so.
    Unsubscribe,
    /// No further mail is sent.
    Unsubscribed,
}

impl Message {
    /// What the page's script tells whoever has framed it.
    fn as_str(self) -> &'static str {
        match self {
            Message::Thanks | Message::AlreadyAnswered => "answered",
            Message::Refused => "refused",
            Message::Unsubscribe | Message::Unsubscribed => "unsubscribed",
            Message::NotYetOpen | Message::Closed | Message::UnknownLink => "closed",
        }
    }
}

/// A page that is being written.
struct Page<'a> {
    html: Html,
    language: &'a str,
    words: &'static Words,
    piped: &'a Piped,
}

/// Where [`STYLE`] is expected. The address changes with the content, so it may be kept for ever.
pub fn style_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/s/assets/{}.css", tag_of(STYLE)));
    &ADDRESS
}

/// Where [`SCRIPT`] is expected. The address changes with the content, so it may be kept for ever.
pub fn script_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/s/assets/{}.js", tag_of(SCRIPT)));
    &ADDRESS
}

fn tag_of(content: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(content)[..9])
}

/// The style of one survey's colours, expected at `ADDRESS/theme.css`; `None` where a survey has none of its own.
pub fn theme_style(survey: &Survey) -> Option<String> {
    let theme = survey.theme.as_ref()?;
    // Colours are `#RRGGBB` by construction.
    let (light, dark) = (theme.on_light(), theme.on_dark());
    Some(format!(
        ":root {{ --accent: {light}; }}\n@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}\n"
    ))
}

/// The page that asks a survey.
pub fn ask(asking: &Asking<'_>) -> String {
    let survey = asking.survey;
    // What cannot be read is not shown as chosen; a comment that is too long or incomplete answers still are, from `given`.
    let chosen = survey.take_partial(&readable(asking)).unwrap_or_default();
    let mut page = Page::begin(asking.language, asking.piped, survey.title.in_language(asking.language));
    page.styles(survey.theme.is_some().then_some(asking.address).filter(|_| !asking.is_preview));
    page.html.markup("</head>\n<body>\n");
    let preview_of = asking.is_preview.then(|| survey.title.in_language(asking.language));
    page.top(asking.organisation, &survey.languages, preview_of, |language| {
        form::in_language(asking.address, language, &chosen, asking.about)
    });
    page.html.markup("<main");
    page.landmark(preview_of);
    page.html.markup(">\n<h1>");
    page.piped(&survey.title);
    page.html.markup("</h1>\n");
    if let Some(intro) = &survey.intro {
        page.html.markup("<p class=\"intro\">");
        page.piped(intro);
        page.html.markup("</p>\n");
    }
    page.notice(asking);
    page.form(asking);
    page.html.markup("</main>\n");
    page.end()
}

/// What of `given` its survey can take, one question at a time.
fn readable(asking: &Asking<'_>) -> BTreeMap<String, Value> {
    let wrong = |id: &str| asking.problems.iter().any(|problem| problem.question() == Some(id));
    let known = |id: &str| asking.survey.find_question(id).is_some();
    let given = asking.given.iter().filter(|(id, _)| known(id) && !wrong(id));
    let mut readable: BTreeMap<String, Value> = given.map(|(id, value)| (id.clone(), value.clone())).collect();
    if let Err(problems) = asking.survey.take_partial(&readable) {
        readable.retain(|id, _| !problems.iter().any(|problem| problem.question() == Some(id)));
    }
    readable
}

/// A page with a sentence or two.
pub fn say(saying: &Saying<'_>) -> String {
    let words = words::find(saying.language);
    let (heading, text) = match saying.message {
        Message::Thanks => (words.received, ""),
        Message::AlreadyAnswered => words.answered,
        Message::NotYetOpen => words.not_yet,
        Message::Closed => words.closed,
        Message::UnknownLink => words.unknown,
        Message::Refused => words.refused,
        Message::Unsubscribe => words.unsubscribe,
        Message::Unsubscribed => words.unsubscribed,
    };
    let mut page = Page::begin(saying.language, saying.piped, heading);
    page.styles(
        saying
            .survey
            .is_some_and(|survey| survey.theme.is_some())
            .then_some(saying.address)
            .filter(|_| !saying.is_preview),
    );
    page.html.markup("</head>\n<body>\n");
    let page_languages = ["es", "en"].map(str::to_owned);
    let languages = saying.survey.map_or(&page_languages[..], |survey| &survey.languages);
    let nothing = (Answers::default(), About::default());
    let preview_of = saying.is_preview.then_some(heading);
    page.top(saying.organisation, languages, preview_of, |language| {
        form::in_language(saying.address, language, &nothing.0, &nothing.1)
    });
    page.html.markup("<main");
    page.landmark(preview_of);
    page.html.markup(">\n<div class=\"message\"").attribute("data-message", saying.message.as_str());
    page.html.flag("data-preview", saying.is_preview).markup(">\n");
    page.html.markup(match saying.message {
        Message::Thanks | Message::AlreadyAnswered | Message::Refused | Message::Unsubscribed => icons::DONE,
        _ => icons::CLOSED,
    });
    page.html.markup("<h1");
    page.own();
    page.html.markup(">").text(heading).markup("</h1>\n<p class=\"said\"");
    match (saying.message, saying.survey) {
        (Message::Thanks, Some(survey)) => {
            page.html.markup(">");
            page.piped(&survey.thanks);
        }
        _ => {
            page.own();
            page.html.markup(">").text(text);
        }
    }
    page.html.markup("</p>\n");
    if saying.message == Message::Unsubscribe {
        page.unsubscribe_form(saying.address);
    }
    page.html.markup("</div>\n</main>\n");
    page.end()
}

impl<'a> Page<'a> {
    fn begin(language: &'a str, piped: &'a Piped, title: &str) -> Page<'a> {
        let mut page = Page { html: Html::default(), language, words: words::find(language), piped };
        page.html.markup("<!doctype html>\n<html");
        page.html.attribute("lang", language).attribute("dir", words::direction(language));
        page.html.markup(
            ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<title>",
        );
        page.html.text(&piped.fill(title)).markup("</title>\n<link rel=\"icon\" href=\"/mark.svg\">\n");
        page
    }

    fn styles(&mut self, theme_of: Option<&str>) {
        self.html.markup("<link rel=\"stylesheet\"").attribute("href", style_address()).markup(">\n");
        if let Some(address) = theme_of {
            let theme = format!("{address}/theme.css");
            self.html.markup("<link rel=\"stylesheet\"").attribute("href", &theme).markup(">\n");
        }
        // Not deferred: what it hides is then never seen.
        self.html.markup("<script").attribute("src", script_address()).markup("></script>\n");
    }

    /// Who asks, and in which other languages.
    fn top(
        &mut self,
        organisation: &str,
        languages: &[String],
        preview_of: Option<&str>,
        address_in: impl Fn(&str) -> String,
    ) {
        self.html.markup("<header class=\"top\"");
        self.landmark(preview_of);
        self.html.markup(">\n<p>").text(organisation).markup("</p>\n");
        if languages.len() > 1 {
            self.html.markup("<nav class=\"languages\"").attribute("aria-label", self.words.languages).markup(">\n");
            for language in languages {
                let name = words::name(language);
                if language == self.language {
                    self.html.markup("<span aria-current=\"true\">").text(name).markup("</span>\n");
                    continue;
                }
                let link = address_in(language);
                self.html.markup("<a").attribute("href", &link);
                self.html.attribute("lang", language).attribute("hreflang", language);
                self.html.markup(">").text(name).markup("</a>\n");
            }
            self.html.markup("</nav>\n");
        }
        self.html.markup("</header>\n");
    }

    /// A preview stands in a page that has landmarks of its own.
    fn landmark(&mut self, preview_of: Option<&str>) {
        if let Some(title) = preview_of {
            self.html.attribute("aria-label", title);
        }
    }

    /// What went wrong, above the questions, with a way to each.
    fn notice(&mut self, asking: &Asking<'_>) {
        let is_about = |id: &str| asking.problems.iter().any(|problem| problem.question() == Some(id));
        let wrong: Vec<_> = asking.survey.questions.iter().filter(|question| is_about(&question.id)).collect();
        let is_empty = asking.notice.is_none() && wrong.is_empty();
        self.html.markup("<div class=\"notice\" id=\"notice\" role=\"alert\" tabindex=\"-1\"").flag("hidden", is_empty);
        self.own();
        self.html.markup(">");
        if asking.notice == Some(Notice::NotSaved) {
            self.html.markup("<p>").text(self.words.not_saved).markup("</p>");
        }
        if !wrong.is_empty() {
            self.html.markup("<p>").text(self.words.to_mend).markup("</p>\n<ul>\n");
            for question in wrong {
                self.html.markup("<li><a").attribute("href", &format!("#ask-{}", question.id)).markup(">");
                self.piped(&question.text);
                self.html.markup("</a></li>\n");
            }
            self.html.markup("</ul>\n");
        }
        self.html.markup("</div>\n");
    }

    fn form(&mut self, asking: &Asking<'_>) {
        let words = self.words;
        let for_script = json!({
            "progress": words.progress, "on": words.on, "send": words.send, "sending": words.sending, "missing": words.missing,
            "not_ticked": words.not_ticked, "too_long": words.too_long, "too_many": words.too_many,
            "not_saved": words.not_saved,
        });
        self.html.markup("<form method=\"post\"").attribute("action", asking.address);
        self.html.attribute("data-address", asking.address).attribute("data-words", &for_script.to_string());
        if asking.survey.repeat_days > 0 && asking.about.is_of_one_person() && !asking.is_preview {
            self.html.attribute("data-survey", asking.remembered_as);
            self.html.attribute("data-repeat-days", &asking.survey.repeat_days.to_string());
        }
        self.html.flag("data-brought", asking.brought);
        self.html.flag("data-preview", asking.is_preview);
        self.html.markup(">\n<input type=\"hidden\" name=\"language\"").attribute("value", self.language).markup(">\n");
        self.html.markup("<input type=\"hidden\" name=\"page\"").attribute("value", asking.page).markup(">\n");
        self.html.markup("<input type=\"hidden\" name=\"proof\"").attribute("value", asking.proof).markup(">\n");
        let version = asking.version.to_string();
        self.html.markup("<input type=\"hidden\" name=\"version\"").attribute("value", &version).markup(">\n");
        for (name, value) in asking.about.fields() {
            self.html.markup("<input type=\"hidden\"").attribute("name", name).attribute("value", value).markup(">\n");
        }
        self.unseen_field();
        self.html.markup(
            "<div class=\"progress\" hidden><progress class=\"bar\" value=\"1\" max=\"1\" aria-hidden=\"true\"></progress>\
             <span role=\"status\"",
        );
        self.own();
        self.html.markup("></span></div>\n");
        for at in 0..asking.survey.questions.len() {
            question::write(self, asking, at);
        }
        self.html.markup("<div class=\"actions\"");
        self.own();
        self.html.markup(">\n<button type=\"button\" class=\"quiet back\" hidden>").text(words.back);
        self.html.markup("</button>\n<button type=\"submit\" class=\"main\">").text(words.send);
        self.html.markup("</button>\n</div>\n</form>\n");
        if asking.can_refuse {
            let address = format!("{}/refuse", asking.address);
            self.html.markup("<form method=\"post\" class=\"refuse\"").attribute("action", &address);
            self.own();
            self.html.markup(">\n<button type=\"submit\" class=\"quiet\">").text(words.refuse);
            self.html.markup("</button>\n</form>\n");
        }
    }

    /// Programs that answer fill every field. Whoever reads sees this one as little as whoever listens, and its label says what to
    /// do where there is no style.
    fn unseen_field(&mut self) {
        self.html.markup("<div class=\"unseen\" aria-hidden=\"true\"");
        self.own();
        self.html.markup("><label>").text(self.words.leave_empty).markup(" <input type=\"text\"");
        self.html.attribute("name", form::UNSEEN).markup(" tabindex=\"-1\" autocomplete=\"off\"></label></div>\n");
    }

    /// What mail programs send on their own (RFC 8058), as a button.
    fn unsubscribe_form(&mut self, address: &str) {
        self.html.markup("<form method=\"post\"").attribute("action", address);
        self.html.markup(">\n<input type=\"hidden\" name=\"language\"").attribute("value", self.language);
        self.html.markup(">\n<input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">\n");
        self.html.markup("<button type=\"submit\" class=\"main\">").text(self.words.unsubscribe_button);
        self.html.markup("</button>\n</form>\n");
    }

    /// A text of the survey, in the language of the page and about its customer.
    fn piped(&mut self, texts: &Texts) {
        let text = self.piped.fill(texts.in_language(self.language));
        self.html.text(&text);
    }

    /// Marks an element with words of the page itself, where those are in another language.
    fn own(&mut self) {
        if self.words.language != words::base(self.language) {
            self.html.attribute("lang", self.words.language).attribute("dir", words::direction(self.words.language));
        }
    }

    fn end(mut self) -> String {
        self.html.markup("</body>\n</html>\n");
        self.html.finish()
    }
}

#[cfg(test)]
mod tests;
