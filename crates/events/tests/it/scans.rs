//! Properties that are not laid out, read from the stored events: the same as if they were laid out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::{Error, IncomingEvent, Result};
use events::{AskedProperty, EventLog, Reading, Timeline};
use journey::{JourneySource, LivedJourney, Needs, PropertyColumns};

use crate::scene::{Lived, START_MS, Scene, event, expected_in, lived_in};
use crate::timeline::random_history;

const ALWAYS: Range<i64> = i64::MIN..i64::MAX;
const DAY_MS: i64 = 86_400_000;

fn read(log: &EventLog, names: &[&str], occurred: Range<i64>) -> Result<Timeline> {
    let asked: Vec<AskedProperty> =
        names.iter().map(|name| AskedProperty { name: (*name).to_owned(), values: Vec::new() }).collect();
    let reading = Reading { occurred, threads: 2, check: &|| Ok(()) };
    log.read_properties(&log.timeline().unwrap(), &asked, &reading)
}

#[test]
fn what_is_read_is_what_would_be_laid_out() {
    for seed in 500..520 {
        random_history(seed, &mut |scene, after| {
            let timeline = read(&scene.log, &["basket", "comment", "other", "paid"], ALWAYS).unwrap();
            assert_eq!(timeline.properties().len(), 4);
            let lived = lived_in(&scene.log, &timeline, Needs::EVERYTHING);
            assert_eq!(lived, expected_in(&scene.log, &timeline), "seed {seed}, after {after}");
        });
    }
}

/// The steps that happened in a span.
fn within(occurred: &Range<i64>, journeys: BTreeMap<u64, Vec<Lived>>) -> Vec<(u64, Lived)> {
    let steps = journeys.into_iter().flat_map(|(customer, steps)| steps.into_iter().map(move |step| (customer, step)));
    steps.filter(|(_, step)| occurred.contains(&(START_MS + step.minute * 60_000))).collect()
}

#[test]
fn of_a_period_only_its_events_need_be_read() {
    for seed in 520..530 {
        let mut step = 0;
        random_history(seed, &mut |scene, after| {
            // Wider and narrower ones in turn, so that what is known is sometimes enough.
            step += 1;
            let from = START_MS + (step * 7 % 40) * DAY_MS;
            let occurred = from..from + (1 + step % 3) * 9 * DAY_MS;
            let timeline = read(&scene.log, &["comment", "paid"], occurred.clone()).unwrap();
            let lived = within(&occurred, lived_in(&scene.log, &timeline, Needs::EVERYTHING));
            let expected = within(&occurred, expected_in(&scene.log, &timeline));
            assert_eq!(lived, expected, "seed {seed}, after {after}");
        });
    }
}

/// An event with these properties.
fn said(line: &str, properties: &str) -> IncomingEvent {
    IncomingEvent { properties: properties.to_owned(), ..event(line) }
}

