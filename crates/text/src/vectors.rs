//! Comments as directions: what two of them have in common, as one number.
//!
//! A comment is the features that it has (stems, topics), each weighed by how often it comes and by how few comments have
//! it: `(1 + ln tf) · (1 + ln((1 + N) / (1 + df)))`, the weighting `ltc` of G. Salton and C. Buckley, *Term-weighting approaches in
//! automatic text retrieval*, Information Processing & Management 24 (5), 1988, with one comment more than there are, so that
//! no weight is infinite, and none zero.

use rustc_hash::FxHashMap;

/// How many comments have which feature.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    comments: u64,
    /// By feature: its number, and how many comments have it.
    known: FxHashMap<String, (u32, u64)>,
}

/// A comment as a direction: of length 1, or of length 0 where it has no features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector {
    /// By the number of the feature, ascending.
    weights: Vec<(u32, f64)>,
}

impl Corpus {
    /// Counts the features of comments; one that comes several times in a comment counts once.
    pub fn of<'a>(comments: impl Iterator<Item = &'a [String]>) -> Corpus {
        let mut corpus = Corpus::default();
        for features in comments {
            corpus.comments += 1;
            let mut distinct: Vec<&String> = features.iter().collect();
            distinct.sort_unstable();
            distinct.dedup();
            for feature in distinct {
                let next = u32::try_from(corpus.known.len()).unwrap_or(u32::MAX);
                corpus.known.entry(feature.clone()).or_insert((next, 0)).1 += 1;
            }
        }
        corpus
    }

    /// The direction of a comment. Features that no comment of the corpus has are left out.
    pub fn weigh(&self, features: &[String]) -> Vector {
        let mut times: FxHashMap<u32, (u64, u64)> = FxHashMap::default();
        for (number, holding) in features.iter().filter_map(|feature| self.known.get(feature)) {
            times.entry(*number).or_insert((0, *holding)).0 += 1;
        }
        let weight = |times: u64, holding: u64| {
            let rarity = ((1 + self.comments) as f64 / (1 + holding) as f64).ln() + 1.0;
            (1.0 + (times as f64).ln()) * rarity
        };
        Vector::of(times.into_iter().map(|(number, (times, holding))| (number, weight(times, holding))).collect())
    }
}

impl Vector {
    fn of(mut weights: Vec<(u32, f64)>) -> Vector {
        weights.sort_unstable_by_key(|(number, _)| *number);
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
        if length > 0.0 {
            weights.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        Vector { weights }
    }

    /// Whether it has no features, so that it is like nothing.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// 0 (nothing in common) to 1 (the same features in the same proportions).
    pub fn cosine(&self, other: &Vector) -> f64 {
        let (mut sum, mut left, mut right) = (0.0, self.weights.iter().peekable(), other.weights.iter().peekable());
        while let (Some((a, x)), Some((b, y))) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    sum += x * y;
                    left.next();
                    right.next();
                }
            }
        }
        sum.clamp(0.0, 1.0)
    }

    /// The middle of some directions, as a direction.
    pub fn middle<'a>(vectors: impl Iterator<Item = &'a Vector>) -> Vector {
        let mut sums: FxHashMap<u32, f64> = FxHashMap::default();
        for (number, weight) in vectors.flat_map(|vector| &vector.weights) {
            *sums.entry(*number).or_default() += weight;
        }
        Vector::of(sums.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn rare_words_in_common_make_alike_and_common_ones_do_not() {
        let comments: Vec<_> =
            ["coffee cold today", "coffee cold", "coffee slow", "coffee app crash", "app crash pay", ""]
                .map(words)
                .into();
        let corpus = Corpus::of(comments.iter().map(Vec::as_slice));
        let vectors: Vec<_> = comments.iter().map(|comment| corpus.weigh(comment)).collect();
        let alike = |a: usize, b: usize| vectors[a].cosine(&vectors[b]);
        assert!((alike(0, 0) - 1.0).abs() < 1e-12);
        assert!(alike(0, 1) > alike(0, 2) && alike(3, 4) > alike(3, 0));
        assert_eq!(alike(2, 4), 0.0);
        assert!(vectors[5].is_empty() && alike(5, 0) == 0.0);
    }

    #[test]
    fn the_cosine_is_that_of_the_definition() {
        let comments: Vec<_> = ["a a b", "b c c c", "a c d"].map(words).into();
        let corpus = Corpus::of(comments.iter().map(Vec::as_slice));
        let weight = |comment: &[String], word: &str| {
            let times = comment.iter().filter(|it| *it == word).count() as f64;
            let holding = comments.iter().filter(|it| it.iter().any(|it| it == word)).count() as f64;
            if times == 0.0 { 0.0 } else { (1.0 + times.ln()) * ((4.0 / (1.0 + holding)).ln() + 1.0) }
        };
        let dot = |a: &[String], b: &[String]| {
            ["a", "b", "c", "d"].iter().map(|it| weight(a, it) * weight(b, it)).sum::<f64>()
        };
        for a in &comments {
            for b in &comments {
                let expected = dot(a, b) / (dot(a, a) * dot(b, b)).sqrt();
                assert!((corpus.weigh(a).cosine(&corpus.weigh(b)) - expected).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn the_middle_of_two_is_as_near_to_both() {
        let comments: Vec<_> = ["x y", "x z"].map(words).into();
        let corpus = Corpus::of(comments.iter().map(Vec::as_slice));
        let (a, b) = (corpus.weigh(&comments[0]), corpus.weigh(&comments[1]));
        let middle = Vector::middle([&a, &b].into_iter());
        assert!((middle.cosine(&a) - middle.cosine(&b)).abs() < 1e-12 && middle.cosine(&a) > a.cosine(&b));
        assert!(Vector::middle(std::iter::empty()).is_empty());
    }
}
