use std::collections::BTreeMap;

use journey::attribution::{OnlyWith, OutcomeValues};
use journey::behind::{BehindQuestion, Element};
use journey::friction::{AbandonmentRule, ContactReason, Friction, FrictionQuestion, FrictionRules, Frictions};
use journey::{Activities, LivedJourney, StatedWaits, Wait, Waits};
use proptest::prelude::*;
use testkit::log::{Lived, Log};
use testkit::reference::{AskedFrictions, AskedWaits, CountedFriction, frictions};
use testkit::strategies;

use crate::effort::waits;
use crate::{answer, answer_from_afar};

const DAY_MS: i64 = 86_400_000;

/// The frictions of a log that was lived in one week, with who met each.
fn met(log: &Log, rules: FrictionRules) -> Vec<(Friction, Vec<u64>, u64)> {
    let stays = Activities::any();
    let question = FrictionQuestion::new(rules.clone(), stays, 1, vec![0, 365 * DAY_MS]).unwrap();
    let found = answer(question, log, 1);
    let customers = |friction| {
        let (rules, thresholds) = (Box::new(rules.clone()), found.thresholds.clone());
        let element = Element::Friction { rules, thresholds, friction };
        answer(BehindQuestion::new(element, 100).unwrap(), log, 1).customers
    };
    let mut met: Vec<_> =
        found.frictions.iter().map(|met| (met.friction, customers(met.friction), met.times)).collect();
    met.sort();
    met
}

fn rules() -> FrictionRules {
    FrictionRules::new(1_000 * DAY_MS)
}

#[test]
fn an_activity_again_and_again_within_a_visit_is_a_loop() {
    let log = Log::parse(
        "
        ana    web:pay 0m, web:help 5m, web:pay 10m, web:pay 20m, web:pay 21m
        luis   web:pay 0m, web:pay 1m, web:pay 40m
        eva    web:pay 0m, call:ask 1m, web:pay 2m, web:pay 3m
        ",
    );
    assert_eq!(met(&log, rules()), [(Friction::Loop(0), vec![1, 3], 2)]);
}

#[test]
fn two_activities_in_turn_are_a_friction_when_they_follow_quickly() {
    let log = Log::parse(
        "
        ana    cart 0m, pay 1m, cart 2m, pay 3m, cart 4m
        luis   cart 0m, pay 1m, cart 2m, pay 40m
        eva    pay 0m, cart 1m, pay 2m, cart 3m
        sol    cart 0m, pay 1m, help 2m, cart 3m, pay 4m
        ",
    );
    let of_two: Vec<_> = met(&log, FrictionRules { repetitions: 9, ..rules() });
    assert_eq!(of_two, [(Friction::Alternation(0, 1), vec![1, 3], 3)]);
}

#[test]
fn who_asks_for_the_same_reason_again_met_a_repeated_contact() {
    let log = Log::parse(
        "
        ana    call[why=bill] 0d, chat[why=bill] 5d, chat[why=card] 6d
        luis   call[why=bill] 0d, call[why=bill] 31d
        eva    mail 0d, mail 1d, call 2d
        ",
    );
    let (call, chat, mail) = (log.activity("call"), log.activity("chat"), log.activity("mail"));
    let contacts = Activities::of(&[call, chat, mail]);
    let found = met(&log, FrictionRules { contacts, reasons: vec![(call, 0), (chat, 0)], ..rules() });
    let bill = ContactReason::Value { property: 0, value: 0 };
    assert_eq!(
        found,
        [
            (Friction::RepeatedContact(bill), vec![1], 1),
            (Friction::RepeatedContact(ContactReason::Activity(mail)), vec![3], 1),
        ]
    );
}

#[test]
fn a_wait_is_too_long_beyond_nine_of_ten_and_three_medians() {
    let waits: Vec<Vec<(i64, u16)>> =
        (1..=30).map(|n| vec![(0, 0), (if n <= 27 { 60_000 } else { 60_000 * n }, 1)]).collect();
    let log = Log::of_journeys(waits);
    let asked = FrictionRules { waits: Waits::new(Activities::of(&[0])), ..rules() };
    let found = met(&log, asked.clone());
    assert_eq!(found, [(Friction::Wait(Wait::Between(0, 1)), vec![28, 29, 30], 3)]);
    assert!(met(&log, FrictionRules { fewest_waits: 31, ..asked }).is_empty());
}

