//! What every answer has: an id of its request, headers that keep browsers careful, and a body for a failure.

use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Error;
use futures_util::FutureExt;
use serde_json::json;

use crate::app::App;
use crate::error::{ApiError, ErrorStyle};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const CAREFUL: [(&str, &str); 7] = [
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Marks an answer that sites of its own list may show in a frame: its policy says which, and the older header would forbid all.
#[derive(Clone, Copy, Debug)]
pub struct MayBeFramed;

/// Numbers requests of one process; the part in front tells processes apart.
#[derive(Debug)]
pub struct RequestIds {
    process: u32,
    next: AtomicU64,
    warned_at_s: AtomicI64,
}

impl Default for RequestIds {
    fn default() -> Self {
        RequestIds { process: rand::random(), next: AtomicU64::new(1), warned_at_s: AtomicI64::new(0) }
    }
}

impl RequestIds {
    fn next(&self) -> String {
        format!("{:08x}-{:06x}", self.process, self.next.fetch_add(1, Ordering::Relaxed))
    }

    fn may_warn(&self, now_ms: i64) -> bool {
        let now_s = now_ms / 1_000;
        self.warned_at_s.swap(now_s, Ordering::Relaxed) != now_s
    }
}

/// The outermost layer of the router.
pub async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let started_at = Instant::now();
    let request_id = app.request_ids.next();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());

    // A panic ends one request, not the connection and those that wait on it.
    let mut response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => ApiError::from(Error::internal("a handler panicked")).into_response(),
    };
    if let Some(error) = response.extensions_mut().remove::<ApiError>() {
        log_failure(&app, &error, &request_id, &method, route.as_deref());
        response = write_failure(&error, &request_id, std::mem::take(response.headers_mut()));
    }
    let may_be_framed = response.extensions().get::<MayBeFramed>().is_some();
    let headers = response.headers_mut();
    for (name, value) in CAREFUL.iter().copied().filter(|(name, _)| !(may_be_framed && *name == "x-frame-options")) {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if let Ok(value) = HeaderValue::from_str(&request_id) {
        headers.insert(REQUEST_ID, value);
    }
    let route = route.unwrap_or_else(|| "(none)".to_owned());
    app.telemetry.record_request(method.as_str(), route, response.status().as_u16(), started_at.elapsed());
    response
}

/// A failure of our own is logged once, here. Under overload there are thousands a second: one a second says enough.
fn log_failure(app: &App, error: &ApiError, request_id: &str, method: &Method, route: Option<&str>) {
    let route = route.unwrap_or("(none)");
    let cause = error.cause().map(ToString::to_string).unwrap_or_default();
    if error.status == StatusCode::INTERNAL_SERVER_ERROR {
        tracing::error!(request_id, %method, route, detail = error.detail, cause, "request failed");
    } else if error.is_hidden() && app.request_ids.may_warn(app.clock.now_ms()) {
        tracing::warn!(request_id, %method, route, detail = error.detail, cause, "could not be done");
    } else {
        tracing::debug!(request_id, %method, route, status = error.status.as_u16(), detail = error.detail, "refused");
    }
}

/// Headers that the handlers and layers below have set (such as those of CORS) are kept.
fn write_failure(error: &ApiError, request_id: &str, mut headers: HeaderMap) -> Response {
    let detail = error.shown_detail();
    let (content_type, body) = match error.style {
        ErrorStyle::Problem => (
            "application/problem+json",
            json!({
                "type": "about:blank",
                "title": error.status.canonical_reason().unwrap_or("Failure"),
                "status": error.status.as_u16(),
                "code": error.code,
                "detail": detail,
                "request_id": request_id,
            }),
        ),
        ErrorStyle::Segment => (
            "application/json",
            json!({
                "success": false,
                "code": error.code,
                "message": detail,
                "error": detail,
                "request_id": request_id,
            }),
        ),
    };
    headers.remove(axum::http::header::CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(seconds) = error.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
    }
    if error.status == StatusCode::UNAUTHORIZED && error.style == ErrorStyle::Problem {
        headers.insert(axum::http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"vivencia\""));
    }
    let mut response = (error.status, Body::from(body.to_string())).into_response();
    *response.headers_mut() = headers;
    response
}

/// Nothing at this path.
pub async fn no_such_path(uri: axum::http::Uri) -> ApiError {
    ApiError::new(
        domain::Code::NotFound,
        format!("there is nothing at {}; /api/openapi.json lists what is", uri.path()),
    )
}

/// Something at this path, but not for this method.
pub async fn no_such_method(method: Method, uri: axum::http::Uri) -> ApiError {
    ApiError::invalid(format!("{} does not answer to {method}; /api/openapi.json lists what it does", uri.path()))
        .with_status(StatusCode::METHOD_NOT_ALLOWED)
}
