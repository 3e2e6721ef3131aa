//! What goes over the wire about drivers.

use journey::drivers::{Driver, Drivers, FEWEST_CUSTOMERS, Orders, Warning, Why};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::{DriversQuery, Outcome};
use super::variables::{Kind, Variable};
use crate::finding::FindingDto;
use crate::journeys::OverDto;

/// What every reader should keep in mind.
const ASSOCIATION: &str = "association, never effect: what goes with the outcome while everything else that is known is the same; \
                           what nobody recorded may stand behind both";

/// What goes with a score or an outcome.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Drivers)]
pub struct DriversDto {
    pub outcome: DriversOutcomeDto,
    /// How long before an answer what was lived counts, in days.
    #[schema(example = 14.0)]
    pub before_days: f64,
    /// Of fewer answers nothing is told.
    pub minimum: u64,
    pub answers: u64,
    /// Those who gave them; answers of one customer are not independent.
    pub customers: u64,
    /// The part of the variance of the outcome that everything explains together, 0 to 1. None where nothing is told.
    pub explained: Option<f64>,
    /// The part that what was known before explains alone.
    pub explained_by_controls: Option<f64>,
    /// The most important first.
    pub drivers: Vec<DriverDto>,
    /// Variables of which nothing can be told, and why.
    pub left_out: Vec<DriverLeftOutDto>,
    /// What is held equal: what was known before.
    pub controls: Vec<String>,
    /// What makes the answer less sure than it looks.
    pub warnings: Vec<DriverWarningDto>,
    /// Orders over which importance is averaged; none where all are.
    pub orders_drawn: Option<u64>,
    /// Then the largest standard error of an importance, as a part of what all variables explain.
    pub orders_error: Option<f64>,
    /// What the numbers are not.
    pub reading: &'static str,
    pub over: OverDto,
    pub findings: Vec<FindingDto>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DriversOutcome)]
pub struct DriversOutcomeDto {
    #[schema(example = "nps")]
    pub name: String,
    /// The unit of coefficients: `points` of the answer, `percentage_points`, or `money` in `currency`.
    #[schema(example = "points")]
    pub unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The lowest and the highest answer of a score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<[f64; 2]>,
    pub mean: Option<f64>,
    /// Standard deviation.
    pub spread: Option<f64>,
}

/// Something that may go with the outcome.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DriverVariable)]
pub struct DriverVariableDto {
    /// `score`, `choice`, `property`, `topic`, `wait`, `error`, `contact`, `broken_promise` or `channel_changes`.
    #[schema(example = "wait")]
    pub kind: &'static str,
    /// A property, a topic or an activity.
    #[schema(example = "Queue Waited")]
    pub name: String,
    /// What was chosen, or how a topic was spoken of: `positive` or `negative`; `(other)` stands for all that are not told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The value with which the others are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<String>,
    /// What one more is: `points`, `yes` (against no), `times` or `minutes`.
    #[schema(example = "minutes")]
    pub unit: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Driver)]
pub struct DriverDto {
    #[serde(flatten)]
    pub variable: DriverVariableDto,
    /// Answers of which it is known; of the others nothing is supposed.
    pub known: u64,
    /// Answers of which it is not zero.
    pub with: u64,
    /// Its mean over answers of which it is known: of yes and no a share.
    pub performance: f64,
    /// Its standard deviation.
    pub spread: f64,
    /// Units of the outcome for one more of the variable, all else the same.
    pub coefficient: f64,
    /// Lower end of the interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
    /// Standard deviations of the outcome for one of the variable.
    pub standardised: f64,
    pub p: f64,
    /// The same, adjusted for the number of variables asked about (Benjamini and Hochberg).
    pub adjusted_p: f64,
    /// Whether the adjusted p is below 0.05.
    pub is_found: bool,
    /// Its part of the variance of the outcome, 0 to 1: those of all add up to what is explained beyond what was known before. It
    /// ranks and proves nothing.
    pub importance: f64,
    /// How many times the other variables inflate the variance of the coefficient (VIF).
    pub inflation: f64,
    /// Degrees of freedom of the interval: about as many customers as it rests on.
    pub degrees: f64,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DriverLeftOut)]
pub struct DriverLeftOutDto {
    #[serde(flatten)]
    pub variable: DriverVariableDto,
    /// `constant`, `rare`, `aliased` or `undetermined`.
    pub code: &'static str,
    pub detail: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DriverWarning)]
pub struct DriverWarningDto {
    /// `few_customers`, `few_answers`, `inflated`, `strongly_inflated`, `few_degrees` or `mostly_unknown`.
    #[schema(example = "few_customers")]
    pub code: &'static str,
    /// The variable that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variable: Option<DriverVariableDto>,
    pub detail: String,
}

impl From<&Variable> for DriverVariableDto {
    fn from(variable: &Variable) -> DriverVariableDto {
        let Variable { kind, name, value, against } = variable.clone();
        let unit = match kind {
            Kind::Score => "points",
            Kind::Property => "points",
            Kind::Choice | Kind::Topic => "yes",
            Kind::Wait => "minutes",
            Kind::Error | Kind::Contact | Kind::BrokenPromise | Kind::ChannelChanges => "times",
        };
        DriverVariableDto { kind: kind.as_str(), name, value, against, unit }
    }
}

