//! What a message says, and its headers.
//!
//! The first question stands in the message and each of its answers is a link. A link only opens the page with that answer
//! chosen: it is the page that sends it, because programs that look at mail fetch every link.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use domain::ports::QueuedMail;
use domain::survey::{Piped, Survey};
use domain::{Error, IdentifierKind, Result};
use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};

use super::question::{Offered, offer};
use super::queue::{Envelope, LANGUAGE};
use crate::app::App;
use crate::listening::words::{self, Words};
use crate::listening::{Html, piped_of};
use crate::organisation::find_organisation;

/// Bytes of a line of a message, with room for the name of its header (RFC 5322).
const LONGEST_LINE: usize = 900;
const TEXT_COLOUR: &str = "#1f1d1a";
const MUTED_COLOUR: &str = "#5f594f";
/// Of a survey that names no colour.
const ACCENTS: (&str, &str) = ("#3a4fb3", "#a9b8f0");
const FONT: &str = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/// A message that can be handed over.
pub(super) struct Letter {
    pub from: Address,
    pub to: Address,
    pub bytes: Vec<u8>,
}

/// What a message is written of.
pub(super) struct Writing<'a> {
    pub survey: &'a Survey,
    pub language: &'a str,
    pub organisation: &'a str,
    pub piped: &'a Piped,
    /// The address of the page.
    pub link: &'a str,
    /// The address at which no further mail is asked for.
    pub unsubscribe: &'a str,
}

/// Writes the message of an invitation.
pub(super) fn write(app: &App, mail: &QueuedMail, survey: &Survey) -> Result<Letter> {
    let envelope = Envelope::read(&mail.content)?;
    let from = sender(app)?;
    // Whom customers know: the organisation, or whoever sends.
    let own_name = || from.name.clone().unwrap_or_else(|| from.email.to_string());
    let organisation = Some(find_organisation(app)?.name).filter(|name| !name.trim().is_empty());
    let organisation = organisation.unwrap_or_else(own_name);
    let base_url = app.base_url().unwrap_or_default();
    let piped = piped_of(&envelope.traits);
    let known = known_language(app, &mail.address)?;
    let writing = Writing {
        survey,
        language: survey.speak([envelope.language(), known.as_deref().unwrap_or_default()]),
        organisation: &organisation,
        piped: &piped,
        link: &format!("{base_url}/s/{}", envelope.link),
        unsubscribe: &format!("{base_url}/s/{}/unsubscribe", envelope.unsubscribe),
    };
    let (plain, html) = (writing.plain(), writing.html());
    let body = MultiPart::alternative().singlepart(SinglePart::plain(plain)).singlepart(SinglePart::html(html));
    let to: Address = mail.address.parse().map_err(|cause| unwritable(&cause))?;
    let builder = Message::builder()
        .from(from.clone())
        .reply_to(app.settings.mail.reply_to.clone().unwrap_or_else(|| from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(writing.subject())
        .date(instant(app.clock.now_ms()))
        .message_id(Some(format!("<{}>", mail.message_id)))
        .raw_header(header("List-Unsubscribe", format!("<{}>", writing.unsubscribe))?)
        .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned())?)
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned())?);
    let message = builder.multipart(body).map_err(|cause| unwritable(&cause))?;
    Ok(Letter { from: from.email, to, bytes: message.formatted() })
}

/// The language that is known of the customer who has an address.
fn known_language(app: &App, address: &str) -> Result<Option<String>> {
    let found = app.state.customers.find_identifiers(address)?;
    let Some(known) = found.iter().find(|known| known.identifier.kind == IdentifierKind::Email) else {
        return Ok(None);
    };
    let nodes = app.log.nodes_of(app.log.customer_of(known.node));
    let traits = app.state.customers.list_traits(&nodes)?;
    let language = traits.into_iter().find(|known| known.name == LANGUAGE);
    Ok(language.and_then(|known| serde_json::from_str(&known.value).ok()))
}

/// A few plain lines, to try the settings out.
pub(super) fn write_test(app: &App, to: Address, message_id: &str) -> Result<Letter> {
    let from = sender(app)?;
    let message = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject("Vivencia: e-mail works")
        .date(instant(app.clock.now_ms()))
        .message_id(Some(format!("<{message_id}>")))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned())?)
        .singlepart(SinglePart::plain(
            "This message was sent to try out how Vivencia sends e-mail. Nothing else has to be done.\r\n".to_owned(),
        ))
        .map_err(|cause| unwritable(&cause))?;
    Ok(Letter { from: from.email, to, bytes: message.formatted() })
}

