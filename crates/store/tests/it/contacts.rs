//! The contact rule, contacts and planned invitations.

use domain::contact::{ContactRule, Pressure};
use domain::ports::{
    AuditLog, Contact, ContactKey, ContactLedger, InvitationPlans, PlanCounts, PlanEnd, PlannedInvitation,
    SurveyInviting, SurveyStore, SurveySubject,
};
use domain::time::DAY_MS;
use domain::{NodeId, SurveyId};

use crate::builders::audit;
use crate::database::Database;

fn email(value: &str) -> ContactKey {
    ContactKey(format!("email:{value}"))
}

fn user(value: &str) -> ContactKey {
    ContactKey(format!("user_id:{value}"))
}

fn contact(keys: &[ContactKey], at: i64) -> Contact {
    Contact { keys: keys.to_vec(), at, purpose: "survey" }
}

fn plan(node: u64, due_at: i64) -> PlannedInvitation {
    let subject = SurveySubject { touchpoint: Some("web:Order Completed".to_owned()), unit: None, cause: None };
    PlannedInvitation { id: 0, survey: SurveyId(1), node: NodeId(node), subject, wanted_at: 5, due_at, priority: 5 }
}

pub fn the_contact_rule_has_a_default_until_it_is_set(database: &Database) {
    let store = database.open();
    assert_eq!(store.find_contact_rule().unwrap(), ContactRule::default());
    let rule = ContactRule { most: 5, days: 90, apart_days: 3, from_hour: 0, until_hour: 24 };
    store.update_contact_rule(&rule, &audit("contact_rule.update")).unwrap();
    store.update_contact_rule(&rule, &audit("contact_rule.update")).unwrap();
    assert_eq!(store.find_contact_rule().unwrap(), rule);
    assert_eq!(store.list_audit(10).unwrap().len(), 2);
}

pub fn contacts_are_found_by_any_identifier_and_counted_once(database: &Database) {
    let store = database.open();
    let invite = |contacts: &[Contact]| {
        let inviting = SurveyInviting { contacts, ..SurveyInviting::default() };
        store.create_survey_invitations(&inviting, &audit("survey.invite")).unwrap();
    };
    invite(&[contact(&[user("c-1"), email("ana@example.com")], 1_000), contact(&[user("c-2")], 1_000)]);
    invite(&[contact(&[email("ana@example.com")], 2_000)]);
    let of = |keys: &[ContactKey], since| store.list_contacts(keys, since).unwrap();
    assert_eq!(of(&[user("c-1"), email("ana@example.com")], 0), [1_000, 2_000]);
    assert_eq!(of(&[user("c-1")], 0), [1_000]);
    assert_eq!(of(&[email("ana@example.com")], 1_001), [2_000]);
    assert!(of(&[user("c-3")], 0).is_empty());
    assert!(of(&[], 0).is_empty());
    // What no rule looks back at is forgotten.
    invite(&[contact(&[user("c-2")], 500 * DAY_MS)]);
    assert_eq!(of(&[user("c-1"), user("c-2")], 0), [500 * DAY_MS]);
}

pub fn a_contact_that_was_none_is_forgotten(database: &Database) {
    let store = database.open();
    let (ana, once) = (contact(&[user("c-1"), email("ana@example.com")], 1_000), contact(&[user("c-1")], 9_000));
    let inviting = SurveyInviting { contacts: &[ana.clone(), once], ..SurveyInviting::default() };
    store.create_survey_invitations(&inviting, &audit("survey.invite")).unwrap();
    assert_eq!(store.key_contacts(&|_| unreachable!("all have keys")).unwrap(), 0);
    database.execute("UPDATE contacts SET is_keyed = 0 WHERE contacted_at = 1000");
    let keyed = store.key_contacts(&|hash| ContactKey(format!("key of {hash}"))).unwrap();
    assert_eq!(keyed, 2, "what was kept before there were keys");
    assert_eq!(store.list_contacts(&[email("ana@example.com")], 0).unwrap(), Vec::<i64>::new());
    assert_eq!(store.list_contacts(&[ContactKey("key of email:ana@example.com".to_owned())], 0).unwrap(), [1_000]);
}

pub fn planned_invitations_wait_until_they_are_due(database: &Database) {
    let store = database.open();
    assert_eq!(store.find_planning_mark("log").unwrap(), None);
    store.plan_invitations(&[plan(1, 30), plan(2, 10), plan(3, 20)], ("log", 7)).unwrap();
    store.plan_invitations(&[], ("log", 9)).unwrap();
    assert_eq!(store.find_planning_mark("log").unwrap(), Some(9));
    let due =
        |now| -> Vec<u64> { store.list_due_invitations(now, 2).unwrap().iter().map(|plan| plan.node.0).collect() };
    assert!(due(9).is_empty());
    assert_eq!(due(10), [2]);
    assert_eq!(due(99), [2, 3], "no more than asked for");
    let first = store.list_due_invitations(10, 9).unwrap().remove(0);
    assert_eq!(first, PlannedInvitation { id: first.id, ..plan(2, 10) });

    store.postpone_invitations(&[first.id], 50).unwrap();
    assert_eq!(due(49), [3, 1]);
    let all = store.list_due_invitations(99, 9).unwrap();
    let pressure = PlanEnd::Pressure(Pressure::TooSoon);
    let ends = [PlanEnd::Invited, pressure, pressure];
    let ended: Vec<_> = all.iter().zip(ends).map(|(plan, end)| (plan.id, plan.survey, end)).collect();
    store.end_planned_invitations(&ended[..2]).unwrap();
    let counted = PlanCounts { waiting: 1, ended: vec![(PlanEnd::Invited, 1), (pressure, 1)] };
    assert_eq!(store.count_planned_invitations(SurveyId(1)).unwrap(), counted);
    store.end_planned_invitations(&ended).unwrap();
    let counted = PlanCounts { waiting: 0, ended: vec![(PlanEnd::Invited, 1), (pressure, 2)] };
    assert_eq!(store.count_planned_invitations(SurveyId(1)).unwrap(), counted, "what had ended ends once");
    assert_eq!(store.count_planned_invitations(SurveyId(2)).unwrap(), PlanCounts::default());
}
