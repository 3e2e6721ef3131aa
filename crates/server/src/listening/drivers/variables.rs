//! What may go with an outcome, and what was known before: facts of the engine, with their names.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::ports::ActivityRole;
use domain::survey::{Ask, Survey};
use domain::time::DAY_MS;
use domain::{Error, Result};
use events::names::OTHER;
use journey::Activities;
use journey::drivers::answered::{During, Fact, ToldApart};

use super::asked::{Among, DriversQuery, Outcome};
use crate::finding::FindingDto;
use crate::journeys::{CHANNEL, Moment, UNIT, find_by, find_seen, name_values};

/// How long before the time that counts as lived something is known before.
pub const KNOWN_BEFORE_MS: i64 = 365 * DAY_MS;
/// How long after an answer a return counts.
pub const AFTER_MS: i64 = 30 * DAY_MS;
const EXPECTATION: &str = "expectation";
const TOPICS: &str = "comment_topics";
/// Every comment that was read has it, whatever it speaks of.
const WAS_READ: &str = "comment_tier";
/// Questions of a survey that have no property of their own.
const OF_QUESTIONS: &str = "answer.";
const BROKEN_PROMISE: &str = "promise broken";
/// Activities of a role that are told apart.
const MOST_OF_ROLE: usize = 12;
const MOST_QUESTIONS: usize = 15;
/// Different texts of a question whose answers are choices.
const MOST_CHOICES: usize = 50;
/// Values of a property that are told apart.
const MOST_VALUES: usize = 10;
const MOST_CHANNELS: usize = 8;
const MOST_UNITS: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Score,
    Choice,
    Property,
    Topic,
    Wait,
    Error,
    Contact,
    BrokenPromise,
    ChannelChanges,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Score => "score",
            Kind::Choice => "choice",
            Kind::Property => "property",
            Kind::Topic => "topic",
            Kind::Wait => "wait",
            Kind::Error => "error",
            Kind::Contact => "contact",
            Kind::BrokenPromise => "broken_promise",
            Kind::ChannelChanges => "channel_changes",
        }
    }
}

/// Something that may go with the outcome, by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    pub kind: Kind,
    pub name: String,
    pub value: Option<String>,
    pub against: Option<String>,
}

/// What becomes of the column of a fact.
enum Becomes {
    Variable(Variable),
    /// One variable for each value of a property.
    Values {
        kind: Kind,
        property: String,
    },
    Control(String),
    /// One control for each value.
    ControlValues {
        by: String,
        most: usize,
    },
}

/// The facts that are asked for, each with what becomes of it.
#[derive(Default)]
pub struct Collected {
    facts: Vec<Fact>,
    become_: Vec<Becomes>,
    pub findings: Vec<FindingDto>,
}

/// Columns with their names.
#[derive(Default)]
pub struct Columns {
    pub variables: Vec<(Variable, Vec<f64>)>,
    pub controls: Vec<Vec<f64>>,
    /// What is held equal, in words that are parts of the interface.
    pub held_equal: Vec<String>,
}

/// The events that answers are made of, so that being asked is no change of channel.
fn is_of_survey(name: &str) -> bool {
    name.starts_with("Survey ")
}

impl Collected {
    fn add(&mut self, fact: Fact, becomes: Becomes) {
        self.facts.push(fact);
        self.become_.push(becomes);
    }

    fn add_variable(&mut self, fact: Fact, kind: Kind, name: &str, value: Option<&str>) {
        let value = value.map(str::to_owned);
        self.add(fact, Becomes::Variable(Variable { kind, name: name.to_owned(), value, against: None }));
    }

    pub fn facts(&self) -> Vec<Fact> {
        self.facts.clone()
    }

