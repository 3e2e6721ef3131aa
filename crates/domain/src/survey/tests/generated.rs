//! Surveys and answers of every shape, for the properties that hold of all of them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Texts that are hard to write, escape, cut or turn.
const TEXTS: [&str; 9] = [
    "¿Qué tal?",
    "<script>alert(\"1\")</script> & 'x'",
    "مرحبا بالعالم",
    "👩‍👩‍👧 e\u{301}",
    "una\nlínea y otra",
    "{{customer.first_name|amistad}}, {{ touchpoint }}",
    "\u{2028}\u{feff}raro",
    "\\u0000 }} {",
    "a",
];

pub fn surveys() -> impl Strategy<Value = Survey> {
    let head = (select(vec!["encuesta", "a", "x-1"]), any::<bool>(), 1..4_usize, vec(any::<u32>(), 8));
    let plans = vec((0..Ask::TYPES.len(), vec(any::<u32>(), 12), any::<bool>()), 1..8);
    (head, plans).prop_map(|((name, is_relational, languages, numbers), plans)| {
        let languages: Vec<String> = ["es", "en", "pt-BR"][..languages].iter().map(|code| (*code).to_owned()).collect();
        let mut dice = Dice { numbers, at: 0, languages: languages.clone() };
        let mut survey = Survey {
            name: name.to_owned(),
            kind: if is_relational { Kind::Relational } else { Kind::Transactional },
            is_anonymous: dice.roll(3) == 0,
            title: dice.texts(),
            intro: dice.sometimes(Dice::texts),
            thanks: dice.texts(),
            theme: dice.sometimes(|dice| Theme {
                accent: format!("#{:06x}", dice.roll(0xFF_FFFF)),
                accent_dark: dice.sometimes(|dice| format!("#{:06X}", dice.roll(0xFF_FFFF))),
            }),
            opens_at: dice.sometimes(|dice| i64::from(dice.roll(u32::MAX))),
            closes_at: dice.sometimes(|dice| 5_000_000_000 + i64::from(dice.roll(u32::MAX))),
            quotas: Vec::new(),
            repeat_days: [REPEAT_DAYS, 0, MOST_REPEAT_DAYS][dice.roll(3) as usize],
            invite: dice.sometimes(inviting),
            questions: Vec::new(),
            languages: languages.clone(),
        };
        let count = plans.len();
        for (at, (kind, numbers, is_required)) in plans.into_iter().enumerate() {
            let dice = Dice { numbers, at: 0, languages: languages.clone() };
            let question = question(dice, at, count, kind, is_required, &survey.questions);
            survey.questions.push(question);
        }
        survey.quotas =
            dice.sometimes(|dice| Quota { most: 1 + u64::from(dice.roll(1000)), of: None }).into_iter().collect();
        let chosen = survey.questions.iter().find(|question| !question.ask.choices().is_empty());
        survey.quotas.extend(chosen.map(|question| Quota {
            most: LARGEST_QUOTA,
            of: Some(QuotaOf { question: question.id.clone(), choice: question.ask.choices()[0].id.clone() }),
        }));
        survey
    })
}

/// A survey, and what somebody sent as its answers: some are none, some belong to questions that are not asked.
pub fn surveys_with_answers() -> impl Strategy<Value = (Survey, BTreeMap<String, Value>)> {
    let answer = |id: String| (Just(id), 0..12_u8, values());
    surveys().prop_flat_map(move |survey| {
        let asks: Vec<(String, Ask)> =
            survey.questions.iter().map(|question| (question.id.clone(), question.ask.clone())).collect();
        let answers: Vec<_> = asks.iter().map(|(id, _)| answer(id.clone())).collect();
        (Just(survey), answers).prop_map(move |(survey, answers)| {
            let mut given = BTreeMap::new();
            for ((id, roll, wild), (_, ask)) in answers.into_iter().zip(&asks) {
                match roll {
                    0 | 1 => {}
                    2 => drop(given.insert(id, Value::Null)),
                    3 => drop(given.insert(id, wild)),
                    roll => drop(given.insert(id, fitting(ask, usize::from(roll)))),
                }
            }
            (survey, given)
        })
    })
}

fn values() -> impl Strategy<Value = Value> {
    select(vec![
        json!(""),
        json!("9"),
        json!(3),
        json!(0),
        json!(99),
        json!(-1),
        json!(2.5),
        json!(true),
        json!("yes"),
        json!("c0"),
        json!(["c0", "c1"]),
        json!([]),
        json!({}),
        json!("better"),
        json!("a\u{0}"),
        json!("\u{7}"),
        json!([1]),
    ])
}

fn fitting(ask: &Ask, roll: usize) -> Value {
    let words = ask.words();
    match ask {
        Ask::Text => json!(TEXTS[roll % TEXTS.len()]),
        Ask::Choices { .. } => json!([words[roll % words.len()]]),
        _ => match ask.range() {
            Some((lowest, highest)) => json!(lowest + u8::try_from(roll).unwrap() % (highest - lowest + 1)),
            None => json!(words[roll % words.len()]),
        },
    }
}

