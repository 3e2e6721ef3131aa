//! Exact medians of many groups of numbers, in passes of bounded memory.
//!
//! A pass looks at each group through a [`Lens`]. It keeps the numbers themselves while there are few, and counts them in
//! buckets when there are many; the bucket that holds the middle is the lens of the next pass. The first buckets are as
//! wide as their numbers are large (a fixed share of the value), so that for times between events two passes are the rule.
//! The median of an even count is the mean of the two middle numbers.

use serde::{Deserialize, Serialize};

/// Bits of the number of the widest histogram of a group.
const MAX_BUCKET_BITS: u32 = 16;
/// Buckets that the first lens needs at least: one for each power of two, and zero.
const MIN_BUCKETS: usize = 65;

/// Which numbers of a group a pass looks at.
#[derive(Clone, Copy, Debug)]
enum Lens {
    /// All of them, in buckets by magnitude.
    All,
    /// Those in `low .. low + 2^bits`; `ranks` are the places of the two middle numbers among them, from 0.
    Part { low: u64, bits: u32, ranks: [u64; 2] },
    /// The two middle numbers are the largest up to `below` and the smallest from `above`.
    Gap { below: u64, above: u64 },
}

#[derive(Clone, Copy, Debug)]
enum Group {
    Open(Lens),
    /// `None` for a group without numbers.
    Found(Option<f64>),
}

/// The search for the medians of groups `0 .. n`, between two passes.
#[derive(Debug)]
pub(crate) struct MedianSearch {
    groups: Vec<Group>,
    /// Groups that the current pass looks at, and for every group its position there.
    open: Vec<usize>,
    position: Vec<u32>,
    /// Numbers that a partial result may hold.
    slots: usize,
    /// Numbers that each open group may hold, and what that allows as histogram.
    slots_per_group: usize,
    bucket_bits: u32,
}

/// A group that the current pass does not look at.
const CLOSED: u32 = u32::MAX;

/// What a pass learnt of the groups that are open.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Samples(Vec<Sample>);

#[derive(Debug, Serialize, Deserialize)]
enum Sample {
    /// The numbers inside the lens, in any order.
    Numbers(Vec<u64>),
    /// How many numbers each bucket of the lens holds.
    Buckets(Vec<u64>),
    Gap {
        largest_below: Option<u64>,
        smallest_above: Option<u64>,
    },
}

impl MedianSearch {
    /// A search that holds about `slots` numbers of 8 bytes in each partial result. Any value works; small ones cost
    /// passes.
    pub fn new(groups: usize, slots: usize) -> MedianSearch {
        let mut search = MedianSearch {
            groups: vec![Group::Open(Lens::All); groups],
            open: Vec::new(),
            position: vec![CLOSED; groups],
            slots,
            slots_per_group: 0,
            bucket_bits: 1,
        };
        search.open_groups();
        search
    }

    pub fn start(&self) -> Samples {
        let sample = |&group: &usize| match self.groups[group] {
            Group::Open(Lens::Gap { .. }) => Sample::Gap { largest_below: None, smallest_above: None },
            _ => Sample::Numbers(Vec::new()),
        };
        Samples(self.open.iter().map(sample).collect())
    }

    /// Takes one number of a group into account.
    pub fn add(&self, samples: &mut Samples, group: usize, number: u64) {
        let position = self.position[group];
        if position == CLOSED {
            return;
        }
        if let Group::Open(lens) = self.groups[group] {
            self.add_through(lens, &mut samples.0[position as usize], number);
        }
    }

    pub fn merge(&self, into: &mut Samples, from: Samples) {
        for ((&group, target), source) in self.open.iter().zip(&mut into.0).zip(from.0) {
            let Group::Open(lens) = self.groups[group] else { continue };
            match source {
                Sample::Numbers(numbers) => {
                    for number in numbers {
                        self.add_through(lens, target, number);
                    }
                }
                Sample::Buckets(counts) => {
                    self.spill(lens, target);
                    if let Sample::Buckets(sums) = target {
                        for (sum, count) in sums.iter_mut().zip(counts) {
                            *sum += count;
                        }
                    }
                }
                Sample::Gap { largest_below, smallest_above } => {
                    for number in [largest_below, smallest_above].into_iter().flatten() {
                        self.add_through(lens, target, number);
                    }
                }
            }
        }
    }

