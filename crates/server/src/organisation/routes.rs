//! `/api/v1/organisation`, `/api/v1/activities`, `/api/v1/properties`, `/api/v1/audit`.

use axum::Router;
use axum::routing::MethodFilter;
use serde::Deserialize;
use utoipa::IntoParams;

use super::activities::{list_activities as find_activities, update_activity as change_activity};
use super::audit::list_audit as find_audit;
use super::dto::{
    ActivitiesDto, ActivityDto, ActivityMeaning, AuditDto, AuditEntryDto, OrganisationChange, OrganisationDto,
    PropertiesDto,
};
use super::findings::{DataFindings, find_findings};
use super::properties::list_properties as find_properties;
use super::{rates, service, units};
use crate::app::App;
use crate::auth::{Can, CanSee, ManageOrganisation, ReadOrganisation, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, Query};
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/organisation",
            guarded(MethodFilter::GET, show_organisation).merge(guarded(MethodFilter::PATCH, update_organisation)),
        )
        .route("/api/v1/activities", guarded(MethodFilter::GET, list_activities))
        .route("/api/v1/activities/{name}", guarded(MethodFilter::PUT, update_activity))
        .route("/api/v1/properties", guarded(MethodFilter::GET, list_properties))
        .route("/api/v1/findings", guarded(MethodFilter::GET, list_findings))
        .route("/api/v1/audit", guarded(MethodFilter::GET, list_audit))
        .merge(units::routes::routes())
        .merge(rates::routes::routes())
}

/// Shows how the organisation is called and counts.
#[utoipa::path(get, path = "/api/v1/organisation", tag = "organisation", security(("key" = ["read"])),
    responses((status = 200, body = OrganisationDto), Problem))]
pub async fn show_organisation(app: App, _: CanSee<ReadOrganisation>) -> ApiResult<Json<OrganisationDto>> {
    let organisation = app.blocking(service::find_organisation).await?;
    Ok(Json(organisation.into()))
}

/// Changes how the organisation is called and counts.
#[utoipa::path(patch, path = "/api/v1/organisation", tag = "organisation", security(("key" = ["admin"])),
    request_body = OrganisationChange, responses((status = 200, body = OrganisationDto), Problem))]
pub async fn update_organisation(
    app: App,
    may: Can<ManageOrganisation>,
    change: Json<OrganisationChange>,
) -> ApiResult<Json<OrganisationDto>> {
    let changed = app.blocking(move |app| service::update_organisation(app, change.0, &may.identity)).await?;
    Ok(Json(changed.into()))
}

/// Lists the activities seen or edited, with what they mean. A key bound to a unit lists those of the events it sees.
#[utoipa::path(get, path = "/api/v1/activities", tag = "organisation", security(("key" = ["read"])),
    responses((status = 200, body = ActivitiesDto), Problem))]
pub async fn list_activities(app: App, may: CanSee<ReadOrganisation>) -> ApiResult<Json<ActivitiesDto>> {
    let views = app.query(move |app| find_activities(app, &may.sight)).await?;
    Ok(Json(ActivitiesDto { activities: views.into_iter().map(ActivityDto::from).collect() }))
}

/// Says what an activity means.
#[utoipa::path(put, path = "/api/v1/activities/{name}", tag = "organisation", security(("key" = ["admin"])),
    params(("name" = String, Path, description = "Name of the activity, percent-encoded")),
    request_body = ActivityMeaning, responses((status = 200, body = ActivityDto), Problem))]
pub async fn update_activity(
    app: App,
    may: Can<ManageOrganisation>,
    name: Path<String>,
    meaning: Json<ActivityMeaning>,
) -> ApiResult<Json<ActivityDto>> {
    let view = app.blocking(move |app| change_activity(app, &name.0, meaning.0, &may.identity)).await?;
    Ok(Json(view.into()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PropertiesQuery {
    /// Only those of this activity.
    activity: Option<String>,
}

/// Lists the properties that sealed events bring, by activity, with their types; a change of type is a finding.
#[utoipa::path(get, path = "/api/v1/properties", tag = "organisation", security(("key" = ["read"])),
    params(PropertiesQuery), responses((status = 200, body = PropertiesDto), Problem))]
pub async fn list_properties(
    app: App,
    _: Can<ReadOrganisation>,
    query: Query<PropertiesQuery>,
) -> ApiResult<Json<PropertiesDto>> {
    let views = app.query(move |app| find_properties(app, query.0.activity.as_deref())).await?;
    Ok(Json(PropertiesDto::new(views)))
}

/// Lists what is odd about the data itself: activities that look like two spellings of one, times that cannot be, properties that
/// change their type, sources that are silent for longer than usual.
#[utoipa::path(get, path = "/api/v1/findings", tag = "organisation", security(("key" = ["read"])),
    responses((status = 200, body = DataFindings), Problem))]
pub async fn list_findings(app: App, _: Can<ReadOrganisation>) -> ApiResult<Json<DataFindings>> {
    app.query(find_findings).await.map(Json)
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// At most 1,000; 100 unless told.
    limit: Option<u32>,
    /// What `next` of the page before said.
    after: Option<String>,
}

/// Lists who changed what, the newest first.
#[utoipa::path(get, path = "/api/v1/audit", tag = "organisation", security(("key" = ["admin"])), params(AuditQuery),
    responses((status = 200, body = AuditDto), Problem))]
pub async fn list_audit(app: App, _: Can<ManageOrganisation>, query: Query<AuditQuery>) -> ApiResult<Json<AuditDto>> {
    let AuditQuery { limit, after } = query.0;
    let (entries, next) = app.blocking(move |app| find_audit(app, limit, after.as_deref())).await?;
    Ok(Json(AuditDto { entries: entries.into_iter().map(AuditEntryDto::from).collect(), next }))
}
