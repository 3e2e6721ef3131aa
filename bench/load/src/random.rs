//! Numbers that look random and are the same at every run.

/// A counter whose values are scattered by [`scatter`].
#[derive(Clone, Debug)]
pub struct Random {
    state: u64,
}

/// Scatters the bits of a number; different numbers stay different, as each step can be undone.
pub fn scatter(number: u64) -> u64 {
    let mut mixed = number;
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

impl Random {
    pub fn new(seed: u64) -> Random {
        Random { state: scatter(seed.wrapping_add(1)) }
    }

    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        scatter(self.state)
    }

    /// From 0 (included) to 1 (excluded).
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 to `end` - 1.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// With mean 1.
    pub fn exponential(&mut self) -> f64 {
        -(1.0 - self.fraction()).ln()
    }

    /// With mean 0 and deviation 1.
    pub fn normal(&mut self) -> f64 {
        (2.0 * self.exponential()).sqrt() * (std::f64::consts::TAU * self.fraction()).cos()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn scattered_numbers_stay_different() {
        let scattered: HashSet<u64> = (0..100_000).map(scatter).collect();
        assert_eq!(scattered.len(), 100_000);
    }

    #[test]
    fn the_numbers_have_the_mean_and_spread_they_say() {
        let mut random = Random::new(7);
        let count = 100_000;
        let normal: Vec<f64> = (0..count).map(|_| random.normal()).collect();
        let mean = normal.iter().sum::<f64>() / f64::from(count);
        let variance = normal.iter().map(|x| x * x).sum::<f64>() / f64::from(count);
        let exponential = (0..count).map(|_| random.exponential()).sum::<f64>() / f64::from(count);
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
        assert!((exponential - 1.0).abs() < 0.02, "{exponential}");
    }
}
