//! `/api/v1/events/export`.

use axum::Router;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodFilter;
use serde::Deserialize;
use utoipa::IntoParams;

use super::service::{ExportFormat, record_personal_export, write_events};
use crate::app::App;
use crate::auth::{Can, ReadEvents, ReadPersonalData, guarded, require};
use crate::error::ApiResult;
use crate::extract::Query;
use crate::openapi::Problem;
use crate::pieces::pieces_of;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/events/export", guarded(MethodFilter::GET, export_events))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// `jsonl`, `csv` or `parquet`; `jsonl` unless told.
    format: Option<String>,
    /// Whether identifiers and personal values come too: takes the scope admin, and is audited.
    #[serde(default)]
    with_personal: bool,
}

/// Streams every stored event. An answer that breaks off early was not complete.
#[utoipa::path(get, path = "/api/v1/events/export", tag = "events", security(("key" = ["read"])), params(ExportQuery),
    responses((status = 200, description = "Every event", content_type = "application/x-ndjson", body = String), Problem))]
pub async fn export_events(app: App, may: Can<ReadEvents>, query: Query<ExportQuery>) -> ApiResult<Response> {
    let ExportQuery { format, with_personal } = query.0;
    let format = ExportFormat::parse(format.as_deref().unwrap_or("jsonl"))?;
    if with_personal {
        require::<ReadPersonalData>(&may.identity)?;
        app.blocking(move |app| record_personal_export(app, format, &may.identity)).await?;
    }
    let body = pieces_of(app, move |app, writer| write_events(app, format, with_personal, writer));
    let headers = [(CONTENT_TYPE, format.content_type()), (CONTENT_DISPOSITION, "attachment")];
    Ok((headers, body).into_response())
}