#[test]
fn a_wait_that_an_event_tells_is_met_with_the_event_whatever_follows() {
    // Thirty say how long they waited, in tens of seconds. Whoever waited longest never comes back; the others do days later.
    let journeys = (1..=30_u16).map(|n| {
        let told = Lived { values: vec![n], ..Lived::new(0, 0) };
        let back = Lived::new(i64::from(n % 7 + 1) * DAY_MS, 1);
        if n == 30 { vec![told] } else { vec![told, back] }
    });
    let log = Log::of_events(journeys.collect());
    let seconds = |n: u64| if n <= 27 { 60 } else { 60 * n };
    let durations_ms = (0..=30).map(|n| Some(1_000 * seconds(n))).collect();
    let waits = Waits::new(Activities::of(&[0]));
    let says = waits.clone().with_stated(vec![StatedWaits { activity: 0, property: 0, durations_ms }]);
    let found = met(&log, FrictionRules { waits: says, ..rules() });
    assert_eq!(found, [(Friction::Wait(Wait::Stated(0)), vec![28, 29, 30], 3)]);
    assert!(met(&log, FrictionRules { waits, ..rules() }).is_empty(), "a week until the next event is not unusual");
}

#[test]
fn errors_and_a_start_without_the_goal_in_time_are_frictions() {
    let log = Log::parse(
        "
        ana    cart 0d, pay 1d
        luis   cart 0d, cart 1d, failed 2d, pay 9d, cart 20d
        eva    cart 0d, failed 1d, failed 2d
        sol    cart 995d
        ",
    );
    let (cart, pay, failed) = (log.activity("cart"), log.activity("pay"), log.activity("failed"));
    let of = |code| Activities::of(&[code]);
    let abandonment = AbandonmentRule { start: of(cart), goal: of(pay), window_ms: 7 * DAY_MS as u64 };
    let found = met(&log, FrictionRules { errors: of(failed), abandonment: Some(abandonment), ..rules() });
    assert_eq!(found, [(Friction::Error(failed), vec![2, 3], 3), (Friction::Abandonment, vec![2, 3], 3)]);
}

#[test]
fn customers_lost_are_those_beyond_what_comparable_ones_let_expect() {
    // Of those whose payment fails, half never come back; of the others a tenth. The failure is met at the activity pay.
    let mut journeys = Vec::new();
    for number in 0..200_i64 {
        let mut lived = vec![(0, 0), (60_000, 0)];
        if number < 100 {
            lived.push((120_000, 0));
        }
        let stays = if number < 100 { number % 2 == 0 } else { number % 10 != 0 };
        if stays {
            lived.push((DAY_MS, 1));
        }
        journeys.push(lived);
    }
    let log = Log::of_journeys(journeys);
    let question =
        FrictionQuestion::new(rules(), Activities::of(&[1]), 7 * DAY_MS as u64, vec![0, 10 * DAY_MS]).unwrap();
    let found: Frictions = answer(question, &log, 1);
    let of_loop = &found.frictions[0];
    assert_eq!((of_loop.friction, of_loop.customers, of_loop.observed), (Friction::Loop(0), 100, 100));
    // The third payment stands in a decile in which nobody without the loop pays: nobody is comparable, and it says so.
    assert_eq!((of_loop.comparable, of_loop.lost), (0, None));

    let errors = FrictionRules { errors: Activities::of(&[2]), repetitions: 99, ..rules() };
    let journeys = (0..200_i64).map(|number| {
        let is_lost = if number < 100 { number % 2 == 0 } else { number % 10 == 0 };
        let failed = if number < 100 { vec![(60_000, 2)] } else { vec![] };
        let again = if is_lost { vec![] } else { vec![(DAY_MS, 1)] };
        [vec![(0, 0)], failed, again].concat()
    });
    let log = Log::of_journeys(journeys.collect());
    let question =
        FrictionQuestion::new(errors, Activities::of(&[1]), 7 * DAY_MS as u64, vec![0, 10 * DAY_MS]).unwrap();
    let failed = answer(question, &log, 1).frictions[0].clone();
    assert_eq!((failed.friction, failed.comparable), (Friction::Error(2), 0), "an error has no comparable errors");
}

#[test]
fn a_long_wait_is_compared_with_shorter_ones() {
    // 200 wait for an answer, 40 of them for hours. Of those 30 do not come back; of the others 16.
    let journeys = (0..200_i64).map(|number| {
        let is_long = number < 40;
        let answered_at = if is_long { 7_200_000 + number } else { 60_000 + number };
        let is_lost = if is_long { number < 30 } else { number % 10 == 0 };
        let again = if is_lost { vec![] } else { vec![(DAY_MS, 2)] };
        [vec![(0, 0), (answered_at, 1)], again].concat()
    });
    let log = Log::of_journeys(journeys.collect());
    // Four of five are short, so the 90th percentile is among the long ones: met by those beyond it.
    let asked = FrictionRules { waits: Waits::new(Activities::of(&[0])), ..rules() };
    let question = FrictionQuestion::new(asked, Activities::of(&[2]), 7 * DAY_MS as u64, vec![0, 10 * DAY_MS]).unwrap();
    let found = answer(question, &log, 3);
    let wait = &found.frictions[0];
    assert_eq!(
        (wait.friction, wait.customers, wait.comparable, wait.comparable_lost),
        (Friction::Wait(Wait::Between(0, 1)), 20, 20, 10)
    );
    let lost = wait.lost.unwrap();
    // Others: 180, of whom 20 + 16 are lost.
    assert!((lost.difference - (0.5 - 36.0 / 180.0)).abs() < 1e-9, "{lost:?}");
    assert!(lost.low > 0.0 && lost.high < 0.6, "{lost:?}");
}

