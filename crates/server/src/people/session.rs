//! `/api/v1/session`, `/api/v1/sessions`: signing in and out, who I am, where I am signed in, my password.

use axum::Router;
use axum::http::header::{SET_COOKIE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, post};
use domain::people::{User, normalise_email};
use domain::{Code, SessionId, UserId};
use serde_json::json;

use super::dto::{MyChange, OpenSessionDto, OpenSessionsDto, PasswordChange, SessionDto, SignIn};
use super::passwords::check_password;
use super::service;
use super::throttle::{Counter, Peer};
use crate::app::App;
use crate::auth::{Cookie, Holder, Known, LONGEST_MS, Person, guarded, hash_secret, refuse_other_sites};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Path};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/session",
            post(begin_session)
                .merge(guarded(MethodFilter::GET, show_session))
                .merge(guarded(MethodFilter::PATCH, update_me))
                .merge(guarded(MethodFilter::DELETE, end_session)),
        )
        .route("/api/v1/session/password", guarded(MethodFilter::POST, change_my_password))
        .route(
            "/api/v1/sessions",
            guarded(MethodFilter::GET, list_my_sessions).merge(guarded(MethodFilter::DELETE, end_my_other_sessions)),
        )
        .route("/api/v1/sessions/{id}", guarded(MethodFilter::DELETE, end_my_session))
}

/// Signs in with e-mail and password. The answer sets the cookie of the session; a request carries `X-Vivencia: 1`.
#[utoipa::path(post, path = "/api/v1/session", tag = "people", request_body = SignIn,
    responses((status = 200, body = SessionDto), Problem))]
pub async fn begin_session(
    app: App,
    method: Method,
    peer: Peer,
    headers: HeaderMap,
    sign_in: Json<SignIn>,
) -> ApiResult<Response> {
    refuse_other_sites(&method, &headers, &app.settings)?;
    let SignIn { email, password } = sign_in.0;
    // What is no e-mail at all takes as long as one that nobody has.
    let email = normalise_email(&email).unwrap_or_default();
    let browser = Cookie::Browser.find(&headers, &app.settings).map(|token| hash_secret(&token));
    let (user, is_known) = {
        let (email, browser) = (email.clone(), browser.clone());
        app.blocking(move |app| {
            let user = service::find_user_of_email(app, &email)?;
            let is_known = match (&user, &browser) {
                (Some(user), Some(browser)) => app.state.people.knows_browser(user.id, browser)?,
                _ => false,
            };
            Ok((user, is_known))
        })
        .await?
    };
    let counters = match browser.filter(|_| is_known) {
        Some(browser) => vec![Counter::Browser(browser)],
        None => vec![Counter::Pair(peer, email), Counter::Peer(peer)],
    };
    app.attempts.begin(&counters, app.clock.now_ms())?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let is_right = app.passwords.verify(password, stored).await?;
    let Some(user) = user.filter(|user| is_right && user.disabled_at.is_none()) else {
        return Err(ApiError::new(
            Code::Unauthenticated,
            "the e-mail or the password is not right; an owner can make a link for a new password",
        ));
    };
    app.attempts.forgive(&counters);
    sign_in_as(app, &headers, user, is_known).await
}

/// Begins the session of a person whose password was right, and answers with its cookies.
pub async fn sign_in_as(app: App, headers: &HeaderMap, user: User, is_known: bool) -> ApiResult<Response> {
    let browser = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let replaced = Cookie::Session.find(headers, &app.settings);
    let (begun, described) = app
        .blocking(move |app| {
            let begun = service::begin_session(app, &user, &browser, replaced.as_deref(), is_known)?;
            let described = service::describe(app, &begun.identity)?;
            Ok((begun, described))
        })
        .await?;
    let mut response = Json(described).into_response();
    let session = Cookie::Session.set(&begun.token, &app.settings, LONGEST_MS / 1_000);
    let known = begun.browser_token.map(|token| Cookie::Browser.set(&token, &app.settings, 0));
    for cookie in std::iter::once(session).chain(known) {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

/// Shows who asks, by session or by key, and what they may do.
#[utoipa::path(get, path = "/api/v1/session", tag = "people", security(("key" = []), ("cookie" = [])),
    responses((status = 200, body = SessionDto), Problem))]
pub async fn show_session(app: App, known: Known) -> ApiResult<Json<SessionDto>> {
    app.blocking(move |app| service::describe(app, &known.identity)).await.map(Json)
}

