//! Spherical k-means (Dhillon and Modha 2001) over texts seen from the middle of them all.
//!
//! What all comments have in common tells none of them apart, so it is taken away before angles are measured. It begins with the
//! themes that are known and adds others by k-means++ (Arthur and Vassilvitskii 2007, the best of a few candidates each time), whose
//! dice are hashes: nothing is random.

use std::cmp::Ordering;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, Axis, Slice};
use xxhash_rust::xxh3::xxh3_64;

use crate::encoder::{DIMENSIONS, Embedding};

/// Texts that are alike.
#[derive(Debug)]
pub(super) struct Point<'a> {
    pub place: &'a Embedding,
    /// Which comments have the text, in their order.
    pub comments: Vec<usize>,
}

/// Points that lie near one another.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    /// Each with the cosine to the middle, seen from the middle of all.
    pub points: Vec<(usize, f32)>,
    /// How many comments it has.
    pub weight: usize,
    /// Of length 1, seen from nowhere.
    pub middle: Vec<f32>,
    /// Of length 1, seen from the middle of all.
    direction: Vec<f32>,
}

#[derive(Debug)]
pub(super) struct Clusters {
    pub list: Vec<Cluster>,
    /// The middle of all comments.
    center: Vec<f32>,
}

const MOST_ROUNDS: usize = 15;
/// It ends when fewer than one point in so many moves.
const STILL: usize = 1_000;
const MOST_CLUSTERS: usize = 80;
/// Seeds are looked for among so many points.
const SEEDED_FROM: usize = 4_096;
const CANDIDATES: u64 = 4;
/// Clusters whose directions are nearer than this are one.
const ONE_FROM: f32 = 0.75;
/// A point that is farther from its middle than this stands alone.
const ALONE_BELOW: f32 = 0.15;
/// Points that are weighed together.
const AT_ONCE: usize = 1_024;

impl Clusters {
    /// Clusters of at least two points; `known` are middles to begin with.
    pub fn find(points: &[Point], known: &[&[f32]]) -> Clusters {
        let center = center(points);
        let view = View { points, center: &center };
        let mut directions = view.seeds(known);
        let mut nearest: Vec<(u32, f32)> = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let found = view.nearest(&directions);
            let moved = found.iter().zip(&nearest).filter(|(now, before)| now.0 != before.0).count();
            let is_still = !nearest.is_empty() && moved * STILL <= points.len();
            nearest = found;
            if is_still {
                break;
            }
            directions = view.directions(&nearest, &directions);
        }
        let joined = joined(&directions);
        let mut list: Vec<Vec<usize>> = vec![Vec::new(); directions.len()];
        for (point, (cluster, _)) in nearest.iter().enumerate() {
            list[joined[*cluster as usize]].push(point);
        }
        let list = list.into_iter().filter(|points| points.len() > 1).map(|points| view.cluster(points)).collect();
        Clusters { list, center }
    }

    /// For each cluster the known middle that is its own: the nearest pair first, each once, as long as they are near enough.
    pub fn same(&self, clusters: &[&Cluster], known: &[&[f32]], from: f32) -> Vec<Option<usize>> {
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        for (place, middle) in known.iter().enumerate() {
            let direction = direction_from(&self.center, middle);
            for (cluster, it) in clusters.iter().enumerate() {
                let cosine = product(&direction, &it.direction);
                if cosine >= from {
                    pairs.push((cosine, cluster, place));
                }
            }
        }
        pairs.sort_by(|left, right| right.0.total_cmp(&left.0).then((left.1, left.2).cmp(&(right.1, right.2))));
        let mut same = vec![None; clusters.len()];
        let mut is_taken = vec![false; known.len()];
        for (_, cluster, place) in pairs {
            if same[cluster].is_none() && !is_taken[place] {
                same[cluster] = Some(place);
                is_taken[place] = true;
            }
        }
        same
    }
}

