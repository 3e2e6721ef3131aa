//! Customers who met a friction against comparable ones: at the same activity, in the same week, on the same channel, with
//! as many past events.

use serde::{Deserialize, Serialize};

use crate::share::{Difference, Z, difference_of};
use crate::tally::{Key, Total};

/// Where customers are comparable: activity, week, channel and decile of past events, packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Stratum(u64);

impl Stratum {
    pub fn new(activity: u16, week: usize, channel: u8, decile: usize) -> Stratum {
        Stratum(u64::from(activity) << 40 | (week as u64) << 16 | u64::from(channel) << 8 | decile as u64)
    }

    pub fn activity(self) -> u16 {
        (self.0 >> 40) as u16
    }
}

/// Whom of a stratum a count is about. Frictions by their place among those compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Group {
    /// Everybody, with the outcome that begins at once (false) or after the time of an abandonment (true).
    Everybody { is_delayed: bool },
    /// Those who met the friction there for the first time.
    Met(u32),
    /// Those who have met the friction anywhere: they are not comparable.
    MetAnywhere(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct GroupInStratum {
    pub stratum: Stratum,
    pub group: Group,
}

impl Key for GroupInStratum {
    /// All groups of a stratum have one place, so that a pass counts all of them.
    fn place(&self) -> u64 {
        self.stratum.0.place()
    }
}

/// Customers, those of them who are lost, and what they spent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    pub customers: u64,
    pub lost: u64,
    /// Only where amounts are asked for, and apart, because there are many outcomes.
    pub spent: Option<Box<Spent>>,
}

/// Sums of amounts in millionths, and of their squares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Spent {
    pub micros: i128,
    pub squares: i128,
}

impl Outcome {
    /// One more customer, with what they spent in millionths where that is asked for.
    pub fn mark(&mut self, is_lost: bool, micros: Option<i128>) {
        self.customers += 1;
        self.lost += u64::from(is_lost);
        if let Some(micros) = micros {
            let spent = self.spent.get_or_insert_default();
            spent.micros = spent.micros.saturating_add(micros);
            spent.squares = spent.squares.saturating_add(micros.saturating_mul(micros));
        }
    }

    /// The customers who are not among these.
    pub fn without(&self, some: &Outcome) -> Outcome {
        let of_some = some.spent.as_deref().copied().unwrap_or_default();
        let spent = self
            .spent
            .as_ref()
            .map(|all| Box::new(Spent { micros: all.micros - of_some.micros, squares: all.squares - of_some.squares }));
        Outcome { customers: self.customers - some.customers, lost: self.lost - some.lost, spent }
    }
}

impl Total for Outcome {
    fn add(&mut self, other: &Outcome) {
        self.customers += other.customers;
        self.lost += other.lost;
        if let Some(other) = &other.spent {
            let spent = self.spent.get_or_insert_default();
            spent.micros = spent.micros.saturating_add(other.micros);
            spent.squares = spent.squares.saturating_add(other.squares);
        }
    }
}

/// How much less those spent who met a friction than comparable ones, per customer and in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpentLess {
    /// What those spent who met it and have comparable ones, the mean.
    pub per_customer: f64,
    /// How much less that is than what comparable ones spent; negative where it is more.
    pub less: f64,
    /// The interval of 95 % of `less`.
    pub low: f64,
    pub high: f64,
}

/// How many more are lost of those who met a friction than of comparable ones.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CustomersLost {
    /// Difference of the shares lost, -1 to 1.
    pub difference: f64,
    /// Its interval of 95 %.
    pub low: f64,
    pub high: f64,
}

/// Sums over strata, in parts of 2⁻⁴⁸, so that the order of adding changes nothing. Finer than any number of customers makes
/// visible: a variance of nearly nothing is what remains of sums that are large.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparison {
    /// Those who met the friction and of whom it is known whether they are lost.
    pub observed: Outcome,
    /// Those of them who have comparable ones.
    pub comparable: Outcome,
    /// With whom they are compared.
    others: u64,
    weight: i128,
    difference: i128,
    p: i128,
    q: i128,
    spending: SpendingComparison,
}

/// Sums over strata of what was spent, in whole units of the currency.
#[derive(Clone, Copy, Debug, Default)]
struct SpendingComparison {
    /// Customers of comparable strata, and these strata.
    customers: u64,
    strata: u64,
    difference: i128,
    /// Of the variance, by powers of the difference: see [`Comparison::spent`].
    squares: i128,
    linear: i128,
    constant: i128,
}

/// Amounts are in millionths.
const MICROS: f64 = 1_000_000.0;

const PARTS: f64 = (1_u64 << 48) as f64;

fn fixed(number: f64) -> i128 {
    (number * PARTS).round() as i128
}

