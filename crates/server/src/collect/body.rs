//! Reading the body of a batch: bounded in size, in time, and in what all bodies together hold in memory.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, EXPECT};
use axum::http::{HeaderMap, StatusCode};
use bytes::{Bytes, BytesMut};
use domain::Code;
use flate2::read::MultiGzDecoder;
use http_body_util::BodyExt;

use crate::error::ApiError;

/// The most that a batch may have, inflated.
pub const MAX_BODY_BYTES: usize = 5 << 20;
/// What is read of a body whose length is not told before it is reserved in this step.
const STEP_BYTES: usize = 64 << 10;
/// A client that is still sending does not read: what it sends is taken and forgotten up to here, so that it gets to
/// see the refusal.
const FORGOTTEN_BYTES: usize = 128 << 20;
const FORGOTTEN_TIME: Duration = Duration::from_secs(10);

/// What all bodies together may hold in memory.
#[derive(Debug)]
pub struct BodyBudget {
    used: Arc<AtomicUsize>,
    limit: usize,
}

/// A part of the budget, given back when dropped.
#[derive(Debug)]
pub struct Reserved {
    used: Arc<AtomicUsize>,
    bytes: usize,
}

impl BodyBudget {
    pub fn new(limit: usize) -> BodyBudget {
        BodyBudget { used: Arc::default(), limit }
    }

    pub fn used_bytes(&self) -> usize {
        self.used.load(Ordering::Relaxed)
    }

    fn none(&self) -> Reserved {
        Reserved { used: self.used.clone(), bytes: 0 }
    }

