//! Which questions are asked, in which order, after which answers.

use super::{Answers, Question, SkipTo, Survey};

/// What follows some answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<'s> {
    /// The id of the question to ask.
    Question(&'s str),
    End,
}

/// A way through the questions from the first to the last. Conditions only speak of what lies behind.
pub(super) struct Walk<'s> {
    survey: &'s Survey,
    /// Questions before this position are skipped.
    resume: usize,
}

impl<'s> Walk<'s> {
    pub fn new(survey: &'s Survey) -> Walk<'s> {
        Walk { survey, resume: 0 }
    }

    /// Whether the question at a position is asked.
    pub fn asks(&self, at: usize, question: &Question, answers: &Answers) -> bool {
        at >= self.resume && question.show_when.as_ref().is_none_or(|condition| condition.holds(answers))
    }

    /// Goes on from a question that was asked.
    pub fn leave(&mut self, question: &Question, answers: &Answers) {
        let holds = |condition: &super::Condition| condition.holds(answers);
        let Some(skip) = question.skips.iter().find(|skip| skip.when.as_ref().is_none_or(holds)) else { return };
        let questions = &self.survey.questions;
        self.resume = match &skip.to {
            SkipTo::End => questions.len(),
            SkipTo::Question(id) => questions.iter().position(|later| later.id == *id).unwrap_or(questions.len()),
        };
    }
}

impl Survey {
    /// The questions that these answers lead through, answered or not, in the order of the survey.
    pub fn shown(&self, answers: &Answers) -> Vec<&Question> {
        let mut walk = Walk::new(self);
        let mut shown = Vec::new();
        for (at, question) in self.questions.iter().enumerate() {
            if walk.asks(at, question, answers) {
                shown.push(question);
                walk.leave(question, answers);
            }
        }
        shown
    }

    /// The first question on the way that has neither an answer nor was passed over.
    pub fn next(&self, answers: &Answers) -> Next<'_> {
        let open = self.shown(answers).into_iter().find(|question| !answers.is_settled(&question.id));
        open.map_or(Next::End, |question| Next::Question(&question.id))
    }
}
