//! The use cases: names to codes, one moment of the timeline, the engine, codes to names.

use domain::Result;
use journey::after_dropping::{AfterDroppingQuestion, DroppedOut};
use journey::funnel::{FunnelCondition, FunnelQuestion};
use journey::paths::PathsQuestion;
use journey::process_map::ProcessMapQuestion;
use journey::{Share, share_of};

use super::conditions::{WrittenCondition, split_conditions};
use super::dto::{
    AfterDroppingDto, FunnelDto, FunnelStepDto, MapDto, MapEdgeDto, MapEndDto, MapNodeDto, NextActivityDto, OthersDto,
    PathDto, PathsDto, PathsTailDto, StepConditionDto,
};
use super::moment::{Extent, Moment};
use crate::app::App;
use crate::auth::Sight;
use crate::finding::FindingDto;
use crate::sight::seen_values;

/// Activities that are shown of what customers did after dropping out.
const SHOWN_NEXT: usize = 8;

/// A step of a funnel, in codes and as an answer repeats it.
pub(super) struct FoundStep {
    pub condition: FunnelCondition,
    pub shown: Vec<StepConditionDto>,
    pub findings: Vec<FindingDto>,
}

impl Moment {
    /// An activity, or an activity with conditions. A name that an activity bears as a whole is that activity.
    pub(super) fn find_step(&self, step: &str) -> Result<FoundStep> {
        let whole = self.vocabulary.find(step);
        let (name, written) = split_conditions(step);
        if whole.is_ok() || written.is_empty() {
            return Ok(FoundStep { condition: whole?.into(), shown: Vec::new(), findings: Vec::new() });
        }
        let mut condition = FunnelCondition::from(self.vocabulary.find(name)?);
        let mut findings = Vec::new();
        for asked in &written {
            let property = asked.find_property(self.timeline.properties())?;
            let seen = match &self.units {
                Some(units) => Some(seen_values(&self.timeline, units, property, self.threads)?),
                None => None,
            };
            let (value, finding) = asked.find_value(self.timeline.properties(), property, seen.as_deref());
            condition.values.push(value);
            findings.extend(finding);
        }
        Ok(FoundStep { condition, shown: written.iter().map(WrittenCondition::show).collect(), findings })
    }
}

pub fn compute_funnel(
    app: &App,
    steps: &[String],
    window_ms: i64,
    with_after_dropping: bool,
    extent: &Extent,
    sight: &Sight,
) -> Result<FunnelDto> {
    let moment = Moment::now(app, extent, sight)?;
    let mut conditions = Vec::with_capacity(steps.len());
    let mut shown = Vec::with_capacity(steps.len());
    let mut unseen = Vec::new();
    for step in steps {
        let found = moment.find_step(step)?;
        conditions.push(found.condition);
        shown.push(found.shown);
        unseen.extend(found.findings);
    }
    let after_dropping = match with_after_dropping {
        true => moment.ask(AfterDroppingQuestion::new(FunnelQuestion::new(conditions.clone(), window_ms)?))?,
        false => Vec::new(),
    };
    let funnel = moment.ask(FunnelQuestion::new(conditions, window_ms)?)?;
    let over = moment.over()?;
    let mut after_dropping = after_dropping.into_iter();
    let steps = funnel.steps.into_iter().zip(shown).map(|(step, conditions)| {
        let share = share_of(step.customers, funnel.customers);
        FunnelStepDto {
            activity: moment.vocabulary.label(step.activity),
            conditions,
            customers: step.customers,
            share: share.map(|share| share.share),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
            median_ms: step.median_ms,
            after_dropping: after_dropping.next().map(|dropped| draw_dropped(&moment, dropped)),
        }
    });
    let mut findings = moment.findings(&over);
    findings.extend(unseen);
    Ok(FunnelDto { customers: funnel.customers, steps: steps.collect(), window_ms, findings, over })
}

/// What those did next who dropped out: the most frequent activities, of equally frequent ones nothing first and then by
/// name, and the rest as one.
fn draw_dropped(moment: &Moment, dropped: DroppedOut) -> AfterDroppingDto {
    let mut next: Vec<(u64, Option<String>)> = dropped
        .next
        .into_iter()
        .map(|next| (next.customers, next.activity.map(|code| moment.vocabulary.label(code))))
        .collect();
    next.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let others: u64 = next.drain(SHOWN_NEXT.min(next.len())..).map(|(customers, _)| customers).sum();
    let whole = dropped.customers;
    let next = next.into_iter().filter_map(|(customers, activity)| {
        let Share { share, low, high } = share_of(customers, whole)?;
        Some(NextActivityDto { activity, customers, share, low, high })
    });
    AfterDroppingDto {
        customers: whole,
        next: next.collect(),
        other: OthersDto { customers: others, share: share_of(others, whole).map_or(0.0, |share| share.share) },
    }
}

/// The answer is ordered by names, so that it does not depend on the order in which the names arrived.
pub fn compute_map(app: &App, with_medians: bool, extent: &Extent, sight: &Sight) -> Result<MapDto> {
    let moment = Moment::now(app, extent, sight)?;
    let question = ProcessMapQuestion::new();
    let map = moment.ask(if with_medians { question.with_medians() } else { question })?;
    let label = |code| moment.vocabulary.label(code);
    let mut nodes: Vec<_> = map
        .nodes
        .into_iter()
        .map(|node| MapNodeDto { activity: label(node.activity), events: node.events, customers: node.customers })
        .collect();
    nodes.sort_unstable_by(|a, b| a.activity.cmp(&b.activity));
    let mut edges: Vec<_> = map
        .edges
        .into_iter()
        .map(|edge| MapEdgeDto {
            from: label(edge.from),
            to: label(edge.to),
            events: edge.events,
            customers: edge.customers,
            mean_ms: edge.mean_ms,
            median_ms: edge.median_ms,
        })
        .collect();
    edges.sort_unstable_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
    let named_ends = |ends: Vec<journey::process_map::MapEnd>| {
        let mut ends: Vec<_> =
            ends.into_iter().map(|end| MapEndDto { activity: label(end.activity), customers: end.customers }).collect();
        ends.sort_unstable_by(|a, b| a.activity.cmp(&b.activity));
        ends
    };
    let over = moment.over()?;
    let mut findings = moment.findings(&over);
    if map.left_out.edges > 0 {
        let detail = format!("the {} rarest edges ({} events) are left out", map.left_out.edges, map.left_out.events);
        findings.push(FindingDto { code: "edges_left_out", detail });
    }
    Ok(MapDto { nodes, edges, starts: named_ends(map.starts), ends: named_ends(map.ends), over, findings })
}

pub fn list_paths(
    app: &App,
    from_activity: &str,
    length: usize,
    top: usize,
    extent: &Extent,
    sight: &Sight,
) -> Result<PathsDto> {
    let moment = Moment::now(app, extent, sight)?;
    let question = PathsQuestion::new(moment.vocabulary.find(from_activity)?, length, top)?;
    let answer = moment.ask(question)?;
    let mut paths: Vec<_> = answer
        .paths
        .into_iter()
        .map(|path| PathDto {
            activities: path.activities.into_iter().map(|code| moment.vocabulary.label(code)).collect(),
            count: path.count,
            customers: path.customers,
            share: path.share,
        })
        .collect();
    paths.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.activities.cmp(&b.activities)));
    let over = moment.over()?;
    Ok(PathsDto {
        paths,
        tail: PathsTailDto { count: answer.tail.count, share: answer.tail.share },
        occurrences: answer.occurrences,
        findings: moment.findings(&over),
        over,
    })
}
