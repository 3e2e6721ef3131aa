//! A log on a simulated disk, events written in one line, and what every customer lived as plain values.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::ports::Clock;
use domain::{
    DeadCode, DeadLetter, DeadLetterId, EventKind, Identifier, IdentifierKind, IncomingEvent, Result, SourceId,
};
use events::{EventLog, LogSettings, Submission, Timeline};
use journey::{JourneySource, LivedJourney, Needs};

use crate::memory_state::MemoryState;
use crate::simulated_files::SimulatedFiles;

/// Numbers that look random and are the same for the same seed.
#[derive(Clone)]
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}

pub struct ManualClock(AtomicI64);

pub const START_MS: i64 = 1_767_225_600_000;

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}

pub struct Scene {
    pub files: SimulatedFiles,
    pub state: MemoryState,
    pub log: EventLog,
    pub settings: LogSettings,
}

impl Scene {
    pub fn new() -> Scene {
        Scene::with(SimulatedFiles::default(), |_| {})
    }

    pub fn with(files: SimulatedFiles, change: impl FnOnce(&mut LogSettings)) -> Scene {
        let state = MemoryState::new(files.clone());
        let mut settings = LogSettings::new("/data");
        change(&mut settings);
        let log = open(&files, &state, &settings).unwrap();
        Scene { files, state, log, settings }
    }

    /// Stops without sealing, as a killed process would, and starts again.
    pub fn reopen(&mut self) {
        self.log.stop();
        self.log = open(&self.files, &self.state, &self.settings).unwrap();
    }

    pub fn send(&self, source: &str, events: Vec<IncomingEvent>) -> events::Receipt {
        self.try_send(source, events, Vec::new()).unwrap()
    }

    pub fn try_send(&self, source: &str, events: Vec<IncomingEvent>, dead: Vec<DeadLetter>) -> Result<events::Receipt> {
        self.log.submit(batch(source, events, dead))?.wait()
    }
}

pub fn open(files: &SimulatedFiles, state: &MemoryState, settings: &LogSettings) -> Result<EventLog> {
    let clock = Arc::new(ManualClock(AtomicI64::new(START_MS)));
    EventLog::open(settings.clone(), Arc::new(files.clone()), Arc::new(state.clone()), clock)
}

pub fn batch(source: &str, events: Vec<IncomingEvent>, dead: Vec<DeadLetter>) -> Submission {
    let bytes = events.len() * 500;
    Submission { source: source.to_owned(), received_at: START_MS, events, dead, bytes, ..Submission::default() }
}

/// `m-1 user:ana Search 5` is message m-1: Ana did Search at minute 5. Several identifiers: `user:ana+anon:x`. Then, in any
/// order: a channel, `@atocha` for a unit, `paid=card` for a property.
pub fn event(line: &str) -> IncomingEvent {
    let mut words = line.split_whitespace();
    let message_id = words.next().unwrap().to_owned();
    let mut identifiers: Vec<Identifier> = words.next().unwrap().split('+').map(identifier).collect();
    identifiers.sort_by_key(|identifier| identifier.kind.priority());
    let activity = words.next().unwrap().to_owned();
    let at = START_MS + words.next().unwrap().parse::<i64>().unwrap() * 60_000;
    let (mut channel, mut unit, mut properties) = (None, None, serde_json::Map::new());
    for word in words {
        if let Some(name) = word.strip_prefix('@') {
            unit = Some(name.to_owned());
        } else if let Some((name, value)) = word.split_once('=') {
            let number = value.parse::<u64>().map(serde_json::Value::from);
            properties.insert(name.to_owned(), number.unwrap_or_else(|_| value.into()));
        } else {
            channel = Some(word.to_owned());
        }
    }
    IncomingEvent {
        message_id,
        kind: if activity == "identify" { EventKind::Identify } else { EventKind::Track },
        activity: (activity != "identify").then_some(activity),
        identifiers,
        channel,
        unit,
        occurred_at: at,
        original_at: at,
        sent_at: None,
        money: None,
        cause_event_id: None,
        objects: Vec::new(),
        properties: serde_json::Value::Object(properties).to_string(),
        context: "{}".to_owned(),
        personal: None,
        traits: None,
    }
}

fn identifier(text: &str) -> Identifier {
    let (kind, value) = text.split_once(':').unwrap();
    let kind = match kind {
        "user" => IdentifierKind::UserId,
        "anon" => IdentifierKind::AnonymousId,
        other => IdentifierKind::parse(other),
    };
    Identifier::new(kind, value).unwrap()
}

pub fn dead_letter(index: u64) -> DeadLetter {
    DeadLetter {
        id: DeadLetterId(0),
        source: SourceId(0),
        code: DeadCode::MissingName,
        detail: "a track without event".to_owned(),
        index,
        received_at: 0,
        recipe: "segment".to_owned(),
        raw: b"{}".to_vec(),
    }
}