impl Variable {
    fn written(&self) -> String {
        match (&self.value, self.kind) {
            (Some(value), _) => format!("`{}` = `{value}`", self.name),
            (None, Kind::ChannelChanges) => "changes of channel".to_owned(),
            (None, _) => format!("`{}`", self.name),
        }
    }
}

impl DriverDto {
    fn new(variables: &[Variable], driver: &Driver) -> Option<DriverDto> {
        let variable = variables.get(driver.variable)?;
        Some(DriverDto {
            variable: variable.into(),
            known: driver.known,
            with: driver.with,
            performance: driver.mean,
            spread: driver.spread,
            coefficient: driver.coefficient,
            low: driver.low,
            high: driver.high,
            standardised: driver.standardised,
            p: driver.p,
            adjusted_p: driver.adjusted_p,
            is_found: driver.is_found,
            importance: driver.importance,
            inflation: driver.inflation,
            degrees: driver.degrees,
        })
    }
}

impl DriversDto {
    /// Of too few answers to tell anything.
    pub fn none(query: &DriversQuery, over: OverDto) -> DriversDto {
        let (unit, range) = match &query.outcome {
            Outcome::Score(metric) => ("points", Some(metric.answers.into())),
            Outcome::Return => ("percentage_points", None),
            Outcome::Spend => ("money", None),
        };
        let name = query.outcome.name().to_owned();
        DriversDto {
            outcome: DriversOutcomeDto { name, unit, currency: None, range, mean: None, spread: None },
            before_days: query.before_ms as f64 / domain::time::DAY_MS as f64,
            minimum: query.minimum,
            answers: 0,
            customers: 0,
            explained: None,
            explained_by_controls: None,
            drivers: Vec::new(),
            left_out: Vec::new(),
            controls: Vec::new(),
            warnings: Vec::new(),
            orders_drawn: None,
            orders_error: None,
            reading: ASSOCIATION,
            over,
            findings: Vec::new(),
        }
    }

    /// With what was found about these variables.
    pub fn with(mut self, variables: &[Variable], found: &Drivers) -> DriversDto {
        (self.outcome.mean, self.outcome.spread) = (Some(found.mean), Some(found.spread));
        (self.explained, self.explained_by_controls) = (Some(found.explained), Some(found.explained_by_controls));
        self.drivers = found.drivers.iter().filter_map(|driver| DriverDto::new(variables, driver)).collect();
        let left_out = found.left_out.iter().filter_map(|left_out| {
            let variable = variables.get(left_out.variable)?;
            let (code, detail) = why(left_out.why);
            Some(DriverLeftOutDto { variable: variable.into(), code, detail })
        });
        self.left_out = left_out.collect();
        self.warnings = found.warnings.iter().map(|warning| warn(*warning, variables)).collect();
        if let Orders::Drawn { orders, error } = found.orders {
            (self.orders_drawn, self.orders_error) = (Some(orders as u64), Some(error));
        }
        self
    }
}

fn why(why: Why) -> (&'static str, String) {
    match why {
        Why::Constant => ("constant", "it is the same for all answers".to_owned()),
        Why::Rare => ("rare", format!("fewer than {FEWEST_CUSTOMERS} customers differ from the others")),
        Why::Aliased => ("aliased", "other variables, or what was known before, say the same".to_owned()),
        Why::Undetermined => ("undetermined", "too few answers tell it apart from the others".to_owned()),
    }
}

fn warn(warning: Warning, variables: &[Variable]) -> DriverWarningDto {
    let of_all = |code, detail: &str| DriverWarningDto { code, variable: None, detail: detail.to_owned() };
    let of_one = |code, variable: usize, detail: &dyn Fn(&str) -> String| {
        let found = variables.get(variable);
        let detail = detail(&found.map(Variable::written).unwrap_or_default());
        DriverWarningDto { code, variable: found.map(Into::into), detail }
    };
    match warning {
        Warning::FewCustomers => {
            of_all("few_customers", "fewer than 40 customers answered: intervals may be too narrow")
        }
        Warning::FewAnswers => of_all(
            "few_answers",
            "there are fewer than 10 answers for each variable and control: other answers may say something else",
        ),
        Warning::Inflated { variable, factor } => {
            let code = if factor > 10.0 { "strongly_inflated" } else { "inflated" };
            of_one(code, variable, &|name| {
                format!(
                    "{name} goes along with other variables (variance inflation {factor:.1}): which of them it is can hardly \
                     be told, and whether one of them counts says little"
                )
            })
        }
        Warning::FewDegrees { variable } => of_one("few_degrees", variable, &|name| {
            format!("what is said of {name} rests on very few customers; do not rely on it")
        }),
        Warning::MostlyUnknown { variable } => {
            of_one("mostly_unknown", variable, &|name| format!("{name} is unknown of more than half of the answers"))
        }
    }
}
