//! Scores: what customers answered to a survey, over time and by channel, unit or another property, each with its
//! interval.
//!
//! An *answer* is an event of one of some activities with a number in a property that the [metric](metric::Metric)
//! takes. It counts in the period in which it was given, in the group of its own channel, unit or value: a customer may
//! answer in several. How one score comes of many answers and what its interval is, is in [`interval`](Score): several
//! answers of one customer are never taken for independent evidence.
//!
//! Two passes when answers are grouped: which groups have most answers; and the answers of those, with all others as
//! one. Sums are integers, so that they do not depend on the order of addition.

use std::collections::BTreeMap;

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::attribution::OnlyWith;
use crate::breakdown::{BreakdownBy, BreakdownValue};
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};
use crate::periods::Periods;
use crate::properties::PropertyColumns;

pub mod change;
mod interval;
pub mod metric;
pub mod shrunk;

use interval::Sums;
pub use interval::{Score, ScoreDifference, score_difference};
use metric::Metric;

/// Periods that a question may have: three years of days.
pub const MOST_PERIODS: usize = 1_152;
/// Numbers that a partial result holds at most, of groups, periods and answers together.
const MOST_NUMBERS: usize = 1 << 22;
/// Numbers beside those of each answer that a group has in a period.
const NUMBERS_OF_SUMS: usize = 8;

/// The question: what is the score, of whom and when?
#[derive(Debug)]
pub struct ScoreQuestion {
    metric: Metric,
    answers: Activities,
    /// The column of the answer, and by its code which of the values it is.
    property: usize,
    table: Vec<Option<u16>>,
    /// The different answers in order, and what each is worth in millionths.
    values: Vec<f64>,
    micros: Vec<i64>,
    only: Option<OnlyWith>,
    periods: Periods,
    by: Option<BreakdownBy>,
    most_groups: usize,
    minimum: u64,
    /// Answers that are nobody's, with the places of their values.
    loose: Vec<(LooseAnswer, u16)>,
    /// Of these, those that are no answers.
    loose_unusable: u64,
    stage: Stage,
}

/// An answer that is on nobody's journey. It counts as that of a customer who gave no other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LooseAnswer {
    /// UTC milliseconds.
    pub at: i64,
    /// Exact to the millionth.
    pub number: f64,
    /// The group in which it counts.
    pub group: BreakdownValue,
}

#[derive(Debug)]
enum Stage {
    FindGroups,
    /// The row of each group, from 1; row 0 is of everybody. What has no row is in that of [`BreakdownValue::Other`].
    Count {
        rows: BTreeMap<BreakdownValue, usize>,
        together: u64,
    },
}

/// Scores of everybody and of groups.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// The different answers that there may be, lowest first.
    pub values: Vec<f64>,
    pub whole: ScoreSeries,
    /// In order of values: those with most answers, all others as [`BreakdownValue::Other`], and answers without a
    /// value.
    pub groups: Vec<ScoreGroup>,
    /// Groups that are told as one.
    pub together: u64,
    /// Events that have a value where the answer should be, and not one that the metric takes.
    pub unusable: u64,
}

/// The scores of one group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreGroup {
    pub value: BreakdownValue,
    pub scores: ScoreSeries,
}

/// A score over all periods, and in each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreSeries {
    pub total: Scored,
    /// One for each period, in order.
    pub periods: Vec<Scored>,
}

/// How many answered, and what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    pub answers: u64,
    /// Those who gave them; whoever gave a [loose](LooseAnswer) one counts once for each.
    pub customers: u64,
    /// How many of the answers are loose.
    pub loose: u64,
    /// None of fewer answers than the minimum.
    pub score: Option<Score>,
}

/// What is known after some of the customers; only what the pass looks for is filled.
#[derive(Debug, Serialize, Deserialize)]
pub struct ScorePartial {
    /// Answers by group; at most 65,536 groups.
    groups: BTreeMap<BreakdownValue, u64>,
    unusable: u64,
    /// By row and period; behind the last period, of all.
    sums: Vec<Sums>,
    /// The same for each value.
    counts: Vec<u64>,
    /// Cell and value of each answer of one customer; used again for the next.
    #[serde(skip)]
    room: Vec<(u32, u16)>,
}