/// Whoever sends, by name: the one of the settings, otherwise the organisation's.
fn sender(app: &App) -> Result<Mailbox> {
    let (_, from) = app.settings.mail.ready()?;
    let organisation = find_organisation(app)?.name;
    let name = from.name.clone().or(Some(organisation)).map(|name| one_line(&name)).filter(|name| !name.is_empty());
    Ok(Mailbox::new(name, from.email.clone()))
}

/// A header for programs, which read it as it stands: it is neither folded nor encoded, however long it is. So it has only
/// what needs neither.
fn header(name: &'static str, value: String) -> Result<HeaderValue> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(|cause| unwritable(&cause))?;
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) || value.len() > LONGEST_LINE {
        return Err(unwritable(&"a header would have to be encoded"));
    }
    Ok(HeaderValue::dangerous_new_pre_encoded(name, value.clone(), value))
}

fn unwritable(cause: &impl ToString) -> Error {
    Error::invalid(format!("the message cannot be written: {}", cause.to_string()))
}

fn instant(ms: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(ms).unwrap_or(0))
}

/// A header ends where a line does: nothing that somebody wrote may end it.
fn one_line(text: &str) -> String {
    let plain = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    let words = text.chars().map(plain).collect::<String>();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Writing<'_> {
    fn words(&self) -> &'static Words {
        words::find(self.language)
    }

    fn text(&self, texts: &domain::survey::Texts) -> String {
        self.piped.fill(texts.in_language(self.language))
    }

    fn subject(&self) -> String {
        one_line(&self.text(&self.survey.title))
    }

    /// The page, in the language of the message, with an answer or without.
    fn page(&self, answer: Option<&str>) -> String {
        let mut fields: Vec<(&str, &str)> = answer.map(|answer| ("a", answer)).into_iter().collect();
        if self.survey.languages.len() > 1 {
            fields.push(("language", self.language));
        }
        match serde_urlencoded::to_string(&fields) {
            Ok(query) if !query.is_empty() => format!("{}?{query}", self.link),
            _ => self.link.to_owned(),
        }
    }

    fn offered(&self) -> Vec<Offered> {
        let first = self.survey.questions.first();
        first.map_or_else(Vec::new, |question| offer(question, self.language, self.words(), self.piped))
    }

    fn plain(&self) -> String {
        let words = self.words();
        let mut lines = vec![self.subject(), String::new()];
        if let Some(intro) = &self.survey.intro {
            lines.extend([self.text(intro), String::new()]);
        }
        if let Some(question) = self.survey.questions.first() {
            lines.extend([self.text(&question.text), String::new()]);
        }
        let offered = self.offered();
        for each in &offered {
            let meaning = each.meaning.as_ref().map(|meaning| format!(" ({})", one_line(meaning))).unwrap_or_default();
            lines.push(format!("{}{meaning}: {}", one_line(&each.label), self.page(Some(&each.value))));
        }
        if offered.is_empty() {
            lines.push(format!("{}: {}", words.mail_open, self.page(None)));
        }
        let why = words.mail_why.replace("{organisation}", &one_line(self.organisation));
        lines.extend([
            String::new(),
            "-- ".to_owned(),
            why,
            format!("{}: {}", words.mail_unsubscribe, self.unsubscribe),
        ]);
        lines.join("\r\n").replace("\r\n", "\n").replace('\n', "\r\n") + "\r\n"
    }

    fn html(&self) -> String {
        let words = self.words();
        let theme = self.survey.theme.as_ref();
        let light = theme.map_or_else(|| ACCENTS.0.to_owned(), |theme| theme.on_light());
        let dark = theme.map_or_else(|| ACCENTS.1.to_owned(), |theme| theme.on_dark());
        let mut html = Html::default();
        html.markup("<!doctype html>\n<html").attribute("lang", self.language);
        html.attribute("dir", words::direction(self.language));
        html.markup(
            ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>",
        );
        // Programs that show mail in the dark read this and let it win over what stands in the elements.
        html.text(&self.subject()).markup(
            "</title>\n<style>\n:root { color-scheme: light dark; }\n@media (prefers-color-scheme: dark) {\n\
             .paper { background: #171614 !important; color: #f1ede6 !important; }\n\
             .muted, .muted a { color: #a8a094 !important; }\n.offer { color: ",
        );
        html.text(&dark).markup(" !important; border-color: ").text(&dark);
        html.markup(" !important; background: #211f1c !important; }\n.main { color: #171614 !important; background: ");
        html.text(&dark).markup(" !important; }\n}\n</style>\n</head>\n<body class=\"paper\"");
        html.attribute("style", &format!("margin:0;padding:0;background:#ffffff;color:{TEXT_COLOUR};{FONT}"));
        html.markup(">\n<div class=\"paper\"");
        html.attribute("style", &format!("max-width:600px;margin:0 auto;padding:24px 16px;background:#ffffff;color:{TEXT_COLOUR};font-size:16px;line-height:24px;{FONT}"));
        html.markup(">\n<p class=\"muted\"")
            .attribute("style", &format!("margin:0 0 16px;font-size:14px;color:{MUTED_COLOUR}"));
        html.markup(">").text(self.organisation).markup("</p>\n<h1");
        html.attribute("style", "margin:0 0 4px;font-size:16px;line-height:24px;font-weight:600");
        html.markup(">").text(&self.subject()).markup("</h1>\n");
        if let Some(intro) = &self.survey.intro {
            html.markup("<p class=\"muted\"");
            html.attribute("style", &format!("margin:0;color:{MUTED_COLOUR};white-space:pre-line"));
            html.markup(">").text(&self.text(intro)).markup("</p>\n");
        }
        if let Some(question) = self.survey.questions.first() {
            html.markup("<p").attribute(
                "style",
                "margin:24px 0 16px;font-size:20px;line-height:28px;font-weight:500;white-space:pre-line",
            );
            html.markup(">").text(&self.text(&question.text)).markup("</p>\n");
        }
        self.write_answers(&mut html, &light);
        html.markup("<p class=\"muted\"");
        html.attribute("style", &format!("margin:32px 0 0;font-size:13px;line-height:20px;color:{MUTED_COLOUR}"));
        html.markup(">").text(&words.mail_why.replace("{organisation}", self.organisation)).markup("<br>\n<a");
        html.attribute("href", self.unsubscribe).attribute("style", &format!("color:{MUTED_COLOUR}"));
        html.markup(">").text(words.mail_unsubscribe).markup("</a></p>\n</div>\n</body>\n</html>\n");
        html.finish()
    }

    fn write_answers(&self, html: &mut Html, accent: &str) {
        let offered = self.offered();
        if offered.is_empty() {
            html.markup("<p style=\"margin:0\"><a class=\"main\"").attribute("href", &self.page(None));
            html.attribute("style", &format!("display:inline-block;padding:12px 24px;border-radius:8px;background:{accent};color:#ffffff;font-weight:600;text-decoration:none"));
            html.markup(">").text(self.words().mail_open).markup("</a></p>\n");
            return;
        }
        // Points of a scale stand beside each other, words below each other.
        let is_scale = self.survey.questions.first().is_some_and(|question| question.ask.range().is_some());
        let shape = if is_scale {
            "display:inline-block;min-width:28px;margin:0 4px 8px 0;padding:10px 8px;text-align:center"
        } else {
            "display:block;margin:0 0 8px;padding:12px 14px"
        };
        let style = format!(
            "{shape};border:1px solid {accent};border-radius:8px;color:{accent};font-size:17px;font-weight:500;text-decoration:none"
        );
        html.markup("<div>\n");
        for each in &offered {
            html.markup("<a class=\"offer\"")
                .attribute("href", &self.page(Some(&each.value)))
                .attribute("style", &style);
            if let Some(meaning) = &each.meaning {
                html.attribute("title", meaning).attribute("aria-label", &format!("{}: {meaning}", each.label));
            }
            html.markup(">").text(&each.label).markup("</a>\n");
        }
        html.markup("</div>\n");
        let ends: Vec<String> =
            offered.iter().filter_map(|each| Some(format!("{} · {}", each.label, each.meaning.as_ref()?))).collect();
        if !ends.is_empty() {
            html.markup("<p class=\"muted\"")
                .attribute("style", &format!("margin:0;font-size:14px;line-height:20px;color:{MUTED_COLOUR}"));
            html.markup(">").text(&ends.join(" — ")).markup("</p>\n");
        }
    }
}

#[cfg(test)]
mod tests;
