//! What comments speak of over time: how many, what share of all, and how it is judged.

use std::collections::BTreeMap;

use domain::Result;
use journey::contrast::{Counted, contrast};
use journey::share_of;
use search::ThemeCounts;
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::AskedComments;
use super::kept::topics_version;
use super::sample::{MOST_READ, Sample};
use crate::app::App;
use crate::auth::Sight;
use crate::error::ApiError;
use crate::finding::FindingDto;
use crate::journeys::{Every, OverDto, read, unknown};

/// Parts of a period.
const MOST_PERIODS: usize = 520;
/// Of fewer comments no share is told, unless somebody asks for another bound.
const MINIMUM: u64 = 10;
const LARGEST_MINIMUM: u64 = 1_000;
/// Words that are told of a topic, and how many of its comments must have them.
const WORDS: usize = 8;
const LEAST_COMMENTS: u64 = 3;

/// A question about themes.
#[derive(Debug)]
pub struct ThemesQuestion {
    asked: AskedComments,
    every: Every,
    minimum: u64,
}

impl ThemesQuestion {
    pub fn read(pairs: Vec<(String, String)>) -> Result<ThemesQuestion, ApiError> {
        let mut asked = AskedComments::default();
        let (mut every, mut minimum) = (Every::default(), MINIMUM);
        for (name, value) in pairs {
            let Some(value) = asked.take(&name, value)? else { continue };
            match name.as_str() {
                "every" => every = Every::parse(&value)?,
                "minimum" => minimum = read(&name, &value, "a number from 1 to 1,000")?,
                other => return Err(unknown("a question about themes", other)),
            }
        }
        asked.check()?;
        if !(1..=LARGEST_MINIMUM).contains(&minimum) {
            return Err(ApiError::invalid(format!("`minimum` is 1 to {LARGEST_MINIMUM}, not {minimum}")));
        }
        Ok(ThemesQuestion { asked, every, minimum })
    }
}

