//! Shops, teams or channels beside each other, without luck leading the ranking.
//!
//! Of many groups that are all the same, those with few answers are first and last, because their scores vary most. So
//! each score is drawn towards the mean of all, the more the fewer answers it rests on: empirical Bayes, as in Morris,
//! *Parametric empirical Bayes inference: theory and applications* (1983), for groups of unlike size. How much the
//! groups truly differ is estimated by the method of moments of Paule and Mandel (*Consensus values and weighting
//! factors*, 1982): the variance between groups that leaves their squared distances as large as chance would.
//!
//! The spread of one answer is that of everybody, the same for every group, over the effective number of answers of the
//! group. A shop whose three answers are all ten would otherwise seem to be sure of itself. Kleinman does so for shares
//! (*Proportions with extraneous variance*, 1973). It counts what groups differ by as spread too, and so draws a little
//! more rather than less.
//!
//! Of fewer than four groups nothing can be learnt about how groups differ (Stein's paradox begins there), and nothing
//! is drawn.

use serde::{Deserialize, Serialize};

use super::interval::Score;
use super::metric::Metric;
use crate::share::Z;

/// Groups from which on scores are drawn to their mean.
pub const FEWEST_GROUPS: usize = 4;

/// The score of a group, as far as it can be told from luck.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shrunk {
    /// In the unit of the score, as the ends of the interval are.
    pub value: f64,
    /// Lower end of the interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
    /// How much of it is the group's own score, 0 to 1; the rest is the mean of all.
    pub own: f64,
    /// The rank to expect, 1 for the highest score: 1 and, for each other group, the probability that it is higher
    /// (Laird and Louis, *Empirical Bayes ranking methods*, 1989).
    pub rank: f64,
    /// The ranks that the group may have, with 95 %: others are surely higher or lower when a comparison says so that
    /// allows for how many are compared (Bonferroni).
    pub rank_from: usize,
    pub rank_to: usize,
}

/// The groups of a question beside each other, in the order given; none for groups without score. `whole` is the score
/// of all of them together.
pub fn shrunk(metric: &Metric, groups: &[Option<&Score>], whole: &Score) -> Vec<Option<Shrunk>> {
    let of_one = whole.variance * whole.effective_answers;
    let known = || groups.iter().flatten();
    let observed: Vec<Observed> =
        known().map(|score| Observed { value: score.value, variance: of_one / score.effective_answers }).collect();
    let mut beliefs = believe(&observed);
    if observed.len() == 1 {
        // Nothing to be compared with: what it says of itself.
        beliefs = known().map(|score| Belief { interval: Some((score.low, score.high)), ..beliefs[0] }).collect();
    }
    let (lowest, highest) = metric.range();
    let mut ranked = (0..beliefs.len()).map(|place| beliefs[place].ranked(place, &beliefs, (lowest, highest)));
    groups.iter().map(|group| group.and_then(|_| ranked.next())).collect()
}

/// A score and how much it varies by chance.
#[derive(Clone, Copy, Debug)]
struct Observed {
    value: f64,
    variance: f64,
}

/// What a score is, after what was observed of all.
#[derive(Clone, Copy, Debug)]
struct Belief {
    value: f64,
    variance: f64,
    own: f64,
    /// Where it is known better than from the variance.
    interval: Option<(f64, f64)>,
}

