//! How sure coefficients are when answers of one customer are alike.
//!
//! With `Q` the orthonormal columns, `Q_g` the rows of customer `g` and `e_g` their residuals, a coefficient is `c · Q'y`
//! and its variance `Σ_g (c · Q_g' A_g e_g)²` (Liang and Zeger, 1986). `A_g = (I - Q_g Q_g')^(-1/2)` makes it right on
//! average where errors are independent (CR2: Bell and McCaffrey, 2002; where `I - Q_g Q_g'` has no inverse, the
//! Moore–Penrose one: Pustejovsky and Tipton, *Small-sample methods for cluster-robust variance estimation and hypothesis
//! testing in fixed effects models*, Journal of Business & Economic Statistics 36, 2018).
//!
//! Degrees of freedom are those of the sum of squares with the same mean and variance: with `a_g = A_g Q_g c`,
//! `b_g = Q_g' a_g` and `Ω = diag(a_g · a_g) - (b_g · b_h)`, they are `(tr Ω)² / tr Ω²`. A coefficient that rests on a
//! handful of customers has a handful of them, however many others answered. `tr Ω²` is at most `Σ (a_g · a_g)²`, because
//! what is taken away is positive semi-definite; of more than [`MOST_EXACT_DEGREES`] customers this is used, so that
//! degrees are never too many, and the difference is then small.

use std::ops::Range;

/// Customers up to whom degrees of freedom are exact.
pub(super) const MOST_EXACT_DEGREES: usize = 2_000;
/// A direction in which a customer's own answers decide the fit alone has no residual to learn from.
const DECIDED_BELOW: f64 = 1e-9;
const SWEEPS: usize = 60;

/// Which rows are of one customer.
pub(super) struct Clusters {
    /// First rows, and behind the last the number of rows.
    bounds: Vec<usize>,
}

/// How sure a coefficient is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reliability {
    pub variance: f64,
    /// At least 1, at most the customers less one.
    pub degrees: f64,
}

/// What customers add to the variance of a coefficient and its degrees of freedom.
#[derive(Clone, Default)]
struct Sums {
    variance: f64,
    own: f64,
    own_squared: f64,
    shared: f64,
    own_shared: f64,
    /// `Σ b_g b_g'`, upper triangle; empty where it is not asked for.
    products: Vec<f64>,
}

impl Clusters {
    /// Rows by their customers, those of one next to each other.
    pub fn of(customers: impl Iterator<Item = u64>) -> Clusters {
        let mut bounds = Vec::new();
        let (mut before, mut rows) = (None, 0);
        for customer in customers {
            if before != Some(customer) {
                bounds.push(rows);
            }
            (before, rows) = (Some(customer), rows + 1);
        }
        bounds.push(rows);
        Clusters { bounds }
    }

    pub fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> {
        self.bounds.windows(2).map(|bounds| bounds[0]..bounds[1])
    }

    /// How sure each coefficient is, given by its dual vector; none where no residual says so.
    pub fn reliabilities(
        &self,
        basis: &super::Basis,
        residuals: &[f64],
        duals: &[Vec<f64>],
    ) -> Vec<Option<Reliability>> {
        let width = basis.len();
        let rows = basis.rows();
        let is_exact = self.len() <= MOST_EXACT_DEGREES;
        let room = if is_exact { width * (width + 1) / 2 } else { 0 };
        let mut sums = vec![Sums { products: vec![0.0; room], ..Sums::default() }; duals.len()];
        let mut shared = vec![0.0; width];
        for range in self.ranges() {
            let own = &rows[range.start * width..range.end * width];
            let evened = evened_out(own, width);
            let score = transposed_product(&evened, &residuals[range], width);
            for (sums, dual) in sums.iter_mut().zip(duals) {
                sums.variance += dot(dual, &score).powi(2);
                shared.fill(0.0);
                let mut squares = 0.0;
                for (evened, own) in evened.chunks_exact(width).zip(own.chunks_exact(width)) {
                    let part = dot(evened, dual);
                    squares += part * part;
                    shared.iter_mut().zip(own).for_each(|(sum, value)| *sum += part * value);
                }
                sums.add(squares, &shared);
            }
        }
        let most = (self.len() - 1).max(1) as f64;
        sums.iter().map(|sums| sums.reliability(is_exact, most)).collect()
    }
}

impl Sums {
    fn add(&mut self, own: f64, shared: &[f64]) {
        let length = dot(shared, shared);
        self.own += own;
        self.own_squared += own * own;
        self.shared += length;
        self.own_shared += own * length;
        if self.products.is_empty() {
            return;
        }
        let mut products = self.products.iter_mut();
        for (place, one) in shared.iter().enumerate() {
            shared[place..].iter().zip(&mut products).for_each(|(other, sum)| *sum += one * other);
        }
    }

