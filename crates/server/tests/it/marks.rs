//! Answers that may not be what a customer thought: marked, kept, counted, and told apart.

use std::sync::Arc;

use domain::time::{DAY_MS, HOUR_MS};
use serde_json::{Value, json};

use crate::door::{Answer, Door, HandClock};

/// Tuesday, 3 March 2026, 10:00 UTC.
const TEN: i64 = 1_772_532_000_000;

const SURVEY: &str = r#"{
    "format": 1, "name": "visit", "kind": "transactional", "languages": ["es"], "title": {"es": "Visita"}, "thanks": {"es": "Gracias"},
    "questions": [
        {"id": "recommend", "type": "nps", "required": true, "text": {"es": "¿Recomendaría esta tienda a alguien?"}},
        {"id": "staff", "type": "csat", "text": {"es": "¿Qué tal el trato?"}},
        {"id": "ease", "type": "ces", "text": {"es": "Fue fácil."}},
        {"id": "wait", "type": "rating", "reversed": true, "text": {"es": "¿Cuánto pesó la espera?"}}
    ]
}"#;

struct Scene {
    door: Door,
    clock: Arc<HandClock>,
    id: String,
    link: String,
}

/// A page that was opened: what its form sends back by itself.
struct Page {
    token: String,
    hidden: Vec<(String, String)>,
}

impl Scene {
    fn new(file: &str) -> Scene {
        let clock = HandClock::at(TEN);
        let door = Door::open_at(|_| {}, |_| {}, clock.clone());
        let survey = door.owner("POST", "/api/v1/surveys", file.to_owned()).expect(201).json();
        let id = survey["id"].as_str().unwrap().to_owned();
        door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": "open"}).to_string()).expect(200);
        let link = token_of(survey["link"].as_str().unwrap());
        Scene { door, clock, id, link }
    }

    fn invite(&self, identifiers: Value) -> String {
        let body = json!({"people": [{"identifiers": identifiers}], "channel": "sms"}).to_string();
        let links = self.door.owner("POST", &format!("/api/v1/surveys/{}/invitations", self.id), body).expect(201);
        token_of(links.json()["links"][0]["link"].as_str().unwrap())
    }

    fn open(&self, token: &str, query: &str) -> Page {
        let html = String::from_utf8(self.door.get(&format!("/s/{token}{query}")).expect(200).body).unwrap();
        Page { token: token.to_owned(), hidden: hidden_fields(&html) }
    }

    fn send(&self, page: &Page, answers: &[(&str, &str)]) -> Answer {
        let hidden = page.hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let fields: Vec<(&str, &str)> = hidden.chain(answers.iter().copied()).collect();
        let form = serde_urlencoded::to_string(fields).unwrap();
        self.door.post(&format!("/s/{}", page.token), &[("content-type", "application/x-www-form-urlencoded")], form)
    }

    /// The marks of the newest answers, the newest first.
    fn marks(&self) -> Value {
        let listed = self.door.get(&format!("/api/v1/surveys/{}/responses", self.id)).json();
        listed["responses"].as_array().unwrap().iter().map(|response| response["marks"].clone()).collect()
    }

    /// What the timeline says of the answers, in their order.
    fn told(&self) -> Vec<Value> {
        let mut events = self.door.exported();
        events.retain(|event| event["activity"] == "Survey Answered");
        events.sort_by_key(|event| event["seq"].as_u64());
        events.iter().map(|event| event["properties"]["answer_marks"].clone()).collect()
    }
}

fn token_of(link: &str) -> String {
    link.rsplit_once("/s/").unwrap().1.to_owned()
}

fn hidden_fields(html: &str) -> Vec<(String, String)> {
    let fields = html.split("<input type=\"hidden\" name=\"").skip(1);
    let text = |text: &str| text.replace("&amp;", "&");
    fields
        .map(|field| {
            let (name, rest) = field.split_once("\" value=\"").unwrap();
            (text(name), text(rest.split_once('"').unwrap().0))
        })
        .collect()
}

#[test]
fn the_time_between_page_and_answer_is_measured_here() {
    let scene = Scene::new(SURVEY);
    let quick = scene.open(&scene.invite(json!({"user_id": "ana"})), "");
    scene.clock.pass(900);
    scene.send(&quick, &[("q.recommend", "9"), ("q.staff", "4")]).expect(303);
    let leisurely = scene.open(&scene.invite(json!({"user_id": "luis"})), "");
    scene.clock.pass(9_000);
    scene.send(&leisurely, &[("q.recommend", "9"), ("q.staff", "4")]).expect(303);
    assert_eq!(scene.marks(), json!([[], ["fast"]]));
    assert_eq!(scene.told(), ["fast", "none"]);
}

