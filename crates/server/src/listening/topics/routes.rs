//! `/api/v1/topics`.

use axum::Router;
use axum::routing::MethodFilter;

use super::dto::{CheckedTopicDto, NewTopics, TopicEditDto, TopicsDto};
use super::{checking, service};
use crate::app::App;
use crate::auth::{Can, CanSee, ManageTopics, ReadJourneys, guarded};
use crate::error::ApiResult;
use crate::extract::Json;
use crate::openapi::Problem;

pub fn routes() -> Router<App> {
    Router::new()
        .route(
            "/api/v1/topics",
            guarded(MethodFilter::GET, list_topics).merge(guarded(MethodFilter::PUT, update_topics)),
        )
        .route("/api/v1/topics/check", guarded(MethodFilter::POST, check_topic))
}

/// Lists the topics that comments are read by: those of the program and what the organisation says of them.
#[utoipa::path(get, path = "/api/v1/topics", tag = "listening", security(("key" = ["read"])),
    responses((status = 200, body = TopicsDto), Problem))]
pub async fn list_topics(app: App, _: CanSee<ReadJourneys>) -> ApiResult<Json<TopicsDto>> {
    app.blocking(|app| Ok(service::list_topics(app))).await.map(Json)
}

/// Says which topics the organisation has of its own and how it changes those of the program: all of them at once. Comments that
/// come from now on are read by them, and those that are there are found by them too. Events do not change.
#[utoipa::path(put, path = "/api/v1/topics", tag = "listening", security(("key" = ["admin"])),
    request_body = NewTopics, responses((status = 200, body = TopicsDto), Problem))]
pub async fn update_topics(app: App, may: Can<ManageTopics>, new: Json<NewTopics>) -> ApiResult<Json<TopicsDto>> {
    app.blocking(move |app| service::update_topics(app, new.0, &may.identity)).await.map(Json)
}

/// Says in how many of the newest comments a draft of a topic would be found, what each of its expressions finds, and which of its
/// own examples it misses. Nothing is kept.
#[utoipa::path(post, path = "/api/v1/topics/check", tag = "listening", security(("key" = ["admin"])),
    request_body = TopicEditDto, responses((status = 200, body = CheckedTopicDto), Problem))]
pub async fn check_topic(
    app: App,
    may: Can<ManageTopics>,
    draft: Json<TopicEditDto>,
) -> ApiResult<Json<CheckedTopicDto>> {
    app.query(move |app| checking::check_topic(app, draft.0, &may.identity)).await.map(Json)
}
