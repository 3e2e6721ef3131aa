//! Keys bound to a unit: what they see, and that everything else is as if it were not there.

use std::collections::{BTreeMap, BTreeSet};

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::door::Door;

/// The shops and, for each, the country above it. `XX-1` is in no tree.
const SHOPS: [(&str, &str); 5] = [("ES-1", "ES"), ("ES-2", "ES"), ("MX-1", "MX"), ("MX-2", "MX"), ("XX-1", "")];

fn draw_tree(door: &Door) {
    let mut units = vec![json!({"name": "brand"})];
    units.extend(["ES", "MX"].map(|country| json!({"name": country, "parent": "brand"})));
    let shops = SHOPS.iter().filter(|(_, country)| !country.is_empty());
    units.extend(shops.map(|(name, country)| json!({"name": name, "parent": country})));
    door.owner("PUT", "/api/v1/units", json!({"units": units}).to_string()).expect(200);
}

/// One event of a history.
#[derive(Clone, Debug)]
struct Event {
    customer: &'static str,
    activity: &'static str,
    shop: Option<&'static str>,
    minute: u32,
    revenue: Option<u32>,
    is_identify: bool,
}

fn at(customer: &'static str, activity: &'static str, shop: &'static str, minute: u32) -> Event {
    let shop = (!shop.is_empty()).then_some(shop);
    Event { customer, activity, shop, minute, revenue: None, is_identify: false }
}

fn send(door: &Door, events: &[Event]) {
    let batch: Vec<Value> = events
        .iter()
        .enumerate()
        .map(|(number, event)| {
            let mut properties = json!({"currency": "EUR"});
            if let Some(shop) = event.shop {
                properties["store_id"] = json!(shop);
            }
            if let Some(revenue) = event.revenue {
                properties["revenue"] = json!(revenue);
            }
            let timestamp = format!("2026-01-01T{:02}:{:02}:00Z", event.minute / 60, event.minute % 60);
            let message = json!({"userId": event.customer, "messageId": format!("{}-{number}", event.customer),
                                 "timestamp": timestamp, "properties": properties});
            let mut message = message.as_object().unwrap().clone();
            if event.is_identify {
                message.insert("type".to_owned(), json!("identify"));
                message.insert("traits".to_owned(), json!({"email": format!("{}@example.com", event.customer)}));
            } else {
                message.insert("type".to_owned(), json!("track"));
                message.insert("event".to_owned(), json!(event.activity));
            }
            Value::Object(message)
        })
        .collect();
    if !batch.is_empty() {
        door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    }
}

fn id_of(door: &Door, customer: &str) -> String {
    let found = door.get(&format!("/api/v1/customers?identifier={customer}")).json();
    found["customers"][0]["id"].as_str().unwrap().to_owned()
}

fn lived() -> (Door, String) {
    let door = Door::open();
    draw_tree(&door);
    send(
        &door,
        &[
            Event { is_identify: true, ..at("ana", "", "", 0) },
            at("ana", "Menu Viewed", "", 1),
            Event { revenue: Some(10), ..at("ana", "Order Completed", "ES-1", 2) },
            Event { revenue: Some(500), ..at("ana", "Order Completed", "MX-1", 3) },
            at("luis", "Menu Viewed", "", 1),
            at("luis", "Secret Tasting", "MX-1", 2),
            at("eva", "Menu Viewed", "", 4),
            at("sol", "Order Completed", "ES-2", 5),
            // An identity is no activity: nobody saw him in the shop.
            Event { is_identify: true, ..at("teo", "", "ES-1", 6) },
            at("teo", "Menu Viewed", "", 7),
        ],
    );
    let key = door.create_bound_key("manager", "ES");
    (door, key)
}