    fn reliability(&self, is_exact: bool, most: f64) -> Option<Reliability> {
        let trace = self.own - self.shared;
        if !(trace > DECIDED_BELOW * self.own && self.variance > 0.0) {
            return None;
        }
        let squares = if is_exact {
            self.own_squared - 2.0 * self.own_shared + self.products_squared()
        } else {
            self.own_squared
        };
        Some(Reliability { variance: self.variance, degrees: (trace * trace / squares).clamp(1.0, most) })
    }

    /// Sum of the squares of the whole matrix, of which the upper triangle is kept row after row.
    fn products_squared(&self) -> f64 {
        let all: f64 = self.products.iter().map(|product| product * product).sum();
        let width = ((8 * self.products.len() + 1) as f64).sqrt() as usize / 2;
        let (mut place, mut diagonal) = (0, 0.0);
        for step in (1..=width).rev() {
            diagonal += self.products[place].powi(2);
            place += step;
        }
        2.0 * all - diagonal
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn transposed_product(rows: &[f64], weights: &[f64], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0; width];
    for (row, weight) in rows.chunks_exact(width).zip(weights) {
        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
    }
    sums
}

/// `A_g Q_g`, from the directions in which `Q_g Q_g'` stretches.
fn evened_out(own: &[f64], width: usize) -> Vec<f64> {
    let count = own.len() / width;
    if count == 1 {
        let factor = evening(dot(own, own));
        return own.iter().map(|value| value * factor).collect();
    }
    let rows: Vec<&[f64]> = own.chunks_exact(width).collect();
    let mut evened = own.to_vec();
    for (stretch, direction) in directions(&rows, width) {
        let along = transposed_product(own, &direction, width);
        let factor = evening(stretch) - 1.0;
        for (row, part) in evened.chunks_exact_mut(width).zip(&direction) {
            row.iter_mut().zip(&along).for_each(|(value, along)| *value += factor * part * along);
        }
    }
    evened
}

fn evening(stretch: f64) -> f64 {
    if 1.0 - stretch > DECIDED_BELOW { 1.0 / (1.0 - stretch).sqrt() } else { 0.0 }
}

/// Eigenvalues above zero of `Q_g Q_g'` with their vectors, by the smaller of the two products of `Q_g` with itself.
fn directions(rows: &[&[f64]], width: usize) -> Vec<(f64, Vec<f64>)> {
    if rows.len() <= width {
        let products = rows.iter().map(|one| rows.iter().map(|other| dot(one, other)).collect()).collect();
        return eigen(products);
    }
    let product = |one: usize, other: usize| rows.iter().map(|row| row[one] * row[other]).sum();
    let products = (0..width).map(|one| (0..width).map(|other| product(one, other)).collect()).collect();
    let found = eigen(products).into_iter().filter(|(stretch, _)| *stretch > 1e-12);
    found
        .map(|(stretch, vector)| {
            let length = stretch.sqrt();
            (stretch, rows.iter().map(|row| dot(row, &vector) / length).collect())
        })
        .collect()
}

/// Eigenvalues and vectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, *Matrix Computations*, section
/// 8.5): slow for large ones, and exact for the small ones here.
fn eigen(mut matrix: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> =
        (0..size).map(|row| (0..size).map(|column| f64::from(row == column)).collect()).collect();
    let all: f64 = matrix.iter().flatten().map(|value| value * value).sum();
    for _ in 0..SWEEPS {
        let off: f64 = (0..size).flat_map(|row| matrix[row][row + 1..].iter()).map(|value| value * value).sum();
        if off <= 1e-30 * all {
            break;
        }
        for one in 0..size {
            for other in one + 1..size {
                rotate(&mut matrix, &mut vectors, one, other);
            }
        }
    }
    (0..size).map(|place| (matrix[place][place], vectors[place].clone())).collect()
}

/// Makes the two elements between `one` and `other` zero. Vectors stand in rows.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], one: usize, other: usize) {
    let between = matrix[one][other];
    if between == 0.0 {
        return;
    }
    let theta = (matrix[other][other] - matrix[one][one]) / (2.0 * between);
    let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    for row in matrix.iter_mut() {
        let (a, b) = (row[one], row[other]);
        (row[one], row[other]) = (cosine * a - sine * b, sine * a + cosine * b);
    }
    for rows in [matrix, vectors] {
        let (upper, lower) = rows.split_at_mut(other);
        for (a, b) in upper[one].iter_mut().zip(&mut lower[0]) {
            (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
        }
    }
}
