//! Funnels with options over HTTP: order, window, entries, exclusions, places, and one funnel for each value.

use serde_json::{Value, json};

use crate::door::Door;

/// Somebody's event: activity, channel, unit and minute.
fn event(customer: &str, activity: &str, (channel, unit): (&str, &str), minute: u32) -> Value {
    let timestamp = format!("2026-01-{:02}T{:02}:{:02}:00Z", 1 + minute / 1_440, minute / 60 % 24, minute % 60);
    json!({"type": "track", "userId": customer, "event": activity, "messageId": format!("{customer}-{minute}"),
           "timestamp": timestamp, "properties": {"channel": channel, "store_id": unit, "plan": channel.len().to_string()}})
}

/// Four who search, of whom ana buys twice, luis after a call, and eva on another channel in another shop.
fn lived() -> Door {
    let door = Door::open_with(|settings| settings.timeline_properties = Some(vec!["plan".to_owned()]));
    let units = json!({"units": [{"name": "ES"}, {"name": "ES-1", "parent": "ES"}, {"name": "MX-1"}]});
    door.owner("PUT", "/api/v1/units", units.to_string()).expect(200);
    let (web, app) = (("web", "ES-1"), ("app", "MX-1"));
    let batch = [
        event("ana", "Searched", web, 0),
        event("ana", "Bought", web, 2),
        event("ana", "Searched", web, 10),
        event("ana", "Bought", web, 18),
        event("luis", "Searched", web, 0),
        event("luis", "Called", web, 1),
        event("luis", "Bought", web, 4),
        event("eva", "Searched", app, 0),
        event("eva", "Bought", app, 6),
        event("sol", "Searched", app, 3_000),
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

fn ask(door: &Door, options: &str) -> Value {
    let options = options.replace(' ', "%20").replace('[', "%5B").replace(']', "%5D");
    door.get(&format!("/api/v1/journeys/funnel?window=1h&{options}")).expect(200).json()
}

fn customers(answer: &Value) -> Vec<u64> {
    answer["steps"].as_array().unwrap().iter().map(|step| step["customers"].as_u64().unwrap()).collect()
}

#[test]
fn order_window_and_exclusions_change_who_comes_how_far() {
    let door = lived();
    let usual = ask(&door, "step=Searched&step=Bought");
    assert_eq!(customers(&usual), [4, 3]);
    let times = ["median_ms", "p90_ms", "mean_ms"].map(|name| usual["steps"][1][name].as_f64().unwrap());
    assert_eq!(times, [240_000.0, 336_000.0, 240_000.0]);
    for (options, expected) in [
        ("steps=Searched,Bought&order=strict", &[4, 2][..]),
        ("steps=Bought,Searched", &[3, 1]),
        ("steps=Bought,Searched&order=any-order", &[3, 3]),
        ("steps=Searched,Bought&window=3min", &[4, 1]),
        ("steps=Searched,Bought,Searched,Bought&window=10min", &[4, 3, 1, 0]),
        ("steps=Searched,Bought,Searched,Bought&window=10min&window_runs=between-steps", &[4, 3, 1, 1]),
        ("steps=Searched,!Called,Bought", &[4, 2]),
    ] {
        assert_eq!(customers(&ask(&door, options)), expected, "{options}");
    }
    let without = ask(&door, "step=Searched&step=!Called[channel=web]&step=Bought");
    assert_eq!(without["steps"][1]["excluded"], json!(["Called[channel=web]"]));
    assert!(usual["steps"][1].get("excluded").is_none() && usual["steps"][1].get("entries").is_none());
}

#[test]
fn entries_are_counted_with_an_interval_that_knows_whose_they_are() {
    let answer = ask(&lived(), "step=Searched&step=Bought&count=entries");
    assert_eq!(customers(&answer), [4, 3]);
    let entries = &answer["steps"][1]["entries"];
    assert_eq!((&answer["steps"][0]["entries"]["count"], &entries["count"]), (&json!(5), &json!(4)));
    let interval = ["low", "share", "high"].map(|name| entries[name].as_f64().unwrap());
    assert!(interval[0] < 0.5 && interval[1] == 0.8 && 0.9 < interval[2], "{interval:?}");
}

#[test]
fn a_step_asks_for_the_channel_and_for_a_unit_with_all_below_it() {
    let door = lived();
    for (options, expected) in [
        ("step=Searched&step=Bought[channel=app]", &[4, 1][..]),
        ("step=Searched&step=Bought[channel!=app]", &[4, 2]),
        ("step=Searched[unit=ES]&step=Bought", &[2, 2]),
        ("step=Searched[unit!=ES]&step=Bought", &[2, 1]),
        ("step=Searched[unit=(none)]", &[0]),
        ("step=Searched[channel=web][unit=ES-1][plan=3]", &[2]),
    ] {
        let answer = ask(&door, options);
        assert_eq!((customers(&answer), &answer["findings"]), (expected.to_vec(), &json!([])), "{options}");
    }
    let answer = ask(&door, "step=Searched[unit!=ES]");
    let conditions = json!([{"property": "unit", "operator": "!=", "value": "ES"}]);
    assert_eq!(answer["steps"][0]["conditions"], conditions);
}

#[test]
fn a_funnel_for_each_value_adds_up_to_the_whole() {
    let door = lived();
    let answer = ask(&door, "step=Searched&step=Bought&by=channel&compare=web&compare=app");
    let breakdown = &answer["breakdown"];
    let told =
        |group: &Value| [&group["value"], &group["customers"], &group["steps"][1]["customers"]].map(Clone::clone);
    assert_eq!(told(&breakdown["groups"][0]), [json!("app"), json!(2), json!(1)]);
    assert_eq!(told(&breakdown["groups"][1]), [json!("web"), json!(2), json!(2)]);
    assert!(breakdown.get("other").is_none());
    let comparison = &breakdown["comparison"];
    assert_eq!((&comparison["first"], &comparison["steps"][1]["difference"]), (&json!("web"), &json!(0.5)));
    assert_eq!(breakdown["groups"][1]["steps"][1]["against_the_rest"], comparison["steps"][1]);
    let low = comparison["steps"][1]["low"].as_f64().unwrap();
    assert!((-0.45..-0.2).contains(&low), "two of two and one of two are no evidence: {low}");

    for (by, values) in [("unit", ["ES-1", "MX-1"]), ("plan", ["3", "(none)"])] {
        let answer = ask(&door, &format!("step=Searched&by={by}"));
        let groups = answer["breakdown"]["groups"].as_array().unwrap();
        let sum: u64 = groups.iter().map(|group| group["customers"].as_u64().unwrap()).sum();
        assert_eq!(sum, 4);
        assert!(groups.iter().any(|group| group["value"] == values[0]), "{by}: {answer}");
    }

    let behind = |query: &str| {
        let path = format!("/api/v1/journeys/customers?window=1h&step=Searched&step=Bought&by=channel&{query}");
        door.get(&path).expect(200).json()["total"].clone()
    };
    assert_eq!(behind("value=web&reached=2"), 2);
    assert_eq!(behind("value=app&reached=1"), 2);
    assert_eq!(behind("value=app&dropped_after=1"), 1);
}

#[test]
fn many_values_have_twenty_funnels_and_one_for_the_rest() {
    let door = Door::open();
    let batch: Vec<Value> = (0..30)
        .flat_map(|number| {
            let channel = format!("c{number:02}");
            (0..=u32::from(number < 5))
                .map(move |more| event(&format!("p{number}-{more}"), "Searched", (&channel, "ES-1"), number))
        })
        .collect();
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    let breakdown = ask(&door, "step=Searched&by=channel")["breakdown"].clone();
    assert_eq!(breakdown["groups"].as_array().unwrap().len(), 20);
    assert_eq!((&breakdown["groups"][19]["value"], &breakdown["groups"][0]["customers"]), (&json!("c19"), &json!(2)));
    assert_eq!((&breakdown["other"]["value"], &breakdown["other"]["customers"]), (&json!("(other)"), &json!(10)));
    let path = "/api/v1/journeys/customers?step=Searched&by=channel&value=(other)&reached=1";
    assert_eq!(door.get(path).expect(200).json()["total"], 10);
}

#[test]
fn options_that_make_no_sense_say_what_would() {
    let door = lived();
    for (options, part) in [
        ("step=Searched&order=random", "any-between, strict or any-order"),
        ("step=Searched&window_runs=away", "from-first or between-steps"),
        ("step=Searched&count=sheep", "customers or entries"),
        ("step=Searched&step=Bought&order=any-order&count=entries", "entries need an order"),
        ("step=Searched&step=Bought&order=any-order&window_runs=between-steps", "no step before"),
        ("step=Searched&step=!Called", "between two steps"),
        ("step=!Called&step=Searched", "between two steps"),
        ("step=Searched&step=!Caled&step=Bought", "did you mean `Called`?"),
        ("step=Searched[channel=wen]", "there is no channel `wen`"),
        ("step=Searched[unit=ES-9]", "did you mean `ES-1`?"),
        ("step=Searched&compare=web", "`compare` needs `by`"),
        ("step=Searched&by=channel&compare=web", "send it twice"),
        ("step=Searched&by=channel&compare=web&compare=wep", "did you mean `web`?"),
    ] {
        let path = options.replace('[', "%5B").replace(']', "%5D");
        let answer = door.get(&format!("/api/v1/journeys/funnel?{path}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{options}: {answer}");
    }
}

#[test]
fn a_bound_key_learns_of_no_other_unit() {
    let door = lived();
    let key = door.create_bound_key("manager", "ES");
    let ask = |options: &str| {
        let options = options.replace('[', "%5B").replace(']', "%5D");
        door.with_key(&key, "GET", &format!("/api/v1/journeys/funnel?window=1h&{options}"), "")
    };
    let answer = ask("step=Searched&step=Bought&by=unit").expect(200).json();
    let groups = answer["breakdown"]["groups"].as_array().unwrap();
    assert_eq!(groups.iter().map(|group| &group["value"]).collect::<Vec<_>>(), ["ES-1"]);
    assert_eq!(customers(&ask("step=Searched[unit=ES-1]").expect(200).json()), [2]);
    for unit in ["MX-1", "MX-9"] {
        let answer = ask(&format!("step=Searched[unit={unit}]")).expect(400).json();
        let detail = answer["detail"].as_str().unwrap();
        assert!(detail.starts_with(&format!("there is no unit `{unit}`")) && !detail.contains("mean `MX"), "{detail}");
    }
}

#[test]
fn an_activity_whose_name_begins_with_an_exclamation_mark_is_a_step() {
    let door = Door::open();
    door.lived(&[("ana", "!Alarm", 1), ("ana", "Called", 2)]);
    assert_eq!(customers(&ask(&door, "step=!Alarm&step=Called&window=7d")), [1, 1]);
}
