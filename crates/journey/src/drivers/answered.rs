//! What is known of answers: one row for each, with what the customer said, lived before it and did after it.
//!
//! An *answer* is an event of the period of which the outcome is known. [Facts](Fact) look at the answer's own event, or at
//! the customer's other events [during](During) a time before or after it. Whoever asks hands over a source that holds that
//! time too: a source cut to the period would make everybody look as if nothing had come before.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Observations;
use crate::activities::Activities;
use crate::attribution::{OnlyWith, OutcomeValues};
use crate::needs::Needs;
use crate::on_channels::ChannelSet;
use crate::operator::{LivedJourney, Operator, Step};
use crate::properties::PropertyColumns;
use crate::waits::Waits;

/// Answers that are taken down at most.
pub const MOST_ANSWERS: usize = 500_000;
const MINUTE_MS: f64 = 60_000.0;
/// A twelfth of a year of 365.25 days.
const MONTH_MS: f64 = 30.4375 * 86_400_000.0;
const MICROS: f64 = 1e6;

/// A time relative to an answer, in milliseconds: `begin <= occurred_at - answer < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct During {
    pub begin: i64,
    pub end: i64,
}

/// Something that is taken down of an answer.
#[derive(Clone, Debug)]
pub enum Fact {
    /// The number that the value of a property stands for.
    Number { property: usize, numbers: Arc<[Option<f64>]> },
    /// Whether a property has one of some values, 1 or 0, by code; unknown where the event has no value of `known_by`, which may be the same.
    OneOf { property: usize, is_one: Arc<[bool]>, known_by: usize },
    /// The code of a property's value; unknown where it has none.
    Code { property: usize },
    /// The code of the channel; unknown where it has none.
    Channel,
    /// The code of the unit; unknown where it has none.
    Unit,
    /// Events of some activities.
    Count { activities: Activities, during: During },
    /// Minutes that the customer waited, as an event says and otherwise to the next event, at most to the answer.
    Minutes { waits: Waits, during: During },
    /// How often an event was on another channel than the one before it; events of some activities and events without
    /// channel are passed over.
    ChannelChanges { except: Activities, during: During },
    /// What events of some activities are worth.
    Worth { activities: Activities, values: Arc<OutcomeValues>, during: During },
    /// Months since the first event.
    MonthsKnown { during: During },
    /// 100 where there is an event of some activities, and otherwise 0: so a coefficient is in percentage points.
    Happens { activities: Activities, during: During },
}

/// The question: what is known of the answers of a period?
#[derive(Debug)]
pub struct AnsweredQuestion {
    /// Of which activities answers are.
    pub answers: Activities,
    /// An event is an answer where one of these is known.
    pub said: Vec<Fact>,
    /// Only answers of which another property has one of some values.
    pub only: Option<OnlyWith>,
    /// Only answers on these channels.
    pub channels: Option<ChannelSet>,
    /// When answers were given, in UTC milliseconds; the end is not in it.
    pub period: Range<i64>,
    /// Only answers of which it is known.
    pub outcome: Fact,
    pub facts: Vec<Fact>,
}

/// Answers with what is known of each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    pub customers: Vec<u64>,
    pub outcome: Vec<f64>,
    /// In the order of the facts that were asked for; not a number where one is unknown.
    pub columns: Vec<Vec<f64>>,
    /// Whether there were more than [`MOST_ANSWERS`], so that some are missing and nothing should be told.
    pub is_cut: bool,
}

impl During {
    fn positions(self, occurred_at: &[i64], answer: usize) -> Range<usize> {
        let at = occurred_at[answer];
        let begin = occurred_at.partition_point(|other| *other < at.saturating_add(self.begin));
        let end = occurred_at.partition_point(|other| *other < at.saturating_add(self.end));
        begin..end.max(begin)
    }
}

fn code_of(customer: &LivedJourney<'_>, event: usize, property: usize) -> Option<u16> {
    customer.properties.column(property).get(event).copied().filter(|code| *code != PropertyColumns::NO_VALUE)
}

