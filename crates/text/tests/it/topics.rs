use expect_test::{Expect, expect};
use text::{InBoth, Taxonomy, Topic};

use crate::ANALYZER;

/// Each topic with its class and the words that name it.
fn check(comment: &str, expected: Expect) {
    let analysis = ANALYZER.analyse(comment);
    let told = |mention: &text::TopicMention| {
        format!("{} {:?}: {}\n", mention.topic, mention.class, &comment[mention.span.clone()])
    };
    expected.assert_eq(&analysis.topics.iter().map(told).collect::<String>());
}

#[test]
fn one_comment_may_be_two_judgements() {
    check(
        "El café muy bueno, pero la espera…",
        expect![[r#"
            food Positive: café
            waiting Negative: espera
        "#]],
    );
    check(
        "Lovely coffee, but the queue was endless and the cashier was rude",
        expect![[r#"
            food Positive: coffee
            waiting Negative: queue
            staff Negative: cashier
        "#]],
    );
}

#[test]
fn a_clause_that_says_nothing_listens_to_the_next() {
    check(
        "Nos atendió una chica, encantadora",
        expect![[r#"
            staff Positive: Nos atendió
        "#]],
    );
}

#[test]
fn an_analyst_adds_a_topic() {
    let loyalty = Topic {
        id: "loyalty".to_owned(),
        name: InBoth { es: "Puntos".to_owned(), en: "Points".to_owned() },
        expressions: InBoth {
            es: vec!["puntos del club".to_owned(), "fideliz*".to_owned()],
            en: vec!["points".to_owned()],
        },
        examples: InBoth::default(),
    };
    let analyzer = ANALYZER.clone().with_topics([loyalty]).unwrap();
    let topics = analyzer.analyse("Los puntos del club no sirven para nada").topics;
    assert_eq!(topics.iter().map(|mention| mention.topic.as_str()).collect::<Vec<_>>(), ["loyalty"]);
    assert!(ANALYZER.analyse("Los puntos del club no sirven para nada").topics.is_empty());
}

#[test]
fn a_topic_that_cannot_be_found_is_refused() {
    let with = |id: &str, expression: &str| {
        let expressions = InBoth { es: vec![expression.to_owned()], en: vec![] };
        let topic = Topic { id: id.to_owned(), expressions, ..Topic::default() };
        Taxonomy::default().with([topic]).map(|_| ()).map_err(|error| error.to_string())
    };
    assert_eq!(with("waiting", "esper*"), Ok(()));
    assert!(with("Waiting time", "esper*").unwrap_err().contains("use lower-case letters"));
    assert!(with("waiting", "es*").unwrap_err().contains("at least three letters"));
    assert!(with("waiting", " ").unwrap_err().contains("give words"));
}

#[test]
fn every_example_of_a_topic_speaks_of_it() {
    for topic in ANALYZER.taxonomy().topics() {
        for example in topic.examples.es.iter().chain(&topic.examples.en) {
            let found = ANALYZER.analyse(example).topics;
            assert!(found.iter().any(|mention| mention.topic == topic.id), "{}: {example}", topic.id);
        }
    }
}
