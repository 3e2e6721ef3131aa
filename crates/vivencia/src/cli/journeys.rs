//! `vivencia journeys …`

use clap::{Args, Subcommand};

use super::{AttributionArgs, DailyArgs, LifeCycleArgs, RetentionArgs, Shown, Target, parse_day};

/// Days of the organisation's calendar.
#[derive(Clone, Debug, Default, Args)]
pub struct PeriodArgs {
    /// First day, such as 2026-01-01.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub from: Option<String>,
    /// The day after the last.
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub to: Option<String>,
    /// The last so many days, today included.
    #[arg(long, value_name = "N", conflicts_with_all = ["from", "to"])]
    pub days: Option<u16>,
    /// Only what happened on this channel; may be repeated. `(none)` stands for events without channel.
    #[arg(long = "channel", value_name = "NAME")]
    pub channels: Vec<String>,
    /// Only customers who belong to this segment, such as seg_3; may be repeated for those who belong to all of several.
    #[arg(long = "segment", value_name = "SEG")]
    pub segments: Vec<String>,
    /// Only customers who do not belong to this segment; may be repeated for those who belong to none of several.
    #[arg(long = "without-segment", value_name = "SEG")]
    pub without_segments: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub enum JourneysCommand {
    /// How many customers take steps in order within a window, and how long each step takes them.
    #[command(
        after_help = "Example:\n  vivencia journeys funnel --data-dir DIR --steps \"Product Viewed,Product Added,Order Completed\" --window 7d\n  vivencia journeys funnel --data-dir DIR --steps \"Product Viewed,Order Completed[payment_method=card][store_id!=7]\"\n\nA comma inside a name is written \\, or the name stands in double quotes. Conditions in brackets ask for values of\nproperties; all of them must hold. Properties that the setting `timeline_properties` lays out are answered fastest."
    )]
    Funnel {
        #[command(flatten)]
        target: Target,
        /// Activities in order, separated by commas; conditions may follow in brackets: `A[paid=card][items>=3]`. `!B`
        /// between two steps ends a chain when it happens there.
        #[arg(long, value_name = "A,B,C", value_parser = parse_steps)]
        steps: StepList,
        /// How long it may take: a whole number and a unit, such as 30min, 12h, 7d.
        #[arg(long, default_value = "7d", value_parser = parse_window)]
        window: String,
        #[command(flatten)]
        funnel: FunnelArgs,
        /// With `--by`: a value; give two to compare them.
        #[arg(long, value_name = "VALUE", requires = "by")]
        compare: Vec<String>,
        /// With `--by segment`: a segment that has a funnel of its own, such as seg_1; may be repeated. All of them unless
        /// told.
        #[arg(long, value_name = "SEG", requires = "by")]
        of_segment: Vec<String>,
        /// The 90th percentile and the mean of the times too, in the table.
        #[arg(long)]
        times: bool,
        /// What those did next who dropped out, after each step but the last.
        #[arg(long)]
        after_dropping: bool,
        #[command(flatten)]
        period: PeriodArgs,
        #[command(flatten)]
        shown: Shown,
    },
    /// Which activity directly follows which.
    #[command(after_help = "Example:\n  vivencia journeys map --data-dir DIR --medians")]
    Map {
        #[command(flatten)]
        target: Target,
        /// The exact median of each edge too.
        #[arg(long)]
        medians: bool,
        #[command(flatten)]
        period: PeriodArgs,
        #[command(flatten)]
        shown: Shown,
    },
    /// What customers did one directly after the other: after an activity, before it, around it, or from their start.
    #[command(
        after_help = "Examples:\n  vivencia journeys paths --data-dir DIR --from-activity \"Product Viewed\" --length 5 --top 50\n  vivencia journeys paths --data-dir DIR --to-activity \"Order Completed\" --length 3 --within visit\n  vivencia journeys paths --data-dir DIR --start --collapsed"
    )]
    Paths {
        #[command(flatten)]
        target: Target,
        /// The activity with which the paths start.
        #[arg(long, value_name = "X", required_unless_present_any = ["to_activity", "through", "start"])]
        from_activity: Option<String>,
        /// The activity with which the paths end.
        #[arg(long, value_name = "X", conflicts_with_all = ["from_activity", "through", "start"])]
        to_activity: Option<String>,
        /// An activity in the middle of the paths.
        #[arg(long, value_name = "X", conflicts_with_all = ["from_activity", "start"])]
        through: Option<String>,
        /// Whole histories (or visits), each as one path.
        #[arg(long, conflicts_with = "from_activity")]
        start: bool,
        /// Activities of a path, 1 to 64: 5 unless told, and 64 from the start.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=64))]
        length: Option<u16>,
        /// Paths shown: 50 unless told.
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..=10_000))]
        top: Option<u16>,
        #[command(flatten)]
        paths: PathArgs,
        #[command(flatten)]
        period: PeriodArgs,
        #[command(flatten)]
        shown: Shown,
    },
    /// What it takes customers to reach an activity: steps, contacts, channels, waiting and time.
    #[command(
        after_help = "Example:\n  vivencia journeys effort --data-dir DIR --start \"Support Requested\" --goal \"Case Solved\" --weeks 12"
    )]
    Effort {
        #[command(flatten)]
        target: Target,
        /// The activity that is to be reached; may be repeated where any of several will do.
        #[arg(long, value_name = "A", required = true)]
        goal: Vec<String>,
        /// The activity with which it begins; may be repeated. The customer's first event unless told.
        #[arg(long, value_name = "B")]
        start: Vec<String>,
        /// Weeks of the trend: 12 unless told.
        #[arg(long, value_parser = clap::value_parser!(u16).range(0..=600))]
        weeks: Option<u16>,
        #[command(flatten)]
        period: PeriodArgs,
        #[command(flatten)]
        shown: Shown,
    },
    /// What hinders customers: loops, repeated contacts, long waits, errors, abandonment, with whom it costs.
    #[command(
        after_help = "Example:\n  vivencia journeys frictions --data-dir DIR --goal \"Order Completed\" --start \"Product Added\" --window 7d"
    )]
    Frictions {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        frictions: FrictionArgs,
        /// What counts as staying; may be repeated. Activities with the role purchase unless told.
        #[arg(long, value_name = "A")]
        goal: Vec<String>,
        /// What begins what may be abandoned before the goal; may be repeated.
        #[arg(long, value_name = "B", requires = "goal")]
        start: Vec<String>,
        /// With `--start`: how long the goal may take; 7d unless told.
        #[arg(long, requires = "start", value_parser = parse_window)]
        window: Option<String>,
        /// A property that says what purchases are worth; revenue, total or value where it is laid out.
        #[arg(long, value_name = "PROPERTY")]
        value: Option<String>,
        /// Only amounts in this currency; the organisation's unless told.
        #[arg(long, value_name = "EUR")]
        currency: Option<String>,
        /// Frictions shown, at most 200.
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=200))]
        top: u16,
        #[command(flatten)]
        period: PeriodArgs,
        #[command(flatten)]
        shown: Shown,
    },
    /// Of those who began together, how many came back in each day, week or month after.
    #[command(
        after_help = "Example:\n  vivencia journeys retention --data-dir DIR --start \"Order Completed\" --every month"
    )]
    Retention(Box<RetentionArgs>),
    /// How many customers are new, return, come back after a while, or stay away.
    #[command(after_help = "Example:\n  vivencia journeys life-cycle --data-dir DIR --every month")]
    LifeCycle(Box<LifeCycleArgs>),
    /// What an outcome owes to the channels or touchpoints before it.
    #[command(
        after_help = "Example:\n  vivencia journeys attribution --data-dir DIR --outcome \"Order Completed\" --window 30d --removal 1"
    )]
    Attribution(Box<AttributionArgs>),
    /// How often each activity happened on each day, and to how many customers.
    #[command(after_help = "Example:\n  vivencia journeys daily --data-dir DIR --from 2026-01-01 --to 2026-02-01")]
    Daily(Box<DailyArgs>),
    /// The customers behind an element of a map, of paths or of a funnel: as many as it says.
    #[command(
        after_help = "Examples:\n  vivencia journeys customers --data-dir DIR --from-activity \"Product Viewed\" --to-activity \"Product Added\"\n  vivencia journeys customers --data-dir DIR --steps \"Product Viewed,Order Completed\" --dropped-after 1"
    )]
    Customers {
        #[command(flatten)]
        target: Target,
        #[command(flatten)]
        element: Box<ElementArgs>,
        #[command(flatten)]
        period: PeriodArgs,
        /// Customers shown, at most 1,000.
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=1_000))]
        limit: u16,
        /// Those after this customer, such as cus_17: what the page before said.
        #[arg(long, value_name = "CUSTOMER")]
        after: Option<String>,
        #[command(flatten)]
        shown: Shown,
    },
}

