//! Least squares by columns that are made orthogonal one after the other.
//!
//! Gram and Schmidt's method, each column twice, is as exact as Householder's (Giraud, Langou and Rozložník, *The loss of
//! orthogonality in the Gram-Schmidt orthogonalization process*, Computers & Mathematics with Applications 50, 2005), and
//! hands out the orthogonal columns themselves, of which the variance by customers is made. Normal equations would square
//! what columns lose in exactness when they go along with each other.

use std::ops::Range;

/// A column is told by earlier ones when so small a part of it, after its mean, is left: variance inflation of 10¹².
const ALIASED_BELOW: f64 = 1e-6;
/// A column is constant when so small a part of it differs from its mean.
const CONSTANT_BELOW: f64 = 1e-12;

/// Orthonormal columns; the first is constant.
pub(super) struct Basis {
    rows: usize,
    columns: Vec<Vec<f64>>,
    /// Of each column that was added, how much of it lies along each column of the basis, up to its own.
    upper: Vec<Vec<f64>>,
}

/// An outcome, told by the columns of a basis.
pub(super) struct Fit {
    /// How much of the outcome lies along each column.
    pub along: Vec<f64>,
    pub residuals: Vec<f64>,
    /// Sum of squares around the mean.
    squares: f64,
    /// Sum of squares around zero.
    all_squares: f64,
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    // Four sums at a time: the processor need not wait for one addition before it begins the next.
    let mut sums = [0.0; 4];
    let (ones, others) = (one.chunks_exact(4), other.chunks_exact(4));
    let rest: f64 = ones.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in ones.zip(others) {
        for place in 0..4 {
            sums[place] += a[place] * b[place];
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Takes what lies along `direction` out of `column`, and says how much that was.
fn take_out(column: &mut [f64], direction: &[f64]) -> f64 {
    let part = dot(column, direction);
    column.iter_mut().zip(direction).for_each(|(value, along)| *value -= part * along);
    part
}

impl Basis {
    /// The constant alone.
    pub fn constant(rows: usize) -> Basis {
        let length = (rows as f64).sqrt();
        Basis { rows, columns: vec![vec![1.0 / length; rows]], upper: vec![vec![length]] }
    }

    /// Columns, the constant among them.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Adds a column of finite numbers; not one that is constant or told by those before, and then says no.
    pub fn add(&mut self, column: &[f64]) -> bool {
        let mut rest = column.to_vec();
        let length = dot(&rest, &rest).sqrt();
        let mut parts = vec![take_out(&mut rest, &self.columns[0])];
        let centred = dot(&rest, &rest).sqrt();
        if self.len() >= self.rows || centred <= CONSTANT_BELOW * length {
            return false;
        }
        parts.extend(self.columns[1..].iter().map(|direction| take_out(&mut rest, direction)));
        for (part, direction) in parts.iter_mut().zip(&self.columns) {
            *part += take_out(&mut rest, direction);
        }
        let left = dot(&rest, &rest).sqrt();
        if left <= ALIASED_BELOW * centred {
            return false;
        }
        rest.iter_mut().for_each(|value| *value /= left);
        parts.push(left);
        self.columns.push(rest);
        self.upper.push(parts);
        true
    }

    pub fn fit(&self, outcome: &[f64]) -> Fit {
        let mut residuals = outcome.to_vec();
        let mut along = vec![0.0; self.len()];
        for _ in 0..2 {
            for (along, direction) in along.iter_mut().zip(&self.columns) {
                *along += take_out(&mut residuals, direction);
            }
        }
        let mean = along.first().copied().unwrap_or_default() / (self.rows as f64).sqrt();
        let squares = outcome.iter().map(|value| (value - mean).powi(2)).sum();
        Fit { along, residuals, squares, all_squares: dot(outcome, outcome) }
    }

    /// The vector whose product with what lies along each column is the coefficient of a column: a row of the inverse of
    /// the upper triangle. Its square is the inverse of the sum of squares that other columns leave of it.
    pub fn dual(&self, column: usize) -> Vec<f64> {
        let mut dual = vec![0.0; self.len()];
        dual[column] = 1.0 / self.upper[column][column];
        for later in column + 1..self.len() {
            let parts = &self.upper[later];
            let sum: f64 = (column..later).map(|place| dual[place] * parts[place]).sum();
            dual[later] = -sum / parts[later];
        }
        dual
    }

    /// Products of what earlier columns leave of those from `first` on.
    pub fn gram_from(&self, first: usize) -> Vec<Vec<f64>> {
        let left = |column: &Vec<f64>| column[first..].to_vec();
        let left: Vec<Vec<f64>> = self.upper[first..].iter().map(left).collect();
        let product = |one: &Vec<f64>, other: &Vec<f64>| one.iter().zip(other).map(|(a, b)| a * b).sum();
        left.iter().map(|one| left.iter().map(|other| product(one, other)).collect()).collect()
    }

    /// Products of the same with an outcome.
    pub fn along_from(&self, first: usize, along: &[f64]) -> Vec<f64> {
        let product = |column: &Vec<f64>| column[first..].iter().zip(&along[first..]).map(|(a, b)| a * b).sum();
        self.upper[first..].iter().map(product).collect()
    }

    /// Row after row.
    pub fn rows(&self) -> Vec<f64> {
        let width = self.len();
        let mut rows = vec![0.0; self.rows * width];
        for (place, column) in self.columns.iter().enumerate() {
            for (row, value) in column.iter().enumerate() {
                rows[row * width + place] = *value;
            }
        }
        rows
    }
}

impl Fit {
    /// Whether there is nothing to explain.
    pub fn is_flat(&self) -> bool {
        self.squares <= CONSTANT_BELOW * CONSTANT_BELOW * self.all_squares
    }

    /// Sum of squares of the outcome around its mean.
    pub fn squares(&self) -> f64 {
        self.squares
    }

    pub fn mean(&self) -> f64 {
        self.along[0] / (self.residuals.len() as f64).sqrt()
    }

    /// Standard deviation of the outcome.
    pub fn spread(&self) -> f64 {
        (self.squares / (self.residuals.len() - 1) as f64).sqrt()
    }

    /// The part of the variance along some columns, 0 to 1.
    pub fn explained_by(&self, columns: Range<usize>) -> f64 {
        (self.along[columns].iter().map(|along| along * along).sum::<f64>() / self.squares).clamp(0.0, 1.0)
    }
}
