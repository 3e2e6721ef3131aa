//! From pieces to a place: windows of two, three and five pieces, their sum, and a few layers more.
//!
//! The numbers of a piece are projected, and the projection is brought to mean 0 and variance 1. Every window has a third of it as its
//! branch, in which two layers look at the window and add what they find. Numbers and branches of all pieces are normed, added up and divided by the root of their
//! number; layers with a shortcut and a hyperbolic tangent follow.

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Axis, Slice};

use crate::encoder::file::{Contents, MATRICES, Table};
use crate::encoder::{DIMENSIONS, Embedding};

/// Numbers of a piece in a branch.
const BRANCH: usize = 256;

/// How many pieces a window has, and how many of them stand before the one it belongs to.
const WINDOWS: [(usize, usize); 3] = [(2, 0), (3, 1), (5, 2)];

const BRANCHES: usize = WINDOWS.len() * BRANCH;
const FEATURES: usize = DIMENSIONS + BRANCHES;
const TINY: f32 = 1e-12;

#[derive(Debug)]
pub(super) struct Network {
    table: Table,
    project: Layer,
    start: Norm,
    branches: Vec<Branch>,
    norm: Norm,
    sum: Layer,
    first: Array2<f32>,
    second: [Array2<f32>; 2],
    third: Array2<f32>,
    last: [Array2<f32>; 2],
}

#[derive(Debug)]
struct Layer {
    weights: Array2<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Norm {
    gain: Vec<f32>,
    shift: Vec<f32>,
}

#[derive(Debug)]
struct Branch {
    width: usize,
    before: usize,
    first: Layer,
    second: Layer,
}

impl Network {
    pub fn of(contents: &Contents) -> Network {
        let matrix = |place: usize| {
            let (scale, weights) = contents.matrices[place];
            let number = |at: (usize, usize)| scale * f32::from(weights[at.0 * MATRICES[place].1 + at.1].cast_signed());
            Array2::from_shape_fn(MATRICES[place], number)
        };
        let vector = |place: usize| contents.vectors[place].clone();
        let branch = |(number, (width, before)): (usize, (usize, usize))| {
            let layer = |place: usize, bias: usize| Layer {
                weights: matrix(number * 3 + place),
                bias: vector(number * 5 + bias),
            };
            Branch { width, before, first: layer(1, 3), second: layer(2, 4) }
        };
        let of_branches = |place: usize| (0..WINDOWS.len()).flat_map(|number| vector(number * 5 + place)).collect();
        let projections = [matrix(0), matrix(3), matrix(6)];
        let projection = |at: (usize, usize)| projections[at.1 / BRANCH][(at.0, at.1 % BRANCH)];
        Network {
            table: Table::of(contents),
            project: Layer { weights: Array2::from_shape_fn((DIMENSIONS, BRANCHES), projection), bias: of_branches(0) },
            start: Norm { gain: of_branches(1), shift: of_branches(2) },
            branches: WINDOWS.into_iter().enumerate().map(branch).collect(),
            norm: Norm { gain: vector(15), shift: vector(16) },
            sum: Layer { weights: matrix(9), bias: vector(17) },
            first: matrix(10),
            second: [matrix(11), matrix(12)],
            third: matrix(13),
            last: [matrix(14), matrix(15)],
        }
    }

    /// The places of texts, whose pieces stand one text after the other; `lengths` says how many each has, none of them 0.
    pub fn run(&self, ids: &[u32], lengths: &[usize]) -> Vec<Embedding> {
        let mut numbers = Array2::zeros((ids.len(), DIMENSIONS));
        for (id, row) in ids.iter().zip(rows_mut(&mut numbers, DIMENSIONS)) {
            self.table.unpack(*id, row);
        }
        let mut start = product(&numbers, &self.project.weights);
        for row in rows_mut(&mut start, BRANCHES) {
            row.iter_mut().zip(&self.project.bias).for_each(|(number, bias)| *number += bias);
            self.start.apply(row);
        }
        let of_branch = |(branch, begin): (&Branch, usize)| {
            branch.run(
                start.slice_axis(Axis(1), Slice::from(begin..begin + BRANCH)).as_standard_layout().to_owned(),
                lengths,
            )
        };
        let branches: Vec<Array2<f32>> = self.branches.iter().zip((0..).step_by(BRANCH)).map(of_branch).collect();
        let mut sums = Array2::zeros((lengths.len(), FEATURES));
        let mut features = [0.0; FEATURES];
        let mut place = 0;
        for (length, sum) in lengths.iter().zip(rows_mut(&mut sums, FEATURES)) {
            for row in place..place + length {
                let of_row = |all: &[f32], width: usize, to: &mut [f32]| {
                    to.copy_from_slice(&all[row * width..(row + 1) * width]);
                };
                of_row(flat(&numbers), DIMENSIONS, &mut features[..DIMENSIONS]);
                for (branch, to) in branches.iter().zip(features[DIMENSIONS..].chunks_exact_mut(BRANCH)) {
                    of_row(flat(branch), BRANCH, to);
                }
                self.norm.apply(&mut features);
                sum.iter_mut().zip(&features).for_each(|(sum, feature)| *sum += feature);
            }
            place += length;
        }
        let mut mean = product(&sums, &self.sum.weights);
        for (length, row) in lengths.iter().zip(rows_mut(&mut mean, DIMENSIONS)) {
            let root = (*length as f32).sqrt();
            row.iter_mut().zip(&self.sum.bias).for_each(|(number, bias)| *number = *number / root + bias * root);
        }
        self.finish(&mean)
    }

