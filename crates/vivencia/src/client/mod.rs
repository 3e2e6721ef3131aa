//! How commands reach an installation. A command is a client of the HTTP interface: over the network, or in this process
//! when no server owns the data directory. Both ways meet the same router.

mod in_process;
mod remote;

use std::io::{self, Read};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use server::find_server;

use crate::cli::{Format, Shown, Target};
use crate::config::Config;
use crate::show;

pub use in_process::InProcess;
use remote::Remote;

/// How long a command waits for another process to let the directory go.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a request carries.
pub enum RequestBody {
    Empty,
    Json(Value),
    Stream(Box<dyn Read + Send>),
}

/// What a command does about a data directory that is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    IsAnError,
    IsMade,
}

/// One request of the HTTP interface.
pub struct Request {
    pub method: &'static str,
    /// Path and query, escaped.
    pub path: String,
    pub body: RequestBody,
}

/// What came back; the body is still arriving.
pub struct Answer {
    pub status: u16,
    pub body: Box<dyn Read + Send>,
}

trait Transport {
    fn send(&self, request: Request) -> anyhow::Result<Answer>;
}

/// A way to an installation.
pub struct Client {
    transport: Box<dyn Transport>,
}

impl Client {
    /// The way that the flags of a command name.
    pub fn of(target: &Target, config_file: Option<&std::path::Path>, missing: Missing) -> anyhow::Result<Client> {
        if let Some(url) = &target.url {
            let key = target.key.clone().context("--url needs --key")?;
            return Ok(Client::over(url, &key));
        }
        let flags = vec![
            ("data_dir", target.data_dir.as_ref().map(|dir| dir.display().to_string())),
            ("state_url", target.state_url.clone()),
        ];
        let config = Config::load(config_file, flags)?;
        let deadline = Instant::now() + PATIENCE;
        let data_dir = config.settings.data_dir.clone();
        if missing == Missing::IsAnError && !data_dir.exists() {
            bail!("{} does not exist; `vivencia serve` or `vivencia demo` makes a data directory", data_dir.display());
        }
        loop {
            if let Some(server) = find_server(&data_dir)? {
                return Ok(Client::over(&server.url, &server.token));
            }
            // A server that is starting owns the directory before it says where it listens.
            match InProcess::open(config.settings.clone()) {
                Ok(opened) => return Ok(Client { transport: Box::new(opened) }),
                Err(error) if error.code == domain::Code::Conflict && Instant::now() < deadline => {
                    if !error.detail.contains("another vivencia process") {
                        return Err(error.into());
                    }
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn over(url: &str, key: &str) -> Client {
        Client { transport: Box::new(Remote::new(url, key)) }
    }

    /// A way to an application that this process has opened.
    pub fn within(opened: InProcess) -> Client {
        Client { transport: Box::new(opened) }
    }

    /// Sends a request; a refusal is an error with the sentence of the server.
    pub fn send(&self, method: &'static str, path: String, body: RequestBody) -> anyhow::Result<Answer> {
        let mut answer = self.transport.send(Request { method, path, body })?;
        if (200..300).contains(&answer.status) {
            return Ok(answer);
        }
        let mut text = String::new();
        let _ = answer.body.by_ref().take(1 << 20).read_to_string(&mut text);
        let detail = serde_json::from_str::<Value>(&text).ok().and_then(|problem| {
            let detail = problem.get("detail")?.as_str()?.to_owned();
            let request_id = problem.get("request_id").and_then(Value::as_str);
            Some(match request_id {
                Some(id) if answer.status >= 500 => format!("{detail} (request {id})"),
                _ => detail,
            })
        });
        bail!("{}", detail.unwrap_or_else(|| format!("the server answered {}: {}", answer.status, text.trim())))
    }

    /// Sends a request and reads the whole answer as JSON.
    pub fn json<T: DeserializeOwned>(
        &self,
        method: &'static str,
        path: String,
        body: RequestBody,
    ) -> anyhow::Result<T> {
        let answer = self.send(method, path, body)?;
        let buffered = io::BufReader::with_capacity(64 << 10, answer.body);
        serde_json::from_reader(buffered).context("the server's answer is not what this command understands")
    }

    /// Asks, and shows the answer: as it came to programs, written by `write` to people.
    pub fn show(
        &self,
        method: &'static str,
        path: String,
        body: RequestBody,
        shown: Shown,
        write: impl FnOnce(&Value) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        match shown.format {
            Format::Json => show::json(&self.json::<Box<RawValue>>(method, path, body)?),
            Format::Table => write(&self.json(method, path, body)?),
        }
    }

    pub fn get<T: DeserializeOwned>(&self, path: String) -> anyhow::Result<T> {
        self.json("GET", path, RequestBody::Empty)
    }
}

/// A path with a query, escaped.
pub struct PathWithQuery {
    text: String,
    has_query: bool,
}

impl PathWithQuery {
    pub fn new(path: &str) -> PathWithQuery {
        PathWithQuery { text: path.to_owned(), has_query: false }
    }

    /// Adds a part of the path.
    pub fn part(mut self, part: &str) -> PathWithQuery {
        self.text.push('/');
        self.text.push_str(&escape(part));
        self
    }

    pub fn with(mut self, name: &str, value: &str) -> PathWithQuery {
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.text.push_str(&format!("{name}={}", escape(value)));
        self
    }

    pub fn with_some(self, name: &str, value: Option<&str>) -> PathWithQuery {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub fn with_flag(self, name: &str, is_set: bool) -> PathWithQuery {
        if is_set { self.with(name, "true") } else { self }
    }

    pub fn build(self) -> String {
        self.text
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_kind_fit_in_a_path() {
        let path = PathWithQuery::new("/a").part("A/B ñ").with("x", "1&2").with_some("y", None).with_flag("z", true);
        assert_eq!(path.build(), "/a/A%2FB%20%C3%B1?x=1%262&z=true");
    }
}
