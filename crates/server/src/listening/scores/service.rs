//! Scores of the answers on the timeline.

use domain::time::add_days;
use domain::{Error, Result};
use events::AskedProperty;
use journey::attribution::OnlyWith;
use journey::breakdown::BreakdownValue;
use journey::score::metric::Metric;
use journey::score::shrunk::shrunk;
use journey::score::{AnswerTable, MOST_PERIODS, Score, ScoreGroup, ScoreQuestion, Scores};

use super::anonymous::{AnonymousAnswers, NewNames, read_anonymous};
use super::dto::{ScoreGroupDto, ScorePeriodDto, ScoreSeriesDto, ScoresDto};
use crate::app::App;
use crate::auth::Sight;
use crate::error::ApiError;
use crate::finding::FindingDto;
use crate::journeys::{CHANNEL, Every, Extent, MISSING, Moment, UNIT, find_by, find_seen, name_values, read, unknown};
use crate::listening::annotations::{AnnotationDto, list_between};
use crate::listening::metrics::{KnownMetric, KnownMetrics};
use crate::nearest::nearest;

/// Groups that are told apart.
const MOST_GROUPS: usize = 50;
/// Of fewer answers no score is told, unless somebody asks for another bound.
const MINIMUM: u64 = 10;
const LARGEST_MINIMUM: u64 = 1_000;
/// The property of an answer that names its survey.
pub(crate) const SURVEY: &str = "survey";
/// How all the other groups are called.
const OTHER: &str = events::names::OTHER;

/// A question about scores.
#[derive(Debug)]
pub struct ScoresQuery {
    known: KnownMetric,
    every: Every,
    by: Option<String>,
    survey: Option<String>,
    minimum: u64,
    extent: Extent,
}

impl ScoresQuery {
    pub fn read(pairs: Vec<(String, String)>, metrics: &KnownMetrics) -> Result<ScoresQuery, ApiError> {
        let (mut known, mut every, mut by, mut survey, mut minimum) = (None, Every::default(), None, None, MINIMUM);
        let mut extent = Extent::default();
        for (name, value) in pairs {
            let Some(value) = extent.take(&name, value)? else { continue };
            match name.as_str() {
                "metric" => known = Some(metrics.find_or_suggest(&value)?.clone()),
                "every" => every = Every::parse(&value)?,
                "by" => by = Some(value),
                "survey" => survey = Some(value),
                "minimum" => minimum = read(&name, &value, "a number from 1 to 1,000")?,
                other => return Err(unknown("a question about scores", other)),
            }
        }
        if !(1..=LARGEST_MINIMUM).contains(&minimum) {
            return Err(ApiError::invalid(format!("`minimum` is 1 to {LARGEST_MINIMUM}, not {minimum}")));
        }
        let Some(known) = known else {
            return Err(ApiError::invalid(format!(
                "a question about scores needs a metric: send `metric={}`",
                metrics.list()
            )));
        };
        Ok(ScoresQuery { known, every, by, survey, minimum, extent })
    }
}

pub fn compute_scores(app: &App, query: &ScoresQuery, sight: &Sight) -> Result<ScoresDto> {
    let extent = query.every.align(app, query.extent.clone())?;
    let mut moment = Moment::now(app, &extent, sight)?;
    let property_of_groups = query.by.as_deref().filter(|by| *by != CHANNEL && *by != UNIT);
    let of_survey = query.survey.as_ref().map(|_| SURVEY);
    let read = std::iter::once(query.known.metric.property.as_ref()).chain(property_of_groups).chain(of_survey);
    moment.read_properties(read.map(|name| AskedProperty { name: name.to_owned(), values: Vec::new() }))?;
    let over = moment.over()?;
    let mut findings = moment.findings_about(&over, None);
    let mut answer = ScoresDto {
        metric: (&query.known).into(),
        values: Vec::new(),
        every: query.every,
        periods: Vec::new(),
        minimum: query.minimum,
        whole: ScoreSeriesDto::none(),
        by: query.by.clone(),
        groups: Vec::new(),
        with_anonymous: false,
        annotations: Vec::new(),
        over,
        findings: Vec::new(),
    };
    let anonymous = match &query.survey {
        Some(survey) => read_anonymous(app, survey, &query.extent, moment.span(), sight)?,
        None => None,
    };
    answer.with_anonymous = anonymous.is_some();
    let anonymous = anonymous.unwrap_or_default();
    if let Some(spread) = query.every.spread_with(app, &moment, anonymous.days(), MOST_PERIODS)? {
        let bounds = spread.bounds(&moment.calendar)?;
        let periods = bounds.into_iter();
        answer.periods = periods.map(|it| ScorePeriodDto { first_day: it.first_day, is_over: it.is_over }).collect();
        answer.annotations = find_annotations(app, &moment, &spread.edges, &query.extent, sight)?;
        let table = find_answers(&moment, &query.known.metric, &mut findings)?;
        let mut question =
            ScoreQuestion::new(query.known.metric.clone(), moment.find_activities(&[])?, &table, spread.edges)?
                .with_minimum(query.minimum);
        if let Some(survey) = &query.survey {
            question = question.only(find_answered(&moment, survey, &anonymous)?);
        }
        if let Some(by) = &query.by {
            question = question.by(find_by(&moment, by)?, MOST_GROUPS)?;
        }
        let property = &query.known.metric.property;
        let (loose, names) = anonymous.to_loose(&moment, property, query.by.as_deref())?;
        let mut scores = moment.ask(question.with_loose(loose)?)?;
        leave_out_values(&mut scores);
        if scores.unusable > 0 {
            let detail = format!(
                "{} events have a `{}` that is no answer (a number from {} to {}); they are left out",
                scores.unusable,
                query.known.metric.property,
                query.known.metric.answers.0,
                query.known.metric.answers.1
            );
            findings.push(FindingDto { code: "answers_unusable", detail });
        }
        answer.groups = draw_groups(&moment, query, &scores, &names)?;
        answer.values = scores.values;
        answer.whole = ScoreSeriesDto::new(&query.known.metric, scores.whole)?;
    }
    answer.findings = findings;
    Ok(answer)
}

