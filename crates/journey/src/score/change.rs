//! When a score changed, and a smoother line through a series.
//!
//! The series is cut into levels: within one the score stays the same and what differs is chance. Of all ways to cut it
//! that is taken whose squared distances, each over its variance, are least together with a penalty for every level:
//! optimal partitioning, with the pruning of Killick, Fearnhead and Eckley (*Optimal detection of changepoints with a
//! linear computational cost*, 2012, PELT), which finds the same and leaves out what cannot be best.
//!
//! Two things keep quiet series quiet. The spread of one answer is that of all periods, so that a period whose few
//! answers are all the same weighs no more than another with as many. And where neighbouring periods differ by more
//! than answers let expect, as when the weather or a campaign plays a part, all variances grow by as much; the median
//! of these differences says so, because a few changes do not move it.

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use super::interval::Score;
use super::metric::Metric;
use crate::share::Z;

/// Periods with a score below which no change is looked for.
pub const FEWEST_PERIODS: usize = 4;
/// The penalty of a level is this and [`PENALTY_OF_LENGTH`] for each power of e of the length. Chosen by simulation: of
/// series of 12 to 520 quiet periods fewer than one in twenty has a change.
const PENALTY: f64 = 5.0;
const PENALTY_OF_LENGTH: f64 = 1.5;
/// Of so few differences between neighbours the variance that they show is doubled. By simulation too.
const FEW_DIFFERENCES: f64 = 10.0;
/// The median distance of a normal number from its mean, in standard deviations.
const MEDIAN_DISTANCE: f64 = 0.674_489_750_196_082;

/// A time in which the score stayed the same, as far as can be seen. It changed where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// The first period of it that has a score.
    pub first: usize,
    /// The last period of it that has a score.
    pub last: usize,
    /// The score, each period with the weight of its effective answers.
    pub value: f64,
    /// Lower end of its interval of 95 %, taken for granted that the score changed where it seems to.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Of its periods together.
    pub effective_answers: f64,
}

/// The levels of a series, in order; none of a series without scores. Periods without score lie in none or within one.
pub fn levels(metric: &Metric, periods: &[Option<&Score>]) -> Vec<Level> {
    let series = Series::of(periods);
    let cuts = series.cuts();
    let (lowest, highest) = metric.range();
    let level = |pair: &[usize]| {
        let (from, to) = (pair[0], pair[1]);
        let effective_answers = series.weight(from, to);
        let value = (series.middle + series.mean(from, to)).clamp(lowest, highest);
        let reach = Z * (series.of_one / effective_answers).sqrt();
        Level {
            first: series.places[from],
            last: series.places[to - 1],
            value,
            low: (value - reach).max(lowest),
            high: (value + reach).min(highest),
            effective_answers,
        }
    };
    cuts.windows(2).map(level).collect()
}

/// Scores that are known, with sums up to each, so that any stretch costs the same.
struct Series {
    /// Of each score, its period.
    places: Vec<usize>,
    /// Near all scores; they are added up as they differ from it, so that little is lost.
    middle: f64,
    /// Variance of one answer, with what else periods differ by.
    of_one: f64,
    /// Of the scores before each: effective answers, times the score, times the score squared.
    weights: Vec<f64>,
    sums: Vec<f64>,
    squares: Vec<f64>,
}

impl Series {
    fn of(periods: &[Option<&Score>]) -> Series {
        let known: Vec<(usize, &Score)> =
            periods.iter().enumerate().filter_map(|(place, score)| Some((place, (*score)?))).collect();
        let all: f64 = known.iter().map(|(_, score)| score.effective_answers).sum();
        let weighed = |of: &dyn Fn(&Score) -> f64| -> f64 {
            known.iter().map(|(_, score)| score.effective_answers * of(score)).sum::<f64>() / all
        };
        let middle = weighed(&|score| score.value);
        let of_one = weighed(&|score| score.variance * score.effective_answers);
        let mut differences: Vec<f64> = known
            .windows(2)
            .map(|pair| {
                let (before, after) = (pair[0].1, pair[1].1);
                let variance = of_one * (1.0 / before.effective_answers + 1.0 / after.effective_answers);
                (after.value - before.value).abs() / variance.sqrt()
            })
            .collect();
        differences.sort_by(f64::total_cmp);
        let typical = differences.get(differences.len() / 2).copied().unwrap_or_default() / MEDIAN_DISTANCE;
        // Few differences may be small by luck.
        let surely = typical * typical * (1.0 + FEW_DIFFERENCES / differences.len().max(1) as f64);
        let add = |of: &dyn Fn(&Score) -> f64| -> Vec<f64> {
            let sums = known.iter().scan(0.0, |sum, (_, score)| {
                *sum += of(score);
                Some(*sum)
            });
            std::iter::once(0.0).chain(sums).collect()
        };
        Series {
            places: known.iter().map(|(place, _)| *place).collect(),
            middle,
            of_one: of_one * surely.max(1.0),
            weights: add(&|score| score.effective_answers),
            sums: add(&|score| score.effective_answers * (score.value - middle)),
            squares: add(&|score| score.effective_answers * (score.value - middle).powi(2)),
        }
    }

