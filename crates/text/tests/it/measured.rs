//! The figures that the crate carries are what the labelled comments say now. Computed here anew, the obvious way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use text::{Analysis, EXPERIMENTAL_BELOW, KAPPA_ON_STRANGERS, Language, Question, TopicMeasure, is_topic_experimental};

use crate::ANALYZER;

#[derive(Deserialize)]
struct Comment {
    id: String,
    story: String,
    half: String,
    text: String,
    emotion: String,
    effort: String,
    intention: String,
    topics: BTreeSet<String>,
}

const LANGUAGES: [(&str, Language); 2] = [("es", Language::Spanish), ("en", Language::English)];

fn comments(code: &str) -> Vec<Comment> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../models/data/labelled/{code}.jsonl"));
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn tested(code: &str) -> Vec<(Comment, Analysis)> {
    let tested = comments(code).into_iter().filter(|comment| comment.half == "test");
    tested
        .map(|comment| {
            let read = ANALYZER.analyse(&comment.text);
            (comment, read)
        })
        .collect()
}

/// Labels beside answers.
fn pairs(question: Question, tested: &[(Comment, Analysis)]) -> Vec<(String, String)> {
    let of = |(comment, read): &(Comment, Analysis)| match question {
        Question::Emotion => (comment.emotion.clone(), read.emotion.as_ref().map(|said| said.label.as_str())),
        Question::Effort => (comment.effort.clone(), read.effort.as_ref().map(|said| said.label.as_str())),
        Question::Intention => (comment.intention.clone(), read.intention.as_ref().map(|said| said.label.as_str())),
    };
    tested.iter().map(of).map(|(label, said)| (label, said.unwrap_or("none").to_owned())).collect()
}

fn accuracy<T: PartialEq>(pairs: &[(T, T)]) -> f64 {
    pairs.iter().filter(|(label, said)| label == said).count() as f64 / pairs.len() as f64
}

fn kappa<T: Ord + Clone>(pairs: &[(T, T)]) -> f64 {
    let mut labelled: BTreeMap<T, f64> = BTreeMap::new();
    let mut said: BTreeMap<T, f64> = BTreeMap::new();
    for (one, other) in pairs {
        *labelled.entry(one.clone()).or_default() += 1.0;
        *said.entry(other.clone()).or_default() += 1.0;
    }
    let by_chance =
        labelled.iter().map(|(label, count)| count * said.get(label).copied().unwrap_or_default()).sum::<f64>()
            / (pairs.len() * pairs.len()) as f64;
    (accuracy(pairs) - by_chance) / (1.0 - by_chance)
}

fn is_as_written(written: f64, now: f64) -> bool {
    (written - now).abs() <= 0.000_51
}

#[test]
fn the_figures_of_emotion_effort_and_intention_are_those_of_now() {
    for (code, language) in LANGUAGES {
        let tested = tested(code);
        for question in [Question::Emotion, Question::Effort, Question::Intention] {
            let measure = question.measures().find(|measure| measure.language == language).unwrap();
            let pairs = pairs(question, &tested);
            assert_eq!(measure.comments as usize, pairs.len());
            assert!(is_as_written(measure.accuracy, accuracy(&pairs)), "{measure:?}");
            assert!(is_as_written(measure.kappa, kappa(&pairs)), "{measure:?} is {}", kappa(&pairs));
            let among_strangers = KAPPA_ON_STRANGERS.iter().find(|known| (known.0, known.1) == (question, language));
            let kappas = [measure.kappa, measure.cautious_kappa, among_strangers.map_or(0.0, |known| known.2)];
            assert_eq!(question.is_experimental(language), kappas.iter().any(|kappa| *kappa < EXPERIMENTAL_BELOW));
            assert!(question.is_experimental(Language::Unknown));
        }
    }
}

#[test]
fn the_figures_of_topics_are_those_of_now() {
    for (code, language) in LANGUAGES {
        let tested = tested(code);
        for topic in ANALYZER.taxonomy().topics() {
            let measure =
                TopicMeasure::all().iter().find(|it| it.topic == topic.id && it.language == language).unwrap();
            let of = |(comment, read): &(Comment, Analysis)| {
                (comment.topics.contains(&topic.id), read.topics.iter().any(|mention| mention.topic == topic.id))
            };
            let pairs: Vec<(bool, bool)> = tested.iter().map(of).collect();
            assert!(is_as_written(measure.kappa, kappa(&pairs)), "{measure:?} is {}", kappa(&pairs));
            assert_eq!(measure.comments as usize, pairs.iter().filter(|pair| pair.0).count());
            assert_eq!(is_topic_experimental(&topic.id, language), measure.kappa < EXPERIMENTAL_BELOW);
        }
    }
    assert!(is_topic_experimental("loyalty", Language::Spanish));
}

#[test]
fn four_hundred_comments_of_each_language_are_labelled_and_no_story_is_in_both_halves() {
    let (spanish, english) = (comments("es"), comments("en"));
    assert_eq!((spanish.len(), english.len()), (400, 400));
    let topics: BTreeSet<&str> = ANALYZER.taxonomy().topics().map(|topic| topic.id.as_str()).collect();
    let halves: BTreeMap<&str, &str> =
        spanish.iter().map(|comment| (comment.story.as_str(), comment.half.as_str())).collect();
    assert_eq!(halves.len(), 400);
    for comment in spanish.iter().chain(&english) {
        assert_eq!(halves[comment.story.as_str()], comment.half, "{}", comment.id);
        assert!(comment.topics.iter().all(|topic| topics.contains(topic.as_str())), "{}", comment.id);
        assert!((1..=80).contains(&comment.text.split_whitespace().count()), "{}", comment.id);
    }
}
