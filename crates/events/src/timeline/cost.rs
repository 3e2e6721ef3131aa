//! What the projection and the questions to it cost, measured. Not run by themselves:
//! `cargo test --release -p events --lib -- --ignored --nocapture what_the_timeline_costs`, and, with the folder
//! `events/timeline` of a data directory that holds the log of `bench/run` as `VIVENCIA_TIMELINE`, `what_questions_cost`; with
//! the folder `events` of any data directory as `VIVENCIA_EVENTS` and names of properties, with commas, as
//! `VIVENCIA_TIMELINE_PROPERTIES`, `what_making_it_anew_costs`.

use std::sync::Arc;
use std::time::Instant;

use domain::NodeId;
use domain::ports::{Catalogue, DataFile, DataFileKind, Dictionary};
use journey::funnel::{FunnelCondition, FunnelPartial, FunnelQuestion, ValueCondition, ValueSet};
use journey::{LivedJourney, Needs, Operator, Step, run};
use rustc_hash::FxHashMap;

use super::base::Base;
use super::live::LiveTimeline;
use super::values::PropertyValues;
use super::{Sealed, Steps, Timeline};
use crate::chunk::{ChunkError, TimelineRow, VerifiedChunks};
use crate::files::DiskFiles;
use crate::names::Names;

const ACTIVITIES: u64 = 60;
const WEEK_MS: i64 = 7 * 86_400_000;
const ROUNDS: usize = 5;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// Events of customers drawn at random, a few of them with many; the first activities are the most frequent. Where there
/// are properties, each event has a value of each, one of 20.
fn live(timeline: &LiveTimeline, random: &mut Random, events: u64, first_seq: u64, customers: u64, properties: usize) {
    let mut steps = Steps::default();
    for seq in first_seq..first_seq + events {
        let node = 1 + random.below(customers).min(random.below(customers));
        let activity = (random.below(ACTIVITIES) * random.below(ACTIVITIES) / ACTIVITIES) as u16;
        let occurred_at = (seq * 1_000 + random.below(30 * 86_400_000)) as i64;
        let (channel, unit) = (Some((activity % 12) as u8), Some(activity as u32));
        steps.push(TimelineRow { node: NodeId(node), occurred_at, seq, activity, channel, unit });
        steps.codes.extend((0..properties).map(|_| random.below(20) as u16));
    }
    timeline.publish(steps, first_seq + events - 1, &[]);
}

fn ms(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}

/// The same question of every customer.
struct OfEverybody(FunnelQuestion);

impl Operator for OfEverybody {
    type Partial = FunnelPartial;
    type Output = journey::funnel::Funnel;

    fn needs(&self) -> Needs {
        Needs { activities: journey::ActivitySet::EVERYTHING, ..self.0.needs() }
    }

    fn start(&self) -> FunnelPartial {
        self.0.start()
    }

    fn fold(&self, partial: &mut FunnelPartial, customer: LivedJourney<'_>) {
        self.0.fold(partial, customer);
    }

    fn merge(&self, into: &mut FunnelPartial, from: FunnelPartial) {
        self.0.merge(into, from);
    }

    fn finish(self, partial: FunnelPartial) -> Step<Self> {
        match self.0.finish(partial) {
            Step::Done(funnel) => Step::Done(funnel),
            Step::Again(question) => Step::Again(OfEverybody(question)),
        }
    }
}

/// The best of some rounds with one thread, in milliseconds.
fn time<O: Operator<Output = journey::funnel::Funnel>>(timeline: &Timeline, question: impl Fn() -> O) -> (f64, u64) {
    let mut best = f64::MAX;
    let mut customers = 0;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        customers = run(question(), timeline, 1).unwrap().customers;
        best = best.min(ms(began));
    }
    (best, customers)
}

