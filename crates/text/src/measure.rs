//! What was measured of each answer about a comment, and which of them are to be called experimental.

use crate::language::Language;
use crate::measured::{MEASURES, TOPICS};

/// What is asked of a comment, and measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    Emotion,
    Effort,
    Intention,
}

/// How well a question is answered in a language, on the test half of the labelled comments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    pub question: Question,
    pub language: Language,
    /// How many comments it was measured on.
    pub comments: u32,
    /// The share answered as labelled.
    pub accuracy: f64,
    /// The mean of each label's F1.
    pub macro_f1: f64,
    /// Cohen's kappa between answers and labels: agreement beyond chance, 1 at most.
    pub kappa: f64,
    /// The same without cues of several words that the test half shows and the development half does not: who wrote the cues had
    /// written the comments.
    pub cautious_kappa: f64,
}

/// Cohen's kappa on 150 English tweets to airlines, which were written by strangers: the only comments measured on that whoever
/// wrote the cues had not written too. `models judge tweets` prints it. Nothing of the kind was measured in Spanish.
pub const KAPPA_ON_STRANGERS: &[(Question, Language, f64)] = &[
    (Question::Emotion, Language::English, 0.355),
    (Question::Effort, Language::English, 0.379),
    (Question::Intention, Language::English, 0.448),
];

/// How well a topic is found in a language, on the test half of the labelled comments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TopicMeasure {
    pub topic: &'static str,
    pub language: Language,
    /// How many of the comments speak of it.
    pub comments: u32,
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    pub kappa: f64,
}

/// Agreement below this makes an answer experimental.
pub const EXPERIMENTAL_BELOW: f64 = 0.6;

impl Question {
    /// What was measured in Spanish and English.
    pub fn measures(self) -> impl Iterator<Item = &'static Measure> {
        MEASURES.iter().filter(move |measure| measure.question == self)
    }

    /// Whether answers in this language are not to be relied on: because they agree too little with the labels, or because they
    /// were not measured on comments of strangers.
    pub fn is_experimental(self, language: Language) -> bool {
        let agrees = |measure: &Measure| measure.kappa.min(measure.cautious_kappa) >= EXPERIMENTAL_BELOW;
        let is_known = |known: &(Question, Language, f64)| (known.0, known.1) == (self, language);
        let is_reliable = self.measures().any(|measure| measure.language == language && agrees(measure))
            && KAPPA_ON_STRANGERS.iter().any(|known| is_known(known) && known.2 >= EXPERIMENTAL_BELOW);
        !is_reliable
    }
}

impl TopicMeasure {
    /// What was measured of all topics that the program brings along.
    pub fn all() -> &'static [TopicMeasure] {
        TOPICS
    }
}

/// Whether a topic is found too unreliably in this language. A topic of one's own was never measured, and is.
pub fn is_topic_experimental(topic: &str, language: Language) -> bool {
    let agrees = |measure: &TopicMeasure| measure.kappa >= EXPERIMENTAL_BELOW;
    !TOPICS.iter().any(|measure| measure.topic == topic && measure.language == language && agrees(measure))
}
