//! Comments that are looked for, and those that are like one.

use std::str::FromStr;

use domain::{Error, EventId, NodeId, Result};
use search::{Comment, Filter, Place, Query, Sort};
use serde::Serialize;
use text::vectors::{Corpus, Vector};
use utoipa::ToSchema;

use super::asked::AskedComments;
use super::dto::{CommentDto, CommentsDto, Writer};
use super::kept::topics_version;
use super::sample::features;
use crate::app::App;
use crate::auth::{Identity, Sight};
use crate::error::ApiError;
use crate::journeys::{read, unknown};

const PAGE_COMMENTS: usize = 20;
const MOST_COMMENTS: usize = 200;
/// Comments of which similarity is measured.
const CANDIDATES: usize = 200;
/// Less alike than that is not similar.
const LEAST_SIMILARITY: f64 = 0.1;

/// Which comments are looked for.
#[derive(Debug)]
pub struct ListQuestion {
    asked: AskedComments,
    query: Query,
    sort: Option<Sort>,
    after: Option<Place>,
    limit: usize,
}

impl ListQuestion {
    pub fn read(pairs: Vec<(String, String)>) -> Result<ListQuestion, ApiError> {
        let mut asked = AskedComments::default();
        let (mut query, mut sort, mut after, mut limit) = (Query::default(), None, None, PAGE_COMMENTS);
        for (name, value) in pairs {
            let Some(value) = asked.take(&name, value)? else { continue };
            match name.as_str() {
                "q" => query = Query::parse(&value)?,
                "sort" => sort = Some(read_sort(&value)?),
                "after" => after = Some(Place::from_str(&value)?),
                "limit" => limit = read_limit(&value)?,
                other => return Err(unknown("a question about comments", other)),
            }
        }
        asked.check()?;
        Ok(ListQuestion { asked, query, sort, after, limit })
    }
}

fn read_sort(value: &str) -> Result<Sort, ApiError> {
    match value {
        "relevance" => Ok(Sort::Relevance),
        "newest" => Ok(Sort::Newest),
        other => Err(ApiError::invalid(format!("`sort` is relevance or newest, not `{other}`"))),
    }
}

pub fn read_limit(value: &str) -> Result<usize, ApiError> {
    let limit = read("limit", value, "a number from 1 to 200")?;
    if !(1..=MOST_COMMENTS).contains(&limit) {
        return Err(ApiError::invalid(format!("`limit` is 1 to {MOST_COMMENTS}, not {limit}")));
    }
    Ok(limit)
}

pub fn list_comments(app: &App, asked: &ListQuestion, by: &Identity, sight: &Sight) -> Result<CommentsDto> {
    let (index, moment, filter) = asked.asked.find(app, sight)?;
    let sort = if asked.query.wants_nothing() { Sort::Newest } else { asked.sort.unwrap_or_default() };
    let page = index.search(&asked.query, &filter, sort, asked.after, asked.limit)?;
    let words = asked.query.words();
    let mut writer = Writer::new(app, by, sight);
    let findings = if index.is_empty() { moment.findings_about(&moment.over()?, None) } else { Vec::new() };
    Ok(CommentsDto {
        comments: page.comments.into_iter().map(|(_, comment)| writer.write(comment, &words)).collect(),
        total: page.total,
        sort: if sort == Sort::Newest { "newest" } else { "relevance" },
        topics_version: topics_version(&index),
        next: page.next.map(|place| place.to_string()),
        findings,
    })
}

/// Comments that are like one.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SimilarComments)]
pub struct SimilarCommentsDto {
    pub comment: CommentDto,
    /// The most similar first. Of those that say the same word for word, only the newest.
    pub similar: Vec<SimilarCommentDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SimilarComment)]
pub struct SimilarCommentDto {
    /// 0 (nothing in common) to 1: the cosine of the two comments, their words and topics weighed by how rare they are.
    pub similarity: f64,
    /// How many say the same word for word, this one among them.
    pub copies: u64,
    #[serde(flatten)]
    pub comment: CommentDto,
}

/// The comment of an event with those that are like it, of all that whoever asks sees.
pub fn list_similar(
    app: &App,
    event: &str,
    asked: &AskedComments,
    limit: usize,
    by: &Identity,
    sight: &Sight,
) -> Result<SimilarCommentsDto> {
    let missing = || Error::not_found(format!("there is no comment of an event `{event}`"));
    let id: EventId = event.parse().map_err(|_| missing())?;
    let (index, _, filter) = asked.find(app, sight)?;
    let (_, _, everything) = AskedComments::default().find(app, sight)?;
    let comment = index.find(id)?.filter(|comment| is_seen(comment, &everything)).ok_or_else(missing)?;
    let found = index.alike(&comment, &filter, CANDIDATES)?;
    let mut cutter = search::Cutter::default();
    let own = features(&mut cutter, &comment);
    let others: Vec<Vec<String>> = found.iter().map(|other| features(&mut cutter, other)).collect();
    // Rare among those that are alike already is what tells them apart; the comment itself counts once.
    let corpus = Corpus::of(others.iter().chain([&own]).map(Vec::as_slice));
    let own: Vector = corpus.weigh(&own);
    let written = |comment: &Comment| comment.text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let same = written(&comment);
    let mut similar: Vec<(f64, u64, String, Comment)> = Vec::new();
    for (other, features) in found.into_iter().zip(&others) {
        let text = written(&other);
        if other.event == comment.event || text == same {
            continue;
        }
        let similarity = own.cosine(&corpus.weigh(features));
        match similar.iter_mut().find(|(_, _, known, _)| *known == text) {
            Some((_, copies, _, known)) => {
                *copies += 1;
                if other.occurred_at > known.occurred_at {
                    *known = other;
                }
            }
            None if similarity >= LEAST_SIMILARITY => similar.push((similarity, 1, text, other)),
            None => {}
        }
    }
    similar.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.3.seq.cmp(&a.3.seq)));
    similar.truncate(limit);
    let asked_words = cutter.cut(&comment.text, &comment.personal);
    let telling: Vec<_> = asked_words.into_iter().filter(|word| !text::is_function_word(&word.plain)).collect();
    let mut writer = Writer::new(app, by, sight);
    let mut write = |(similarity, copies, _, comment): (f64, u64, String, Comment)| SimilarCommentDto {
        similarity: (similarity * 1_000.0).round() / 1_000.0,
        copies,
        comment: writer.write(comment, &telling),
    };
    let similar = similar.into_iter().map(&mut write).collect();
    Ok(SimilarCommentsDto { comment: writer.write(comment, &[]), similar })
}

/// Whether a comment lies within a sight.
fn is_seen(comment: &Comment, filter: &Filter) -> bool {
    let unit = comment.unit.as_deref().unwrap_or(search::NONE);
    let sees = |node: NodeId| filter.sees.as_ref().is_none_or(|sees| sees(node));
    filter.seen_units.as_ref().is_none_or(|units| units.iter().any(|it| it == unit)) && sees(comment.node)
}
