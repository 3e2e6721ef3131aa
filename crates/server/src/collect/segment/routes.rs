//! `/v1/…`: the paths that the Segment clients call, with and without a slash at the end.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::Code;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::super::cors::allow_pages;
use super::service::{self, Call};
use crate::answer::no_such_method;
use crate::app::App;
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Path, Query};

/// An image of one transparent point.
const GIF: [u8; 43] = *b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;";

pub fn routes(prefix: &str) -> Router<App> {
    let mut routes = Router::new();
    for slash in ["", "/"] {
        routes = routes
            .route(&format!("{prefix}/v1/{{call}}{slash}"), post(collect_call))
            .route(&format!("{prefix}/v1/pixel/{{method}}{slash}"), get(collect_pixel))
            .route(&format!("{prefix}/v1/projects/{{key}}/settings{slash}"), get(show_client_settings));
    }
    routes.method_not_allowed_fallback(refuse_method).layer(from_fn(allow_pages))
}

async fn refuse_method(request: Request) -> ApiError {
    no_such_method(request.method().clone(), request.uri().clone()).await.for_sdk()
}

/// Everything sent is on the disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct Accepted {
    pub success: bool,
}

/// A refusal as the Segment clients read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Refused {
    pub success: bool,
    pub code: String,
    pub message: String,
    pub error: String,
    pub request_id: String,
}

/// Takes events in: one (`track`, `page`, `screen`, `identify`, `group`, `alias`, or the first letter of these) or many
/// (`batch`, `b`, `import`). What cannot be an event is kept as a dead letter and never fails the others.
#[utoipa::path(post, path = "/v1/{call}", tag = "collect", security(("write_key" = ["collect"])),
    params(("call" = String, Path, description = "`track`, `t`, … or `batch`, `b`, `import`; `m` is accepted and dropped")),
    request_body(content = serde_json::Value, description = "One event, or `{\"batch\": […]}`; gzip is read"),
    responses((status = 200, body = Accepted), (status = "default", body = Refused)))]
pub async fn collect_call(app: App, call: Path<String>, headers: HeaderMap, body: Body) -> ApiResult<Json<Accepted>> {
    let Some(call) = Call::parse(&call.0) else {
        let unknown = format!("there is no call `{}`; send to /v1/batch, /v1/track, /v1/identify …", call.0);
        return Err(ApiError::new(Code::NotFound, unknown).for_sdk());
    };
    if call != Call::Metrics {
        service::collect(&app, call, &headers, body).await.map_err(ApiError::for_sdk)?;
    }
    Ok(Json(Accepted { success: true }))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PixelQuery {
    /// One event with its `writeKey`, as JSON or as base64 of it.
    data: Option<String>,
}

/// Takes the event of an image in. The answer is always the image: readers of e-mails must not see a failure.
#[utoipa::path(get, path = "/v1/pixel/{method}", tag = "collect", params(PixelQuery,
    ("method" = String, Path, description = "`track`, `page`, `identify` …")),
    responses((status = 200, description = "A transparent point", content_type = "image/gif", body = Vec<u8>)))]
pub async fn collect_pixel(app: App, method: Path<String>, query: Result<Query<PixelQuery>, ApiError>) -> Response {
    let data = query.ok().and_then(|query| query.0.data).unwrap_or_default();
    if let Err(error) = service::collect_pixel(&app, &method.0, &data).await {
        tracing::debug!(detail = error.detail, "a pixel brought no event");
    }
    ([(CONTENT_TYPE, "image/gif")], GIF).into_response()
}

/// Shows a browser or a phone where to send.
#[utoipa::path(get, path = "/v1/projects/{key}/settings", tag = "collect",
    params(("key" = String, Path, description = "A key with the scope collect")),
    responses((status = 200, body = serde_json::Value), (status = "default", body = Refused)))]
pub async fn show_client_settings(
    app: App,
    key: Path<String>,
    headers: HeaderMap,
) -> ApiResult<Json<serde_json::Value>> {
    service::client_settings(&app, &key.0, &headers).map(Json).map_err(ApiError::for_sdk)
}
