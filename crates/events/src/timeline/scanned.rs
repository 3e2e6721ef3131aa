//! The values of a property that is not laid out, by the sequence numbers of the events that have one.
//!
//! They were read from the stored events for a question. Codes stand in pages of 65,536 numbers. Where few events of a page
//! have a value, which most rare properties come to, the page is a bit for each number, how many bits are set before each
//! word, and the codes of those that are set, in their order; otherwise it is a byte for each number, or two where there are
//! too many values for one.

use std::ops::Range;
use std::sync::Arc;

use journey::PropertyColumns;

use super::values::ValueBook;

const PAGE_SEQS: usize = 1 << 16;
const WORDS: usize = PAGE_SEQS / 64;
/// With more values than this, a page of bytes is no larger.
const MOST_FEW: usize = PAGE_SEQS / 4;
/// The byte of no value; greater codes than the one before need two bytes.
const NO_BYTE: u8 = u8::MAX;

const NO_VALUE: u16 = PropertyColumns::NO_VALUE;

/// The values of one property, of all events that occurred in a span and were there when they were read.
#[derive(Clone, Debug)]
pub struct ScannedProperty {
    pub book: Arc<ValueBook>,
    /// The span, in UTC milliseconds.
    pub occurred: Range<i64>,
    /// Events with a greater number came later.
    pub covered_seq: u64,
    codes: CodesBySeq,
}

impl ScannedProperty {
    pub fn new(book: Arc<ValueBook>, occurred: Range<i64>, covered_seq: u64, codes: CodesBySeq) -> ScannedProperty {
        ScannedProperty { book, occurred, covered_seq, codes }
    }

    pub fn codes(&self) -> &CodesBySeq {
        &self.codes
    }

    pub fn bytes(&self) -> usize {
        self.codes.bytes
    }
}

/// Codes by sequence number. Cheap to copy.
#[derive(Clone, Debug, Default)]
pub struct CodesBySeq {
    pages: Vec<Option<Arc<Page>>>,
    bytes: usize,
}

#[derive(Debug)]
enum Page {
    Few { words: Box<[u64]>, before: Box<[u16]>, codes: Box<[u16]> },
    Bytes(Box<[u8]>),
    Codes(Box<[u16]>),
}

impl Page {
    #[inline]
    fn find(&self, place: usize) -> u16 {
        match self {
            Page::Few { words, before, codes } => {
                let (word, bit) = (words[place / 64], place % 64);
                if word >> bit & 1 == 0 {
                    return NO_VALUE;
                }
                let earlier = (word & ((1 << bit) - 1)).count_ones();
                codes[usize::from(before[place / 64]) + earlier as usize]
            }
            Page::Bytes(codes) => match codes[place] {
                NO_BYTE => NO_VALUE,
                code => u16::from(code),
            },
            Page::Codes(codes) => codes[place],
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Page::Few { codes, .. } => WORDS * 10 + codes.len() * 2,
            Page::Bytes(_) => PAGE_SEQS,
            Page::Codes(_) => PAGE_SEQS * 2,
        }
    }
}

impl CodesBySeq {
    /// The code of an event; that of no value where it has none.
    #[inline]
    pub fn find(&self, seq: u64) -> u16 {
        match self.pages.get((seq / PAGE_SEQS as u64) as usize) {
            Some(Some(page)) => page.find(seq as usize % PAGE_SEQS),
            _ => NO_VALUE,
        }
    }
}

/// Codes being gathered, in any order of their numbers.
pub struct CodesBuilder {
    pages: Vec<Filling>,
    bytes: usize,
}

enum Filling {
    Empty,
    /// Numbers within the page, and their codes.
    Few(Vec<(u16, u16)>),
    Bytes(Box<[u8]>),
    Codes(Box<[u16]>),
    /// Nothing was added to it.
    Kept(Arc<Page>),
}

impl CodesBuilder {
    /// On top of what is known already.
    pub fn over(known: &CodesBySeq) -> CodesBuilder {
        let kept = |page: &Option<Arc<Page>>| page.clone().map_or(Filling::Empty, Filling::Kept);
        CodesBuilder { pages: known.pages.iter().map(kept).collect(), bytes: known.bytes }
    }

    /// About how much memory it takes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Adds the code of an event, which has none yet.
    pub fn push(&mut self, seq: u64, code: u16) {
        let page = (seq / PAGE_SEQS as u64) as usize;
        if page >= self.pages.len() {
            self.pages.resize_with(page + 1, || Filling::Empty);
        }
        self.bytes += self.pages[page].push(seq as usize % PAGE_SEQS, code);
    }

    pub fn finish(self) -> CodesBySeq {
        let pages: Vec<Option<Arc<Page>>> = self.pages.into_iter().map(Filling::finish).collect();
        let bytes = pages.iter().flatten().map(|page| page.bytes()).sum();
        CodesBySeq { pages, bytes }
    }
}

