//! What a survey's editor sees before anything is kept, and what the open link of a survey says about where it hangs.

use serde_json::{Value, json};

use crate::door::{Answer, Door};

const COUNTER: &str = r##"{
    "format": 1, "name": "counter", "kind": "transactional", "languages": ["es", "en"],
    "title": {"es": "En la barra", "en": "At the counter"}, "thanks": {"es": "Gracias", "en": "Thanks"},
    "theme": {"accent": "#FFD400"},
    "questions": [{"id": "easy", "type": "ces", "required": true, "text": {"es": "Fue fácil", "en": "It was easy"}}]
}"##;

fn open(door: &Door) -> (String, String) {
    let survey = door.owner("POST", "/api/v1/surveys", COUNTER.to_owned()).expect(201).json();
    let id = survey["id"].as_str().unwrap().to_owned();
    door.owner("PUT", &format!("/api/v1/surveys/{id}/state"), json!({"state": "open"}).to_string()).expect(200);
    let token = survey["link"].as_str().unwrap().rsplit_once("/s/").unwrap().1.to_owned();
    (id, token)
}

fn add_unit(door: &Door, name: &str) {
    let unit = json!({"units": [{"name": name, "label": name}]}).to_string();
    door.owner("PUT", "/api/v1/units", unit).expect(200);
}

fn answer(door: &Door, token: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    door.post(&format!("/s/{token}"), &headers, form.to_owned())
}

fn page(door: &Door, path: &str) -> String {
    String::from_utf8(door.get(path).expect(200).body).unwrap()
}

fn newest(door: &Door, id: &str) -> Value {
    door.get(&format!("/api/v1/surveys/{id}/responses")).json()["responses"][0].clone()
}

#[test]
fn an_open_link_says_what_its_answer_is_about() {
    let door = Door::open();
    add_unit(&door, "ES-MAD-03");
    let (id, token) = open(&door);
    let shown = page(&door, &format!("/s/{token}?language=es&touchpoint=shop:Caf%C3%A9&unit=ES-MAD-03"));
    assert!(shown.contains("name=\"touchpoint\" value=\"shop:Café\""), "{shown}");
    assert!(shown.contains("name=\"unit\" value=\"ES-MAD-03\""));
    assert!(
        shown.contains("language=en&amp;touchpoint=shop%3ACaf%C3%A9&amp;unit=ES-MAD-03"),
        "another language keeps it"
    );
    answer(&door, &token, "page=p1&version=1&q.easy=6&touchpoint=shop:Caf%C3%A9&unit=ES-MAD-03").expect(303);
    let response = newest(&door, &id);
    assert_eq!((&response["touchpoint"], &response["unit"]), (&json!("shop:Café"), &json!("ES-MAD-03")));
    assert_eq!(response["is_anonymous"], true);
}

#[test]
fn what_an_open_link_claims_is_a_text_or_nothing() {
    let door = Door::open();
    add_unit(&door, "ES-MAD-03");
    let (id, token) = open(&door);
    let long = "x".repeat(201);
    for (position, about) in [
        "touchpoint=nowhere&unit=ES-SEV-99",
        "touchpoint=:&unit=",
        &format!("touchpoint=web:{long}&unit={long}"),
        "touchpoint=web:a%0Ab&unit=ES-MAD-03%00",
    ]
    .into_iter()
    .enumerate()
    {
        answer(&door, &token, &format!("page=p{position}&version=1&q.easy=6&{about}")).expect(303);
        let listed = door.get(&format!("/api/v1/surveys/{id}/responses")).json();
        for response in listed["responses"].as_array().unwrap() {
            assert_eq!((&response["touchpoint"], &response["unit"]), (&Value::Null, &Value::Null), "{about}");
        }
    }
    let shown = page(&door, &format!("/s/{token}?touchpoint=web:%22%3E%3Cscript%3Ealert(1)%3C/script%3E"));
    assert!(!shown.contains("<script>alert"), "{shown}");
    assert!(shown.contains("value=\"web:&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\""), "{shown}");
}

#[test]
fn an_invitation_knows_what_it_is_about_whatever_its_link_says() {
    let door = Door::open();
    add_unit(&door, "ES-MAD-03");
    let (id, _) = open(&door);
    let people =
        json!({"people": [{"identifiers": {"user_id": "ana"}, "touchpoint": "web:Order Completed"}]}).to_string();
    let links = door.owner("POST", &format!("/api/v1/surveys/{id}/invitations"), people).expect(201).json();
    let token = links["links"][0]["link"].as_str().unwrap().rsplit_once("/s/").unwrap().1.to_owned();
    answer(&door, &token, "page=p1&version=1&q.easy=6&touchpoint=shop:Other&unit=ES-MAD-03").expect(303);
    let response = newest(&door, &id);
    assert_eq!((&response["touchpoint"], &response["unit"]), (&json!("web:Order Completed"), &Value::Null));
}

