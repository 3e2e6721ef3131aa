//! One moment of the timeline, as the engine reads it.

use std::sync::Arc;

use domain::{Error, Result};
use journey::{JourneySource, LivedJourney};

use super::base::Base;
use super::range::{Columns, Range};

/// An activity of the overlay, with the customer it belongs to at this moment.
#[derive(Clone, Copy, Debug)]
pub struct Lived {
    pub customer: u64,
    pub occurred_at: i64,
    pub seq: u64,
    pub node: u64,
    pub activity: u16,
    pub channel: u8,
}

/// What every customer lived, at one moment. Cheap to clone; later events do not change it.
#[derive(Clone)]
pub struct Timeline {
    moment: Arc<Moment>,
}

struct Moment {
    base: Arc<Base>,
    /// Sorted by customer, time and sequence number.
    overlay: Vec<Lived>,
    /// Customers of the base whose events are all in the overlay; sorted.
    dissolved: Vec<u64>,
    parts: Vec<Part>,
    version: u64,
    events: u64,
    customers: u64,
}

struct Part {
    range: Option<usize>,
    overlay: std::ops::Range<usize>,
}

/// Overlay events of customers beyond the base are folded in parts of about this many.
const OVERLAY_PART_EVENTS: usize = 1 << 17;

impl Timeline {
    pub(super) fn new(base: Arc<Base>, overlay: Vec<Lived>, dissolved: Vec<u64>, version: u64) -> Timeline {
        let mut parts = Vec::new();
        let mut start = 0;
        for (index, range) in base.ranges.iter().enumerate() {
            let upper = base.ranges.get(index + 1).map_or(range.last_customer + 1, |next| next.first_customer);
            let end = start + overlay[start..].partition_point(|lived| lived.customer < upper);
            parts.push(Part { range: Some(index), overlay: start..end });
            start = end;
        }
        while start < overlay.len() {
            let mut end = (start + OVERLAY_PART_EVENTS).min(overlay.len());
            let last = overlay[end - 1].customer;
            end += overlay[end..].partition_point(|lived| lived.customer == last);
            parts.push(Part { range: None, overlay: start..end });
            start = end;
        }
        let (mut events, mut customers) = (overlay.len() as u64, 0);
        for range in &base.ranges {
            events += range.event_count() as u64;
            customers += range.customers().len() as u64;
        }
        for customer in &dissolved {
            if let Ok(Some(columns)) = base.find(*customer) {
                events -= columns.seq.len() as u64;
                customers -= 1;
            }
        }
        for group in overlay.chunk_by(|a, b| a.customer == b.customer) {
            let customer = group[0].customer;
            let is_in_base =
                base.find_range(customer).is_some_and(|range| range.customers().binary_search(&customer).is_ok());
            if !is_in_base || dissolved.binary_search(&customer).is_ok() {
                customers += 1;
            }
        }
        Timeline { moment: Arc::new(Moment { base, overlay, dissolved, parts, version, events, customers }) }
    }

    /// Activities in it.
    pub fn event_count(&self) -> u64 {
        self.moment.events
    }

    /// Customers with at least one activity.
    pub fn customer_count(&self) -> u64 {
        self.moment.customers
    }

    pub(super) fn version(&self) -> u64 {
        self.moment.version
    }

    pub(super) fn base(&self) -> &Base {
        &self.moment.base
    }

    pub(super) fn has_overlay(&self) -> bool {
        !self.moment.overlay.is_empty() || !self.moment.dissolved.is_empty()
    }

    pub(super) fn parts(&self) -> usize {
        self.moment.parts.len()
    }

    /// The range of a part in which every customer is as the projection has it.
    pub(super) fn untouched_range(&self, part: usize) -> Option<&Arc<Range>> {
        let part = &self.moment.parts[part];
        let range = &self.moment.base.ranges[part.range?];
        (part.overlay.is_empty() && self.dissolved_in(range).is_empty()).then_some(range)
    }

    fn dissolved_in(&self, range: &Range) -> &[u64] {
        let dissolved = &self.moment.dissolved;
        let start = dissolved.partition_point(|customer| *customer < range.first_customer);
        let end = dissolved.partition_point(|customer| *customer <= range.last_customer);
        &dissolved[start..end]
    }