    fn weight(&self, from: usize, to: usize) -> f64 {
        self.weights[to] - self.weights[from]
    }

    /// Of a stretch, beyond the middle.
    fn mean(&self, from: usize, to: usize) -> f64 {
        (self.sums[to] - self.sums[from]) / self.weight(from, to)
    }

    /// The squared distances of a stretch from its mean, over their variances.
    fn cost(&self, from: usize, to: usize) -> f64 {
        let sum = self.sums[to] - self.sums[from];
        let around = self.squares[to] - self.squares[from] - sum * sum / self.weight(from, to);
        around.max(0.0) / self.of_one
    }

    fn penalty(&self) -> f64 {
        PENALTY + PENALTY_OF_LENGTH * (self.places.len() as f64).ln()
    }

    /// Where levels begin, and the end.
    fn cuts(&self) -> Vec<usize> {
        let len = self.places.len();
        if len < FEWEST_PERIODS {
            return if len == 0 { vec![] } else { vec![0, len] };
        }
        let penalty = self.penalty();
        // Of what lies before each place: the least cost, and where its last level begins.
        let (mut least, mut begins) = (vec![-penalty], vec![0]);
        let mut open = vec![0];
        for to in 1..=len {
            let (mut best, mut cost) = (0, f64::INFINITY);
            for &from in &open {
                let this = least[from] + self.cost(from, to) + penalty;
                if this < cost {
                    (best, cost) = (from, this);
                }
            }
            // Whoever is beaten by a whole level now stays beaten.
            open.retain(|&from| least[from] + self.cost(from, to) <= cost);
            open.push(to);
            least.push(cost);
            begins.push(best);
        }
        let mut cuts = vec![len];
        while cuts[cuts.len() - 1] > 0 {
            cuts.push(begins[cuts[cuts.len() - 1]]);
        }
        cuts.reverse();
        cuts
    }
}

/// A score of a smoothed line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Smoothed {
    pub value: f64,
    /// As many independent answers of one period would vary as much.
    pub effective_answers: f64,
}

/// The line through a series that follows it with a delay: each score is the mean of all up to it, weighed by effective
/// answers, and half as much for every `half_life` periods that they lie back (exponential weights: Brown, *Statistical
/// forecasting for inventory control*, 1959). It is smoothed: neighbours share answers, so that two of its scores must
/// not be compared as if they were independent. None before the first score; a period without answers repeats what came
/// before.
pub fn smoothed(periods: &[Option<&Score>], half_life: f64) -> Result<Vec<Option<Smoothed>>> {
    if !(half_life > 0.0 && half_life.is_finite()) {
        return Err(Error::invalid(format!("a half-life is a number of periods above 0, not {half_life}")));
    }
    let keeps = (-std::f64::consts::LN_2 / half_life).exp();
    let (mut sum, mut weight, mut squares) = (0.0, 0.0, 0.0);
    let mut follow = |score: &Option<&Score>| {
        let (value, answers) = score.map_or((0.0, 0.0), |score| (score.value, score.effective_answers));
        // Very old scores must not fade to nothing, or nothing would be left to repeat.
        let keeps = if score.is_some() || weight > 1e-100 { keeps } else { 1.0 };
        sum = keeps * sum + answers * value;
        weight = keeps * weight + answers;
        squares = keeps * keeps * squares + answers;
        (weight > 0.0).then(|| Smoothed { value: sum / weight, effective_answers: weight * weight / squares })
    };
    Ok(periods.iter().map(&mut follow).collect())
}

#[cfg(test)]
mod tests;
