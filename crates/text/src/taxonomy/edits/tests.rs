use super::*;
use crate::language::Language;
use crate::tokens::Tokens;

fn in_both(es: &[&str], en: &[&str]) -> InBoth<Vec<String>> {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    InBoth { es: list(es), en: list(en) }
}

fn loyalty() -> TopicEdit {
    TopicEdit {
        id: "loyalty".to_owned(),
        name: InBoth { es: "Puntos".to_owned(), en: "Points".to_owned() },
        expressions: in_both(&["puntos del club"], &["points"]),
        ..TopicEdit::default()
    }
}

/// What a comment speaks of once the edits are in place.
fn find(edits: &[TopicEdit], text: &str) -> Vec<String> {
    let shipped = Taxonomy::shipped().unwrap();
    let topics: Vec<Topic> = edits.iter().map(|edit| edit.apply(&shipped).unwrap()).collect();
    let taxonomy = shipped.with(topics).unwrap();
    let mut tokens = Tokens::default();
    tokens.read(text);
    taxonomy.find_topics(&tokens, Language::Spanish).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_topic_of_ones_own_is_found_beside_the_others() {
    assert_eq!(find(&[loyalty()], "Los puntos del club, y la espera"), ["loyalty", "waiting"]);
    assert_eq!(find(&[], "Los puntos del club, y la espera"), ["waiting"]);
}

#[test]
fn a_shipped_topic_is_extended_and_keeps_its_name() {
    let waiting = TopicEdit {
        id: "waiting".to_owned(),
        expressions: in_both(&["plantón", "espera"], &[]),
        ..TopicEdit::default()
    };
    assert_eq!(find(std::slice::from_ref(&waiting), "Vaya plantón"), ["waiting"]);
    assert_eq!(find(std::slice::from_ref(&waiting), "La espera"), ["waiting"]);
    let topic = waiting.apply(&Taxonomy::shipped().unwrap()).unwrap();
    assert_eq!(topic.name.es, "Espera");
    assert_eq!(topic.expressions.es.iter().filter(|written| *written == "espera").count(), 1);
}

#[test]
fn a_hidden_topic_is_not_found() {
    let hidden = TopicEdit { id: "waiting".to_owned(), is_hidden: true, ..TopicEdit::default() };
    assert!(find(&[hidden], "La espera").is_empty());
}

#[test]
fn a_topic_of_ones_own_needs_names_and_expressions() {
    let shipped = Taxonomy::shipped().unwrap();
    let refused = |edit: TopicEdit| edit.apply(&shipped).unwrap_err().to_string();
    let unnamed = TopicEdit { name: InBoth { es: "Puntos".to_owned(), en: " ".to_owned() }, ..loyalty() };
    assert!(refused(unnamed).contains("both languages"));
    assert!(refused(TopicEdit { expressions: InBoth::default(), ..loyalty() }).contains("no expression"));
}

#[test]
fn what_is_left_out_of_a_file_is_empty() {
    let edit: TopicEdit = serde_json::from_str(r#"{"id": "waiting", "is_hidden": true}"#).unwrap();
    assert_eq!(edit, TopicEdit { id: "waiting".to_owned(), is_hidden: true, ..TopicEdit::default() });
    assert!(serde_json::from_str::<TopicEdit>(r#"{"id": "waiting", "hidden": true}"#).is_err());
}