#[test]
fn what_is_spent_after_a_long_wait_is_compared_with_shorter_ones() {
    // As above: of 200 who wait, 20 wait too long; they buy for 10 a day later, the others for 30, by the value of paid.
    let journeys = (0..200_i64).map(|number| {
        let answered_at = if number < 40 { 7_200_000 + number } else { 60_000 + number };
        let value = u16::from(!(20..40).contains(&number));
        let paid = |at: i64| Lived { values: vec![value], ..Lived::new(at, 2) };
        vec![Lived::new(0, 0), Lived::new(answered_at, 1), paid(DAY_MS), paid(9 * DAY_MS)]
    });
    let log = Log::of_events(journeys.collect());
    let asked = FrictionRules { waits: Waits::new(Activities::of(&[0])), ..rules() };
    let question =
        || FrictionQuestion::new(asked.clone(), Activities::any(), 7 * DAY_MS as u64, vec![0, 10 * DAY_MS]).unwrap();
    assert_eq!(answer(question(), &log, 1).frictions[0].spent, None, "nothing was asked of amounts");
    let values = OutcomeValues { property: 0, micros: vec![10_000_000, 30_000_000], only: None };
    let found = answer(question().with_amounts(Activities::of(&[2]), values), &log, 3);
    assert_eq!((found.frictions[0].friction, found.frictions[0].comparable), (Friction::Wait(Wait::Between(0, 1)), 20));
    let spent = found.frictions[0].spent.unwrap();
    assert!((spent.per_customer - 10e6).abs() < 1.0, "what is bought after the horizon does not count: {spent:?}");
    assert!((spent.less - 20e6).abs() < 1.0 && spent.low > 19e6, "{spent:?}");
}

/// Few activities, channels and values; gaps around those that end a visit.
fn logs() -> impl Strategy<Value = Log> {
    let gap_ms = prop_oneof![4 => 0_i64..60_000, 1 => 1_799_999_i64..1_800_002, 2 => 0_i64..10_000_000];
    let channel = prop_oneof![3 => Just(0_u8), 1 => Just(1_u8), 1 => Just(LivedJourney::NO_CHANNEL)];
    let value = prop_oneof![2 => 0_u16..2, 1 => Just(u16::MAX)];
    let journey = proptest::collection::vec((gap_ms, 0_u16..4, channel, value), 0..12).prop_map(|events| {
        let mut at = 0;
        let lived = events.into_iter().map(|(gap_ms, activity, channel, value)| {
            at += gap_ms;
            Lived { channel, values: vec![value], ..Lived::new(at, activity) }
        });
        lived.collect::<Vec<_>>()
    });
    (proptest::collection::vec(journey, 0..16), proptest::collection::vec(0_usize..16, 0..4))
        .prop_map(|(journeys, cuts)| Log::of_events(journeys).cut_at(&cuts))
}

