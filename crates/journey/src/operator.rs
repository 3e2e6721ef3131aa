//! The seams of the engine: what is folded, how, and over what.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::needs::Needs;
use crate::properties::PropertyColumns;

/// The activities of one customer in order of `(occurred_at, seq)`, as columns of equal length. Events that are not
/// activities are not in it.
#[derive(Clone, Copy, Debug)]
pub struct LivedJourney<'a> {
    /// `CustomerId`.
    pub customer: u64,
    /// UTC milliseconds, never decreasing.
    pub occurred_at: &'a [i64],
    /// Codes of the dictionary of activities.
    pub activity: &'a [u16],
    /// Codes of the dictionary of channels; `NO_CHANNEL` where there is none.
    pub channel: &'a [u8],
    /// Codes of the dictionary of units; `NO_UNIT` where there is none. Empty unless the question [needs](Needs) units.
    pub unit: &'a [u16],
    /// Codes of the laid-out properties that the question [needs](Needs).
    pub properties: PropertyColumns<'a>,
}

impl LivedJourney<'_> {
    /// The channel code of an event without channel.
    pub const NO_CHANNEL: u8 = u8::MAX;
    /// The unit code of an event without unit.
    pub const NO_UNIT: u16 = u16::MAX;
    /// The unit code of all units beyond 65,534: journeys do not tell them apart. Such an event belongs to none of the
    /// units that have a code of their own.
    pub const OTHER_UNIT: u16 = u16::MAX - 1;

    /// The code that a unit of the dictionary has in journeys.
    pub fn unit_code(unit: Option<u32>) -> u16 {
        let code = |unit: u32| u16::try_from(unit).map_or(Self::OTHER_UNIT, |code| code.min(Self::OTHER_UNIT));
        unit.map_or(Self::NO_UNIT, code)
    }

    /// Events.
    pub fn len(&self) -> usize {
        self.activity.len()
    }

    /// Whether there is no event at all.
    pub fn is_empty(&self) -> bool {
        self.activity.is_empty()
    }
}

impl<'a> LivedJourney<'a> {
    /// The part of the journey at these positions.
    pub fn slice(&self, positions: Range<usize>) -> LivedJourney<'a> {
        LivedJourney {
            customer: self.customer,
            occurred_at: &self.occurred_at[positions.clone()],
            activity: &self.activity[positions.clone()],
            channel: &self.channel[positions.clone()],
            unit: self.unit.get(positions.clone()).unwrap_or(&[]),
            properties: self.properties.slice(positions),
        }
    }
}

/// Where the events of a customer stand in the columns of a batch: from `begin` up to `end`, which is none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub begin: u32,
    pub end: u32,
}

impl Span {
    /// The positions as a range.
    #[inline]
    pub fn positions(self) -> Range<usize> {
        self.begin as usize..self.end as usize
    }

    /// Events.
    #[inline]
    pub fn len(self) -> usize {
        self.positions().len()
    }

    /// Whether there is no event at all.
    pub fn is_empty(self) -> bool {
        self.begin >= self.end
    }
}

/// Some customers whose journeys are parts of the same columns: what sources hand out. Most customers have few events, so
/// that what is done once for each costs more than their events do; whoever is in a hurry goes over a batch in one loop.
#[derive(Clone, Copy, Debug)]
pub struct JourneyBatch<'a> {
    /// `CustomerId`, each once.
    pub customers: &'a [u64],
    /// Where the events of each stand, in order. Spans do not overlap; what lies between them is of nobody here.
    pub spans: &'a [Span],
    /// As of a [`LivedJourney`], of all of them.
    pub occurred_at: &'a [i64],
    pub activity: &'a [u16],
    pub channel: &'a [u8],
    pub unit: &'a [u16],
    pub properties: PropertyColumns<'a>,
}

/// Events that a source should hand out together, about: they and what is worked out of them fit a cache of the
/// processor. A customer with more stands in a batch whole.
pub const BATCH_EVENTS: usize = 1 << 14;

impl<'a> JourneyBatch<'a> {
    /// Hands a single customer to whoever takes batches.
    pub fn of_one<R>(journey: LivedJourney<'_>, take: impl FnOnce(JourneyBatch<'_>) -> R) -> R {
        take(JourneyBatch {
            customers: &[journey.customer],
            spans: &[Span { begin: 0, end: u32::try_from(journey.len()).unwrap_or(u32::MAX) }],
            occurred_at: journey.occurred_at,
            activity: journey.activity,
            channel: journey.channel,
            unit: journey.unit,
            properties: journey.properties,
        })
    }

    /// Positions from the first event of the first customer to the last of the last; what is of nobody may be among them.
    pub fn extent(&self) -> Range<usize> {
        match (self.spans.first(), self.spans.last()) {
            (Some(first), Some(last)) => first.begin as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The columns as if they were of one customer, for whoever looks at an event by its position.
    pub fn whole(&self) -> LivedJourney<'a> {
        let JourneyBatch { occurred_at, activity, channel, unit, properties, .. } = *self;
        LivedJourney { customer: 0, occurred_at, activity, channel, unit, properties }
    }

    /// The customers one by one.
    pub fn journeys(&self) -> impl Iterator<Item = LivedJourney<'a>> {
        let JourneyBatch { occurred_at, activity, channel, unit, properties, .. } = *self;
        self.customers.iter().zip(self.spans).map(move |(&customer, span)| {
            let positions = span.positions();
            LivedJourney {
                customer,
                occurred_at: &occurred_at[positions.clone()],
                activity: &activity[positions.clone()],
                channel: &channel[positions.clone()],
                unit: unit.get(positions.clone()).unwrap_or(&[]),
                properties: properties.slice(positions),
            }
        })
    }
}

