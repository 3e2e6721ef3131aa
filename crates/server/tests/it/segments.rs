//! Segments: kept for everybody, found anew, and usable in every question.

use domain::SegmentId;
use domain::ports::Segment;
use serde_json::{Value, json};

use crate::door::{Door, HandClock};

/// 20 January 2026, a Tuesday, in UTC.
const NOW_MS: i64 = 1_768_910_400_000;

fn lived() -> Door {
    let door = Door::open_at(|_| {}, |_| {}, HandClock::at(NOW_MS));
    door.lived(&[
        ("ana", "Menu Viewed", 1),
        ("ana", "Order Completed", 3),
        ("luis", "Menu Viewed", 1),
        ("luis", "Order Completed", 19),
        ("eva", "Menu Viewed", 5),
    ]);
    door
}

fn keep(door: &Door, name: &str, customers: &str) -> Value {
    let new = json!({"name": name, "customers": customers});
    door.owner("POST", "/api/v1/segments", new.to_string()).expect(201).json()
}

fn customers(door: &Door, question: &str) -> u64 {
    let answer = door.get(&format!("/api/v1/journeys/map?{question}")).expect(200).json();
    answer["over"]["customers"].as_u64().unwrap()
}

#[test]
fn a_segment_is_kept_used_and_deleted() {
    let door = lived();
    let buyers = keep(&door, " Compradores ", "activity=Order%20Completed");
    assert_eq!((&buyers["id"], &buyers["name"]), (&json!("seg_1"), &json!("Compradores")));
    assert_eq!(door.get("/api/v1/segments").expect(200).json()["segments"], json!([buyers]));
    assert_eq!(door.get("/api/v1/segments/seg_1").expect(200).json(), buyers);

    assert_eq!(customers(&door, "segment=seg_1"), 2);
    assert_eq!(customers(&door, "without_segment=seg_1"), 1);
    assert_eq!(customers(&door, "segment=seg_1&without_segment=seg_1"), 0);
    let over = door.get("/api/v1/journeys/map?segment=seg_1").json()["over"].clone();
    assert_eq!((&over["events"], &over["segments"]), (&json!(4), &json!(["Compradores"])));
    let funnel = "/api/v1/journeys/funnel?step=Menu%20Viewed&step=Order%20Completed&segment=seg_1";
    let steps = door.get(funnel).expect(200).json()["steps"].clone();
    assert_eq!((&steps[0]["customers"], &steps[1]["customers"]), (&json!(2), &json!(1)));
    let behind = door.get("/api/v1/journeys/customers?activity=Menu%20Viewed&segment=seg_1").expect(200).json();
    assert_eq!(behind["total"], 2);
    assert_eq!(door.get("/api/v1/journeys/customers?everybody=true").expect(200).json()["total"], 3);

    // Somebody who buys belongs to it at once.
    door.lived(&[("eva", "Order Completed", 20)]);
    assert_eq!(customers(&door, "segment=seg_1"), 3);

    door.owner("DELETE", "/api/v1/segments/seg_1", "").expect(204);
    door.owner("DELETE", "/api/v1/segments/seg_1", "").expect(404);
    door.get("/api/v1/journeys/map?segment=seg_1").expect(404);
    let audit = door.get("/api/v1/audit").json();
    let actions: Vec<&Value> = audit["entries"].as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions[..2], ["segment.delete", "segment.create"]);
}

#[test]
fn segments_meet_and_are_told_apart() {
    let door = lived();
    keep(&door, "Compradores", "activity=Order%20Completed");
    keep(&door, "Pronto", "step=Menu%20Viewed&step=Order%20Completed&window=7d&reached=2");
    assert_eq!(customers(&door, "segment=seg_2"), 1);
    assert_eq!(customers(&door, "segment=seg_1&segment=seg_2"), 1);
    assert_eq!(customers(&door, "segment=seg_1&without_segment=seg_2"), 1);
    assert_eq!(customers(&door, "without_segment=seg_1&without_segment=seg_2"), 1);
}

#[test]
fn the_last_days_are_counted_from_today() {
    let door = lived();
    // Today, the 20th, is one of the two.
    assert_eq!(customers(&door, "days=2"), 1);
    assert_eq!(customers(&door, "days=1"), 0);
    keep(&door, "Recientes", "activity=Order%20Completed&days=2");
    assert_eq!(customers(&door, "segment=seg_1"), 1);
    let sizes = door.get("/api/v1/segments/seg_1/sizes?weeks=3").expect(200).json();
    // The 19th is a Monday; what was lived on it is not before it.
    assert_eq!(sizes["customers"], 1);
    let weeks = json!([
        {"day": "2026-01-05", "customers": 1},
        {"day": "2026-01-12", "customers": 0},
        {"day": "2026-01-19", "customers": 0},
    ]);
    assert_eq!(sizes["weeks"], weeks);
}

