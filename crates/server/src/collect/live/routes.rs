//! `/api/v1/live`.

use axum::Router;
use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodFilter;
use futures_util::stream;

use super::dto::{LiveDeadDto, LiveEventsDto};
use super::watch::{Watcher, watch};
use crate::app::App;
use crate::auth::{Can, ReadEvents, guarded};
use crate::collect::ledger::CountsDto;
use crate::error::ApiResult;
use crate::openapi::Problem;

/// What a proxy in between must not gather.
const NO_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/live", guarded(MethodFilter::GET, watch_events))
}

/// What the messages hold, for the description.
#[derive(utoipa::ToSchema)]
#[schema(as = LiveMessage)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes the interface; each message is written on its own")]
pub enum LiveMessage {
    Counts(CountsDto),
    Events(LiveEventsDto),
    Dead(LiveDeadDto),
}

/// Tells what arrives while it arrives, as server-sent events: `counts`, `events` (at most 50 at once, and how many were left
/// out) and `dead`, twice a second at most. A comment every 15 seconds shows that the connection lives. It ends when the server
/// stops or the key is revoked; 64 may listen.
#[utoipa::path(get, path = "/api/v1/live", tag = "events", security(("key" = ["read"])),
    responses((status = 200, description = "A stream of messages", content_type = "text/event-stream", body = LiveMessage), Problem))]
pub async fn watch_events(app: App, _: Can<ReadEvents>, headers: HeaderMap) -> ApiResult<Response> {
    let watcher = Watcher::admit(&app, headers)?;
    let pieces = stream::unfold(watch(app, watcher), async |mut pieces| {
        pieces.recv().await.map(|piece| (Ok::<_, std::convert::Infallible>(piece), pieces))
    });
    let headers = [(CONTENT_TYPE, "text/event-stream"), (NO_BUFFERING, "no")];
    Ok((headers, Body::from_stream(pieces)).into_response())
}
