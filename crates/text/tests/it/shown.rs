use text::{Cues, Effort, Emotion, Intention};

use crate::ANALYZER;

/// The answer to each question, and the words that made it.
fn emotion(comment: &str) -> (Emotion, Vec<&str>) {
    let said = ANALYZER.analyse(comment).emotion.unwrap();
    (said.label, said.words.iter().map(|word| &comment[word.span.clone()]).collect())
}

fn effort(comment: &str) -> (Effort, Vec<&str>) {
    let said = ANALYZER.analyse(comment).effort.unwrap();
    (said.label, said.words.iter().map(|word| &comment[word.span.clone()]).collect())
}

fn intention(comment: &str) -> (Intention, Vec<&str>) {
    let said = ANALYZER.analyse(comment).intention.unwrap();
    (said.label, said.words.iter().map(|word| &comment[word.span.clone()]).collect())
}

#[test]
fn each_emotion_is_known_by_its_words_in_both_languages() {
    for (comment, label, word) in [
        ("Estoy encantada con la nueva cocina", Emotion::Joy, "encantada"),
        ("We are thrilled with the new kitchen", Emotion::Joy, "thrilled"),
        ("Estoy muy agradecido a la enfermera", Emotion::Gratitude, "agradecido"),
        ("I am grateful to the nurse", Emotion::Gratitude, "grateful"),
        ("Estoy harto de vuestras cartas", Emotion::Anger, "harto"),
        ("I am fed up with your letters", Emotion::Anger, "fed up"),
        ("Qué decepción de viaje", Emotion::Disappointment, "decepción"),
        ("We were disappointed by the trip", Emotion::Disappointment, "disappointed"),
        ("Me preocupa que no llegue la medicina", Emotion::Worry, "Me preocupa"),
        ("I am worried that the medicine will not come", Emotion::Worry, "worried"),
        ("Me sorprendió que fuera gratis", Emotion::Surprise, "Me sorprendió"),
        ("It surprised me that it was free", Emotion::Surprise, "surprised"),
    ] {
        let (said, words) = emotion(comment);
        assert_eq!(said, label, "{comment}");
        assert!(words.iter().any(|it| it.contains(word)), "{comment}: {words:?}");
    }
}

#[test]
fn what_is_told_or_asked_coolly_shows_nothing() {
    for comment in
        ["El paquete llegó el martes", "¿A qué hora cierran?", "The parcel came on Tuesday", "Is it open on Sunday?"]
    {
        assert_eq!(emotion(comment), (Emotion::None, vec![]), "{comment}");
        assert_eq!(effort(comment), (Effort::None, vec![]), "{comment}");
        assert_eq!(intention(comment), (Intention::None, vec![]), "{comment}");
    }
}

#[test]
fn thanks_that_close_a_comment_are_politeness() {
    assert_eq!(emotion("¿Podrían enviarme la factura de enero? Gracias").0, Emotion::None);
    assert_eq!(emotion("Please send me the invoice of January. Thanks").0, Emotion::None);
    assert_eq!(emotion("Gracias a Marta por acompañarme").0, Emotion::Gratitude);
}

#[test]
fn how_hard_it_was_is_told_by_tries_and_by_ease() {
    assert_eq!(effort("Tuve que llamar cuatro veces"), (Effort::High, vec!["Tuve que llamar", "cuatro veces"]));
    assert_eq!(effort("I had to call 4 times"), (Effort::High, vec!["had to call", "4 times"]));
    assert_eq!(effort("Lo hice todo a la primera").0, Effort::Low);
    assert_eq!(effort("It was easy to renew").0, Effort::Low);
    assert_eq!(effort("No fue fácil renovar").0, Effort::None);
}

#[test]
fn who_leaves_is_told_from_who_stays_and_who_recommends() {
    assert_eq!(intention("No volveré nunca"), (Intention::Leave, vec!["No volveré"]));
    assert_eq!(intention("Volveré pronto"), (Intention::Stay, vec!["Volveré"]));
    assert_eq!(intention("No lo recomiendo").0, Intention::Leave);
    assert_eq!(intention("Lo recomiendo").0, Intention::Recommend);
    assert_eq!(intention("I will not come back").0, Intention::Leave);
    assert_eq!(intention("I will come back").0, Intention::Stay);
    assert_eq!(intention("I can't recommend them enough").0, Intention::Recommend);
}

#[test]
fn an_emoji_is_a_word() {
    assert_eq!(emotion("😡"), (Emotion::Anger, vec!["😡"]));
}

#[test]
fn an_analyzer_takes_cues_of_ones_own() {
    let cues = Cues::read("= emotion joy en\n5 mint | cool ... beans\n").unwrap();
    let analyzer = ANALYZER.clone().with_cues(cues);
    let label = |comment: &str| analyzer.analyse(comment).emotion.unwrap().label;
    assert_eq!(label("This is a mint place to be"), Emotion::Joy);
    assert_eq!(label("These are cool and rather lovely beans to have"), Emotion::Joy);
    assert_eq!(label("I am grateful to the nurse"), Emotion::None);
}

#[test]
fn cues_that_are_none_are_refused_by_their_line() {
    let refused = |content: &str| Cues::read(content).unwrap_err().to_string();
    assert_eq!(refused("= emotion glee en\n3 a"), r#"line 1 of the cues is not readable: "= emotion glee en""#);
    assert_eq!(refused("# nothing\n3 happy"), r#"line 2 of the cues is not readable: "3 happy""#);
    assert_eq!(refused("= effort low en\neasy"), r#"line 2 of the cues is not readable: "easy""#);
    assert_eq!(refused("= effort low en\n3 easy | ab*"), r#"line 2 of the cues is not readable: "ab*""#);
    assert_eq!(refused("= effort low en\n3 easy | ... go"), r#"line 2 of the cues is not readable: "... go""#);
}

#[test]
fn labels_are_written_in_json_as_in_events() {
    for label in Emotion::ALL {
        assert_eq!(serde_json::to_value(label).unwrap(), label.as_str());
        assert_eq!(label.as_str().parse::<Emotion>().unwrap(), *label);
    }
    for label in Intention::ALL {
        assert_eq!(serde_json::to_value(label).unwrap(), label.as_str());
    }
    for label in Effort::ALL {
        assert_eq!(serde_json::to_value(label).unwrap(), label.as_str());
    }
    assert!("glee".parse::<Emotion>().is_err());
}