#[test]
#[ignore = "measures"]
#[allow(clippy::print_stdout, reason = "its output is what it is for")]
fn what_the_timeline_costs() {
    for (base_events, properties) in [(1_000_000_u64, 0_usize), (5_000_000, 0), (5_000_000, 4)] {
        let customers = base_events / 20;
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..properties).map(|property| format!("p{property}")).collect();
        let values = PropertyValues::new(&names);
        let timeline =
            LiveTimeline::new(Arc::new(DiskFiles), folder.path(), Base::default(), values, FxHashMap::default())
                .unwrap();
        let mut random = Random(7);
        println!("-- {base_events} events of {customers} customers, {properties} properties");
        let mut seq = 1;
        while seq <= base_events {
            live(&timeline, &mut random, 500_000, seq, customers, properties);
            seq += 500_000;
        }
        let began = Instant::now();
        timeline.rewrite(seq - 1).unwrap();
        println!("first writing                      {:8.0} ms", ms(began));

        let lying_over = 200_000.max((base_events / 4).min(1_000_000.max(base_events / 10)));
        live(&timeline, &mut random, lying_over, seq, customers, properties);
        seq += lying_over;
        let began = Instant::now();
        drop(timeline.snapshot().unwrap());
        println!("snapshot over {lying_over:8} events     {:8.0} ms", ms(began));
        let began = Instant::now();
        timeline.rewrite(seq - 1).unwrap();
        let rewriting = ms(began);
        let bytes: u64 =
            std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
        println!("rewriting with {lying_over:8} events    {rewriting:8.0} ms, {} MB of files", bytes / 1_000_000);
        println!("  for each event that was new      {:8.2} µs", rewriting * 1_000.0 / lying_over as f64);

        let snapshot = timeline.snapshot().unwrap();
        let steps = |first: u16| -> Vec<FunnelCondition> { vec![first.into(), 2.into(), 6.into(), 11.into()] };
        for first in [0_u16, 20, 54] {
            let question = || FunnelQuestion::new(steps(first), WEEK_MS).unwrap();
            let (skipping, found) = time(&snapshot, question);
            let (whole, same) = time(&snapshot, || OfEverybody(question()));
            assert_eq!(found, same);
            println!(
                "funnel from activity {first:2}: {found:7} customers {skipping:6.1} ms; without skipping {whole:6.1} ms"
            );
        }
        if properties > 0 {
            let asked = || {
                let mut steps = steps(0);
                for step in &mut steps {
                    let values = ValueSet::One(Some(3));
                    step.values.push(ValueCondition { property: 2, values, is_equal: false });
                }
                FunnelQuestion::new(steps, WEEK_MS).unwrap()
            };
            let (with_values, found) = time(&snapshot, asked);
            println!("the same from 0, four conditions: {found:7} customers {with_values:6.1} ms");
        }
    }
}

