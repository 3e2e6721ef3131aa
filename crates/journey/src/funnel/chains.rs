//! The chains of one customer, whatever the options. Slower than the fold of the usual funnel, which knows no options.
//!
//! Of all chains that have come to a step, the latest is the only one that matters: it began last and has the step before
//! closest, so whatever another one can still take, it can take. An excluded activity ends all chains that stand before
//! it alike.

use super::conditions::ConditionTable;
use super::options::{StepOrder, WindowFrom};
use super::{FunnelQuestion, MAX_STEPS};
use crate::operator::LivedJourney;

/// How a step was reached for the first time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FirstTime {
    /// Position of the event.
    pub event: usize,
    /// Position of the event with which its chain began.
    pub began: usize,
    /// Milliseconds since the latest occurrence, in a chain, of the step before; none where steps have no order.
    pub gap_ms: Option<u64>,
}

/// How far a customer, or an entry, came.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    first_times: [FirstTime; MAX_STEPS],
    steps: usize,
}

impl Depth {
    /// Each step that was reached, in order.
    pub fn first_times(&self) -> &[FirstTime] {
        &self.first_times[..self.steps]
    }

    fn reach(&mut self, step: usize, first_time: FirstTime) {
        if step == self.steps {
            self.first_times[step] = first_time;
            self.steps += 1;
        }
    }
}

/// The latest chain that has come to a step.
#[derive(Clone, Copy, Default)]
struct Link {
    began_at: i64,
    began: usize,
    reached_at: i64,
}

/// The latest chain at each step.
#[derive(Clone, Copy, Default)]
struct Chains {
    links: [Link; MAX_STEPS],
    /// The steps at which there is a chain, as bits; it may have run out of time.
    standing: u32,
}

impl FunnelQuestion {
    /// How far the customer came with any chain.
    pub(super) fn depth(&self, customer: &LivedJourney<'_>) -> Depth {
        if self.options.order == StepOrder::AnyOrder {
            return self.depth_in_any_order(customer);
        }
        let (mut chains, mut depth) = (Chains::default(), Depth::default());
        for event in 0..customer.len() {
            self.advance_chains(&mut chains, &mut depth, customer, event);
            if depth.steps == self.steps.len() {
                break;
            }
        }
        depth
    }

    /// How far each entry came, one after the other.
    pub(super) fn for_each_entry(&self, customer: &LivedJourney<'_>, mut each: impl FnMut(&Depth)) {
        let (mut chains, mut depth) = (Chains::default(), Depth::default());
        for event in 0..customer.len() {
            if depth.steps > 0 && !self.goes_on(&chains, customer, event) {
                each(&depth);
                (chains, depth) = (Chains::default(), Depth::default());
            }
            self.advance_chains(&mut chains, &mut depth, customer, event);
            if depth.steps == self.steps.len() {
                each(&depth);
                (chains, depth) = (Chains::default(), Depth::default());
            }
        }
        if depth.steps > 0 {
            each(&depth);
        }
    }

    /// Lets an event take every step that it fits and that the chains before it allow.
    fn advance_chains(&self, chains: &mut Chains, depth: &mut Depth, customer: &LivedJourney<'_>, event: usize) {
        let at = customer.occurred_at[event];
        let mut fitting = self.steps.holding(customer, event);
        let mut taken = 0;
        // The deepest step comes first, because it builds on the chains before this event.
        while fitting != 0 {
            let step = fitting.ilog2() as usize;
            fitting ^= 1 << step;
            let mut link = Link { began_at: at, began: event, reached_at: at };
            let mut gap_ms = None;
            if let Some(before) = step.checked_sub(1) {
                if chains.standing & (1 << before) == 0 || !self.is_in_time(&chains.links[before], at) {
                    continue;
                }
                let before = chains.links[before];
                gap_ms = Some(at.abs_diff(before.reached_at));
                link = Link { reached_at: at, ..before };
            }
            taken |= 1 << step;
            depth.reach(step, FirstTime { event, began: link.began, gap_ms });
            chains.links[step] = link;
        }
        chains.standing = chains.standing & !self.ended_by(customer, event) | taken;
    }

