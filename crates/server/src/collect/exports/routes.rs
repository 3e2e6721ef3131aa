//! `/api/v1/events/export`.

use std::io::{self, Write};

use axum::Router;
use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodFilter;
use bytes::Bytes;
use domain::ports::Scope;
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::mpsc;
use utoipa::IntoParams;

use super::service::{ExportFormat, record_personal_export, write_events};
use crate::app::App;
use crate::auth::{Can, ReadEvents, guarded, require};
use crate::error::ApiResult;
use crate::extract::Query;
use crate::openapi::Problem;

/// Pieces waiting for a slow reader.
const WAITING_PIECES: usize = 4;

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
        require(&may.identity, Scope::Admin)?;
        app.blocking(move |app| record_personal_export(app, format, &may.identity)).await?;
    }
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(WAITING_PIECES);
    tokio::task::spawn_blocking(move || {
        if let Err(error) = write_events(&app, format, with_personal, PieceWriter { sender: sender.clone() }) {
            if !sender.is_closed() {
                tracing::error!(%error, cause = ?error.source, "an export ended early");
            }
            let _ = sender.blocking_send(Err(io::Error::other("the export ended early")));
        }
    });
    let pieces = stream::unfold(receiver, async |mut receiver| receiver.recv().await.map(|piece| (piece, receiver)));
    let headers = [(CONTENT_TYPE, format.content_type()), (CONTENT_DISPOSITION, "attachment")];
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// Hands what is written to the answer, waiting for a slow reader.
struct PieceWriter {
    sender: mpsc::Sender<io::Result<Bytes>>,
}

impl Write for PieceWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = Bytes::copy_from_slice(bytes);
        self.sender.blocking_send(Ok(piece)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
