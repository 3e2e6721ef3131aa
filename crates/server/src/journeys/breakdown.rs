//! What an answer may be broken down by, and how its parts are called.

use domain::Result;
use events::names::OTHER;
use journey::breakdown::BreakdownBy;

use super::channels::NO_CHANNEL;
use super::moment::Moment;
use super::seen_values::find_property;

/// What names the channel of an event, whatever properties are laid out.
pub const CHANNEL: &str = "channel";
/// What names the unit of an event.
pub const UNIT: &str = "unit";
/// How no channel and no unit are called.
pub const MISSING: &str = NO_CHANNEL;

/// What a name stands for: `channel`, `unit`, or a property that is laid out or was read for the question.
pub fn find_by(moment: &Moment, by: &str) -> Result<BreakdownBy> {
    Ok(match by {
        CHANNEL => BreakdownBy::Channel,
        UNIT => BreakdownBy::Unit,
        property => BreakdownBy::Property(find_property(property, moment.timeline.properties())?),
    })
}

/// Says which value a code stands for.
pub fn name_values(moment: &Moment, by: BreakdownBy) -> impl Fn(u16) -> String {
    let values = match by {
        BreakdownBy::Property(property) => moment.timeline.properties().list_values(property),
        BreakdownBy::Channel | BreakdownBy::Unit => Vec::new(),
    };
    move |code| match by {
        BreakdownBy::Channel => moment.names.channels.name(u32::from(code)).to_owned(),
        BreakdownBy::Unit => moment.names.units.name(u32::from(code)).to_owned(),
        BreakdownBy::Property(_) => values.get(usize::from(code)).map_or(OTHER, AsRef::as_ref).to_owned(),
    }
}
