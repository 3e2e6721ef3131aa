//! Customers behind an element: as many as it says, with merges, late events, periods and channels.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use crate::door::Door;

fn lived() -> Door {
    let door = Door::open();
    door.lived(&[
        ("ana", "Menu Viewed", 1),
        ("ana", "Product Added", 2),
        ("ana", "Order Completed", 3),
        ("luis", "Menu Viewed", 1),
        ("luis", "Order Completed", 20),
        ("eva", "Menu Viewed", 5),
    ]);
    let identify = r#"{"userId":"ana","anonymousId":"web-1","traits":{"email":"ana@example.es","firstName":"Ana","lastName":"García"}}"#;
    door.collect("/v1/identify", identify).expect(200);
    door
}

fn ask(door: &Door, query: &str) -> Value {
    door.get(&format!("/api/v1/journeys/customers?{query}").replace(' ', "%20")).expect(200).json()
}

fn users(answer: &Value) -> Vec<&str> {
    let customers = answer["customers"].as_array().unwrap().iter();
    customers.map(|customer| customer["identifiers"][0]["value"].as_str().unwrap()).collect()
}

#[test]
fn customers_behind_an_element_say_who_they_are() {
    let door = lived();
    let answer = ask(&door, "activity=Product Added");
    assert_eq!((&answer["total"], &answer["next"]), (&json!(1), &Value::Null));
    let ana = &answer["customers"][0];
    assert_eq!((&ana["name"], &ana["activities"]), (&json!("Ana García"), &json!(3)));
    let kinds: Vec<&Value> = ana["identifiers"].as_array().unwrap().iter().map(|known| &known["kind"]).collect();
    assert_eq!(kinds, ["user_id", "email", "anonymous_id"]);
    assert_eq!(ana["first_activity_at"], "2026-01-01T12:00:00.000Z");
    assert_eq!(ana["last_activity_at"], "2026-01-03T12:00:00.000Z");

    for (query, expected) in [
        ("activity=Menu Viewed", &["ana", "luis", "eva"][..]),
        ("from_activity=Menu Viewed&to_activity=Order Completed", &["luis"]),
        ("starts_with=Menu Viewed&from=2026-01-02", &["eva"]),
        ("ends_with=Menu Viewed", &["eva"]),
        ("path=Menu Viewed&path=Product Added", &["ana"]),
        ("path=Menu Viewed&ends=true", &["eva"]),
        ("tail_of=Menu Viewed&length=2&top=1", &["luis", "eva"]),
        ("paths_from=Menu Viewed&length=2&position=2&passing=Product Added", &["ana"]),
        ("paths_from=Menu Viewed&length=2&passing=Menu Viewed", &["ana", "luis"]),
        ("paths_from=Menu Viewed&length=2&passing=Menu Viewed&passing=Order Completed", &["luis"]),
        ("paths_from=Menu Viewed&length=2&top=1&position=2&passing=Order Completed", &[]),
        ("step=Menu Viewed&step=Order Completed&window=7d&reached=2", &["ana"]),
        ("step=Menu Viewed&step=Order Completed&window=7d&dropped_after=1", &["luis", "eva"]),
    ] {
        let found = ask(&door, query);
        assert_eq!(users(&found), expected, "{query}");
        assert_eq!(found["total"], expected.len(), "{query}");
    }
}

