//! The same router without a network, over a data directory that this process owns for the time of the command.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use futures_util::stream;
use http_body_util::BodyExt;
use server::{App, Settings};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tower::ServiceExt;

use super::{Answer, Request, RequestBody, Transport};

const PIECE_BYTES: usize = 256 << 10;
const WAITING_PIECES: usize = 4;

/// An opened data directory; closed when dropped.
pub struct InProcess {
    router: Router,
    runtime: Arc<Runtime>,
    app: App,
    closes: bool,
}

impl InProcess {
    pub fn open(settings: Settings) -> domain::Result<InProcess> {
        let app = App::open(settings, Duration::ZERO)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|cause| domain::Error::internal("could not start threads").caused_by(cause))?;
        let mut opened = InProcess::over(app, Arc::new(runtime));
        opened.closes = true;
        Ok(opened)
    }

    /// Over an application that somebody else opened and closes.
    pub fn over(app: App, runtime: Arc<Runtime>) -> InProcess {
        InProcess { router: server::router(app.clone()), runtime, app, closes: false }
    }
}

impl Drop for InProcess {
    fn drop(&mut self) {
        if self.closes
            && let Err(error) = self.app.close()
        {
            tracing::warn!(%error, "the data directory was not closed cleanly; the next start puts it in order");
        }
    }
}

impl Transport for InProcess {
    fn send(&self, request: Request) -> anyhow::Result<Answer> {
        let (body, content_type) = match request.body {
            RequestBody::Empty => (Body::empty(), None),
            RequestBody::Json(value) => (Body::from(value.to_string()), Some("application/json")),
            RequestBody::Stream(reader) => (stream_body(reader), Some("application/octet-stream")),
        };
        let mut builder = axum::http::Request::builder()
            .method(request.method)
            .uri(request.path)
            .header("x-vivencia", "1")
            .header(AUTHORIZATION, format!("Bearer {}", self.app.owner_token()));
        if let Some(content_type) = content_type {
            builder = builder.header(CONTENT_TYPE, content_type);
        }
        let request = builder.body(body).context("the request cannot be sent")?;
        let response = match self.runtime.block_on(self.router.clone().oneshot(request)) {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let status = response.status().as_u16();
        let body = BodyReader { body: response.into_body(), pending: Bytes::new(), runtime: self.runtime.clone() };
        Ok(Answer { status, body: Box::new(body) })
    }
}

/// Reads on a thread of its own, a few pieces ahead of whoever takes them.
fn stream_body(mut reader: Box<dyn Read + Send>) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(WAITING_PIECES);
    std::thread::spawn(move || {
        loop {
            let mut piece = vec![0; PIECE_BYTES];
            let read = reader.read(&mut piece).map(|length| {
                piece.truncate(length);
                Bytes::from(piece)
            });
            let is_last = read.as_ref().map_or(true, Bytes::is_empty);
            if read.as_ref().is_ok_and(Bytes::is_empty) || sender.blocking_send(read).is_err() || is_last {
                return;
            }
        }
    });
    Body::from_stream(stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|piece| (piece, receiver))
    }))
}

struct BodyReader {
    body: Body,
    pending: Bytes,
    runtime: Arc<Runtime>,
}

impl Read for BodyReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.pending.is_empty() {
            match self.runtime.block_on(self.body.frame()) {
                None => return Ok(0),
                Some(Err(cause)) => return Err(io::Error::other(cause)),
                Some(Ok(frame)) => self.pending = frame.into_data().unwrap_or_default(),
            }
        }
        let length = self.pending.len().min(into.len());
        into[..length].copy_from_slice(&self.pending.split_to(length));
        Ok(length)
    }
}
