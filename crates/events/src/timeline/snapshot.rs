//! One moment of the timeline, as the engine reads it.

use std::ops::RangeInclusive;
use std::sync::Arc;

use domain::{Error, Result};
use journey::{ActivitySet, BATCH_EVENTS, JourneyBatch, JourneySource, Needs, PropertyColumns, Span};

use super::base::Base;
use super::overlay::{Additions, Lived, Overlay, Stretch};
use super::range::{Columns, Range, Sought, cover};
use super::scanned::ScannedProperty;
use super::scratch::Scratch;
use super::step::Steps;
use super::values::PropertyValues;

/// What every customer lived, at one moment. Cheap to clone; later events do not change it.
#[derive(Clone)]
pub struct Timeline {
    moment: Arc<Moment>,
    /// Properties that are not laid out and were read for a question, in the order of their columns.
    scanned: Vec<Arc<ScannedProperty>>,
    /// The properties of all columns: those laid out, and behind them those that were read.
    values: Arc<PropertyValues>,
}

struct Moment {
    base: Arc<Base>,
    overlay: Overlay,
    /// The laid-out properties and what their codes mean.
    laid_out: Arc<PropertyValues>,
    /// Customers of the base whose events are all in the overlay; sorted.
    dissolved: Arc<Vec<u64>>,
    parts: Vec<Part>,
    pieces: Vec<Piece>,
    version: u64,
    events: u64,
    customers: u64,
    /// The first and the last instant of the overlay.
    instants_over: Option<RangeInclusive<i64>>,
}

struct Part {
    range: Option<usize>,
    overlay: Stretch,
}

/// A part of a part, by which questions are shared out between threads.
struct Piece {
    part: usize,
    /// Customers of the range, by position.
    customers: std::ops::Range<usize>,
    /// What of the overlay is folded with them.
    overlay: Stretch,
}

/// Events of the base in a piece, about: enough to be worth handing out, and few enough that no thread waits long for the
/// others at the end.
const PIECE_EVENTS: usize = 1 << 17;

/// Overlay events of customers beyond the base are folded in parts of about this many.
const OVERLAY_PART_EVENTS: usize = 1 << 17;

impl Timeline {
    /// The projection with nothing over it.
    pub(super) fn of_base(base: Arc<Base>, laid_out: Arc<PropertyValues>) -> Timeline {
        let (mut events, mut customers) = (0, 0);
        for range in &base.ranges {
            events += range.event_count() as u64;
            customers += range.customers().len() as u64;
        }
        let moment = Moment {
            overlay: Overlay::new(laid_out.len()),
            dissolved: Arc::default(),
            parts: Vec::new(),
            pieces: Vec::new(),
            version: 0,
            base,
            laid_out,
            events,
            customers,
            instants_over: None,
        };
        moment.shared_out()
    }

