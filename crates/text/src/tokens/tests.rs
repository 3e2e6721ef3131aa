use super::*;

/// The folded words of a text, with `!` before those that are negated.
fn words(text: &str) -> String {
    let mut tokens = Tokens::default();
    tokens.read(text);
    let told = |token: &Token| format!("{}{}", if token.is_negated { "!" } else { "" }, tokens.folded(token));
    tokens.list.iter().filter(|token| token.kind == TokenKind::Word).map(told).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_are_folded_to_one_spelling() {
    assert_eq!(words("CAFÉ Buenísimoooo, l’eau isn't"), "cafe buenisimoo leau isnt");
    assert_eq!(words("cafe\u{301}"), "cafe");
}

#[test]
fn a_negation_reaches_four_words_and_ends_at_a_sign_or_a_contrast() {
    assert_eq!(words("no me gusta nada el pan de hoy"), "no !me !gusta !nada !el pan de hoy");
    assert_eq!(words("no limpian, pero amables"), "no !limpian pero amables");
    assert_eq!(words("not clean but friendly"), "not !clean but friendly");
}

#[test]
fn not_only_turns_nothing() {
    assert_eq!(words("not only clean"), "not only clean");
    assert_eq!(words("no solo limpio"), "no solo limpio");
}

#[test]
fn faces_are_emoji_and_links_have_none() {
    let mut tokens = Tokens::default();
    tokens.read("bien :) https://a.es 👍🏽");
    let emoji: Vec<&str> =
        tokens.list.iter().filter(|token| token.kind == TokenKind::Emoji).map(|token| tokens.folded(token)).collect();
    assert_eq!(emoji, ["🙂", "👍"]);
}

#[test]
fn lists_of_words_are_in_the_order_that_they_are_searched_in() {
    assert!(NEGATIONS.is_sorted());
}
