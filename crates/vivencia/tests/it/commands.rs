//! Commands over a data directory that no server owns.

use serde_json::json;

use crate::program::{HEADER, MAPPING, Place, ROWS};

#[test]
fn a_file_becomes_a_funnel_a_map_and_paths() {
    let place = Place::imported();
    assert_eq!(place.json(&["events", "count"]), json!({"received": 5, "stored": 5, "duplicate": 0, "dead": 0}));

    let funnel = place.json(&["journeys", "funnel", "--steps", "Menu Viewed,Order Completed", "--window", "7d"]);
    assert_eq!(funnel["customers"], 2);
    let told =
        |step: usize| ["activity", "customers", "share", "median_ms"].map(|name| funnel["steps"][step][name].clone());
    assert_eq!(told(0), [json!("Menu Viewed"), json!(2), json!(1.0), json!(null)]);
    assert_eq!(told(1), [json!("Order Completed"), json!(1), json!(0.5), json!(300_000.0)]);

    let map = place.json(&["journeys", "map", "--medians"]);
    assert_eq!(map["nodes"].as_array().unwrap().len(), 2);
    assert_eq!(
        map["edges"][0],
        json!({"from": "Menu Viewed", "to": "Menu Viewed", "events": 1, "customers": 1,
               "mean_ms": 600_000.0, "median_ms": 600_000.0})
    );
    assert_eq!(map["starts"], json!([{"activity": "Menu Viewed", "customers": 2}]));
    assert_eq!(map["ends"], json!([{"activity": "Order Completed", "customers": 2}]));

    let paths = place.json(&["journeys", "paths", "--from-activity", "Menu Viewed", "--length", "2", "--top", "1"]);
    assert_eq!(paths["paths"][0]["activities"], json!(["Menu Viewed", "Order Completed"]));
    assert_eq!((&paths["paths"][0]["count"], &paths["paths"][0]["customers"]), (&json!(2), &json!(2)));
    assert_eq!(paths["tail"]["count"], 1);
}

#[test]
fn tables_are_for_people() {
    let place = Place::imported();
    let funnel = place.done(&["journeys", "funnel", "--steps", "Menu Viewed,Order Completed", "--window", "30d"]);
    assert!(funnel.contains("Order Completed") && funnel.contains("100.0 %"), "{funnel}");
    let map = place.done(&["journeys", "map"]);
    assert!(map.contains("10 min"), "{map}");
    let paths = place.done(&["journeys", "paths", "--from-activity", "Menu Viewed", "--length", "2"]);
    assert!(paths.contains("Menu Viewed › Order Completed") && paths.contains("all others"), "{paths}");
    assert!(paths.contains("over 5 events of 2 customers"), "{paths}");
}

#[test]
fn who_comes_back_and_what_it_is_owed_to_is_asked_with_the_words_of_the_interface() {
    let place = Place::imported();
    let asked = [
        &["journeys", "retention", "--start", "Menu Viewed", "--every", "month", "--rule", "on-or-after"][..],
        &["journeys", "life-cycle", "--every", "day", "--activities", "Menu Viewed"],
        &["journeys", "daily", "--activities", "Menu Viewed,Order Completed"],
        &[
            "journeys",
            "attribution",
            "--outcome",
            "Order Completed",
            "--by",
            "touchpoint",
            "--path",
            "whole-window",
            "--removal",
            "2",
        ],
    ];
    for words in asked {
        let printed = place.done(words);
        assert!(printed.contains("over 5 events of 2 customers"), "{words:?}: {printed}");
    }
    let retention = place.json(asked[0]);
    assert_eq!((&retention["every"], &retention["rule"]), (&json!("month"), &json!("on_or_after")));
    let attribution = place.json(asked[3]);
    assert_eq!((&attribution["outcomes"], &attribution["by"]), (&json!(2), &json!("touchpoint")));
    assert_eq!(attribution["credits"][0]["activity"], "Menu Viewed");
}

#[test]
fn importing_again_changes_nothing() {
    let place = Place::imported();
    let file = place.folder().join("visits.csv");
    let report = place.json(&["events", "import", file.to_str().unwrap(), "--map", MAPPING]);
    assert_eq!((&report["files"][0]["stored"], &report["files"][0]["duplicate"]), (&json!(0), &json!(5)));
}