fn unfixed(number: i128) -> f64 {
    number as f64 / PARTS
}

impl Comparison {
    /// Adds a stratum: those who met the friction there, and those who never did.
    pub fn add(&mut self, met: &Outcome, others: &Outcome) {
        self.observed.add(met);
        if others.customers == 0 || met.customers == 0 {
            return;
        }
        self.comparable.add(met);
        self.others += others.customers;
        let (n1, x1) = (met.customers as f64, met.lost as f64);
        let (n0, x0) = (others.customers as f64, others.lost as f64);
        let n = n1 + n0;
        self.weight += fixed(n1 * n0 / n);
        self.difference += fixed((x1 * n0 - x0 * n1) / n);
        self.p += fixed((n1 * n1 * x0 - n0 * n0 * x1 + n1 * n0 * (n0 - n1) / 2.0) / (n * n));
        self.q += fixed((x1 * (n0 - x0) + x0 * (n1 - x1)) / (2.0 * n));
        if let (Some(spent), Some(of_others)) = (&met.spent, &others.spent) {
            self.spending.add((n1, spent), (n0, of_others));
        }
    }

    /// The difference of shares over all strata, weighted as Mantel and Haenszel do, with the variance of Sato, *On the
    /// variance estimator for the Mantel-Haenszel risk difference* (1989), which holds for few large strata and for many
    /// small ones. Where in no stratum one is lost and another is not, that variance is zero, and the interval is the one of
    /// two shares of which each is whole. `None` where nobody is comparable.
    pub fn lost(&self) -> Option<CustomersLost> {
        let weight = unfixed(self.weight);
        if weight <= 0.0 {
            return None;
        }
        let difference = (unfixed(self.difference) / weight).clamp(-1.0, 1.0);
        let variance = (difference * unfixed(self.p) + unfixed(self.q)) / (weight * weight);
        if self.q == 0 {
            let whole = |customers| (customers, customers);
            let Difference { low, high, .. } = difference_of(whole(self.comparable.customers), whole(self.others))?;
            return Some(CustomersLost { difference, low, high });
        }
        let reach = Z * variance.max(0.0).sqrt();
        let (low, high) = ((difference - reach).max(-1.0), (difference + reach).min(1.0));
        Some(CustomersLost { difference, low, high })
    }

    /// The difference of what was spent, each customer against those of the same stratum: the coefficient of having met the
    /// friction in a least-squares regression with a level for each stratum, which weights strata as [`Comparison::lost`]
    /// does. Its variance allows those who met it and the others to vary differently, as purchases do: White, *A
    /// heteroskedasticity-consistent covariance matrix estimator* (1980), with the degrees of freedom of MacKinnon and
    /// White (1985, HC1). `None` where nobody is comparable, too few are, or no amounts were asked for.
    pub fn spent(&self) -> Option<SpentLess> {
        let SpendingComparison { customers, strata, .. } = self.spending;
        let weight = unfixed(self.weight);
        let freedom = customers.checked_sub(strata + 1).filter(|freedom| *freedom > 0)? as f64;
        let difference = unfixed(self.spending.difference) / weight;
        let [squares, linear, constant] =
            [self.spending.squares, self.spending.linear, self.spending.constant].map(unfixed);
        let variance = squares - 2.0 * difference * linear + difference * difference * constant;
        let variance = variance.max(0.0) / (weight * weight) * customers as f64 / freedom;
        let (less, reach) = (-difference * MICROS, Z * variance.sqrt() * MICROS);
        let micros = self.comparable.spent.as_ref()?.micros as f64;
        let per_customer = micros / self.comparable.customers as f64;
        Some(SpentLess { per_customer, less, low: less - reach, high: less + reach })
    }
}

