//! With which activities customers wait, and where their events say how long.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::Result;
use domain::ports::ActivityRole;
use domain::time::{DAY_MS, SECOND_MS};
use journey::{Activities, StatedWaits, Waits};

use super::moment::Moment;
use super::seen_values::{ReadValues, ToldAs};
use crate::finding::FindingDto;

/// Whoever waits longer than a hundred years is not waiting: the number means something else.
const LONGEST_MS: f64 = 36_525.0 * DAY_MS as f64;
/// How long a wait is that no event tells.
const OTHERWISE: &str = "last until the next event";

/// The column of a property and its durations in milliseconds, by code.
type Durations = (usize, Arc<[Option<u64>]>);

/// The waits of a question, and what the reader should know about them.
pub struct FoundWaits {
    pub waits: Waits,
    pub findings: Vec<FindingDto>,
}

impl Moment {
    /// The activities with the role wait. The properties by which they say how long are read where they are not laid out.
    pub fn find_waits(&mut self) -> Result<FoundWaits> {
        let waits = Waits::new(Activities::of(&self.with_role(ActivityRole::Wait).0));
        let named = self.properties_of_role(ActivityRole::Wait, |entry| entry.wait_property);
        let properties = named.iter().map(|(_, property)| property.as_str());
        if let Some(too_large) = self.read_unless_too_large(properties, "waits last until the next event")? {
            return Ok(FoundWaits { waits, findings: vec![too_large] });
        }
        let told_as = ToldAs { not_read: "no numbers of seconds", those: "waits", otherwise: OTHERWISE };
        let mut known: BTreeMap<&str, Durations> = BTreeMap::new();
        let mut findings = Vec::new();
        let mut stated = Vec::with_capacity(named.len());
        for (activity, property) in &named {
            let (property, durations_ms) = match known.get(property.as_str()) {
                Some(known) => known.clone(),
                None => {
                    let read = self.read_values(property, read_duration_ms, told_as)?;
                    let ReadValues { column, meanings, findings: about_values } = read;
                    findings.extend(about_values);
                    known.entry(property).or_insert((column, meanings.into())).clone()
                }
            };
            stated.push(StatedWaits { activity: *activity, property, durations_ms });
        }
        Ok(FoundWaits { waits: waits.with_stated(stated), findings })
    }
}

/// Reads a number of seconds as milliseconds.
fn read_duration_ms(text: &str) -> Option<u64> {
    let seconds = text.trim().parse::<f64>().ok()?;
    let duration_ms = (seconds * SECOND_MS as f64).round();
    (0.0..=LONGEST_MS).contains(&duration_ms).then_some(duration_ms as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_seconds_read_to_the_millisecond() {
        for (text, duration_ms) in [
            ("90", Some(90_000)),
            (" 0.0015 ", Some(2)),
            ("1e3", Some(1_000_000)),
            ("0", Some(0)),
            ("-0", Some(0)),
            ("3155760000", Some(3_155_760_000_000)),
            ("3155760001", None),
            ("-1", None),
            ("NaN", None),
            ("inf", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(read_duration_ms(text), duration_ms, "{text}");
        }
    }
}
