//! `/s/…`: what whoever holds the link of a survey sees and sends. No key and no cookie: the link is all there is.
//!
//! Fetching a page changes nothing, because programs that look at mail fetch every link. What a person does is posted: by the
//! form, and by the page's script while it is filled in.

mod pace;
mod proof;
mod service;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, RawQuery};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::Result;
use domain::ports::InvitationStep;
use domain::survey::{Opening, Piped, Problem, Sending, Survey};

use self::proof::Served;
use self::service::{Asked, Door, Sent, Taken};
use super::page::{self, Asking, Form, Message, Notice, Saying};
use crate::answer::MayBeFramed;
use crate::app::App;
use crate::auth::new_secret;
use crate::error::{ApiError, ApiResult};
use crate::extract::Path;
use crate::mail;
use crate::organisation::find_organisation;
use crate::people::Peer;
use crate::secret::Secret;

pub use self::pace::Pace;
pub use self::service::{note_abandoned, piped_of, start_of_day};

/// Bytes of a form: fifty comments of 10,000 characters, and more.
const LARGEST_FORM: usize = 4 << 20;
const SHARED: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const WIDGET: &str = include_str!("widget.js");
const KEPT_FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

pub fn routes() -> Router<App> {
    Router::new()
        .route(page::style_address(), get(|| async { file("text/css; charset=utf-8", page::STYLE) }))
        .route(page::script_address(), get(|| async { file("text/javascript; charset=utf-8", page::SCRIPT) }))
        .route("/vivencia.js", get(show_widget))
        .route("/s/{token}", get(show).post(take))
        .route("/s/{token}/partial", post(take_part))
        .route("/s/{token}/shown", post(note_shown))
        .route("/s/{token}/refuse", post(refuse))
        .route("/s/{token}/unsubscribe", get(ask_to_unsubscribe).post(unsubscribe))
        .route("/s/{token}/thanks", get(thank))
        .route("/s/{token}/theme.css", get(show_theme))
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
}

/// What a site includes to show a survey. Its address never changes, so it is asked for again after an hour.
async fn show_widget() -> Response {
    let mut response = file("text/javascript; charset=utf-8", WIDGET);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

fn file(content_type: &'static str, content: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(content_type)),
        (CACHE_CONTROL, KEPT_FOR_EVER),
        // A preview stands in a sandbox, which is of no origin.
        (SHARED, HeaderValue::from_static("cross-origin")),
    ];
    (headers, content).into_response()
}

/// Whom a page speaks to, and how.
struct Reader {
    organisation: String,
    /// Sites that may show the page in a frame.
    sites: Vec<String>,
    /// What the page was asked for, then what the browser prefers, then what the organisation speaks.
    wishes: Vec<String>,
    /// When a page is handed out, and with what it is signed.
    now: i64,
    secret: Secret,
}

impl Reader {
    fn of(app: &App, headers: &HeaderMap, asked: Option<String>) -> Result<Reader> {
        let organisation = find_organisation(app)?;
        let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let accepted = accepted.split(',').filter_map(|item| item.split(';').next()).map(|code| code.trim().to_owned());
        let wishes = asked.into_iter().chain(accepted).chain([organisation.language]).collect();
        let (now, secret) = (app.clock.now_ms(), app.secret.clone());
        Ok(Reader { organisation: organisation.name, sites: app.settings.survey_sites.clone(), wishes, now, secret })
    }

    fn language<'a>(&'a self, survey: &'a Survey) -> &'a str {
        survey.speak(self.wishes.iter().map(String::as_str))
    }

    fn say(&self, status: StatusCode, message: Message, survey: Option<&Survey>, token: &str) -> Response {
        let language = survey.map_or_else(|| self.own_language(), |survey| self.language(survey));
        let (address, piped) = (format!("/s/{token}"), Piped::default());
        let organisation = &self.organisation;
        html(
            status,
            page::say(&Saying {
                message,
                survey,
                language,
                organisation,
                address: &address,
                piped: &piped,
                is_preview: false,
            }),
            &self.sites,
        )
    }

