//! Sums of credits, as integers.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Credit;

/// What one kind of touch is credited with, in parts of what an outcome is worth.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Row {
    first: i128,
    last: i128,
    linear: i128,
    position: i128,
}

impl Row {
    pub fn add(&mut self, other: &Row) {
        self.first += other.first;
        self.last += other.last;
        self.linear += other.linear;
        self.position += other.position;
    }

    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.last == 0 && self.linear == 0 && self.position == 0
    }

    /// The sums as numbers; a whole has 2^bits parts.
    pub fn draw(&self, bits: u32) -> Credit {
        let number = |parts: i128| parts as f64 / (1_u128 << bits) as f64;
        Credit {
            first: number(self.first),
            last: number(self.last),
            linear: number(self.linear),
            position: number(self.position),
            removal: None,
        }
    }
}

/// What the touches of a path have each: the same part of the linear model, and by position.
struct Parts {
    each: i128,
    /// Of the first and of the last one.
    end: i128,
    /// Of each one between.
    between: i128,
    /// What the divisions leave over; it goes to the last touch.
    left_of_linear: i128,
    left_of_position: i128,
}

impl Parts {
    /// Of a path of at least one touch.
    fn of(worth: i128, touches: usize) -> Parts {
        let count = touches as i128;
        let each = quotient(worth, count);
        let (end, between) = match touches {
            1 => (0, 0),
            2 => (quotient(worth, 2), 0),
            _ => {
                let end = quotient(worth * 2, 5);
                (end, quotient(worth - 2 * end, count - 2))
            }
        };
        let shared = 2 * end + between * (count - 2).max(0);
        Parts { each, end, between, left_of_linear: worth - each * count, left_of_position: worth - shared }
    }
}

/// `dividend / divisor`, which is above 0. Processors divide 64 bits and not 128, and most worths are that small.
fn quotient(dividend: i128, divisor: i128) -> i128 {
    match (u64::try_from(dividend), u64::try_from(divisor)) {
        (Ok(dividend), Ok(divisor)) => i128::from(dividend / divisor),
        _ => dividend / divisor,
    }
}

/// Rows of channels.
const CHANNELS: usize = 256;
/// Touches from which on it is quicker to count those of each channel first.
const LONG_PATH: usize = 16;

/// Shares an outcome out to the touches of its path, which are at least one, given by their rows.
pub(super) fn add_path(sums: &mut [Row], path: &[u32], worth: i128) {
    let (Some(&first), Some(&last)) = (path.first(), path.last()) else { return };
    let parts = Parts::of(worth, path.len());
    let between = path.get(1..path.len() - 1).unwrap_or_default();
    if sums.len() == CHANNELS && path.len() >= LONG_PATH {
        add_counted(sums, between, &parts);
    } else {
        for &row in between {
            let sum = &mut sums[row as usize];
            sum.linear += parts.each;
            sum.position += parts.between;
        }
    }
    add_ends(sums, first, last, worth, &parts);
    sums[first as usize].linear += parts.each;
    if path.len() > 1 {
        sums[last as usize].linear += parts.each;
    }
}

/// The same for touches between the ends that repeat few channels.
fn add_counted(sums: &mut [Row], between: &[u32], parts: &Parts) {
    let mut counts = [0_u32; CHANNELS];
    let mut seen = [0_u64; CHANNELS / 64];
    for &row in between {
        let row = row as usize % CHANNELS;
        counts[row] += 1;
        seen[row / 64] |= 1 << (row % 64);
    }
    for (word, mut bits) in seen.into_iter().enumerate() {
        while bits != 0 {
            let row = word * 64 + bits.trailing_zeros() as usize;
            let count = i128::from(counts[row]);
            sums[row].linear += parts.each * count;
            sums[row].position += parts.between * count;
            bits &= bits - 1;
        }
    }
}

/// All that only the first and the last touch get.
fn add_ends(sums: &mut [Row], first: u32, last: u32, worth: i128, parts: &Parts) {
    let sum = &mut sums[first as usize];
    sum.first += worth;
    sum.position += parts.end;
    let sum = &mut sums[last as usize];
    sum.last += worth;
    sum.linear += parts.left_of_linear;
    sum.position += parts.end + parts.left_of_position;
}