/// Rules, the activities with which customers wait, and what some say of how long.
fn random_rules() -> impl Strategy<Value = (FrictionRules, Vec<u16>, Vec<StatedWaits>)> {
    let some = || proptest::collection::vec(0_u16..4, 0..3);
    let abandonment = proptest::option::of((some(), some(), 0_u64..3_000_000));
    let reasons = proptest::collection::vec((0_u16..4, 0_u8..2), 0..3);
    let spans = (0_u64..4_000_000, 10_000_i64..30_000_000, 1_u32..4, 1_u64..4);
    (some(), reasons, waits(), some(), abandonment, spans).prop_map(
        |(contacts, reasons, (waits, stated), errors, abandonment, spans)| {
            let (contact_span_ms, until, repetitions, fewest_waits) = spans;
            let rules = FrictionRules {
                repetitions,
                contacts: Activities::of(&contacts),
                reasons,
                contact_span_ms,
                waits: Waits::new(Activities::of(&waits)).with_stated(stated.clone()),
                fewest_waits,
                errors: Activities::of(&errors),
                abandonment: abandonment.map(|(start, goal, window_ms)| AbandonmentRule {
                    start: Activities::of(&start),
                    goal: Activities::of(&goal),
                    window_ms,
                }),
                until,
            };
            (rules, waits, stated)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_engine_equals_the_reference(
        log in logs(),
        (rules, waits, stated) in random_rules(),
        stays in proptest::collection::vec(0_u16..4, 0..4),
        horizon_ms in 0_i64..4_000_000,
        edges in proptest::collection::btree_set(0_i64..20_000_000, 2..5),
        amounts in proptest::option::of((proptest::collection::vec(0_u16..4, 0..3), proptest::collection::vec(-50_000_000_i64..90_000_000, 0..3), any::<bool>())),
        (entries, slots) in (prop_oneof![1_usize..9, Just(1 << 20)], prop_oneof![0_usize..900, Just(1 << 20)]),
        threads in strategies::threads(),
        backwards: bool,
    ) {
        let week_edges: Vec<i64> = edges.into_iter().collect();
        let stays = Activities::of(&stays);
        let amounts = amounts.map(|(purchases, micros, is_some)| {
            let only = is_some.then(|| OnlyWith { property: 0, values: vec![1, u16::MAX] });
            (Activities::of(&purchases), OutcomeValues { property: 0, micros, only })
        });
        let question = || {
            let question = FrictionQuestion::new(rules.clone(), stays.clone(), horizon_ms as u64, week_edges.clone());
            let question = question.unwrap().with_limits(1_000, entries, slots);
            match amounts.clone() {
                Some((purchases, values)) => question.with_amounts(purchases, values),
                None => question,
            }
        };
        let purchases = amounts.as_ref().map(|(purchases, values)| (purchases, values));
        let asked_waits = AskedWaits { activities: &waits, stated: &stated };
        let asked = AskedFrictions {
            rules: &rules,
            waits: asked_waits,
            stays: &stays,
            horizon_ms,
            week_edges: &week_edges,
            purchases,
        };
        let (expected, thresholds) = frictions(&log, &asked);
        let found = answer(question(), &log, threads);
        prop_assert_eq!(&answer_from_afar(question(), &log, backwards).0, &found);
        prop_assert_eq!(&found.thresholds, &thresholds);
        prop_assert_eq!(found.left_out, 0);
        let counted: BTreeMap<Friction, CountedFriction> = found.frictions.iter().map(|met| {
            let counted = CountedFriction {
                customers: met.customers,
                times: met.times,
                observed: met.observed,
                comparable: met.comparable,
                comparable_lost: met.comparable_lost,
                difference: met.lost.map(|lost| lost.difference),
                spent: met.spent.map(|spent| {
                    (spent.per_customer / 1e6, spent.less / 1e6, (spent.high - spent.less) / 1e6)
                }),
            };
            (met.friction, counted)
        }).collect();
        prop_assert_eq!(counted.len(), expected.len());
        for (friction, expected) in expected {
            let counted = &counted[&friction];
            let close = match (counted.difference, expected.difference) {
                (Some(a), Some(b)) => (a - b).abs() < 1e-6,
                (a, b) => a == b,
            };
            let has_spent = match (counted.spent, expected.spent) {
                (Some(a), Some(b)) => (a.0 - b.0).abs() < 1e-6 && (a.1 - b.1).abs() < 1e-6 && (a.2 - b.2).abs() < 1e-3,
                (a, b) => a == b,
            };
            prop_assert!(close && has_spent, "{:?} {:?}", counted, expected);
            let exact = |counted: &CountedFriction| CountedFriction { difference: None, spent: None, ..counted.clone() };
            prop_assert_eq!(exact(counted), exact(&expected));
            let element = Element::Friction { rules: Box::new(rules.clone()), thresholds: thresholds.clone(), friction };
            prop_assert_eq!(answer(BehindQuestion::new(element, 1).unwrap(), &log, 1).total, counted.customers);
        }
        prop_assert!(found.frictions.iter().all(|met| met.lost.is_none_or(|lost| lost.low <= lost.difference && lost.difference <= lost.high)));
    }

    #[test]
    fn those_that_most_customers_met_are_compared(log in logs(), most in 0_usize..4, entries in prop_oneof![1_usize..5, Just(1_000)]) {
        let question = |most, entries| {
            FrictionQuestion::new(FrictionRules { repetitions: 2, ..rules() }, Activities::any(), 1, vec![0, DAY_MS])
                .unwrap()
                .with_limits(most, entries, 100)
        };
        let (all, some) = (answer(question(1_000, 1_000), &log, 1), answer(question(most, entries), &log, 2));
        prop_assert_eq!(some.frictions.len() as u64 + some.left_out, all.frictions.len() as u64);
        let fewest = some.frictions.iter().map(|met| met.customers).min().unwrap_or(u64::MAX);
        let larger = all.frictions.iter().filter(|met| met.customers > fewest).count();
        prop_assert!(larger <= most);
    }
}
