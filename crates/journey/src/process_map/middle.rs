//! Exact medians of the times of all edges in two passes.
//!
//! While edges are counted, the times of each are counted by *bucket*: four for each power of two. So the first pass says in
//! which bucket the median lies, and how many times lie below it. A second pass keeps the times of that bucket, a few of a
//! hundred; the median is found among them by its rank. Edges for whose buckets or times there is no room go to the search
//! of [`crate::quantiles`].

use serde::{Deserialize, Serialize};

use super::{MapEdge, ProcessMap};
use crate::operator::JourneyBatch;

/// Bits of a time, after its highest one, that tell buckets apart.
const MANTISSA_BITS: u32 = 2;
/// Of a power of two.
const BUCKETS_EACH: usize = 1 << MANTISSA_BITS;
/// The last one holds all times from 2³⁹ milliseconds (17 years) on.
const BUCKETS: usize = 39 * BUCKETS_EACH + 1;

/// The bucket of a time. The bits of a floating-point number are its power of two and then what follows the highest bit, so
/// that they need only be shifted. Exact below 2⁵³, and the last bucket begins before.
#[inline]
fn bucket_of(gap_ms: u64) -> usize {
    const ONE: u64 = 1_f64.to_bits() >> (f64::MANTISSA_DIGITS - 1 - MANTISSA_BITS);
    let bits = (gap_ms as i64 as f64).to_bits() >> (f64::MANTISSA_DIGITS - 1 - MANTISSA_BITS);
    // Beyond 2⁶³ the number looks negative, and its sign puts it into the last bucket too.
    (bits.saturating_sub(ONE - 1) as usize).min(BUCKETS - 1)
}

/// The least time of a bucket; of the one after the last, one more than any time.
fn least_of(bucket: usize) -> u64 {
    let Some(place) = bucket.checked_sub(1) else { return 0 };
    if bucket >= BUCKETS {
        return u64::MAX;
    }
    let (power, quarter) = ((place / BUCKETS_EACH) as u32, (place % BUCKETS_EACH) as u64);
    // Of small powers not all quarters hold a whole number.
    ((BUCKETS_EACH as u64 + quarter) << power).div_ceil(BUCKETS_EACH as u64)
}

/// The times of edges by bucket, each edge in a row.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Histograms {
    rows: Vec<u32>,
}

impl Histograms {
    /// Edges that may have a row of their own: 40 MB.
    pub const MOST: usize = 1 << 16;
    /// The row of an edge that has none.
    pub const NO_ROW: u32 = u32::MAX - 1;

    /// A new row, while there are fewer than `most`.
    #[cold]
    pub fn add_row(&mut self, most: usize) -> u32 {
        let row = self.rows.len() / BUCKETS;
        if row >= most.min(Self::NO_ROW as usize) {
            return Self::NO_ROW;
        }
        self.rows.resize(self.rows.len() + BUCKETS, 0);
        row as u32
    }

    #[inline]
    pub fn count(&mut self, row: u32, gap_ms: u64) {
        if let Some(count) = self.rows.get_mut((row as usize).wrapping_mul(BUCKETS).wrapping_add(bucket_of(gap_ms))) {
            *count = count.wrapping_add(1);
        }
    }

    /// Adds a row of others. What does not fit its number is found out by [`Histograms::find_middle`].
    pub fn add(&mut self, row: u32, others: &Histograms, other_row: u32) {
        let from = others.row(other_row).unwrap_or(&[]);
        let begin = row as usize * BUCKETS;
        let into = self.rows.get_mut(begin..begin + BUCKETS).unwrap_or_default();
        for (sum, count) in into.iter_mut().zip(from) {
            *sum = sum.wrapping_add(*count);
        }
    }

    fn row(&self, row: u32) -> Option<&[u32]> {
        let begin = (row as usize).checked_mul(BUCKETS)?;
        self.rows.get(begin..begin + BUCKETS)
    }

    /// Where the two times in the middle of `events` lie; `None` when the row does not hold as many.
    fn find_middle(&self, row: u32, events: u64) -> Option<Middle> {
        let counts = self.row(row)?;
        if events == 0 || counts.iter().map(|count| u64::from(*count)).sum::<u64>() != events {
            return None;
        }
        let (lower, upper) = ((events - 1) / 2, events / 2);
        let mut ends = counts.iter().scan(0, |end, count| {
            *end += u64::from(*count);
            Some(*end)
        });
        let first = ends.position(|end| end > lower)?;
        let below: u64 = counts[..first].iter().map(|count| u64::from(*count)).sum();
        let mut inside = u64::from(counts[first]);
        let mut last = first;
        while below + inside <= upper {
            last += 1;
            inside += u64::from(*counts.get(last)?);
        }
        let low = least_of(first);
        Some(Middle { low, span: least_of(last + 1) - 1 - low, inside, lower: lower - below, upper: upper - below })
    }
}

/// Where the median of an edge lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Middle {
    low: u64,
    /// It lies at most so much above `low`.
    span: u64,
    /// Times between these.
    inside: u64,
    /// The ranks of the two times in the middle among those inside; the same twice when the median is one of them.
    lower: u64,
    upper: u64,
}

/// The pass that keeps the times around the medians.
#[derive(Debug)]
pub(super) struct Middles {
    /// As in the matrix of the edges.
    bits: u32,
    /// By cell of the matrix.
    windows: Vec<Window>,
    /// By edge of the map.
    middles: Vec<Option<Middle>>,
}

/// The times of an edge between two.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Window {
    low: u64,
    span: u64,
    times: Vec<u64>,
}

impl Window {
    /// In which nothing ever lies but a time that never was.
    const NONE: Window = Window { low: u64::MAX, span: 0, times: Vec::new() };

