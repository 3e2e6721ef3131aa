//! Invitations that leave by e-mail: what goes into the queue, who is left out, what a link out of a message does, and what
//! comes back. That messages really leave, over a mail server, is tried out in `e2e/tests/test_mail.py`.

use domain::ports::{MailEnding, MailState, QueuedMail};
use domain::{MailId, SurveyInvitationId};
use serde_json::{Value, json};
use server::parse_mailbox;

use crate::door::{Answer, Door};

const VISIT: &str = r#"{
    "format": 1, "name": "visit", "kind": "transactional", "languages": ["es", "en"],
    "title": {"es": "La visita", "en": "The visit"}, "thanks": {"es": "Gracias", "en": "Thanks"},
    "questions": [
        {"id": "recommend", "type": "nps", "required": true, "text": {"es": "¿Recomendaría?", "en": "Would you recommend us?"}},
        {"id": "why", "type": "text", "text": {"es": "¿Por qué?", "en": "Why?"}}
    ]
}"#;
const FORM: [(&str, &str); 1] = [("content-type", "application/x-www-form-urlencoded")];

/// A door whose settings name a mail server, and an open survey.
fn door_with(file: &str) -> (Door, String) {
    let door = Door::open_with(|settings| {
        settings.public_url = Some("https://cx.example".to_owned());
        settings.mail.server = Some("smtp://127.0.0.1:1".parse().unwrap());
        settings.mail.from = Some(parse_mailbox("Café Alameda <opina@alameda.example>").unwrap());
    });
    let id = open(&door, file);
    (door, id)
}

fn open(door: &Door, file: &str) -> String {
    let survey = door.owner("POST", "/api/v1/surveys", file.to_owned()).expect(201).json();
    let id = survey["id"].as_str().unwrap().to_owned();
    door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": "open"}).to_string()).expect(200);
    id
}

fn invite(door: &Door, id: &str, people: Value) -> Answer {
    let body = json!({"people": people, "channel": "email"}).to_string();
    door.owner("POST", &format!("/api/v1/surveys/{id}/invitations"), body)
}

fn person(address: &str) -> Value {
    json!({"identifiers": {"email": address}, "traits": {"language": "en"}})
}

fn queued(door: &Door) -> Vec<QueuedMail> {
    door.app.state.mail.list_due_mail(i64::MAX, 1_000).unwrap()
}

/// The secrets of a message: of its link, and of the one by which no further mail is asked for.
fn secrets(mail: &QueuedMail) -> (String, String) {
    let content: Value = serde_json::from_str(&mail.content).unwrap();
    let text = |name: &str| content[name].as_str().unwrap().to_owned();
    (text("link"), text("unsubscribe"))
}

/// As if a mail server had taken it.
fn leave(door: &Door, mail: &QueuedMail) {
    let new_id = MailId(mail.id.0 ^ 1);
    let ending = MailEnding {
        id: mail.id,
        state: MailState::Sent,
        at: 0,
        new_id,
        problem: None,
        refusal: None,
        no_contact: None,
        events: &[],
    };
    assert!(door.app.state.mail.end_mail(&ending).unwrap());
}

fn activities(door: &Door) -> Vec<String> {
    let events = door.exported();
    events.iter().map(|event| event["activity"].as_str().unwrap_or_default().to_owned()).collect()
}

fn refused(door: &Door) -> Value {
    door.get("/api/v1/mail/refusals").expect(200).json()["refusals"].clone()
}

fn bounce_of(message_id: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; \
         report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; x@y.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n\
         --b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: x\r\n\r\nHola\r\n--b--\r\n"
    )
}

#[test]
fn an_invitation_waits_with_its_message_and_is_not_sent_yet() {
    let (door, id) = door_with(VISIT);
    let answer = invite(&door, &id, json!([person("Ana@Example.com"), person("eva@example.com")])).expect(201).json();
    assert_eq!((answer["links"].as_array().unwrap().len(), &answer["left_out"]), (2, &json!([])));
    assert!(answer["links"][0].get("link").is_none(), "only whoever gets the message has the link: {answer}");
    let mut addresses: Vec<String> = queued(&door).into_iter().map(|mail| mail.address).collect();
    addresses.sort_unstable();
    assert_eq!(addresses, ["ana@example.com", "eva@example.com"]);
    assert!(activities(&door).is_empty(), "nothing was sent");
    let ids: Vec<String> = queued(&door).into_iter().map(|mail| mail.message_id).collect();
    assert!(ids.iter().all(|id| id.ends_with("@cx.example") && id.len() == 24 + "@cx.example".len()), "{ids:?}");
}

