//! How good answers are: accuracy, macro-F1, calibration, each with a bootstrap interval.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const RESAMPLES: usize = 2_000;

/// More classes than these nothing has.
const CLASSES: usize = 8;

/// What was right and what was said, as class numbers.
pub type Answers = [(usize, usize)];

pub fn accuracy(answers: &Answers) -> f64 {
    answers.iter().filter(|(right, said)| right == said).count() as f64 / answers.len().max(1) as f64
}

/// The mean of each class's F1, over the classes that occur.
pub fn macro_f1(answers: &Answers) -> f64 {
    let mut hits = [0.0_f64; CLASSES];
    let mut misses = [0.0_f64; CLASSES];
    let mut occurs = [false; CLASSES];
    for &(right, said) in answers {
        occurs[right] = true;
        if right == said {
            hits[right] += 1.0;
        } else {
            misses[right] += 1.0;
            misses[said] += 1.0;
        }
    }
    let classes: Vec<usize> = (0..CLASSES).filter(|class| occurs[*class]).collect();
    let of = |class: &usize| 2.0 * hits[*class] / (2.0 * hits[*class] + misses[*class]).max(1.0);
    classes.iter().map(of).sum::<f64>() / classes.len().max(1) as f64
}

/// Cohen's kappa: the agreement beyond what two would have who chose as often, but at random. 1 where all agree.
/// Cohen, *A Coefficient of Agreement for Nominal Scales*, 1960.
pub fn kappa(answers: &Answers) -> f64 {
    let count = answers.len().max(1) as f64;
    let mut chosen = [(0.0_f64, 0.0_f64); CLASSES];
    for &(right, said) in answers {
        chosen[right].0 += 1.0 / count;
        chosen[said].1 += 1.0 / count;
    }
    let by_chance: f64 = chosen.iter().map(|(right, said)| right * said).sum();
    if by_chance > 1.0 - 1e-9 { 1.0 } else { (accuracy(answers) - by_chance) / (1.0 - by_chance) }
}

/// The bootstrap interval (95 %, percentiles) of a figure over answers.
pub fn interval<T: Clone>(answers: &[T], figure: impl Fn(&[T]) -> f64) -> (f64, f64) {
    let mut random = ChaCha8Rng::seed_from_u64(20);
    let mut figures: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let sample: Vec<T> =
                (0..answers.len()).map(|_| answers[random.random_range(0..answers.len())].clone()).collect();
            figure(&sample)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    (figures[RESAMPLES / 40], figures[RESAMPLES - 1 - RESAMPLES / 40])
}

/// One line: accuracy and macro-F1 with their intervals.
pub fn line(answers: &Answers) -> String {
    let accuracy_interval = interval(answers, accuracy);
    let f1_interval = interval(answers, macro_f1);
    format!(
        "n {:5}  accuracy {:.3} ({:.3} to {:.3})  macro-F1 {:.3} ({:.3} to {:.3})",
        answers.len(),
        accuracy(answers),
        accuracy_interval.0,
        accuracy_interval.1,
        macro_f1(answers),
        f1_interval.0,
        f1_interval.1
    )
}

/// Expected calibration error over ten bins of equal width: how far the share of positives lies from the probability
/// said, on average. Each entry is a probability, whether the answer was positive, and its weight.
pub fn calibration_error(said: &[(f64, bool, f64)]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for (probability, is_positive, weight) in said {
        let bin = &mut bins[((probability * 10.0) as usize).min(9)];
        bin.0 += weight * probability;
        bin.1 += if *is_positive { *weight } else { 0.0 };
        bin.2 += weight;
    }
    let total: f64 = bins.iter().map(|bin| bin.2).sum();
    bins.iter().map(|bin| (bin.0 - bin.1).abs()).sum::<f64>() / total.max(1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of two readers of fifty grant proposals that textbooks work through.
    #[test]
    fn kappa_of_a_worked_example() {
        let times = |answer: (usize, usize), count: usize| std::iter::repeat_n(answer, count);
        let answers: Vec<(usize, usize)> =
            times((1, 1), 20).chain(times((1, 0), 5)).chain(times((0, 1), 10)).chain(times((0, 0), 15)).collect();
        assert!((kappa(&answers) - 0.4).abs() < 1e-12);
    }

    #[test]
    fn who_always_agrees_has_kappa_one_and_who_guesses_none() {
        assert_eq!(kappa(&[(0, 0), (1, 1), (2, 2)]), 1.0);
        assert_eq!(kappa(&[(0, 0), (0, 0)]), 1.0);
        assert!(kappa(&[(0, 0), (0, 1), (1, 0), (1, 1)]).abs() < 1e-12);
    }
}
