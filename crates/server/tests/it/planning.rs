//! Surveys that invite by themselves: after what was lived, on days, now and then; whom the contact rule leaves alone; and what a
//! survey may expect.

use std::sync::Arc;

use domain::MailId;
use domain::ports::{MailEnding, MailState, SurveyInvitation};
use domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, format_instant};
use serde_json::{Value, json};
use server::{do_due, parse_mailbox, send_due};

use crate::door::{Door, HandClock};

/// Tuesday, 3 March 2026, 10:00 UTC.
const TEN: i64 = 1_772_532_000_000;

struct Scene {
    door: Door,
    clock: Arc<HandClock>,
    sent: u32,
}

impl Scene {
    fn new() -> Scene {
        let clock = HandClock::at(TEN);
        let mail = |settings: &mut server::Settings| {
            settings.public_url = Some("https://cx.example".to_owned());
            settings.mail.server = Some("smtp://127.0.0.1:1".parse().unwrap());
            settings.mail.from = Some(parse_mailbox("Café Alameda <opina@alameda.example>").unwrap());
        };
        let door = Door::open_at(mail, |_| {}, clock.clone());
        Scene { door, clock, sent: 0 }
    }

    fn now(&self) -> i64 {
        domain::ports::Clock::now_ms(&*self.clock)
    }

    /// An open survey with this `invite`.
    fn survey(&self, name: &str, invite: Value) -> String {
        let file = survey_file(name, invite);
        let survey = self.door.owner("POST", "/api/v1/surveys", file.to_string()).expect(201).json();
        let id = survey["id"].as_str().unwrap().to_owned();
        self.set_state(&id, "open");
        id
    }

    fn set_state(&self, id: &str, state: &str) {
        self.door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": state}).to_string()).expect(200);
    }

    /// Something that `customer` lives now, or lived so long ago; known by an address where `customer` is one.
    fn lived(&mut self, customer: &str, activity: &str, properties: Value, ago: i64) {
        self.sent += 1;
        let mut event = json!({
            "type": "track", "userId": customer, "event": activity, "properties": properties,
            "messageId": format!("m-{}", self.sent), "timestamp": format_instant(self.now() - ago), "context": {},
        });
        event["properties"]["channel"] = json!("web");
        if !customer.starts_with("unknown") {
            event["context"]["traits"] = json!({"email": format!("{customer}@example.com"), "first_name": "Ana"});
        }
        self.door.collect("/v1/batch", json!({"batch": [event]}).to_string()).expect(200);
    }

    fn pass(&self, ms: i64) {
        self.clock.pass(ms);
        do_due(&self.door.app).unwrap();
    }

    /// What became of those whom a survey planned to invite; waiting ones as `waiting`.
    fn planned(&self, id: &str) -> Value {
        let planned = self.door.owner("GET", &format!("/api/v1/surveys/{id}/planned"), "").expect(200).json();
        let mut all = planned["ended"].clone();
        if planned["waiting"] != 0 {
            all["waiting"] = planned["waiting"].clone();
        }
        all
    }

    /// The invitations whose messages wait to be sent, in the order in which they were made.
    fn invited(&self) -> Vec<SurveyInvitation> {
        let queued = self.door.app.state.mail.list_due_mail(i64::MAX, 1_000).unwrap();
        let mut invited: Vec<SurveyInvitation> = queued.into_iter().map(|mail| mail.invitation).collect();
        invited.sort_by_key(|invitation| invitation.id);
        invited
    }

    fn set_rule(&self, rule: Value) {
        self.door.owner("PUT", "/api/v1/contact-rule", rule.to_string()).expect(200);
    }

    fn forecast(&self, invite: Value) -> Value {
        let file = survey_file("forecast", invite);
        self.door.owner("POST", "/api/v1/surveys/forecast", file.to_string()).expect(200).json()
    }
}

