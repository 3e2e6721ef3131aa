//! From a survey's file to an answer on the customer's timeline, and what becomes of answers that nobody should be tied to.

use domain::ports::SurveySubject;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::door::{Answer, Door};

const SHORT: &str = r#"{
    "format": 1, "name": "short", "kind": "transactional", "languages": ["es", "en"],
    "title": {"es": "Breve", "en": "Short"}, "thanks": {"es": "Gracias", "en": "Thanks"},
    "questions": [
        {"id": "recommend", "type": "nps", "required": true, "text": {"es": "¿Recomendaría?", "en": "Would you recommend us?"}},
        {"id": "why", "type": "text", "text": {"es": "¿Por qué?", "en": "Why?"}}
    ]
}"#;

fn create(door: &Door, file: &str) -> Value {
    door.owner("POST", "/api/v1/surveys", file.to_owned()).expect(201).json()
}

fn set_state(door: &Door, id: &str, state: &str) {
    door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": state}).to_string()).expect(200);
}

/// A survey that is open, its id and the token of its link.
fn open(door: &Door, file: &str) -> (String, String) {
    let survey = create(door, file);
    let id = survey["id"].as_str().unwrap().to_owned();
    set_state(door, &id, "open");
    (id, token_of(survey["link"].as_str().unwrap()))
}

fn token_of(link: &str) -> String {
    link.rsplit_once("/s/").unwrap().1.to_owned()
}

/// The token of a link for one person.
fn invite(door: &Door, id: &str, person: Value) -> String {
    let body = json!({"people": [person], "channel": "sms"}).to_string();
    let links = door.owner("POST", &format!("/api/v1/surveys/{id}/invitations"), body).expect(201).json();
    token_of(links["links"][0]["link"].as_str().unwrap())
}

fn answer(door: &Door, token: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    door.post(&format!("/s/{token}"), &headers, form.to_owned())
}

