//! Shares of customers, with how sure they are.

use serde::{Deserialize, Serialize};

/// The 97.5th percentile of the normal distribution: intervals cover 95 of 100.
pub(crate) const Z: f64 = 1.959_963_984_540_054;

/// The 97.5th percentiles of Student's distribution with 1, 2, … degrees of freedom.
const STUDENT: [f64; 10] =
    [12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157, 2.228_139];

/// The 97.5th percentile of Student's distribution: from a table, and of more degrees of freedom by the expansion of
/// Abramowitz and Stegun, *Handbook of Mathematical Functions* (1964), 26.7.5. Of none, that of one.
pub(crate) fn student(degrees: u64) -> f64 {
    let place = usize::try_from(degrees.max(1) - 1).unwrap_or(usize::MAX);
    STUDENT.get(place).copied().unwrap_or_else(|| {
        let n = degrees as f64;
        let terms = [
            (Z.powi(3) + Z) / 4.0,
            (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / 96.0,
            (3.0 * Z.powi(7) + 19.0 * Z.powi(5) + 17.0 * Z.powi(3) - 15.0 * Z) / 384.0,
            (79.0 * Z.powi(9) + 776.0 * Z.powi(7) + 1_482.0 * Z.powi(5) - 1_920.0 * Z.powi(3) - 945.0 * Z) / 92_160.0,
        ];
        Z + terms.iter().rev().fold(0.0, |sum, term| (sum + term) / n)
    })
}

/// A part of a whole with its interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// 0 to 1.
    pub share: f64,
    /// Lower end of the interval, 0 to `share`.
    pub low: f64,
    /// Upper end of the interval, `share` to 1.
    pub high: f64,
}

/// `part` of `whole` with the score interval of Wilson, *Probable inference, the law of succession, and statistical
/// inference* (1927), equation 4. `None` of nobody. `part` must not exceed `whole`; what does counts as all of it.
pub fn share_of(part: u64, whole: u64) -> Option<Share> {
    (whole > 0).then(|| share_of_sample(part.min(whole) as f64 / whole as f64, whole as f64))
}

/// The same for a part that was shared out, such as 2.5 of 7 outcomes. Parts between nothing and all of one differ less
/// from case to case than whole ones, so that the interval is rather too wide than too narrow.
pub fn share_of_credit(credit: f64, whole: u64) -> Option<Share> {
    (whole > 0).then(|| share_of_sample((credit / whole as f64).clamp(0.0, 1.0), whole as f64))
}

/// A share with the interval of a sample of `size` independent ones.
pub(crate) fn share_of_sample(share: f64, size: f64) -> Share {
    let middle = (share + Z * Z / (2.0 * size)) / (1.0 + Z * Z / size);
    let reach = Z / (1.0 + Z * Z / size) * (share * (1.0 - share) / size + Z * Z / (4.0 * size * size)).sqrt();
    // Rounding must not put the ends on the wrong side of the share.
    Share { share, low: (middle - reach).clamp(0.0, share), high: (middle + reach).clamp(share, 1.0) }
}

/// How much larger a share is than another, with an interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// -1 to 1.
    pub difference: f64,
    /// Lower end of the interval, -1 to `difference`.
    pub low: f64,
    /// Upper end of the interval, `difference` to 1.
    pub high: f64,
}

/// The share of the first `(part, whole)` less that of the second, of two populations that have nobody in common, with the
/// hybrid score interval of Newcombe, *Interval estimation for the difference between independent proportions: comparison
/// of eleven methods* (1998), method 10. `None` where one is nobody.
pub fn difference_of(first: (u64, u64), second: (u64, u64)) -> Option<Difference> {
    let (a, b) = (share_of(first.0, first.1)?, share_of(second.0, second.1)?);
    let difference = a.share - b.share;
    let low = difference - (a.share - a.low).hypot(b.high - b.share);
    let high = difference + (a.high - a.share).hypot(b.share - b.low);
    Some(Difference { difference, low: low.clamp(-1.0, difference), high: high.clamp(difference, 1.0) })
}

/// Parts of wholes of several customers, each with some of both: what of one customer belongs together is no independent
/// evidence. Integers, so that the order of adding changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Clusters {
    customers: u64,
    parts: u64,
    wholes: u64,
    parts_squared: u128,
    products: u128,
    wholes_squared: u128,
}

impl Clusters {
    /// Adds a customer with `part` of `whole`.
    pub fn add(&mut self, part: u64, whole: u64) {
        let square = |a: u64, b: u64| u128::from(a) * u128::from(b);
        self.customers += 1;
        self.parts += part;
        self.wholes += whole;
        self.parts_squared += square(part, part);
        self.products += square(part, whole);
        self.wholes_squared += square(whole, whole);
    }

