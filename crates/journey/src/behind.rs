//! The customers behind an element of an answer: those whom a map, a path or a funnel counted there.
//!
//! Who is behind an element is told by the definition of the element: the number of customers found equals the number on
//! it. An answer holds one page of them, in the order of their ids, so that memory does not grow with the customers.

use std::collections::BTreeSet;

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::breakdown::{BreakdownQuestion, BreakdownValue};
use crate::effort::{EffortQuestion, Measure};
use crate::friction::{Friction, FrictionRoom, FrictionRules, WaitThresholds};
use crate::funnel::FunnelQuestion;
use crate::needs::{ActivitySet, Needs};
use crate::operator::{LivedJourney, Operator, Step};
use crate::paths::{MAX_LENGTH, PathShape, TakenPath};

/// Customers that a page may hold.
pub const MOST_CUSTOMERS: usize = 100_000;

/// An element of an answer.
#[derive(Debug)]
pub enum Element {
    /// Anything at all: every customer with an event.
    Everybody,
    /// A node of the map: whoever did the activity.
    Activity(u16),
    /// An edge of the map: whoever did `to` directly after `from`.
    Follows { from: u16, to: u16 },
    /// Whoever started with the activity.
    StartsWith(u16),
    /// Whoever ended with the activity.
    EndsWith(u16),
    /// A path: whoever did these activities one directly after the other. With `is_end` nothing may follow them.
    Path { activities: Vec<u16>, is_end: bool },
    /// The tail of paths: whoever has at least one occurrence that is none of the paths shown.
    TailOf { shape: PathShape, shown: BTreeSet<TakenPath> },
    /// A path, or a node or a band of some: whoever took one of these.
    OneOf { shape: PathShape, paths: BTreeSet<TakenPath> },
    /// A step of a funnel: whoever reached it. The first step is 1.
    Reached { funnel: Box<FunnelQuestion>, step: usize },
    /// The gap behind a step of a funnel: whoever reached it and no later one. The first step is 1.
    DroppedAfter { funnel: Box<FunnelQuestion>, step: usize },
    /// A step of a funnel broken down: whoever has one of these values and reached the step, and with `is_deepest` no later
    /// one. The first step is 1.
    ReachedWith { breakdown: Box<BreakdownQuestion>, values: BTreeSet<BreakdownValue>, step: usize, is_deepest: bool },
    /// A friction: whoever met it. The thresholds are those of the answer that names it.
    Friction { rules: Box<FrictionRules>, thresholds: WaitThresholds, friction: Friction },
    /// Effort: whoever has a run with so much of a measure, or more.
    Effort { effort: Box<EffortQuestion>, measure: Measure, least: u64 },
}

/// In which order customers come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ById {
    #[default]
    Ascending,
    Descending,
}

/// The question: who is behind this element?
#[derive(Debug)]
pub struct BehindQuestion {
    element: Element,
    order: ById,
    after: Option<u64>,
    limit: usize,
}

/// A page of the customers behind an element.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behind {
    /// `CustomerId`s in the order asked for.
    pub customers: Vec<u64>,
    /// All customers behind the element, on whatever page.
    pub total: u64,
    /// Whether there are more behind the last one of the page.
    pub has_more: bool,
}

/// What is known after some of the customers.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct BehindPartial {
    total: u64,
    /// Ranks of customers behind the cursor; the page is among them.
    ranks: Vec<u64>,
}

impl BehindQuestion {
    /// The first `limit` (1 to 100,000) customers behind an element, by ascending id. Refuses what [`Element::check`]
    /// refuses.
    pub fn new(element: Element, limit: usize) -> Result<BehindQuestion> {
        if limit == 0 || limit > MOST_CUSTOMERS {
            return Err(Error::invalid(format!("a page has 1 to {MOST_CUSTOMERS} customers, not {limit}")));
        }
        element.check()?;
        Ok(BehindQuestion { element, order: ById::default(), after: None, limit })
    }

    /// In another order.
    pub fn in_order(mut self, order: ById) -> BehindQuestion {
        self.order = order;
        self
    }

    /// Only those who come after a customer, by id.
    pub fn after(mut self, customer: Option<u64>) -> BehindQuestion {
        self.after = customer;
        self
    }

    /// Lower ranks come first.
    fn rank(&self, customer: u64) -> u64 {
        match self.order {
            ById::Ascending => customer,
            ById::Descending => u64::MAX - customer,
        }
    }

    /// One more than a page, to know whether there are more.
    fn cut(&self, ranks: &mut Vec<u64>) {
        ranks.sort_unstable();
        ranks.truncate(self.limit + 1);
    }
}

impl Element {
    /// Refuses an empty or too long path and a step that the funnel does not have.
    pub fn check(&self) -> Result<()> {
        match self {
            Element::Path { activities, .. } if activities.is_empty() || activities.len() > MAX_LENGTH => {
                let length = activities.len();
                Err(Error::invalid(format!("a path has 1 to {MAX_LENGTH} activities, not {length}")))
            }
            Element::DroppedAfter { funnel, step } => check_dropped(funnel.step_count(), *step),
            Element::ReachedWith { breakdown, step, is_deepest: true, .. } => {
                check_dropped(breakdown.step_count(), *step)
            }
            Element::ReachedWith { breakdown, step, .. } => check_reached(breakdown.step_count(), *step),
            Element::Reached { funnel, step } => check_reached(funnel.step_count(), *step),
            _ => Ok(()),
        }
    }