    /// The next moment: with these steps, and with customers, given in order, of whom identity says something else now.
    /// `customer_of` says whose a node is.
    pub(super) fn advance<'a>(
        &self,
        steps: impl Iterator<Item = &'a Steps>,
        moved: &[u64],
        customer_of: impl Fn(u64) -> u64,
        version: u64,
    ) -> Result<Timeline> {
        let Moment { base, overlay, laid_out, dissolved, events, customers, instants_over, .. } = &*self.moment;
        let mut additions = Additions::default();
        steps.for_each(|steps| additions.add_steps(steps, &customer_of));
        let events = events + additions.len() as u64;
        let mut overlay = overlay.clone();
        overlay.take_out(moved, &mut additions, &customer_of);
        let mut newly_dissolved = Vec::new();
        for customer in moved {
            if dissolved.binary_search(customer).is_ok() {
                continue;
            }
            let Some(columns) = base.find(*customer)? else { continue };
            newly_dissolved.push(*customer);
            for index in 0..columns.seq.len() {
                let lived = Lived {
                    customer: customer_of(columns.node[index]),
                    occurred_at: columns.occurred_at[index],
                    seq: columns.seq[index],
                    node: columns.node[index],
                    row: 0,
                    activity: columns.activity[index],
                    unit: columns.unit[index],
                    channel: columns.channel[index],
                };
                additions.add(lived, (0..laid_out.len()).map(|property| columns.properties.column(property)[index]));
            }
        }
        let mut touched: Vec<u64> = additions.customers().chain(moved.iter().copied()).collect();
        touched.sort_unstable();
        touched.dedup();
        let instants_over = instants_over.iter().cloned().chain(additions.instants()).reduce(cover);
        overlay.add(additions);
        let mut dissolved = dissolved.clone();
        if !newly_dissolved.is_empty() {
            newly_dissolved.extend(dissolved.iter());
            newly_dissolved.sort_unstable();
            dissolved = Arc::new(newly_dissolved);
        }
        let mut next = Moment {
            base: base.clone(),
            laid_out: laid_out.clone(),
            overlay,
            dissolved,
            parts: Vec::new(),
            pieces: Vec::new(),
            version,
            events,
            customers: *customers,
            instants_over,
        };
        for customer in touched {
            next.customers += u64::from(next.has(customer));
            next.customers -= u64::from(self.moment.has(customer));
        }
        Ok(next.shared_out())
    }

    /// The same moment with further properties, of events up to it at least.
    pub(crate) fn with_scanned(&self, further: Vec<Arc<ScannedProperty>>) -> Timeline {
        let scanned: Vec<_> = self.scanned.iter().cloned().chain(further).collect();
        let values = self.moment.laid_out.and(scanned.iter().map(|property| property.book.clone()));
        Timeline { moment: self.moment.clone(), scanned, values: Arc::new(values) }
    }

    /// Activities in it.
    pub fn event_count(&self) -> u64 {
        self.moment.events
    }

    /// Customers with at least one activity.
    pub fn customer_count(&self) -> u64 {
        self.moment.customers
    }

    /// When the first and the last of them happened, in UTC milliseconds.
    pub fn instants(&self) -> Result<Option<RangeInclusive<i64>>> {
        let mut instants = self.moment.instants_over.clone();
        for range in &self.moment.base.ranges {
            instants = instants.into_iter().chain(range.instants()?).reduce(cover);
        }
        Ok(instants)
    }

    /// The properties of the columns and what their codes mean: those laid out, and behind them those that were read with
    /// [`EventLog::read_properties`](crate::EventLog::read_properties).
    pub fn properties(&self) -> &PropertyValues {
        &self.values
    }

    /// The span of UTC milliseconds of which a property was read, by its column; none where it is laid out. Only events that
    /// occurred in it have a value.
    pub fn span_read(&self, column: usize) -> Option<&std::ops::Range<i64>> {
        let scanned = self.scanned.get(column.checked_sub(self.moment.laid_out.len())?)?;
        Some(&scanned.occurred)
    }

    pub(super) fn version(&self) -> u64 {
        self.moment.version
    }

    pub(super) fn base(&self) -> &Arc<Base> {
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

    /// Only these customers, whom it does not matter to name twice or in any order. Finding one costs a few binary
    /// searches, whatever the number of the others.
    pub fn only<'a>(&'a self, customers: &'a [u64]) -> Chosen<'a> {
        Chosen { timeline: self, customers }
    }

    /// Calls `each` for every customer of a part who may have one of the needed activities, in ascending order, with the
    /// needed columns.
    pub(super) fn for_each_columns(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(u64, Columns<'_>),
    ) -> Result<()> {
        let part = &self.moment.parts[part];
        let mut room = Vec::new();
        let overlay = self.moment.overlay.gather(&part.overlay, &mut room);
        let mut groups = overlay.chunk_by(|a, b| a.customer == b.customer).peekable();
        let mut scratch = Scratch::new(needs, &self.moment.overlay, self.moment.laid_out.len(), true);
        let is_needed = |own: ActivitySet, group: &[Lived]| {
            let over = ActivitySet::of(group.iter().map(|lived| &lived.activity));
            own.union(over).may_meet(needs.activities)
        };
        if let Some(range) = part.range.map(|index| &self.moment.base.ranges[index]) {
            range.verify(needs, Sought::order_if(!overlay.is_empty()))?;
            let mut next_dissolved = self.dissolved_in(range).iter().peekable();
            let (columns, offsets) = (range.columns(needs), range.offsets());
            for (index, (customer, activities)) in range.customers().iter().zip(range.activity_sets()).enumerate() {
                while let Some(group) = groups.next_if(|group| group[0].customer < *customer) {
                    if is_needed(ActivitySet::NONE, group) {
                        each(group[0].customer, scratch.fill(None, group));
                    }
                }
                let is_dissolved = next_dissolved.next_if(|dissolved| *dissolved == customer).is_some();
                let activities = if is_dissolved { ActivitySet::NONE } else { ActivitySet::from_bits(*activities) };
                let positions = offsets[index] as usize..offsets[index + 1] as usize;
                match groups.next_if(|group| group[0].customer == *customer) {
                    Some(group) if is_needed(activities, group) => {
                        let own = (!is_dissolved).then(|| columns.slice(positions));
                        each(*customer, scratch.fill(own, group));
                    }
                    None if activities.may_meet(needs.activities) => each(*customer, columns.slice(positions)),
                    _ => {}
                }
            }
        }
        for group in groups {
            if is_needed(ActivitySet::NONE, group) {
                each(group[0].customer, scratch.fill(None, group));
            }
        }
        Ok(())
    }
}

impl Moment {
    /// Whether a customer has any activity.
    fn has(&self, customer: u64) -> bool {
        let is_in_base = || {
            let range = self.base.find_range(customer);
            range.is_some_and(|range| range.customers().binary_search(&customer).is_ok())
                && self.dissolved.binary_search(&customer).is_err()
        };
        self.overlay.has(customer) || is_in_base()
    }

    /// With parts and pieces.
    fn shared_out(mut self) -> Timeline {
        let Moment { base, overlay, .. } = &self;
        let mut over = overlay.all();
        let (mut parts, mut pieces) = (Vec::new(), Vec::new());
        for (index, range) in base.ranges.iter().enumerate() {
            let upper = base.ranges.get(index + 1).map_or(range.last_customer + 1, |next| next.first_customer);
            let mut begin = 0;
            let own = overlay.cut_below(&mut over, upper);
            let mut rest = own.clone();
            for end in cuts(range.offsets(), 0..range.customers().len(), PIECE_EVENTS) {
                let upper = range.customers().get(end).copied().unwrap_or(u64::MAX);
                let cut = overlay.cut_below(&mut rest, upper);
                pieces.push(Piece { part: index, customers: begin..end, overlay: cut });
                begin = end;
            }
            parts.push(Part { range: Some(index), overlay: own });
        }
        while !over.is_empty() {
            let cut = overlay.cut_events(&mut over, OVERLAY_PART_EVENTS);
            pieces.push(Piece { part: parts.len(), customers: 0..0, overlay: cut.clone() });
            parts.push(Part { range: None, overlay: cut });
        }
        (self.parts, self.pieces) = (parts, pieces);
        Timeline { values: self.laid_out.clone(), moment: Arc::new(self), scanned: Vec::new() }
    }
}

/// Where to cut some customers, given by position, so that each piece has about so many events, or is a single customer:
/// the end of each piece.
fn cuts(offsets: &[u64], customers: std::ops::Range<usize>, events: usize) -> impl Iterator<Item = usize> {
    let mut begin = customers.start;
    std::iter::from_fn(move || {
        let first = *offsets[..customers.end].get(begin)?;
        let ends = &offsets[begin + 1..customers.end];
        begin += 1 + ends.partition_point(|end| *end < first + events as u64);
        Some(begin)
    })
}

impl JourneySource for Timeline {
    type Error = Error;

    fn part_count(&self) -> usize {
        self.moment.pieces.len()
    }

    fn for_each_batch(&self, part: usize, needs: Needs, each: &mut dyn FnMut(JourneyBatch<'_>)) -> Result<()> {
        let mut seen = self.scanned_in(needs);
        let each = &mut |customers: &[u64], spans: &[Span], columns: Columns<'_>| {
            seen.hand_on(customers, spans, columns, each)
        };
        let Moment { base, overlay, laid_out, parts, pieces, .. } = &*self.moment;
        let Piece { part, customers, overlay: over } = &pieces[part];
        let mut room = Vec::new();
        let lying_over = overlay.gather(over, &mut room);
        let mut groups = lying_over.chunk_by(|a, b| a.customer == b.customer).peekable();
        let mut touched = Scratch::new(needs, overlay, laid_out.len(), self.scanned_bits(needs) != 0);
        if let Some(range) = parts[*part].range.map(|index| &base.ranges[index]) {
            range.verify(needs, self.sought(needs, !lying_over.is_empty()))?;
            let (columns, offsets, ids, sets) =
                (range.columns(needs), range.offsets(), range.customers(), range.activity_sets());
            let mut dissolved = self.dissolved_in(range).iter().peekable();
            if let Some(first) = ids.get(customers.start) {
                while dissolved.next_if(|dissolved| *dissolved < first).is_some() {}
            }
            let mut untouched = Untouched::new(needs);
            let mut begin = customers.start;
            for end in cuts(offsets, customers.clone(), BATCH_EVENTS) {
                let events = offsets[begin] as usize..offsets[end] as usize;
                let mut index = begin;
                while index < end {
                    // Up to the next customer of whom the overlay knows something.
                    let next_group = groups.peek().map_or(u64::MAX, |group| group[0].customer);
                    let next = next_group.min(dissolved.peek().map_or(u64::MAX, |dissolved| **dissolved));
                    let run = index..index + ids[index..end].partition_point(|id| *id < next);
                    untouched.add(&ids[run.clone()], &sets[run.clone()], &offsets[run.start..=run.end], events.start);
                    index = run.end;
                    let Some(own) = ids[..end].get(index) else { break };
                    let is_dissolved = dissolved.next_if(|dissolved| **dissolved == next).is_some();
                    let group = groups.next_if(|group| group[0].customer == next).unwrap_or_default();
                    let (mut held, mut kept) = (ActivitySet::NONE, None);
                    if *own == next {
                        if !is_dissolved {
                            held = ActivitySet::from_bits(sets[index]);
                            kept = Some(columns.slice(offsets[index] as usize..offsets[index + 1] as usize));
                        }
                        index += 1;
                    }
                    touched.add_needed(next, held, kept, group, each);
                }
                if !untouched.customers.is_empty() {
                    each(&untouched.customers, &untouched.spans, columns.slice(events));
                    untouched.clear();
                }
                begin = end;
            }
        }
        for group in groups {
            touched.add_needed(group[0].customer, ActivitySet::NONE, None, group, each);
        }
        touched.hand_out(each);
        Ok(())
    }
}

impl Timeline {
    /// The needed properties that were read for the question, as bits.
    fn scanned_bits(&self, needs: Needs) -> u64 {
        let laid_out = self.moment.laid_out.len() as u32;
        let scanned = needs.properties.checked_shr(laid_out).unwrap_or(0);
        scanned & !u64::MAX.checked_shl(self.scanned.len() as u32).unwrap_or(0)
    }

    /// What has to be verified besides what is needed.
    fn sought(&self, needs: Needs, has_overlay: bool) -> Sought {
        match Sought::order_if(has_overlay) {
            Sought::Nothing if self.scanned_bits(needs) != 0 => Sought::Numbers,
            sought => sought,
        }
    }

    fn scanned_in(&self, needs: Needs) -> ScannedColumns<'_> {
        let laid_out = self.moment.laid_out.len();
        let bits = self.scanned_bits(needs);
        ScannedColumns { scanned: &self.scanned, laid_out, needs, bits, values: Vec::new() }
    }
}