/// What comments speak of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentThemes)]
pub struct ThemesDto {
    pub every: Every,
    /// Of fewer comments no share is told.
    pub minimum: u64,
    /// In order.
    pub periods: Vec<ThemePeriodDto>,
    /// All comments.
    pub whole: ThemeSentimentDto,
    /// Those with most comments first.
    pub themes: Vec<ThemeDto>,
    /// Which version of the topics comments are read by.
    pub topics_version: u64,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

/// A part of the period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ThemePeriod)]
pub struct ThemePeriodDto {
    #[schema(example = "2026-03-30")]
    pub first_day: String,
    pub is_over: bool,
    /// All comments of it.
    pub comments: u64,
}

/// How comments sound.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ThemeSentiment)]
pub struct ThemeSentimentDto {
    pub comments: u64,
    /// Share of those that sound bad; none of too few, as of good ones.
    pub negative: Option<CommentShareDto>,
    pub positive: Option<CommentShareDto>,
}

/// A topic over time.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Theme)]
pub struct ThemeDto {
    #[schema(example = "waiting")]
    pub topic: String,
    pub total: ThemePartDto,
    /// In the order of `periods`.
    pub periods: Vec<ThemePartDto>,
    /// Words that comments about it have more often than others: an association. The surest first.
    pub words: Vec<ThemeWordDto>,
}

/// A topic in a part of the period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ThemePart)]
pub struct ThemePartDto {
    /// Comments that speak of it.
    pub comments: u64,
    /// Their share of all comments; none of too few.
    pub share: Option<CommentShareDto>,
    /// Of those that speak of it, the share that judges it badly. One comment may judge it badly and well.
    pub negative: Option<CommentShareDto>,
    pub positive: Option<CommentShareDto>,
}

/// A share of comments with its interval of 95 % (Wilson). Several comments of one customer count like those of several.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = CommentShare)]
pub struct CommentShareDto {
    /// How many.
    pub comments: u64,
    /// 0 to 1.
    pub share: f64,
    pub low: f64,
    pub high: f64,
}

impl CommentShareDto {
    /// None of fewer than `minimum`.
    pub fn of(part: u64, whole: u64, minimum: u64) -> Option<CommentShareDto> {
        let share = share_of(part, whole).filter(|_| whole >= minimum)?;
        Some(CommentShareDto { comments: part, share: share.share, low: share.low, high: share.high })
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ThemeWord)]
pub struct ThemeWordDto {
    /// As it is mostly written.
    pub word: String,
    /// Comments about the topic that have it.
    pub comments: u64,
    /// So many times the odds of other comments: 2 is twice.
    pub odds_ratio: f64,
    /// Lower end of the interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
}

pub fn compute_themes(app: &App, asked: &ThemesQuestion, sight: &Sight) -> Result<ThemesDto> {
    let mut aligned = asked.asked.clone();
    aligned.extent = asked.every.align(app, aligned.extent)?;
    let (index, moment, filter) = aligned.find(app, sight)?;
    let over = moment.over()?;
    let mut findings = moment.findings_about(&over, None);
    let (mut periods, mut edges) = (Vec::new(), Vec::new());
    if let Some(spread) = asked.every.spread(app, &moment, MOST_PERIODS)? {
        let bounds = spread.bounds(&moment.calendar)?.into_iter();
        periods =
            bounds.map(|it| ThemePeriodDto { first_day: it.first_day, is_over: it.is_over, comments: 0 }).collect();
        edges = spread.edges;
    }
    let counts = index.count_themes(&filter, &edges)?;
    periods.iter_mut().zip(&counts.comments).for_each(|(period, comments)| period.comments = *comments);
    let sample = Sample::read(app, &index, &filter)?;
    if sample.total > MOST_READ as u64 {
        let detail = format!("words are those of the newest {MOST_READ} of {} comments", sample.total);
        findings.push(FindingDto { code: "newest_comments_read", detail });
    }
    let themes = list_themes(&counts, &sample, asked.minimum);
    let all: u64 = counts.comments.iter().sum();
    let sounding = |sentiment: &str| {
        let comments = counts.sentiments.get(sentiment).map_or(0, |by_period| by_period.iter().sum());
        CommentShareDto::of(comments, all, asked.minimum)
    };
    let whole = ThemeSentimentDto { comments: all, negative: sounding("negative"), positive: sounding("positive") };
    Ok(ThemesDto {
        every: asked.every,
        minimum: asked.minimum,
        periods,
        whole,
        themes,
        topics_version: topics_version(&index),
        over,
        findings,
    })
}

fn list_themes(counts: &ThemeCounts, sample: &Sample, minimum: u64) -> Vec<ThemeDto> {
    let nothing = vec![0; counts.comments.len()];
    let judged = |topic: &str, judgement: &str| counts.topics.get(&format!("{topic}:{judgement}")).unwrap_or(&nothing);
    let part = |comments: u64, all: u64, negative: u64, positive: u64| ThemePartDto {
        comments,
        share: CommentShareDto::of(comments, all, minimum),
        negative: CommentShareDto::of(negative, comments, minimum),
        positive: CommentShareDto::of(positive, comments, minimum),
    };
    let sum = |by_period: &[u64]| by_period.iter().sum::<u64>();
    let mut themes: Vec<ThemeDto> = Vec::new();
    for (topic, by_period) in counts.topics.iter().filter(|(name, _)| !name.contains(':')) {
        let (negative, positive) = (judged(topic, "negative"), judged(topic, "positive"));
        let periods = by_period
            .iter()
            .enumerate()
            .map(|(at, comments)| part(*comments, counts.comments[at], negative[at], positive[at]));
        themes.push(ThemeDto {
            topic: topic.clone(),
            total: part(sum(by_period), sum(&counts.comments), sum(negative), sum(positive)),
            periods: periods.collect(),
            words: list_words(topic, sample),
        });
    }
    themes.sort_by(|a, b| b.total.comments.cmp(&a.total.comments).then_with(|| a.topic.cmp(&b.topic)));
    themes.retain(|theme| theme.total.comments > 0);
    themes
}

/// Words that comments about a topic have more often than the others.
fn list_words(topic: &str, sample: &Sample) -> Vec<ThemeWordDto> {
    let (all, with) = sample.count(|comment| Some(usize::from(comment.topics.iter().all(|said| said.topic != topic))));
    let mut words: BTreeMap<&str, (f64, ThemeWordDto)> = BTreeMap::new();
    for (stem, [about, others]) in with.iter().enumerate().filter(|(_, [about, _])| *about >= LEAST_COMMENTS) {
        let Some(found) = contrast(Counted { first: (*about, all[0]), second: (*others, all[1]) }) else { continue };
        if found.low <= 1.0 {
            continue;
        }
        let name = sample.names[stem].as_str();
        let word = ThemeWordDto {
            word: name.to_owned(),
            comments: *about,
            odds_ratio: found.odds_ratio,
            low: found.low,
            high: found.high,
        };
        words.insert(name, (found.z, word));
    }
    let mut words: Vec<(f64, ThemeWordDto)> = words.into_values().collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0));
    words.into_iter().take(WORDS).map(|(_, word)| word).collect()
}