    /// Of the languages that the pages themselves speak.
    fn own_language(&self) -> &str {
        let wishes = self.wishes.iter().map(|wish| wish.get(..2).unwrap_or_default());
        wishes.into_iter().find(|code| matches!(*code, "es" | "en")).unwrap_or("en")
    }

    /// A page about further mail, which belongs to no survey any more.
    fn say_about_mail(&self, message: Message, token: &str) -> Response {
        let (language, piped, organisation) = (self.own_language(), Piped::default(), &self.organisation);
        let address = format!("/s/{token}/unsubscribe");
        let saying = Saying {
            message,
            survey: None,
            language,
            organisation,
            address: &address,
            piped: &piped,
            is_preview: false,
        };
        // No site frames it: nobody is asked anything there but about mail.
        html(StatusCode::OK, page::say(&saying), &[])
    }

    fn ask(
        &self,
        status: StatusCode,
        token: &str,
        asked: &Asked,
        form: &Form,
        wrong: &[Problem],
        notice: Option<Notice>,
    ) -> Response {
        let new_page = new_secret();
        let page = form.page.as_deref().unwrap_or(&new_page);
        // A page that comes back counts its time from the first one.
        let proof = form.proof.clone().filter(|proof| proof::read(&self.secret, token, page, proof).is_some());
        let proof = proof.unwrap_or_else(|| {
            let brought = form.given.keys().filter(|id| asked.survey.find_question(id).is_some()).cloned().collect();
            proof::prove(&self.secret, token, page, &Served { at: self.now, brought })
        });
        html(
            status,
            page::ask(&Asking {
                survey: &asked.survey,
                language: self.language(&asked.survey),
                organisation: &self.organisation,
                address: &format!("/s/{token}"),
                page,
                proof: &proof,
                remembered_as: &asked.kept.id.to_string(),
                version: form.version.unwrap_or(asked.kept.version),
                can_refuse: asked.invitation.is_some(),
                piped: &asked.piped(),
                given: &form.given,
                brought: form.first.is_some(),
                problems: wrong,
                notice,
                about: &form.about,
                is_preview: false,
            }),
            &self.sites,
        )
    }
}