    /// What answers themselves say: other answers, topics and properties that are named. They are read of the period alone.
    pub fn add_answers(&mut self, moment: &mut Moment, query: &DriversQuery) -> Result<()> {
        let own = match &query.outcome {
            Outcome::Score(metric) => Some(metric.property.as_ref()),
            Outcome::Return | Outcome::Spend => None,
        };
        let (of_answers, of_topics) = (query.has(Among::Answers), query.has(Among::Topics));
        let questions = match &query.survey {
            Some(survey) if of_answers => find_questions(moment, survey)?,
            _ => Vec::new(),
        };
        let mut scores: Vec<&str> = Vec::new();
        for metric in query.metrics.iter().filter(|_| of_answers) {
            let property = metric.property.as_ref();
            // Several metrics may count the same answers in their own ways.
            if Some(property) != own && !scores.contains(&property) {
                scores.push(property);
            }
        }
        let others = [(EXPECTATION, of_answers), (TOPICS, of_topics), (WAS_READ, of_topics)];
        let others = others.into_iter().filter(|(_, is_asked)| *is_asked).map(|(name, _)| name);
        let usual: Vec<&str> =
            scores.iter().copied().chain(others).chain(questions.iter().map(String::as_str)).collect();
        self.findings.extend(moment.read_unless_too_large(usual, "other answers are left out")?);
        let named = query.variables.iter().chain(&query.controls);
        let named = named.map(|name| events::AskedProperty { name: name.clone(), values: Vec::new() });
        moment.read_properties(named)?;

        for property in scores {
            if is_read(moment, property) {
                self.add_property(moment, property, Kind::Score)?;
            }
        }
        if of_answers && is_read(moment, EXPECTATION) {
            for value in ["better", "worse"] {
                let (column, is_one) = mark_values(moment, EXPECTATION, |text| text == value)?;
                let fact = Fact::OneOf { property: column, is_one, known_by: column };
                let against = Some("as".to_owned());
                let variable = Variable {
                    kind: Kind::Choice,
                    name: EXPECTATION.to_owned(),
                    value: Some(value.to_owned()),
                    against,
                };
                self.add(fact, Becomes::Variable(variable));
            }
        }
        for question in &questions {
            if is_read(moment, question) {
                self.add_question(moment, question)?;
            }
        }
        if of_topics && is_read(moment, TOPICS) {
            self.add_topics(moment)?;
        }
        for property in &query.variables {
            self.add_property(moment, property, Kind::Property)?;
        }
        Ok(())
    }

    /// A property whose values are numbers is one variable; of any other, each frequent value is one.
    fn add_property(&mut self, moment: &Moment, property: &str, kind: Kind) -> Result<()> {
        let seen = moment.see_values([property])?;
        let seen = find_seen(&seen, property)?;
        if kind == Kind::Property {
            self.findings.extend(seen.never_had());
        }
        match numbers_of(moment, property, kind == Kind::Score)? {
            Some(fact) => self.add_variable(fact, kind, property, None),
            None => {
                let property = property.to_owned();
                self.add(Fact::Code { property: seen.column() }, Becomes::Values { kind: Kind::Choice, property });
            }
        }
        Ok(())
    }

    /// A question of a survey: a scale, or each of its choices. Open texts are no variables.
    fn add_question(&mut self, moment: &Moment, question: &str) -> Result<()> {
        if let Some(fact) = numbers_of(moment, question, false)? {
            self.add_variable(fact, Kind::Property, question, None);
            return Ok(());
        }
        let seen = moment.see_values([question])?;
        let seen = find_seen(&seen, question)?;
        let texts: Vec<Arc<str>> = seen.list().map(|(_, text)| text).collect();
        let choices: BTreeSet<&str> = texts.iter().flat_map(|text| text.split(',')).collect();
        let are_choices = choices.len() <= MOST_CHOICES && choices.iter().all(|choice| !choice.contains(' '));
        if !are_choices || seen.has_too_many() {
            return Ok(());
        }
        if texts.iter().any(|text| text.contains(',')) {
            for choice in choices {
                let (column, is_one) = mark_values(moment, question, |text| text.split(',').any(|it| it == choice))?;
                let fact = Fact::OneOf { property: column, is_one, known_by: column };
                self.add_variable(fact, Kind::Choice, question, Some(choice));
            }
        } else {
            let property = question.to_owned();
            self.add(Fact::Code { property: seen.column() }, Becomes::Values { kind: Kind::Choice, property });
        }
        Ok(())
    }

    /// Whether a comment speaks well or badly of each topic; unknown of answers without a comment.
    fn add_topics(&mut self, moment: &Moment) -> Result<()> {
        let seen = moment.see_values([TOPICS])?;
        let seen = find_seen(&seen, TOPICS)?;
        let known_by = if is_read(moment, WAS_READ) { find_column(moment, WAS_READ)? } else { seen.column() };
        let texts: Vec<Arc<str>> = seen.list().map(|(_, text)| text).collect();
        let said: BTreeSet<&str> = texts.iter().flat_map(|text| text.split(',')).collect();
        for judgement in said {
            let Some((topic, tone @ ("positive" | "negative"))) = judgement.split_once(':') else { continue };
            let (property, is_one) = mark_values(moment, TOPICS, |text| text.split(',').any(|it| it == judgement))?;
            self.add_variable(Fact::OneOf { property, is_one, known_by }, Kind::Topic, topic, Some(tone));
        }
        Ok(())
    }

