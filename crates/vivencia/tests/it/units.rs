//! The tree of units, exchange rates and bound keys from the command line.

use serde_json::json;

use crate::program::Place;

#[test]
fn a_tree_is_brought_in_and_shown_as_one() {
    let place = Place::new();
    let rows = ["name,label,parent,kind", "ES-1,Gran Vía,ES,shop", "ES,España,,country"];
    let file = place.write("units.csv", &rows);
    let file = file.to_str().unwrap();
    assert_eq!(place.done(&["units", "import", file]).trim(), "2 units set");
    place.done(&["units", "set", "ES-2", "--parent", "ES"]);
    let shown = place.done(&["units", "list"]);
    let lines: Vec<&str> = shown.lines().skip(1).map(str::trim_end).collect();
    assert!(lines[0].starts_with("ES ") && lines[1].starts_with("  ES-1 "), "{shown}");
    assert!(lines[1].contains("Gran Vía") && lines[1].ends_with("no event yet"), "{shown}");
    assert!(lines[2].starts_with("  ES-2 "), "{shown}");

    place.done(&["units", "remove", "ES-2"]);
    assert_eq!(place.json(&["units", "list"])["units"].as_array().unwrap().len(), 2);
    assert!(place.refused(1, &["units", "remove", "ES"]).contains("`ES-1` hangs under `ES`"));
    assert!(place.refused(1, &["units", "set", "ES", "--parent", "ES-1"]).contains("below itself"));
}

#[test]
fn a_file_that_is_no_tree_changes_nothing() {
    let place = Place::new();
    place.done(&["units", "set", "ES"]);
    for (rows, part) in [
        (&["name,parent", "MX,AM"][..], "`MX` cannot hang under `AM`"),
        (&["unit,parent", "MX,"], "`name` is not among them"),
        (&["name,parent", "MX,", ",MX"], "line 3 has no `name`"),
        (&["name"], "the file has no unit"),
    ] {
        let file = place.write("units.csv", rows);
        let complaint = place.refused(1, &["units", "import", file.to_str().unwrap()]);
        assert!(complaint.contains(part), "{complaint}");
    }
    assert_eq!(place.json(&["units", "list"])["units"].as_array().unwrap().len(), 1);
}

#[test]
fn rates_are_set_listed_and_taken_back() {
    let place = Place::new();
    let said = place.done(&["rates", "set", "MXN", "2026-01-01", "0.0496"]);
    assert_eq!(said.trim(), "1 MXN = 0.0496 EUR from 2026-01-01 on");
    let file = place.write("rates.csv", &["currency,valid_from,rate", "CLP,2026-01-01,0.00095", "MXN,2026-02-01,0.05"]);
    assert_eq!(place.done(&["rates", "import", file.to_str().unwrap()]).trim(), "2 rates set");
    let listed = place.json(&["rates", "list"]);
    let days: Vec<_> = listed["rates"].as_array().unwrap().iter().map(|rate| rate["valid_from"].clone()).collect();
    assert_eq!(days, ["2026-01-01", "2026-01-01", "2026-02-01"]);
    place.done(&["rates", "remove", "MXN", "2026-01-01"]);
    assert!(!place.done(&["rates", "list"]).contains("0.0496"));
    assert!(place.refused(1, &["rates", "set", "MXN", "2026-01-01", "0,05"]).contains("such as 0.0496"));
    place.refused(2, &["rates", "set", "MXN", "yesterday", "0.05"]);
}

#[test]
fn the_value_of_a_customer_is_shown_with_what_is_not_in_it() {
    let place = Place::new();
    let file = place.write(
        "sales.csv",
        &[
            "card,what,when,total,currency",
            "ana,Order Completed,2026-01-05T10:00:00Z,12.50,EUR",
            "ana,Order Completed,2026-01-06T10:00:00Z,1000,MXN",
            "ana,Order Completed,2026-02-06T10:00:00Z,100,MXN",
        ],
    );
    let map = "customer=card,activity=what,occurred_at=when,property:total=total,property:currency=currency";
    place.done(&["events", "import", file.to_str().unwrap(), "--map", map]);
    place.done(&["rates", "set", "MXN", "2026-02-01", "0.05"]);
    let found = place.json(&["customers", "find", "ana"]);
    let shown = place.done(&["customers", "show", found["customers"][0]["id"].as_str().unwrap()]);
    let total = shown.lines().find(|line| line.starts_with("total")).unwrap();
    assert_eq!(total.split_whitespace().collect::<Vec<_>>(), ["total", "EUR", "17.50", "0.00", "0.00", "17.50", "2"]);
    assert!(shown.contains("not in the total") && shown.contains("vivencia rates set MXN 2026-01-06 RATE"), "{shown}");
}

#[test]
fn a_key_is_bound_to_a_unit_of_the_tree() {
    let place = Place::new();
    place.done(&["units", "set", "ES-MAD-01"]);
    let complaint = place.refused(1, &["key", "create", "--name", "m", "--scope", "read", "--unit", "ES-MAD-1"]);
    assert!(complaint.contains("did you mean `ES-MAD-01`?"), "{complaint}");
    place.done(&["key", "create", "--name", "m", "--scope", "read", "--unit", "ES-MAD-01"]);
    assert_eq!(place.json(&["key", "list"])["keys"][0]["unit"], json!("ES-MAD-01"));
}
