//! Whom a survey invites by itself: what files may say, which events match, and that lots are fair.

use serde_json::json;

use super::*;
use crate::time::DAY_MS;

fn with_invite(invite: Value) -> Value {
    let mut file = file_of(json!([{"id": "a", "type": "nps"}]));
    file["invite"] = invite;
    file
}

fn read_invite(invite: Value) -> Inviting {
    Survey::from_json(with_invite(invite).to_string().as_bytes()).unwrap().invite.unwrap()
}

fn problems(invite: Value) -> String {
    let problems = Survey::from_json(with_invite(invite).to_string().as_bytes()).unwrap_err();
    problems.iter().map(|each| format!("{} {each}\n", each.code.as_str())).collect()
}

fn matches(when: Value, event: (&str, Option<&str>, Value)) -> bool {
    let Occasion::Event(occasion) = read_invite(json!({ "when": when })).when else { panic!("no event") };
    occasion.matches(event.0, event.1, event.2.as_object().unwrap())
}

#[test]
fn an_event_matches_by_name_channel_and_properties() {
    let when = json!({
        "event": "Order Completed", "channel": "web", "after_minutes": 90,
        "where": [{"property": "total", "at_least": 50}, {"property": "method", "is": ["card", "cash"]}],
    });
    let order =
        |total: Value, method: &str| ("Order Completed", Some("web"), json!({"total": total, "method": method}));
    assert!(matches(when.clone(), order(json!(50), "card")));
    assert!(matches(when.clone(), order(json!("50.5"), "cash")));
    assert!(!matches(when.clone(), order(json!(49.9), "card")));
    assert!(!matches(when.clone(), order(json!(50), "voucher")));
    assert!(!matches(when.clone(), ("Order Completed", Some("app"), json!({"total": 50, "method": "card"}))));
    assert!(!matches(when.clone(), ("Order Completed", None, json!({"total": 50, "method": "card"}))));
    assert!(!matches(when.clone(), ("Order Refunded", Some("web"), json!({"total": 50, "method": "card"}))));
    assert!(!matches(when, ("Order Completed", Some("web"), json!({"method": "card"}))));

    let flag = json!({"event": "Visit", "where": [{"property": "first", "is": true}, {"property": "floor", "is": 3}]});
    assert!(matches(flag.clone(), ("Visit", None, json!({"first": true, "floor": 3}))));
    assert!(!matches(flag, ("Visit", None, json!({"first": false, "floor": 3}))));
}

#[test]
fn what_cannot_be_an_occasion_is_said_with_its_place() {
    expect_test::expect![[r#"
        missing $.invite.when: is missing; say what leads to an invitation
    "#]]
    .assert_eq(&problems(json!({})));
    expect_test::expect![[r#"
        missing $.invite.when: names no occasion; write one of `event`, `days` and `every_days`
        out_of_range $.invite.share: must be a whole number from 1 to 100, not 0
        out_of_range $.invite.priority: must be a whole number from 1 to 9, not 10
    "#]]
    .assert_eq(&problems(json!({"when": {"hour": 3}, "share": 0, "priority": 10})));
    expect_test::expect![[r#"
        twice $.invite.when: has `event` and `days` together; a survey has one occasion
    "#]]
    .assert_eq(&problems(json!({"when": {"event": "Visit", "days": ["2027-01-01"]}})));
    expect_test::expect![[r#"
        unknown_member $.invite.when.after_minuts: `after_minuts` is not known here; did you mean `after_minutes`?
        out_of_range $.invite.when.after_minutes: must be a whole number from 0 to 43200, not 43201
        missing $.invite.when.where[0]: says nothing of its property; write `is`, `at_least` or `at_most`
        out_of_range $.invite.when.where[1].at_most: must not be less than `at_least`
        twice $.invite.when.where[2]: compares with words and with numbers; write `is`, or `at_least` and `at_most`
        wrong_type $.invite.when.where[3].is[0]: must be a text, a number, true or false, not null
    "#]]
    .assert_eq(&problems(json!({"when": {
        "event": "Visit", "after_minutes": 43_201, "where": [
            {"property": "a"},
            {"property": "a", "at_least": 2, "at_most": 1},
            {"property": "a", "is": "x", "at_most": 1},
            {"property": "a", "is": [null]},
        ],
        "after_minuts": 3,
    }})));
    expect_test::expect![[r#"
        wrong_type $.invite.when.days[0]: `mañana` is not a day; write it as 2026-03-29
        twice $.invite.when.days[2]: 2027-01-01 stands twice; take one away
        out_of_range $.invite.when.hour: must be a whole number from 0 to 23, not 24
        invalid_text $.invite.segment: must be one line of 1 to 200 characters
    "#]]
    .assert_eq(&problems(
        json!({"when": {"days": ["mañana", "2027-01-01", "2027-01-01"], "hour": 24}, "segment": " "}),
    ));
    expect_test::expect![[r#"
        out_of_range $.invite.when.every_days: must be a whole number from 7 to 730, not 6
    "#]]
    .assert_eq(&problems(json!({"when": {"every_days": 6}})));
}

#[test]
fn the_lot_falls_on_the_share_and_always_on_the_same() {
    let invite = read_invite(json!({"when": {"event": "Visit"}, "share": 20}));
    let drawn = |survey: &str| -> Vec<bool> {
        (0..10_000).map(|number| invite.is_drawn(survey, &format!("event-{number}"))).collect()
    };
    let (one, other) = (drawn("one"), drawn("other"));
    // Four standard deviations of 10,000 draws at 20 % are 160.
    for lots in [&one, &other] {
        let hits = lots.iter().filter(|drawn| **drawn).count();
        assert!(hits.abs_diff(2_000) < 160, "{hits}");
    }
    let both = one.iter().zip(&other).filter(|(one, other)| **one && **other).count();
    assert!(both.abs_diff(400) < 80, "the lots of two surveys are not independent: {both}");
    assert_eq!(one, drawn("one"));
}

#[test]
fn a_random_moment_lies_in_its_span_and_each_span_has_one() {
    let mut hours = [0_u32; 24];
    for number in 0..2_000 {
        let customer = format!("cus_{number}");
        let now = 1_774_000_000_000 + number * 7_777_777;
        let moment = moment_in_span("relation", &customer, 90, now);
        assert!((moment - now).abs() < 90 * DAY_MS);
        assert_eq!(moment, moment_in_span("relation", &customer, 90, moment));
        // The span after begins where this one ends.
        let next = moment_in_span("relation", &customer, 90, now + 90 * DAY_MS);
        assert!(next > moment && next - moment < 180 * DAY_MS);
        hours[usize::try_from(moment.rem_euclid(DAY_MS) / crate::time::HOUR_MS).unwrap()] += 1;
    }
    assert!(hours.iter().all(|count| (40..130).contains(count)), "{hours:?}");
}
