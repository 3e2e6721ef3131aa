//! How the program ends, and what it says when it is used wrongly.

use crate::program::{HEADER, MAPPING, Place, ROWS, program, succeeded};

#[test]
fn wrong_usage_ends_with_2() {
    let place = Place::new();
    for words in [
        &["journeys", "funnel"][..],
        &["key", "create", "--name", "x", "--scope", "everything"],
        &["events", "count", "--format", "xml"],
        &["journeys", "funnel", "--steps", "A,B", "--window", "7 potatoes"],
        &["journeys", "funnel", "--steps", "A,,B"],
        &["journeys", "map", "--from", "yesterday"],
        &["journeys", "paths", "--from-activity", "A", "--length", "0"],
    ] {
        place.refused(2, words);
    }
    assert_eq!(program().arg("nonsense").output().unwrap().status.code(), Some(2));
    let complaint = place.refused(2, &["journeys", "funnel", "--steps", "A,B", "--window", "7 potatoes"]);
    assert!(complaint.contains("7 potatoes") && complaint.contains("7d"), "{complaint}");
}

#[test]
fn what_cannot_be_answered_ends_with_1() {
    let place = Place::imported();
    let complaint = place.refused(1, &["journeys", "funnel", "--steps", "Menu Viewed,Order Complete"]);
    assert!(complaint.contains("did you mean `Order Completed`?"), "{complaint}");
    assert!(place.refused(1, &["customers", "show", "cus_99"]).contains("cus_99"));
    assert!(place.refused(1, &["events", "import", "nowhere.csv"]).contains("nowhere.csv"));
    let file = place.write("visits.csv", &[HEADER, ROWS[0]]);
    let mapping = MAPPING.replace("activity=activity", "activity=what");
    let complaint = place.refused(1, &["events", "import", file.to_str().unwrap(), "--map", &mapping]);
    assert!(complaint.contains("what") && complaint.contains("activity"), "{complaint}");
}

#[test]
fn a_directory_that_is_not_there_is_not_made_by_a_question() {
    let place = Place::new();
    let complaint = place.refused(1, &["events", "count"]);
    assert!(complaint.contains("does not exist"), "{complaint}");
    assert!(!place.data_dir().exists());
}

#[test]
fn a_server_that_does_not_answer_is_named() {
    let words = ["events", "count", "--url", "http://127.0.0.1:9", "--key", "viv_x"];
    let output = program().args(words).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not reach http://127.0.0.1:9"));
}

#[test]
fn a_step_may_have_a_comma() {
    let place = Place::new();
    let file = place.write("odd.csv", &[HEADER, "ana,\"Paid, at last\",2026-01-05T10:00:00Z"]);
    place.done(&["events", "import", file.to_str().unwrap(), "--map", MAPPING]);
    for steps in [r"Paid\, at last", r#""Paid, at last""#] {
        assert_eq!(place.json(&["journeys", "funnel", "--steps", steps])["customers"], 1);
    }
}

#[test]
fn the_help_of_every_command_has_an_example() {
    for words in [
        "serve",
        "demo",
        "demo generate",
        "key create",
        "key list",
        "key revoke",
        "events import",
        "events export",
        "events count",
        "events dead list",
        "events dead show",
        "events dead replay",
        "events verify",
        "customers find",
        "customers show",
        "customers timeline",
        "customers merge",
        "customers unmerge",
        "journeys funnel",
        "journeys map",
        "journeys paths",
        "organisation show",
        "organisation set",
        "activities list",
        "activities set",
        "properties list",
        "units list",
        "units set",
        "units import",
        "units remove",
        "rates list",
        "rates set",
        "rates import",
        "rates remove",
    ] {
        let output = program().args(words.split(' ')).arg("--help").output().unwrap();
        let help = succeeded(&[words], output);
        let example = help.split("Example").nth(1).unwrap_or_else(|| panic!("{words}: no example in\n{help}"));
        assert!(example.contains(&format!("vivencia {words} ")), "{words}: {example}");
    }
}
