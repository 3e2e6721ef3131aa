//! Metrics of one's own and annotations from the command line.

use crate::program::Place;

const WARMTH: &str = r#"{"property": "warmth", "formula": "top_boxes", "top_from": 6, "answers": [1, 7], "source": "ours",
"definition": {"es": "cálido", "en": "people were warm"},
"example": {"answers": [{"answer": 7, "count": 2}, {"answer": 3, "count": 2}], "score": 50}}"#;

#[test]
fn a_metric_is_defined_by_a_file_and_taken_back() {
    let place = Place::new();
    let file = place.write("warmth.json", &[WARMTH]);
    let file = file.to_str().unwrap();
    let shown = place.done(&["metrics", "set", "warmth", file]);
    assert!(shown.contains("share from 6") && shown.contains("people were warm"), "{shown}");
    // Again is anew, and what is written out can be read in.
    let written = place.done(&["metrics", "export", "warmth"]);
    let again = place.write("again.json", &[written.trim()]);
    place.done(&["metrics", "set", "warmth", again.to_str().unwrap()]);
    assert_eq!(place.json(&["metrics", "list"])["metrics"].as_array().unwrap().len(), 5);

    let wrong = place.write("wrong.json", &[&WARMTH.replace("\"score\": 50", "\"score\": 60")]);
    let complaint = place.refused(1, &["metrics", "set", "warmth", wrong.to_str().unwrap()]);
    assert!(complaint.contains("gives 50 for its example, not 60"), "{complaint}");
    assert!(place.refused(1, &["metrics", "set", "nps", file]).contains("comes with the program"));
    assert!(place.refused(1, &["metrics", "export", "mood"]).contains("there is no metric `mood`"));
    place.done(&["metrics", "remove", "warmth"]);
    assert_eq!(place.json(&["metrics", "list"])["metrics"].as_array().unwrap().len(), 4);
}

#[test]
fn what_happened_is_noted_changed_and_taken_back() {
    let place = Place::new();
    let added =
        ["annotations", "add", "incident", "2026-03-28", "Payments failed", "--to", "2026-03-30", "--channel", "app"];
    assert!(place.done(&added).contains("Payments failed"));
    place.done(&["annotations", "add", "release", "2026-02-01", "App 5.0.0"]);
    let listed = place.json(&["annotations", "list"]);
    let texts: Vec<_> = listed["annotations"].as_array().unwrap().iter().map(|it| it["text"].clone()).collect();
    assert_eq!(texts, ["App 5.0.0", "Payments failed"], "by day");
    assert_eq!(listed["annotations"][1]["last_day"], "2026-03-30");
    let later = place.json(&["annotations", "list", "--from", "2026-03-30"]);
    assert_eq!(later["annotations"].as_array().unwrap().len(), 1);

    place.done(&["annotations", "set", "ann_1", "other", "2026-03-29", "Payments failed for a day"]);
    let changed = place.json(&["annotations", "list"])["annotations"][1].clone();
    assert_eq!((&changed["kind"], &changed["last_day"]), (&"other".into(), &"2026-03-29".into()));
    assert!(changed["channel"].is_null(), "what is left out is nothing");
    place.done(&["annotations", "remove", "ann_1"]);
    assert!(place.refused(1, &["annotations", "remove", "ann_1"]).contains("there is no annotation ann_1"));
}
