//! How many comments speak of what, in each part of a period.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::NodeId;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use crate::filter::Sees;
use crate::schema::{NODE, OCCURRED_AT, SENTIMENT, TOPIC};

/// Comments by topic and by sentiment, in each part of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeCounts {
    /// By part of the period.
    pub comments: Vec<u64>,
    /// By topic (`waiting`) and by topic with judgement (`waiting:negative`).
    pub topics: BTreeMap<String, Vec<u64>>,
    pub sentiments: SentimentCounts,
}

/// By `negative`, `neutral`, `positive`.
pub type SentimentCounts = BTreeMap<String, Vec<u64>>;

pub struct CountThemes {
    /// Where the parts begin, and where the last one ends, in UTC milliseconds.
    pub edges: Arc<[i64]>,
    pub sees: Option<Sees>,
}

pub struct ThemesOfSegment {
    edges: Arc<[i64]>,
    sees: Option<Sees>,
    occurred_at: Column<i64>,
    node: Column<u64>,
    topic: Option<StrColumn>,
    sentiment: Option<StrColumn>,
    comments: Vec<u64>,
    /// By ordinal, then by part.
    topics: BTreeMap<u64, Vec<u64>>,
    sentiments: BTreeMap<u64, Vec<u64>>,
}

impl Collector for CountThemes {
    type Fruit = ThemeCounts;
    type Child = ThemesOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<ThemesOfSegment> {
        let columns = reader.fast_fields();
        Ok(ThemesOfSegment {
            edges: self.edges.clone(),
            sees: self.sees.clone(),
            occurred_at: columns.i64(OCCURRED_AT)?,
            node: columns.u64(NODE)?,
            topic: columns.str(TOPIC)?,
            sentiment: columns.str(SENTIMENT)?,
            comments: vec![0; self.edges.len().saturating_sub(1)],
            topics: BTreeMap::new(),
            sentiments: BTreeMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, parts: Vec<ThemeCounts>) -> tantivy::Result<ThemeCounts> {
        let spans = self.edges.len().saturating_sub(1);
        let mut all = ThemeCounts { comments: vec![0; spans], ..ThemeCounts::default() };
        for part in parts {
            add(&mut all.comments, &part.comments);
            for (into, from) in [(&mut all.topics, part.topics), (&mut all.sentiments, part.sentiments)] {
                for (name, counts) in from {
                    add(into.entry(name).or_insert_with(|| vec![0; spans]), &counts);
                }
            }
        }
        Ok(all)
    }
}

fn add(into: &mut [u64], from: &[u64]) {
    into.iter_mut().zip(from).for_each(|(into, from)| *into += from);
}

impl SegmentCollector for ThemesOfSegment {
    type Fruit = ThemeCounts;

    fn collect(&mut self, doc: DocId, _: Score) {
        if let Some(sees) = &self.sees
            && !sees(NodeId(self.node.first(doc).unwrap_or_default()))
        {
            return;
        }
        let at = self.occurred_at.first(doc).unwrap_or_default();
        let Some(span) = self.edges.partition_point(|edge| *edge <= at).checked_sub(1) else { return };
        let Some(comments) = self.comments.get_mut(span) else { return };
        *comments += 1;
        let spans = self.comments.len();
        for (column, counts) in [(&self.topic, &mut self.topics), (&self.sentiment, &mut self.sentiments)] {
            for ordinal in column.iter().flat_map(|column| column.term_ords(doc)) {
                counts.entry(ordinal).or_insert_with(|| vec![0; spans])[span] += 1;
            }
        }
    }

    fn harvest(self) -> ThemeCounts {
        let named = |column: &Option<StrColumn>, counts: BTreeMap<u64, Vec<u64>>| {
            let name_of = |ordinal| {
                let mut name = String::new();
                let is_known = column.as_ref().is_some_and(|it| it.ord_to_str(ordinal, &mut name).unwrap_or_default());
                is_known.then_some(name)
            };
            counts.into_iter().filter_map(|(ordinal, counts)| Some((name_of(ordinal)?, counts))).collect()
        };
        ThemeCounts {
            topics: named(&self.topic, self.topics),
            sentiments: named(&self.sentiment, self.sentiments),
            comments: self.comments,
        }
    }
}