    /// Ends a pass. Returns whether every median is found; if not, a further pass is needed.
    pub fn learn(&mut self, samples: Samples) -> bool {
        let bucket_bits = self.bucket_bits;
        for (&group, sample) in self.open.iter().zip(samples.0) {
            if let Group::Open(lens) = self.groups[group] {
                self.groups[group] = narrow(lens, sample, bucket_bits);
            }
        }
        self.open_groups();
        self.open.is_empty()
    }

    /// The median of a group; `None` when it has no numbers (or the search has not ended).
    pub fn median(&self, group: usize) -> Option<f64> {
        match self.groups.get(group) {
            Some(Group::Found(median)) => *median,
            _ => None,
        }
    }

    fn open_groups(&mut self) {
        let most = (self.slots / MIN_BUCKETS).max(1);
        self.position.fill(CLOSED);
        let unfinished = (0..self.groups.len()).filter(|&group| matches!(self.groups[group], Group::Open(_)));
        self.open = unfinished.take(most).collect();
        for (position, &group) in (0..).zip(&self.open) {
            self.position[group] = position;
        }
        self.slots_per_group = self.slots / self.open.len().max(1);
        self.bucket_bits = self.slots_per_group.checked_ilog2().unwrap_or(0).clamp(1, MAX_BUCKET_BITS);
    }

    fn add_through(&self, lens: Lens, sample: &mut Sample, number: u64) {
        match (lens, sample) {
            (Lens::Gap { below, above }, Sample::Gap { largest_below, smallest_above }) => {
                if number <= below {
                    *largest_below = Some(largest_below.map_or(number, |largest| largest.max(number)));
                } else if number >= above {
                    *smallest_above = Some(smallest_above.map_or(number, |smallest| smallest.min(number)));
                }
            }
            (lens, Sample::Buckets(counts)) => {
                if let Some(bucket) = bucket_of(lens, number, self.bucket_bits) {
                    counts[bucket] += 1;
                }
            }
            (lens, sample) => {
                if bucket_of(lens, number, self.bucket_bits).is_none() {
                    return;
                }
                if let Sample::Numbers(numbers) = sample
                    && numbers.len() < self.slots_per_group
                {
                    return numbers.push(number);
                }
                self.spill(lens, sample);
                self.add_through(lens, sample, number);
            }
        }
    }

    /// Turns numbers into counts by bucket, where there are too many of them.
    fn spill(&self, lens: Lens, sample: &mut Sample) {
        let Sample::Numbers(numbers) = sample else { return };
        let mut counts = vec![0; bucket_count(lens, self.bucket_bits)];
        for bucket in numbers.iter().filter_map(|&number| bucket_of(lens, number, self.bucket_bits)) {
            counts[bucket] += 1;
        }
        *sample = Sample::Buckets(counts);
    }
}

/// What a pass says of a group: its median, or where to look next.
fn narrow(lens: Lens, sample: Sample, bucket_bits: u32) -> Group {
    match sample {
        Sample::Numbers(mut numbers) => {
            let ranks = ranks_in(lens, numbers.len() as u64);
            numbers.sort_unstable();
            let at = |rank: u64| numbers.get(usize::try_from(rank).unwrap_or(usize::MAX)).copied();
            Group::Found(at(ranks[0]).zip(at(ranks[1])).map(mean_of))
        }
        Sample::Gap { largest_below, smallest_above } => Group::Found(largest_below.zip(smallest_above).map(mean_of)),
        Sample::Buckets(counts) => {
            let ranks = ranks_in(lens, counts.iter().sum());
            match (find_rank(&counts, ranks[0]), find_rank(&counts, ranks[1])) {
                (Some((lower, before)), Some((upper, _))) => {
                    let (low, bits) = range_of(lens, lower, bucket_bits);
                    let (above, above_bits) = range_of(lens, upper, bucket_bits);
                    match (lower == upper, bits, above_bits) {
                        (true, 1.., _) => {
                            Group::Open(Lens::Part { low, bits, ranks: [ranks[0] - before, ranks[1] - before] })
                        }
                        (_, 0, 0) => Group::Found(Some(mean_of((low, above)))),
                        _ => Group::Open(Lens::Gap { below: low + ((1 << bits) - 1), above }),
                    }
                }
                _ => Group::Found(None),
            }
        }
    }
}

