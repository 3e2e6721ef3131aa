//! What of the customers somebody sees, as one rule for journeys and for single customers: of a key bound to a unit the
//! customers with an activity below the unit, and of their events those below it or without unit.

use domain::{Result, StoredEvent};
use events::names::Names;
use journey::{LivedJourney, Operator, Step, UnitSet, below, run};

use crate::app::App;
use crate::auth::Sight;
use crate::organisation::units::find_tree;
use crate::waiting::Watched;

/// The units that a sight is limited to, by the codes of `names`; none when it is not limited. `names` must be at least as
/// new as the events that are looked at.
pub fn units_in(app: &App, sight: &Sight, names: &Names) -> Result<Option<UnitSet>> {
    let Sight::Below(unit) = sight else { return Ok(None) };
    let tree = find_tree(app)?;
    let codes = tree.below(unit).into_iter().filter_map(|name| names.units.find(name));
    Ok(Some(UnitSet::of(codes.map(|code| LivedJourney::unit_code(Some(code))))))
}

/// The events of one customer that are seen; none when the customer is not.
pub fn seen_events(mut events: Vec<StoredEvent>, units: Option<&UnitSet>) -> Vec<StoredEvent> {
    let Some(units) = units else { return events };
    let code_of = |event: &StoredEvent| LivedJourney::unit_code(event.unit);
    if !units.sees(events.iter().filter(|event| event.kind.is_activity()).map(code_of)) {
        return Vec::new();
    }
    events.retain(|event| units.shows(code_of(event)));
    events
}

/// The activities of which a part of the units has an event, by code.
pub fn seen_activities(source: &Watched<'_>, units: &UnitSet, threads: usize) -> Result<Vec<bool>> {
    run(SeenActivities, &below(source, units), threads)
}

/// Which activities there are at all.
struct SeenActivities;

impl Operator for SeenActivities {
    type Partial = Vec<bool>;
    type Output = Vec<bool>;

    fn start(&self) -> Vec<bool> {
        Vec::new()
    }

    fn fold(&self, seen: &mut Vec<bool>, customer: LivedJourney<'_>) {
        note_codes(seen, customer.activity);
    }

    fn merge(&self, into: &mut Vec<bool>, from: Vec<bool>) {
        join_codes(into, &from);
    }

    fn finish(self, seen: Vec<bool>) -> Step<Self> {
        Step::Done(seen)
    }
}

/// Notes that there are these codes.
pub fn note_codes(seen: &mut Vec<bool>, codes: &[u16]) {
    for &code in codes {
        let code = usize::from(code);
        if code >= seen.len() {
            seen.resize(code + 1, false);
        }
        seen[code] = true;
    }
}

/// Notes what others have noted.
pub fn join_codes(into: &mut Vec<bool>, from: &[bool]) {
    into.resize(into.len().max(from.len()), false);
    for (seen, too) in into.iter_mut().zip(from) {
        *seen |= too;
    }
}
