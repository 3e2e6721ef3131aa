//! Which part of what is explained is whose.
//!
//! Of variables that go along with each other, the one that comes into the fit first gets what they share. LMG (Lindeman,
//! Merenda and Gold, 1980) averages over all orders. What a variable adds depends only on the set before it, so that up to
//! [`MOST_EXACT`] variables all sets are counted, each weighed by the orders that begin with it. Of more, orders are drawn
//! (Castro, Gómez and Tejada, *Polynomial calculation of the Shapley value based on sampling*, Computers & Operations
//! Research 36, 2009), each together with its reverse, which varies less; by the same numbers every time. Either way the
//! parts add up to all that is explained.

use serde::{Deserialize, Serialize};

use crate::lot::Lot;

/// Variables up to which all orders count.
pub const MOST_EXACT: usize = 15;
/// Pairs of orders that are drawn.
const DRAWN: usize = 1_000;
const SEED: u64 = 0x6c6d_6720_6f72_6465;
/// What is left of a variable beside others when there is nothing left but rounding.
const ROUNDING: f64 = 1e-13;

/// The orders over which importance is averaged.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Orders {
    All,
    /// So many were drawn; the largest standard error of the importance of a variable is `error` parts of all that the
    /// variables explain.
    Drawn {
        orders: usize,
        error: f64,
    },
}

/// The sum of squares that each variable explains, from the products of the variables and those with the outcome, after
/// the controls.
pub(super) fn shares(gram: &[Vec<f64>], along: &[f64]) -> (Vec<f64>, Orders) {
    if along.len() <= MOST_EXACT { (of_all_sets(gram, along), Orders::All) } else { of_drawn_orders(gram, along) }
}

/// Variables one after the other, by Cholesky's method: rows of the triangle, and what of the outcome lies along each.
#[derive(Default)]
struct Entered {
    variables: Vec<usize>,
    rows: Vec<Vec<f64>>,
    along: Vec<f64>,
}

impl Entered {
    /// Lets a variable come in, and says how much more is explained.
    fn enter(&mut self, variable: usize, gram: &[Vec<f64>], along: &[f64]) -> f64 {
        let mut row: Vec<f64> = Vec::with_capacity(self.rows.len() + 1);
        for (before, earlier) in self.variables.iter().zip(&self.rows) {
            let sum: f64 = row.iter().zip(earlier).map(|(a, b)| a * b).sum();
            row.push((gram[variable][*before] - sum) / earlier[row.len()]);
        }
        let left = gram[variable][variable] - row.iter().map(|value| value * value).sum::<f64>();
        let is_new = left > ROUNDING * gram[variable][variable];
        let length = if is_new { left.sqrt() } else { f64::INFINITY };
        let known: f64 = row.iter().zip(&self.along).map(|(a, b)| a * b).sum();
        let added = (along[variable] - known) / length;
        row.push(length);
        self.variables.push(variable);
        self.rows.push(row);
        self.along.push(added);
        added * added
    }

    fn leave(&mut self) {
        self.variables.pop();
        self.rows.pop();
        self.along.pop();
    }
}

fn of_all_sets(gram: &[Vec<f64>], along: &[f64]) -> Vec<f64> {
    let count = along.len();
    let mut explained = vec![0.0; 1 << count];
    fill(gram, along, &mut Entered::default(), 0, 0, &mut explained);
    // Orders that begin with a set of `size` in any order, then the variable, then the others in any order.
    let mut weights = vec![1.0 / count.max(1) as f64];
    for size in 1..count {
        weights.push(weights[size - 1] * size as f64 / (count - size) as f64);
    }
    let mut shares = vec![0.0; count];
    for (variable, share) in shares.iter_mut().enumerate() {
        let bit = 1 << variable;
        for set in (0..explained.len()).filter(|set| set & bit == 0) {
            *share += weights[set.count_ones() as usize] * (explained[set | bit] - explained[set]);
        }
    }
    shares
}

/// What each set explains, larger sets from smaller ones.
fn fill(gram: &[Vec<f64>], along: &[f64], entered: &mut Entered, first: usize, set: usize, explained: &mut [f64]) {
    for variable in first..along.len() {
        let larger = set | 1 << variable;
        explained[larger] = explained[set] + entered.enter(variable, gram, along);
        fill(gram, along, entered, variable + 1, larger, explained);
        entered.leave();
    }
}

fn of_drawn_orders(gram: &[Vec<f64>], along: &[f64]) -> (Vec<f64>, Orders) {
    let count = along.len();
    let (mut sums, mut squares) = (vec![0.0; count], vec![0.0; count]);
    let mut lot = Lot(SEED);
    let mut order: Vec<usize> = (0..count).collect();
    let mut of_pair = vec![0.0; count];
    for _ in 0..DRAWN {
        for place in (1..count).rev() {
            order.swap(place, lot.below(place + 1));
        }
        of_pair.fill(0.0);
        for _ in 0..2 {
            order.reverse();
            let mut entered = Entered::default();
            for &variable in &order {
                of_pair[variable] += entered.enter(variable, gram, along) / 2.0;
            }
        }
        for (variable, share) in of_pair.iter().enumerate() {
            sums[variable] += share;
            squares[variable] += share * share;
        }
    }
    let drawn = DRAWN as f64;
    let shares: Vec<f64> = sums.iter().map(|sum| sum / drawn).collect();
    let whole: f64 = shares.iter().sum();
    let error = |(share, squares): (&f64, &f64)| {
        ((squares / drawn - share * share).max(0.0) / (drawn - 1.0)).sqrt() / whole.max(f64::MIN_POSITIVE)
    };
    let error = shares.iter().zip(&squares).map(error).fold(0.0, f64::max);
    (shares, Orders::Drawn { orders: 2 * DRAWN, error })
}
