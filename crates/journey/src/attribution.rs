//! Attribution: which channels, or touchpoints, come before an outcome, and how much of it each is credited with.
//!
//! An *outcome* is an event of one of some activities. Its *path* are the customer's touches within a window before it:
//! earlier events, in order, that are no outcomes themselves, at most the window before it, both ends included. An outcome
//! without any touch is credited to nobody and told apart. Five models share out the others:
//!
//! * *first* and *last*: all of it to the first or the last touch of the path;
//! * *linear*: to every touch the same part;
//! * *position*: two fifths each to the first and the last touch, the fifth that is left in equal parts to those between;
//!   of two touches half each, of a single one everything. So did the position-based model of Google Analytics (its
//!   Multi-Channel Funnels, until 2023);
//! * *removal effect*, when asked for: see [`markov`].
//!
//! Credits are sums of integers, in parts of 2⁻⁶² of an outcome, so that they do not depend on the order of addition; what
//! a division leaves over goes to the last touch, so that nothing is lost. All of it is association: who is likely to buy
//! anyway also has touches.

use std::ops::Range;

use domain::error::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::activities::Activities;
use crate::needs::Needs;
use crate::operator::{LivedJourney, Operator, Step};
use crate::properties::PropertyColumns;

mod credits;
mod ledger;
pub mod markov;

use credits::Cover;
use ledger::Ledger;
use markov::{Removal, Transitions};

/// Parts of an outcome in which it is credited, as a power of two.
const COUNT_BITS: u32 = 62;
/// Parts of a millionth in which values are credited, as a power of two.
const VALUE_BITS: u32 = 20;

/// What is credited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TouchBy {
    /// Channels.
    #[default]
    Channel,
    /// Activities on channels, which stand for touchpoints.
    ChannelAndActivity,
}

/// Which touches belong to an outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PathRule {
    /// Those since the outcome before, within the window: a touch belongs to one outcome at most.
    #[default]
    SinceOutcomeBefore,
    /// All within the window, those before an earlier outcome too.
    WholeWindow,
}

/// What each outcome is worth, from a laid-out property of its event.
#[derive(Clone, Debug)]
pub struct OutcomeValues {
    /// Position of the property's column, 0 to 63.
    pub property: usize,
    /// In millionths, by the code of the property's value; other codes and no value are worth nothing.
    pub micros: Vec<i64>,
    /// Only outcomes of which another property has one of some values are worth something: amounts of one currency.
    pub only: Option<OnlyWith>,
}

impl OutcomeValues {
    /// What an event is worth, in millionths.
    pub(crate) fn micros_of(&self, customer: &LivedJourney<'_>, event: usize) -> i64 {
        let code_of = |property: usize| customer.properties.column(property).get(event).copied();
        let counts = self
            .only
            .as_ref()
            .is_none_or(|only| only.values.contains(&code_of(only.property).unwrap_or(PropertyColumns::NO_VALUE)));
        let code = code_of(self.property).filter(|_| counts);
        code.and_then(|code| self.micros.get(usize::from(code)).copied()).unwrap_or(0)
    }

    /// The columns that it reads, as bits.
    pub(crate) fn columns(&self) -> u64 {
        let read = [Some(self.property), self.only.as_ref().map(|only| only.property)].into_iter().flatten();
        read.filter(|column| *column < PropertyColumns::MAX).fold(0, |bits, column| bits | 1 << column)
    }
}

/// Events of which a laid-out property has one of some values.
#[derive(Clone, Debug)]
pub struct OnlyWith {
    /// Position of the property's column, 0 to 63.
    pub property: usize,
    /// By code; [`PropertyColumns::NO_VALUE`] stands for events without any value.
    pub values: Vec<u16>,
}

/// The question: what do outcomes owe to what?
#[derive(Debug)]
pub struct AttributionQuestion {
    /// By activity code.
    kinds: Box<[Kind]>,
    outcome: Activities,
    /// The activity of outcomes, when it is a single one.
    only_outcome: Option<u16>,
    window_ms: u64,
    by: TouchBy,
    rule: PathRule,
    values: Option<OutcomeValues>,
    /// Order of the chain, 1 to 3.
    removal_order: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Neither,
    Touch,
    Outcome,
}