#[test]
fn where_no_mail_can_leave_nothing_is_made() {
    let door = Door::open();
    let id = open(&door, VISIT);
    let refused = invite(&door, &id, json!([person("ana@example.com")])).expect(409).json();
    assert_eq!(refused["code"], "mail_not_set_up");
    assert!(refused["detail"].as_str().unwrap().contains("smtp_url"), "{refused}");

    let (door, id) = door_with(VISIT);
    let without = json!([person("ana@example.com"), {"identifiers": {"user_id": "eva"}}]);
    let refused = invite(&door, &id, without).expect(400).json();
    assert!(refused["detail"].as_str().unwrap().starts_with("people[1]: "), "{refused}");
    invite(&door, &id, json!([person("no address")])).expect(400);
    door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": "draft"}).to_string()).expect(200);
    assert_eq!(invite(&door, &id, json!([person("ana@example.com")])).expect(409).json()["code"], "survey_not_open");
    assert_eq!(door.get(&format!("/api/v1/surveys/{id}")).json()["counts"]["invitations"], 0);
    assert!(queued(&door).is_empty());
}

#[test]
fn a_link_out_of_a_message_chooses_an_answer_and_sends_nothing() {
    let (door, id) = door_with(VISIT);
    invite(&door, &id, json!([person("ana@example.com")])).expect(201);
    let (token, _) = secrets(&queued(&door)[0]);
    let page = |query: &str| String::from_utf8(door.get(&format!("/s/{token}{query}")).expect(200).body).unwrap();
    let chosen = page("?a=3&language=en");
    assert!(chosen.contains("name=\"q.recommend\" value=\"3\" required checked>"), "{chosen}");
    assert!(chosen.contains(" data-brought>") || chosen.contains(" data-brought "), "its script sends it");
    for nothing in ["", "?a=11", "?a=", "?a=%3Cscript%3E", "?b=3"] {
        let page = page(nothing);
        assert!(!page.contains(" checked") && !page.contains("data-brought"), "{nothing}");
    }
    assert!(!page("?q.recommend=3").contains("data-brought"), "only links of messages are answers");
    assert!(activities(&door).is_empty());
    let counts = door.get(&format!("/api/v1/surveys/{id}")).json()["counts"].clone();
    assert_eq!((&counts["partial"], &counts["complete"]), (&json!(0), &json!(0)));
    // Without a script the form's own button sends it.
    door.post(&format!("/s/{token}"), &FORM, "page=p&version=1&q.recommend=3&q.why=".to_owned()).expect(303);
    assert_eq!(activities(&door), ["Survey Started", "Survey Answered"]);
}

#[test]
fn one_click_ends_further_mail_whatever_became_of_the_survey() {
    let (door, id) = door_with(VISIT);
    invite(&door, &id, json!([person("ana@example.com")])).expect(201);
    let mail = queued(&door).remove(0);
    let (link, unsubscribe) = secrets(&mail);
    leave(&door, &mail);
    door.post(&format!("/s/{link}"), &FORM, "page=p&version=1&q.recommend=9".to_owned()).expect(303);
    door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": "closed"}).to_string()).expect(200);
    let path = format!("/s/{unsubscribe}/unsubscribe");
    for (language, word) in [("es", "No recibir más mensajes"), ("en", "Stop these messages")] {
        let page = String::from_utf8(door.get(&format!("{path}?language={language}")).expect(200).body).unwrap();
        assert!(page.contains(word) && page.contains("value=\"One-Click\""), "{page}");
    }
    assert_eq!(refused(&door), json!([]), "looking is not asking");
    for _ in 0..2 {
        let headers = [FORM[0], ("origin", "https://mail.example"), ("sec-fetch-site", "cross-site")];
        door.post(&path, &headers, "List-Unsubscribe=One-Click".to_owned()).expect(200);
    }
    let listed = refused(&door);
    assert_eq!((listed.as_array().unwrap().len(), &listed[0]["reason"]), (1, &json!("unsubscribed")));
    assert_eq!((&listed[0]["address"], &listed[0]["survey"]), (&json!("ana@example.com"), &json!(id)));
    assert_eq!(activities(&door).iter().filter(|name| *name == "Survey Unsubscribed").count(), 1);
    door.get("/s/viv_nobody/unsubscribe").expect(404);
    door.post("/s/viv_nobody/unsubscribe", &FORM, String::new()).expect(404);

    // The link of the invitation itself does too, and somebody else is still written to.
    door.post(&format!("/s/{link}/unsubscribe"), &FORM, String::new()).expect(200);
    door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": "open"}).to_string()).expect(200);
    let again = invite(&door, &id, json!([person("eva@example.com"), person("ANA@example.com")])).expect(201).json();
    assert_eq!(again["left_out"], json!([{"person": 1, "reason": "unsubscribed"}]));
    assert_eq!(again["links"].as_array().unwrap().len(), 1);
    assert_eq!(queued(&door).len(), 1);
}