/// The estimates of Morris (1983) for unlike variances, with one common mean. His factor `(k - 3) / (k - 1)` is in the
/// interval and not in the score: there it would put a shop with three answers, of five shops, halfway to what it was
/// by luck.
fn believe(observed: &[Observed]) -> Vec<Belief> {
    let groups = observed.len() as f64;
    if observed.len() < FEWEST_GROUPS {
        let own = |it: &Observed| Belief { value: it.value, variance: it.variance, own: 1.0, interval: None };
        return observed.iter().map(own).collect();
    }
    let between = variance_between(observed);
    let weight = |it: &Observed| 1.0 / (it.variance + between);
    let weights: f64 = observed.iter().map(weight).sum();
    let mean = mean_with(observed, between);
    // The variance of chance of a group of middling weight.
    let middling = observed.iter().map(|it| weight(it) * it.variance).sum::<f64>() / weights;
    let belief = |it: &Observed| {
        let drawn = it.variance * weight(it);
        // The variance between groups is itself an estimate: the interval draws less, and the more apart the less.
        let surely_drawn = (groups - 3.0) / (groups - 1.0) * drawn;
        let share_of_mean = weight(it) / weights;
        let unsure = 2.0 / (groups - 3.0) * surely_drawn * surely_drawn * (middling + between) * weight(it);
        let apart = it.value - mean;
        Belief {
            value: mean + (1.0 - drawn) * apart,
            variance: it.variance * (1.0 - (1.0 - share_of_mean) * surely_drawn) + unsure * apart * apart,
            own: 1.0 - drawn,
            interval: None,
        }
    };
    observed.iter().map(belief).collect()
}

fn mean_with(observed: &[Observed], between: f64) -> f64 {
    let weights: f64 = observed.iter().map(|it| 1.0 / (it.variance + between)).sum();
    observed.iter().map(|it| it.value / (it.variance + between)).sum::<f64>() / weights
}

/// The variance between groups that makes the sum of squared distances, each over its variance, one less than the
/// groups (Paule and Mandel). It falls as the variance grows, so that there is one such; zero where even that is too
/// much.
fn variance_between(observed: &[Observed]) -> f64 {
    let excess = |between: f64| {
        let mean = mean_with(observed, between);
        let sum: f64 = observed.iter().map(|it| (it.value - mean).powi(2) / (it.variance + between)).sum();
        sum - (observed.len() as f64 - 1.0)
    };
    if excess(0.0) <= 0.0 {
        return 0.0;
    }
    let mean = mean_with(observed, 0.0);
    let (mut low, mut high) = (0.0, observed.iter().map(|it| (it.value - mean).powi(2)).sum::<f64>());
    while excess(high) > 0.0 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = (low + high) / 2.0;
        if excess(middle) > 0.0 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

impl Belief {
    fn ranked(&self, place: usize, all: &[Belief], range: (f64, f64)) -> Shrunk {
        let others = all.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, other)| other);
        let distances: Vec<f64> =
            others.map(|other| (other.value - self.value) / (other.variance + self.variance).sqrt()).collect();
        let sure = normal_quantile(0.025 / distances.len().max(1) as f64);
        let reach = Z * self.variance.sqrt();
        let (low, high) = self.interval.unwrap_or((self.value - reach, self.value + reach));
        // Rounding must not leave the range.
        let value = self.value.clamp(range.0, range.1);
        Shrunk {
            value,
            low: low.clamp(range.0, value),
            high: high.clamp(value, range.1),
            own: self.own,
            rank: 1.0 + distances.iter().map(|distance| normal_below(*distance)).sum::<f64>(),
            rank_from: 1 + distances.iter().filter(|distance| **distance >= sure).count(),
            rank_to: all.len() - distances.iter().filter(|distance| **distance <= -sure).count(),
        }
    }
}

/// The share of the normal distribution below `x`, by its series (Marsaglia, *Evaluating the normal distribution*,
/// 2004).
fn normal_below(x: f64) -> f64 {
    if x.abs() > 8.0 {
        return f64::from(x > 0.0);
    }
    let (mut sum, mut term, mut odd) = (x, x, 1.0);
    while sum + term != sum || odd < 3.0 {
        odd += 2.0;
        term *= x * x / odd;
        sum += term;
        if term == 0.0 {
            break;
        }
    }
    0.5 + sum * (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// Beyond which so much of the normal distribution lies, at most a half.
fn normal_quantile(beyond: f64) -> f64 {
    let (mut low, mut high) = (0.0, 8.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if normal_below(-middle) > beyond { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests;