fn mean_of((lower, upper): (u64, u64)) -> f64 {
    (lower as f64 + upper as f64) / 2.0
}

/// Places of the two middle numbers among those of the lens, from 0; the same place twice when the count is odd.
fn ranks_in(lens: Lens, count: u64) -> [u64; 2] {
    match lens {
        Lens::Part { ranks, .. } => ranks,
        Lens::All | Lens::Gap { .. } => [count.saturating_sub(1) / 2, count / 2],
    }
}

/// The bucket that holds the number at a rank, and how many numbers lie in buckets before it.
fn find_rank(counts: &[u64], rank: u64) -> Option<(usize, u64)> {
    let mut before = 0;
    for (bucket, &count) in counts.iter().enumerate() {
        if rank < before + count {
            return Some((bucket, before));
        }
        before += count;
    }
    None
}

/// Leading bits, after the first, that tell buckets by magnitude apart.
fn mantissa_bits(bucket_bits: u32) -> u32 {
    bucket_bits.saturating_sub(6)
}

fn bucket_count(lens: Lens, bucket_bits: u32) -> usize {
    match lens {
        Lens::Part { bits, .. } => 1 << bits.min(bucket_bits),
        Lens::All | Lens::Gap { .. } => {
            let mantissa = mantissa_bits(bucket_bits);
            (65 - mantissa as usize) << mantissa
        }
    }
}

/// The bucket of a number; `None` outside the lens.
///
/// By magnitude, with `m` bits of mantissa: numbers below 2^m have buckets of their own; a number of which the highest bit
/// is `e` falls, with all that share its `m` next bits, into bucket `(e − m + 1)·2^m + those bits`.
fn bucket_of(lens: Lens, number: u64, bucket_bits: u32) -> Option<usize> {
    match lens {
        Lens::Part { low, bits, .. } => {
            let offset = number.checked_sub(low)?;
            (offset >> bits == 0).then(|| (offset >> bits.saturating_sub(bucket_bits)) as usize)
        }
        Lens::All | Lens::Gap { .. } => {
            let mantissa = mantissa_bits(bucket_bits);
            let exponent = match number.checked_ilog2() {
                Some(exponent) if exponent >= mantissa => exponent,
                _ => return Some(number as usize),
            };
            let next_bits = (number >> (exponent - mantissa)) as usize - (1 << mantissa);
            Some((((exponent - mantissa + 1) as usize) << mantissa) + next_bits)
        }
    }
}

/// The numbers of a bucket, as `low .. low + 2^bits`. The inverse of [`bucket_of`].
fn range_of(lens: Lens, bucket: usize, bucket_bits: u32) -> (u64, u32) {
    match lens {
        Lens::Part { low, bits, .. } => {
            let width_bits = bits.saturating_sub(bucket_bits);
            (low + ((bucket as u64) << width_bits), width_bits)
        }
        Lens::All | Lens::Gap { .. } => {
            let mantissa = mantissa_bits(bucket_bits);
            let power = (bucket >> mantissa) as u32;
            if power == 0 {
                return (bucket as u64, 0);
            }
            let next_bits = bucket as u64 & ((1 << mantissa) - 1);
            (((1 << mantissa) | next_bits) << (power - 1), power - 1)
        }
    }
}

#[cfg(test)]
mod tests;