    /// What the customer lived before the answer, where it is asked about.
    pub fn add_lived(&mut self, moment: &mut Moment, query: &DriversQuery) -> Result<()> {
        if !query.has(Among::Lived) {
            return Ok(());
        }
        let lived = During { begin: -query.before_ms, end: 0 };
        let found = moment.find_waits()?;
        self.findings.extend(found.findings);
        for (code, name) in self.of_role(moment, ActivityRole::Wait) {
            let fact = Fact::Minutes { waits: found.waits.of_one(code), during: lived };
            self.add_variable(fact, Kind::Wait, &name, None);
        }
        for (role, kind) in [(ActivityRole::Error, Kind::Error), (ActivityRole::Contact, Kind::Contact)] {
            for (code, name) in self.of_role(moment, role) {
                let fact = Fact::Count { activities: Activities::of(&[code]), during: lived };
                self.add_variable(fact, kind, &name, None);
            }
        }
        let mut broken: BTreeSet<u16> = BTreeSet::new();
        for (_, name) in moment.names.activities.iter() {
            if name.to_lowercase().ends_with(BROKEN_PROMISE) {
                broken.extend(moment.vocabulary.find(name).ok());
            }
        }
        for name in &query.broken_promises {
            broken.insert(moment.vocabulary.find(name)?);
        }
        for code in broken {
            let fact = Fact::Count { activities: Activities::of(&[code]), during: lived };
            self.add_variable(fact, Kind::BrokenPromise, &moment.vocabulary.label(code), None);
        }
        let names = moment.names.activities.iter().filter(|(_, name)| is_of_survey(name));
        let of_survey: Vec<u16> = names.filter_map(|(code, _)| u16::try_from(code).ok()).collect();
        let fact = Fact::ChannelChanges { except: Activities::of(&of_survey), during: lived };
        self.add_variable(fact, Kind::ChannelChanges, "channel_changes", None);
        Ok(())
    }

    fn of_role(&mut self, moment: &Moment, role: ActivityRole) -> Vec<(u16, String)> {
        let (codes, names) = moment.with_role(role);
        if codes.len() > MOST_OF_ROLE {
            let detail = format!(
                "{} activities have the role {}; the first {MOST_OF_ROLE} by name are variables",
                codes.len(),
                role.as_str()
            );
            self.findings.push(FindingDto { code: "too_many_activities", detail });
        }
        codes.into_iter().zip(names).take(MOST_OF_ROLE).collect()
    }

    /// What was known of the customer before: where and on which channel the answer was given, and what they did in the year
    /// before what counts as lived.
    pub fn add_controls(&mut self, moment: &mut Moment, query: &DriversQuery) -> Result<()> {
        let earlier = During { begin: -query.before_ms - KNOWN_BEFORE_MS, end: -query.before_ms };
        self.add(Fact::Channel, Becomes::ControlValues { by: CHANNEL.to_owned(), most: MOST_CHANNELS });
        self.add(Fact::Unit, Becomes::ControlValues { by: UNIT.to_owned(), most: MOST_UNITS });
        let purchases = moment.with_role(ActivityRole::Purchase).0;
        if !purchases.is_empty() {
            let fact = Fact::Count { activities: Activities::of(&purchases), during: earlier };
            self.add(fact, Becomes::Control("orders_before".to_owned()));
            if let Some(spent) = spent(moment, &purchases, earlier, &mut self.findings)? {
                self.add(spent.fact, Becomes::Control("spent_before".to_owned()));
            }
        }
        let since = During { begin: earlier.begin, end: 0 };
        self.add(Fact::MonthsKnown { during: since }, Becomes::Control("months_known".to_owned()));
        for property in &query.controls {
            let seen = moment.see_values([property.as_str()])?;
            let seen = find_seen(&seen, property)?;
            self.findings.extend(seen.never_had());
            match numbers_of(moment, property, false)? {
                Some(fact) => self.add(fact, Becomes::Control(property.clone())),
                None => {
                    let becomes = Becomes::ControlValues { by: property.clone(), most: MOST_VALUES };
                    self.add(Fact::Code { property: seen.column() }, becomes);
                }
            }
        }
        Ok(())
    }

