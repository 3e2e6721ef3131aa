//! One restricted set of error codes for every crate; the server maps each to one HTTP status.

use std::fmt;

/// What kind of failure it is. The text of a code is part of the HTTP interface and never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The request cannot be understood: 400.
    InvalidArgument,
    /// No key, or one that is not known: 401.
    Unauthenticated,
    /// The key is known and may not do this: 403.
    PermissionDenied,
    /// Nothing there: 404.
    NotFound,
    /// It contradicts what is there: 409.
    Conflict,
    /// Larger than accepted: 413.
    TooLarge,
    /// Asked too often, or a quota is used up: 429.
    TooMany,
    /// Our own failure: 500. The cause is logged, never shown.
    Internal,
    /// Cannot be done at the moment, again later: 503.
    Unavailable,
}

impl Code {
    pub fn as_str(self) -> &'static str {
        match self {
            Code::InvalidArgument => "invalid_argument",
            Code::Unauthenticated => "unauthenticated",
            Code::PermissionDenied => "permission_denied",
            Code::NotFound => "not_found",
            Code::Conflict => "conflict",
            Code::TooLarge => "too_large",
            Code::TooMany => "too_many",
            Code::Internal => "internal",
            Code::Unavailable => "unavailable",
        }
    }

    pub fn http_status(self) -> u16 {
        match self {
            Code::InvalidArgument => 400,
            Code::Unauthenticated => 401,
            Code::PermissionDenied => 403,
            Code::NotFound => 404,
            Code::Conflict => 409,
            Code::TooLarge => 413,
            Code::TooMany => 429,
            Code::Internal => 500,
            Code::Unavailable => 503,
        }
    }
}

/// A failure with its kind, a sentence for the person who asked, and the cause for the log.
#[derive(Debug)]
pub struct Error {
    pub code: Code,
    /// A finer word than the code where programs tell this failure from others of its kind, such as `email_taken`. Part of the HTTP
    /// interface, as codes are.
    pub reason: Option<&'static str>,
    /// Says what was attempted, what is wrong and what to do. Shown to the caller unless the code is `Internal`.
    pub detail: String,
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn new(code: Code, detail: impl Into<String>) -> Error {
        Error { code, reason: None, detail: detail.into(), source: None }
    }

    pub fn invalid(detail: impl Into<String>) -> Error {
        Error::new(Code::InvalidArgument, detail)
    }

    pub fn not_found(detail: impl Into<String>) -> Error {
        Error::new(Code::NotFound, detail)
    }

    pub fn conflict(detail: impl Into<String>) -> Error {
        Error::new(Code::Conflict, detail)
    }

    pub fn unavailable(detail: impl Into<String>) -> Error {
        Error::new(Code::Unavailable, detail)
    }

    pub fn internal(detail: impl Into<String>) -> Error {
        Error::new(Code::Internal, detail)
    }

    /// The same failure with a word of its own.
    pub fn because(mut self, reason: &'static str) -> Error {
        self.reason = Some(reason);
        self
    }

    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        self.source = Some(cause.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}
