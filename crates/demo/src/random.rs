//! Random numbers that are the same on every machine: ChaCha with eight rounds, keyed by seed, customer and purpose, and
//! whole numbers only, because the logarithm of one platform is not the logarithm of another.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// What a stream of random numbers decides. Each purpose has its own stream, so that what one part of a life draws never
/// moves what another part draws: that is how "this changes nothing" is exact.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Purpose {
    Person = 1,
    Visits = 2,
    Sessions = 3,
    Details = 4,
    Mail = 5,
    Experiment = 6,
    Contacts = 7,
    Surveys = 8,
}

pub(crate) struct Random(ChaCha8Rng);

/// One draw kept, to be compared with a probability under exposure and with another one without it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Roll(u32);

impl Roll {
    /// Whether something that happens `per_mille` times in a thousand happens.
    pub(crate) fn is_under(self, per_mille: u32) -> bool {
        scale(self.0, 1_000) < per_mille
    }

    /// The position of the draw among cumulative shares in thousandths.
    pub(crate) fn level(self, cumulative_per_mille: &[u32]) -> usize {
        let thousandth = scale(self.0, 1_000);
        cumulative_per_mille.iter().take_while(|&&bound| thousandth >= bound).count()
    }
}

impl Random {
    pub(crate) fn new(seed: u64, customer: u64, purpose: Purpose) -> Random {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&customer.to_le_bytes());
        key[16] = purpose as u8;
        key[24..].copy_from_slice(b"alameda1");
        Random(ChaCha8Rng::from_seed(key))
    }

    pub(crate) fn roll(&mut self) -> Roll {
        Roll(self.0.next_u32())
    }

    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.roll().is_under(per_mille)
    }

    /// A whole number from 0 to `bound` − 1; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        scale(self.0.next_u32(), bound)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u32::try_from(high - low + 1).unwrap_or(1);
        low + i64::from(self.below(span))
    }

    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len() as u32) as usize]
    }

    /// A position, as often as its weight says.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let mut left = self.below(weights.iter().sum());
        for (position, &weight) in weights.iter().enumerate() {
            if left < weight {
                return position;
            }
            left -= weight;
        }
        0
    }

    /// A number whose quantiles are the given ones, evenly spaced from the least to the greatest, straight in between.
    pub(crate) fn quantile(&mut self, quantiles: &[i64]) -> i64 {
        let stretches = quantiles.len().saturating_sub(1) as u64;
        let position = u64::from(self.0.next_u32()) * stretches;
        let (stretch, rest) = ((position >> 32) as usize, (position & 0xffff_ffff) as i64);
        let (low, high) = (quantiles[stretch], quantiles[(stretch + 1).min(quantiles.len() - 1)]);
        low + (((high - low) * rest) >> 32)
    }
}

fn scale(draw: u32, bound: u32) -> u32 {
    ((u64::from(draw) * u64::from(bound)) >> 32) as u32
}

/// Sixty-four well-mixed bits of some numbers, for what must be found again without a stream: identifiers, the weather.
pub(crate) fn fingerprint(parts: &[u64]) -> u64 {
    parts.iter().fold(0x5bd1_e995_9d1b_54a5, |state, &part| {
        let mixed = (state ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let folded = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        folded ^ (folded >> 29)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_of_a_seed_never_changes() {
        let mut random = Random::new(42, 7, Purpose::Visits);
        let drawn: Vec<u32> = (0..4).map(|_| random.below(1_000_000)).collect();
        assert_eq!(drawn, FROZEN);
        assert_eq!(fingerprint(&[1, 2, 3]), FROZEN_FINGERPRINT);
    }

    /// A change here changes every file ever generated.
    const FROZEN: [u32; 4] = [988_396, 110_224, 64_848, 772_297];
    const FROZEN_FINGERPRINT: u64 = 5_719_028_948_065_564_807;

    #[test]
    fn draws_keep_to_their_bounds_and_shares() {
        let mut random = Random::new(1, 1, Purpose::Person);
        let hits = (0..20_000).filter(|_| random.chance(250)).count();
        assert!((4_700..5_300).contains(&hits), "{hits}");
        for _ in 0..2_000 {
            assert!((3..=9).contains(&random.between(3, 9)));
            assert!((10..=90).contains(&random.quantile(&[10, 20, 90])));
            assert!(random.weighted(&[0, 3, 0, 5]) % 2 == 1);
        }
        let middle = (0..20_000).filter(|_| random.quantile(&[0, 100, 1_000]) < 100).count();
        assert!((9_600..10_400).contains(&middle), "{middle}");
    }

    #[test]
    fn one_roll_answers_for_both_worlds() {
        let mut random = Random::new(1, 2, Purpose::Person);
        for _ in 0..1_000 {
            let roll = random.roll();
            assert!(!roll.is_under(300) || roll.is_under(600), "what happens at 30 % happens at 60 % too");
            assert!(roll.level(&[300, 600, 1_000]) <= 2);
        }
    }
}
