//! A question about drivers, as it is asked.

use domain::time::{DAY_MS, parse_window_ms};
use journey::score::metric::Metric;

use crate::error::ApiError;
use crate::journeys::{Extent, read, unknown};
use crate::listening::metrics::KnownMetrics;
use crate::nearest::nearest;

/// Of fewer answers nothing is told, unless somebody asks for another bound.
const MINIMUM: u64 = 30;
const LEAST_MINIMUM: u64 = 10;
const LARGEST_MINIMUM: u64 = 1_000;
const BEFORE_MS: i64 = 14 * DAY_MS;
const LONGEST_BEFORE_MS: i64 = 90 * DAY_MS;
/// Properties that may be named.
const MOST_NAMED: usize = 10;

/// What is moved.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The answer of a metric itself, not its points.
    Score(Metric),
    Return,
    Spend,
}

/// Where variables come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    Answers,
    Topics,
    Lived,
}

/// A question about drivers.
#[derive(Debug)]
pub struct DriversQuery {
    pub outcome: Outcome,
    pub survey: Option<String>,
    pub before_ms: i64,
    /// Everything where none is named.
    pub among: Vec<Among>,
    pub variables: Vec<String>,
    pub controls: Vec<String>,
    pub broken_promises: Vec<String>,
    pub minimum: u64,
    pub extent: Extent,
    /// Every metric that there is: what was answered to any of them is an answer.
    pub metrics: Vec<Metric>,
}

impl Outcome {
    pub fn name(&self) -> &str {
        match self {
            Outcome::Score(metric) => &metric.name,
            Outcome::Return => "return_30d",
            Outcome::Spend => "spend_30d",
        }
    }

    fn find(name: &str, metrics: &KnownMetrics) -> Result<Outcome, ApiError> {
        let named = [Outcome::Return, Outcome::Spend];
        if let Some(found) = named.iter().find(|outcome| outcome.name() == name) {
            return Ok(found.clone());
        }
        metrics.find(name).map(|known| Outcome::Score(known.metric.clone())).ok_or_else(|| {
            let hint =
                nearest(name, names(metrics)).map(|known| format!("did you mean `{known}`? ")).unwrap_or_default();
            ApiError::invalid(format!("nothing is known of what moves `{name}`; {hint}send `of={}`", list(metrics)))
        })
    }
}

fn names(metrics: &KnownMetrics) -> impl Iterator<Item = &str> {
    metrics.names().chain(["return_30d", "spend_30d"])
}

fn list(metrics: &KnownMetrics) -> String {
    names(metrics).collect::<Vec<_>>().join("`, `")
}

impl Among {
    fn parse(text: &str) -> Result<Among, ApiError> {
        match text {
            "answers" => Ok(Among::Answers),
            "topics" => Ok(Among::Topics),
            "lived" => Ok(Among::Lived),
            other => Err(ApiError::invalid(format!("`among` is `answers`, `topics` or `lived`, not `{other}`"))),
        }
    }
}

impl DriversQuery {
    /// Whether variables that come from there are asked about.
    pub fn has(&self, among: Among) -> bool {
        self.among.is_empty() || self.among.contains(&among)
    }

    pub fn read(pairs: Vec<(String, String)>, known: &KnownMetrics) -> Result<DriversQuery, ApiError> {
        let (mut outcome, mut survey, mut before_ms, mut minimum) = (None, None, BEFORE_MS, MINIMUM);
        let (mut variables, mut controls, mut broken_promises) = (Vec::new(), Vec::new(), Vec::new());
        let mut among = Vec::new();
        let mut extent = Extent::default();
        for (name, value) in pairs {
            let Some(value) = extent.take(&name, value)? else { continue };
            match name.as_str() {
                "of" => outcome = Some(Outcome::find(&value, known)?),
                "survey" => survey = Some(value),
                "before" => before_ms = parse_window_ms(&value)?,
                "among" => among.push(Among::parse(&value)?),
                "variable" => variables.push(value),
                "control" => controls.push(value),
                "broken_promise" => broken_promises.push(value),
                "minimum" => minimum = read(&name, &value, "a number from 10 to 1,000")?,
                other => return Err(unknown("a question about drivers", other)),
            }
        }
        if !(LEAST_MINIMUM..=LARGEST_MINIMUM).contains(&minimum) {
            return Err(ApiError::invalid(format!(
                "`minimum` is {LEAST_MINIMUM} to {LARGEST_MINIMUM}, not {minimum}: of fewer answers nothing can be told"
            )));
        }
        if before_ms > LONGEST_BEFORE_MS {
            return Err(ApiError::invalid("`before` is at most 90d: what happened longer ago is known before"));
        }
        if variables.len().max(controls.len()).max(broken_promises.len()) > MOST_NAMED {
            return Err(ApiError::invalid(format!(
                "at most {MOST_NAMED} of `variable`, of `control` and of `broken_promise` may be named"
            )));
        }
        if let Some(both) = variables.iter().find(|name| controls.contains(name)) {
            return Err(ApiError::invalid(format!("`{both}` is asked about or held equal, not both")));
        }
        let Some(outcome) = outcome else {
            return Err(ApiError::invalid(format!(
                "a question about drivers needs an outcome: send `of={}`",
                list(known)
            )));
        };
        let metrics = known.iter().map(|known| known.metric.clone()).collect();
        Ok(DriversQuery {
            outcome,
            survey,
            before_ms,
            among,
            variables,
            controls,
            broken_promises,
            minimum,
            extent,
            metrics,
        })
    }
}
