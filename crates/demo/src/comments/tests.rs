use std::collections::BTreeSet;

use super::*;
use crate::random::Purpose;
use crate::shops::Shops;

const LANGUAGES: [&Language; 2] = [&SPANISH, &ENGLISH];
const EVERYTHING: [Topic; 10] = [
    Topic::Quality,
    Topic::Waiting,
    Topic::Price,
    Topic::Staff,
    Topic::Delivery,
    Topic::Payment,
    Topic::App,
    Topic::Cleanliness,
    Topic::Promise,
    Topic::Shop,
];

fn comments(number: u64, matter: Matter<'_>) -> Vec<Comment> {
    let shops = Shops::new();
    let person = Person::new(3, number, &shops);
    let mut random = Random::new(3, number, Purpose::Surveys);
    (0..2_000).map(|_| write_comment(&person, matter, &mut random)).collect()
}

#[test]
fn every_topic_can_be_praised_and_blamed_in_both_languages() {
    for language in LANGUAGES {
        let texts: Vec<&str> = language.clauses.iter().flat_map(|clauses| clauses.texts).copied().collect();
        assert!(texts.len() >= 120, "{}: {} clauses", language.code, texts.len());
        assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len(), "a clause stands twice");
        for topic in EVERYTHING {
            for polarity in [Polarity::Negative, Polarity::Positive] {
                let found = language.clauses.iter().filter(|it| it.topic == topic && it.polarity == polarity);
                assert_eq!(found.count(), 1, "{} {topic:?} {polarity:?}", language.code);
            }
        }
        for text in texts {
            assert!(!text.ends_with(['.', ',', '!']) && text.trim() == text, "{text}");
        }
    }
    let starts = |text: &str| ["i", "hi", "y "].iter().any(|start| text.starts_with(start));
    let after_y = SPANISH.clauses.iter().flat_map(|clauses| clauses.texts);
    assert_eq!(after_y.filter(|text| starts(text)).count(), 0, "`y` becomes `e` before them");
}

#[test]
fn who_is_pleased_says_so_but_for_a_few_who_mistook_the_scale() {
    let matter = Matter { polarity: Some(Polarity::Positive), trouble: Some(Topic::Waiting), topics: &EVERYTHING };
    let written = comments(1, matter);
    let share = |is: fn(&Comment) -> bool| written.iter().filter(|comment| is(comment)).count() * 1_000 / written.len();
    assert!((15..45).contains(&share(|comment| comment.is_contrary)));
    assert!((12..45).contains(&share(|comment| comment.text.is_empty())));
    assert!((10..35).contains(&share(|comment| comment.personal.is_some())));
    assert!((90..170).contains(&share(|comment| comment.tone == Tone::Mixed)));
    for comment in &written {
        let said: BTreeSet<Polarity> = comment.judgements.iter().map(|&(_, polarity)| polarity).collect();
        match comment.tone {
            Tone::Empty => assert!(comment.text.is_empty()),
            Tone::Mixed => assert_eq!(said.len(), 2, "{comment:?}"),
            Tone::Positive => assert!(!comment.is_contrary && !said.contains(&Polarity::Negative), "{comment:?}"),
            Tone::Negative => assert!(comment.is_contrary && !said.contains(&Polarity::Positive), "{comment:?}"),
        }
        assert!(!comment.judgements.contains(&(Topic::Waiting, Polarity::Positive)), "{comment:?}");
        assert!(comment.text.chars().count() < 400, "{}", comment.text);
    }
}

#[test]
fn what_went_wrong_is_what_is_complained_about() {
    let matter = Matter { polarity: Some(Polarity::Negative), trouble: Some(Topic::Delivery), topics: &EVERYTHING };
    let written = comments(2, matter);
    let meant = written.iter().filter(|comment| comment.tone == Tone::Negative && !comment.judgements.is_empty());
    let named = meant.clone().filter(|comment| comment.judgements.contains(&(Topic::Delivery, Polarity::Negative)));
    assert!(named.count() * 100 > meant.count() * 80);
}

#[test]
fn what_is_given_away_belongs_to_nobody() {
    let matter = Matter { polarity: None, trouble: None, topics: &EVERYTHING };
    let shops = Shops::new();
    let person = Person::new(3, 4, &shops);
    let given: Vec<Comment> = comments(4, matter).into_iter().filter(|comment| comment.personal.is_some()).collect();
    assert!(given.iter().any(|comment| comment.text.contains(&person.email)));
    assert!(given.iter().any(|comment| comment.text.contains(&person.phone)));
}