    /// The columns of the facts, made into variables and controls. What is known of no answer is none.
    pub fn name(self, moment: &Moment, columns: Vec<Vec<f64>>) -> Result<Columns> {
        let mut named = Columns::default();
        for (becomes, column) in self.become_.into_iter().zip(columns) {
            if !column.iter().any(|value| value.is_finite()) {
                continue;
            }
            match becomes {
                Becomes::Variable(variable) => named.variables.push((variable, column)),
                Becomes::Control(name) => {
                    named.held_equal.push(name);
                    named.controls.push(column);
                }
                Becomes::Values { kind, property } => {
                    let name_of = name_values(moment, find_by(moment, &property)?);
                    let told = ToldApart::of(&column, MOST_VALUES);
                    let against = told.usual.map(&name_of);
                    named.variables.extend(told.columns.into_iter().map(|(code, column)| {
                        let value = Some(code.map_or_else(|| OTHER.to_owned(), &name_of));
                        (Variable { kind, name: property.clone(), value, against: against.clone() }, column)
                    }));
                }
                Becomes::ControlValues { by, most } => {
                    named.controls.extend(ToldApart::of(&column, most).columns.into_iter().map(|(_, column)| column));
                    named.held_equal.push(by);
                }
            }
        }
        Ok(named)
    }
}

/// What purchases come to.
pub struct Spent {
    pub fact: Fact,
    pub currency: Option<String>,
}

/// What purchases during a time come to, in the organisation's currency; none where no purchase says it.
pub fn spent(
    moment: &mut Moment,
    purchases: &[u16],
    during: During,
    findings: &mut Vec<FindingDto>,
) -> Result<Option<Spent>> {
    let (property, too_large) = moment.find_default_amount(purchases)?;
    findings.extend(too_large);
    let Some(property) = property else { return Ok(None) };
    let amounts = moment.find_amounts(property, None)?;
    findings.extend(amounts.findings);
    let fact = Fact::Worth { activities: Activities::of(purchases), values: Arc::new(amounts.values), during };
    Ok(Some(Spent { fact, currency: amounts.currency }))
}

/// The properties that hold the answers to a survey's questions: those of its definition, and those that answers from
/// elsewhere brought.
fn find_questions(moment: &Moment, survey: &str) -> Result<Vec<String>> {
    let state = &moment.app.state;
    let kept = state.surveys.list_surveys()?.into_iter().find(|(kept, _)| kept.name == survey);
    let defined = kept.and_then(|(kept, _)| Survey::from_json(kept.definition.as_bytes()).ok());
    let asked = defined.into_iter().flat_map(|survey| survey.questions).filter(|question| question.ask != Ask::Text);
    let mut found: BTreeSet<String> = asked.map(|question| format!("{OF_QUESTIONS}{}", question.id)).collect();
    let seen = state.events.list_properties()?.into_iter().map(|property| property.name);
    found.extend(seen.filter(|name| name.starts_with(OF_QUESTIONS)));
    Ok(found.into_iter().take(MOST_QUESTIONS).collect())
}

/// Whether a property is laid out or was read for the question.
fn is_read(moment: &Moment, property: &str) -> bool {
    moment.timeline.properties().find(property).is_some()
}

fn find_column(moment: &Moment, property: &str) -> Result<usize> {
    let found = moment.timeline.properties().find(property);
    found.ok_or_else(|| Error::internal(format!("`{property}` was not read for a question about it")))
}

/// The numbers of a property; none where some value that is seen is no number. `must` takes it for one all the same.
fn numbers_of(moment: &Moment, property: &str, must: bool) -> Result<Option<Fact>> {
    let seen = moment.see_values([property])?;
    let seen = find_seen(&seen, property)?;
    let read = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let are_numbers = seen.list().all(|(_, text)| read(&text).is_some()) && !seen.is_empty();
    if !are_numbers && !must {
        return Ok(None);
    }
    let values = moment.timeline.properties().list_values(seen.column());
    let numbers = values.iter().map(|text| read(text)).collect();
    Ok(Some(Fact::Number { property: seen.column(), numbers }))
}

/// Which values of a property are so, by code.
fn mark_values(moment: &Moment, property: &str, is_so: impl Fn(&str) -> bool) -> Result<(usize, Arc<[bool]>)> {
    let column = find_column(moment, property)?;
    let values = moment.timeline.properties().list_values(column);
    Ok((column, values.iter().map(|text| is_so(text)).collect()))
}
