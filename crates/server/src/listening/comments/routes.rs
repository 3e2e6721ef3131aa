//! `/api/v1/comments`.

use axum::Router;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodFilter;
use utoipa::IntoParams;

use super::asked::{AskedComments, CommentParams};
use super::dto::CommentsDto;
use super::listing::{self, ListQuestion, SimilarCommentsDto, read_limit};
use super::news::{self, NewsDto, NewsQuestion};
use super::quotes::{self, QuotesDto, QuotesFormat, QuotesQuestion};
use super::reading::analyse_comment;
use super::themes::{self, ThemesDto, ThemesQuestion};
use crate::app::App;
use crate::auth::{CanSee, ReadJourneys, guarded};
use crate::error::ApiResult;
use crate::extract::{Json, Path, QueryPairs};
use crate::journeys::{ExtentParams, unknown};
use crate::openapi::Problem;

/// Comments that are shown beside one unless told.
const SIMILAR: usize = 10;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/comments", guarded(MethodFilter::GET, list_comments))
        .route("/api/v1/comments/analysis", guarded(MethodFilter::POST, analyse_comment))
        .route("/api/v1/comments/themes", guarded(MethodFilter::GET, compute_comment_themes))
        .route("/api/v1/comments/news", guarded(MethodFilter::GET, list_comment_news))
        .route("/api/v1/comments/quotes", guarded(MethodFilter::GET, choose_quotes))
        .route("/api/v1/comments/{event}/similar", guarded(MethodFilter::GET, list_similar_comments))
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct ListParams {
    /// Words to look for, in any form, without regard to capitals and accents: `espera larga` wants both, `"muy lenta"` these
    /// words side by side as they are written, `-app` wants it not to be there, `café OR té` one of its neighbours. Everything
    /// without it.
    q: Option<String>,
    /// `relevance` (unless told) or `newest`.
    sort: Option<String>,
    /// 1 to 200, 20 unless told.
    limit: Option<u32>,
    /// What `next` said.
    after: Option<String>,
}

/// Looks for comments by their words and by what their events say.
#[utoipa::path(get, path = "/api/v1/comments", tag = "listening", security(("key" = ["read"])),
    params(ListParams, CommentParams, ExtentParams), responses((status = 200, body = CommentsDto), Problem))]
pub async fn list_comments(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<CommentsDto>> {
    let asked = ListQuestion::read(pairs.0)?;
    app.query(move |app| listing::list_comments(app, &asked, &may.identity, &may.sight)).await.map(Json)
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct SimilarParams {
    /// 1 to 200, 10 unless told.
    limit: Option<u32>,
}

/// Lists the comments that are like the comment of an event: by the words and topics that they share, rare ones counting
/// more.
#[utoipa::path(get, path = "/api/v1/comments/{event}/similar", tag = "listening", security(("key" = ["read"])),
    params(("event" = String, Path, description = "`evt_…`, the event that the comment came with"), SimilarParams, CommentParams,
        ExtentParams),
    responses((status = 200, body = SimilarCommentsDto), Problem))]
pub async fn list_similar_comments(
    app: App,
    may: CanSee<ReadJourneys>,
    event: Path<String>,
    pairs: QueryPairs,
) -> ApiResult<Json<SimilarCommentsDto>> {
    let (mut asked, mut limit) = (AskedComments::default(), SIMILAR);
    for (name, value) in pairs.0 {
        let Some(value) = asked.take(&name, value)? else { continue };
        match name.as_str() {
            "limit" => limit = read_limit(&value)?,
            other => return Err(unknown("a question for similar comments", other)),
        }
    }
    asked.check()?;
    let similar = move |app: &App| listing::list_similar(app, &event.0, &asked, limit, &may.identity, &may.sight);
    app.query(similar).await.map(Json)
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct ThemesParams {
    /// `day`, `week` or `month`; `week` unless told.
    every: Option<String>,
    /// Of fewer comments no share is told: 1 to 1,000, 10 unless told.
    minimum: Option<u64>,
}

/// Computes what comments speak of over time, and how they judge it: shares with intervals of 95 %, and the words that go with
/// each topic. What goes together is an association.
#[utoipa::path(get, path = "/api/v1/comments/themes", tag = "listening", security(("key" = ["read"])),
    params(ThemesParams, CommentParams, ExtentParams), responses((status = 200, body = ThemesDto), Problem))]
pub async fn compute_comment_themes(
    app: App,
    may: CanSee<ReadJourneys>,
    pairs: QueryPairs,
) -> ApiResult<Json<ThemesDto>> {
    let asked = ThemesQuestion::read(pairs.0)?;
    app.query(move |app| themes::compute_themes(app, &asked, &may.sight)).await.map(Json)
}

/// Lists what is new in the comments of the last seven days: the words and topics that are surely more frequent in them than in
/// the eight weeks before, each with two quotes. `to` asks for a week that is over; `from` and `days` are not taken.
#[utoipa::path(get, path = "/api/v1/comments/news", tag = "listening", security(("key" = ["read"])),
    params(CommentParams, ExtentParams), responses((status = 200, body = NewsDto), Problem))]
pub async fn list_comment_news(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Json<NewsDto>> {
    let asked = NewsQuestion::read(pairs.0)?;
    app.query(move |app| news::list_news(app, &asked, &may.identity, &may.sight)).await.map(Json)
}

#[derive(Debug, Default, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the interface; the handler reads pairs")]
pub struct QuotesParams {
    /// 1 to 50, 6 unless told.
    limit: Option<u32>,
    /// `json` (unless told), `csv` or `markdown`.
    format: Option<String>,
}

/// Chooses a few comments that stand for many: typical, short, different from each other, of every side, and without anything
/// personal in them that could be found.
#[utoipa::path(get, path = "/api/v1/comments/quotes", tag = "listening", security(("key" = ["read"])),
    params(QuotesParams, CommentParams, ExtentParams),
    responses((status = 200, content((QuotesDto = "application/json"), (String = "text/csv"), (String = "text/markdown"))), Problem))]
pub async fn choose_quotes(app: App, may: CanSee<ReadJourneys>, pairs: QueryPairs) -> ApiResult<Response> {
    let asked = QuotesQuestion::read(pairs.0)?;
    let format = asked.format;
    let quotes = app.query(move |app| quotes::choose_quotes(app, &asked, &may.identity, &may.sight)).await?;
    let as_file = |kind: &'static str, name: &'static str, body: Vec<u8>| {
        ([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, name)], body).into_response()
    };
    Ok(match format {
        QuotesFormat::Json => Json(quotes).into_response(),
        QuotesFormat::Csv => {
            as_file("text/csv; charset=utf-8", "attachment; filename=\"quotes.csv\"", quotes.to_csv()?)
        }
        QuotesFormat::Markdown => as_file(
            "text/markdown; charset=utf-8",
            "attachment; filename=\"quotes.md\"",
            quotes.to_markdown().into_bytes(),
        ),
    })
}
