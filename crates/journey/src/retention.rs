//! Retention: of those who began in a period, how many came back in each period after.
//!
//! The cohort of a customer is the period in which the customer did something that fits the start for the first time
//! within what is seen. A return is a later event that fits the return, in period `n` after that of the cohort; `n` is 0
//! for who came back within the same period, **after** the event that put the customer into the cohort. So even of any
//! activity the share of period 0 is not 100 %: it says how many did not stop at a single event.
//!
//! Cohorts of people who are followed over the same spans are the *standard cohort table* of Glenn, *Cohort Analysis*,
//! 2nd edition (2005), chapter 1. ClickHouse's `retention` asks the same of one cohort at a time.

use domain::error::Result;
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};
use crate::periods::{PeriodSet, Periods};

/// Periods that a question may have: three years of days.
pub const MOST_PERIODS: usize = 1_152;

/// When a customer counts as having come back in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Return {
    /// With an event in exactly this period.
    #[default]
    Exactly,
    /// With an event in this period or in any later one that is asked about.
    OnOrAfter,
}

/// The question: who comes back?
#[derive(Clone, Debug)]
pub struct RetentionQuestion {
    periods: Periods,
    start: Activities,
    back: Activities,
    rule: Return,
    most_offsets: usize,
    known_until_ms: i64,
}

/// Who came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// One for each period, in order, those that nobody began in included.
    pub cohorts: Vec<Cohort>,
    /// All cohorts together: for period `n` after the start those cohorts, for which that period is over.
    pub curve: Vec<Retained>,
    /// So many of the periods, from the first, are over. Period `n` of cohort `c` is complete when `c + n` is less.
    pub periods_over: usize,
}

/// Those who began in the same period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    pub customers: u64,
    /// Those who came back in period `n` after this one. As long as there are periods, and as were asked for.
    pub returned: Vec<u64>,
}

/// Customers of several cohorts, each as old as the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retained {
    /// Cohorts that are old enough and have customers.
    pub cohorts: u64,
    /// Their customers: a cohort weighs as many as it has.
    pub customers: u64,
    /// Those of them who came back.
    pub returned: u64,
}

/// What is known after some of the customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct RetentionPartial {
    /// By period.
    customers: Vec<u64>,
    /// The rows of the cohorts, one after the other. With [`Return::OnOrAfter`], by the last period with a return.
    returned: Vec<u64>,
}

impl RetentionQuestion {
    /// Cohorts by `start` and returns by `back`, in 1 to [`MOST_PERIODS`] periods between neighbouring instants in UTC
    /// milliseconds, which are put in order: period `n` is `edges[n] <= occurred_at < edges[n + 1]`. Who began before the
    /// first one is in no cohort.
    pub fn new(edges: Vec<i64>, start: Activities, back: Activities) -> Result<RetentionQuestion> {
        let periods = Periods::new(edges, MOST_PERIODS)?;
        let most_offsets = periods.len();
        Ok(RetentionQuestion { periods, start, back, rule: Return::default(), most_offsets, known_until_ms: i64::MAX })
    }

    /// Sets what counts as a return in a period.
    pub fn with_rule(mut self, rule: Return) -> RetentionQuestion {
        self.rule = rule;
        self
    }

    /// Asks only about so many periods after that of the cohort: at least 0.
    pub fn with_most_after(mut self, periods: usize) -> RetentionQuestion {
        self.most_offsets = self.periods.len().min(periods.saturating_add(1));
        self
    }

    /// Says until which instant it is known what happened: periods that end later are not complete.
    pub fn known_until(mut self, ms: i64) -> RetentionQuestion {
        self.known_until_ms = ms;
        self
    }

    /// Periods after its own that a cohort has, itself included.
    fn row_len(&self, cohort: usize) -> usize {
        (self.periods.len() - cohort).min(self.most_offsets)
    }

    /// Position of the event that puts a customer into a cohort.
    fn first_start(&self, customer: LivedJourney<'_>) -> Option<usize> {
        let first = match self.start.is_any() {
            true => (!customer.is_empty()).then_some(0)?,
            false => customer.activity.iter().position(|activity| self.start.has(*activity))?,
        };
        let at = customer.occurred_at[first];
        (self.periods.start() <= at && at < self.periods.end()).then_some(first)
    }

