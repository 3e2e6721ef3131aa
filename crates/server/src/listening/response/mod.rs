//! Who answered a survey and who did not: how far invitations came, and how those who answered differ from those who did not in
//! what was known of them before. `docs/scores.md` says how.

mod dto;
mod service;

use axum::Router;
use axum::routing::MethodFilter;

use self::dto::ResponseDto;
use crate::app::App;
use crate::auth::{Can, ReadSurveys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, QueryPairs};
use crate::journeys::{Extent, ExtentParams, unknown};
use crate::listening::service::parse_survey;
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/surveys/{id}/response", guarded(MethodFilter::GET, compute_response))
}

/// Computes how many of those who were invited to a survey in a period answered, with its interval of 95 %, by channel, unit,
/// touchpoint and segment; and how those who answered differ from those who did not in what was known of them before.
/// Association, never effect.
#[utoipa::path(get, path = "/api/v1/surveys/{id}/response", tag = "surveys", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`srv_3`"), ExtentParams),
    responses((status = 200, body = ResponseDto), Problem))]
pub async fn compute_response(
    app: App,
    may: Can<ReadSurveys>,
    id: Path<String>,
    pairs: QueryPairs,
) -> ApiResult<Json<ResponseDto>> {
    let id = parse_survey(&id.0)?;
    let mut extent = Extent::default();
    for (name, value) in pairs.0 {
        if extent.take(&name, value)?.is_some() {
            return Err(unknown("a question about who answered", &name));
        }
    }
    let sight = may.identity.sight();
    app.query(move |app| service::compute_response(app, id, &extent, &sight)).await.map(Json)
}
