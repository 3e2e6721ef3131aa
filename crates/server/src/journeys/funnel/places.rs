//! Conditions on where a step happened: `Order Completed[channel=web][unit!=ES-MAD-01]`.

use domain::{Error, Result};
use journey::funnel::{Place, PlaceCondition};
use journey::{LivedJourney, UnitSet};

use crate::journeys::breakdown::{CHANNEL, MISSING, UNIT};
use crate::journeys::channels::find_channels;
use crate::journeys::conditions::{ConditionOperator, WrittenCondition};
use crate::journeys::moment::Moment;
use crate::nearest::nearest;
use crate::organisation::units::find_tree;

/// Whether a condition of this name asks where an event happened, and not for a property.
pub fn is_place(name: &str) -> bool {
    name == CHANNEL || name == UNIT
}

impl Moment {
    /// The place that a condition asks for; none when it asks for a property.
    pub(super) fn find_place(&self, asked: &WrittenCondition<'_>) -> Result<Option<PlaceCondition>> {
        if !is_place(asked.property) {
            return Ok(None);
        }
        let is_there = match asked.operator {
            ConditionOperator::Equal => true,
            ConditionOperator::NotEqual => false,
            other => {
                return Err(Error::invalid(format!(
                    "a {} is neither greater nor less than another; ask with `=` or `!=`, not with `{}`",
                    asked.property,
                    other.sign()
                )));
            }
        };
        let place = match asked.property {
            CHANNEL => Place::Channels(find_channels(self, &[asked.value.to_owned()])?),
            UNIT if asked.value == MISSING => Place::NoUnit,
            _ => Place::Units(self.find_units(asked.value)?),
        };
        Ok(Some(PlaceCondition { place, is_there }))
    }

    /// A unit with all units below it. For whoever is bound to a unit there are only those below it.
    fn find_units(&self, name: &str) -> Result<UnitSet> {
        let tree = find_tree(&self.app)?;
        let code_of = |unit: &str| Some(LivedJourney::unit_code(Some(self.names.units.find(unit)?)));
        let may_see =
            |unit: &str| self.units.as_ref().is_none_or(|units| code_of(unit).is_some_and(|code| units.has(code)));
        let is_known = tree.find(name).is_some() || self.names.units.find(name).is_some();
        let below = tree.below(name);
        let is_hidden = self.units.is_some() && !below.iter().any(|unit| may_see(unit));
        if !is_known || is_hidden {
            let in_tree = tree.iter().map(|unit| unit.name.as_str());
            let known = in_tree.chain(self.names.units.iter().map(|(_, unit)| unit)).filter(|unit| may_see(unit));
            return Err(unknown(name, known));
        }
        Ok(UnitSet::of(below.into_iter().filter(|unit| may_see(unit)).filter_map(code_of)))
    }
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    Error::invalid(match nearest(name, known) {
        Some(known) => format!("there is no unit `{name}`; did you mean `{known}`?"),
        None => format!(
            "there is no unit `{name}`; `vivencia units list` shows those that there are, and `{MISSING}` stands for events \
             without one"
        ),
    })
}