/// Where answers are: the column of the property, and the number that each of its codes stands for, if any.
#[derive(Clone, Debug)]
pub struct AnswerTable {
    /// Position of the property's column, 0 to 63.
    pub property: usize,
    /// By code; codes beyond stand for no number. Exact to the millionth.
    pub numbers: Vec<Option<f64>>,
}

impl ScoreQuestion {
    /// The score by `metric` of events of `answers`, in 1 to [`MOST_PERIODS`] periods between neighbouring instants in
    /// UTC milliseconds, which are put in order: period `n` is `edges[n] <= occurred_at < edges[n + 1]`. Answers
    /// outside them do not count.
    pub fn new(metric: Metric, answers: Activities, table: &AnswerTable, edges: Vec<i64>) -> Result<ScoreQuestion> {
        let periods = Periods::new(edges, MOST_PERIODS)?;
        // Zero is one answer, whatever its sign.
        let taken = |number: &Option<f64>| number.map(|number| number + 0.0).filter(|number| metric.takes(*number));
        let mut values: Vec<f64> = table.numbers.iter().filter_map(taken).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let place = |number: f64| u16::try_from(values.binary_search_by(|value| value.total_cmp(&number)).ok()?).ok();
        let places = table.numbers.iter().map(|number| taken(number).and_then(place)).collect();
        let micros = values.iter().map(|value| metric.formula.micros(*value)).collect();
        let question = ScoreQuestion {
            metric,
            answers,
            property: table.property,
            table: places,
            values,
            micros,
            only: None,
            periods,
            by: None,
            most_groups: 0,
            minimum: 1,
            loose: Vec::new(),
            loose_unusable: 0,
            stage: Stage::Count { rows: BTreeMap::new(), together: 0 },
        };
        question.checked()
    }

    /// Tells answers apart: the `most_groups` groups with most answers, all others as one, and those without a value.
    pub fn by(mut self, by: BreakdownBy, most_groups: usize) -> Result<ScoreQuestion> {
        (self.by, self.most_groups, self.stage) = (Some(by), most_groups, Stage::FindGroups);
        self.checked()
    }

    /// Counts only answers of which another property has one of some values, such as those of one survey.
    pub fn only(mut self, only: OnlyWith) -> ScoreQuestion {
        self.only = Some(only);
        self
    }

    /// Tells the score of at least so many answers only; of fewer, how many they are. 1 unless told.
    pub fn with_minimum(mut self, answers: u64) -> ScoreQuestion {
        self.minimum = answers;
        self
    }

    /// Counts answers that are on nobody's journey too. Those that the metric does not take are unusable.
    pub fn with_loose(mut self, answers: Vec<LooseAnswer>) -> Result<ScoreQuestion> {
        let number = |answer: &LooseAnswer| answer.number + 0.0;
        let (taken, others): (Vec<_>, Vec<_>) =
            answers.into_iter().partition(|answer| self.metric.takes(number(answer)));
        let before = std::mem::take(&mut self.values);
        self.values = before.iter().copied().chain(taken.iter().map(number)).collect();
        self.values.sort_by(f64::total_cmp);
        self.values.dedup();
        let values = &self.values;
        let place = |number: f64| {
            let found = values.binary_search_by(|value| value.total_cmp(&number)).ok();
            found.and_then(|place| u16::try_from(place).ok())
        };
        let moved: Vec<Option<u16>> = before.iter().map(|value| place(*value)).collect();
        for known in &mut self.table {
            *known = known.and_then(|known| moved.get(usize::from(known)).copied().flatten());
        }
        self.loose = taken.iter().filter_map(|answer| Some((*answer, place(number(answer))?))).collect();
        self.micros = values.iter().map(|value| self.metric.formula.micros(*value)).collect();
        let is_inside = |answer: &LooseAnswer| (self.periods.start()..self.periods.end()).contains(&answer.at);
        self.loose.retain(|(answer, _)| is_inside(answer));
        self.loose_unusable = others.iter().filter(|answer| is_inside(answer)).count() as u64;
        self.checked()
    }

