//! What goes over the wire about scores.

use domain::Result;
use journey::score::change::{Level, levels, smoothed};
use journey::score::metric::Metric;
use journey::score::shrunk::Shrunk;
use journey::score::{Score, ScoreSeries, Scored};
use serde::Serialize;
use utoipa::ToSchema;

use crate::finding::FindingDto;
use crate::journeys::{Every, OverDto};
use crate::listening::annotations::AnnotationDto;
use crate::listening::metrics::MetricDto;

/// Periods after which a smoothed line has half forgotten.
const HALF_LIFE: f64 = 4.0;

/// Scores of everybody and of groups.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Scores)]
pub struct ScoresDto {
    pub metric: MetricDto,
    /// The different answers that were given, lowest first; none where too few answered.
    pub values: Vec<f64>,
    pub every: Every,
    /// Where each part of the period begins, by the organisation's calendar, in order.
    pub periods: Vec<ScorePeriodDto>,
    /// Of fewer answers no score is told.
    pub minimum: u64,
    pub whole: ScoreSeriesDto,
    /// What answers are told apart by; only when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Those with most answers first; `(other)` are all others, `(none)` those without a value.
    pub groups: Vec<ScoreGroupDto>,
    /// Whether answers that belong to nobody are counted too: of one survey, and of everybody. They are kept with their survey, so that of
    /// all surveys, and of a segment, they are not.
    pub with_anonymous: bool,
    /// What happened to the company meanwhile, by day: what was about the channels that are asked about, and about all.
    pub annotations: Vec<AnnotationDto>,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScorePeriod)]
pub struct ScorePeriodDto {
    #[schema(example = "2026-03-30")]
    pub first_day: String,
    pub is_over: bool,
}

/// A score over all of the period, and in each part of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreSeries)]
pub struct ScoreSeriesDto {
    pub total: ScoredDto,
    pub periods: Vec<ScoredDto>,
    /// More than one where the score changed in the period.
    pub levels: Vec<ScoreLevelDto>,
    /// The line through the scores of the periods that follows them with a delay: each is the mean of all up to it, half as much
    /// for every four periods that they lie back. Smoothed: neighbours share answers.
    pub smoothed: Vec<Option<f64>>,
}

/// How many answered, and what.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Scored)]
pub struct ScoredDto {
    pub answers: u64,
    /// Those who gave them; an answer that belongs to nobody counts as that of a customer who gave no other.
    pub customers: u64,
    /// How many of the answers belong to nobody.
    pub anonymous: u64,
    /// None of fewer answers than the minimum, as everything below.
    pub score: Option<f64>,
    /// Lower end of the interval of 95 %.
    pub low: Option<f64>,
    /// Upper end of the interval of 95 %.
    pub high: Option<f64>,
    /// As many independent answers would say as much.
    pub effective_answers: Option<f64>,
    /// How many gave each of `values`.
    pub counts: Vec<u64>,
}

impl From<Scored> for ScoredDto {
    fn from(scored: Scored) -> ScoredDto {
        let score = scored.score.as_ref();
        ScoredDto {
            answers: scored.answers,
            customers: scored.customers,
            anonymous: scored.loose,
            score: score.map(|score| score.value),
            low: score.map(|score| score.low),
            high: score.map(|score| score.high),
            effective_answers: score.map(|score| score.effective_answers),
            counts: scored.score.map(|score| score.counts).unwrap_or_default(),
        }
    }
}

impl ScoreSeriesDto {
    pub fn new(metric: &Metric, series: ScoreSeries) -> Result<ScoreSeriesDto> {
        let scores: Vec<Option<&Score>> = series.periods.iter().map(|scored| scored.score.as_ref()).collect();
        let levels = levels(metric, &scores).into_iter().map(Into::into).collect();
        let smoothed = smoothed(&scores, HALF_LIFE)?;
        Ok(ScoreSeriesDto {
            levels,
            smoothed: smoothed.into_iter().map(|score| score.map(|score| score.value)).collect(),
            total: series.total.into(),
            periods: series.periods.into_iter().map(Into::into).collect(),
        })
    }

    /// Of a period without any event.
    pub fn none() -> ScoreSeriesDto {
        let total = ScoredDto {
            answers: 0,
            customers: 0,
            anonymous: 0,
            score: None,
            low: None,
            high: None,
            effective_answers: None,
            counts: Vec::new(),
        };
        ScoreSeriesDto { total, periods: Vec::new(), levels: Vec::new(), smoothed: Vec::new() }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreGroup)]
pub struct ScoreGroupDto {
    pub value: String,
    #[serde(flatten)]
    pub series: ScoreSeriesDto,
    /// Where the group would stand if chance were taken out; none where there is nothing to compare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shrunk: Option<ShrunkDto>,
}

/// A score drawn towards the others, the more the fewer answers it has, so that small groups do not lead by luck.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShrunkScore)]
pub struct ShrunkDto {
    pub score: f64,
    /// Lower end of the interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
    /// The ranks between which the group lies with 95 %; 1 is the best.
    pub best_rank: usize,
    pub worst_rank: usize,
}

impl From<&Shrunk> for ShrunkDto {
    fn from(shrunk: &Shrunk) -> ShrunkDto {
        let Shrunk { value, low, high, rank_from, rank_to, .. } = *shrunk;
        ShrunkDto { score: value, low, high, best_rank: rank_from, worst_rank: rank_to }
    }
}

/// A time in which the score stayed the same, as far as can be seen. It changed where the next one begins.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ScoreLevel)]
pub struct ScoreLevelDto {
    /// Position in `periods` of the first that has a score.
    pub first: usize,
    /// Of the last.
    pub last: usize,
    pub score: f64,
    /// Lower end of the interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
}

impl From<Level> for ScoreLevelDto {
    fn from(level: Level) -> ScoreLevelDto {
        let Level { first, last, value, low, high, .. } = level;
        ScoreLevelDto { first, last, score: value, low, high }
    }
}