fn survey_file(name: &str, invite: Value) -> Value {
    json!({
        "format": 1, "name": name, "kind": "transactional", "languages": ["es"],
        "title": {"es": "{{customer.first_name|Hola}}"}, "thanks": {"es": "Gracias"},
        "questions": [{"id": "recommend", "type": "nps", "text": {"es": "¿Recomendaría?"}}],
        "invite": invite,
    })
}

fn after_order(minutes: u32) -> Value {
    json!({"when": {"event": "Order Completed", "after_minutes": minutes}})
}

#[test]
fn an_encounter_leads_to_an_invitation_after_its_delay() {
    let mut scene = Scene::new();
    scene.lived("before", "Order Completed", json!({}), 0);
    let id = scene.survey("after-order", after_order(90));
    scene.pass(0);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.lived("ana", "Page Viewed", json!({}), 0);
    scene.lived("unknown-1", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"waiting": 2}), "whoever ordered before the survey is not asked");
    scene.pass(89 * MINUTE_MS);
    assert_eq!(scene.planned(&id), json!({"waiting": 2}));
    scene.pass(MINUTE_MS);
    assert_eq!(scene.planned(&id), json!({"invited": 1, "no_address": 1}));
    let [invitation] = &scene.invited()[..] else { panic!("one invitation") };
    assert_eq!(invitation.subject.touchpoint.as_deref(), Some("web:Order Completed"));
    let order = scene.door.exported().into_iter().find(|event| event["message_id"] == "m-2").unwrap();
    assert_eq!(invitation.subject.cause.unwrap().to_string(), order["event_id"], "the event that led to it");
    let known: Vec<String> = invitation.identifiers.iter().map(ToString::to_string).collect();
    assert_eq!(known, ["user_id:ana", "email:ana@example.com"]);
    assert_eq!(invitation.traits, [("first_name".to_owned(), "Ana".to_owned())], "no more than the texts name");
    scene.pass(DAY_MS);
    assert_eq!(scene.planned(&id), json!({"invited": 1, "no_address": 1}), "once");
}

#[test]
fn only_what_the_survey_means_counts() {
    let mut scene = Scene::new();
    let when = json!({"event": "Order Completed", "channel": "web", "where": [{"property": "total", "at_least": 50}]});
    let id = scene.survey("large-orders", json!({ "when": when }));
    scene.pass(0);
    scene.lived("small", "Order Completed", json!({"total": 49}), 0);
    scene.lived("large", "Order Completed", json!({"total": 50}), 0);
    scene.lived("imported", "Order Completed", json!({"total": 50}), 4 * DAY_MS);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 1}), "what was long ago is nobody's encounter of today");
    assert_eq!(scene.invited()[0].identifiers[0].value, "large");
}

#[test]
fn a_customer_is_left_alone_after_a_contact_whatever_the_survey() {
    let mut scene = Scene::new();
    let low = scene.survey("low", json!({"when": {"event": "Order Completed"}, "priority": 2}));
    let high = scene.survey("high", json!({"when": {"event": "Order Completed"}, "priority": 8}));
    scene.pass(0);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!((scene.planned(&high), scene.planned(&low)), (json!({"invited": 1}), json!({"too_soon": 1})));
    scene.clock.pass(8 * DAY_MS);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&high), json!({"invited": 2}));
    scene.clock.pass(8 * DAY_MS);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&high), json!({"invited": 2, "too_often": 1}), "two in thirty days");

    scene.set_rule(json!({"most": 9, "days": 30, "apart_days": 0, "from_hour": 0, "until_hour": 24}));
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&low)["invited"], 1, "the rule holds for all surveys, and another one from now on");
}