impl SpendingComparison {
    /// Adds a stratum: how many met the friction and what they spent, and the same of the others.
    fn add(&mut self, (n1, met): (f64, &Spent), (n0, others): (f64, &Spent)) {
        let n = n1 + n0;
        let (s1, s0) = (met.micros as f64 / MICROS, others.micros as f64 / MICROS);
        let (mean1, mean0, mean) = (s1 / n1, s0 / n0, (s1 + s0) / n);
        // The sum of squares around the mean of the group, and from there to that of the stratum.
        let around = |spent: &Spent, n: f64, of_group: f64| {
            let own = (spent.squares as f64 / (MICROS * MICROS) - n * of_group * of_group).max(0.0);
            own + n * (of_group - mean) * (of_group - mean)
        };
        let (lever1, lever0) = (n0 / n, -n1 / n);
        self.customers += n as u64;
        self.strata += 1;
        self.difference += fixed((s1 * n0 - s0 * n1) / n);
        self.squares += fixed(lever1 * lever1 * around(met, n1, mean1) + lever0 * lever0 * around(others, n0, mean0));
        self.linear += fixed(lever1.powi(3) * (s1 - n1 * mean) + lever0.powi(3) * (s0 - n0 * mean));
        self.constant += fixed(lever1.powi(4) * n1 + lever0.powi(4) * n0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(lost: u64, customers: u64) -> Outcome {
        Outcome { customers, lost, spent: None }
    }

    #[test]
    fn one_stratum_is_a_plain_difference_of_two_shares() {
        let mut comparison = Comparison::default();
        comparison.add(&outcome(30, 100), &outcome(10, 100));
        let Some(lost) = comparison.lost() else { panic!("comparable") };
        let reach = 1.96 * f64::sqrt((0.3 * 0.7 + 0.1 * 0.9) / 100.0);
        assert!((lost.difference - 0.2).abs() < 1e-9 && (lost.high - 0.2 - reach).abs() < 1e-4, "{lost:?}");
    }

    #[test]
    fn equal_fates_of_few_customers_say_little() {
        let mut comparison = Comparison::default();
        comparison.add(&outcome(7, 7), &outcome(40, 40));
        comparison.add(&outcome(0, 1), &outcome(0, 12));
        let Some(lost) = comparison.lost() else { panic!("comparable") };
        assert!(lost.difference == 0.0 && lost.low < -0.3 && (0.05..0.1).contains(&lost.high), "{lost:?}");
    }

    #[test]
    fn strata_undo_what_mixing_makes_of_them() {
        // In each stratum both groups lose alike; those who met the friction are mostly where many are lost.
        let mut comparison = Comparison::default();
        comparison.add(&outcome(80, 100), &outcome(8, 10));
        comparison.add(&outcome(1, 10), &outcome(10, 100));
        comparison.add(&outcome(5, 7), &outcome(0, 0));
        let Some(lost) = comparison.lost() else { panic!("comparable") };
        assert!(lost.difference.abs() < 1e-9 && lost.low < 0.0 && 0.0 < lost.high, "{lost:?}");
        assert_eq!((comparison.observed, comparison.comparable), (outcome(86, 117), outcome(81, 110)));
        assert_eq!(Comparison::default().lost(), None);
    }

    fn spending(amounts: &[i128]) -> Outcome {
        let mut outcome = Outcome::default();
        amounts.iter().for_each(|amount| outcome.mark(false, Some(amount * 1_000_000)));
        outcome
    }

    #[test]
    fn one_stratum_of_spending_is_a_plain_difference_of_two_means() {
        let (met, others) = ([0, 0, 10, 30], [20, 40, 60, 20, 10]);
        let mut comparison = Comparison::default();
        comparison.add(&spending(&met), &spending(&others));
        let Some(spent) = comparison.spent() else { panic!("comparable") };
        assert!((spent.less - 20e6).abs() < 1.0 && (spent.per_customer - 10e6).abs() < 1.0, "{spent:?}");
        // Each mean has its own variance, with the sums of squares over all degrees of freedom: 600/4² and 1600/5², by 9/7.
        let reach = 1.959_964 * f64::sqrt((600.0 / 16.0 + 1_600.0 / 25.0) * 9.0 / 7.0) * 1e6;
        assert!((spent.high - spent.less - reach).abs() < 10.0, "{spent:?} {reach}");
    }

    #[test]
    fn levels_of_strata_are_no_difference_of_spending() {
        let mut comparison = Comparison::default();
        comparison.add(&spending(&[100, 102, 98]), &spending(&[100]));
        comparison.add(&spending(&[1]), &spending(&[1, 2, 0, 1]));
        let Some(spent) = comparison.spent() else { panic!("comparable") };
        assert!(spent.less.abs() < 1.0 && spent.low < 0.0 && spent.high > 0.0, "{spent:?}");
        let mut single = Comparison::default();
        single.add(&spending(&[5]), &spending(&[7]));
        assert_eq!(single.spent(), None, "one pair says nothing about chance");
        single.add(&outcome(1, 2), &outcome(1, 2));
        assert_eq!(Comparison::default().spent(), None);
    }

    #[test]
    fn the_order_of_strata_changes_nothing() {
        let strata: Vec<_> = (1..40).map(|n| (outcome(n / 3, n), outcome(n / 7, 3 * n % 11))).collect();
        let sum = |strata: &mut dyn Iterator<Item = &(Outcome, Outcome)>| {
            let mut comparison = Comparison::default();
            strata.for_each(|(met, others)| comparison.add(met, others));
            comparison.lost()
        };
        assert_eq!(sum(&mut strata.iter()), sum(&mut strata.iter().rev()));
    }
}