/// How a funnel differs from the usual one.
#[derive(Clone, Debug, Default, Args)]
pub struct FunnelArgs {
    /// What the window limits: the time from the first step to the last, or from each step to the next.
    #[arg(long, value_name = "HOW", value_parser = ["from-first", "between-steps"])]
    pub window_runs: Option<String>,
    /// How steps follow each other.
    #[arg(long, value_name = "ORDER", value_parser = ["any-between", "strict", "any-order"])]
    pub order: Option<String>,
    /// Customers, each once, or entries besides.
    #[arg(long, value_name = "WHAT", value_parser = ["customers", "entries"])]
    pub count: Option<String>,
    /// A funnel for each value of this: channel, unit or a property; or for each segment.
    #[arg(long, value_name = "WHAT")]
    pub by: Option<String>,
}

/// When something counts as a friction, and whom it costs.
#[derive(Clone, Debug, Default, Args)]
pub struct FrictionArgs {
    /// How long after a friction customers have to stay; 30d unless told.
    #[arg(long, value_parser = parse_window)]
    pub horizon: Option<String>,
    /// How often an activity within a visit is a loop; 3 unless told.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=1_000))]
    pub repetitions: Option<u16>,
    /// How long ago a contact for the same reason counts; 30d unless told.
    #[arg(long, value_parser = parse_window)]
    pub contact_span: Option<String>,
}

