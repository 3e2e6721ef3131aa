//! A server over TCP.

use std::time::Duration;

use anyhow::Context;
use ureq::{Agent, SendBody};

use super::{Answer, Request, RequestBody, Transport};

pub struct Remote {
    agent: Agent,
    url: String,
    authorization: String,
}

impl Remote {
    pub fn new(url: &str, key: &str) -> Remote {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(Duration::from_secs(10)))
            .build();
        Remote {
            agent: config.new_agent(),
            url: url.trim_end_matches('/').to_owned(),
            authorization: format!("Bearer {key}"),
        }
    }
}

impl Transport for Remote {
    fn send(&self, request: Request) -> anyhow::Result<Answer> {
        let (body, content_type) = match request.body {
            RequestBody::Empty => (SendBody::none(), None),
            RequestBody::Json(value) => {
                (SendBody::from_owned_reader(std::io::Cursor::new(value.to_string())), Some("application/json"))
            }
            RequestBody::Stream(reader) => (SendBody::from_owned_reader(reader), Some("application/octet-stream")),
        };
        let mut builder = ureq::http::Request::builder()
            .method(request.method)
            .uri(format!("{}{}", self.url, request.path))
            .header("x-vivencia", "1")
            .header("authorization", &self.authorization);
        if let Some(content_type) = content_type {
            builder = builder.header("content-type", content_type);
        }
        let request = builder.body(body).context("the request cannot be sent")?;
        let response = self.agent.run(request).with_context(|| format!("could not reach {}", self.url))?;
        let status = response.status().as_u16();
        Ok(Answer { status, body: Box::new(response.into_body().into_reader()) })
    }
}