    pub fn merge(&mut self, other: &Clusters) {
        self.customers += other.customers;
        self.parts += other.parts;
        self.wholes += other.wholes;
        self.parts_squared += other.parts_squared;
        self.products += other.products;
        self.wholes_squared += other.wholes_squared;
    }

    pub fn parts(&self) -> u64 {
        self.parts
    }

    /// The share of all parts of all wholes. Its variance is that of a ratio over clusters (Cochran, *Sampling Techniques*,
    /// 1977, equation 6.13); the interval is Wilson's for as many independent ones as have that variance (Korn and Graubard,
    /// *Confidence intervals for proportions with small expected number of positive counts*, 1998, do so for another
    /// interval), and never for more than there are. Where all or none are in the part, customers are the sample.
    pub fn share(&self) -> Option<Share> {
        if self.wholes == 0 {
            return None;
        }
        let (customers, wholes) = (self.customers as f64, self.wholes as f64);
        let share = self.parts as f64 / wholes;
        let spread =
            self.parts_squared as f64 - 2.0 * share * self.products as f64 + share * share * self.wholes_squared as f64;
        let variance = customers / (customers - 1.0).max(1.0) * spread.max(0.0) / (wholes * wholes);
        let of_one = share * (1.0 - share);
        let size = if of_one > 0.0 && variance > 0.0 { (of_one / variance).clamp(1.0, wholes) } else { customers };
        Some(share_of_sample(share, if self.customers == 1 { 1.0 } else { size }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_wilson() {
        // Newcombe, *Two-sided confidence intervals for the single proportion* (1998), table I, method 3.
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let Some(share) = share_of(part, whole) else { panic!("a share of {whole}") };
            assert!((share.low - low).abs() < 5e-5 && (share.high - high).abs() < 5e-5, "{part} of {whole}: {share:?}");
        }
    }

    #[test]
    fn nobody_has_no_share_and_the_ends_stay_in_order() {
        assert_eq!(share_of(0, 0), None);
        for whole in [1, 2, 3, 10, 1_000_000_007] {
            for part in [0, 1, whole / 2, whole - 1, whole] {
                let Some(share) = share_of(part, whole) else { panic!("a share of {whole}") };
                assert!(0.0 <= share.low && share.low <= share.share && share.share <= share.high && share.high <= 1.0);
            }
        }
    }

    #[test]
    fn few_degrees_of_freedom_reach_further() {
        // `scipy.stats.t.ppf(0.975, degrees)` of SciPy.
        for (degrees, expected) in
            [(1, 12.706_205), (10, 2.228_139), (11, 2.200_985), (12, 2.178_813), (29, 2.045_230), (1_000, 1.962_339)]
        {
            assert!((student(degrees) - expected).abs() < 1e-4, "{degrees}: {}", student(degrees));
        }
        assert_eq!(student(0), student(1));
        assert!((student(u64::MAX) - Z).abs() < 1e-12);
        assert!((1..500).all(|degrees| student(degrees) > student(degrees + 1)));
    }

    #[test]
    fn the_interval_of_a_difference_is_that_of_newcombe() {
        // Newcombe (1998), table II, method 10.
        for (first, second, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
        ] {
            let Some(found) = difference_of(first, second) else { panic!("a difference of {first:?} and {second:?}") };
            assert!(
                (found.low - low).abs() < 1e-4 && (found.high - high).abs() < 1e-4,
                "{first:?} {second:?}: {found:?}"
            );
        }
        assert_eq!(difference_of((0, 0), (1, 2)), None);
    }

    #[test]
    fn clusters_of_one_are_a_plain_share_and_larger_ones_are_less_sure() {
        let mut plain = Clusters::default();
        (0..100).for_each(|customer| plain.add(u64::from(customer < 30), 1));
        let (Some(plain), Some(wilson)) = (plain.share(), share_of(30, 100)) else { panic!("a share of 100") };
        assert!((plain.low - wilson.low).abs() < 1e-3 && (plain.high - wilson.high).abs() < 1e-3, "{plain:?}");
        assert!(plain.low <= wilson.low, "a sample estimates its own variance");

        // Ten customers with ten each, all alike within a customer, are a sample of ten, less one.
        let mut alike = Clusters::default();
        (0..10).for_each(|customer| alike.add(if customer < 3 { 10 } else { 0 }, 10));
        let (Some(alike), of_nine) = (alike.share(), share_of_sample(0.3, 9.0)) else { panic!("a share of 100") };
        assert!((alike.low - of_nine.low).abs() < 1e-9 && (alike.high - of_nine.high).abs() < 1e-9, "{alike:?}");
    }

    #[test]
    fn one_customer_says_little_however_many_parts() {
        let mut clusters = Clusters::default();
        assert_eq!(clusters.share(), None);
        clusters.add(700, 1_000);
        let Some(share) = clusters.share() else { panic!("a share of 1,000") };
        assert!(share.share == 0.7 && share.low < 0.2 && share.high > 0.95, "{share:?}");
    }
}