/// What happened between the first and the last edge, on the channels that the question is about.
fn find_annotations(
    app: &App,
    moment: &Moment,
    edges: &[i64],
    extent: &Extent,
    sight: &Sight,
) -> Result<Vec<AnnotationDto>> {
    let [first, .., last] = edges else { return Ok(Vec::new()) };
    let from = moment.calendar.day_of(*first)?;
    let to = add_days(moment.calendar.day_of(last - 1)?, 1);
    let mut annotations = list_between(app, Some(from), Some(to), sight)?;
    let is_asked_about = |channel: &String| extent.channels.is_empty() || extent.channels.contains(channel);
    annotations.retain(|annotation| annotation.channel.as_ref().is_none_or(is_asked_about));
    Ok(annotations.into_iter().map(Into::into).collect())
}

/// The number that each value of the metric's property stands for.
fn find_answers(moment: &Moment, metric: &Metric, findings: &mut Vec<FindingDto>) -> Result<AnswerTable> {
    let seen = moment.see_values([metric.property.as_ref()])?;
    let seen = find_seen(&seen, &metric.property)?;
    findings.extend(seen.never_had());
    let values = moment.timeline.properties().list_values(seen.column());
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    Ok(AnswerTable { property: seen.column(), numbers: values.iter().map(|value| number(value)).collect() })
}

/// The answers to one survey.
pub(crate) fn find_survey(moment: &Moment, survey: &str) -> Result<OnlyWith> {
    let seen = moment.see_values([SURVEY])?;
    let seen = find_seen(&seen, SURVEY)?;
    let Some(code) = seen.find(survey) else {
        let names: Vec<_> = seen.list().map(|(_, name)| name).collect();
        let hint = nearest(survey, names.iter().map(AsRef::as_ref));
        let hint = hint.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
        return Err(Error::invalid(format!("nobody has answered a survey `{survey}`{hint}")));
    };
    Ok(OnlyWith { property: seen.column(), values: [code].into_iter().collect() })
}

/// The answers to a survey on the timeline; none where it has only such as belong to nobody.
fn find_answered(moment: &Moment, survey: &str, anonymous: &AnonymousAnswers) -> Result<OnlyWith> {
    match find_survey(moment, survey) {
        Err(_) if !anonymous.is_empty() => {
            let seen = moment.see_values([SURVEY])?;
            Ok(OnlyWith { property: find_seen(&seen, SURVEY)?.column(), values: Vec::new() })
        }
        found => found,
    }
}

/// Leaves out the values that nobody who is counted gave: of others, and where too few answered, no score tells.
fn leave_out_values(scores: &mut Scores) {
    let given: Vec<bool> = match &scores.whole.total.score {
        Some(score) => score.counts.iter().map(|count| *count > 0).collect(),
        None => vec![false; scores.values.len()],
    };
    let mut keep = given.iter();
    scores.values.retain(|_| keep.next().copied().unwrap_or_default());
    let of_groups = scores.groups.iter_mut().map(|group| &mut group.scores);
    let all = std::iter::once(&mut scores.whole).chain(of_groups);
    for scored in all.flat_map(|series| std::iter::once(&mut series.total).chain(&mut series.periods)) {
        if let Some(score) = &mut scored.score {
            let mut keep = given.iter();
            score.counts.retain(|_| keep.next().copied().unwrap_or_default());
        }
    }
}

fn draw_groups(moment: &Moment, query: &ScoresQuery, scores: &Scores, names: &NewNames) -> Result<Vec<ScoreGroupDto>> {
    let Some(by) = &query.by else { return Ok(Vec::new()) };
    let name_of = name_values(moment, find_by(moment, by)?);
    // What is left over is no group of its own, and has no rank.
    let is_group = |value: BreakdownValue| matches!(value, BreakdownValue::Code(_));
    let of_group = |group: &ScoreGroup| group.scores.total.score.clone().filter(|_| is_group(group.value));
    let own: Vec<Option<Score>> = scores.groups.iter().map(of_group).collect();
    let found: Vec<Option<&Score>> = own.iter().map(Option::as_ref).collect();
    let shrunk = match &scores.whole.total.score {
        Some(whole) => shrunk(&query.known.metric, &found, whole),
        None => vec![None; found.len()],
    };
    let mut groups: Vec<(u64, ScoreGroupDto)> = Vec::with_capacity(scores.groups.len());
    for (group, shrunk) in scores.groups.iter().zip(&shrunk) {
        let value = match group.value {
            BreakdownValue::Code(code) => names.get(&code).cloned().unwrap_or_else(|| name_of(code)),
            BreakdownValue::Other => OTHER.to_owned(),
            BreakdownValue::Missing => MISSING.to_owned(),
        };
        let answers = group.scores.total.answers;
        let series = ScoreSeriesDto::new(&query.known.metric, group.scores.clone())?;
        groups.push((answers, ScoreGroupDto { value, series, shrunk: shrunk.as_ref().map(Into::into) }));
    }
    groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.value.cmp(&b.1.value)));
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}
