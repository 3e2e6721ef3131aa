//! `/api/v1/customers`, `/api/v1/merges`.

use std::collections::BTreeMap;

use axum::Router;
use axum::routing::MethodFilter;
use domain::{CustomerId, EventId, EventKind, MergeId};
use events::names::Names;
use serde::Deserialize;
use utoipa::IntoParams;

use super::dto::{
    AmountDto, CauseDto, CustomerDto, CustomersDto, IdentityChangeDto, KindDto, MergeRequest, TimelineDto,
    TimelineEventDto,
};
use super::search;
use super::service;
use super::timeline::{Cause, TimelinePlace, TimelineQuestion, list_timeline};
use crate::app::App;
use crate::auth::{Can, CanSee, ManageCustomers, ReadCustomers, Sight, guarded};
use crate::error::{ApiError, ApiResult};
use crate::extract::{Json, Path, Query, QueryPairs};
use crate::journeys::ChannelDto;
use crate::openapi::Problem;

const PAGE_CUSTOMERS: usize = 50;
const MOST_CUSTOMERS: usize = 1_000;
const PAGE_EVENTS: usize = 500;
const MOST_EVENTS: usize = 10_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/customers", guarded(MethodFilter::GET, find_customers))
        .route("/api/v1/customers/{id}", guarded(MethodFilter::GET, show_customer))
        .route("/api/v1/customers/{id}/events", guarded(MethodFilter::GET, list_customer_events))
        .route("/api/v1/merges", guarded(MethodFilter::POST, merge_customers))
        .route("/api/v1/merges/{id}/undo", guarded(MethodFilter::POST, undo_merge))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FindQuery {
    /// Exactly what the customer is known by: an e-mail, a phone, a user id, any other identifier, or the customer's id.
    identifier: Option<String>,
    /// Words of a name, in any order and not whole; or an identifier, or at least three characters of its beginning.
    q: Option<String>,
    /// At most 1,000; 50 unless told.
    limit: Option<usize>,
    /// What `next` of the page before said.
    after: Option<String>,
}

/// Lists customers, those first who were known last; or finds them by what they are known by. A key bound to a unit lists
/// those that it sees, without what tells who they are, and finds them by id only.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", security(("key" = ["read"])), params(FindQuery),
    responses((status = 200, body = CustomersDto), Problem))]
pub async fn find_customers(
    app: App,
    may: CanSee<ReadCustomers>,
    query: Query<FindQuery>,
) -> ApiResult<Json<CustomersDto>> {
    let FindQuery { identifier, q, limit, after } = query.0;
    let limit = limit.unwrap_or(PAGE_CUSTOMERS).clamp(1, MOST_CUSTOMERS);
    let page = match (identifier, q.filter(|text| !text.trim().is_empty())) {
        (Some(_), Some(_)) => return Err(ApiError::invalid("send `identifier` or `q`, not both")),
        (Some(identifier), None) => {
            app.blocking(move |app| search::find_by_identifier(app, &identifier, &may.sight)).await?
        }
        (None, Some(text)) if may.sight == Sight::Everything => {
            app.query(move |app| search::search_customers(app, &text, after.as_deref(), limit)).await?
        }
        (None, Some(text)) => app.blocking(move |app| search::find_by_identifier(app, &text, &may.sight)).await?,
        (None, None) => {
            let after = after.as_deref().map(parse_customer).transpose()?;
            app.query(move |app| search::list_customers(app, after, limit, &may.sight)).await?
        }
    };
    Ok(Json(page.into()))
}

/// Shows what is known of a customer beside the events, and the value so far. A key bound to a unit sees neither
/// identifiers nor traits nor merges, and of the events only those below the unit or without unit.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`cus_17`")), responses((status = 200, body = CustomerDto), Problem))]
pub async fn show_customer(app: App, may: CanSee<ReadCustomers>, id: Path<String>) -> ApiResult<Json<CustomerDto>> {
    let id = parse_customer(&id.0)?;
    let shown = app.blocking(move |app| {
        let view = service::show_customer(app, id, &may.sight)?;
        Ok(CustomerDto::new(view, &app.log.names()))
    });
    shown.await.map(Json)
}

/// What the parameters of a timeline are; some repeat, which the reader of queries cannot express.
#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct TimelineParams {
    /// `asc` for the oldest first, `desc` for the newest first; `asc` unless told.
    order: Option<String>,
    /// First day, of the organisation's calendar.
    from: Option<String>,
    /// The day after the last.
    to: Option<String>,
    /// Only events on this channel; repeat it for several. `(none)` stands for events without channel.
    channel: Option<Vec<String>>,
    /// Only events of this kind, such as `track` or `identify`; repeat it for several.
    kind: Option<Vec<String>>,
    /// Only events of this activity; repeat it for several.
    activity: Option<Vec<String>>,
    /// At most 10,000; 500 unless told.
    limit: Option<usize>,
    /// What `next` of the page before said.
    after: Option<String>,
}

fn read_timeline_question(pairs: Vec<(String, String)>) -> Result<TimelineQuestion, ApiError> {
    let mut asked = TimelineQuestion { limit: PAGE_EVENTS, ..TimelineQuestion::default() };
    for (name, value) in pairs {
        if matches!(name.as_str(), "days" | "segment" | "without_segment") {
            return Err(ApiError::invalid(format!("a timeline has no parameter `{name}`")));
        }
        let Some(value) = asked.extent.take(&name, value)? else { continue };
        match name.as_str() {
            "order" => {
                asked.is_newest_first = match value.as_str() {
                    "asc" => false,
                    "desc" => true,
                    other => return Err(ApiError::invalid(format!("`order` is asc or desc, not `{other}`"))),
                }
            }
            "kind" => asked.kinds.push(EventKind::parse(&value).ok_or_else(|| {
                let known: Vec<&str> = EventKind::ALL.iter().map(|kind| kind.as_str()).collect();
                ApiError::invalid(format!("there is no kind `{value}` of events; they are {}", known.join(", ")))
            })?),
            "activity" => asked.activities.push(value),
            "limit" => {
                let limit = value.parse().map_err(|_| ApiError::invalid(format!("`limit` is a number, not `{value}`")));
                asked.limit = limit.map(|limit: usize| limit.clamp(1, MOST_EVENTS))?;
            }
            "after" => asked.after = Some(TimelinePlace::parse(&value)?),
            other => return Err(ApiError::invalid(format!("a timeline has no parameter `{other}`"))),
        }
    }
    Ok(asked)
}

