//! `/api/v1/events/count`, `/api/v1/events/verify`, `/api/v1/dead-letters`.

use axum::Router;
use axum::routing::MethodFilter;
use domain::DeadLetterId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{Correction, CountsDto, DeadLetterDto, DeadLettersDto, Replayed, ReplayedLetter, Verified};
use super::service::{self, Wanted};
use crate::app::App;
use crate::auth::{Can, ManageEvents, ReadEvents, ReadPersonalData, guarded, require};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, OptionalJson, Path, Query};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/events/count", guarded(MethodFilter::GET, count_events))
        .route("/api/v1/events/verify", guarded(MethodFilter::POST, verify_events))
        .route("/api/v1/dead-letters", guarded(MethodFilter::GET, list_dead_letters))
        .route("/api/v1/dead-letters/replay", guarded(MethodFilter::POST, replay_dead_letters))
        .route("/api/v1/dead-letters/{id}", guarded(MethodFilter::GET, show_dead_letter))
        .route("/api/v1/dead-letters/{id}/replay", guarded(MethodFilter::POST, replay_dead_letter))
}

/// Counts what arrived and what became of it.
#[utoipa::path(get, path = "/api/v1/events/count", tag = "events", security(("key" = ["read"])),
    responses((status = 200, body = CountsDto), Problem))]
pub async fn count_events(app: App, _: Can<ReadEvents>) -> ApiResult<Json<CountsDto>> {
    Ok(Json(app.log.counts().into()))
}

/// Verifies the checksums of every file of the event log.
#[utoipa::path(post, path = "/api/v1/events/verify", tag = "events", security(("key" = ["admin"])),
    responses((status = 200, body = Verified), Problem))]
pub async fn verify_events(app: App, _: Can<ManageEvents>) -> ApiResult<Json<Verified>> {
    let damaged = app.query(|app| app.log.verify()).await?;
    Ok(Json(Verified { is_whole: damaged.is_empty(), damaged }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeadLettersQuery {
    /// Only those with this code, such as `missing_identifier`.
    code: Option<String>,
    /// Only those of this source.
    source: Option<String>,
    /// What `next` of the page before said.
    after: Option<String>,
    /// At most 1,000; 100 unless told.
    limit: Option<u32>,
    /// Whether the bytes come too, which may be personal: takes the scope admin.
    #[serde(default)]
    with_raw: bool,
}

/// Lists what arrived and is not an event, the oldest first.
#[utoipa::path(get, path = "/api/v1/dead-letters", tag = "events", security(("key" = ["read"])),
    params(DeadLettersQuery), responses((status = 200, body = DeadLettersDto), Problem))]
pub async fn list_dead_letters(
    app: App,
    may: Can<ReadEvents>,
    query: Query<DeadLettersQuery>,
) -> ApiResult<Json<DeadLettersDto>> {
    let DeadLettersQuery { code, source, after, limit, with_raw } = query.0;
    if with_raw {
        require::<ReadPersonalData>(&may.identity)?;
    }
    let after = after.as_deref().map(parse_letter).transpose()?;
    let wanted = Wanted { code, source, after, limit, with_raw };
    app.blocking(move |app| service::list_dead_letters(app, &wanted)).await.map(Json)
}

fn parse_letter(text: &str) -> Result<DeadLetterId, ApiError> {
    text.parse().map_err(|cause: domain::ids::InvalidId| ApiError::invalid(cause.to_string()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeadLetterQuery {
    /// Whether the bytes come too, which may be personal: takes the scope admin.
    #[serde(default)]
    with_raw: bool,
}

/// Shows one dead letter.
#[utoipa::path(get, path = "/api/v1/dead-letters/{id}", tag = "events", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`ded_5`"), DeadLetterQuery),
    responses((status = 200, body = DeadLetterDto), Problem))]
pub async fn show_dead_letter(
    app: App,
    may: Can<ReadEvents>,
    id: Path<String>,
    query: Query<DeadLetterQuery>,
) -> ApiResult<Json<DeadLetterDto>> {
    if query.0.with_raw {
        require::<ReadPersonalData>(&may.identity)?;
    }
    let id = parse_letter(&id.0)?;
    app.blocking(move |app| service::show_dead_letter(app, id, query.0.with_raw)).await.map(Json)
}

/// Reads one dead letter again, as it came or as it should have been. When it still cannot be read, the answer says why and
/// nothing changes.
#[utoipa::path(post, path = "/api/v1/dead-letters/{id}/replay", tag = "events", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`ded_5`")), request_body = Correction,
    responses((status = 200, body = ReplayedLetter), Problem))]
pub async fn replay_dead_letter(
    app: App,
    may: Can<ManageEvents>,
    id: Path<String>,
    correction: OptionalJson<Correction>,
) -> ApiResult<Json<ReplayedLetter>> {
    let id = parse_letter(&id.0)?;
    app.blocking(move |app| service::replay_dead_letter(app, id, correction.0, &may.identity)).await.map(Json)
}

/// Reads dead letters again, after what was wrong has been put right.
#[utoipa::path(post, path = "/api/v1/dead-letters/replay", tag = "events", security(("key" = ["admin"])),
    responses((status = 200, body = Replayed), Problem))]
pub async fn replay_dead_letters(app: App, may: Can<ManageEvents>) -> ApiResult<Json<Replayed>> {
    app.blocking(move |app| service::replay_dead_letters(app, &may.identity)).await.map(Json)
}
