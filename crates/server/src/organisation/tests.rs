use domain::ports::Organisation;
use domain::time::Calendar;

use super::defaults::default_entry;
use super::dto::OrganisationChange;
use super::service::apply;

fn organisation() -> Organisation {
    Organisation { name: "Café".into(), calendar: Calendar::default(), currency: "EUR".into(), language: "en".into() }
}

#[test]
fn a_change_keeps_what_it_does_not_name() {
    let change = OrganisationChange { time_zone: Some("America/Bogota".into()), ..Default::default() };
    let changed = apply(organisation(), change).unwrap();
    assert_eq!(changed.calendar.time_zone, "America/Bogota");
    assert_eq!(changed.name, "Café");
}

#[test]
fn a_change_that_makes_no_sense_says_what_would() {
    for (change, hint) in [
        (OrganisationChange { time_zone: Some("Madrid".into()), ..Default::default() }, "Europe/Madrid"),
        (OrganisationChange { week_start: Some("friday".into()), ..Default::default() }, "monday, sunday or saturday"),
        (OrganisationChange { currency: Some("euro".into()), ..Default::default() }, "such as EUR"),
        (OrganisationChange { language: Some("fr".into()), ..Default::default() }, "es or en"),
    ] {
        let message = apply(organisation(), change).unwrap_err().to_string();
        assert!(message.contains(hint), "{message}");
    }
}

#[test]
fn names_of_the_field_have_a_meaning_at_once() {
    assert_eq!(default_entry("Order Refunded").unwrap().reason_property.as_deref(), Some("reason"));
    assert!(default_entry("Something else").is_none());
}
