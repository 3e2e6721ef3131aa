use std::collections::BTreeSet;

use journey::behind::{BehindQuestion, Element};
use journey::funnel::FunnelQuestion;
use journey::process_map::ProcessMapQuestion;
use journey::{CustomerSet, CustomersQuestion, Population, among, run};
use proptest::collection::btree_set;
use proptest::prelude::*;
use testkit::log::{Lived, Log};
use testkit::{reference, strategies};

use crate::{answer, answer_from_afar};

const EVERYBODY: usize = 1_000;

fn elements() -> impl Strategy<Value = usize> {
    0_usize..5
}

fn element(which: usize) -> Element {
    match which {
        0 => Element::Everybody,
        1 => Element::Activity(1),
        2 => Element::Follows { from: 0, to: 1 },
        3 => Element::EndsWith(2),
        _ => Element::Path { activities: vec![0, 1], is_end: false },
    }
}

/// The log as if there were only some of its customers; the others are there, and did nothing.
fn only(log: &Log, seen: &BTreeSet<u64>) -> Log {
    let journeys = log.journeys().map(|journey| {
        let events = if seen.contains(&journey.customer) { 0..journey.len() } else { 0..0 };
        let lived = events.map(|event| Lived::new(journey.occurred_at[event], journey.activity[event]));
        lived.collect()
    });
    Log::of_events(journeys.collect())
}

proptest! {
    /// Everybody behind an element is who its pages list.
    #[test]
    fn the_customers_of_an_element_are_those_of_its_pages(
        log in strategies::logs(4),
        threads in strategies::threads(),
        which in elements(),
    ) {
        let pages = answer(BehindQuestion::new(element(which), EVERYBODY).unwrap(), &log, threads);
        let expected: CustomerSet = pages.customers.iter().copied().collect();
        let found = answer(CustomersQuestion::new(element(which)).unwrap(), &log, threads);
        prop_assert_eq!(found.len(), pages.total);
        prop_assert_eq!(&found, &expected);
        for backwards in [false, true] {
            let (found, _) = answer_from_afar(CustomersQuestion::new(element(which)).unwrap(), &log, backwards);
            prop_assert_eq!(&found, &expected);
        }
    }

    /// Questions among some customers are answered as if there were no others.
    #[test]
    fn others_are_as_if_they_were_not(
        log in strategies::logs(4),
        threads in strategies::threads(),
        only_these in proptest::option::of(btree_set(1_u64..14, 0..8)),
        without in btree_set(1_u64..14, 0..5),
    ) {
        let population = Population {
            only: only_these.as_ref().map(|ids| ids.iter().copied().collect()),
            without: without.iter().copied().collect(),
        };
        let is_seen = |id: &u64| only_these.as_ref().is_none_or(|ids| ids.contains(id)) && !without.contains(id);
        let seen: BTreeSet<u64> = (1..14).filter(is_seen).collect();
        let cut = only(&log, &seen);
        prop_assert_eq!(population.is_everybody(), only_these.is_none() && without.is_empty());
        let Ok(map) = run(ProcessMapQuestion::default(), &among(&log, &population), threads);
        prop_assert_eq!(map, reference::process_map(&cut, false));
        let steps = vec![0_u16.into(), 1_u16.into()];
        let question = FunnelQuestion::new(steps.clone(), 1_000).unwrap();
        let Ok(funnel) = run(question, &among(&log, &population), threads);
        prop_assert_eq!(funnel, reference::funnel(&cut, &steps, 1_000));
    }
}

#[test]
fn sets_meet_and_join() {
    let set = |ids: &[u64]| ids.iter().copied().collect::<CustomerSet>();
    let far = u64::from(u32::MAX) * 3;
    assert_eq!(set(&[1, 2, far]).and(&set(&[2, 3, far])), set(&[2, far]));
    assert_eq!(set(&[1, far]).or(&set(&[2])), set(&[1, 2, far]));
    assert!(set(&[far]).has(far) && !set(&[far]).has(far - 1) && set(&[]).is_empty());
}

#[test]
fn an_element_that_makes_no_sense_is_refused() {
    assert!(CustomersQuestion::new(Element::Path { activities: Vec::new(), is_end: false }).is_err());
}
