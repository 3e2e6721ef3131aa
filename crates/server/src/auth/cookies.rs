//! The two cookies of a browser, and the rule that keeps other sites from using them.
//!
//! **The rule**: a request that changes something by cookie carries the header `X-Vivencia: 1`, which no page of another site
//! can add without asking first, and nobody is given leave; and no request that another site makes a browser send is heard
//! with a cookie at all: `Sec-Fetch-Site` must say `same-origin` (or `none`, an address that was typed), and where a browser
//! sends no such header, an `Origin` must be ours.

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Method};
use domain::Code;

use crate::error::ApiError;
use crate::settings::Settings;

const ASKED_BY_US: HeaderName = HeaderName::from_static("x-vivencia");
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Days that a browser keeps the cookie by which it is known again.
const KNOWN_DAYS: i64 = 400;

/// What a cookie is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The token of the session.
    Session,
    /// The token by which a browser is known again, for attempts to sign in.
    Browser,
}

impl Cookie {
    /// With TLS in front the name binds the cookie to this very host; plain HTTP, which is only spoken on this machine,
    /// cannot have that.
    fn name(self, settings: &Settings) -> &'static str {
        match (self, speaks_tls(settings)) {
            (Cookie::Session, true) => "__Host-vivencia",
            (Cookie::Session, false) => "vivencia",
            (Cookie::Browser, true) => "__Host-vivencia-browser",
            (Cookie::Browser, false) => "vivencia-browser",
        }
    }

    /// The value that a request brings.
    pub fn find(self, headers: &HeaderMap, settings: &Settings) -> Option<String> {
        let name = self.name(settings);
        let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let value = pairs.find_map(|(found, value)| (found == name).then(|| value.to_owned()));
        value.filter(|value| !value.is_empty() && value.len() <= 128)
    }

    /// The header that gives it to a browser; an empty value takes it away.
    pub fn set(self, value: &str, settings: &Settings, max_age_s: i64) -> String {
        let name = self.name(settings);
        let secure = if speaks_tls(settings) { "; Secure" } else { "" };
        let max_age_s = match (self, value.is_empty()) {
            (_, true) => 0,
            (Cookie::Session, false) => max_age_s,
            (Cookie::Browser, false) => KNOWN_DAYS * 86_400,
        };
        format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}")
    }
}

/// Whether browsers reach this server over TLS: a proxy speaks it, on this machine or before it.
fn speaks_tls(settings: &Settings) -> bool {
    settings.behind_proxy || settings.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
}

/// Refuses a request that another site made a browser send.
pub fn refuse_other_sites(method: &Method, headers: &HeaderMap, settings: &Settings) -> Result<(), ApiError> {
    let is_read = method == Method::GET || method == Method::HEAD;
    if is_from_elsewhere(headers, settings) {
        return Err(ApiError::new(
            Code::PermissionDenied,
            "the request comes from a page of another site, which may not use a session; open the console itself, or send \
             a key",
        ));
    }
    let is_ours = headers.get(ASKED_BY_US).is_some_and(|value| value.as_bytes() == b"1");
    if is_read || is_ours {
        return Ok(());
    }
    Err(ApiError::new(
        Code::PermissionDenied,
        "a request that changes something in a session carries the header `X-Vivencia: 1`; send it, or use a key",
    ))
}

fn is_from_elsewhere(headers: &HeaderMap, settings: &Settings) -> bool {
    if let Some(site) = headers.get(FETCH_SITE) {
        return !matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(ORIGIN) else { return false };
    let Some(origin) = origin.to_str().ok().and_then(authority) else { return true };
    let ours = settings.public_url.as_deref().and_then(authority);
    let forwarded = headers.get(FORWARDED_HOST).filter(|_| settings.behind_proxy);
    let hosts = [headers.get(HOST), forwarded].into_iter().flatten().filter_map(|host| host.to_str().ok());
    !hosts.chain(ours).any(|host| host.eq_ignore_ascii_case(origin))
}

/// Host and port of a URL.
fn authority(url: &str) -> Option<&str> {
    url.split_once("://")?.1.split('/').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(method: Method, pairs: &[(&str, &str)], change: impl FnOnce(&mut Settings)) -> bool {
        let mut settings = Settings::new("data");
        change(&mut settings);
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(HeaderName::try_from(*name).unwrap(), value.parse().unwrap());
        }
        refuse_other_sites(&method, &headers, &settings).is_ok()
    }

    #[test]
    fn only_our_own_pages_change_something() {
        let ours = ("x-vivencia", "1");
        assert!(heard(Method::POST, &[ours, ("sec-fetch-site", "same-origin")], |_| {}));
        assert!(heard(Method::POST, &[ours, ("origin", "http://h:1"), ("host", "h:1")], |_| {}));
        assert!(heard(Method::POST, &[ours], |_| {}));
        for refused in [
            &[("sec-fetch-site", "same-origin")][..],
            &[("x-vivencia", "0")],
            &[ours, ("sec-fetch-site", "cross-site")],
            &[ours, ("sec-fetch-site", "same-site")],
            &[ours, ("origin", "https://evil.example"), ("host", "h:1")],
            &[ours, ("origin", "null"), ("host", "h:1")],
            &[ours, ("origin", "http://h:1.evil.example"), ("host", "h:1")],
            // Whoever may set this header is not known without a proxy.
            &[ours, ("origin", "https://evil.example"), ("x-forwarded-host", "evil.example")],
        ] {
            assert!(!heard(Method::DELETE, refused, |_| {}), "{refused:?}");
        }
    }

    #[test]
    fn a_proxy_may_write_another_host() {
        let headers = [("x-vivencia", "1"), ("origin", "https://cx.example"), ("host", "10.0.0.1:8080")];
        assert!(!heard(Method::POST, &headers, |_| {}));
        assert!(heard(Method::POST, &headers, |settings| settings.public_url = Some("https://cx.example/".to_owned())));
        let forwarded = [&headers[..], &[("x-forwarded-host", "cx.example")]].concat();
        assert!(heard(Method::POST, &forwarded, |settings| settings.behind_proxy = true));
    }

    #[test]
    fn reading_needs_no_header_but_no_other_site_reads() {
        assert!(heard(Method::GET, &[], |_| {}));
        assert!(heard(Method::GET, &[("sec-fetch-site", "none")], |_| {}));
        assert!(!heard(Method::GET, &[("sec-fetch-site", "cross-site")], |_| {}));
        assert!(!heard(Method::GET, &[("origin", "https://evil.example"), ("host", "h:1")], |_| {}));
    }

    #[test]
    fn cookies_are_bound_to_the_host_where_tls_is_spoken() {
        let mut settings = Settings::new("data");
        assert_eq!(Cookie::Session.set("t", &settings, 9), "vivencia=t; Path=/; Max-Age=9; HttpOnly; SameSite=Lax");
        settings.public_url = Some("https://cx.example".to_owned());
        let set = Cookie::Session.set("t", &settings, 9);
        assert_eq!(set, "__Host-vivencia=t; Path=/; Max-Age=9; HttpOnly; SameSite=Lax; Secure");
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "vivencia=tossed; a=b; __Host-vivencia=t".parse().unwrap());
        assert_eq!(Cookie::Session.find(&headers, &settings).as_deref(), Some("t"));
        assert_eq!(Cookie::Browser.find(&headers, &settings), None);
    }
}
