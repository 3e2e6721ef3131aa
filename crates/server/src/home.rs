//! What a person sees who opens the server's address in a browser, where the program was built without the console.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

pub fn show(headers: &HeaderMap) -> Response {
    let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let page = if prefers_spanish(wanted) { SPANISH } else { ENGLISH };
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// The first of the two languages that the browser lists.
fn prefers_spanish(accept_language: &str) -> bool {
    accept_language
        .split(',')
        .map(|item| item.trim().get(..2).unwrap_or_default().to_ascii_lowercase())
        .find(|language| language == "es" || language == "en")
        .is_some_and(|language| language == "es")
}

const ENGLISH: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vivencia</title>
<h1>Vivencia</h1>
<p>This server records what customers live and shows their real journeys.</p>
<ul>
<li>Every operation: <a href="/docs">/docs</a>, for programs <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1)</li>
<li>Segment clients send to <code>/v1</code> of this address.</li>
<li>From a terminal: <code>vivencia --help</code></li>
</ul>
</html>
"#;

const SPANISH: &str = r#"<!doctype html>
<html lang="es">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Vivencia</title>
<h1>Vivencia</h1>
<p>Este servidor recoge lo que viven los clientes y muestra sus recorridos reales.</p>
<ul>
<li>Todas las operaciones: <a href="/docs">/docs</a>, para programas <a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1)</li>
<li>Los clientes de Segment envían a <code>/v1</code> de esta dirección.</li>
<li>Desde un terminal: <code>vivencia --help</code></li>
</ul>
</html>
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_speaks_the_browsers_language() {
        assert!(prefers_spanish("es-MX,es;q=0.9,en;q=0.8"));
        assert!(!prefers_spanish("en,es"));
        assert!(prefers_spanish("fr,es,en"));
        assert!(!prefers_spanish(""));
    }
}
