//! A funnel as it is asked for, and the same in codes.

use domain::time::{DAY_MS, parse_window_ms};
use domain::{Error, Result};
use journey::funnel::{CountedBy, Exclusion, FunnelCondition, FunnelOptions, FunnelQuestion, StepOrder, WindowFrom};

use super::breakdown::SEGMENT;
use super::dto::StepConditionDto;
use super::places::is_place;
use crate::finding::FindingDto;
use crate::journeys::conditions::{WrittenCondition, split_conditions};
use crate::journeys::moment::Moment;
use crate::journeys::seen_values::{SeenValues, find_seen};
use crate::journeys::steps::split_steps;
use events::AskedProperty;

const WINDOW_MS: i64 = 7 * DAY_MS;

/// What a funnel is, by the names of the parameters.
#[derive(Clone, Debug)]
pub struct AskedFunnel {
    /// Activities in order, with their conditions; an excluded one has `!` before it.
    pub steps: Vec<String>,
    pub window_ms: i64,
    pub order: StepOrder,
    pub window_from: WindowFrom,
    pub counted_by: CountedBy,
}

impl Default for AskedFunnel {
    fn default() -> Self {
        AskedFunnel {
            steps: Vec::new(),
            window_ms: WINDOW_MS,
            order: StepOrder::default(),
            window_from: WindowFrom::default(),
            counted_by: CountedBy::default(),
        }
    }
}

impl AskedFunnel {
    /// Takes a parameter over when it is one of a funnel; gives it back otherwise.
    pub fn take(&mut self, name: &str, value: String) -> Result<Option<String>> {
        match name {
            "step" => self.steps.push(value),
            "steps" => self.steps.extend(split_steps(&value)?),
            "window" => self.window_ms = parse_window_ms(&value)?,
            "order" => {
                self.order = match value.as_str() {
                    "any-between" => StepOrder::AnyBetween,
                    "strict" => StepOrder::Strict,
                    "any-order" => StepOrder::AnyOrder,
                    other => return Err(not_one_of(name, "any-between, strict or any-order", other)),
                }
            }
            "window_runs" => {
                self.window_from = match value.as_str() {
                    "from-first" => WindowFrom::FirstStep,
                    "between-steps" => WindowFrom::StepBefore,
                    other => return Err(not_one_of(name, "from-first or between-steps", other)),
                }
            }
            "count" => {
                self.counted_by = match value.as_str() {
                    "customers" => CountedBy::Customer,
                    "entries" => CountedBy::Entry,
                    other => return Err(not_one_of(name, "customers or entries", other)),
                }
            }
            _ => return Ok(Some(value)),
        }
        Ok(None)
    }
}

fn not_one_of(name: &str, expected: &str, given: &str) -> Error {
    Error::invalid(format!("`{name}` is {expected}, not `{given}`"))
}

/// A step as an answer repeats it.
#[derive(Clone, Debug, Default)]
pub struct ShownStep {
    pub conditions: Vec<StepConditionDto>,
    /// What must not happen between the step before and this one, as it was written.
    pub excluded: Vec<String>,
}

/// A funnel in codes.
pub struct FoundFunnel {
    conditions: Vec<FunnelCondition>,
    options: FunnelOptions,
    window_ms: i64,
    pub shown: Vec<ShownStep>,
    pub findings: Vec<FindingDto>,
}

impl FoundFunnel {
    pub fn question(&self) -> Result<FunnelQuestion> {
        FunnelQuestion::new(self.conditions.clone(), self.window_ms)?.with_options(self.options.clone())
    }

    /// All activities that it names, by code.
    pub fn activities(&self) -> Vec<u16> {
        let excluded = self.options.exclusions.iter().map(|exclusion| &exclusion.condition);
        self.conditions.iter().chain(excluded).map(|condition| condition.activity).collect()
    }
}

