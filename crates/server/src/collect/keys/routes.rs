//! `/api/v1/keys`.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;

use super::dto::{CreatedKey, KeyDto, KeysDto, NewKey};
use super::service;
use crate::app::App;
use crate::auth::{Can, ManageKeys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/keys", guarded(MethodFilter::GET, list_keys).merge(guarded(MethodFilter::POST, create_key)))
        .route("/api/v1/keys/{id}", guarded(MethodFilter::DELETE, revoke_key))
}

/// Lists the keys, revoked ones included, without their secrets.
#[utoipa::path(get, path = "/api/v1/keys", tag = "keys", security(("key" = ["admin"])),
    responses((status = 200, body = KeysDto), Problem))]
pub async fn list_keys(app: App, _: Can<ManageKeys>) -> ApiResult<Json<KeysDto>> {
    let keys = app.blocking(service::list_keys).await?;
    Ok(Json(KeysDto { keys: keys.into_iter().map(KeyDto::from).collect() }))
}

/// Makes a key. Its secret is in this answer only.
#[utoipa::path(post, path = "/api/v1/keys", tag = "keys", security(("key" = ["admin"])), request_body = NewKey,
    responses((status = 201, body = CreatedKey), Problem))]
pub async fn create_key(
    app: App,
    may: Can<ManageKeys>,
    new: Json<NewKey>,
) -> ApiResult<(StatusCode, Json<CreatedKey>)> {
    let created = app.blocking(move |app| service::create_key(app, new.0, &may.identity)).await?;
    Ok((StatusCode::CREATED, Json(created)))
}

/// Revokes a key for ever.
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "keys", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "Id or name of the key")),
    responses((status = 200, body = KeyDto), Problem))]
pub async fn revoke_key(app: App, may: Can<ManageKeys>, id: Path<String>) -> ApiResult<Json<KeyDto>> {
    let revoked = app.blocking(move |app| service::revoke_key(app, &id.0, &may.identity)).await?;
    Ok(Json(revoked.into()))
}