    /// The periods with a return, one bit for each. `WORDS` is enough for all periods.
    fn fold_exactly<const WORDS: usize>(&self, row: &mut [u64], cohort: usize, later: LivedJourney<'_>) {
        let mut periods = PeriodSet::<WORDS>::EMPTY;
        if self.back.is_any() {
            for &at in later.occurred_at {
                periods.put_if(true, self.periods.period_of(at));
            }
        } else {
            for (&at, &activity) in later.occurred_at.iter().zip(later.activity) {
                periods.put_if(self.back.has(activity), self.periods.period_of(at));
            }
        }
        periods.for_each(|period| {
            if let Some(returned) = row.get_mut(period - cohort) {
                *returned += 1;
            }
        });
    }
}

impl Operator for RetentionQuestion {
    type Partial = RetentionPartial;
    type Output = Retention;

    fn needs(&self) -> Needs {
        Needs::EVERY_CUSTOMER.only_with(self.start.set())
    }

    fn start(&self) -> RetentionPartial {
        let width = self.most_offsets;
        RetentionPartial { customers: vec![0; self.periods.len()], returned: vec![0; self.periods.len() * width] }
    }

    fn fold(&self, partial: &mut RetentionPartial, customer: LivedJourney<'_>) {
        let Some(first) = self.first_start(customer) else { return };
        let cohort = self.periods.period_of(customer.occurred_at[first]);
        partial.customers[cohort] += 1;
        let begins = first + 1;
        let later = &customer.occurred_at[begins..];
        let later = begins..begins + self.periods.inside(later).end;
        if later.is_empty() {
            return;
        }
        let row = &mut partial.returned[cohort * self.most_offsets..];
        let row = &mut row[..self.row_len(cohort)];
        match self.rule {
            Return::Exactly => {
                let later = customer.slice(later);
                match self.periods.len() {
                    0..=64 => self.fold_exactly::<1>(row, cohort, later),
                    65..=128 => self.fold_exactly::<2>(row, cohort, later),
                    129..=384 => self.fold_exactly::<6>(row, cohort, later),
                    _ => self.fold_exactly::<{ MOST_PERIODS / 64 }>(row, cohort, later),
                }
            }
            Return::OnOrAfter => {
                let last = customer.activity[later].iter().rposition(|activity| self.back.has(*activity));
                if let Some(last) = last {
                    let after = self.periods.period_of(customer.occurred_at[begins + last]) - cohort;
                    // A return later than is asked about counts for all that is.
                    row[after.min(row.len() - 1)] += 1;
                }
            }
        }
    }

    fn merge(&self, into: &mut RetentionPartial, from: RetentionPartial) {
        let sums = into.customers.iter_mut().chain(&mut into.returned);
        for (sum, more) in sums.zip(from.customers.into_iter().chain(from.returned)) {
            *sum += more;
        }
    }

    fn finish(self, partial: RetentionPartial) -> Step<Self> {
        let mut cohorts: Vec<Cohort> = Vec::with_capacity(self.periods.len());
        for (cohort, row) in partial.returned.chunks(self.most_offsets).enumerate() {
            let mut returned = row[..self.row_len(cohort)].to_vec();
            if self.rule == Return::OnOrAfter {
                let mut later = 0;
                for last_here in returned.iter_mut().rev() {
                    later += *last_here;
                    *last_here = later;
                }
            }
            cohorts.push(Cohort { customers: partial.customers[cohort], returned });
        }
        let periods_over = self.periods.over_at(self.known_until_ms);
        let mut curve = vec![Retained::default(); self.most_offsets];
        for (cohort, Cohort { customers, returned }) in cohorts.iter().enumerate().filter(|(_, it)| it.customers > 0) {
            for (sum, returned) in curve.iter_mut().zip(returned).take(periods_over.saturating_sub(cohort)) {
                sum.cohorts += 1;
                sum.customers += customers;
                sum.returned += returned;
            }
        }
        Step::Done(Retention { cohorts, curve, periods_over })
    }
}