    #[cold]
    fn keep(&mut self, gap_ms: u64) {
        self.times.push(gap_ms);
    }
}

impl Middles {
    /// `rows` says which row the edge of a cell has, in a matrix of `1 << bits` codes, row after row; `slots` is how many
    /// times a partial result may hold. Edges come in the order of the map while there is room for their times.
    pub fn new(map: &ProcessMap, bits: u32, rows: &[u32], histograms: &Histograms, slots: usize) -> Middles {
        let mut windows = vec![Window::NONE; rows.len()];
        let mut free = slots as u64;
        let mut middles = Vec::with_capacity(map.edges.len());
        for edge in &map.edges {
            let cell = cell_of(edge, bits);
            let middle = rows.get(cell).and_then(|row| histograms.find_middle(*row, edge.events));
            let middle = middle.filter(|middle| middle.span == 0 || middle.inside <= free);
            if let Some(Middle { low, span: span @ 1.., inside, .. }) = middle {
                free -= inside;
                windows[cell] = Window { low, span, ..Window::NONE };
            }
            middles.push(middle);
        }
        Middles { bits, windows, middles }
    }

    pub fn start(&self) -> Vec<Window> {
        self.windows.clone()
    }

    pub fn fold(&self, windows: &mut [Window], batch: JourneyBatch<'_>) {
        for span in batch.spans {
            let events = batch.activity[span.positions()].iter().zip(&batch.occurred_at[span.positions()]);
            // Of a code beyond the matrix, which belongs to an edge that was left out, the row is beyond all cells.
            let (mut row, mut previous_at) = (usize::MAX, 0);
            for (&activity, &at) in events {
                let activity = usize::from(activity);
                let is_told = activity >> self.bits == 0;
                if is_told && let Some(window) = windows.get_mut(row | activity) {
                    let gap_ms = at.abs_diff(previous_at);
                    if gap_ms.wrapping_sub(window.low) <= window.span {
                        window.keep(gap_ms);
                    }
                }
                (row, previous_at) = (if is_told { activity << self.bits } else { usize::MAX }, at);
            }
        }
    }

    pub fn merge(&self, into: &mut [Window], from: Vec<Window>) {
        for (window, mut other) in into.iter_mut().zip(from) {
            // The larger of the two is not copied.
            if window.times.len() < other.times.len() {
                std::mem::swap(&mut window.times, &mut other.times);
            }
            window.times.append(&mut other.times);
        }
    }

    /// Tells the edges of the map their medians. Returns the positions of those that it could not tell.
    pub fn finish(&self, mut windows: Vec<Window>, map: &mut ProcessMap) -> Vec<usize> {
        let mut untold = Vec::new();
        for (position, (edge, middle)) in map.edges.iter_mut().zip(&self.middles).enumerate() {
            let times = windows.get_mut(cell_of(edge, self.bits)).map(|window| &mut *window.times);
            edge.median_ms = middle.and_then(|middle| find_median(middle, times?));
            if edge.median_ms.is_none() {
                untold.push(position);
            }
        }
        untold
    }
}

fn cell_of(edge: &MapEdge, bits: u32) -> usize {
    usize::from(edge.from) << bits | usize::from(edge.to)
}

/// The mean of the two times in the middle.
fn find_median(middle: Middle, times: &mut [u64]) -> Option<f64> {
    if middle.span == 0 {
        return Some(middle.low as f64);
    }
    let (lower, upper) = (usize::try_from(middle.lower).ok()?, usize::try_from(middle.upper).ok()?);
    if times.len() as u64 != middle.inside || upper >= times.len() {
        return None;
    }
    let (_, &mut lower_ms, above) = times.select_nth_unstable(lower);
    let upper_ms = if upper == lower { lower_ms } else { above.iter().copied().min()? };
    Some((lower_ms as f64 + upper_ms as f64) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_follow_one_another() {
        let around = |power: u32| [(1_u64 << power) - 1, 1 << power, (1 << power) + 1, (1 << power) / 4 * 5];
        let times = (0..1_000).chain((9..64).flat_map(around)).chain([u64::MAX - 1]);
        for time in times {
            let bucket = bucket_of(time);
            assert!(least_of(bucket) <= time, "{time} is in bucket {bucket}");
            assert!(time < least_of(bucket + 1), "{time} is in bucket {bucket}");
        }
        assert_eq!([0, 1, 1 << 39, u64::MAX].map(bucket_of), [0, 1, BUCKETS - 1, BUCKETS - 1]);
    }

    #[test]
    fn the_middle_is_where_half_of_the_times_are_below() {
        let mut histograms = Histograms::default();
        let row = histograms.add_row(1);
        let times = [3, 3, 100, 900, 901, 1_000_000];
        for time in times {
            histograms.count(row, time);
        }
        let middle = histograms.find_middle(row, 6).unwrap();
        assert!(middle.low <= 100 && 900 <= middle.low + middle.span);
        assert_eq!((middle.inside, middle.lower, middle.upper), (3, 0, 1));
        assert_eq!(find_median(middle, &mut [901, 900, 100]), Some(500.0));
        assert_eq!(histograms.find_middle(row, 7), None, "a time is missing");
        assert_eq!(histograms.add_row(1), Histograms::NO_ROW);
        histograms.count(Histograms::NO_ROW, 5);
    }

    #[test]
    fn rows_add_up() {
        let (mut some, mut others) = (Histograms::default(), Histograms::default());
        let (row, other) = (some.add_row(9), others.add_row(9));
        some.count(row, 2);
        others.count(other, 2);
        some.add(row, &others, other);
        let middle = some.find_middle(row, 2).unwrap();
        assert_eq!((middle.low, middle.span), (2, 0));
    }
}