/// What outcomes owe to what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    pub outcomes: u64,
    /// Those without a touch in the window: credited to nobody.
    pub without_touch: u64,
    /// What the outcomes are worth in millionths, when asked for: of all of them, and of those without a touch.
    pub value_micros: Option<(i128, i128)>,
    /// By channel and activity; touches without any credit are left out.
    pub credits: Vec<TouchCredit>,
    /// Why there are no removal effects, where they were asked for.
    pub no_removal: Option<NoRemoval>,
}

/// What one kind of touch is credited with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TouchCredit {
    /// Code of the channel, or [`LivedJourney::NO_CHANNEL`].
    pub channel: u8,
    /// Code of the activity, when activities are told apart.
    pub activity: Option<u16>,
    /// Outcomes.
    pub outcomes: Credit,
    /// Millionths, when outcomes have values.
    pub micros: Option<Credit>,
    /// The share of outcomes that would be lost without this touch, by the chain, 0 to 1; when asked for.
    pub removal_effect: Option<f64>,
}

/// Parts of the outcomes by model. Of each model they add up to the outcomes that have a touch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Credit {
    pub first: f64,
    pub last: f64,
    pub linear: f64,
    pub position: f64,
    /// In proportion to the removal effects, when asked for.
    pub removal: Option<f64>,
}

/// Why there are no removal effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoRemoval {
    /// More states, transitions or touches than are reckoned with: a lower order, or channels instead of activities,
    /// have fewer.
    TooMany,
    /// No outcome has a touch.
    NoOutcome,
}

/// What is known after some of the customers.
#[derive(Debug, Serialize, Deserialize)]
pub struct AttributionPartial {
    outcomes: u64,
    without_touch: u64,
    value_micros: i128,
    value_without_touch: i128,
    ledger: Ledger,
    transitions: Option<Transitions>,
    #[serde(skip)]
    room: Room,
}

/// Room for one customer, used again for the next.
#[derive(Debug, Default)]
struct Room {
    met: Vec<Met>,
    rows: Vec<u32>,
    instants: Vec<i64>,
    counts: Cover,
    values: Cover,
}

/// A touch or an outcome.
#[derive(Clone, Copy, Debug)]
struct Met {
    at: i64,
    /// Position in the journey.
    event: usize,
    kind: Kind,
}

/// What an outcome is worth.
#[derive(Clone, Copy)]
struct Worth {
    count: i128,
    value: i128,
}

impl AttributionQuestion {
    /// Credits outcomes, the events of these activities, to the touches of `window_ms` before them (at least 0). By default
    /// to channels, by the path since the outcome before, and without removal effects.
    pub fn new(outcome: &[u16], window_ms: i64) -> Result<AttributionQuestion> {
        if outcome.is_empty() {
            return Err(Error::invalid("attribution needs an outcome: name at least one activity"));
        }
        let Ok(window_ms) = u64::try_from(window_ms) else {
            return Err(Error::invalid(format!("the window of an attribution cannot be {window_ms} ms")));
        };
        let question = AttributionQuestion {
            kinds: vec![Kind::Touch; usize::from(u16::MAX) + 1].into_boxed_slice(),
            outcome: Activities::of(outcome),
            only_outcome: outcome.first().copied().filter(|first| outcome.iter().all(|code| code == first)),
            window_ms,
            by: TouchBy::default(),
            rule: PathRule::default(),
            values: None,
            removal_order: None,
        };
        Ok(question.with_touches(&Activities::any()))
    }

    /// Takes only events of these activities for touches; all that are no outcomes unless told.
    pub fn with_touches(mut self, touches: &Activities) -> AttributionQuestion {
        for (code, kind) in (0..=u16::MAX).zip(&mut self.kinds) {
            *kind = match (self.outcome.has(code), touches.has(code)) {
                (true, _) => Kind::Outcome,
                (false, true) => Kind::Touch,
                (false, false) => Kind::Neither,
            };
        }
        self
    }

    /// Sets what is credited.
    pub fn by(mut self, by: TouchBy) -> AttributionQuestion {
        self.by = by;
        self
    }

    /// Sets which touches belong to an outcome.
    pub fn with_rule(mut self, rule: PathRule) -> AttributionQuestion {
        self.rule = rule;
        self
    }