impl Fact {
    /// What it is of the answer at a position; none where it is not known.
    fn of(&self, customer: &LivedJourney<'_>, answer: usize) -> Option<f64> {
        let at = customer.occurred_at;
        let count = |during: &During, activities: &Activities| {
            let inside = during.positions(at, answer);
            customer.activity[inside].iter().filter(|activity| activities.has(**activity)).count()
        };
        match self {
            Fact::Number { property, numbers } => {
                let code = code_of(customer, answer, *property)?;
                *numbers.get(usize::from(code))?
            }
            Fact::OneOf { property, is_one, known_by } => {
                code_of(customer, answer, *known_by)?;
                let code = code_of(customer, answer, *property);
                Some(f64::from(code.is_some_and(|code| is_one.get(usize::from(code)) == Some(&true))))
            }
            Fact::Code { property } => code_of(customer, answer, *property).map(f64::from),
            Fact::Channel => {
                let channel = customer.channel[answer];
                (channel != LivedJourney::NO_CHANNEL).then(|| f64::from(channel))
            }
            Fact::Unit => {
                let unit = customer.unit.get(answer).copied();
                unit.filter(|unit| *unit != LivedJourney::NO_UNIT).map(f64::from)
            }
            Fact::Count { activities, during } => Some(count(during, activities) as f64),
            Fact::Happens { activities, during } => Some(if count(during, activities) > 0 { 100.0 } else { 0.0 }),
            Fact::Minutes { waits, during } => {
                let waited_ms = during.positions(at, answer).filter_map(|event| {
                    let until_answer = at[answer].abs_diff(at[event]);
                    let is_stated = waits.stated_ms(customer, event).is_some();
                    let (_, lasted_ms) = waits.find(customer, event)?;
                    Some(if is_stated { lasted_ms } else { lasted_ms.min(until_answer) })
                });
                Some(waited_ms.sum::<u64>() as f64 / MINUTE_MS)
            }
            Fact::ChannelChanges { except, during } => {
                let inside = during.positions(at, answer).filter(|event| !except.has(customer.activity[*event]));
                let mut channels = inside.map(|event| customer.channel[event]);
                let mut channels = channels.by_ref().filter(|channel| *channel != LivedJourney::NO_CHANNEL);
                let mut before = channels.next();
                let changes = channels.filter(|channel| before.replace(*channel) != Some(*channel)).count();
                Some(changes as f64)
            }
            Fact::Worth { activities, values, during } => {
                let inside = during.positions(at, answer).filter(|event| activities.has(customer.activity[*event]));
                let micros: i128 = inside.map(|event| i128::from(values.micros_of(customer, event))).sum();
                Some(micros as f64 / MICROS)
            }
            Fact::MonthsKnown { during } => {
                let first = during.positions(at, answer).next().unwrap_or(answer);
                Some(at[answer].abs_diff(at[first]) as f64 / MONTH_MS)
            }
        }
    }

    fn needs(&self, needs: Needs) -> Needs {
        let read = match self {
            Fact::Number { property, .. } | Fact::Code { property } => 1 << property,
            Fact::OneOf { property, known_by, .. } => 1 << property | 1 << known_by,
            Fact::Unit => return needs.with_units(),
            Fact::Minutes { waits, .. } => waits.columns(),
            Fact::Worth { values, .. } => values.columns(),
            Fact::Channel
            | Fact::Count { .. }
            | Fact::ChannelChanges { .. }
            | Fact::MonthsKnown { .. }
            | Fact::Happens { .. } => 0,
        };
        Needs { properties: needs.properties | read, ..needs }
    }
}

impl AnsweredQuestion {
    fn is_answer(&self, customer: &LivedJourney<'_>, event: usize) -> bool {
        let is_of_channels = self.channels.is_none_or(|channels| channels.has(customer.channel[event]));
        let is_one = self.only.as_ref().is_none_or(|only| {
            let code = customer.properties.column(only.property).get(event).copied();
            only.values.contains(&code.unwrap_or(PropertyColumns::NO_VALUE))
        });
        self.answers.has(customer.activity[event])
            && is_of_channels
            && is_one
            && self.said.iter().any(|said| said.of(customer, event).is_some())
    }
}

impl Operator for AnsweredQuestion {
    type Partial = Answered;
    /// Customer by customer, the answers of each in order.
    type Output = Answered;

