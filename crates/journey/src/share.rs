//! Shares of customers, with how sure they are.

use serde::{Deserialize, Serialize};

/// The 97.5th percentile of the normal distribution: intervals cover 95 of 100.
const Z: f64 = 1.959_963_984_540_054;

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
    if whole == 0 {
        return None;
    }
    let size = whole as f64;
    let share = part.min(whole) as f64 / size;
    let middle = (share + Z * Z / (2.0 * size)) / (1.0 + Z * Z / size);
    let reach = Z / (1.0 + Z * Z / size) * (share * (1.0 - share) / size + Z * Z / (4.0 * size * size)).sqrt();
    // Rounding must not put the ends on the wrong side of the share.
    Some(Share { share, low: (middle - reach).clamp(0.0, share), high: (middle + reach).clamp(share, 1.0) })
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
}