/// Changes the name or the language of the person who is signed in.
#[utoipa::path(patch, path = "/api/v1/session", tag = "people", security(("cookie" = [])), request_body = MyChange,
    responses((status = 200, body = SessionDto), Problem))]
pub async fn update_me(app: App, person: Person, change: Json<MyChange>) -> ApiResult<Json<SessionDto>> {
    app.blocking(move |app| {
        service::update_me(app, person.user, change.0, &person.identity)?;
        service::describe(app, &person.identity)
    })
    .await
    .map(Json)
}

/// Signs out: the session ends, here and everywhere its cookie may have come to.
#[utoipa::path(delete, path = "/api/v1/session", tag = "people", security(("cookie" = [])),
    responses((status = 204, description = "It has ended"), Problem))]
pub async fn end_session(app: App, person: Person) -> ApiResult<Response> {
    let gone = Cookie::Session.set("", &app.settings, 0);
    app.blocking(move |app| service::end_sessions(app, person.user, &[person.session], &person.identity)).await?;
    Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, gone)]).into_response())
}

/// Changes the password of the person who is signed in. Their other sessions end.
#[utoipa::path(post, path = "/api/v1/session/password", tag = "people", security(("cookie" = [])),
    request_body = PasswordChange, responses((status = 204, description = "It is changed"), Problem))]
pub async fn change_my_password(app: App, person: Person, change: Json<PasswordChange>) -> ApiResult<StatusCode> {
    let PasswordChange { current, new } = change.0;
    let id = person.user.to_string();
    let user = app.blocking(move |app| service::find_user(app, &id)).await?;
    check_password(&new, &user.email, &user.name)?;
    // A session that somebody left open is no way to try passwords.
    let counters = [Counter::Browser(person.session.to_string())];
    app.attempts.begin(&counters, app.clock.now_ms())?;
    if !app.passwords.verify(current, Some(user.password_hash)).await? {
        return Err(
            ApiError::new(Code::PermissionDenied, "the current password is not right").with_code("wrong_password")
        );
    }
    app.attempts.forgive(&counters);
    let hash = app.passwords.hash(new).await?;
    app.blocking(move |app| {
        let audit = app.audit_entry(&person.identity, "user.password", &user.email, json!({}));
        app.state.people.change_password(user.id, &hash, Some(person.session), &audit)?;
        service::refresh(app)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists where the person is signed in, the latest used first.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "people", security(("cookie" = [])),
    responses((status = 200, body = OpenSessionsDto), Problem))]
pub async fn list_my_sessions(app: App, person: Person) -> ApiResult<Json<OpenSessionsDto>> {
    let sessions = app.sessions.list_of(person.user, app.clock.now_ms());
    let sessions = sessions.into_iter().map(|session| {
        let is_this = session.id == person.session;
        OpenSessionDto::new(session, is_this)
    });
    Ok(Json(OpenSessionsDto { sessions: sessions.collect() }))
}

/// Ends every session of the person but the one that asks.
#[utoipa::path(delete, path = "/api/v1/sessions", tag = "people", security(("cookie" = [])),
    responses((status = 204, description = "They have ended"), Problem))]
pub async fn end_my_other_sessions(app: App, person: Person) -> ApiResult<StatusCode> {
    let others = open_ids(&app, person.user).into_iter().filter(|id| *id != person.session).collect();
    end(app, person, others).await
}

/// Ends one session of the person.
#[utoipa::path(delete, path = "/api/v1/sessions/{id}", tag = "people", security(("cookie" = [])),
    params(("id" = String, Path, description = "Id of the session")),
    responses((status = 204, description = "It has ended"), Problem))]
pub async fn end_my_session(app: App, person: Person, id: Path<String>) -> ApiResult<StatusCode> {
    // Sessions of others are as missing as those that never were.
    let found = open_ids(&app, person.user).into_iter().find(|open| open.to_string() == id.0);
    let found = found.ok_or_else(|| ApiError::new(Code::NotFound, format!("there is no open session `{}`", id.0)))?;
    end(app, person, vec![found]).await
}

fn open_ids(app: &App, user: UserId) -> Vec<SessionId> {
    app.sessions.list_of(user, app.clock.now_ms()).into_iter().map(|session| session.id).collect()
}

async fn end(app: App, person: Person, ids: Vec<SessionId>) -> ApiResult<StatusCode> {
    debug_assert!(matches!(person.identity.holder, Holder::Person { .. }));
    if !ids.is_empty() {
        app.blocking(move |app| service::end_sessions(app, person.user, &ids, &person.identity)).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