    /// Credits what outcomes are worth besides.
    pub fn with_values(mut self, values: OutcomeValues) -> AttributionQuestion {
        self.values = Some(values);
        self
    }

    /// Asks for removal effects by a chain of this order, 1 to [`markov::MOST_ORDER`].
    pub fn with_removal(mut self, order: usize) -> Result<AttributionQuestion> {
        if order == 0 || order > markov::MOST_ORDER {
            return Err(Error::invalid(format!(
                "the chain of removal effects has an order of 1 to {}, not {order}",
                markov::MOST_ORDER
            )));
        }
        self.removal_order = Some(order);
        Ok(self)
    }

    #[inline]
    fn kind(&self, activity: u16) -> Kind {
        self.kinds[usize::from(activity)]
    }

    /// Position of the first outcome from a position on.
    fn next_outcome(&self, activities: &[u16], from: usize) -> Option<usize> {
        let later = activities.get(from..)?;
        let found = match self.only_outcome {
            Some(only) => position_of(later, only),
            None => later.iter().position(|activity| self.kind(*activity) == Kind::Outcome),
        };
        found.map(|place| from + place)
    }

    /// The first instant whose touches an outcome at `at` may owe something.
    fn reaches_back_to(&self, at: i64) -> i64 {
        at.saturating_sub_unsigned(self.window_ms)
    }

    fn worth(&self, customer: &LivedJourney<'_>, event: usize) -> Worth {
        let micros = self.values.as_ref().map_or(0, |values| values.micros_of(customer, event));
        Worth { count: 1 << COUNT_BITS, value: i128::from(micros) << VALUE_BITS }
    }

    /// The touches and outcomes of a customer, in order. Which events they are is what a processor cannot guess, so each is
    /// written and some are kept.
    fn gather<'a>(&self, met: &'a mut Vec<Met>, customer: LivedJourney<'_>) -> &'a [Met] {
        if met.len() < customer.len() {
            met.resize(customer.len(), Met { at: 0, event: 0, kind: Kind::Neither });
        }
        let mut count = 0;
        for (event, (&activity, &at)) in customer.activity.iter().zip(customer.occurred_at).enumerate() {
            let kind = self.kind(activity);
            met[count] = Met { at, event, kind };
            count += usize::from(kind != Kind::Neither);
        }
        &met[..count]
    }

    /// Lists the rows of the touches among some events, in order.
    fn list_touches(&self, ledger: &mut Ledger, events: LivedJourney<'_>, rows: &mut Vec<u32>) {
        match self.by {
            TouchBy::Channel => {
                // Which events are touches is what a processor cannot guess, so each is written and some are kept.
                rows.resize(events.len(), 0);
                let mut kept = 0;
                for (&activity, &channel) in events.activity.iter().zip(events.channel) {
                    rows[kept] = u32::from(channel);
                    kept += usize::from(self.kind(activity) == Kind::Touch);
                }
                rows.truncate(kept);
            }
            TouchBy::ChannelAndActivity => {
                rows.clear();
                for (&activity, &channel) in events.activity.iter().zip(events.channel) {
                    if self.kind(activity) == Kind::Touch {
                        rows.push(ledger.row(channel, activity));
                    }
                }
            }
        }
    }

    /// Each outcome with the touches since the one before. Each event is looked at once or twice.
    fn fold_since_outcome_before(&self, partial: &mut AttributionPartial, customer: LivedJourney<'_>) {
        let mut begins = 0;
        let mut rows = std::mem::take(&mut partial.room.rows);
        while let Some(event) = self.next_outcome(customer.activity, begins) {
            let oldest = self.reaches_back_to(customer.occurred_at[event]);
            let before = &customer.occurred_at[begins..event];
            let from = begins + before.partition_point(|at| *at < oldest);
            self.list_touches(&mut partial.ledger, customer.slice(from..event), &mut rows);
            begins = event + 1;
            let worth = self.worth(&customer, event);
            if partial.count_outcome(worth, !rows.is_empty()) {
                credits::add_path(&mut partial.ledger.counts, &rows, worth.count);
                if self.values.is_some() {
                    credits::add_path(&mut partial.ledger.values, &rows, worth.value);
                }
            }
        }
        partial.room.rows = rows;
    }

