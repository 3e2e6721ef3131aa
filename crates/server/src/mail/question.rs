//! The first question of a survey as it stands in a message: each of its answers is a link.

use domain::survey::{Ask, Expectation, Piped, Question};

use crate::listening::words::Words;

/// An answer that can be chosen in a message.
pub(super) struct Offered {
    /// As the page takes it.
    pub value: String,
    pub label: String,
    /// What the ends of a scale mean.
    pub meaning: Option<String>,
}

/// The answers of a question of which one click chooses one; none where it takes more than that.
pub(super) fn offer(question: &Question, language: &str, words: &Words, piped: &Piped) -> Vec<Offered> {
    let fill = |texts: &domain::survey::Texts| piped.fill(texts.in_language(language));
    let plain = |value: String, label: String| Offered { value, label, meaning: None };
    if let (Some((lowest, highest)), Some(ends)) = (question.ask.range(), question.ask.ends()) {
        let end = |score: u8| match score {
            _ if score == lowest => ends.low.as_ref(),
            _ if score == highest => ends.high.as_ref(),
            _ => None,
        };
        let offered =
            |score: u8| Offered { value: score.to_string(), label: score.to_string(), meaning: end(score).map(fill) };
        return (lowest..=highest).map(offered).collect();
    }
    match &question.ask {
        Ask::Choice(choices) => choices.iter().map(|choice| plain(choice.id.clone(), fill(&choice.text))).collect(),
        Ask::Expectation(labels) => {
            let label = |expectation: Expectation| match (labels, expectation) {
                (Some(labels), Expectation::Better) => fill(&labels.better),
                (Some(labels), Expectation::As) => fill(&labels.as_expected),
                (Some(labels), Expectation::Worse) => fill(&labels.worse),
                (None, Expectation::Better) => words.better.to_owned(),
                (None, Expectation::As) => words.as_expected.to_owned(),
                (None, Expectation::Worse) => words.worse.to_owned(),
            };
            Expectation::ALL.into_iter().map(|each| plain(each.as_str().to_owned(), label(each))).collect()
        }
        _ => Vec::new(),
    }
}
