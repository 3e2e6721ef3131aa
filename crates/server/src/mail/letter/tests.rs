//! Messages as mail programs get them.

use std::collections::BTreeMap;

use domain::survey::EXAMPLES;
use serde_json::{Value, json};

use super::*;

const PLANTED: &str =
    "<img src=x onerror=\"window.planted=1\">\"><script>window.planted=1</script>'`--></title></style>&amp;";

fn example(name: &str) -> Value {
    let (_, file) = EXAMPLES.iter().find(|(each, _)| *each == name).unwrap();
    serde_json::from_str(file).unwrap()
}

fn survey(file: &Value) -> Survey {
    Survey::from_json(file.to_string().as_bytes()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// A survey that begins with this question.
fn beginning_with(question: Value) -> Survey {
    let mut file = example("relation");
    file["questions"] = json!([question]);
    survey(&file)
}

fn written(survey: &Survey, language: &str, traits: &[(&str, &str)]) -> (String, String, String) {
    let traits: BTreeMap<String, String> =
        traits.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let piped = piped_of(&traits);
    let writing = Writing {
        survey,
        language,
        organisation: "Café Alameda",
        piped: &piped,
        link: "https://cx.example/s/viv_abc",
        unsubscribe: "https://cx.example/s/viv_xyz/unsubscribe",
    };
    (writing.subject(), writing.plain(), writing.html())
}

#[test]
fn every_point_of_a_scale_is_a_link() {
    let (_, plain, html) = written(&survey(&example("after-purchase")), "es", &[]);
    for point in 0..=10 {
        let link = format!("https://cx.example/s/viv_abc?a={point}&language=es");
        assert!(plain.contains(&format!(": {link}\r\n")), "{point}: {plain}");
        assert!(html.contains(&format!("href=\"{}\"", link.replace('&', "&amp;"))), "{point}: {html}");
    }
    assert!(plain.contains("https://cx.example/s/viv_xyz/unsubscribe") && html.contains("/viv_xyz/unsubscribe\""));
}

#[test]
fn choices_and_expectations_are_links_with_their_words() {
    let texts = |text: &str| json!({"es": text, "en": text});
    let choice = json!({"id": "why", "type": "choice", "text": texts("Why?"),
        "choices": [{"id": "buy", "text": texts("To buy")}, {"id": "look", "text": texts("To look")}]});
    let (_, plain, html) = written(&beginning_with(choice), "en", &[]);
    assert!(plain.contains("To look: https://cx.example/s/viv_abc?a=look&language=en"), "{plain}");
    assert!(html.contains(">To buy</a>"), "{html}");
    let expectation = json!({"id": "as", "type": "expectation", "text": texts("As expected?")});
    let (_, plain, _) = written(&beginning_with(expectation), "es", &[]);
    assert!(plain.contains("Mejor de lo esperado: https://cx.example/s/viv_abc?a=better"), "{plain}");
}

#[test]
fn a_question_that_takes_more_than_a_click_is_a_button() {
    let texts = |text: &str| json!({"es": text, "en": text});
    let several = json!({"id": "what", "type": "choices", "text": texts("What?"),
        "choices": [{"id": "a", "text": texts("A")}, {"id": "b", "text": texts("B")}]});
    for question in [json!({"id": "why", "type": "text", "text": texts("Why?")}), several] {
        let (_, plain, html) = written(&beginning_with(question), "en", &[]);
        assert!(plain.contains("Answer: https://cx.example/s/viv_abc?language=en") && !plain.contains("a="), "{plain}");
        assert_eq!(html.matches("<a ").count(), 2, "the button and the way out: {html}");
    }
}

#[test]
fn texts_speak_of_the_customer_and_the_subject_is_one_line() {
    let mut file = example("after-purchase");
    file["title"] = json!({"es": "{{customer.first_name|Hola}}:\ncuéntenos", "en": "{{customer.first_name|Hello}}"});
    let (subject, _, html) = written(&survey(&file), "es", &[("first_name", "Lucía\r\nBcc: x@y.example")]);
    assert!(subject.starts_with("Lucía") && !subject.contains(['\r', '\n']), "{subject:?}");
    assert!(html.contains("Lucía"));
}

#[test]
fn no_text_of_anybody_becomes_markup() {
    let mut file = example("after-purchase");
    file["title"] = json!({"es": format!("{PLANTED} {{{{customer.first_name}}}}"), "en": "x"});
    file["questions"][0]["text"] = json!({"es": PLANTED, "en": "x"});
    file["questions"][0]["low"] = json!({"es": PLANTED, "en": "x"});
    let (_, _, html) = written(&survey(&file), "es", &[("first_name", PLANTED)]);
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("planted=1\""), "{html}");
    assert_eq!(html.matches("</style>").count(), 1);
    assert_eq!(html.matches("</title>").count(), 1);
}

#[test]
fn headers_end_where_their_line_does() {
    assert_eq!(one_line("a\r\nBcc: x@y.example\u{2028}b"), "a Bcc: x@y.example b");
    assert!(header("List-Unsubscribe", "<https://cx.example/\r\nX: y>".to_owned()).is_err());
    let long = format!("<https://{}.example/s/viv_0123456789abcdef01234567/unsubscribe>", "encuestas".repeat(9));
    let mut message = Message::builder()
        .from("a@b.example".parse().unwrap())
        .to("c@d.example".parse().unwrap())
        .raw_header(header("List-Unsubscribe", long.clone()).unwrap())
        .subject(one_line("Hola\r\nBcc: x@y.example"))
        .body(String::new())
        .unwrap()
        .formatted();
    message.make_ascii_lowercase();
    let text = String::from_utf8(message).unwrap();
    assert!(!text.contains("\nbcc:"), "{text}");
    assert!(text.contains(&format!("\r\nlist-unsubscribe: {long}\r\n")), "mail programs read it as it stands: {text}");
}