    /// Whether a chain that began before an event can still go on after it, or takes a step with it.
    fn goes_on(&self, chains: &Chains, customer: &LivedJourney<'_>, event: usize) -> bool {
        let at = customer.occurred_at[event];
        let taking = self.steps.holding(customer, event) >> 1;
        let mut standing = chains.standing & (!self.ended_by(customer, event) | taking);
        while standing != 0 {
            if self.is_in_time(&chains.links[standing.trailing_zeros() as usize], at) {
                return true;
            }
            standing &= standing - 1;
        }
        false
    }

    /// The steps, as bits, at which no chain stands any more after an event that it does not take.
    fn ended_by(&self, customer: &LivedJourney<'_>, event: usize) -> u32 {
        match (self.options.order, self.exclusions.len()) {
            (StepOrder::Strict, _) => u32::MAX,
            (_, 0) => 0,
            _ => ended_steps(&self.exclusions, &self.options.exclusions, customer, event),
        }
    }

    fn is_in_time(&self, link: &Link, at: i64) -> bool {
        let from = match self.options.window_from {
            WindowFrom::FirstStep => link.began_at,
            WindowFrom::StepBefore => link.reached_at,
        };
        at.abs_diff(from) <= self.window_ms
    }

    /// How many of the first steps were done within a window, in whatever order.
    fn depth_in_any_order(&self, customer: &LivedJourney<'_>) -> Depth {
        let mut depth = Depth::default();
        let mut latest = vec![Vec::new(); self.steps.len()];
        for event in 0..customer.len() {
            let mut fitting = self.steps.holding(customer, event);
            if fitting == 0 {
                continue;
            }
            while fitting != 0 {
                let step = fitting.trailing_zeros() as usize;
                fitting &= fitting - 1;
                // A step competes for events with fewer others than there are steps, so older ones are never needed.
                if latest[step].len() == self.steps.len() {
                    latest[step].remove(0);
                }
                latest[step].push(event);
            }
            let at = customer.occurred_at[event];
            let in_window = |other: usize| at.abs_diff(customer.occurred_at[other]) <= self.window_ms;
            let steps = count_matched(&latest, in_window);
            for step in depth.steps..steps {
                let began = latest[0].last().copied().unwrap_or(event);
                depth.reach(step, FirstTime { event, began, gap_ms: None });
            }
            if depth.steps == self.steps.len() {
                break;
            }
        }
        depth
    }
}

fn ended_steps(
    table: &ConditionTable,
    exclusions: &[super::Exclusion],
    customer: &LivedJourney<'_>,
    event: usize,
) -> u32 {
    let mut holding = table.holding(customer, event);
    let mut ended = 0;
    while holding != 0 {
        ended |= 1 << (exclusions[holding.trailing_zeros() as usize].after_step - 1);
        holding &= holding - 1;
    }
    ended
}

/// How many of the first steps can have an event of their own each, out of those that fit them: a matching by augmenting
/// paths (Kuhn, *The Hungarian method for the assignment problem*, 1955), one step after the other.
fn count_matched(fitting: &[Vec<usize>], is_usable: impl Fn(usize) -> bool) -> usize {
    let mut owners: Vec<(usize, usize)> = Vec::new();
    for step in 0..fitting.len() {
        let mut tried = Vec::new();
        if !find_event(fitting, &is_usable, step, &mut owners, &mut tried) {
            return step;
        }
    }
    fitting.len()
}

/// Gives a step an event, where needed by giving its owner another one.
fn find_event(
    fitting: &[Vec<usize>],
    is_usable: &impl Fn(usize) -> bool,
    step: usize,
    owners: &mut Vec<(usize, usize)>,
    tried: &mut Vec<usize>,
) -> bool {
    for &event in fitting[step].iter().rev() {
        if !is_usable(event) || tried.contains(&event) {
            continue;
        }
        tried.push(event);
        match owners.iter().position(|(owned, _)| *owned == event) {
            None => {
                owners.push((event, step));
                return true;
            }
            Some(place) => {
                let owner = owners[place].1;
                if find_event(fitting, is_usable, owner, owners, tried) {
                    owners[place].1 = step;
                    return true;
                }
            }
        }
    }
    false
}