#[test]
fn a_size_over_time_is_by_what_was_lived_before() {
    let door = lived();
    keep(&door, "Compradores", "activity=Order%20Completed");
    keep(&door, "De enero tarde", "activity=Order%20Completed&from=2026-01-18&to=2026-01-30");
    let weeks = |id: &str| {
        let sizes = door.get(&format!("/api/v1/segments/{id}/sizes?weeks=3")).expect(200).json();
        sizes["weeks"].as_array().unwrap().iter().map(|week| week["customers"].as_u64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(weeks("seg_1"), [1, 1, 1]);
    assert_eq!(weeks("seg_2"), [0, 0, 0]);
    let sizes = door.get("/api/v1/segments/seg_1/sizes").expect(200).json();
    assert_eq!((sizes["customers"].as_u64(), sizes["weeks"].as_array().unwrap().len()), (Some(2), 12));
}

#[test]
fn what_makes_no_segment_says_why() {
    let door = lived();
    keep(&door, "Compradores", "activity=Order%20Completed");
    for (name, customers, status, part) in [
        ("COMPRADORES", "activity=Menu%20Viewed", 409, "already a segment"),
        (" ", "activity=Menu%20Viewed", 400, "1 to 120"),
        ("a\u{7}b", "activity=Menu%20Viewed", 400, "one line"),
        ("a", "", 400, "say behind what"),
        ("a", "activity=Menu%20Vewed", 400, "did you mean `Menu Viewed`"),
        ("a", "activity=Menu%20Viewed&limit=3", 400, "leave `limit` out"),
        ("a", "activity=Menu%20Viewed&segment=seg_1", 400, "not made of other segments"),
        ("a", "activity=Menu%20Viewed&days=0", 400, "1 to 36,600"),
        ("a", "activity=Menu%20Viewed&days=3&from=2026-01-01", 400, "counts back from today"),
        ("a", "nothing=1", 400, "no parameter `nothing`"),
    ] {
        let new = json!({"name": name, "customers": customers}).to_string();
        let answer = door.owner("POST", "/api/v1/segments", new).expect(status).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{customers}: {answer}");
    }
    let long = json!({"name": "a", "customers": format!("activity={}", "x".repeat(17_000))}).to_string();
    door.owner("POST", "/api/v1/segments", long).expect(413);
    for (path, status) in [
        ("/api/v1/journeys/map?segment=seg_9", 404),
        ("/api/v1/journeys/map?segment=nine", 400),
        ("/api/v1/segments/seg_1/sizes?weeks=54", 400),
        ("/api/v1/customers/cus_1/events?segment=seg_1", 400),
    ] {
        door.get(path).expect(status);
    }
}

#[test]
fn a_key_bound_to_a_unit_counts_whom_it_sees() {
    let door = lived();
    keep(&door, "Compradores", "activity=Order%20Completed");
    door.owner("PUT", "/api/v1/units/madrid", json!({"kind": "shop"}).to_string());
    let key = door.create_bound_key("madrid", "madrid");
    let sizes = door.with_key(&key, "GET", "/api/v1/segments/seg_1/sizes?weeks=1", "").expect(200).json();
    assert_eq!(sizes["customers"], 0, "nobody was there");
}

#[test]
fn a_segment_that_cannot_be_read_is_not_nobody_to_a_key_bound_to_a_unit() {
    let door = lived();
    door.owner("PUT", "/api/v1/units/madrid", json!({"kind": "shop"}).to_string());
    let event = json!({"type": "track", "userId": "ana", "event": "Order Completed", "messageId": "m-madrid",
                       "timestamp": "2026-01-19T12:00:00Z", "properties": {"store_id": "madrid"}});
    door.collect("/v1/batch", json!({"batch": [event]}).to_string()).expect(200);
    let key = door.create_bound_key("madrid", "madrid");
    // It was kept when more of these were laid out.
    let conditions: String = (0..65).map(|number| format!("%5Bp{number}=1%5D")).collect();
    let segment = Segment {
        id: SegmentId(0),
        name: "Of long ago".to_owned(),
        customers: format!("step=Order%20Completed{conditions}&reached=1"),
        created_by: "owner".to_owned(),
        created_at: NOW_MS,
    };
    let audit = door.app.audit_entry_of("owner", "segment.create", &segment.name, json!({}));
    door.app.state.segments.create_segment(&segment, &audit).unwrap();
    for key in [&door.read_key, &key] {
        for path in ["journeys/map?without_segment=seg_1", "segments/seg_1/sizes?weeks=0"] {
            let answer = door.with_key(key, "GET", &format!("/api/v1/{path}"), "").expect(413).json();
            assert!(answer["detail"].as_str().unwrap().contains("too many properties"), "{answer}");
            assert_eq!(answer["code"], "too_large");
        }
    }
    keep(&door, "Menus", "activity=Menu%20Viewed");
    let path = "/api/v1/journeys/map?without_segment=seg_2";
    let seen = door.with_key(&key, "GET", path, "").expect(200).json();
    assert_eq!(seen["over"]["customers"], 0, "ana viewed the menu, in no unit");
}

#[test]
fn a_funnel_is_broken_down_by_segments_that_overlap() {
    let door = Door::open();
    // All view; ana, luis and eva order; ana and eva call; paz does nothing else.
    let mut lived: Vec<(&str, &str, u32)> =
        ["ana", "luis", "eva", "paz", "sol"].map(|who| (who, "Menu Viewed", 1)).to_vec();
    lived.extend([("ana", "Order Completed", 3), ("luis", "Order Completed", 3), ("eva", "Order Completed", 3)]);
    lived.extend([
        ("ana", "Call Started", 2),
        ("sol", "Call Started", 2),
        ("luis", "Chat Started", 2),
        ("sol", "Chat Started", 2),
    ]);
    door.lived(&lived);
    let steps = "step=Menu%20Viewed&step=Order%20Completed&window=30d";
    let funnel = |more: &str| door.get(&format!("/api/v1/journeys/funnel?{steps}&{more}"));
    let refused = funnel("by=segment").expect(400).json();
    assert!(refused["detail"].as_str().unwrap().contains("no segment is kept"), "{refused}");
    let keep = |name: &str, customers: &str| {
        let new = json!({"name": name, "customers": customers}).to_string();
        door.owner("POST", "/api/v1/segments", new).expect(201);
    };
    keep("Callers", "activity=Call%20Started");
    keep("Chatters", "activity=Chat%20Started");
    keep("Buyers", "activity=Order%20Completed");

    let whole = funnel("by=segment").expect(200).json()["breakdown"].clone();
    let rows = |breakdown: &Value| -> Vec<(String, String, u64, u64)> {
        let groups = breakdown["groups"].as_array().unwrap().iter();
        let text = |group: &Value, name: &str| group[name].as_str().unwrap().to_owned();
        let reached = |group: &Value, step: usize| group["steps"][step]["customers"].as_u64().unwrap();
        groups.map(|group| (text(group, "value"), text(group, "name"), reached(group, 0), reached(group, 1))).collect()
    };
    let row = |id: &str, name: &str, first, last| (id.to_owned(), name.to_owned(), first, last);
    assert_eq!(
        rows(&whole),
        [row("seg_3", "Buyers", 3, 3), row("seg_1", "Callers", 2, 1), row("seg_2", "Chatters", 2, 1)]
    );
    // Each against the rest is what the same funnel says of those who belong to it and those who do not.
    for group in whole["groups"].as_array().unwrap() {
        let share = |more: &str| {
            let last = funnel(&format!("{more}={}", group["value"].as_str().unwrap())).expect(200).json();
            last["steps"][1]["share"].as_f64().unwrap()
        };
        let difference = group["steps"][1]["against_the_rest"]["difference"].as_f64().unwrap();
        assert!((difference - (share("segment") - share("without_segment"))).abs() < 1e-12, "{group}");
        let behind = format!(
            "/api/v1/journeys/customers?{steps}&reached=2&by=segment&value={}",
            group["value"].as_str().unwrap()
        );
        assert_eq!(door.get(&behind).expect(200).json()["total"], group["steps"][1]["customers"]);
    }

    let two = funnel("by=segment&of_segment=seg_1&of_segment=seg_2&compare=seg_1&compare=seg_2").expect(200).json();
    let compared = &two["breakdown"]["comparison"];
    assert_eq!(two["breakdown"]["groups"].as_array().unwrap().len(), 2);
    assert_eq!((&compared["first"], &compared["in_both"]), (&json!("seg_1"), &json!(1)), "sol is in both");
    assert_eq!(compared["steps"][1]["difference"], 0.0, "ana against luis: {compared}");
    let of_buyers = funnel("by=segment&segment=seg_3&of_segment=seg_1").expect(200).json();
    assert_eq!(rows(&of_buyers["breakdown"]), [row("seg_1", "Callers", 1, 1)], "among the customers that are asked of");

    for (more, status, part) in [
        ("by=segment&of_segment=seg_9", 404, "seg_9"),
        ("by=segment&of_segment=seg_1&compare=seg_1&compare=seg_2", 400, "`seg_2` is none of the segments"),
        ("by=segment&compare=seg_1", 400, "names two values"),
        ("by=channel&of_segment=seg_1", 400, "goes with `by=segment`"),
        ("of_segment=seg_1", 400, "goes with `by=segment`"),
    ] {
        let answer = funnel(more).expect(status).json();
        assert!(answer["detail"].as_str().unwrap().contains(part), "{more}: {answer}");
    }
    let new = json!({"name": "Of a segment", "customers": format!("{steps}&reached=2&by=segment&value=seg_1")});
    let answer = door.owner("POST", "/api/v1/segments", new.to_string()).expect(400).json();
    assert!(answer["detail"].as_str().unwrap().contains("not made of other segments"), "{answer}");
}