/// What paths are.
#[derive(Clone, Debug, Default, Args)]
pub struct PathArgs {
    /// With an activity in the middle: how many of a path stand before it; half of the others unless told.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=63))]
    pub before: Option<u16>,
    /// All that a customer did, or events on one channel with less than 30 minutes between them.
    #[arg(long, value_name = "WHAT", value_parser = ["history", "visit"])]
    pub within: Option<String>,
    /// An activity that directly repeats itself counts once.
    #[arg(long)]
    pub collapsed: bool,
}

/// An element of an answer: one of these, with what it takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Behind what")]
pub struct ElementArgs {
    /// Everybody who did anything at all.
    #[arg(long)]
    pub everybody: bool,
    /// Those who did this activity.
    #[arg(long, value_name = "A")]
    pub activity: Option<String>,
    /// Those who did `--to-activity` directly after this one.
    #[arg(long, value_name = "A", requires = "to_activity")]
    pub from_activity: Option<String>,
    #[arg(long, value_name = "B", requires = "from_activity")]
    pub to_activity: Option<String>,
    /// Those whose journey starts with this activity.
    #[arg(long, value_name = "A")]
    pub starts_with: Option<String>,
    /// Those whose journey ends with this activity.
    #[arg(long, value_name = "A")]
    pub ends_with: Option<String>,
    /// Those who took this path: activities that follow each other directly, separated by commas.
    #[arg(long, value_name = "A,B,C", value_parser = parse_steps)]
    pub path: Option<StepList>,
    /// With `--path`: the journey ends with it.
    #[arg(long, requires = "path")]
    pub ends: bool,
    /// Those who did this activity at least once without taking one of the most frequent paths from it on.
    #[arg(long, value_name = "A")]
    pub tail_of: Option<String>,
    /// Those who took one of the most frequent paths from this activity on that pass `--passing`.
    #[arg(long, value_name = "A")]
    pub paths_from: Option<String>,
    /// The same of paths to this activity.
    #[arg(long, value_name = "A")]
    pub paths_to: Option<String>,
    /// The same of paths through this activity.
    #[arg(long, value_name = "A")]
    pub paths_through: Option<String>,
    /// The same of whole histories or visits.
    #[arg(long)]
    pub paths_start: bool,
    /// With paths: activities that follow each other directly in them, separated by commas.
    #[arg(long, value_name = "B,C", value_parser = parse_steps)]
    pub passing: Option<StepList>,
    /// With `--passing`: where in the path they begin; the first is 1, and 1 unless told.
    #[arg(long, requires = "passing", value_parser = clap::value_parser!(u16).range(1..=64))]
    pub position: Option<u16>,
    /// With `--passing`: exactly this path from the start, after which more followed (true) or nothing did (false).
    #[arg(long, requires = "passing")]
    pub goes_on: Option<bool>,
    /// With paths: those who have at least one occurrence in none of them.
    #[arg(long, conflicts_with = "passing")]
    pub tail: bool,
    /// With paths: how many activities they have.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub length: Option<u16>,
    /// With paths: how many are the most frequent.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub top: Option<u16>,
    #[command(flatten)]
    pub paths: PathArgs,
    /// Those who met this friction: what `element` of the answer says, asked with the same options.
    #[arg(long, value_name = "ELEMENT")]
    pub friction: Option<String>,
    #[command(flatten)]
    pub frictions: FrictionArgs,
    /// Those who reached this activity with so much effort; may be repeated where any of several will do.
    #[arg(long, value_name = "A")]
    pub goal: Vec<String>,
    /// With `--goal`: the activity with which it begins; may be repeated.
    #[arg(long, value_name = "B", requires = "goal")]
    pub start: Vec<String>,
    /// With `--goal`: what is measured.
    #[arg(long, value_parser = ["steps", "contacts", "channels", "channel_changes", "waiting_ms", "elapsed_ms"], requires = "goal")]
    pub measure: Option<String>,
    /// With `--measure`: so much or more; 0 unless told.
    #[arg(long, value_name = "N", requires = "measure")]
    pub at_least: Option<u64>,
    /// The steps of a funnel, with `--reached` or `--dropped-after`.
    #[arg(long, value_name = "A,B,C", value_parser = parse_steps)]
    pub steps: Option<StepList>,
    /// With `--steps`, and with `--friction` and `--start`: how long it may take.
    #[arg(long, value_parser = parse_window)]
    pub window: Option<String>,
    #[command(flatten)]
    pub funnel: FunnelArgs,
    /// With `--by`: the value whose customers are asked for.
    #[arg(long, requires = "by")]
    pub value: Option<String>,
    /// Those who reached this step; the first is 1.
    #[arg(long, value_name = "STEP", requires = "steps", conflicts_with = "dropped_after")]
    pub reached: Option<u16>,
    /// Those who reached this step and not the next; the first is 1.
    #[arg(long, value_name = "STEP", requires = "steps")]
    pub dropped_after: Option<u16>,
}

/// The steps of a funnel, split.
#[derive(Clone, Debug)]
pub struct StepList(pub Vec<String>);

pub(super) fn parse_steps(text: &str) -> Result<StepList, String> {
    server::journeys::split_steps(text).map(StepList).map_err(|error| error.to_string())
}

pub(super) fn parse_window(text: &str) -> Result<String, String> {
    domain::time::parse_window_ms(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}
