//! Daily counts: events and distinct customers of each activity on each day.
//!
//! The counts stand in a grid of activities and days where that is not too large, else in a hash table that sweeps over
//! as many passes as it takes to stay within its limit.

use std::cmp::Reverse;

use domain::error::Result;
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::needs::Needs;
use crate::operator::{JourneyBatch, LivedJourney, Operator, Step};
use crate::periods::Periods;
use crate::tally::{Seen, Sweep, Tally, Total};

/// Days that a question may have: ten years.
pub const MOST_DAYS: usize = 3_660;

/// Cells of the grid, of 16 bytes.
const DEFAULT_GRID_CELLS: usize = 1 << 22;
/// Entries of the hash table that takes over beyond the grid: they fit 2²¹ buckets of 21 bytes.
const DEFAULT_ENTRY_LIMIT: usize = 1_800_000;
/// Rows of an answer.
const DEFAULT_MOST_ROWS: usize = 1_000_000;

/// The question: how often, and by how many, on each day?
#[derive(Debug)]
pub struct DailyQuestion {
    days: Periods,
    counted: Activities,
    grid_cells: usize,
    most_rows: usize,
    sweep: Sweep,
    /// Of earlier sweeps.
    rows: Vec<ActivityDay>,
    left_out: DaysLeftOut,
}

/// What happened how often on which day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Daily {
    /// By activity code and day; days on which an activity did not happen are left out.
    pub rows: Vec<ActivityDay>,
    /// The rarest rows, where there are more than an answer may hold. Usually nothing.
    pub left_out: DaysLeftOut,
}

/// An activity on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityDay {
    pub activity: u16,
    /// Number of the day in the question, from 0.
    pub day: u16,
    pub events: u64,
    /// Distinct.
    pub customers: u64,
}

/// Rows that the answer does not hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaysLeftOut {
    pub rows: u64,
    pub events: u64,
}

/// What is known after some of the customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct DailyPartial {
    /// Customers so far; the number of the current one.
    customers: u32,
    counts: Counts,
}

#[derive(Debug, Serialize, Deserialize)]
enum Counts {
    /// One row of days for each activity, by code.
    Grid(Vec<Seen>),
    Hashed(Tally<u32, Seen>),
}

impl DailyQuestion {
    /// Counts in 1 to [`MOST_DAYS`] days between neighbouring instants in UTC milliseconds, which are put in order: day `n`
    /// is `edges[n] <= occurred_at < edges[n + 1]`. They may be other periods as well.
    pub fn new(edges: Vec<i64>, counted: Activities) -> Result<DailyQuestion> {
        Ok(DailyQuestion {
            days: Periods::new(edges, MOST_DAYS)?,
            counted,
            grid_cells: DEFAULT_GRID_CELLS,
            most_rows: DEFAULT_MOST_ROWS,
            sweep: Sweep::start(DEFAULT_ENTRY_LIMIT),
            rows: Vec::new(),
            left_out: DaysLeftOut::default(),
        })
    }

    /// Sets how much a partial result may hold: a grid of `cells` of 16 bytes, else `entries` of a hash table. What does
    /// not fit takes further passes.
    pub fn with_limits(mut self, cells: usize, entries: usize) -> DailyQuestion {
        self.grid_cells = cells;
        self.sweep = Sweep::start(entries);
        self
    }

    /// Sets how many rows the answer may hold. Beyond, those with the fewest events are left out, of equal ones those of
    /// higher codes and later days.
    pub fn with_most_rows(mut self, rows: usize) -> DailyQuestion {
        self.most_rows = rows;
        self
    }

    /// Widens the grid for an activity, or gives it up.
    fn make_room(&self, counts: &mut Counts, largest: u16) {
        let Counts::Grid(cells) = counts else { return };
        let needed = (usize::from(largest) + 1) * self.days.len();
        if needed <= cells.len() {
            return;
        }
        if needed > self.grid_cells || self.is_sweeping() {
            *counts = Counts::Hashed(self.hash(std::mem::take(cells)));
            return;
        }
        let roomy = (usize::from(largest) + 1).next_power_of_two() * self.days.len();
        cells.resize(roomy.min(self.grid_cells).max(needed), Seen::default());
    }

    /// Whether earlier passes counted a part of the keys already, which a grid could not leave out.
    fn is_sweeping(&self) -> bool {
        self.sweep.from > 0
    }

    fn hash(&self, cells: Vec<Seen>) -> Tally<u32, Seen> {
        let mut tally = Tally::new();
        for (key, seen) in self.keyed(cells) {
            tally.update(self.sweep, key, |sum: &mut Seen| sum.add(&seen));
        }
        tally
    }