#[test]
fn customers_who_turn_out_to_be_one_have_the_contacts_of_both() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(0));
    scene.pass(0);
    let send = |scene: &Scene, number: u32, known: &[(&str, &str)]| {
        let mut event = json!({"type": "track", "event": "Order Completed", "messageId": format!("known-{number}"),
            "timestamp": format_instant(scene.now()), "context": {"traits": {"email": format!("e{number}@example.com")}}});
        for (name, value) in known {
            event[*name] = json!(value);
        }
        scene.door.collect("/v1/batch", json!({ "batch": [event] }).to_string()).expect(200);
        scene.pass(3_000);
    };
    send(&scene, 1, &[("anonymousId", "browser-1")]);
    assert_eq!(scene.planned(&id), json!({"invited": 1}));
    // The browser turns out to be hers, by another address.
    send(&scene, 2, &[("anonymousId", "browser-1"), ("userId", "ana")]);
    assert_eq!(scene.planned(&id), json!({"invited": 1, "too_soon": 1}));
    scene.lived("eva", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 2, "too_soon": 1}), "somebody else is asked");
}

#[test]
fn nobody_is_invited_by_night_and_nothing_is_lost_by_it() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(0));
    scene.pass(12 * HOUR_MS);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"waiting": 1}));
    scene.pass(10 * HOUR_MS);
    assert_eq!(scene.planned(&id), json!({"waiting": 1}), "8:00");
    scene.pass(HOUR_MS);
    assert_eq!(scene.planned(&id), json!({"invited": 1}));
}

#[test]
fn a_closed_survey_invites_nobody_and_is_not_made_up_for() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(60));
    scene.pass(0);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    scene.set_state(&id, "closed");
    scene.lived("eva", "Order Completed", json!({}), 0);
    scene.pass(HOUR_MS);
    assert_eq!(scene.planned(&id), json!({"not_open": 1}));
    scene.set_state(&id, "open");
    scene.pass(HOUR_MS);
    assert_eq!(scene.planned(&id), json!({"not_open": 1}), "what happened while it was closed leads to nothing");
}

#[test]
fn a_segment_and_a_lot_say_who_is_asked() {
    let mut scene = Scene::new();
    scene.lived("ana", "Account Created", json!({}), HOUR_MS);
    let segment = json!({"name": "Con cuenta", "customers": "activity=Account%20Created"});
    let made = scene.door.owner("POST", "/api/v1/segments", segment.to_string());
    assert_eq!(made.status, 201, "{}", String::from_utf8_lossy(&made.body));
    let when = json!({"event": "Order Completed"});
    let id = scene.survey("members", json!({"when": when, "segment": "con cuenta"}));
    let lot = scene.survey("lot", json!({"when": {"event": "Visit"}, "share": 30}));
    let nobody = scene.survey("nobody", json!({"when": {"event": "Call"}, "segment": "No hay tal"}));
    scene.pass(0);
    for customer in ["ana", "eva"] {
        scene.lived(customer, "Order Completed", json!({}), 0);
        scene.lived(customer, "Call", json!({}), 0);
    }
    for number in 0..100 {
        scene.lived(&format!("c-{number}"), "Visit", json!({}), 0);
    }
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 1, "outside_segment": 1}));
    assert_eq!(scene.planned(&nobody), json!({"outside_segment": 2}), "a segment that is gone is nobody's");
    let invited = scene.planned(&lot)["invited"].as_u64().unwrap();
    // Four standard deviations.
    assert!((12..=48).contains(&invited), "{invited} of 100 at 30 %");
}

#[test]
fn days_and_random_moments_ask_everybody_in_their_turn() {
    let mut scene = Scene::new();
    for number in 0..60 {
        scene.lived(&format!("c-{number}"), "Account Created", json!({}), HOUR_MS);
    }
    scene.set_rule(json!({"most": 100, "days": 30, "apart_days": 0, "from_hour": 0, "until_hour": 24}));
    let days = json!({"when": {"days": ["2026-03-04", "2026-03-06"], "hour": 11}});
    let days = scene.survey("days", days);
    let moments = scene.survey("moments", json!({"when": {"every_days": 7}}));
    scene.pass(0);
    scene.pass(DAY_MS);
    assert_eq!(scene.planned(&days), json!({}));
    scene.pass(HOUR_MS);
    assert_eq!(scene.planned(&days), json!({"invited": 60}), "on 4 March at 11:00");
    for _ in 0..6 * 24 {
        scene.pass(HOUR_MS);
    }
    assert_eq!(scene.planned(&days), json!({"invited": 120}));
    let once = scene.planned(&moments)["invited"].as_u64().unwrap();
    assert!((55..=75).contains(&once), "{once} of 60 customers in a week");
    for _ in 0..7 * 24 {
        scene.pass(HOUR_MS);
    }
    let twice = scene.planned(&moments)["invited"].as_u64().unwrap();
    assert!((115..=135).contains(&twice), "{twice} of 60 customers in two weeks");
    assert_eq!(scene.planned(&days), json!({"invited": 120}), "a day comes once");
}