    /// Reserves so much that `reserved` covers `bytes`. `Unavailable` when there is not so much left.
    fn cover(&self, reserved: &mut Reserved, bytes: usize) -> Result<(), ApiError> {
        let Some(more) = bytes.checked_sub(reserved.bytes).filter(|more| *more > 0) else { return Ok(()) };
        let before = self.used.fetch_add(more, Ordering::Relaxed);
        reserved.bytes += more;
        if before + more > self.limit {
            return Err(ApiError::new(
                Code::Unavailable,
                "too many batches are arriving at the moment; send this one again later",
            ));
        }
        Ok(())
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        self.used.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// A whole body with its part of the budget.
pub struct ReadBody {
    pub bytes: Bytes,
    pub reserved: Reserved,
}

/// How a body is read.
pub struct BodyLimits<'a> {
    pub budget: &'a BodyBudget,
    pub max_bytes: usize,
    /// Time in which the next piece must arrive.
    pub timeout: Duration,
}

/// Reads a body whole and inflates it when its headers say that it is compressed. The rest of a refused body is taken
/// and forgotten.
pub async fn read_body(headers: &HeaderMap, mut body: Body, limits: &BodyLimits<'_>) -> Result<ReadBody, ApiError> {
    match read_whole(headers, &mut body, limits).await {
        Ok(read) => inflate(headers, read, limits).await,
        Err(error) => {
            if !headers.contains_key(EXPECT) {
                forget(body).await;
            }
            Err(error)
        }
    }
}

/// Takes what a client is still sending without keeping it.
pub async fn forget(mut body: Body) {
    let taking = async {
        let mut taken = 0;
        while let Some(Ok(frame)) = body.frame().await {
            taken += frame.data_ref().map_or(0, Bytes::len);
            if taken > FORGOTTEN_BYTES {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(FORGOTTEN_TIME, taking).await;
}

async fn read_whole(headers: &HeaderMap, body: &mut Body, limits: &BodyLimits<'_>) -> Result<ReadBody, ApiError> {
    let told = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|length| length > limits.max_bytes) {
        return Err(too_large(limits.max_bytes));
    }
    let mut reserved = limits.budget.none();
    limits.budget.cover(&mut reserved, told.unwrap_or(0))?;
    let mut first: Option<Bytes> = None;
    let mut whole = BytesMut::new();
    loop {
        let frame = match tokio::time::timeout(limits.timeout, body.frame()).await {
            Err(_) => return Err(too_slow()),
            Ok(None) => break,
            Ok(Some(Err(cause))) => {
                tracing::debug!(%cause, "a body ended early");
                return Err(ApiError::invalid("the body did not arrive whole; send it again"));
            }
            Ok(Some(Ok(frame))) => frame,
        };
        let Ok(piece) = frame.into_data() else { continue };
        let length = whole.len() + first.as_ref().map_or(0, Bytes::len) + piece.len();
        if length > limits.max_bytes {
            return Err(too_large(limits.max_bytes));
        }
        let needed = told.unwrap_or(0).max(length);
        let stepped = if told.is_some() { needed } else { needed.next_multiple_of(STEP_BYTES).min(limits.max_bytes) };
        limits.budget.cover(&mut reserved, stepped)?;
        match first.take() {
            // Most bodies arrive in one piece, which is then not copied.
            None if whole.is_empty() => first = Some(piece),
            None => whole.extend_from_slice(&piece),
            Some(before) => {
                whole.reserve(told.unwrap_or(length).max(length));
                whole.extend_from_slice(&before);
                whole.extend_from_slice(&piece);
            }
        }
    }
    let bytes = first.unwrap_or_else(|| whole.freeze());
    Ok(ReadBody { bytes, reserved })
}

async fn inflate(headers: &HeaderMap, read: ReadBody, limits: &BodyLimits<'_>) -> Result<ReadBody, ApiError> {
    let encoding = headers.get(CONTENT_ENCODING).map(|value| value.to_str().unwrap_or("?").trim().to_ascii_lowercase());
    match encoding.as_deref() {
        None | Some("" | "identity") => return Ok(read),
        Some("gzip" | "x-gzip") => {}
        Some(other) => {
            return Err(ApiError::invalid(format!(
                "the content encoding `{other}` is not read here; use gzip or none"
            ))
            .with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
    }
    let ReadBody { bytes: packed, mut reserved } = read;
    // A bomb can use all that a body may have, so all of it is reserved; the memory itself grows with what is there.
    limits.budget.cover(&mut reserved, packed.len() + limits.max_bytes)?;
    let max_bytes = limits.max_bytes;
    let inflated = tokio::task::spawn_blocking(move || inflate_gzip(&packed, max_bytes)).await;
    let bytes = inflated.map_err(|cause| domain::Error::internal("inflate a body").caused_by(cause))??;
    Ok(ReadBody { bytes: bytes.into(), reserved })
}

fn inflate_gzip(packed: &[u8], max_bytes: usize) -> Result<Vec<u8>, ApiError> {
    let mut inflated = Vec::with_capacity((packed.len() * 4).min(max_bytes));
    let limit = u64::try_from(max_bytes).unwrap_or(u64::MAX).saturating_add(1);
    match MultiGzDecoder::new(packed).take(limit).read_to_end(&mut inflated) {
        Ok(length) if length > max_bytes => Err(too_large(max_bytes)),
        Ok(_) => Ok(inflated),
        Err(cause) => Err(ApiError::invalid(format!("the body says it is gzip and cannot be inflated: {cause}"))),
    }
}

fn too_large(max_bytes: usize) -> ApiError {
    ApiError::new(Code::TooLarge, format!("the body has more than {max_bytes} bytes (inflated); send smaller batches"))
}

fn too_slow() -> ApiError {
    ApiError::new(Code::Unavailable, "the body stopped arriving; send it again")
        .with_status(StatusCode::REQUEST_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_given_back() {
        let budget = BodyBudget::new(100);
        let mut one = budget.none();
        budget.cover(&mut one, 60).unwrap();
        budget.cover(&mut one, 50).unwrap();
        assert_eq!(budget.used_bytes(), 60);
        let mut two = budget.none();
        let refused = budget.cover(&mut two, 41).unwrap_err();
        assert_eq!((refused.status.as_u16(), refused.retry_after), (503, Some(1)));
        drop((one, two));
        assert_eq!(budget.used_bytes(), 0);
    }
}