#[test]
fn names_and_values_are_read_however_they_are_written() {
    let mut scene = Scene::new();
    let prose = "El café estaba frío, tardaron veinte minutos en atenderme y nadie pidió disculpas.";
    scene.send(
        "web",
        vec![
            said("m-1 user:ana A 0", r#"{"p\u0061id":"c\u0061rd","n":{"paid":"no"}}"#),
            said("m-2 user:ana A 1", &format!(r#"{{"paid":"{prose}"}}"#)),
            said("m-3 user:ana A 2", r#"{"paid":7.0}"#),
            said("m-4 user:ana A 3", r#"{"else":"paid","list":["paid",{"paid":1}]}"#),
            said("m-5 user:ana A 4", r#"{"paid":null,"ñ \"x\"":"[text]"}"#),
            said("m-6 user:ana identify 5", r#"{"paid":"an identify is no step"}"#),
        ],
    );
    for _ in 0..2 {
        let timeline = read(&scene.log, &["paid", "ñ \"x\"", "nothing"], ALWAYS).unwrap();
        let lived = lived_in(&scene.log, &timeline, Needs::EVERYTHING);
        let told: Vec<String> = lived[&1].iter().map(|step| step.properties.join(" ")).collect();
        let written = ["paid=card".to_owned(), format!("paid={prose}"), "paid=7.0".to_owned()];
        assert_eq!(told[..3], written);
        assert_eq!(told[3..], ["", "ñ \"x\"=[text]"]);
        let mut known: Vec<String> = timeline.properties().list_values(0).iter().map(|text| text.to_string()).collect();
        known.sort();
        assert_eq!(known, ["7.0", prose, "card"]);
        scene.log.close().unwrap();
        scene.reopen();
    }
}

#[test]
fn only_what_is_needed_is_given_and_what_is_laid_out_is_not_read() {
    let mut scene = Scene::with(Default::default(), |settings| {
        settings.timeline_properties = Some(vec!["paid".to_owned()]);
    });
    scene.send("web", vec![event("m-1 user:ana Buy 5 paid=card n=3"), event("m-2 user:leo Buy 6 paid=cash")]);
    for _ in 0..2 {
        let timeline = read(&scene.log, &["n", "paid"], ALWAYS).unwrap();
        assert_eq!(timeline.properties().names().collect::<Vec<_>>(), ["paid", "n"]);
        let with = |properties| lived_in(&scene.log, &timeline, Needs { properties, ..Needs::EVERY_CUSTOMER });
        assert_eq!(with(0b10)[&1][0].properties, ["n=3"]);
        assert_eq!(with(0b01)[&1][0].properties, ["paid=card"]);
        assert_eq!(with(0b11)[&1][0].properties, ["paid=card", "n=3"]);
        assert!(with(0)[&1][0].properties.is_empty());
        assert_eq!(scene.log.timeline().unwrap().properties().len(), 1, "nobody else sees it");
        scene.log.close().unwrap();
        scene.reopen();
    }
}

#[test]
fn reading_ends_when_nobody_waits() {
    let scene = Scene::new();
    scene.send("web", vec![event("m-1 user:ana Buy 5 paid=card")]);
    scene.log.seal().unwrap();
    let asked = AtomicUsize::new(0);
    let check = || match asked.fetch_add(1, Ordering::Relaxed) {
        0 => Ok(()),
        _ => Err(Error::unavailable("nobody waits")),
    };
    let property = AskedProperty { name: "paid".to_owned(), values: Vec::new() };
    let reading = Reading { occurred: ALWAYS, threads: 2, check: &check };
    let ended = scene.log.read_properties(&scene.log.timeline().unwrap(), &[property], &reading);
    assert_eq!(ended.map(drop).unwrap_err().to_string(), "nobody waits");
    assert_eq!(asked.load(Ordering::Relaxed), 2);
    assert_eq!(read(&scene.log, &["paid"], ALWAYS).unwrap().properties().list_values(0).len(), 1);
}

/// Values of a property that have a code of their own, at most.
const MOST_VALUES: u64 = PropertyColumns::OTHER_VALUE as u64;

/// Events that each have another value of `id`, all in one minute.
fn with_ids(minute: u64, ids: Range<u64>) -> Vec<IncomingEvent> {
    ids.map(|id| event(&format!("m-{id} user:ana A {minute} id={id}"))).collect()
}

/// Whether an event has this value of `id`, told apart from all others, where a question about it names `asked`.
fn is_told_apart(log: &EventLog, asked: &[&str], value: &str, occurred: Range<i64>) -> bool {
    let asked =
        AskedProperty { name: "id".to_owned(), values: asked.iter().map(|value| (*value).to_owned()).collect() };
    let reading = Reading { occurred, threads: 2, check: &|| Ok(()) };
    let timeline = log.read_properties(&log.timeline().unwrap(), &[asked], &reading).unwrap();
    let code = timeline.properties().find_value(0, value);
    let mut is_found = false;
    for part in 0..timeline.part_count() {
        let needs = Needs { properties: 1, ..Needs::EVERY_CUSTOMER };
        let has = |customer: &LivedJourney<'_>| customer.properties.column(0).iter().any(|own| Some(*own) == code);
        timeline.for_each_customer(part, needs, &mut |customer| is_found |= has(&customer)).unwrap();
    }
    is_found
}

#[test]
fn a_value_that_is_asked_for_is_told_apart_from_those_that_came_before_it() {
    let scene = Scene::new();
    scene.send("web", with_ids(0, 0..MOST_VALUES - 3));
    assert!(is_told_apart(&scene.log, &[], "7", ALWAYS));
    // What was read is read on from there, and has no code for all of them.
    scene.send("web", with_ids(1, MOST_VALUES - 3..MOST_VALUES + 3));
    let last = (MOST_VALUES + 2).to_string();
    assert!(is_told_apart(&scene.log, &[&last], &last, ALWAYS));
    assert!(is_told_apart(&scene.log, &[], "7", ALWAYS));
}

#[test]
fn values_of_a_period_are_told_apart_whatever_was_asked_before() {
    let scene = Scene::new();
    scene.send("web", with_ids(0, 0..MOST_VALUES));
    scene.send("web", with_ids(30, MOST_VALUES..MOST_VALUES + 3));
    let (early, late) = (START_MS..START_MS + 60_000, START_MS + 60_000..START_MS + DAY_MS);
    let last = (MOST_VALUES + 2).to_string();
    for _ in 0..2 {
        assert!(!is_told_apart(&scene.log, &[], &last, ALWAYS), "there are too many");
        assert!(is_told_apart(&scene.log, &[], &last, late.clone()));
        assert!(!is_told_apart(&scene.log, &[], "7", late.clone()), "nobody had it then");
        assert!(is_told_apart(&scene.log, &[], "7", early.clone()));
        scene.log.seal().unwrap();
    }
}
