//! The use case: a funnel from names to names.

use std::collections::BTreeSet;

use domain::Result;
use journey::after_dropping::{AfterDroppingQuestion, DroppedOut};
use journey::{Share, share_of};

use super::asked::AskedFunnel;
use super::breakdown::{SEGMENT, compute_breakdown, compute_by_segment};
use super::dto::{AfterDroppingDto, EntriesDto, FunnelDto, FunnelStepDto, NextActivityDto, OthersDto};
use crate::app::App;
use crate::auth::Sight;
use crate::journeys::moment::{Extent, Moment};

/// Activities that are shown of what customers did after dropping out.
const SHOWN_NEXT: usize = 8;

/// What is asked of a funnel besides its steps.
#[derive(Clone, Debug, Default)]
pub struct Besides {
    pub with_after_dropping: bool,
    /// `channel`, `unit`, `segment` or a property.
    pub by: Option<String>,
    /// Two values of it.
    pub compared: Vec<String>,
    /// The segments by which it is broken down, by id; all that are kept when there are none.
    pub of_segments: Vec<String>,
}

pub fn compute_funnel(
    app: &App,
    asked: &AskedFunnel,
    besides: &Besides,
    extent: &Extent,
    sight: &Sight,
) -> Result<FunnelDto> {
    let mut moment = Moment::now(app, extent, sight)?;
    let found = moment.find_funnel(asked, besides.by.as_deref())?;
    let after_dropping = match besides.with_after_dropping {
        true => moment.ask(AfterDroppingQuestion::new(found.question()?))?,
        false => Vec::new(),
    };
    let funnel = moment.ask(found.question()?)?;
    let whole: Vec<u64> = funnel.steps.iter().map(|step| step.customers).collect();
    let mut for_segments = BTreeSet::new();
    let breakdown = match &besides.by {
        Some(by) if by == SEGMENT => {
            let (breakdown, scanned) = compute_by_segment(&moment, &found, &whole, besides, sight)?;
            for_segments = scanned;
            Some(breakdown)
        }
        Some(by) => Some(compute_breakdown(&moment, &found, by, &besides.compared)?),
        None => None,
    };
    let mut over = moment.over()?;
    over.scanned = moment.scanned().union(&for_segments).cloned().collect();
    let mut after_dropping = after_dropping.into_iter();
    let about = found.activities();
    let mut steps = Vec::with_capacity(funnel.steps.len());
    for (step, shown) in funnel.steps.into_iter().zip(found.shown) {
        let share = share_of(step.customers, funnel.customers);
        steps.push(FunnelStepDto {
            activity: moment.vocabulary.label(step.activity),
            conditions: shown.conditions,
            excluded: shown.excluded,
            customers: step.customers,
            share: share.map(|share| share.share),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
            entries: step.entries.map(|entries| EntriesDto::new(entries.count, entries.share)),
            median_ms: step.median_ms,
            p90_ms: step.p90_ms,
            mean_ms: step.mean_ms,
            after_dropping: after_dropping.next().map(|dropped| draw_dropped(&moment, dropped)),
        });
    }
    let mut findings = moment.findings_about(&over, Some(&about));
    findings.extend(found.findings);
    Ok(FunnelDto { customers: funnel.customers, steps, breakdown, window_ms: asked.window_ms, findings, over })
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
