//! Exact quantiles of many groups of numbers, in passes of bounded memory.
//!
//! A pass looks at each group through a [`Lens`]. It keeps the numbers themselves while there are few, and counts them in
//! buckets when there are many; the bucket that holds a quantile is its lens of the next pass. The first buckets are as
//! wide as their numbers are large (a fixed share of the value), so that for times between events two passes are the rule.
//! A quantile between two numbers is interpolated: definition 7 of Hyndman and Fan, *Sample quantiles in statistical
//! packages* (1996), so that the median of an even count is the mean of the two numbers in the middle.

use serde::{Deserialize, Serialize};

/// Bits of the number of the widest histogram of a group.
const MAX_BUCKET_BITS: u32 = 16;
/// Buckets that the first lens needs at least: one for each power of two, and zero.
const MIN_BUCKETS: usize = 65;

/// The two numbers between which a quantile lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    /// Their places among the numbers of a lens in order, from 0; the same place twice when the quantile is a number.
    ranks: [u64; 2],
    /// How far the quantile is from the lower to the upper, in hundredths.
    hundredths: u64,
}

impl Place {
    fn of(percent: u32, count: u64) -> Place {
        let steps = count.saturating_sub(1) * u64::from(percent);
        let (lower, hundredths) = (steps / 100, steps % 100);
        Place { ranks: [lower, lower + u64::from(hundredths > 0)], hundredths }
    }
}

/// Which numbers of a group a pass looks at.
#[derive(Clone, Copy, Debug)]
enum Lens {
    /// All of them, in buckets by magnitude.
    All,
    /// Those in `low .. low + 2^bits`; `place` is among them.
    Part { low: u64, bits: u32, place: Place },
    /// The two numbers are the largest up to `below` and the smallest from `above`.
    Gap { below: u64, above: u64, hundredths: u64 },
}

/// A quantile of a group.
#[derive(Clone, Copy, Debug)]
enum Target {
    Open(Lens),
    /// `None` for a group without numbers.
    Found(Option<f64>),
}

/// What the current pass looks for in a group: one quantile, or all of them as long as they share a lens.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The first quantile, among those of all groups.
    target: usize,
    lens: Lens,
}

/// The search for quantiles of the groups `0 .. n`, between two passes.
#[derive(Debug)]
pub(crate) struct QuantileSearch {
    /// The quantiles looked for, 0 to 100.
    percents: Vec<u32>,
    /// Group after group, one for each quantile.
    targets: Vec<Target>,
    /// How many numbers each group has, once it was looked at.
    counts: Vec<u64>,
    /// What the current pass looks at, by group, and for every group where that begins and ends.
    open: Vec<Entry>,
    spans: Vec<(u32, u32)>,
    /// Numbers that a partial result may hold.
    slots: usize,
    /// Numbers that each open entry may hold, and what that allows as histogram.
    slots_per_entry: usize,
    bucket_bits: u32,
}

/// What a pass learnt of what it looked at.
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

impl QuantileSearch {
    /// A search for `percents` (0 to 100) that holds about `slots` numbers of 8 bytes in each partial result. Any number of
    /// slots works; few cost passes.
    pub fn new(groups: usize, percents: &[u32], slots: usize) -> QuantileSearch {
        let mut search = QuantileSearch {
            percents: percents.to_vec(),
            targets: vec![Target::Open(Lens::All); groups * percents.len()],
            counts: vec![0; groups],
            open: Vec::new(),
            spans: vec![(0, 0); groups],
            slots,
            slots_per_entry: 0,
            bucket_bits: 1,
        };
        search.open_entries();
        search
    }

    /// A search for medians.
    pub fn of_medians(groups: usize, slots: usize) -> QuantileSearch {
        QuantileSearch::new(groups, &[50], slots)
    }

    pub fn start(&self) -> Samples {
        let sample = |entry: &Entry| match entry.lens {
            Lens::Gap { .. } => Sample::Gap { largest_below: None, smallest_above: None },
            _ => Sample::Numbers(Vec::new()),
        };
        Samples(self.open.iter().map(sample).collect())
    }

    /// Takes one number of a group into account.
    pub fn add(&self, samples: &mut Samples, group: usize, number: u64) {
        let (begin, end) = self.spans[group];
        for position in begin as usize..end as usize {
            self.add_through(self.open[position].lens, &mut samples.0[position], number);
        }
    }