    fn finish(&self, mean: &Array2<f32>) -> Vec<Embedding> {
        let mut first = product(mean, &self.first);
        keep_positive(&mut first);
        let mut second = product(mean, &self.second[0]);
        add_product(&first, &self.second[1], &mut second);
        keep_positive(&mut second);
        let mut third = product(&second, &self.third);
        keep_positive(&mut third);
        let mut last = product(&second, &self.last[0]);
        add_product(&third, &self.last[1], &mut last);
        let place = |row: &[f32]| {
            let mut place = [0.0; DIMENSIONS];
            place.iter_mut().zip(row).for_each(|(to, number)| *to = number.tanh());
            let length = place.iter().map(|number| number * number).sum::<f32>().max(TINY).sqrt();
            place.iter_mut().for_each(|number| *number /= length);
            place
        };
        flat(&last).chunks_exact(DIMENSIONS).map(place).collect()
    }
}

impl Branch {
    fn run(&self, start: Array2<f32>, lengths: &[usize]) -> Array2<f32> {
        let middle = self.look(&self.first, start, lengths);
        self.look(&self.second, middle, lengths)
    }

    /// Adds to every piece what a layer finds in its window; a window ends where its text does.
    fn look(&self, layer: &Layer, pieces: Array2<f32>, lengths: &[usize]) -> Array2<f32> {
        let all = flat(&pieces);
        let mut windows: Array2<f32> = Array2::zeros((pieces.nrows(), self.width * BRANCH));
        let mut rows = rows_mut(&mut windows, self.width * BRANCH);
        let mut begin = 0;
        for length in lengths {
            for (place, window) in (0..*length).zip(&mut rows) {
                let from = place.saturating_sub(self.before);
                let to = (place + self.width - self.before).min(*length);
                let left_out = self.before - (place - from);
                let inside = &all[(begin + from) * BRANCH..(begin + to) * BRANCH];
                window[left_out * BRANCH..][..inside.len()].copy_from_slice(inside);
            }
            begin += length;
        }
        let mut found = product(&windows, &layer.weights);
        for (row, piece) in rows_mut(&mut found, BRANCH).zip(all.chunks_exact(BRANCH)) {
            for ((number, bias), piece) in row.iter_mut().zip(&layer.bias).zip(piece) {
                *number = (*number + bias).max(0.0) + piece;
            }
        }
        found
    }
}

impl Norm {
    /// Brings a row to mean 0 and variance 1, then to the gain and shift that were learned.
    fn apply(&self, row: &mut [f32]) {
        let count = row.len() as f32;
        let mean = row.iter().sum::<f32>() / count;
        row.iter_mut().for_each(|number| *number -= mean);
        let variance = row.iter().map(|number| number * number).sum::<f32>() / count;
        let scale = 1.0 / (variance + TINY).sqrt();
        for ((number, gain), shift) in row.iter_mut().zip(&self.gain).zip(&self.shift) {
            *number = *number * scale * gain + shift;
        }
    }
}

fn product(left: &Array2<f32>, right: &Array2<f32>) -> Array2<f32> {
    let mut to = Array2::zeros((left.nrows(), right.ncols()));
    general_mat_mul(1.0, left, right, 0.0, &mut to);
    to
}

fn add_product(left: &Array2<f32>, right: &Array2<f32>, to: &mut Array2<f32>) {
    general_mat_mul(1.0, left, right, 1.0, to);
}

fn keep_positive(numbers: &mut Array2<f32>) {
    numbers.mapv_inplace(|number| number.max(0.0));
}

fn flat(numbers: &Array2<f32>) -> &[f32] {
    numbers.as_slice().unwrap_or_default()
}

fn rows_mut(numbers: &mut Array2<f32>, width: usize) -> std::slice::ChunksExactMut<'_, f32> {
    numbers.as_slice_mut().unwrap_or_default().chunks_exact_mut(width)
}