/// A step of a funnel, in codes and as an answer repeats it.
struct FoundStep {
    condition: FunnelCondition,
    shown: Vec<StepConditionDto>,
    findings: Vec<FindingDto>,
}

impl Moment {
    /// A funnel in codes. What it asks of properties that are not laid out is read first, and `by` with it, by which it may be
    /// broken down.
    pub(crate) fn find_funnel(&mut self, asked: &AskedFunnel, by: Option<&str>) -> Result<FoundFunnel> {
        let mut read = Vec::new();
        for step in &asked.steps {
            read.extend(self.list_asked(step)?);
        }
        let by = by.filter(|by| !is_place(by) && *by != SEGMENT);
        read.extend(by.map(|by| AskedProperty { name: by.to_owned(), values: Vec::new() }));
        let names: Vec<String> = read.iter().map(|asked| asked.name.clone()).collect();
        self.read_properties(read)?;
        let seen = self.see_values(names.iter().map(String::as_str))?;
        let about_by = by.map(|by| find_seen(&seen, by)).transpose()?.and_then(SeenValues::never_had);
        let mut found = FoundFunnel {
            conditions: Vec::new(),
            options: FunnelOptions {
                order: asked.order,
                window_from: asked.window_from,
                counted_by: asked.counted_by,
                exclusions: Vec::new(),
            },
            window_ms: asked.window_ms,
            shown: Vec::new(),
            findings: about_by.into_iter().collect(),
        };
        let mut excluded = Vec::new();
        for written in &asked.steps {
            match self.excluded(written) {
                Some(written) => {
                    let step = self.find_step(written, &seen)?;
                    let after_step = found.conditions.len();
                    found.options.exclusions.push(Exclusion { after_step, condition: step.condition });
                    found.findings.extend(step.findings);
                    excluded.push(written.to_owned());
                }
                None => {
                    let step = self.find_step(written, &seen)?;
                    found.conditions.push(step.condition);
                    found.findings.extend(step.findings);
                    found.shown.push(ShownStep { conditions: step.shown, excluded: std::mem::take(&mut excluded) });
                }
            }
        }
        Ok(found)
    }

    /// What must not happen, where a step is that. A name that begins with an exclamation mark is the activity of that name
    /// where there is one.
    fn excluded<'a>(&self, written: &'a str) -> Option<&'a str> {
        let is_whole = self.vocabulary.find(written).is_ok();
        written.strip_prefix('!').filter(|_| !is_whole).map(str::trim)
    }

    /// What a step asks of properties. Refuses what is wrong with it before anything is read.
    fn list_asked(&self, written: &str) -> Result<Vec<AskedProperty>> {
        let step = self.excluded(written).unwrap_or(written);
        let (name, conditions) = split_conditions(step);
        if self.vocabulary.find(step).is_ok() || conditions.is_empty() {
            return Ok(Vec::new());
        }
        self.vocabulary.find(name)?;
        let of_properties = conditions.iter().filter(|condition| !is_place(condition.property));
        of_properties.map(WrittenCondition::asked).collect()
    }

    /// An activity, or an activity with conditions. A name that an activity bears as a whole is that activity.
    fn find_step(&self, step: &str, seen: &[SeenValues<'_>]) -> Result<FoundStep> {
        let whole = self.vocabulary.find(step);
        let (name, written) = split_conditions(step);
        if whole.is_ok() || written.is_empty() {
            return Ok(FoundStep { condition: whole?.into(), shown: Vec::new(), findings: Vec::new() });
        }
        let mut condition = FunnelCondition::from(self.vocabulary.find(name)?);
        let mut findings = Vec::new();
        for asked in &written {
            if let Some(place) = self.find_place(asked)? {
                condition.places.push(place);
                continue;
            }
            let (values, about_them) = asked.find_values(find_seen(seen, asked.property)?)?;
            condition.values.push(values);
            findings.extend(about_them);
        }
        Ok(FoundStep { condition, shown: written.iter().map(WrittenCondition::show).collect(), findings })
    }
}
