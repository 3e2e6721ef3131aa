use proptest::prelude::*;
use text::{Analysis, mask};

use crate::ANALYZER;

fn check(comment: &str) -> Analysis {
    let analysis = ANALYZER.analyse(comment);
    if let Some(sentiment) = &analysis.sentiment {
        assert!((-1.0..=1.0).contains(&sentiment.score));
        assert!(sentiment.words.len() <= text::WORDS_TOLD);
        assert!(sentiment.words.iter().all(|word| comment.get(word.span.clone()).is_some()));
    }
    assert_eq!(analysis.sentiment.is_some(), analysis.emotion.is_some());
    for words in [
        analysis.emotion.as_ref().map(|said| &said.words),
        analysis.effort.as_ref().map(|said| &said.words),
        analysis.intention.as_ref().map(|said| &said.words),
    ] {
        let words = words.into_iter().flatten();
        assert!(words.clone().count() <= text::WORDS_TOLD);
        assert!(words.clone().all(|word| comment.get(word.span.clone()).is_some() && word.share > 0.0));
    }
    for mention in &analysis.topics {
        assert!((-1.0..=1.0).contains(&mention.score));
        assert!(mention.clause.start <= mention.span.start && comment.get(mention.span.clone()).is_some());
        assert!(comment.get(mention.clause.clone()).is_some());
    }
    assert!(analysis.personal.is_sorted_by(|left, right| left.span.end <= right.span.start));
    assert!(analysis.personal.iter().all(|personal| comment.get(personal.span.clone()).is_some()));
    mask(comment, &analysis.personal);
    analysis
}

proptest! {
    #[test]
    fn any_text_has_an_answer(comment in any::<String>()) {
        check(&comment);
    }

    #[test]
    fn pieces_of_what_is_looked_for_in_any_order_have_an_answer(
        pieces in proptest::collection::vec(prop_oneof![
            Just("@"), Just("://"), Just("http"), Just("a.b@c.es"), Just("ES91"), Just("+34 "), Just("612"), Just("345"), Just(" "),
            Just("me atendió "), Just("Ñandú"), Just("é"), Just("."), Just("pero"), Just("la espera "), Just("?token="), Just("👍🏽"),
            Just(":)"), Just("'"), Just("tres veces "), Just("I will cancel my "), Just("GRACIAS"), Just("!"), Just("4111"), Just("X1234567L"), Just("\u{301}"), Just("\n"), Just("*"),
        ], 0..40)
    ) {
        check(&pieces.concat());
    }

    #[test]
    fn masking_what_was_masked_changes_nothing(number in 600_000_000_u32..799_999_999) {
        let comment = format!("mi número es {number} y mi correo a{number}@correo.es");
        let once = mask(&comment, &check(&comment).personal);
        prop_assert_eq!(&once, "mi número es [phone] y mi correo [email]");
        prop_assert_eq!(mask(&once, &check(&once).personal), once);
    }
}

/// A megabyte of what is hardest to pass over. Time that grows faster than length would not end here.
#[test]
fn a_megabyte_of_anything_is_read() {
    for piece in [
        "a",
        "@",
        "1",
        "1 ",
        "a@",
        "a.",
        "://",
        "x=1&",
        "no ",
        "tres ",
        "muchas gracias por todo ",
        "never again ",
        "la espera, ",
        "👍",
        "ñ",
        "\u{301}",
        "Me llamo ",
        "مرحبا ",
        "ES91",
        ".",
        "+",
    ] {
        check(&piece.repeat(1_000_000 / piece.len()));
    }
}
