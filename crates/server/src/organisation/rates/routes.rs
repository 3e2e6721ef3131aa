//! `/api/v1/rates`.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use domain::money::parse_currency;
use domain::time::parse_day;

use super::dto::{NewDatedRate, NewRate, RateDto, RatesChange, RatesDto};
use super::service;
use crate::app::App;
use crate::auth::{Can, ManageOrganisation, ReadOrganisation, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/rates", guarded(MethodFilter::GET, list_rates).merge(guarded(MethodFilter::PUT, update_rates)))
        .route(
            "/api/v1/rates/{currency}/{valid_from}",
            guarded(MethodFilter::PUT, update_rate).merge(guarded(MethodFilter::DELETE, delete_rate)),
        )
}

/// Lists the exchange rates by currency and day.
#[utoipa::path(get, path = "/api/v1/rates", tag = "organisation", security(("key" = ["read"])),
    responses((status = 200, body = RatesDto), Problem))]
pub async fn list_rates(app: App, _: Can<ReadOrganisation>) -> ApiResult<Json<RatesDto>> {
    let rates = app.blocking(service::list_rates).await?;
    Ok(Json(RatesDto { rates: rates.into_iter().map(RateDto::from).collect() }))
}

/// Enters exchange rates into the organisation's currency, all or none.
#[utoipa::path(put, path = "/api/v1/rates", tag = "organisation", security(("key" = ["admin"])),
    request_body = RatesChange, responses((status = 200, body = RatesDto), Problem))]
pub async fn update_rates(
    app: App,
    may: Can<ManageOrganisation>,
    change: Json<RatesChange>,
) -> ApiResult<Json<RatesDto>> {
    let rates = app.blocking(move |app| service::update_rates(app, &change.0.rates, &may.identity)).await?;
    Ok(Json(RatesDto { rates: rates.into_iter().map(RateDto::from).collect() }))
}

/// Enters what a currency is worth in the organisation's from a day on.
#[utoipa::path(put, path = "/api/v1/rates/{currency}/{valid_from}", tag = "organisation",
    security(("key" = ["admin"])),
    params(("currency" = String, Path, description = "ISO 4217"),
           ("valid_from" = String, Path, description = "A day of the organisation's calendar, such as 2026-01-01")),
    request_body = NewRate, responses((status = 200, body = RatesDto), Problem))]
pub async fn update_rate(
    app: App,
    may: Can<ManageOrganisation>,
    place: Path<(String, String)>,
    rate: Json<NewRate>,
) -> ApiResult<Json<RatesDto>> {
    let (currency, valid_from) = place.0;
    let new = [NewDatedRate { currency, valid_from, rate: rate.0.rate }];
    let rates = app.blocking(move |app| service::update_rates(app, &new, &may.identity)).await?;
    Ok(Json(RatesDto { rates: rates.into_iter().map(RateDto::from).collect() }))
}

/// Takes an exchange rate back.
#[utoipa::path(delete, path = "/api/v1/rates/{currency}/{valid_from}", tag = "organisation",
    security(("key" = ["admin"])),
    params(("currency" = String, Path, description = "ISO 4217"),
           ("valid_from" = String, Path, description = "The day from which the rate holds")),
    responses((status = 204, description = "It is taken back"), Problem))]
pub async fn delete_rate(
    app: App,
    may: Can<ManageOrganisation>,
    place: Path<(String, String)>,
) -> ApiResult<StatusCode> {
    let (currency, valid_from) = (parse_currency(&place.0.0)?, parse_day(&place.0.1)?);
    app.blocking(move |app| service::delete_rate(app, currency, valid_from, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}
