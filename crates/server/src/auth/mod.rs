//! Who asks, and whether they may.
//!
//! Somebody is known by a key in the header `Authorization`, or by the cookie of a session; `cookies.rs` says when a cookie
//! counts. A protected handler has a [`Can`] among its arguments, and [`guarded`] routes accept no handler without one: a
//! route that forgets to ask does not compile. Who may do what is one table, in `permissions.rs`.
//!
//! A key or a person may be bound to a unit. They are let in only by [`CanSee`], which hands the handler the [`Sight`] that
//! everything it answers must be seen with; every [`Can`] and every [`require`] refuses them. So a route that does not think
//! of them is closed to them.

mod cookies;
mod identity;
mod keys;
mod permissions;
mod sessions;

use std::marker::PhantomData;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::routing::{MethodFilter, MethodRouter, on};
use domain::people::Role;
use domain::ports::Scope;
use domain::{Code, Result, SessionId, UserId};

pub use cookies::{Cookie, refuse_other_sites};
pub use identity::{Holder, Identity, Sight};
pub use keys::{Credentials, KeyRing, hash_secret, new_secret};
pub use permissions::*;
pub use sessions::{LONGEST_MS, SessionRing};

use crate::app::App;
use crate::error::ApiError;

/// Proof that whoever asks may do `P`, to everything there is.
pub struct Can<P> {
    pub identity: Arc<Identity>,
    permission: PhantomData<P>,
}

impl<P: Permission> FromRequestParts<App> for Can<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let identity = identify(&parts.method, &parts.headers, app)?;
        require::<P>(&identity)?;
        Ok(Can { identity, permission: PhantomData })
    }
}

/// Proof that whoever asks may do `P` to what they see. A handler that takes it must answer within the sight.
pub struct CanSee<P> {
    pub identity: Arc<Identity>,
    pub sight: Sight,
    permission: PhantomData<P>,
}

impl<P: WithinSight> FromRequestParts<App> for CanSee<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let identity = identify(&parts.method, &parts.headers, app)?;
        require_rule(&identity, &P::RULE)?;
        Ok(CanSee { sight: identity.sight(), identity, permission: PhantomData })
    }
}

/// Whoever asks, known by a key or a session, without any permission.
pub struct Known {
    pub identity: Arc<Identity>,
}

impl FromRequestParts<App> for Known {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        Ok(Known { identity: identify(&parts.method, &parts.headers, app)? })
    }
}

/// A person who is signed in, about themselves.
pub struct Person {
    pub identity: Arc<Identity>,
    pub user: UserId,
    pub session: SessionId,
}

impl FromRequestParts<App> for Person {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let identity = identify(&parts.method, &parts.headers, app)?;
        match identity.holder {
            Holder::Person { user, session, .. } => Ok(Person { identity, user, session }),
            Holder::Key { .. } | Holder::DataDirectory => Err(ApiError::new(
                Code::PermissionDenied,
                "this is about the person who is signed in, and a key is nobody; sign in with e-mail and password",
            )),
        }
    }
}

/// Who sends a request with this method and these headers. A key counts before a cookie.
pub fn identify(method: &Method, headers: &HeaderMap, app: &App) -> Result<Arc<Identity>, ApiError> {
    if let Some(credentials) = Credentials::find(headers) {
        return app.keys.find(credentials.secret()).ok_or_else(|| {
            ApiError::new(
                Code::Unauthenticated,
                "the key is not known, or was revoked; `vivencia key create` makes a new one",
            )
        });
    }
    let Some(token) = Cookie::Session.find(headers, &app.settings) else {
        return Err(ApiError::new(
            Code::Unauthenticated,
            "nobody is signed in, and no key came with the request; sign in, or send `Authorization: Bearer viv_…` \
             (`vivencia key create` makes one)",
        ));
    };
    let now = app.clock.now_ms();
    let Some(found) = app.sessions.find(&token, now) else {
        return Err(ApiError::new(Code::Unauthenticated, "the session has ended; sign in again"));
    };
    refuse_other_sites(method, headers, &app.settings)?;
    if let Some(session) = found.touch {
        let app = app.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = app.state.people.touch_session(session, now) {
                tracing::warn!(%error, "could not note that a session is used");
            }
        });
    }
    Ok(found.identity)
}

/// Who sent a request that was let in once and is still being answered, if they are still known.
pub fn find_quietly(headers: &HeaderMap, app: &App) -> Option<Arc<Identity>> {
    match Credentials::find(headers) {
        Some(credentials) => app.keys.find(credentials.secret()),
        None => app.sessions.peek(&Cookie::Session.find(headers, &app.settings)?, app.clock.now_ms()),
    }
}

/// Refuses an identity that does not have a permission, or has it only below a unit.
pub fn require<P: Permission>(identity: &Identity) -> Result<(), ApiError> {
    require_rule(identity, &P::RULE)?;
    let Some(unit) = identity.bound_to() else { return Ok(()) };
    let sentence = match identity.holder {
        Holder::Person { .. } => {
            format!(
                "{} sees only what lies below `{unit}`; this is for whoever sees the whole organisation",
                identity.name
            )
        }
        Holder::Key { .. } | Holder::DataDirectory => {
            format!(
                "the key `{}` is bound to the unit `{unit}`; this takes a key for the whole organisation",
                identity.name
            )
        }
    };
    Err(ApiError::new(Code::PermissionDenied, sentence))
}

fn require_rule(identity: &Identity, rule: &Rule) -> Result<(), ApiError> {
    if identity.may(rule) {
        return Ok(());
    }
    let sentence = match identity.holder {
        Holder::DataDirectory => "this is not for commands".to_owned(),
        Holder::Key { scope, .. } => {
            let takes: Vec<&str> = rule.scopes.iter().map(|scope: &Scope| scope.as_str()).collect();
            format!("the key `{}` has the scope {}; this takes {}", identity.name, scope.as_str(), takes.join(" or "))
        }
        Holder::Person { role, .. } => {
            let takes: Vec<&str> = rule.roles.iter().map(|role: &Role| role.as_str()).collect();
            format!(
                "{} has the role {}; this takes {}; an owner can change roles",
                identity.name,
                role.as_str(),
                takes.join(" or ")
            )
        }
    };
    Err(ApiError::new(Code::PermissionDenied, sentence))
}

/// Marks the arguments of handlers that ask who calls before anything else.
pub trait Guarded {}

macro_rules! guarded_arguments {
    ($(($($argument:ident),*))*) => {$(
        impl<M, P, $($argument),*> Guarded for (M, App, Can<P>, $($argument),*) {}
        impl<M, P, $($argument),*> Guarded for (M, App, CanSee<P>, $($argument),*) {}
        impl<M, $($argument),*> Guarded for (M, App, Known, $($argument),*) {}
        impl<M, $($argument),*> Guarded for (M, App, Person, $($argument),*) {}
    )*};
}

guarded_arguments! { () (A) (A, B) (A, B, C) }

/// A route whose handler takes the application, then a [`Can`], a [`CanSee`], a [`Known`] or a [`Person`], then what it
/// needs.
pub fn guarded<H, T>(method: MethodFilter, handler: H) -> MethodRouter<App>
where
    H: Handler<T, App>,
    T: Guarded + 'static,
{
    on(method, handler)
}
