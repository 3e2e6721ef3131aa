//! Comments: found by their words in two languages, within what whoever asks may see, however they came; what they speak of, what
//! is new, and quotes for a report.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Instant;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::door::Door;

/// Somebody writes something on a day.
fn write(door: &Door, customer: &str, day: &str, properties: Value) {
    let event = json!({
        "type": "track", "userId": customer, "event": "Survey Answered", "timestamp": format!("{day}T10:00:00Z"),
        "messageId": format!("{customer}-{day}-{:x}", Sha256::digest(properties.to_string())), "properties": properties,
    });
    door.collect("/v1/track", event.to_string()).expect(200);
}

fn say(door: &Door, customer: &str, day: &str, comment: &str) {
    write(door, customer, day, json!({"comment": comment}));
}

fn path(base: &str, pairs: &[(&str, &str)]) -> String {
    let escaped = |text: &str| {
        text.bytes().fold(String::new(), |mut escaped, byte| {
            let _ = write!(escaped, "%{byte:02X}");
            escaped
        })
    };
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    format!("{base}?{}", pairs.join("&"))
}

fn found(answer: &Value) -> Vec<String> {
    let comments = answer["comments"].as_array().unwrap().iter();
    comments.map(|comment| comment["text"].as_str().unwrap().to_owned()).collect()
}

fn search(door: &Door, pairs: &[(&str, &str)]) -> Vec<String> {
    found(&door.get(&path("/api/v1/comments", pairs)).expect(200).json())
}

#[test]
fn comments_are_found_by_stems_of_their_language_and_what_was_found_stands_apart() {
    let door = Door::open();
    say(&door, "ana", "2026-03-01", "Las esperas fueron larguísimas en la caja");
    say(&door, "luis", "2026-03-02", "We waited for half an hour and the coffee was cold");
    say(&door, "eva", "2026-03-03", "Me encantó la canción que sonaba, muy buen ambiente");
    assert_eq!(search(&door, &[("q", "espera")]), ["Las esperas fueron larguísimas en la caja"]);
    assert_eq!(search(&door, &[("q", "waiting")]).len(), 1);
    assert_eq!(search(&door, &[("q", "CANCION OR wait")]).len(), 2);
    assert_eq!(search(&door, &[("q", "\"buen ambiente\" -caja")]).len(), 1);
    assert_eq!(search(&door, &[]).len(), 3);
    let answer = door.get(&path("/api/v1/comments", &[("q", "espera")])).json();
    let comment = &answer["comments"][0];
    assert_eq!((&answer["total"], &comment["language"]), (&json!(1), &json!("es")));
    assert_eq!(comment["parts"][1], json!({"text": "esperas", "is_match": true}));
    assert!(comment["customer"].as_str().unwrap().starts_with("cus_"));
    assert!(comment["topics"].as_array().unwrap().iter().any(|said| said["topic"] == "waiting"), "{comment}");
    // Whatever way it came, its event says what it says.
    assert!(door.exported().iter().all(|event| event["properties"]["comment_tier"] == "ngrams"));
}

#[test]
fn what_cannot_be_asked_says_what_to_do() {
    let door = Door::open();
    for (pairs, sentence) in [
        (&[("q", "\"abierta")][..], "double quote"),
        (&[("q", "OR")], "`OR` stands between"),
        (&[("sentiment", "sad")], "negative"),
        (&[("score_at_most", "6")], "metric"),
        (&[("limit", "0")], "1 to 200"),
        (&[("after", "x")], "send what `next` said"),
        (&[("unit", "nowhere")], "there is no unit"),
        (&[("nonsense", "1")], "has no parameter"),
    ] {
        let answer = door.get(&path("/api/v1/comments", pairs)).expect(400).json();
        assert!(answer["detail"].as_str().unwrap().contains(sentence), "{pairs:?}: {answer}");
    }
    door.get("/api/v1/comments/evt_5f2b8c0d1e3a47698b7c6d5e4f3a2b1c/similar").expect(404);
    door.get("/api/v1/comments/nothing/similar").expect(404);
}

#[test]
fn what_is_personal_is_neither_shown_nor_found() {
    let door = Door::open();
    say(&door, "ana", "2026-03-01", "Llámenme al 612 345 678, la espera fue eterna");
    for key in [&door.read_key, &door.admin_key] {
        for query in ["612", "\"612 345 678\"", "612345678"] {
            let answer = door.with_key(key, "GET", &path("/api/v1/comments", &[("q", query)]), "").expect(200).json();
            assert_eq!(answer["total"], 0, "{query}");
        }
    }
    let shown = |key: &str| found(&door.with_key(key, "GET", "/api/v1/comments?q=espera", "").expect(200).json());
    assert_eq!(shown(&door.read_key), ["Llámenme al [phone], la espera fue eterna"]);
    assert_eq!(shown(&door.admin_key), ["Llámenme al 612 345 678, la espera fue eterna"]);
    door.with_key(&door.collect_key, "GET", "/api/v1/comments", "").expect(403);
}

