//! What a count of the next week may be, from the weeks before, and how surprising another count is.
//!
//! Weekly counts vary more than pure chance would have it. The model is the quasi-Poisson one that Farrington, Andrews, Beale and
//! Catchpole use to find outbreaks early ("A statistical algorithm for the early detection of outbreaks of infectious disease",
//! J. R. Statist. Soc. A 159, 1996, 547–563) with the milder weights of Noufaily et al. ("An improved algorithm for outbreak
//! detection in multiple surveillance systems", Statist. Med. 32, 2013, 1206–1222): a level `μ`, a variance `φ μ` with
//! `φ ≥ 1` from the Pearson residuals, weeks far out weighed down, and symmetry by the power 2/3. Two things differ: the level
//! has no trend (what grows steadily has a larger `φ` and so a wider range), and quantiles are Student's, because `φ` comes from
//! few weeks.

/// Fewer weeks say nothing.
pub const FEWEST_WEEKS: usize = 4;
/// Residuals beyond this are weighed down (Noufaily et al., section 3.4).
const FAR_OUT: f64 = 2.58;

/// The level of some weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Events a week.
    pub mean: f64,
    /// How many times as large the variance is as the mean; at least 1.
    pub dispersion: f64,
    /// Weeks it comes from.
    pub weeks: usize,
}

impl Level {
    /// The level of at least [`FEWEST_WEEKS`] weeks.
    pub fn of(history: &[u64]) -> Option<Level> {
        let weeks = history.len();
        if weeks < FEWEST_WEEKS {
            return None;
        }
        let counts: Vec<f64> = history.iter().map(|count| *count as f64).collect();
        let first = fit(&counts, &vec![1.0; weeks]);
        let weights: Vec<f64> = counts.iter().map(|count| weight(*count, first)).collect();
        let sum: f64 = weights.iter().sum();
        let weights: Vec<f64> = weights.iter().map(|weight| weight * weeks as f64 / sum).collect();
        Some(fit(&counts, &weights))
    }

    /// What the next week may have, from this level alone.
    pub fn next(self) -> Expectation {
        let variance = self.dispersion * self.mean * (1.0 + 1.0 / self.weeks as f64);
        Expectation { mean: self.mean, variance, weeks: self.weeks, is_seasonal: false }
    }

    /// What the next week may have when it differs from this level as the same week a year ago differed from its own, with the
    /// uncertainty of both.
    pub fn next_as_a_year_ago(self, before: Level, then: u64) -> Expectation {
        let then = then as f64 + 0.5;
        let level_then = before.mean + 0.5;
        let mean = self.mean * then / level_then;
        // Relative variances of independent estimates add up (delta method).
        let relative = self.dispersion / (self.mean * self.weeks as f64).max(0.5)
            + before.dispersion / then
            + before.dispersion / (level_then * before.weeks as f64);
        let variance = self.dispersion * mean + mean * mean * relative;
        Expectation { mean, variance, weeks: self.weeks.min(before.weeks), is_seasonal: true }
    }
}

fn fit(counts: &[f64], weights: &[f64]) -> Level {
    let weeks = counts.len() as f64;
    let weighted = |each: &dyn Fn(f64) -> f64| -> f64 {
        counts.iter().zip(weights).map(|(count, weight)| weight * each(*count)).sum()
    };
    // Half an event over all weeks: an activity that paused has a level of almost, not of exactly, nothing.
    let mean = (weighted(&|count| count) / weeks).max(0.5 / weeks);
    let pearson = weighted(&|count| (count - mean) * (count - mean) / mean);
    Level { mean, dispersion: (pearson / (weeks - 1.0)).max(1.0), weeks: counts.len() }
}

fn weight(count: f64, level: Level) -> f64 {
    let residual = 1.5 * (count.powf(2.0 / 3.0) - level.mean.powf(2.0 / 3.0))
        / (level.mean.powf(1.0 / 6.0) * level.dispersion.sqrt());
    if residual.abs() <= FAR_OUT { 1.0 } else { (FAR_OUT / residual).powi(2) }
}

/// What a week may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expectation {
    /// Events expected.
    pub mean: f64,
    variance: f64,
    /// Weeks it comes from.
    pub weeks: usize,
    /// Whether the same week a year ago says what to expect.
    pub is_seasonal: bool,
}

impl Expectation {
    /// The standard deviation of `count^(2/3)`.
    fn spread(&self) -> f64 {
        2.0 / 3.0 * self.mean.powf(-1.0 / 3.0) * self.variance.sqrt()
    }

    fn degrees(&self) -> f64 {
        self.weeks as f64 - 1.0
    }

    /// The probability, on both sides together, of a count at least as far off, if nothing has changed: between 0 and 1.
    pub fn p_value(&self, count: u64) -> f64 {
        let distance = (count as f64).powf(2.0 / 3.0) - self.mean.powf(2.0 / 3.0);
        student_tails(distance / self.spread(), self.degrees())
    }

    /// The range in which a share of the weeks lies if nothing changes, such as 0.95. Never below 0.
    pub fn range(&self, share: f64) -> (f64, f64) {
        let reach = student_quantile(1.0 - share, self.degrees()) * self.spread();
        let middle = self.mean.powf(2.0 / 3.0);
        ((middle - reach).max(0.0).powf(1.5), (middle + reach).powf(1.5))
    }
}

/// For each p-value the share of false discoveries among what is at least as surprising (Benjamini and Hochberg, "Controlling the
/// false discovery rate", J. R. Statist. Soc. B 57, 1995, 289–300). What is at most `q` may be called a discovery, and in the
/// long run a share of at most `q` of all discoveries is none.
pub fn false_discovery(p_values: &[f64]) -> Vec<f64> {
    let count = p_values.len() as f64;
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*b].total_cmp(&p_values[*a]));
    let mut shares = vec![1.0; p_values.len()];
    let mut least: f64 = 1.0;
    for (place, index) in order.into_iter().enumerate() {
        least = least.min(p_values[index] * count / (count - place as f64));
        shares[index] = least;
    }
    shares
}

/// Both tails of Student's distribution: `I_x(ν/2, 1/2)` at `x = ν / (ν + t²)` (NIST Digital Library of Mathematical Functions,
/// 8.17).
pub(crate) fn student_tails(t: f64, degrees: f64) -> f64 {
    if !t.is_finite() {
        return 0.0;
    }
    incomplete_beta(degrees / (degrees + t * t), degrees / 2.0, 0.5)
}

/// The `t` beyond which, on both sides together, `tails` of the distribution lies.
pub(crate) fn student_quantile(tails: f64, degrees: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1e6);
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if student_tails(middle, degrees) > tails { low = middle } else { high = middle }
    }
    high
}

/// The regularised incomplete beta function by its continued fraction (DLMF 8.17.22), evaluated by Lentz's method.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = (a * x.ln() + b * (1.0 - x).ln() - ln_beta(a, b)).exp() / a;
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut c, mut d) = (1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for step in 1..300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for coefficient in [even, odd] {
            d = 1.0 / away(1.0 + coefficient * d);
            c = away(1.0 + coefficient / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-14 {
            break;
        }
    }
    front * fraction
}

fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Stirling's series (DLMF 5.11.1), reached by the recurrence from small arguments.
fn ln_gamma(x: f64) -> f64 {
    let mut shift = 0.0;
    let mut x = x;
    while x < 10.0 {
        shift += x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / (x * x);
    let series = (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * (1.0 / 1_260.0 - inverse / 1_680.0))) / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - shift
}

#[cfg(test)]
mod tests;
