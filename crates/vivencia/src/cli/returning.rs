//! `vivencia journeys retention | life-cycle | attribution | daily`

use clap::{Args, ValueEnum};

use super::{PeriodArgs, Shown, StepList, Target, parse_steps, parse_window};

/// How long the parts of a period are.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Every {
    Day,
    #[default]
    Week,
    Month,
}

/// What counts as coming back.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Rule {
    /// In that day, week or month.
    #[default]
    Exactly,
    /// In it or in any later one.
    OnOrAfter,
}

/// What is credited.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum By {
    #[default]
    Channel,
    /// Activities on channels.
    Touchpoint,
}

/// Which touches belong to an outcome.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum PathRule {
    /// Those since the outcome before.
    #[default]
    SinceOutcomeBefore,
    /// Those before an earlier outcome too.
    WholeWindow,
}

/// The words of an option as the interface writes them.
pub fn word(value: impl ValueEnum) -> String {
    value.to_possible_value().map_or_else(String::new, |value| value.get_name().replace('-', "_"))
}

#[derive(Debug, Args)]
pub struct RetentionArgs {
    #[command(flatten)]
    pub target: Target,
    /// Who does one of these activities for the first time begins then; any activity unless told.
    #[arg(long, value_name = "A,B", value_parser = parse_steps)]
    pub start: Option<StepList>,
    /// Who does one of these activities comes back; any activity unless told.
    #[arg(long = "return", value_name = "A,B", value_parser = parse_steps)]
    pub back: Option<StepList>,
    /// Of the organisation's calendar.
    #[arg(long, value_enum, default_value_t)]
    pub every: Every,
    /// What counts as coming back.
    #[arg(long, value_enum, default_value_t)]
    pub rule: Rule,
    /// Days, weeks or months after that of the cohort.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u16).range(0..=120))]
    pub after: u16,
    #[command(flatten)]
    pub period: PeriodArgs,
    #[command(flatten)]
    pub shown: Shown,
}

#[derive(Debug, Args)]
pub struct LifeCycleArgs {
    #[command(flatten)]
    pub target: Target,
    /// Who does one of these activities is active; any activity unless told.
    #[arg(long, value_name = "A,B", value_parser = parse_steps)]
    pub activities: Option<StepList>,
    /// Of the organisation's calendar.
    #[arg(long, value_enum, default_value_t)]
    pub every: Every,
    #[command(flatten)]
    pub period: PeriodArgs,
    #[command(flatten)]
    pub shown: Shown,
}

#[derive(Debug, Args)]
pub struct AttributionArgs {
    #[command(flatten)]
    pub target: Target,
    /// The activities that are the outcome, separated by commas.
    #[arg(long, value_name = "A,B", value_parser = parse_steps)]
    pub outcome: StepList,
    /// The longest time from a touch to its outcome: a whole number and a unit, such as 12h, 30d.
    #[arg(long, default_value = "30d", value_parser = parse_window)]
    pub window: String,
    /// What is credited.
    #[arg(long, value_enum, default_value_t)]
    pub by: By,
    /// Which touches belong to an outcome.
    #[arg(long, value_enum, default_value_t)]
    pub path: PathRule,
    /// Only these activities are touches; all that are no outcomes unless told.
    #[arg(long, value_name = "A,B", value_parser = parse_steps)]
    pub touches: Option<StepList>,
    /// Removal effects too, by a chain that remembers so many touches.
    #[arg(long, value_name = "ORDER", value_parser = clap::value_parser!(u16).range(1..=3))]
    pub removal: Option<u16>,
    /// A property of the outcome that says in numbers what it is worth.
    #[arg(long, value_name = "PROPERTY")]
    pub value: Option<String>,
    /// With `--value`: only amounts in this currency; the organisation's unless told.
    #[arg(long, value_name = "EUR", requires = "value")]
    pub currency: Option<String>,
    #[command(flatten)]
    pub period: PeriodArgs,
    #[command(flatten)]
    pub shown: Shown,
}

#[derive(Debug, Args)]
pub struct DailyArgs {
    #[command(flatten)]
    pub target: Target,
    /// Only these activities, separated by commas; all of them unless told.
    #[arg(long, value_name = "A,B", value_parser = parse_steps)]
    pub activities: Option<StepList>,
    #[command(flatten)]
    pub period: PeriodArgs,
    #[command(flatten)]
    pub shown: Shown,
}
