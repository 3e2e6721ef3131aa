//! What an installation decides about its server. The command line fills this from its file, the environment and flags.

use std::path::PathBuf;
use std::time::Duration;

use domain::{Error, Result};
use url::Url;

use crate::mail::MailSettings;

/// How the server behaves; the defaults suit a machine with two cores.
#[derive(Clone, Debug)]
pub struct Settings {
    pub data_dir: PathBuf,
    /// Where the state is: `sqlite:…` or `postgres://…`; the default is `state.db` inside the data directory.
    pub state_url: Option<String>,
    /// How clients reach this server from outside, such as `https://events.example.com`.
    pub public_url: Option<String>,
    /// Collection endpoints also answer below this path (`/segment`); empty for none.
    pub collect_prefix: String,
    /// Whether a proxy that speaks TLS stands in front: plain HTTP is then served on any address, and the forwarded
    /// scheme and host are believed.
    pub behind_proxy: bool,
    /// Threads that answer one question about journeys.
    pub query_threads: usize,
    /// Questions about journeys that are answered at the same time; the others wait.
    pub concurrent_queries: usize,
    /// Bytes of request bodies of collection held at the same time; beyond, 503.
    pub body_bytes: usize,
    /// Bytes of batches waiting for the disk; beyond, 503.
    pub queue_bytes: usize,
    /// Bytes of dead letters kept for one source; beyond, 429.
    pub dead_letter_bytes: u64,
    /// Properties of events that are laid out in the timeline, for conditions in questions: sorted, at most 32. `None`
    /// keeps those that it has.
    pub timeline_properties: Option<Vec<String>>,
    /// How invitations leave by e-mail.
    pub mail: MailSettings,
    /// Origins of the sites that may show surveys in a frame, such as `https://shop.example.com`; none unless told.
    pub survey_sites: Vec<String>,
    /// Time in which the headers of a request must arrive, and each further piece of its body.
    pub read_timeout: Duration,
    /// Time given to requests that are being answered when the server stops.
    pub shutdown_timeout: Duration,
}

impl Settings {
    pub fn new(data_dir: impl Into<PathBuf>) -> Settings {
        Settings {
            data_dir: data_dir.into(),
            state_url: None,
            public_url: None,
            collect_prefix: String::new(),
            behind_proxy: false,
            query_threads: 2,
            concurrent_queries: 2,
            body_bytes: 64 << 20,
            queue_bytes: 64 << 20,
            dead_letter_bytes: 256 << 20,
            timeline_properties: None,
            mail: MailSettings::default(),
            survey_sites: Vec::new(),
            read_timeout: Duration::from_secs(20),
            shutdown_timeout: Duration::from_secs(10),
        }
    }
}

/// The address at which clients reach the server, as headers and browsers write it: an international domain in ASCII (IDNA), no
/// slash at the end.
pub fn parse_public_url(text: &str) -> Result<String> {
    let wrong = || Error::invalid(format!("`{text}` is not a URL; write it as https://events.example.com"));
    let url = Url::parse(text.trim()).map_err(|_| wrong())?;
    let is_plain = matches!(url.scheme(), "https" | "http") && url.has_host() && url.query().is_none();
    if !is_plain || url.fragment().is_some() || !url.username().is_empty() || url.password().is_some() {
        return Err(wrong());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_is_written_in_ascii() {
        for (told, kept) in [
            ("https://experience.example.com", "https://experience.example.com"),
            ("https://experience.example.com/", "https://experience.example.com"),
            ("http://127.0.0.1:8080/vivencia/", "http://127.0.0.1:8080/vivencia"),
            ("https://cafetería-muñoz.example", "https://xn--cafetera-muoz-2ib8d.example"),
        ] {
            assert_eq!(parse_public_url(told).unwrap(), kept);
        }
        for wrong in
            ["experience.example.com", "ftp://a.example", "https://", "https://a.example/?x=1", "https://u@a.example"]
        {
            assert!(parse_public_url(wrong).unwrap_err().to_string().contains("is not a URL"), "{wrong}");
        }
    }
}
