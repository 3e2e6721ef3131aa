//! Answers that look as if nobody had read the questions.
//!
//! A suspicion is a note beside an answer and never a reason to refuse it: somebody who is content may well give the best answer
//! everywhere, and quickly.

use std::collections::BTreeMap;

use super::{Answers, Question, Survey, Texts};

/// Scales that must have been answered before the same place on all of them is a straight line.
pub const FEWEST_SCALES_IN_LINE: usize = 4;
/// Questions with a time that are needed to speak of speed.
pub const FEWEST_TIMED_QUESTIONS: usize = 2;
/// Milliseconds for a word of a question. C. Zhang and F. Conrad, *Speeding in Web Surveys*, Survey Research Methods 8, 2014,
/// call less than 300 ms a word speeding; a third of that is not read by anybody.
pub const LEAST_MS_A_WORD: u64 = 100;
/// Milliseconds to see that a question is there and to press something.
pub const LEAST_MS_A_QUESTION: u64 = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Suspicion {
    /// At least four scales were answered, all at the same place between their ends.
    StraightLining,
    /// At least two questions have a time, and together they took less than it takes to read them.
    ImpossibleSpeed,
}

impl Suspicion {
    pub fn as_str(self) -> &'static str {
        match self {
            Suspicion::StraightLining => "straight_lining",
            Suspicion::ImpossibleSpeed => "impossible_speed",
        }
    }
}

impl Survey {
    /// What is suspicious about answers, given the milliseconds spent at each question where they are known. Words are counted in
    /// the language in which a question has fewest.
    pub fn suspicions(&self, answers: &Answers, spent_ms: &BTreeMap<String, u64>) -> Vec<Suspicion> {
        let mut found = Vec::new();
        if self.is_straight_line(answers) {
            found.push(Suspicion::StraightLining);
        }
        if self.is_impossibly_fast(answers, spent_ms) {
            found.push(Suspicion::ImpossibleSpeed);
        }
        found
    }

    fn is_straight_line(&self, answers: &Answers) -> bool {
        // As fractions of the way from the lowest to the highest, compared without dividing.
        let places: Vec<(u32, u32)> = self
            .questions
            .iter()
            .filter_map(|question| {
                let (lowest, highest) = question.ask.range()?;
                let super::Answer::Score(score) = answers.find(&question.id)? else { return None };
                Some((u32::from(score.saturating_sub(lowest)), u32::from(highest - lowest)))
            })
            .collect();
        let is_same = |pair: &[(u32, u32)]| pair[0].0 * pair[1].1 == pair[1].0 * pair[0].1;
        places.len() >= FEWEST_SCALES_IN_LINE && places.windows(2).all(is_same)
    }

    fn is_impossibly_fast(&self, answers: &Answers, spent_ms: &BTreeMap<String, u64>) -> bool {
        let is_timed =
            |question: &&Question| answers.find(&question.id).is_some() && spent_ms.contains_key(&question.id);
        let timed: Vec<&Question> = self.questions.iter().filter(is_timed).collect();
        if timed.len() < FEWEST_TIMED_QUESTIONS {
            return false;
        }
        let least = |question: &&Question| LEAST_MS_A_QUESTION + LEAST_MS_A_WORD * fewest_words(&question.text);
        let needed: u64 = timed.iter().map(least).sum();
        let spent = timed
            .iter()
            .filter_map(|question| spent_ms.get(&question.id))
            .fold(0_u64, |sum, ms| sum.saturating_add(*ms));
        spent < needed
    }
}

fn fewest_words(texts: &Texts) -> u64 {
    texts.iter().map(|(_, text)| text.split_whitespace().count() as u64).min().unwrap_or(0)
}
