//! The laid-out properties of the steps of a row group.
//!
//! Most events do not have the property that is looked for, and their JSON is not parsed: the names are searched for in the
//! texts of a whole batch at once. The values of a row group get numbers of its own first, so that threads meet only once for
//! each value and row group.

use std::sync::Arc;

use domain::ports::PropertyType;
use domain::{NodeId, StoredEvent};
use journey::PropertyColumns;
use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use crate::chunk::{MARK, RawValue, StepRows, find_rows, for_each_property};
use crate::timeline::values::PropertyValues;

const NONE: u32 = u32::MAX;

pub struct LaidOut<'a> {
    values: &'a PropertyValues,
    /// Of the names, as JSON mostly writes them.
    finders: Vec<Finder<'static>>,
    found: Vec<FoundValues>,
    /// Rows of the batch whose JSON may have one of the properties, ascending; and the next one of them.
    candidates: Vec<u32>,
    next: usize,
    /// Numbers of values, row after row.
    numbers: Vec<u32>,
    /// The codes that these numbers became.
    codes: Vec<u16>,
    /// Steps with values that lie among the texts: node, by sequence number, and row.
    without_texts: FxHashMap<u64, (u64, usize)>,
}

/// The values that a property has in the row group, by number.
#[derive(Default)]
struct FoundValues {
    values: Vec<(Option<PropertyType>, Box<str>)>,
    numbers: FxHashMap<Box<str>, u32>,
    last: u32,
}

impl<'a> LaidOut<'a> {
    pub fn new(values: &'a PropertyValues) -> LaidOut<'a> {
        let finder = |name: &str| Finder::new(serde_json::Value::from(name).to_string().as_bytes()).into_owned();
        LaidOut {
            values,
            finders: values.names().map(finder).collect(),
            found: values.names().map(|_| FoundValues::default()).collect(),
            candidates: Vec::new(),
            next: 0,
            numbers: Vec::new(),
            codes: Vec::new(),
            without_texts: FxHashMap::default(),
        }
    }

    /// Whether any property is laid out.
    pub fn is_needed(&self) -> bool {
        !self.finders.is_empty()
    }

    /// Forgets the row group before.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.without_texts.clear();
        for found in &mut self.found {
            found.values.clear();
            found.numbers.clear();
            found.last = NONE;
        }
    }

    /// Finds the rows of a batch whose JSON may have one of the properties.
    pub fn find(&mut self, rows: &StepRows<'_>) {
        self.candidates.clear();
        self.next = 0;
        let Some(texts) = rows.properties else { return };
        for finder in &self.finders {
            find_rows(texts, |bytes| finder.find(bytes), |row| self.candidates.push(row as u32));
        }
        // A name may be written with escapes.
        find_rows(texts, |bytes| memchr::memchr(b'\\', bytes), |row| self.candidates.push(row as u32));
        if self.finders.len() > 1 || !self.candidates.is_sorted() {
            self.candidates.sort_unstable();
            self.candidates.dedup();
        }
    }

    /// Reads the values of a row of the batch, which is a step. Rows come in ascending order.
    pub fn read(&mut self, rows: &StepRows<'_>, row: usize, seq: u64, node: u64) {
        let Some(texts) = rows.properties else { return };
        let start = self.numbers.len();
        self.numbers.resize(start + self.found.len(), NONE);
        while self.candidates.get(self.next).is_some_and(|candidate| (*candidate as usize) < row) {
            self.next += 1;
        }
        let is_candidate = self.candidates.get(self.next).is_some_and(|candidate| *candidate as usize == row);
        if is_candidate && self.read_json(texts.value(row), start, MARK) {
            self.without_texts.insert(seq, (node, start));
        }
    }

    /// The first value of a property counts. Whether one of them is `mark`, and so is not known yet.
    fn read_json(&mut self, json: &str, start: usize, mark: &str) -> bool {
        let LaidOut { values, found, numbers, .. } = self;
        let mut seen = 0_u32;
        let mut is_marked = false;
        for_each_property(json, |raw_name, value| {
            let Some(position) = values.position_of(raw_name) else { return };
            if seen & (1 << position) == 0 {
                seen |= 1 << position;
                if value.raw == mark {
                    is_marked = true;
                } else {
                    numbers[start + position] = found[position].number_of(value);
                }
            }
        });
        is_marked
    }

    pub fn lacks_texts(&self) -> bool {
        !self.without_texts.is_empty()
    }

    /// The nodes of the steps whose values lie among the texts, sorted.
    pub fn nodes_without_texts(&self) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = self.without_texts.values().map(|(node, _)| NodeId(*node)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// Reads the values again of a step whose texts are in their places.
    pub fn read_whole(&mut self, event: &StoredEvent) {
        if let Some((_, start)) = self.without_texts.get(&event.seq).copied() {
            self.read_json(&event.properties, start, "");
        }
    }

    /// Gives the values codes.
    pub fn give_codes(&mut self) {
        let codes: Vec<Vec<u16>> = (0..)
            .zip(&self.found)
            .map(|(property, found)| {
                let code = |(kind, raw): &(_, Box<str>)| self.values.code_of(property, RawValue { kind: *kind, raw });
                found.values.iter().map(code).collect()
            })
            .collect();
        self.codes.clear();
        for row in self.numbers.chunks_exact(codes.len()) {
            let code = |(number, codes): (&u32, &Vec<u16>)| {
                codes.get(*number as usize).copied().unwrap_or(PropertyColumns::NO_VALUE)
            };
            self.codes.extend(row.iter().zip(&codes).map(code));
        }
    }

    /// The codes, a row for each step.
    pub fn take_codes(&mut self) -> Arc<[u16]> {
        self.codes.as_slice().into()
    }
}

impl FoundValues {
    fn number_of(&mut self, value: RawValue<'_>) -> u32 {
        let is_last = self.values.get(self.last as usize).is_some_and(|(_, raw)| **raw == *value.raw);
        if is_last {
            return self.last;
        }
        self.last = match self.numbers.get(value.raw) {
            Some(number) => *number,
            None => {
                // A row group has far fewer rows than a u32 can count.
                let number = self.values.len() as u32;
                self.values.push((value.kind, value.raw.into()));
                self.numbers.insert(value.raw.into(), number);
                number
            }
        };
        self.last
    }
}
