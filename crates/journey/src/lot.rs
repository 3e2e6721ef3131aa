//! Numbers by lot that are the same each time: for orders that are drawn, and for simulations.

/// Numbers that only look random (SplitMix64).
pub(crate) struct Lot(pub u64);

impl Lot {
    /// Between 0 and 1.
    pub fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below another, which is far below 2⁵³.
    pub fn below(&mut self, bound: usize) -> usize {
        ((self.next() * bound as f64) as usize).min(bound.saturating_sub(1))
    }

    /// Normal, of mean 0 and variance 1 (Box and Muller, 1958).
    #[cfg(test)]
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.next()).ln()).sqrt();
        radius * (2.0 * std::f64::consts::PI * self.next()).cos()
    }

    /// A position, each with its share; the shares add up to 1.
    #[cfg(test)]
    pub fn pick(&mut self, shares: &[f64]) -> usize {
        let drawn = self.next();
        let mut sum = 0.0;
        let place = shares.iter().position(|share| {
            sum += share;
            drawn < sum
        });
        place.unwrap_or(shares.len() - 1)
    }
}