#[test]
fn whoever_is_bound_to_a_unit_reads_what_was_written_there() {
    let door = Door::open();
    let units =
        json!([{"name": "brand"}, {"name": "ES", "parent": "brand"}, {"name": "ES-1", "parent": "ES"}, {"name": "MX"}]);
    door.owner("PUT", "/api/v1/units", json!({"units": units}).to_string()).expect(200);
    let at = |customer: &str, unit: &str, comment: &str| {
        let place =
            if unit.is_empty() { json!({"comment": comment}) } else { json!({"comment": comment, "store_id": unit}) };
        write(&door, customer, "2026-03-01", place);
    };
    at("ana", "ES-1", "espera en la tienda");
    at("ana", "", "espera en casa, llamen al 612 345 678");
    at("luis", "MX", "espera en otra tienda");
    at("luis", "", "espera de otro");
    let key = door.create_bound_key("spain", "ES");
    let shown = door.with_key(&key, "GET", "/api/v1/comments?q=espera", "").expect(200).json();
    let texts: BTreeSet<String> = found(&shown).into_iter().collect();
    let expected = ["espera en casa, llamen al [phone]", "espera en la tienda"].map(str::to_owned);
    assert_eq!(texts, BTreeSet::from(expected));
    assert_eq!(shown["total"], 2, "what is not seen is not counted either");
    // The same of similar ones, whoever's comment it is asked of.
    let all = door.get("/api/v1/comments").json();
    for comment in all["comments"].as_array().unwrap() {
        let asked = format!("/api/v1/comments/{}/similar", comment["event"].as_str().unwrap());
        let is_seen = texts.contains(&comment["text"].as_str().unwrap().replace("612 345 678", "[phone]"));
        let answer = door.with_key(&key, "GET", &asked, "").expect(if is_seen { 200 } else { 404 }).json();
        for similar in answer["similar"].as_array().into_iter().flatten() {
            assert!(texts.contains(similar["text"].as_str().unwrap()), "{similar}");
        }
    }
    let themes = door.with_key(&key, "GET", "/api/v1/comments/themes", "").expect(200).json();
    assert_eq!(themes["whole"]["comments"], 2);
}

#[test]
fn what_was_acknowledged_is_found_and_a_merge_needs_no_writing() {
    let door = Door::open();
    say(&door, "ana", "2026-03-01", "espera uno");
    assert_eq!(search(&door, &[("q", "espera")]).len(), 1);
    say(&door, "ana", "2026-03-02", "espera dos");
    assert_eq!(search(&door, &[("q", "espera")]).len(), 2, "what was acknowledged is found at once");
    door.app.log.seal().unwrap();
    say(&door, "ana", "2026-03-03", "espera tres");
    assert_eq!(search(&door, &[("q", "espera"), ("sort", "newest")]), ["espera tres", "espera dos", "espera uno"]);
    // A merge is seen without anything being written again.
    say(&door, "eva", "2026-03-04", "espera cuatro");
    let customers = |door: &Door| {
        let answer = door.get("/api/v1/comments").json();
        let ids = answer["comments"].as_array().unwrap().iter().map(|it| it["customer"].to_string());
        ids.collect::<BTreeSet<_>>().len()
    };
    assert_eq!(customers(&door), 2);
    door.owner("POST", "/api/v1/merges", json!({"customers": ["ana", "eva"]}).to_string()).expect(200);
    assert_eq!(customers(&door), 1);
    assert!(door.data_dir().join("comments/meta.json").exists());
}

#[test]
fn every_writing_and_every_length_is_found() {
    let door = Door::open();
    let long = "la espera fue larga y ".repeat(480) + "aguacate";
    for (customer, comment) in [
        ("a", "الخدمة بطيئة جدا 😡"),
        ("b", "服务很慢，咖啡很好"),
        ("c", "😡😡😡"),
        ("d", "Ο καφές ήταν κρύος"),
        ("e", long.as_str()),
        ("f", "  "),
    ] {
        say(&door, customer, "2026-03-01", comment);
    }
    for (query, expected) in
        [("بطيئة", 1), ("咖啡", 1), ("很慢", 1), ("😡", 2), ("καφες", 1), ("aguacates", 1), ("larga", 1), ("", 5)]
    {
        assert_eq!(search(&door, &[("q", query)]).len(), expected, "{query}");
    }
    let parts = door.get(&path("/api/v1/comments", &[("q", "بطيئة")])).json();
    let joined: String =
        parts["comments"][0]["parts"].as_array().unwrap().iter().map(|part| part["text"].as_str().unwrap()).collect();
    assert_eq!(joined, "الخدمة بطيئة جدا 😡");
}

