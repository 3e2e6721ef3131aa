//! Scores by writing down every answer, and intervals by their formulas as they stand in the papers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use journey::attribution::OnlyWith;
use journey::breakdown::{BreakdownBy, BreakdownValue};
use journey::score::AnswerTable;
use journey::score::metric::{Formula, Metric};
use journey::{LivedJourney, PropertyColumns};

use crate::log::Log;

/// So many answers a log may have.
const MOST_ANSWERS: u16 = 200;
static PERCENTILES: OnceLock<Vec<f64>> = OnceLock::new();

/// A question about scores.
#[derive(Clone, Debug)]
pub struct AskedScore {
    pub metric: Metric,
    /// None for any activity.
    pub answers: Option<Vec<u16>>,
    pub table: AnswerTable,
    /// In order, none twice, at least two.
    pub edges: Vec<i64>,
    pub only: Option<OnlyWith>,
    /// With how many groups are told apart.
    pub by: Option<(BreakdownBy, usize)>,
}

/// A score as it is counted: answers, customers, and of some answers the score, its interval, effective answers and
/// variance.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedScore {
    pub answers: Vec<f64>,
    pub customers: u64,
    pub numbers: Option<[f64; 5]>,
}

/// Scores as they are counted.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedScores {
    pub rows: Vec<CountedRow>,
    /// Events whose answer is none.
    pub unusable: u64,
}

/// The scores of a group, or of everybody: over all periods, then in each.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedRow {
    pub group: Option<BreakdownValue>,
    pub scores: Vec<CountedScore>,
}

/// An answer: who, when, in which group, what.
type Answer = (u64, i64, Option<BreakdownValue>, f64);

/// Everybody's scores, then each group's.
pub fn scores(log: &Log, asked: &AskedScore) -> CountedScores {
    let mut answers: Vec<Answer> = Vec::new();
    let mut unusable = 0;
    let (start, end) = (asked.edges[0], asked.edges[asked.edges.len() - 1]);
    for journey in log.journeys() {
        for event in 0..journey.len() {
            let code = asked.code(&journey, event, asked.table.property);
            let at = journey.occurred_at[event];
            if code == PropertyColumns::NO_VALUE || !asked.is_asked(&journey, event) || at < start || at >= end {
                continue;
            }
            match asked.table.numbers.get(usize::from(code)).copied().flatten() {
                Some(number) if asked.metric.answers.0 <= number && number <= asked.metric.answers.1 => {
                    let group = asked.by.map(|(by, _)| group_of(&journey, by, event));
                    answers.push((journey.customer, at, group, number));
                }
                _ => unusable += 1,
            }
        }
    }
    if let Some((_, most)) = asked.by {
        let groups: BTreeSet<BreakdownValue> = answers.iter().filter_map(|answer| answer.2).collect();
        let count = |group: BreakdownValue| answers.iter().filter(|answer| answer.2 == Some(group)).count();
        let mut known: Vec<BreakdownValue> =
            groups.into_iter().filter(|group| matches!(group, BreakdownValue::Code(_))).collect();
        known.sort_by_key(|group| (std::cmp::Reverse(count(*group)), *group));
        let rest: BTreeSet<BreakdownValue> = known.into_iter().skip(most).collect();
        for answer in &mut answers {
            answer.2 = answer.2.map(|group| if rest.contains(&group) { BreakdownValue::Other } else { group });
        }
    }
    let groups: BTreeSet<BreakdownValue> = answers.iter().filter_map(|answer| answer.2).collect();
    let rows = std::iter::once(None).chain(groups.into_iter().map(Some));
    let row = |group: Option<BreakdownValue>| {
        let of_row = |answer: &&Answer| group.is_none() || answer.2 == group;
        let of_group: Vec<Answer> = answers.iter().filter(of_row).copied().collect();
        let within = |from: i64, to: i64| of_group.iter().filter(|it| from <= it.1 && it.1 < to).copied().collect();
        let periods = asked.edges.windows(2).map(|edges| within(edges[0], edges[1]));
        let all: Vec<Vec<Answer>> = std::iter::once(of_group.clone()).chain(periods).collect();
        CountedRow { group, scores: all.iter().map(|answers| asked.counted(answers)).collect() }
    };
    CountedScores { rows: rows.map(row).collect(), unusable }
}

impl AskedScore {
    fn code(&self, journey: &LivedJourney<'_>, event: usize, property: usize) -> u16 {
        // A journey may have fewer columns than are asked for: then it has no value.
        journey.properties.column(property).get(event).copied().unwrap_or(PropertyColumns::NO_VALUE)
    }

    fn is_asked(&self, journey: &LivedJourney<'_>, event: usize) -> bool {
        let is_answer = self.answers.as_ref().is_none_or(|answers| answers.contains(&journey.activity[event]));
        let only = self.only.as_ref();
        is_answer && only.is_none_or(|only| only.values.contains(&self.code(journey, event, only.property)))
    }

    fn points(&self, answer: f64) -> f64 {
        match self.metric.formula {
            Formula::NetShare { detractors_to, promoters_from } => {
                f64::from(answer >= promoters_from) - f64::from(answer <= detractors_to)
            }
            Formula::TopBoxes { from } => f64::from(answer >= from),
            Formula::Mean => answer,
        }
    }

