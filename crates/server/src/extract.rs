//! Extractors whose refusals are our own failures instead of the framework's plain texts.

use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::Code;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// Members of the query string, once each.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let read: Result<axum::extract::Query<T>, QueryRejection> =
            axum::extract::Query::from_request_parts(parts, state).await;
        match read {
            Ok(query) => Ok(Query(query.0)),
            Err(rejection) => Err(ApiError::invalid(format!("the query is not understood: {}", rejection.body_text()))),
        }
    }
}

/// Members of the query string as they come, with those that repeat.
pub struct QueryPairs(pub Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for QueryPairs {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Query::<Vec<(String, String)>>::from_request_parts(parts, state).await.map(|query| QueryPairs(query.0))
    }
}

/// The variable part of a path.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let read: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        match read {
            Ok(path) => Ok(Path(path.0)),
            Err(rejection) => Err(ApiError::invalid(format!("the path is not understood: {}", rejection.body_text()))),
        }
    }
}

/// A small JSON body, whatever its content type.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        parse(&read_body(request, state).await?).map(Json)
    }
}

/// A small JSON body that may be left out.
pub struct OptionalJson<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for OptionalJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let body = read_body(request, state).await?;
        if body.is_empty() { Ok(OptionalJson(T::default())) } else { parse(&body).map(OptionalJson) }
    }
}

async fn read_body<S: Send + Sync>(request: Request, state: &S) -> Result<bytes::Bytes, ApiError> {
    let read: Result<bytes::Bytes, BytesRejection> = bytes::Bytes::from_request(request, state).await;
    read.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(Code::TooLarge, "the body is larger than this operation accepts")
        }
        _ => ApiError::invalid("the body did not arrive whole; send it again"),
    })
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body)
        .map_err(|cause| ApiError::invalid(format!("the body is not the JSON expected here: {cause}")))
}

impl<T: serde::Serialize> axum::response::IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}
