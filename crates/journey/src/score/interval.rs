//! A score with its interval, from sums that are exact.
//!
//! Answers of one customer are alike, so that they are less evidence than as many answers of as many customers. How
//! much less says the **design effect** (Kish, *Survey Sampling*, 1965, chapter 8): the variance of the score as a
//! ratio over customers (Cochran, *Sampling Techniques*, 1977, equation 6.13), over the variance that as many
//! independent answers would have. The **effective number of answers** is their number over the design effect; it is at
//! most the number of answers, and at least what would be left if all answers of a customer were the same: `n² / Σm²`
//! of customers with `m` answers each, which we call even customers, because it is their number where all answer
//! equally often. Where all answers are worth the same nothing can be seen of how alike those of a customer are, and it
//! is taken to be that least.
//!
//! A customer with most of the answers makes the score their own and hides how much customers vary. So the variance
//! counts even customers, `e / (e - 1)` and not `c / (c - 1)`: with this it is right on average where answers are
//! independent, however unevenly they fall on customers. And few customers say little about how much they vary. As Korn
//! and Graubard do (*Confidence intervals for proportions with small expected number of positive counts*, 1998), the
//! effective number goes into an interval times the square of `t(n - 1) / t(e - 1)`, which is 1 where nobody answered
//! twice.
//!
//! The intervals, all of 95 %, all within the range of the metric and never without width:
//!
//! * top boxes: Wilson's (see [`share_of`](crate::share_of));
//! * net share: the adjusted Wald interval with three pseudo-answers, ¾ at either end and 1½ between (Rocks, *Interval
//!   estimation for the "Net Promoter Score"*, The American Statistician 70, 2016; of the difference of two paired
//!   shares Bonett and Price, 2012);
//! * mean: Student's with two pseudo-answers, one at either end of the range. They do for a mean what Agresti and Coull
//!   (*Approximate is better than "exact"*, 1998) do for a share: five times five stars do not prove that nobody gives
//!   one. The choice is ours; simulations show that it covers, and that it is rather too wide than too narrow.

use serde::{Deserialize, Serialize};

use super::metric::{Formula, Metric};
use crate::share::{Z, share_of_sample, student};

/// Points are added up in millionths.
pub(super) const MICROS: f64 = 1e6;

/// A score with its interval of 95 %.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// In the range of the metric, as the ends of the interval are.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// As many independent answers would say as much: at least 1, at most the answers.
    pub effective_answers: f64,
    /// Of the score, in its unit squared. Never zero: the spread of answers comes with the pseudo-answers.
    pub variance: f64,
    /// How many gave each answer, in the order of [`Scores::values`](super::Scores).
    pub counts: Vec<u64>,
}

/// Answers of several customers. Integers, so that the order of adding changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sums {
    pub customers: u64,
    /// Of the answers of each customer, squared.
    answers_squared: i128,
    /// Of the points of each customer times the answers, and of the points squared.
    products: i128,
    points_squared: i128,
}

impl Sums {
    /// Adds a customer with answers that are worth so many millionths together.
    pub fn add(&mut self, answers: u64, micros: i128) {
        let answers = i128::from(answers);
        self.customers += 1;
        self.answers_squared += answers * answers;
        self.products += answers * micros;
        self.points_squared += micros * micros;
    }

    pub fn merge(&mut self, other: &Sums) {
        self.customers += other.customers;
        self.answers_squared += other.answers_squared;
        self.products += other.products;
        self.points_squared += other.points_squared;
    }

    /// The score of these answers: how many gave each, and what each is worth in millionths. None of nobody.
    pub fn score(&self, metric: &Metric, counts: &[u64], micros: &[i64]) -> Option<Score> {
        let answers: u64 = counts.iter().sum();
        (answers > 0).then(|| self.moments(answers, counts, micros).score(metric, counts))
    }

