//! The use cases: names to codes, one moment of the timeline, the engine, codes to names.

use domain::time::{Calendar, format_instant};
use domain::{Error, Result};
use events::Timeline;
use journey::funnel::{FunnelCondition, FunnelQuestion};
use journey::paths::PathsQuestion;
use journey::process_map::ProcessMapQuestion;
use journey::{JourneySource, LivedJourney, Operator, Step, UnitSet, below, run, within};
use serde::{Deserialize, Serialize};

use super::conditions::{WrittenCondition, split_conditions};
use super::dto::{
    FunnelDto, FunnelStepDto, MapDto, MapEdgeDto, MapEndDto, MapNodeDto, OverDto, PathDto, PathsDto, PathsTailDto,
    StepConditionDto,
};
use super::vocabulary::Vocabulary;
use crate::app::App;
use crate::auth::Sight;
use crate::finding::FindingDto;
use crate::organisation::find_organisation;
use crate::sight::{seen_activities, seen_values, units_in};

/// Days of the organisation's calendar; `from` is in it, `to` is not.
#[derive(Clone, Debug, Default)]
pub struct Period {
    pub from: Option<String>,
    pub to: Option<String>,
}

/// The same as UTC milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Instants {
    from_ms: Option<i64>,
    to_ms: Option<i64>,
}

impl Period {
    fn on(&self, calendar: &Calendar) -> Result<Instants> {
        let start = |day: &Option<String>| day.as_deref().map(|day| calendar.start_of_day_ms(day)).transpose();
        let instants = Instants { from_ms: start(&self.from)?, to_ms: start(&self.to)? };
        match (instants.from_ms, instants.to_ms) {
            (Some(from_ms), Some(to_ms)) if from_ms >= to_ms => Err(Error::invalid(
                "the period ends before it begins: its first day is in it, and the day of `to` is not any more",
            )),
            _ => Ok(instants),
        }
    }
}

/// Everything a question is asked of, at one moment.
struct Moment {
    timeline: Timeline,
    /// The units that whoever asks is limited to.
    units: Option<UnitSet>,
    /// Whether events of some units are below none, because journeys do not tell those units apart.
    has_too_many_units: bool,
    vocabulary: Vocabulary,
    instants: Instants,
    threads: usize,
}

impl Moment {
    fn now(app: &App, period: &Period, sight: &Sight) -> Result<Moment> {
        let instants = period.on(&find_organisation(app)?.calendar)?;
        let entries = app.state.activities.list_activity_entries()?;
        // The timeline first: names of everything in it are then in the dictionaries.
        let timeline = app.log.timeline()?;
        let names = app.log.names();
        let threads = app.settings.query_threads;
        let units = units_in(app, sight, &names)?;
        let has_too_many_units = names.units.len() > usize::from(LivedJourney::OTHER_UNIT);
        let seen = units.as_ref().map(|units| seen_activities(&timeline, units, threads)).transpose()?;
        let vocabulary = Vocabulary::new(names, &entries, seen);
        Ok(Moment { timeline, units, has_too_many_units, vocabulary, instants, threads })
    }

    fn ask<O: Operator>(&self, operator: O) -> Result<O::Output> {
        match &self.units {
            Some(units) => self.ask_recoded(operator, &below(&self.timeline, units)),
            None => self.ask_recoded(operator, &self.timeline),
        }
    }

    fn ask_recoded<O, S>(&self, operator: O, source: &S) -> Result<O::Output>
    where
        O: Operator,
        S: JourneySource<Error = Error>,
    {
        match self.vocabulary.recode(source) {
            Some(recoded) => self.ask_within(operator, &recoded),
            None => self.ask_within(operator, source),
        }
    }

