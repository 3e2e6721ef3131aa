//! Questions about properties that are not laid out: answered like the others, and they say what was read.

use serde_json::{Value, json};

use crate::door::Door;

/// People who order in two months; `laid_out` is what the timeline holds.
fn ordered(laid_out: &[&str]) -> Door {
    let laid_out: Vec<String> = laid_out.iter().map(|name| (*name).to_owned()).collect();
    let door = Door::open_with(|settings| settings.timeline_properties = Some(laid_out));
    let event = |number: u32| {
        let who = format!("u{}", number % 13);
        let activity = ["Menu Viewed", "Order Completed", "Order Completed"][number as usize % 3];
        let mut properties = json!({"items": number % 7, "store": format!("s{}", number % 4)});
        if number.is_multiple_of(5) {
            properties["coupon"] = json!(["SPRING", "SUMMER"][number as usize / 5 % 2]);
            properties["revenue"] = json!(f64::from(number) + 0.5);
            properties["currency"] = json!(if number.is_multiple_of(2) { "EUR" } else { "USD" });
        }
        json!({"type": "track", "userId": who, "event": activity, "properties": properties, "messageId": number.to_string(),
               "timestamp": format!("2026-{:02}-{:02}T12:00:00Z", 1 + number / 60, 1 + number * 7 % 28)})
    };
    let batch: Vec<Value> = (0..120).map(event).collect();
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

const ALL: [&str; 5] = ["coupon", "currency", "items", "revenue", "store"];

/// Each with what has to be read where nothing is laid out.
const QUESTIONS: [(&str, &[&str]); 14] = [
    ("funnel?step=Order%20Completed%5Bcoupon=SPRING%5D&step=Menu%20Viewed", &["coupon"]),
    ("funnel?step=Menu%20Viewed&step=Order%20Completed%5Bcoupon!=SPRING%5D%5Bitems%3E=3%5D", &["coupon", "items"]),
    ("funnel?step=Menu%20Viewed&step=!Menu%20Viewed%5Bitems%3C2%5D&step=Order%20Completed", &["items"]),
    ("funnel?step=Order%20Completed%5Bcoupon=SPRING%5D&from=2026-02-01", &["coupon"]),
    ("funnel?step=Order%20Completed%5Bcoupon=SUMMER%5D&to=2026-01-20&channel=(none)", &["coupon"]),
    ("funnel?step=Menu%20Viewed&step=Order%20Completed&by=store", &["store"]),
    ("funnel?step=Menu%20Viewed&step=Order%20Completed%5Bitems=3%5D&by=store&count=entries", &["items", "store"]),
    ("funnel?step=Menu%20Viewed&step=Order%20Completed%5Bitems=3%5D&after_dropping=true&order=strict", &["items"]),
    ("customers?step=Order%20Completed%5Bcoupon=SPRING%5D&reached=1&limit=5", &["coupon"]),
    ("customers?step=Menu%20Viewed&step=Order%20Completed&by=store&value=s2&reached=2", &["store"]),
    ("attribution?outcome=Order%20Completed&by=touchpoint&value=revenue&currency=EUR", &["currency", "revenue"]),
    ("attribution?outcome=Order%20Completed&value=items", &["items"]),
    ("frictions?goal=Order%20Completed&start=Menu%20Viewed", &["currency", "revenue"]),
    ("frictions?goal=Order%20Completed&to=2026-02-01&currency=USD", &["currency", "revenue"]),
];

fn ask(door: &Door, question: &str) -> (Value, Value) {
    let mut answer = door.get(&format!("/api/v1/journeys/{question}")).expect(200).json();
    let scanned = answer["over"].as_object_mut().unwrap().remove("scanned").unwrap_or(json!([]));
    // Identifiers say when the machine saw them.
    for customer in answer["customers"].as_array_mut().into_iter().flatten() {
        customer.as_object_mut().unwrap().remove("identifiers");
    }
    (answer, scanned)
}

#[test]
fn an_answer_is_the_same_and_says_what_was_read() {
    let (laid_out, read) = (ordered(&ALL), ordered(&[]));
    for round in 0..3 {
        for (question, names) in QUESTIONS {
            let (expected, nothing) = ask(&laid_out, question);
            assert_eq!(nothing, json!([]), "{question}");
            let (answer, scanned) = ask(&read, question);
            assert_eq!(answer, expected, "{question}, round {round}");
            assert_eq!(scanned, json!(names), "{question}");
        }
        // What was lived meanwhile is seen at once, and late.
        let late = json!({"batch": [{"type": "track", "userId": "new", "event": "Order Completed", "messageId": format!("l{round}"),
            "timestamp": "2026-01-09T12:00:00Z", "properties": {"coupon": "SPRING", "items": 6, "store": "s9", "revenue": 7}}]});
        for door in [&laid_out, &read] {
            door.collect("/v1/batch", late.to_string()).expect(200);
            if round == 0 {
                door.app.log.seal().unwrap();
            }
        }
    }
    let frictions = "frictions?goal=Order%20Completed&value=revenue&currency=EUR";
    assert_eq!(ask(&read, frictions).1, json!(["currency", "revenue"]));
}

/// People who call about something, and pay for it.
fn called(laid_out: &[&str], amount: &str) -> Door {
    let laid_out: Vec<String> = laid_out.iter().map(|name| (*name).to_owned()).collect();
    let door = Door::open_with(|settings| settings.timeline_properties = Some(laid_out));
    let event = |who: u32, activity: &str, day: u32, properties: Value| {
        json!({"type": "track", "userId": format!("u{who}"), "event": activity, "properties": properties,
               "messageId": format!("{who} {activity} {day}"), "timestamp": format!("2026-01-{day:02}T12:00:00Z")})
    };
    let lived = |who: u32| {
        let about =
            |day: u32| json!({"reason": if (who + day).is_multiple_of(3) { "bill" } else { "card" }, "value": 7});
        let calls = [2, 4, 5, 9].map(|day| event(who, "Call Started", day, about(day)));
        let mut lived = calls.to_vec();
        lived.push(event(who, "Order Completed", 12, json!({amount: 10 + who, "currency": "EUR"})));
        lived
    };
    let batch: Vec<Value> = (0..12).flat_map(lived).collect();
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

#[test]
fn reasons_of_contacts_are_read_like_all_else() {
    let question = "frictions?goal=Order%20Completed";
    let (laid_out, read) = (called(&["currency", "reason", "total"], "total"), called(&[], "total"));
    for _ in 0..2 {
        let (answer, _) = ask(&laid_out, question);
        assert_eq!(ask(&read, question), (answer.clone(), json!(["currency", "reason", "total"])));
        let abouts: Vec<&Value> =
            answer["frictions"].as_array().unwrap().iter().map(|friction| &friction["about"]).collect();
        assert!(abouts.contains(&&json!(["reason", "bill"])) && abouts.contains(&&json!(["reason", "card"])));
        let behind = "customers?goal=Order%20Completed&friction=%5B%22repeated_contact%22,%22reason%22,%22bill%22%5D";
        let (customers, scanned) = ask(&read, behind);
        assert_eq!((ask(&laid_out, behind).0, scanned), (customers, json!(["reason"])));
        [&laid_out, &read].into_iter().for_each(|door| door.app.log.seal().unwrap());
    }
}

#[test]
fn money_is_spoken_of_where_purchases_have_an_amount() {
    let spending = |door: &Door| {
        let (answer, scanned) = ask(door, "frictions?goal=Order%20Completed");
        (answer["spending"]["property"].clone(), scanned)
    };
    assert_eq!(spending(&called(&[], "revenue")), (json!("revenue"), json!(["currency", "reason", "revenue"])));
    assert_eq!(spending(&called(&["reason"], "total")), (json!("total"), json!(["currency", "total"])));
    // Calls have a `value`, purchases have none: it is no amount of theirs, and nobody need lay it out.
    assert_eq!(spending(&called(&["reason"], "price")), (Value::Null, json!([])));
    assert_eq!(
        spending(&called(&["currency", "value", "reason"], "total")),
        (json!("value"), json!([])),
        "what is laid out"
    );
}

#[test]
fn what_the_catalogue_names_and_is_too_much_to_read_is_left_out_and_said() {
    let door = Door::open_with(|settings| settings.timeline_properties = Some(Vec::new()));
    let ways = 0..65;
    let call = |way: u32| {
        json!({"type": "track", "userId": "ana", "event": format!("Asked {way}"), "messageId": way.to_string(),
               "timestamp": "2026-01-09T12:00:00Z", "properties": {format!("why{way}"): "bill"}})
    };
    let batch: Vec<Value> = ways.clone().map(call).collect();
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    for way in ways {
        let meaning = json!({"role": "contact", "reason_property": format!("why{way}")}).to_string();
        door.owner("PUT", &format!("/api/v1/activities/Asked%20{way}"), meaning).expect(200);
    }
    let (answer, scanned) = ask(&door, "frictions");
    let said = answer["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "property_not_read");
    let detail = said.unwrap()["detail"].as_str().unwrap();
    assert!(detail.ends_with("ask for fewer; until then such contacts have only themselves as reason"), "{detail}");
    assert_eq!(scanned, json!([]));
}

#[test]
fn only_what_is_not_laid_out_is_read() {
    let door = ordered(&["coupon"]);
    let (_, scanned) = ask(&door, "funnel?step=Order%20Completed%5Bcoupon=SPRING%5D%5Bitems%3E2%5D");
    assert_eq!(scanned, json!(["items"]));
    let answer = door.get("/api/v1/journeys/map").json();
    assert_eq!(answer["over"].get("scanned"), None);
}

#[test]
fn a_property_that_no_event_has_is_said_with_the_nearest() {
    let door = ordered(&["store"]);
    let answer = ask(&door, "funnel?step=Menu%20Viewed&by=stoer").0;
    let detail = "no event ever had `stoer`; did you mean `store`?";
    assert_eq!(answer["findings"], json!([{"code": "value_never_seen", "detail": detail}]));
    let answer = ask(&door, "attribution?outcome=Order%20Completed&value=items2").0;
    assert_eq!(answer["findings"][0]["code"], "value_never_seen");
}

#[test]
fn values_are_those_of_the_period() {
    let door = ordered(&[]);
    let path = "funnel?step=Order%20Completed%5Bcoupon=SPRNG%5D";
    let detail = |question: &str| ask(&door, question).0["findings"][0]["detail"].clone();
    assert_eq!(detail(path), "no event ever had `coupon` = `SPRNG`; did you mean `SPRING`?");
    assert_eq!(
        detail(&format!("{path}&from=2026-02-01")),
        "no event of the period had `coupon` = `SPRNG`; did you mean `SPRING`?"
    );
}

#[test]
fn segments_say_what_was_read_to_find_their_customers() {
    let door = ordered(&[]);
    let new = json!({"name": "Coupons", "customers": "step=Order%20Completed%5Bcoupon%3DSPRING%5D&reached=1"});
    door.owner("POST", "/api/v1/segments", new.to_string()).expect(201);
    let (answer, scanned) = ask(&door, "map?segment=seg_1");
    assert_eq!(scanned, json!(["coupon"]));
    let (_, scanned) = ask(&door, "map?without_segment=seg_1");
    assert_eq!(scanned, json!(["coupon"]));
    let (broken_down, scanned) = ask(&door, "funnel?step=Order%20Completed%5Bitems=3%5D&by=segment");
    assert_eq!(scanned, json!(["coupon", "items"]));
    assert_eq!(broken_down["breakdown"]["groups"][0]["value"], "seg_1");
    let sizes = door.get("/api/v1/segments/seg_1/sizes?weeks=3").expect(200).json();
    assert_eq!(sizes["customers"], answer["over"]["customers"]);
}

/// Orders of two months; what they say is not the same in both.
fn changed() -> Door {
    let door = Door::open_with(|settings| settings.timeline_properties = Some(Vec::new()));
    let order = |number: usize, month: u32, properties: Value| {
        json!({"type": "track", "userId": format!("u{}", number % 3), "event": "Order Completed", "properties": properties,
               "messageId": number.to_string(), "timestamp": format!("2026-{month:02}-09T12:00:00Z")})
    };
    let batch: Vec<Value> = [
        order(0, 1, json!({"coupon": "SUMMER", "gift": "a card", "items": "many", "weight": 70})),
        order(1, 1, json!({"coupon": "WINTER", "items": 80})),
        order(2, 2, json!({"coupon": "WINTER", "items": 3, "weight": 4})),
        order(3, 2, json!({"coupon": "SPRING", "items": 5})),
    ]
    .into();
    door.collect("/v1/batch", json!({"batch": batch}).to_string()).expect(200);
    door
}

#[test]
fn findings_are_of_the_period_whatever_was_asked_before() {
    let questions = [
        "funnel?step=Order%20Completed%5Bcoupon=SUMMER%5D",
        "funnel?step=Order%20Completed%5Bcoupon=SUMER%5D",
        "funnel?step=Order%20Completed%5Bgift=a%20card%5D",
        "funnel?step=Order%20Completed%5Bitems%3E60%5D",
        "funnel?step=Order%20Completed%5Bitems%3E4%5D",
        "funnel?step=Order%20Completed&by=gift",
        "customers?step=Order%20Completed%5Bcoupon=SUMMER%5D&reached=1",
        "attribution?outcome=Order%20Completed&value=items",
        "attribution?outcome=Order%20Completed&value=gift",
    ];
    for is_sealed in [false, true] {
        for question in questions {
            let (asked_before, asked_first) = (changed(), changed());
            for door in [&asked_before, &asked_first] {
                if is_sealed {
                    door.app.log.seal().unwrap();
                }
            }
            ask(&asked_before, question);
            for period in ["from=2026-02-01", "from=2026-02-01&to=2026-03-01", "to=2026-02-01"] {
                let question = format!("{question}&{period}");
                let (of_more, of_period) = (ask(&asked_before, &question), ask(&asked_first, &question));
                assert_eq!(of_more, of_period, "{question}");
            }
        }
    }
    let door = changed();
    let findings = |question: &str| ask(&door, question).0["findings"].clone();
    for question in ["funnel?step=Order%20Completed%5Bcoupon=SUMMER%5D", questions[3], questions[5], questions[7]] {
        findings(question);
    }
    let never = |detail: &str| json!([{"code": "value_never_seen", "detail": detail}]);
    let of_february = |question: &str| findings(&format!("{question}&from=2026-02-01"));
    let detail = "no event of the period had `coupon` = `SUMMER`; there are SPRING, WINTER";
    assert_eq!(of_february(questions[0]), never(detail));
    assert_eq!(of_february(questions[3]), never("no event of the period had `items` > 60; its numbers go from 3 to 5"));
    let about_gift = of_february(questions[5]);
    assert!(about_gift[0]["detail"].as_str().unwrap().starts_with("no event of the period had `gift`"), "{about_gift}");
    assert_eq!(of_february(questions[7]), json!([]), "all of them are numbers");
    assert_eq!(findings(questions[7])[0]["code"], "value_not_a_number");
}
