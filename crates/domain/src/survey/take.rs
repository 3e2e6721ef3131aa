//! Takes what was sent as answers: typed, in the order of the questions, or everything that is wrong with it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answers::{Answer, Answered, Answers, Expectation, LONGEST_COMMENT_CHARS};
use super::input::kind_of;
use super::problem::{Problem, ProblemCode, listed, member, quoted, suggestion};
use super::walk::Walk;
use super::{Ask, Question, Survey};

impl Survey {
    /// Complete answers, by the id of the question. Scores may be numbers or texts of digits, consent `true`, `false`, `yes` or
    /// `no`, several choices a list or one text, as forms send them; `null` and blank texts are no answers. All problems at
    /// once: questions that are not known, answers that are none, required questions that were asked and not answered.
    pub fn take(&self, given: &BTreeMap<String, Value>) -> Result<Answers, Vec<Problem>> {
        self.read_answers(given, true)
    }

    /// The same while the customer is still answering: nothing is missing yet. `null` says of a question that is not required
    /// that it was passed over.
    pub fn take_partial(&self, given: &BTreeMap<String, Value>) -> Result<Answers, Vec<Problem>> {
        self.read_answers(given, false)
    }

    fn read_answers(&self, given: &BTreeMap<String, Value>, is_complete: bool) -> Result<Answers, Vec<Problem>> {
        let mut problems = self.refuse_unknown_questions(given);
        let mut answers = Answers { is_complete, ..Answers::default() };
        let mut walk = Walk::new(self);
        let mut has_comment = false;
        for (at, question) in self.questions.iter().enumerate() {
            let value = given.get(&question.id);
            if !walk.asks(at, question, &answers) {
                if value.is_some_and(|value| !is_blank(value)) {
                    answers.dropped.push(question.id.clone());
                }
                continue;
            }
            let read = value.filter(|value| !is_blank(value)).map(|value| question.read_answer(value));
            match read {
                Some(Ok(answer)) => {
                    let is_comment = matches!(answer, Answer::Text(_)) && !has_comment;
                    has_comment |= is_comment;
                    let property = if is_comment { "comment".to_owned() } else { self.property_of(at, question) };
                    answers.answered.push(Answered { question: question.id.clone(), answer: Some(answer), property });
                }
                Some(Err(problem)) => problems.push(problem),
                None if is_complete && question.is_required => problems.push(question.missing()),
                None if is_complete || (value.is_some() && !question.is_required) => {
                    let property = self.property_of(at, question);
                    answers.answered.push(Answered { question: question.id.clone(), answer: None, property });
                }
                None => {}
            }
            walk.leave(question, &answers);
        }
        if problems.is_empty() { Ok(answers) } else { Err(problems) }
    }

    fn refuse_unknown_questions(&self, given: &BTreeMap<String, Value>) -> Vec<Problem> {
        let known = || self.questions.iter().map(|question| question.id.as_str());
        let unknown = given.keys().filter(|id| self.find_question(id).is_none());
        // As many as a survey can have questions: what says more of them helps nobody.
        let unknown = unknown.take(super::MOST_QUESTIONS);
        unknown
            .map(|id| {
                let detail = format!("the survey has no question {}{}", quoted(id), suggestion(id, known()));
                Problem::new(member("$", id), ProblemCode::UnknownMember, detail)
            })
            .collect()
    }

    fn property_of(&self, at: usize, question: &Question) -> String {
        let kind = question.ask.as_str();
        // Where more is worse the number is none of the property in which more is better.
        let has_own = matches!(kind, "nps" | "csat" | "ces" | "rating" | "expectation") && !question.ask.is_reversed();
        let is_same = |earlier: &Question| earlier.ask.as_str() == kind && !earlier.ask.is_reversed();
        let is_first = !self.questions[..at].iter().any(is_same);
        if has_own && is_first { kind.to_owned() } else { format!("answer.{}", question.id) }
    }
}

impl Question {
    fn problem(&self, code: ProblemCode, detail: String) -> Problem {
        Problem::new(member("$", &self.id), code, detail)
    }

    fn missing(&self) -> Problem {
        let detail = match self.ask {
            Ask::Consent { .. } => "must be ticked",
            _ => "must be answered",
        };
        self.problem(ProblemCode::Missing, detail.to_owned())
    }