    pub fn merge(&self, into: &mut Samples, from: Samples) {
        for ((entry, target), source) in self.open.iter().zip(&mut into.0).zip(from.0) {
            let lens = entry.lens;
            match source {
                Sample::Numbers(mut numbers) => {
                    if let Sample::Numbers(own) = target
                        && own.len() + numbers.len() <= self.slots_per_entry
                    {
                        own.append(&mut numbers);
                        continue;
                    }
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

    /// Ends a pass. Returns whether every quantile is found; if not, a further pass is needed.
    pub fn learn(&mut self, samples: Samples) -> bool {
        for (entry, mut sample) in self.open.iter().zip(samples.0) {
            self.put_in_place(entry, &mut sample);
            match entry.lens {
                Lens::All => {
                    self.counts[entry.target / self.percents.len()] = sample.count();
                    let targets = &mut self.targets[entry.target..entry.target + self.percents.len()];
                    for (target, &percent) in targets.iter_mut().zip(&self.percents) {
                        let place = Place::of(percent, sample.count());
                        *target = narrow(Lens::All, place, &sample, self.bucket_bits);
                    }
                }
                Lens::Part { place, .. } => {
                    self.targets[entry.target] = narrow(entry.lens, place, &sample, self.bucket_bits);
                }
                Lens::Gap { hundredths, .. } => {
                    let place = Place { ranks: [0, 0], hundredths };
                    self.targets[entry.target] = narrow(entry.lens, place, &sample, self.bucket_bits);
                }
            }
        }
        self.open_entries();
        self.open.is_empty()
    }

    /// Brings the numbers at the places that are asked for there: no more of their order is needed.
    fn put_in_place(&self, entry: &Entry, sample: &mut Sample) {
        let count = sample.count();
        let Sample::Numbers(numbers) = sample else { return };
        let mut ranks: Vec<u64> = match entry.lens {
            Lens::All => self.percents.iter().flat_map(|percent| Place::of(*percent, count).ranks).collect(),
            Lens::Part { place, .. } => place.ranks.to_vec(),
            Lens::Gap { .. } => Vec::new(),
        };
        ranks.sort_unstable();
        ranks.dedup();
        let mut begin = 0;
        for rank in ranks.into_iter().filter_map(|rank| usize::try_from(rank).ok()) {
            if begin <= rank && rank < numbers.len() {
                numbers[begin..].select_nth_unstable(rank - begin);
                begin = rank + 1;
            }
        }
    }

    /// The quantile of a group by its place among those asked for; `None` when the group has no numbers (or the search has
    /// not ended).
    pub fn quantile(&self, group: usize, percent: usize) -> Option<f64> {
        match self.targets.get(group * self.percents.len() + percent) {
            Some(Target::Found(quantile)) => *quantile,
            _ => None,
        }
    }

    /// How many numbers a group has; 0 before its first pass.
    pub fn count(&self, group: usize) -> u64 {
        self.counts.get(group).copied().unwrap_or(0)
    }

    fn open_entries(&mut self) {
        let most = (self.slots / MIN_BUCKETS).max(1);
        self.open.clear();
        for (group, span) in self.spans.iter_mut().enumerate() {
            let begin = self.open.len();
            for percent in 0..self.percents.len() {
                let target = group * self.percents.len() + percent;
                let Target::Open(lens) = self.targets[target] else { continue };
                if self.open.len() == most {
                    break;
                }
                self.open.push(Entry { target, lens });
                if matches!(lens, Lens::All) {
                    break;
                }
            }
            *span = (begin as u32, self.open.len() as u32);
        }
        self.slots_per_entry = self.slots / self.open.len().max(1);
        self.bucket_bits = self.slots_per_entry.checked_ilog2().unwrap_or(0).clamp(1, MAX_BUCKET_BITS);
    }

    fn add_through(&self, lens: Lens, sample: &mut Sample, number: u64) {
        match (lens, sample) {
            (Lens::Gap { below, above, .. }, Sample::Gap { largest_below, smallest_above }) => {
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
                if !matches!(lens, Lens::All) && bucket_of(lens, number, self.bucket_bits).is_none() {
                    return;
                }
                if let Sample::Numbers(numbers) = sample
                    && numbers.len() < self.slots_per_entry
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

impl Sample {
    /// Numbers inside the lens.
    fn count(&self) -> u64 {
        match self {
            Sample::Numbers(numbers) => numbers.len() as u64,
            Sample::Buckets(counts) => counts.iter().sum(),
            Sample::Gap { .. } => 0,
        }
    }
}

/// What a pass says of a quantile: its value, or where to look next. Numbers stand where they are asked for.
fn narrow(lens: Lens, place: Place, sample: &Sample, bucket_bits: u32) -> Target {
    let Place { ranks, hundredths } = place;
    let blend = |numbers| between(numbers, hundredths);
    match sample {
        Sample::Numbers(numbers) => {
            let at = |rank: u64| numbers.get(usize::try_from(rank).unwrap_or(usize::MAX)).copied();
            Target::Found(at(ranks[0]).zip(at(ranks[1])).map(blend))
        }
        Sample::Gap { largest_below, smallest_above } => Target::Found(largest_below.zip(*smallest_above).map(blend)),
        Sample::Buckets(counts) => match (find_rank(counts, ranks[0]), find_rank(counts, ranks[1])) {
            (Some((lower, before)), Some((upper, _))) => {
                let (low, bits) = range_of(lens, lower, bucket_bits);
                let (above, above_bits) = range_of(lens, upper, bucket_bits);
                match (lower == upper, bits, above_bits) {
                    (true, 1.., _) => {
                        let place = Place { ranks: ranks.map(|rank| rank - before), hundredths };
                        Target::Open(Lens::Part { low, bits, place })
                    }
                    (_, 0, 0) => Target::Found(Some(blend((low, above)))),
                    _ => Target::Open(Lens::Gap { below: low + ((1 << bits) - 1), above, hundredths }),
                }
            }
            _ => Target::Found(None),
        },
    }
}

/// The number that lies so many hundredths of the way from the lower to the upper.
fn between((lower, upper): (u64, u64), hundredths: u64) -> f64 {
    match hundredths {
        0 => lower as f64,
        50 => (lower as f64 + upper as f64) / 2.0,
        _ => lower as f64 + (upper - lower) as f64 * (hundredths as f64 / 100.0),
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