#[test]
fn a_code_carries_the_open_link_and_only_units_that_there_are() {
    let door = Door::open();
    add_unit(&door, "ES-MAD-03");
    let (id, _) = open(&door);
    let plain = door.get(&format!("/api/v1/surveys/{id}/qr.svg")).expect(200);
    assert_eq!(plain.header("content-type").unwrap(), "image/svg+xml");
    let svg = |answer: Answer| String::from_utf8(answer.body).unwrap();
    let about = svg(door.get(&format!("/api/v1/surveys/{id}/qr.svg?touchpoint=shop:Visit&unit=ES-MAD-03")).expect(200));
    assert!(about.len() > svg(plain).len(), "a longer link has more modules");
    assert!(!about.contains("script"));
    let unknown = door.get(&format!("/api/v1/surveys/{id}/qr.svg?unit=ES-SEV-99")).expect(400).json();
    assert!(unknown["detail"].as_str().unwrap().contains("there is no unit `ES-SEV-99`"), "{unknown}");
    door.get(&format!("/api/v1/surveys/{id}/qr.svg?touchpoint=nowhere")).expect(400);
    door.get("/api/v1/surveys/srv_99/qr.svg").expect(404);
}

#[test]
fn a_file_is_looked_at_without_being_kept() {
    let door = Door::open();
    let check = |file: &str, language: &str| {
        let path = format!("/api/v1/surveys/check?language={language}");
        door.with_key(&door.read_key, "POST", &path, file.to_owned()).expect(200).json()
    };
    let fine = check(COUNTER, "en");
    assert_eq!(fine["problems"], json!([]));
    assert_eq!(fine["findings"][0]["code"], "accent_corrected");
    let preview = &fine["preview"];
    assert!(preview["page"].as_str().unwrap().contains("It was easy"));
    assert!(preview["page"].as_str().unwrap().contains("data-preview"), "nothing is sent from it");
    assert!(preview["thanks"].as_str().unwrap().contains("Thanks"));
    assert!(preview["accent"]["light_contrast"].as_f64().unwrap() >= 4.5);
    assert!(preview["style"].as_str().unwrap().contains(preview["accent"]["light"].as_str().unwrap()));
    assert_eq!(
        check(COUNTER, "fr")["preview"]["language"],
        "en",
        "what it does not speak is shown as the organisation speaks"
    );
    let wrong = check(&COUNTER.replace("\"ces\"", "\"cess\"").replace("\"es\": \"Gracias\", ", ""), "es");
    assert_eq!(wrong["preview"], Value::Null);
    let places: Vec<&str> =
        wrong["problems"].as_array().unwrap().iter().map(|problem| problem["place"].as_str().unwrap()).collect();
    assert_eq!(places, ["$.thanks.es", "$.questions[0].type"]);
    assert_eq!(check("{", "es")["problems"][0]["code"], "invalid_json");
    assert_eq!(door.get("/api/v1/surveys").json()["surveys"], json!([]));
}

#[test]
fn each_version_of_a_survey_can_be_read() {
    let door = Door::open();
    let (id, _) = open(&door);
    let changed = COUNTER.replace("It was easy", "It was very easy");
    door.owner("PUT", &format!("/api/v1/surveys/{id}?version=1"), changed).expect(200);
    let text = |version: u32| {
        door.get(&format!("/api/v1/surveys/{id}/versions/{version}")).expect(200).json()["questions"][0]["text"]["en"]
            .clone()
    };
    assert_eq!([text(1), text(2)], [json!("It was easy"), json!("It was very easy")]);
    door.get(&format!("/api/v1/surveys/{id}/versions/3")).expect(404);
    door.get("/api/v1/surveys/srv_99/versions/1").expect(404);
}

#[test]
fn a_survey_stands_in_frames_of_listed_sites_only() {
    let framing = |sites: &[&str]| {
        let sites: Vec<String> = sites.iter().map(|site| (*site).to_owned()).collect();
        let door = Door::open_with(|settings| settings.survey_sites = sites);
        let (_, token) = open(&door);
        let pages = [format!("/s/{token}"), format!("/s/{token}/thanks"), "/s/nobody-has-this-link".to_owned()];
        pages.map(|path| {
            let page = door.get(&path);
            let policy = page.header("content-security-policy").unwrap().to_owned();
            let ancestors = policy.split("; ").find(|part| part.starts_with("frame-ancestors")).unwrap().to_owned();
            (ancestors, page.header("x-frame-options").map(str::to_owned))
        })
    };
    for page in framing(&[]) {
        assert_eq!(page, ("frame-ancestors 'none'".to_owned(), Some("DENY".to_owned())));
    }
    for page in framing(&["https://shop.example.com", "https://other.example.com"]) {
        assert_eq!(page, ("frame-ancestors https://shop.example.com https://other.example.com".to_owned(), None));
    }
    let door = Door::open_with(|settings| settings.survey_sites = vec!["https://shop.example.com".to_owned()]);
    assert_eq!(door.get("/api/v1/surveys").header("x-frame-options"), Some("DENY"), "nothing else is framed");
}

#[test]
fn the_script_for_sites_is_small_and_may_be_included_anywhere() {
    let door = Door::open();
    let script = door.get("/vivencia.js").expect(200);
    assert!(script.header("content-type").unwrap().starts_with("text/javascript"));
    assert_eq!(script.header("cross-origin-resource-policy"), Some("cross-origin"));
    let text = String::from_utf8(script.body).unwrap();
    assert!(crate::door::gzip(text.as_bytes()).len() <= 10 << 10);
    for forbidden in ["eval(", "innerHTML", "document.write", "document.cookie"] {
        assert!(!text.contains(forbidden), "{forbidden} has no place on somebody else's site");
    }
}
