//! Drivers as they stand in the papers: normal equations, every customer's part written down, importance over every order.

use std::collections::BTreeSet;

type Matrix = Vec<Vec<f64>>;

/// Answers with nothing missing and no column that others tell. The constant is not among the columns.
#[derive(Clone, Debug)]
pub struct AskedDrivers {
    pub customers: Vec<u64>,
    pub outcome: Vec<f64>,
    pub controls: Vec<Vec<f64>>,
    /// At most six.
    pub variables: Vec<Vec<f64>>,
}

/// What is known of one variable.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedDriver {
    pub coefficient: f64,
    /// Of the coefficient, CR2.
    pub variance: f64,
    /// Bell and McCaffrey's.
    pub degrees: f64,
    /// Part of the variance of the outcome.
    pub importance: f64,
    pub inflation: f64,
}

/// Every variable, then what all explain, then what controls explain alone.
pub fn drivers(asked: &AskedDrivers) -> (Vec<CountedDriver>, f64, f64) {
    let columns: Vec<&Vec<f64>> = asked.controls.iter().chain(&asked.variables).collect();
    let x = design(&columns, asked.outcome.len());
    let inverse = inverted(&product(&transposed(&x), &x));
    let hat = product(&product(&x, &inverse), &transposed(&x));
    let fitted: Vec<f64> = hat.iter().map(|row| dot(row, &asked.outcome)).collect();
    let residuals: Vec<f64> = asked.outcome.iter().zip(&fitted).map(|(outcome, fitted)| outcome - fitted).collect();
    // Row `j` of (X'X)⁻¹X' makes coefficient `j` of the outcome.
    let makers = product(&inverse, &transposed(&x));
    let names: BTreeSet<u64> = asked.customers.iter().copied().collect();
    let rows_of = |name: &u64| -> Vec<usize> {
        (0..asked.customers.len()).filter(|row| asked.customers[*row] == *name).collect()
    };
    let groups: Vec<Vec<usize>> = names.iter().map(rows_of).collect();
    let evened: Vec<Matrix> = groups
        .iter()
        .map(|rows| {
            let left = |one: usize, other: usize| f64::from(one == other) - hat[one][other];
            inverse_root(&rows.iter().map(|one| rows.iter().map(|other| left(*one, *other)).collect()).collect())
        })
        .collect();
    let importance = importance(asked);
    let counted = (0..asked.variables.len()).map(|variable| {
        let place = 1 + asked.controls.len() + variable;
        // What each customer's residuals are weighed with.
        let weights: Vec<Vec<f64>> = groups
            .iter()
            .zip(&evened)
            .map(|(rows, evened)| {
                let own: Vec<f64> = rows.iter().map(|row| makers[place][*row]).collect();
                evened.iter().map(|line| dot(line, &own)).collect()
            })
            .collect();
        let own_residuals = |rows: &Vec<usize>| rows.iter().map(|row| residuals[*row]).collect::<Vec<_>>();
        let of_customer = groups.iter().zip(&weights).map(|(rows, weights)| dot(weights, &own_residuals(rows)));
        // Ω of all pairs of customers.
        let shared = |(g, rows): (usize, &Vec<usize>), (h, others): (usize, &Vec<usize>)| -> f64 {
            let mut sum = 0.0;
            for (a, row) in rows.iter().enumerate() {
                for (b, other) in others.iter().enumerate() {
                    sum += weights[g][a] * (f64::from(row == other) - hat[*row][*other]) * weights[h][b];
                }
            }
            sum
        };
        let (mut trace, mut squares) = (0.0, 0.0);
        for one in groups.iter().enumerate() {
            for other in groups.iter().enumerate() {
                let omega = shared(one, other);
                trace += if one.0 == other.0 { omega } else { 0.0 };
                squares += omega * omega;
            }
        }
        let others: Vec<&Vec<f64>> =
            columns.iter().enumerate().filter(|it| it.0 + 1 != place).map(|it| *it.1).collect();
        CountedDriver {
            coefficient: dot(&makers[place], &asked.outcome),
            variance: of_customer.map(|part| part * part).sum(),
            degrees: trace * trace / squares,
            importance: importance[variable],
            inflation: 1.0 / (1.0 - explained(&others, columns[place - 1])),
        }
    });
    let controls: Vec<&Vec<f64>> = asked.controls.iter().collect();
    (counted.collect(), explained(&columns, &asked.outcome), explained(&controls, &asked.outcome))
}

