//! Gathering what a query finds: how many, and the first of them.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fmt;
use std::str::FromStr;

use domain::{Error, NodeId};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use crate::filter::Sees;
use crate::schema::{NODE, OCCURRED_AT, SEQ};

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Relevance,
    Newest,
}

/// Where a comment stands in an order: by relevance, then the newest first. All numbers of an order by time have the
/// relevance 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub relevance: f32,
    pub occurred_at: i64,
    pub seq: u64,
}

impl Eq for Place {}

impl Ord for Place {
    /// What comes earlier is greater.
    fn cmp(&self, other: &Place) -> Ordering {
        let by_relevance = self.relevance.total_cmp(&other.relevance);
        by_relevance.then(self.occurred_at.cmp(&other.occurred_at)).then(self.seq.cmp(&other.seq))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Place) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.relevance.to_bits(), self.occurred_at, self.seq)
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Place, Error> {
        let mut parts = text.split('.');
        let read = || -> Option<Place> {
            let relevance = f32::from_bits(parts.next()?.parse().ok()?);
            let place = Place { relevance, occurred_at: parts.next()?.parse().ok()?, seq: parts.next()?.parse().ok()? };
            (parts.next().is_none() && relevance.is_finite()).then_some(place)
        };
        let mut read = read;
        read().ok_or_else(|| Error::invalid(format!("`{text}` is not a place among comments; send what `next` said")))
    }
}

/// A comment that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub place: Place,
    pub(crate) address: DocAddress,
}

/// All there are, and the first of them.
#[derive(Debug, Default)]
pub struct Found {
    pub total: u64,
    /// The first ones; the worst of them on top.
    best: BinaryHeap<Reverse<Hit>>,
}

impl Found {
    fn push(&mut self, hit: Hit, most: usize) {
        if self.best.len() < most {
            self.best.push(Reverse(hit));
        } else if self.best.peek().is_some_and(|worst| hit > worst.0) {
            self.best.pop();
            self.best.push(Reverse(hit));
        }
    }

    /// In their order.
    pub fn into_sorted(self) -> Vec<Hit> {
        self.best.into_sorted_vec().into_iter().map(|hit| hit.0).collect()
    }
}

/// Counts all, keeps the first.
pub struct Best {
    pub sort: Sort,
    pub after: Option<Place>,
    pub most: usize,
    pub sees: Option<Sees>,
}

pub struct BestOfSegment {
    segment: SegmentOrdinal,
    occurred_at: Column<i64>,
    seq: Column<u64>,
    node: Column<u64>,
    after: Option<Place>,
    most: usize,
    sees: Option<Sees>,
    found: Found,
}

impl Collector for Best {
    type Fruit = Found;
    type Child = BestOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<BestOfSegment> {
        let columns = reader.fast_fields();
        Ok(BestOfSegment {
            segment,
            occurred_at: columns.i64(OCCURRED_AT)?,
            seq: columns.u64(SEQ)?,
            node: columns.u64(NODE)?,
            after: self.after,
            most: self.most,
            sees: self.sees.clone(),
            found: Found::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, parts: Vec<Found>) -> tantivy::Result<Found> {
        let mut all = Found::default();
        for part in parts {
            all.total += part.total;
            part.best.into_iter().for_each(|hit| all.push(hit.0, self.most));
        }
        Ok(all)
    }
}

impl SegmentCollector for BestOfSegment {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(sees) = &self.sees
            && !sees(NodeId(self.node.first(doc).unwrap_or_default()))
        {
            return;
        }
        self.found.total += 1;
        let place = Place {
            relevance: score,
            occurred_at: self.occurred_at.first(doc).unwrap_or_default(),
            seq: self.seq.first(doc).unwrap_or_default(),
        };
        if self.after.is_none_or(|after| place < after) {
            self.found.push(Hit { place, address: DocAddress::new(self.segment, doc) }, self.most);
        }
    }

    fn harvest(self) -> Found {
        self.found
    }
}
