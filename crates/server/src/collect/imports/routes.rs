//! `/api/v1/imports`.

use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::DefaultBodyLimit;
use axum::routing::MethodFilter;
use bytes::Bytes;
use domain::{Code, Error};
use http_body_util::BodyExt;
use serde::Deserialize;
use tokio::sync::{Semaphore, mpsc};
use utoipa::IntoParams;

use super::super::body::forget;
use super::dto::{ImportPreview, ImportReport};
use super::service::{self, FileQuestion};
use crate::app::App;
use crate::auth::{Can, CollectEvents, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Query};
use crate::openapi::Problem;

/// The beginning of a file, as much as a preview takes.
const HEAD_BYTES: usize = 1 << 20;
/// Pieces of a file that wait to be read.
const WAITING_PIECES: usize = 4;
/// Files come from disks and from programs that compute them.
const PATIENCE: Duration = Duration::from_secs(300);
/// Files that are read at the same time; others wait.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(4));

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/imports", guarded(MethodFilter::POST, import_events)).route(
        "/api/v1/imports/preview",
        guarded(MethodFilter::POST, preview_import).layer(DefaultBodyLimit::max(HEAD_BYTES)),
    )
}

/// What is known of a file before it is read.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ImportQuery {
    /// Its name.
    file: Option<String>,
    /// `csv` or `jsonl`; told by its first bytes when absent.
    format: Option<String>,
    /// `customer=COL,activity=COL,occurred_at=COL[,channel=COL][,unit=COL][,property:NAME=COL]`; guessed when absent.
    map: Option<String>,
    /// `reviews` or `answers`: the mapping is guessed as files of that have it. Instead of `map`.
    r#as: Option<String>,
    /// Zone of times without one; the organisation's when absent.
    time_zone: Option<String>,
    /// Where the events come from; the name of the file when absent.
    source: Option<String>,
    /// `false` for rows without a header: columns are then numbers from 1.
    header: Option<bool>,
}

impl ImportQuery {
    fn question(self) -> FileQuestion {
        let ImportQuery { file, format, map, r#as: written, time_zone, source, header } = self;
        FileQuestion { file, format, map, written, time_zone, source, has_header: header.unwrap_or(true) }
    }
}

/// Says how a file would be read, from its beginning.
#[utoipa::path(post, path = "/api/v1/imports/preview", tag = "events", security(("key" = ["collect"])),
    params(ImportQuery), request_body(content = String, description = "The first bytes of the file"),
    responses((status = 200, body = ImportPreview), Problem))]
pub async fn preview_import(
    app: App,
    _: Can<CollectEvents>,
    query: Query<ImportQuery>,
    head: Bytes,
) -> ApiResult<Json<ImportPreview>> {
    let question = query.0.question();
    app.blocking(move |app| service::preview(app, &question, &head)).await.map(Json)
}

/// Brings a file in. Rows that are no events are kept as dead letters; bringing the same file in again changes nothing.
#[utoipa::path(post, path = "/api/v1/imports", tag = "events", security(("key" = ["collect"])), params(ImportQuery),
    request_body(content = String, description = "The file, of any size"),
    responses((status = 200, body = ImportReport), Problem))]
pub async fn import_events(
    app: App,
    _: Can<CollectEvents>,
    query: Query<ImportQuery>,
    body: Body,
) -> ApiResult<Json<ImportReport>> {
    let _turn = TURNS.acquire().await;
    let (pieces, waiting) = mpsc::channel(WAITING_PIECES);
    let question = query.0.question();
    let reading = {
        let app = app.clone();
        tokio::task::spawn_blocking(move || service::import(&app, &question, waiting))
    };
    let sent = send_pieces(body, &pieces).await;
    drop(pieces);
    let report = reading.await.map_err(|cause| Error::internal("read a file").caused_by(cause))?;
    // What the reader refused says more than that it then read no further.
    let report = report?;
    sent.map(|()| Json(report))
}

/// Hands the body on as it arrives. A body that breaks off is told apart from one that ends.
async fn send_pieces(mut body: Body, pieces: &mpsc::Sender<service::Piece>) -> Result<(), ApiError> {
    loop {
        let frame = tokio::time::timeout(PATIENCE, body.frame()).await;
        let failure = match frame {
            Ok(None) => return Ok(()),
            Ok(Some(Ok(frame))) => {
                let Ok(bytes) = frame.into_data() else { continue };
                if pieces.send(service::Piece::Bytes(bytes)).await.is_err() {
                    forget(body).await;
                    return Ok(());
                }
                continue;
            }
            Ok(Some(Err(_))) => {
                ApiError::invalid("the file did not arrive whole; import it again, nothing comes twice")
            }
            Err(_) => {
                ApiError::new(Code::Unavailable, "the file stopped arriving; import it again, nothing comes twice")
                    .with_status(axum::http::StatusCode::REQUEST_TIMEOUT)
            }
        };
        let _ = pieces.send(service::Piece::BrokenOff).await;
        return Err(failure);
    }
}
