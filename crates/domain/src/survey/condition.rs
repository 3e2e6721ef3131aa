//! When a question is asked and where a skip leads: conditions on earlier answers.
//!
//! A condition about a question that was not asked or not answered does not hold, except the one that says so.

use serde_json::{Value, json};

use super::answers::{Answer, Answers};
use super::input::{Input, Object};
use super::problem::{ProblemCode, listed, quoted, suggestion};
use super::{Ask, DEEPEST_CONDITION, MOST_CHOICES, MOST_CONDITIONS};

/// What must hold of earlier answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of these: 1 or more.
    All(Vec<Condition>),
    /// At least one of these: 1 or more.
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// The question was answered, or was not.
    Answered {
        question: String,
        answered: bool,
    },
    /// The answer on a scale lies between these, both included; at least one is there.
    Between {
        question: String,
        at_least: Option<u8>,
        at_most: Option<u8>,
    },
    /// The answer is, or one of the chosen is, one of these: 1 or more words of [`Ask::words`].
    Is {
        question: String,
        words: Vec<String>,
    },
}

impl Condition {
    /// Whether it holds of these answers.
    pub fn holds(&self, answers: &Answers) -> bool {
        match self {
            Condition::All(each) => each.iter().all(|condition| condition.holds(answers)),
            Condition::Any(each) => each.iter().any(|condition| condition.holds(answers)),
            Condition::Not(condition) => !condition.holds(answers),
            Condition::Answered { question, answered } => answers.find(question).is_some() == *answered,
            Condition::Between { question, at_least, at_most } => match answers.find(question) {
                Some(Answer::Score(score)) => {
                    at_least.is_none_or(|least| *score >= least) && at_most.is_none_or(|most| *score <= most)
                }
                _ => false,
            },
            Condition::Is { question, words } => answers
                .find(question)
                .is_some_and(|answer| answer.words().iter().any(|word| words.iter().any(|wanted| wanted == word))),
        }
    }

    /// As files spell it.
    pub fn to_json(&self) -> Value {
        let list = |each: &[Condition]| each.iter().map(Condition::to_json).collect::<Value>();
        match self {
            Condition::All(each) => json!({"all": list(each)}),
            Condition::Any(each) => json!({"any": list(each)}),
            Condition::Not(condition) => json!({"not": condition.to_json()}),
            Condition::Answered { question, answered } => json!({"question": question, "answered": answered}),
            Condition::Between { question, at_least, at_most } => {
                let mut object = json!({"question": question});
                for (name, bound) in [("at_least", at_least), ("at_most", at_most)] {
                    if let Some(bound) = bound {
                        object[name] = json!(bound);
                    }
                }
                object
            }
            Condition::Is { question, words } => match words.as_slice() {
                [word] => json!({"question": question, "is": word}),
                words => json!({"question": question, "is": words}),
            },
        }
    }
}

/// The questions of a file while they are read.
pub(super) struct Known<'v> {
    ids: Vec<Option<&'v str>>,
    /// The question that is being read.
    pub at: usize,
    /// What was read of it and of earlier ones: position and what it asks, `None` where that could not be read.
    pub asks: Vec<(usize, Option<Ask>)>,
}

impl<'v> Known<'v> {
    pub fn new(ids: Vec<Option<&'v str>>) -> Known<'v> {
        Known { ids, at: 0, asks: Vec::new() }
    }

    pub fn ids(&self) -> impl Iterator<Item = &'v str> {
        self.ids.iter().flatten().copied()
    }

    /// Where the first question of this id stands.
    pub fn position(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|known| *known == Some(id))
    }
}

/// A condition about questions before the one that is being read.
pub(super) fn read(input: &mut Input, known: &Known<'_>, place: &str, value: &Value) -> Option<Condition> {
    Reading { known, before: known.at, left: MOST_CONDITIONS }.read(input, place, value, 1)
}

/// A condition that may be about the question that is being read too.
pub(super) fn read_after(input: &mut Input, known: &Known<'_>, place: &str, value: &Value) -> Option<Condition> {
    Reading { known, before: known.at + 1, left: MOST_CONDITIONS }.read(input, place, value, 1)
}

struct Reading<'a, 'v> {
    known: &'a Known<'v>,
    /// Questions from this position on cannot be asked about.
    before: usize,
    left: usize,
}