    /// Refuses what would not fit into memory, before anything is read.
    fn checked(self) -> Result<ScoreQuestion> {
        let rows = if self.by.is_some() { self.most_groups.saturating_add(3) } else { 1 };
        let numbers = rows.saturating_mul(self.width()).saturating_mul(self.values.len() + NUMBERS_OF_SUMS);
        if numbers > MOST_NUMBERS {
            return Err(Error::invalid(format!(
                "{} groups in {} periods with {} different answers are too many at once; ask for fewer groups or longer \
                 periods",
                self.most_groups,
                self.periods.len(),
                self.values.len()
            )));
        }
        Ok(self)
    }

    /// Cells of a row: one for each period, and one for all.
    fn width(&self) -> usize {
        self.periods.len() + 1
    }

    /// Calls `each` with every event that holds an answer and the place of its value, none where it is no number that
    /// the metric takes.
    fn for_each_answer(&self, customer: &LivedJourney<'_>, mut each: impl FnMut(usize, Option<u16>)) {
        let column = customer.properties.column(self.property);
        if column.is_empty() {
            return;
        }
        for event in self.periods.inside(customer.occurred_at) {
            let code = column[event];
            if code != PropertyColumns::NO_VALUE
                && self.answers.has(customer.activity[event])
                && self.counts(customer, event)
            {
                each(event, self.table.get(usize::from(code)).copied().flatten());
            }
        }
    }

    fn counts(&self, customer: &LivedJourney<'_>, event: usize) -> bool {
        self.only.as_ref().is_none_or(|only| {
            let code = customer.properties.column(only.property).get(event).copied();
            only.values.contains(&code.unwrap_or(PropertyColumns::NO_VALUE))
        })
    }

    fn group_of(&self, customer: &LivedJourney<'_>, event: usize) -> Option<BreakdownValue> {
        self.by.map(|by| by.value_of(customer, event))
    }

    /// Adds the answers of a customer, once for each cell that they are in.
    fn count(&self, rows: &BTreeMap<BreakdownValue, usize>, partial: &mut ScorePartial, customer: &LivedJourney<'_>) {
        let mut unusable = 0;
        let mut room = std::mem::take(&mut partial.room);
        room.clear();
        self.for_each_answer(customer, |event, value| {
            let Some(value) = value else {
                unusable += 1;
                return;
            };
            let period = self.periods.period_of(customer.occurred_at[event]);
            let row_of = |group| rows.get(&group).or_else(|| rows.get(&BreakdownValue::Other)).copied();
            let of_group = self.group_of(customer, event).and_then(row_of);
            for row in std::iter::once(0).chain(of_group) {
                let first = row * self.width();
                room.extend([first + period, first + self.periods.len()].map(|cell| (cell as u32, value)));
            }
        });
        room.sort_unstable();
        for of_cell in room.chunk_by(|one, next| one.0 == next.0) {
            let cell = of_cell[0].0 as usize;
            let mut micros = 0;
            for (_, value) in of_cell {
                let value = usize::from(*value);
                micros += i128::from(self.micros[value]);
                partial.counts[cell * self.values.len() + value] += 1;
            }
            partial.sums[cell].add(of_cell.len() as u64, micros);
        }
        partial.unusable += unusable;
        partial.room = room;
    }

    /// Which groups get a row of their own.
    fn learn_groups(mut self, groups: BTreeMap<BreakdownValue, u64>) -> ScoreQuestion {
        let mut known: Vec<(BreakdownValue, u64)> =
            groups.iter().map(|(group, answers)| (*group, *answers)).filter(|(group, _)| is_code(*group)).collect();
        // Of equally many answers the first code; the order of the map is that of codes.
        known.sort_by_key(|(_, answers)| std::cmp::Reverse(*answers));
        let together = known.len().saturating_sub(self.most_groups);
        let mut named: Vec<BreakdownValue> = known.iter().take(self.most_groups).map(|(group, _)| *group).collect();
        let has_others = together > 0 || groups.contains_key(&BreakdownValue::Other);
        named.extend(has_others.then_some(BreakdownValue::Other));
        named.extend(groups.contains_key(&BreakdownValue::Missing).then_some(BreakdownValue::Missing));
        named.sort_unstable();
        let rows = named.into_iter().zip(1..).collect();
        self.stage = Stage::Count { rows, together: together as u64 };
        self
    }