#[test]
fn what_a_message_brought_took_no_time_on_the_page() {
    let scene = Scene::new(SURVEY);
    let page = scene.open(&scene.invite(json!({"user_id": "ana"})), "?a=9");
    scene.clock.pass(500);
    scene.send(&page, &[("q.recommend", "9"), ("q.staff", "4")]).expect(303);
    assert_eq!(scene.told(), ["none"]);
}

#[test]
fn a_page_that_came_back_counts_from_the_first_one() {
    let scene = Scene::new(SURVEY);
    let page = scene.open(&scene.invite(json!({"user_id": "ana"})), "");
    scene.clock.pass(9_000);
    let back = scene.send(&page, &[("q.staff", "4")]).expect(400);
    let again = Page { token: page.token.clone(), hidden: hidden_fields(&String::from_utf8(back.body).unwrap()) };
    assert_eq!(again.hidden, page.hidden);
    scene.send(&again, &[("q.recommend", "9"), ("q.staff", "4")]).expect(303);
    assert_eq!(scene.told(), ["none"]);
}

#[test]
fn what_never_had_the_page_or_fills_the_unseen_field_is_a_program() {
    let scene = Scene::new(SURVEY);
    let nowhere = Page {
        token: scene.link.clone(),
        hidden: [("page", "made-up"), ("version", "1")].map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
    };
    scene.send(&nowhere, &[("q.recommend", "9")]).expect(303);
    assert_eq!(scene.marks(), json!([["robot"]]));

    // The proof of one page is none of another.
    let borrowed = scene.open(&scene.link, "");
    let mut forged = nowhere.hidden.clone();
    forged.extend(borrowed.hidden.iter().filter(|(name, _)| name == "proof").cloned());
    forged[0].1 = "another".to_owned();
    scene.send(&Page { token: scene.link.clone(), hidden: forged }, &[("q.recommend", "9")]).expect(303);
    assert_eq!(scene.marks(), json!([["robot"], ["robot"]]));

    scene.clock.pass(DAY_MS);
    let page = scene.open(&scene.link, "");
    scene.clock.pass(HOUR_MS);
    scene.send(&page, &[("q.recommend", "9"), ("more_about_you", "Buy now")]).expect(303);
    assert_eq!(scene.marks()[0], json!(["robot"]), "the newest day first");
    let page = scene.open(&scene.link, "");
    scene.clock.pass(HOUR_MS);
    scene.send(&page, &[("q.recommend", "9"), ("more_about_you", "")]).expect(303);
    let unmarked = scene.door.get(&format!("/api/v1/surveys/{}/responses?marks=without", scene.id)).json();
    assert_eq!(unmarked["responses"].as_array().unwrap().len(), 1);
    let marked = scene.door.get(&format!("/api/v1/surveys/{}/responses?marks=with", scene.id)).json();
    assert_eq!(marked["responses"].as_array().unwrap().len(), 3);
    scene.door.get(&format!("/api/v1/surveys/{}/responses?marks=some", scene.id)).expect(400);
    assert_eq!(scene.door.get(&format!("/api/v1/surveys/{}", scene.id)).json()["counts"]["marked"], 3);
}

#[test]
fn the_same_customer_answers_again_within_the_days_of_the_survey() {
    let scene = Scene::new(SURVEY);
    let answer = |identifiers: Value| {
        let page = scene.open(&scene.invite(identifiers), "");
        scene.clock.pass(HOUR_MS);
        scene.send(&page, &[("q.recommend", "9")]).expect(303);
    };
    answer(json!({"user_id": "ana"}));
    answer(json!({"user_id": "luis"}));
    // Known by another identifier, and the same customer.
    answer(json!({"user_id": "ana", "email": "ana@alameda.example"}));
    answer(json!({"email": "ana@alameda.example"}));
    scene.clock.pass(7 * DAY_MS);
    answer(json!({"email": "ana@alameda.example"}));
    assert_eq!(scene.told(), ["none", "none", "again", "again", "none"]);
}