#[test]
fn bad_rows_are_named_by_their_line() {
    let place = Place::new();
    let file = place.write("sick.csv", &[HEADER, ROWS[0], "ana,Menu Viewed,yesterday", "ana,Menu Viewed", ROWS[1]]);
    let printed = place.done(&["events", "import", file.to_str().unwrap(), "--map", MAPPING]);
    assert!(printed.contains("line 3") && printed.contains("line 4"), "{printed}");
    let letters = place.done(&["events", "dead", "list", "--with-raw"]);
    let letters: Vec<serde_json::Value> = letters.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(letters.len(), 2);
    assert_eq!((&letters[0]["code"], &letters[0]["index"]), (&json!("invalid_time"), &json!(3)));
    assert!(letters[0]["id"].as_str().unwrap().starts_with("ded_"));
    assert!(letters[0]["raw"].as_str().unwrap().contains("yesterday"));
    assert_eq!((&letters[1]["code"], &letters[1]["index"]), (&json!("wrong_column_count"), &json!(4)));
}

#[test]
fn a_bad_row_is_shown_and_mended() {
    let place = Place::new();
    let file = place.write("sick.csv", &[HEADER, "ana,Menu Viewed,yesterday"]);
    let file = file.to_str().unwrap();
    // Among good rows, because a file of nothing but bad ones is refused as a whole.
    let whole = place.write("whole.csv", &[HEADER, ROWS[0], "ana,Menu Viewed,yesterday"]);
    place.done(&["events", "import", whole.to_str().unwrap(), "--map", MAPPING]);
    let letter = place.done(&["events", "dead", "show", "ded_1"]);
    let letter: serde_json::Value = serde_json::from_str(&letter).unwrap();
    assert_eq!((&letter["code"], &letter["form"]), (&json!("invalid_time"), &json!("row")));
    place.refused(1, &["events", "dead", "replay", "ded_1", "--with", file]);
    let mended = place.write("mended.csv", &["ana,Menu Viewed,2026-01-05 10:00"]);
    let said = place.done(&["events", "dead", "replay", "ded_1", "--with", mended.to_str().unwrap()]);
    assert_eq!(said.trim(), "ded_1 is an event now");
    assert_eq!(place.json(&["events", "count"]), json!({"received": 2, "stored": 2, "duplicate": 0, "dead": 0}));
    assert!(place.refused(1, &["events", "dead", "show", "../keys"]).contains("no dead letter"));
}

#[test]
fn rows_without_a_header_are_all_read() {
    let place = Place::new();
    let file = place.write("visits.csv", &ROWS);
    let file = file.to_str().unwrap();
    let report = place.json(&["events", "import", file, "--no-header", "--map", "customer=1,activity=2,occurred_at=3"]);
    assert_eq!((&report["files"][0]["rows"], &report["files"][0]["stored"]), (&json!(5), &json!(5)));
}