/// What each variable adds, averaged over every order.
fn importance(asked: &AskedDrivers) -> Vec<f64> {
    let count = asked.variables.len();
    let orders = orders(&(0..count).collect::<Vec<_>>());
    let mut sums = vec![0.0; count];
    for order in &orders {
        let mut columns: Vec<&Vec<f64>> = asked.controls.iter().collect();
        let mut before = explained(&columns, &asked.outcome);
        for &variable in order {
            columns.push(&asked.variables[variable]);
            let after = explained(&columns, &asked.outcome);
            sums[variable] += after - before;
            before = after;
        }
    }
    sums.iter().map(|sum| sum / orders.len() as f64).collect()
}

fn orders(of: &[usize]) -> Vec<Vec<usize>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let first = |first: &usize| {
        let rest: Vec<usize> = of.iter().copied().filter(|other| other != first).collect();
        orders(&rest).into_iter().map(|rest| [vec![*first], rest].concat()).collect::<Vec<_>>()
    };
    of.iter().flat_map(first).collect()
}

/// R² by normal equations.
fn explained(columns: &[&Vec<f64>], outcome: &[f64]) -> f64 {
    let x = design(columns, outcome.len());
    let inverse = inverted(&product(&transposed(&x), &x));
    let sums: Vec<f64> = transposed(&x).iter().map(|column| dot(column, outcome)).collect();
    let coefficients: Vec<f64> = inverse.iter().map(|row| dot(row, &sums)).collect();
    let mean = outcome.iter().sum::<f64>() / outcome.len() as f64;
    let left: f64 = x.iter().zip(outcome).map(|(row, outcome)| (outcome - dot(row, &coefficients)).powi(2)).sum();
    1.0 - left / outcome.iter().map(|outcome| (outcome - mean).powi(2)).sum::<f64>()
}

fn design(columns: &[&Vec<f64>], rows: usize) -> Matrix {
    let row = |row: usize| std::iter::once(1.0).chain(columns.iter().map(|column| column[row])).collect();
    (0..rows).map(row).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn transposed(matrix: &Matrix) -> Matrix {
    let width = matrix.first().map_or(0, Vec::len);
    (0..width).map(|column| matrix.iter().map(|row| row[column]).collect()).collect()
}

fn product(one: &Matrix, other: &Matrix) -> Matrix {
    let columns = transposed(other);
    one.iter().map(|row| columns.iter().map(|column| dot(row, column)).collect()).collect()
}

/// By Gauss and Jordan, with the largest element of the column first.
fn inverted(matrix: &Matrix) -> Matrix {
    let size = matrix.len();
    let unit = |row: usize| (0..size).map(|column| f64::from(row == column)).collect::<Vec<_>>();
    let mut rows: Matrix = matrix.iter().enumerate().map(|(place, row)| [row.clone(), unit(place)].concat()).collect();
    for column in 0..size {
        let largest = (column..size).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        rows.swap(column, largest.expect("the matrix has rows"));
        let pivot = rows[column][column];
        rows[column].iter_mut().for_each(|value| *value /= pivot);
        let line = rows[column].clone();
        for (place, row) in rows.iter_mut().enumerate().filter(|(place, _)| *place != column) {
            assert!(place < size);
            let factor = row[column];
            row.iter_mut().zip(&line).for_each(|(value, pivot)| *value -= factor * pivot);
        }
    }
    rows.into_iter().map(|row| row[size..].to_vec()).collect()
}

/// The inverse of the square root by Denman and Beavers' iteration.
fn inverse_root(matrix: &Matrix) -> Matrix {
    let size = matrix.len();
    let mut root = matrix.clone();
    let mut inverse: Matrix = (0..size).map(|row| (0..size).map(|column| f64::from(row == column)).collect()).collect();
    for _ in 0..60 {
        let (of_root, of_inverse) = (inverted(&root), inverted(&inverse));
        let middle = |one: &Matrix, other: &Matrix| -> Matrix {
            let line = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
            one.iter().zip(other).map(line).collect()
        };
        (root, inverse) = (middle(&root, &of_inverse), middle(&inverse, &of_root));
    }
    inverse
}