impl Reading<'_, '_> {
    fn read(&mut self, input: &mut Input, place: &str, value: &Value, depth: usize) -> Option<Condition> {
        if self.left == 0 || depth > DEEPEST_CONDITION {
            let detail = format!(
                "a condition has at most {MOST_CONDITIONS} parts, at most {DEEPEST_CONDITION} deep; make it simpler"
            );
            input.problem(place, ProblemCode::WrongCount, detail);
            return None;
        }
        self.left -= 1;
        let object = input.object(place.to_owned(), value)?;
        if let Some((at, value)) = object.get("not") {
            input.only(&object, &["not"]);
            return Some(Condition::Not(Box::new(self.read(input, &at, value, depth + 1)?)));
        }
        for (name, make) in
            [("all", Condition::All as fn(Vec<Condition>) -> Condition), ("any", Condition::Any as fn(_) -> _)]
        {
            if let Some((at, value)) = object.get(name) {
                input.only(&object, &[name]);
                let items = input.list(&at, value, 1, MOST_CONDITIONS);
                let wanted = items.len();
                let read: Vec<Condition> =
                    items.into_iter().filter_map(|(at, item)| self.read(input, &at, item, depth + 1)).collect();
                return (wanted > 0 && read.len() == wanted).then(|| make(read));
            }
        }
        input.only(&object, &["question", "answered", "at_least", "at_most", "is", "all", "any", "not"]);
        self.read_comparison(input, &object)
    }

    fn read_comparison(&self, input: &mut Input, object: &Object<'_>) -> Option<Condition> {
        let (place, value) = input.needed(object, "question", "say whose answer is compared")?;
        let id = input.text(&place, value)?;
        let ask = self.find(input, &place, id)?;
        let has_bounds = object.has("at_least") || object.has("at_most");
        let ways = [object.has("answered"), has_bounds, object.has("is")];
        if ways.iter().filter(|is_there| **is_there).count() != 1 {
            let detail = "compares in no way or in several; write one of `answered`, `is`, or `at_least` and `at_most`";
            input.problem(object.place.as_str(), ProblemCode::WrongCount, detail);
            return None;
        }
        let question = id.to_owned();
        if object.has("answered") {
            return Some(Condition::Answered { question, answered: input.flag(object, "answered") });
        }
        // What the question asks could not be read, which is said already.
        let ask = ask?;
        if has_bounds {
            return read_between(input, object, question, &ask);
        }
        read_is(input, object, question, &ask)
    }

    /// What an earlier question asks; `Some(None)` where it is there but cannot be read.
    fn find(&self, input: &mut Input, place: &str, id: &str) -> Option<Option<Ask>> {
        match self.known.position(id) {
            Some(position) if position < self.before => {
                let found = self.known.asks.iter().find(|(at, _)| *at == position);
                Some(found.and_then(|(_, ask)| ask.clone()))
            }
            Some(_) => {
                let detail = format!("`{id}` is not asked earlier; a condition speaks of questions before it");
                input.problem(place, ProblemCode::WrongOrder, detail);
                None
            }
            None => {
                let meant = suggestion(id, self.known.ids());
                input.problem(place, ProblemCode::UnknownValue, format!("there is no question {}{meant}", quoted(id)));
                None
            }
        }
    }
}

fn read_between(input: &mut Input, object: &Object<'_>, question: String, ask: &Ask) -> Option<Condition> {
    let Some((lowest, highest)) = ask.range() else {
        let detail = format!("`{question}` is no scale; compare it with `is` or `answered`");
        input.problem(object.place.as_str(), ProblemCode::UnknownValue, detail);
        return None;
    };
    let bound = |input: &mut Input, name: &str| {
        let (place, value) = object.get(name)?;
        let bound = input.number(&place, value, u64::from(lowest), u64::from(highest))?;
        u8::try_from(bound).ok()
    };
    let (at_least, at_most) = (bound(input, "at_least"), bound(input, "at_most"));
    if let (Some(least), Some(most)) = (at_least, at_most)
        && least > most
    {
        let detail = format!("never holds: no answer is at least {least} and at most {most}");
        input.problem(object.place.as_str(), ProblemCode::OutOfRange, detail);
    }
    // A bound that is there but wrong was said; without any the condition would hold of every answer.
    (at_least.is_some() || at_most.is_some()).then_some(Condition::Between { question, at_least, at_most })
}

fn read_is(input: &mut Input, object: &Object<'_>, question: String, ask: &Ask) -> Option<Condition> {
    let (place, value) = object.get("is")?;
    let known = ask.words();
    if known.is_empty() {
        let detail = match ask.range() {
            Some(_) => format!("`{question}` is a scale; compare it with `at_least` and `at_most`"),
            None => format!("`{question}` is free text; only `answered` can be asked about it"),
        };
        input.problem(place, ProblemCode::UnknownValue, detail);
        return None;
    }
    let items = match value {
        Value::Array(_) => input.list(&place, value, 1, MOST_CHOICES),
        _ => vec![(place, value)],
    };
    let mut words: Vec<String> = Vec::new();
    for (place, item) in items {
        let Some(word) = input.text(&place, item) else { continue };
        if !known.contains(&word) {
            let meant = suggestion(word, known.iter().copied());
            let detail = format!(
                "{} is no answer to `{question}`; write one of {}{meant}",
                quoted(word),
                listed(known.iter().copied())
            );
            input.problem(place, ProblemCode::UnknownValue, detail);
        } else if words.iter().any(|earlier| earlier == word) {
            input.problem(place, ProblemCode::Twice, format!("`{word}` stands twice; take one away"));
        } else {
            words.push(word.to_owned());
        }
    }
    (!words.is_empty()).then_some(Condition::Is { question, words })
}