#[test]
fn the_mapping_is_guessed_and_shown() {
    let place = Place::new();
    let file = place
        .write("visits.csv", &[&["user_id;event;timestamp"][..], &["ana;Menu Viewed;2026-01-05T10:00:00Z"]].concat());
    let output = place.run(&["events", "import", file.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("customer=user_id,activity=event,occurred_at=timestamp"), "{said}");
    assert!(said.contains("guessed"), "{said}");
    assert_eq!(place.json(&["events", "count"])["stored"], 1);
}

#[test]
fn an_export_is_whole_or_not_there() {
    let place = Place::imported();
    for format in ["jsonl", "csv", "parquet"] {
        let out = place.folder().join(format!("events.{format}"));
        place.done(&["events", "export", "--format", format, "--out", out.to_str().unwrap()]);
        assert!(std::fs::metadata(&out).unwrap().len() > 100);
    }
    let lines = std::fs::read_to_string(place.folder().join("events.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 5);
    assert!(!lines.contains("luis"));
    let nowhere = place.folder().join("nowhere").join("events.csv");
    assert!(place.refused(1, &["events", "export", "--out", nowhere.to_str().unwrap()]).contains("nowhere"));
    let left: Vec<_> = std::fs::read_dir(place.folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".partial"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn customers_are_found_merged_and_parted() {
    let place = Place::imported();
    let id = |value: &str| place.json(&["customers", "find", value])["customers"][0]["id"].as_str().unwrap().to_owned();
    let (ana, luis) = (id("ana"), id("luis"));
    let preview = place.done(&["customers", "merge", &ana, &luis, "--dry-run"]);
    assert!(preview.contains("nothing was changed"), "{preview}");
    let merged = place.json(&["customers", "merge", &ana, &luis]);
    assert_eq!(id("luis"), id("ana"));
    let merge = merged["merge"]["id"].as_str().unwrap();
    let shown = place.done(&["customers", "show", &ana]);
    assert!(shown.contains(merge) && shown.contains("5 events"), "{shown}");
    place.done(&["customers", "unmerge", merge]);
    assert_eq!(id("luis"), luis);
    let timeline = place.done(&["customers", "timeline", &luis]);
    assert_eq!(timeline.lines().count(), 4, "{timeline}");
}

#[test]
fn customers_behind_a_number_are_listed() {
    let place = Place::imported();
    let behind = |words: &[&str]| {
        let answer = place.json(&[&["journeys", "customers"][..], words].concat());
        assert_eq!(answer["total"], answer["customers"].as_array().unwrap().len());
        answer["total"].as_u64().unwrap()
    };
    let map = place.json(&["journeys", "map"]);
    for node in map["nodes"].as_array().unwrap() {
        assert_eq!(behind(&["--activity", node["activity"].as_str().unwrap()]), node["customers"]);
    }
    let edge = &map["edges"][0];
    let (from, to) = (edge["from"].as_str().unwrap(), edge["to"].as_str().unwrap());
    assert_eq!(behind(&["--from-activity", from, "--to-activity", to]), edge["customers"]);
    assert_eq!(behind(&["--path", &format!("{from},{to}")]), edge["customers"]);
    let steps = format!("{from},{to}");
    let funnel = place.json(&["journeys", "funnel", "--steps", &steps, "--after-dropping"]);
    assert_eq!(behind(&["--steps", &steps, "--reached", "2"]), funnel["steps"][1]["customers"]);
    assert_eq!(behind(&["--steps", &steps, "--dropped-after", "1"]), funnel["steps"][0]["after_dropping"]["customers"]);
    assert!(place.done(&["journeys", "customers", "--activity", from]).contains("ana"));
    assert!(place.refused(1, &["journeys", "customers"]).contains("one thing only"));
    assert!(place.refused(1, &["journeys", "map", "--channel", "wbe"]).contains("no channel `wbe`"));
}

#[test]
fn customers_are_listed_and_searched() {
    let place = Place::imported();
    let listed = place.done(&["customers", "list"]);
    assert!(listed.contains("ana") && listed.contains("luis"), "{listed}");
    let page = place.done(&["customers", "list", "--limit", "1"]);
    assert!(page.contains("go on with --after cus_"), "{page}");
    let found = place.json(&["customers", "list", "--search", "lui"]);
    assert_eq!(found["customers"][0]["identifiers"][0]["value"], "luis");
}

#[test]
fn settings_of_the_organisation_count_for_days() {
    let place = Place::imported();
    place.done(&["organisation", "set", "--time-zone", "Pacific/Kiritimati", "--name", "Café"]);
    assert_eq!(place.json(&["organisation", "show"])["time_zone"], "Pacific/Kiritimati");
    let map = place.json(&["journeys", "map", "--from", "2026-01-06", "--to", "2026-01-07"]);
    assert_eq!(map["over"]["events"], 4);
    place.done(&["activities", "set", "Menu Viewed", "--role", "contact"]);
    assert_eq!(place.json(&["activities", "list"])["activities"][0]["role"], "contact");
}

#[test]
fn the_files_are_verified() {
    let place = Place::imported();
    assert!(place.done(&["events", "verify"]).contains("every file is whole"));
}

#[test]
fn the_demonstration_is_written_as_files() {
    let place = Place::new();
    let out = place.folder().join("alameda");
    let output = crate::program::program()
        .args(["demo", "generate", "--customers", "20", "--seed", "3", "--out", out.to_str().unwrap()])
        .output()
        .unwrap();
    crate::program::succeeded(&["demo", "generate"], output);
    assert!(out.join("events.jsonl").exists() && out.join("truths.json").exists());
}
