//! Texts that speak of the customer.

use super::*;

fn ana() -> Piped {
    let traits = [("first_name", "Ana"), ("city.name", "Mérida"), ("blank", " \u{202e} "), ("two", "dos\nlíneas")];
    Piped {
        traits: traits.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        touchpoint: Some("la recogida en tienda".to_owned()),
    }
}

#[test]
fn a_placeholder_is_what_is_known_or_its_fallback() {
    for (text, filled) in [
        ("Hola, {{customer.first_name|hola}}.", "Hola, Ana."),
        ("{{ customer.last_name | sin apellido }}!", "sin apellido!"),
        ("¿Qué tal {{touchpoint}}?", "¿Qué tal la recogida en tienda?"),
        ("{{customer.city.name}}{{customer.unknown}}", "Mérida"),
        ("{{customer.blank|nadie}}", "nadie"),
        ("{{customer.two}}", "dos líneas"),
        ("{ {{customer.first_name}} }}", "{ Ana }}"),
        ("sin nada", "sin nada"),
    ] {
        assert_eq!(ana().fill(text), filled, "{text}");
    }
}

#[test]
fn what_is_put_in_is_never_read_again_and_has_an_end() {
    let mut piped = ana();
    piped.traits.insert("first_name".to_owned(), "{{customer.two}}".to_owned());
    assert_eq!(piped.fill("{{customer.first_name}}"), "{{customer.two}}");
    piped.touchpoint = Some("x".repeat(10_000));
    assert_eq!(piped.fill("{{touchpoint}}").len(), LONGEST_PIPED_CHARS);
}

#[test]
fn a_placeholder_without_fallback_is_a_finding() {
    let survey = survey_of(json!([
        {"id": "a", "type": "nps", "text": {"es": "Hola, {{customer.first_name}}, ¿qué tal {{touchpoint|la visita}}?"}},
        {"id": "b", "type": "choice", "choices": [
            {"id": "x", "text": {"es": "{{touchpoint}}"}}, {"id": "y", "text": {"es": "Otra cosa"}},
        ]},
    ]));
    let places: Vec<String> = survey.findings().into_iter().map(|finding| finding.place).collect();
    assert_eq!(places, ["$.questions[0].text.es", "$.questions[1].choices[0].text.es"]);
}