    /// Each outcome with all touches of its window. A touch may belong to many outcomes: how much of them is its is summed
    /// up while going along, so that each event is looked at once.
    fn fold_whole_window(&self, partial: &mut AttributionPartial, customer: LivedJourney<'_>) {
        let mut room = std::mem::take(&mut partial.room);
        let met = self.gather(&mut room.met, customer);
        room.rows.clear();
        room.instants.clear();
        for met in met.iter().filter(|met| met.kind == Kind::Touch) {
            let (channel, activity) = (customer.channel[met.event], customer.activity[met.event]);
            room.rows.push(match self.by {
                TouchBy::Channel => u32::from(channel),
                TouchBy::ChannelAndActivity => partial.ledger.row(channel, activity),
            });
            room.instants.push(met.at);
        }
        room.counts.clear(room.rows.len());
        room.values.clear(if self.values.is_some() { room.rows.len() } else { 0 });
        let (mut from, mut to) = (0, 0);
        for met in met {
            if met.kind == Kind::Touch {
                to += 1;
                continue;
            }
            let oldest = self.reaches_back_to(met.at);
            while from < to && room.instants[from] < oldest {
                from += 1;
            }
            let worth = self.worth(&customer, met.event);
            if partial.count_outcome(worth, from < to) {
                room.counts.add(&mut partial.ledger.counts, &room.rows, from..to, worth.count);
                if self.values.is_some() {
                    room.values.add(&mut partial.ledger.values, &room.rows, from..to, worth.value);
                }
            }
        }
        room.counts.settle(&mut partial.ledger.counts, &room.rows);
        if self.values.is_some() {
            room.values.settle(&mut partial.ledger.values, &room.rows);
        }
        partial.room = room;
    }

    /// The steps of the chain: a path to each outcome since the one before, and one to nothing after the last.
    fn fold_transitions(&self, transitions: &mut Transitions, customer: LivedJourney<'_>, path: &mut Vec<u32>) {
        let mut begins = 0;
        while let Some(event) = self.next_outcome(customer.activity, begins) {
            self.list_path(customer, begins..event, customer.occurred_at[event], path);
            transitions.add_path(path, true);
            begins = event + 1;
        }
        let last_touch = customer.activity[begins..].iter().rposition(|activity| self.kind(*activity) == Kind::Touch);
        if let Some(last_touch) = last_touch.map(|last| begins + last) {
            self.list_path(customer, begins..last_touch + 1, customer.occurred_at[last_touch], path);
            transitions.add_path(path, false);
        }
    }

    /// Lists those touches among some events that lie within the window before an instant.
    fn list_path(&self, customer: LivedJourney<'_>, events: Range<usize>, at: i64, path: &mut Vec<u32>) {
        let oldest = self.reaches_back_to(at);
        let from = events.start + customer.occurred_at[events.clone()].partition_point(|at| *at < oldest);
        let events = customer.slice(from..events.end);
        let touches = events.activity.iter().zip(events.channel);
        let touches = touches.filter(|(activity, _)| self.kind(**activity) == Kind::Touch);
        path.clear();
        path.extend(touches.map(|(activity, channel)| self.touch(*channel, *activity)));
    }

    /// A touch as a number.
    fn touch(&self, channel: u8, activity: u16) -> u32 {
        match self.by {
            TouchBy::Channel => u32::from(channel),
            TouchBy::ChannelAndActivity => u32::from(channel) << 16 | u32::from(activity),
        }
    }

    fn draw(&self, partial: AttributionPartial, removal: Option<&Removal>) -> Vec<TouchCredit> {
        let AttributionPartial { outcomes, without_touch, value_micros, value_without_touch, ledger, .. } = partial;
        let with_touch = (outcomes - without_touch) as f64;
        let worth_with_touch = (value_micros - value_without_touch) as f64;
        let mut credits = Vec::new();
        for (row, (&touch, counts)) in ledger.touches.iter().zip(&ledger.counts).enumerate() {
            let effect = removal.map(|removal| removal.effect_of(touch));
            let share = removal.map(|removal| removal.share_of(touch));
            if counts.is_empty() && effect.is_none_or(|effect| effect == 0.0) {
                continue;
            }
            let (channel, activity) = match self.by {
                TouchBy::Channel => (touch as u8, None),
                TouchBy::ChannelAndActivity => ((touch >> 16) as u8, Some(touch as u16)),
            };
            let micros = ledger.values.get(row).map(|values| Credit {
                removal: share.map(|share| share * worth_with_touch),
                ..values.draw(VALUE_BITS)
            });
            let outcomes = Credit { removal: share.map(|share| share * with_touch), ..counts.draw(COUNT_BITS) };
            credits.push(TouchCredit { channel, activity, outcomes, micros, removal_effect: effect });
        }
        credits.sort_unstable_by_key(|credit| (credit.channel, credit.activity));
        credits
    }
}

