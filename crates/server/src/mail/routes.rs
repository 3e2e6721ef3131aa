//! `/api/v1/mail`.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use bytes::Bytes;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{MailRefusalsDto, MailReportDto, MailTestDto, NewMailTest};
use super::service;
use crate::app::App;
use crate::auth::{Can, ManageMail, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, Query};
use crate::openapi::Problem;

/// Bytes of a message that came back.
const LARGEST_REPORT: usize = 1 << 20;
const PAGE_REFUSALS: u32 = 100;

pub fn routes() -> Router<App> {
    let reports = guarded(MethodFilter::POST, take_mail_report).layer(DefaultBodyLimit::max(LARGEST_REPORT));
    Router::new()
        .route("/api/v1/mail/test", guarded(MethodFilter::POST, test_mail))
        .route("/api/v1/mail/reports", reports)
        .route("/api/v1/mail/refusals", guarded(MethodFilter::GET, list_mail_refusals))
        .route("/api/v1/mail/refusals/{address}", guarded(MethodFilter::DELETE, remove_mail_refusal))
}

/// Sends a plain message at once and says what the mail server answered.
#[utoipa::path(post, path = "/api/v1/mail/test", tag = "mail", security(("key" = ["admin"])), request_body = NewMailTest,
    responses((status = 200, body = MailTestDto), Problem))]
pub async fn test_mail(app: App, may: Can<ManageMail>, new: Json<NewMailTest>) -> ApiResult<Json<MailTestDto>> {
    app.blocking(move |app| service::try_out(app, &new.0.to, &may.identity)).await.map(Json)
}

/// Takes a message that came back: that an address takes no mail, or that somebody calls a message unwanted.
#[utoipa::path(post, path = "/api/v1/mail/reports", tag = "mail", security(("key" = ["admin"])),
    request_body(content = Vec<u8>, content_type = "message/rfc822", description = "The message as it came, at most 1 MB"),
    responses((status = 200, body = MailReportDto), Problem))]
pub async fn take_mail_report(app: App, _: Can<ManageMail>, message: Bytes) -> ApiResult<Json<MailReportDto>> {
    app.blocking(move |app| service::take_report(app, &message)).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RefusalsQuery {
    /// `next` of the page before.
    before: Option<u64>,
    /// 1 to 1,000; 100 unless told.
    limit: Option<u32>,
}

/// Lists the addresses that no message is sent to, and why.
#[utoipa::path(get, path = "/api/v1/mail/refusals", tag = "mail", security(("key" = ["admin"])), params(RefusalsQuery),
    responses((status = 200, body = MailRefusalsDto), Problem))]
pub async fn list_mail_refusals(
    app: App,
    _: Can<ManageMail>,
    query: Query<RefusalsQuery>,
) -> ApiResult<Json<MailRefusalsDto>> {
    let RefusalsQuery { before, limit } = query.0;
    let limit = limit.unwrap_or(PAGE_REFUSALS);
    app.blocking(move |app| service::list_refusals(app, before, limit)).await.map(Json)
}

/// Lets an address be written to again, whatever the reasons were.
#[utoipa::path(delete, path = "/api/v1/mail/refusals/{address}", tag = "mail", security(("key" = ["admin"])),
    params(("address" = String, Path, description = "An e-mail address")),
    responses((status = 204, description = "It may be written to"), Problem))]
pub async fn remove_mail_refusal(app: App, may: Can<ManageMail>, address: Path<String>) -> ApiResult<StatusCode> {
    app.blocking(move |app| service::remove_refusal(app, &address.0, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}
