use text::{Analysis, Language, SentimentClass, Tier};

use crate::ANALYZER;

fn class_of(comment: &str) -> Option<SentimentClass> {
    ANALYZER.analyse(comment).sentiment.map(|sentiment| sentiment.class)
}

/// The word that moved a comment most.
fn strongest(comment: &str) -> String {
    let sentiment = ANALYZER.analyse(comment).sentiment.unwrap();
    comment[sentiment.words[0].span.clone()].to_owned()
}

#[test]
fn praise_and_blame_are_told_apart_in_both_languages() {
    for praise in [
        "El personal fue encantador y todo estaba impecable",
        "Me resolvieron el problema en cinco minutos, muy amables",
        "The staff was wonderful and the room was spotless",
        "Fast delivery and great quality, will buy again",
    ] {
        assert_eq!(class_of(praise), Some(SentimentClass::Positive), "{praise}");
    }
    for blame in [
        "Una hora de espera y encima me cobraron dos veces",
        "La aplicación se cierra sola y nadie responde",
        "Terrible service, I waited for an hour and nobody helped me",
        "The app keeps crashing and I was charged twice",
    ] {
        assert_eq!(class_of(blame), Some(SentimentClass::Negative), "{blame}");
    }
}

#[test]
fn a_negation_turns_what_follows() {
    assert_eq!(class_of("The food was not good"), Some(SentimentClass::Negative));
    assert_eq!(class_of("El trato no fue nada amable"), Some(SentimentClass::Negative));
}

#[test]
fn a_comment_says_which_words_moved_it() {
    assert_eq!(strongest("El desayuno estaba asqueroso"), "asqueroso");
    assert_eq!(strongest("The breakfast was delicious"), "delicious");
}

#[test]
fn accents_and_capitals_change_little() {
    let plain = ANALYZER.analyse("el cafe estaba buenisimo").sentiment.unwrap();
    let accented = ANALYZER.analyse("EL CAFÉ ESTABA BUENÍSIMO").sentiment.unwrap();
    assert_eq!(plain.class, accented.class);
}

#[test]
fn the_language_is_told() {
    let of = |comment: &str| ANALYZER.analyse(comment).language;
    assert_eq!(of("Todo perfecto"), Language::Spanish);
    assert_eq!(of("Everything was fine"), Language::English);
    assert_eq!(of("Je ne suis pas du tout satisfait de la livraison"), Language::Unknown);
    assert_eq!(of("Ich warte seit drei Wochen auf meine Bestellung"), Language::Unknown);
}

#[test]
fn emoji_have_a_sentiment_without_a_language() {
    let analysis = ANALYZER.analyse("👎👎");
    assert_eq!(analysis.language, Language::Unknown);
    assert_eq!(analysis.sentiment.unwrap().class, SentimentClass::Negative);
    assert_eq!(class_of("👍"), Some(SentimentClass::Positive));
}

#[test]
fn a_comment_without_words_has_no_sentiment() {
    let nothing = Analysis {
        tier: Tier::Ngrams,
        language: Language::Unknown,
        sentiment: None,
        emotion: None,
        effort: None,
        intention: None,
        topics: vec![],
        personal: vec![],
    };
    for comment in ["", "   \n\t", "12 / 10", "...", "\u{200f}"] {
        assert_eq!(ANALYZER.analyse(comment), nothing, "{comment:?}");
    }
    assert_eq!(class_of("الخدمة ممتازة"), None);
    assert_eq!(class_of("服务很好"), None);
}