/// Adds the columns of the properties that were read for a question.
struct ScannedColumns<'a> {
    scanned: &'a [Arc<ScannedProperty>],
    laid_out: usize,
    needs: Needs,
    /// Those of them that are needed.
    bits: u64,
    /// Room for one column of codes after the other, used again for the next batch.
    values: Vec<u16>,
}

impl ScannedColumns<'_> {
    fn hand_on(
        &mut self,
        customers: &[u64],
        spans: &[Span],
        columns: Columns<'_>,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) {
        let batch = columns.batch(customers, spans);
        if self.bits == 0 {
            return each(batch);
        }
        let len = columns.seq.len();
        let last = self.laid_out + (u64::BITS - self.bits.leading_zeros()) as usize;
        if self.values.len() < last * len {
            self.values.resize(last * len, PropertyColumns::NO_VALUE);
        }
        for (property, column) in self.values.chunks_exact_mut(len.max(1)).enumerate().take(last) {
            match property.checked_sub(self.laid_out) {
                Some(scanned) if self.bits & (1 << scanned) != 0 => {
                    let codes = self.scanned[scanned].codes();
                    for positions in spans.iter().map(|span| span.positions()) {
                        let events = column[positions.clone()].iter_mut().zip(&columns.seq[positions]);
                        events.for_each(|(code, seq)| *code = codes.find(*seq));
                    }
                }
                Some(_) => {}
                None => {
                    let laid_out = columns.properties.column(property);
                    column[..laid_out.len()].copy_from_slice(laid_out);
                }
            }
        }
        let properties = PropertyColumns::new(&self.values, len, 0..len, self.needs.properties);
        each(JourneyBatch { properties, ..batch });
    }
}

