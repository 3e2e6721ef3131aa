//! Numbers about ourselves, as Prometheus reads them, and whether the server lives and is ready.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, Method};
use axum::response::IntoResponse;
use axum::routing::get;
use domain::Code;

use crate::app::App;
use crate::auth::{ReadTelemetry, identify, require};
use crate::error::{ApiError, ApiResult};

/// Upper bounds of the buckets of durations, in microseconds.
const BUCKETS_US: [u64; 12] =
    [500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000];

/// How often something took how long.
#[derive(Debug, Default)]
struct Durations {
    /// By bucket, not cumulative; the last one is what was longer.
    counts: [AtomicU64; BUCKETS_US.len() + 1],
    sum_us: AtomicU64,
}

impl Durations {
    fn record(&self, duration: Duration) {
        let us = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let bucket = BUCKETS_US.iter().position(|bound| us <= *bound).unwrap_or(BUCKETS_US.len());
        if let Some(count) = self.counts.get(bucket) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.sum_us.fetch_add(us, Ordering::Relaxed);
    }

    fn write(&self, text: &mut String, name: &str, help: &str) {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} histogram");
        let mut total = 0;
        for (count, bound) in self.counts.iter().zip(BUCKETS_US) {
            total += count.load(Ordering::Relaxed);
            let _ = writeln!(text, "{name}_bucket{{le=\"{}\"}} {total}", seconds(bound));
        }
        total += self.counts[BUCKETS_US.len()].load(Ordering::Relaxed);
        let _ = writeln!(text, "{name}_bucket{{le=\"+Inf\"}} {total}");
        let _ = writeln!(text, "{name}_sum {}", seconds(self.sum_us.load(Ordering::Relaxed)));
        let _ = writeln!(text, "{name}_count {total}");
    }
}

fn seconds(us: u64) -> f64 {
    us as f64 / 1e6
}

type RequestLabels = (String, String, u16);

/// What the server counts about itself.
#[derive(Debug, Default)]
pub struct Telemetry {
    requests: Mutex<BTreeMap<RequestLabels, u64>>,
    request_durations: Durations,
    commit_durations: Durations,
    questions_left: AtomicU64,
}

impl Telemetry {
    pub fn record_request(&self, method: &str, route: String, status: u16, duration: Duration) {
        self.request_durations.record(duration);
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((method.to_owned(), route, status)).or_default() += 1;
    }

    /// Records that nobody waited for an answer any more.
    pub fn record_left(&self) {
        self.questions_left.fetch_add(1, Ordering::Relaxed);
    }

    /// Records how long a batch waited until it was on the disk.
    pub fn record_commit(&self, duration: Duration) {
        self.commit_durations.record(duration);
    }
}

pub fn routes() -> Router<App> {
    Router::new().route("/healthz", get(is_alive)).route("/readyz", get(is_ready)).route("/metrics", get(list_metrics))
}

async fn is_alive() -> &'static str {
    "alive\n"
}

async fn is_ready(app: App) -> ApiResult<&'static str> {
    if app.is_stopping() {
        return Err(ApiError::new(Code::Unavailable, "the server is stopping"));
    }
    Ok("ready\n")
}

async fn list_metrics(
    app: App,
    method: Method,
    headers: HeaderMap,
    extensions: Extensions,
) -> ApiResult<impl IntoResponse> {
    let is_local = extensions.get::<ConnectInfo<SocketAddr>>().is_some_and(|peer| peer.0.ip().is_loopback());
    // Behind a proxy, which may be on this machine, every request comes from the loopback address.
    let may_be_forwarded = app.settings.behind_proxy || app.settings.public_url.is_some();
    if !is_local || may_be_forwarded {
        let identity = identify(&method, &headers, &app)?;
        require::<ReadTelemetry>(&identity)?;
    }
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], write_metrics(&app)))
}

fn write_metrics(app: &App) -> String {
    let mut text = String::new();
    let counts = app.log.counts();
    let _ = writeln!(text, "# HELP vivencia_events_received_total Events and rows that arrived.");
    let _ = writeln!(text, "# TYPE vivencia_events_received_total counter");
    let _ = writeln!(text, "vivencia_events_received_total {}", counts.received);
    let _ = writeln!(text, "# HELP vivencia_events_total What became of what arrived.");
    let _ = writeln!(text, "# TYPE vivencia_events_total gauge");
    for (fate, count) in [("stored", counts.stored), ("duplicate", counts.duplicate), ("dead", counts.dead)] {
        let _ = writeln!(text, "vivencia_events_total{{fate=\"{fate}\"}} {count}");
    }
    let _ = writeln!(text, "# HELP vivencia_queue_bytes Bytes of batches waiting for the disk.");
    let _ = writeln!(text, "# TYPE vivencia_queue_bytes gauge");
    let _ = writeln!(text, "vivencia_queue_bytes {}", app.log.queued_bytes());
    let _ = writeln!(text, "# HELP vivencia_body_bytes Bytes of request bodies of collection held now.");
    let _ = writeln!(text, "# TYPE vivencia_body_bytes gauge");
    let _ = writeln!(text, "vivencia_body_bytes {}", app.bodies.used_bytes());
    app.telemetry.commit_durations.write(
        &mut text,
        "vivencia_commit_seconds",
        "Time from a batch having been read until it is on the disk.",
    );
    app.telemetry.request_durations.write(&mut text, "vivencia_request_seconds", "Time to answer a request.");
    let left = app.telemetry.questions_left.load(Ordering::Relaxed);
    let _ = writeln!(text, "# HELP vivencia_questions_left_total Questions that ended early: nobody waited any more.");
    let _ = writeln!(text, "# TYPE vivencia_questions_left_total counter");
    let _ = writeln!(text, "vivencia_questions_left_total {left}");
    app.mailer.write_metrics(&mut text);
    let _ = writeln!(text, "# HELP vivencia_requests_total Requests answered.\n# TYPE vivencia_requests_total counter");
    let requests = app.telemetry.requests.lock().unwrap_or_else(PoisonError::into_inner);
    for ((method, route, status), count) in requests.iter() {
        let _ = writeln!(
            text,
            "vivencia_requests_total{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}} {count}"
        );
    }
    text
}
