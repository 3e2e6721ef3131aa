//! The registry of properties: which names events bring, with which types, how often.

use std::collections::BTreeMap;

use domain::Result;
use domain::ports::PropertyType;
use events::names::Names;
use journey::{LivedJourney, Needs, Operator, Step, run};

use crate::app::App;

/// A property of one activity.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyView {
    pub activity: String,
    pub name: String,
    /// By events, the commonest first; more than one is a finding.
    pub types: Vec<(PropertyType, u64)>,
    pub events: u64,
    /// Of the events of the activity; none for events that are not activities.
    pub share: Option<f64>,
    pub first_seen_at: i64,
    pub last_seen_at: i64,
}

/// What was seen in events that are sealed, by activity and name; of one activity when it is told.
pub fn list_properties(app: &App, activity: Option<&str>) -> Result<Vec<PropertyView>> {
    // The registry first: the activities it knows are then in the timeline.
    let seen = app.state.events.list_properties()?;
    let timeline = app.log.timeline()?;
    let names = app.log.names();
    let counts = run(CountActivities, &app.waiting.watch(&timeline), app.settings.query_threads)?;
    let mut views: BTreeMap<(String, String), PropertyView> = BTreeMap::new();
    for property in seen.into_iter().filter(|property| activity.is_none_or(|wanted| wanted == property.activity)) {
        let view = views.entry((property.activity.clone(), property.name.clone())).or_insert_with(|| PropertyView {
            activity: property.activity,
            name: property.name,
            types: Vec::new(),
            events: 0,
            share: None,
            first_seen_at: property.first_seen_at,
            last_seen_at: property.last_seen_at,
        });
        view.types.push((property.value_type, property.events));
        view.events += property.events;
        view.first_seen_at = view.first_seen_at.min(property.first_seen_at);
        view.last_seen_at = view.last_seen_at.max(property.last_seen_at);
    }
    Ok(views
        .into_values()
        .map(|mut view| {
            view.types.sort_by_key(|(_, events)| std::cmp::Reverse(*events));
            view.share = count_of(&counts, &names, &view.activity).map(|total| view.events as f64 / total as f64);
            view
        })
        .collect())
}

fn count_of(counts: &[u64], names: &Names, activity: &str) -> Option<u64> {
    let code = names.activities.find(activity)?;
    counts.get(code as usize).copied().filter(|count| *count > 0)
}

/// A change of type is never a loss, but whoever asks for values should know of it.
pub fn describe_types(view: &PropertyView) -> Option<String> {
    let ((usual, most), others) = view.types.split_first()?;
    if others.is_empty() {
        return None;
    }
    let others: Vec<String> = others.iter().map(|(kind, events)| format!("as {} in {events}", kind.as_str())).collect();
    Some(format!(
        "`{}` of `{}` came as {} in {most} events and {}; every value is kept as it came",
        view.name,
        view.activity,
        usual.as_str(),
        others.join(", ")
    ))
}

/// Events of each activity, by code.
struct CountActivities;

impl Operator for CountActivities {
    type Partial = Vec<u64>;
    type Output = Vec<u64>;

    fn needs(&self) -> Needs {
        Needs::EVERY_CUSTOMER
    }

    fn start(&self) -> Vec<u64> {
        Vec::new()
    }

    fn fold(&self, counts: &mut Vec<u64>, customer: LivedJourney<'_>) {
        for &activity in customer.activity {
            let activity = usize::from(activity);
            if activity >= counts.len() {
                counts.resize(activity + 1, 0);
            }
            counts[activity] += 1;
        }
    }

    fn merge(&self, into: &mut Vec<u64>, from: Vec<u64>) {
        into.resize(into.len().max(from.len()), 0);
        for (count, more) in into.iter_mut().zip(from) {
            *count += more;
        }
    }

    fn finish(self, counts: Vec<u64>) -> Step<Self> {
        Step::Done(counts)
    }
}