fn activities(door: &Door) -> Vec<String> {
    let mut events = door.exported();
    events.sort_by_key(|event| event["seq"].as_u64());
    events.iter().map(|event| event["activity"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_answer_stands_on_the_timeline_of_the_customer_who_was_asked() {
    let door = Door::open();
    door.lived(&[("ana", "Order Completed", 3)]);
    let (id, _) = open(&door, SHORT);
    let person = json!({"identifiers": {"user_id": "ana"}, "touchpoint": "web:Order Completed"});
    let token = invite(&door, &id, person);

    let page = door.get(&format!("/s/{token}?language=es")).expect(200);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert!(String::from_utf8(page.body).unwrap().contains("¿Recomendaría?"));
    assert_eq!(activities(&door), ["Order Completed", "Survey Sent"], "fetching the page is nobody's doing");

    let form = "page=p1&version=1&language=es&q.recommend=9&q.why=Muy+r%C3%A1pido";
    let sent = answer(&door, &token, form);
    assert_eq!(sent.status, 303, "the page after it can be loaded again without sending");
    door.get(sent.header("location").unwrap()).expect(200);
    assert_eq!(activities(&door), ["Order Completed", "Survey Sent", "Survey Started", "Survey Answered"]);
    let events = door.exported();
    let answered = events.iter().find(|event| event["activity"] == "Survey Answered").unwrap();
    assert_eq!(answered["properties"]["nps"], 9);
    assert_eq!(answered["properties"]["comment"], "Muy rápido");
    assert_eq!(answered["properties"]["survey"], "short");
    assert_eq!(answered["properties"]["touchpoint"], "web:Order Completed");
    assert_eq!(answered["channel"], "sms");
    let customers: std::collections::BTreeSet<String> =
        events.iter().map(|event| event["customer"].to_string()).collect();
    assert_eq!(customers.len(), 1, "it is ana's");

    // Once more, from another page: the first answer counts.
    answer(&door, &token, "page=p2&version=1&q.recommend=0");
    let listed = door.get(&format!("/api/v1/surveys/{id}/responses")).json();
    assert_eq!(listed["responses"].as_array().unwrap().len(), 1);
    assert_eq!(listed["responses"][0]["answers"]["recommend"], 9);
    assert_eq!(activities(&door).len(), 4);
}

#[test]
fn an_open_link_ties_no_answer_to_anybody() {
    let door = Door::open();
    let (id, token) = open(&door, SHORT);
    answer(&door, &token, "page=p1&version=1&language=en&q.recommend=3&q.why=Cold+coffee").expect(303);
    assert!(activities(&door).is_empty());
    let listed = door.get(&format!("/api/v1/surveys/{id}/responses")).json();
    let response = &listed["responses"][0];
    assert_eq!((&response["is_anonymous"], &response["is_complete"]), (&json!(true), &json!(true)));
    assert!(response["answered_at"].as_str().unwrap().ends_with("T00:00:00.000Z"), "{response}");
}

#[test]
fn an_anonymous_survey_forgets_whom_it_invited() {
    let door = Door::open();
    door.lived(&[("ana", "Order Completed", 3)]);
    let file = SHORT.replace("\"format\": 1,", "\"format\": 1, \"anonymous\": true,");
    let (id, _) = open(&door, &file);
    let secret = "ana-de-verdad-4711";
    let person = json!({
        "identifiers": {"user_id": secret}, "traits": {"first_name": secret}, "touchpoint": "web:Order Completed",
        "unit": "ES-MAD-03", "event": "evt_5f2b8c0d1e3a47698b7c6d5e4f3a2b1c",
    });
    let token = invite(&door, &id, person);
    answer(&door, &token, "page=p1&version=1&q.recommend=1").expect(303);
    // A used link says no more what it was about.
    let hash = Sha256::digest(token.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let used = door.app.state.surveys.find_survey_invitation(&hash).unwrap().unwrap();
    assert_eq!((used.subject, used.traits), (SurveySubject::default(), Vec::new()));
    assert_eq!(activities(&door), ["Order Completed"]);
    door.app.log.sync_state().unwrap();
    // Nothing on the disk names her, and the two rows have neither a number nor an instant in common.
    for file in walk(&door.data_dir()) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{}", file.display());
    }
    let listed = door.get(&format!("/api/v1/surveys/{id}/responses")).json();
    assert_eq!(listed["responses"][0]["is_anonymous"], true);
    answer(&door, &token, "page=p2&version=1&q.recommend=10");
    let again = door.get(&format!("/api/v1/surveys/{id}/responses")).json();
    assert_eq!(again["responses"].as_array().unwrap().len(), 1, "a link for one person is used once");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn what_was_begun_is_kept_and_sending_it_completes_it() {
    let door = Door::open();
    let (id, token) = open(&door, SHORT);
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let part = |form: &str| door.post(&format!("/s/{token}/partial"), &headers, form.to_owned());
    part("page=p1&version=1&q.recommend=7").expect(204);
    let list = || door.get(&format!("/api/v1/surveys/{id}/responses")).json()["responses"].clone();
    assert_eq!((&list()[0]["is_complete"], list().as_array().unwrap().len()), (&json!(false), 1));
    answer(&door, &token, "page=p1&version=1&q.recommend=7&q.why=bien").expect(303);
    answer(&door, &token, "page=p1&version=1&q.recommend=7&q.why=bien").expect(303);
    part("page=p1&version=1&q.recommend=0").expect(204);
    assert_eq!(list().as_array().unwrap().len(), 1, "a page has one answer");
    assert_eq!(list()[0]["answers"], json!({"recommend": 7, "why": "bien"}));
}

#[test]
fn what_is_wrong_is_said_and_nothing_is_lost() {
    let door = Door::open();
    let (id, token) = open(&door, SHORT);
    let text = |answer: Answer| String::from_utf8(answer.body).unwrap();
    let missing = answer(&door, &token, "page=p1&version=1&q.why=%3Cscript%3Ealert(1)%3C/script%3E").expect(400);
    let page = text(missing);
    assert!(
        page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"),
        "what was typed is still there"
    );
    answer(&door, &token, "page=p1&version=1&q.recommend=11").expect(400);
    answer(&door, &token, "page=p1&version=9&q.recommend=9").expect(404);
    answer(&door, &token, "version=1&q.recommend=9").expect(400);
    answer(&door, "nobody-has-this-link", "page=p1&version=1&q.recommend=9").expect(404);
    door.get("/s/nobody-has-this-link").expect(404);
    let long = format!("page=p1&version=1&q.recommend=9&q.why={}", "x".repeat(1 << 20));
    answer(&door, &token, &long).expect(400);
    set_state(&door, &id, "closed");
    answer(&door, &token, "page=p1&version=1&q.recommend=9").expect(410);
    let listed = door.get(&format!("/api/v1/surveys/{id}/responses")).json();
    assert!(listed["responses"].as_array().unwrap().is_empty());
}

#[test]
fn a_survey_that_changes_takes_the_answers_of_pages_that_were_open() {
    let door = Door::open();
    let (id, token) = open(&door, SHORT);
    let changed = SHORT.replace("\"recommend\"", "\"again\"");
    let path = format!("/api/v1/surveys/{id}");
    let second = door.owner("PUT", &format!("{path}?version=1"), changed.clone()).expect(200).json();
    assert_eq!(second["version"], 2);
    door.owner("PUT", &format!("{path}?version=1"), changed.clone()).expect(409);
    let renamed = SHORT.replace("\"short\"", "\"other\"");
    assert!(
        door.owner("PUT", &path, renamed).expect(400).json()["detail"].as_str().unwrap().contains("keeps its name")
    );
    answer(&door, &token, "page=p1&version=1&q.recommend=9").expect(303);
    answer(&door, &token, "page=p2&version=2&q.again=9").expect(303);
    answer(&door, &token, "page=p3&version=2&q.recommend=9").expect(400);
    let listed = door.get(&format!("{path}/responses")).json();
    let mut versions: Vec<u64> =
        listed["responses"].as_array().unwrap().iter().map(|response| response["version"].as_u64().unwrap()).collect();
    versions.sort_unstable();
    assert_eq!(versions, [1, 2]);
    let anonymous = SHORT.replace("\"format\": 1,", "\"format\": 1, \"anonymous\": true,");
    let refused = door.owner("PUT", &path, anonymous).expect(400).json();
    assert!(refused["detail"].as_str().unwrap().contains("never changes"), "people were promised otherwise: {refused}");
}

#[test]
fn a_file_that_is_no_survey_is_refused_with_everything_that_is_wrong() {
    let door = Door::open();
    let wrong = r#"{"format": 1, "name": "x", "kind": "transaktional", "languages": ["es"], "title": {"es": "T"}, "questions": []}"#;
    let refused = door.owner("POST", "/api/v1/surveys", wrong).expect(400).json();
    let detail = refused["detail"].as_str().unwrap();
    for place in ["$.kind", "transactional", "thanks", "$.questions"] {
        assert!(detail.contains(place), "{detail}");
    }
    create(&door, SHORT);
    assert_eq!(door.owner("POST", "/api/v1/surveys", SHORT).expect(409).json()["code"], "name_taken");
    for example in door.get("/api/v1/surveys/examples").json()["examples"].as_array().unwrap() {
        create(&door, &example.to_string());
    }
}

#[test]
fn a_draft_is_not_there_for_customers() {
    let door = Door::open();
    let survey = create(&door, SHORT);
    let token = token_of(survey["link"].as_str().unwrap());
    door.get(&format!("/s/{token}")).expect(404);
    answer(&door, &token, "page=p1&version=1&q.recommend=9").expect(404);
}

#[test]
fn whoever_refuses_is_asked_no_more() {
    let door = Door::open();
    let (id, _) = open(&door, SHORT);
    let token = invite(&door, &id, json!({"identifiers": {"user_id": "ana"}}));
    door.post(&format!("/s/{token}/refuse"), &[], "").expect(303);
    assert_eq!(activities(&door), ["Survey Sent", "Survey Refused"]);
    door.get(&format!("/s/{token}")).expect(410);
    let listed = door.get(&format!("/api/v1/surveys/{id}")).json();
    assert_eq!(listed["counts"]["refused"], 1);
}

#[test]
fn scores_are_computed_from_the_answers_on_the_timeline() {
    let door = Door::open();
    let (id, _) = open(&door, SHORT);
    for (customer, score) in [("a", 10), ("b", 9), ("c", 9), ("d", 7), ("e", 2)] {
        let person = json!({"identifiers": {"user_id": customer}, "touchpoint": "web:Order Completed"});
        let token = invite(&door, &id, person);
        answer(&door, &token, &format!("page={customer}&version=1&q.recommend={score}")).expect(303);
    }
    let scores = door.get("/api/v1/scores?metric=nps&minimum=5&by=touchpoint&survey=short").expect(200).json();
    let total = &scores["whole"]["total"];
    assert_eq!((&total["answers"], &total["customers"]), (&json!(5), &json!(5)));
    assert!((total["score"].as_f64().unwrap() - 40.0).abs() < 1e-9, "{total}");
    assert!(total["low"].as_f64().unwrap() < 40.0 && total["high"].as_f64().unwrap() > 40.0);
    assert_eq!(scores["groups"][0]["value"], "web:Order Completed");
    assert_eq!(scores["over"]["scanned"], json!(["nps", "survey", "touchpoint"]));
    assert_eq!((&scores["values"], &total["counts"]), (&json!([2.0, 7.0, 9.0, 10.0]), &json!([1, 1, 2, 1])));
    // Of fewer than ten answers no score is told unless somebody asks.
    let cautious = door.get("/api/v1/scores?metric=nps").expect(200).json();
    assert_eq!(
        (&cautious["whole"]["total"]["score"], &cautious["whole"]["total"]["answers"]),
        (&json!(null), &json!(5))
    );
    assert_eq!(cautious["values"], json!([]), "nor what was answered");
    let unknown = door.get("/api/v1/scores?metric=npss").expect(400).json();
    assert!(unknown["detail"].as_str().unwrap().contains("did you mean `nps`"), "{unknown}");
}

#[test]
fn a_comment_is_read_and_what_is_personal_in_it_stays_with_those_who_may_read_that() {
    let door = Door::open();
    let (id, _) = open(&door, SHORT);
    let token = invite(&door, &id, json!({"identifiers": {"user_id": "ana", "email": "ana@alameda.example"}}));
    let comment = "El caf\u{e9} muy bueno, pero la espera fue horrible. Mi correo es otra@alameda.example y el tel\u{e9}fono 612 345 678";
    let form =
        serde_urlencoded::to_string([("page", "p1"), ("version", "1"), ("q.recommend", "6"), ("q.why", comment)])
            .unwrap();
    answer(&door, &token, &form).expect(303);
    let events = door.exported();
    let answered = events.iter().find(|event| event["activity"] == "Survey Answered").unwrap();
    let properties = &answered["properties"];
    assert_eq!((&properties["comment_language"], &properties["comment_tier"]), (&json!("es"), &json!("ngrams")));
    let topics = properties["comment_topics"].as_str().unwrap();
    assert!(topics.contains("waiting:negative"), "{topics}");
    assert_eq!(
        [&properties["comment_emotion"], &properties["comment_effort"], &properties["comment_intention"]],
        [&json!("anger"), &json!("none"), &json!("none")]
    );
    let path = format!("/api/v1/surveys/{id}/responses");
    let listed = |key: &str| door.with_key(key, "GET", &path, "").expect(200).json()["responses"][0].clone();
    let for_analysts = listed(&door.read_key);
    assert!(!for_analysts.to_string().contains("otra@alameda.example"), "{for_analysts}");
    assert!(!for_analysts.to_string().contains("612 345 678"), "{for_analysts}");
    assert_eq!(for_analysts["comments"][0]["question"], "why");
    assert_eq!(listed(&door.admin_key)["answers"]["why"], comment);
    door.app.log.seal().unwrap();
    for file in walk(&door.data_dir().join("events")) {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(20).any(|part| part == b"otra@alameda.example"), "{}", file.display());
    }
}

#[test]
fn a_comment_is_explained_by_its_words() {
    let door = Door::open();
    let read = |text: &str| {
        let body = json!({"text": text}).to_string();
        door.with_key(&door.read_key, "POST", "/api/v1/comments/analysis", body).expect(200).json()
    };
    let praise = read("The staff were friendly and the coffee is excellent");
    assert_eq!((&praise["language"], &praise["sentiment"]["class"]), (&json!("en"), &json!("positive")));
    assert!(praise["sentiment"]["words"].to_string().contains("excellent"), "{praise}");
    assert!(praise["topics"].as_array().unwrap().iter().any(|topic| topic["topic"] == "staff"), "{praise}");
    assert_eq!(read("")["sentiment"], json!(null));
    assert_eq!(read("")["emotion"], json!(null));
    let farewell = read("I called four times and I am fed up, I will cancel my contract");
    for (question, label, words) in
        [("emotion", "anger", "fed up"), ("effort", "high", "four times"), ("intention", "leave", "will cancel")]
    {
        let said = &farewell[question];
        assert_eq!(said["label"], json!(label), "{farewell}");
        assert!(said["words"].to_string().contains(words), "{farewell}");
        assert!(said["experimental"].is_boolean(), "{farewell}");
    }
    let elsewhere = read("👎👎");
    assert_eq!((&elsewhere["language"], &elsewhere["emotion"]["experimental"]), (&json!(null), &json!(true)));
}

#[test]
fn a_comment_is_read_by_the_means_that_are_asked_for() {
    let door = Door::open();
    let ask = |text: &str, tier: &str| {
        let body = json!({"text": text, "tier": tier}).to_string();
        door.with_key(&door.read_key, "POST", "/api/v1/comments/analysis", body)
    };
    let comment = "Volveré sin dudarlo, un sitio encantador";
    let (words, place) = (ask(comment, "ngrams").expect(200).json(), ask(comment, "encoder").expect(200).json());
    assert_eq!((&words["tier"], &place["tier"]), (&json!("ngrams"), &json!("encoder")));
    assert_eq!(place["sentiment"]["class"], "positive");
    assert_ne!(words["sentiment"]["score"], place["sentiment"]["score"]);
    assert_eq!(words["topics"], place["topics"]);
    assert_eq!(ask("👎👎", "encoder").expect(200).json()["tier"], "ngrams", "there is nothing to place");
    let refused = ask(comment, "magic").expect(400).json();
    assert!(refused["detail"].as_str().unwrap().contains("`ngrams` or `encoder`"), "{refused}");
}

#[test]
fn the_longest_answer_that_is_taken_reaches_the_timeline() {
    let door = Door::open();
    let texts: Vec<Value> = (0..49)
        .map(|number| json!({"id": format!("t{number}"), "type": "text", "text": {"es": "¿Y?", "en": "And?"}}))
        .collect();
    let mut file: Value = serde_json::from_str(SHORT).unwrap();
    file["questions"].as_array_mut().unwrap().truncate(1);
    file["questions"].as_array_mut().unwrap().extend(texts);
    let (id, _) = open(&door, &file.to_string());
    let token = invite(&door, &id, json!({"identifiers": {"user_id": "ana"}}));
    let long = "\"☕\\".repeat(3_333);
    let mut fields: Vec<(String, String)> = (0..49).map(|number| (format!("q.t{number}"), long.clone())).collect();
    fields.extend([("page", "p1"), ("version", "1"), ("q.recommend", "9")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    answer(&door, &token, &serde_urlencoded::to_string(fields).unwrap()).expect(303);
    let events = door.exported();
    let answered = events.iter().find(|event| event["activity"] == "Survey Answered").unwrap();
    assert_eq!((&answered["properties"]["nps"], &answered["properties"]["texts_are_cut"]), (&json!(9), &json!(true)));
    let listed = door.get(&format!("/api/v1/surveys/{id}/responses")).json();
    assert_eq!(listed["responses"][0]["answers"]["t48"], long, "the whole of it stays with the survey");
}

#[test]
fn a_quota_holds_whatever_version_a_page_shows() {
    let door = Door::open();
    let (id, token) = open(&door, SHORT);
    let wanted = SHORT.replace("\"questions\":", "\"quotas\": [{\"most\": 1}], \"questions\":");
    door.owner("PUT", &format!("/api/v1/surveys/{id}"), wanted).expect(200);
    answer(&door, &token, "page=p1&version=1&q.recommend=9").expect(303);
    answer(&door, &token, "page=p2&version=1&q.recommend=9").expect(410);
    answer(&door, &token, "page=p3&version=2&q.recommend=9").expect(410);
}

#[test]
fn each_event_of_a_survey_names_the_event_that_caused_it() {
    let door = Door::open();
    door.lived(&[("ana", "Order Completed", 3), ("luis", "Order Completed", 3)]);
    let orders = door.exported();
    let event_of = |customer: &str| {
        let is_hers = |event: &&Value| event["identifiers"].to_string().contains(customer);
        orders.iter().find(is_hers).unwrap().clone()
    };
    let order = event_of("ana");
    let (id, _) = open(&door, SHORT);
    let person = |event: &Value| json!({"identifiers": {"user_id": "ana"}, "event": event["event_id"]});
    answer(&door, &invite(&door, &id, person(&order)), "page=p1&version=1&q.recommend=9").expect(303);
    let customer = order["customer"].as_str().unwrap();
    let lived = |query: &str| {
        let path = format!("/api/v1/customers/{customer}/events?{query}");
        door.get(&path).expect(200).json()["events"].as_array().unwrap().clone()
    };
    let cause = json!({
        "id": order["event_id"], "seq": order["seq"], "activity": "Order Completed", "channel": order["channel"],
        "occurred_at": order["occurred_at"],
    });
    // Whatever is asked for, and on whatever page the cause stands.
    let told = lived("activity=Survey%20Answered&limit=1");
    assert_eq!(told[0]["caused_by"], cause);
    let causes: Vec<bool> = lived("").iter().map(|event| event["caused_by"] == cause).collect();
    assert_eq!(causes, [false, true, true, true], "the order has none");

    // What somebody else lived says nothing here.
    let foreign = event_of("luis");
    invite(&door, &id, person(&foreign));
    let sent = lived("activity=Survey%20Sent&order=desc&limit=1");
    assert!(sent[0].get("caused_by").is_none(), "{sent:?}");
}
