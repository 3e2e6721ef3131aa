//! Brings the steps of a range into their order and lays them out as columns.

use domain::{Error, Result};
use journey::ActivitySet;

use super::dealing::{Block, Row};
use crate::timeline::range::RangeDraft;

/// One thread's sorting; its memory serves one range after the other.
#[derive(Default)]
pub struct Sorter {
    next: Vec<u32>,
    rows: Vec<Row>,
    codes: Vec<u16>,
    draft: RangeDraft,
}

impl Sorter {
    /// `counts`: the events of every customer who belongs into the range, from `first` on.
    pub fn sort(
        &mut self,
        mut blocks: Vec<Block>,
        first: u64,
        counts: &[u32],
        (customers, events, properties): (usize, usize, usize),
    ) -> Result<&mut RangeDraft> {
        let Sorter { next, rows, codes, draft } = self;
        let found: usize = blocks.iter().map(|block| block.rows.len()).sum();
        if found != events {
            return Err(Error::internal(format!("{found} steps were read where {events} were counted")));
        }
        next.clear();
        let mut before = 0;
        next.extend(counts.iter().map(|count| {
            before += count;
            before - count
        }));
        // What is in it is of no account: every place gets its step.
        rows.resize(events, Row::default());
        codes.clear();
        blocks.sort_unstable_by_key(|block| block.place);
        for block in blocks {
            for row in &block.rows {
                let place = &mut next[row.customer as usize];
                let mut row = *row;
                if properties > 0 {
                    let start = row.codes as usize * properties;
                    row.codes = (codes.len() / properties) as u32;
                    codes.extend_from_slice(&block.codes[start..start + properties]);
                }
                rows[*place as usize] = row;
                *place += 1;
            }
        }

        draft.begin(customers, events, properties);
        let mut columns = draft.columns();
        let (mut customer, mut start) = (0, 0);
        for (place, count) in (first..).zip(counts).filter(|(_, count)| **count > 0) {
            let end = start + *count as usize;
            let lived = &mut rows[start..end];
            if !lived.is_sorted_by_key(|row| (row.occurred_at, row.seq)) {
                lived.sort_unstable_by_key(|row| (row.occurred_at, row.seq));
            }
            for (index, row) in (start..).zip(&*lived) {
                columns.occurred_at[index] = row.occurred_at;
                columns.activity[index] = row.activity;
                columns.channel[index] = row.channel;
                columns.unit[index] = row.unit;
                columns.seq[index] = row.seq;
                columns.node[index] = row.node;
            }
            for (property, column) in columns.properties.iter_mut().enumerate() {
                for (code, row) in column[start..end].iter_mut().zip(&*lived) {
                    *code = codes[row.codes as usize * properties + property];
                }
            }
            columns.customers[customer] = place;
            columns.activity_sets[customer] = ActivitySet::of(&columns.activity[start..end]).bits();
            columns.offsets[customer] = start as u64;
            (customer, start) = (customer + 1, end);
        }
        columns.offsets[customer] = start as u64;
        Ok(draft)
    }
}
