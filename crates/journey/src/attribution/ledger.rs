//! Which touch has which row of credits.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::TouchBy;
use super::credits::Row;

/// Credits by touch.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Ledger {
    /// Channel and activity of each row. By channel, row `n` is that of channel `n`.
    pub touches: Vec<u32>,
    /// Rows by touch, where they are not numbered by channel.
    row_of: FxHashMap<u32, u32>,
    pub counts: Vec<Row>,
    /// Empty when outcomes have no values.
    pub values: Vec<Row>,
}

impl Ledger {
    pub fn start(by: TouchBy, has_values: bool) -> Ledger {
        let mut ledger = Ledger::default();
        if by == TouchBy::Channel {
            ledger.touches = (0..=u32::from(u8::MAX)).collect();
            ledger.counts = vec![Row::default(); ledger.touches.len()];
            ledger.values = vec![Row::default(); if has_values { ledger.touches.len() } else { 0 }];
        }
        ledger
    }

    /// The row of an activity on a channel.
    pub fn row(&mut self, channel: u8, activity: u16) -> u32 {
        self.row_of_touch(u32::from(channel) << 16 | u32::from(activity))
    }

    pub fn row_of_touch(&mut self, touch: u32) -> u32 {
        match self.row_of.entry(touch) {
            Entry::Occupied(row) => *row.get(),
            Entry::Vacant(vacant) => {
                let row = self.touches.len() as u32;
                self.touches.push(touch);
                self.counts.push(Row::default());
                // Unused without values: a row of zeros for each touch.
                self.values.push(Row::default());
                *vacant.insert(row)
            }
        }
    }

    pub fn merge(&mut self, by: TouchBy, from: &Ledger) {
        for (row, &touch) in from.touches.iter().enumerate() {
            let here = match by {
                TouchBy::Channel => row,
                TouchBy::ChannelAndActivity => self.row_of_touch(touch) as usize,
            };
            self.counts[here].add(&from.counts[row]);
            if let (Some(sum), Some(values)) = (self.values.get_mut(here), from.values.get(row)) {
                sum.add(values);
            }
        }
    }
}