#[test]
fn filters_ask_for_what_an_event_says() {
    let door = Door::open();
    write(
        &door,
        "ana",
        "2026-03-01",
        json!({"comment": "La espera fue horrible", "nps": 2, "survey": "visit", "channel": "web"}),
    );
    write(&door, "luis", "2026-03-02", json!({"comment": "The coffee was great", "nps": 10, "survey": "visit"}));
    write(
        &door,
        "eva",
        "2026-03-03",
        json!({"comment": "Café muy bueno", "csat": 5, "touchpoint": "web:Order Completed"}),
    );
    for (pairs, expected) in [
        (&[("topic", "waiting")][..], 1),
        (&[("topic", "waiting:positive")], 0),
        (&[("sentiment", "negative"), ("sentiment", "positive")], 3),
        (&[("sentiment", "negative")], 1),
        (&[("language", "en")], 1),
        (&[("survey", "visit")], 2),
        (&[("touchpoint", "web:Order Completed")], 1),
        (&[("metric", "nps"), ("score_at_most", "6")], 1),
        (&[("metric", "csat")], 1),
        (&[("from", "2026-03-02"), ("to", "2026-03-03")], 1),
        (&[("q", "cafe"), ("language", "es")], 1),
    ] {
        assert_eq!(search(&door, pairs).len(), expected, "{pairs:?}");
    }
    let segment = json!({"name": "Ana", "customers": "activity=Survey+Answered"});
    let segment = door.owner("POST", "/api/v1/segments", segment.to_string()).expect(201).json();
    assert_eq!(search(&door, &[("segment", segment["id"].as_str().unwrap())]).len(), 3);
    assert_eq!(search(&door, &[("without_segment", segment["id"].as_str().unwrap())]).len(), 0);
}

#[test]
fn similar_comments_share_what_is_telling_and_copies_come_once() {
    let door = Door::open();
    say(&door, "ana", "2026-03-01", "La cremallera de la mochila se rompió al segundo día");
    say(&door, "luis", "2026-03-02", "Se me rompió la cremallera el primer día");
    for (customer, day) in [("eva", "2026-03-03"), ("leo", "2026-03-04")] {
        say(&door, customer, day, "La cremallera no cierra y la mochila es nueva");
    }
    say(&door, "iris", "2026-03-05", "El personal fue muy amable conmigo");
    let first = door.get(&path("/api/v1/comments", &[("q", "segundo")])).json();
    let event = first["comments"][0]["event"].as_str().unwrap();
    let answer = door.get(&format!("/api/v1/comments/{event}/similar")).expect(200).json();
    let similar = answer["similar"].as_array().unwrap();
    assert_eq!(similar.len(), 2, "{answer}");
    let copied = similar.iter().find(|it| it["text"].as_str().unwrap().contains("nueva")).unwrap();
    assert_eq!((&copied["copies"], copied["occurred_at"].as_str().unwrap().get(..10)), (&json!(2), Some("2026-03-04")));
    let values: Vec<f64> = similar.iter().map(|it| it["similarity"].as_f64().unwrap()).collect();
    assert!(values[0] >= values[1] && values[0] < 1.0 && values[1] > 0.1, "{values:?}");
}

/// Nine weeks of comments, and in the last one something new.
fn nine_weeks(door: &Door) {
    let mut file = String::from("customer,activity,occurred_at,comment\n");
    for week in 0..9 {
        for number in 0..60 {
            let day = week * 7 + number % 7;
            let date = format!("2026-{:02}-{:02}", 3 + day / 28, 1 + day % 28);
            let comment = match number % 6 {
                _ if week == 8 && number % 5 == 0 => "La cremallera se rompió, qué mala calidad",
                0 | 1 => "La espera en la caja fue muy larga",
                2 => "The staff was very friendly and helpful",
                3 => "El café estaba delicioso",
                4 => "Too expensive for what it is",
                _ => "Todo bien, gracias",
            };
            let _ = writeln!(file, "c-{week}-{number},Survey Answered,{date} 10:{:02},\"{comment}\"", number % 60);
        }
    }
    let map = "customer=customer,activity=activity,occurred_at=occurred_at,comment=comment";
    let report = door.owner("POST", &path("/api/v1/imports", &[("file", "weeks.csv"), ("map", map)]), file);
    assert_eq!(report.expect(200).json()["stored"], 540);
}