    fn counted(&self, answers: &[Answer]) -> CountedScore {
        let mut by_customer: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
        for (customer, _, _, answer) in answers {
            by_customer.entry(*customer).or_default().push(self.points(*answer));
        }
        let mut given: Vec<f64> = answers.iter().map(|answer| answer.3).collect();
        given.sort_by(f64::total_cmp);
        let by_customer: Vec<Vec<f64>> = by_customer.into_values().collect();
        let numbers = (!answers.is_empty()).then(|| self.numbers(&by_customer));
        CountedScore { answers: given, customers: by_customer.len() as u64, numbers }
    }

    fn numbers(&self, by_customer: &[Vec<f64>]) -> [f64; 5] {
        let all: Vec<f64> = by_customer.concat();
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let squares: f64 = all.iter().map(|point| (point - mean).powi(2)).sum();
        let even = n * n / by_customer.iter().map(|own| (own.len() as f64).powi(2)).sum::<f64>();
        let are_same = all.iter().all(|point| *point == all[0]);
        let effective = if are_same || by_customer.len() < 2 {
            even
        } else {
            let beyond = |own: &Vec<f64>| own.iter().map(|point| point - mean).sum::<f64>().powi(2);
            let clustered = even / (even - 1.0) * by_customer.iter().map(beyond).sum::<f64>() / (n * n);
            let design_effect = clustered / (squares / (n - 1.0) / n);
            (n / design_effect).max(even).min(n)
        };
        let percentiles =
            PERCENTILES.get_or_init(|| (1..=MOST_ANSWERS).map(|degrees| student(f64::from(degrees))).collect());
        let t = |degrees: usize| percentiles[degrees.max(1) - 1];
        let few = t(all.len() - 1) / t((even + 1e-6) as usize - 1);
        let size = (effective * few * few).max(1.0);
        // The answers, weighed as so many, and the pseudo-answers.
        let z = 1.959_963_984_540_054_f64;
        let pseudo = match self.metric.formula {
            Formula::NetShare { .. } => vec![(-1.0, 0.75), (0.0, 1.5), (1.0, 0.75)],
            Formula::TopBoxes { .. } => vec![(0.0, z * z / 2.0), (1.0, z * z / 2.0)],
            Formula::Mean => vec![(self.metric.answers.0, 1.0), (self.metric.answers.1, 1.0)],
        };
        let weighed: Vec<(f64, f64)> = all.iter().map(|point| (*point, size / n)).chain(pseudo).collect();
        let weight: f64 = weighed.iter().map(|(_, weight)| weight).sum();
        let middle = weighed.iter().map(|(point, weight)| point * weight).sum::<f64>() / weight;
        let of_one = weighed.iter().map(|(point, weight)| weight * (point - middle).powi(2)).sum::<f64>() / weight;
        let (low, high, lowest, highest, scale) = match self.metric.formula {
            Formula::NetShare { .. } => {
                let reach = z * (of_one / weight).sqrt();
                (middle - reach, middle + reach, -1.0, 1.0, 100.0)
            }
            Formula::TopBoxes { .. } => {
                // Wilson: those shares from which this one is just as far as 95 % allow.
                let is_near = |share: f64| (mean - share).powi(2) <= z * z * share * (1.0 - share) / size;
                let low = bisect(0.0, mean, |share| !is_near(share));
                (low, bisect(mean, 1.0, is_near), 0.0, 1.0, 100.0)
            }
            Formula::Mean => {
                let reach = t(all.len() - 1) * (of_one / weight).sqrt();
                (middle - reach, middle + reach, self.metric.answers.0, self.metric.answers.1, 1.0)
            }
        };
        let (low, high) = (low.max(lowest).min(mean), high.min(highest).max(mean));
        [scale * mean, scale * low, scale * high, effective, scale * scale * of_one / effective]
    }
}

fn group_of(journey: &LivedJourney<'_>, by: BreakdownBy, event: usize) -> BreakdownValue {
    let (code, missing, other) = match by {
        BreakdownBy::Channel => (u16::from(journey.channel[event]), u16::from(LivedJourney::NO_CHANNEL), u16::MAX),
        BreakdownBy::Unit => (journey.unit[event], LivedJourney::NO_UNIT, LivedJourney::OTHER_UNIT),
        BreakdownBy::Property(property) => {
            let code = journey.properties.column(property).get(event).copied();
            (code.unwrap_or(PropertyColumns::NO_VALUE), PropertyColumns::NO_VALUE, PropertyColumns::OTHER_VALUE)
        }
    };
    match code {
        code if code == missing => BreakdownValue::Missing,
        code if code == other => BreakdownValue::Other,
        code => BreakdownValue::Code(code),
    }
}

/// Where what holds below ends to hold.
fn bisect(low: f64, high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if holds(middle) { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The 97.5th percentile of Student's distribution by adding up its density under `t = √ν tan θ`, of which `cos^(ν-1)
/// θ` is left.
fn student(degrees: f64) -> f64 {
    let slices = 20_000;
    let width = std::f64::consts::FRAC_PI_2 / f64::from(slices);
    let density: Vec<f64> =
        (0..slices).map(|slice| ((f64::from(slice) + 0.5) * width).cos().powf(degrees - 1.0)).collect();
    let mut left = 0.95 * density.iter().sum::<f64>();
    for (slice, density) in density.iter().enumerate() {
        if left < *density {
            return degrees.sqrt() * ((slice as f64 + left / density) * width).tan();
        }
        left -= density;
    }
    f64::INFINITY
}