/// One activity as lived.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lived {
    pub minute: i64,
    pub activity: String,
    pub channel: Option<String>,
    pub unit: Option<String>,
    /// Those laid out that it has, as `name=value`.
    pub properties: Vec<String>,
}

/// What the engine sees: the journey of every customer, each column read as an operator would.
pub fn lived(log: &EventLog) -> BTreeMap<u64, Vec<Lived>> {
    let timeline = log.timeline().unwrap();
    let journeys = lived_with(log, Needs::EVERYTHING);
    assert_eq!(timeline.customer_count(), journeys.len() as u64);
    let minutes = || journeys.values().flatten().map(|lived: &Lived| lived.minute);
    let minute_of = |at: i64| (at - START_MS) / 60_000;
    let instants = timeline.instants().unwrap().map(|at| (minute_of(*at.start()), minute_of(*at.end())));
    assert_eq!(instants, minutes().min().zip(minutes().max()));
    assert_eq!(timeline.event_count(), journeys.values().map(|steps: &Vec<Lived>| steps.len() as u64).sum::<u64>());
    journeys
}

/// What an operator with these needs sees.
pub fn lived_with(log: &EventLog, needs: Needs) -> BTreeMap<u64, Vec<Lived>> {
    lived_in(log, &log.timeline().unwrap(), needs)
}

/// What an operator with these needs sees in a timeline.
pub fn lived_in(log: &EventLog, timeline: &Timeline, needs: Needs) -> BTreeMap<u64, Vec<Lived>> {
    // Afterwards, so that every code of the timeline has its name.
    let names = log.names();
    let value_of = |property: usize, name: &str, customer: &LivedJourney<'_>, index: usize| {
        let code = *customer.properties.column(property).get(index)?;
        let values = timeline.properties().list_values(property);
        Some(format!("{name}={}", values.get(usize::from(code))?))
    };
    let mut journeys = BTreeMap::new();
    for part in 0..timeline.part_count() {
        timeline
            .for_each_customer(part, needs, &mut |customer| {
                let step = |index: usize| {
                    let channel = customer.channel[index];
                    let unit = customer.unit.get(index).copied().unwrap_or(LivedJourney::NO_UNIT);
                    let properties = timeline.properties().names().enumerate();
                    Lived {
                        minute: (customer.occurred_at[index] - START_MS) / 60_000,
                        activity: names.activities.name(u32::from(customer.activity[index])).to_owned(),
                        channel: (channel != u8::MAX).then(|| names.channels.name(u32::from(channel)).to_owned()),
                        unit: (unit != u16::MAX).then(|| names.units.name(u32::from(unit)).to_owned()),
                        properties: properties
                            .filter_map(|(property, name)| value_of(property, name, &customer, index))
                            .collect(),
                    }
                };
                let steps = (0..customer.len()).map(step).collect();
                assert!(journeys.insert(customer.customer, steps).is_none(), "a customer is folded once");
            })
            .unwrap();
    }
    journeys
}

/// The same made the obvious way from the stored events and the identities of this moment.
pub fn expected(log: &EventLog) -> BTreeMap<u64, Vec<Lived>> {
    expected_in(log, &log.timeline().unwrap())
}

/// The same with the properties of a timeline.
pub fn expected_in(log: &EventLog, timeline: &Timeline) -> BTreeMap<u64, Vec<Lived>> {
    let names = log.names();
    let laid_out: Vec<&str> = timeline.properties().names().collect();
    let mut journeys: BTreeMap<u64, Vec<(i64, u64, Lived)>> = BTreeMap::new();
    log.for_each_event(&mut |event| {
        let Some(activity) = event.activity else { return Ok(()) };
        let properties: serde_json::Value = serde_json::from_str(&event.properties).unwrap();
        let value = |name: &&str| match &properties[*name] {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(format!("{name}={text}")),
            other => Some(format!("{name}={other}")),
        };
        let step = Lived {
            minute: (event.occurred_at - START_MS) / 60_000,
            activity: names.activities.name(u32::from(activity)).to_owned(),
            channel: event.channel.map(|code| names.channels.name(u32::from(code)).to_owned()),
            unit: event.unit.map(|code| names.units.name(code).to_owned()),
            properties: laid_out.iter().filter_map(value).collect(),
        };
        journeys.entry(log.customer_of(event.node).0).or_default().push((event.occurred_at, event.seq, step));
        Ok(())
    })
    .unwrap();
    journeys
        .into_iter()
        .map(|(customer, mut steps)| {
            steps.sort();
            (customer, steps.into_iter().map(|(_, _, step)| step).collect())
        })
        .collect()
}
