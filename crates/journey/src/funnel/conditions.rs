//! Which events count as a step, or as an activity that ends a chain.

use crate::below::UnitSet;
use crate::needs::{ActivitySet, Needs};
use crate::on_channels::ChannelSet;
use crate::operator::LivedJourney;
use crate::properties::PropertyColumns;

/// Which events count as a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelCondition {
    /// The activity that the answer names.
    pub activity: u16,
    /// Further activities that count as this step.
    pub aliases: Vec<u16>,
    /// What must hold of the event's properties besides, all of it.
    pub values: Vec<ValueCondition>,
    /// Where it must have happened besides, all of it.
    pub places: Vec<PlaceCondition>,
}

impl From<u16> for FunnelCondition {
    fn from(activity: u16) -> Self {
        FunnelCondition { activity, aliases: Vec::new(), values: Vec::new(), places: Vec::new() }
    }
}

impl FunnelCondition {
    /// All activities that count as this step.
    pub(super) fn activities(&self) -> impl Iterator<Item = &u16> {
        std::iter::once(&self.activity).chain(&self.aliases)
    }

    /// Whether it asks for more than an activity.
    fn asks(&self) -> bool {
        !self.values.is_empty() || !self.places.is_empty()
    }

    /// Whether all that it asks for besides the activity holds for an event.
    fn holds(&self, customer: &LivedJourney<'_>, event: usize) -> bool {
        self.values.iter().all(|value| value.holds(&customer.properties, event))
            && self.places.iter().all(|place| place.holds(customer, event))
    }
}

/// What must hold of a laid-out property of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCondition {
    /// Position of the property's column, 0 to 63.
    pub property: usize,
    /// The values that are asked for.
    pub values: ValueSet,
    /// Whether the event must have one of these values, or must have none of them. An event without any value has none.
    pub is_equal: bool,
}

impl ValueCondition {
    fn holds(&self, properties: &PropertyColumns<'_>, event: usize) -> bool {
        let code = properties.column(self.property).get(event);
        let has_it = match &self.values {
            ValueSet::One(value) => value.is_some_and(|value| code == Some(&value)),
            ValueSet::Several(several) => code.is_some_and(|code| several.has(*code)),
        };
        has_it == self.is_equal
    }
}

/// Values of a property, by code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueSet {
    /// One value; `None` for a value that no event has.
    One(Option<u16>),
    /// Those that a comparison holds for.
    Several(CodeSet),
}

/// A set of codes of values. An event without value and values that are not told apart are in none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeSet {
    /// 64 codes a word, as far as the largest.
    words: Box<[u64]>,
}

impl CodeSet {
    /// The set of these codes.
    pub fn of(codes: impl IntoIterator<Item = u16>) -> CodeSet {
        let mut words = Vec::new();
        for code in codes.into_iter().filter(|code| *code < PropertyColumns::OTHER_VALUE) {
            let word = usize::from(code / 64);
            if word >= words.len() {
                words.resize(word + 1, 0);
            }
            words[word] |= 1_u64 << (code % 64);
        }
        CodeSet { words: words.into_boxed_slice() }
    }

    /// Whether a code is in it.
    pub fn has(&self, code: u16) -> bool {
        self.words.get(usize::from(code / 64)).is_some_and(|word| word >> (code % 64) & 1 == 1)
    }
}

/// Where an event must have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceCondition {
    /// The place.
    pub place: Place,
    /// Whether the event must have happened there, or must not.
    pub is_there: bool,
}

/// Somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On one of these channels.
    Channels(ChannelSet),
    /// In one of these units.
    Units(UnitSet),
    /// In no unit.
    NoUnit,
}

impl PlaceCondition {
    fn holds(&self, customer: &LivedJourney<'_>, event: usize) -> bool {
        let unit = || customer.unit.get(event).copied().unwrap_or(LivedJourney::NO_UNIT);
        let was_there = match &self.place {
            Place::Channels(channels) => customer.channel.get(event).is_some_and(|channel| channels.has(*channel)),
            Place::Units(units) => units.has(unit()),
            Place::NoUnit => unit() == LivedJourney::NO_UNIT,
        };
        was_there == self.is_there
    }
}

/// Up to 32 conditions, asked of an event at once.
#[derive(Debug)]
pub(super) struct ConditionTable {
    /// For every activity code, the conditions of which it has the activity, as bits.
    by_activity: Box<[u32]>,
    conditions: Vec<FunnelCondition>,
    /// The conditions that ask for more than an activity, as bits.
    asking: u32,
}

impl ConditionTable {
    /// Of more than 32 conditions, the later ones never hold.
    pub fn new(conditions: Vec<FunnelCondition>) -> ConditionTable {
        let mut by_activity = vec![0; usize::from(u16::MAX) + 1].into_boxed_slice();
        let mut asking = 0;
        for (position, condition) in conditions.iter().enumerate().take(u32::BITS as usize) {
            for activity in condition.activities() {
                by_activity[usize::from(*activity)] |= 1 << position;
            }
            asking |= u32::from(condition.asks()) << position;
        }
        ConditionTable { by_activity, conditions, asking }
    }

    pub fn len(&self) -> usize {
        self.conditions.len()
    }

    pub fn conditions(&self) -> &[FunnelCondition] {
        &self.conditions
    }

    /// Whether a condition asks for more than an activity.
    pub fn asks(&self) -> bool {
        self.asking != 0
    }

    /// Whether an activity belongs to several conditions.
    pub fn is_shared(&self) -> bool {
        self.by_activity.iter().any(|conditions| conditions.count_ones() > 1)
    }

    /// The conditions of which an event has the activity, as bits.
    pub fn of_activity(&self, activity: u16) -> u32 {
        self.by_activity[usize::from(activity)]
    }

    /// The conditions that hold for an event, as bits.
    pub fn holding(&self, customer: &LivedJourney<'_>, event: usize) -> u32 {
        self.keep_holding(self.of_activity(customer.activity[event]), customer, event)
    }

    /// Of some conditions of which the event has the activity, those that hold.
    pub fn keep_holding(&self, conditions: u32, customer: &LivedJourney<'_>, event: usize) -> u32 {
        let mut holding = conditions;
        let mut asking = conditions & self.asking;
        while asking != 0 {
            let position = asking.trailing_zeros();
            if !self.conditions[position as usize].holds(customer, event) {
                holding &= !(1 << position);
            }
            asking &= asking - 1;
        }
        holding
    }

    /// What the conditions read, of customers who may fit the first of them.
    pub fn needs(&self) -> Needs {
        let first = self.conditions.first().map_or(ActivitySet::NONE, |first| ActivitySet::of(first.activities()));
        self.reads(Needs::EVERY_CUSTOMER.only_with(first))
    }

    /// The same needs with the columns that the conditions read.
    pub fn reads(&self, needs: Needs) -> Needs {
        let values = self.conditions.iter().flat_map(|condition| &condition.values);
        let read = values.filter(|value| value.property < PropertyColumns::MAX);
        let properties = read.fold(needs.properties, |bits, value| bits | 1 << value.property);
        let mut places = self.conditions.iter().flat_map(|condition| &condition.places);
        let units = needs.units || places.any(|asked| !matches!(asked.place, Place::Channels(_)));
        Needs { properties, units, ..needs }
    }
}