    /// Sums of squares around the mean are those around a whole number near it, which are exact, less what that one is
    /// off.
    fn moments(&self, answers: u64, counts: &[u64], micros: &[i64]) -> Moments {
        let worth =
            || counts.iter().map(|count| i128::from(*count)).zip(micros.iter().map(|micros| i128::from(*micros)));
        let n = i128::from(answers);
        let sum: i128 = worth().map(|(count, micros)| count * micros).sum();
        let near = sum / n;
        let off = (sum - near * n) as f64 / n as f64;
        let squares: i128 = worth().map(|(count, micros)| count * (micros - near) * (micros - near)).sum();
        let of_one = (squares as f64 / n as f64 - off * off).max(0.0) / (MICROS * MICROS);
        let around = self.points_squared - 2 * near * self.products + near * near * self.answers_squared;
        let crossed = self.products - near * self.answers_squared;
        let answers_squared = self.answers_squared as f64;
        let of_customers = around as f64 - 2.0 * off * crossed as f64 + off * off * answers_squared;
        Moments {
            mean: (near as f64 + off) / MICROS,
            // Rounding must not make a spread of answers that are all worth the same.
            of_one: if squares == 0 || is_one_value(counts, micros) { 0.0 } else { of_one },
            of_customers: of_customers.max(0.0) / (MICROS * MICROS),
            answers,
            even_customers: (n as f64 * n as f64 / answers_squared).clamp(1.0, n as f64),
        }
    }
}

fn is_one_value(counts: &[u64], micros: &[i64]) -> bool {
    let mut given = counts.iter().zip(micros).filter(|(count, _)| **count > 0).map(|(_, micros)| micros);
    let first = given.next();
    given.all(|micros| Some(micros) == first)
}

/// What answers come to, in points.
struct Moments {
    mean: f64,
    /// Variance of an answer.
    of_one: f64,
    /// Sum over customers of the square of what their answers are worth beyond the mean.
    of_customers: f64,
    answers: u64,
    /// As many customers with equally many answers each would hold as much; at least 1, at most the answers.
    even_customers: f64,
}

impl Moments {
    fn effective_answers(&self) -> f64 {
        let (n, even) = (self.answers as f64, self.even_customers);
        if self.of_one == 0.0 || even == 1.0 {
            return even;
        }
        let independent = self.of_one / (n - 1.0);
        let clustered = even / (even - 1.0) * self.of_customers / (n * n);
        (n * independent / clustered).clamp(even, n)
    }

    fn score(&self, metric: &Metric, counts: &[u64]) -> Score {
        let formula = metric.formula;
        let effective_answers = self.effective_answers();
        // Down to whole degrees of freedom, and rounding must not lose one.
        let degrees = (self.even_customers + 1e-6) as u64 - 1;
        let few_customers = (student(self.answers - 1) / student(degrees)).powi(2);
        let size = (effective_answers * few_customers).max(1.0);
        let (lowest, highest) = formula.point_range(metric.answers);
        // Points are rounded to the millionth, and must not leave the range for it.
        let mean = self.mean.clamp(lowest, highest);
        let at_either_end = match formula {
            Formula::NetShare { .. } => 0.75,
            Formula::TopBoxes { .. } => Z * Z / 2.0,
            Formula::Mean => 1.0,
        };
        let between = if matches!(formula, Formula::NetShare { .. }) { 1.5 } else { 0.0 };
        let all = size + 2.0 * at_either_end + between;
        let middle = (size * mean + at_either_end * (lowest + highest)) / all;
        let around = |point: f64| (point - middle) * (point - middle);
        let spread = size * (self.of_one + around(mean))
            + at_either_end * (around(lowest) + around(highest))
            + between * around((lowest + highest) / 2.0);
        let of_one = spread / all;
        let (low, high) = match formula {
            Formula::TopBoxes { .. } => {
                let share = share_of_sample(mean, size);
                (share.low, share.high)
            }
            Formula::NetShare { .. } | Formula::Mean => {
                let far = if formula == Formula::Mean { student(self.answers - 1) } else { Z };
                let reach = far * (of_one / all).sqrt();
                (middle - reach, middle + reach)
            }
        };
        let scale = formula.scale();
        Score {
            value: scale * mean,
            low: scale * low.clamp(lowest, mean),
            high: scale * high.clamp(mean, highest),
            effective_answers,
            variance: scale * scale * of_one / effective_answers,
            counts: counts.to_vec(),
        }
    }
}

/// How much larger a score is than another, with an interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreDifference {
    /// In the unit of the score, as the ends of the interval are.
    pub difference: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The first score less the second, of the same metric and of two populations that have nobody in common, from their
/// intervals: Zou and Donner, *Construction of confidence limits about effect measures: a general approach* (2008). Of
/// top boxes it is Newcombe's interval (see [`difference_of`](crate::difference_of)).
pub fn score_difference(first: &Score, second: &Score) -> ScoreDifference {
    let difference = first.value - second.value;
    let below = (first.value - first.low).hypot(second.high - second.value);
    let above = (first.high - first.value).hypot(second.value - second.low);
    ScoreDifference { difference, low: difference - below, high: difference + above }
}

#[cfg(test)]
mod tests;
