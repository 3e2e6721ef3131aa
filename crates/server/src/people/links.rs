//! `/api/v1/invitations/show`, `/api/v1/invitations/accept`: what whoever has a one-time link does with it. The secret is in
//! the body, never in an address.

use axum::Router;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::routing::post;
use domain::people::{Acceptance, Invitation, InvitationKind, check_name};

use super::dto::{LinkAnswer, LinkToken, OpenLink};
use super::passwords::check_password;
use super::service;
use super::session::sign_in_as;
use super::throttle::{Counter, Peer};
use crate::app::App;
use crate::auth::refuse_other_sites;
use crate::error::ApiResult;
use crate::extract::Json;
use crate::openapi::Problem;
use crate::organisation::find_organisation;
use crate::organisation::units::find_tree;
use domain::time::format_instant;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/invitations/show", post(show_invitation))
        .route("/api/v1/invitations/accept", post(accept_invitation))
}

/// Shows what a one-time link is for. One that cannot be used any more answers like one that never was.
#[utoipa::path(post, path = "/api/v1/invitations/show", tag = "people", request_body = LinkToken,
    responses((status = 200, body = OpenLink), Problem))]
pub async fn show_invitation(app: App, peer: Peer, link: Json<LinkToken>) -> ApiResult<Json<OpenLink>> {
    let invitation = find(&app, peer, link.0.token).await?;
    app.blocking(move |app| {
        let organisation = find_organisation(app)?;
        let tree = find_tree(app)?;
        let unit = invitation.unit.as_deref().filter(|_| invitation.kind == InvitationKind::Invite);
        Ok(OpenLink {
            kind: invitation.kind.as_str(),
            role: OpenLink::role_of(&invitation),
            unit_label: unit.map(|unit| tree.find(unit).map_or_else(|| unit.to_owned(), |found| found.label.clone())),
            expires_at: format_instant(invitation.expires_at),
            email: invitation.email,
            organisation: organisation.name,
            language: organisation.language,
        })
    })
    .await
    .map(Json)
}

/// Uses a one-time link: makes the person or gives them another password, and signs in. A request carries `X-Vivencia: 1`.
#[utoipa::path(post, path = "/api/v1/invitations/accept", tag = "people", request_body = LinkAnswer,
    responses((status = 200, body = super::dto::SessionDto), Problem))]
pub async fn accept_invitation(
    app: App,
    method: Method,
    peer: Peer,
    headers: HeaderMap,
    answer: Json<LinkAnswer>,
) -> ApiResult<Response> {
    refuse_other_sites(&method, &headers, &app.settings)?;
    let LinkAnswer { token, name, password, language } = answer.0;
    let invitation = find(&app, peer, token).await?;
    let name = match invitation.kind {
        InvitationKind::Invite => check_name(name.as_deref().unwrap_or_default())?,
        InvitationKind::Reset => String::new(),
    };
    check_password(&password, &invitation.email, &name)?;
    let language = match language {
        Some(language) => language,
        None => app.blocking(find_organisation).await?.language,
    };
    service::check_language(&language)?;
    let password_hash = app.passwords.hash(password).await?;
    let acceptance = Acceptance { name, language, password_hash };
    let user = app.blocking(move |app| service::accept_link(app, &invitation, &acceptance)).await?;
    sign_in_as(app, &headers, user, false).await
}

async fn find(app: &App, peer: Peer, token: String) -> ApiResult<Invitation> {
    let counters = [Counter::Link(peer)];
    app.attempts.begin(&counters, app.clock.now_ms())?;
    let invitation = app.blocking(move |app| service::find_link(app, &token)).await?;
    app.attempts.forgive(&counters);
    Ok(invitation)
}