/// The questions of the benchmark, by the codes of its activities, with as many threads as the machine has.
#[test]
#[ignore = "measures"]
#[allow(clippy::print_stdout, reason = "its output is what it is for")]
fn what_questions_cost() {
    let Some(folder) = std::env::var_os("VIVENCIA_TIMELINE") else { panic!("VIVENCIA_TIMELINE names the folder") };
    let files: Arc<dyn domain::ports::Files> = Arc::new(DiskFiles);
    let opened = Base::open(&files, std::path::Path::new(&folder), None).unwrap();
    let timeline =
        LiveTimeline::new(files, std::path::Path::new(&folder), opened.base, opened.values, FxHashMap::default())
            .unwrap()
            .snapshot()
            .unwrap();
    let span = run(Span, &timeline, 1).unwrap();
    let edges = |step: i64| -> Vec<i64> {
        (0..).map(|n| span.0 / step * step + n * step).take_while(|at| *at < span.1 + step).collect()
    };
    let (day, week) = (86_400_000, WEEK_MS);
    let steps = || -> Vec<FunnelCondition> { [0_u16, 2, 6, 11, 15].into_iter().map(FunnelCondition::from).collect() };
    let funnel = || FunnelQuestion::new(steps(), week).unwrap();
    let channels = journey::ChannelSet::of([0, 1]);
    let any = journey::Activities::any;
    let only = std::env::var("ONLY").unwrap_or_default();
    let ask = |name: &str, asked: &dyn Fn()| {
        if !only.is_empty() && !only.split(',').any(|wanted| wanted == name) {
            return;
        }
        let mut times: Vec<f64> = (0..25)
            .map(|_| {
                let began = Instant::now();
                asked();
                ms(began)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{name:16} {:6.1} ms, median {:6.1} ms", times[0], times[12]);
    };
    ask("nothing", &|| assert!(run(Span, &timeline, 2).is_ok()));
    ask("funnel", &|| drop(run(funnel(), &timeline, 2).unwrap()));
    ask("map", &|| drop(run(journey::process_map::ProcessMapQuestion::new(), &timeline, 2).unwrap()));
    ask("map_medians", &|| {
        drop(run(journey::process_map::ProcessMapQuestion::new().with_medians(), &timeline, 2).unwrap())
    });
    let paths = || journey::paths::PathsQuestion::new(0, 5, 50).unwrap().with_activity_count(60);
    ask("paths", &|| drop(run(paths(), &timeline, 2).unwrap()));
    let retention =
        || journey::retention::RetentionQuestion::new(edges(week), any(), any()).unwrap().with_most_after(12);
    ask("retention", &|| drop(run(retention(), &timeline, 2).unwrap()));
    let attribution = || {
        let question = journey::attribution::AttributionQuestion::new(&[15], 30 * day).unwrap();
        question
            .with_touches(&journey::Activities::of(&[0, 3, 9]))
            .with_rule(journey::attribution::PathRule::WholeWindow)
    };
    ask("attribution", &|| drop(run(attribution(), &timeline, 2).unwrap()));
    ask("daily", &|| drop(run(journey::daily::DailyQuestion::new(edges(day), any()).unwrap(), &timeline, 2).unwrap()));
    let asked = || {
        let mut steps = steps();
        steps[0].values.push(ValueCondition {
            property: 0,
            values: journey::funnel::ValueSet::One(Some(1)),
            is_equal: true,
        });
        FunnelQuestion::new(steps, week).unwrap()
    };
    if !timeline.properties().is_empty() {
        ask("funnel_property", &|| drop(run(asked(), &timeline, 2).unwrap()));
    }
    ask("funnel_channels", &|| drop(run(funnel(), &journey::on_channels(&timeline, channels), 2).unwrap()));
}

/// The first and the last instant.
struct Span;

impl Operator for Span {
    type Partial = (i64, i64);
    type Output = (i64, i64);

    fn start(&self) -> (i64, i64) {
        (i64::MAX, i64::MIN)
    }

    fn fold(&self, span: &mut (i64, i64), customer: LivedJourney<'_>) {
        if let (Some(first), Some(last)) = (customer.occurred_at.first(), customer.occurred_at.last()) {
            *span = (span.0.min(*first), span.1.max(*last));
        }
    }

    fn merge(&self, into: &mut (i64, i64), from: (i64, i64)) {
        *into = (into.0.min(from.0), into.1.max(from.1));
    }

    fn finish(self, span: (i64, i64)) -> Step<Self> {
        Step::Done(span)
    }
}

/// The chunks of a data directory as a projection in a temporary folder.
#[test]
#[ignore = "measures"]
#[allow(clippy::print_stdout, reason = "its output is what it is for")]
fn what_making_it_anew_costs() {
    let Some(folder) = std::env::var_os("VIVENCIA_EVENTS") else { panic!("VIVENCIA_EVENTS names the folder") };
    let events_dir = std::path::Path::new(&folder);
    let listed: serde_json::Value =
        serde_json::from_slice(&std::fs::read(events_dir.join("manifest.json")).unwrap()).unwrap();
    let files_of = |kind: &str| -> Vec<DataFile> { serde_json::from_value(listed[kind].clone()).unwrap() };
    let files = [files_of("chunks"), files_of("texts")].concat();
    let catalogue = Catalogue { version: 1, log_position: 0, files };
    let files: Arc<dyn domain::ports::Files> = Arc::new(DiskFiles);
    let verified = VerifiedChunks::default();
    let names = names_in(&catalogue, &verified, events_dir);
    let listed = std::env::var("VIVENCIA_TIMELINE_PROPERTIES").unwrap_or_default();
    let properties: Vec<String> = listed.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let customers = FxHashMap::default();
    for _ in 0..ROUNDS {
        let target = tempfile::tempdir().unwrap();
        let values = PropertyValues::new(&properties);
        // As at a start, where no file was looked at before.
        let verified = VerifiedChunks::default();
        let sealed = Sealed {
            files: &files,
            events_dir,
            catalogue: &catalogue,
            verified: &verified,
            names: &names,
            customers: &customers,
        };
        let (began, used) = (Instant::now(), processor_ms());
        let base = super::make(sealed, target.path(), &values).unwrap();
        let (taken, used) = (ms(began), processor_ms() - used);
        let events = base.event_count();
        println!(
            "{events} events, {properties:?}: {taken:.0} ms ({used:.0} ms of processors), {:.2} M/s",
            events as f64 / taken / 1_000.0
        );
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}, files included"));
}

/// The names that are in the chunks; their codes are not those of the log.
fn names_in(catalogue: &Catalogue, verified: &VerifiedChunks, events_dir: &std::path::Path) -> Names {
    let mut names = Names::default();
    for file in catalogue.files.iter().filter(|file| file.kind == DataFileKind::Chunk) {
        let chunk = verified.open(&DiskFiles, events_dir, file).unwrap();
        while let Err(error) = chunk.for_each_step(0, &names, &mut |_| ()) {
            let ChunkError::UnknownName { dictionary, missing, .. } = error else { panic!("{error}") };
            let all = [Dictionary::Activity, Dictionary::Channel, Dictionary::Unit];
            let dictionary = all.into_iter().find(|one| one.as_str() == dictionary).unwrap();
            names.code(dictionary, &missing);
        }
    }
    names
}

/// What all threads of this process have used.
fn processor_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let ticks: Vec<f64> = stat.split(' ').skip(13).take(2).map(|ticks| ticks.parse().unwrap()).collect();
    ticks.iter().sum::<f64>() * 10.0
}