impl Cluster {
    /// The points nearest to the middle, the nearest first.
    pub fn nearest(&self, count: usize) -> impl Iterator<Item = usize> + use<> {
        let mut points = self.points.clone();
        points.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        points.into_iter().map(|(point, _)| point).take(count)
    }
}

/// Points seen from the middle of all.
struct View<'a> {
    points: &'a [Point<'a>],
    center: &'a [f32],
}

impl View<'_> {
    /// How many clusters there are at first: the root of twice the number of texts, which is 14 for a hundred, 44 for a thousand and the
    /// most from 3,200 on.
    fn count(&self) -> usize {
        ((2 * self.points.len()) as f64).sqrt().round().clamp(2.0, MOST_CLUSTERS as f64) as usize
    }

    fn direction(&self, point: usize) -> Vec<f32> {
        direction_from(self.center, self.points[point].place)
    }

    fn seeds(&self, known: &[&[f32]]) -> Array2<f32> {
        let sample: Vec<Vec<f32>> =
            (0..self.points.len().min(SEEDED_FROM)).map(|point| self.direction(point)).collect();
        let mut seeds: Vec<Vec<f32>> = known.iter().map(|middle| direction_from(self.center, middle)).collect();
        // How far each point of the sample is from the nearest seed, times how often it comes.
        let weight = |point: usize| self.points[point].comments.len() as f64;
        let far = |point: usize, seed: &[f32]| f64::from(1.0 - product(&sample[point], seed)).max(0.0) * weight(point);
        let mut farness: Vec<f64> = (0..sample.len())
            .map(|point| seeds.iter().map(|seed| far(point, seed)).fold(2.0 * weight(point), f64::min))
            .collect();
        for round in seeds.len()..self.count() {
            let total: f64 = farness.iter().sum();
            let candidate = |number: u64| {
                let dice = xxh3_64(&(round as u64 * CANDIDATES + number).to_le_bytes());
                let mut rest = dice as f64 / u64::MAX as f64 * total;
                let is_it = |point: &usize| {
                    rest -= farness[*point];
                    rest <= 0.0
                };
                let point = (0..sample.len()).find(is_it).unwrap_or(sample.len() - 1);
                let after: Vec<f64> =
                    (0..sample.len()).map(|other| farness[other].min(far(other, &sample[point]))).collect();
                (after.iter().sum::<f64>(), point, after)
            };
            let by_rest = |left: &(f64, usize, Vec<f64>), right: &(f64, usize, Vec<f64>)| left.0.total_cmp(&right.0);
            let Some((_, point, after)) = (0..CANDIDATES).map(candidate).min_by(by_rest) else { break };
            seeds.push(sample[point].clone());
            farness = after;
        }
        Array2::from_shape_fn((seeds.len(), DIMENSIONS), |(seed, at)| seeds[seed][at])
    }

    /// The nearest direction of each point, and the cosine to it.
    fn nearest(&self, directions: &Array2<f32>) -> Vec<(u32, f32)> {
        let mut nearest = Vec::with_capacity(self.points.len());
        let mut rows = Array2::zeros((AT_ONCE, DIMENSIONS));
        let mut cosines = Array2::zeros((AT_ONCE, directions.nrows()));
        for begin in (0..self.points.len()).step_by(AT_ONCE) {
            let count = AT_ONCE.min(self.points.len() - begin);
            for (row, point) in rows.rows_mut().into_iter().zip(begin..begin + count) {
                let direction = self.direction(point);
                row.into_iter().zip(direction).for_each(|(to, number)| *to = number);
            }
            let rows = rows.slice_axis(Axis(0), Slice::from(..count));
            let mut cosines = cosines.slice_axis_mut(Axis(0), Slice::from(..count));
            general_mat_mul(1.0, &rows, &directions.t(), 0.0, &mut cosines);
            nearest.extend(cosines.rows().into_iter().map(|row| {
                let by_cosine = |left: &(u32, f32), right: &(u32, f32)| match left.1.total_cmp(&right.1) {
                    Ordering::Equal => right.0.cmp(&left.0),
                    other => other,
                };
                (0..).zip(row.iter().copied()).max_by(by_cosine).unwrap_or((0, 0.0))
            }));
        }
        nearest
    }

    /// The direction of each cluster's points together; one without points stays.
    fn directions(&self, nearest: &[(u32, f32)], before: &Array2<f32>) -> Array2<f32> {
        let mut sums = vec![[0.0_f64; DIMENSIONS]; before.nrows()];
        for (point, (cluster, _)) in nearest.iter().enumerate() {
            let weight = self.points[point].comments.len() as f64;
            add(&mut sums[*cluster as usize], &self.direction(point), weight);
        }
        let directions: Vec<Vec<f32>> = sums.iter().map(of_length_one).collect();
        Array2::from_shape_fn(before.raw_dim(), |(cluster, at)| {
            let is_empty = sums[cluster].iter().all(|number| *number == 0.0);
            if is_empty { before[(cluster, at)] } else { directions[cluster][at] }
        })
    }

    /// A cluster of these points, less those that stand alone.
    fn cluster(&self, points: Vec<usize>) -> Cluster {
        let mut sum = [0.0; DIMENSIONS];
        let weight = |point: usize| self.points[point].comments.len();
        points.iter().for_each(|point| add(&mut sum, &self.direction(*point), weight(*point) as f64));
        let direction = of_length_one(&sum);
        let points: Vec<(usize, f32)> = points
            .into_iter()
            .map(|point| (point, product(&self.direction(point), &direction)))
            .filter(|(_, cosine)| *cosine >= ALONE_BELOW)
            .collect();
        let mut sum = [0.0; DIMENSIONS];
        points.iter().for_each(|(point, _)| add(&mut sum, self.points[*point].place, weight(*point) as f64));
        let weight = points.iter().map(|(point, _)| weight(*point)).sum();
        Cluster { points, weight, middle: of_length_one(&sum), direction }
    }
}