    /// The cells of a grid that are not empty, by key.
    fn keyed(&self, cells: Vec<Seen>) -> impl Iterator<Item = (u32, Seen)> {
        let days = self.days.len();
        let filled = cells.into_iter().enumerate().filter(|(_, seen)| seen.events > 0);
        filled.map(move |(cell, seen)| (key_of((cell / days) as u16, cell % days), seen))
    }

    fn leave_out_rarest(&mut self) {
        if self.rows.len() <= self.most_rows {
            return;
        }
        self.rows.select_nth_unstable_by_key(self.most_rows, |row| (Reverse(row.events), row.activity, row.day));
        for row in self.rows.drain(self.most_rows..) {
            self.left_out.rows += 1;
            self.left_out.events += row.events;
        }
    }
}

fn key_of(activity: u16, day: usize) -> u32 {
    u32::from(activity) << 16 | day as u32
}

fn row_of((key, seen): (u32, Seen)) -> ActivityDay {
    ActivityDay {
        activity: (key >> 16) as u16,
        day: key as u16,
        events: seen.events,
        customers: u64::from(seen.customers),
    }
}

impl Operator for DailyQuestion {
    type Partial = DailyPartial;
    type Output = Daily;

    fn needs(&self) -> Needs {
        Needs::EVERY_CUSTOMER.only_with(self.counted.set())
    }

    fn start(&self) -> DailyPartial {
        DailyPartial { customers: 0, counts: Counts::Grid(Vec::new()) }
    }

    fn fold(&self, partial: &mut DailyPartial, customer: LivedJourney<'_>) {
        JourneyBatch::of_one(customer, |batch| self.fold_batch(partial, batch));
    }

    fn fold_batch(&self, partial: &mut DailyPartial, batch: JourneyBatch<'_>) {
        // What stands between customers may be counted here, and costs room at worst.
        let Some(largest) = batch.activity[batch.extent()].iter().copied().max() else { return };
        self.make_room(&mut partial.counts, largest);
        let days = self.days.len();
        for span in batch.spans {
            partial.customers += 1;
            let number = partial.customers;
            let (instants, activities) = (&batch.occurred_at[span.positions()], &batch.activity[span.positions()]);
            let inside = self.days.inside(instants);
            let events = instants[inside.clone()].iter().zip(&activities[inside]);
            let counted = events.filter(|(_, activity)| self.counted.has(**activity));
            match &mut partial.counts {
                Counts::Grid(cells) => {
                    for (&at, &activity) in counted {
                        cells[usize::from(activity) * days + self.days.period_of(at)].mark(number);
                    }
                }
                Counts::Hashed(tally) => {
                    for (&at, &activity) in counted {
                        let key = key_of(activity, self.days.period_of(at));
                        tally.update(self.sweep, key, |seen| seen.mark(number));
                    }
                }
            }
        }
    }

    fn merge(&self, into: &mut DailyPartial, from: DailyPartial) {
        match (&mut into.counts, from.counts) {
            (Counts::Grid(sums), Counts::Grid(mut cells)) => {
                if sums.len() < cells.len() {
                    std::mem::swap(sums, &mut cells);
                }
                for (sum, cell) in sums.iter_mut().zip(&cells) {
                    sum.add(cell);
                }
            }
            (Counts::Hashed(sums), Counts::Grid(cells)) => sums.merge(self.sweep, self.hash(cells)),
            (Counts::Hashed(sums), Counts::Hashed(tally)) => sums.merge(self.sweep, tally),
            (counts @ Counts::Grid(_), Counts::Hashed(tally)) => {
                let Counts::Grid(cells) = std::mem::replace(counts, Counts::Hashed(tally)) else { return };
                if let Counts::Hashed(sums) = counts {
                    sums.merge(self.sweep, self.hash(cells));
                }
            }
        }
    }

    fn finish(mut self, partial: DailyPartial) -> Step<Self> {
        let next_sweep = match partial.counts {
            Counts::Grid(cells) => {
                let rows: Vec<ActivityDay> = self.keyed(cells).map(row_of).collect();
                self.rows.extend(rows);
                None
            }
            Counts::Hashed(tally) => {
                let until = tally.until();
                self.rows.extend(tally.into_entries().map(row_of));
                self.sweep.after(until)
            }
        };
        self.leave_out_rarest();
        if let Some(sweep) = next_sweep {
            self.sweep = sweep;
            return Step::Again(self);
        }
        self.rows.sort_unstable_by_key(|row| (row.activity, row.day));
        Step::Done(Daily { rows: self.rows, left_out: self.left_out })
    }
}
