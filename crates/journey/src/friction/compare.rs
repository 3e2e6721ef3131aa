//! Customers who met a friction against comparable ones: at the same activity, in the same week, on the same channel, with
//! as many past events.

use serde::{Deserialize, Serialize};

use crate::share::Z;
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

/// Customers, and those of them who are lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Outcome {
    pub customers: u64,
    pub lost: u64,
}

impl Outcome {
    pub fn mark(&mut self, is_lost: bool) {
        self.customers += 1;
        self.lost += u64::from(is_lost);
    }
}

impl Total for Outcome {
    fn add(&mut self, other: &Outcome) {
        self.customers += other.customers;
        self.lost += other.lost;
    }
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

/// Sums over strata, in parts of 2⁻³², so that the order of adding changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Comparison {
    /// Those who met the friction and of whom it is known whether they are lost.
    pub observed: Outcome,
    /// Those of them who have comparable ones.
    pub comparable: Outcome,
    weight: i128,
    difference: i128,
    p: i128,
    q: i128,
}

fn fixed(number: f64) -> i128 {
    (number * 4_294_967_296.0).round() as i128
}

fn unfixed(number: i128) -> f64 {
    number as f64 / 4_294_967_296.0
}

impl Comparison {
    /// Adds a stratum: those who met the friction there, and those who never did.
    pub fn add(&mut self, met: Outcome, others: Outcome) {
        self.observed.add(&met);
        if others.customers == 0 || met.customers == 0 {
            return;
        }
        self.comparable.add(&met);
        let (n1, x1) = (met.customers as f64, met.lost as f64);
        let (n0, x0) = (others.customers as f64, others.lost as f64);
        let n = n1 + n0;
        self.weight += fixed(n1 * n0 / n);
        self.difference += fixed((x1 * n0 - x0 * n1) / n);
        self.p += fixed((n1 * n1 * x0 - n0 * n0 * x1 + n1 * n0 * (n0 - n1) / 2.0) / (n * n));
        self.q += fixed((x1 * (n0 - x0) + x0 * (n1 - x1)) / (2.0 * n));
    }

    /// The difference of shares over all strata, weighted as Mantel and Haenszel do, with the variance of Sato, *On the
    /// variance estimator for the Mantel-Haenszel risk difference* (1989), which holds for few large strata and for many
    /// small ones. `None` where nobody is comparable.
    pub fn lost(&self) -> Option<CustomersLost> {
        let weight = unfixed(self.weight);
        if weight <= 0.0 {
            return None;
        }
        let difference = (unfixed(self.difference) / weight).clamp(-1.0, 1.0);
        let variance = (difference * unfixed(self.p) + unfixed(self.q)) / (weight * weight);
        let reach = Z * variance.max(0.0).sqrt();
        let (low, high) = ((difference - reach).max(-1.0), (difference + reach).min(1.0));
        Some(CustomersLost { difference, low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(lost: u64, customers: u64) -> Outcome {
        Outcome { customers, lost }
    }

    #[test]
    fn one_stratum_is_a_plain_difference_of_two_shares() {
        let mut comparison = Comparison::default();
        comparison.add(outcome(30, 100), outcome(10, 100));
        let Some(lost) = comparison.lost() else { panic!("comparable") };
        let reach = 1.96 * f64::sqrt((0.3 * 0.7 + 0.1 * 0.9) / 100.0);
        assert!((lost.difference - 0.2).abs() < 1e-9 && (lost.high - 0.2 - reach).abs() < 1e-4, "{lost:?}");
    }

    #[test]
    fn strata_undo_what_mixing_makes_of_them() {
        // In each stratum both groups lose alike; those who met the friction are mostly where many are lost.
        let mut comparison = Comparison::default();
        comparison.add(outcome(80, 100), outcome(8, 10));
        comparison.add(outcome(1, 10), outcome(10, 100));
        comparison.add(outcome(5, 7), outcome(0, 0));
        let Some(lost) = comparison.lost() else { panic!("comparable") };
        assert!(lost.difference.abs() < 1e-9 && lost.low < 0.0 && 0.0 < lost.high, "{lost:?}");
        assert_eq!((comparison.observed, comparison.comparable), (outcome(86, 117), outcome(81, 110)));
        assert_eq!(Comparison::default().lost(), None);
    }

    #[test]
    fn the_order_of_strata_changes_nothing() {
        let strata: Vec<_> = (1..40).map(|n| (outcome(n / 3, n), outcome(n / 7, 3 * n % 11))).collect();
        let sum = |strata: &mut dyn Iterator<Item = &(Outcome, Outcome)>| {
            let mut comparison = Comparison::default();
            strata.for_each(|(met, others)| comparison.add(*met, *others));
            comparison.lost()
        };
        assert_eq!(sum(&mut strata.iter()), sum(&mut strata.iter().rev()));
    }
}