/// A question about lived journeys.
pub trait Operator: Send + Sync + Sized {
    /// What is known after some of the customers. It travels between threads and machines.
    type Partial: Serialize + DeserializeOwned + Send;
    /// The answer, with codes of the dictionaries.
    type Output;

    /// What the question looks at; everything that is left out may be missing from the journeys. By default times,
    /// activities and channels of every customer.
    fn needs(&self) -> Needs {
        Needs::EVERY_CUSTOMER
    }
    /// A partial result of no customer.
    fn start(&self) -> Self::Partial;
    /// Adds one customer. No customer is folded twice in a pass; a customer without events changes no answer.
    fn fold(&self, partial: &mut Self::Partial, customer: LivedJourney<'_>);
    /// Adds the customers of a batch: the same as one after the other, and faster where a question knows how.
    fn fold_batch(&self, partial: &mut Self::Partial, batch: JourneyBatch<'_>) {
        for customer in batch.journeys() {
            self.fold(partial, customer);
        }
    }
    /// Order does not matter: `merge(a, b)` and `merge(b, a)` finish alike.
    fn merge(&self, into: &mut Self::Partial, from: Self::Partial);
    /// The answer from all customers, or the question again with what was learnt.
    fn finish(self, partial: Self::Partial) -> Step<Self>;
}

/// What a pass over all customers came to.
pub enum Step<O: Operator> {
    /// The answer.
    Done(O::Output),
    /// A further pass with what was learnt, where exactness needs it and memory must stay bounded.
    Again(O),
}

/// Customers with their journeys, in parts that can be folded side by side. A source is one moment: it does not change
/// while it is read, and each pass sees the same.
pub trait JourneySource: Sync {
    /// Why a part cannot be read.
    type Error: Send;

    /// Parts, numbered from 0.
    fn part_count(&self) -> usize;
    /// Calls `each` with batches in which every customer of a part stands once who may have one of the needed activities;
    /// others may come too.
    fn for_each_batch(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) -> Result<(), Self::Error>;

    /// The same one by one.
    fn for_each_customer(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(LivedJourney<'_>),
    ) -> Result<(), Self::Error> {
        self.for_each_batch(part, needs, &mut |batch| batch.journeys().for_each(&mut *each))
    }
}

/// Answers a question with `threads` threads, pass after pass. Parts are taken by whichever thread is free; each thread
/// holds one partial result. A part that cannot be read ends the question with its error.
pub fn run<O, S>(operator: O, source: &S, threads: usize) -> Result<O::Output, S::Error>
where
    O: Operator,
    S: JourneySource + ?Sized,
{
    let mut operator = operator;
    loop {
        let partial = fold_all(&operator, source, threads.max(1))?;
        match operator.finish(partial) {
            Step::Done(output) => return Ok(output),
            Step::Again(next) => operator = next,
        }
    }
}

fn fold_all<O, S>(operator: &O, source: &S, threads: usize) -> Result<O::Partial, S::Error>
where
    O: Operator,
    S: JourneySource + ?Sized,
{
    let part_count = source.part_count();
    let needs = operator.needs();
    let next_part = AtomicUsize::new(0);
    let fold_parts = || -> Result<O::Partial, S::Error> {
        let mut partial = operator.start();
        loop {
            let part = next_part.fetch_add(1, Ordering::Relaxed);
            if part >= part_count {
                return Ok(partial);
            }
            let outcome = source.for_each_batch(part, needs, &mut |batch| operator.fold_batch(&mut partial, batch));
            if let Err(error) = outcome {
                // The answer is lost, so the other threads need not read on.
                next_part.store(part_count, Ordering::Relaxed);
                return Err(error);
            }
        }
    };
    let thread_count = threads.min(part_count).max(1);
    if thread_count == 1 {
        return fold_parts();
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = (1..thread_count).map(|_| scope.spawn(fold_parts)).collect();
        let mut whole = fold_parts();
        for worker in workers {
            let part = match worker.join() {
                Ok(part) => part,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            whole = match (whole, part) {
                (Ok(mut into), Ok(from)) => {
                    operator.merge(&mut into, from);
                    Ok(into)
                }
                (Err(error), _) | (_, Err(error)) => Err(error),
            };
        }
        whole
    })
}