    fn needs(&self) -> Needs {
        let only = self.only.as_ref().map_or(0, |only| 1 << only.property);
        let needs = Needs { properties: only, ..Needs::EVERY_CUSTOMER }.only_with(self.answers.set());
        let facts = self.said.iter().chain(&self.facts).chain(std::iter::once(&self.outcome));
        facts.fold(needs, |needs, fact| fact.needs(needs))
    }

    fn start(&self) -> Answered {
        Answered { columns: vec![Vec::new(); self.facts.len()], ..Answered::default() }
    }

    fn fold(&self, partial: &mut Answered, customer: LivedJourney<'_>) {
        let at = customer.occurred_at;
        let begin = at.partition_point(|at| *at < self.period.start);
        let end = at.partition_point(|at| *at < self.period.end);
        for event in begin..end.max(begin) {
            if !self.is_answer(&customer, event) {
                continue;
            }
            let Some(outcome) = self.outcome.of(&customer, event) else { continue };
            if partial.customers.len() >= MOST_ANSWERS {
                partial.is_cut = true;
                return;
            }
            partial.customers.push(customer.customer);
            partial.outcome.push(outcome);
            for (column, fact) in partial.columns.iter_mut().zip(&self.facts) {
                column.push(fact.of(&customer, event).unwrap_or(f64::NAN));
            }
        }
    }

    fn merge(&self, into: &mut Answered, from: Answered) {
        into.customers.extend(from.customers);
        into.outcome.extend(from.outcome);
        into.columns.iter_mut().zip(from.columns).for_each(|(column, more)| column.extend(more));
        into.is_cut |= from.is_cut || into.customers.len() > MOST_ANSWERS;
    }

    fn finish(self, partial: Answered) -> Step<Self> {
        let mut order: Vec<usize> = (0..partial.customers.len()).collect();
        order.sort_by_key(|row| partial.customers[*row]);
        let sorted = |column: &Vec<f64>| order.iter().map(|row| column[*row]).collect();
        Step::Done(Answered {
            customers: order.iter().map(|row| partial.customers[*row]).collect(),
            outcome: sorted(&partial.outcome),
            columns: partial.columns.iter().map(sorted).collect(),
            is_cut: partial.is_cut,
        })
    }
}

/// Codes as columns of ones and zeros.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldApart {
    /// The most frequent code, with which the others are compared; it has no column. None where all are unknown.
    pub usual: Option<u16>,
    /// One for each of the next codes, 1 where the answer has it, 0 where it has another, unknown where its own is unknown;
    /// behind them, with no code, one for all that are left.
    pub columns: Vec<(Option<u16>, Vec<f64>)>,
}

impl ToldApart {
    /// The `most` most frequent codes besides the usual one, and all others as one.
    pub fn of(codes: &[f64], most: usize) -> ToldApart {
        let mut counts = BTreeMap::<u16, u64>::new();
        for code in codes.iter().filter(|code| code.is_finite()) {
            *counts.entry(*code as u16).or_default() += 1;
        }
        let mut by_count: Vec<(u16, u64)> = counts.into_iter().collect();
        by_count.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let usual = by_count.first().map(|(code, _)| *code);
        let named: Vec<u16> = by_count.iter().skip(1).take(most).map(|(code, _)| *code).collect();
        let column = |is_it: &dyn Fn(u16) -> bool| -> Vec<f64> {
            let one = |code: &f64| if code.is_finite() { f64::from(is_it(*code as u16)) } else { f64::NAN };
            codes.iter().map(one).collect()
        };
        let mut columns: Vec<(Option<u16>, Vec<f64>)> =
            named.iter().map(|code| (Some(*code), column(&|other| other == *code))).collect();
        if by_count.len() > 1 + most {
            columns.push((None, column(&|other| Some(other) != usual && !named.contains(&other))));
        }
        ToldApart { usual, columns }
    }
}

impl Answered {
    /// The answers with no controls or variables yet.
    pub fn observations(&self) -> Observations {
        Observations { customers: self.customers.clone(), outcome: self.outcome.clone(), ..Observations::default() }
    }
}
