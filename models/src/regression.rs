//! Logistic regression with a quadratic penalty, by L-BFGS over the whole training set.
//!
//! Nothing is random and one thread adds in one order, so the same examples give the same weights.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

/// One example: the share of the positive answer it stands for, how much it counts, and its features.
#[derive(Clone, Copy)]
pub struct Example<'a> {
    pub target: f64,
    pub weight: f64,
    pub features: &'a [(u32, f32)],
}

/// Weights by feature, and the bias.
#[derive(Clone, Debug, Default)]
pub struct Line {
    pub bias: f64,
    pub weights: FxHashMap<u32, f64>,
}

impl Line {
    /// Log-odds of the positive answer.
    pub fn log_odds(&self, features: &[(u32, f32)]) -> f64 {
        let sum: f64 =
            features.iter().filter_map(|(feature, value)| Some(self.weights.get(feature)? * f64::from(*value))).sum();
        self.bias + sum
    }
}

/// The probability that belongs to log-odds.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

const REMEMBERED: usize = 8;
const MOST_STEPS: usize = 200;

/// Fits a line; `penalty` is that of each squared weight, the bias is free.
pub fn fit(examples: &[Example], penalty: f64) -> Line {
    let mut columns: FxHashMap<u32, usize> = FxHashMap::default();
    let rows: Vec<Vec<(usize, f64)>> = examples
        .iter()
        .map(|example| {
            let place = |feature: &u32, columns: &mut FxHashMap<u32, usize>| {
                let next = columns.len() + 1;
                *columns.entry(*feature).or_insert(next)
            };
            example.features.iter().map(|(feature, value)| (place(feature, &mut columns), f64::from(*value))).collect()
        })
        .collect();
    let objective = |point: &[f64], slope: &mut [f64]| {
        slope.fill(0.0);
        let mut loss = 0.0;
        for (example, row) in examples.iter().zip(&rows) {
            let odds = point[0] + row.iter().map(|(place, value)| point[*place] * value).sum::<f64>();
            // ln(1 + e^odds) − target · odds, without overflow.
            loss += example.weight * (odds.max(0.0) + (-odds.abs()).exp().ln_1p() - example.target * odds);
            let fault = example.weight * (probability(odds) - example.target);
            slope[0] += fault;
            row.iter().for_each(|(place, value)| slope[*place] += fault * value);
        }
        for (weight, slope) in point.iter().zip(slope.iter_mut()).skip(1) {
            loss += 0.5 * penalty * weight * weight;
            *slope += penalty * weight;
        }
        loss
    };
    let point = minimise(columns.len() + 1, objective);
    Line { bias: point[0], weights: columns.into_iter().map(|(feature, place)| (feature, point[place])).collect() }
}

/// Limited-memory BFGS with halved steps (Nocedal and Wright, *Numerical Optimization*, algorithm 7.4).
fn minimise(size: usize, objective: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let mut point = vec![0.0; size];
    let mut slope = vec![0.0; size];
    let mut loss = objective(&point, &mut slope);
    let mut memory: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    for _ in 0..MOST_STEPS {
        let direction = direction(&slope, &memory);
        let descent = dot(&direction, &slope);
        if descent > -1e-9 * loss.max(1.0) {
            break;
        }
        let mut step = if memory.is_empty() { 1.0 / dot(&slope, &slope).sqrt().max(1.0) } else { 1.0 };
        let mut next_slope = vec![0.0; size];
        let (next, next_loss) = loop {
            let next: Vec<f64> = point.iter().zip(&direction).map(|(from, to)| from + step * to).collect();
            let next_loss = objective(&next, &mut next_slope);
            if next_loss <= loss + 1e-4 * step * descent || step < 1e-10 {
                break (next, next_loss);
            }
            step *= 0.5;
        };
        let moved: Vec<f64> = next.iter().zip(&point).map(|(to, from)| to - from).collect();
        let turned: Vec<f64> = next_slope.iter().zip(&slope).map(|(to, from)| to - from).collect();
        let curvature = dot(&moved, &turned);
        if curvature > 1e-12 {
            memory.push_back((moved, turned, 1.0 / curvature));
            if memory.len() > REMEMBERED {
                memory.pop_front();
            }
        }
        let gain = loss - next_loss;
        (point, slope, loss) = (next, next_slope, next_loss);
        if gain < 1e-7 * loss {
            break;
        }
    }
    point
}

fn direction(slope: &[f64], memory: &VecDeque<(Vec<f64>, Vec<f64>, f64)>) -> Vec<f64> {
    let mut direction: Vec<f64> = slope.iter().map(|part| -part).collect();
    let mut shares = Vec::new();
    for (moved, turned, inverse) in memory.iter().rev() {
        let share = inverse * dot(moved, &direction);
        shares.push(share);
        add(&mut direction, turned, -share);
    }
    if let Some((_, turned, inverse)) = memory.back() {
        let scale = 1.0 / (inverse * dot(turned, turned));
        direction.iter_mut().for_each(|part| *part *= scale);
    }
    for ((moved, turned, inverse), share) in memory.iter().zip(shares.iter().rev()) {
        let other = inverse * dot(turned, &direction);
        add(&mut direction, moved, share - other);
    }
    direction
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}

fn add(to: &mut [f64], from: &[f64], times: f64) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += times * from);
}