#[test]
fn pages_follow_each_other() {
    let door = lived();
    let (mut all, mut after) = (Vec::new(), String::new());
    loop {
        let page = ask(&door, &format!("activity=Menu Viewed&limit=1{after}"));
        assert_eq!(page["total"], 3);
        all.extend(users(&page).into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(all, ["ana", "luis", "eva"]);
}

#[test]
fn a_question_names_one_element() {
    let door = lived();
    for (query, part) in [
        ("", "one thing only"),
        ("activity=Menu Viewed&ends_with=Menu Viewed", "one thing only"),
        ("from_activity=Menu Viewed", "go together"),
        ("step=Menu Viewed", "`reached` or `dropped_after`"),
        ("reached=1", "`reached` or `dropped_after`"),
        ("step=Menu Viewed&reached=2", "steps 1 to 1"),
        ("step=Menu Viewed&dropped_after=1", "one step"),
        ("activity=Menu View", "did you mean `Menu Viewed`?"),
        ("activity=Menu Viewed&after=17", "cus_"),
        ("activity=Menu Viewed&color=red", "no parameter `color`"),
        ("activity=Menu Viewed&format=pdf", "json and csv"),
        ("tail_of=Menu Viewed&top=0", "1 to 10000"),
        ("paths_from=Menu Viewed", "go together"),
        ("paths_from=Menu Viewed&length=2&position=3&passing=Menu Viewed", "1 to 2 here"),
        ("paths_from=Menu Viewed&length=2&position=0&passing=Menu Viewed", "1 to 2 here"),
    ] {
        for format in ["", "&format=csv"].into_iter().take(if query.contains("format") { 1 } else { 2 }) {
            let path = format!("/api/v1/journeys/customers?{query}{format}").replace(' ', "%20");
            let answer = door.get(&path).expect(400).json();
            assert!(answer["detail"].as_str().unwrap().contains(part), "{query}: {answer}");
        }
    }
}

#[test]
fn everybody_behind_an_element_comes_as_csv_and_leaves_a_trace() {
    let door = lived();
    door.collect("/v1/identify", r#"{"userId":"luis","traits":{"name":"=HYPERLINK(\"x\")"}}"#).expect(200);
    let answer = door.get("/api/v1/journeys/customers?activity=Menu%20Viewed&format=csv&limit=1").expect(200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    let text = String::from_utf8(answer.body.clone()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 4, "{text}");
    assert!(
        lines[1].contains(",Ana García,ana,ana@example.es,,anonymous_id:web-1,3,2026-01-01T12:00:00.000Z"),
        "{text}"
    );
    assert!(lines[2].contains("'=HYPERLINK"), "{text}");
    assert_eq!(door.get("/api/v1/audit").json()["entries"][0]["action"], "customers.export");
}

#[test]
fn a_bound_key_sees_those_of_its_units_and_not_who_they_are() {
    let door = Door::open();
    door.owner("PUT", "/api/v1/units/ES-1", "{}").expect(200);
    let event = |customer: &str, shop: &str, minute: u32| {
        json!({"type": "track", "userId": customer, "event": "Visited", "messageId": format!("{customer}-{minute}"),
               "timestamp": format!("2026-01-01T00:{minute:02}:00Z"), "properties": {"store_id": shop}})
    };
    let batch = [event("ana", "ES-1", 1), event("ana", "MX-1", 2), event("luis", "MX-1", 3)];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door.collect("/v1/identify", r#"{"userId":"ana","traits":{"name":"Ana García"}}"#).expect(200);
    let key = door.create_bound_key("manager", "ES-1");
    let path = "/api/v1/journeys/customers?activity=Visited";
    let seen = door.with_key(&key, "GET", path, "").expect(200).json();
    assert_eq!((&seen["total"], &seen["customers"][0]["activities"]), (&json!(1), &json!(1)));
    assert_eq!((&seen["customers"][0]["name"], &seen["customers"][0]["identifiers"]), (&Value::Null, &json!([])));
    let csv = door.with_key(&key, "GET", &format!("{path}&format=csv"), "").expect(200);
    let text = String::from_utf8(csv.body).unwrap();
    assert!(!text.contains("Ana") && text.lines().count() == 2, "{text}");
}

/// Sends events of a few people under two names each, some late, and merges some of them.
fn random_history(random: &mut StdRng) -> Door {
    let door = Door::open();
    let people = ["ana", "ana-web", "luis", "luis-web", "eva", "sol"];
    let activities = ["Searched", "Asked", "Bought", "Returned"];
    for round in 0..3 {
        let batch: Vec<Value> = (0..random.random_range(5..20))
            .map(|number| {
                let channel = ["web", "store"].choose(random).filter(|_| random.random_bool(0.8));
                let mut event = json!({
                    "type": "track", "userId": people.choose(random).unwrap(), "event": activities.choose(random).unwrap(),
                    "messageId": format!("{round}-{number}"),
                    "timestamp": format!("2026-01-{:02}T{:02}:00:00Z", random.random_range(1..5), random.random_range(0..24)),
                });
                if let Some(channel) = channel {
                    event["properties"] = json!({"channel": channel});
                }
                event
            })
            .collect();
        door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
        if round == 1 {
            door.app.log.seal().unwrap();
        }
        let pair = [["ana", "ana-web"], ["luis", "luis-web"], ["eva", "sol"]][round];
        let merge = json!({"customers": pair}).to_string();
        door.owner("POST", "/api/v1/merges", merge);
    }
    door
}

#[test]
fn as_many_are_behind_an_element_as_it_says() {
    for seed in 0..6 {
        let mut random = StdRng::seed_from_u64(seed);
        let door = random_history(&mut random);
        for extent in ["", "&from=2026-01-02&to=2026-01-04", "&channel=web&channel=(none)"] {
            let total = |query: String| -> u64 {
                let mut counted = 0;
                let mut after = String::new();
                loop {
                    let page = ask(&door, &format!("{query}{extent}&limit=2{after}"));
                    counted += page["customers"].as_array().unwrap().len() as u64;
                    let Some(next) = page["next"].as_str() else {
                        assert_eq!(page["total"], counted, "{query}{extent}");
                        return counted;
                    };
                    after = format!("&after={next}");
                }
            };
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let number = |value: &Value| value.as_u64().unwrap();
            let list = |answer: &Value, name: &str| answer[name].as_array().unwrap().clone();
            let map = door.get(&format!("/api/v1/journeys/map?{}", extent.trim_start_matches('&'))).expect(200).json();
            for node in list(&map, "nodes") {
                assert_eq!(total(format!("activity={}", text(&node["activity"]))), number(&node["customers"]));
            }
            for edge in list(&map, "edges") {
                let query = format!("from_activity={}&to_activity={}", text(&edge["from"]), text(&edge["to"]));
                assert_eq!(total(query), number(&edge["customers"]));
            }
            for (ends, parameter) in [("starts", "starts_with"), ("ends", "ends_with")] {
                for end in list(&map, ends) {
                    assert_eq!(total(format!("{parameter}={}", text(&end["activity"]))), number(&end["customers"]));
                }
            }
            let funnel = "step=Searched&step=Bought&step=Returned&window=2d";
            let answer =
                door.get(&format!("/api/v1/journeys/funnel?{funnel}{extent}&after_dropping=true")).expect(200).json();
            let steps = list(&answer, "steps");
            for (position, step) in (1..).zip(&steps) {
                assert_eq!(total(format!("{funnel}&reached={position}")), number(&step["customers"]));
                let Some(next) = steps.get(position) else { continue };
                let dropped = &step["after_dropping"];
                let gone = number(&step["customers"]) - number(&next["customers"]);
                assert_eq!(total(format!("{funnel}&dropped_after={position}")), gone);
                let sum: u64 = list(dropped, "next").iter().map(|next| number(&next["customers"])).sum();
                assert_eq!((number(&dropped["customers"]), sum + number(&dropped["other"]["customers"])), (gone, gone));
            }
            assert!(steps.last().unwrap().get("after_dropping").is_none());
            let path = format!("/api/v1/journeys/paths?from_activity=Searched&length=2&top=3{extent}");
            for path in list(&door.get(&path).expect(200).json(), "paths") {
                let activities: Vec<String> = list(&path, "activities").iter().map(text).collect();
                assert_eq!(total(format!("path={}", activities.join("&path="))), number(&path["customers"]));
            }
        }
    }
}