    /// Calls `each` for every customer of a part, in ascending order, with all columns; the cold ones are verified only
    /// when `is_whole` asks for them or the part has an overlay.
    pub(super) fn for_each_columns(
        &self,
        part: usize,
        is_whole: bool,
        each: &mut dyn FnMut(u64, Columns<'_>),
    ) -> Result<()> {
        let part = &self.moment.parts[part];
        let overlay = &self.moment.overlay[part.overlay.clone()];
        let mut groups = overlay.chunk_by(|a, b| a.customer == b.customer).peekable();
        let mut scratch = Scratch::default();
        if let Some(range) = part.range.map(|index| &self.moment.base.ranges[index]) {
            let dissolved = self.dissolved_in(range);
            if is_whole || !overlay.is_empty() {
                range.verify_all()?;
            } else {
                range.verify_hot()?;
            }
            let mut next_dissolved = dissolved.iter().peekable();
            let (columns, offsets) = (range.columns(), range.offsets());
            for (index, customer) in range.customers().iter().enumerate() {
                while let Some(group) = groups.next_if(|group| group[0].customer < *customer) {
                    each(group[0].customer, scratch.fill(None, group));
                }
                let is_dissolved = next_dissolved.next_if(|dissolved| *dissolved == customer).is_some();
                let (start, end) = (offsets[index] as usize, offsets[index + 1] as usize);
                let own = Columns {
                    occurred_at: &columns.occurred_at[start..end],
                    activity: &columns.activity[start..end],
                    channel: &columns.channel[start..end],
                    seq: &columns.seq[start..end],
                    node: &columns.node[start..end],
                };
                match groups.next_if(|group| group[0].customer == *customer) {
                    Some(group) => each(*customer, scratch.fill((!is_dissolved).then_some(own), group)),
                    None if is_dissolved => {}
                    None => each(*customer, own),
                }
            }
        }
        for group in groups {
            each(group[0].customer, scratch.fill(None, group));
        }
        Ok(())
    }
}

impl JourneySource for Timeline {
    type Error = Error;

    fn part_count(&self) -> usize {
        self.parts()
    }

    fn for_each_customer(&self, part: usize, each: &mut dyn FnMut(LivedJourney<'_>)) -> Result<()> {
        self.for_each_columns(part, false, &mut |customer, columns| {
            each(LivedJourney {
                customer,
                occurred_at: columns.occurred_at,
                activity: columns.activity,
                channel: columns.channel,
            });
        })
    }
}

/// Room for one customer whose events come from the projection and the overlay.
#[derive(Default)]
struct Scratch {
    occurred_at: Vec<i64>,
    activity: Vec<u16>,
    channel: Vec<u8>,
    seq: Vec<u64>,
    node: Vec<u64>,
}

impl Scratch {
    /// Merges two sorted pieces of one customer by time and sequence number.
    fn fill(&mut self, own: Option<Columns<'_>>, group: &[Lived]) -> Columns<'_> {
        self.occurred_at.clear();
        self.activity.clear();
        self.channel.clear();
        self.seq.clear();
        self.node.clear();
        let mut group = group.iter().peekable();
        if let Some(own) = own {
            for index in 0..own.seq.len() {
                let key = (own.occurred_at[index], own.seq[index]);
                while let Some(lived) = group.next_if(|lived| (lived.occurred_at, lived.seq) < key) {
                    self.push(lived);
                }
                self.occurred_at.push(own.occurred_at[index]);
                self.activity.push(own.activity[index]);
                self.channel.push(own.channel[index]);
                self.seq.push(own.seq[index]);
                self.node.push(own.node[index]);
            }
        }
        for lived in group {
            self.push(lived);
        }
        Columns {
            occurred_at: &self.occurred_at,
            activity: &self.activity,
            channel: &self.channel,
            seq: &self.seq,
            node: &self.node,
        }
    }

    fn push(&mut self, lived: &Lived) {
        self.occurred_at.push(lived.occurred_at);
        self.activity.push(lived.activity);
        self.channel.push(lived.channel);
        self.seq.push(lived.seq);
        self.node.push(lived.node);
    }
}