#[test]
fn a_bound_key_asks_of_those_who_were_there() {
    let (door, key) = lived();
    let map = door.with_key(&key, "GET", "/api/v1/journeys/map", "").expect(200).json();
    assert_eq!(
        map["nodes"],
        json!([{"activity": "Menu Viewed", "events": 1, "customers": 1},
               {"activity": "Order Completed", "events": 2, "customers": 2}])
    );
    assert_eq!(map["over"], json!({"events": 3, "customers": 2, "from": null, "to": null, "channels": []}));
    let attribution = door.with_key(&key, "GET", "/api/v1/journeys/attribution?outcome=Order%20Completed", "").json();
    assert_eq!((&attribution["outcomes"], &attribution["without_touch"]), (&json!(2), &json!(1)));
    for question in ["retention?every=month", "life-cycle?every=month", "daily"] {
        let answer = door.with_key(&key, "GET", &format!("/api/v1/journeys/{question}"), "").expect(200);
        assert_eq!(answer.json()["over"]["customers"], 2, "{question}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("Secret Tasting"), "{question}");
    }
    let funnel = "/api/v1/journeys/funnel?steps=Menu%20Viewed,Order%20Completed";
    assert_eq!(door.with_key(&key, "GET", funnel, "").json()["customers"], 1);
    assert_eq!(door.with_key(&door.read_key, "GET", funnel, "").json()["customers"], 4);
}

#[test]
fn an_activity_that_only_others_lived_is_unknown_to_a_bound_key() {
    let (door, key) = lived();
    for question in
        ["retention?start=Secret%20Tasting", "attribution?outcome=Secret%20Tasting", "daily?activity=Secret%20Tasting"]
    {
        door.get(&format!("/api/v1/journeys/{question}")).expect(200);
        door.with_key(&key, "GET", &format!("/api/v1/journeys/{question}"), "").expect(400);
    }
    let path = "/api/v1/journeys/paths?from_activity=Secret%20Tasting";
    door.get(path).expect(200);
    let answer = door.with_key(&key, "GET", path, "").expect(400).json();
    assert_eq!(
        answer["detail"],
        "there is no activity `Secret Tasting`; `vivencia activities list` shows those that there are"
    );
    let listed = door.with_key(&key, "GET", "/api/v1/activities", "").expect(200).json();
    let names: Vec<_> = listed["activities"].as_array().unwrap().iter().map(|activity| &activity["name"]).collect();
    assert_eq!(names, ["Menu Viewed", "Order Completed"]);
}

#[test]
fn what_a_property_has_elsewhere_is_not_told() {
    let (door, key) = lived();
    let order = |customer: &str, shop: &str, note: &str| {
        let properties = json!({"store_id": shop, "note": note});
        let message = json!({"type": "track", "event": "Order Completed", "userId": customer, "properties": properties,
                             "messageId": format!("{customer} {note}"), "timestamp": "2026-01-02T12:00:00Z"});
        door.collect("/v1/batch", json!({"batch": [message]}).to_string()).expect(200);
    };
    order("here", "ES-1", "12");
    order("elsewhere", "MX-1", "to be called back");
    let path = "/api/v1/journeys/attribution?outcome=Order%20Completed&value=note";
    let tells = |answer: &Value| answer["findings"].to_string().contains("value_not_a_number");
    assert!(tells(&door.get(path).expect(200).json()));
    assert!(!tells(&door.with_key(&key, "GET", path, "").expect(200).json()));
    order("here too", "ES-1", "not yet");
    assert!(tells(&door.with_key(&key, "GET", path, "").expect(200).json()));
}

#[test]
fn a_bound_key_sees_events_and_not_who_it_was() {
    let (door, key) = lived();
    let id = id_of(&door, "ana");
    let seen = door.with_key(&key, "GET", &format!("/api/v1/customers/{id}"), "").expect(200);
    assert!(!String::from_utf8_lossy(&seen.body).contains("example.com"));
    let seen = seen.json();
    for name in ["identifiers", "traits", "merges"] {
        assert_eq!(seen[name], json!([]), "{name}");
    }
    // The `identify` happened in no unit, the second order in Mexico.
    assert_eq!((&seen["events"], &seen["value"]["total"]["revenue_minor"]), (&json!(3), &json!(1_000)));
    let whole = door.get(&format!("/api/v1/customers/{id}")).json();
    assert_eq!((&whole["events"], &whole["value"]["total"]["revenue_minor"]), (&json!(4), &json!(51_000)));

    let timeline = door.with_key(&key, "GET", &format!("/api/v1/customers/{id}/events"), "").expect(200).json();
    let units: Vec<_> = timeline["events"].as_array().unwrap().iter().map(|event| event["unit"].clone()).collect();
    assert_eq!(units, [Value::Null, Value::Null, json!("ES-1")]);
    let found = door.with_key(&key, "GET", &format!("/api/v1/customers?identifier={id}"), "").expect(200).json();
    assert_eq!((&found["customers"][0]["id"], &found["customers"][0]["identifiers"]), (&json!(id), &json!([])));
    assert_eq!((&found["customers"][0]["name"], &found["customers"][0]["activities"]), (&Value::Null, &json!(2)));
}

#[test]
fn a_customer_of_elsewhere_is_missing_like_one_that_there_is_not() {
    let (door, key) = lived();
    for customer in ["luis", "eva", "teo"] {
        let id = id_of(&door, customer);
        for rest in ["", "/events", "/events?limit=1"] {
            let of_elsewhere = door.with_key(&key, "GET", &format!("/api/v1/customers/{id}{rest}"), "").expect(404);
            let of_nobody = door.with_key(&key, "GET", &format!("/api/v1/customers/cus_9999{rest}"), "").expect(404);
            let shape = |answer: &Value| {
                let mut answer = answer.as_object().unwrap().clone();
                answer.remove("request_id");
                Value::Object(answer).to_string()
            };
            assert_eq!(shape(&of_elsewhere.json()).replace(&id, "cus_9999"), shape(&of_nobody.json()));
        }
        let found = door.with_key(&key, "GET", &format!("/api/v1/customers?identifier={id}"), "").expect(200).json();
        assert_eq!(found["customers"], json!([]));
    }
}

#[test]
fn nobody_is_looked_up_by_an_identifier_with_a_bound_key() {
    let (door, key) = lived();
    for value in ["ana", "ana%40example.com", "nobody"] {
        let answer =
            door.with_key(&key, "GET", &format!("/api/v1/customers?identifier={value}"), "").expect(403).json();
        assert!(answer["detail"].as_str().unwrap().contains("by their ids"), "{answer}");
    }
}

#[test]
fn what_is_not_made_for_bound_keys_says_so() {
    let (door, key) = lived();
    for path in ["events/export", "events/count", "dead-letters", "audit", "keys", "rates"] {
        door.with_key(&key, "GET", &format!("/api/v1/{path}"), "").expect(403);
    }
    let answer = door.with_key(&key, "GET", "/api/v1/events/export", "").json();
    assert_eq!(
        answer["detail"],
        "the key `manager` is bound to the unit `ES`; this takes a key for the whole organisation"
    );
}

#[test]
fn a_unit_that_moves_takes_its_events_along() {
    let (door, key) = lived();
    let customers = || door.with_key(&key, "GET", "/api/v1/journeys/map", "").json()["over"]["customers"].clone();
    assert_eq!(customers(), 2);
    door.owner("PUT", "/api/v1/units/ES-2", r#"{"parent":"MX"}"#).expect(200);
    assert_eq!(customers(), 1);
    door.owner("PUT", "/api/v1/units/MX-1", r#"{"parent":"ES-1"}"#).expect(200);
    assert_eq!(customers(), 2);
}

/// A history of five customers with events of six activities here and there.
fn history(random: &mut StdRng) -> Vec<Event> {
    let customers = ["ana", "luis", "eva", "sol", "teo"];
    let activities = ["Menu Viewed", "Product Added", "Order Completed", "Call Started", "Bought", "Tasted"];
    let mut events = Vec::new();
    for _ in 0..random.random_range(0..40) {
        let shop = random.random_bool(0.6).then(|| SHOPS.choose(random).unwrap().0);
        events.push(Event {
            customer: customers.choose(random).unwrap(),
            activity: activities.choose(random).unwrap(),
            shop,
            minute: random.random_range(0..600),
            revenue: random.random_bool(0.3).then(|| random.random_range(1..90)),
            is_identify: random.random_bool(0.1),
        });
    }
    events
}

/// The events of those who did something below one of the shops, without what happened in others: as one would say it.
fn only(events: &[Event], shops: &[&str]) -> Vec<Event> {
    let is_below = |event: &Event| event.shop.is_some_and(|shop| shops.contains(&shop));
    let there: BTreeSet<&str> =
        events.iter().filter(|event| is_below(event) && !event.is_identify).map(|event| event.customer).collect();
    let is_shown = |event: &&Event| there.contains(event.customer) && (event.shop.is_none() || is_below(event));
    events.iter().filter(is_shown).cloned().collect()
}

/// What a timeline says, without what depends on when and in which order it arrived.
fn told(timeline: &Value) -> Vec<String> {
    let events = timeline["events"].as_array().unwrap().iter();
    let told = events.map(|event| {
        ["kind", "activity", "unit", "occurred_at", "amount", "properties"]
            .map(|name| event[name].to_string())
            .join(" ")
    });
    told.collect()
}

#[test]
fn a_bound_key_answers_like_an_installation_with_only_that_part() {
    let questions = [
        "journeys/map?medians=true",
        "journeys/map?from=2026-01-01&to=2026-01-02",
        "journeys/map?from=2026-01-02",
        "journeys/funnel?steps=Menu%20Viewed,Order%20Completed&window=2h",
        "journeys/funnel?steps=Tasted,Call%20Started,Tasted&window=5h",
        "journeys/paths?from_activity=Menu%20Viewed&length=3",
        "journeys/paths?from_activity=Bought&length=2",
        "journeys/paths?from_activity=Taste&length=2",
        "activities",
    ];
    for seed in 0..10 {
        let mut random = StdRng::seed_from_u64(seed);
        let events = history(&mut random);
        let (unit, shops) =
            *[("ES", &["ES-1", "ES-2"][..]), ("MX-2", &["MX-2"]), ("brand", &["ES-1", "ES-2", "MX-1", "MX-2"])]
                .choose(&mut random)
                .unwrap();
        let (whole, part) = (Door::open(), Door::open());
        draw_tree(&whole);
        send(&whole, &events);
        send(&part, &only(&events, shops));
        for door in [&whole, &part] {
            let alias = json!({"alias_of": "Order Completed"}).to_string();
            door.owner("PUT", "/api/v1/activities/Bought", alias).expect(200);
        }
        let key = whole.create_bound_key("manager", unit);
        for question in questions {
            let path = format!("/api/v1/{question}");
            let (bound, rebuilt) = (whole.with_key(&key, "GET", &path, ""), part.get(&path));
            assert_eq!(bound.status, rebuilt.status, "seed {seed}: {question}");
            let (mut bound, mut rebuilt) = (bound.json(), rebuilt.json());
            for answer in [&mut bound, &mut rebuilt] {
                answer.as_object_mut().unwrap().remove("request_id");
            }
            if question == "activities" {
                let seen = |answer: &Value| -> Vec<Value> {
                    let all = answer["activities"].as_array().unwrap().iter();
                    all.filter(|activity| activity["is_seen"] == true).cloned().collect()
                };
                assert_eq!(seen(&bound), seen(&rebuilt), "seed {seed}: {question}");
            } else {
                assert_eq!(bound, rebuilt, "seed {seed}: {question} of {unit} over {events:?}");
            }
        }
        let mut by_customer: BTreeMap<&str, usize> = BTreeMap::new();
        events.iter().for_each(|event| *by_customer.entry(event.customer).or_default() += 1);
        for customer in by_customer.keys() {
            let id = id_of(&whole, customer);
            let seen = whole.with_key(&key, "GET", &format!("/api/v1/customers/{id}/events"), "");
            let in_part = part.get(&format!("/api/v1/customers?identifier={customer}")).json();
            let Some(id_in_part) = in_part["customers"][0]["id"].as_str() else {
                assert_eq!(seen.status, 404, "seed {seed}: {customer} is nobody there");
                continue;
            };
            let expected = part.get(&format!("/api/v1/customers/{id_in_part}/events")).json();
            assert_eq!(told(&seen.expect(200).json()), told(&expected), "seed {seed}: {customer}");
            let value = whole.with_key(&key, "GET", &format!("/api/v1/customers/{id}"), "").expect(200).json();
            let expected = part.get(&format!("/api/v1/customers/{id_in_part}")).json();
            for name in ["value", "events", "first_event_at", "last_event_at"] {
                assert_eq!(value[name], expected[name], "seed {seed}: {name} of {customer}");
            }
        }
    }
}

/// Orders of two shops, each with a note: below ES a number, below MX a word.
fn noted(laid_out: &[&str]) -> (Door, String) {
    let laid_out = laid_out.iter().map(|name| (*name).to_owned()).collect();
    let door = Door::open_with(|settings| settings.timeline_properties = Some(laid_out));
    draw_tree(&door);
    let order = |customer: &str, shop: &str, name: &str, note: Value| {
        json!({"type": "track", "userId": customer, "event": "Order Completed", "messageId": customer,
               "timestamp": "2026-01-05T12:00:00Z", "properties": {"store_id": shop, name: note}})
    };
    let batch = [
        order("ana", "ES-1", "note", json!(3)),
        order("luis", "MX-1", "note", json!("gold")),
        order("eva", "MX-1", "vip", json!("gold")),
    ];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    let key = door.create_bound_key("manager", "ES");
    (door, key)
}

#[test]
fn findings_about_values_are_of_those_that_a_bound_key_sees() {
    for laid_out in [&[][..], &["note", "vip"]] {
        let (door, key) = noted(laid_out);
        for period in ["", "&from=2026-01-05&to=2026-01-06"] {
            let findings = |key: &str, question: &str| {
                let path = format!("/api/v1/journeys/{question}{period}");
                door.with_key(key, "GET", &path, "").expect(200).json()["findings"].to_string()
            };
            for question in [
                "attribution?outcome=Order%20Completed&value=note",
                "frictions?goal=Order%20Completed&value=note",
                "funnel?step=Order%20Completed%5Bnote%3E2%5D",
            ] {
                assert!(findings(&door.read_key, question).contains("value_not_a_number"), "{question}{period}");
                assert!(!findings(&key, question).contains("value_not_a_number"), "{question}{period}");
            }
            for question in ["attribution?outcome=Order%20Completed&value=vip", "funnel?step=Order%20Completed&by=vip"]
            {
                assert!(!findings(&door.read_key, question).contains("value_never_seen"), "{question}{period}");
                let of_part = findings(&key, question);
                assert!(of_part.contains("value_never_seen") && !of_part.contains("did you mean"), "{of_part}");
            }
        }
    }
}