    fn read_answer(&self, value: &Value) -> Result<Answer, Problem> {
        if let Some((lowest, highest)) = self.ask.range() {
            return self.read_score(value, lowest, highest);
        }
        match &self.ask {
            Ask::Text => self.read_text(value),
            Ask::Choices { most, .. } => self.read_choices(value, *most),
            Ask::Consent { .. } => self.read_consent(value),
            Ask::Expectation(_) => {
                let word = self.read_word(value)?;
                Expectation::parse(word).map(Answer::Expectation).ok_or_else(|| self.unknown_word(word))
            }
            _ => Ok(Answer::Choice(self.read_word(value)?.to_owned())),
        }
    }

    fn read_score(&self, value: &Value, lowest: u8, highest: u8) -> Result<Answer, Problem> {
        let number = match value {
            Value::String(text) if !text.trim().is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
                text.trim().parse::<f64>().ok()
            }
            _ => value.as_f64(),
        };
        let Some(number) = number else {
            let detail = format!("must be a whole number from {lowest} to {highest}, not {}", kind_of(value));
            return Err(self.problem(ProblemCode::WrongType, detail));
        };
        let score = (lowest..=highest).find(|score| f64::from(*score) == number);
        score.map(Answer::Score).ok_or_else(|| {
            let detail = format!("must be a whole number from {lowest} to {highest}, not {number}");
            self.problem(ProblemCode::OutOfRange, detail)
        })
    }

    fn read_text(&self, value: &Value) -> Result<Answer, Problem> {
        let Some(text) = value.as_str() else {
            let detail = format!("must be a text, not {}", kind_of(value));
            return Err(self.problem(ProblemCode::WrongType, detail));
        };
        if text.contains('\0') {
            let detail = "has the character U+0000, which no text has; take it out".to_owned();
            return Err(self.problem(ProblemCode::NullCharacter, detail));
        }
        let text = without_controls(text);
        let length = text.chars().count();
        if length > LONGEST_COMMENT_CHARS {
            let detail = format!("has {length} characters, at most {LONGEST_COMMENT_CHARS} are kept; shorten it");
            return Err(self.problem(ProblemCode::TooLong, detail));
        }
        Ok(Answer::Text(text))
    }

    fn read_consent(&self, value: &Value) -> Result<Answer, Problem> {
        let is_given = match value {
            Value::Bool(is_given) => Some(*is_given),
            Value::String(text) if text == "yes" => Some(true),
            Value::String(text) if text == "no" => Some(false),
            _ => None,
        };
        match is_given {
            Some(false) if self.is_required => Err(self.missing()),
            Some(is_given) => Ok(Answer::Consent(is_given)),
            None => {
                let detail = format!("must be true or false, not {}", kind_of(value));
                Err(self.problem(ProblemCode::WrongType, detail))
            }
        }
    }

    fn read_choices(&self, value: &Value, most: Option<usize>) -> Result<Answer, Problem> {
        let single = std::slice::from_ref(value);
        let items = value.as_array().map_or(single, Vec::as_slice);
        if items.len() > super::MOST_CHOICES {
            let detail = format!("has {} items, more than there are choices", items.len());
            return Err(self.problem(ProblemCode::WrongCount, detail));
        }
        let words = items.iter().map(|item| self.read_word(item)).collect::<Result<Vec<&str>, Problem>>()?;
        let chosen: Vec<String> =
            self.ask.words().into_iter().filter(|word| words.contains(word)).map(str::to_owned).collect();
        match most {
            Some(most) if chosen.len() > most => {
                let detail = format!("has {} choices, at most {most} may be chosen", chosen.len());
                Err(self.problem(ProblemCode::WrongCount, detail))
            }
            _ => Ok(Answer::Choices(chosen)),
        }
    }

    /// A word that the question knows.
    fn read_word<'v>(&self, value: &'v Value) -> Result<&'v str, Problem> {
        let Some(word) = value.as_str() else {
            let detail = format!("must be the id of a choice, not {}", kind_of(value));
            return Err(self.problem(ProblemCode::WrongType, detail));
        };
        if !self.ask.words().contains(&word) {
            return Err(self.unknown_word(word));
        }
        Ok(word)
    }

    fn unknown_word(&self, word: &str) -> Problem {
        let known = self.ask.words();
        let meant = suggestion(word, known.iter().copied());
        let detail = format!("{} is none of {}{meant}", quoted(word), listed(known.iter().copied()));
        self.problem(ProblemCode::UnknownValue, detail)
    }
}

/// What forms send for a question that nobody answered. A text of blanks and control characters says nothing either, but
/// U+0000 is refused wherever it stands.
fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.chars().all(|c| c != '\0' && (c.is_whitespace() || c.is_control())),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Line breaks as `\n`, no control characters except those and tabs.
fn without_controls(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    unified.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect()
}
