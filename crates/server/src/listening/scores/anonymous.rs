//! Answers that belong to nobody, as a question about scores counts them: of one survey, on the channels and of the units that are
//! asked about. They are on no customer's timeline, and nothing here puts them there.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

use domain::ports::AnonymousAnswer;
use domain::survey::Survey;
use domain::time::{MAX_INSTANT_MS, MIN_INSTANT_MS};
use domain::{Code, Error, Result, SurveyId};
use journey::breakdown::BreakdownValue;
use journey::score::LooseAnswer;
use serde_json::Value;

use crate::app::App;
use crate::auth::Sight;
use crate::journeys::{CHANNEL, Extent, Moment, UNIT, find_seen};
use crate::listening::read_kept;
use crate::organisation::units::find_tree;

/// Answers that are read for one question.
const MOST_ANSWERS: u32 = 500_000;
/// Codes from here downwards are of values that no event has. Those of dictionaries begin at 0 and are told apart below.
const LAST_CODE: u16 = u16::MAX - 2;
/// Groups that no event is in.
const MOST_NEW: u16 = 1_000;
const TOUCHPOINT: &str = "touchpoint";

/// The anonymous answers to one survey.
#[derive(Debug, Default)]
pub struct AnonymousAnswers {
    answers: Vec<AnonymousAnswer>,
    /// By version.
    surveys: BTreeMap<u32, Survey>,
}

/// How groups are called that no event is in, by code.
pub type NewNames = BTreeMap<u16, String>;

/// Those of a survey in a period of UTC milliseconds. None where there is no survey of this name, or where the question is about
/// customers: who is nobody belongs to no segment.
pub fn read_anonymous(
    app: &App,
    survey: &str,
    extent: &Extent,
    period: Range<i64>,
    sight: &Sight,
) -> Result<Option<AnonymousAnswers>> {
    if extent.has_segments() {
        return Ok(None);
    }
    let surveys = app.state.surveys.list_surveys()?;
    let Some((kept, _)) = surveys.into_iter().find(|(kept, _)| kept.name == survey) else { return Ok(None) };
    let period = period.start.max(MIN_INSTANT_MS)..period.end.min(MAX_INSTANT_MS);
    let mut answers = app.state.anonymous.list_anonymous_answers(kept.id, period, MOST_ANSWERS + 1)?;
    if answers.len() > MOST_ANSWERS as usize {
        let detail = format!("there are more than {MOST_ANSWERS} anonymous answers; ask for a shorter period");
        return Err(Error::new(Code::TooLarge, detail));
    }
    let is_asked_about = |channel: &String| extent.channels.is_empty() || extent.channels.contains(channel);
    answers.retain(|answer| is_asked_about(&answer.channel));
    if let Sight::Below(unit) = sight {
        let tree = find_tree(app)?;
        let below = tree.below(unit);
        answers.retain(|answer| answer.subject.unit.as_deref().is_some_and(|unit| below.contains(unit)));
    }
    let surveys = read_versions(app, kept.id, &answers)?;
    Ok(Some(AnonymousAnswers { answers, surveys }))
}

fn read_versions(app: &App, id: SurveyId, answers: &[AnonymousAnswer]) -> Result<BTreeMap<u32, Survey>> {
    let mut surveys = BTreeMap::new();
    for answer in answers {
        if let Entry::Vacant(unread) = surveys.entry(answer.version) {
            let definition = app.state.surveys.find_survey_version(id, answer.version)?;
            unread.insert(read_kept(&definition)?);
        }
    }
    Ok(surveys)
}

impl AnonymousAnswers {
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// The first and the last day on which there is one, by the instants at which they begin.
    pub fn days(&self) -> Option<(i64, i64)> {
        let days = || self.answers.iter().map(|answer| answer.answered_at);
        Some((days().min()?, days().max()?))
    }

    /// What they answered in a property of a metric, each in its group. Groups that no event is in get codes and names of their
    /// own. A property that anonymous answers do not have tells none of them apart.
    pub fn to_loose(&self, moment: &Moment, property: &str, by: Option<&str>) -> Result<(Vec<LooseAnswer>, NewNames)> {
        let mut names = NewNames::new();
        let mut groups: BTreeMap<String, BreakdownValue> = BTreeMap::new();
        let mut loose = Vec::with_capacity(self.answers.len());
        for answer in &self.answers {
            let Some(number) = self.find_number(answer, property)? else { continue };
            let value = match by {
                Some(CHANNEL) => Some(answer.channel.as_str()),
                Some(UNIT) => answer.subject.unit.as_deref(),
                Some(TOUCHPOINT) => answer.subject.touchpoint.as_deref(),
                Some(_) | None => None,
            };
            let group = match (value, by) {
                (Some(value), Some(by)) => match groups.get(value) {
                    Some(group) => *group,
                    None => {
                        let group = match find_code(moment, by, value)? {
                            Some(code) => BreakdownValue::Code(code),
                            None => name_anew(&mut names, value),
                        };
                        groups.insert(value.to_owned(), group);
                        group
                    }
                },
                _ => BreakdownValue::Missing,
            };
            loose.push(LooseAnswer { at: answer.answered_at, number, group });
        }
        Ok((loose, names))
    }

    /// The number that an answer would have brought to the timeline under this name.
    fn find_number(&self, answer: &AnonymousAnswer, property: &str) -> Result<Option<f64>> {
        let Some(survey) = self.surveys.get(&answer.version) else { return Ok(None) };
        let given: BTreeMap<String, Value> = serde_json::from_str(&answer.answers)
            .map_err(|cause| Error::internal("a kept answer cannot be read").caused_by(cause))?;
        // What was taken once is taken again; a survey that became stricter since does not unmake it.
        let Ok(answers) = survey.take_partial(&given) else { return Ok(None) };
        Ok(answers.properties().get(property).and_then(Value::as_f64))
    }
}

/// The code that the dictionary has for a value.
fn find_code(moment: &Moment, by: &str, value: &str) -> Result<Option<u16>> {
    let code = |code: u32| u16::try_from(code).ok();
    Ok(match by {
        CHANNEL => moment.names.channels.find(value).and_then(code),
        UNIT => moment.names.units.find(value).and_then(code),
        property => find_seen(&moment.see_values([property])?, property)?.find(value),
    })
}

/// A group of its own for a value that no event has. Whoever has an open link may claim any touchpoint, so that there may be many.
fn name_anew(names: &mut NewNames, value: &str) -> BreakdownValue {
    match u16::try_from(names.len()) {
        Ok(count) if count < MOST_NEW => {
            names.insert(LAST_CODE - count, value.to_owned());
            BreakdownValue::Code(LAST_CODE - count)
        }
        _ => BreakdownValue::Other,
    }
}
