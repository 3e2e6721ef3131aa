//! A log on a simulated disk, events written in one line, and what every customer lived as plain values.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use domain::ports::Clock;
use domain::{
    DeadCode, DeadLetter, DeadLetterId, EventKind, Identifier, IdentifierKind, IncomingEvent, Result, SourceId,
};
use events::{EventLog, LogSettings, Submission};
use journey::JourneySource;

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

/// `m-1 user:ana Search 5` is message m-1: Ana did Search at minute 5. Several identifiers: `user:ana+anon:x`.
pub fn event(line: &str) -> IncomingEvent {
    let mut words = line.split_whitespace();
    let message_id = words.next().unwrap().to_owned();
    let mut identifiers: Vec<Identifier> = words.next().unwrap().split('+').map(identifier).collect();
    identifiers.sort_by_key(|identifier| identifier.kind.priority());
    let activity = words.next().unwrap().to_owned();
    let at = START_MS + words.next().unwrap().parse::<i64>().unwrap() * 60_000;
    IncomingEvent {
        message_id,
        kind: if activity == "identify" { EventKind::Identify } else { EventKind::Track },
        activity: (activity != "identify").then_some(activity),
        identifiers,
        channel: words.next().map(str::to_owned),
        unit: None,
        occurred_at: at,
        original_at: at,
        sent_at: None,
        money: None,
        cause_event_id: None,
        objects: Vec::new(),
        properties: "{}".to_owned(),
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

/// One activity as lived: minute, name, channel.
pub type Lived = (i64, String, Option<String>);

/// What the engine sees: the journey of every customer, each column read as an operator would.
pub fn lived(log: &EventLog) -> BTreeMap<u64, Vec<Lived>> {
    let names = log.names();
    let timeline = log.timeline().unwrap();
    let mut journeys = BTreeMap::new();
    for part in 0..timeline.part_count() {
        timeline
            .for_each_customer(part, &mut |customer| {
                let steps = (0..customer.len())
                    .map(|index| {
                        let channel = customer.channel[index];
                        let channel = (channel != u8::MAX).then(|| names.channels.name(u32::from(channel)).to_owned());
                        let activity = names.activities.name(u32::from(customer.activity[index])).to_owned();
                        ((customer.occurred_at[index] - START_MS) / 60_000, activity, channel)
                    })
                    .collect();
                assert!(journeys.insert(customer.customer, steps).is_none(), "a customer is folded once");
            })
            .unwrap();
    }
    assert_eq!(timeline.customer_count(), journeys.len() as u64);
    assert_eq!(timeline.event_count(), journeys.values().map(|steps: &Vec<Lived>| steps.len() as u64).sum::<u64>());
    journeys
}

/// The same made the obvious way from the stored events and the identities of this moment.
pub fn expected(log: &EventLog) -> BTreeMap<u64, Vec<Lived>> {
    let names = log.names();
    let mut journeys: BTreeMap<u64, Vec<(i64, u64, Lived)>> = BTreeMap::new();
    log.for_each_event(&mut |event| {
        if let Some(activity) = event.activity {
            let minute = (event.occurred_at - START_MS) / 60_000;
            let channel = event.channel.map(|code| names.channels.name(u32::from(code)).to_owned());
            let step = (minute, names.activities.name(u32::from(activity)).to_owned(), channel);
            journeys.entry(log.customer_of(event.node).0).or_default().push((event.occurred_at, event.seq, step));
        }
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