impl Filling {
    /// Gives back how many bytes more it takes.
    fn push(&mut self, place: usize, code: u16) -> usize {
        let mut grown = 0;
        loop {
            match self {
                Filling::Empty => *self = Filling::Few(Vec::new()),
                Filling::Kept(page) => *self = Filling::of(page),
                Filling::Few(values) if values.len() < MOST_FEW => {
                    values.push((place as u16, code));
                    return grown + size_of::<(u16, u16)>();
                }
                Filling::Few(values) => {
                    let mut bytes = vec![NO_BYTE; PAGE_SEQS].into_boxed_slice();
                    let fits = values.iter().all(|(_, code)| *code < u16::from(NO_BYTE));
                    *self = if fits {
                        values.iter().for_each(|(place, code)| bytes[usize::from(*place)] = *code as u8);
                        Filling::Bytes(bytes)
                    } else {
                        grown += PAGE_SEQS;
                        let mut codes = vec![NO_VALUE; PAGE_SEQS].into_boxed_slice();
                        values.iter().for_each(|(place, code)| codes[usize::from(*place)] = *code);
                        Filling::Codes(codes)
                    };
                }
                Filling::Bytes(bytes) if code < u16::from(NO_BYTE) => {
                    bytes[place] = code as u8;
                    return grown;
                }
                Filling::Bytes(bytes) => {
                    grown += PAGE_SEQS;
                    *self = Filling::Codes(bytes.iter().map(|byte| code_of(*byte)).collect());
                }
                Filling::Codes(codes) => {
                    codes[place] = code;
                    return grown;
                }
            }
        }
    }

    fn of(page: &Page) -> Filling {
        match page {
            Page::Few { .. } => {
                let codes = (0..PAGE_SEQS).map(|place| (place as u16, page.find(place)));
                Filling::Few(codes.filter(|(_, code)| *code != NO_VALUE).collect())
            }
            Page::Bytes(bytes) => Filling::Bytes(bytes.clone()),
            Page::Codes(codes) => Filling::Codes(codes.clone()),
        }
    }

    fn finish(self) -> Option<Arc<Page>> {
        Some(match self {
            Filling::Empty => return None,
            Filling::Kept(page) => page,
            Filling::Bytes(bytes) => Arc::new(Page::Bytes(bytes)),
            Filling::Codes(codes) => Arc::new(Page::Codes(codes)),
            Filling::Few(mut values) => {
                values.sort_unstable();
                let mut words = vec![0_u64; WORDS].into_boxed_slice();
                for (place, _) in &values {
                    words[usize::from(*place) / 64] |= 1 << (place % 64);
                }
                let mut count = 0;
                let before = words.iter().map(|word| {
                    let earlier = count;
                    count += word.count_ones() as u16;
                    earlier
                });
                let before = before.collect();
                Arc::new(Page::Few { words, before, codes: values.into_iter().map(|(_, code)| code).collect() })
            }
        })
    }
}

fn code_of(byte: u8) -> u16 {
    if byte == NO_BYTE { NO_VALUE } else { u16::from(byte) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rustc_hash::FxHashMap;

    use super::*;

    fn check(pushed: &[(u64, u16)], known: &CodesBySeq, expected: &mut FxHashMap<u64, u16>) -> CodesBySeq {
        let mut builder = CodesBuilder::over(known);
        pushed.iter().for_each(|(seq, code)| builder.push(*seq, *code));
        expected.extend(pushed.iter().copied());
        let codes = builder.finish();
        let last = expected.keys().max().map_or(0, |seq| seq + 70_000);
        for seq in 0..last {
            assert_eq!(codes.find(seq), expected.get(&seq).copied().unwrap_or(NO_VALUE), "{seq}");
        }
        codes
    }

    #[test]
    fn pages_hold_few_values_many_and_many_different_ones() {
        for (step, values) in [(97, 7), (97, 60_000), (3, 7), (3, 60_000), (1, 254), (1, 255)] {
            let mut expected = FxHashMap::default();
            let mut all: Vec<(u64, u16)> =
                (0..200_000_u64).step_by(step).map(|seq| (seq, (seq * 31 % values) as u16)).collect();
            all.reverse();
            let (early, late) = all.split_at(all.len() / 3);
            let codes = check(late, &CodesBySeq::default(), &mut expected);
            let codes = check(early, &codes, &mut expected);
            let widest = if values < 255 { 1 } else { 2 };
            assert!(codes.bytes <= 4 * PAGE_SEQS * widest, "{step} {values}: {}", codes.bytes);
        }
    }

    #[test]
    fn the_last_code_is_one_as_well() {
        let mut builder = CodesBuilder::over(&CodesBySeq::default());
        (0..40_000).for_each(|seq| builder.push(seq, if seq == 5 { PropertyColumns::OTHER_VALUE } else { 3 }));
        let codes = builder.finish();
        assert_eq!([4, 5, 40_000].map(|seq| codes.find(seq)), [3, PropertyColumns::OTHER_VALUE, NO_VALUE]);
    }

    proptest! {
        #[test]
        fn whatever_was_added_is_found(
            first in proptest::collection::btree_map(0..200_000_u64, 0..u16::MAX, 0..50),
            second in proptest::collection::btree_map(200_000..300_000_u64, 0..u16::MAX, 0..50),
        ) {
            let mut expected = FxHashMap::default();
            let codes = check(&first.into_iter().collect::<Vec<_>>(), &CodesBySeq::default(), &mut expected);
            check(&second.into_iter().collect::<Vec<_>>(), &codes, &mut expected);
        }
    }
}
