//! `/docs`: the interface described for people, made from its own OpenAPI document. One page without anything from elsewhere;
//! its small script only filters what is there.

mod page;
mod schema;

use std::sync::OnceLock;

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::app::App;
use crate::openapi;

/// Where the page wants the number that its own style and script are allowed by; a new one for each answer.
const NONCE_PLACE: &str = "__NONCE__";

pub fn routes() -> Router<App> {
    Router::new().route("/docs", get(show_page)).route("/docs/", get(|| async { Redirect::permanent("/docs") }))
}

async fn show_page() -> Response {
    static PAGE: OnceLock<String> = OnceLock::new();
    let page = PAGE.get_or_init(|| page::write(&serde_json::from_str(&openapi::document()).unwrap_or_default()));
    let nonce = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 18]>());
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; frame-ancestors 'none'; \
         base-uri 'none'; form-action 'none'"
    );
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    (headers, page.replace(NONCE_PLACE, &nonce)).into_response()
}