#[test]
fn what_was_followed_is_followed_once_after_a_restart() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(0));
    scene.pass(0);
    scene.lived("ana", "Order Completed", json!({}), 0);
    // The log is sealed before anybody looked.
    scene.door.app.log.seal().unwrap();
    scene.lived("eva", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    scene.door.app.log.seal().unwrap();
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 2}));
}

#[test]
fn a_survey_may_expect_what_the_last_four_weeks_would_have_brought() {
    let mut scene = Scene::new();
    let nothing = scene.forecast(after_order(0));
    assert_eq!(nothing["findings"][0]["code"], "no_occasions");
    for number in 0..40 {
        let name = if number < 30 { format!("c-{number}") } else { format!("unknown-{number}") };
        scene.lived(&name, "Order Completed", json!({"total": number}), 10 * DAY_MS);
        // Two days later: the contact rule would have left them alone.
        scene.lived(&name, "Order Completed", json!({"total": number}), 8 * DAY_MS);
        scene.lived(&name, "Order Completed", json!({"total": number}), 40 * DAY_MS);
    }
    let forecast = scene.forecast(after_order(0));
    assert_eq!(
        (&forecast["occasions"], &forecast["left_alone"], &forecast["customers"]),
        (&json!(80), &json!(40), &json!(40))
    );
    assert_eq!(forecast["reachable"], json!({"value": 0.75, "low": 0.75, "high": 0.75, "of": 40}));
    assert_eq!(forecast["invitations_per_week"], 7.5);
    assert_eq!(forecast["answers_per_week"], Value::Null);
    assert_eq!(forecast["findings"][0]["code"], "no_answer_rate");
    assert_eq!(forecast["asked"].as_array().unwrap().len(), 10);

    let id = scene.survey("other", json!({"when": {"event": "Nothing"}}));
    let people: Vec<Value> = (0..20).map(|number| json!({"identifiers": {"user_id": format!("p-{number}")}})).collect();
    let links = scene
        .door
        .owner("POST", &format!("/api/v1/surveys/{id}/invitations"), json!({ "people": people }).to_string())
        .expect(201)
        .json();
    for link in &links["links"].as_array().unwrap()[..5] {
        let path = link["link"].as_str().unwrap().split("/s/").nth(1).unwrap().to_owned();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        let form = "page=p&version=1&language=es&q.recommend=9".to_owned();
        assert_eq!(scene.door.post(&format!("/s/{path}"), &headers, form).status, 303);
    }
    let forecast = scene.forecast(after_order(0));
    assert_eq!(forecast["answer_rate"]["value"], 0.25);
    assert_eq!((&forecast["answer_rate"]["of"], &forecast["answer_rate_of"]), (&json!(20), &json!("all_surveys")));
    assert_eq!(forecast["answers_per_week"]["value"], 1.875);
    let (low, high) = (forecast["answers_per_week"]["low"].as_f64(), forecast["answers_per_week"]["high"].as_f64());
    assert!(low.unwrap() > 0.5 && high.unwrap() < 4.0, "{forecast}");
    // Two spans of each of 60 customers overlap the four weeks: one moment on average.
    let moments = scene.forecast(json!({"when": {"every_days": 28}}))["occasions"].as_u64().unwrap();
    assert!((40..=80).contains(&moments), "{moments}");
}