#[test]
fn what_is_new_is_what_was_not_said_before() {
    let door = Door::open();
    nine_weeks(&door);
    // 63 days from the first of March on, in months of 28 days: the last week begins on the first of May.
    let news = door.get("/api/v1/comments/news?to=2026-05-08").expect(200).json();
    assert_eq!((&news["from"], &news["comments"]), (&json!("2026-05-01"), &json!(60)));
    let words: Vec<&str> = news["news"].as_array().unwrap().iter().map(|item| item["what"].as_str().unwrap()).collect();
    assert!(words.contains(&"cremallera"), "{words:?}");
    assert!(!words.contains(&"café") && !words.contains(&"espera"), "{words:?}");
    let item = news["news"].as_array().unwrap().iter().find(|item| item["what"] == "cremallera").unwrap();
    assert_eq!((&item["now"]["comments"], &item["before"]["comments"]), (&json!(12), &json!(0)));
    assert!(item["low"].as_f64().unwrap() > 1.0 && item["false_discovery_rate"].as_f64().unwrap() < 0.05);
    assert!(item["quotes"][0]["text"].as_str().unwrap().contains("cremallera"));
    // A week like those before has nothing new, and one without comments says so.
    let quiet = door.get("/api/v1/comments/news?to=2026-04-28").expect(200).json();
    assert_eq!(quiet["news"], json!([]), "{quiet}");
    let none = door.get("/api/v1/comments/news").expect(200).json();
    assert_eq!(none["findings"][0]["code"], "too_few_comments");
    assert!(none["findings"][0]["detail"].as_str().unwrap().contains("2026-05-0"), "{none}");
    door.get("/api/v1/comments/news?days=7").expect(400);
}

#[test]
fn themes_say_how_many_speak_of_what_and_how() {
    let door = Door::open();
    nine_weeks(&door);
    let themes = door.get("/api/v1/comments/themes?every=month").expect(200).json();
    let waiting = themes["themes"].as_array().unwrap().iter().find(|theme| theme["topic"] == "waiting").unwrap();
    let share = &waiting["total"]["share"];
    let (value, low, high) =
        (share["share"].as_f64().unwrap(), share["low"].as_f64().unwrap(), share["high"].as_f64().unwrap());
    assert!(low < value && value < high && (0.25..0.4).contains(&value), "{share}");
    assert!(waiting["total"]["negative"]["share"].as_f64().unwrap() > 0.5, "{waiting}");
    let counted: u64 = waiting["periods"].as_array().unwrap().iter().map(|it| it["comments"].as_u64().unwrap()).sum();
    assert_eq!(Some(counted), waiting["total"]["comments"].as_u64());
    let all: u64 = themes["periods"].as_array().unwrap().iter().map(|it| it["comments"].as_u64().unwrap()).sum();
    assert_eq!((all, &themes["whole"]["comments"]), (540, &json!(540)));
    let words: Vec<_> =
        waiting["words"].as_array().unwrap().iter().map(|word| word["word"].as_str().unwrap()).collect();
    assert!(words.contains(&"espera"), "{words:?}");
    let few = door.get("/api/v1/comments/themes?every=month&minimum=1000").expect(200).json();
    assert_eq!(few["themes"][0]["total"]["share"], Value::Null);
}

#[test]
fn quotes_are_few_different_and_tell_nothing_of_anybody() {
    let door = Door::open();
    nine_weeks(&door);
    say(&door, "ana", "2026-05-08", "La espera en la caja fue larga, mi número es 612 345 678");
    let quotes = door.get("/api/v1/comments/quotes?limit=4").expect(200).json();
    let texts: BTreeSet<&str> =
        quotes["quotes"].as_array().unwrap().iter().map(|it| it["text"].as_str().unwrap()).collect();
    assert_eq!(texts.len(), 4, "{quotes}");
    assert!(texts.iter().all(|text| !text.contains("612") && !text.contains("[phone]")));
    let sounds: BTreeSet<&str> =
        quotes["quotes"].as_array().unwrap().iter().filter_map(|it| it["sentiment"].as_str()).collect();
    assert!(sounds.contains("negative") && sounds.contains("positive"), "{sounds:?}");
    let csv = door.get("/api/v1/comments/quotes?topic=waiting&limit=2&format=csv").expect(200);
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    assert!(String::from_utf8(csv.body).unwrap().starts_with("comment,sentiment,topics"));
    let markdown = door.get("/api/v1/comments/quotes?topic=waiting&limit=2&format=markdown").expect(200);
    assert!(String::from_utf8(markdown.body).unwrap().starts_with("> La espera"));
}

