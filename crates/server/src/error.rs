//! Failures as HTTP answers.
//!
//! A handler returns an [`ApiError`]; the outermost layer (`answer.rs`) writes its body, because only there the id of the
//! request is known. The interface answers RFC 9457 `application/problem+json`; collection endpoints answer what the
//! Segment SDKs read.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{Code, Error};

/// Seconds after which a refused client may try again.
const RETRY_AFTER_S: u64 = 1;

pub type ApiResult<T> = Result<T, ApiError>;

/// Which body a failure is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorStyle {
    /// RFC 9457.
    Problem,
    /// `{"success":false,"code":…,"message":…,"error":…}`, as the Segment SDKs expect.
    Segment,
}

/// A failure on its way to the client.
#[derive(Clone, Debug)]
pub struct ApiError {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
    pub style: ErrorStyle,
    /// Whole seconds.
    pub retry_after: Option<u64>,
    /// Whether the detail was written for clients. What comes up from below about failures of our own was not.
    is_for_clients: bool,
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

impl ApiError {
    pub fn new(code: Code, detail: impl Into<String>) -> ApiError {
        let mut error = ApiError::from(Error::new(code, detail));
        error.is_for_clients |= code == Code::Unavailable;
        error
    }

    pub fn invalid(detail: impl Into<String>) -> ApiError {
        ApiError::new(Code::InvalidArgument, detail)
    }

    /// The same failure with another status of the same family, such as 405 or 408.
    pub fn with_status(mut self, status: StatusCode) -> ApiError {
        self.status = status;
        self
    }

    pub fn with_code(mut self, code: &'static str) -> ApiError {
        self.code = code;
        self
    }

    /// The same failure as the Segment SDKs read it.
    pub fn for_sdk(mut self) -> ApiError {
        self.style = ErrorStyle::Segment;
        self
    }

    /// What the log shows about it and the client never sees.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync)> {
        self.cause.as_deref()
    }

    /// Whether the log should say what the client is not told.
    pub fn is_hidden(&self) -> bool {
        !self.is_for_clients
    }

    /// What the client is told: nothing of our own failures.
    pub fn shown_detail(&self) -> &str {
        match self.status {
            _ if self.is_for_clients => &self.detail,
            StatusCode::SERVICE_UNAVAILABLE => "this cannot be done at the moment; try again later",
            _ => "the server failed to answer; its log says why under this request id",
        }
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let status = StatusCode::from_u16(error.code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = matches!(error.code, Code::Unavailable | Code::TooMany).then_some(RETRY_AFTER_S);
        ApiError {
            status,
            code: error.reason.unwrap_or(error.code.as_str()),
            detail: error.detail,
            style: ErrorStyle::Problem,
            retry_after,
            is_for_clients: !matches!(error.code, Code::Internal | Code::Unavailable),
            cause: error.source.map(Arc::from),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