    /// Adds what is on nobody's journey, and says how much of it is in each cell.
    fn count_loose(&self, rows: &BTreeMap<BreakdownValue, usize>, partial: &mut ScorePartial) -> Vec<u64> {
        let mut loose = vec![0; partial.sums.len()];
        for (answer, value) in &self.loose {
            let period = self.periods.period_of(answer.at);
            let row_of = |group| rows.get(&group).or_else(|| rows.get(&BreakdownValue::Other)).copied();
            let of_group = self.by.and_then(|_| row_of(answer.group));
            let value = usize::from(*value);
            for row in std::iter::once(0).chain(of_group) {
                for place in [period, self.periods.len()] {
                    let cell = row * self.width() + place;
                    partial.counts[cell * self.values.len() + value] += 1;
                    partial.sums[cell].add(1, i128::from(self.micros[value]));
                    loose[cell] += 1;
                }
            }
        }
        loose
    }

    fn series(&self, partial: &ScorePartial, loose: &[u64], row: usize) -> ScoreSeries {
        let scored = |place: usize| {
            let cell = row * self.width() + place;
            let counts = &partial.counts[cell * self.values.len()..][..self.values.len()];
            let answers: u64 = counts.iter().sum();
            let sums = &partial.sums[cell];
            let is_told = answers >= self.minimum;
            let score = if is_told { sums.score(&self.metric, counts, &self.micros) } else { None };
            Scored { answers, customers: sums.customers, loose: loose[cell], score }
        };
        ScoreSeries { total: scored(self.periods.len()), periods: (0..self.periods.len()).map(scored).collect() }
    }
}

fn is_code(group: BreakdownValue) -> bool {
    matches!(group, BreakdownValue::Code(_))
}

impl Operator for ScoreQuestion {
    type Partial = ScorePartial;
    type Output = Scores;

    fn needs(&self) -> Needs {
        let columns = [Some(self.property), self.only.as_ref().map(|only| only.property)].into_iter().flatten();
        let read = columns.filter(|column| *column < PropertyColumns::MAX).fold(0, |bits, column| bits | 1 << column);
        let needs = Needs { properties: read, ..Needs::EVERY_CUSTOMER }.only_with(self.answers.set());
        self.by.map_or(needs, |by| by.reads(needs))
    }

    fn start(&self) -> ScorePartial {
        let rows = match &self.stage {
            Stage::FindGroups => 0,
            Stage::Count { rows, .. } => 1 + rows.len(),
        };
        let cells = rows * self.width();
        ScorePartial {
            groups: BTreeMap::new(),
            unusable: 0,
            sums: vec![Sums::default(); cells],
            counts: vec![0; cells * self.values.len()],
            room: Vec::new(),
        }
    }

    fn fold(&self, partial: &mut ScorePartial, customer: LivedJourney<'_>) {
        match &self.stage {
            Stage::Count { rows, .. } => self.count(rows, partial, &customer),
            Stage::FindGroups => self.for_each_answer(&customer, |event, value| {
                if let Some(group) = self.group_of(&customer, event).filter(|_| value.is_some()) {
                    *partial.groups.entry(group).or_default() += 1;
                }
            }),
        }
    }

    fn merge(&self, into: &mut ScorePartial, from: ScorePartial) {
        for (group, answers) in from.groups {
            *into.groups.entry(group).or_default() += answers;
        }
        into.unusable += from.unusable;
        into.sums.iter_mut().zip(&from.sums).for_each(|(sums, more)| sums.merge(more));
        into.counts.iter_mut().zip(from.counts).for_each(|(count, more)| *count += more);
    }

    fn finish(self, mut partial: ScorePartial) -> Step<Self> {
        let Stage::Count { rows, together } = &self.stage else {
            for (answer, _) in &self.loose {
                *partial.groups.entry(answer.group).or_default() += 1;
            }
            return Step::Again(self.learn_groups(partial.groups));
        };
        let loose = self.count_loose(rows, &mut partial);
        let group = |(value, row): (&BreakdownValue, &usize)| ScoreGroup {
            value: *value,
            scores: self.series(&partial, &loose, *row),
        };
        Step::Done(Scores {
            whole: self.series(&partial, &loose, 0),
            groups: rows.iter().map(group).collect(),
            together: *together,
            unusable: partial.unusable + self.loose_unusable,
            values: self.values,
        })
    }
}