#[test]
fn a_rule_that_nobody_could_keep_is_refused_and_the_old_one_stays() {
    let scene = Scene::new();
    let refused = scene.door.owner(
        "PUT",
        "/api/v1/contact-rule",
        r#"{"most":0,"days":30,"apart_days":40,"from_hour":9,"until_hour":9}"#,
    );
    assert_eq!(refused.status, 400);
    let rule = scene.door.owner("GET", "/api/v1/contact-rule", "").expect(200).json();
    assert_eq!(rule, json!({"most": 2, "days": 30, "apart_days": 7, "from_hour": 9, "until_hour": 21}));
}

#[test]
fn an_anonymous_survey_counts_as_a_contact_of_the_day_and_ties_nothing_to_anybody() {
    let mut scene = Scene::new();
    let mut file = survey_file("anonymous", after_order(0));
    file["anonymous"] = json!(true);
    file["title"] = json!({"es": "Sin nombre"});
    let survey = scene.door.owner("POST", "/api/v1/surveys", file.to_string()).expect(201).json();
    let id = survey["id"].as_str().unwrap().to_owned();
    scene.set_state(&id, "open");
    scene.pass(0);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 1}));
    assert!(scene.invited().iter().all(|invitation| invitation.identifiers.is_empty()), "nobody's");
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 1, "too_soon": 1}));
}

#[test]
fn an_answer_that_was_begun_and_left_is_abandoned_once() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", json!({"when": {"event": "Nothing"}}));
    let people = json!({"people": [{"identifiers": {"user_id": "ana"}}, {"identifiers": {"user_id": "eva"}}]});
    let path = format!("/api/v1/surveys/{id}/invitations");
    let links = scene.door.owner("POST", &path, people.to_string()).expect(201).json();
    let token = |index: usize| links["links"][index]["link"].as_str().unwrap().split("/s/").nth(1).unwrap().to_owned();
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let begin = |token: &str| {
        let form = "page=p1&version=1&language=es&q.recommend=9".to_owned();
        assert!(scene.door.post(&format!("/s/{token}/partial"), &headers, form).status < 300);
    };
    begin(&token(0));
    begin(&token(1));
    let form = "page=p1&version=1&language=es&q.recommend=9".to_owned();
    assert_eq!(scene.door.post(&format!("/s/{}", token(1)), &headers, form.clone()).status, 303);
    let abandoned =
        |scene: &Scene| scene.door.exported().iter().filter(|event| event["activity"] == "Survey Abandoned").count();
    scene.pass(DAY_MS);
    assert_eq!(abandoned(&scene), 0, "a day is not over");
    scene.pass(1_000);
    assert_eq!(abandoned(&scene), 1);
    scene.pass(DAY_MS);
    assert_eq!(abandoned(&scene), 1);
    // It may still be sent.
    assert_eq!(scene.door.post(&format!("/s/{}", token(0)), &headers, form).status, 303);
    scene.lived("ana", "Visit", json!({}), 0);
    let answered = scene.door.exported().into_iter().filter(|event| event["activity"] == "Survey Answered").count();
    assert_eq!(answered, 2);
}

#[test]
fn whoever_refuses_is_asked_no_more_by_any_survey() {
    let mut scene = Scene::new();
    scene.set_rule(json!({"most": 9, "days": 30, "apart_days": 0, "from_hour": 0, "until_hour": 24}));
    let id = scene.survey("after-order", after_order(0));
    let other = scene.survey("after-visit", json!({"when": {"event": "Visit"}}));
    scene.pass(0);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    let queued = scene.door.app.state.mail.list_due_mail(i64::MAX, 9).unwrap().remove(0);
    let content: Value = serde_json::from_str(&queued.content).unwrap();
    scene.door.post(&format!("/s/{}/refuse", content["link"].as_str().unwrap()), &[], "").expect(303);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.lived("ana", "Visit", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 1, "refused": 1}));
    assert_eq!(scene.planned(&other), json!({"refused": 1}));
    let people = json!({"people": [{"identifiers": {"email": "ana@example.com"}}], "channel": "email"});
    let path = format!("/api/v1/surveys/{other}/invitations");
    let answer = scene.door.owner("POST", &path, people.to_string()).expect(201).json();
    assert_eq!(answer["left_out"], json!([{"person": 0, "reason": "refused"}]));
}

