//! What is more frequent in one group of texts than in another: how much, and how surely.
//!
//! Each word is in some texts of a group and not in others. How much more frequent it is, is a ratio of odds with an informative
//! prior: to each group come as many texts as the prior is strong, of which the word is in the share that it has in both
//! groups together (B. L. Monroe, M. P. Colaresi, K. M. Quinn, *Fightin' words: lexical feature selection and evaluation for
//! identifying the content of political conflict*, Political Analysis 16 (4), 2008, equations 15 to 22). So words that hardly
//! anybody uses lead no list. How surely is the exact test of Fisher (*The design of experiments*, 1935) in one direction, since
//! words that are new were in no text before, where the normal distribution is far off. Of many words some are frequent by
//! chance: see [`false_discovery`](crate::surprise::false_discovery_rates).

use crate::share::Z;

/// As many texts the prior adds to each group.
pub const PRIOR_TEXTS: f64 = 20.0;

/// How many texts of two groups there are, and how many have a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Of the first group with the word, and all.
    pub first: (u64, u64),
    /// Of the second.
    pub second: (u64, u64),
}

/// How much more frequent a word is in the first group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrast {
    /// The ratio of its odds: 2 is twice as much, 1 is no difference.
    pub odds_ratio: f64,
    /// Lower end of the interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
    /// The logarithm of the ratio over its standard error: what words are ranked by.
    pub z: f64,
}

/// The contrast of a word. `None` where a group has no text, or no text has the word, or all have.
pub fn contrast(counted: Counted) -> Option<Contrast> {
    let Counted { first: (y1, n1), second: (y2, n2) } = counted;
    let all = (n1 + n2) as f64;
    let share = (y1 + y2) as f64 / all;
    if n1 == 0 || n2 == 0 || share <= 0.0 || share >= 1.0 {
        return None;
    }
    let (with, without) = (share * PRIOR_TEXTS, (1.0 - share) * PRIOR_TEXTS);
    let odds = |y: u64, n: u64| ((y as f64 + with) / (n.saturating_sub(y) as f64 + without)).ln();
    let ratio = odds(y1, n1) - odds(y2, n2);
    let term = |y: u64, n: u64| 1.0 / (y as f64 + with) + 1.0 / (n.saturating_sub(y) as f64 + without);
    let error = (term(y1, n1) + term(y2, n2)).sqrt();
    Some(Contrast {
        odds_ratio: ratio.exp(),
        low: (ratio - Z * error).exp(),
        high: (ratio + Z * error).exp(),
        z: ratio / error,
    })
}

/// Logarithms of factorials, for exact tests.
#[derive(Clone, Debug)]
pub struct LogFactorials(Vec<f64>);

impl LogFactorials {
    /// Up to `most`!.
    pub fn up_to(most: u64) -> LogFactorials {
        let mut sums = vec![0.0];
        let mut sum = 0.0;
        for number in 1..=most {
            sum += (number as f64).ln();
            sums.push(sum);
        }
        LogFactorials(sums)
    }

    fn of(&self, number: u64) -> f64 {
        usize::try_from(number).ok().and_then(|place| self.0.get(place)).copied().unwrap_or(f64::INFINITY)
    }

    fn choose(&self, of: u64, some: u64) -> f64 {
        self.of(of) - self.of(some) - self.of(of.saturating_sub(some))
    }

    /// How likely it is that the first group has at least as many texts with the word by chance, if the word is as frequent
    /// in both: the upper tail of the hypergeometric distribution. The factorials must reach to the number of all texts.
    pub fn chance_of_as_many(&self, counted: Counted) -> f64 {
        let Counted { first: (y1, n1), second: (y2, n2) } = counted;
        let with = y1 + y2;
        let whole = self.choose(n1 + n2, with);
        let likely = |y: u64| (self.choose(n1, y) + self.choose(n2, with - y) - whole).exp();
        (y1..=with.min(n1)).map(likely).sum::<f64>().clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(first: (u64, u64), second: (u64, u64)) -> Counted {
        Counted { first, second }
    }

    #[test]
    fn what_is_new_is_more_frequent_and_what_is_rare_is_not_sure() {
        let Some(new) = contrast(counted((30, 100), (10, 800))) else { panic!("a contrast") };
        assert!(new.low > 5.0 && new.odds_ratio > new.low && new.high > new.odds_ratio && new.z > 5.0, "{new:?}");
        let Some(rare) = contrast(counted((1, 100), (0, 800))) else { panic!("a contrast") };
        assert!(rare.low < 1.0 && rare.z < new.z, "{rare:?}");
        let Some(same) = contrast(counted((10, 100), (80, 800))) else { panic!("a contrast") };
        assert!((same.odds_ratio - 1.0).abs() < 1e-9 && same.z.abs() < 1e-9, "{same:?}");
        for none in [((0, 10), (0, 10)), ((10, 10), (5, 5)), ((0, 0), (1, 2))] {
            assert_eq!(contrast(counted(none.0, none.1)), None);
        }
    }

    #[test]
    fn the_chance_is_that_of_fisher() {
        // The lady who tastes tea: four of four, and three of four.
        let factorials = LogFactorials::up_to(1_000);
        let chance = |first, second| factorials.chance_of_as_many(counted(first, second));
        assert!((chance((4, 4), (0, 4)) - 1.0 / 70.0).abs() < 1e-12);
        assert!((chance((3, 4), (1, 4)) - 17.0 / 70.0).abs() < 1e-12);
        assert!((chance((0, 10), (5, 10)) - 1.0).abs() < 1e-12, "at least none is certain");
        // `scipy.stats.fisher_exact([[6, 94], [0, 800]], "greater")` of SciPy.
        assert!((chance((6, 100), (0, 800)) / 1.612e-6 - 1.0).abs() < 2e-2, "{}", chance((6, 100), (0, 800)));
    }

    proptest! {
        #[test]
        fn the_chance_is_that_of_counting_every_draw(y1 in 0..5_u64, y2 in 0..5_u64, more1 in 0..4_u64, more2 in 0..4_u64) {
            let counted = counted((y1, y1 + more1), (y2, y2 + more2));
            let (n1, all, with) = (y1 + more1, y1 + more1 + y2 + more2, y1 + y2);
            // Every way to give the word to so many of all texts, of which the first `n1` are the first group.
            let draws = (0_u32..1 << all).filter(|draw| u64::from(draw.count_ones()) == with);
            let (mut whole, mut as_many) = (0_u64, 0_u64);
            for draw in draws {
                whole += 1;
                as_many += u64::from(u64::from((draw & ((1 << n1) - 1)).count_ones()) >= y1);
            }
            let found = LogFactorials::up_to(all).chance_of_as_many(counted);
            prop_assert!((found - as_many as f64 / whole as f64).abs() < 1e-9);
        }
    }
}
