//! How good or bad a comment, or a clause of it, sounds, and which words made it so.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::encoder::Embedding;
use crate::features::Features;
use crate::language::Language;
use crate::model::{Head, Model, ModelError, Weight};
use crate::tokens::{TokenKind, Tokens};

/// Three classes of sentiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentimentClass {
    Negative,
    /// Neither, or both alike.
    Neutral,
    Positive,
}

/// What a comment sounds like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentiment {
    /// From −1 to 1: twice the calibrated probability that it is praise, less one, as if praise were twice as
    /// frequent as blame beforehand. Its sign answers when only two classes are asked for.
    pub score: f32,
    pub class: SentimentClass,
    /// The words that moved the score most, the strongest first, at most [`WORDS_TOLD`].
    pub words: Vec<WordShare>,
}

/// What one word, with its letters and its pair with the word before, gave to the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordShare {
    /// Where the word is in the comment, in bytes.
    pub span: Range<usize>,
    /// Its part of the log-odds: the parts of all words and a constant add up to ln(p / (1 − p)).
    pub share: f32,
}

/// An explanation names so many words.
pub const WORDS_TOLD: usize = 8;

/// Words that give less than this are not named.
const LEAST_SHARE: f32 = 0.05;

/// Scores nearer to zero than this are neutral. Chosen on the folds of the training data; the model card has the table.
pub const NEUTRAL_BELOW: f32 = 0.4;

/// The heads of both languages.
#[derive(Clone, Debug)]
pub(crate) struct SentimentHeads {
    spanish: Head,
    english: Head,
}

/// The heads that judge a comment by its place beside its words, one for each language.
#[derive(Clone, Debug)]
pub(crate) struct PlaceHeads {
    spanish: Head,
    english: Head,
}

impl PlaceHeads {
    pub fn of(model: &Model) -> Result<PlaceHeads, ModelError> {
        Ok(PlaceHeads { spanish: model.head("feel_es")?.clone(), english: model.head("feel_en")?.clone() })
    }

    /// None where the language is unknown: no head was fitted on such comments.
    pub fn of_language(&self, language: Language) -> Option<&Head> {
        match language {
            Language::Spanish => Some(&self.spanish),
            Language::English => Some(&self.english),
            Language::Unknown => None,
        }
    }
}

/// The sentiment of a comment by its words and its place. `by_words` are the calibrated log-odds of words: the head adds what the place
/// gives and calibrates the sum, so that the shares of words, scaled alike, stay parts of it.
pub(crate) fn placed(sentiment: Sentiment, head: &Head, place: &Embedding, by_words: f32) -> Sentiment {
    let product: f32 = head.weights.iter().zip(place).map(|(weight, part)| f32::from(*weight) * part).sum();
    let score = score_of(head.slope * (by_words + head.bias + head.scale * product));
    let shares = sentiment.words.into_iter().map(|word| WordShare { share: word.share * head.slope, ..word });
    Sentiment { score, class: class_of(score), words: shares.collect() }
}

/// A comment weighed word by word.
pub(crate) struct Weighed<'a> {
    heads: Vec<&'a Head>,
    /// For each head, the weight of each token.
    tokens: Vec<Vec<Weight>>,
}

impl SentimentHeads {
    pub fn of(model: &Model) -> Result<SentimentHeads, ModelError> {
        Ok(SentimentHeads { spanish: model.head("feel_es")?.clone(), english: model.head("feel_en")?.clone() })
    }

    /// Weighs every token; a comment of unknown language is weighed by both languages.
    pub fn weigh(&self, language: Language, features: &Features, count: usize) -> Weighed<'_> {
        let heads = match language {
            Language::Spanish => vec![&self.spanish],
            Language::English => vec![&self.english],
            Language::Unknown => vec![&self.spanish, &self.english],
        };
        let of_head = |head: &&Head| (0..count).map(|place| head.weigh_token(features, place)).collect();
        Weighed { tokens: heads.iter().map(of_head).collect(), heads }
    }
}

impl Weighed<'_> {
    /// The log-odds of praise of the tokens in this range, on their own.
    pub fn log_odds(&self, range: Range<usize>) -> f32 {
        let of = |(head, tokens): (&&Head, &Vec<Weight>)| head.log_odds(&total(&tokens[range.clone()]));
        self.heads.iter().zip(&self.tokens).map(of).sum::<f32>() / self.heads.len() as f32
    }

    /// The words that moved the whole comment most.
    pub fn strongest(&self, tokens: &Tokens) -> Vec<WordShare> {
        let wholes: Vec<Weight> = self.tokens.iter().map(|tokens| total(tokens)).collect();
        let share = |place: usize| -> f32 {
            let heads = self.heads.iter().zip(&self.tokens).zip(&wholes);
            heads.map(|((head, tokens), whole)| head.share_log_odds(&tokens[place], whole)).sum::<f32>()
                / self.heads.len() as f32
        };
        let is_told = |kind: TokenKind| matches!(kind, TokenKind::Word | TokenKind::Emoji | TokenKind::Mark);
        let mut words: Vec<WordShare> = tokens
            .list
            .iter()
            .enumerate()
            .filter(|(_, token)| is_told(token.kind))
            .map(|(place, token)| WordShare { span: token.span.clone(), share: share(place) })
            .filter(|word| word.share.abs() >= LEAST_SHARE)
            .collect();
        let by_strength = |left: &WordShare, right: &WordShare| {
            right.share.abs().total_cmp(&left.share.abs()).then(left.span.start.cmp(&right.span.start))
        };
        if words.len() > WORDS_TOLD {
            words.select_nth_unstable_by(WORDS_TOLD, by_strength);
            words.truncate(WORDS_TOLD);
        }
        words.sort_by(by_strength);
        words
    }
}

fn total(weights: &[Weight]) -> Weight {
    weights.iter().fold(Weight::default(), |mut sum, weight| {
        sum.add(weight);
        sum
    })
}

/// The score of log-odds, from −1 to 1.
pub(crate) fn score_of(log_odds: f32) -> f32 {
    (log_odds / 2.0).tanh()
}

/// The class of a score.
pub(crate) fn class_of(score: f32) -> SentimentClass {
    if score.abs() < NEUTRAL_BELOW {
        SentimentClass::Neutral
    } else if score > 0.0 {
        SentimentClass::Positive
    } else {
        SentimentClass::Negative
    }
}

#[cfg(test)]
mod tests;
