//! Reads row groups and deals their steps out to the ranges of their customers.

use std::sync::Arc;

use domain::ports::DataFile;
use journey::LivedJourney;

use super::laid_out::LaidOut;
use super::{Plan, Sealed};
use crate::chunk::{ChunkError, ChunkFilter, ChunkReader, find_texts};
use crate::timeline::values::PropertyValues;

/// A step on its way into a range.
#[derive(Clone, Copy, Default)]
pub struct Row {
    pub occurred_at: i64,
    pub seq: u64,
    pub node: u64,
    /// Of the customers that belong into the range, counted from the first.
    pub customer: u32,
    /// Where its codes of properties stand, in rows of all properties.
    pub codes: u32,
    pub activity: u16,
    pub unit: u16,
    pub channel: u8,
}

/// Steps of one row group, sorted by node, time and sequence number.
pub struct Block {
    /// Chunk and row group: in this order blocks are nearly in the order of what happened.
    pub place: (usize, usize),
    pub rows: Vec<Row>,
    /// Codes of all steps of the row group.
    pub codes: Arc<[u16]>,
}

/// One thread's reading.
pub struct Dealer<'a> {
    sealed: Sealed<'a>,
    plan: &'a Plan,
    laid_out: LaidOut<'a>,
    /// By range; empty between row groups.
    dealt: Vec<Vec<Row>>,
    touched: Vec<usize>,
    /// Memory for the steps of as many ranges as one row group reached into.
    spare: Vec<Vec<Row>>,
}

impl<'a> Dealer<'a> {
    pub fn new(sealed: Sealed<'a>, plan: &'a Plan, values: &'a PropertyValues) -> Dealer<'a> {
        let dealt = (0..plan.ranges.len()).map(|_| Vec::new()).collect();
        Dealer { sealed, plan, laid_out: LaidOut::new(values), dealt, touched: Vec::new(), spare: Vec::new() }
    }

    pub fn read(&mut self, file: &DataFile, chunk: &ChunkReader, group: usize) -> Result<(), ChunkError> {
        let Dealer { sealed, plan, laid_out, dealt, touched, spare } = self;
        let mut current = usize::MAX;
        let mut span = 0..0;
        let mut count = 0_u32;
        laid_out.clear();
        chunk.for_each_rows(group, sealed.names, laid_out.is_needed(), &mut |rows| {
            laid_out.find(&rows);
            for index in 0..rows.count() {
                let Some(step) = rows.step(index) else { continue };
                let node = step.node.0;
                let customer = plan.customer_of(node);
                if !span.contains(&customer) {
                    current = plan.range_of(customer);
                    span = plan.span(current);
                    if dealt[current].is_empty() {
                        touched.push(current);
                        dealt[current] = spare.pop().unwrap_or_default();
                    }
                }
                laid_out.read(&rows, index, step.seq, node);
                dealt[current].push(Row {
                    occurred_at: step.occurred_at,
                    seq: step.seq,
                    node,
                    customer: (customer - span.start) as u32,
                    codes: count,
                    activity: step.activity,
                    unit: LivedJourney::unit_code(step.unit),
                    channel: step.channel.unwrap_or(LivedJourney::NO_CHANNEL),
                });
                count += 1;
            }
            Ok(())
        })?;
        if laid_out.lacks_texts() {
            let texts = find_texts(&sealed.catalogue.files, file);
            let whole = sealed.verified.open_whole(&**sealed.files, sealed.events_dir, file, texts)?;
            let nodes = laid_out.nodes_without_texts();
            let filter = ChunkFilter { nodes: Some(&nodes), ..ChunkFilter::default() };
            whole.for_each(&filter, sealed.names, &mut |event| laid_out.read_whole(&event))?;
        }
        Ok(())
    }

    /// Gives the values that were read their codes.
    pub fn give_codes(&mut self) {
        self.laid_out.give_codes();
    }

    /// What was read, by range.
    pub fn take_blocks(&mut self, place: (usize, usize)) -> Vec<(usize, Block)> {
        let codes = self.laid_out.take_codes();
        let Dealer { dealt, spare, .. } = self;
        let take = |range: usize| {
            let mut dealt = std::mem::take(&mut dealt[range]);
            let rows = dealt.as_slice().to_vec();
            dealt.clear();
            spare.push(dealt);
            (range, Block { place, rows, codes: codes.clone() })
        };
        self.touched.drain(..).map(take).collect()
    }
}
