//! Collection from pages of any origin. Nothing here depends on cookies, so any origin may be let in, and none is allowed
//! to send them.

use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, HeaderMap, HeaderName,
    HeaderValue, ORIGIN, VARY,
};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What clients are known to send.
const HEADERS: [&str; 3] = ["Authorization", "Content-Type", "X-Retry-Count"];
const MAX_AGE: HeaderValue = HeaderValue::from_static("86400");
/// Headers that a preflight may ask for beside the known ones.
const MOST_ASKED: usize = 20;

/// A layer that answers preflights and lets pages read the other answers.
pub async fn allow_pages(request: Request, next: Next) -> Response {
    let origin = request.headers().get(ORIGIN).cloned();
    let mut response =
        if request.method() == Method::OPTIONS { preflight(request.headers()) } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    // Pixels and scripts are loaded by pages that isolate themselves, too.
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    match origin {
        Some(origin) => {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        None => {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
    }
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("Retry-After, X-Request-Id"));
    response
}

fn preflight(asked: &HeaderMap) -> Response {
    let mut allowed: Vec<&str> = HEADERS.to_vec();
    let asked_headers = asked.get(ACCESS_CONTROL_REQUEST_HEADERS).and_then(|value| value.to_str().ok()).unwrap_or("");
    for name in asked_headers.split(',').map(str::trim).take(MOST_ASKED) {
        let is_new = !allowed.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_new && HeaderName::try_from(name).is_ok() {
            allowed.push(name);
        }
    }
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&allowed.join(", ")) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, value);
    }
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, OPTIONS"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    response
}
