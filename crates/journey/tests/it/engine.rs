use std::sync::atomic::{AtomicUsize, Ordering};

use journey::funnel::FunnelQuestion;
use journey::paths::PathsQuestion;
use journey::process_map::ProcessMapQuestion;
use journey::{JourneyBatch, JourneySource, LivedJourney, Needs, Operator, Step, run};
use serde_json::json;
use testkit::log::Log;

use crate::answer;

/// A source of which one part cannot be read.
struct Torn {
    log: Log,
    torn_part: usize,
    parts_read: AtomicUsize,
}

impl JourneySource for Torn {
    type Error = &'static str;

    fn part_count(&self) -> usize {
        self.log.part_count()
    }

    fn for_each_batch(
        &self,
        part: usize,
        needs: Needs,
        each: &mut dyn FnMut(JourneyBatch<'_>),
    ) -> Result<(), &'static str> {
        self.parts_read.fetch_add(1, Ordering::SeqCst);
        if part == self.torn_part {
            return Err("a block of part 2 does not have its checksum");
        }
        let Ok(()) = self.log.for_each_batch(part, needs, each);
        Ok(())
    }
}

#[test]
fn a_part_that_cannot_be_read_ends_the_question() {
    for threads in 1..5 {
        let log = Log::parse("ana a 0m\nluis a 1m\neva a 2m\nsol a 3m").in_parts(4);
        let torn = Torn { log, torn_part: 2, parts_read: AtomicUsize::new(0) };
        let error = run(ProcessMapQuestion::new(), &torn, threads).unwrap_err();
        assert_eq!(error, "a block of part 2 does not have its checksum");
        assert!(threads > 1 || torn.parts_read.into_inner() == 3, "a single thread stops at the torn part");
    }
}

/// Counts customers in as many passes as asked for.
struct CountAgain {
    passes_left: usize,
}

impl Operator for CountAgain {
    type Partial = Vec<u64>;
    type Output = Vec<u64>;

    fn start(&self) -> Vec<u64> {
        Vec::new()
    }

    fn fold(&self, partial: &mut Vec<u64>, customer: LivedJourney<'_>) {
        partial.push(customer.customer);
    }

    fn merge(&self, into: &mut Vec<u64>, from: Vec<u64>) {
        into.extend(from);
    }

    fn finish(self, mut partial: Vec<u64>) -> Step<Self> {
        partial.sort_unstable();
        match self.passes_left.checked_sub(1) {
            None => Step::Done(partial),
            Some(passes_left) => Step::Again(CountAgain { passes_left }),
        }
    }
}

#[test]
fn every_pass_folds_every_customer_once_with_any_number_of_threads() {
    let log = Log::of_journeys(vec![vec![(0, 0)]; 57]);
    let everybody: Vec<u64> = (1..=57).collect();
    for threads in [0, 1, 2, 3, 8] {
        for parts in [1, 2, 5, 100] {
            let Ok(seen) = run(CountAgain { passes_left: 2 }, &log.clone().in_parts(parts), threads);
            assert_eq!(seen, everybody, "{threads} threads, {parts} parts");
        }
    }
}

#[test]
fn answers_are_plain_data() {
    let log = Log::parse("ana a 0m, b 1m, b 4m\nluis a 0m");
    let funnel = answer(FunnelQuestion::new(vec![0.into(), 1.into()], 60_000).unwrap(), &log, 1);
    assert_eq!(
        serde_json::to_value(&funnel).unwrap(),
        json!({
            "customers": 2,
            "steps": [
                {"activity": 0, "customers": 2, "entries": null, "median_ms": null, "p90_ms": null, "mean_ms": null},
                {"activity": 1, "customers": 1, "entries": null, "median_ms": 60_000.0, "p90_ms": 60_000.0, "mean_ms": 60_000.0},
            ],
        })
    );
    let map = answer(ProcessMapQuestion::new(), &log, 1);
    assert_eq!(
        serde_json::to_value(&map).unwrap(),
        json!({
            "nodes": [
                {"activity": 0, "events": 2, "customers": 2},
                {"activity": 1, "events": 2, "customers": 1},
            ],
            "edges": [
                {"from": 0, "to": 1, "events": 1, "customers": 1, "mean_ms": 60_000.0},
                {"from": 1, "to": 1, "events": 1, "customers": 1, "mean_ms": 180_000.0},
            ],
            "starts": [{"activity": 0, "customers": 2}],
            "ends": [{"activity": 0, "customers": 1}, {"activity": 1, "customers": 1}],
            "left_out": {"edges": 0, "events": 0},
        })
    );
    let map = answer(ProcessMapQuestion::new().with_medians(), &log, 1);
    assert_eq!(serde_json::to_value(&map).unwrap()["edges"][1]["median_ms"], json!(180_000.0));
    let paths = answer(PathsQuestion::new(0, 2, 5).unwrap(), &log, 1);
    assert_eq!(
        serde_json::to_value(&paths).unwrap(),
        json!({
            "occurrences": 2,
            "paths": [{"activities": [0, 1], "goes_on": false, "count": 1, "customers": 1, "share": 0.5}],
            "tail": {"count": 1, "share": 0.5},
        })
    );
}
