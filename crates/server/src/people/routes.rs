//! `/api/v1/users`, `/api/v1/invitations`: what an owner does about people.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;

use super::dto::{CreatedInvitation, InvitationDto, InvitationsDto, NewInvitation, PersonChange, UserDto, UsersDto};
use super::service::{self, NewLink};
use crate::app::App;
use crate::auth::{Can, ManagePeople, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/users", guarded(MethodFilter::GET, list_users))
        .route("/api/v1/users/{id}", guarded(MethodFilter::PATCH, update_user))
        .route("/api/v1/users/{id}/reset", guarded(MethodFilter::POST, reset_password))
        .route(
            "/api/v1/invitations",
            guarded(MethodFilter::GET, list_invitations).merge(guarded(MethodFilter::POST, create_invitation)),
        )
        .route("/api/v1/invitations/{id}", guarded(MethodFilter::DELETE, revoke_invitation))
}

/// Lists the people, disabled ones included.
#[utoipa::path(get, path = "/api/v1/users", tag = "people", security(("key" = ["admin"])),
    responses((status = 200, body = UsersDto), Problem))]
pub async fn list_users(app: App, _: Can<ManagePeople>) -> ApiResult<Json<UsersDto>> {
    let users = app.blocking(service::list_users).await?;
    let seen = app.sessions.last_seen();
    let users = users.into_iter().map(|user| {
        let last_seen_at = seen.get(&user.id).copied();
        UserDto::new(user, last_seen_at)
    });
    Ok(Json(UsersDto { users: users.collect() }))
}

/// Changes what a person may see, or whether they may sign in. Their sessions end at once.
#[utoipa::path(patch, path = "/api/v1/users/{id}", tag = "people", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "Id or e-mail of the person")), request_body = PersonChange,
    responses((status = 200, body = UserDto), Problem))]
pub async fn update_user(
    app: App,
    may: Can<ManagePeople>,
    id: Path<String>,
    change: Json<PersonChange>,
) -> ApiResult<Json<UserDto>> {
    let user = app.blocking(move |app| service::update_user(app, &id.0, change.0, &may.identity)).await?;
    Ok(Json(UserDto::new(user, None)))
}

/// Makes a one-time link with which a person gives themselves another password. It is answered this once.
#[utoipa::path(post, path = "/api/v1/users/{id}/reset", tag = "people", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "Id or e-mail of the person")),
    responses((status = 201, body = CreatedInvitation), Problem))]
pub async fn reset_password(
    app: App,
    may: Can<ManagePeople>,
    id: Path<String>,
) -> ApiResult<(StatusCode, Json<CreatedInvitation>)> {
    let link = {
        let may = may.identity;
        app.blocking(move |app| service::reset_password(app, &id.0, &may)).await?
    };
    Ok((StatusCode::CREATED, Json(created(&app, link))))
}

/// Lists the one-time links, the open ones and those of the past.
#[utoipa::path(get, path = "/api/v1/invitations", tag = "people", security(("key" = ["admin"])),
    responses((status = 200, body = InvitationsDto), Problem))]
pub async fn list_invitations(app: App, _: Can<ManagePeople>) -> ApiResult<Json<InvitationsDto>> {
    let now = app.clock.now_ms();
    let invitations = app.blocking(|app| app.state.people.list_invitations()).await?;
    let invitations = invitations.into_iter().map(|invitation| InvitationDto::new(invitation, now));
    Ok(Json(InvitationsDto { invitations: invitations.collect() }))
}

/// Invites somebody. The link is answered this once, to be handed over; an earlier one for the same e-mail is revoked.
#[utoipa::path(post, path = "/api/v1/invitations", tag = "people", security(("key" = ["admin"])),
    request_body = NewInvitation, responses((status = 201, body = CreatedInvitation), Problem))]
pub async fn create_invitation(
    app: App,
    may: Can<ManagePeople>,
    new: Json<NewInvitation>,
) -> ApiResult<(StatusCode, Json<CreatedInvitation>)> {
    let link = app.blocking(move |app| service::create_invitation(app, new.0, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json(created(&app, link))))
}

/// Revokes a one-time link that was not used.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}", tag = "people", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "Id of the invitation")),
    responses((status = 204, description = "It opens nothing any more"), Problem))]
pub async fn revoke_invitation(app: App, may: Can<ManagePeople>, id: Path<String>) -> ApiResult<StatusCode> {
    app.blocking(move |app| service::revoke_invitation(app, &id.0, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The token is after the `#`, which browsers do not send: no proxy writes it down.
fn created(app: &App, link: NewLink) -> CreatedInvitation {
    let path = format!("/invitation#token={}", link.token);
    CreatedInvitation {
        link: app.base_url().map(|url| format!("{url}{path}")),
        path,
        invitation: InvitationDto::new(link.invitation, app.clock.now_ms()),
    }
}
