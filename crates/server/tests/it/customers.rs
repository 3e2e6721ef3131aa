//! Customers: found, shown, merged and un-merged.

use serde_json::{Value, json};

use crate::door::Door;

fn find(door: &Door, value: &str) -> Value {
    let path =
        format!("/api/v1/customers?identifier={}", value.replace('@', "%40").replace('+', "%2B").replace(' ', "%20"));
    let answer = door.with_key(&door.read_key, "GET", &path, "").expect(200).json();
    let customers = answer["customers"].as_array().unwrap();
    assert_eq!(customers.len(), 1, "{answer}");
    customers[0].clone()
}

#[test]
fn a_customer_is_found_by_anything_they_are_known_by() {
    let door = Door::open();
    let identify = r#"{"userId":"ana","anonymousId":"web-1","traits":{"email":"Ana@Example.es","plan":"gold"}}"#;
    door.collect("/v1/identify", identify).expect(200);
    let by_user = find(&door, "ana");
    assert_eq!(by_user["id"], find(&door, "web-1")["id"]);
    assert_eq!(by_user["id"], find(&door, "ANA@example.es")["id"]);
    let id = by_user["id"].as_str().unwrap();
    assert_eq!(find(&door, id)["id"], id);

    let shown = door.get(&format!("/api/v1/customers/{id}")).expect(200).json();
    assert_eq!(shown["events"], 1);
    assert!(shown["identifiers"].as_array().unwrap().iter().any(|known| known["kind"] == "email"));
    assert!(
        shown["traits"].as_array().unwrap().iter().any(|known| known["name"] == "plan" && known["value"] == "gold")
    );

    assert_eq!(door.get("/api/v1/customers?identifier=nobody").json()["customers"], json!([]));
    door.get("/api/v1/customers/cus_9999").expect(404);
    door.get("/api/v1/customers/17").expect(400);
    door.get("/api/v1/customers?identifier=").expect(400);
}

