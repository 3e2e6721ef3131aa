//! Life cycle: of the customers of each period, who is new, who came again, who came back, and who stayed away.
//!
//! A customer is *active* in a period with an event in it. *New*: active for the first time. *Returning*: active in the
//! period before too. *Resurrected*: active at some time before, and not in the period before. *Dormant*: active in the
//! period before, and not in this one. So those of a period who are active are new, returning or resurrected, and those
//! who were active in the period before are returning or dormant.

use domain::error::Result;
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};
use crate::periods::{PeriodSet, Periods};

/// Periods that a question may have: three years of days.
pub const MOST_PERIODS: usize = 1_152;

/// The question: who is new, who stays, who comes back?
#[derive(Clone, Debug)]
pub struct LifeCycleQuestion {
    periods: Periods,
    active: Activities,
}

/// The customers of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeCyclePeriod {
    pub new: u64,
    pub returning: u64,
    pub resurrected: u64,
    /// Not active in this period, but in the one before.
    pub dormant: u64,
}

impl LifeCyclePeriod {
    /// Customers with an event in the period.
    pub fn active(&self) -> u64 {
        self.new + self.returning + self.resurrected
    }

    fn add(&mut self, other: LifeCyclePeriod) {
        self.new += other.new;
        self.returning += other.returning;
        self.resurrected += other.resurrected;
        self.dormant += other.dormant;
    }
}

impl LifeCycleQuestion {
    /// Active by one of these activities, in 1 to [`MOST_PERIODS`] periods between neighbouring instants in UTC
    /// milliseconds, which are put in order: period `n` is `edges[n] <= occurred_at < edges[n + 1]`.
    ///
    /// What happened before the first period says who is not new in it. Nothing is told of a period before the first,
    /// hence nobody is returning or dormant in the first one: who wants to know asks for one more in front.
    pub fn new(edges: Vec<i64>, active: Activities) -> Result<LifeCycleQuestion> {
        Ok(LifeCycleQuestion { periods: Periods::new(edges, MOST_PERIODS)?, active })
    }

    fn fold_periods<const WORDS: usize>(&self, partial: &mut [LifeCyclePeriod], customer: LivedJourney<'_>) {
        let inside = self.periods.inside(customer.occurred_at);
        if inside.is_empty() {
            return;
        }
        let before = &customer.activity[..inside.start];
        let mut is_known = before.iter().any(|activity| self.active.has(*activity));
        let mut periods = PeriodSet::<WORDS>::EMPTY;
        if self.active.is_any() {
            for &at in &customer.occurred_at[inside] {
                periods.put_if(true, self.periods.period_of(at));
            }
        } else {
            for (&at, &activity) in customer.occurred_at[inside.clone()].iter().zip(&customer.activity[inside]) {
                periods.put_if(self.active.has(activity), self.periods.period_of(at));
            }
        }
        // The period after the last one in which the customer was active.
        let mut next: Option<usize> = None;
        periods.for_each(|period| {
            match (next, is_known) {
                (Some(next), _) if next == period => partial[period].returning += 1,
                (_, true) => partial[period].resurrected += 1,
                (_, false) => partial[period].new += 1,
            }
            if let Some(stayed_away) = next.filter(|next| *next != period) {
                partial[stayed_away].dormant += 1;
            }
            next = Some(period + 1);
            is_known = true;
        });
        if let Some(stayed_away) = next.and_then(|next| partial.get_mut(next)) {
            stayed_away.dormant += 1;
        }
    }
}

impl Operator for LifeCycleQuestion {
    type Partial = Vec<LifeCyclePeriod>;
    /// One for each period, in order.
    type Output = Vec<LifeCyclePeriod>;

    fn needs(&self) -> Needs {
        Needs::EVERY_CUSTOMER.only_with(self.active.set())
    }

    fn start(&self) -> Self::Partial {
        vec![LifeCyclePeriod::default(); self.periods.len()]
    }

    fn fold(&self, partial: &mut Self::Partial, customer: LivedJourney<'_>) {
        match self.periods.len() {
            0..=64 => self.fold_periods::<1>(partial, customer),
            65..=128 => self.fold_periods::<2>(partial, customer),
            129..=384 => self.fold_periods::<6>(partial, customer),
            _ => self.fold_periods::<{ MOST_PERIODS / 64 }>(partial, customer),
        }
    }

    fn merge(&self, into: &mut Self::Partial, from: Self::Partial) {
        for (sum, more) in into.iter_mut().zip(from) {
            sum.add(more);
        }
    }

    fn finish(self, partial: Self::Partial) -> Step<Self> {
        Step::Done(partial)
    }
}