/// Any occasion, any audience.
fn inviting(dice: &mut Dice) -> Inviting {
    let when = match dice.roll(3) {
        0 => Occasion::Moments { every_days: 7 + u16::try_from(dice.roll(720)).unwrap() },
        1 => Occasion::Days {
            days: (1..=1 + i8::try_from(dice.roll(20)).unwrap()).map(|day| jiff::civil::date(2027, 3, day)).collect(),
            hour: u8::try_from(dice.roll(24)).unwrap(),
        },
        _ => Occasion::Event(EventOccasion {
            activity: "Order Completed".to_owned(),
            channel: dice.sometimes(|_| "web".to_owned()),
            conditions: vec![
                PropertyCondition {
                    property: "total \"net\"".to_owned(),
                    test: PropertyTest::Between {
                        at_least: Some(f64::from(dice.roll(100)) / 8.0),
                        at_most: dice.sometimes(|dice| 100.0 + f64::from(dice.roll(100))),
                    },
                },
                PropertyCondition {
                    property: "método".to_owned(),
                    test: PropertyTest::Is(vec!["tarjeta".to_owned(), "3".to_owned()]),
                },
            ],
            delay_minutes: dice.roll(43_201),
        }),
    };
    Inviting {
        when,
        segment: dice.sometimes(|_| "Compran en línea".to_owned()),
        share: 1 + u8::try_from(dice.roll(100)).unwrap(),
        priority: 1 + u8::try_from(dice.roll(9)).unwrap(),
    }
}

struct Dice {
    numbers: Vec<u32>,
    at: usize,
    languages: Vec<String>,
}

impl Dice {
    fn roll(&mut self, below: u32) -> u32 {
        self.at += 1;
        self.numbers[self.at % self.numbers.len()].rotate_left(u32::try_from(self.at).unwrap()) % below
    }

    fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.roll(u32::try_from(length).unwrap())).unwrap()
    }

    fn sometimes<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (self.roll(2) == 0).then(|| make(self))
    }

    fn texts(&mut self) -> Texts {
        let languages = self.languages.clone();
        Texts(languages.into_iter().map(|language| (language, TEXTS[self.index(TEXTS.len())].to_owned())).collect())
    }

    fn choices(&mut self) -> Vec<Choice> {
        let count = 2 + self.index(4);
        (0..count).map(|at| Choice { id: format!("c{at}"), text: self.texts() }).collect()
    }

    fn condition(&mut self, questions: &[Question], depth: usize) -> Condition {
        let shape = self.roll(if depth < 3 { 8 } else { 5 });
        let question = &questions[self.index(questions.len())];
        match shape {
            5 => Condition::Not(Box::new(self.condition(questions, depth + 1))),
            6 => Condition::All((0..2).map(|_| self.condition(questions, depth + 1)).collect()),
            7 => Condition::Any((0..2).map(|_| self.condition(questions, depth + 1)).collect()),
            _ => self.comparison(question),
        }
    }

    fn comparison(&mut self, question: &Question) -> Condition {
        let id = question.id.clone();
        let words = question.ask.words();
        if let Some((lowest, highest)) = question.ask.range() {
            let middle = lowest + u8::try_from(self.roll(u32::from(highest - lowest) + 1)).unwrap();
            let at_least = self.sometimes(|_| lowest);
            let at_most = if at_least.is_some() { self.sometimes(|_| middle) } else { Some(middle) };
            return Condition::Between { question: id, at_least, at_most };
        }
        if words.is_empty() || self.roll(4) == 0 {
            return Condition::Answered { question: id, answered: self.roll(2) == 0 };
        }
        let count = 1 + self.index(words.len());
        Condition::Is { question: id, words: words[..count].iter().map(|word| (*word).to_owned()).collect() }
    }
}

fn question(mut dice: Dice, at: usize, count: usize, kind: usize, is_required: bool, earlier: &[Question]) -> Question {
    let mut question = Question {
        id: format!("q{at}"),
        ask: ask(&mut dice, kind),
        text: dice.texts(),
        help: dice.sometimes(Dice::texts),
        is_required,
        show_when: None,
        skips: Vec::new(),
    };
    if !earlier.is_empty() {
        question.show_when = dice.sometimes(|dice| dice.condition(earlier, 1));
    }
    if dice.roll(3) == 0 {
        let known: Vec<Question> = earlier.iter().cloned().chain([question.clone()]).collect();
        let when = Some(dice.condition(&known, 1));
        let to = if at + 1 < count && dice.roll(3) > 0 {
            SkipTo::Question(format!("q{}", at + 1 + dice.index(count - at - 1)))
        } else {
            SkipTo::End
        };
        question.skips.push(Skip { when, to });
    }
    question
}

fn ask(dice: &mut Dice, kind: usize) -> Ask {
    let reversed = dice.roll(3) == 0;
    let mut ends = || Ends { low: dice.sometimes(Dice::texts), high: dice.sometimes(Dice::texts) };
    match kind {
        0 => Ask::Nps(ends()),
        1 => Ask::Csat { ends: ends(), faces: dice.roll(2) == 0 },
        2 => Ask::Ces(ends()),
        3 => Ask::Rating { ends: ends(), stars: 3 + u8::try_from(dice.roll(8)).unwrap(), reversed },
        4 => Ask::Choice(dice.choices()),
        5 => {
            let choices = dice.choices();
            let most = dice.sometimes(|dice| 1 + dice.index(choices.len()));
            Ask::Choices { choices, most }
        }
        6 => Ask::Text,
        7 => Ask::Consent { purpose: dice.sometimes(|_| "contact".to_owned()) },
        // A language of which the page has no words needs the survey's.
        _ if dice.languages.len() > 2 => Ask::Expectation(Some(labels(dice))),
        _ => Ask::Expectation(dice.sometimes(labels)),
    }
}

fn labels(dice: &mut Dice) -> Box<ExpectationLabels> {
    Box::new(ExpectationLabels { better: dice.texts(), as_expected: dice.texts(), worse: dice.texts() })
}