    fn ask_within<O, S>(&self, operator: O, source: &S) -> Result<O::Output>
    where
        O: Operator,
        S: JourneySource<Error = Error>,
    {
        if self.instants == Instants::default() {
            return run(operator, source, self.threads);
        }
        let (from_ms, to_ms) = (self.instants.from_ms.unwrap_or(i64::MIN), self.instants.to_ms.unwrap_or(i64::MAX));
        run(operator, &within(source, from_ms, to_ms), self.threads)
    }

    fn over(&self) -> Result<OverDto> {
        let census = match &self.units {
            Some(units) => self.ask_within(Count, &below(&self.timeline, units))?,
            None if self.instants == Instants::default() => {
                Census { events: self.timeline.event_count(), customers: self.timeline.customer_count() }
            }
            None => self.ask_within(Count, &self.timeline)?,
        };
        Ok(OverDto {
            events: census.events,
            customers: census.customers,
            from: self.instants.from_ms.map(format_instant),
            to: self.instants.to_ms.map(format_instant),
        })
    }

    fn findings(&self, over: &OverDto) -> Vec<FindingDto> {
        let mut findings = Vec::new();
        if over.events == 0 {
            let detail = "there is no event in this period".to_owned();
            findings.push(FindingDto { code: "no_events", detail });
        }
        if self.vocabulary.has_overflown() {
            let detail = "there are more activities than are told apart; the last ones count as `(other)`".to_owned();
            findings.push(FindingDto { code: "too_many_activities", detail });
        }
        if self.units.is_some() && self.has_too_many_units {
            let detail = "there are more units than are told apart; events of the last ones are not seen".to_owned();
            findings.push(FindingDto { code: "too_many_units", detail });
        }
        findings
    }
}

/// How many events and customers a period has.
struct Count;

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Census {
    events: u64,
    customers: u64,
}

impl Operator for Count {
    type Partial = Census;
    type Output = Census;

    fn start(&self) -> Census {
        Census::default()
    }

    fn fold(&self, census: &mut Census, customer: LivedJourney<'_>) {
        census.events += customer.len() as u64;
        census.customers += u64::from(!customer.is_empty());
    }

    fn merge(&self, into: &mut Census, from: Census) {
        into.events += from.events;
        into.customers += from.customers;
    }

    fn finish(self, census: Census) -> Step<Self> {
        Step::Done(census)
    }
}

/// A step of a funnel, in codes and as an answer repeats it.
struct FoundStep {
    condition: FunnelCondition,
    shown: Vec<StepConditionDto>,
    findings: Vec<FindingDto>,
}

impl Moment {
    /// An activity, or an activity with conditions. A name that an activity bears as a whole is that activity.
    fn find_step(&self, step: &str) -> Result<FoundStep> {
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
    period: &Period,
    sight: &Sight,
) -> Result<FunnelDto> {
    let moment = Moment::now(app, period, sight)?;
    let mut conditions = Vec::with_capacity(steps.len());
    let mut shown = Vec::with_capacity(steps.len());
    let mut unseen = Vec::new();
    for step in steps {
        let found = moment.find_step(step)?;
        conditions.push(found.condition);
        shown.push(found.shown);
        unseen.extend(found.findings);
    }
    let funnel = moment.ask(FunnelQuestion::new(conditions, window_ms)?)?;
    let over = moment.over()?;
    let steps = funnel.steps.into_iter().zip(shown).map(|(step, conditions)| FunnelStepDto {
        activity: moment.vocabulary.label(step.activity),
        conditions,
        customers: step.customers,
        median_ms: step.median_ms,
    });
    let mut findings = moment.findings(&over);
    findings.extend(unseen);
    Ok(FunnelDto { customers: funnel.customers, steps: steps.collect(), window_ms, findings, over })
}

/// The answer is ordered by names, so that it does not depend on the order in which the names arrived.
pub fn compute_map(app: &App, with_medians: bool, period: &Period, sight: &Sight) -> Result<MapDto> {
    let moment = Moment::now(app, period, sight)?;
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
    period: &Period,
    sight: &Sight,
) -> Result<PathsDto> {
    let moment = Moment::now(app, period, sight)?;
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
