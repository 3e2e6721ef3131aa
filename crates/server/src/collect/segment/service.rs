//! From the bytes of a body to an acknowledgement: whose key, which events, on the disk.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::http::HeaderMap;
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use domain::event::IncomingEvent;
use domain::{Code, Error, EventKind};
use events::Submission;
use events::intake::segment::{Batch, EnvelopeError, read_batch};
use serde_json::{Value, json};

use super::super::body::{BodyLimits, MAX_BODY_BYTES, forget, read_body};
use crate::app::App;
use crate::auth::{CollectEvents, Credentials, Identity, require};
use crate::error::ApiError;
use crate::listening::understand;

/// Reading a body larger than this takes long enough to be done away from the threads of the network.
const LARGE_BODY_BYTES: usize = 256 << 10;

/// What a path asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    One(EventKind),
    Batch,
    /// What the clients count about themselves: accepted and dropped.
    Metrics,
}

impl Call {
    /// The name of a call, its first letter, or a name of batches.
    pub fn parse(text: &str) -> Option<Call> {
        match text {
            "batch" | "b" | "import" => Some(Call::Batch),
            "m" => Some(Call::Metrics),
            text => EventKind::ALL
                .into_iter()
                .find(|kind| kind.as_str() == text || kind.as_str().get(..1) == Some(text))
                .map(Call::One),
        }
    }

    fn kind(self) -> Option<EventKind> {
        match self {
            Call::One(kind) => Some(kind),
            Call::Batch | Call::Metrics => None,
        }
    }
}

/// Takes a body in. Returns when everything in it is on the disk.
pub async fn collect(app: &App, call: Call, headers: &HeaderMap, body: Body) -> Result<(), ApiError> {
    let credentials = Credentials::find(headers);
    let known = match &credentials {
        Some(Credentials::Basic(key)) => match find_key(app, key) {
            Ok(identity) => Some(identity),
            Err(error) => {
                forget(body).await;
                return Err(error);
            }
        },
        Some(Credentials::Bearer(_)) | None => None,
    };
    let limits = BodyLimits { budget: &app.bodies, max_bytes: MAX_BODY_BYTES, timeout: app.settings.read_timeout };
    let read = read_body(headers, body, &limits).await?;
    let received_at = app.clock.now_ms();
    let (identity, batch) = if read.bytes.len() > LARGE_BODY_BYTES {
        let (app, bytes) = (app.clone(), read.bytes.clone());
        tokio::task::spawn_blocking(move || identify_and_read(&app, &bytes, call, received_at, known))
            .await
            .map_err(|cause| Error::internal("read a batch").caused_by(cause))??
    } else {
        identify_and_read(app, &read.bytes, call, received_at, known)?
    };
    let bytes = memory_of(&batch, read.bytes.len());
    drop(read);
    submit(app, &identity, batch, received_at, bytes).await
}

/// Takes the one event of a pixel in.
pub async fn collect_pixel(app: &App, method: &str, data: &str) -> Result<(), ApiError> {
    let Some(Call::One(kind)) = Call::parse(method) else {
        return Err(ApiError::invalid(format!("`{method}` is not a call")));
    };
    let body = decode_pixel(data)?;
    let received_at = app.clock.now_ms();
    let (identity, batch) = identify_and_read(app, &body, Call::One(kind), received_at, None)?;
    let bytes = memory_of(&batch, body.len());
    submit(app, &identity, batch, received_at, bytes).await
}

fn decode_pixel(data: &str) -> Result<Bytes, ApiError> {
    if data.trim_start().starts_with('{') {
        return Ok(Bytes::copy_from_slice(data.as_bytes()));
    }
    const LENIENT: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
    const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);
    // A plus that nobody escaped has become a space on its way through the query.
    let data = data.trim().replace(' ', "+");
    let decoded = STANDARD.decode(&data).or_else(|_| URL_SAFE.decode(&data));
    decoded.map(Bytes::from).map_err(|_| ApiError::invalid("`data` is neither JSON nor base64"))
}

