//! `/api/v1/units`.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use domain::Unit;

use super::dto::{UnitDto, UnitPlace, UnitsChange, UnitsDto};
use super::service;
use crate::app::App;
use crate::auth::{Can, CanSee, ManageOrganisation, ReadOrganisation, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/units", guarded(MethodFilter::GET, list_units).merge(guarded(MethodFilter::PUT, update_units)))
        .route(
            "/api/v1/units/{name}",
            guarded(MethodFilter::PUT, update_unit).merge(guarded(MethodFilter::DELETE, delete_unit)),
        )
}

/// Lists the units of the tree and those that events name, by name. A key bound to a unit lists those below it.
#[utoipa::path(get, path = "/api/v1/units", tag = "organisation", security(("key" = ["read"])),
    responses((status = 200, body = UnitsDto), Problem))]
pub async fn list_units(app: App, may: CanSee<ReadOrganisation>) -> ApiResult<Json<UnitsDto>> {
    let units = app.blocking(move |app| service::list_units(app, &may.sight)).await?;
    Ok(Json(UnitsDto { units: units.into_iter().map(UnitDto::from).collect() }))
}

/// Adds units to the tree or changes them, all or none.
#[utoipa::path(put, path = "/api/v1/units", tag = "organisation", security(("key" = ["admin"])),
    request_body = UnitsChange, responses((status = 200, body = UnitsDto), Problem))]
pub async fn update_units(
    app: App,
    may: Can<ManageOrganisation>,
    change: Json<UnitsChange>,
) -> ApiResult<Json<UnitsDto>> {
    let units: Vec<Unit> = change.0.units.into_iter().map(Unit::from).collect();
    let views = app.blocking(move |app| service::update_units(app, &units, &may.identity)).await?;
    Ok(Json(UnitsDto { units: views.into_iter().map(UnitDto::from).collect() }))
}

/// Adds a unit to the tree or changes it.
#[utoipa::path(put, path = "/api/v1/units/{name}", tag = "organisation", security(("key" = ["admin"])),
    params(("name" = String, Path, description = "Name of the unit, percent-encoded")),
    request_body = UnitPlace, responses((status = 200, body = UnitsDto), Problem))]
pub async fn update_unit(
    app: App,
    may: Can<ManageOrganisation>,
    name: Path<String>,
    place: Json<UnitPlace>,
) -> ApiResult<Json<UnitsDto>> {
    let unit = place.0.of(name.0);
    let views = app.blocking(move |app| service::update_units(app, &[unit], &may.identity)).await?;
    Ok(Json(UnitsDto { units: views.into_iter().map(UnitDto::from).collect() }))
}

/// Takes a unit out of the tree when nothing hangs under it and no key is bound to it. Its events stay.
#[utoipa::path(delete, path = "/api/v1/units/{name}", tag = "organisation", security(("key" = ["admin"])),
    params(("name" = String, Path, description = "Name of the unit, percent-encoded")),
    responses((status = 204, description = "It is out of the tree"), Problem))]
pub async fn delete_unit(app: App, may: Can<ManageOrganisation>, name: Path<String>) -> ApiResult<StatusCode> {
    app.blocking(move |app| service::delete_unit(app, &name.0, &may.identity)).await?;
    Ok(StatusCode::NO_CONTENT)
}
