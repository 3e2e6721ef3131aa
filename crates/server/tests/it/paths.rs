//! Paths of every shape over HTTP, and the customers behind them.

use serde_json::{Value, json};

use crate::door::Door;

fn lived() -> Door {
    let door = Door::open();
    let event = |customer: &str, activity: &str, channel: &str, minute: u32| {
        json!({"type": "track", "userId": customer, "event": activity, "messageId": format!("{customer}-{minute}"),
               "timestamp": format!("2026-01-01T{:02}:{:02}:00Z", minute / 60, minute % 60),
               "properties": {"channel": channel}})
    };
    let batch = [
        event("ana", "Searched", "web", 0),
        event("ana", "Searched", "web", 1),
        event("ana", "Asked", "call", 2),
        event("ana", "Bought", "web", 3),
        event("luis", "Searched", "web", 0),
        event("luis", "Bought", "web", 45),
        event("luis", "Asked", "call", 46),
        event("eva", "Asked", "call", 0),
        event("eva", "Bought", "web", 5),
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

/// Each path as text with its count; the tail last.
fn paths(door: &Door, options: &str) -> (Vec<String>, u64) {
    let answer = door.get(&format!("/api/v1/journeys/paths?{options}")).expect(200).json();
    let list = answer["paths"].as_array().unwrap();
    let shown: u64 = list.iter().map(|path| path["count"].as_u64().unwrap()).sum();
    let tail = answer["tail"]["count"].as_u64().unwrap();
    assert_eq!(answer["occurrences"], shown + tail, "{answer}");
    let told = list.iter().map(|path| {
        let names: Vec<&str> =
            path["activities"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let more = if path["goes_on"] == true { " …" } else { "" };
        format!("{}{more} {}", names.join(" "), path["count"])
    });
    (told.collect(), tail)
}

#[test]
fn paths_lead_to_an_activity_go_through_it_or_begin_at_the_start() {
    let door = lived();
    let told = |options| paths(&door, options);
    assert_eq!(told("to_activity=Bought&length=2"), (vec!["Asked Bought 2".to_owned(), "Searched Bought 1".into()], 0));
    assert_eq!(told("through=Asked&length=3"), (vec!["Searched Asked Bought 1".to_owned()], 2));
    assert_eq!(told("through=Asked&length=2&before=0"), (vec!["Asked Bought 2".to_owned()], 1));
    let variants =
        ["Asked Bought 1", "Searched Bought Asked 1", "Searched Searched Asked Bought 1"].map(str::to_owned).to_vec();
    assert_eq!(told("start=true"), (variants, 0));
    assert_eq!(told("start=true&length=1"), (vec!["Searched … 2".to_owned(), "Asked … 1".into()], 0));
    assert_eq!(told("start=true&collapsed=true&top=1").1, 2);
    let visits = ["Asked 3", "Bought 2", "Searched 1", "Searched Searched Bought 1"].map(str::to_owned).to_vec();
    assert_eq!(told("start=true&within=visit"), (visits, 0));
    assert_eq!(
        told("from_activity=Searched&length=2&collapsed=true&within=visit"),
        (vec!["Searched Bought 1".into()], 1)
    );
}

#[test]
fn as_many_are_behind_a_path_of_any_shape_as_it_says() {
    let door = lived();
    for (held, shape) in [
        ("from_activity=Searched", "paths_from=Searched"),
        ("to_activity=Bought", "paths_to=Bought"),
        ("through=Asked", "paths_through=Asked"),
        ("start=true", "paths_start=true"),
    ] {
        for options in ["length=2", "length=2&top=1", "length=3&within=visit", "length=2&collapsed=true&within=history"]
        {
            let answer = door.get(&format!("/api/v1/journeys/paths?{held}&{options}")).expect(200).json();
            let behind = |query: String| {
                let path = format!("/api/v1/journeys/customers?{shape}&{options}&{query}");
                door.get(&path).expect(200).json()["total"].as_u64().unwrap()
            };
            for path in answer["paths"].as_array().unwrap() {
                let passing: Vec<String> = path["activities"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|name| format!("passing={}", name.as_str().unwrap()))
                    .collect();
                let goes_on =
                    if held == "start=true" { format!("&goes_on={}", path["goes_on"] == true) } else { String::new() };
                assert_eq!(
                    behind(passing.join("&") + &goes_on),
                    path["customers"].as_u64().unwrap(),
                    "{held} {options}"
                );
            }
            let in_tail = behind("tail=true".to_owned());
            let tail = answer["tail"]["count"].as_u64().unwrap();
            assert!(in_tail <= tail && (in_tail == 0) == (tail == 0), "{held} {options}: {in_tail} of {tail}");
        }
    }
}

#[test]
fn paths_that_make_no_sense_say_what_would() {
    let door = lived();
    for (options, part) in [
        ("", "`start=true`"),
        ("from_activity=Searched&to_activity=Bought", "held at one place"),
        ("from_activity=Searched&before=1", "`before` says"),
        ("through=Searched&length=3&before=3", "at most 2 before"),
        ("through=Searchd", "did you mean `Searched`?"),
        ("start=perhaps", "true or false"),
        ("start=true&within=week", "history or visit"),
        ("start=true&collapsed=a", "true or false"),
        ("start=true&length=65", "1 to 64"),
    ] {
        let answer: Value = door.get(&format!("/api/v1/journeys/paths?{options}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{options}: {answer}");
    }
}