/// Position of the first activity that is this one. Many are compared at once, without a branch for each.
fn position_of(activities: &[u16], wanted: u16) -> Option<usize> {
    const AT_ONCE: usize = 32;
    let mut passed = 0;
    for some in activities.chunks_exact(AT_ONCE) {
        if some.iter().fold(false, |is_there, activity| is_there | (*activity == wanted)) {
            break;
        }
        passed += AT_ONCE;
    }
    let place = activities[passed..].iter().position(|activity| *activity == wanted)?;
    Some(passed + place)
}

impl AttributionPartial {
    /// Counts an outcome; whether it is to be credited.
    fn count_outcome(&mut self, worth: Worth, has_touch: bool) -> bool {
        self.outcomes += 1;
        self.value_micros += worth.value >> VALUE_BITS;
        if !has_touch {
            self.without_touch += 1;
            self.value_without_touch += worth.value >> VALUE_BITS;
        }
        has_touch
    }
}

impl Operator for AttributionQuestion {
    type Partial = AttributionPartial;
    type Output = Attribution;

    fn needs(&self) -> Needs {
        let properties = self.values.as_ref().map_or(0, OutcomeValues::columns);
        let needs = Needs { properties, ..Needs::EVERY_CUSTOMER };
        // Removal effects compare with those who came to no outcome.
        if self.removal_order.is_some() { needs } else { needs.only_with(self.outcome.set()) }
    }

    fn start(&self) -> AttributionPartial {
        AttributionPartial {
            outcomes: 0,
            without_touch: 0,
            value_micros: 0,
            value_without_touch: 0,
            ledger: Ledger::start(self.by, self.values.is_some()),
            transitions: self.removal_order.map(Transitions::start),
            room: Room::default(),
        }
    }

    fn fold(&self, partial: &mut AttributionPartial, customer: LivedJourney<'_>) {
        match self.rule {
            PathRule::SinceOutcomeBefore => self.fold_since_outcome_before(partial, customer),
            PathRule::WholeWindow => self.fold_whole_window(partial, customer),
        }
        if let Some(transitions) = &mut partial.transitions {
            self.fold_transitions(transitions, customer, &mut partial.room.rows);
        }
    }

    fn merge(&self, into: &mut AttributionPartial, from: AttributionPartial) {
        into.outcomes += from.outcomes;
        into.without_touch += from.without_touch;
        into.value_micros += from.value_micros;
        into.value_without_touch += from.value_without_touch;
        into.ledger.merge(self.by, &from.ledger);
        if let (Some(sum), Some(transitions)) = (&mut into.transitions, from.transitions) {
            sum.merge(transitions);
        }
    }

    fn finish(self, mut partial: AttributionPartial) -> Step<Self> {
        let removal = partial.transitions.take().map(|transitions| transitions.removal());
        let (outcomes, without_touch) = (partial.outcomes, partial.without_touch);
        let value_micros = self.values.as_ref().map(|_| (partial.value_micros, partial.value_without_touch));
        let effects = removal.as_ref().and_then(|removal| removal.as_ref().ok());
        if self.by == TouchBy::ChannelAndActivity {
            // The chain may lead over a touch that lies on no path to an outcome itself.
            for touch in effects.into_iter().flat_map(Removal::touches) {
                partial.ledger.row_of_touch(touch);
            }
        }
        if self.values.is_none() {
            partial.ledger.values.clear();
        }
        let credits = self.draw(partial, effects);
        let no_removal = removal.and_then(|removal| removal.err());
        Step::Done(Attribution { outcomes, without_touch, value_micros, credits, no_removal })
    }
}