/// Lists what a customer lived, all of it or what happened in a period, on channels, of kinds.
#[utoipa::path(get, path = "/api/v1/customers/{id}/events", tag = "customers", security(("key" = ["read"])),
    params(("id" = String, Path, description = "`cus_17`"), TimelineParams),
    responses((status = 200, body = TimelineDto), Problem))]
pub async fn list_customer_events(
    app: App,
    may: CanSee<ReadCustomers>,
    id: Path<String>,
    pairs: QueryPairs,
) -> ApiResult<Json<TimelineDto>> {
    let id = parse_customer(&id.0)?;
    let asked = read_timeline_question(pairs.0)?;
    let timeline = app
        .blocking(move |app| {
            let page = list_timeline(app, id, &asked, &may.sight)?;
            let names = app.log.names();
            Ok(TimelineDto {
                customer: page.customer.to_string(),
                events: page.events.into_iter().map(|event| timeline_event(event, &page.causes, &names)).collect(),
                next: page.next.map(|place| place.to_string()),
                total: page.total,
                channels: page.channels.into_iter().map(|(name, events)| ChannelDto { name, events }).collect(),
                kinds: page.kinds.into_iter().map(|(name, events)| KindDto { name, events }).collect(),
            })
        })
        .await?;
    Ok(Json(timeline))
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DryRunQuery {
    /// Only show what would change.
    #[serde(default)]
    dry_run: bool,
}

/// Merges two customers because a person knows that they are one. It can be undone.
#[utoipa::path(post, path = "/api/v1/merges", tag = "customers", security(("key" = ["admin"])), params(DryRunQuery),
    request_body = MergeRequest, responses((status = 200, body = IdentityChangeDto), Problem))]
pub async fn merge_customers(
    app: App,
    may: Can<ManageCustomers>,
    query: Query<DryRunQuery>,
    request: Json<MergeRequest>,
) -> ApiResult<Json<IdentityChangeDto>> {
    let (preview, done) = app
        .blocking(move |app| service::merge_customers(app, &request.0.customers, query.0.dry_run, &may.identity))
        .await?;
    Ok(Json(match done {
        None => IdentityChangeDto::preview(preview),
        Some((merge, customer)) => IdentityChangeDto::done(preview, Some(merge), Some(customer)),
    }))
}

/// Undoes a merge; its two parts are not merged again by themselves.
#[utoipa::path(post, path = "/api/v1/merges/{id}/undo", tag = "customers", security(("key" = ["admin"])),
    params(("id" = String, Path, description = "`mrg_3`"), DryRunQuery),
    responses((status = 200, body = IdentityChangeDto), Problem))]
pub async fn undo_merge(
    app: App,
    may: Can<ManageCustomers>,
    id: Path<String>,
    query: Query<DryRunQuery>,
) -> ApiResult<Json<IdentityChangeDto>> {
    let id: MergeId = id.0.parse().map_err(|cause: domain::ids::InvalidId| ApiError::invalid(cause.to_string()))?;
    let is_dry_run = query.0.dry_run;
    let preview = app.blocking(move |app| service::undo_merge(app, id, is_dry_run, &may.identity)).await?;
    Ok(Json(if is_dry_run {
        IdentityChangeDto::preview(preview)
    } else {
        IdentityChangeDto::done(preview, None, None)
    }))
}

fn parse_customer(text: &str) -> Result<CustomerId, ApiError> {
    text.parse().map_err(|cause: domain::ids::InvalidId| ApiError::invalid(cause.to_string()))
}

fn timeline_event(event: domain::StoredEvent, causes: &BTreeMap<EventId, Cause>, names: &Names) -> TimelineEventDto {
    let caused_by = event.cause_event_id.and_then(|id| Some((id, causes.get(&id)?)));
    TimelineEventDto {
        id: event.event_id.to_string(),
        seq: event.seq,
        kind: event.kind.as_str(),
        activity: event.activity.map(|code| names.activities.name(u32::from(code)).to_owned()),
        channel: event.channel.map(|code| names.channels.name(u32::from(code)).to_owned()),
        unit: event.unit.map(|code| names.units.name(code).to_owned()),
        occurred_at: domain::time::format_instant(event.occurred_at),
        received_at: domain::time::format_instant(event.received_at),
        source: names.sources.name(u32::try_from(event.source.0).unwrap_or(u32::MAX)).to_owned(),
        amount: event.money.map(|money| AmountDto {
            minor: money.minor,
            currency: money.currency().to_owned(),
            kind: money.kind.as_str(),
        }),
        objects: event.objects,
        caused_by: caused_by.map(|(id, cause)| CauseDto {
            id: id.to_string(),
            seq: cause.seq,
            activity: cause.activity.map(|code| names.activities.name(u32::from(code)).to_owned()),
            channel: cause.channel.map(|code| names.channels.name(u32::from(code)).to_owned()),
            occurred_at: domain::time::format_instant(cause.occurred_at),
        }),
        properties: serde_json::from_str(&event.properties).unwrap_or(serde_json::Value::Null),
    }
}
