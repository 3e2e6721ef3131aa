use proptest::prelude::*;

use super::*;

fn found(expressions: &[String], text: &str) -> Vec<(usize, usize, String)> {
    let mut tokens = Tokens::default();
    tokens.read(text);
    let mut known = Expressions::default();
    for written in expressions {
        assert!(known.insert_wide(written, written.clone()), "{written}");
    }
    let mut found = Vec::new();
    for place in 0..tokens.list.len() {
        known.each_at(&tokens, place, |written, end| found.push((place, end, written.clone())));
    }
    found.sort();
    found
}

/// The obvious way: every expression at every word, every width of every gap, the narrowest first.
fn slow(expressions: &[String], text: &str) -> Vec<(usize, usize, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let fits = |piece: &str, word: &str| match piece.strip_suffix('*') {
        Some(beginning) => word.starts_with(beginning),
        None if piece == "#" => matches!(word, "7" | "tres"),
        None => piece == word,
    };
    let mut found = Vec::new();
    for written in expressions {
        for place in 0..words.len() {
            let widths = if written.contains("...") { 0..=3 } else { 0..=0 };
            let pieces = |width: usize| written.replace("...", &vec!["?"; width].join(" "));
            let end = widths.into_iter().find_map(|width| {
                let written = pieces(width);
                let pieces: Vec<&str> = written.split_whitespace().collect();
                let at = words.get(place..place + pieces.len())?;
                let all = pieces.iter().zip(at).all(|(piece, word)| *piece == "?" || fits(piece, word));
                all.then_some(place + pieces.len())
            });
            found.extend(end.map(|end| (place, end, written.clone())));
        }
    }
    found.sort();
    found
}

proptest! {
    #[test]
    fn expressions_with_numbers_and_a_gap_are_found_as_the_obvious_way_finds_them(
        expressions in proptest::collection::vec("(aba|bab|#|abab[*])( (aba|#))?( [.][.][.])?( (bab|#|aba[*]))", 1..5),
        text in "((aba|bab|ababa|7|tres|once upon) ){0,14}",
    ) {
        let text = text.replace("once upon", "b");
        prop_assert_eq!(found(&expressions, &text), slow(&expressions, &text));
    }
}

#[test]
fn a_gap_does_not_reach_into_the_next_sentence() {
    let expressions = ["never ... again".to_owned()];
    assert_eq!(found(&expressions, "I will never ever come again").len(), 1);
    assert_eq!(found(&expressions, "I never asked. Ask again").len(), 0);
}

#[test]
fn what_is_no_expression_is_not_taken() {
    for written in ["", "... go", "ab*", "a-b", "#*"] {
        assert!(!Expressions::default().insert_wide(written, ()), "{written:?}");
    }
    for written in ["#", "go ... on", "👍"] {
        assert!(!Expressions::default().insert(written, ()), "{written:?}");
    }
}
