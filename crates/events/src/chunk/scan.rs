//! Finding the events of a chunk that may have certain properties, without reading their other columns and without looking
//! into the properties of the other events.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch, StringArray};
use domain::NodeId;
use memchr::memchr;
use memchr::memmem::Finder;

use super::rows::column;
use super::schema::{ACTIVITY, NODE, OCCURRED_AT, PROPERTIES, SEQ};
use super::{ChunkError, ChunkFilter, ChunkReader};

/// Names of properties as JSON writes them.
pub struct PropertyNames {
    finders: Vec<Finder<'static>>,
}

impl PropertyNames {
    pub fn new<'a>(names: impl Iterator<Item = &'a str>) -> PropertyNames {
        let written = names.map(|name| serde_json::Value::from(name).to_string());
        PropertyNames { finders: written.map(|name| Finder::new(name.as_bytes()).into_owned()).collect() }
    }

    /// Whether one of them may be in a text.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.finders.iter().any(|finder| finder.find(text.as_bytes()).is_some())
            || memchr(b'\\', text.as_bytes()).is_some()
    }

    /// Marks the texts of a column in which one of the names may be. A name may also be written with escapes.
    fn mark(&self, texts: &StringArray, is_candidate: &mut Vec<bool>) {
        is_candidate.clear();
        is_candidate.resize(texts.len(), false);
        for finder in &self.finders {
            find_rows(texts, |bytes| finder.find(bytes), |row| is_candidate[row] = true);
        }
        find_rows(texts, |bytes| memchr(b'\\', bytes), |row| is_candidate[row] = true);
    }
}

/// Calls `each` with the rows of a column in which `find` finds something, in order. The texts are searched as one, so that a row
/// counts too in which something only begins.
pub(crate) fn find_rows(texts: &StringArray, find: impl Fn(&[u8]) -> Option<usize>, mut each: impl FnMut(usize)) {
    let (bytes, offsets) = (texts.value_data(), texts.value_offsets());
    let (mut row, rows_end) = (0, offsets.len() - 1);
    let (mut at, end) = (offsets[0] as usize, offsets[rows_end] as usize);
    while let Some(found) = find(&bytes[at..end]) {
        let place = (at + found) as i32;
        // The next one is mostly not far.
        while row < rows_end && offsets[row + 1] <= place {
            row += 1;
        }
        each(row);
        // What was found may reach into the next text, which is searched as a whole.
        at = offsets[row + 1] as usize;
    }
}

/// Activities of which the properties may have one of the names, some of them at a time.
pub struct Candidates<'a> {
    seqs: &'a [u64],
    properties: &'a StringArray,
    is_candidate: &'a [bool],
    min_seq: u64,
}

impl<'a> Candidates<'a> {
    /// The numbers of the events and their properties, a JSON object without its free texts.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &'a str)> {
        let Candidates { seqs, properties, is_candidate, min_seq } = *self;
        let rows = is_candidate.iter().enumerate().filter(|(_, is_candidate)| **is_candidate);
        rows.map(move |(row, _)| (seqs[row], properties.value(row))).filter(move |(seq, _)| *seq >= min_seq)
    }
}

impl ChunkReader {
    /// Row groups that may have events with the number `min_seq` or a later one that occurred in a span.
    pub fn list_groups(&self, min_seq: u64, occurred: &Range<i64>) -> Vec<usize> {
        let filter = ChunkFilter { min_seq: Some(min_seq), occurred: Some(occurred.clone()), nodes: None };
        self.file.prune(&filter)
    }

    /// Calls `each` with the activities of some row groups that may have one of the properties, from the number `min_seq`
    /// on, that occurred in a span. Ends early when `each` fails.
    pub fn for_each_candidate<E: From<ChunkError>>(
        &self,
        groups: &[usize],
        min_seq: u64,
        occurred: &Range<i64>,
        names: &PropertyNames,
        each: &mut dyn FnMut(Candidates<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut is_candidate = Vec::new();
        let columns = [SEQ, ACTIVITY, OCCURRED_AT, PROPERTIES].into_iter();
        for batch in self.file.batches(groups.to_vec(), None, columns)? {
            let batch = batch.map_err(|error| self.file.damaged(error))?;
            let seqs = self.file.numbers(&batch, SEQ)?;
            let properties = self.texts(&batch, PROPERTIES)?;
            let activities = column(self.file.name(), &batch, ACTIVITY)?;
            names.mark(properties, &mut is_candidate);
            if let Some(activities) = activities.nulls() {
                is_candidate.iter_mut().zip(activities).for_each(|(is_candidate, has)| *is_candidate &= has);
            }
            let instants = self.file.instants(&batch, OCCURRED_AT)?.iter();
            is_candidate.iter_mut().zip(instants).for_each(|(is_candidate, at)| *is_candidate &= occurred.contains(at));
            each(Candidates { seqs, properties, is_candidate: &is_candidate, min_seq })?;
        }
        Ok(())
    }

    /// The nodes of some events of these row groups, by their numbers, which are sorted. Sorted.
    pub fn find_nodes(&self, groups: &[usize], wanted: &[u64]) -> Result<Vec<NodeId>, ChunkError> {
        let mut found = Vec::new();
        for batch in self.file.batches(groups.to_vec(), None, [SEQ, NODE].into_iter())? {
            let batch = batch.map_err(|error| self.file.damaged(error))?;
            let (seqs, nodes) = (self.file.numbers(&batch, SEQ)?, self.file.numbers(&batch, NODE)?);
            let rows = seqs.iter().zip(nodes).filter(|(seq, _)| wanted.binary_search(seq).is_ok());
            found.extend(rows.map(|(_, node)| NodeId(*node)));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn texts<'b>(&self, batch: &'b RecordBatch, name: &str) -> Result<&'b StringArray, ChunkError> {
        let texts = column(self.file.name(), batch, name)?.as_string_opt::<i32>();
        texts.ok_or_else(|| self.file.damaged(format!("column {name} is of another type")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_its_own_text_whatever_stands_before_it() {
        let texts =
            ["", r#"{"k":"v"}"#, r#"{"}{":1}"#, r#"{"k":"}{"}"#, "", r#"{"}{":1,"k":"}{"}"#, r#"{"}\u007b":1}"#];
        let texts: StringArray = texts.into_iter().map(Some).collect();
        let marked = |texts: &StringArray| {
            let mut is_candidate = Vec::new();
            PropertyNames::new(["}{", "x"].into_iter()).mark(texts, &mut is_candidate);
            is_candidate
        };
        assert_eq!(marked(&texts)[2..], [true, true, false, true, true]);
        assert_eq!(marked(&texts.slice(2, 4)), [true, true, false, true], "a part of a column");
        assert!(marked(&texts.slice(0, 0)).is_empty());
    }
}