    pub(crate) fn needs(&self) -> Needs {
        let with = |activity: &u16| Needs::EVERY_CUSTOMER.only_with(ActivitySet::of([activity]));
        match self {
            Element::Everybody => Needs::EVERY_CUSTOMER,
            Element::Activity(activity)
            | Element::Follows { from: activity, .. }
            | Element::StartsWith(activity)
            | Element::EndsWith(activity) => with(activity),
            Element::TailOf { shape, .. } | Element::OneOf { shape, .. } => shape.needs(),
            Element::Path { activities, .. } => activities.first().map_or(Needs::EVERY_CUSTOMER, with),
            Element::Reached { funnel, .. } | Element::DroppedAfter { funnel, .. } => funnel.needs(),
            Element::ReachedWith { breakdown, .. } => breakdown.needs(),
            Element::Effort { effort, .. } => effort.needs(),
            Element::Friction { rules, .. } => rules.needs(),
        }
    }

    pub(crate) fn holds(&self, journey: LivedJourney<'_>) -> bool {
        let done = journey.activity;
        match self {
            Element::Everybody => !done.is_empty(),
            Element::Activity(activity) => done.contains(activity),
            Element::Follows { from, to } => done.windows(2).any(|pair| pair[0] == *from && pair[1] == *to),
            Element::StartsWith(activity) => done.first() == Some(activity),
            Element::EndsWith(activity) => done.last() == Some(activity),
            Element::Path { activities, is_end: true } => done.ends_with(activities),
            Element::Path { activities, is_end: false } => {
                done.windows(activities.len()).any(|window| window == activities)
            }
            Element::TailOf { shape, shown } => {
                shape.any(&journey, |path| path.is_none_or(|path| !shown.contains(&path)))
            }
            Element::OneOf { shape, paths } => {
                shape.any(&journey, |path| path.is_some_and(|path| paths.contains(&path)))
            }
            Element::Reached { funnel, step } => funnel.arrival(journey).is_some_and(|arrival| arrival.step >= *step),
            Element::DroppedAfter { funnel, step } => {
                funnel.arrival(journey).is_some_and(|arrival| arrival.step == *step)
            }
            Element::Friction { rules, thresholds, friction } => {
                let mut room = FrictionRoom::default();
                room.find(rules, thresholds, &journey);
                room.met.contains_key(friction)
            }
            Element::Effort { effort, measure, least } => effort.takes(&journey, *measure, *least),
            Element::ReachedWith { breakdown, values, step, is_deepest } => {
                let is_there = |deepest: usize| if *is_deepest { deepest == *step } else { deepest >= *step };
                breakdown.place(journey).is_some_and(|(deepest, value)| is_there(deepest) && values.contains(&value))
            }
        }
    }
}

impl Operator for BehindQuestion {
    type Partial = BehindPartial;
    type Output = Behind;

    fn needs(&self) -> Needs {
        self.element.needs()
    }

    fn start(&self) -> BehindPartial {
        BehindPartial::default()
    }

    fn fold(&self, partial: &mut BehindPartial, customer: LivedJourney<'_>) {
        if !self.element.holds(customer) {
            return;
        }
        partial.total += 1;
        let rank = self.rank(customer.customer);
        if self.after.is_none_or(|after| self.rank(after) < rank) {
            partial.ranks.push(rank);
            if partial.ranks.len() >= 2 * (self.limit + 1) {
                self.cut(&mut partial.ranks);
            }
        }
    }

    fn merge(&self, into: &mut BehindPartial, from: BehindPartial) {
        into.total += from.total;
        into.ranks.extend(from.ranks);
        self.cut(&mut into.ranks);
    }

    fn finish(self, mut partial: BehindPartial) -> Step<Self> {
        self.cut(&mut partial.ranks);
        let has_more = partial.ranks.len() > self.limit;
        partial.ranks.truncate(self.limit);
        let id = |rank| self.rank(rank);
        Step::Done(Behind { customers: partial.ranks.into_iter().map(id).collect(), total: partial.total, has_more })
    }
}

fn check_reached(steps: usize, step: usize) -> Result<()> {
    match step {
        step if step == 0 || step > steps => {
            Err(Error::invalid(format!("the funnel has the steps 1 to {steps}, not {step}")))
        }
        _ => Ok(()),
    }
}

fn check_dropped(steps: usize, step: usize) -> Result<()> {
    match steps {
        steps if 0 < step && step < steps => Ok(()),
        1 => Err(Error::invalid("a funnel of one step has no step after which customers drop out")),
        _ => Err(Error::invalid(format!("customers drop out after the steps 1 to {}, not {step}", steps - 1))),
    }
}