#[test]
fn whoever_invites_by_hand_keeps_to_the_rule_too() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(0));
    scene.pass(0);
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    let people = json!([
        {"identifiers": {"user_id": "ana", "email": "another@example.com"}},
        {"identifiers": {"email": "eva@example.com"}},
    ]);
    let body = json!({"people": people, "channel": "email"}).to_string();
    let answer = scene.door.owner("POST", &format!("/api/v1/surveys/{id}/invitations"), body).expect(201).json();
    assert_eq!(answer["left_out"], json!([{"person": 0, "reason": "too_soon"}]));
    assert_eq!(answer["links"].as_array().unwrap().len(), 1);
}

#[test]
fn what_events_bring_keeps_nobody_else_from_being_asked() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(0));
    let send = |scene: &Scene, number: u32, email: &str, name: &str| {
        let event = json!({"type": "track", "event": "Order Completed", "userId": format!("u{number}"),
            "messageId": format!("odd-{number}"), "timestamp": format_instant(scene.now()),
            "context": {"traits": {"email": email, "first_name": name, "first": "not named"}}});
        scene.door.collect("/v1/batch", json!({ "batch": [event] }).to_string()).expect(200);
    };
    send(&scene, 1, "n/a", "Ana");
    send(&scene, 2, "ana@", "Ana");
    send(&scene, 3, "eva@example.com", "Pay at https://thief.example now");
    send(&scene, 4, "leo@example.com", "Leo");
    // The same person twice in one look, and nobody waited for the first look.
    scene.lived("mia", "Order Completed", json!({}), 0);
    scene.lived("mia", "Order Completed", json!({}), 0);
    scene.pass(3_000);
    assert_eq!(scene.planned(&id), json!({"invited": 3, "no_address": 2, "too_soon": 1}));
    let traits: Vec<usize> = scene.invited().iter().map(|invitation| invitation.traits.len()).collect();
    assert_eq!(traits, [0, 1, 1], "a name that is an address stays away, and what no text names");
}

#[test]
fn a_survey_that_was_closed_makes_up_for_no_day() {
    let mut scene = Scene::new();
    scene.lived("ana", "Account Created", json!({}), HOUR_MS);
    let id = scene.survey("days", json!({"when": {"days": ["2026-03-04"], "hour": 11}}));
    scene.pass(0);
    scene.set_state(&id, "closed");
    scene.pass(2 * DAY_MS);
    scene.set_state(&id, "open");
    scene.pass(HOUR_MS);
    assert_eq!(scene.planned(&id), json!({}));
    let days = scene.forecast(json!({"when": {"days": ["2026-03-10", "2026-03-17", "2026-09-01"]}}));
    assert_eq!((&days["occasions"], &days["customers"]), (&json!(2), &json!(1)), "two days within four weeks");
    assert_eq!(days["invitations_per_week"], 0.5);
}

#[test]
fn one_request_asks_nobody_twice() {
    let scene = Scene::new();
    let id = scene.survey("visit", json!({"when": {"event": "Nothing"}}));
    let people = json!([{"identifiers": {"email": "ana@example.com"}}, {"identifiers": {"email": "ana@example.com"}}]);
    let body = json!({"people": people, "channel": "email"}).to_string();
    let answer = scene.door.owner("POST", &format!("/api/v1/surveys/{id}/invitations"), body).expect(201).json();
    assert_eq!(answer["left_out"], json!([{"person": 1, "reason": "too_soon"}]));
}

/// Whom the only message that waits is for.
fn waiting(scene: &Scene) -> Vec<domain::ports::QueuedMail> {
    scene.door.app.state.mail.list_due_mail(scene.now(), 10).unwrap()
}

