//! `/api/v1/setup`: the first owner and the organisation, made together by whoever can read what the server wrote when it
//! started. There as long as there is no owner; afterwards as missing as any other path.

use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use axum::routing::get;
use domain::people::{Role, User, check_name, normalise_email};
use domain::{Code, UserId};
use serde_json::json;

use super::dto::{FirstSteps, SetupDto};
use super::passwords::check_password;
use super::service;
use super::session::sign_in_as;
use super::throttle::{Counter, Peer};
use crate::answer::{no_such_method, no_such_path};
use crate::app::App;
use crate::auth::{hash_secret, new_secret, refuse_other_sites};
use crate::error::{ApiError, ApiResult};
use crate::extract::Json;
use crate::openapi::Problem;
use crate::organisation::{apply, find_organisation};

/// The secret of this start, while there is no owner who may sign in.
pub struct Setup {
    token: Mutex<Option<String>>,
}

impl Setup {
    pub fn new(users: &[User]) -> Setup {
        Setup { token: Mutex::new((!has_owner(users)).then(new_secret)) }
    }

    pub fn token(&self) -> Option<String> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Closes for good once one of these is an owner.
    pub fn look_at(&self, users: &[User]) {
        if has_owner(users) {
            *self.token.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

fn has_owner(users: &[User]) -> bool {
    users.iter().any(|user| user.role == Role::Owner && user.disabled_at.is_none())
}

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/setup", get(show_setup).post(set_up).fallback(refuse_method))
}

/// Once there is an owner, no method tells this path from a missing one.
async fn refuse_method(app: App, method: Method, uri: Uri) -> ApiError {
    match app.setup.token() {
        Some(_) => no_such_method(method, uri).await,
        None => no_such_path(uri).await,
    }
}

/// Says that the installation waits for its first owner; afterwards there is nothing here.
#[utoipa::path(get, path = "/api/v1/setup", tag = "people", responses((status = 200, body = SetupDto), Problem))]
pub async fn show_setup(app: App, uri: Uri) -> ApiResult<Json<SetupDto>> {
    match app.setup.token() {
        Some(_) => Ok(Json(SetupDto { is_open: true })),
        None => Err(no_such_path(uri).await),
    }
}

/// Makes the first owner and sets the organisation, and signs in. The token is in the address that the server writes when it
/// starts. A request carries `X-Vivencia: 1`.
#[utoipa::path(post, path = "/api/v1/setup", tag = "people", request_body = FirstSteps,
    responses((status = 200, body = super::dto::SessionDto), Problem))]
pub async fn set_up(
    app: App,
    method: Method,
    peer: Peer,
    uri: Uri,
    headers: HeaderMap,
    steps: Result<Json<FirstSteps>, ApiError>,
) -> ApiResult<Response> {
    let Some(token) = app.setup.token() else { return Err(no_such_path(uri).await) };
    refuse_other_sites(&method, &headers, &app.settings)?;
    let FirstSteps { token: given, name, email, password, organisation } = steps?.0;
    let counters = [Counter::Link(peer)];
    app.attempts.begin(&counters, app.clock.now_ms())?;
    if hash_secret(&given) != hash_secret(&token) {
        return Err(ApiError::new(
            Code::PermissionDenied,
            "this is not the address that the server wrote when it last started; open that one, or start the server again \
             for a new one",
        ));
    }
    app.attempts.forgive(&counters);
    let (name, email) = (check_name(&name)?, normalise_email(&email)?);
    check_password(&password, &email, &name)?;
    let organisation = app.blocking(move |app| apply(find_organisation(app)?, organisation)).await?;
    let password_hash = app.passwords.hash(password).await?;
    let made = app
        .blocking(move |app| {
            let mut owner = User {
                id: UserId(0),
                email,
                name,
                role: Role::Owner,
                unit: None,
                language: organisation.language.clone(),
                password_hash,
                created_at: app.clock.now_ms(),
                disabled_at: None,
            };
            let detail = json!({"name": organisation.name});
            let audit = app.audit_entry_of(&owner.email, "setup", &owner.email, detail);
            owner.id = app.state.people.set_up(&owner, &organisation, &audit)?;
            app.set_currency(&organisation.currency);
            service::refresh(app)?;
            Ok(owner)
        })
        .await;
    let owner = match made {
        Ok(owner) => owner,
        // Somebody else was quicker.
        Err(error) if error.code == Code::Conflict.as_str() => return Err(no_such_path(uri).await),
        Err(error) => return Err(error),
    };
    sign_in_as(app, &headers, owner, false).await
}