#[test]
fn a_timeline_comes_in_order_and_in_pages() {
    let door = Door::open();
    door.lived(&[("ana", "C", 3), ("ana", "A", 1), ("ana", "B", 2)]);
    let id = find(&door, "ana")["id"].as_str().unwrap().to_owned();
    let first = door.get(&format!("/api/v1/customers/{id}/events?limit=2")).expect(200).json();
    let names = |page: &Value| {
        page["events"].as_array().unwrap().iter().map(|event| event["activity"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&first), ["A", "B"]);
    let next = first["next"].as_str().unwrap();
    let rest = door.get(&format!("/api/v1/customers/{id}/events?limit=2&after={next}")).json();
    assert_eq!(names(&rest), ["C"]);
    assert!(rest["next"].is_null());
    door.get(&format!("/api/v1/customers/{id}/events?after=x")).expect(400);
}

#[test]
fn a_timeline_is_filtered_and_turned_round() {
    let door = Door::open();
    let event = |name: &str, day: u32, channel: Option<&str>| {
        json!({"type": "track", "userId": "ana", "event": name, "messageId": format!("{name}-{day}"),
               "timestamp": format!("2026-01-{day:02}T12:00:00Z"),
               "properties": channel.map_or(json!({}), |channel| json!({"channel": channel}))})
    };
    let batch =
        [event("A", 1, Some("web")), event("B", 2, Some("store")), event("A", 3, Some("web")), event("C", 4, None)];
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door.collect("/v1/identify", r#"{"userId":"ana","timestamp":"2026-01-05T12:00:00Z"}"#).expect(200);
    let id = find(&door, "ana")["id"].as_str().unwrap().to_owned();
    let list = |query: &str| door.get(&format!("/api/v1/customers/{id}/events?{query}")).expect(200).json();
    let told = |page: &Value| -> Vec<String> {
        let events = page["events"].as_array().unwrap().iter();
        events
            .map(|event| {
                event["activity"].as_str().unwrap_or("-").to_owned() + &event["occurred_at"].as_str().unwrap()[8..10]
            })
            .collect()
    };
    for (query, expected) in [
        ("", &["A01", "B02", "A03", "C04", "-05"][..]),
        ("order=desc", &["-05", "C04", "A03", "B02", "A01"]),
        ("channel=web", &["A01", "A03"]),
        ("channel=store&channel=web&kind=track", &["A01", "B02", "A03"]),
        ("kind=identify", &["-05"]),
        ("kind=track&order=desc&from=2026-01-02&to=2026-01-04", &["A03", "B02"]),
        ("activity=A&activity=B&order=desc", &["A03", "B02", "A01"]),
    ] {
        let page = list(query);
        assert_eq!(told(&page), expected, "{query}");
        assert_eq!(
            page["kinds"],
            json!([{"name": "track", "events": 4}, {"name": "identify", "events": 1}]),
            "{query}"
        );
        assert_eq!(page["channels"][0], json!({"name": "store", "events": 1}));
    }
    let newest = list("order=desc&limit=2&kind=track");
    assert_eq!((told(&newest), &newest["total"]), (vec!["C04".to_owned(), "A03".to_owned()], &json!(4)));
    let rest = list(&format!("order=desc&limit=2&kind=track&after={}", newest["next"].as_str().unwrap()));
    assert_eq!((told(&rest), &rest["next"]), (vec!["B02".to_owned(), "A01".to_owned()], &Value::Null));
    for (query, part) in [
        ("order=up", "asc or desc"),
        ("kind=click", "track, page"),
        ("color=red", "no parameter"),
        ("limit=x", "a number"),
        ("activity=a", "did you mean `A`?"),
        ("activity=Nothing%20like%20it", "there is no activity `Nothing like it`"),
        ("channel=webb", "did you mean `web`?"),
        ("from=2026-02-01&to=2026-01-01", "ends before"),
    ] {
        let answer = door.get(&format!("/api/v1/customers/{id}/events?{query}")).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{query}: {answer}");
    }
}

#[test]
fn a_merge_tells_what_it_joined_and_what_showed_it() {
    let door = Door::open();
    door.collect("/v1/track", r#"{"userId":"ana","anonymousId":"web-1","event":"Signed In"}"#).expect(200);
    let id = find(&door, "ana")["id"].as_str().unwrap().to_owned();
    let shown = door.get(&format!("/api/v1/customers/{id}")).expect(200).json();
    let merge = &shown["merges"][0];
    let mut parts: Vec<String> =
        merge["parts"].as_array().unwrap().iter().map(|part| part["value"].as_str().unwrap().to_owned()).collect();
    parts.sort();
    assert_eq!(parts, ["ana", "web-1"]);
    assert_eq!(merge["evidence_event"]["activity"], "Signed In");
    assert_eq!(merge["evidence_event"]["source"], "shop");
}

#[test]
fn a_merge_is_shown_done_and_undone() {
    let door = Door::open();
    door.lived(&[("ana-web", "Menu Viewed", 1), ("ana-shop", "Order Completed", 2)]);
    let (web, shop) = (find(&door, "ana-web")["id"].clone(), find(&door, "ana-shop")["id"].clone());
    let edges = || door.get("/api/v1/journeys/map").json()["edges"].as_array().unwrap().len();
    let pair = json!({"customers": [web, shop]}).to_string();

    let preview = door.owner("POST", "/api/v1/merges?dry_run=true", pair.clone()).expect(200).json();
    assert_eq!(preview["is_done"], false);
    assert_eq!(preview["before"].as_array().unwrap().len(), 2);
    assert_eq!(preview["after"].as_array().unwrap().len(), 1);
    assert_eq!(edges(), 0);

    let merged = door.owner("POST", "/api/v1/merges", pair.clone()).expect(200).json();
    assert_eq!(merged["is_done"], true);
    assert_eq!(merged["merge"]["rule"], "manual");
    assert_eq!(edges(), 1);
    assert_eq!(find(&door, "ana-web")["id"], find(&door, "ana-shop")["id"]);
    assert_eq!(find(&door, "ana-shop")["id"], merged["customer"]);
    door.owner("POST", "/api/v1/merges", pair).expect(409);

    let merge = merged["merge"]["id"].as_str().unwrap();
    let preview = door.owner("POST", &format!("/api/v1/merges/{merge}/undo?dry_run=true"), "").expect(200).json();
    assert_eq!(preview["after"].as_array().unwrap().len(), 2);
    assert_eq!(edges(), 1);
    door.owner("POST", &format!("/api/v1/merges/{merge}/undo"), "").expect(200);
    assert_eq!(edges(), 0);
    assert_eq!(find(&door, "ana-web")["id"], web);

    let actions: Vec<_> = door.get("/api/v1/audit").json()["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].clone())
        .collect();
    assert_eq!(actions[..2], ["customer.unmerge", "customer.merge"]);
}

#[test]
fn customers_to_merge_may_be_named_by_what_they_are_known_by() {
    let door = Door::open();
    door.lived(&[("ana-web", "A", 1), ("ana-shop", "B", 2)]);
    let pair = json!({"customers": ["ana-web", "ana-shop"]}).to_string();
    door.owner("POST", "/api/v1/merges", pair).expect(200);
    let unknown = json!({"customers": ["ana-web", "nobody"]}).to_string();
    let answer = door.owner("POST", "/api/v1/merges", unknown).expect(404).json();
    assert!(answer["detail"].as_str().unwrap().contains("nobody"));
    door.owner("POST", "/api/v1/merges", json!({"customers": ["ana-web"]}).to_string()).expect(400);
    let answer = door.owner("POST", "/api/v1/merges/mrg_77/undo", "").expect(404).json();
    assert!(answer["detail"].as_str().unwrap().contains("mrg_77"));
}
