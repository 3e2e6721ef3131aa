//! Answers that may not be what a customer thought.
//!
//! A mark is a note beside an answer and never a reason to refuse it: somebody who is content may well give the best answer
//! everywhere, and quickly. How an answer came is told by whoever took it; here is only what follows from it.

use std::collections::BTreeSet;

use super::{Answer, Answers, Ask, Question, Survey, Texts};

/// Scales that must have been answered before the same place on all of them is a straight line.
pub const FEWEST_SCALES_IN_LINE: usize = 4;
/// Questions that must have been answered on the page before anything is said of speed.
pub const FEWEST_TIMED_QUESTIONS: usize = 2;
/// Milliseconds for a word of a question. C. Zhang and F. Conrad, *Speeding in Web Surveys*, Survey Research Methods 8, 2014,
/// call less than 300 ms a word speeding; a third of that is not read by anybody.
pub const LEAST_MS_A_WORD: u64 = 100;
/// Milliseconds to press something. S. Card, T. Moran and A. Newell, *The Keystroke-Level Model for User Performance Time with
/// Interactive Systems*, Communications of the ACM 23 (7), 1980, give a skilled typist 200 ms a key, without looking for it.
pub const LEAST_MS_A_TAP: u64 = 200;
/// Days after an answer in which another one of the same person is marked, unless the survey says otherwise: as many as lie
/// between two contacts unless told, so that whoever keeps to the contact rule leads nobody to answer again.
pub const REPEAT_DAYS: u16 = 7;
/// Days that a survey may say.
pub const MOST_REPEAT_DAYS: u16 = 730;

/// Why an answer may not be what a customer thought. The texts are part of the interface and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Mark {
    /// The same person answered the same survey a short while before.
    Again,
    /// A program sent it: it filled a field that nobody sees, or never had the page.
    Robot,
    /// At least four scales were answered, all at the same place, although what is good lies at different ends of them.
    Straight,
    /// It was sent sooner after its page than it takes to read and to press.
    Fast,
}

/// How an answer came, as whoever took it knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sending {
    /// Whether it came from a page of the survey.
    pub has_page: bool,
    /// Milliseconds between the page and the answer; `None` where that is not known.
    pub taken_ms: Option<u64>,
    /// Questions that were answered before there was the page, in a message or in a link.
    pub brought: BTreeSet<String>,
    /// Whether the field was filled that nobody sees.
    pub has_filled_unseen: bool,
    /// Whether the same person answered the same survey within its [`repeat days`](Survey::repeat_days).
    pub is_repeated: bool,
}

impl Mark {
    pub const ALL: [Mark; 4] = [Mark::Again, Mark::Robot, Mark::Straight, Mark::Fast];

    pub fn as_str(self) -> &'static str {
        match self {
            Mark::Again => "again",
            Mark::Robot => "robot",
            Mark::Straight => "straight",
            Mark::Fast => "fast",
        }
    }

    /// What the property `answer_marks` of an event says: the marks joined by commas, or `none`, so that a condition can ask
    /// for answers without any.
    pub fn to_property(marks: &[Mark]) -> String {
        match marks {
            [] => "none".to_owned(),
            marks => marks.iter().map(|mark| mark.as_str()).collect::<Vec<_>>().join(","),
        }
    }
}

impl Survey {
    /// The marks of an answer, in the order of [`Mark::ALL`].
    pub fn marks(&self, answers: &Answers, sending: &Sending) -> Vec<Mark> {
        let found = |mark: &Mark| match mark {
            Mark::Again => sending.is_repeated,
            Mark::Robot => sending.has_filled_unseen || !sending.has_page,
            Mark::Straight => self.is_straight_line(answers),
            Mark::Fast => sending.taken_ms.is_some_and(|ms| ms < self.least_ms(answers, &sending.brought)),
        };
        Mark::ALL.into_iter().filter(found).collect()
    }

    /// Milliseconds that it takes at the very least to give these answers: to read the questions, in the language in which each
    /// has fewest words, and to press what they need and the button. What was `brought` took none of it. Nought where too few
    /// questions are left to tell.
    pub fn least_ms(&self, answers: &Answers, brought: &BTreeSet<String>) -> u64 {
        let own = |question: &&Question| !brought.contains(&question.id);
        let taps: Vec<u64> = self
            .questions
            .iter()
            .filter(own)
            .filter_map(|question| {
                let answer = answers.find(&question.id)?;
                Some(LEAST_MS_A_WORD * fewest_words(&question.text) + LEAST_MS_A_TAP * taps(answer))
            })
            .collect();
        if taps.len() < FEWEST_TIMED_QUESTIONS {
            return 0;
        }
        taps.iter().sum::<u64>() + LEAST_MS_A_TAP
    }

    fn is_straight_line(&self, answers: &Answers) -> bool {
        // As fractions of the way from the lowest to the highest, compared without dividing.
        let scales: Vec<(&Ask, u32, u32)> = self
            .questions
            .iter()
            .filter_map(|question| {
                let (lowest, highest) = question.ask.range()?;
                let Answer::Score(score) = answers.find(&question.id)? else { return None };
                Some((&question.ask, u32::from(score.saturating_sub(lowest)), u32::from(highest - lowest)))
            })
            .collect();
        let is_same = |pair: &[(&Ask, u32, u32)]| pair[0].1 * pair[1].2 == pair[1].1 * pair[0].2;
        // The same place everywhere may be meant where it means the same everywhere.
        let reversed = scales.iter().filter(|(ask, ..)| ask.is_reversed()).count();
        let has_both_directions = reversed > 0 && reversed < scales.len();
        scales.len() >= FEWEST_SCALES_IN_LINE && has_both_directions && scales.windows(2).all(is_same)
    }
}

/// What must be pressed at least to give an answer.
fn taps(answer: &Answer) -> u64 {
    match answer {
        Answer::Choices(chosen) => chosen.len() as u64,
        _ => 1,
    }
}

fn fewest_words(texts: &Texts) -> u64 {
    texts.iter().map(|(_, text)| text.split_whitespace().count() as u64).min().unwrap_or(0)
}