#[test]
fn a_survey_says_after_how_long_an_answer_is_no_repetition() {
    let scene = Scene::new(&SURVEY.replace("\"format\": 1,", "\"format\": 1, \"repeat_days\": 0,"));
    for _ in 0..2 {
        let page = scene.open(&scene.invite(json!({"user_id": "ana"})), "");
        scene.clock.pass(HOUR_MS);
        scene.send(&page, &[("q.recommend", "9"), ("again", "1")]).expect(303);
    }
    assert_eq!(scene.told(), ["none", "none"]);
}

#[test]
fn of_an_answer_that_is_nobodys_only_the_browser_knows_that_there_was_another() {
    let scene = Scene::new(SURVEY);
    let html =
        |query: &str| String::from_utf8(scene.door.get(&format!("/s/{}{query}", scene.link)).expect(200).body).unwrap();
    assert!(html("").contains(" data-survey=\"srv_1\" data-repeat-days=\"7\""));
    assert!(!html("?device=shared").contains("data-survey"), "a tablet of a shop goes from hand to hand");
    assert!(html("?device=shared").contains("name=\"device\" value=\"shared\""));
    for again in ["0", "1"] {
        let page = scene.open(&scene.link, "");
        scene.clock.pass(DAY_MS);
        scene.send(&page, &[("q.recommend", "9"), ("again", again)]).expect(303);
    }
    assert_eq!(scene.marks(), json!([["again"], []]));
}

#[test]
fn the_same_place_on_scales_of_both_directions_is_marked() {
    let scene = Scene::new(SURVEY);
    let page = scene.open(&scene.invite(json!({"user_id": "ana"})), "");
    scene.clock.pass(HOUR_MS);
    scene.send(&page, &[("q.recommend", "10"), ("q.staff", "5"), ("q.ease", "7"), ("q.wait", "5")]).expect(303);
    assert_eq!(scene.told(), ["straight"]);
}

#[test]
fn a_condition_on_the_property_leaves_marked_answers_out() {
    let scene = Scene::new(SURVEY);
    for (customer, pause) in [("ana", 900), ("luis", HOUR_MS), ("eva", HOUR_MS)] {
        let page = scene.open(&scene.invite(json!({"user_id": customer})), "");
        scene.clock.pass(pause);
        scene.send(&page, &[("q.recommend", "9"), ("q.staff", "4")]).expect(303);
    }
    let scores = scene.door.get("/api/v1/scores?metric=nps&minimum=1&by=answer_marks").expect(200).json();
    let groups: Vec<(&str, u64)> = scores["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| (group["value"].as_str().unwrap(), group["total"]["answers"].as_u64().unwrap()))
        .collect();
    assert_eq!(groups, [("none", 2), ("fast", 1)]);
    let step = "Survey%20Answered%5Banswer_marks%3Dnone%5D";
    let funnel = scene.door.get(&format!("/api/v1/journeys/funnel?step=Survey%20Sent&step={step}")).expect(200).json();
    assert_eq!(funnel["steps"][1]["customers"], 2, "{funnel}");
}

#[test]
fn what_comes_by_the_open_link_is_counted_by_day_and_ties_nothing_together() {
    let scene = Scene::new(SURVEY);
    let page = scene.open(&scene.link, "");
    let shown = || scene.door.post(&format!("/s/{}/shown", scene.link), &[], "").expect(204);
    shown();
    shown();
    scene.clock.pass(HOUR_MS);
    scene.send(&page, &[("q.recommend", "9")]).expect(303);
    scene.clock.pass(DAY_MS);
    shown();
    // What comes by a link of somebody's own is counted with the invitations.
    let hers = scene.open(&scene.invite(json!({"user_id": "ana"})), "");
    scene.send(&hers, &[("q.recommend", "9")]).expect(303);
    let days = scene.door.get(&format!("/api/v1/surveys/{}/open-link", scene.id)).expect(200).json();
    assert_eq!(
        days["days"],
        json!([
            {"day": "2026-03-03", "shown": 2, "started": 1, "answered": 1},
            {"day": "2026-03-04", "shown": 1, "started": 0, "answered": 0},
        ])
    );
    let today = scene.door.get(&format!("/api/v1/surveys/{}/open-link?days=1", scene.id)).json();
    assert_eq!(today["days"].as_array().unwrap().len(), 1);
    scene.door.get(&format!("/api/v1/surveys/{}/open-link?days=0", scene.id)).expect(400);
    let survey = scene.door.get(&format!("/api/v1/surveys/{}", scene.id)).json();
    assert_eq!(survey["counts"]["open"], json!({"shown": 3, "started": 1, "answered": 1}));
}