/// For each direction the first of those that are one with it.
fn joined(directions: &Array2<f32>) -> Vec<usize> {
    let mut first: Vec<usize> = (0..directions.nrows()).collect();
    for place in 0..first.len() {
        let is_one =
            |other: &usize| first[*other] == *other && directions.row(place).dot(&directions.row(*other)) >= ONE_FROM;
        if let Some(other) = (0..place).find(is_one) {
            first[place] = other;
        }
    }
    first
}

fn center(points: &[Point]) -> Vec<f32> {
    let mut sum = [0.0; DIMENSIONS];
    points.iter().for_each(|point| add(&mut sum, point.place, point.comments.len() as f64));
    let count: f64 = points.iter().map(|point| point.comments.len() as f64).sum();
    sum.iter().map(|number| (number / count) as f32).collect()
}

fn direction_from(center: &[f32], place: &[f32]) -> Vec<f32> {
    let mut direction: Vec<f32> = place.iter().zip(center).map(|(number, center)| number - center).collect();
    let length = product(&direction, &direction).sqrt().max(f32::MIN_POSITIVE);
    direction.iter_mut().for_each(|number| *number /= length);
    direction
}

fn of_length_one(sum: &[f64; DIMENSIONS]) -> Vec<f32> {
    let length = sum.iter().map(|number| number * number).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    sum.iter().map(|number| (number / length) as f32).collect()
}

fn add(to: &mut [f64; DIMENSIONS], place: &[f32], weight: f64) {
    to.iter_mut().zip(place).for_each(|(to, number)| *to += weight * f64::from(*number));
}

fn product(one: &[f32], other: &[f32]) -> f32 {
    // Eight sums beside each other, because a processor adds so many at once.
    let mut sums = [0.0_f32; 8];
    for (one, other) in one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0) {
        (0..8).for_each(|lane| sums[lane] += one[lane] * other[lane]);
    }
    sums.iter().sum()
}