/// Customers of the base whose events stand there as they are.
struct Untouched {
    needed: ActivitySet,
    customers: Vec<u64>,
    spans: Vec<Span>,
}

impl Untouched {
    fn new(needs: Needs) -> Untouched {
        Untouched { needed: needs.activities, customers: Vec::new(), spans: Vec::new() }
    }

    fn clear(&mut self) {
        self.customers.clear();
        self.spans.clear();
    }

    /// Adds those of some customers who may have one of the needed activities. `offsets` has one more; positions are told
    /// from `first` on.
    fn add(&mut self, customers: &[u64], sets: &[u64], offsets: &[u64], first: usize) {
        let mut count = self.customers.len();
        // Who is needed is what a processor cannot guess, so everybody is written and some stay.
        self.customers.resize(count + customers.len(), 0);
        self.spans.resize(count + customers.len(), Span::default());
        let ends = offsets.iter().zip(&offsets[1..]);
        for ((&customer, &set), (&begin, &end)) in customers.iter().zip(sets).zip(ends) {
            self.customers[count] = customer;
            self.spans[count] = Span { begin: (begin - first as u64) as u32, end: (end - first as u64) as u32 };
            count += usize::from(ActivitySet::from_bits(set).may_meet(self.needed));
        }
        self.customers.truncate(count);
        self.spans.truncate(count);
    }
}

