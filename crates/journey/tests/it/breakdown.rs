use std::collections::{BTreeMap, BTreeSet};

use journey::behind::{BehindQuestion, Element};
use journey::breakdown::{BreakdownBy, BreakdownGroup, BreakdownQuestion, BreakdownValue};
use journey::funnel::{FunnelCondition, FunnelQuestion};
use journey::{LivedJourney, PropertyColumns};
use proptest::prelude::*;
use testkit::log::Log;
use testkit::reference::chains::{self, Asked};
use testkit::strategies;

use crate::funnel_options::{logs, questions};
use crate::{answer, answer_from_afar};

const DAY_MS: i64 = 86_400_000;

fn group(value: BreakdownValue, customers: &[u64]) -> BreakdownGroup {
    BreakdownGroup { value, customers: customers.to_vec() }
}

#[test]
fn a_customer_belongs_to_the_value_with_which_the_deepest_chain_began() {
    let log = Log::parse(
        "
        ana    search@madrid[plan=gold] 0m, buy 1m
        luis   search[plan=free] 0m, search[plan=gold] 2d, buy 2d 1m
        eva    search[plan=free] 0m, search[plan=gold] 1m
        sol    search 0m
        ",
    );
    let question = |by| {
        let steps = ["search", "buy"].map(|name| FunnelCondition::from(log.activity(name))).to_vec();
        BreakdownQuestion::new(FunnelQuestion::new(steps, DAY_MS).unwrap(), by)
    };
    let [gold, free] = [0, 1].map(BreakdownValue::Code);
    assert_eq!(
        answer(question(BreakdownBy::Property(0)), &log, 1),
        [group(gold, &[2, 2]), group(free, &[1, 0]), group(BreakdownValue::Missing, &[1, 0])],
        "eva reached the first step for the first time when she was free"
    );
    assert_eq!(
        answer(question(BreakdownBy::Unit), &log, 1),
        [group(BreakdownValue::Code(0), &[1, 1]), group(BreakdownValue::Missing, &[3, 1])]
    );
    assert_eq!(answer(question(BreakdownBy::Channel), &log, 1), [group(BreakdownValue::Missing, &[4, 2])]);
    assert_eq!(answer(question(BreakdownBy::Property(40)), &log, 1), [group(BreakdownValue::Missing, &[4, 2])]);
}

/// The value of an event, by looking it up.
fn value_of(journey: LivedJourney<'_>, by: BreakdownBy, event: usize) -> BreakdownValue {
    let (code, missing, other) = match by {
        BreakdownBy::Channel => (u16::from(journey.channel[event]), u16::from(LivedJourney::NO_CHANNEL), u16::MAX),
        BreakdownBy::Unit => (journey.unit[event], LivedJourney::NO_UNIT, LivedJourney::OTHER_UNIT),
        BreakdownBy::Property(property) => {
            let code = journey.properties.column(property).get(event).copied();
            (code.unwrap_or(PropertyColumns::NO_VALUE), PropertyColumns::NO_VALUE, PropertyColumns::OTHER_VALUE)
        }
    };
    match code {
        code if code == missing => BreakdownValue::Missing,
        code if code == other => BreakdownValue::Other,
        code => BreakdownValue::Code(code),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_engine_equals_the_reference_and_the_parts_add_up(
        log in prop_oneof![logs(), strategies::logs(3)],
        (steps, options) in questions(),
        window_ms in 0_i64..40,
        by in prop_oneof![Just(BreakdownBy::Channel), Just(BreakdownBy::Unit), (0_usize..3).prop_map(BreakdownBy::Property)],
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let funnel = || FunnelQuestion::new(steps.clone(), window_ms).unwrap().with_options(options.clone()).unwrap();
        let asked = Asked { steps: &steps, window_ms, options: &options };
        let mut expected: BTreeMap<BreakdownValue, Vec<u64>> = BTreeMap::new();
        for journey in log.journeys() {
            if let Some((deepest, _, began)) = chains::arrival(journey, &asked) {
                let customers = expected.entry(value_of(journey, by, began)).or_insert_with(|| vec![0; steps.len()]);
                (0..deepest).for_each(|step| customers[step] += 1);
            }
        }
        let expected: Vec<BreakdownGroup> =
            expected.into_iter().map(|(value, customers)| BreakdownGroup { value, customers }).collect();
        let question = || BreakdownQuestion::new(funnel(), by);
        prop_assert_eq!(&answer(question(), &log, threads), &expected);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &expected);
        for group in &expected {
            for (step, customers) in (1..).zip(&group.customers) {
                let behind = |is_deepest| {
                    let (breakdown, values) = (Box::new(question()), BTreeSet::from([group.value]));
                    let element = Element::ReachedWith { breakdown, values, step, is_deepest };
                    answer(BehindQuestion::new(element, 1).unwrap(), &log, 1).total
                };
                prop_assert_eq!(behind(false), *customers);
                if let Some(further) = group.customers.get(step) {
                    prop_assert_eq!(behind(true), customers - further);
                }
            }
        }
        for (step, whole) in answer(funnel(), &log, 1).steps.iter().enumerate() {
            prop_assert_eq!(expected.iter().map(|group| group.customers[step]).sum::<u64>(), whole.customers);
        }
    }
}