#[test]
fn reviews_come_out_of_a_file_and_are_read_like_answers() {
    let door = Door::open();
    let file = "Autor,Reseña,Estrellas,Fecha,Tienda\n\
                Ana G.,\"La espera fue larga, pero el café muy bueno\",3,29/03/2026,ES-1\n\
                Luis,Great coffee,5,30/03/2026,ES-1\n\
                Eva,Mal,7,31/03/2026,ES-2\n\
                Leo,,\"4,5\",01/04/2026,ES-2\n";
    let report = door.owner("POST", "/api/v1/imports?file=reviews.csv&as=reviews", file).expect(200).json();
    assert_eq!((&report["stored"], &report["dead"]), (&json!(3), &json!(1)), "{report}");
    assert_eq!(report["first_dead"][0]["line"], 4);
    let detail = report["first_dead"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("`7` is no rating") && detail.contains("1 to 5"), "{detail}");
    let events = door.exported();
    let first = events.iter().find(|event| event["properties"]["rating"] == 3).unwrap();
    assert_eq!(first["properties"]["comment_language"], "es");
    assert!(first["properties"]["comment_topics"].as_str().unwrap().contains("waiting"), "{first}");
    assert_eq!(
        (&first["activity"], &first["channel"], &first["unit"]),
        (&json!("Review Posted"), &json!("reviews"), &json!("ES-1"))
    );
    assert!(!first.to_string().contains("Ana G."), "names of authors are not kept");
    assert_eq!(search(&door, &[("q", "coffee"), ("metric", "rating"), ("score_at_least", "4")]), ["Great coffee"]);
    // The same file again brings nothing, and keeps the dead row once.
    let again = door.owner("POST", "/api/v1/imports?file=reviews.csv&as=reviews", file).expect(200).json();
    assert_eq!((&again["stored"], &again["duplicate"]), (&json!(0), &json!(4)));
    let scores = door.get("/api/v1/scores?metric=rating&minimum=1").expect(200).json();
    assert_eq!(scores["whole"]["total"]["answers"], 3);
    door.owner("POST", "/api/v1/imports?file=x.csv&as=stories", file).expect(400);
}

#[test]
fn answers_of_another_tool_stand_on_the_timeline_of_whoever_gave_them() {
    let door = Door::open();
    let file = "user_id,nps,comentario,fecha,encuesta\nana,9,Muy rápido,2026-03-01 10:00,visita\nluis,11,x,2026-03-01 11:00,visita\n";
    let report = door.owner("POST", "/api/v1/imports?file=answers.csv&as=answers", file).expect(200).json();
    assert_eq!((&report["stored"], &report["dead"]), (&json!(1), &json!(1)));
    let scores = door.get("/api/v1/scores?metric=nps&minimum=1&survey=visita").expect(200).json();
    assert_eq!(scores["whole"]["total"]["answers"], 1);
    assert_eq!(search(&door, &[("q", "rapido"), ("survey", "visita")]), ["Muy rápido"]);
}

#[test]
fn a_hundred_thousand_reviews_are_read_in_seconds() {
    let door = Door::open();
    let mut file = String::from("review,rating,date,store\n");
    let parts =
        ["La espera fue larga", "the coffee was cold", "muy amable el personal", "too expensive", "precio justo"];
    for number in 0..100_000 {
        let (first, second) = (parts[number % 5], parts[(number / 5) % 5]);
        let _ = writeln!(
            file,
            "\"{first}, {second} ({number})\",{},2026-03-{:02},S-{}",
            number % 5 + 1,
            number % 28 + 1,
            number % 40
        );
    }
    let began = Instant::now();
    let report = door.owner("POST", "/api/v1/imports?file=many.csv&as=reviews", file).expect(200).json();
    let imported = began.elapsed();
    assert_eq!(report["stored"], 100_000);
    let answer = door.get("/api/v1/comments?q=espera&limit=1").expect(200).json();
    let indexed = began.elapsed() - imported;
    assert_eq!(answer["total"], 36_000);
    let asked = Instant::now();
    door.get("/api/v1/comments?q=espera+personal&limit=20").expect(200);
    eprintln!("imported in {imported:?}, laid out in {indexed:?}, asked in {:?}", asked.elapsed());
    assert!(imported.as_secs() < 120 && indexed.as_secs() < 120, "{imported:?}, {indexed:?}");
}