/// Credits of paths that overlap: for each touch, how much more it gets of each than the touch before it.
#[derive(Debug, Default)]
pub(super) struct Cover {
    linear: Vec<i128>,
    between: Vec<i128>,
}

impl Cover {
    /// Starts over with so many touches.
    pub fn clear(&mut self, touches: usize) {
        for rises in [&mut self.linear, &mut self.between] {
            rises.clear();
            rises.resize(touches + 1, 0);
        }
    }

    /// Shares an outcome out to the touches of its path, which are at least one, given by their places among all.
    pub fn add(&mut self, sums: &mut [Row], rows: &[u32], path: Range<usize>, worth: i128) {
        let parts = Parts::of(worth, path.len());
        let last = path.end - 1;
        add_ends(sums, rows[path.start], rows[last], worth, &parts);
        self.linear[path.start] += parts.each;
        self.linear[path.end] -= parts.each;
        if path.len() > 2 {
            self.between[path.start + 1] += parts.between;
            self.between[last] -= parts.between;
        }
    }

    /// Adds up what each touch gets.
    pub fn settle(&self, sums: &mut [Row], rows: &[u32]) {
        let (mut linear, mut between) = (0, 0);
        for (place, &row) in rows.iter().enumerate() {
            linear += self.linear[place];
            between += self.between[place];
            let sum = &mut sums[row as usize];
            sum.linear += linear;
            sum.position += between;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Linear and position credits of a path over as many rows as it has touches, in thousandths.
    fn credits(touches: u32) -> (Vec<i128>, Vec<i128>) {
        let path: Vec<u32> = (0..touches).collect();
        let mut sums = vec![Row::default(); path.len()];
        add_path(&mut sums, &path, 1_000);
        let mut covered = vec![Row::default(); path.len()];
        let mut cover = Cover::default();
        cover.clear(path.len());
        cover.add(&mut covered, &path, 0..path.len(), 1_000);
        cover.settle(&mut covered, &path);
        let both =
            |sums: &[Row]| (sums.iter().map(|row| row.linear).collect(), sums.iter().map(|row| row.position).collect());
        assert_eq!(both(&sums), both(&covered));
        both(&sums)
    }

    #[test]
    fn long_paths_are_counted_by_channel_to_the_same_sums() {
        let path: Vec<u32> = (0..1_000).map(|place| place * place % 251 % 7 * 40).collect();
        for len in [1, 2, 15, 16, 17, 1_000] {
            let (mut counted, mut added) = (vec![Row::default(); CHANNELS], vec![Row::default(); CHANNELS + 1]);
            add_path(&mut counted, &path[..len], 1 << 62);
            add_path(&mut added, &path[..len], 1 << 62);
            let both = |sums: &[Row]| sums[..CHANNELS].iter().map(|row| (row.linear, row.position)).collect::<Vec<_>>();
            assert_eq!(both(&counted), both(&added), "{len} touches");
            assert_eq!(both(&counted).iter().map(|(linear, _)| linear).sum::<i128>(), 1 << 62);
        }
    }

    #[test]
    fn small_and_large_worths_divide_alike() {
        for (dividend, divisor) in [(1 << 63, 5), (1 << 62, 7), (1 << 64, 7), (-9, 2), (i128::MIN / 2, 3), (0, 1)] {
            assert_eq!(quotient(dividend, divisor), dividend / divisor);
        }
    }

    #[test]
    fn two_fifths_at_both_ends_and_what_is_left_over_to_the_last() {
        assert_eq!(credits(1), (vec![1_000], vec![1_000]));
        assert_eq!(credits(2), (vec![500, 500], vec![500, 500]));
        assert_eq!(credits(3), (vec![333, 333, 334], vec![400, 200, 400]));
        assert_eq!(credits(5), (vec![200; 5], vec![400, 66, 66, 66, 402]));
    }
}