/// Some customers of a timeline, in the order in which they were named; who has no activity is left out.
#[derive(Clone, Copy)]
pub struct Chosen<'a> {
    timeline: &'a Timeline,
    customers: &'a [u64],
}

impl JourneySource for Chosen<'_> {
    type Error = Error;

    fn part_count(&self) -> usize {
        1
    }

    fn for_each_batch(&self, _: usize, needs: Needs, each: &mut dyn FnMut(JourneyBatch<'_>)) -> Result<()> {
        let mut seen = self.timeline.scanned_in(needs);
        let each = &mut |customers: &[u64], spans: &[Span], columns: Columns<'_>| {
            seen.hand_on(customers, spans, columns, each)
        };
        let Moment { base, overlay, laid_out, dissolved, .. } = &*self.timeline.moment;
        let is_numbered = self.timeline.scanned_bits(needs) != 0;
        let mut scratch = Scratch::new(needs, overlay, laid_out.len(), is_numbered);
        let mut room = Vec::new();
        for &customer in self.customers {
            let group = overlay.gather(&overlay.of_customer(customer), &mut room);
            let mut own = None;
            if let Some(range) = base.find_range(customer).filter(|_| dissolved.binary_search(&customer).is_err()) {
                range.verify(needs, self.timeline.sought(needs, !group.is_empty()))?;
                if let Ok(index) = range.customers().binary_search(&customer) {
                    let (first, end) = (range.offsets()[index] as usize, range.offsets()[index + 1] as usize);
                    own = Some(range.columns(needs).slice(first..end));
                }
            }
            match own {
                Some(own) if group.is_empty() => {
                    let span = Span { begin: 0, end: own.seq.len() as u32 };
                    each(&[customer], &[span], own);
                }
                None if group.is_empty() => {}
                own => scratch.add(customer, own, group, each),
            }
        }
        scratch.hand_out(each);
        Ok(())
    }
}
