//! The console: the files that the build has packed into the program, and the page that every address of it begins with.

use std::io::Read;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::{answer, home};

/// A file of the console.
pub struct File {
    path: &'static str,
    /// Changes with the content.
    tag: &'static str,
    gzip: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/console_files.rs"));

const PAGE: &str = "/index.html";
/// Where the page wants the number that its own styles are allowed by; a new one for each answer.
const NONCE_PLACE: &str = "__CSP_NONCE__";

/// What is at no other address: a file of the console, or, for whoever wants a page, the console itself, which finds its own
/// way by the address.
pub async fn find(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let is_read = method == Method::GET || method == Method::HEAD;
    if is_read && let Some(file) = FILES.iter().find(|file| file.path == uri.path() && file.path != PAGE) {
        return show_file(file, &headers);
    }
    let is_interface = ["/api", "/v1", "/assets"].iter().any(|prefix| uri.path().starts_with(prefix));
    let wants_page =
        headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"));
    if is_read && !is_interface && (wants_page || uri.path() == "/") {
        return match FILES.iter().find(|file| file.path == PAGE) {
            Some(page) => show_page(page),
            None => home::show(&headers),
        };
    }
    answer::no_such_path(uri).await.into_response()
}

fn show_file(file: &File, headers: &HeaderMap) -> Response {
    let says = |name: HeaderName, wanted: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(wanted))
    };
    let mut response = Response::new(Body::empty());
    let answered = response.headers_mut();
    answered.insert(ETAG, HeaderValue::from_static(file.tag));
    answered.insert(VARY, HeaderValue::from_static("accept-encoding"));
    // Names of assets hold a hash of their content.
    let keep = if file.path.starts_with("/assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    answered.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    if says(IF_NONE_MATCH, file.tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    answered.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(file.path)));
    let is_packed = says(ACCEPT_ENCODING, "gzip");
    if is_packed {
        answered.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    *response.body_mut() = if is_packed { Body::from(file.gzip) } else { Body::from(unpack(file)) };
    response
}

/// Only its own scripts run, styles need the number of this answer, and nothing may frame it or be reached from it elsewhere.
fn show_page(page: &File) -> Response {
    let nonce = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 18]>());
    let html = unpack(page);
    let html = String::from_utf8_lossy(&html).replace(NONCE_PLACE, &nonce);
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; \
         base-uri 'none'; form-action 'self'"
    );
    let mut response = Response::new(Body::from(html));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn unpack(file: &File) -> Vec<u8> {
    let mut content = Vec::new();
    // Packed by the build: it cannot fail.
    let _ = flate2::read::GzDecoder::new(file.gzip).read_to_end(&mut content);
    content
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