#[test]
fn a_message_that_came_back_is_believed_only_with_its_secret() {
    let (door, id) = door_with(VISIT);
    invite(&door, &id, json!([person("ana@example.com")])).expect(201);
    let mail = queued(&door).remove(0);
    leave(&door, &mail);
    let report = |message: String| door.owner("POST", "/api/v1/mail/reports", message);
    let forged = report(bounce_of("ana@example.com")).expect(200).json();
    assert_eq!((&forged["outcome"], refused(&door)), (&json!("nothing"), json!([])));
    report("Subject: away\r\n\r\nUntil Monday.".to_owned()).expect(400);
    let believed = report(bounce_of(&mail.message_id)).expect(200).json();
    assert_eq!(
        (&believed["outcome"], &believed["invitation"]),
        (&json!("bounced"), &json!(mail.invitation.id.to_string()))
    );
    assert_eq!(report(bounce_of(&mail.message_id)).expect(200).json()["outcome"], "nothing", "known already");
    assert_eq!(activities(&door), ["Survey Bounced"]);
    assert_eq!(door.exported()[0]["channel"], "email");
}

#[test]
fn a_person_lets_somebody_be_written_to_again() {
    let (door, id) = door_with(VISIT);
    invite(&door, &id, json!([person("ana@example.com")])).expect(201);
    let (_, unsubscribe) = secrets(&queued(&door)[0]);
    door.post(&format!("/s/{unsubscribe}/unsubscribe"), &FORM, String::new()).expect(200);
    let path = "/api/v1/mail/refusals/Ana@example.com";
    let read_key = door.read_key.clone();
    assert_eq!(door.with_key(&read_key, "DELETE", path, "").status, 403);
    door.owner("DELETE", path, "").expect(204);
    door.owner("DELETE", path, "").expect(404);
    assert_eq!(refused(&door), json!([]));
    let audit = door.get("/api/v1/audit").expect(200).json();
    let newest = &audit["entries"][0];
    assert_eq!((&newest["action"], &newest["subject"]), (&json!("mail.refusal.remove"), &json!("ana@example.com")));
}

#[test]
fn an_anonymous_survey_ties_no_address_to_a_link_after_sending() {
    let (door, id) = door_with(&VISIT.replace("\"format\": 1,", "\"format\": 1, \"anonymous\": true,"));
    invite(&door, &id, json!([person("ana@example.com")])).expect(201);
    let mail = queued(&door).remove(0);
    assert!(mail.invitation.identifiers.is_empty() && mail.invitation.traits.is_empty());
    let (link, unsubscribe) = secrets(&mail);
    leave(&door, &mail);
    let known = door.app.state.mail.find_mail(&mail.message_id).unwrap().unwrap();
    assert_eq!((known.invitation, known.id == mail.id), (None::<SurveyInvitationId>, false));
    door.post(&format!("/s/{link}/unsubscribe"), &FORM, String::new()).expect(404);
    door.post(&format!("/s/{unsubscribe}/unsubscribe"), &FORM, String::new()).expect(200);
    let listed = refused(&door);
    assert_eq!((&listed[0]["survey"], &listed[0]["invitation"]), (&json!(null), &json!(null)));
    assert!(listed[0]["at"].as_str().unwrap().ends_with("T00:00:00.000Z"), "{listed}");
    assert!(activities(&door).is_empty());
}

#[test]
fn a_test_says_what_the_mail_server_answered() {
    let (door, _) = door_with(VISIT);
    let answer =
        door.owner("POST", "/api/v1/mail/test", json!({"to": "ops@example.com"}).to_string()).expect(200).json();
    assert_eq!((&answer["is_accepted"], &answer["server"]), (&json!(false), &json!("127.0.0.1:1")));
    assert!(answer["answer"].as_str().unwrap().contains("cannot be used"), "{answer}");
    door.owner("POST", "/api/v1/mail/test", json!({"to": "a@b\r\nRCPT TO:<x@y>"}).to_string()).expect(400);
    let bare = Door::open();
    let refused = bare.owner("POST", "/api/v1/mail/test", json!({"to": "ops@example.com"}).to_string()).expect(409);
    assert_eq!(refused.json()["code"], "mail_not_set_up");
}