/// The key in the header counts before the one in the body, and that one before those of single events.
fn identify_and_read(
    app: &App,
    body: &[u8],
    call: Call,
    received_at: i64,
    known: Option<Arc<Identity>>,
) -> Result<(Arc<Identity>, Batch), ApiError> {
    let read = |identity: Option<&Identity>| -> Result<Batch, ApiError> {
        let settings = app.intake_settings(identity);
        let mut batch = read_batch(body, call.kind(), received_at, &settings).map_err(refuse_body)?;
        let topics = app.topics.known();
        batch.events.iter_mut().for_each(|event| understand(&topics.analyzer, event));
        Ok(batch)
    };
    if let Some(identity) = known {
        let batch = read(Some(&identity))?;
        return Ok((identity, batch));
    }
    let batch = read(None)?;
    let Some(key) = batch.write_key.as_deref() else {
        return Err(invalid_key(
            "no key came with the batch; send it as the user of Basic authentication or as `writeKey` in the body",
        ));
    };
    let identity = find_key(app, key)?;
    // Only now is it known what its source says about events; most sources say nothing.
    let batch = if identity.channel.is_some() { read(Some(&identity))? } else { batch };
    Ok((identity, batch))
}

/// The identity of a key that may collect.
pub fn find_key(app: &App, key: &str) -> Result<Arc<Identity>, ApiError> {
    let identity = app.keys.find(key).ok_or_else(|| {
        invalid_key("the key is not known, or was revoked; `vivencia key create --scope collect` makes a new one")
    })?;
    require::<CollectEvents>(&identity)?;
    Ok(identity)
}

fn invalid_key(detail: &str) -> ApiError {
    ApiError::new(Code::Unauthenticated, detail).with_code("invalid_write_key")
}

fn refuse_body(error: EnvelopeError) -> ApiError {
    let code = match error {
        EnvelopeError::Unparsable(_) => Code::InvalidArgument,
        EnvelopeError::TooManyEvents { .. } => Code::TooLarge,
    };
    ApiError::new(code, error.to_string())
}

fn memory_of(batch: &Batch, body_bytes: usize) -> usize {
    body_bytes + batch.events.len() * size_of::<IncomingEvent>()
}

async fn submit(app: &App, by: &Identity, batch: Batch, received_at: i64, bytes: usize) -> Result<(), ApiError> {
    if batch.received == 0 {
        return Ok(());
    }
    let started_at = Instant::now();
    let submission = Submission {
        source: by.name.clone(),
        received_at,
        events: batch.events,
        dead: batch.dead,
        replays: Vec::new(),
        bytes,
        is_file: false,
    };
    app.log.submit(submission)?.await?;
    app.telemetry.record_commit(started_at.elapsed());
    Ok(())
}

/// What browsers and phones load before they send.
pub fn client_settings(app: &App, key: &str, headers: &HeaderMap) -> Result<Value, ApiError> {
    find_key(app, key)?;
    let (protocol, host) = find_address(app, headers)?;
    let api_host = format!("{host}{}/v1", app.settings.collect_prefix.trim_end_matches('/'));
    Ok(json!({
        "integrations": {"Segment.io": {"apiKey": key, "apiHost": api_host, "protocol": protocol}},
        "metrics": {"sampleRate": 0},
        "plan": {},
    }))
}

/// Scheme and host by which clients reach this server: as configured, else as this client did.
fn find_address(app: &App, headers: &HeaderMap) -> Result<(String, String), ApiError> {
    if let Some((scheme, rest)) = app.settings.public_url.as_deref().and_then(|url| url.split_once("://")) {
        return Ok((scheme.to_owned(), rest.trim_end_matches('/').to_owned()));
    }
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_proxied = app.settings.behind_proxy;
    let forwarded = |name| header(name).filter(|_| is_proxied);
    let scheme = forwarded("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    let host = forwarded("x-forwarded-host").or_else(|| header("host")).unwrap_or_default();
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte);
    if host.is_empty() || !host.bytes().all(is_host) {
        return Err(ApiError::invalid("the request names no host; configure `public_url`"));
    }
    Ok((scheme.to_owned(), host.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_have_a_name_and_a_letter() {
        assert_eq!(Call::parse("track"), Some(Call::One(EventKind::Track)));
        assert_eq!(Call::parse("i"), Some(Call::One(EventKind::Identify)));
        assert_eq!(Call::parse("import"), Some(Call::Batch));
        assert_eq!(Call::parse("m"), Some(Call::Metrics));
        assert_eq!(Call::parse("x"), None);
        assert_eq!(Call::parse(""), None);
    }

    #[test]
    fn a_pixel_brings_json_or_base64() {
        let json = br#"{"a":"??>"}"#;
        for data in [r#"{"a":"??>"}"#, "eyJhIjoiPz8+In0=", "eyJhIjoiPz8+In0", "eyJhIjoiPz8-In0", "eyJhIjoiPz8 In0="] {
            assert_eq!(decode_pixel(data).unwrap().as_ref(), json, "{data}");
        }
        assert!(decode_pixel("%%").is_err());
    }
}