fn html(status: StatusCode, page: String, sites: &[String]) -> Response {
    let content_type = (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    let mut response = (status, [content_type], page).into_response();
    // Sites were read as origins, which headers can hold; without a policy of its own a page has the strictest one.
    if let Ok(policy) = HeaderValue::from_str(&page::policy(sites)) {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        if !sites.is_empty() {
            response.extensions_mut().insert(MayBeFramed);
        }
    }
    response
}

fn read_form(body: &[u8]) -> ApiResult<Form> {
    page::read_form(body).ok_or_else(|| ApiError::invalid("this is not a form of a survey; open the link again"))
}

async fn show(app: App, token: Path<String>, headers: HeaderMap, query: RawQuery) -> ApiResult<Response> {
    let token = token.0;
    app.blocking(move |app| {
        let form = page::read_form(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
        // A link chooses answers and names neither a page nor a version.
        let form = Form { page: None, version: None, proof: None, ..form };
        let reader = Reader::of(app, &headers, form.language.clone())?;
        Ok(match service::open(app, &token)? {
            Door::Open(asked) => {
                let form = form.with_first(&asked.survey);
                reader.ask(StatusCode::OK, &token, &asked, &form, &[], None)
            }
            Door::Answered(survey) => reader.say(StatusCode::OK, Message::AlreadyAnswered, Some(&survey), &token),
            Door::Refused(survey) => reader.say(StatusCode::GONE, Message::Refused, Some(&survey), &token),
            Door::Closed(survey) => closed(app, &reader, &survey, &token),
            Door::Unknown => reader.say(StatusCode::NOT_FOUND, Message::UnknownLink, None, &token),
        })
    })
    .await
}

fn closed(app: &App, reader: &Reader, survey: &Survey, token: &str) -> Response {
    match survey.opening_at(app.clock.now_ms()) {
        Opening::NotYet => reader.say(StatusCode::OK, Message::NotYetOpen, Some(survey), token),
        Opening::Open | Opening::Closed => reader.say(StatusCode::GONE, Message::Closed, Some(survey), token),
    }
}

/// Takes the form. Trouble of ours must not cost what somebody typed: then the page comes back with all of it.
async fn take(app: App, token: Path<String>, peer: Peer, headers: HeaderMap, body: Bytes) -> ApiResult<Response> {
    let paced = app.pace.count(peer, app.clock.now_ms());
    let (token, form) = (token.0, read_form(&body)?);
    app.blocking(move |app| {
        let reader = Reader::of(app, &headers, form.language.clone())?;
        let sent = paced.and_then(|()| Ok(send(app, &reader, &token, &form)?));
        Ok(match sent {
            Ok(response) => response,
            Err(error) if error.status.is_server_error() || error.retry_after.is_some() => {
                match service::open(app, &token)? {
                    Door::Open(mut asked) => {
                        asked.turn_to(app, form.version.unwrap_or(asked.kept.version))?;
                        not_saved(&reader, &token, &asked, &form, &error)
                    }
                    _ => error.into_response(),
                }
            }
            Err(error) => error.into_response(),
        })
    })
    .await
}

fn send(app: &App, reader: &Reader, token: &str, form: &Form) -> Result<Response> {
    Ok(match service::take(app, token, sent(app, token, form, true))? {
        Taken::Thanks(survey) | Taken::Before(survey) => thanks_at(token, reader.language(&survey)),
        Taken::Closed(survey) => closed(app, reader, &survey, token),
        Taken::Unknown => reader.say(StatusCode::NOT_FOUND, Message::UnknownLink, None, token),
        Taken::Wrong(asked, problems) => reader.ask(StatusCode::BAD_REQUEST, token, &asked, form, &problems, None),
    })
}

fn not_saved(reader: &Reader, token: &str, asked: &Asked, form: &Form, error: &ApiError) -> Response {
    tracing::debug!(detail = error.detail, "an answer to a survey could not be kept");
    let mut response = reader.ask(error.status, token, asked, form, &[], Some(Notice::NotSaved));
    if let Some(seconds) = error.retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A page that can be loaded again without sending anything.
fn thanks_at(token: &str, language: &str) -> Response {
    let address = HeaderValue::from_str(&format!("/s/{token}/thanks?language={language}"));
    let address = address.unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

fn sent(app: &App, token: &str, form: &Form, is_complete: bool) -> Sent {
    let page = form.page.as_deref().unwrap_or_default();
    let served = form.proof.as_deref().and_then(|proof| proof::read(&app.secret, token, page, proof));
    let sending = Sending {
        has_page: served.is_some(),
        // A clock that was put back tells nothing.
        taken_ms: served.as_ref().and_then(|served| u64::try_from(app.clock.now_ms() - served.at).ok()),
        brought: served.map(|served| served.brought).unwrap_or_default(),
        has_filled_unseen: form.has_filled_unseen,
        is_repeated: form.is_repeated,
    };
    Sent {
        page: form.page.clone().unwrap_or_default(),
        version: form.version.unwrap_or_default(),
        language: form.language.clone().unwrap_or_default(),
        given: form.given.clone(),
        is_complete,
        sending,
        about: form.about.clone(),
    }
}

/// Keeps what is answered so far. Its page waits for no answer, and sends everything again in the end.
async fn take_part(app: App, token: Path<String>, peer: Peer, body: Bytes) -> ApiResult<StatusCode> {
    app.pace.count(peer, app.clock.now_ms())?;
    let (token, form) = (token.0, read_form(&body)?);
    app.blocking(move |app| service::take(app, &token, sent(app, &token, &form, false))).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn note_shown(app: App, token: Path<String>, peer: Peer) -> ApiResult<StatusCode> {
    app.pace.count(peer, app.clock.now_ms())?;
    app.blocking(move |app| service::note(app, &token.0, InvitationStep::Shown)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn refuse(app: App, token: Path<String>, peer: Peer, headers: HeaderMap) -> ApiResult<Response> {
    app.pace.count(peer, app.clock.now_ms())?;
    app.blocking(move |app| {
        service::note(app, &token.0, InvitationStep::Refused)?;
        let reader = Reader::of(app, &headers, None)?;
        Ok(match service::open(app, &token.0)? {
            Door::Open(asked) => thanks_at(&token.0, reader.language(&asked.survey)),
            Door::Answered(survey) | Door::Closed(survey) | Door::Refused(survey) => {
                thanks_at(&token.0, reader.language(&survey))
            }
            Door::Unknown => reader.say(StatusCode::NOT_FOUND, Message::UnknownLink, None, &token.0),
        })
    })
    .await
}

/// Asks before anything happens: programs that look at mail fetch this too.
async fn ask_to_unsubscribe(app: App, token: Path<String>, headers: HeaderMap, query: RawQuery) -> ApiResult<Response> {
    app.blocking(move |app| {
        let form = page::read_form(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
        let reader = Reader::of(app, &headers, form.language)?;
        Ok(match mail::find_leaving(app, &token.0)? {
            Some(_) => reader.say_about_mail(Message::Unsubscribe, &token.0),
            None => reader.say(StatusCode::NOT_FOUND, Message::UnknownLink, None, &token.0),
        })
    })
    .await
}

/// Writes no further mail to whoever holds the link: the button of the page, or the one of a mail program (RFC 8058), which
/// sends neither cookies nor where it comes from.
async fn unsubscribe(
    app: App,
    token: Path<String>,
    peer: Peer,
    headers: HeaderMap,
    body: Bytes,
) -> ApiResult<Response> {
    app.pace.count(peer, app.clock.now_ms())?;
    app.blocking(move |app| {
        let form = page::read_form(&body).unwrap_or_default();
        let reader = Reader::of(app, &headers, form.language)?;
        Ok(match mail::unsubscribe(app, &token.0)? {
            true => reader.say_about_mail(Message::Unsubscribed, &token.0),
            false => reader.say(StatusCode::NOT_FOUND, Message::UnknownLink, None, &token.0),
        })
    })
    .await
}

/// What stands after the last question, whether the answer came now or before.
async fn thank(app: App, token: Path<String>, headers: HeaderMap, query: RawQuery) -> ApiResult<Response> {
    app.blocking(move |app| {
        let form = page::read_form(query.0.unwrap_or_default().as_bytes()).unwrap_or_default();
        let reader = Reader::of(app, &headers, form.language)?;
        Ok(match service::open(app, &token.0)? {
            Door::Open(asked) => reader.say(StatusCode::OK, Message::Thanks, Some(&asked.survey), &token.0),
            Door::Answered(survey) | Door::Closed(survey) => {
                reader.say(StatusCode::OK, Message::Thanks, Some(&survey), &token.0)
            }
            Door::Refused(survey) => reader.say(StatusCode::OK, Message::Refused, Some(&survey), &token.0),
            Door::Unknown => reader.say(StatusCode::NOT_FOUND, Message::UnknownLink, None, &token.0),
        })
    })
    .await
}

async fn show_theme(app: App, token: Path<String>) -> ApiResult<Response> {
    let door = app.blocking(move |app| service::open(app, &token.0)).await?;
    let survey = match door {
        Door::Open(asked) => Some(asked.survey),
        Door::Answered(survey) | Door::Closed(survey) | Door::Refused(survey) => Some(survey),
        Door::Unknown => None,
    };
    let style = survey.as_ref().and_then(page::theme_style).unwrap_or_default();
    Ok(([(CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8"))], style).into_response())
}