#[test]
fn a_message_that_is_late_waits_for_the_hours_of_contact() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(0));
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(0);
    assert_eq!(scene.planned(&id), json!({"invited": 1}));
    // The mail server is down until midnight.
    send_due(&scene.door.app).unwrap();
    scene.pass(14 * HOUR_MS);
    send_due(&scene.door.app).unwrap();
    assert!(waiting(&scene).is_empty(), "nobody is written to by night");
    scene.pass(9 * HOUR_MS);
    let [late] = &waiting(&scene)[..] else { panic!("in the morning it is due") };
    assert_eq!(late.attempts, 0, "a night is no attempt");
}

#[test]
fn what_never_left_is_given_up_after_two_days_and_was_no_contact() {
    let mut scene = Scene::new();
    let id = scene.survey("after-order", after_order(0));
    scene.lived("ana", "Order Completed", json!({}), 0);
    scene.pass(0);
    let contacts = |scene: &Scene| {
        let people = json!({"people": [{"identifiers": {"email": "ana@example.com"}}], "channel": "email"});
        let path = format!("/api/v1/surveys/{id}/invitations");
        let invited = scene.door.owner("POST", &path, people.to_string()).expect(201).json();
        invited["left_out"].clone()
    };
    let too_soon = json!([{"person": 0, "reason": "too_soon"}]);
    assert_eq!(contacts(&scene), too_soon);
    for _ in 0..47 {
        scene.pass(HOUR_MS);
        send_due(&scene.door.app).unwrap();
    }
    assert_eq!(scene.door.app.state.mail.count_queued_mail().unwrap(), 1);
    assert_eq!(contacts(&scene), too_soon, "it may still leave");
    scene.pass(HOUR_MS);
    send_due(&scene.door.app).unwrap();
    assert_eq!(scene.door.app.state.mail.count_queued_mail().unwrap(), 0, "after 48 hours it is no use any more");
    assert_eq!(contacts(&scene), json!([]), "nobody was interrupted");
}

#[test]
fn an_address_that_answered_goes_before_one_that_an_event_brought() {
    let scene = Scene::new();
    scene.survey("after-order", after_order(0));
    let identify = |scene: &Scene, address: &str, number: u32| {
        let event = json!({
            "type": "track", "userId": "ana", "event": "Order Completed", "messageId": format!("brought-{number}"),
            "timestamp": format_instant(scene.now()), "context": {"traits": {"email": address}},
        });
        scene.door.collect("/v1/track", event.to_string()).expect(200);
    };
    let addresses = |scene: &Scene| {
        let queued = scene.door.app.state.mail.list_due_mail(i64::MAX, 10).unwrap();
        queued.iter().map(|mail| mail.address.clone()).collect::<Vec<_>>()
    };
    identify(&scene, "ana@example.com", 1);
    scene.pass(MINUTE_MS);
    let [first] = &scene.door.app.state.mail.list_due_mail(i64::MAX, 10).unwrap()[..] else { panic!("one message") };
    let content: Value = serde_json::from_str(&first.content).unwrap();
    let ending = MailEnding {
        id: first.id,
        state: MailState::Sent,
        at: scene.now(),
        new_id: MailId(first.id.0 ^ 1),
        problem: None,
        refusal: None,
        no_contact: None,
        events: &[],
    };
    scene.door.app.state.mail.end_mail(&ending).unwrap();

    // Nobody has answered yet: the newest counts.
    scene.pass(8 * DAY_MS);
    identify(&scene, "other@example.com", 2);
    scene.pass(MINUTE_MS);
    assert_eq!(addresses(&scene), ["other@example.com"]);

    let form = "page=p&version=1&language=es&q.recommend=9".to_owned();
    let path = format!("/s/{}", content["link"].as_str().unwrap());
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(scene.door.post(&path, &headers, form).status, 303);
    scene.pass(23 * DAY_MS);
    identify(&scene, "stranger@example.com", 3);
    scene.pass(MINUTE_MS);
    assert_eq!(addresses(&scene), ["other@example.com", "ana@example.com"]);
}
