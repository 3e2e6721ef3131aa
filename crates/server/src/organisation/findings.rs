//! What is odd about the data itself: names that look like one, times that cannot be, properties that change their type, sources
//! that fell silent. Nothing is refused or changed for it; people decide.

use std::collections::BTreeMap;

use domain::Result;
use domain::ports::PropertyType;
use domain::time::HOUR_MS;
use journey::run;
use journey::weekly::WeeklyQuestion;
use serde::Serialize;
use utoipa::ToSchema;

use super::properties::{describe_types, list_properties};
use crate::app::App;
use crate::collect::list_sources;

/// 2000-01-01T00:00:00Z. Earlier times are mostly clocks that were never set.
pub(crate) const EARLIEST_MS: i64 = 946_684_800_000;
/// So many activities are compared for slips; later ones with them only by their letters.
const MOST_COMPARED: usize = 1_000;
/// Shorter names differ by a letter or two and mean different things.
const SHORTEST_NAME: usize = 8;

/// Something odd about the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DataFinding {
    /// `two_spellings`, `impossible_times`, `property_type_changed` or `source_late`.
    #[schema(example = "two_spellings")]
    pub code: &'static str,
    /// What it is about: names of activities, of an activity and its property, of a source.
    pub about: Vec<String>,
    /// Events that are concerned, where they are known.
    pub events: Option<u64>,
    pub detail: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct DataFindings {
    pub findings: Vec<DataFinding>,
}

pub fn find_findings(app: &App) -> Result<DataFindings> {
    let now = app.clock.now_ms();
    let timeline = app.log.timeline()?;
    let names = app.log.names();
    let edges = vec![i64::MIN, EARLIEST_MS, now + HOUR_MS, i64::MAX];
    let counted = run(WeeklyQuestion::new(edges), &app.waiting.watch(&timeline), app.settings.query_threads)?;
    let mut findings = Vec::new();
    let mut volumes = BTreeMap::new();
    for row in counted {
        let activity = names.activities.name(u32::from(row.activity)).to_owned();
        let impossible = row.events.first().copied().unwrap_or(0) + row.events.last().copied().unwrap_or(0);
        if impossible > 0 {
            findings.push(DataFinding {
                code: "impossible_times",
                detail: format!(
                    "{impossible} events of `{activity}` happened before 2000 or are still to come; look at the clock of their source"
                ),
                about: vec![activity.clone()],
                events: Some(impossible),
            });
        }
        volumes.insert(activity, row.events.iter().sum());
    }
    for entry in app.state.activities.list_activity_entries()? {
        if entry.alias_of.is_some() {
            volumes.remove(&entry.name);
        }
    }
    findings.extend(find_spellings(&volumes));
    for view in list_properties(app, None)? {
        if let Some(detail) = describe_types(&view) {
            let usual: Option<(PropertyType, u64)> = view.types.first().copied();
            let events = usual.map(|(_, usual)| view.events - usual.min(view.events));
            findings.push(DataFinding {
                code: "property_type_changed",
                about: vec![view.activity, view.name],
                events,
                detail,
            });
        }
    }
    for source in list_sources(app)?.into_iter().filter(|source| source.is_late) {
        findings.push(DataFinding {
            code: "source_late",
            detail: format!(
                "nothing has come from `{}` since {}, longer than usual; look whether it still sends",
                source.source, source.last_received_at
            ),
            about: vec![source.source],
            events: None,
        });
    }
    Ok(DataFindings { findings })
}

/// Activities that look like two spellings of one, the rarer one first; by how many events the rarer one has.
fn find_spellings(volumes: &BTreeMap<String, u64>) -> Vec<DataFinding> {
    let names: Vec<(&str, u64)> = volumes.iter().map(|(name, events)| (name.as_str(), *events)).collect();
    let mut spellings = Spellings::default();
    spellings.learn(volumes.keys().cloned().collect());
    let mut findings = Vec::new();
    for &(one, other) in spellings.alike() {
        let ((one, one_events), (other, other_events)) = (names[one], names[other]);
        let (rare, events, common) =
            if one_events <= other_events { (one, one_events, other) } else { (other, other_events, one) };
        findings.push(DataFinding {
            code: "two_spellings",
            about: vec![rare.to_owned(), common.to_owned()],
            events: Some(events),
            detail: format!(
                "`{rare}` looks like another spelling of `{common}`; if it is, make it an alias in the catalogue of activities"
            ),
        });
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.events));
    findings
}

/// Names and which of them look like two spellings of one. Each name is compared once with those before it.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    letters: Vec<String>,
    alike: Vec<(usize, usize)>,
}

impl Spellings {
    /// How many names it knows.
    pub fn len(&self) -> usize {
        self.letters.len()
    }

    /// Compares further names with those that it knows, and with each other.
    pub fn learn(&mut self, names: Vec<String>) {
        for name in names {
            let new = letters_of(&name);
            let place = self.letters.len();
            let is_compared = place < MOST_COMPARED;
            let is_one = |known: &String| *known == new && !new.is_empty() || is_compared && is_slip(known, &new);
            let alike = self.letters.iter().enumerate().filter(|(_, known)| is_one(known));
            self.alike.extend(alike.map(|(known, _)| (known, place)));
            self.letters.push(new);
        }
    }

    /// Pairs of names by their place, the earlier one first.
    pub fn alike(&self) -> &[(usize, usize)] {
        &self.alike
    }
}

/// A name without case, spaces and punctuation.
fn letters_of(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether two names differ as slips of the pen do: by one letter, or by two in a long name, and never by a digit.
fn is_slip(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let shorter = one.chars().count().min(other.chars().count());
    let longer = one.chars().count().max(other.chars().count());
    if shorter < SHORTEST_NAME || longer - shorter > 2 || digits(one) != digits(other) {
        return false;
    }
    let most = if shorter >= 2 * SHORTEST_NAME { 2 } else { 1 };
    strsim::osa_distance(one, other) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings(volumes: &[(&str, u64)]) -> Vec<Vec<String>> {
        let volumes = volumes.iter().map(|(name, events)| ((*name).to_owned(), *events)).collect();
        find_spellings(&volumes).into_iter().map(|finding| finding.about).collect()
    }

    #[test]
    fn case_spaces_and_slips_are_spellings_of_one() {
        let found = spellings(&[
            ("Order Completed", 900),
            ("order_completed", 30),
            ("Order Complteed", 2),
            ("Product Viewed", 80),
            ("Product Added", 70),
        ]);
        assert!(found.contains(&vec!["order_completed".to_owned(), "Order Completed".to_owned()]));
        assert!(found.contains(&vec!["Order Complteed".to_owned(), "Order Completed".to_owned()]));
        assert_eq!(found.len(), 3, "and the slip is one of the other spelling: {found:?}");
    }

    #[test]
    fn numbers_and_short_names_are_told_apart() {
        assert!(spellings(&[("Checkout Step 1", 9), ("Checkout Step 2", 9), ("Call", 5), ("Fall", 5)]).is_empty());
        assert!(spellings(&[("???", 1), ("!!!", 1)]).is_empty());
    }
}
