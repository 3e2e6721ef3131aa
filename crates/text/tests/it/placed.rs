use text::{Analysis, Encoder, Language, Personal, SentimentClass, Tier};

use crate::ANALYZER;

fn placed(comment: &str) -> Analysis {
    ANALYZER.analyse_placed(comment, &Encoder::shipped().embed(&[comment])[0])
}

#[test]
fn praise_and_blame_are_told_apart_by_places_in_both_languages() {
    for (comment, class) in [
        ("El personal fue encantador y la habitación estaba limpísima", SentimentClass::Positive),
        ("Una experiencia horrible, nadie nos atendió y todo estaba sucio", SentimentClass::Negative),
        ("The staff were lovely and the room was spotless", SentimentClass::Positive),
        ("A horrible experience, nobody helped us and everything was dirty", SentimentClass::Negative),
    ] {
        let analysis = placed(comment);
        assert_eq!(analysis.tier, Tier::Encoder);
        assert_eq!(analysis.sentiment.unwrap().class, class, "{comment}");
    }
    assert_eq!(serde_json::to_value(Tier::Encoder).unwrap(), "encoder");
}

#[test]
fn only_the_sentiment_of_the_whole_is_judged_by_its_place() {
    let comment = "El desayuno era excelente, pero la espera en recepción fue eterna. Mi correo es ana@correo.es";
    let (by_words, by_place) = (ANALYZER.analyse(comment), placed(comment));
    assert_eq!(by_words.tier, Tier::Ngrams);
    let rest = |analysis: &Analysis| -> (Language, Vec<(String, f32)>, Vec<Personal>) {
        let topics = analysis.topics.iter().map(|mention| (mention.topic.clone(), mention.score));
        (analysis.language, topics.collect(), analysis.personal.clone())
    };
    assert_eq!(rest(&by_words), rest(&by_place));
    assert_eq!(by_words.emotion, by_place.emotion);
    let (by_words, by_place) = (by_words.sentiment.unwrap(), by_place.sentiment.unwrap());
    assert_ne!(by_words.score, by_place.score);
    let spans = |sentiment: &text::Sentiment| sentiment.words.iter().map(|word| word.span.clone()).collect::<Vec<_>>();
    assert_eq!(spans(&by_words), spans(&by_place));
}

#[test]
fn a_comment_of_unknown_language_stays_with_its_words() {
    for comment in ["😡", "", "Сервис был ужасный"] {
        assert_eq!(placed(comment), ANALYZER.analyse(comment), "{comment:?}");
        assert_eq!(placed(comment).tier, Tier::Ngrams);
    }
}
